"""A backup restores to the very same deployment, goes on where it was broken off, and refuses whatever was changed in between."""

from __future__ import annotations

import asyncio
import shutil
from dataclasses import replace
from typing import TYPE_CHECKING, Any

import pytest
import pytest_asyncio

from backend.config import Settings
from backend.evidence import content
from backend.keeping import dump, recovery, restore, take, verify
from backend.keeping.dump import Loading
from backend.keeping.recovery import KeepingError
from backend.keeping.restore import Wanted
from backend.serving import check_version, engine
from backend.storage.folder import FolderStore
from graph.gate import Gate
from graph.migrations.runner import GraphVersionError
from tests.support.backed_up import SAID, Source, backed_up, dumped
from tests.support.deployed import deployment
from tests.support.s3 import S3
from tests.support.world import World

if TYPE_CHECKING:
    from collections.abc import AsyncIterator, Callable
    from pathlib import Path

    from graph.driver import Tx

pytestmark = [pytest.mark.embedded, pytest.mark.timeout(300)]


@pytest_asyncio.fixture(scope="module", loop_scope="session")
async def source(tmp_path_factory: pytest.TempPathFactory) -> AsyncIterator[Source]:
    """A backed up deployment."""
    async with backed_up(tmp_path_factory.mktemp("source")) as found:
        yield found


async def restored(source: Source, data: Path, backups: Path | None = None, key: Path | None = None) -> verify.Verified:
    return await restore.run(Settings(data=data), Wanted(backups or source.backups, key or source.key), lambda _: None)


async def test_what_is_restored_is_what_was_there(source: Source, tmp_path: Path) -> None:
    before, counts = await dumped(source.parts)
    found = await restored(source, tmp_path / "data")
    assert found.faults == []
    here = await verify.run(source.parts, lambda _: None)
    assert (found.files, found.size, found.custody, found.events) == (here.files, here.size, here.custody, here.events)
    assert min(found.files, found.custody, found.events, counts.ties) > 0
    async with deployment(tmp_path / "data") as parts:
        after, _ = await dumped(parts)
        assert after == before
        there = World(parts, source.world.ids, source.world.memberships, source.world.agencies, source.world.of_person)
        opened = await content.opened(there.ctx("Maarten"), there.ids["Saltmarsh"], there.ids["page.txt"])
        assert b"".join([piece async for piece in opened.file.stream()]) == SAID
    assert {path.stat().st_mode & 0o77 for path in (tmp_path / "data").rglob("*.key")} == {0}


@pytest.mark.timeout(600)
async def test_a_backup_of_a_bucket_restores_into_a_folder_and_into_another_bucket(tmp_path: Path) -> None:
    server = S3.there()

    def at(name: str) -> Settings:
        bucket = server.bucket(locks=True)
        keys = {"s3_access_key": bucket.access_key, "s3_secret_key": bucket.secret_key}
        return replace(Settings(data=tmp_path / name, s3_url=bucket.url, s3_bucket=bucket.bucket), **keys).checked()

    bucket, other = at("data"), at("other")
    async with backed_up(tmp_path, bucket) as source:
        assert server.left_in(bucket.s3_bucket)
        here = await verify.run(source.parts, lambda _: None)
        for settings in (Settings(data=tmp_path / "folder"), other):
            found = await restore.run(settings, Wanted(source.backups, source.key), lambda _: None)
            assert (found.faults, found.files, found.size, found.custody) == ([], here.files, here.size, here.custody)
            async with deployment(settings) as parts:
                there = World(parts, source.world.ids, source.world.memberships, source.world.agencies, source.world.of_person)
                opened = await content.opened(there.ctx("Maarten"), there.ids["Saltmarsh"], there.ids["page.txt"])
                assert b"".join([piece async for piece in opened.file.stream()]) == SAID
    assert sorted(server.left_in(bucket.s3_bucket)) == sorted(server.left_in(other.s3_bucket))


async def test_another_backup_copies_no_object_again_and_the_newest_is_restored(source: Source, tmp_path: Path) -> None:
    folder = source.copy(tmp_path / "backups")
    taken = await take.run(source.parts, folder, lambda _: None)
    assert (taken.copied, taken.there) == (0, 3)
    said = list[str]()
    await restore.run(Settings(data=tmp_path / "data"), Wanted(folder, source.key), said.append)
    assert taken.id in said[0]


async def test_a_backup_holds_nothing_that_can_be_read(source: Source) -> None:
    held = b"".join(path.read_bytes() for path in source.backups.rglob("*") if path.is_file())
    master = next(source.parts.settings.data.glob("master*.key")).read_bytes().split()[-1]
    assert master
    for secret in (SAID, master, b"Dravec", b"page.txt", b"Saltmarsh", b"argon2"):
        assert secret not in held
    assert {path.stat().st_mode & 0o77 for path in source.backups.rglob("*")} == {0}


class Broken(Exception):
    """The process ended here."""


async def test_a_backup_that_was_broken_off_goes_on_with_what_it_has(source: Source, tmp_path: Path) -> None:
    class Ends(FolderStore):
        left = 2

        def get(self, key: str, start: int = 0, length: int | None = None) -> Any:
            self.left -= 1
            if self.left < 0:
                raise Broken
            return super().get(key, start, length)

    ending = replace(source.parts, store=Ends(source.parts.settings.data / "files"))
    with pytest.raises(Broken):
        await take.run(ending, tmp_path / "backups", lambda _: None)
    graph = next((tmp_path / "backups").glob("2*/graph"))
    before, said = graph.stat().st_mtime_ns, list[str]()
    with pytest.raises(KeepingError, match="There is no whole backup"):
        await restored(source, tmp_path / "data", tmp_path / "backups")
    taken = await take.run(source.parts, tmp_path / "backups", said.append)
    assert "going on with the backup" in said[0]
    assert (taken.copied, taken.there, graph.stat().st_mtime_ns) == (1, 2, before)
    assert (await restored(source, tmp_path / "data", tmp_path / "backups")).faults == []


