"""Every store keeps the same promises: a folder, a bucket of a real S3 server, one that keeps versions and locks."""

from __future__ import annotations

import asyncio
import os
import resource
import secrets
import tracemalloc
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

import pytest
import pytest_asyncio

from backend.storage.folder import FolderStore
from backend.storage.s3 import S3Store
from backend.storage.s3_writing import PART_BYTES
from backend.storage.seal import SealedReader, SealedWriter
from backend.storage.store import ObjectExistsError, ObjectMissingError, StoreError, new_key
from tests.support.s3 import S3

if TYPE_CHECKING:
    from collections.abc import AsyncIterator, Callable
    from pathlib import Path

    from backend.storage.store import ObjectStore

KEY = "ab/" + "ab" * 16
MIB = 1 << 20
SIZES = [0, 1, PART_BYTES - 1, PART_BYTES, PART_BYTES + 1, 2 * PART_BYTES + 5]


@dataclass
class Kept:
    """A store, and what somebody finds who looks behind it: every object, version, part."""

    store: ObjectStore
    left: Callable[[], list[str]] = field(repr=False)


@pytest_asyncio.fixture(params=["folder", "bucket", "bucket with locks"])
async def kept(request: pytest.FixtureRequest, tmp_path: Path) -> AsyncIterator[Kept]:
    if request.param == "folder":
        yield Kept(FolderStore(tmp_path), lambda: [str(path.relative_to(tmp_path)) for path in tmp_path.rglob("*") if path.is_file()])
        return
    server = S3.there()
    address = server.bucket(locks=request.param == "bucket with locks")
    store = await S3Store.open(address)
    yield Kept(store, lambda: server.left_in(address.bucket))
    store.close()


async def pieces(*parts: bytes) -> AsyncIterator[bytes]:
    for part in parts:
        yield part


async def text(store: ObjectStore, key: str = KEY, start: int = 0, length: int | None = None) -> bytes:
    return b"".join([piece async for piece in store.get(key, start, length)])


@pytest.mark.parametrize("size", SIZES)
async def test_what_is_put_is_there_to_the_byte(kept: Kept, size: int) -> None:
    data = os.urandom(size)
    assert await kept.store.put(KEY, pieces(data[:5], data[5 : MIB + 1], data[MIB + 1 :])) == size
    assert (await text(kept.store) == data, await kept.store.size(KEY), await kept.store.exists(KEY)) == (True, size, True)
    assert len(kept.left()) == 1


async def test_any_range_is_read(kept: Kept) -> None:
    data = os.urandom(3 * MIB + 1)
    await kept.store.put(KEY, pieces(data))
    for start, length in ((0, 1), (MIB - 6, 12), (3 * MIB, 99), (0, None), (MIB, None), (0, 2 * MIB), (3 * MIB + 1, None), (4 * MIB, 5)):
        assert await text(kept.store, KEY, start, length) == (data[start:] if length is None else data[start : start + length])
    assert await text(kept.store, KEY, 7, 0) == b""


@pytest.mark.parametrize(("start", "length"), [(-1, None), (0, -1)])
async def test_a_range_below_zero_is_refused(kept: Kept, start: int, length: int | None) -> None:
    await kept.store.put(KEY, pieces(b"x"))
    with pytest.raises(ValueError, match="A range starts at 0"):
        await text(kept.store, KEY, start, length)


@pytest.mark.parametrize("size", [9, PART_BYTES + 1])
async def test_an_object_is_written_once(kept: Kept, size: int) -> None:
    await kept.store.put(KEY, pieces(b"first"))
    with pytest.raises(ObjectExistsError):
        await kept.store.put(KEY, pieces(bytes(size)))
    assert (await text(kept.store), len(kept.left())) == (b"first", 1)


@pytest.mark.parametrize("size", [9, PART_BYTES + 1])
async def test_of_writers_at_once_one_wins_whole(kept: Kept, size: int) -> None:
    go = asyncio.Barrier(3)

    async def together(word: bytes) -> AsyncIterator[bytes]:
        yield word * size
        await go.wait()

    results = await asyncio.gather(*(kept.store.put(KEY, together(word)) for word in (b"a", b"b", b"c")), return_exceptions=True)
    assert sorted(type(one).__name__ for one in results) == ["ObjectExistsError", "ObjectExistsError", "int"]
    winner = [word * size for word, one in zip((b"a", b"b", b"c"), results, strict=True) if isinstance(one, int)]
    assert ([await text(kept.store)] == winner, len(kept.left())) == (True, 1)


@pytest.mark.parametrize("size", [9, 2 * PART_BYTES + 1])
async def test_a_failing_stream_leaves_nothing(kept: Kept, size: int) -> None:
    async def broken() -> AsyncIterator[bytes]:
        yield bytes(size)
        raise ConnectionResetError

    with pytest.raises(ConnectionResetError):
        await kept.store.put(KEY, broken())
    assert (kept.left(), await kept.store.exists(KEY)) == ([], False)
    await kept.store.put(KEY, pieces(b"again"))
    assert await text(kept.store) == b"again"


@pytest.mark.parametrize("size", [9, 2 * PART_BYTES + 1])
async def test_a_cancelled_put_leaves_nothing(kept: Kept, size: int) -> None:
    begun = asyncio.Event()

    async def slow() -> AsyncIterator[bytes]:
        yield bytes(size)
        begun.set()
        await asyncio.Event().wait()

    task = asyncio.create_task(kept.store.put(KEY, slow()))
    await begun.wait()
    task.cancel()
    with pytest.raises(asyncio.CancelledError):
        await task
    assert kept.left() == []


