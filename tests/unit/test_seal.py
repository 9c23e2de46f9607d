"""Sealed files: the format's vectors, and everything that must refuse."""

import hashlib
import random
import tracemalloc
from collections.abc import AsyncIterator, Callable
from pathlib import Path

import pytest

from backend.storage.folder import FolderStore
from backend.storage.seal import HEADER_SIZE, TAG_SIZE, Header, Layout, SealedReader, SealedWriter, SealError
from backend.storage.store import new_key

KEY = bytes(range(32))
FILE = "5f0c1d2e-0000-4000-8000-000000000001"
CHUNK = 1 << 12
HEADER = Header(bytes(range(7)), 12)
STEP = CHUNK + TAG_SIZE


async def pieces(data: bytes, size: int = 10_000) -> AsyncIterator[bytes]:
    for at in range(0, len(data), size):
        yield data[at : at + size]


async def sealed(data: bytes, file_id: str = FILE, header: Header = HEADER) -> bytes:
    return b"".join([piece async for piece in SealedWriter(KEY, file_id, header).seal(pieces(data))])


async def opened(folder: Path, data: bytes, file_id: str = FILE, key: bytes = KEY) -> SealedReader:
    store, name = FolderStore(folder), new_key()
    await store.put(name, pieces(data))
    return await SealedReader.open(store, name, key, file_id)


async def whole(folder: Path, data: bytes) -> bytes:
    return b"".join([piece async for piece in (await opened(folder, data)).stream()])


def chunks(data: bytes) -> list[bytes]:
    return [data[at : at + STEP] for at in range(HEADER_SIZE, len(data), STEP)]


# Made by another implementation (pycryptodome) from the text in SEAL.md.
VECTORS = {
    b"": "4a4e44525345414c010c00010203040506000000000000000000000000000000f4b766cb99b623eab20c9b69b2fde9b0",
    b"Joinder": "4a4e44525345414c010c000102030405060000000000000000000000000000003f19dc30e360518a4aa4aae5719a06b0a48cc0341a9527",
}


@pytest.mark.parametrize(("plain", "expected"), VECTORS.items())
async def test_short_files_seal_to_the_vectors(plain: bytes, expected: str) -> None:
    assert (await sealed(plain)).hex() == expected


async def test_three_chunks_seal_to_the_vector() -> None:
    data = await sealed(bytes(2 * CHUNK + 1))
    assert hashlib.sha256(data).hexdigest() == "cdad52d723afdddf61c25505ded642c1a77b91b96ea2a05a48d695af0dea3584"


async def test_the_writer_counts_and_hashes_the_plaintext() -> None:
    data = random.Random(1).randbytes(300_001)
    writer = SealedWriter(KEY, FILE)
    total = sum([len(piece) async for piece in writer.seal(pieces(data))])
    assert (writer.size, writer.sha256, writer.sealed_size) == (len(data), hashlib.sha256(data).hexdigest(), total)


async def test_the_hash_is_refused_before_the_end() -> None:
    with pytest.raises(RuntimeError, match="not ended"):
        _ = SealedWriter(KEY, FILE).sha256


async def test_a_writer_seals_one_stream() -> None:
    writer = SealedWriter(KEY, FILE)
    assert [piece async for piece in writer.seal(pieces(b"one"))]
    with pytest.raises(RuntimeError, match="one stream"):
        await anext(writer.seal(pieces(b"two")))


async def test_equal_plaintext_seals_differently(tmp_path: Path) -> None:
    first, second = [b"".join([piece async for piece in SealedWriter(KEY, FILE).seal(pieces(b"same"))]) for _ in range(2)]
    assert first != second
    assert await whole(tmp_path, first) == await whole(tmp_path, second) == b"same"


@pytest.mark.parametrize("size", [0, 1, CHUNK - 1, CHUNK, CHUNK + 1, 3 * CHUNK, (1 << 20) + CHUNK, (2 << 20) + 17])
async def test_every_size_around_a_boundary_comes_back(tmp_path: Path, size: int) -> None:
    data = random.Random(size).randbytes(size)
    assert await whole(tmp_path, await sealed(data)) == data


async def test_a_range_reads_only_its_chunks(tmp_path: Path) -> None:
    data = await sealed(bytes(100 * CHUNK))
    reader = await opened(tmp_path, data)
    stored = next(path for path in tmp_path.rglob("*") if path.is_file())
    stored.write_bytes(data[: HEADER_SIZE + 50 * STEP] + b"\xff" * (3 * STEP) + data[HEADER_SIZE + 53 * STEP :])
    assert await reader.read_range(53 * CHUNK, CHUNK) == bytes(CHUNK)
    with pytest.raises(SealError):
        await reader.read_range(53 * CHUNK - 1, 2)


