"""Who is erased is nowhere any more: graph, its files, store, a new backup, an older one restored; others stay as they are."""

from __future__ import annotations

import json
import shutil
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, LiteralString

import orjson
import pytest
import pytest_asyncio

from backend.config import Settings
from backend.core.ids import new_id
from backend.entities import service as entities
from backend.entities.imports import run as import_run
from backend.entities.imports import service as imports
from backend.entities.imports.service import NewImport
from backend.keeping import dump, erase, erase_files, erasing, erasures, recovery, renew, restore, take, verify
from backend.keeping.dump import Dumped
from backend.keeping.erase import Order
from backend.keeping.erasures import Reason
from backend.keeping.recovery import KeepingError
from backend.keeping.restore import Wanted
from tests.support.deployed import deployment
from tests.support.world import World, team

if TYPE_CHECKING:
    from collections.abc import AsyncIterator, Callable
    from pathlib import Path

    from backend.core.context import Parts

pytestmark = [pytest.mark.embedded, pytest.mark.timeout(600)]
NAME, ACCOUNT, TOKEN = "Wronglette Misputnam", "GB33BUKB20201555555555", "misputnam"
TABLE = f"name,country,since\r\nIlian Dravec,bg,2020-01-01\r\n{NAME},gb,2021-01-01\r\n{NAME},gb,no day\r\nSøren Ødegaard,no,2019-01-01\r\n"
MAPPING = """register:
  queries:
    - entities:
        person: {schema: Person, keys: [name], properties: {name: {column: name}, country: {column: country}, birthDate: {column: since}}}
"""
NODES: LiteralString = "MATCH (n) RETURN collect([labels(n), properties(n)])"


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


@pytest_asyncio.fixture(scope="module", loop_scope="session")
async def wronged(tmp_path_factory: pytest.TempPathFactory) -> Wronged:
    """Somebody who came in by two files and by hand, beside others."""
    place = tmp_path_factory.mktemp("wronged")
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


def on_disk(folder: Path) -> list[str]:
    """Return the files below a folder whose bytes hold the name, its token or the account, in either coding of the engine."""
    marks = [said.encode(code) for said in (NAME, TOKEN, ACCOUNT, "Misputnam") for code in ("utf-8", "utf-16-le")]
    return [str(path) for path in folder.rglob("*") if path.is_file() and any(mark in path.read_bytes() for mark in marks)]


def others(dumped: bytes, gone: set[str]) -> set[bytes]:
    """Return the lines of a graph that tell of people who stay and of what they did, without what an erasure adds or moves."""
    kept = set[bytes]()
    for line in dumped.splitlines():
        said = orjson.loads(line) if line.startswith(b'{"n"') else None
        if said and {"Entity", "Record"} & set(said["n"][0]) and said["n"][1]["id"] not in gone:
            kept.add(orjson.dumps({name: value for name, value in said["n"][1].items() if name not in {"exhibit", "vis_rev"}}))
    return kept


async def test_nothing_of_who_is_erased_can_be_read_anywhere(wronged: Wronged, tmp_path: Path) -> None:
    data, ids = wronged.copy(tmp_path / "data"), wronged.world.ids
    assert on_disk(data / "graph")
    async with deployment(data) as parts:
        before = await everything(parts)
        assert before.count(NAME.encode()) > 8
        rows_before = before.splitlines()
    made = await erasing.run(Settings(data=data), wronged.order, lambda _: None)
    assert on_disk(data) == []
    async with deployment(data) as parts:
        after = await everything(parts)
        for said in (NAME, TOKEN, ACCOUNT):
            assert said.encode() not in after
        found = await verify.run(parts, lambda _: None)
        assert (found.faults, found.erasures) == ([], 1)
        await take.run(parts, tmp_path / "fresh", lambda _: None)
    assert (made["tasks"], made["comments"], len(made["files"]), made["left"]) == (1, 1, 2, [])
    gone = {json.loads(line)["n"][1]["id"] for line in rows_before if line.startswith(b'{"n"') and _tells(line, made["entities"])}
    assert others(before, gone) == others(after, gone)
    assert len(gone) >= made["records"] > 4
    assert b"Ilian Dravec,bg,2020-01-01\r\n,,\r\n,,\r\n" in after
    assert ids["ask both"].encode() in after
    restored = tmp_path / "restored"
    assert (await restore.run(Settings(data=restored), Wanted(tmp_path / "fresh", wronged.key), lambda _: None)).faults == []
    assert on_disk(restored) == []


