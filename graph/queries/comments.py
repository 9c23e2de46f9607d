"""What is said about a task. A comment carries no class of its own: it is there where its task is, so raising the task hides it too.

A mention is kept by the person mentioned, so that what waits for one's answer is found without reading what everybody said.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, LiteralString

from graph.access import Scope, visible

if TYPE_CHECKING:
    from graph.driver import Tx

# A place is the moment and the id: always as long, so that a cursor's length tells nothing.
_PLACE: LiteralString = "c.at + ' ' + c.id"
PAGE: LiteralString = (
    "MATCH (t:Task {id: $task, space: $space}) WHERE "
    + visible("t")
    + " MATCH (c:Comment {task: t.id}) WITH c, "
    + _PLACE
    + " AS place ORDER BY place DESC WITH collect([place, c.id]) AS found"
    + " RETURN {total: size(found), rows: [x IN found WHERE $before = '' OR x[0] < $before][..$first]}"
)
AUTHORS: LiteralString = (
    "MATCH (t:Task {id: $task, space: $space}) WHERE " + visible("t") + " MATCH (c:Comment {task: t.id}) RETURN collect(DISTINCT c.by)"
)
COMMENTS: LiteralString = (
    "UNWIND $ids AS id MATCH (c:Comment {id: id}) MATCH (t:Task {id: c.task, space: $space}) WHERE "
    + visible("t")
    + " RETURN collect({comment: properties(c), title: t.title})"
)
# What waits for an answer: said and not withdrawn, the task not closed, nothing said by the person since.
MENTIONS: LiteralString = (
    "MATCH (n:Mention {person: $me}) WHERE n.space = $space WITH collect(n.comment) AS ids UNWIND ids AS id"
    " MATCH (c:Comment {id: id}) WHERE c.state = 'said'"
    " MATCH (t:Task {id: c.task, space: $space}) WHERE "
    + visible("t")
    + " AND NOT t.state IN $closed"
    + " AND NOT EXISTS { MATCH (own:Comment {task: t.id}) WHERE own.by = $me AND own.state = 'said' AND own.at > c.at } WITH c, "
    + _PLACE
    + " AS place ORDER BY place DESC WITH collect([place, c.id]) AS found"
    + " RETURN {total: size(found), rows: [x IN found WHERE $before = '' OR x[0] < $before][..$first]}"
)
CREATE: LiteralString = "CREATE (c:Comment) SET c = $row RETURN c.id"
MENTION: LiteralString = "UNWIND $rows AS row CREATE (n:Mention) SET n = row RETURN count(n)"
LOCK: LiteralString = (
    "MATCH (c:Comment {id: $id}) MATCH (t:Task {id: c.task, space: $space}) WHERE "
    + visible("t")
    + " SET c.lock = coalesce(c.lock, 0) + 1 RETURN {comment: properties(c), vis: t.vis}"
)
WITHDRAW: LiteralString = (
    "MATCH (c:Comment {id: $id}) MATCH (t:Task {id: c.task, space: $space}) WHERE " + visible("t") + " SET c += $changes RETURN c.id"
)


async def page(tx: Tx, scope: Scope, task: str, before: str, first: int) -> tuple[int, list[tuple[str, str]]]:
    """Return how many comments a visible task has, and (place, id) of the first ones before the place `before`; newest first."""
    said = await tx.value(PAGE, space=scope.space, vis=scope.vis, task=task, before=before, first=first)
    return said["total"], [(place, one) for place, one in said["rows"]]


async def mentions(tx: Tx, scope: Scope, closed: list[str], before: str, first: int) -> tuple[int, list[tuple[str, str]]]:
    """Return the same of the comments that mention the reader and wait for an answer."""
    said = await tx.value(MENTIONS, space=scope.space, vis=scope.vis, me=scope.user, closed=closed, before=before, first=first)
    return said["total"], [(place, one) for place, one in said["rows"]]


async def authors(tx: Tx, scope: Scope, task: str) -> list[str]:
    """Return who commented on a visible task."""
    return await tx.rows(AUTHORS, space=scope.space, vis=scope.vis, task=task)


async def comments(tx: Tx, scope: Scope, ids: list[str]) -> list[dict[str, Any]]:
    """Return the comments among `ids` whose task is visible, in that order, with all their stored properties and the task's `title`."""
    rows = await tx.rows(COMMENTS, space=scope.space, vis=scope.vis, ids=ids) if ids else []
    found = {row["comment"]["id"]: {**row["comment"], "title": row["title"]} for row in rows}
    return [found[one] for one in ids if one in found]


async def create(tx: Tx, row: dict[str, Any], mentions: list[dict[str, str]]) -> None:
    """Create a comment with all its stored properties, and its mentions {id, space, person, comment}."""
    await tx.value(CREATE, row=row)
    if mentions:
        await tx.value(MENTION, rows=mentions)


async def lock(tx: Tx, scope: Scope, comment: str) -> tuple[dict[str, Any], str] | None:
    """Take the comment's lock and return it with its task's class, if the task is visible."""
    found = await tx.value(LOCK, space=scope.space, vis=scope.vis, id=comment)
    return (found["comment"], found["vis"]) if found else None


async def withdraw(tx: Tx, scope: Scope, comment: str, changes: dict[str, Any]) -> None:
    """Write on a comment that it is withdrawn; nothing of it is erased."""
    await tx.value(WITHDRAW, space=scope.space, vis=scope.vis, id=comment, changes=changes)
