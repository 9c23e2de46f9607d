"""Files scanned by a ClamAV daemon: the file is sent to it in pieces (INSTREAM), nothing of it is written here.

A file that could not be scanned is never called clean.
"""

from __future__ import annotations

import asyncio
import re
import struct
from contextlib import asynccontextmanager, suppress
from dataclasses import dataclass
from typing import TYPE_CHECKING, Literal, TypeVar

if TYPE_CHECKING:
    from asyncio import StreamReader, StreamWriter
    from collections.abc import AsyncGenerator, AsyncIterable, Awaitable

T = TypeVar("T")

PIECE = 1024**2
CONNECT_S, PIECE_S, ANSWER_S = 10, 60, 300
"""Seconds for a connection; for a piece to be taken; for the answer once all was sent."""
UNREACHABLE = (
    "The virus scanner does not answer, so this file was not scanned. Ask whoever runs the server to start it;"
    " the file is then scanned by itself."
)
BROKEN_OFF = (
    "The virus scanner broke off, so this file was not scanned. It is scanned again by itself; should this last,"
    " tell whoever runs the server."
)
TOO_LARGE = (
    "This file is too large to scan, so it was not scanned. Whoever runs the virus scanner can raise its limits;"
    " the file is scanned again when this server starts."
)
_LIMITS = "Heuristics.Limits.Exceeded"
"""What a daemon with `AlertExceedsMax yes` calls a file of which it did not look at all; without that setting it would be called clean."""
_FOUND = re.compile(r"stream: (.{1,300}) FOUND")


@dataclass(frozen=True, slots=True)
class Verdict:
    """What the scanner says: "clean", "found" with the name of what it found, or "failed" with the reason; only then is `reason` set."""

    state: Literal["clean", "found", "failed"]
    name: str | None = None
    reason: str = ""


class Scanner:
    """A ClamAV daemon at `unix:/path` or `tcp:host:port`; raises ValueError for any other address."""

    def __init__(self, address: str) -> None:
        """Take the address; nothing is asked yet."""
        sort, _, rest = address.partition(":")
        host, _, port = rest.rpartition(":")
        if not (sort == "unix" and rest.startswith("/")) and not (sort == "tcp" and host and port.isdecimal() and 0 < int(port) < 1 << 16):
            raise ValueError("unix:/path or tcp:host:port")
        self.address = address
        self._path = rest if sort == "unix" else None
        self._host, self._port = host.strip("[]"), int(port) if sort == "tcp" else 0

    async def scan(self, data: AsyncIterable[bytes]) -> Verdict:
        """Scan a file. Raises only what handing out the file raises."""
        try:
            async with self._connected() as (reader, writer):
                answering = asyncio.create_task(_answer(reader))
                try:
                    whole = await _sent(writer, data, answering)
                    return _verdict(await _patient(answering, ANSWER_S), whole=whole)
                finally:
                    answering.cancel()
        except _Unreachable:
            return Verdict("failed", reason=UNREACHABLE)

    async def ready(self) -> bool:
        """Say whether the daemon answers."""
        try:
            async with self._connected() as (reader, writer):
                writer.write(b"zPING\0")
                return await _patient(_answer(reader), CONNECT_S) == "PONG"
        except _Unreachable:
            return False

    @asynccontextmanager
    async def _connected(self) -> AsyncGenerator[tuple[StreamReader, StreamWriter]]:
        opening = asyncio.open_unix_connection(self._path) if self._path else asyncio.open_connection(self._host, self._port)
        try:
            reader, writer = await _patient(opening, CONNECT_S)
        except OSError:
            raise _Unreachable from None
        try:
            yield reader, writer
        finally:
            writer.close()
            with suppress(OSError):
                await writer.wait_closed()


class _Unreachable(Exception):
    """Nobody answers at the address."""


async def _patient(what: Awaitable[T], seconds: float) -> T:
    """Wait for the daemon, so long and no longer."""
    try:
        return await asyncio.wait_for(what, seconds)
    except TimeoutError:
        raise _Unreachable from None


async def _sent(writer: StreamWriter, data: AsyncIterable[bytes], answering: asyncio.Task[str]) -> bool:
    """Send a file; return whether the daemon took all of it. Once a file is too large for it, it says so and listens no more."""
    writer.write(b"zINSTREAM\0")
    async for chunk in data:
        for start in range(0, len(chunk), PIECE):
            piece = chunk[start : start + PIECE]
            if not await _taken(writer, struct.pack("!I", len(piece)) + piece) or answering.done():
                return False
    return await _taken(writer, struct.pack("!I", 0))


async def _taken(writer: StreamWriter, what: bytes) -> bool:
    writer.write(what)
    try:
        await _patient(writer.drain(), PIECE_S)
    except ConnectionError:
        return False
    return True


async def _answer(reader: StreamReader) -> str:
    """Return what the daemon says, "" where it says nothing."""
    try:
        said = await reader.readuntil(b"\0")
    except (asyncio.IncompleteReadError, asyncio.LimitOverrunError, ConnectionError):
        return ""
    return said.rstrip(b"\0").decode("utf-8", "replace").strip()


def _verdict(said: str, *, whole: bool) -> Verdict:
    """Read the daemon's answer; a file of which it did not take all is clean under no words."""
    found = _FOUND.fullmatch(said)
    if "size limit exceeded" in said or (found and found[1].startswith(_LIMITS)):
        return Verdict("failed", reason=TOO_LARGE)
    if found:
        return Verdict("found", "".join(letter for letter in found[1] if letter.isprintable()))
    if said == "stream: OK" and whole:
        return Verdict("clean")
    return Verdict("failed", reason=BROKEN_OFF)
