"""Running an import: two readings of the file (entities, then links, since a link may come before its ends), batch by batch.

Each batch is one transaction: the importer's scope and right checked anew, entities, links and records created unless they exist, refused
rows kept, the checkpoint moved, the event told. Killed anywhere, it goes on behind the last checkpoint and makes nothing twice.
"""

from __future__ import annotations

import asyncio
import time
from dataclasses import dataclass, field
from itertools import islice
from typing import TYPE_CHECKING, Any

import orjson

from backend.core import log
from backend.core.audit_entry import Operation
from backend.core.errors import JoinderError
from backend.core.ids import content_id
from backend.entities.changes import search_text, stated
from backend.entities.imports import csvmap, ftm
from backend.entities.imports.rules import BadSource
from backend.entities.imports.service import reader, seal_refused
from backend.storage.seal import SealError
from backend.storage.store import StoreError
from backend.teams.policy import Right
from backend.teams.service import enter
from graph import ontology, outbox
from graph.driver import GraphUnavailable
from graph.outbox import Change
from graph.queries import entity_writes as writes
from graph.queries import imports as queries
from graph.records import NewEntity, NewLink, NewRecord

if TYPE_CHECKING:
    from collections.abc import AsyncIterator, Iterator

    from backend.core.context import Context
    from backend.entities.imports.rules import Row, Step
    from graph.access import Scope
    from graph.driver import Tx

BATCH_STEPS, BATCH_ROWS = 400, 1_000
ENTITIES, LINKS, DONE = 1, 2, 3
PATIENCE_S = 60.0
MISSING_END = "names an entity that this data set does not have"


@dataclass(slots=True)
class Progress:
    """Where a run is; written to the graph with each batch."""

    part: int
    row: int
    read: int
    accepted: int
    rejected: int
    offset: int
    since: float = field(default_factory=time.monotonic)
    fresh: int = 0

    def stored(self) -> dict[str, Any]:
        """Return the checkpoint."""
        rate = self.fresh / max(0.001, time.monotonic() - self.since)
        return {
            "part": self.part, "row": self.row, "read": self.read, "accepted": self.accepted, "rejected": self.rejected,
            "offset": self.offset, "rate": round(rate, 1),
        }  # fmt: skip


class _Cancelled(Exception):
    """The job is not to go on: cancelled by a person, or started elsewhere."""


async def run(ctx: Context, space: str, job: str) -> None:
    """Run a job that was moved to running; every way it can end is written on the job."""
    try:
        row = await ctx.graph.read(lambda tx: _job(tx, ctx, space, job))
        progress = Progress(row["part"], row["row"], row["read"], row["accepted"], row["rejected"], row["offset"])
        while progress.part < DONE:
            await _read_once(ctx, row, progress)
            progress.part, progress.row = progress.part + 1, 0
            await _finish_part(ctx, row, progress)
    except _Cancelled:
        return
    except (BadSource, SealError, StoreError, JoinderError, GraphUnavailable) as error:
        log.failure("import", error)
        await _failed(
            ctx, space, job, str(error) if isinstance(error, BadSource | JoinderError) else "The file or the graph could not be read."
        )


async def _job(tx: Tx, ctx: Context, space: str, job: str) -> dict[str, Any]:
    found = await queries.jobs(tx, await enter(tx, ctx, space, Right.IMPORT), job)
    if not found or found[0]["state"] != "running":
        raise _Cancelled
    return found[0]


async def _read_once(ctx: Context, row: dict[str, Any], progress: Progress) -> None:
    source = await reader(ctx.parts, row)
    stream, loop = source.stream(), asyncio.get_running_loop()

    def chunks() -> Iterator[bytes]:
        """Hand the loop's stream to the parser's thread, one piece at a time."""
        while (piece := asyncio.run_coroutine_threadsafe(_next(stream), loop).result()) is not None:
            yield piece

    steps = await asyncio.to_thread(_steps, row, chunks(), progress.row)
    while batch := await asyncio.to_thread(_batch, steps):
        await _patiently(ctx, row, progress, batch)


