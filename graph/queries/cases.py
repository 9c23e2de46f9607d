"""Case files. A case carries markings directly; its class is that one set."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, LiteralString

from graph.access import Scope, visible
from graph.driver import Stale

if TYPE_CHECKING:
    from collections.abc import Mapping

    from graph.driver import Tx

CASES: LiteralString = (
    "MATCH (c:Case {space: $space}) WHERE "
    + visible("c")
    + " AND ($id IS NULL OR c.id = $id) WITH c ORDER BY c.title, c.id RETURN collect(properties(c))"
)
ENTITY_COUNTS: LiteralString = (
    "UNWIND $ids AS id MATCH (r:Record {case: id})-[:ABOUT]->(e:Entity) WHERE r.space = $space AND "
    + visible("r")
    + " AND "
    + visible("e")
    + " WITH id, count(DISTINCT e.id) AS number RETURN collect([id, number])"
)
THERE: LiteralString = "MATCH (c:Case {id: $id, space: $space}) WHERE " + visible("c") + " RETURN c.id"
TITLES: LiteralString = "MATCH (c:Case {space: $space}) WHERE " + visible("c") + " RETURN collect([c.id, c.title])"
CREATE_CASE: LiteralString = "CREATE (c:Case) SET c = $row RETURN c.id"
UPDATE_CASE: LiteralString = (
    "MATCH (c:Case {id: $id, space: $space}) WHERE " + visible("c") + " SET c += $changes, c.revision = c.revision + 1 RETURN c.id"
)
LOCK_CASE: LiteralString = (
    "MATCH (c:Case {id: $id, space: $space}) WHERE " + visible("c") + " SET c.lock = coalesce(c.lock, 0) + 1 RETURN properties(c)"
)


MARKINGS_OF: LiteralString = "MATCH (c:Case {id: $id, space: $space}) WHERE " + visible("c") + " RETURN c.markings"
# The write takes the case's lock: whoever raises its markings meanwhile is seen here, or waits until this unit of work is in.
HOLD: LiteralString = "UNWIND $ids AS id MATCH (c:Case {id: id}) SET c.lock = coalesce(c.lock, 0) + 1 RETURN collect([c.id, c.markings])"


async def cases(tx: Tx, scope: Scope, case_id: str | None = None) -> list[dict[str, Any]]:
    """Return visible cases as {case, entities}, the latter a count of visible ones."""
    found: list[dict[str, Any]] = await tx.rows(CASES, space=scope.space, vis=scope.vis, id=case_id)
    counts = dict(await tx.rows(ENTITY_COUNTS, space=scope.space, vis=scope.vis, ids=[case["id"] for case in found]))
    return [{"case": case, "entities": counts.get(case["id"], 0)} for case in found]


async def there(tx: Tx, scope: Scope, case_id: str) -> bool:
    """Say whether the reader sees a case of this id."""
    return await tx.value(THERE, space=scope.space, vis=scope.vis, id=case_id) is not None


async def titles(tx: Tx, scope: Scope) -> dict[str, str]:
    """Return id to title of the visible cases."""
    return dict(await tx.rows(TITLES, space=scope.space, vis=scope.vis))


async def markings_of(tx: Tx, scope: Scope, case_id: str) -> frozenset[str] | None:
    """Return the markings that a visible case hands on, None where there is no such case."""
    found = await tx.value(MARKINGS_OF, space=scope.space, vis=scope.vis, id=case_id)
    return None if found is None else frozenset(found)


async def hold(tx: Tx, entered: Mapping[str, frozenset[str]]) -> None:
    """Make sure that what this unit of work enters in cases, by case id, carries the cases' markings as they are when it commits.

    Among its last statements, so that the lock is short. Raises `Stale` where a case was raised since it was looked at.
    """
    for one, markings in await tx.rows(HOLD, ids=sorted(entered)):
        if not frozenset(markings) <= entered[one]:
            raise Stale


async def create(tx: Tx, row: dict[str, Any]) -> None:
    """Create a case with all its stored properties."""
    await tx.value(CREATE_CASE, row=row)


async def lock(tx: Tx, scope: Scope, case_id: str) -> dict[str, Any] | None:
    """Take the case's lock and return it, if visible."""
    return await tx.value(LOCK_CASE, space=scope.space, vis=scope.vis, id=case_id)


async def update(tx: Tx, scope: Scope, case_id: str, changes: dict[str, Any]) -> None:
    """Change stored properties of a visible case."""
    await tx.value(UPDATE_CASE, space=scope.space, vis=scope.vis, id=case_id, changes=changes)
