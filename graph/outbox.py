"""The event written in the same transaction as the change, in the order of its space.

The last statement of every write takes the space's clock and creates the events with the numbers drawn: locked last, so the order of
`seq` is the order of commits, without gaps. `before` and `after` are lists of classes that must all be visible (a record's, and for
what is said of a link both its ends'); an empty list means "nobody", `["*"]` means every member of the space.
"""

from __future__ import annotations

import uuid
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, LiteralString

if TYPE_CHECKING:
    from collections.abc import Awaitable, Callable

    from graph.driver import Tx

CONTROL = "control"
EVERYONE = ("*",)
FOLLOWED = "followed"
"""The verb of what nobody did: a link that came or went because one of its ends did."""

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
REMEMBER: LiteralString = "CREATE (m:Mutation {id: $id, result: $result, events: $events, at: $at}) RETURN m.id"
RECALL: LiteralString = "MATCH (m:Mutation {id: $id}) RETURN [m.result, coalesce(m.events, [])]"


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
    stream: str | None = None
    """The space whose members are told, where it is not the one that is being changed."""
    id: str = field(default_factory=lambda: str(uuid.uuid4()), compare=False)
    """The id of the event that will tell of it."""


@dataclass(frozen=True, slots=True)
class Done:
    """What a mutation made, and the ids of the events that tell of it."""

    made: str
    events: list[str]


async def once(tx: Tx, space: str, actor: str, at: str, key: str, work: Callable[[], Awaitable[tuple[str, list[Change]]]]) -> Done:
    """Do a mutation unless it was done under this key: the key first, the work, then its answer and its events are written.

    So a change whose answer was lost, on the way to the caller or to us, is done once and told by the same events however often it is
    asked for.
    """
    known = await recall(tx, actor, key)
    if known:
        return known
    made, changes = await work()
    await remember(tx, actor, key, Done(made, [it.id for it in changes]), at)
    for stream in sorted(dict.fromkeys(it.stream or space for it in changes), key=lambda one: one == space):
        await append(tx, stream, actor, at, [it for it in changes if (it.stream or space) == stream])
    return Done(made, [it.id for it in changes])


async def append(tx: Tx, space: str, actor: str, at: str, changes: list[Change]) -> list[str]:
    """Write the events of one change; return their ids. Must be the last statement of the unit of work."""
    events = [
        {
            "id": it.id, "place": place, "kind": it.kind, "verb": it.verb, "subject": it.subject, "before": list(it.before),
            "after": list(it.after), "source": it.source, "target": it.target, "record": it.record,
        }
        for place, it in enumerate(changes, 1)
    ]  # fmt: skip
    await tx.value(APPEND, space=space, count=len(events), events=events, actor=actor, at=at)
    return [it.id for it in changes]


async def recall(tx: Tx, actor: str, key: str) -> Done | None:
    """Return what an earlier run of this mutation made, or None: first statement after the scope."""
    found = await tx.value(RECALL, id=actor + ":" + key)
    return Done(found[0], found[1]) if found else None


async def remember(tx: Tx, actor: str, key: str, done: Done, at: str) -> None:
    """Keep what this mutation made under the caller's idempotency key."""
    await tx.value(REMEMBER, id=actor + ":" + key, result=done.made, events=done.events, at=at)
