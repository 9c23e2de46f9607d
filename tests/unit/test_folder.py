"""The folder store: whole or not there, written once, nowhere else."""

import asyncio
import errno
import fcntl
import os
import threading
from collections.abc import AsyncIterator
from io import FileIO
from pathlib import Path
from typing import Any, cast

import pytest

from backend.storage import folder as module
from backend.storage.folder import FolderStore
from backend.storage.store import KEY_FORM, ObjectExistsError, ObjectMissingError, StoreError, new_key

KEY = "ab/" + "ab" * 16


async def pieces(*parts: bytes) -> AsyncIterator[bytes]:
    for part in parts:
        yield part


async def text(store: FolderStore, key: str = KEY, start: int = 0, length: int | None = None) -> bytes:
    return b"".join([piece async for piece in store.get(key, start, length)])


def files(folder: Path) -> list[Path]:
    return [path for path in folder.rglob("*") if path.is_file()]


async def test_what_is_put_is_there_to_the_byte(tmp_path: Path) -> None:
    store = FolderStore(tmp_path)
    assert await store.put(KEY, pieces(b"one ", b"two")) == 7
    assert (await text(store), await store.size(KEY), await store.exists(KEY)) == (b"one two", 7, True)


async def test_large_objects_come_in_pieces_and_ranges(tmp_path: Path) -> None:
    store, data = FolderStore(tmp_path), os.urandom(3_000_001)
    await store.put(KEY, pieces(data[:5], data[5:]))
    assert await text(store) == data
    assert [await text(store, KEY, 1_048_570, 12), await text(store, KEY, 2_999_999, 99)] == [data[1_048_570:1_048_582], data[-2:]]


async def test_an_object_is_written_once(tmp_path: Path) -> None:
    store = FolderStore(tmp_path)
    await store.put(KEY, pieces(b"first"))
    with pytest.raises(ObjectExistsError):
        await store.put(KEY, pieces(b"second"))
    assert await text(store) == b"first"


async def test_of_two_writers_one_wins_whole(tmp_path: Path) -> None:
    store = FolderStore(tmp_path)
    results = await asyncio.gather(*(store.put(KEY, pieces(word * 9)) for word in (b"a", b"b")), return_exceptions=True)
    assert sorted(map(type, results), key=str) == [ObjectExistsError, int]
    assert await text(store) in {b"a" * 9, b"b" * 9}


async def test_a_failing_stream_leaves_nothing(tmp_path: Path) -> None:
    async def broken() -> AsyncIterator[bytes]:
        yield bytes(2 << 20)
        raise ConnectionResetError

    with pytest.raises(ConnectionResetError):
        await FolderStore(tmp_path).put(KEY, broken())
    assert files(tmp_path) == []


async def test_a_cancelled_put_leaves_nothing(tmp_path: Path) -> None:
    begun = asyncio.Event()

    async def slow() -> AsyncIterator[bytes]:
        yield bytes(2 << 20)
        begun.set()
        await asyncio.Event().wait()

    task = asyncio.create_task(FolderStore(tmp_path).put(KEY, slow()))
    await begun.wait()
    task.cancel()
    with pytest.raises(asyncio.CancelledError):
        await task
    assert files(tmp_path) == []