async def test_a_put_cancelled_anywhere_is_whole_or_not_there(kept: Kept) -> None:
    """Cancelled a little later each time, until one gets through."""
    data, cut = os.urandom(PART_BYTES + 1), 0
    for cut in range(400):
        key = new_key()
        task = asyncio.create_task(kept.store.put(key, pieces(data)))
        await asyncio.wait([task], timeout=cut * 0.015)
        if task.done():
            break
        task.cancel()
        await asyncio.wait([task])
        assert task.cancelled()
        assert kept.left() == []
    assert cut > 0
    assert len(kept.left()) == 1


@pytest.mark.parametrize(
    "key", ["", "..", "../x", "a/../b", "/etc/passwd", "a//b", "a/", ".a", "A", "a\n", "a\0", "a\\b", "é", "a/b/c/d/e", "x" * 65]
)
async def test_other_keys_are_refused(kept: Kept, key: str) -> None:
    for refused in (kept.store.put(key, pieces(b"x")), text(kept.store, key), kept.store.size(key), kept.store.exists(key)):
        with pytest.raises(ValueError, match="not an object key"):
            await refused
    with pytest.raises(ValueError, match="not an object key"):
        await kept.store.delete(key)
    assert kept.left() == []


async def test_what_is_not_there_is_missing(kept: Kept) -> None:
    await kept.store.put(KEY, pieces(b"x"))
    for key in (new_key(), "ab", KEY + "/ab"):
        for missing in (text(kept.store, key), text(kept.store, key, 3, 0), text(kept.store, key, 3, 5), kept.store.size(key)):
            with pytest.raises(ObjectMissingError):
                await missing
        assert await kept.store.exists(key) is False


async def test_delete_removes_once_and_for_all(kept: Kept) -> None:
    await kept.store.put(KEY, pieces(b"x"))
    await kept.store.delete(KEY)
    await kept.store.delete(KEY)
    assert (await kept.store.exists(KEY), kept.left()) == (False, [])
    await kept.store.put(KEY, pieces(b"y"))
    assert await text(kept.store) == b"y"


async def test_keys_are_listed_in_order_below_a_prefix(kept: Kept) -> None:
    for key in ("b/1", "a/2", "a-c/1", "a/10", "z"):
        await kept.store.put(key, pieces(b""))
    assert [key async for key in kept.store.list()] == ["a-c/1", "a/10", "a/2", "b/1", "z"]
    assert [key async for key in kept.store.list("a/1")] == ["a/10"]
    assert [key async for key in kept.store.list("y")] == []


async def test_a_sweep_leaves_what_is_whole_and_what_is_coming(kept: Kept) -> None:
    begun, go_on = asyncio.Event(), asyncio.Event()

    async def slow() -> AsyncIterator[bytes]:
        yield bytes(PART_BYTES)
        begun.set()
        await go_on.wait()
        yield b"end"

    await kept.store.put("ab/whole", pieces(b"x"))
    coming = asyncio.create_task(kept.store.put("ab/coming", slow()))
    await begun.wait()
    assert await kept.store.sweep() == 0
    go_on.set()
    assert (await coming, await kept.store.size("ab/coming"), await kept.store.exists("ab/whole")) == (PART_BYTES + 3, PART_BYTES + 3, True)


async def test_memory_does_not_grow_with_the_object(kept: Kept) -> None:
    """40 MiB pass through, there and back, in less than 32 MiB: a part on its way is held up to three times."""

    async def much() -> AsyncIterator[bytes]:
        for _ in range(40):
            yield secrets.token_bytes(MIB)

    tracemalloc.start()
    try:
        await kept.store.put(KEY, much())
        size = sum([len(piece) async for piece in kept.store.get(KEY)])
        peak = tracemalloc.get_traced_memory()[1]
    finally:
        tracemalloc.stop()
    assert (size, peak < 32 * MIB) == (40 * MIB, True), peak


async def test_a_sealed_file_comes_back_from_any_place(kept: Kept) -> None:
    key, plain = secrets.token_bytes(32), os.urandom(PART_BYTES + 70_000)
    writer = SealedWriter(key, "file")
    await kept.store.put(KEY, writer.seal(pieces(plain)))
    reader = await SealedReader.open(kept.store, KEY, key, "file")
    assert await reader.read_range(PART_BYTES - 10, 20) == plain[PART_BYTES - 10 : PART_BYTES + 10]


async def test_a_folder_that_is_full_is_told_and_leaves_nothing(tmp_path: Path) -> None:
    """A real limit on the size of files: the kernel refuses the rest of a write."""
    store, (soft, hard) = FolderStore(tmp_path), resource.getrlimit(resource.RLIMIT_FSIZE)
    resource.setrlimit(resource.RLIMIT_FSIZE, (2 * MIB, hard))
    try:
        with pytest.raises(StoreError, match="The store failed: File too large"):
            await store.put(KEY, pieces(bytes(MIB), bytes(MIB), bytes(MIB)))
    finally:
        resource.setrlimit(resource.RLIMIT_FSIZE, (soft, hard))
    assert [path for path in tmp_path.rglob("*") if path.is_file()] == []