async def test_a_range_beyond_the_end_is_shorter(tmp_path: Path) -> None:
    reader = await opened(tmp_path, await sealed(b"0123456789"))
    assert (await reader.read_range(7, 100), await reader.read_range(10, 1), await reader.read_range(99, 1)) == (b"789", b"", b"")


async def test_a_range_before_the_start_is_refused(tmp_path: Path) -> None:
    reader = await opened(tmp_path, await sealed(b"0123456789"))
    with pytest.raises(ValueError, match="starts at 0"):
        await reader.read_range(-1, 2)


FORGERIES: dict[str, Callable[[bytes, list[bytes]], bytes]] = {
    "cut inside a chunk": lambda h, c: h + b"".join(c)[:-1],
    "cut at a chunk": lambda h, c: h + b"".join(c[:-1]),
    "cut to the header": lambda h, _: h,
    "cut inside the header": lambda h, _: h[:-1],
    "emptied": lambda _h, _c: b"",
    "swapped": lambda h, c: h + c[1] + c[0] + b"".join(c[2:]),
    "doubled": lambda h, c: h + c[0] + c[0] + b"".join(c[1:]),
    "dropped": lambda h, c: h + c[0] + b"".join(c[2:]),
    "last put twice": lambda h, c: h + b"".join(c) + c[-1],
    "lengthened by a byte": lambda h, c: h + b"".join(c) + b"\0",
    "lengthened by a chunk": lambda h, c: h + b"".join(c) + bytes(STEP),
    "empty last chunk appended": lambda h, c: h + b"".join(c[:-1]) + bytes(TAG_SIZE),
    "other prefix": lambda h, c: h[:10] + b"\xff" + h[11:] + b"".join(c),
    "other chunk size": lambda h, c: h[:9] + b"\x0d" + h[10:] + b"".join(c),
    "other version": lambda h, c: h[:8] + b"\x02" + h[9:] + b"".join(c),
    "reserved byte set": lambda h, c: h[:31] + b"\x01" + b"".join(c),
}


@pytest.mark.parametrize("forge", FORGERIES.values(), ids=FORGERIES.keys())
async def test_a_forged_file_refuses(tmp_path: Path, forge: Callable[[bytes, list[bytes]], bytes]) -> None:
    data = await sealed(random.Random(2).randbytes(4 * CHUNK))
    with pytest.raises(SealError):
        await whole(tmp_path, forge(data[:HEADER_SIZE], chunks(data)))


async def test_a_chunk_of_another_file_under_the_same_key_refuses(tmp_path: Path) -> None:
    mine, other = await sealed(bytes(4 * CHUNK)), await sealed(bytes(4 * CHUNK), "another")
    with pytest.raises(SealError, match="Chunk 1"):
        await whole(tmp_path, mine[: HEADER_SIZE + STEP] + chunks(other)[1] + mine[HEADER_SIZE + 2 * STEP :])


async def test_a_chunk_of_another_sealing_of_the_same_file_refuses(tmp_path: Path) -> None:
    data = bytes(4 * CHUNK)
    mine, other = await sealed(data), await sealed(data, header=Header(bytes(range(1, 8)), 12))
    with pytest.raises(SealError, match="Chunk 1"):
        await whole(tmp_path, mine[: HEADER_SIZE + STEP] + chunks(other)[1] + mine[HEADER_SIZE + 2 * STEP :])


@pytest.mark.parametrize(("file_id", "key"), [("another", KEY), (FILE, bytes(32))], ids=["file", "key"])
async def test_another_file_id_or_key_refuses_at_opening(tmp_path: Path, file_id: str, key: bytes) -> None:
    with pytest.raises(SealError):
        await opened(tmp_path, await sealed(b"text"), file_id, key)


async def test_sealing_keeps_memory_flat() -> None:
    async def source() -> AsyncIterator[bytes]:
        for _ in range(64 * 16):
            yield bytes(1 << 16)

    tracemalloc.start()
    writer = SealedWriter(KEY, FILE)
    async for _ in writer.seal(source()):
        pass
    peak = tracemalloc.get_traced_memory()[1]
    tracemalloc.stop()
    assert (writer.size, peak < 10 << 20) == (64 << 20, True)


async def test_a_failing_source_fails_the_seal() -> None:
    async def source() -> AsyncIterator[bytes]:
        yield b"x"
        raise ConnectionResetError

    with pytest.raises(ConnectionResetError):
        async for _ in SealedWriter(KEY, FILE).seal(source()):
            pass


@pytest.mark.parametrize("size", [-1, 0, HEADER_SIZE, HEADER_SIZE + 15, HEADER_SIZE + STEP + TAG_SIZE])
async def test_sizes_that_no_file_has_are_refused(size: int) -> None:
    with pytest.raises(SealError):
        Layout(CHUNK, size)


async def test_a_key_of_another_length_is_refused() -> None:
    with pytest.raises(ValueError, match="32 bytes"):
        SealedWriter(bytes(16), FILE)