async def test_a_full_disk_is_told_and_leaves_nothing(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def full(_handle: object) -> None:
        raise OSError(errno.ENOSPC, "No space left on device")

    monkeypatch.setattr(module.os, "fsync", full)
    with pytest.raises(StoreError, match="No space left"):
        await FolderStore(tmp_path).put("top", pieces(b"x"))
    assert files(tmp_path) == []


async def test_file_and_folder_are_synced_before_put_returns(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    synced: list[str] = []
    real = os.fsync

    def noted(handle: int | FileIO) -> None:
        number = handle.fileno() if isinstance(handle, FileIO) else handle
        synced.append(Path(f"/proc/self/fd/{number}").readlink().name.rsplit(".", 2)[-1])
        real(handle)

    monkeypatch.setattr(module.os, "fsync", noted)
    await FolderStore(tmp_path).put(KEY, pieces(b"x"))
    assert synced == [tmp_path.name, "part", "ab"]


@pytest.mark.parametrize(
    "key", ["", "..", "../x", "a/../b", "/etc/passwd", "a//b", "a/", ".a", "A", "a\n", "a\0", "a\\b", "é", "a/b/c/d/e", "x" * 65]
)
async def test_other_keys_are_refused(tmp_path: Path, key: str) -> None:
    with pytest.raises(ValueError, match="not an object key"):
        await FolderStore(tmp_path).put(key, pieces(b"x"))
    assert files(tmp_path) == []


async def test_new_keys_are_of_the_form_and_differ() -> None:
    keys = {new_key() for _ in range(100)}
    assert len(keys) == 100
    assert all(KEY_FORM.fullmatch(key) for key in keys)


async def test_what_is_not_there_is_missing(tmp_path: Path) -> None:
    store = FolderStore(tmp_path / "not yet")
    with pytest.raises(ObjectMissingError):
        await text(store)
    with pytest.raises(ObjectMissingError):
        await store.size(KEY)
    assert (await store.exists(KEY), [key async for key in store.list()]) == (False, [])


async def test_a_folder_is_no_object(tmp_path: Path) -> None:
    store = FolderStore(tmp_path)
    await store.put(KEY, pieces(b"x"))
    assert await store.exists("ab") is False
    with pytest.raises(ObjectMissingError):
        await text(store, "ab")


async def test_delete_removes_once_and_for_all(tmp_path: Path) -> None:
    store = FolderStore(tmp_path)
    await store.put(KEY, pieces(b"x"))
    await store.delete(KEY)
    await store.delete(KEY)
    assert (await store.exists(KEY), files(tmp_path)) == (False, [])


async def test_keys_are_listed_in_order_below_a_prefix(tmp_path: Path) -> None:
    store = FolderStore(tmp_path)
    for key in ("b/1", "a/2", "a-c/1", "a/10", "z"):
        await store.put(key, pieces(b""))
    assert [key async for key in store.list()] == ["a-c/1", "a/10", "a/2", "b/1", "z"]
    assert [key async for key in store.list("a/1")] == ["a/10"]


async def test_the_sweep_takes_parts_that_nobody_writes(tmp_path: Path) -> None:
    store = FolderStore(tmp_path)
    await store.put(KEY, pieces(b"kept"))
    for name in (".dead.part", ".living.part"):
        (tmp_path / "ab" / name).write_bytes(b"half")
    with (tmp_path / "ab" / ".living.part").open("rb") as writer:
        fcntl.flock(writer, fcntl.LOCK_EX)
        assert await store.sweep() == 1
    assert sorted(path.name for path in files(tmp_path)) == [".living.part", KEY[3:]]


async def test_part_files_are_not_listed(tmp_path: Path) -> None:
    (tmp_path / "ab").mkdir()
    (tmp_path / "ab" / ".half.part").write_bytes(b"half")
    assert [key async for key in FolderStore(tmp_path).list()] == []


async def test_objects_are_for_their_owner_only(tmp_path: Path) -> None:
    await FolderStore(tmp_path / "objects").put(KEY, pieces(b"x"))
    modes = {path.name: path.stat().st_mode & 0o777 for path in (tmp_path / "objects").rglob("*")}
    assert modes == {"ab": 0o700, KEY[3:]: 0o600}


async def test_a_file_that_opens_after_its_reader_was_cancelled_is_closed(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    store, opening, go_on, opened = FolderStore(tmp_path), threading.Event(), threading.Event(), list[FileIO]()
    await store.put(KEY, pieces(b"sealed"))
    really = Path.open

    def slowly(path: Path, *args: Any, **kwargs: Any) -> Any:
        opening.set()
        go_on.wait(10)
        opened.append(cast("FileIO", really(path, *args, **kwargs)))
        return opened[-1]

    monkeypatch.setattr(Path, "open", slowly)
    reading = asyncio.create_task(anext(store.get(KEY)))
    await asyncio.to_thread(opening.wait, 10)
    reading.cancel()
    await asyncio.sleep(0)
    go_on.set()
    with pytest.raises(asyncio.CancelledError):
        await reading
    assert [file.closed for file in opened] == [True]
