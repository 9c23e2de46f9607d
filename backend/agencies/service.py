"""Authorities and their people, as those who may invite see them, and what the administrators of the deployment do to them."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum
from typing import TYPE_CHECKING, Any

from backend.agencies import rules
from backend.core.errors import Invalid, NotFound, Unauthenticated
from backend.core.ids import new_id, require_key
from graph import access, outbox
from graph.outbox import CONTROL, Change, Done
from graph.queries import agencies as queries

if TYPE_CHECKING:
    from collections.abc import Awaitable, Callable

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


# ── administration ────────────────────────────────────────────────────────────────────────────────────────────────────────────────


async def require_administrator(tx: Tx, ctx: Context) -> None:
    """Pass for an administrator of the deployment, asked in the same transaction; for anybody else there is nothing here."""
    if not await queries.is_administrator(tx, ctx.who.user):
        raise NotFound


async def administer(
    ctx: Context,
    key: str,
    work: Callable[[Tx], Awaitable[tuple[str, list[Change]]]],
    require: Callable[[Tx, Context], Awaitable[None]] = require_administrator,
) -> str:
    """Run one change of an administrator: right, strong sign-in, idempotency key, the work, then the events of the control stream last.

    `work` returns the id of what it made and the changes to tell. A second run with the same key returns the first answer.
    """
    require_key(key)

    async def unit(tx: Tx) -> Done:
        await require(tx, ctx)
        ctx.require_strong()
        return await outbox.once(tx, CONTROL, ctx.who.user, ctx.now, key, lambda: work(tx))

    done = await ctx.graph.write(unit)
    ctx.trail.changed(None, done.made, done.events)
    ctx.parts.wake(CONTROL)
    return done.made


@dataclass(frozen=True, slots=True)
class NewAgency:
    """An authority as an administrator enters it."""

    name: str
    country: str
    type: AgencyType
    languages: list[str]

    def stored(self) -> dict[str, Any]:
        """Return what is stored of it, or raise `Invalid` with the field that is wrong."""
        return {
            "name": rules.name(self.name), "country": rules.country(self.country), "type": self.type.value,
            "languages": rules.languages(self.languages),
        }  # fmt: skip


async def create_agency(ctx: Context, wanted: NewAgency, key: str) -> str:
    """Create an authority; return its id."""
    row = wanted.stored()

    async def work(tx: Tx) -> tuple[str, list[Change]]:
        await _require_unnamed(tx, row)
        one = new_id()
        await queries.create_agency(tx, {"id": one, **row})
        return one, [Change("agency", "created", one)]

    return await administer(ctx, key, work)


async def update_agency(ctx: Context, agency: str, wanted: NewAgency, key: str) -> str:
    """Change an authority; its people, records and cases stay with it."""
    row = wanted.stored()

    async def work(tx: Tx) -> tuple[str, list[Change]]:
        await _require_unnamed(tx, row, agency)
        if not await queries.update_agency(tx, agency, row):
            raise NotFound
        return agency, [Change("agency", "changed", agency)]

    return await administer(ctx, key, work)


async def _require_unnamed(tx: Tx, wanted: dict[str, Any], but: str = "") -> None:
    for row in await queries.agencies(tx):
        if (row["country"], row["name"]) == (wanted["country"], wanted["name"]) and row["id"] != but:
            raise Invalid("This country has an agency of this name already.", "name")


# ── reading ───────────────────────────────────────────────────────────────────────────────────────────────────────────────────────


async def agencies(ctx: Context) -> list[dict[str, Any]]:
    """Return every authority of the deployment {id, name, country, type, languages}, for anybody signed in."""
    if ctx.actor is None:
        raise Unauthenticated
    rows = await ctx.graph.read(queries.agencies)
    ctx.trail.saw(None, [row["id"] for row in rows])
    return rows


async def people(ctx: Context, space: str, agency: str, require: Callable[[Scope], None]) -> list[dict[str, Any]]:
    """Return the people of one agency whom a member of `space` may invite; never who is in other spaces.

    `require` raises where the reader's standing in the space does not allow to invite (`backend.teams.policy`, which lies above this
    package). An agency that does not exist has no people.
    """

    async def work(tx: Tx) -> list[dict[str, Any]]:
        require(await access.scope(tx, ctx.who.user, space, ctx.now, strong=ctx.who.strong))
        return await queries.people(tx, agency)

    rows = await ctx.graph.read(work)
    ctx.trail.saw(space, [row["id"] for row in rows])
    return rows
