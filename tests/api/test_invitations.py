"""Invitations: declined by the invited, withdrawn by a lead, run out, beginning later; and who may be invited again."""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING, Any

import pytest

from backend.activity import service as activity
from backend.core.errors import Conflict, Forbidden, Invalid, NotFound
from backend.core.ids import new_id
from backend.teams import service as teams
from backend.teams.policy import Role
from tests.access.questions import ask
from tests.support.world import World, team

if TYPE_CHECKING:
    from datetime import datetime

    from backend.core.context import Parts

SPACE, DAY = "Saltmarsh", timedelta(days=1)
MINE = "query { invitations { membership state spaceName validTo } }"


@pytest.fixture
async def world(parts: Parts) -> World:
    """A space led by Chiara alone, and Vilma, whom nobody has invited yet."""
    made = await team(World(parts))
    await made.person("Vilma", "LT")
    return made


async def invite(world: World, role: Role = Role.INVESTIGATOR, since: datetime | None = None, until: datetime | None = None) -> str:
    return await teams.invite(world.ctx("Chiara"), world.ids[SPACE], world.ids["Vilma"], role, (since, until), new_id())


async def mine(world: World) -> list[tuple[str, str]]:
    said = await ask(world.ctx("Vilma"), MINE)
    return [(row["membership"], row["state"]) for row in said["invitations"]]


async def state(world: World, membership: str) -> str:
    row = await teams.space(world.ctx("Chiara"), world.ids[SPACE])
    return next(one["state"] for one in row["members"] if one["id"] == membership)


async def verbs(world: World) -> list[str]:
    page = await activity.activity(world.ctx("Chiara"), world.ids[SPACE], 3, None)
    return [entry["verb"] for entry in page.items]


async def test_the_invited_may_decline_and_the_members_are_told(world: World) -> None:
    invited = await invite(world)
    await teams.decline(world.ctx("Vilma"), invited, new_id())
    assert (await state(world, invited), await mine(world)) == ("ended", [])
    assert "declined" in await verbs(world)
    with pytest.raises(NotFound):
        await teams.accept(world.ctx("Vilma"), invited, new_id())


async def test_nobody_declines_for_somebody_else(world: World) -> None:
    invited = await invite(world)
    with pytest.raises(NotFound):
        await teams.decline(world.ctx("Maarten"), invited, new_id())
    assert await state(world, invited) == "invited"


async def test_declining_twice_under_one_key_is_done_once(world: World) -> None:
    invited, key = await invite(world), new_id()
    assert await teams.decline(world.ctx("Vilma"), invited, key) == await teams.decline(world.ctx("Vilma"), invited, key)


async def test_a_lead_withdraws_the_invitation_of_a_second_lead(world: World) -> None:
    invited = await invite(world, Role.LEAD)
    await teams.end(world.ctx("Chiara"), world.ids[SPACE], invited, new_id())
    assert await state(world, invited) == "ended"
    assert "uninvited" in await verbs(world)


async def test_the_only_lead_stays_while_the_next_one_has_not_begun(world: World) -> None:
    later = await invite(world, Role.LEAD, since=world.parts.clock.now() + DAY)
    await teams.accept(world.ctx("Vilma"), later, new_id())
    with pytest.raises(Forbidden):
        await teams.end(world.ctx("Chiara"), world.ids[SPACE], world.memberships[SPACE, "Chiara"], new_id())


async def test_whoever_is_a_member_or_invited_is_not_invited_again(world: World) -> None:
    await invite(world)
    with pytest.raises(Conflict):
        await invite(world)


@pytest.mark.parametrize("before", ["active", "invited"])
async def test_whose_membership_or_invitation_ran_out_may_be_invited_again(world: World, before: str) -> None:
    old = await world.member(SPACE, "Vilma", until=-DAY, state=before)
    new = await invite(world)
    assert [await state(world, one) for one in (old, new)] == ["ended", "invited"]


async def test_an_invitation_that_ran_out_is_shown_and_can_only_be_declined(world: World) -> None:
    old = await world.member(SPACE, "Vilma", until=-DAY, state="invited")
    assert await mine(world) == [(old, "INVITED")]
    with pytest.raises(Conflict, match="run out"):
        await teams.accept(world.ctx("Vilma"), old, new_id())
    await teams.decline(world.ctx("Vilma"), old, new_id())
    assert await mine(world) == []


async def test_what_was_accepted_and_begins_later_is_shown_until_it_begins(world: World) -> None:
    later = await invite(world, since=world.parts.clock.now() + DAY)
    await teams.accept(world.ctx("Vilma"), later, new_id())
    assert await mine(world) == [(later, "ACTIVE")]
    assert await opened(world) == []
    with pytest.raises(NotFound):
        await teams.decline(world.ctx("Vilma"), later, new_id())


async def opened(world: World) -> list[Any]:
    return await teams.spaces(world.ctx("Vilma"))


async def test_nobody_is_invited_until_a_day_that_has_passed(world: World) -> None:
    now = world.parts.clock.now()
    with pytest.raises(Invalid) as refused:
        await invite(world, since=now - 3 * DAY, until=now - DAY)
    assert refused.value.field == "validTo"


async def seconded(world: World, host: str, until: datetime | None) -> str:
    period = (None, until)
    return await teams.invite(world.ctx("Chiara"), world.ids[SPACE], world.ids["Vilma"], Role.INVESTIGATOR, period, new_id(), host)


async def test_a_secondment_names_its_host_to_the_invited_and_to_the_members(world: World) -> None:
    host = world.agencies["IT"]
    made = await seconded(world, host, world.parts.clock.now() + 30 * DAY)
    rows = (await teams.space(world.ctx("Maarten"), world.ids[SPACE]))["members"]
    assert {row["id"]: row["seconded_to"] and row["seconded_to"]["id"] for row in rows}[made] == host
    said = await ask(world.ctx("Vilma"), "query { invitations { secondedTo } }")
    assert said["invitations"] == [{"secondedTo": next(row["seconded_to"]["name"] for row in rows if row["id"] == made)}]


async def test_a_secondment_ends_and_is_to_another_authority(world: World) -> None:
    until = world.parts.clock.now() + DAY
    for host, end, field in (
        (world.agencies["IT"], None, "validTo"),
        (world.agencies["LT"], until, "secondedTo"),
        ("none", until, "secondedTo"),
    ):
        with pytest.raises(Invalid) as refused:
            await seconded(world, host, end)
        assert refused.value.field == field


async def test_what_a_seconded_person_says_stays_of_their_own_authority(world: World) -> None:
    await world.person("Joris", "NL")
    period = (None, world.parts.clock.now() + DAY)
    ctx, space = world.ctx("Chiara"), world.ids[SPACE]
    made = await teams.invite(ctx, space, world.ids["Joris"], Role.INVESTIGATOR, period, new_id(), world.agencies["IT"])
    await teams.accept(world.ctx("Joris"), made, new_id())
    await world.entity(SPACE, "Ilian", "Joris", "NA-1")
    assert (await world.view(SPACE, "Ilian", "Chiara")).records[0].authority == world.agencies["NL"]
