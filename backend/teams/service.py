"""Spaces, memberships, markings and clearances."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING, Any

from backend.core.errors import Conflict, Forbidden, Invalid, NotFound
from backend.core.ids import new_id, require_key
from backend.teams import policy
from backend.teams.policy import Right, Role
from graph import access, outbox
from graph.outbox import Change, Done
from graph.queries import agencies as agency_queries
from graph.queries import teams as queries
from graph.records import moment, stamp

if TYPE_CHECKING:
    from collections.abc import Awaitable, Callable
    from datetime import datetime

    from backend.core.context import Context
    from graph.access import Scope
    from graph.driver import Tx

LONGEST_NAME = 120
COLOURS = 8


async def enter(tx: Tx, ctx: Context, space: str, right: Right | None = Right.READ_CONTENT) -> Scope:
    """Work out the reader's scope, first in the transaction, and require a right; None asks for membership only."""
    scope = await access.scope(tx, ctx.who.user, space, ctx.now, strong=ctx.who.strong)
    if right is None:
        policy.require_member(scope)
    else:
        policy.require(scope, right)
    return replace(scope, court=ctx.court)


async def change(
    ctx: Context, space: str, key: str, right: Right | None, work: Callable[[Tx, Scope], Awaitable[tuple[str, list[Change]]]]
) -> str:
    """Run one mutation: scope and right first, the idempotency key looked up, the work, then the events last. Return what it made.

    `work` returns the id of what it made and the changes to tell. A second run with the same key returns the first answer.
    """
    require_key(key)

    async def unit(tx: Tx) -> Done:
        scope = await enter(tx, ctx, space, right)
        return await outbox.once(tx, space, ctx.who.user, ctx.now, f"{space}:{key}", lambda: work(tx, scope))

    done = await ctx.graph.write(unit)
    ctx.trail.changed(space, done.made, done.events)
    ctx.parts.wake(space)
    return done.made


# ── reading ───────────────────────────────────────────────────────────────────────────────────────────────────────────────────────


async def spaces(ctx: Context) -> list[dict[str, Any]]:
    """Return the spaces in which the reader has standing now."""

    async def work(tx: Tx) -> list[dict[str, Any]]:
        found = [await _space(tx, ctx, one) for one in await queries.my_spaces(tx, ctx.who.user)]
        return sorted((one for one in found if one), key=lambda one: one["name"])

    rows = await ctx.graph.read(work)
    if not rows:
        ctx.trail.saw(None, ())
    for row in rows:
        _saw_space(ctx, row)
    return rows


async def space(ctx: Context, space_id: str) -> dict[str, Any]:
    """Return one space: agreement, members, the markings that the reader holds."""
    row = await open_space(ctx, space_id)
    if row is None:
        raise NotFound
    return row


async def open_space(ctx: Context, space_id: str) -> dict[str, Any] | None:
    """Return the same, or None where the reader has no standing now."""
    row = await ctx.graph.read(lambda tx: _space(tx, ctx, space_id))
    if row is not None:
        _saw_space(ctx, row)
    return row


def _saw_space(ctx: Context, row: dict[str, Any]) -> None:
    ctx.trail.saw(row["id"], [row["id"], *(one["id"] for one in row["members"])])


async def _space(tx: Tx, ctx: Context, space_id: str) -> dict[str, Any] | None:
    scope = await access.scope(tx, ctx.who.user, space_id, ctx.now, strong=ctx.who.strong)
    if scope.role is None:
        return None
    row = await queries.space(tx, space_id)
    if row is None:
        return None
    members = await queries.members(tx, space_id, sorted(scope.held), ctx.now)
    active = [m for m in members if m["state"] == "active"]
    countries = list(dict.fromkeys(m["person"]["agency"]["country"] for m in active))
    thirds = {m["person"]["agency"]["country"] for m in active if m["role"] == Role.THIRD_COUNTRY_MEMBER}
    rights = policy.rights(scope)
    return {
        **row,
        "role": scope.role,
        "membership": scope.membership,
        "rights": rights,
        "members": [m if Right.CLEAR in rights else {**m, "clearances": None} for m in members],
        "countries": countries,
        "third_countries": sorted(thirds),
        "markings": [_marking(m, scope) for m in await queries.markings(tx, space_id, sorted(scope.held), ctx.now)],
    }


