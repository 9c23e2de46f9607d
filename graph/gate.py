"""The gate before every write: closed for the moments in which a backup reads the graph, so that it reads one state of it.

Two empty files in the data folder, locked (flock) so that every process on this machine keeps to it. Whoever writes goes through the
door and stays in the room while they write; a backup shuts the door, then waits until the room is empty. Reading never waits.
"""

from __future__ import annotations

import asyncio
import fcntl
import os
import time
from contextlib import asynccontextmanager
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import AsyncGenerator
    from pathlib import Path

DOOR, ROOM = "graph.door", "graph.room"
POLL_S, PATIENCE_S = 0.02, 60.0


class GateBusy(Exception):
    """Somebody wrote for too long, or another backup is at work; the text says what to do."""


class Gate:
    """The gate of one data folder."""

    def __init__(self, data: Path) -> None:
        self._door, self._room = data / DOOR, data / ROOM

    @asynccontextmanager
    async def passing(self) -> AsyncGenerator[None]:
        """Write while the block runs; wait first while the gate is closed, however long that is."""
        async with _locked(self._door, fcntl.LOCK_SH, None):
            room = _opened(self._room)
            try:
                fcntl.flock(room, fcntl.LOCK_SH)
            except BaseException:
                os.close(room)
                raise
        try:
            yield
        finally:
            os.close(room)

    @asynccontextmanager
    async def closed(self) -> AsyncGenerator[None]:
        """Keep every writer out while the block runs. Raises GateBusy; then nobody is kept out."""
        until = time.monotonic() + PATIENCE_S
        async with _locked(self._door, fcntl.LOCK_EX, until), _locked(self._room, fcntl.LOCK_EX, until):
            yield


@asynccontextmanager
async def _locked(path: Path, how: int, until: float | None) -> AsyncGenerator[None]:
    handle = _opened(path)
    try:
        while True:
            try:
                fcntl.flock(handle, how | fcntl.LOCK_NB)
                break
            except BlockingIOError:
                if until is not None and time.monotonic() > until:
                    raise GateBusy(
                        "Another backup is at work, or a change takes very long. Nothing was written; try again later."
                    ) from None
            await asyncio.sleep(POLL_S)
        yield
    finally:
        os.close(handle)


def _opened(path: Path) -> int:
    return os.open(path, os.O_RDWR | os.O_CREAT | os.O_CLOEXEC, 0o600)
