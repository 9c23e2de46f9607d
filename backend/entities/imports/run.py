"""Running an import: two readings of the file (entities, then links, since a link may come before its ends), batch by batch.

Each batch is one transaction: the importer's scope and right checked anew, entities, links and records created unless they exist, refused
rows kept, the checkpoint moved, the event told. Killed anywhere, it goes on behind the last checkpoint and makes nothing twice.
"""

from __future__ import annotations

import asyncio
import time
from contextlib import suppress
from dataclasses import dataclass, field, replace
from typing import TYPE_CHECKING, Any, BinaryIO, TypeVar

from backend.core import log
from backend.core.audit_entry import Operation
from backend.core.errors import AuditUnavailable, Forbidden, NotFound, Unauthenticated
from backend.core.faults import fault
from backend.entities.imports import ftm, mapped, report, stored, undo
from backend.entities.imports.batches import Seen, put
from backend.entities.imports.formats import FTM
from backend.entities.imports.planned import DONE, ENTITIES, DataSet, Planned, plan
from backend.entities.imports.rules import BadSource
from backend.storage.keys import SpaceKeyLostError
from backend.storage.seal import SealError
from backend.storage.source import pieces
from backend.storage.store import StoreError
from backend.storage.wrapping import MasterKeyError, WrapError
from backend.teams.policy import Right
from backend.teams.service import enter
from graph import outbox
from graph.driver import GraphUnavailable
from graph.outbox import Change
from graph.queries import imports as queries

if TYPE_CHECKING:
    from collections.abc import Awaitable, Callable, Iterator, Mapping

    from backend.core.context import Context
    from backend.entities.imports.planned import Refusal
    from backend.entities.imports.rules import Step
    from graph.access import Scope
    from graph.driver import Tx

T = TypeVar("T")
PATIENCE_S, PAUSE_S = 120.0, 0.5
CHECKING, BEGUN = "checking", frozenset({"running", "checking"})
ENDS = {"running": ("imported", "done"), CHECKING: ("checked", "checked")}
"""What is told and written at the end, by what was begun."""
MAY_NOT = "Whoever started this import may not import here any more. Somebody who may can continue it."
NO_GRAPH = "The graph did not answer for two minutes. Continue the import when it does."
GONE_WITH = (
    "Another import of this data set was undone meanwhile, and what both say alike went with it."
    " Undo this one too, then send the file again."
)
NO_FILE = "The stored file cannot be read. Tell your administrator."
UNKNOWN = "Something went wrong. Continue the import, or give your administrator this code: "


@dataclass(frozen=True, slots=True)
class Progress:
    """Where a run is; written to the graph with each batch. `fresh` counts what this run read `since` it began."""

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

    def at(self, job: dict[str, Any]) -> Progress:
        """Return where the stored job is, in this run."""
        return replace(self, **{name: job[name] for name in ("part", "row", "read", "accepted", "rejected", "offset")})

    def behind(self, planned: Planned, bad: int) -> Progress:
        """Return where the run is behind a batch of which `bad` rows were refused; rows are counted in the first reading."""
        read = planned.steps if planned.part == ENTITIES else 0
        return replace(
            self, row=planned.last, read=self.read + read, accepted=self.accepted + read - bad, rejected=self.rejected + bad,
            offset=planned.offset, fresh=self.fresh + planned.steps,
        )  # fmt: skip


class _Stopped(Exception):
    """The job is not to go on: cancelled by a person, or run elsewhere."""


class _GoneWith(Exception):
    """Another import of the data set was undone: what both say alike is retracted."""


class _Raised(Exception):
    """The job's markings were raised: its rows are planned again."""


async def run(ctx: Context, space: str, job: str) -> None:
    """Run a job that was moved to running or checking; every way it can end is written on the job."""
    try:
        await _run(ctx, space, job)
    except _Stopped:
        return
    except Exception as error:  # noqa: BLE001 - a process boundary: what nobody handled is told on the job, whatever it is
        log.failure("import", error, correlation=ctx.correlation)
        await _failed(ctx, space, job, _told(error, ctx.correlation))


