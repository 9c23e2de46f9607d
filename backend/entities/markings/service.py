"""Markings of sources: a case or an import is raised, and everything that came by it follows in the same job (ARCHITECTURE §4.7).

The source's own markings are raised first, in the transaction that orders it: from then on whatever is entered inherits them (a writer that
had looked before meets `graph.queries.cases.hold`). The records that are there follow batch by batch, each batch one transaction: locks of
the subjects, markings, classes settled, events. Killed anywhere, the order stands and is carried out at the next start.
"""

from __future__ import annotations

import asyncio
from math import ceil
from typing import TYPE_CHECKING, Any

from backend.cases.service import version
from backend.core import log, versions
from backend.core.audit import Trail, doing
from backend.core.errors import Crowded, Forbidden, Invalid, NotFound
from backend.core.ids import new_id
from backend.teams.policy import Right
from backend.teams.service import change
from graph import access, custody, outbox
from graph.outbox import Change
from graph.queries import cases as case_queries
from graph.queries import entity_writes as writes
from graph.queries import imports as import_queries
from graph.queries import markings as queries
from graph.queries import releases
from graph.records import stamp

if TYPE_CHECKING:
    from backend.core.context import Context, Parts
    from graph.access import Scope
    from graph.driver import Tx
    from graph.queries.markings import Carrying

BATCH, STEPS = 500, 10
"""At most so many records a transaction, and at least so many steps: how far an order is says nothing of how many records there are."""
AGAIN_S = 5.0


# ── ordering ──────────────────────────────────────────────────────────────────────────────────────────────────────────────────────


async def mark_case(ctx: Context, space: str, case: str, markings: frozenset[str], expected: str, key: str) -> str:
    """Put further markings, all held by the actor, on a case, its imports and tasks and, by a job, every record in it. Return it."""

    async def work(tx: Tx, scope: Scope) -> tuple[str, list[Change]]:
        require_held(scope, markings)
        row = await _case(tx, ctx, scope, case, expected)
        after = raised(row, markings)
        await _require_room(tx, space, "case", case)
        vis = await access.intern(tx, space, frozenset({after}))
        await case_queries.update(tx, scope, case, {"markings": sorted(after), "vis": vis})
        told = [Change("case", "marked", case, (row["vis"],), (vis,))]
        for job, carried, before in await queries.imports_of(tx, space, case):
            told.append(await _set_import(tx, space, job, frozenset(carried) | markings, before, "marked"))
        for task, carried, before in await queries.tasks_of(tx, space, case):
            told.append(await _raise_task(tx, space, task, frozenset(carried) | markings, before))
        told += await raise_exhibits(tx, ctx, scope, await queries.exhibits_of(tx, space, "case", case), markings)
        await queries.create(tx, _order(ctx, scope, "case", case, markings))
        return case, told

    done = await change(ctx, space, key, Right.MARK, work)
    await start(ctx.parts)
    return done


async def mark_import(ctx: Context, space: str, job: str, markings: frozenset[str], key: str) -> str:
    """Put further markings, all held by the actor, on an import and, by a job, every record that it brought. Return the import."""

    async def work(tx: Tx, scope: Scope) -> tuple[str, list[Change]]:
        require_held(scope, markings)
        row = await import_queries.lock(tx, scope, job)
        if row is None:
            raise NotFound
        after = raised(row, markings)
        await _require_room(tx, space, "import", job)
        told = await _set_import(tx, space, job, after, row["vis"], "marked")
        exhibits = await raise_exhibits(tx, ctx, scope, await queries.exhibits_of(tx, space, "import", job), markings)
        await queries.create(tx, _order(ctx, scope, "import", job, markings))
        return job, [told, *exhibits]

    done = await change(ctx, space, key, Right.MARK, work)
    await start(ctx.parts)
    return done


async def release_case(ctx: Context, space: str, case: str, markings: frozenset[str], reason: str, expected: str, key: str) -> str:
    """Take markings off a case alone: a decision of the owning authority. What was entered in it keeps its own. Return the case."""
    if not reason.strip():
        raise Invalid("Give the reason; it stays with the case.", "reason")

    async def work(tx: Tx, scope: Scope) -> tuple[str, list[Change]]:
        require_held(scope, markings)
        row = await _case(tx, ctx, scope, case, expected)
        if row["authority"] != scope.agency:
            raise Forbidden("Only the authority that owns this case may do this.")
        if not markings or not markings <= frozenset(row["markings"]):
            raise Invalid("The case does not carry these markings.", "markings")
        ctx.require_strong()
        after = frozenset(row["markings"]) - markings
        vis = await access.intern(tx, space, frozenset({after}))
        decided = {"id": new_id(), "case": case, "markings": sorted(markings), "reason": reason.strip(), "by": ctx.who.user, "at": ctx.now}
        await releases.create(tx, space, {**decided, "authority": scope.agency})
        await case_queries.update(tx, scope, case, {"markings": sorted(after), "vis": vis})
        return case, [Change("case", "released", case, (row["vis"],), (vis,))]

    return await change(ctx, space, key, Right.RELEASE, work)


