"""An import on a real server outlives SIGKILL of the engine and of the server: nothing acknowledged is lost, nothing is there twice."""

from __future__ import annotations

import asyncio
import contextlib
import random
from dataclasses import dataclass, field
from functools import partial
from typing import TYPE_CHECKING, Any, LiteralString

import pytest
import pytest_asyncio

from backend.core.remote import OutOfReach
from backend.entities.imports import send
from backend.entities.imports.service import STOPPED
from graph.driver import Graph
from graph.engine import running
from tests.support.rows import MAPPING, ftm_lines, payments
from tests.support.served import Prepared, Served, served

if TYPE_CHECKING:
    from collections.abc import AsyncGenerator
    from pathlib import Path

    from backend.core.remote import Remote
    from graph.driver import Tx

pytestmark = [pytest.mark.embedded, pytest.mark.timeout(600)]
FILES = {"ftm": (ftm_lines(2_500, every_bad=500), None), "csv": (payments(1_500, every_bad=500), MAPPING)}
SHARES = [0.02, 0.3, 0.48, 0.52, 0.7, 0.98]
MINUTES = 300
ITS_OWN = {"id", "about", "source", "target", "import", "exhibit", "asserted_at"}
"""Of a record: ids come from the data set's name, which differs here; each file is an exhibit of its own."""
RECORDS: LiteralString = "MATCH (r:Record {import: $id}) RETURN collect(properties(r))"
ENTITIES: LiteralString = "MATCH (r:Record {import: $id})-[:ABOUT]->(e) RETURN collect([e.id, e.kind, e.vis, e.caption, labels(e)])"
LINKS: LiteralString = """
MATCH (r:Record {import: $id}) WHERE r.source IS NOT NULL WITH DISTINCT r.about AS id, r.source AS source, r.target AS target
MATCH (s:Entity {id: source})-[l]->(t:Entity {id: target}) WHERE l.id = id RETURN collect([l.id, type(l), l.vis, s.id, t.id])
"""
STATES: LiteralString = "MATCH (r:Record {import: $id})-[:STATES]->(i) RETURN collect([r.id, i.id])"
JOB: LiteralString = "MATCH (i:Import {id: $id}) RETURN collect([i.state, i.part, i.row, i.read, i.accepted, i.rejected])"


@dataclass
class Import:
    """One file on its way into one server."""

    server: Served
    form: str
    folder: Path
    job: str = ""
    lines: list[str] = field(default_factory=list[str])

    async def sent(self) -> asyncio.Task[bool]:
        """Send and start it as the command line does; return once the server says that it runs."""
        data, mapping = FILES[self.form]
        self.folder.mkdir()
        place = self.folder / "mapping.yml"
        place.write_text(mapping or "")
        file, refused = self.folder / f"rows.{self.form}", self.folder / "refused.csv"
        wanted = send.Wanted(file, self.server.space, "NA-1", self.folder.name, refused, place if mapping else None)
        wanted.file.write_bytes(data)
        remote = await self.server.sign_in()
        task = asyncio.create_task(send.send(remote, wanted, self.lines.append))
        async with asyncio.timeout(MINUTES):
            while not (self.lines and (await self.look(remote))["state"] != "UPLOADED"):
                assert not task.done(), task.result()
                await asyncio.sleep(0.05)
        return task

    async def look(self, remote: Remote) -> dict[str, Any]:
        self.job = self.lines[0].rpartition(" ")[2]
        return (await asyncio.to_thread(remote.ask, send.LOOK, space=self.server.space, id=self.job))["importJob"]

    async def _seen(self, remote: Remote) -> dict[str, Any]:
        """Look, as often as it takes while the graph restarts."""
        while True:
            with contextlib.suppress(OutOfReach):
                return await self.look(remote)
            await asyncio.sleep(0.05)

    async def until(self, remote: Remote, share: float) -> int:
        """Wait until so much of it is done, and a moment more; return the rows acknowledged by then."""
        async with asyncio.timeout(MINUTES):
            while (row := await self._seen(remote))["state"] == "RUNNING" and row["progress"] < share:  # noqa: ASYNC110 - over HTTP
                await asyncio.sleep(0.05)
        await asyncio.sleep(random.random() * 0.3)
        return int(row["rowsRead"])

    async def finish(self) -> None:
        """Continue it to its end, where it has not come to it."""
        remote = await self.server.sign_in()
        if (await self._seen(remote))["state"] != "DONE":
            assert await send.go_on(remote, self.server.space, self.job, self.folder / "refused.csv", self.lines.append)

    def refused(self) -> str:
        return (self.folder / "refused.csv").read_text()


