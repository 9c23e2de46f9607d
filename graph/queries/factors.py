"""Second factors of local accounts, each under the id of its person. Secrets come here sealed, recovery codes as hashes."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, LiteralString

if TYPE_CHECKING:
    from graph.driver import Tx

FACTOR: LiteralString = "MATCH (:User {id: $user})-[:PROVES_BY]->(f:SecondFactor) RETURN properties(f)"
# The write comes first: it takes the factor's lock, so that of two who use one code at once the second finds it used.
LOCK: LiteralString = """
MATCH (:User {id: $user})-[:PROVES_BY]->(f:SecondFactor) SET f.tries = coalesce(f.tries, 0) + 1 RETURN properties(f)
"""
BEGIN: LiteralString = """
MATCH (u:User {id: $user}) MERGE (f:SecondFactor {id: $user})
ON CREATE SET f.sealed = '', f.last_step = 0, f.codes = []
SET f.next = $next
MERGE (u)-[:PROVES_BY]->(f) RETURN f.id
"""
CHANGE: LiteralString = "MATCH (:User {id: $user})-[:PROVES_BY]->(f:SecondFactor) SET f += $changes RETURN f.id"


async def factor(tx: Tx, user: str) -> dict[str, Any] | None:
    """Return {sealed, next, last_step, codes, at} of a person, or None; `sealed` is empty while it was never confirmed."""
    return await tx.value(FACTOR, user=user)


async def lock(tx: Tx, user: str) -> dict[str, Any] | None:
    """Lock and return the same."""
    return await tx.value(LOCK, user=user)


async def begin(tx: Tx, user: str, sealed: str) -> None:
    """Keep a new sealed secret beside the one that holds, until it is confirmed."""
    await tx.value(BEGIN, user=user, next=sealed)


async def change(tx: Tx, user: str, changes: dict[str, Any]) -> None:
    """Change what is kept of a person's factor."""
    await tx.value(CHANGE, user=user, changes=changes)
