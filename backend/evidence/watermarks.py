"""Watermarks: who looks at which exhibit, and when, on each page and copy of a PDF or picture one of whose markings asks for it.

What cannot carry a watermark is shown, and the page says so; no copy of it is handed out.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from backend.core.errors import Forbidden
from backend.evidence.reading import sandbox
from backend.evidence.reading.kinds import HEAD_BYTES, kind_of
from backend.evidence.reading.sandbox import ReadingError

if TYPE_CHECKING:
    from collections.abc import AsyncIterator

    from backend.core.context import Context
    from backend.evidence.content import Content

MARKED = frozenset({"pdf", "image"})
LONGEST_NAME, PIECE = 120, 1 << 20
UNMARKED = "A marking of this exhibit asks for a watermark, which this file cannot carry, so no copy is handed out. It can be viewed here."
ENDINGS = {"application/pdf": "pdf", "image/png": "png", "image/jpeg": "jpg"}


def text(ctx: Context, exhibit: dict[str, Any]) -> str:
    """Return what stands on what this reader is given now: name, time in UTC, exhibit number."""
    return f"{ctx.who.name[:LONGEST_NAME]} · {ctx.now[:10]} {ctx.now[11:19]} UTC · {exhibit['number']}"


def require_markable(row: dict[str, Any]) -> None:
    """Pass for a file that can carry a watermark."""
    if row["family"] not in MARKED:
        raise Forbidden(UNMARKED)


async def copy(found: Content) -> tuple[bytes, str]:
    """Return a copy with the watermark on each page, and its name. Raises `Forbidden` for a file that does not take it."""
    try:
        marked = await sandbox.watermarked(found.kind, found.file.stream(), found.file.size, found.watermark)
    except ReadingError as error:
        raise Forbidden(UNMARKED) from error
    ending = ENDINGS[kind_of(marked[:HEAD_BYTES], "").media_type]
    return marked, f"{found.exhibit['number']} watermarked copy.{ending}"


async def pieces(marked: bytes) -> AsyncIterator[bytes]:
    """Yield a copy in pieces of at most 1 MiB."""
    for start in range(0, len(marked), PIECE):
        yield marked[start : start + PIECE]
