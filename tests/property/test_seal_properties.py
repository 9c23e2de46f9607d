"""What is sealed comes back to the byte from any place, and nothing else does."""

from collections.abc import AsyncGenerator, AsyncIterable, AsyncIterator
from itertools import pairwise

import pytest
from hypothesis import assume, given, settings
from hypothesis import strategies as st

from backend.storage.seal import HEADER_SIZE, TAG_SIZE, Header, SealedReader, SealedWriter, SealError
from backend.storage.store import NotOfferedError, ObjectMissingError

KEY, FILE, NAME = bytes(range(32)), "file", "object"
CHUNK = 1 << 12
STEP = CHUNK + TAG_SIZE
unhurried = settings(deadline=None)  # files and threads on a busy machine: never a timed test


@st.composite
def plaintexts(draw: st.DrawFn) -> bytes:
    """Up to five chunks of a repeated pattern."""
    size, pattern = draw(st.integers(0, 5 * CHUNK)), draw(st.binary(min_size=1, max_size=97))
    return (pattern * (size // len(pattern) + 1))[:size]


class MemoryStore:
    """An ObjectStore of one object that the test can forge."""

    offers: frozenset[str] = frozenset()

    def __init__(self, data: bytes) -> None:
        self.data = data

    async def hold(self, key: str, *, on: bool) -> None:
        raise NotOfferedError(key * on)

    async def put(self, key: str, pieces: AsyncIterable[bytes]) -> int:
        self.data = b"".join([piece async for piece in pieces])
        return len(self.data) * (key == NAME)

    async def get(self, key: str, start: int = 0, length: int | None = None) -> AsyncGenerator[bytes, None]:
        if key != NAME:
            raise ObjectMissingError
        yield self.data[start : None if length is None else start + length]

    async def size(self, key: str) -> int:
        return len(self.data) * (key == NAME)

    async def exists(self, key: str) -> bool:
        return key == NAME

    async def delete(self, key: str) -> None:
        self.data = self.data if key != NAME else b""

    async def list(self, prefix: str = "") -> AsyncGenerator[str, None]:
        if NAME.startswith(prefix):
            yield NAME

    async def sweep(self) -> int:
        return 0


async def parts(data: bytes, cuts: list[int]) -> AsyncIterator[bytes]:
    edges = [0, *sorted(cut % (len(data) + 1) for cut in cuts), len(data)]
    for start, end in pairwise(edges):
        yield data[start:end]


async def sealed(data: bytes, cuts: list[int] | None = None) -> bytes:
    writer = SealedWriter(KEY, FILE, Header(bytes(7), 12))
    return b"".join([piece async for piece in writer.seal(parts(data, cuts or []))])


async def opened(data: bytes) -> bytes:
    reader = await SealedReader.open(MemoryStore(data), NAME, KEY, FILE)
    return b"".join([piece async for piece in reader.stream()])


@unhurried
@given(data=plaintexts(), cuts=st.lists(st.integers(0), max_size=6))
async def test_the_sealed_file_does_not_depend_on_how_the_stream_was_cut(data: bytes, cuts: list[int]) -> None:
    assert await sealed(data, cuts) == await sealed(data)
    assert await opened(await sealed(data, cuts)) == data


@unhurried
@given(data=plaintexts(), start=st.integers(0, 6 * CHUNK), length=st.integers(0, 6 * CHUNK))
async def test_any_range_is_that_range_of_the_plaintext(data: bytes, start: int, length: int) -> None:
    reader = await SealedReader.open(MemoryStore(await sealed(data)), NAME, KEY, FILE)
    assert await reader.read_range(start, length) == data[start : start + length]


@unhurried
@given(data=plaintexts(), at=st.integers(0), change=st.integers(1, 255))
async def test_any_flipped_byte_refuses(data: bytes, at: int, change: int) -> None:
    forged = bytearray(await sealed(data))
    forged[at % len(forged)] ^= change
    with pytest.raises(SealError):
        await opened(bytes(forged))


@unhurried
@given(data=plaintexts(), size=st.integers(0))
async def test_any_cut_refuses_at_opening(data: bytes, size: int) -> None:
    whole = await sealed(data)
    with pytest.raises(SealError):
        await SealedReader.open(MemoryStore(whole[: size % len(whole)]), NAME, KEY, FILE)


@unhurried
@given(data=plaintexts(), tail=st.binary(min_size=1, max_size=2 * STEP))
async def test_anything_appended_refuses_at_opening(data: bytes, tail: bytes) -> None:
    with pytest.raises(SealError):
        await SealedReader.open(MemoryStore(await sealed(data) + tail), NAME, KEY, FILE)


@unhurried
@given(data=plaintexts(), order=st.lists(st.integers(0, 5), max_size=7))
async def test_any_other_order_of_chunks_refuses(data: bytes, order: list[int]) -> None:
    whole = await sealed(data)
    chunks = [whole[at : at + STEP] for at in range(HEADER_SIZE, len(whole), STEP)]
    forged = whole[:HEADER_SIZE] + b"".join(chunks[index % len(chunks)] for index in order)
    assume(forged != whole)
    with pytest.raises(SealError):
        await opened(forged)
