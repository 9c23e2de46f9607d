"""Import jobs: what was asked, the file, the checkpoint that commits with its batch, and the refused rows, sealed."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, LiteralString

from graph.access import Scope, visible

if TYPE_CHECKING:
    from graph.driver import Tx

JOBS: LiteralString = (
    "MATCH (i:Import {space: $space}) WHERE "
    + visible("i")
    + " AND ($id IS NULL OR i.id = $id) WITH i ORDER BY i.created_at DESC RETURN collect(properties(i))"
)
NAMES: LiteralString = (
    "UNWIND $ids AS id MATCH (i:Import {id: id, space: $space}) WHERE " + visible("i") + " RETURN collect([i.id, i.name])"
)
CREATE: LiteralString = "CREATE (i:Import) SET i = $row RETURN i.id"
CHANGE: LiteralString = "MATCH (i:Import {id: $id, space: $space}) WHERE " + visible("i") + " SET i += $changes RETURN i.id"
LOCK: LiteralString = (
    "MATCH (i:Import {id: $id, space: $space}) WHERE " + visible("i") + " SET i.lock = coalesce(i.lock, 0) + 1 RETURN properties(i)"
)
OBJECT: LiteralString = "MATCH (i:Import {id: $id, space: $space}) SET i.lock = coalesce(i.lock, 0) + 1 RETURN i.object"
KEEP_REFUSED: LiteralString = (
    "CREATE (b:RefusedRows {import: $id, space: $space, vis: $one, place: $place, sealed: $sealed}) RETURN b.place"
)
REFUSED_PLACES: LiteralString = (
    "MATCH (b:RefusedRows {import: $id}) WHERE " + visible("b") + " WITH b ORDER BY b.place RETURN collect(b.place)"
)
REFUSED: LiteralString = (
    "MATCH (b:RefusedRows {import: $id}) WHERE b.place IN $places AND "
    + visible("b")
    + " WITH b ORDER BY b.place RETURN collect([b.place, b.sealed])"
)
KINDS: LiteralString = "UNWIND $ids AS id MATCH (e:Entity {id: id, space: $space}) RETURN collect([e.id, e.kind])"
FAILED: LiteralString = """
MATCH (i:Import {id: $id, space: $space}) WHERE i.state IN ['running', 'checking']
SET i.state = CASE i.state WHEN 'running' THEN 'failed' ELSE 'uploaded' END, i.problem = $problem RETURN i.vis
"""
FORGET_REFUSED: LiteralString = "MATCH (b:RefusedRows {import: $id}) WHERE b.space = $space DELETE b RETURN count(b)"
# Counted whoever sees them: a later import of the same data set must state anew what an undone one had stated.
UNDONE: LiteralString = """
MATCH (i:Import {id: $id, space: $space}) WITH i.authority AS authority, i.name AS name, i.case AS within, i.chosen AS chosen
MATCH (j:Import {space: $space}) WHERE j.authority = authority AND j.name = name AND j.case = within AND j.chosen = chosen
  AND j.state IN ['undoing', 'undone'] RETURN count(j)
"""
UNDOING: LiteralString = "MATCH (i:Import {state: 'undoing'}) RETURN collect(properties(i))"
STANDING: LiteralString = "MATCH (r:Record {import: $id}) WHERE r.space = $space AND r.status <> 'retracted' RETURN collect(r.id)"
LOCK_UNDOING: LiteralString = (
    "MATCH (i:Import {id: $id, state: 'undoing'}) SET i.lock = coalesce(i.lock, 0) + 1 RETURN [i.vis, i.undo_progress]"
)
ADVANCE: LiteralString = "MATCH (i:Import {id: $id}) SET i.undo_progress = $progress, i.state = $state RETURN i.id"
RETRACT: LiteralString = """
UNWIND $ids AS id MATCH (r:Record {id: id}) WHERE r.status <> 'retracted'
SET r.status = 'retracted', r.status_reason = $reason RETURN collect(r.id)
"""
COMING: LiteralString = """
MATCH (i:Import) WHERE size(i.coming) > 0 UNWIND i.coming AS place WITH i, place WHERE coalesce(i.object, '') <> place RETURN collect(place)
"""
NONE_COMING: LiteralString = "MATCH (i:Import) WHERE size(i.coming) > 0 SET i.coming = [] RETURN count(i)"
STOPPED: LiteralString = """
MATCH (i:Import) WHERE i.state IN ['running', 'checking']
SET i.problem = CASE i.state WHEN 'running' THEN $problem ELSE '' END,
  i.state = CASE i.state WHEN 'running' THEN 'cancelled' ELSE 'uploaded' END RETURN count(i)
