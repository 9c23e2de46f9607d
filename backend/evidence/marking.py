"""Markings of one exhibit: raised with all that was derived from it, or released from it alone.

The class of an exhibit is also that of its file, pages, custody, viewings and challenges. The records that cite it keep their own
(decisions/0018-markings-of-exhibits.md).
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from backend.core import versions
from backend.core.errors import Forbidden, Invalid, NotFound
from backend.core.ids import new_id
from backend.entities.markings.service import raise_exhibits, raised, remark_exhibit, require_held
from backend.evidence.service import version
from backend.teams.policy import Right
from backend.teams.service import change
from graph.queries import cases as case_queries
from graph.queries import evidence as queries
from graph.queries import imports as import_queries
from graph.queries import markings as marking_queries
from graph.queries import releases

if TYPE_CHECKING:
    from backend.core.context import Context
    from graph.access import Scope
    from graph.driver import Tx
    from graph.outbox import Change

OF_IMPORT = "This exhibit is the file of an import, and what came by it rests on it. Mark the import: its file and its records follow."
CASE_FIRST = "The case of this exhibit carries this marking. Release the case first."
PARENT_FIRST = "What this exhibit was derived from carries this marking. Release that first."
IMPORT_FIRST = "The import of this file carries this marking. Release the import first."


async def mark(ctx: Context, space: str, exhibit: str, markings: frozenset[str], expected: str, key: str) -> str:
    """Put further markings, all held by the actor, on an exhibit and on all that was derived from it. Return its id."""

    async def work(tx: Tx, scope: Scope) -> tuple[str, list[Change]]:
        require_held(scope, markings)
        row = await _locked(tx, ctx, scope, exhibit, expected)
        raised(row, markings)
        if "import" in row:
            raise Invalid(OF_IMPORT, "markings")
        family = await marking_queries.with_derived(tx, space, [(exhibit, row["markings"], row["vis"])])
        return exhibit, await raise_exhibits(tx, ctx, scope, family, markings)

    return await change(ctx, space, key, Right.MARK, work)


async def release(ctx: Context, space: str, exhibit: str, markings: frozenset[str], reason: str, expected: str, key: str) -> str:
    """Take markings off an exhibit alone: a decision of the owning authority. What was derived from it keeps its own. Return its id.

    What its case, its import or what it was derived from carries stays on it.
    """
    if not reason.strip():
        raise Invalid("Give the reason; it stays with the exhibit.", "reason")

    async def work(tx: Tx, scope: Scope) -> tuple[str, list[Change]]:
        require_held(scope, markings)
        row = await _locked(tx, ctx, scope, exhibit, expected)
        if row["authority"] != scope.agency:
            raise Forbidden("Only the authority that owns this exhibit may do this.")
        if not markings or not markings <= frozenset(row["markings"]):
            raise Invalid("The exhibit does not carry these markings.", "markings")
        ctx.require_strong()
        await _require_free(tx, scope, row, markings)
        decided = {"id": new_id(), "exhibit": exhibit, "markings": sorted(markings), "reason": reason.strip(), "by": ctx.who.user}
        await releases.create(tx, space, {**decided, "at": ctx.now, "authority": scope.agency})
        after = frozenset(row["markings"]) - markings
        return exhibit, [await remark_exhibit(tx, ctx, scope, exhibit, after, row["vis"], "released")]

    return await change(ctx, space, key, Right.RELEASE, work)


async def _locked(tx: Tx, ctx: Context, scope: Scope, exhibit: str, expected: str) -> dict[str, Any]:
    row = await queries.lock(tx, scope, exhibit)
    if row is None:
        raise NotFound
    versions.require(expected, version(ctx, row))
    return row


async def _require_free(tx: Tx, scope: Scope, row: dict[str, Any], markings: frozenset[str]) -> None:
    """Pass for markings that nothing hands on to an exhibit; whoever sees the exhibit sees its case, parent and import."""
    if markings & (await case_queries.markings_of(tx, scope, row["case"]) or frozenset()):
        raise Invalid(CASE_FIRST, "markings")
    if "parent" in row and markings & (await queries.markings_of(tx, scope, row["parent"]) or frozenset()):
        raise Invalid(PARENT_FIRST, "markings")
    if "import" in row and any(markings & set(job["markings"]) for job in await import_queries.jobs(tx, scope, row["import"])):
        raise Invalid(IMPORT_FIRST, "markings")