async def test_a_restore_that_was_broken_off_goes_on_and_until_then_no_server_starts(
    source: Source, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    writes, write = 0, Loading._write  # noqa: SLF001 - broken off between two batches

    async def ends(self: Loading, kind: str, held: list[list[Any]]) -> None:
        nonlocal writes
        writes += 1
        if writes == 3:
            raise Broken
        await write(self, kind, held)

    monkeypatch.setattr(dump, "PAGE", 30)
    monkeypatch.setattr(Loading, "_write", ends)
    with pytest.raises(Broken):
        await restored(source, tmp_path / "data")
    async with engine(Settings(data=tmp_path / "data")) as (address, _):
        with pytest.raises(GraphVersionError, match="is only half restored"):
            await check_version(address)
    said = list[str]()
    found = await restore.run(Settings(data=tmp_path / "data"), Wanted(source.backups, source.key), said.append)
    assert "going on behind line 60" in said
    assert found.faults == []


FLIPS = ("head", "keys", "graph", "log", "manifest", "objects")


def spoilt(folder: Path, what: str, how: Callable[[bytearray], object]) -> None:
    path = next(path for path in sorted(folder.rglob("*")) if path.is_file() and (path.name == what or what in path.parts))
    held = bytearray(path.read_bytes())
    how(held)
    path.write_bytes(held)


def flipped(held: bytearray) -> None:
    held[len(held) * 3 // 4] ^= 1


def cut(held: bytearray) -> None:
    del held[-20:]


@pytest.mark.parametrize(("what", "how"), [*((what, flipped) for what in FLIPS), ("graph", cut), ("objects", cut)])
async def test_whatever_was_changed_in_a_backup_refuses(
    source: Source, tmp_path: Path, what: str, how: Callable[[bytearray], None]
) -> None:
    folder = source.copy(tmp_path / "backups")
    spoilt(folder, what, how)
    with pytest.raises(KeepingError, match="Take another copy of the backup"):
        await restored(source, tmp_path / "data", folder)


async def test_a_part_of_another_backup_refuses(source: Source, tmp_path: Path) -> None:
    folder = source.copy(tmp_path / "backups")
    taken = await take.run(source.parts, folder, lambda _: None)
    old = next(path for path in folder.glob("2*") if path.name != taken.id)
    shutil.copy(old / "graph", folder / taken.id / "graph")
    with pytest.raises(KeepingError, match=r"The part graph of the backup is damaged\."):
        await restored(source, tmp_path / "data", folder)


async def test_another_recovery_key_and_what_is_none_are_refused(source: Source, tmp_path: Path) -> None:
    recovery.make(tmp_path / "other", tmp_path / "key")
    with pytest.raises(KeepingError, match=r"was made for the recovery key [0-9a-f]{16}, and this file holds"):
        await restored(source, tmp_path / "data", key=tmp_path / "key")
    with pytest.raises(KeepingError, match="does not hold the private half"):
        await restored(source, tmp_path / "data", key=tmp_path / "other" / recovery.PUBLIC_FILE)
    with pytest.raises(KeepingError, match="There is no recovery key file"):
        await restored(source, tmp_path / "data", key=tmp_path / "nowhere")
    assert not (tmp_path / "data").exists()


async def test_nothing_is_written_into_what_is_not_empty(source: Source, tmp_path: Path) -> None:
    (tmp_path / "data").mkdir()
    (tmp_path / "data" / "here").touch()
    with pytest.raises(KeepingError, match="is not empty, and nothing was written"):
        await restored(source, tmp_path / "data")


def test_a_recovery_key_is_not_overwritten(tmp_path: Path) -> None:
    recovery.make(tmp_path / "data", tmp_path / "key")
    assert (tmp_path / "key").stat().st_mode & 0o77 == 0
    with pytest.raises(KeepingError, match="There is a recovery key already"):
        recovery.make(tmp_path / "data", tmp_path / "another")
    with pytest.raises(KeepingError, match="was not touched"):
        recovery.make(tmp_path / "elsewhere", tmp_path / "key")


async def test_what_the_program_does_not_know_is_refused_not_left_out(source: Source, tmp_path: Path) -> None:
    await source.parts.graph.write(lambda tx: tx.value("CREATE (s:Stranger {id: 's'}) RETURN 1"))
    try:
        with pytest.raises(KeepingError, match="The graph holds Stranger, which this program does not know"):
            await take.run(source.parts, tmp_path / "backups", lambda _: None)
    finally:
        await source.parts.graph.write(lambda tx: tx.value("MATCH (s:Stranger) DELETE s RETURN count(*)"))


async def test_who_writes_waits_while_the_gate_is_closed_and_who_reads_does_not(source: Source) -> None:
    graph = source.parts.graph

    async def write(tx: Tx) -> Any:
        return await tx.value("MATCH (t:Task {id: 'types'}) SET t.whole = 1 RETURN t.whole")

    async with Gate(source.parts.settings.data).closed():
        writing = asyncio.create_task(graph.write(write))
        await asyncio.sleep(0.3)
        assert not writing.done()
        assert await graph.read(lambda tx: tx.value("RETURN 1")) == 1
    assert await writing == 1