async def release_import(ctx: Context, space: str, job: str, markings: frozenset[str], reason: str, key: str) -> str:
    """Take markings off an import alone: a decision of the authority that brought it in. Its records keep their own. Return the import.

    What its case carries stays on it, since whatever is still to come by it inherits from the case as well.
    """
    if not reason.strip():
        raise Invalid("Give the reason; it stays with the import.", "reason")

    async def work(tx: Tx, scope: Scope) -> tuple[str, list[Change]]:
        require_held(scope, markings)
        row = await import_queries.lock(tx, scope, job)
        if row is None:
            raise NotFound
        if row["authority"] != scope.agency:
            raise Forbidden("Only the authority that brought this import in may do this.")
        if not markings or not markings <= frozenset(row["markings"]):
            raise Invalid("The import does not carry these markings.", "markings")
        ctx.require_strong()
        if markings & (await case_queries.markings_of(tx, scope, row["case"]) or frozenset()):
            raise Invalid("The case of this import carries this marking. Release the case first.", "markings")
        decided = {"id": new_id(), "import": job, "markings": sorted(markings), "reason": reason.strip(), "by": ctx.who.user, "at": ctx.now}
        await releases.create(tx, space, {**decided, "authority": scope.agency})
        told = await _set_import(tx, space, job, frozenset(row["markings"]) - markings, row["vis"], "released")
        return job, [told]

    return await change(ctx, space, key, Right.RELEASE, work)


async def _case(tx: Tx, ctx: Context, scope: Scope, case: str, expected: str) -> dict[str, Any]:
    row = await case_queries.lock(tx, scope, case)
    if row is None:
        raise NotFound
    versions.require(expected, version(ctx, row))
    return row


def require_held(scope: Scope, markings: frozenset[str]) -> None:
    """Pass for markings that the actor holds; any other one does not exist for them, whatever else is wrong."""
    if not markings <= scope.held:
        raise NotFound


def raised(row: dict[str, Any], markings: frozenset[str]) -> frozenset[str]:
    """Return what a source carries with further markings."""
    carried = frozenset(row["markings"])
    if markings <= carried:
        raise Invalid("It carries these markings already.", "markings")
    return carried | markings


async def _require_room(tx: Tx, space: str, sort: str, source: str) -> None:
    """Refuse before anything is marked rather than stop half-way for want of classes."""
    if await access.room(tx, space) <= await queries.classes(tx, space, sort, source):
        raise Crowded


async def _set_import(tx: Tx, space: str, job: str, markings: frozenset[str], before: str, verb: str) -> Change:
    vis = await access.intern(tx, space, frozenset({markings}))
    await queries.set_import(tx, job, sorted(markings), vis)
    return Change("import", verb, job, (before,), (vis,))


async def _raise_task(tx: Tx, space: str, task: str, markings: frozenset[str], before: str) -> Change:
    vis = await access.intern(tx, space, frozenset({markings}))
    await queries.raise_task(tx, task, sorted(markings), vis)
    return Change("task", "marked", task, (before,), (vis,))


async def raise_exhibits(tx: Tx, ctx: Context, scope: Scope, exhibits: list[Carrying], markings: frozenset[str]) -> list[Change]:
    """Put markings on locked exhibits; return what is to be told."""
    lacking = [(one, carried, before) for one, carried, before in exhibits if not markings <= frozenset(carried)]
    return [await remark_exhibit(tx, ctx, scope, one, frozenset(carried) | markings, before, "marked") for one, carried, before in lacking]


async def remark_exhibit(tx: Tx, ctx: Context, scope: Scope, exhibit: str, markings: frozenset[str], before: str, verb: str) -> Change:
    """Put exactly these markings on a locked exhibit. Its custody says that they changed, not to what: later readers may hold fewer."""
    vis = await access.intern(tx, scope.space, frozenset({markings}))
    await queries.set_exhibit(tx, exhibit, sorted(markings), vis)
    entry = {"verb": "marked", "by": ctx.who.user, "agency": scope.agency, "at": ctx.now, "zone": "UTC", "recorded_at": ctx.now}
    await custody.append(tx, exhibit, [{"space": scope.space, **entry}])
    return Change("exhibit", verb, exhibit, (before,), (vis,))


