"""What happened in a space, for one reader: events whose classes they see, of subjects that they see now."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, LiteralString

from graph.access import visible

if TYPE_CHECKING:
    from graph.access import Scope
    from graph.driver import Tx

NEWEST: LiteralString = "MATCH (c:Clock {id: $space}) RETURN c.seq + 1"
# One look-up a number: the embedded engine reads the whole stream for a range.
RECENT: LiteralString = """
UNWIND range($from, $upto) AS place
MATCH (n:Event) WHERE n.space = $space AND n.seq = place AND size(n.after) > 0
  AND NOT n.verb IN ['progress', 'followed', 'raised', 'linked', 'read', 'arrived']
  AND (n.after = ['*'] OR all(one IN n.after WHERE one IN $vis))
WITH n ORDER BY n.seq DESC LIMIT $limit
RETURN collect({id: n.id, seq: n.seq, at: n.at, verb: n.verb, kind: n.kind, subject: n.subject, source: n.source, target: n.target,
  actor: n.actor, record: n.record})
"""
MEMBERSHIPS: LiteralString = """
UNWIND $ids AS id MATCH (m:Membership {id: id})-[:IN]->(:Space {id: $space}) MATCH (m)<-[:HOLDS]-(u:User) RETURN collect([m.id, u.name])
"""
RECORDS: LiteralString = "UNWIND $ids AS id MATCH (r:Record {id: id, space: $space}) WHERE " + visible("r") + " RETURN collect(r.id)"
SPACE_NAME: LiteralString = "MATCH (s:Space {id: $space}) RETURN s.name"
FIRST_WINDOW, WIDEST_WINDOW = 500, 8_000


async def recent(tx: Tx, scope: Scope, before: int | None, limit: int) -> list[dict[str, Any]]:
    """Return events newest first, older than number `before`; the caller drops those whose subject the reader does not see now.

    Fewer than `limit` only where the stream has no more. It is read backwards in windows that widen, so that a long past costs nothing.
    """
    end, window = before or await tx.value(NEWEST, space=scope.space) or 1, FIRST_WINDOW
    found: list[dict[str, Any]] = []
    while len(found) < limit and end > 1:
        numbers = {"from": max(end - window, 1), "upto": end - 1}
        found += await tx.rows(RECENT, space=scope.space, vis=scope.vis, **numbers, limit=limit - len(found))
        end, window = numbers["from"], min(window * 2, WIDEST_WINDOW)
    return found


async def members_named(tx: Tx, scope: Scope, ids: list[str]) -> dict[str, str]:
    """Return membership id to the person's name."""
    return dict(await tx.rows(MEMBERSHIPS, space=scope.space, ids=ids))


async def visible_records(tx: Tx, scope: Scope, ids: list[str]) -> set[str]:
    """Return those of the records `ids` that the reader sees now."""
    return set(await tx.rows(RECORDS, space=scope.space, vis=scope.vis, ids=ids))


async def space_name(tx: Tx, scope: Scope) -> str:
    """Return what the space is called, for events of its agreement."""
    return await tx.value(SPACE_NAME, space=scope.space)
