"""Signing in and out, and the life of sessions.

Every session that opens or ends is an event of the control stream in the same transaction, so that open sockets end with it.
"""

from __future__ import annotations

import hashlib
import secrets
from typing import TYPE_CHECKING, Any

from backend.auth import passwords, rules
from backend.auth.rules import Tries
from backend.core.actor import Actor
from backend.core.audit import doing
from backend.core.cookies import Cookie
from backend.core.errors import Invalid, NotFound
from graph import outbox
from graph.outbox import CONTROL, Change
from graph.queries import auth as queries
from graph.records import moment, stamp

if TYPE_CHECKING:
    from datetime import datetime

    from backend.core.context import Context, Parts
    from graph.driver import Tx

REFUSED = "This name and password do not open an account. After several wrong passwords an account waits before it accepts the next one."
TOKEN_BYTES = 32
LOCAL: dict[str, Any] = {"method": "password", "strong": False}


def session_id(token: str) -> str:
    """Return the id under which a session is stored: SHA-256 of its secret token, 64 hexadecimal characters."""
    return hashlib.sha256(token.encode()).hexdigest()


# ── signing in and out ────────────────────────────────────────────────────────────────────────────────────────────────────────────


async def sign_in(ctx: Context, login: str, password: str) -> dict[str, Any]:
    """Open a session for a local account and return the person; set the cookie.

    Raises `Invalid` with one text for an unknown login, a wrong password, a pausing and a disabled account, after the same work in the
    graph and the same hash, and `Unavailable` when too many sign in at once.
    """
    passwords.require_room()
    now = ctx.parts.clock.now()
    known = await _count_try(ctx.parts, rules.login_of(login), now)
    right = await passwords.verify(known["password"] if known else None, password)
    if known is None or not right or known["locked"] or not await open_session(ctx, known["id"]):
        with doing("signIn.refused"):
            ctx.trail.changed(None, [known["id"]] if known else [])
        raise Invalid(REFUSED, "password")
    return await me(ctx, known["id"])


async def _count_try(parts: Parts, login: str, now: datetime) -> dict[str, Any] | None:
    """Count one try as failed before its password is looked at; success takes it back. Guesses sent at once thus count each."""
    bucket = "sign-in:" + hashlib.sha256(login.encode()).hexdigest()[:2]
    if len(login) > rules.LONGEST_LOGIN:
        login = ""

    async def work(tx: Tx) -> dict[str, Any] | None:
        row = await queries.try_login(tx, login)
        if row is None:
            await queries.count_decoy(tx, bucket)
            return None
        tries = Tries(row["failures"], moment(row["locked_until"]) if row["locked_until"] else None)
        after = rules.counted(tries, now)
        await queries.count_failures(tx, row["id"], after.failures, stamp(after.locked_until) if after.locked_until else None)
        return {**row, "locked": rules.locked(tries, now)}

    return await parts.graph.write(work)


async def open_session(ctx: Context, user: str, signed: dict[str, Any] | None = None) -> bool:
    """Open a session for `user`, end the one that this browser had, set the cookie; False where the account is disabled.

    Whoever calls this has made sure who asks. `signed` is kept with it: how the person signed in {method, strong, issuer, subject, sid,
    acr, amr}.
    """
    parts, token = ctx.parts, secrets.token_urlsafe(TOKEN_BYTES)
    one, now = session_id(token), parts.clock.now()
    before = ctx.actor.session if ctx.actor else ""

    events = list[str]()

    async def work(tx: Tx) -> bool:
        if await queries.session_known(tx, one):
            return True
        if not await queries.open_session(tx, one, user, stamp(now), stamp(rules.ends_at(parts.settings, now)), signed or LOCAL):
            return False
        await queries.forget_sessions(tx, user, stamp(now))
        changes = [*_ended(await queries.end_session(tx, before)), Change("session", "started", one)]
        events[:] = await outbox.append(tx, CONTROL, user, stamp(now), changes)
        return True

    if not await parts.graph.write(work):
        return False
    parts.wake(CONTROL)
    ctx.trail.is_by(user, one)
    ctx.trail.changed(None, user, events)
    ctx.cookies.append(Cookie(rules.cookie_name(parts.settings), token, parts.settings.secure))
    return True


