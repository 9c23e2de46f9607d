"""Files are read in a process of their own: no network, no files, no programs, no environment, little memory and little time.

The server hands it the plaintext through a pipe and takes pages or pictures back; it trusts neither, and knows errors by codes alone.
Where the machine cannot shut the process in (`sandbox_state`), nothing is read.
"""

from __future__ import annotations

import asyncio
import os
import signal
import sys
from contextlib import suppress
from dataclasses import asdict, replace
from pathlib import Path
from typing import TYPE_CHECKING, Any
from weakref import WeakKeyDictionary

import orjson

from backend.evidence.reading import frames
from backend.evidence.reading.cleaned import cleaned
from backend.evidence.reading.orders import Order
from backend.evidence.reading.pages import Page, Word, unpacked
from backend.evidence.reading.refusals import ReadingError, TooLargeToRead, refusal

if TYPE_CHECKING:
    from asyncio.subprocess import Process
    from collections.abc import AsyncIterable, AsyncIterator

    from backend.evidence.reading.kinds import FileKind

__all__ = [
    "MOST_READ_BYTES",
    "Page",
    "ReadingError",
    "TooLargeToRead",
    "Word",
    "read_pages",
    "render_page",
    "sandbox_state",
    "watermarked",
]

MOST_READ_BYTES = 256 * 1024**2
MOST_ANSWER = 2 * MOST_READ_BYTES
MOST_AT_ONCE = 2
SECONDS = {"probe": 10, "pages": 120, "picture": 30, "marked": 120}
PATIENCE = 2
"""Processor time of each task; by the clock it may take twice as long, since the file has to be fetched."""
WIDEST, LONGEST_WATERMARK = 4_000, 200
ROOT = Path(__file__).resolve().parent.parent.parent.parent
PROGRAM = "import sys; sys.path.insert(0, sys.argv[1]); from backend.evidence.reading.worker import main; main()"
_PICTURES = (b"\x89PNG\r\n\x1a\n", b"\xff\xd8\xff")
_MARKED = (*_PICTURES, b"%PDF-")
_SHOWN = frozenset({"pdf", "image"})
_slots = WeakKeyDictionary[asyncio.AbstractEventLoop, asyncio.Semaphore]()


async def read_pages(kind: FileKind, data: AsyncIterable[bytes], size: int) -> list[Page]:
    """Return the pages of a file of `size` bytes with their text.

    Text and mails: pages of 100 lines; lines longer than 10,000 characters are broken. Tables: pages of 100 rows, cells between tabs,
    row n as line n; in a workbook the sheets follow one another, each on new pages. Pictures: a page without text for each picture.
    Raises ReadingError.
    """
    if not kind.paged:
        raise refusal("kind")
    return [_page(payload) async for sort, payload in _answer(_order("pages", kind), data, size) if sort == frames.PAGE]


async def render_page(kind: FileKind, data: AsyncIterable[bytes], size: int, page: int, width: int, watermark: str | None) -> bytes:
    """Return a page of a PDF or picture as PNG, as JPEG where it is a photograph, at most `width` pixels wide (4,000 at most).

    Pages count from 1. It is drawn anew, so nothing but points is left of the file. Raises ReadingError.
    """
    if kind.family not in _SHOWN:
        raise refusal("kind")
    order = replace(_order("picture", kind), page=page, width=max(1, min(width, WIDEST)), watermark=_short(watermark))
    return await _bytes(order, data, size, _PICTURES)


async def watermarked(kind: FileKind, data: AsyncIterable[bytes], size: int, watermark: str) -> bytes:
    """Return a whole PDF or picture with the watermark on each page; `kind_of` tells whether PDF, PNG or JPEG came of it.

    Of a PDF the pages are kept, not what runs in them or is attached. A picture of several pages becomes a PDF. Raises ReadingError.
    """
    if kind.family not in _SHOWN:
        raise refusal("kind")
    return await _bytes(replace(_order("marked", kind), watermark=_short(watermark)), data, size, _MARKED)


async def sandbox_state() -> str:
    """Say how the reading process is shut in here: "seccomp", or "seccomp and namespace" with a network of its own too, or "none".

    With "none" nothing is read: every call raises ReadingError.
    """
    try:
        said = [
            payload async for sort, payload in _answer(Order("probe", seconds=SECONDS["probe"]), _nothing(), 0) if sort == frames.CONFINED
        ]
    except ReadingError:
        return "none"
    return "seccomp and namespace" if said == [b"1"] else "seccomp"


