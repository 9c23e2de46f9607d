"""The pages of an exhibit: read once behind its arrival, in a process of their own, and drawn for whoever views them."""

from __future__ import annotations

import asyncio
from typing import TYPE_CHECKING, Any

import orjson

from backend.core import log
from backend.core.errors import Invalid, NotFound
from backend.entities.tokens import text_tokens
from backend.evidence import archived, integrity, rules
from backend.evidence.behind import written
from backend.evidence.content import Stored, opened, viewing
from backend.evidence.reading import sandbox
from backend.evidence.reading.kinds import FileKind
from backend.evidence.reading.sandbox import Page, ReadingError
from backend.teams.service import enter
from graph.outbox import Change
from graph.queries import evidence as evidence_queries
from graph.queries import evidence_pages as queries

if TYPE_CHECKING:
    from backend.core.context import Context, Parts
    from graph.driver import Tx

MOST_AT_ONCE, BATCH = 20, 50
FAILED = "The file could not be read."
WIDEST, DRAWN = 2_400, frozenset({"pdf", "image"})


async def pages(ctx: Context, space: str, exhibit: str, first: int, count: int) -> dict[str, Any]:
    """Return {state, problem, total, pages} of an exhibit: `count` pages (at most 20) from the number `first` on."""
    if first < 1 or not 1 <= count <= MOST_AT_ONCE:
        raise Invalid(f"Ask for 1 to {MOST_AT_ONCE} pages, counted from 1.", "count")

    async def work(tx: Tx) -> dict[str, Any]:
        scope = await enter(tx, ctx, space)
        found = await queries.state(tx, scope, exhibit)
        if found is None:
            raise NotFound
        rules.require_clean(found)
        rows = await queries.pages(tx, scope, exhibit, list(range(first, first + count)))
        if rows and found["family"] not in DRAWN:  # of those the pictures are counted
            await evidence_queries.viewed(tx, scope, exhibit, viewing(ctx, exhibit), ctx.now)
        return found | {"pages": [{**row, "words": orjson.loads(row["words"])} for row in rows]}

    found = await ctx.graph.write(work)
    ctx.trail.saw(space, [exhibit])
    return found


async def picture(ctx: Context, space: str, exhibit: str, page: int, width: int) -> bytes:
    """Return a page of a PDF or picture as PNG or JPEG, at most `width` pixels wide."""
    try:
        async with integrity.sound(ctx.parts, exhibit):
            found = await opened(ctx, space, exhibit)
            return await sandbox.render_page(found.kind, found.file.stream(), found.file.size, page, min(width, WIDEST), found.watermark)
    except ReadingError as error:
        raise Invalid(str(error), "page") from error


async def start(parts: Parts) -> None:
    """Read everything that waits: at the start of a server."""
    for exhibit in await parts.graph.read(queries.waiting):
        arrived(parts, exhibit)


def arrived(parts: Parts, exhibit: str) -> None:
    """Read the pages of an exhibit in the background, behind the arrival of its file."""
    if not parts.jobs.running(exhibit):
        parts.jobs.start(exhibit, read(parts, exhibit))


async def read(parts: Parts, exhibit: str) -> None:
    """Read the pages of one exhibit and tell whoever sees it."""
    found = await parts.graph.read(lambda tx: queries.to_read(tx, exhibit))
    if found is None:
        return
    row, file = found["exhibit"], found["file"]
    state, problem, pages_read = "read", "", list[Page]()
    try:
        stored = await Stored.of(parts, file | {"file": file["id"]}, found["parts"])
        if row["family"] == "archive":
            problem = await archived.problem(stored)
            state = "failed" if problem else "none"
        else:
            pages_read = await sandbox.read_pages(FileKind(row["media_type"], row["family"]), stored.stream(), stored.size)
    except ReadingError as error:
        state, problem = "failed", str(error)
    except integrity.UNLIKE:
        await integrity.suspect(parts, exhibit)
        state, problem = "failed", FAILED
    except Exception as error:  # noqa: BLE001 - a process boundary: the exhibit is there, only its pages are not
        log.failure("reading", error)
        state, problem = "failed", FAILED
    for at in range(0, len(pages_read), BATCH):
        rows = await asyncio.to_thread(_rows, row, pages_read[at : at + BATCH])  # whoever asks meanwhile is answered
        await parts.graph.write(lambda tx, rows=rows: queries.keep(tx, rows))
    await _done(parts, row, state, problem, len(pages_read))


async def _done(parts: Parts, row: dict[str, Any], state: str, problem: str, total: int) -> None:
    async def work(tx: Tx) -> list[Change]:
        vis = await queries.done(tx, row["id"], state, problem, total)
        return [Change("exhibit", "read", row["id"], (vis,), (vis,))] if vis else []

    await written(parts, "files.read", row["id"], row["space"], (row["created_by"], row["authority"]), work)


def _rows(exhibit: dict[str, Any], read: list[Page]) -> list[dict[str, Any]]:
    return [_row(exhibit, page) for page in read]


def _row(exhibit: dict[str, Any], page: Page) -> dict[str, Any]:
    words = orjson.dumps([[word.text, round(word.x, 5), round(word.y, 5), round(word.w, 5), round(word.h, 5)] for word in page.words])
    return {
        "id": queries.page_id(exhibit["id"], page.number), "space": exhibit["space"], "exhibit": exhibit["id"], "number": page.number,
        "width": page.width, "height": page.height, "text": page.text, "words": words.decode(),
        "search": " ".join(text_tokens(page.text)),
    }  # fmt: skip