"""


async def jobs(tx: Tx, scope: Scope, job: str | None = None) -> list[dict[str, Any]]:
    """Return the visible imports of a space, newest first, or the one named."""
    return await tx.rows(JOBS, space=scope.space, vis=scope.vis, id=job)


async def names(tx: Tx, scope: Scope, ids: list[str]) -> dict[str, str]:
    """Return id to name of those of `ids` that are visible imports."""
    return dict(await tx.rows(NAMES, space=scope.space, vis=scope.vis, ids=ids)) if ids else {}


async def create(tx: Tx, row: dict[str, Any]) -> None:
    """Create an import job with all its stored properties."""
    await tx.value(CREATE, row=row)


async def lock(tx: Tx, scope: Scope, job: str) -> dict[str, Any] | None:
    """Take the job's lock and return it, if visible."""
    return await tx.value(LOCK, space=scope.space, vis=scope.vis, id=job)


async def object_of(tx: Tx, space: str, job: str) -> str | None:
    """Return the store key of a job's file behind its lock: a write that is under way is in, or can come in no more."""
    return await tx.value(OBJECT, id=job, space=space)


async def change(tx: Tx, scope: Scope, job: str, changes: dict[str, Any]) -> None:
    """Change stored properties of a visible job."""
    await tx.value(CHANGE, space=scope.space, vis=scope.vis, id=job, changes=changes)


async def keep_refused(tx: Tx, scope: Scope, job: dict[str, Any], place: int, sealed: str) -> None:
    """Keep the refused rows of one batch, sealed under the file's key."""
    await tx.value(KEEP_REFUSED, id=job["id"], space=scope.space, one=job["vis"], place=place, sealed=sealed)


async def refused_places(tx: Tx, scope: Scope, job: str) -> list[int]:
    """Return the places of the batches that refused rows, in order."""
    return await tx.rows(REFUSED_PLACES, vis=scope.vis, id=job)


async def refused(tx: Tx, scope: Scope, job: str, places: list[int]) -> list[tuple[int, str]]:
    """Return (place, sealed rows) of these batches, in order."""
    return [(place, sealed) for place, sealed in await tx.rows(REFUSED, vis=scope.vis, id=job, places=places)]


async def kinds(tx: Tx, space: str, ids: list[str]) -> dict[str, str]:
    """Return the kinds of the entities that exist, by id. These ids are the importer's own data set's, never asked for by others."""
    return dict(await tx.rows(KINDS, ids=ids, space=space))


async def fail(tx: Tx, space: str, job: str, problem: str) -> str | None:
    """Say on a running job why the server could not go on, whoever started it; return the job's class, None if it runs no more."""
    return await tx.value(FAILED, id=job, space=space, problem=problem)


async def stop_all(tx: Tx, problem: str) -> int:
    """Mark every import that a stopped server left running; nothing of it is lost and it can be continued."""
    return await tx.value(STOPPED, problem=problem)


async def coming(tx: Tx) -> list[str]:
    """Return the store keys of files that were announced and did not get to their jobs."""
    return await tx.rows(COMING)


async def none_coming(tx: Tx) -> int:
    """Forget what was announced; no file is on its way when a server starts."""
    return await tx.value(NONE_COMING)


async def forget_refused(tx: Tx, scope: Scope, job: str) -> None:
    """Forget what a check of a file had refused: its import, or another check, tells it anew. The caller holds the job's lock."""
    await tx.value(FORGET_REFUSED, space=scope.space, id=job)


async def undone(tx: Tx, space: str, job: str) -> int:
    """Return how many imports of a job's data set were undone."""
    return await tx.value(UNDONE, id=job, space=space)


async def undoing(tx: Tx) -> list[dict[str, Any]]:
    """Return every import that is to be undone and is not yet, as stored."""
    return await tx.rows(UNDOING)


async def standing(tx: Tx, job: dict[str, Any]) -> list[str]:
    """Return the records that an import brought and nobody retracted, also those that whoever undoes it does not see."""
    return await tx.rows(STANDING, id=job["id"], space=job["space"])


async def lock_undoing(tx: Tx, job: str) -> tuple[str, float] | None:
    """Take the lock of an import that is being undone and return its class and how far it is; None where it is undone already."""
    found = await tx.value(LOCK_UNDOING, id=job)
    return (found[0], found[1]) if found else None


async def advance(tx: Tx, job: str, progress: float, state: str) -> None:
    """Write how far the undoing of an import is."""
    await tx.value(ADVANCE, id=job, progress=progress, state=state)


async def retract(tx: Tx, records: list[str], reason: str) -> list[str]:
    """Retract records of which the caller holds the subjects' locks; return those that stood until now."""
    return await tx.rows(RETRACT, ids=records, reason=reason)
