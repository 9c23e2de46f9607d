"""Who is erased is nowhere any more: graph, its files, store, a new backup, an older one restored; others stay as they are."""

from __future__ import annotations

import json
import shutil
from typing import TYPE_CHECKING, Any

import orjson
import pytest
import pytest_asyncio

from backend.config import Settings
from backend.keeping import erase, erase_files, erasing, erasures, renew, restore, take, verify
from backend.keeping.recovery import KeepingError
from backend.keeping.restore import Wanted
from tests.support.deployed import deployment
from tests.support.wronged import ACCOUNT, NAME, TOKEN, Wronged, entered_wrongly, everything

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path


pytestmark = [pytest.mark.embedded, pytest.mark.timeout(600)]


@pytest_asyncio.fixture(scope="module", loop_scope="session")
async def wronged(tmp_path_factory: pytest.TempPathFactory) -> Wronged:
    """Somebody who came in by two files and by hand, beside others."""
    return await entered_wrongly(tmp_path_factory.mktemp("wronged"))


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
    said = await erasing.preview(Settings(data=data), wronged.order)
    async with deployment(data) as parts:
        before = await everything(parts)
        assert before.count(NAME.encode()) > 8
        rows_before = before.splitlines()
    made = await erasing.run(Settings(data=data), wronged.order, lambda _: None)
    assert (said[0], [line for line in said if line.startswith("erased with them")]) == (
        "This would be erased:", [line for line in erasures.lines(made) if line.startswith("erased with them")],
    )  # fmt: skip
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
