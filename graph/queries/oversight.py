"""What the audit log is held against: events by number, of every space, and how far each stream is known to be logged.

Nothing here returns content, and nothing of it leaves the server: ids and kinds go from one record of the deployment to the other.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, LiteralString

if TYPE_CHECKING:
    from graph.driver import Tx

BEHIND: LiteralString = """
MATCH (c:Clock) WHERE c.seq > coalesce(c.logged, 0) RETURN collect([c.id, coalesce(c.logged, 0), c.seq])
"""
# One look-up a number: the embedded engine scans the whole stream for a range.
HAPPENED: LiteralString = """
UNWIND range($after + 1, $upto) AS place
MATCH (n:Event) WHERE n.space = $space AND n.seq = place
RETURN collect([n.seq, n.id, n.kind, n.verb, n.subject, n.actor, n.at])
"""
LOGGED: LiteralString = "MATCH (c:Clock {id: $space}) SET c.logged = $seq RETURN c.logged"


@dataclass(frozen=True, slots=True)
class Happened:
    """An event as the audit log tells of it."""

    seq: int
    id: str
    kind: str
    verb: str
    subject: str
    actor: str
    at: str


async def behind(tx: Tx) -> list[tuple[str, int, int]]:
    """Return (space, number up to which its events are known to be logged, number of its last event) where these differ."""
    return [(space, logged, seq) for space, logged, seq in await tx.rows(BEHIND)]


async def happened(tx: Tx, space: str, after: int, upto: int) -> list[Happened]:
    """Return the events with `after < seq <= upto`, in order."""
    found = [Happened(*row) for row in await tx.rows(HAPPENED, space=space, after=after, upto=upto)]
    return sorted(found, key=lambda event: event.seq)


async def logged(tx: Tx, space: str, seq: int) -> None:
    """Keep that every event up to this number is logged."""
    await tx.value(LOGGED, space=space, seq=seq)