@dataclass(frozen=True)
class Census:
    """What an import has made, its things called by what was first said of them and where, so that two data sets can be compared."""

    records: list[dict[str, Any]]
    things: list[list[Any]]
    job: list[Any]

    @classmethod
    async def take(cls, brought: Import) -> Census:
        await brought.server.sign_in()
        address = running(brought.server.data / "graph")
        assert address
        async with Graph(address) as graph:
            found = [await graph.read(partial(_rows, query, brought.job)) for query in (RECORDS, ENTITIES, LINKS, STATES, JOB)]
        records, entities, links, states, jobs = found
        names = {r["about"]: f"{r['kind']} {_values(r)} {r['locator']}" for r in sorted(records, key=_place, reverse=True)}
        said = {r["id"]: names[r["about"]] for r in records}
        things = [[names[one], *rest] for one, *rest in _distinct(entities)]
        things += [[names[one], kind, vis, names[source], names[target]] for one, kind, vis, source, target in links]
        things += [[said[record], identifier] for record, identifier in states]
        return cls(records, sorted(things, key=str), jobs[0])

    def same_as(self, other: Census) -> bool:
        mine, theirs = (sorted(map(_compared, one.records)) for one in (self, other))
        return (mine, self.things, self.job) == (theirs, other.things, other.job)

    def acknowledges(self, whole: Census) -> bool:
        """Whether all that lies before the checkpoint is there: entities of the first reading, links of the second."""
        _, part, row, *_ = self.job
        there = set(map(_compared, self.records))
        before = [r for r in whole.records if (2 if "source" in r else 1, _place(r)) <= (part, row)]
        return there.issuperset(map(_compared, before))


async def _rows(query: LiteralString, job: str, tx: Tx) -> list[Any]:
    return await tx.rows(query, id=job)


def _distinct(rows: list[list[Any]]) -> list[list[Any]]:
    return list({row[0]: row for row in rows}.values())


def _place(record: dict[str, Any]) -> int:
    return int(record["locator"].rpartition(" ")[2])


def _values(record: dict[str, Any]) -> str:
    return str(sorted((name, value) for name, value in record.items() if name.startswith("p_")))


def _compared(record: dict[str, Any]) -> str:
    return str(sorted((name, value) for name, value in record.items() if name not in ITS_OWN))


@pytest_asyncio.fixture(scope="module", loop_scope="session")
async def prepared(tmp_path_factory: pytest.TempPathFactory) -> Prepared:
    return await Prepared.make(tmp_path_factory.mktemp("prepared") / "data")


@dataclass
class Storm:
    """An import on its way, and what the same file came to before, when nothing happened."""

    brought: Import
    task: asyncio.Task[bool]
    whole: Census
    refused: str

    async def over(self) -> None:
        """Bring it to its end and compare."""
        await asyncio.wait_for(self.task, MINUTES)
        await self.brought.finish()
        assert (await Census.take(self.brought)).same_as(self.whole)
        assert self.brought.refused() == self.refused


@contextlib.asynccontextmanager
async def storm(prepared: Prepared, folder: Path, form: str) -> AsyncGenerator[Storm]:
    async with served(prepared, folder / "data") as server:
        calm, brought = Import(server, form, folder / "calm"), Import(server, form, folder / "storm")
        assert await (await calm.sent())
        task = await brought.sent()
        try:
            yield Storm(brought, task, await Census.take(calm), calm.refused())
        finally:
            task.cancel()


async def killed_and_started(brought: Import, read: int) -> None:
    """Kill the server, start it again, and see what became of the import, of which `read` rows were acknowledged."""
    await brought.server.kill()
    await brought.server.start()
    row = await brought.look(await brought.server.sign_in())
    assert row["state"] == "DONE" or (row["state"], row["problem"]) == ("CANCELLED", STOPPED)
    assert row["rowsRead"] >= read


async def test_an_import_outlives_its_engine_and_then_its_server(prepared: Prepared, tmp_path: Path) -> None:
    async with storm(prepared, tmp_path, "ftm") as on:
        remote = await on.brought.server.sign_in()
        await on.brought.until(remote, random.uniform(0.1, 0.4))
        on.brought.server.kill_engine()
        read = await on.brought.until(remote, random.uniform(0.5, 0.9))
        await killed_and_started(on.brought, read)
        assert (await Census.take(on.brought)).acknowledges(on.whole)
        await on.over()


@pytest.mark.long
@pytest.mark.parametrize("share", SHARES)
@pytest.mark.parametrize("form", list(FILES))
async def test_wherever_its_engine_is_killed_an_import_goes_on_by_itself(
    prepared: Prepared, tmp_path: Path, form: str, share: float
) -> None:
    async with storm(prepared, tmp_path, form) as on:
        await on.brought.until(await on.brought.server.sign_in(), share)
        on.brought.server.kill_engine()
        assert await asyncio.wait_for(on.task, MINUTES), on.brought.lines
        await on.over()


@pytest.mark.long
@pytest.mark.parametrize("share", SHARES)
@pytest.mark.parametrize("form", list(FILES))
async def test_wherever_its_server_is_killed_an_import_is_continued(prepared: Prepared, tmp_path: Path, form: str, share: float) -> None:
    async with storm(prepared, tmp_path, form) as on:
        read = await on.brought.until(await on.brought.server.sign_in(), share)
        await killed_and_started(on.brought, read)
        assert (await Census.take(on.brought)).acknowledges(on.whole)
        await on.over()
