"""Tasks. A task carries markings directly, its case's among them; its class is that one set.

What it is about is kept as ids: an entity, link or further case that the reader does not see is left out where the task is read, so a
task tells nothing of it, not even that there is something.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, LiteralString

from graph.access import Scope, visible, visible_link

if TYPE_CHECKING:
    from graph.driver import Tx

# A place is whether it is closed, when it is due and the id: always as long, so that a cursor's length tells nothing.
PAGE: LiteralString = (
    "MATCH (t:Task {space: $space}) WHERE "
    + visible("t")
    + " AND ($case IS NULL OR t.case = $case OR $case IN t.about) AND ($states IS NULL OR t.state IN $states)"
    + " AND ($assignees IS NULL OR t.assignee IN $assignees) AND ($agency IS NULL OR t.assignee_agency = $agency)"
    + " AND ($about IS NULL OR any(one IN t.about WHERE one IN $about))"
    + " AND ($late_at IS NULL OR (t.due < $late_at AND NOT t.state IN $closed))"
    + " WITH CASE WHEN t.state IN $closed THEN '1 ' ELSE '0 ' END + t.due + ' ' + t.id AS place ORDER BY place"
    + " WITH collect(place) AS places RETURN {total: size(places), rows: [x IN places WHERE x > $after][..$first]}"
)
TASKS: LiteralString = "UNWIND $ids AS id MATCH (t:Task {id: id, space: $space}) WHERE " + visible("t") + " RETURN collect(properties(t))"
TITLES: LiteralString = (
    "UNWIND $ids AS id MATCH (t:Task {id: id, space: $space}) WHERE " + visible("t") + " RETURN collect([t.id, t.title])"
)
LINKS: LiteralString = (
    "UNWIND $ids AS id MATCH (r:Record {about: id}) WHERE r.space = $space AND "
    + visible("r")
    + " WITH DISTINCT id, r.source AS source, r.target AS target"
    + " MATCH (s:Entity {id: source})-[l]->(o:Entity {id: target}) WHERE l.id = id AND "
    + visible_link("s", "l", "o")
    + " RETURN collect([l.id, l.kind, s.id, o.id])"
)
CREATE: LiteralString = "CREATE (t:Task) SET t = $row RETURN t.id"
LOCK: LiteralString = (
    "MATCH (t:Task {id: $id, space: $space}) WHERE " + visible("t") + " SET t.lock = coalesce(t.lock, 0) + 1 RETURN properties(t)"
)
CHANGE: LiteralString = "MATCH (t:Task {id: $id, space: $space}) WHERE " + visible("t") + " SET t += $changes RETURN t.id"


@dataclass(frozen=True, slots=True)
class Filter:
    """Which tasks are wanted; None leaves a question open.

    `case`: of which it is, or to which it is linked; `assignees`: people and roles; `about`: entities or links, any of them.
    """

    case: str | None = None
    states: list[str] | None = None
    assignees: list[str] | None = None
    agency: str | None = None
    about: list[str] | None = None
    late_at: str | None = None


async def page(tx: Tx, scope: Scope, wanted: Filter, closed: list[str], after: str, first: int) -> tuple[int, list[tuple[str, str]]]:
    """Return how many visible tasks pass the filter, and (place, id) of the first ones behind `after`; open ones first, by due date."""
    said = await tx.value(
        PAGE, space=scope.space, vis=scope.vis, case=wanted.case, states=wanted.states, assignees=wanted.assignees, agency=wanted.agency,
        about=wanted.about, late_at=wanted.late_at, closed=closed, after=after, first=first,
    )  # fmt: skip
    return said["total"], [(place, place.rsplit(" ", 1)[1]) for place in said["rows"]]


async def tasks(tx: Tx, scope: Scope, ids: list[str]) -> list[dict[str, Any]]:
    """Return the visible tasks among `ids`, in that order, with all their stored properties."""
    found = {row["id"]: row for row in await tx.rows(TASKS, space=scope.space, vis=scope.vis, ids=ids)}
    return [found[one] for one in ids if one in found]


async def titles(tx: Tx, scope: Scope, ids: list[str]) -> dict[str, str]:
    """Return id to title of the visible tasks among `ids`."""
    return dict(await tx.rows(TITLES, space=scope.space, vis=scope.vis, ids=ids)) if ids else {}


async def links(tx: Tx, scope: Scope, ids: list[str]) -> dict[str, tuple[str, str, str]]:
    """Return id to (kind, source, target) of the visible links among `ids`, found through their records."""
    if not ids:
        return {}
    return {one: (kind, source, target) for one, kind, source, target in await tx.rows(LINKS, space=scope.space, vis=scope.vis, ids=ids)}


async def create(tx: Tx, row: dict[str, Any]) -> None:
    """Create a task with all its stored properties."""
    await tx.value(CREATE, row=row)


async def lock(tx: Tx, scope: Scope, task: str) -> dict[str, Any] | None:
    """Take the task's lock and return it, if visible."""
    return await tx.value(LOCK, space=scope.space, vis=scope.vis, id=task)


async def change(tx: Tx, scope: Scope, task: str, changes: dict[str, Any]) -> None:
    """Change stored properties of a visible task."""
    await tx.value(CHANGE, space=scope.space, vis=scope.vis, id=task, changes=changes)
