"""A change whose answer was lost, wherever: it is found by its key, not done twice, told by one event, and it is in the audit log."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

import httpx
import pytest
import pytest_asyncio
from neo4j.exceptions import ServiceUnavailable

from backend.app import build
from backend.auth import service as auth
from backend.core.audit_read import stored
from backend.core.ids import new_id
from backend.entities import changes
from backend.entities.imports import run
from backend.oversight.service import reconcile
from backend.realtime.hub import Hub
from backend.teams import service as teams
from graph import outbox
from graph.driver import Graph
from tests.graph.test_imports import begun, lines
from tests.support.failpoints import POINTS, Ended, Failpoint
from tests.support.world import World, team

if TYPE_CHECKING:
    from collections.abc import AsyncIterator, Awaitable, Callable

    from backend.core.context import Context

ORIGIN = "http://127.0.0.1:8400"
SPACE = "Saltmarsh"
ADD = 'mutation($s: ID!, $r: RecordInput!, $k: String!) { addEntity(space: $s, kind: "Person", record: $r, key: $k) { id } }'
EVENTS = "MATCH (n:Event {space: $space}) WHERE n.subject = $subject RETURN collect(n.id)"
NAMED = "MATCH (r:Record {space: $space}) WHERE $name IN r.p_name RETURN collect(DISTINCT r.about)"
TOLD = "MATCH (n:Event) WHERE n.subject = $subject RETURN collect(n.id)"


@pytest_asyncio.fixture
async def chiara(world: World) -> AsyncIterator[httpx.AsyncClient]:
    """Chiara's browser, signed in."""
    await team(world)
    transport = httpx.ASGITransport(build(world.parts, Hub(world.parts)))
    ctx = world.ctx("Chiara")
    await auth.open_session(ctx, world.ids["Chiara"])
    cookie = ctx.cookies[0]
    async with httpx.AsyncClient(
        transport=transport, base_url=ORIGIN, headers={"origin": ORIGIN, "cookie": f"{cookie.name}={cookie.value}"}
    ) as browser:
        yield browser


async def add(browser: httpx.AsyncClient, world: World, name: str, key: str) -> str:
    record = {"case": world.ids["NA-1"], "values": [{"property": "name", "values": [name]}], "sourceTitle": "E-1"}
    said = await browser.post("/graphql", json={"query": ADD, "variables": {"s": world.ids[SPACE], "r": record, "k": key}})
    return said.json()["data"]["addEntity"]["id"]


async def found(world: World, query: Any, **more: object) -> list[str]:
    return await world.parts.graph.read(lambda tx: tx.rows(query, space=world.ids[SPACE], **more))


def entries(world: World) -> Counter[str]:
    """How many entries of the audit log name each event."""
    return Counter(event for one in stored(world.parts.audit.folder) if one.entry for event in one.entry.events)


@pytest.mark.parametrize("point", POINTS)
async def test_a_change_asked_for_again_is_the_same_change(
    world: World, chiara: httpx.AsyncClient, point: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    name, key = new_id(), new_id()
    with monkeypatch.context() as patch:
        Failpoint(point).install(patch.setattr)
        with pytest.raises(Ended):
            await add(chiara, world, name, key)
    before = await found(world, NAMED, name=name)
    await reconcile(world.parts)
    assert (await logged_once(world, before)) if before else point == "before commit"
    made = await add(chiara, world, name, key)
    assert await found(world, NAMED, name=name) == [made]
    assert len(await found(world, EVENTS, subject=made)) == 1


async def logged_once(world: World, subjects: list[str]) -> bool:
    """Say whether each subject has one event, and the log one entry that names it."""
    events = [await found(world, EVENTS, subject=one) for one in subjects]
    return [len(each) for each in events] == [1] and [entries(world)[each] for one in events for each in one] == [1]


# ── a commit that was not confirmed: the driver asks again, inside one request ────────────────────────────────────────────────────


@dataclass
class Unconfirmed:
    """Loses the connection once, behind the `nth` commit that writes events."""

    nth: int
    lost: int = 0
    told: int = 0

    def install(self, patch: pytest.MonkeyPatch) -> None:
        once, append = Graph._once, outbox.append  # noqa: SLF001 - one try of a unit of work

        async def losing(graph: Graph, work: Any, access: str) -> Any:
            made = await once(graph, work, access)
            if self.told == self.nth and not self.lost:
                self.lost += 1
                raise ServiceUnavailable
            return made

        async def counting(*given: Any) -> Any:
            self.told += 1
            return await append(*given)

        patch.setattr(Graph, "_once", losing)
        patch.setattr(outbox, "append", counting)


async def adds(world: World, ctx: Context) -> str:
    return await changes.add_entity(ctx, world.ids[SPACE], "Person", world.said("NA-1", name="Perla"), new_id())


async def accepts(world: World, ctx: Context) -> str:
    await world.space("Harbour")
    membership = await world.member("Harbour", "Chiara", state="invited")
    await teams.accept(ctx, membership, new_id())
    return membership


async def signs_in(world: World, ctx: Context) -> str:
    await auth.open_session(ctx, world.ids["Chiara"])
    return auth.session_id(ctx.cookies[0].value or "")


async def imports(world: World, ctx: Context) -> str:
    job = await begun(ctx, world, lines(("a", "Person", {"name": ["Ilian"]})))
    await run.run(ctx, world.ids[SPACE], job)
    return job


@pytest.mark.parametrize(("change", "nth"), [(adds, 1), (accepts, 1), (signs_in, 1), *((imports, nth) for nth in range(1, 6))])
async def test_a_commit_that_was_not_confirmed_is_made_and_logged_once(
    world: World, change: Callable[[World, Context], Awaitable[str]], nth: int, monkeypatch: pytest.MonkeyPatch
) -> None:
    await team(world)
    ctx = world.ctx("Chiara")
    lossy = Unconfirmed(nth)
    lossy.install(monkeypatch)
    subject = await change(world, ctx)
    await ctx.trail.flush()
    assert lossy.lost == 1
    events = await found(world, TOLD, subject=subject)
    assert events
    assert {one: entries(world)[one] for one in events} == dict.fromkeys(events, 1)
