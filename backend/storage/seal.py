"""Sealed files: AES-256-GCM in the STREAM construction, readable from any place. SEAL.md has the format, whole, with test vectors.

The key is random and belongs to one file (`keys.py` wraps it). What this refuses: a chunk flipped, cut, swapped with another,
put twice, left out or appended; a chunk or a whole file of another file, even under the same key; a changed header. Opening a
file reads its last chunk, which proves the length, so a cut or lengthened file refuses before a byte of it is handed out.
What it does not hide: the size of the plaintext. Plaintext is handed out chunk by chunk, each after its own check.
"""

import asyncio
import os
from collections.abc import AsyncIterable, AsyncIterator, Callable, Iterator
from contextlib import aclosing
from dataclasses import dataclass
from typing import TYPE_CHECKING, Self

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers.aead import AESGCM

from backend.storage.hashes import OF_SEALED, Hashes

if TYPE_CHECKING:
    from backend.storage.store import ObjectStore

MAGIC = b"JNDRSEAL"
VERSION = 1
HEADER_SIZE = 32
PREFIX_SIZE = 7
TAG_SIZE = 16
KEY_SIZE = 32
CHUNK_LOG2 = 16
CHUNK_LOG2_RANGE = range(12, 21)
CHUNKS_MAX = 2**32
BATCH_BYTES = 1 << 20
"""Plaintext handled in one visit to a worker thread: 0.8 ms of hashing and sealing."""


class SealError(Exception):
    """The sealed bytes are not what was sealed under this key for this file. Says which part, never what it holds."""


@dataclass(frozen=True, slots=True)
class Header:
    """What the first 32 bytes of a sealed file say."""

    prefix: bytes
    chunk_log2: int = CHUNK_LOG2

    def __post_init__(self) -> None:
        """Raise SealError for sizes that the format does not have."""
        if len(self.prefix) != PREFIX_SIZE or self.chunk_log2 not in CHUNK_LOG2_RANGE:
            message = "The header of the sealed file is not of a form that this version reads."
            raise SealError(message)

    @property
    def chunk_size(self) -> int:
        """Plaintext bytes in every chunk but the last."""
        return 1 << self.chunk_log2

    def encode(self) -> bytes:
        """Return the 32 bytes."""
        return (MAGIC + bytes((VERSION, self.chunk_log2)) + self.prefix).ljust(HEADER_SIZE, b"\0")

    @classmethod
    def decode(cls, data: bytes) -> Self:
        """Read 32 bytes. Raises SealError for anything that `encode` would not have written."""
        if len(data) == HEADER_SIZE and data.startswith(MAGIC) and data[8] == VERSION:
            header = cls(data[10 : 10 + PREFIX_SIZE], data[9])
            if header.encode() == data:
                return header
        message = "This is not a sealed file, or its header was changed."
        raise SealError(message)


