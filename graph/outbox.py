"""The event written in the same transaction as the change, in the order of its space.

The last statement of every write takes the space's clock and creates the events with the numbers drawn: locked last, so the order of
`seq` is the order of commits, without gaps. `before` and `after` are lists of classes that must all be visible (a record's, and for
what is said of a link both its ends'); an empty list means "nobody", `["*"]` means every member of the space.
"""

from __future__ import annotations

import uuid
from dataclasses import dataclass
from typing import TYPE_CHECKING, LiteralString

if TYPE_CHECKING:
    from graph.driver import Tx

CONTROL = "control"
EVERYONE = ("*",)

APPEND: LiteralString = """
MERGE (c:Clock {id: $space})
ON CREATE SET c.seq = 0
SET c.seq = c.seq + $count
WITH c.seq - $count AS base
UNWIND $events AS e
CREATE (n:Event {id: e.id, space: $space, seq: base + e.place, kind: e.kind, verb: e.verb, subject: e.subject,
  record: e.record,
  source: e.source, target: e.target, before: e.before, after: e.after, actor: $actor, at: $at})
RETURN max(n.seq)
"""
REMEMBER: LiteralString = "CREATE (m:Mutation {id: $id, result: $result, at: $at}) RETURN m.id"
RECALL: LiteralString = "MATCH (m:Mutation {id: $id}) RETURN m.result"


@dataclass(frozen=True, slots=True)
class Change:
    """One thing that changed: `kind` and `subject` are all that a notice will carry. `record` is the one by which it changed."""

    kind: str
    verb: str
    subject: str
    before: tuple[str, ...] = ()
    after: tuple[str, ...] = ()
    source: str | None = None
    target: str | None = None
    record: str | None = None


async def append(tx: Tx, space: str, actor: str, at: str, changes: list[Change]) -> list[str]:
    """Write the events of one change; return their ids. Must be the last statement of the unit of work."""
    events = [
        {
            "id": str(uuid.uuid4()), "place": place, "kind": it.kind, "verb": it.verb, "subject": it.subject,
            "before": list(it.before), "after": list(it.after), "source": it.source, "target": it.target,
            "record": it.record,
        }
        for place, it in enumerate(changes, 1)
    ]  # fmt: skip
    await tx.value(APPEND, space=space, count=len(events), events=events, actor=actor, at=at)
    return [str(event["id"]) for event in events]


async def recall(tx: Tx, actor: str, key: str) -> str | None:
    """Return what an earlier run of this mutation made, or None: first statement after the scope."""
    return await tx.value(RECALL, id=actor + ":" + key)


async def remember(tx: Tx, actor: str, key: str, result: str, at: str) -> None:
    """Keep what this mutation made under the caller's idempotency key."""
    await tx.value(REMEMBER, id=actor + ":" + key, result=result, at=at)
