"""What `joinder verify` reads of the whole deployment: files with their parts, exhibits with their custody, the events of each space."""

from __future__ import annotations

from collections import defaultdict
from typing import TYPE_CHECKING, Any, LiteralString

if TYPE_CHECKING:
    from graph.driver import Tx

PAGE = 200
# The state behind a WITH: with both conditions in one WHERE the embedded engine reads all files for each page.
FILES: LiteralString = """
MATCH (f:StoredFile) WHERE f.id > $after WITH f WHERE f.state = 'stored'
WITH f ORDER BY f.id LIMIT $most RETURN collect(properties(f))
"""
PARTS: LiteralString = (
    "UNWIND $ids AS id MATCH (p:FilePart {file: id}) WHERE p.state = 'stored' WITH p ORDER BY p.place RETURN collect(properties(p))"
)
CHAINS: LiteralString = """
MATCH (x:EvidenceItem) WHERE x.id > $after WITH x ORDER BY x.id LIMIT $most
RETURN collect([x.id, coalesce(x.custody_count, 0), coalesce(x.custody_hash, '')])
"""
SOME_CHAINS: LiteralString = """
UNWIND $ids AS id MATCH (x:EvidenceItem {id: id}) RETURN collect([x.id, coalesce(x.custody_count, 0), coalesce(x.custody_hash, '')])
"""
CHAINED: LiteralString = "UNWIND $ids AS id MATCH (c:CustodyEvent {exhibit: id}) WITH c ORDER BY c.seq RETURN collect(properties(c))"
CLOCKS: LiteralString = "MATCH (c:Clock) WITH c ORDER BY c.id RETURN collect([c.id, c.seq])"
# One look-up a number: the embedded engine scans the whole stream for a range.
NUMBERED: LiteralString = """
UNWIND range($after + 1, $upto) AS place MATCH (n:Event) WHERE n.space = $space AND n.seq = place RETURN collect(n.seq)
"""


async def files(tx: Tx, after: str) -> list[tuple[dict[str, Any], list[dict[str, Any]]]]:
    """Return a page of stored files behind an id, in order, each with its parts {object, sealed_as, bytes} in order."""
    found = await tx.rows(FILES, after=after, most=PAGE)
    parts = defaultdict[str, list[dict[str, Any]]](list)
    for part in await tx.rows(PARTS, ids=[row["id"] for row in found]) if found else []:
        parts[part["file"]].append(part)
    return [(row, parts[row["id"]]) for row in found]


Chain = tuple[str, int, str, list[dict[str, Any]]]
"""(exhibit, how many events it must have, the hash of the last, the events in order)"""


async def chains(tx: Tx, after: str, most: int = PAGE) -> list[Chain]:
    """Return a page of chains behind an exhibit's id."""
    return await _with_events(tx, await tx.rows(CHAINS, after=after, most=most))


async def chains_of(tx: Tx, exhibits: list[str]) -> list[Chain]:
    """Return the chains of these exhibits again."""
    return await _with_events(tx, await tx.rows(SOME_CHAINS, ids=exhibits))


async def _with_events(tx: Tx, found: list[tuple[str, int, str]]) -> list[Chain]:
    events = defaultdict[str, list[dict[str, Any]]](list)
    for event in await tx.rows(CHAINED, ids=[row[0] for row in found]) if found else []:
        events[event["exhibit"]].append(event)
    return [(one, count, last, events[one]) for one, count, last in found]


async def clocks(tx: Tx) -> list[tuple[str, int]]:
    """Return (space, number of its last event), in order."""
    return [(space, seq) for space, seq in await tx.rows(CLOCKS)]


async def numbered(tx: Tx, space: str, after: int, upto: int) -> list[int]:
    """Return the numbers of the events of a space behind `after`, up to `upto`, each as often as there is an event with it."""
    return await tx.rows(NUMBERED, space=space, after=after, upto=upto)
