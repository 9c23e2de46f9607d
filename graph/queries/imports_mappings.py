"""Mappings that people of an agency keep for tables that come again. Each stands under the markings of the import that it was made for."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, LiteralString

from graph.access import Scope, visible

if TYPE_CHECKING:
    from graph.driver import Tx

MAPPINGS: LiteralString = (
    "MATCH (m:ImportMapping {space: $space, agency: $agency}) WHERE "
    + visible("m")
    + " WITH m ORDER BY m.name, m.id RETURN collect(properties(m))"
)
KEEP: LiteralString = "MERGE (m:ImportMapping {id: $id}) SET m = $row RETURN m.id"
FORGET: LiteralString = (
    "MATCH (m:ImportMapping {id: $id, space: $space, agency: $agency}) WHERE "
    + visible("m")
    + " WITH m, [m.import, m.vis] AS said DELETE m RETURN said"
)


async def mappings(tx: Tx, scope: Scope) -> list[dict[str, Any]]:
    """Return the visible mappings of the reader's agency, by name."""
    return await tx.rows(MAPPINGS, space=scope.space, vis=scope.vis, agency=scope.agency)


async def keep(tx: Tx, row: dict[str, Any]) -> None:
    """Keep a mapping {id, space, vis, markings, agency, name, by, at, import, format, columns, mapping}, in place of what has its id."""
    await tx.value(KEEP, id=row["id"], row=row)


async def forget(tx: Tx, scope: Scope, mapping: str) -> tuple[str, str] | None:
    """Delete a visible mapping of the reader's agency; return (import, class) that it was made for, None where there is none."""
    found = await tx.value(FORGET, space=scope.space, vis=scope.vis, agency=scope.agency, id=mapping)
    return (found[0], found[1]) if found else None
