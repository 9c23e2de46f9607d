"""An archive in the store, looked at without unpacking it: what it would unpack to, and what is wrong with it."""

from __future__ import annotations

import asyncio
import io
from typing import TYPE_CHECKING, BinaryIO, cast

from backend.evidence.reading import archives

if TYPE_CHECKING:
    from _typeshed import WriteableBuffer

    from backend.evidence.content import Stored

PIECE, PATIENCE_S = 1 << 20, 60


async def problem(stored: Stored) -> str:
    """Return in a sentence what is wrong with an archive, "" where nothing is. Raises what the store raises."""
    file = io.BufferedReader(_Plain(stored, asyncio.get_running_loop()), PIECE)
    said = (await asyncio.to_thread(archives.look, cast("BinaryIO", file))).problem
    return f"This archive {said}, so nothing of it is unpacked. The file is kept as it came." if said else ""


class _Plain(io.RawIOBase):
    """A stored file as a thread reads it, from any place; the loop fetches and opens what lies there."""

    def __init__(self, stored: Stored, loop: asyncio.AbstractEventLoop) -> None:
        super().__init__()
        self._stored, self._loop, self._at = stored, loop, 0

    def readable(self) -> bool:
        """It is read."""
        return True

    def seekable(self) -> bool:
        """From any place."""
        return True

    def tell(self) -> int:
        """Return where reading goes on."""
        return self._at

    def seek(self, offset: int, whence: int = io.SEEK_SET) -> int:
        """Go on from there."""
        begin = {io.SEEK_SET: 0, io.SEEK_CUR: self._at, io.SEEK_END: self._stored.size}[whence]
        self._at = max(0, begin + offset)
        return self._at

    def readinto(self, buffer: WriteableBuffer) -> int:
        """Fetch what comes next; a server that stops meanwhile ends it."""
        room = memoryview(buffer).cast("B")
        if self._at >= self._stored.size:
            return 0
        found = asyncio.run_coroutine_threadsafe(self._fetched(len(room)), self._loop).result(PATIENCE_S)
        room[: len(found)] = found
        self._at += len(found)
        return len(found)

    async def _fetched(self, most: int) -> bytes:
        return b"".join([piece async for piece in self._stored.stream(self._at, most)])