@dataclass(frozen=True, slots=True)
class Layout:
    """Where the chunks of a sealed file of a known size lie."""

    chunk_size: int
    sealed_size: int

    def __post_init__(self) -> None:
        """Raise SealError for a size that no sealed file has."""
        tail = self.sealed_size - HEADER_SIZE - self.last * (self.chunk_size + TAG_SIZE)
        if tail < TAG_SIZE + (1 if self.last > 0 else 0) or self.last >= CHUNKS_MAX:
            message = "The sealed file was cut or lengthened."
            raise SealError(message)

    @property
    def last(self) -> int:
        """The index of the last chunk."""
        return max(0, -(-(self.sealed_size - HEADER_SIZE) // (self.chunk_size + TAG_SIZE)) - 1)

    @property
    def plain_size(self) -> int:
        """Bytes of plaintext in the whole file."""
        return self.sealed_size - HEADER_SIZE - (self.last + 1) * TAG_SIZE

    def span(self, first: int, last: int) -> tuple[int, int]:
        """Return start and length in the sealed file of the chunks `first` to `last`, both included."""
        step = self.chunk_size + TAG_SIZE
        start = HEADER_SIZE + first * step
        return start, min(HEADER_SIZE + (last + 1) * step, self.sealed_size) - start


class ChunkCipher:
    """Seals and opens single chunks of one file."""

    __slots__ = ("_aead", "_bound", "_prefix")

    def __init__(self, key: bytes, file_id: str, header: Header) -> None:
        """Bind the 32-byte `key` to `file_id` and `header`. Raises ValueError for another size of key."""
        if len(key) != KEY_SIZE:
            message = "A file key has 32 bytes."
            raise ValueError(message)
        self._aead = AESGCM(key)
        self._prefix = header.prefix
        self._bound = header.encode() + file_id.encode()

    def _nonce(self, index: int, *, last: bool) -> bytes:
        return self._prefix + index.to_bytes(4, "big") + (b"\1" if last else b"\0")

    def seal(self, index: int, plain: bytes | memoryview, *, last: bool) -> bytes:
        """Return the chunk with its tag."""
        return self._aead.encrypt(self._nonce(index, last=last), plain, self._bound)

    def open(self, index: int, sealed: bytes | memoryview, *, last: bool) -> bytes:
        """Return the plaintext. Raises SealError when anything about the chunk is not as sealed."""
        try:
            return self._aead.decrypt(self._nonce(index, last=last), sealed, self._bound)
        except InvalidTag:
            message = f"Chunk {index} of the sealed file was changed or belongs elsewhere."
            raise SealError(message) from None


class SealedWriter:
    """Seals one stream once, counting and hashing the plaintext as it passes.

        writer = SealedWriter(file_key, file_id)
        await store.put(key, writer.seal(request.stream()))
        writer.size, writer.sha256, writer.sealed_size

    Sealing and each hash take their batches on threads of their own.

    Memory stays within a few batches (1 MiB) and the largest piece that the caller sends.
    """

    def __init__(self, key: bytes, file_id: str, header: Header | None = None, so_far: Hashes | None = None) -> None:
        """Take a fresh 32-byte file key; `header` is given only to reproduce test vectors, `so_far` to go on with another part's hashes."""
        self._header = header or Header(os.urandom(PREFIX_SIZE))
        self._cipher = ChunkCipher(key, file_id, self._header)
        self._hashes = so_far.copy() if so_far else Hashes.begun(OF_SEALED)
        self._index = 0
        self._begun = False
        self._ended = False
        self.size = 0
        """Bytes of plaintext so far."""
        self.sealed_size = 0
        """Bytes of the sealed file so far."""

    @classmethod
    def of_evidence(cls, key: bytes, file_id: str) -> Self:
        """Return one that takes all the hashes that are kept of a file of evidence."""
        return cls(key, file_id, so_far=Hashes.begun())

    @property
    def sha256(self) -> str:
        """The SHA-256 of the plaintext in hexadecimal. Raises RuntimeError before the stream has ended."""
        return self.hashed.told()["sha256"]

    @property
    def hashed(self) -> Hashes:
        """The hashes of the plaintext, to go on from. Raises RuntimeError before the stream has ended."""
        if not self._ended:
            message = "The stream has not ended."
            raise RuntimeError(message)
        return self._hashes

    async def seal(self, plain: AsyncIterable[bytes]) -> AsyncIterator[bytes]:
        """Yield the sealed file in pieces of about 1 MiB. Raises RuntimeError when used twice: a nonce is used once."""
        if self._begun:
            message = "A writer seals one stream."
            raise RuntimeError(message)
        self._begun = True
        self.sealed_size = HEADER_SIZE
        yield self._header.encode()
        held = bytearray()
        sealing: asyncio.Future[bytes] | None = None
        try:
            async for piece in plain:
                held += piece
                if len(held) > BATCH_BYTES:
                    at = self._whole(held)
                    batch, held = memoryview(held)[:at], held[at:]
                    sealed = await sealing if sealing else b""
                    sealing = asyncio.ensure_future(self._batch(self._seal_full, batch))
                    if sealed:
                        yield sealed  # whoever takes it stores it while the next ones are sealed
            if sealing:
                yield await sealing
            yield await self._batch(self._seal_rest, memoryview(held))
        finally:
            if sealing and not sealing.done():
                await asyncio.wait([sealing])
        self._ended = True

    async def _batch(self, seal: Callable[[memoryview], bytes], plain: memoryview) -> bytes:
        hashing = asyncio.gather(*(asyncio.to_thread(one.update, plain) for one in self._hashes.each))
        sealed, _ = await asyncio.gather(asyncio.to_thread(seal, plain), hashing)
        return sealed

    def _whole(self, plain: bytearray | memoryview) -> int:
        """Return where the full chunks end, but one that may be the last."""
        size = self._header.chunk_size
        return (len(plain) - 1) // size * size

    def _seal_full(self, plain: memoryview) -> bytes:
        """Seal so many full chunks, none of which is the last."""
        size = self._header.chunk_size
        return b"".join([self._seal_one(plain[at : at + size], last=False) for at in range(0, len(plain), size)])

    def _seal_rest(self, plain: memoryview) -> bytes:
        at = self._whole(plain) if plain else 0
        return self._seal_full(plain[:at]) + self._seal_one(plain[at:], last=True)

    def _seal_one(self, plain: memoryview, *, last: bool) -> bytes:
        if self._index >= CHUNKS_MAX:
            message = "The file is too large to be sealed in chunks of this size."
            raise SealError(message)
        sealed = self._cipher.seal(self._index, plain, last=last)
        self._index += 1
        self.size += len(plain)
        self.sealed_size += len(sealed)
        return sealed


class SealedReader:
    """Reads a sealed object from any place, fetching only the chunks needed. Made by `open`."""

    def __init__(self, store: "ObjectStore", key: str, cipher: ChunkCipher, layout: Layout) -> None:
        """Take what `open` has checked."""
        self._store = store
        self._key = key
        self._cipher = cipher
        self._layout = layout

    @property
    def size(self) -> int:
        """Bytes of plaintext, proved by the last chunk."""
        return self._layout.plain_size

    @classmethod
    async def open(cls, store: "ObjectStore", key: str, file_key: bytes, file_id: str) -> Self:
        """Read header and last chunk of object `key`. Raises SealError; ObjectMissingError when it is not there."""
        sealed_size = await store.size(key)
        header = Header.decode(await _fetch(store, key, 0, HEADER_SIZE))
        layout = Layout(header.chunk_size, sealed_size)
        reader = cls(store, key, ChunkCipher(file_key, file_id, header), layout)
        await reader._open_chunks(layout.last, layout.last)
        return reader

    async def read_range(self, start: int, length: int) -> bytes:
        """Return `length` bytes of plaintext from `start`, fewer at the end. Raises SealError, ValueError below zero."""
        return b"".join([piece async for piece in self.stream(start, length)])

    async def stream(self, start: int = 0, length: int | None = None) -> AsyncIterator[bytes]:
        """Yield plaintext from `start` in pieces of at most 1 MiB; constant memory. Raises SealError, ValueError."""
        if start < 0 or (length is not None and length < 0):
            message = "A range starts at 0 or later and has a length of 0 or more."
            raise ValueError(message)
        end = self.size if length is None else min(self.size, start + length)
        step = max(1, BATCH_BYTES // self._layout.chunk_size)
        while start < end:
            first = start // self._layout.chunk_size
            base = first * self._layout.chunk_size
            plain = await self._open_chunks(first, min(first + step - 1, (end - 1) // self._layout.chunk_size))
            yield plain[start - base : end - base]
            start = base + len(plain)

    async def _open_chunks(self, first: int, last: int) -> bytes:
        start, length = self._layout.span(first, last)
        sealed = await _fetch(self._store, self._key, start, length)
        return await asyncio.to_thread(b"".join, self._opened(first, memoryview(sealed)))

    def _opened(self, first: int, sealed: memoryview) -> Iterator[bytes]:
        step = self._layout.chunk_size + TAG_SIZE
        for index, at in enumerate(range(0, len(sealed), step), first):
            yield self._cipher.open(index, sealed[at : at + step], last=index == self._layout.last)


async def _fetch(store: "ObjectStore", key: str, start: int, length: int) -> bytes:
    """Return exactly `length` sealed bytes; SealError when the store gives another number."""
    async with aclosing(store.get(key, start, length)) as pieces:
        data = b"".join([piece async for piece in pieces])
    if len(data) != length:
        message = "The sealed file was cut."
        raise SealError(message)
    return data