def _order(ctx: Context, scope: Scope, sort: str, source: str, markings: frozenset[str]) -> dict[str, Any]:
    return {
        "id": new_id(), "space": scope.space, "sort": sort, "source": source, "markings": sorted(markings), "by": ctx.who.user,
        "agency": scope.agency, "at": ctx.now, "state": "running", "progress": 0.0,
    }  # fmt: skip


# ── carrying out ──────────────────────────────────────────────────────────────────────────────────────────────────────────────────


async def start(parts: Parts) -> None:
    """Carry out every order that stands and does not run in this process: after it was given, and at the start of a server."""
    for order in await parts.graph.read(queries.running):
        if not parts.jobs.running(order["id"]):
            parts.jobs.start(order["id"], carry_out(parts, order))


async def carry_out(parts: Parts, order: dict[str, Any]) -> None:
    """Carry out one order to its end, whatever comes between: what is to be hidden must not stay in sight for an error's sake."""
    while True:
        try:
            await _carry_out(parts, order)
        except Exception as error:  # noqa: BLE001 - a process boundary: the order stands until it is carried out
            log.failure("raising", error)
            await asyncio.sleep(AGAIN_S)
        else:
            return


async def _carry_out(parts: Parts, order: dict[str, Any]) -> None:
    ids = sorted(await parts.graph.read(lambda tx: queries.lacking(tx, order)))
    size = min(BATCH, max(1, ceil(len(ids) / STEPS)))
    for at in range(0, len(ids), size):
        await _batch(parts, order, ids[at : at + size], _share(at + size, len(ids)))
    await _batch(parts, order, [], 1.0)


def _share(done: int, of: int) -> float:
    """Return how far an order is, in tenths: its steps say nothing of how many records there are."""
    return min(0.9, done * STEPS // of / STEPS)


async def _batch(parts: Parts, order: dict[str, Any], ids: list[str], share: float) -> None:
    now = stamp(parts.clock.now())

    async def work(tx: Tx) -> list[str]:
        if not await queries.lock(tx, order["id"]):
            return []
        told = await _mark(tx, order, ids)
        await queries.advance(tx, order["id"], share, done=not ids)
        if not ids:
            told = [await _finished(tx, order)]
        return await outbox.append(tx, order["space"], order["by"], now, told) if told else []

    events = await parts.graph.write(work)
    trail = Trail(parts.audit, person=order["by"], agency=order["agency"])
    with doing("markCase" if order["sort"] == "case" else "markImport"):
        trail.changed(order["space"], [order["source"]], events)
    await trail.flush()
    parts.wake(order["space"])


async def _mark(tx: Tx, order: dict[str, Any], ids: list[str]) -> list[Change]:
    """Mark one batch: lock its subjects, read its records again behind the locks, mark those that lack something, settle the subjects."""
    space, markings = order["space"], frozenset(order["markings"])
    entities, links = queries.subjects(await queries.records(tx, ids) if ids else [])
    ties = [{"id": it.id, "source": it.source, "target": it.target} for it in links.values()]
    await access.lock(tx, space, entities, ties)
    lacking = [row for row in (await queries.records(tx, ids) if ids else []) if not markings <= frozenset(row["markings"])]
    if not lacking:
        return []
    ends = await writes.classes_of_ends(tx, links.values())
    raised = [{"id": row["id"], "markings": sorted({*row["markings"], *markings})} for row in lacking]
    sets = {frozenset(row["markings"]) for row in raised}
    vis = {each: await access.intern(tx, space, frozenset({each})) for each in sets}
    await queries.mark(tx, [{**row, "vis": vis[frozenset(row["markings"])]} for row in raised])
    moved = await access.settle(tx, space, entities, ties)
    await writes.recaption(tx, entities)
    after = {row["id"]: vis[frozenset(row["markings"])] for row in raised}
    said = [(row["about"], links.get(row["about"]), (row["vis"],), (after[row["id"]],), row["id"]) for row in lacking]
    return [*await writes.changes(tx, space, said, "raised", ends), *await writes.followers(tx, space, moved)]


async def _finished(tx: Tx, order: dict[str, Any]) -> Change:
    """Tell whoever sees the source that all that came by it has followed."""
    vis = await queries.class_of(tx, order["sort"], order["source"])
    return Change(order["sort"], "raised", order["source"], (vis,), (vis,))
