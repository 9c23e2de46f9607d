"""Authorities and the people who serve in them."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, LiteralString

if TYPE_CHECKING:
    from graph.driver import Tx

AGENCIES: LiteralString = "MATCH (g:Agency) WITH g ORDER BY g.country, g.name RETURN collect(properties(g))"
PEOPLE: LiteralString = """
MATCH (u:User {disabled: false})-[:SERVES]->(g:Agency) WHERE ($agency IS NULL OR g.id = $agency) AND ($ids IS NULL OR u.id IN $ids)
WITH u, g ORDER BY u.name
RETURN collect({id: u.id, name: u.name, function: u.function, languages: u.languages, demo_order: u.demo_order, agency: properties(g)})
"""
ANYBODY: LiteralString = """
UNWIND $ids AS id MATCH (u:User {id: id})-[:SERVES]->(g:Agency)
RETURN collect({id: u.id, name: u.name, function: u.function, languages: u.languages, agency: properties(g)})
"""
CREATE_AGENCY: LiteralString = "CREATE (g:Agency) SET g = $row RETURN g.id"
CREATE_PERSON: LiteralString = """
MATCH (g:Agency {id: $agency}) CREATE (u:User)-[:SERVES]->(g) SET u = $row RETURN u.id
"""


async def agencies(tx: Tx) -> list[dict[str, Any]]:
    """Return every authority {id, name, country, type, languages}."""
    return await tx.rows(AGENCIES)


async def people(tx: Tx, agency: str | None = None, ids: list[str] | None = None) -> list[dict[str, Any]]:
    """Return people who may sign in, by agency or by id."""
    return await tx.rows(PEOPLE, agency=agency, ids=ids)


async def named(tx: Tx, ids: list[str]) -> dict[str, dict[str, Any]]:
    """Return people by id, disabled ones too: their records keep their names."""
    return {row["id"]: row for row in await tx.rows(ANYBODY, ids=ids)}


async def create_agency(tx: Tx, row: dict[str, Any]) -> None:
    """Create an authority {id, name, country, type, languages}."""
    await tx.value(CREATE_AGENCY, row=row)


async def create_person(tx: Tx, agency: str, row: dict[str, Any]) -> None:
    """Create a person {id, login, name, function, languages, password, disabled, administrator, failures, locked_until}."""
    await tx.value(CREATE_PERSON, agency=agency, row=row)