async def sign_out(ctx: Context) -> None:
    """End the session of this browser, if any, and remove the cookie."""
    settings = ctx.parts.settings
    if ctx.actor:
        ctx.trail.changed(None, ctx.actor.user, await end_session(ctx.parts, ctx.actor.session, ctx.actor.user))
    ctx.cookies.append(Cookie(rules.cookie_name(settings), None, settings.secure))


async def me(ctx: Context, user: str) -> dict[str, Any]:
    """Return the signed-in person {id, name, function, languages, administrator, agency}."""
    row = await ctx.graph.read(lambda tx: queries.account(tx, user))
    if row is None:
        raise NotFound
    ctx.trail.saw(None, [row["id"]])
    return row


# ── sessions ──────────────────────────────────────────────────────────────────────────────────────────────────────────────────────


async def actor_of(parts: Parts, token: str | None, *, touch: bool = True) -> Actor | None:
    """Return who holds the token, or None where it opens no session that still holds.

    `touch` notes the use (at most once a minute), which keeps an idle session alive; sockets and what a page asks by itself pass False.
    """
    if not token:
        return None
    now, one = parts.clock.now(), session_id(token)
    since = stamp(rules.idle_since(parts.settings, now))
    row = await parts.graph.read(lambda tx: queries.live_session(tx, one, stamp(now), since))
    if row is None:
        return None
    if touch and rules.must_touch(moment(row["seen_at"]), now):
        await parts.graph.write(lambda tx: queries.touch(tx, one, stamp(now)))
    return Actor(row["user"], row["name"], row["agency"], one, row["administrator"], row["writes"])


async def session_alive(parts: Parts, tx: Tx, sessions: list[str]) -> set[str]:
    """Return those of the session ids that still hold now: not ended, neither idle nor past their end, the person not disabled."""
    now = parts.clock.now()
    return set(await queries.alive(tx, sessions, stamp(now), stamp(rules.idle_since(parts.settings, now))))


async def end_session(parts: Parts, session: str, by: str) -> list[str]:
    """End one session at once, with every socket under it; return the ids of the events that say so."""

    async def work(tx: Tx) -> list[str]:
        return await _tell(tx, parts, by, await queries.end_session(tx, session))

    return _done(parts, await parts.graph.write(work))


async def end_sessions(parts: Parts, user: str, by: str, *, keep: str = "") -> list[str]:
    """End every session of a person at once, but `keep`; return the ids of the events that say so."""

    async def work(tx: Tx) -> list[str]:
        return await _tell(tx, parts, by, await queries.end_sessions(tx, user, keep))

    return _done(parts, await parts.graph.write(work))


async def own_sessions(ctx: Context) -> list[dict[str, Any]]:
    """Return the sessions of the person who asks {id, created_at, seen_at, ends_at, method, current}, the last used first."""
    now = ctx.parts.clock.now()
    since = stamp(rules.idle_since(ctx.parts.settings, now))
    rows = await ctx.graph.read(lambda tx: queries.sessions_of(tx, ctx.who.user, stamp(now), since))
    ctx.trail.saw(None, [ctx.who.user])
    return [{**row, "current": row["id"] == ctx.who.session} for row in rows]


async def end_own_session(ctx: Context, session: str) -> None:
    """End one session of the person who asks, with every socket under it; raise `NotFound` for anybody else's."""
    if not await ctx.graph.read(lambda tx: queries.owns_session(tx, ctx.who.user, session)):
        raise NotFound
    ctx.trail.changed(None, ctx.who.user, await end_session(ctx.parts, session, ctx.who.user))


async def end_named(parts: Parts, issuer: str, subject: str | None, sid: str | None, by: str) -> list[str]:
    """End the sessions that an agency's provider names, by its session or by its person; return the ids of the events that say so."""

    async def work(tx: Tx) -> list[str]:
        return await _tell(tx, parts, by, await queries.end_named(tx, issuer, subject, sid))

    return _done(parts, await parts.graph.write(work))


def _ended(sessions: list[str]) -> list[Change]:
    return [Change("session", "ended", one) for one in sessions]


async def _tell(tx: Tx, parts: Parts, by: str, sessions: list[str]) -> list[str]:
    return await outbox.append(tx, CONTROL, by, stamp(parts.clock.now()), _ended(sessions)) if sessions else []


def _done(parts: Parts, events: list[str]) -> list[str]:
    parts.wake(CONTROL)
    return events