def _tells(line: bytes, entities: list[str]) -> bool:
    values = json.loads(line)["n"][1]
    return any(values.get(name) in entities for name in ("id", "about", "source", "target"))


async def test_an_older_backup_that_is_restored_is_erased_again(wronged: Wronged, tmp_path: Path) -> None:
    data, backups = wronged.copy(tmp_path / "data"), shutil.copytree(wronged.backups, tmp_path / "backups")
    made = await erasing.run(Settings(data=data), wronged.order, lambda _: None)
    old = next(path.name for path in backups.glob("2*"))
    async with deployment(data) as parts:
        await take.run(parts, backups, lambda _: None)
    restored = tmp_path / "restored"
    found = await restore.run(Settings(data=restored), Wanted(backups, wronged.key, old), lambda _: None)
    assert (found.faults, found.erasures) == ([], 1)
    assert on_disk(restored) == []
    async with deployment(restored) as parts:
        after = await everything(parts)
        assert NAME.encode() not in after
        assert {file["copy"].encode() in after for file in made["files"]} == {True}
        assert b"Dravec" in after


async def test_without_its_certificate_an_older_backup_brings_everything_back(wronged: Wronged, tmp_path: Path) -> None:
    data, restored = wronged.copy(tmp_path / "data"), tmp_path / "restored"
    await erasing.run(Settings(data=data), wronged.order, lambda _: None)
    await restore.run(Settings(data=restored), Wanted(wronged.backups, wronged.key), lambda _: None)
    assert on_disk(restored) != []
    again = tmp_path / "again"
    wanted = Wanted(wronged.backups, wronged.key, erasures=data / erasures.FOLDER)
    assert (await restore.run(Settings(data=again), wanted, lambda _: None)).faults == []
    assert on_disk(again) == []


class Broken(Exception):
    """The process ended here."""


def ends_before(number: int, of: Callable[..., Any]) -> Callable[..., Any]:
    """Let a function end the process when it is called for the nth time."""
    calls = 0

    def ends(*said: Any, **named: Any) -> Any:
        nonlocal calls
        calls += 1
        if calls == number:
            raise Broken
        return of(*said, **named)

    return ends


ENDS = [
    (erase, "_logged", 1),
    (erase, "_logged", 3),
    (erase_files, "_swap", 2),
    (erase_files.queries, "cite_copy", 1),
    (renew.renewal, "swap", 1),
    (renew.renewal, "settle", 1),
    (erasures, "write", 1),
    (erase, "vouch", 1),
    (erase, "forget", 1),
]
IN_EVERY_RUN = [(erase_files, "_swap", 2)]


@pytest.mark.parametrize(
    ("module", "name", "number"),
    [pytest.param(*one, id=f"{one[1]}-{one[2]}", marks=[] if one in IN_EVERY_RUN else [pytest.mark.long]) for one in ENDS],
)
async def test_broken_off_anywhere_it_goes_on(
    wronged: Wronged, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, module: Any, name: str, number: int
) -> None:
    data = wronged.copy(tmp_path / "data")
    with monkeypatch.context() as patch:
        patch.setattr(module, name, ends_before(number, getattr(module, name)))
        with pytest.raises(Broken):
            await erasing.run(Settings(data=data), wronged.order, lambda _: None)
    assert bool(on_disk(data)) == (name != "forget"), "what was deleted stays readable until the graph was written anew"
    with pytest.raises(KeepingError, match="was broken off"):
        await erasing.run(Settings(data=data), wronged.order, lambda _: None)
    made = await erasing.run(Settings(data=data), None, lambda _: None)
    assert on_disk(data) == []
    async with deployment(data) as parts:
        found = await verify.run(parts, lambda _: None)
        assert (found.faults, found.erasures) == ([], 1)
        assert NAME.encode() not in await everything(parts)
    assert all(file["copy_sha256"] for file in made["files"])
    with pytest.raises(KeepingError, match="nothing to go on with"):
        await erasing.run(Settings(data=data), None, lambda _: None)
