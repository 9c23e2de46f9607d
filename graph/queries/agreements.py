"""Agreements: what they say, how they were amended, and the register of spaces that administrators keep. Nothing of what a space holds."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, LiteralString

if TYPE_CHECKING:
    from graph.driver import Tx

AMENDMENTS_OF_A: LiteralString = """COLLECT {
  MATCH (a)-[:AMENDED_BY]->(x:Amendment) MATCH (u:User {id: x.by})-[:SERVES]->(g:Agency) WITH x, u, g ORDER BY x.at, x.id
  RETURN {row: properties(x), by: {id: u.id, name: u.name, function: u.function, languages: u.languages, agency: properties(g)}} }"""
AGREEMENT: LiteralString = (
    "MATCH (:Space {id: $space})-[:UNDER]->(a:Agreement) RETURN {agreement: properties(a), amendments: " + AMENDMENTS_OF_A + "}"
)
REGISTER: LiteralString = (
    """
MATCH (s:Space)-[:UNDER]->(a:Agreement) WHERE $space IS NULL OR s.id = $space WITH s, a ORDER BY s.name, s.id
RETURN collect({id: s.id, name: s.name, kind: s.kind, colour: s.colour, agreement: properties(a), leads: COLLECT {
  MATCH (u:User)-[:HOLDS]->(m:Membership {role: 'lead'})-[:IN]->(s) WHERE m.state IN ['active', 'invited'] AND m.valid_to > $now
  MATCH (u)-[:SERVES]->(g:Agency) WITH m, u, g ORDER BY m.joined_at, u.name
  RETURN {state: m.state, disabled: u.disabled,
    person: {id: u.id, name: u.name, function: u.function, languages: u.languages, agency: properties(g)}} }, amendments: """
    + AMENDMENTS_OF_A
    + "})"
)
LOCK: LiteralString = """
MATCH (:Space {id: $space})-[:UNDER]->(a:Agreement) SET a.lock = coalesce(a.lock, 0) + 1 RETURN properties(a)
"""
AMEND: LiteralString = """
MATCH (:Space {id: $space})-[:UNDER]->(a:Agreement)
SET a += $terms, a.revision = $revision
CREATE (a)-[:AMENDED_BY]->(x:Amendment) SET x = $row
RETURN a.id
"""


async def agreement(tx: Tx, space: str) -> dict[str, Any] | None:
    """Return {agreement, amendments} of a space; each amendment is {row, by}."""
    return await tx.value(AGREEMENT, space=space)


async def register(tx: Tx, now: str, space: str | None = None) -> list[dict[str, Any]]:
    """Return every space, or the one named, with its agreement and its leads {state, disabled, person}; for administrators."""
    return await tx.rows(REGISTER, space=space, now=now)


async def lock(tx: Tx, space: str) -> dict[str, Any] | None:
    """Take the lock of a space's agreement and return it."""
    return await tx.value(LOCK, space=space)


async def amend(tx: Tx, space: str, terms: dict[str, Any], revision: int, row: dict[str, Any]) -> None:
    """Write changed terms, and the amendment {id, at, by, reason, before_…, after_…} that tells how."""
    await tx.value(AMEND, space=space, terms=terms, revision=revision, row=row)