def _steps(row: dict[str, Any], chunks: Iterator[bytes], after: int) -> Iterator[Step]:
    """Return the parser of the job's format; it reads the beginning of the file at once, so never on the loop."""
    return ftm.steps(chunks, after) if row["format"] == "ftm_json" else csvmap.steps(chunks, row["mapping"], after)


async def _next(stream: AsyncIterator[bytes]) -> bytes | None:
    return await anext(stream, None)


def _batch(steps: Iterator[Step]) -> list[Step]:
    found: list[Step] = []
    rows = 0
    for step in islice(steps, BATCH_STEPS):
        found.append(step)
        rows += len(step.rows)
        if rows >= BATCH_ROWS:
            break
    return found


async def _patiently(ctx: Context, row: dict[str, Any], progress: Progress, batch: list[Step]) -> None:
    """Write a batch, waiting out a restart of the graph: a batch written twice changes nothing."""
    deadline = time.monotonic() + PATIENCE_S
    while True:
        try:
            await _write(ctx, row, progress, batch)
        except GraphUnavailable:
            if time.monotonic() > deadline:
                raise
            await asyncio.sleep(0.5)
        else:
            return


async def _write(ctx: Context, row: dict[str, Any], progress: Progress, batch: list[Step]) -> None:
    space = row["space"]
    keys = await ctx.parts.keys.of(space)
    planned = Planned(row, keys.ids, ctx.now)
    for step in batch:
        planned.take(step, links=progress.part == LINKS)

    async def work(tx: Tx) -> tuple[Progress, list[str]]:
        scope = await enter(tx, ctx, space, Right.IMPORT)
        job = await queries.lock(tx, scope, row["id"])
        if job is None or job["state"] != "running":
            raise _Cancelled
        if (job["part"], job["row"]) != (progress.part, progress.row):
            return Progress(
                progress.part, job["row"], job["read"], job["accepted"], job["rejected"], job["offset"], progress.since, progress.fresh
            ), []
        return await _commit(tx, ctx, scope, row, progress, batch, planned)

    after, events = await ctx.graph.write(work)
    progress.row, progress.read, progress.accepted = after.row, after.read, after.accepted
    progress.rejected, progress.offset, progress.fresh = after.rejected, after.offset, after.fresh
    ctx.trail.changed(space, [row["id"]], events, Operation.COLLECTION)
    await ctx.trail.flush()
    ctx.parts.wake(space)


async def _commit(
    tx: Tx, ctx: Context, scope: Scope, row: dict[str, Any], progress: Progress, batch: list[Step], planned: Planned
) -> tuple[Progress, list[str]]:
    refused = list(planned.refused)
    links = planned.links
    if progress.part == LINKS:
        ends = sorted({end for link in links.values() for end in (link.source, link.target)})
        there = await queries.present(tx, scope.space, ends)
        lost = {one for one, link in links.items() if not {link.source, link.target} <= there}
        refused += [(planned.row_of[one], "", MISSING_END) for one in sorted(lost, key=lambda one: planned.row_of[one])]
        links = {one: link for one, link in links.items() if one not in lost}
    records = [r for r in planned.records if r.link is None or r.link.id in links]
    if records:
        await writes.add(tx, scope.space, planned.entities, list(links.values()), records)
    bad = {number for number, _, _ in refused}
    first = progress.part == ENTITIES
    after = Progress(
        progress.part, batch[-1].number, progress.read + (len(batch) if first else 0),
        progress.accepted + (len(batch) - len(bad) if first else -len(bad)), progress.rejected + len(bad), batch[-1].offset,
        progress.since, progress.fresh + len(batch),
    )  # fmt: skip
    if refused:
        key = (await ctx.parts.keys.of(scope.space)).file_key(row["file_key"], row["file_id"])
        place = progress.part * 10**12 + batch[0].number
        await queries.keep_refused(tx, scope, row, place, seal_refused(key, row["id"], place, refused))
    await queries.change(tx, scope, row["id"], after.stored())
    told = [Change("import", "progress", row["id"], (row["vis"],), (row["vis"],))]
    return after, await outbox.append(tx, scope.space, ctx.who.user, ctx.now, told)


