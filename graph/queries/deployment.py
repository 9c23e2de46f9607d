"""What is kept of the deployment itself."""

from __future__ import annotations

from typing import TYPE_CHECKING, LiteralString

if TYPE_CHECKING:
    from graph.driver import Tx

LOADED: LiteralString = "MATCH (d:DemoLoaded {id: 'this'}) RETURN true"
MARK_LOADED: LiteralString = "MERGE (d:DemoLoaded {id: 'this'}) SET d.at = $at RETURN true"


async def demo_loaded(tx: Tx) -> bool:
    """Say whether the demo case was loaded to its end."""
    return bool(await tx.value(LOADED))


async def mark_demo_loaded(tx: Tx, at: str) -> None:
    """Say that the demo case was loaded to its end."""
    await tx.value(MARK_LOADED, at=at)
