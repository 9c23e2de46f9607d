"""Which authority made a marking: of older ones, the one whose person it was."""

from __future__ import annotations

from typing import LiteralString

STATEMENTS: tuple[LiteralString, ...] = (
    (
        "MATCH (k:Marking) WHERE k.authority IS NULL"
        " MATCH (n:Event {space: k.space}) WHERE n.kind = 'marking' AND n.verb = 'created' AND n.subject = k.id"
        " MATCH (u:User {id: n.actor})-[:SERVES]->(g:Agency) SET k.authority = g.id RETURN count(k)"
    ),
)
