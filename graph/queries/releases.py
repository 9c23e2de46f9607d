"""Logged decisions of an owning authority that take markings off a record, a case or an import."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, LiteralString

if TYPE_CHECKING:
    from graph.driver import Tx

CREATE_RELEASE: LiteralString = "CREATE (d:Release) SET d = $row, d.space = $space RETURN d.id"


async def create(tx: Tx, space: str, row: dict[str, Any]) -> None:
    """Keep a decision {id, record or case or import, markings, reason, by, at, authority}."""
    await tx.value(CREATE_RELEASE, space=space, row=row)
