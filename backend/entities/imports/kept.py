"""Saved mappings: what the people of an agency found out about a table, kept in a space for the next one of its kind."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Any

from backend.core.errors import Invalid, NotFound
from backend.core.ids import new_id
from backend.entities.imports import mapping as mappings
from backend.entities.imports.rules import BadSource
from backend.teams.policy import Right
from backend.teams.service import change, enter
from graph.outbox import Change
from graph.queries import agencies as agency_queries
from graph.queries import imports as import_queries
from graph.queries import imports_mappings as queries

if TYPE_CHECKING:
    from backend.core.context import Context
    from graph.access import Scope
    from graph.driver import Tx

LONGEST_NAME, MOST = 200, 500
CONTROL = re.compile(r"[\x00-\x1f\x7f]")


async def listed(ctx: Context, space: str) -> list[dict[str, Any]]:
    """Return the mappings that the reader's agency keeps in a space, as far as they see them, with who saved each."""

    async def work(tx: Tx) -> list[dict[str, Any]]:
        rows = await queries.mappings(tx, await enter(tx, ctx, space, Right.IMPORT))
        people = await agency_queries.named(tx, sorted({row["by"] for row in rows}))
        return [{**row, "person": people[row["by"]]} for row in rows]

    rows = await ctx.graph.read(work)
    ctx.trail.saw(space, [row["id"] for row in rows])
    return rows


async def save(ctx: Context, space: str, job: str, name: str, mapping: str, key: str) -> str:
    """Keep a mapping under a name, in place of the one that has it; it stands under the markings of the import it was made for."""
    columns = _columns(name, mapping)

    async def work(tx: Tx, scope: Scope) -> tuple[str, list[Change]]:
        row = await import_queries.lock(tx, scope, job)
        if row is None:
            raise NotFound
        there = {each["name"]: each["id"] for each in await queries.mappings(tx, scope)}
        if name.strip() not in there and len(there) >= MOST:
            raise Invalid(f"An agency may keep {MOST} mappings in a space. Delete one that is not needed.", "name")
        made = there.get(name.strip()) or new_id()
        kept = {
            "id": made, "space": space, "vis": row["vis"], "markings": row["markings"], "agency": scope.agency,
            "name": name.strip(), "by": ctx.who.user, "at": ctx.now, "import": job, "format": row["format"], "columns": columns,
            "mapping": mapping,
        }  # fmt: skip
        await queries.keep(tx, kept)
        return made, [Change("import", "mapping saved", job, (row["vis"],), (row["vis"],))]

    return await change(ctx, space, key, Right.IMPORT, work)


async def delete(ctx: Context, space: str, mapping: str, key: str) -> str:
    """Delete a mapping of the actor's own agency."""

    async def work(tx: Tx, scope: Scope) -> tuple[str, list[Change]]:
        gone = await queries.forget(tx, scope, mapping)
        if gone is None:
            raise NotFound
        job, vis = gone
        return mapping, [Change("import", "mapping deleted", job, (vis,), (vis,))]

    return await change(ctx, space, key, Right.IMPORT, work)


def _columns(name: str, mapping: str) -> list[str]:
    """Return the columns that a mapping reads; raise Invalid where it or its name cannot be kept."""
    if not name.strip() or len(name) > LONGEST_NAME or CONTROL.search(name):
        raise Invalid(f"A mapping needs a name of 1 to {LONGEST_NAME} characters, all on one line.", "name")
    try:
        return sorted(set[str]().union(*(query.columns for query in mappings.parse(mapping))))
    except BadSource as bad:
        raise Invalid(str(bad), "mapping") from bad
