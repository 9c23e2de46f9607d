"""A deployment in which somebody was entered wrongly, by two files and by hand, and all that can be read of it."""

from __future__ import annotations

import shutil
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, LiteralString

import orjson

from backend.core.ids import new_id
from backend.entities import service as entities
from backend.entities.imports import run as import_run
from backend.entities.imports import service as imports
from backend.entities.imports.service import NewImport
from backend.keeping import dump, recovery, take, verify
from backend.keeping.dump import Dumped
from backend.keeping.erase import Order
from backend.keeping.erasures import Reason
from tests.support.deployed import deployment
from tests.support.world import World, team

if TYPE_CHECKING:
    from collections.abc import AsyncIterator
    from pathlib import Path

    from backend.core.context import Parts

NAME, ACCOUNT, TOKEN = "Wronglette Misputnam", "GB33BUKB20201555555555", "misputnam"
TABLE = f"name,country,since\r\nIlian Dravec,bg,2020-01-01\r\n{NAME},gb,2021-01-01\r\n{NAME},gb,no day\r\nSøren Ødegaard,no,2019-01-01\r\n"
MAPPING = """register:
  queries:
    - entities:
        person: {schema: Person, keys: [name], properties: {name: {column: name}, country: {column: country}, birthDate: {column: since}}}
"""


@dataclass
class Wronged:
    """A deployment as it lay when somebody had been entered wrongly, its backup of that moment, and what it is to be known by."""

    data: Path
    backups: Path
    key: Path
    world: World

    @property
    def order(self) -> Order:
        ids = self.world.ids
        return Order(ids["Saltmarsh"], (ids[NAME], ids["by hand"], ids["in the table"]), ids["Root"], Reason.ENTERED_WRONGLY, "117/2026")

    def copy(self, to: Path) -> Path:
        """Return a copy of the data folder, for a test to erase in."""
        return shutil.copytree(self.data, to)


async def _table(world: World) -> None:
    """Import the table, of which one row is refused."""
    ctx, space = world.ctx("Maarten"), world.ids["Saltmarsh"]
    wanted = NewImport(world.ids["NA-1"], "table", "csv", "table.csv", frozenset(), "B2", "H0")
    job = await imports.create(ctx, space, wanted, new_id())

    async def pieces() -> AsyncIterator[bytes]:
        yield TABLE.encode()

    await imports.upload(ctx, space, job, pieces())
    await imports.begin(ctx, space, job, MAPPING, new_id())
    await import_run.run(ctx, space, job)


async def entered_wrongly(place: Path) -> Wronged:
    """Somebody who came in by two files and by hand, beside others; on an embedded engine."""
    async with deployment(place / "data") as parts:
        world = World(parts)
        await world.person("Root", "IT", administrator=True)
        await team(world)
        await _table(world)
        listed = await entities.listing(world.ctx("Maarten"), world.ids["Saltmarsh"], None, None, None, None, 100)
        world.ids["in the table"] = next(row.id for row in listed.items if row.caption == NAME)
        await world.bring_in("Saltmarsh", "register", "Maarten", "NA-1", ["Ilian Dravec", NAME, "Søren Ødegaard"])
        listed = await entities.listing(world.ctx("Maarten"), world.ids["Saltmarsh"], None, None, None, None, 100)
        world.ids[NAME] = next(row.id for row in listed.items if row.caption == NAME and row.id != world.ids["in the table"])
        await world.entity("Saltmarsh", "by hand", "Chiara", "NA-1", markings=["Covert"], name=NAME)
        await world.record("Saltmarsh", "by hand", "Chiara", "NA-1", markings=["Covert"], idNumber=ACCOUNT)
        await world.link("Saltmarsh", "knows", ("Ilian Dravec", NAME), "Maarten", "NA-1", summary=f"cousin of {NAME}")
        await world.merge("Saltmarsh", "same", (NAME, "by hand"), "Chiara", "NA-1", markings=["Covert"])
        await world.task("Saltmarsh", f"find {NAME}", "Maarten", about=[NAME])
        await world.comment("Saltmarsh", f"{NAME} has moved", "Maarten", f"find {NAME}", mentions=["Chiara"])
        await world.task("Saltmarsh", "ask both", "Maarten", about=[NAME, "Ilian Dravec"])
        await world.file("Saltmarsh", "page.txt", "Maarten", "NA-1", b"It was on the seventh.\n")
        recovery.make(parts.settings.data, place / "recovery")
        await take.run(parts, place / "backups", lambda _: None)
    return Wronged(place / "data", place / "backups", place / "recovery", world)


async def everything(parts: Parts) -> bytes:
    """Return all that can still be read by whoever has every key that is left: the graph, each object that opens, each file as it lies."""
    graph = b"".join([piece async for piece in dump.lines(parts.graph, Dumped(), ("Session",))])
    plain = [await _opened(parts, row) for row in await parts.graph.read(lambda tx: tx.rows(PARTS))]
    refused = [line async for line in _refused(parts)]
    return b"\n".join([graph, *plain, *refused])


PARTS: LiteralString = """
MATCH (f:StoredFile) MATCH (p:FilePart {file: f.id}) RETURN collect({space: f.space, file: f.id, file_key: f.file_key, part: properties(p)})
"""
JOBS: LiteralString = "MATCH (i:Import) WHERE i.object IS NOT NULL RETURN collect(properties(i))"
REFUSED: LiteralString = "MATCH (b:RefusedRows) RETURN collect([b.import, b.place, b.sealed])"


async def _opened(parts: Parts, row: dict[str, Any]) -> bytes:
    file = await verify.Stored.of(parts, row, [row["part"]])
    return b"".join([piece async for piece in file.stream()])


async def _refused(parts: Parts) -> AsyncIterator[bytes]:
    jobs = {job["id"]: job for job in await parts.graph.read(lambda tx: tx.rows(JOBS))}
    for job, place, sealed in await parts.graph.read(lambda tx: tx.rows(REFUSED)):
        key = await import_run.stored.file_key(parts, jobs[job])
        yield orjson.dumps([job, import_run.report.opened(key, job, place, sealed)])
