"""What happened in a space, for one reader: events whose classes they see, of subjects that they see now."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, LiteralString

from graph.access import visible

if TYPE_CHECKING:
    from graph.access import Scope
    from graph.driver import Tx

POSITION: LiteralString = "MATCH (n:Event {id: $id, space: $space}) RETURN n.seq"
RECENT: LiteralString = """
MATCH (n:Event {space: $space}) WHERE n.seq < $before AND size(n.after) > 0 AND n.verb <> 'progress'
  AND (n.after = ['*'] OR all(one IN n.after WHERE one IN $vis))
WITH n ORDER BY n.seq DESC LIMIT $limit
RETURN collect({id: n.id, at: n.at, verb: n.verb, kind: n.kind, subject: n.subject, source: n.source, target: n.target, actor: n.actor,
  record: n.record})
"""
MEMBERSHIPS: LiteralString = """
UNWIND $ids AS id MATCH (u:User)-[:HOLDS]->(m:Membership {id: id})-[:IN]->(:Space {id: $space}) RETURN collect([m.id, u.name])
"""
RECORDS: LiteralString = "UNWIND $ids AS id MATCH (r:Record {id: id, space: $space}) WHERE " + visible("r") + " RETURN collect(r.id)"
NEWEST = 2**62


async def recent(tx: Tx, scope: Scope, before: str | None, limit: int) -> list[dict[str, Any]]:
    """Return events newest first, behind the event `before`; the caller drops those whose subject the reader does not see now."""
    position = await tx.value(POSITION, id=before, space=scope.space) if before else NEWEST
    if position is None:
        return []
    return await tx.rows(RECENT, space=scope.space, vis=scope.vis, before=position, limit=limit)


async def members_named(tx: Tx, scope: Scope, ids: list[str]) -> dict[str, str]:
    """Return membership id to the person's name."""
    return dict(await tx.rows(MEMBERSHIPS, space=scope.space, ids=ids))


async def visible_records(tx: Tx, scope: Scope, ids: list[str]) -> set[str]:
    """Return those of the records `ids` that the reader sees now."""
    return set(await tx.rows(RECORDS, space=scope.space, vis=scope.vis, ids=ids))
