"""Handing over the lead: at once, by a lead only, to somebody who may lead; and a space is never left without one."""

from __future__ import annotations

import asyncio
from dataclasses import replace
from datetime import timedelta
from typing import TYPE_CHECKING, Any

import pytest

from backend.core.errors import Forbidden, Invalid, NotFound, StepUp
from backend.core.ids import new_id
from backend.teams import service as teams
from backend.teams.lead import service as lead
from backend.teams.policy import Role
from tests.support.world import World, team

if TYPE_CHECKING:
    from backend.core.context import Parts

SPACE, DAY = "Saltmarsh", timedelta(days=1)


@pytest.fixture
async def world(parts: Parts) -> World:
    """A space led by Chiara alone."""
    return await team(World(parts))


async def hand_over(world: World, to: str, own: Role = Role.PROSECUTOR, by: str = "Chiara", key: str = "") -> str:
    return await lead.hand_over(world.ctx(by), world.ids[SPACE], world.memberships[SPACE, to], own, key or new_id())


async def roles(world: World, *people: str) -> list[str]:
    rows: list[dict[str, Any]] = (await teams.space(world.ctx("Maarten"), world.ids[SPACE]))["members"]
    found = {row["id"]: row["role"] for row in rows}
    return [found[world.memberships[SPACE, one]] for one in people]


async def test_the_lead_goes_over_and_the_former_lead_takes_the_role_they_chose(world: World) -> None:
    await hand_over(world, "Maarten")
    assert await roles(world, "Chiara", "Maarten") == ["prosecutor", "lead"]
    with pytest.raises(Forbidden):
        await teams.end(world.ctx("Chiara"), world.ids[SPACE], world.memberships[SPACE, "Maarten"], new_id())
    await teams.end(world.ctx("Maarten"), world.ids[SPACE], world.memberships[SPACE, "Chiara"], new_id())


async def test_both_keep_their_clearances(world: World) -> None:
    before = {row["id"] for row in (await teams.space(world.ctx("Chiara"), world.ids[SPACE]))["markings"]}
    await hand_over(world, "Maarten")
    after = {row["id"] for row in (await teams.space(world.ctx("Chiara"), world.ids[SPACE]))["markings"]}
    assert before == after != set()


async def test_only_a_lead_hands_over(world: World) -> None:
    with pytest.raises(Forbidden):
        await hand_over(world, "Maarten", by="Maarten")


async def test_handing_over_asks_for_a_strong_sign_in(world: World) -> None:
    ctx = world.ctx("Chiara")
    weak = replace(ctx, actor=replace(ctx.who, strong_at=""))
    with pytest.raises(StepUp):
        await lead.hand_over(weak, world.ids[SPACE], world.memberships[SPACE, "Maarten"], Role.PROSECUTOR, new_id())
    assert await roles(world, "Chiara") == ["lead"]


@pytest.mark.parametrize("role", [Role.OVERSIGHT, Role.THIRD_COUNTRY_MEMBER])
async def test_some_roles_never_lead(world: World, role: Role) -> None:
    await world.member(SPACE, "Third", role)
    with pytest.raises(Invalid):
        await hand_over(world, "Third")
    assert await roles(world, "Chiara", "Third") == ["lead", role.value]


@pytest.mark.parametrize("own", [Role.LEAD, Role.OVERSIGHT])
async def test_the_former_lead_takes_a_role_that_reads_and_does_not_lead(world: World, own: Role) -> None:
    with pytest.raises(Invalid) as refused:
        await hand_over(world, "Maarten", own)
    assert refused.value.field == "ownRole"


@pytest.mark.parametrize(("state", "since"), [("invited", -DAY), ("ended", -DAY), ("active", DAY)])
async def test_whoever_is_not_in_the_space_now_does_not_lead_it(world: World, state: str, since: timedelta) -> None:
    await world.member(SPACE, "Later", state=state, since=since)
    with pytest.raises(NotFound):
        await hand_over(world, "Later")
    assert await roles(world, "Chiara") == ["lead"]


async def test_a_membership_of_another_space_is_no_more_there_than_none(world: World) -> None:
    await world.space("Elsewhere")
    elsewhere = await world.member("Elsewhere", "Stranger")
    told = list[str]()
    for to in (elsewhere, new_id()):
        with pytest.raises(NotFound) as refused:
            await lead.hand_over(world.ctx("Chiara"), world.ids[SPACE], to, Role.PROSECUTOR, new_id())
        told.append(refused.value.message)
    assert told[0] == told[1]


async def test_asked_for_twice_it_is_done_once(world: World) -> None:
    key = new_id()
    assert await hand_over(world, "Maarten", key=key) == world.memberships[SPACE, "Maarten"]
    with pytest.raises(Forbidden):
        await hand_over(world, "Eglė")


async def test_of_two_leads_who_leave_at_once_one_stays(world: World) -> None:
    await world.member(SPACE, "Second", Role.LEAD)
    leaving = [teams.end(world.ctx(one), world.ids[SPACE], world.memberships[SPACE, one], new_id()) for one in ("Chiara", "Second")]
    said = await asyncio.gather(*leaving, return_exceptions=True)
    assert sorted(type(one).__name__ for one in said) == ["Forbidden", "str"]


async def test_a_lead_who_hands_over_and_the_one_who_takes_it_leaving_at_once_leave_a_lead(world: World) -> None:
    taker = teams.end(world.ctx("Maarten"), world.ids[SPACE], world.memberships[SPACE, "Maarten"], new_id())
    said = await asyncio.gather(hand_over(world, "Maarten"), taker, return_exceptions=True)
    assert any(isinstance(one, Forbidden | NotFound) for one in said)
    rows: list[dict[str, Any]] = (await teams.space(world.ctx("Eglė"), world.ids[SPACE]))["members"]
    assert [row["role"] for row in rows if row["state"] == "active"].count("lead") == 1
