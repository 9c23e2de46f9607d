"""Spaces as administrators open them, and agreements from draft to end: who moves them, what is kept, what it opens and closes."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import timedelta
from typing import TYPE_CHECKING, Any

import pytest

from backend.activity import service as activity
from backend.core.errors import Conflict, Forbidden, Invalid, JoinderError, NotFound, StepUp
from backend.core.ids import new_id
from backend.teams import service as teams
from backend.teams.agreements import service
from backend.teams.agreements.rules import AgreementState, Terms
from backend.teams.policy import Role
from backend.teams.rules import SpaceKind
from graph.records import moment, stamp
from tests.support.world import YEAR, World, team

if TYPE_CHECKING:
    from backend.core.context import Context

DRAFT, IN_FORCE, SUSPENDED, ENDED = AgreementState


@dataclass
class Office:
    """An administrator, Osk, and what they do to one space."""

    world: World
    space: str = ""

    @property
    def osk(self) -> Context:
        return self.world.ctx("Osk")

    def terms(self, **said: Any) -> Terms:
        now = self.world.parts.clock.now()
        return replace(Terms("Laundering of the Acquaviva payment", ["IT", "NL"], now - YEAR, now + YEAR), **said)

    async def create(self, lead: str = "Chiara", key: str = "", **said: Any) -> str:
        if lead not in self.world.ids:
            await self.world.person(lead)
        kind = SpaceKind.JOINT_INVESTIGATION_TEAM
        made = service.create_space(self.osk, "JIT Saltmarsh", kind, 2, self.terms(**said), self.world.ids[lead], key or new_id())
        self.space = await made
        return self.space

    async def version(self) -> str:
        return service.version((await service.register(self.osk, self.space))[0]["agreement"])

    async def move(self, who: str, state: AgreementState) -> None:
        await service.set_state(self.world.ctx(who), self.space, state, "because", await self.version(), new_id())

    async def amend(self, who: str, **said: Any) -> None:
        await service.amend(self.world.ctx(who), self.space, self.terms(**said), "because", await self.version(), new_id())

    async def accept(self, who: str) -> None:
        invitations = await teams.invitations(self.world.ctx(who))
        await teams.accept(self.world.ctx(who), next(it["membership"] for it in invitations if it["space"] == self.space), new_id())

    async def opens(self, who: str) -> bool:
        return await teams.open_space(self.world.ctx(who), self.space) is not None


@pytest.fixture
async def office(world: World) -> Office:
    await world.person("Osk", administrator=True)
    return Office(world)


async def led(office: Office) -> Office:
    """The same with a space in force that Chiara leads."""
    await office.create()
    await office.move("Osk", IN_FORCE)
    await office.accept("Chiara")
    return office


# ── opening ───────────────────────────────────────────────────────────────────────────────────────────────────────────────────────


async def test_a_space_opens_once_its_agreement_is_in_force_and_its_lead_has_accepted(office: Office) -> None:
    await office.create()
    await office.accept("Chiara")
    assert not await office.opens("Chiara")
    await office.move("Osk", IN_FORCE)
    assert await office.opens("Chiara")
    await office.world.case(*_named(office), "NA-1", "Chiara")


def _named(office: Office) -> tuple[str]:
    office.world.ids["JIT"] = office.space
    return ("JIT",)


async def test_an_administrator_sees_nothing_in_a_space(office: Office) -> None:
    await led(office)
    assert not await office.opens("Osk")
    with pytest.raises(NotFound):
        await activity.activity(office.osk, office.space, 10, None)


async def test_the_same_change_sent_again_makes_one_space(office: Office) -> None:
    key = new_id()
    assert await office.create(key=key) == await office.create(key=key)
    assert len(await teams.invitations(office.world.ctx("Chiara"))) == 1


@pytest.mark.parametrize(
    ("field", "said"),
    [("purpose", {"purpose": " "}), ("parties", {"parties": []}), ("parties", {"parties": ["Italy"]}), ("validTo", {"valid_to": None})],
)
async def test_an_agreement_that_cannot_be_is_refused_with_the_field(office: Office, field: str, said: dict[str, Any]) -> None:
    if "valid_to" in said:
        said = {"valid_to": office.world.parts.clock.now() - 2 * YEAR}
    with pytest.raises(Invalid) as told:
        await office.create(**said)
    assert told.value.field == field


async def test_a_space_without_a_lead_who_can_act_is_given_one(office: Office) -> None:
    await office.create()
    await office.world.person("Maarten")
    with pytest.raises(Forbidden):
        await service.appoint_lead(office.osk, office.space, office.world.ids["Maarten"], new_id())
    await office.world.parts.graph.write(
        lambda tx: tx.value("MATCH (u:User {id: $id}) SET u.disabled = true RETURN u.id", id=office.world.ids["Chiara"])
    )
    await service.appoint_lead(office.osk, office.space, office.world.ids["Maarten"], new_id())
    await office.move("Osk", IN_FORCE)
    await office.accept("Maarten")
    assert await office.opens("Maarten")


# ── moving ────────────────────────────────────────────────────────────────────────────────────────────────────────────────────────


async def test_a_lead_suspends_and_only_an_administrator_resumes(office: Office) -> None:
    await led(office)
    await office.move("Chiara", SUSPENDED)
    assert not await office.opens("Chiara")
    with pytest.raises(NotFound):
        await office.move("Chiara", IN_FORCE)
    await office.move("Osk", IN_FORCE)
    assert await office.opens("Chiara")


async def test_an_ended_agreement_stays_ended(office: Office) -> None:
    await led(office)
    await office.move("Chiara", ENDED)
    assert not await office.opens("Chiara")
    for state in (IN_FORCE, SUSPENDED, DRAFT):
        with pytest.raises(Conflict):
            await office.move("Osk", state)
    with pytest.raises(Conflict):
        await office.amend("Osk", parties=["IT", "NL", "LT"])


@pytest.mark.parametrize("role", [role for role in Role if role is not Role.LEAD])
async def test_no_other_role_moves_or_amends_an_agreement(office: Office, role: Role) -> None:
    await led(office)
    _named(office)
    await office.world.member("JIT", "Maarten", role)
    for attempt in (office.move("Maarten", SUSPENDED), office.amend("Maarten", parties=["IT"])):
        with pytest.raises(JoinderError) as told:
            await attempt
        assert isinstance(told.value, NotFound if role is Role.OVERSIGHT else Forbidden)
    assert await office.opens("Maarten")


async def test_a_lead_of_another_space_finds_nothing(office: Office) -> None:
    await office.world.space("Elsewhere")
    await office.world.member("Elsewhere", "Maarten", Role.LEAD)
    await led(office)
    with pytest.raises(NotFound):
        await office.move("Maarten", SUSPENDED)


async def test_an_agreement_whose_dates_have_passed_is_not_put_in_force(office: Office) -> None:
    now = office.world.parts.clock.now()
    await office.create(valid_to=now - timedelta(days=1))
    with pytest.raises(Invalid) as told:
        await office.move("Osk", IN_FORCE)
    assert told.value.field == "state"
    await office.amend("Osk")
    await office.move("Osk", IN_FORCE)


# ── amending ──────────────────────────────────────────────────────────────────────────────────────────────────────────────────────


async def test_an_amendment_keeps_what_was_said_before_who_changed_it_and_why(office: Office) -> None:
    await led(office)
    now = office.world.parts.clock.now()
    await office.amend("Chiara", parties=["IT", "NL", "LT"], valid_to=now + 2 * YEAR)
    row = await teams.space(office.world.ctx("Chiara"), office.space)
    assert (row["agreement"]["parties"], row["agreement"]["valid_to"]) == (["IT", "NL", "LT"], stamp(now + 2 * YEAR))
    kept = row["amendments"][-1]
    assert (kept["row"]["before_parties"], kept["row"]["after_parties"]) == (["IT", "NL"], ["IT", "NL", "LT"])
    assert (kept["by"]["name"], kept["row"]["reason"]) == ("Chiara", "because")
    assert [it["row"]["after_state"] for it in row["amendments"]] == ["in_force", "in_force"]


async def test_the_second_of_two_who_amend_meets_a_conflict(office: Office) -> None:
    await led(office)
    seen = await office.version()
    await office.amend("Chiara", parties=["IT"])
    with pytest.raises(Conflict):
        await service.amend(office.osk, office.space, office.terms(parties=["NL"]), "because", seen, new_id())


async def test_an_amendment_that_changes_nothing_is_refused(office: Office) -> None:
    await led(office)
    row = (await teams.space(office.world.ctx("Chiara"), office.space))["agreement"]
    with pytest.raises(Invalid):
        await office.amend("Chiara", valid_from=moment(row["valid_from"]), valid_to=moment(row["valid_to"]))


async def test_a_shortened_agreement_closes_the_space_at_its_new_end(office: Office) -> None:
    await led(office)
    await office.amend("Chiara", valid_to=office.world.parts.clock.now() - timedelta(seconds=1))
    assert not await office.opens("Chiara")


async def test_a_move_sent_again_by_a_lead_who_left_by_it_is_no_error(office: Office) -> None:
    await led(office)
    seen, key = await office.version(), new_id()
    for _ in range(2):
        await service.set_state(office.world.ctx("Chiara"), office.space, SUSPENDED, "because", seen, key)


async def test_what_opens_a_space_wants_a_strong_sign_in_and_what_closes_it_does_not(office: Office) -> None:
    await led(office)
    strong = office.osk
    weak = replace(strong, actor=replace(strong.who, strong_at=""))
    with pytest.raises(StepUp):
        await service.amend(weak, office.space, office.terms(parties=["NL"]), "because", await office.version(), new_id())
    await service.set_state(weak, office.space, SUSPENDED, "because", await office.version(), new_id())
    with pytest.raises(StepUp):
        await service.set_state(weak, office.space, IN_FORCE, "because", await office.version(), new_id())
    assert not await office.opens("Chiara")


async def test_every_change_is_in_the_activity(world: World) -> None:
    await team(world)
    office = Office(world, world.ids["Saltmarsh"])
    await world.person("Osk2", administrator=True)
    world.ids["Osk"] = world.ids["Osk2"]
    await office.amend("Chiara", parties=["IT", "NL", "LT"])
    await office.move("Chiara", SUSPENDED)
    await office.move("Osk", IN_FORCE)
    page = await activity.activity(world.ctx("Maarten"), office.space, 3, None)
    assert [(it["verb"], it["caption"], it["person"]["name"]) for it in page.items] == [
        ("resumed", "Saltmarsh", "Osk2"), ("suspended", "Saltmarsh", "Chiara"), ("amended", "Saltmarsh", "Chiara"),
    ]  # fmt: skip