def _order(task: str, kind: FileKind) -> Order:
    return Order(task, kind.media_type, kind.family, SECONDS[task])


def _short(watermark: str | None) -> str | None:
    return watermark and cleaned(watermark[:LONGEST_WATERMARK])


def _page(payload: bytes) -> Page:
    try:
        return unpacked(payload)
    except ValueError:
        raise refusal("broken off") from None


async def _bytes(order: Order, data: AsyncIterable[bytes], size: int, begins: tuple[bytes, ...]) -> bytes:
    """Return a picture or paper; what is none did not come from our program."""
    found = b"".join([payload async for sort, payload in _answer(order, data, size) if sort == frames.BYTES])
    if not found.startswith(begins):
        raise refusal("broken off")
    return found


async def _answer(order: Order, data: AsyncIterable[bytes], size: int) -> AsyncIterator[tuple[bytes, bytes]]:
    """Yield the frames of an order, and only then return; raises the ReadingError that was answered."""
    if size > MOST_READ_BYTES:
        raise refusal("bytes")
    slot = _slots.setdefault(asyncio.get_running_loop(), asyncio.Semaphore(MOST_AT_ONCE))
    async with slot:
        for frame in await _worked(order, data, size):
            yield frame


async def _worked(order: Order, data: AsyncIterable[bytes], size: int) -> list[tuple[bytes, bytes]]:
    process = await asyncio.create_subprocess_exec(
        sys.executable, "-I", "-B", "-c", PROGRAM, str(ROOT), stdin=asyncio.subprocess.PIPE, stdout=asyncio.subprocess.PIPE,
        stderr=asyncio.subprocess.DEVNULL, env={}, cwd="/", start_new_session=True,
    )  # fmt: skip
    feeding, reading = asyncio.create_task(_fed(process, order, data, size)), asyncio.create_task(_read(process))
    patience = asyncio.timeout(PATIENCE * order.seconds)
    try:
        async with patience:
            _, found = await asyncio.gather(feeding, reading)
    except TimeoutError:
        if patience.expired():
            raise refusal("time") from None
        raise
    finally:
        await _ended(process, feeding, reading)
    return found


async def _ended(process: Process, *tasks: asyncio.Task[Any]) -> None:
    """Kill the process, should it still run, and wait for it and for those who spoke to it."""
    for task in tasks:
        task.cancel()
    if process.returncode is None:
        with suppress(ProcessLookupError):
            os.killpg(process.pid, signal.SIGKILL)
    await asyncio.gather(process.wait(), *tasks, return_exceptions=True)


async def _fed(process: Process, order: Order, data: AsyncIterable[bytes], size: int) -> None:
    """Hand the order and the file to the process; it may have ended before it has read them."""
    assert process.stdin  # noqa: S101 - opened above
    sent = 0
    with suppress(BrokenPipeError, ConnectionResetError):
        process.stdin.write(orjson.dumps(asdict(order)) + b"\n")
        async for chunk in data:
            sent += len(chunk)
            if sent > size:
                raise refusal("bytes")
            process.stdin.write(chunk)
            await process.stdin.drain()
        process.stdin.close()


async def _read(process: Process) -> list[tuple[bytes, bytes]]:
    assert process.stdout  # noqa: S101 - opened above
    found, total = list[tuple[bytes, bytes]](), 0
    while True:
        try:
            sort, size = frames.HEADER.unpack(await process.stdout.readexactly(frames.HEADER.size))
            total += size
            if size > frames.MOST_BYTES or total > MOST_ANSWER:
                raise refusal("broken off")
            payload = await process.stdout.readexactly(size)
        except asyncio.IncompleteReadError:
            raise refusal(_why(await process.wait())) from None
        if sort == frames.END:
            return found
        if sort == frames.REFUSED:
            raise refusal(payload.decode("ascii", "replace"))
        found.append((sort, payload))


def _why(code: int) -> str:
    """Say why a process ended that did not say so itself."""
    return {-signal.SIGXCPU: "time", -signal.SIGKILL: "memory"}.get(code, "broken off")


async def _nothing() -> AsyncIterator[bytes]:
    return
    yield b""
