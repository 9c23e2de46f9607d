"""Pages of exhibits as the reading process found them. A page is there where its exhibit is.

Reading is the server's own work, whoever sees the exhibit: those queries return nothing that leaves it.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, LiteralString

from graph.access import Scope, visible

if TYPE_CHECKING:
    from graph.driver import Tx

STATE: LiteralString = (
    "MATCH (x:EvidenceItem {id: $exhibit, space: $space}) WHERE "
    + visible("x")
    + " RETURN {state: coalesce(x.reading, 'none'), problem: coalesce(x.reading_problem, ''), total: coalesce(x.pages, 0),"
    + " scan: x.scan, family: x.family}"
)
# The pages first: behind another MATCH the embedded engine finds nothing by an unwound id.
PAGES: LiteralString = (
    "UNWIND $ids AS id MATCH (p:ExhibitPage {id: id}) MATCH (x:EvidenceItem {id: p.exhibit, space: $space}) WHERE x.id = $exhibit AND "
    + visible("x")
    + " WITH p ORDER BY p.number RETURN collect(properties(p))"
)
# No rank, whose figures move with hidden pages: an order of visible things only. What is infected is not shown.
SEARCH: LiteralString = (
    "CALL db.index.fulltext.queryNodes($index, $query) YIELD node WITH node AS p WHERE p.space = $space"
    " MATCH (x:EvidenceItem {id: p.exhibit, space: $space}) WHERE "
    + visible("x")
    + " AND coalesce(x.scan, '') <> 'infected' WITH x, p ORDER BY x.number, p.number LIMIT $first"
    " RETURN collect({id: x.id, number: x.number, title: x.title, family: x.family, page: p.number, text: p.text})"
)
WAITING: LiteralString = "MATCH (x:EvidenceItem {reading: 'waiting'}) RETURN collect(x.id)"
TO_READ: LiteralString = """
MATCH (x:EvidenceItem {id: $exhibit}) WHERE x.reading = 'waiting' MATCH (f:StoredFile {exhibit: x.id}) WHERE f.state = 'stored'
OPTIONAL MATCH (p:FilePart {file: f.id}) WITH x, f, p ORDER BY p.place
WITH x, f, collect(properties(p)) AS parts
RETURN {exhibit: properties(x), file: properties(f), parts: parts}
"""
KEEP: LiteralString = "UNWIND $rows AS row MERGE (p:ExhibitPage {id: row.id}) SET p += row RETURN count(p)"
DONE: LiteralString = """
MATCH (x:EvidenceItem {id: $exhibit}) WHERE x.reading = 'waiting'
SET x.reading = $state, x.reading_problem = $problem, x.pages = $total RETURN x.vis
"""


def page_id(exhibit: str, number: int) -> str:
    """Return the id of a page of an exhibit."""
    return f"{exhibit} {number}"


async def state(tx: Tx, scope: Scope, exhibit: str) -> dict[str, Any] | None:
    """Return {state, problem, total, scan, family} of the pages of a visible exhibit; None where there is none."""
    return await tx.value(STATE, space=scope.space, vis=scope.vis, exhibit=exhibit)


async def pages(tx: Tx, scope: Scope, exhibit: str, numbers: list[int]) -> list[dict[str, Any]]:
    """Return pages {number, width, height, text, words} of a visible exhibit."""
    return await tx.rows(PAGES, space=scope.space, vis=scope.vis, exhibit=exhibit, ids=[page_id(exhibit, number) for number in numbers])


async def search(tx: Tx, scope: Scope, query: str, first: int) -> list[dict[str, Any]]:
    """Return the first pages of visible exhibits that match an escaped full-text query, by exhibit number and page.

    Each is {id, number, title, family, page, text}, the first four of its exhibit.
    """
    return await tx.rows(SEARCH, index=tx.dialect.pages, space=scope.space, vis=scope.vis, query=query, first=first)


async def waiting(tx: Tx) -> list[str]:
    """Return the exhibits whose pages are to be read."""
    return await tx.rows(WAITING)


async def to_read(tx: Tx, exhibit: str) -> dict[str, Any] | None:
    """Return {exhibit, file, parts} of an exhibit whose pages are to be read; None where they are not."""
    return await tx.value(TO_READ, exhibit=exhibit)


async def keep(tx: Tx, rows: list[dict[str, Any]]) -> None:
    """Keep pages {id, space, exhibit, number, width, height, text, words, search}; one that is there is written again."""
    await tx.value(KEEP, rows=rows)


async def done(tx: Tx, exhibit: str, state: str, problem: str, total: int) -> str | None:
    """Write that the pages of an exhibit are read, or why not; return its class, None where that was written already."""
    return await tx.value(DONE, exhibit=exhibit, state=state, problem=problem, total=total)