async def _finish_part(ctx: Context, row: dict[str, Any], progress: Progress) -> None:
    async def work(tx: Tx) -> None:
        scope = await enter(tx, ctx, row["space"], Right.IMPORT)
        job = await queries.lock(tx, scope, row["id"])
        if job is None or job["state"] != "running":
            raise _Cancelled
        ended = {"state": "done"} if progress.part == DONE else {}
        await queries.change(tx, scope, row["id"], {**progress.stored(), **ended})
        verb = "imported" if ended else "progress"
        await outbox.append(tx, row["space"], ctx.who.user, ctx.now, [Change("import", verb, row["id"], (row["vis"],), (row["vis"],))])

    await ctx.graph.write(work)
    ctx.parts.wake(row["space"])


async def _failed(ctx: Context, space: str, job: str, problem: str) -> None:
    async def work(tx: Tx) -> None:
        scope = await enter(tx, ctx, space, None)
        await queries.change(tx, scope, job, {"state": "failed", "problem": problem})

    try:
        await ctx.graph.write(work)
    except (JoinderError, GraphUnavailable) as error:
        log.failure("import", error)
    ctx.parts.wake(space)


class Planned:
    """What a batch will create. Ids come from the data set, the source's key and the values, so that a re-import changes nothing."""

    def __init__(self, row: dict[str, Any], secret: bytes, now: str) -> None:
        """Take the job, the space's id key and the time."""
        self._row, self._secret, self._now = row, secret, now
        self._set = (row["space"], row["authority"], row["name"], "+".join(row["markings"]))
        self.entities: list[NewEntity] = []
        self.links: dict[str, NewLink] = {}
        self.records: list[NewRecord] = []
        self.refused: list[tuple[int, str, str]] = []
        self.row_of: dict[str, int] = {}

    def take(self, step: Step, *, links: bool) -> None:
        """Plan one row of the source; refusals are counted in the first reading only."""
        if not links:
            self.refused += [(it.number, it.column, it.reason) for it in step.refused]
        for row in step.rows:
            if row.is_link == links:
                self._plan(row)

    def _id(self, sort: str, *parts: str) -> str:
        return content_id(self._secret, sort, *self._set, *parts)

    def _plan(self, row: Row) -> None:
        link: NewLink | None = None
        values = {name: list(said) for name, said in row.values.items() if said}
        if row.source_key is not None and row.target_key is not None:
            about = self._id("link", row.kind, row.key)
            link = NewLink(about, row.kind, self._id("entity", row.source_key), self._id("entity", row.target_key))
            self.links[about] = link
            self.row_of.setdefault(about, row.number)
        else:
            about = self._id("entity", row.key)
            self.entities.append(NewEntity(about, row.kind))
        said = orjson.dumps(values, option=orjson.OPT_SORT_KEYS)
        job = self._row
        self.records.append(
            NewRecord(
                id=content_id(self._secret, "record", *self._set, row.kind, row.key, row.source_key or "", row.target_key or "", said),
                about=about, kind=row.kind, case=job["case"], values=values, title=job["file_name"], locator=row.locator,
                grade=job.get("grade"), grade_original=None, handling=job["handling"], authority=job["authority"],
                asserted_at=self._now, asserted_by=job["by"], markings=frozenset(job["markings"]),
                caption="" if link else ontology.caption(row.kind, values), search="" if link else search_text(values),
                stated=() if link else stated(row.kind, values), link=link, import_id=job["id"],
            )
        )  # fmt: skip
