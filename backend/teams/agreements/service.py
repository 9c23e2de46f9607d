"""Spaces as administrators open them, and their agreements: put in force, suspended, resumed, ended, amended.

Whoever moves an agreement needs either standing as a lead or the administration of the deployment, which gives no standing: nobody has
standing under a draft or a suspended agreement, so only administrators open and resume (decision 0005).
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from backend.agencies import rules as agency_rules
from backend.agencies.service import administer, require_administrator
from backend.core.errors import Conflict, Forbidden, Invalid, NotFound
from backend.core.ids import content_id, new_id, require_key
from backend.teams import policy
from backend.teams.agreements import rules
from backend.teams.agreements.rules import AgreementState, Mover
from backend.teams.policy import Right, Role
from backend.teams.service import COLOURS
from graph import access, outbox
from graph.outbox import Change, Done
from graph.queries import agencies as agency_queries
from graph.queries import agreements as queries
from graph.queries import teams as team_queries

if TYPE_CHECKING:
    from collections.abc import Awaitable, Callable

    from backend.core.context import Context
    from backend.teams.agreements.rules import Terms
    from backend.teams.rules import SpaceKind
    from graph.driver import Tx
    from graph.outbox import Done

TERMS = ("state", "purpose", "parties", "valid_from", "valid_to")


# ── spaces ────────────────────────────────────────────────────────────────────────────────────────────────────────────────────────


async def register(ctx: Context, space: str | None = None) -> list[dict[str, Any]]:
    """Return every space of the deployment, or the one named: name, agreement, leads; for administrators."""

    async def work(tx: Tx) -> list[dict[str, Any]]:
        await require_administrator(tx, ctx)
        return await queries.register(tx, ctx.now, space)

    rows = await ctx.graph.read(work)
    if space is not None and not rows:
        raise NotFound
    ctx.trail.saw(None, [row["id"] for row in rows])
    return rows


async def create_space(ctx: Context, name: str, kind: SpaceKind, colour: int, terms: Terms, lead: str, key: str) -> str:
    """Create a space under a draft agreement and invite its first lead; return its id."""
    require_key(key)
    name, agreement = agency_rules.name(name), terms.stored()
    if not 0 <= colour < COLOURS:
        raise Invalid(f"Choose one of {COLOURS} colours.", "colour")
    # The same change sent again means the same space, so that its key is made once.
    space = content_id(ctx.parts.secret, "space", ctx.who.user, key)
    await ctx.graph.read(lambda tx: require_administrator(tx, ctx))
    await ctx.parts.keys.create(space)

    async def work(tx: Tx) -> tuple[str, list[Change]]:
        one = new_id()
        row = {"id": one, "state": AgreementState.DRAFT.value, "revision": 1, **agreement}
        await team_queries.create_space(tx, space, name, kind.value, colour, row)
        drafted = Change("agreement", "drafted", one, after=outbox.EVERYONE, stream=space)
        return space, [drafted, await _invite_lead(tx, ctx, space, lead), Change("space", "created", space)]

    return await administer(ctx, key, work)


async def appoint_lead(ctx: Context, space: str, person: str, key: str) -> str:
    """Invite a lead into a space that has none who could act: the first one declined, left the service or was disabled."""

    async def work(tx: Tx) -> tuple[str, list[Change]]:
        found = await queries.register(tx, ctx.now, space)
        if not found:
            raise NotFound
        if any(not lead["disabled"] for lead in found[0]["leads"]):
            raise Forbidden("This space has a lead. A lead invites the others.")
        return space, [await _invite_lead(tx, ctx, space, person), Change("space", "given a lead", space)]

    done = await administer(ctx, key, work)
    ctx.parts.wake(space)
    return done


async def _invite_lead(tx: Tx, ctx: Context, space: str, person: str) -> Change:
    if not await agency_queries.people(tx, ids=[person]):
        raise Invalid("Choose who leads this space.", "lead")
    if await team_queries.live_membership_of(tx, space, person, ctx.now):
        raise Conflict("This person is a member or invited already.")
    await team_queries.end_run_out(tx, space, person, ctx.now)
    membership = new_id()
    row = {
        "id": membership, "user": person, "role": Role.LEAD.value, "state": "invited", "valid_from": ctx.now, "valid_to": access.FOREVER,
        "now": ctx.now, "by": ctx.who.user,
    }  # fmt: skip
    await team_queries.create_membership(tx, space, row)
    return Change("member", "invited", membership, after=outbox.EVERYONE, stream=space)


# ── agreements ────────────────────────────────────────────────────────────────────────────────────────────────────────────────────


async def agreement(ctx: Context, space: str) -> dict[str, Any] | None:
    """Return {agreement, amendments}; None for whoever has neither standing nor the administration: it may have ended by their own move."""

    async def work(tx: Tx) -> dict[str, Any] | None:
        scope = await access.scope(tx, ctx.who.user, space, ctx.now, strong=ctx.who.strong)
        if scope.role is None and not await agency_queries.is_administrator(tx, ctx.who.user):
            return None
        return await queries.agreement(tx, space)

    found = await ctx.graph.read(work)
    ctx.trail.saw(space, [found["agreement"]["id"]] if found else [])
    return found


async def set_state(ctx: Context, space: str, state: AgreementState, reason: str, expected: str, key: str) -> None:
    """Move an agreement to another state, everywhere at once."""
    why = rules.reason(reason)

    async def work(tx: Tx, who: frozenset[Mover], now: dict[str, Any]) -> list[Change]:
        before = AgreementState(now["state"])
        allowed = rules.MOVES.get((before, state))
        if allowed is None:
            raise Conflict(f"An agreement does not go from {before.value.replace('_', ' ')} to {state.value.replace('_', ' ')}.")
        if not allowed & who:
            raise Forbidden("Only an administrator of this deployment may do this.")
        if state is AgreementState.IN_FORCE and now["valid_to"] <= ctx.now:
            raise Invalid("The agreement's dates have passed. Amend them first.", "state")
        await _amend(tx, ctx, space, now, {"state": state.value}, why)
        return [_told(now, rules.verb(before, state))]

    await _change(ctx, space, expected, key, work, strong=state is AgreementState.IN_FORCE)


async def amend(ctx: Context, space: str, terms: Terms, reason: str, expected: str, key: str) -> None:
    """Change what an agreement says. What it said before is kept, with who changed it, when and why."""
    why, said = rules.reason(reason), terms.stored()

    async def work(tx: Tx, who: frozenset[Mover], now: dict[str, Any]) -> list[Change]:
        del who
        if now["state"] == AgreementState.ENDED:
            raise Conflict("This agreement has ended.")
        if all(now[name] == value for name, value in said.items()):
            raise Invalid("This is what the agreement says already.", "purpose")
        await _amend(tx, ctx, space, now, said, why)
        return [_told(now, "amended")]

    await _change(ctx, space, expected, key, work, strong=True)


async def _amend(tx: Tx, ctx: Context, space: str, now: dict[str, Any], changes: dict[str, Any], reason: str) -> None:
    after = {**now, **changes}
    row = {"id": new_id(), "space": space, "at": ctx.now, "by": ctx.who.user, "reason": reason}
    row |= {"before_" + name: now[name] for name in TERMS} | {"after_" + name: after[name] for name in TERMS}
    await queries.amend(tx, space, changes, now.get("revision", 1) + 1, row)
    await access.changed(tx, space)


def _told(now: dict[str, Any], verb: str) -> Change:
    return Change("agreement", verb, now["id"], before=outbox.EVERYONE, after=outbox.EVERYONE)


def version(agreement: dict[str, Any]) -> str:
    """Return what a change must have seen: every member sees every amendment, so a plain number tells nothing."""
    return str(agreement.get("revision", 1))


async def _change(
    ctx: Context,
    space: str,
    expected: str,
    key: str,
    work: Callable[[Tx, frozenset[Mover], dict[str, Any]], Awaitable[list[Change]]],
    *,
    strong: bool,
) -> None:
    """Run one change of an agreement: the key, who may, the agreement's lock and version, the work, the events last.

    What lets people in, or longer, wants a strong sign-in; a space is closed at once in any session. The key comes first: whoever lost
    their standing by their own move, and did not hear of it, asks again.
    """
    require_key(key)

    async def move(tx: Tx) -> tuple[str, list[Change]]:
        who = await _movers(tx, ctx, space)
        if strong:
            ctx.require_strong()
        now = await queries.lock(tx, space)
        if now is None:
            raise NotFound
        if version(now) != expected:
            raise Conflict
        return now["id"], await work(tx, who, now)

    async def unit(tx: Tx) -> Done:
        return await outbox.once(tx, space, ctx.who.user, ctx.now, f"{space}:{key}", lambda: move(tx))

    done = await ctx.graph.write(unit)
    ctx.trail.changed(space, done.made, done.events)
    ctx.parts.wake(space)


async def _movers(tx: Tx, ctx: Context, space: str) -> frozenset[Mover]:
    """Return as whom the actor may move the agreement; raise what `policy.require` raises for anybody else."""
    scope = await access.scope(tx, ctx.who.user, space, ctx.now, strong=ctx.who.strong)
    leads = Right.MANAGE_AGREEMENT in policy.rights(scope)
    administers = await agency_queries.is_administrator(tx, ctx.who.user)
    if not leads and not administers:
        policy.require(scope, Right.MANAGE_AGREEMENT)
    return frozenset(mover for mover, may in ((Mover.LEAD, leads), (Mover.ADMINISTRATOR, administers)) if may)