def _marking(row: dict[str, Any], scope: Scope) -> dict[str, Any]:
    clears, countries = Right.CLEAR in policy.rights(scope), sorted({country for _, country in row["holders"]})
    holders = len(row["holders"]) if clears else None
    return {**row, "countries": countries, "holders": holders, "ours": clears and row["authority"] == scope.agency}


async def invitations(ctx: Context) -> list[dict[str, Any]]:
    """Return the invitations of the reader, also those that ran out, and what they accepted that begins later."""
    rows = await ctx.graph.read(lambda tx: queries.invitations(tx, ctx.who.user, ctx.now))
    if not rows:
        ctx.trail.saw(None, ())
    for row in rows:
        ctx.trail.saw(row["space"], [row["membership"]])
    return rows


# ── changing ──────────────────────────────────────────────────────────────────────────────────────────────────────────────────────


async def invite(
    ctx: Context, space_id: str, person: str, role: Role, period: tuple[datetime | None, datetime | None], key: str, host: str | None = None
) -> str:
    """Invite a person; only someone who manages members may make a lead. Return the membership's id.

    `host` is the authority to which the person is seconded for the time of the membership, which then needs an end.
    """

    async def work(tx: Tx, scope: Scope) -> tuple[str, list[Change]]:
        if role is Role.LEAD:
            policy.require(scope, Right.MANAGE_MEMBERS)
        found = await agency_queries.people(tx, ids=[person])
        if not found:
            raise NotFound
        if host:
            await _require_host(tx, host, found[0]["agency"]["id"], period[1])
        if await queries.live_membership_of(tx, space_id, person, ctx.now):
            raise Conflict("This person is a member or invited already.")
        await queries.end_run_out(tx, space_id, person, ctx.now)
        membership = new_id()
        since, to = period
        begins, ends = stamp(since) if since else ctx.now, stamp(to) if to else access.FOREVER
        if ends <= max(begins, ctx.now):
            raise Invalid("The membership would end before it begins.", "validTo")
        row = {
            "id": membership, "user": person, "role": role.value, "state": "invited", "valid_from": begins, "valid_to": ends,
            "now": ctx.now, "by": ctx.who.user, "seconded_to": host,
        }  # fmt: skip
        await queries.create_membership(tx, space_id, row)
        return membership, [Change("member", "invited", membership, after=outbox.EVERYONE)]

    return await change(ctx, space_id, key, Right.INVITE, work)


async def _require_host(tx: Tx, host: str, home: str, until: datetime | None) -> None:
    if host == home or host not in {row["id"] for row in await agency_queries.agencies(tx)}:
        raise Invalid("Choose another authority than the person's own as host.", "secondedTo")
    if until is None:
        raise Invalid("A secondment ends: give its last day.", "validTo")


async def accept(ctx: Context, membership_id: str, key: str) -> str:
    """Accept one's own invitation; return the space's id."""
    return await _answer(ctx, membership_id, key, accepts=True)


async def decline(ctx: Context, membership_id: str, key: str) -> str:
    """Decline one's own invitation, also one that ran out; return the space's id."""
    return await _answer(ctx, membership_id, key, accepts=False)


async def _answer(ctx: Context, membership_id: str, key: str, *, accepts: bool) -> str:
    require_key(key)

    async def unit(tx: Tx) -> Done:
        known = await outbox.recall(tx, ctx.who.user, key)
        if known:
            return known
        found = await queries.invitation(tx, ctx.who.user, membership_id)
        if found is None:
            raise NotFound
        space_id, until = found
        if accepts and until <= ctx.now:
            raise Conflict("This invitation has run out. Ask for a new one.")
        await queries.set_membership(tx, membership_id, "active" if accepts else "ended", ctx.now)
        await access.changed(tx, space_id)
        told = Change("member", "joined" if accepts else "declined", membership_id, after=outbox.EVERYONE)
        done = Done(space_id, [told.id])
        await outbox.remember(tx, ctx.who.user, key, done, ctx.now)
        await outbox.append(tx, space_id, ctx.who.user, ctx.now, [told])
        return done

    done = await ctx.graph.write(unit)
    ctx.trail.changed(done.made, membership_id, done.events)
    ctx.parts.wake(done.made)
    return done.made


