"""One's own proofs: another password, a second factor and its recovery codes, and confirming that it is still the same person who asks."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from backend.auth import passwords
from backend.auth import rules as auth_rules
from backend.auth import service as auth
from backend.auth.factors import rules
from backend.auth.factors import service as factors
from backend.core.errors import Invalid, NotFound
from graph import outbox
from graph.outbox import CONTROL, Change
from graph.queries import auth as auth_queries
from graph.queries import factors as queries

if TYPE_CHECKING:
    from backend.core.context import Context
    from graph.driver import Tx

NOTHING_BEGUN = "Begin with setting up your authenticator app; then confirm with a code of it."


async def change_password(ctx: Context, current: str, password: str) -> None:
    """Set another password of the person who asks; every other session and API token of theirs ends.

    The present password is asked for, and counts like a sign-in; where there is a second factor, it must have been used a short while ago.
    Raises `Invalid` on `current` where it does not fit, on `password` for what cannot be one.
    """
    auth_rules.check_password(password)
    if await factors.held(ctx.parts, ctx.who.user):
        ctx.require_strong()
    await auth.check_password(ctx, current, "current")
    user = ctx.who.user
    person = await ctx.graph.read(lambda tx: auth_queries.account(tx, user))
    if person is None:
        raise NotFound
    stored = await passwords.chosen(password, [person["login"], person["name"], person["agency"]["name"]])

    async def work(tx: Tx) -> list[str]:
        await auth_queries.change_password(tx, user, stored)
        ended = await auth_queries.end_sessions(tx, user, ctx.who.session)
        changes = [*(Change("session", "ended", each) for each in ended), Change("person", "changed", user)]
        return await outbox.append(tx, CONTROL, user, ctx.now, changes)

    ctx.trail.changed(None, user, await ctx.graph.write(work))
    ctx.parts.wake(CONTROL)


async def own(ctx: Context) -> dict[str, Any] | None:
    """Return the second factor of the person who asks {at, codes}, or None."""
    ctx.trail.saw(None, [ctx.who.user])
    return await factors.held(ctx.parts, ctx.who.user)


async def begin(ctx: Context, password: str) -> tuple[str, str]:
    """Make a new secret; return it as one types it, and as the address that an app reads. It holds once `confirm` has seen a code of it.

    The password is asked for again, and where there is a factor already it must have been used a short while ago.
    """
    if await factors.held(ctx.parts, ctx.who.user):
        ctx.require_strong()
    await auth.check_password(ctx, password)
    user, secret = ctx.who.user, rules.new_secret()
    async with factors.sealed(ctx.parts, user, secret) as sealed:

        async def work(tx: Tx) -> tuple[str | None, list[str]]:
            await queries.begin(tx, user, sealed)
            login = await auth_queries.login_of(tx, user)
            return login, await outbox.append(tx, CONTROL, user, ctx.now, [Change("person", "securing", user)])

        login, events = await ctx.graph.write(work)
    ctx.trail.changed(None, user, events)
    return rules.typed_form(secret), rules.address(secret, login or "", _service(ctx))


def _service(ctx: Context) -> str:
    return "Joinder " + ctx.parts.settings.address.partition("://")[2]


async def confirm(ctx: Context, code: str) -> list[str]:
    """Let the secret that was begun hold from now on; return new recovery codes, shown this once.

    Every other session of the person ends, and this one goes on as a strong one.
    """
    parts, user = ctx.parts, ctx.who.user
    found = await ctx.graph.read(lambda tx: queries.factor(tx, user))
    if not found or not found["next"]:
        raise Invalid(NOTHING_BEGUN, "code")
    secret = await factors.unseal(parts, user, found["next"])
    step = rules.matched(secret, code, parts.clock.now(), 0)
    if step is None:
        raise auth.refused(ctx, user, Invalid(factors.CODE_REFUSED, "code"))
    codes = rules.new_recovery_codes()
    async with factors.sealed(parts, user, secret) as sealed:  # not as it was read: the master key may be another one since
        await _change(ctx, {"sealed": sealed, "next": "", "last_step": step, "at": ctx.now, "codes": _hashes(user, codes)})
    ended = await auth.end_sessions(parts, user, user, keep=ctx.who.session)
    ctx.trail.changed(None, user, ended)
    await _go_on(ctx)
    return codes


async def renew_codes(ctx: Context) -> list[str]:
    """Make new recovery codes in place of those that are left; return them, shown this once."""
    if not await factors.held(ctx.parts, ctx.who.user):
        raise NotFound
    ctx.require_strong()
    codes = rules.new_recovery_codes()
    await _change(ctx, {"codes": _hashes(ctx.who.user, codes)})
    return codes


async def step_up(ctx: Context, code: str) -> None:
    """Confirm by the second factor that it is still the same person; the session goes on as a strong one, under a new secret."""
    await auth.check_code(ctx, code)
    await _go_on(ctx)


async def _go_on(ctx: Context) -> None:
    if not await auth.open_session(ctx, ctx.who.user, auth.BOTH):
        raise NotFound


async def _change(ctx: Context, changes: dict[str, Any]) -> None:
    user = ctx.who.user

    async def work(tx: Tx) -> list[str]:
        await queries.change(tx, user, changes)
        return await outbox.append(tx, CONTROL, user, ctx.now, [Change("person", "secured", user)])

    ctx.trail.changed(None, user, await ctx.graph.write(work))


def _hashes(user: str, codes: list[str]) -> list[str]:
    return [rules.recovery_id(user, code) for code in codes]