def _told(error: Exception, correlation: str) -> str:
    match error:
        case NotFound() | Forbidden() | Unauthenticated():
            return MAY_NOT
        case _GoneWith():
            return GONE_WITH
        case BadSource():
            return str(error)
        case GraphUnavailable() | TimeoutError():
            return NO_GRAPH
        case SealError() | StoreError() | WrapError() | SpaceKeyLostError() | MasterKeyError():
            return NO_FILE
        case _:
            return told.message if (told := fault(error, correlation)).known else f"{UNKNOWN}{correlation}."


async def _run(ctx: Context, space: str, job: str) -> None:
    row = await _patiently(lambda: ctx.graph.read(lambda tx: _job(tx, ctx, space, job)))
    keys = await ctx.parts.keys.of(space)
    progress, seen = Progress(0, 0, 0, 0, 0, 0).at(row), Seen() if row["state"] == CHECKING else None
    while progress.part < DONE:
        try:
            progress = await _next_part(ctx, row, await _read_once(ctx, DataSet(row, keys.ids), progress, seen))
        except _Raised:
            row = await _patiently(lambda: ctx.graph.read(lambda tx: _job(tx, ctx, space, job)))
            progress = progress.at(row)


async def _job(tx: Tx, ctx: Context, space: str, job: str) -> dict[str, Any]:
    found = await queries.jobs(tx, await enter(tx, ctx, space, Right.IMPORT), job)
    return _going_on(found[0] if found else None)


def _going_on(row: dict[str, Any] | None) -> dict[str, Any]:
    """Return a job that is to go on; raise where it is not, or where whoever runs it sees it no more."""
    if row is None or row["state"] not in BEGUN:
        raise NotFound if row is None else _Stopped
    return row


async def _patiently(work: Callable[[], Awaitable[T]]) -> T:
    """Do something that may be done twice, waiting out a restart of the graph."""
    deadline = time.monotonic() + PATIENCE_S
    while True:
        try:
            return await work()
        except (GraphUnavailable, TimeoutError):
            if time.monotonic() > deadline:
                raise
        await asyncio.sleep(PAUSE_S)


# ── reading: in the parser's thread ───────────────────────────────────────────────────────────────────────────────────────────────


async def _read_once(ctx: Context, of: DataSet, progress: Progress, seen: Seen | None) -> Progress:
    """Read the file from the checkpoint to its end, batch by batch; the next one is worked out while one is written."""
    async with stored.opened(ctx.parts, dict(of.job)) as file:
        steps = await asyncio.to_thread(_steps, of, file, progress.row)
        ahead = asyncio.create_task(asyncio.to_thread(plan, of, progress.part, ctx.now, steps))
        try:
            while planned := await ahead:
                ahead = asyncio.create_task(asyncio.to_thread(plan, of, progress.part, ctx.now, steps))
                progress = await _write(ctx, of, progress, planned, seen)
        finally:
            await asyncio.gather(ahead, return_exceptions=True)
    return progress


def _steps(of: DataSet, file: BinaryIO, after: int) -> Iterator[Step]:
    """Return the parser of the job's format; it reads the beginning of the file at once, so never on the loop."""
    form = of.job["format"]
    return ftm.steps(pieces(file), after) if form == FTM else mapped.steps(file, of.job["mapping"], form, after)


# ── writing: each unit may run twice, since a connection may be lost in commit ────────────────────────────────────────────────────


async def _write(ctx: Context, of: DataSet, progress: Progress, planned: Planned, seen: Seen | None) -> Progress:
    async def work(tx: Tx) -> tuple[Progress, list[str]]:
        scope, job = await _running(tx, ctx, of.job)
        if (job["part"], job["row"]) == (planned.part, planned.last):
            return progress.at(job), []
        _expect(job, progress)
        if job["markings"] != of.job["markings"]:
            raise _Raised
        refused = await put(tx, of, planned, seen)
        after = progress.behind(planned, len({number for number, _, _ in refused}))
        if refused:
            await _keep(tx, ctx, scope, of, planned, refused)
        return after, await _checkpoint(tx, ctx, scope, job, after, "progress")

    return await _committed(ctx, of.job, work)