async def end(ctx: Context, space_id: str, membership_id: str, key: str) -> str:
    """End a membership, everywhere at once, or withdraw an invitation. People may leave by themselves; the last lead may not."""

    async def work(tx: Tx, scope: Scope) -> tuple[str, list[Change]]:
        # First, so that of two leads who leave at once the second sees that the first is gone.
        await access.changed(tx, space_id)
        found = await queries.membership(tx, space_id, membership_id)
        if found is None or found["state"] == "ended":
            raise NotFound
        if membership_id != scope.membership:
            policy.require(scope, Right.MANAGE_MEMBERS)
        if await queries.leads(tx, space_id, ctx.now) == [membership_id]:
            raise Forbidden("The last lead cannot leave. Make somebody else lead first.")
        await queries.set_membership(tx, membership_id, "ended", ctx.now)
        verb = "uninvited" if found["state"] == "invited" else "ended"
        return membership_id, [Change("member", verb, membership_id, after=outbox.EVERYONE)]

    return await change(ctx, space_id, key, None, work)


async def create_marking(ctx: Context, space: str, name: str, kind: str, key: str, *, strong: bool = False, watermark: bool = False) -> str:
    """Create a marking; its creator is its first holder. `strong` and `watermark`: as `markings.service` has them."""
    if not name.strip() or len(name) > LONGEST_NAME:
        raise Invalid("A marking needs a name of at most 120 characters.", "name")

    async def work(tx: Tx, scope: Scope) -> tuple[str, list[Change]]:
        if strong:
            ctx.require_strong()
        marking = new_id()
        row = {"id": marking, "name": name.strip(), "kind": kind, "strong": strong, "watermark": watermark}
        row |= {"membership": scope.membership, "by": ctx.who.user, "authority": scope.agency, "now": ctx.now, "to": access.FOREVER}
        await queries.create_marking(tx, space, row)
        vis = await access.intern(tx, space, frozenset({frozenset({marking})}))
        await access.changed(tx, space)
        return marking, [Change("marking", "created", marking, after=(vis,))]

    return await change(ctx, space, key, Right.MARK, work)


async def clear(ctx: Context, space_id: str, membership_id: str, marking: str, to: datetime | None, key: str) -> str:
    """Clear a member for a marking that the actor holds."""

    async def work(tx: Tx, scope: Scope) -> tuple[str, list[Change]]:
        if marking not in scope.held:
            raise NotFound
        found = await queries.membership(tx, space_id, membership_id)
        if found is None or found["state"] != "active":
            raise NotFound
        if Right.READ_CONTENT not in policy.RIGHTS[Role(found["role"])]:
            raise Forbidden("A role that reads no content holds no markings.")
        ctx.require_strong()
        until = stamp(to) if to else access.FOREVER
        row = {"membership": membership_id, "marking": marking, "by": ctx.who.user, "now": ctx.now, "to": until}
        await queries.clear(tx, space_id, row)
        await access.changed(tx, space_id)
        return membership_id, [to_holders(space_id, marking, "cleared")]

    return await change(ctx, space_id, key, Right.CLEAR, work)


async def withdraw(ctx: Context, space_id: str, membership_id: str, marking: str, key: str) -> str:
    """End a member's clearance; what they see narrows at once."""

    async def work(tx: Tx, scope: Scope) -> tuple[str, list[Change]]:
        if marking not in scope.held:
            raise NotFound
        if await queries.withdraw(tx, space_id, membership_id, marking, ctx.now) is None:
            raise NotFound
        await access.changed(tx, space_id)
        return membership_id, [to_holders(space_id, marking, "withdrawn")]

    return await change(ctx, space_id, key, Right.CLEAR, work)


def to_holders(space_id: str, marking: str, verb: str) -> Change:
    """Return a change of a marking, told to those who hold it."""
    vis = access.class_id(space_id, frozenset({frozenset({marking})}))
    return Change("marking", verb, marking, before=(vis,), after=(vis,))


def period(row: dict[str, Any]) -> tuple[datetime, datetime | None]:
    """Return from and to of a stored validity; None for one without an end."""
    return moment(row["valid_from"]), None if row["valid_to"] == access.FOREVER else moment(row["valid_to"])
