"""One-click sign-in: on a graph of its own that was created as a demo, and refused everywhere else."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING, Any

import pytest
import pytest_asyncio

from backend.auth import service
from backend.auth.accounts import service as accounts
from backend.auth.demo import service as demo
from backend.auth.demo.service import DemoRefused
from backend.auth.first import service as first
from backend.auth.first.service import NewAdministrator
from backend.core.audit import Operation, doing
from backend.core.audit_read import stored
from backend.core.context import Context, trail_of
from backend.core.errors import Invalid
from backend.core.ids import new_id
from graph.driver import Graph
from graph.engine import Engine
from graph.migrations import runner
from graph.queries import agencies as agency_queries
from tests.support.world import World

if TYPE_CHECKING:
    from collections.abc import AsyncIterator

    from backend.core.context import Parts

TOKEN = demo.new_token()


@pytest_asyncio.fixture(scope="module", loop_scope="session")
async def fresh(tmp_path_factory: pytest.TempPathFactory) -> AsyncIterator[Graph]:
    """An empty graph, created as a demo before anybody is in it."""
    engine = Engine(tmp_path_factory.mktemp("demo"))
    try:
        async with Graph(await engine.start()) as graph:
            await runner.migrate(graph)
            await demo.mark_deployment(graph, demo=True)
            yield graph
    finally:
        await engine.stop()


@pytest.fixture
def offered(parts: Parts, fresh: Graph) -> Parts:
    """A demo as it is started: marked graph, loopback, a token."""
    return replace(parts, graph=fresh, settings=replace(parts.settings, demo=True), demo_token=TOKEN)


async def person(parts: Parts, *, place: int | None = 1, administrator: bool = False) -> str:
    """Create somebody in the demo; without a place they are no demo person."""
    one, agency = new_id(), await World(parts).agency("IT")
    row = {
        "id": one, "login": one, "name": "Chiara", "function": "Prosecutor", "languages": ["it"], "password": "", "disabled": False,
        "administrator": administrator, "failures": 0, "demo_order": place,
    }  # fmt: skip
    await parts.graph.write(lambda tx: agency_queries.create_person(tx, agency, row))
    return one


def ctx(parts: Parts) -> Context:
    return Context(parts, None, trail_of(parts, None), "TEST-00")


async def refused(parts: Parts, one: str, token: str) -> None:
    context = ctx(parts)
    with pytest.raises(Invalid) as told:
        await demo.sign_in_as(context, one, token)
    assert (told.value.message, told.value.field, context.cookies) == (demo.REFUSED, "demoToken", [])


async def test_the_token_of_this_start_opens_a_session_of_a_demo_person(offered: Parts) -> None:
    one, context = await person(offered), ctx(offered)
    await demo.sign_in_as(context, one, TOKEN)
    actor = await service.actor_of(offered, context.cookies[0].value)
    assert actor
    assert actor.user == one


async def test_becoming_a_demo_person_leaves_a_line(offered: Parts) -> None:
    one, context = await person(offered), ctx(offered)
    with doing("signInAs"):
        await demo.sign_in_as(context, one, TOKEN)
    await context.trail.flush()
    lines = [line.entry for line in stored(offered.audit.folder) if line.entry and line.entry.person == one]
    assert [(line.name, line.operation, one in line.ids, len(line.events)) for line in lines if line.events] == [
        ("signInAs", Operation.ALTERATION, True, 1)
    ]


async def test_the_people_come_with_their_roles(offered: Parts) -> None:
    world = World(offered)
    await world.space("Saltmarsh")
    world.ids["Chiara"] = await person(offered)
    await world.member("Saltmarsh", "Chiara", "prosecutor")
    row = next(row for row in await demo.people(ctx(offered), TOKEN) if row["id"] == world.ids["Chiara"])
    assert (row["roles"], row["agency"]["country"]) == (["prosecutor"], "IT")


@pytest.mark.parametrize("token", ["", "wrong", TOKEN[:-1], TOKEN + "A", "é"], ids=["none", "wrong", "short", "long", "accented"])
async def test_a_wrong_token_opens_nothing_and_names_nobody(offered: Parts, token: str) -> None:
    await refused(offered, await person(offered), token)
    assert await demo.people(ctx(offered), token) == []


@pytest.mark.parametrize(
    "change",
    [{"demo": False}, {"host": "0.0.0.0"}, {"host": "192.0.2.7"}, {"origin": "https://joinder.example"}],  # noqa: S104 - refused
)
async def test_the_demo_is_closed_off_loopback_behind_a_proxy_and_unasked(offered: Parts, change: dict[str, Any]) -> None:
    served = replace(offered, settings=replace(offered.settings, **change))
    await refused(served, await person(offered), TOKEN)


async def test_no_token_was_made_so_none_is_right(offered: Parts) -> None:
    await refused(replace(offered, demo_token=None), await person(offered), "")


async def test_a_graph_without_the_marker_opens_nobody(offered: Parts, parts: Parts) -> None:
    real = replace(offered, graph=parts.graph)
    await refused(real, await person(real), TOKEN)
    assert not await demo.is_demo(ctx(real))


async def test_only_demo_people_can_be_become(offered: Parts) -> None:
    wanted = NewAdministrator(new_id(), "Osk", "correct horse battery", "Police", "NL")
    await refused(offered, await first.create_administrator(offered.graph, offered.clock, wanted), TOKEN)
    await refused(offered, await person(offered, place=None), TOKEN)
    await refused(offered, await person(offered, administrator=True), TOKEN)


async def test_a_disabled_demo_person_is_not_offered(offered: Parts) -> None:
    one = await person(offered)
    world = World(offered)
    await world.person("Osk", administrator=True)
    await accounts.set_disabled(world.ctx("Osk"), one, new_id(), disabled=True)
    await refused(offered, one, TOKEN)


async def test_a_graph_with_people_never_becomes_a_demo(parts: Parts, world: World) -> None:
    await world.person("Chiara")
    await demo.mark_deployment(parts.graph, demo=True)
    with pytest.raises(DemoRefused, match="was not created as a demo"):
        await demo.check_demo(parts.graph)


async def test_a_demo_stays_a_demo(offered: Parts) -> None:
    await demo.mark_deployment(offered.graph, demo=False)
    await demo.check_demo(offered.graph)
    assert await demo.is_demo(ctx(offered))
