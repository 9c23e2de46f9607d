"""Authorities and their people, as those who may invite see them."""

from __future__ import annotations

from enum import StrEnum
from typing import TYPE_CHECKING, Any

from graph import access
from graph.queries import agencies as queries

if TYPE_CHECKING:
    from collections.abc import Callable

    from backend.core.context import Context
    from graph.access import Scope
    from graph.driver import Tx


class AgencyType(StrEnum):
    """What kind of authority; stored in lower case."""

    POLICE = "police"
    PROSECUTION = "prosecution"
    COURT = "court"
    CENTRAL_AUTHORITY = "central_authority"
    FIU = "fiu"
    ASSET_RECOVERY_OFFICE = "asset_recovery_office"
    CUSTOMS = "customs"
    TAX = "tax"
    MINISTRY = "ministry"
    CENTRAL_BANK = "central_bank"
    REGULATOR = "regulator"
    EU_BODY = "eu_body"
    OTHER = "other"


async def agencies(ctx: Context) -> list[dict[str, Any]]:
    """Return every authority of the deployment {id, name, country, type, languages}, for anybody signed in."""
    who = ctx.who
    rows = await ctx.graph.read(queries.agencies)
    ctx.trail.saw(who.agency, [row["id"] for row in rows])
    return rows


async def people(ctx: Context, space: str, agency: str, require: Callable[[Scope], None]) -> list[dict[str, Any]]:
    """Return the people of one agency whom a member of `space` may invite; never who is in other spaces.

    `require` raises where the reader's standing in the space does not allow to invite (`backend.teams.policy`, which lies above this
    package). An agency that does not exist has no people.
    """

    async def work(tx: Tx) -> list[dict[str, Any]]:
        require(await access.scope(tx, ctx.who.user, space, ctx.now))
        return await queries.people(tx, agency)

    rows = await ctx.graph.read(work)
    ctx.trail.saw(space, [row["id"] for row in rows])
    return rows