async def _running(tx: Tx, ctx: Context, row: Mapping[str, Any]) -> tuple[Scope, dict[str, Any]]:
    """Take the job's lock; it still does what it was begun with."""
    scope = await enter(tx, ctx, row["space"], Right.IMPORT)
    job = _going_on(await queries.lock(tx, scope, row["id"]))
    if job["state"] != row["state"]:
        raise _Stopped
    if await undo.took_along(tx, scope, job):
        raise _GoneWith
    return scope, job


def _expect(job: dict[str, Any], progress: Progress) -> None:
    """Raise where another server has moved the checkpoint: it runs the job now."""
    if (job["part"], job["row"]) != (progress.part, progress.row):
        raise _Stopped


async def _keep(tx: Tx, ctx: Context, scope: Scope, of: DataSet, planned: Planned, refused: list[Refusal]) -> None:
    job = dict(of.job)
    place = planned.part * 10**12 + planned.first
    sealed = report.seal(await stored.file_key(ctx.parts, job), job["id"], place, refused)
    await queries.keep_refused(tx, scope, job, place, sealed)


async def _checkpoint(tx: Tx, ctx: Context, scope: Scope, job: dict[str, Any], at: Progress, verb: str, **more: str) -> list[str]:
    await queries.change(tx, scope, job["id"], at.stored() | more)
    told = [Change("import", verb, job["id"], (job["vis"],), (job["vis"],))]
    return await outbox.append(tx, scope.space, ctx.who.user, ctx.now, told)


async def _next_part(ctx: Context, row: dict[str, Any], progress: Progress) -> Progress:
    """Begin the next reading, or end."""
    after = replace(progress, part=progress.part + 1, row=0)

    async def work(tx: Tx) -> tuple[Progress, list[str]]:
        scope, job = await _running(tx, ctx, row)
        if (job["part"], job["row"]) == (after.part, after.row):
            return after.at(job), []
        _expect(job, progress)
        if after.part == DONE:
            verb, state = ENDS[row["state"]]
            return after, await _checkpoint(tx, ctx, scope, job, after, verb, state=state)
        return after, await _checkpoint(tx, ctx, scope, job, after, "progress")

    return await _committed(ctx, row, work)


async def _committed(ctx: Context, row: Any, work: Callable[[Tx], Awaitable[tuple[Progress, list[str]]]]) -> Progress:  # noqa: ANN401 - a job as stored
    events = list[str]()

    async def unit(tx: Tx) -> Progress:
        """Keep the events of the try that did it: one more, after a connection lost in commit, finds it done and tells nothing."""
        after, told = await work(tx)
        events[:] = told or events
        return after

    await ctx.parts.audit.ready()
    after = await _patiently(lambda: ctx.graph.write(unit))
    what = Operation.CONSULTATION if row["state"] == CHECKING else Operation.COLLECTION
    ctx.trail.changed(row["space"], [row["id"]], events, what)
    await ctx.trail.flush()
    ctx.parts.wake(row["space"])
    return after


async def _failed(ctx: Context, space: str, job: str, problem: str) -> None:
    """Say on the job why it stopped, as soon as the graph takes it; a job that somebody cancelled meanwhile stays cancelled."""
    events = list[str]()

    async def work(tx: Tx) -> None:
        vis = await queries.fail(tx, space, job, problem)
        if vis is not None:
            events[:] = await outbox.append(tx, space, ctx.who.user, ctx.now, [Change("import", "failed", job, (vis,), (vis,))])

    while True:
        try:
            await ctx.graph.write(work)
        except (GraphUnavailable, TimeoutError):
            await asyncio.sleep(PAUSE_S)
        else:
            break
    if events:
        ctx.trail.changed(space, [job], events, Operation.COLLECTION)
    with suppress(AuditUnavailable):  # what stopped the import, perhaps; the event is there to be logged later
        await ctx.trail.flush()
    ctx.parts.wake(space)
