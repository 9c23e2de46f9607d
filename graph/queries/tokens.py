"""API tokens: sessions that scripts hold, as `graph.queries.auth` reads and ends them. Keyed by unguessable ids, or by their own person."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, LiteralString

if TYPE_CHECKING:
    from graph.driver import Tx

GRANT: LiteralString = """
MATCH (u:User {id: $user}) WHERE u.disabled = false
CREATE (x:Session {id: $id, user: u.id, name: $name, method: 'token', writes: $writes, created_at: $now, seen_at: $now,
  ends_at: $ends_at, ended: false})
RETURN x.id
"""
OF: LiteralString = """
MATCH (x:Session {user: $user}) WHERE x.ended = false AND $now < x.ends_at AND x.method = 'token'
WITH x ORDER BY x.created_at DESC, x.id
RETURN collect({id: x.id, name: x.name, writes: x.writes, created_at: x.created_at, seen_at: x.seen_at, ends_at: x.ends_at})
"""


async def grant(tx: Tx, token: dict[str, Any]) -> bool:
    """Store an API token {id, user, name, writes, now, ends_at}; False where the account is gone or disabled."""
    return await tx.value(GRANT, **token) is not None


async def of(tx: Tx, user: str, now: str) -> list[dict[str, Any]]:
    """Return the API tokens of a person that still hold {id, name, writes, created_at, seen_at, ends_at}, the newest first."""
    return await tx.rows(OF, user=user, now=now)
