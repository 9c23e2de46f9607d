"""Undoing a whole import: every record that it brought is retracted, nothing is erased, and all of it is told and logged.

The order stands on the import and is carried out batch by batch, like raised markings: killed anywhere, it goes on at the next start.
Records that whoever ordered it does not see are retracted like the others, and how far it is, is told in tenths: neither says how many
there are.
"""

from __future__ import annotations

import asyncio
from math import ceil
from typing import TYPE_CHECKING, Any

from backend.core import log
from backend.core.audit import Trail, doing
from backend.core.errors import Conflict, Forbidden, Invalid, NotFound
from backend.teams.policy import Right
from backend.teams.service import change
from graph import access, outbox
from graph.outbox import Change
from graph.queries import entity_writes as writes
from graph.queries import imports as queries
from graph.queries import markings
from graph.records import stamp

if TYPE_CHECKING:
    from backend.core.context import Context, Parts
    from graph.access import Scope
    from graph.driver import Tx

BATCH, STEPS, LONGEST_REASON = 500, 10, 500
AGAIN_S = 5.0
ENDED = frozenset({"done", "cancelled", "failed"})


async def undo(ctx: Context, space: str, job: str, reason: str, key: str) -> str:
    """Order an import of the actor's own authority to be undone; a job carries it out. Return the import."""
    if not reason.strip() or len(reason) > LONGEST_REASON:
        raise Invalid(f"Give the reason, in at most {LONGEST_REASON} characters; it stays with the records.", "reason")

    async def work(tx: Tx, scope: Scope) -> tuple[str, list[Change]]:
        row = await queries.lock(tx, scope, job)
        if row is None:
            raise NotFound
        if row["authority"] != scope.agency:
            raise Forbidden("Only the authority that brought this import in may do this.")
        if row["state"] not in ENDED:
            raise Conflict("This import cannot be undone now.")
        order = {"undo_reason": reason.strip(), "undo_by": ctx.who.user, "undo_at": ctx.now, "undo_progress": 0.0}
        await queries.change(tx, scope, job, {"state": "undoing", "problem": "", **order})
        return job, [Change("import", "undoing", job, (row["vis"],), (row["vis"],))]

    done = await change(ctx, space, key, Right.IMPORT, work)
    await start(ctx.parts)
    return done


async def took_along(tx: Tx, scope: Scope, job: dict[str, Any]) -> bool:
    """Say whether another import of a running job's data set was undone since it began, of those that whoever runs it sees.

    What both say alike is one record, which is retracted with the import that brought it: the job's figures would not be true.
    """
    if job["state"] != "running" or await queries.undone(tx, scope.space, job["id"]) == job.get("undone", 0):
        return False
    of = ("authority", "name", "case", "chosen")
    beside = [it for it in await queries.jobs(tx, scope) if all(it[each] == job[each] for each in of)]
    return any(it.get("undo_at", "") >= job.get("begun_at", access.FOREVER) for it in beside)


async def start(parts: Parts) -> None:
    """Carry out every order that stands and does not run in this process: after it was given, and at the start of a server."""
    for job in await parts.graph.read(queries.undoing):
        if not parts.jobs.running(job["id"]):
            parts.jobs.start(job["id"], carry_out(parts, job))


async def carry_out(parts: Parts, job: dict[str, Any]) -> None:
    """Undo one import to its end, whatever comes between."""
    while True:
        try:
            ids = sorted(await parts.graph.read(lambda tx: queries.standing(tx, job)))
            size = min(BATCH, max(1, ceil(len(ids) / STEPS)))
            for at in range(0, len(ids), size):
                await _batch(parts, job, ids[at : at + size], min(0.9, (at + size) * STEPS // len(ids) / STEPS))
            await _batch(parts, job, [], 1.0)
        except Exception as error:  # noqa: BLE001 - a process boundary: the order stands until it is carried out
            log.failure("undoing", error)
            await asyncio.sleep(AGAIN_S)
        else:
            return


async def _batch(parts: Parts, job: dict[str, Any], ids: list[str], share: float) -> None:
    now = stamp(parts.clock.now())

    async def work(tx: Tx) -> list[str]:
        locked = await queries.lock_undoing(tx, job["id"])
        if locked is None:
            return []
        vis, before = locked
        told = await _retract(tx, job, ids) if ids else [Change("import", "undone", job["id"], (vis,), (vis,))]
        await queries.advance(tx, job["id"], max(share, before), "undoing" if ids else "undone")
        return await outbox.append(tx, job["space"], job["undo_by"], now, told) if told else []

    events = await parts.graph.write(work)
    trail = Trail(parts.audit, person=job["undo_by"], agency=job["authority"])
    with doing("undoImport"):
        trail.changed(job["space"], [job["id"]], events)
    await trail.flush()
    parts.wake(job["space"])


async def _retract(tx: Tx, job: dict[str, Any], ids: list[str]) -> list[Change]:
    """Retract one batch: lock its subjects, retract what still stands behind the locks, work captions out anew, tell each record."""
    entities, links = markings.subjects(await markings.records(tx, ids))
    await access.lock(tx, job["space"], entities, [{"id": it.id, "source": it.source, "target": it.target} for it in links.values()])
    fresh = set(await queries.retract(tx, ids, job["undo_reason"]))
    if not fresh:
        return []
    await writes.recaption(tx, entities)
    rows = [row for row in await markings.records(tx, ids) if row["id"] in fresh]
    said = [(row["about"], links.get(row["about"]), (row["vis"],), (row["vis"],), row["id"]) for row in rows]
    return await writes.changes(tx, job["space"], said, "retracted")
