"""Mutation of what decides who has any standing: each condition keeps somebody out alone, and lets them in once it is taken out."""

from __future__ import annotations

import re
from dataclasses import dataclass, replace
from datetime import UTC, datetime, timedelta
from typing import TYPE_CHECKING

import pytest

from backend.auth.accounts import service as accounts
from backend.core.clock import FixedClock
from backend.core.ids import new_id
from backend.teams import service as teams
from backend.teams.policy import Role
from graph import access
from graph.queries import teams as team_queries
from graph.records import stamp
from tests.access.questions import ask
from tests.support.world import World, team

if TYPE_CHECKING:
    from collections.abc import Awaitable, Callable

    from backend.core.context import Parts
    from graph.driver import Tx

DAY = timedelta(days=1)
CONDITION = re.compile(r"(?:\$now|\b[muac]\.\w+) (?:=|<=|<|>) (?:'\w+'|\$now|false|[muac]\.\w+)")
LISTED = "query($s: ID!) { entities(space: $s) { items { id } } }"


async def suspended(world: World) -> tuple[str, str]:
    await world.member("Saltmarsh", "Late@FR", state="suspended")
    return "Saltmarsh", "Late"


async def not_yet_a_member(world: World) -> tuple[str, str]:
    await world.member("Saltmarsh", "Late@FR", since=DAY)
    return "Saltmarsh", "Late"


async def no_longer_a_member(world: World) -> tuple[str, str]:
    await world.member("Saltmarsh", "Late@FR", until=-DAY)
    return "Saltmarsh", "Late"


async def disabled(world: World) -> tuple[str, str]:
    await world.member("Saltmarsh", "Late@FR")
    await world.person("Root", administrator=True)
    await accounts.set_disabled(world.ctx("Root"), world.ids["Late"], new_id(), disabled=True)
    return "Saltmarsh", "Late"


async def agreement_suspended(world: World) -> tuple[str, str]:
    return await _under(world, state="suspended")


async def agreement_not_yet(world: World) -> tuple[str, str]:
    return await _under(world, since=DAY)


async def agreement_no_longer(world: World) -> tuple[str, str]:
    return await _under(world, until=-DAY)


async def _under(world: World, *, state: str = "in_force", since: timedelta = -DAY, until: timedelta = DAY) -> tuple[str, str]:
    await world.space("Closed", state=state, since=since, until=until)
    await world.member("Closed", "Late@FR")
    return "Closed", "Late"


async def not_cleared_yet(world: World) -> tuple[str, str]:
    return await _cleared(world, DAY, 2 * DAY)


async def no_longer_cleared(world: World) -> tuple[str, str]:
    return await _cleared(world, -2 * DAY, -DAY)


async def _cleared(world: World, since: timedelta, until: timedelta) -> tuple[str, str]:
    """Somebody who holds the marking of the one thing that there is, but not now."""
    await world.member("Saltmarsh", "Late@FR")
    now = world.parts.clock.now()
    row = {"membership": world.memberships["Saltmarsh", "Late"], "marking": world.ids["Covert"], "by": world.ids["Chiara"]}

    async def work(tx: Tx) -> None:
        await team_queries.clear(tx, world.ids["Saltmarsh"], {**row, "now": stamp(now + since), "to": stamp(now + until)})
        await access.changed(tx, world.ids["Saltmarsh"])

    await world.parts.graph.write(work)
    return "Saltmarsh", "Late"


@dataclass(frozen=True, slots=True)
class Held:
    """A condition, and who is kept out by it alone."""

    condition: str
    who: Callable[[World], Awaitable[tuple[str, str]]]


HELD = (
    Held("m.state = 'active'", suspended),
    Held("m.valid_from <= $now", not_yet_a_member),
    Held("$now < m.valid_to", no_longer_a_member),
    Held("a.state = 'in_force'", agreement_suspended),
    Held("a.valid_from <= $now", agreement_not_yet),
    Held("$now < a.valid_to", agreement_no_longer),
    Held("u.disabled = false", disabled),
    Held("c.valid_to > $now", no_longer_cleared),
)


async def shown(world: World, space: str, who: str, patch: pytest.MonkeyPatch) -> object:
    """What somebody is shown of a space, worked out anew; what it says about a moment in the past is no matter here."""
    patch.setattr(access, "_standing", {})
    answer = await ask(world.ctx(who), LISTED, s=world.ids[space])
    return answer["error"]["code"] if "error" in answer else len(answer["entities"]["items"])


def test_every_condition_of_standing_is_held_by_somebody() -> None:
    assert sorted(CONDITION.findall(access.STANDING)) == sorted(each.condition for each in HELD)


@pytest.mark.parametrize("held", HELD, ids=[each.condition for each in HELD])
async def test_who_fails_one_condition_sees_nothing_and_would_without_it(world: World, monkeypatch: pytest.MonkeyPatch, held: Held) -> None:
    await team(world)
    await world.entity("Saltmarsh", "Source", "Chiara", "NA-1", markings=["Covert"])
    space, who = await held.who(world)
    right = await shown(world, space, who, monkeypatch)
    assert right in {"NOT_FOUND", 0}
    monkeypatch.setattr(access, "STANDING", access.STANDING.replace(held.condition, "true"))
    assert await shown(world, space, who, monkeypatch) != right


async def test_a_clearance_that_has_not_begun_shows_nothing(world: World, monkeypatch: pytest.MonkeyPatch) -> None:
    await team(world)
    await world.entity("Saltmarsh", "Source", "Chiara", "NA-1", markings=["Covert"])
    space, who = await not_cleared_yet(world)
    assert await shown(world, space, who, monkeypatch) == 0
    assert await shown(world, space, "Eglė", monkeypatch) == 1


async def test_a_later_membership_takes_over_when_it_begins_whatever_was_remembered_before(parts: Parts) -> None:
    clock = FixedClock(datetime.now(UTC))
    world = World(replace(parts, clock=clock))
    await team(world)
    await world.entity("Saltmarsh", "Source", "Chiara", "NA-1", markings=["Covert"])
    await world.member("Saltmarsh", "Late@FR")
    covert, membership = world.ids["Covert"], world.memberships["Saltmarsh", "Late"]
    await teams.clear(world.ctx("Chiara"), world.ids["Saltmarsh"], membership, covert, None, new_id())
    await world.member("Saltmarsh", "Late", Role.OBSERVER, since=DAY)
    assert len((await ask(world.ctx("Late"), LISTED, s=world.ids["Saltmarsh"]))["entities"]["items"]) == 1
    clock.advance(2 * DAY)
    assert (await ask(world.ctx("Late"), LISTED, s=world.ids["Saltmarsh"]))["entities"]["items"] == []
