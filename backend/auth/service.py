"""Signing in and out, and the life of sessions.

Every session that opens or ends is an event of the control stream in the same transaction, so that open sockets end with it.
"""

from __future__ import annotations

import hashlib
import secrets
from typing import TYPE_CHECKING, Any

from backend.auth import passwords, rules
from backend.auth.factors import service as factors
from backend.auth.rules import Tries
from backend.core.actor import Actor
from backend.core.audit import doing
from backend.core.cookies import Cookie
from backend.core.errors import Invalid, NotFound, SecondStep
from graph import access, outbox
from graph.outbox import CONTROL, Change
from graph.queries import auth as queries
from graph.records import moment, stamp

if TYPE_CHECKING:
    from datetime import datetime

    from backend.core.context import Context, Parts
    from graph.driver import Tx

REFUSED = "This name and password do not open an account. After several wrong passwords an account waits before it accepts the next one."
PASSWORD_REFUSED = "This is not your password. After several wrong ones an account waits before it accepts the next one."  # noqa: S105 - a text
TOKEN_BYTES = 32
LOCAL: dict[str, Any] = {"method": "password", "strong": False}
BOTH: dict[str, Any] = {"method": "password", "strong": True}
DEMO: dict[str, Any] = {"method": "demo", "strong": True, "strong_at": access.FOREVER}
"""How a session was opened: with a password alone, with a second factor beside it, or by a click in a demonstration."""


def session_id(token: str) -> str:
    """Return the id under which a session is stored: SHA-256 of its secret token, 64 hexadecimal characters."""
    return hashlib.sha256(token.encode()).hexdigest()


# ── signing in and out ────────────────────────────────────────────────────────────────────────────────────────────────────────────


async def sign_in(ctx: Context, login: str, password: str, code: str = "") -> dict[str, Any]:
    """Open a session for a local account and return the person; set the cookie.

    Raises `Invalid` with one text for an unknown login, a wrong password, a pausing and a disabled account, after the same work in the
    graph and the same hash, and `Unavailable` when too many sign in at once. Only who knows the password of an account learns that it has
    a second factor: `SecondStep` where `code` is not given, `Invalid` on `code` where it does not fit. Each try counts towards one pause.
    """
    known = await _knows(ctx.parts, rules.login_of(login), password)
    if known is None or not known["right"] or known["locked"]:
        raise refused(ctx, known["id"] if known else None, Invalid(REFUSED, "password"))
    signed = LOCAL
    if await factors.held(ctx.parts, known["id"]):
        if not code.strip():
            raise refused(ctx, known["id"], SecondStep())
        if not await factors.prove(ctx.parts, known["id"], code):
            raise refused(ctx, known["id"], Invalid(factors.CODE_REFUSED, "code"))
        signed = BOTH
    if not await open_session(ctx, known["id"], signed):
        raise refused(ctx, known["id"], Invalid(REFUSED, "password"))
    return await me(ctx, known["id"])


def refused(ctx: Context, person: str | None, error: Exception) -> Exception:
    """Note that somebody was not let in, and return the error to raise."""
    with doing("signIn.refused"):
        ctx.trail.changed(None, [person] if person else [])
    return error


async def check_password(ctx: Context, password: str, field: str = "password") -> None:
    """Pass where the password is that of the person who asks, else raise `Invalid`; counts like a sign-in."""
    login = await ctx.graph.read(lambda tx: queries.login_of(tx, ctx.who.user))
    known = await _knows(ctx.parts, login or "", password)
    if known is None or not known["right"] or known["locked"]:
        raise refused(ctx, ctx.who.user, Invalid(PASSWORD_REFUSED, field))
    await ctx.graph.write(lambda tx: queries.count_failures(tx, ctx.who.user, 0, None))


async def check_code(ctx: Context, code: str) -> None:
    """Pass where the code proves the second factor of the person who asks, else raise `Invalid`; counts like a sign-in."""
    login = await ctx.graph.read(lambda tx: queries.login_of(tx, ctx.who.user))
    known = await _count_try(ctx.parts, login or "", ctx.parts.clock.now())
    if known is None or known["locked"] or not await factors.prove(ctx.parts, ctx.who.user, code):
        raise refused(ctx, ctx.who.user, Invalid(factors.CODE_REFUSED, "code"))


async def _knows(parts: Parts, login: str, password: str) -> dict[str, Any] | None:
    """Count a try and return the account {id, locked, right}, None where nobody has this login; the work is the same."""
    passwords.require_room()
    known = await _count_try(parts, login, parts.clock.now())
    right = await passwords.verify(known["password"] if known else None, password)
    return {**known, "right": right} if known else None


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


async def open_session(ctx: Context, user: str, signed: dict[str, Any] | None = None, before: str = "") -> bool:
    """Open a session for `user`, end the one that this browser had (`before`, or the one that asks), set the cookie.

    False where the account is disabled. Whoever calls this has made sure who asks. `signed` is kept with the session: how the person
    signed in {method, strong, strong_at, issuer, slug, subject, sid, acr, amr}.
    """
    parts, token = ctx.parts, secrets.token_urlsafe(TOKEN_BYTES)
    one, now = session_id(token), parts.clock.now()
    before = before or (ctx.actor.session if ctx.actor else "")
    signed = {"strong_at": stamp(now), **(signed or LOCAL)}
    if not signed["strong"]:
        signed = {**signed, "strong_at": ""}

    events = list[str]()

    async def work(tx: Tx) -> bool:
        if await queries.session_known(tx, one):
            return True
        if not await queries.open_session(tx, one, user, stamp(now), stamp(rules.ends_at(parts.settings, now)), signed):
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
    return Actor(row["user"], row["name"], row["agency"], one, row["administrator"], row["writes"], row["strong_at"])


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
    """Return the sessions of the person who asks {id, created_at, seen_at, ends_at, method, slug, strong_at, acr, amr, current}.

    The last used comes first.
    """
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
