"""What the server looks at in the files of exhibits: whether they are as they came, whether a virus scanner finds something in them.

That is the server's own work, whoever sees the exhibit: nothing of it is returned but what the server goes on with.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, LiteralString

from graph.queries import evidence_challenges

if TYPE_CHECKING:
    from graph.driver import Tx

FILE: LiteralString = """
MATCH (x:EvidenceItem {id: $exhibit}) MATCH (f:StoredFile {exhibit: x.id}) WHERE f.state = 'stored'
OPTIONAL MATCH (p:FilePart {file: f.id}) WITH x, f, p ORDER BY p.place
WITH x, f, collect(properties(p)) AS parts
RETURN {exhibit: properties(x), file: properties(f), parts: parts}
"""
CHECKING: LiteralString = "MATCH (x:EvidenceItem {checking: 'waiting'}) RETURN collect(x.id)"
TO_SCAN: LiteralString = "UNWIND ['waiting', 'failed'] AS state MATCH (x:EvidenceItem {scan: state}) RETURN collect(x.id)"
LOCK: LiteralString = "MATCH (x:EvidenceItem {id: $exhibit}) SET x.lock = coalesce(x.lock, 0) + 1 RETURN properties(x)"
SET: LiteralString = "UNWIND $rows AS row MATCH (x:EvidenceItem {id: row.id}) SET x += row RETURN count(x)"


async def file(tx: Tx, exhibit: str) -> dict[str, Any] | None:
    """Return {exhibit, file, parts} of an exhibit with a file, parts in order; None where there is none."""
    return await tx.value(FILE, exhibit=exhibit)


async def checking(tx: Tx) -> list[str]:
    """Return the exhibits whose hash somebody asked to have checked."""
    return await tx.rows(CHECKING)


async def to_scan(tx: Tx) -> list[str]:
    """Return the exhibits whose file was not scanned yet."""
    return await tx.rows(TO_SCAN)


async def family(tx: Tx, exhibit: str) -> list[dict[str, Any]]:
    """Lock an exhibit and all that was derived from it and return them, each behind what it was derived from.

    The root is locked first: of two who look at exhibits of one root the second waits.
    """
    one = await tx.value(LOCK, exhibit=exhibit)
    await tx.value(LOCK, exhibit=one["root"])
    found, level = list[dict[str, Any]](), [exhibit]
    while level:
        found += [await tx.value(LOCK, exhibit=each) for each in level]
        level = sorted(await tx.rows(evidence_challenges.BELOW, ids=level))
    return found


async def lock(tx: Tx, exhibit: str) -> dict[str, Any]:
    """Take the lock of an exhibit and return it."""
    return await tx.value(LOCK, exhibit=exhibit)


async def set_checked(tx: Tx, rows: list[dict[str, Any]]) -> None:
    """Write what was found on exhibits {id, …}."""
    await tx.value(SET, rows=rows)
