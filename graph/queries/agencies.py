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
UPDATE_AGENCY: LiteralString = "MATCH (g:Agency {id: $id}) SET g += $changes RETURN g.id"
IS_ADMINISTRATOR: LiteralString = "MATCH (u:User {id: $id}) WHERE u.administrator = true AND u.disabled = false RETURN u.id"
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


async def update_agency(tx: Tx, agency: str, changes: dict[str, Any]) -> bool:
    """Change stored properties of an authority; False where there is none."""
    return await tx.value(UPDATE_AGENCY, id=agency, changes=changes) is not None


async def is_administrator(tx: Tx, user: str) -> bool:
    """Say whether a person administers this deployment now."""
    return await tx.value(IS_ADMINISTRATOR, id=user) is not None


async def create_person(tx: Tx, agency: str, row: dict[str, Any]) -> bool:
    """Create a person {id, login, name, function, languages, password, disabled, administrator, failures, locked_until}.

    False where there is no such authority.
    """
    return await tx.value(CREATE_PERSON, agency=agency, row=row) is not None
