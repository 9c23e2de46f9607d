"""A server ended by SIGKILL while it makes changes: every acknowledged change is there once, has one event and is in the audit log."""

from __future__ import annotations

import asyncio
import random
from collections import Counter
from dataclasses import dataclass, field
from functools import partial
from typing import TYPE_CHECKING, Any, LiteralString

import pytest
import pytest_asyncio

from backend import cli
from backend.core.audit_read import stored
from backend.core.audit_verify import named_events, verify
from backend.core.ids import new_id
from backend.core.remote import OutOfReach, Remote
from graph.driver import Graph
from graph.engine import running
from tests.support.failpoints import POINTS
from tests.support.served import Prepared, Served, served

if TYPE_CHECKING:
    from collections.abc import AsyncIterator
    from pathlib import Path

    from graph.driver import Tx

pytestmark = [pytest.mark.embedded, pytest.mark.timeout(900)]
ADD = 'mutation($s: ID!, $r: RecordInput!, $k: String!) { addEntity(space: $s, kind: "Person", record: $r, key: $k) { id } }'
MADE: LiteralString = "MATCH (r:Record {space: $space}) RETURN collect([r.p_name[0], r.about])"
TOLD: LiteralString = "MATCH (n:Event {space: $space}) WHERE n.verb = 'added' RETURN collect([n.subject, n.id])"
WRITERS, ROUNDS, LONGEST_LIFE_S = 6, 4, 3.0


@pytest_asyncio.fixture(scope="module", loop_scope="session")
async def prepared(tmp_path_factory: pytest.TempPathFactory) -> Prepared:
    """A team and a case, in a folder that each test copies."""
    return await Prepared.make(tmp_path_factory.mktemp("prepared") / "data")


@pytest_asyncio.fixture
async def server(prepared: Prepared, tmp_path: Path) -> AsyncIterator[Served]:
    """A server of the test's own."""
    async with served(prepared, tmp_path / "data") as found:
        yield found


@dataclass
class Writer:
    """Adds one person after another. What was not answered is asked for again under its key, until it is."""

    server: Served
    remote: Remote
    names: list[str] = field(default_factory=list[str])
    acknowledged: dict[str, str] = field(default_factory=dict[str, str])

    async def add(self, name: str) -> None:
        """Ask once; the name is the key. Raises `OutOfReach` when there is no answer."""
        record = {"case": self.server.ids["NA-1"], "values": [{"property": "name", "values": [name]}], "sourceTitle": "E-1"}
        said = await asyncio.to_thread(self.remote.ask, ADD, s=self.server.space, r=record, k=name)
        self.acknowledged[name] = said["addEntity"]["id"]

    async def write(self) -> None:
        """Add until the server is gone."""
        try:
            for name in [one for one in self.names if one not in self.acknowledged]:
                await self.add(name)
            while True:
                self.names.append(new_id())
                await self.add(self.names[-1])
        except OutOfReach:
            return


@dataclass(frozen=True)
class Kept:
    """What the graph and the log say of the people that were added."""

    made: Counter[tuple[str, str]]
    events: dict[str, list[str]]

    @classmethod
    async def read(cls, server: Served) -> Kept:
        address = running(server.data / "graph")
        assert address
        async with Graph(address) as graph:
            made, told = [await graph.read(partial(_rows, query, server.space)) for query in (MADE, TOLD)]
        events: dict[str, list[str]] = {}
        for subject, event in told:
            events.setdefault(subject, []).append(event)
        return cls(Counter((name, one) for name, one in made), events)


async def _rows(query: LiteralString, space: str, tx: Tx) -> list[Any]:
    return await tx.rows(query, space=space)


async def check(server: Served, acknowledged: dict[str, str]) -> None:
    """Each acknowledged change: made once, told by one event, named in the log; nothing in the log was lost or changed."""
    kept, folder = await Kept.read(server), server.data / "audit"
    assert {pair: kept.made[pair] for pair in acknowledged.items()} == dict.fromkeys(acknowledged.items(), 1)
    assert len({name for name, _ in kept.made}) == len(kept.made)
    events = {event for one in acknowledged.values() for event in kept.events[one]}
    assert len(events) == len(acknowledged)
    assert events <= named_events(folder)
    assert verify(folder).ok
    assert await asyncio.to_thread(_verified, folder)


def _verified(folder: Path) -> bool:
    return cli.main(["verify", str(folder)]) == 0


def entries(server: Served, event: str) -> list[str]:
    """The names of the entries that name an event."""
    return [one.entry.name for one in stored(server.data / "audit") if one.entry and event in one.entry.events]


@pytest.mark.parametrize("point", ["after commit", *(pytest.param(one, marks=pytest.mark.long) for one in POINTS if one != "after commit")])
async def test_a_change_whose_server_was_killed_is_there_once_and_logged(prepared: Prepared, tmp_path: Path, point: str) -> None:
    async with served(prepared, tmp_path / "data", "tests.support.doomed", point, "2") as server:
        writer = Writer(server, await server.sign_in(), ["first", "second"])
        await writer.add("first")
        with pytest.raises(OutOfReach):
            await writer.add("second")
        await server.ended()
        server.program = ("backend.cli", "serve")
        await server.start()
        before = await Kept.read(server)
        for one in (one for (name, one) in before.made if name == "second"):
            assert len(entries(server, before.events[one][0])) == 1
        await writer.add("second")
        await check(server, writer.acknowledged)


@pytest.mark.long
async def test_a_server_killed_at_random_under_load_loses_and_doubles_nothing(server: Served) -> None:
    writers = [Writer(server, await server.sign_in()) for _ in range(WRITERS)]
    for _ in range(ROUNDS):
        writing = [asyncio.create_task(one.write()) for one in writers]
        await asyncio.sleep(random.random() * LONGEST_LIFE_S)
        await server.kill()
        await asyncio.wait(writing)
        await server.start()
    for one in writers:
        for name in one.names:
            await one.add(name)
    acknowledged = {name: made for one in writers for name, made in one.acknowledged.items()}
    assert len(acknowledged) > ROUNDS
    await check(server, acknowledged)
