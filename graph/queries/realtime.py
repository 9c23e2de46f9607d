"""What the live hub asks: clocks, events in order, the classes that a subject carries now, sessions that still hold.

These queries return classes, never content: whether a reader may hear of an event is decided in `backend.realtime.rules` from the
reader's scope, which the hub works out in the same transaction. Nothing that they return leaves the server but an id that passed.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, LiteralString, cast

from graph.outbox import CONTROL

if TYPE_CHECKING:
    from collections.abc import Mapping

    from graph.driver import Tx

# A position is (clock, access version): either moving means that the room must be looked at.
POSITIONS: LiteralString = """
UNWIND $spaces AS id
OPTIONAL MATCH (c:Clock {id: id})
OPTIONAL MATCH (s:Space {id: id})
RETURN collect([id, coalesce(c.seq, 0), coalesce(s.access_version, 0)])
"""
CLOCK: LiteralString = "MATCH (c:Clock {id: $space}) RETURN c.seq"
# Three numbers in one row: the control stream and what may be seen, both read after the events that they decide about.
VERSIONS: LiteralString = """
OPTIONAL MATCH (s:Space {id: $space})
OPTIONAL MATCH (c:Clock {id: $control})
RETURN [coalesce(s.access_version, 0), coalesce(s.class_version, 0), coalesce(c.seq, 0)]
"""
# One look-up a number: the embedded engine scans the whole stream for a range.
EVENTS: LiteralString = """
MATCH (c:Clock {id: $space})
WITH CASE WHEN c.seq < $upto THEN c.seq ELSE $upto END AS last
UNWIND range($after + 1, last) AS place
MATCH (n:Event) WHERE n.space = $space AND n.seq = place
RETURN collect([n.seq, n.kind, n.subject, n.before, n.after, n.source, n.target])
"""
STANDINGS: LiteralString = """
MATCH (s:Space {id: $space})
RETURN [COLLECT { MATCH (s)-[:UNDER]->(a:Agreement) RETURN [a.id, a.state, a.valid_from, a.valid_to] }, COLLECT {
  MATCH (u:User)-[:HOLDS]->(m:Membership)-[:IN]->(s)
  RETURN [u.id, u.disabled, m.id, m.role, m.state, m.valid_from, m.valid_to,
    COLLECT { MATCH (m)-[c:CLEARED_FOR]->(k:Marking)
      RETURN k.id + ' ' + c.valid_from + ' ' + c.valid_to + CASE WHEN coalesce(k.strong, false) THEN ' strong' ELSE '' END }]
}]
"""
ENTITY_CLASSES: LiteralString = "UNWIND $ids AS id MATCH (e:Entity {id: id, space: $space}) RETURN collect([e.id, [e.vis]])"
CASE_CLASSES: LiteralString = "UNWIND $ids AS id MATCH (c:Case {id: id, space: $space}) RETURN collect([c.id, [c.vis]])"
IMPORT_CLASSES: LiteralString = "UNWIND $ids AS id MATCH (i:Import {id: id, space: $space}) RETURN collect([i.id, [i.vis]])"
EXHIBIT_CLASSES: LiteralString = "UNWIND $ids AS id MATCH (x:EvidenceItem {id: id, space: $space}) RETURN collect([x.id, [x.vis]])"
TASK_CLASSES: LiteralString = "UNWIND $ids AS id MATCH (t:Task {id: id, space: $space}) RETURN collect([t.id, [t.vis]])"
LINK_CLASSES: LiteralString = """
UNWIND $links AS it
MATCH (s:Entity {id: it.source, space: $space})-[l]->(t:Entity {id: it.target}) WHERE l.id = it.id
RETURN collect([l.id, [l.vis, s.vis, t.vis]])
"""
ENDS: LiteralString = """
UNWIND $ids AS id MATCH (r:Record {about: id}) WHERE r.space = $space AND r.source IS NOT NULL
RETURN collect(DISTINCT {id: r.about, source: r.source, target: r.target})
"""
SESSIONS: LiteralString = """
UNWIND $ids AS id MATCH (x:Session {id: id}) WHERE x.ended = false
MATCH (u:User {id: x.user}) WHERE u.disabled = false
RETURN collect([x.id, x.ends_at, x.seen_at])
"""


@dataclass(frozen=True, slots=True)
class Event:
    """One change as the stream of its space keeps it. `before` and `after`: classes that must all be visible, `("*",)` is everyone."""

    seq: int
    kind: str
    subject: str
    before: tuple[str, ...]
    after: tuple[str, ...]
    source: str | None = None
    target: str | None = None


async def positions(tx: Tx, spaces: list[str]) -> dict[str, tuple[int, int]]:
    """Return (number of the last event, access version) of each stream; zeros where there is none."""
    return {one: (seq, version) for one, seq, version in await tx.rows(POSITIONS, spaces=spaces)}


async def clock(tx: Tx, space: str) -> int:
    """Return the number of the last event of a stream; 0 before the first."""
    return cast("int", await tx.value(CLOCK, space=space) or 0)


async def versions(tx: Tx, space: str) -> tuple[int, int, int]:
    """Return the access and the class version of a space and the number of the last control event; zeros where there is none."""
    said = await tx.value(VERSIONS, space=space, control=CONTROL)
    return (said[0], said[1], said[2])


async def events(tx: Tx, space: str, after: int, upto: int) -> list[Event]:
    """Return the events with `after < seq <= upto` in order, as far as they follow one another without a hole."""
    rows = await tx.rows(EVENTS, space=space, after=after, upto=upto)
    read = (Event(r[0], r[1], r[2], tuple(r[3] or ()), tuple(r[4] or ()), r[5], r[6]) for r in rows)
    found = sorted(read, key=lambda event: event.seq)
    return [each for place, each in enumerate(found, after + 1) if each.seq == place]


async def standings(tx: Tx, space: str) -> dict[str, list[object]]:
    """Return, by person, everything stored that their standing in a space depends on, to tell whether it changed; not what it means."""
    said = cast("tuple[list[list[str]], list[list[Any]]] | None", await tx.value(STANDINGS, space=space))
    agreements, members = said or ([], [])
    found: dict[str, list[object]] = {}
    for row in sorted(members, key=lambda row: (row[0], row[2])):
        found.setdefault(row[0], [sorted(agreements)]).append([*row[1:-1], sorted(row[-1])])
    return found


STORED: dict[str, LiteralString] = {"case": CASE_CLASSES, "import": IMPORT_CLASSES, "task": TASK_CLASSES, "exhibit": EXHIBIT_CLASSES}
"""Kinds of subjects that carry one class of their own, beside entities and links."""


async def classes_of(
    tx: Tx, space: str, ids: list[str], links: list[dict[str, str]], stored: Mapping[str, list[str]]
) -> dict[str, tuple[str, ...]]:
    """Return the classes that must all be visible for each subject to be, as they are now; what does not exist is left out.

    `ids` are entities, `links` {id, source, target}, `stored` ids of each kind of `STORED`.
    """
    found = await tx.rows(ENTITY_CLASSES, space=space, ids=ids) if ids else []
    found += await tx.rows(LINK_CLASSES, space=space, links=links) if links else []
    for kind, query in STORED.items():
        if asked := stored.get(kind):
            found += await tx.rows(query, space=space, ids=asked)
    return {one: tuple(classes) for one, classes in found}


async def ends(tx: Tx, space: str, ids: list[str]) -> list[dict[str, str]]:
    """Return {id, source, target} of those of `ids` that are links, found through their records."""
    return cast("list[dict[str, str]]", await tx.rows(ENDS, space=space, ids=ids))


async def sessions(tx: Tx, ids: list[str]) -> dict[str, tuple[str, str]]:
    """Return (absolute end, last use) of those of the sessions that were not ended and whose person is not disabled."""
    return {one: (ends_at, seen_at) for one, ends_at, seen_at in await tx.rows(SESSIONS, ids=ids)}
