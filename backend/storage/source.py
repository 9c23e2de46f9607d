"""What lies sealed in the store as a file that a parser's thread reads, from any place. Nothing of it is ever in the clear on disk."""

from __future__ import annotations

import asyncio
import io
from typing import TYPE_CHECKING, BinaryIO, Protocol

if TYPE_CHECKING:
    from collections.abc import Iterator

PIECE = 1 << 20


class Ranged(Protocol):
    """Plaintext that can be read from any place; `size` in bytes."""

    @property
    def size(self) -> int:
        """How many bytes there are."""
        ...

    async def read_range(self, start: int, length: int, /) -> bytes:
        """Return `length` bytes from `start`, fewer at the end."""
        ...


class SourceFile(io.RawIOBase):
    """Reads for a thread on the loop of the server. Each piece is fetched, opened and let go of; whoever made this closes it."""

    def __init__(self, reader: Ranged, loop: asyncio.AbstractEventLoop) -> None:
        """Take the sealed file and the loop on which it is read."""
        super().__init__()
        self._reader, self._loop, self._at = reader, loop, 0

    def readable(self) -> bool:
        """Say that it can be read."""
        return True

    def seekable(self) -> bool:
        """Say that it can be read from any place."""
        return True

    def tell(self) -> int:
        """Return the place of the next byte."""
        return self._at

    def seek(self, offset: int, whence: int = io.SEEK_SET, /) -> int:
        """Go to a place."""
        base = {io.SEEK_SET: 0, io.SEEK_CUR: self._at, io.SEEK_END: self._reader.size}[whence]
        self._at = max(0, base + offset)
        return self._at

    def readinto(self, buffer: memoryview, /) -> int:  # pyright: ignore[reportIncompatibleMethodOverride] - typeshed's buffer type is private
        """Fill the buffer; raise ValueError once it was closed, so that a parser left behind ends."""
        if self.closed:
            raise ValueError("The source file is closed.")
        wanted = min(len(buffer), PIECE, self._reader.size - self._at)
        if wanted <= 0:
            return 0
        data = asyncio.run_coroutine_threadsafe(self._reader.read_range(self._at, wanted), self._loop).result()
        buffer[: len(data)] = data
        self._at += len(data)
        return len(data)


def buffered(file: SourceFile) -> io.BufferedReader:
    """Return the file with a buffer of one piece; closing it closes the file."""
    return io.BufferedReader(file, PIECE)


def pieces(file: BinaryIO) -> Iterator[bytes]:
    """Yield what is left of a file in pieces of at most 1 MiB."""
    while piece := file.read(PIECE):
        yield piece
