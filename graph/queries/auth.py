"""Accounts, sessions and the demo marker. Nothing here shows content of a space; sessions and tries are keyed by unguessable or own ids."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, LiteralString

if TYPE_CHECKING:
    from graph.driver import Tx

# ── accounts ──────────────────────────────────────────────────────────────────────────────────────────────────────────────────────

# The write comes first: it takes the account's lock, so that two guesses at once are counted one after the other.
TRY: LiteralString = """
MATCH (u:User {login: $login}) SET u.tries = coalesce(u.tries, 0) + 1
RETURN {id: u.id, password: u.password, failures: coalesce(u.failures, 0), locked_until: u.locked_until}
"""
COUNT_FAILURES: LiteralString = """
MATCH (u:User {id: $id}) SET u.failures = $failures, u.locked_until = $locked_until RETURN u.id
"""
# A login that nobody has costs the same statements and the same synced write as one that exists.
DECOY: LiteralString = "MERGE (d:Decoy {id: $id}) SET d.tries = coalesce(d.tries, 0) + 1 RETURN d.id"
ACCOUNT: LiteralString = """
MATCH (u:User {id: $id})-[:SERVES]->(g:Agency)
RETURN {id: u.id, login: u.login, name: u.name, function: u.function, languages: u.languages,
  administrator: coalesce(u.administrator, false), agency_administrator: coalesce(u.agency_administrator, false),
  demo_order: u.demo_order, agency: properties(g)}
"""
CHANGE_PASSWORD: LiteralString = """
MATCH (u:User {id: $id}) SET u.password = $password, u.failures = 0, u.locked_until = null RETURN u.id
"""  # noqa: S105 - a query
LOGIN_OF: LiteralString = "MATCH (u:User {id: $id}) RETURN u.login"
HOLDER: LiteralString = "MATCH (u:User {login: $login}) RETURN u.id"
# The write comes first: it takes the code's lock, so that of two who use it at once one finds it used.
TRY_CODE: LiteralString = """
MATCH (c:SetUpCode {id: $id}) SET c.tries = coalesce(c.tries, 0) + 1
WITH c MATCH (g:Agency)<-[:SERVES]-(u:User {disabled: false})-[:SETS_UP_BY]->(c) WHERE c.used = false AND $now < c.until
RETURN {id: u.id, login: u.login, name: u.name, country: g.country, agency: g.name, binds: coalesce(c.binds, true)}
"""
USE_CODE: LiteralString = """
MATCH (u:User)-[:SETS_UP_BY]->(c:SetUpCode {id: $id})
SET c.used = true, u.password = $password, u.failures = 0, u.locked_until = null RETURN u.id
"""

# ── sessions ──────────────────────────────────────────────────────────────────────────────────────────────────────────────────────

# An API token is a session that a script holds: it does not idle out.
_HOLDS: LiteralString = "x.ended = false AND $now < x.ends_at AND (x.method = 'token' OR $idle_since < x.seen_at)"
# The account is written before it is read, so that a session never opens beside the step that disables the account.
OPEN_SESSION: LiteralString = """
MATCH (u:User {id: $user}) SET u.failures = 0, u.locked_until = null
WITH u WHERE u.disabled = false
CREATE (x:Session {id: $id, user: u.id, created_at: $now, seen_at: $now, ends_at: $ends_at, ended: false})
SET x += $signed
RETURN x.id
"""
SESSION_KNOWN: LiteralString = "MATCH (x:Session {id: $id}) RETURN x.id"
LIVE_SESSION: LiteralString = (
    "MATCH (x:Session {id: $id}) WHERE "
    + _HOLDS
    + """
MATCH (u:User {id: x.user})-[:SERVES]->(g:Agency) WHERE u.disabled = false
RETURN {session: x.id, seen_at: x.seen_at, user: u.id, name: u.name, agency: g.id, administrator: coalesce(u.administrator, false),
  writes: x.writes, strong_at: coalesce(x.strong_at, '')}
"""
)
ALIVE: LiteralString = (
    "UNWIND $ids AS id MATCH (x:Session {id: id}) WHERE "
    + _HOLDS
    + """
MATCH (u:User {id: x.user}) WHERE u.disabled = false
RETURN collect(x.id)
"""
)
# What is listed with the tokens is not listed here.
SESSIONS_OF: LiteralString = """
MATCH (x:Session {user: $user}) WHERE x.ended = false AND $now < x.ends_at AND $idle_since < x.seen_at AND x.writes IS NULL
WITH x ORDER BY x.seen_at DESC, x.id
RETURN collect({id: x.id, created_at: x.created_at, seen_at: x.seen_at, ends_at: x.ends_at, method: coalesce(x.method, 'password'),
  slug: x.slug, strong_at: coalesce(x.strong_at, ''), acr: x.acr, amr: coalesce(x.amr, [])})
"""
OWNS_SESSION: LiteralString = "MATCH (x:Session {id: $id, user: $user}) RETURN x.id"
TOUCH: LiteralString = """
MATCH (x:Session {id: $id}) WHERE x.ended = false AND x.seen_at < $now SET x.seen_at = $now RETURN x.id
"""
END_SESSION: LiteralString = "MATCH (x:Session {id: $id}) WHERE x.ended = false SET x.ended = true RETURN x.id"
END_SESSIONS: LiteralString = """
MATCH (x:Session {user: $user}) WHERE x.ended = false AND x.id <> $keep SET x.ended = true
WITH x.id AS id ORDER BY id RETURN collect(id)
"""
# A provider names its session (sid), or a person of whom every session ends.
END_NAMED: LiteralString = """
MATCH (x:Session {issuer: $issuer}) WHERE x.ended = false AND ($sid IS NULL OR x.sid = $sid) AND ($subject IS NULL OR x.subject = $subject)
SET x.ended = true WITH x.id AS id ORDER BY id RETURN collect(id)
"""
IDENTITY: LiteralString = """
MATCH (u:User)-[:KNOWN_AS]->(:Identity {id: $id}), (u)-[:SERVES]->(g:Agency) RETURN {id: u.id, country: g.country, agency: g.name}
"""
BIND_IDENTITY: LiteralString = """
MATCH (u:User {id: $user}) MERGE (i:Identity {id: $id}) ON CREATE SET i.issuer = $issuer, i.subject = $subject
MERGE (u)-[:KNOWN_AS]->(i) RETURN u.id
"""
SPEND_CODE: LiteralString = "MATCH (c:SetUpCode {id: $code}) SET c.used = true RETURN c.id"
FORGET_SESSIONS: LiteralString = "MATCH (x:Session {user: $user}) WHERE x.ends_at < $before DETACH DELETE x RETURN count(*)"

# ── the demo marker ───────────────────────────────────────────────────────────────────────────────────────────────────────────────

DEPLOYMENT: LiteralString = "MATCH (d:Deployment {id: 'this'}) RETURN coalesce(d.demo, false)"
MARK_DEPLOYMENT: LiteralString = "MERGE (d:Deployment {id: 'this'}) SET d.demo = $demo RETURN d.demo"
SOMEBODY: LiteralString = "MATCH (u:User) WITH u LIMIT 1 RETURN u.id"
DEMO_PEOPLE: LiteralString = """
MATCH (u:User {disabled: false})-[:SERVES]->(g:Agency) WHERE u.demo_order IS NOT NULL AND coalesce(u.administrator, false) = false
  AND EXISTS { MATCH (:Deployment {id: 'this', demo: true}) }
WITH u, g ORDER BY u.demo_order, u.name
RETURN collect({id: u.id, name: u.name, function: u.function, agency: properties(g), roles: COLLECT {
  MATCH (u)-[:HOLDS]->(m:Membership {state: 'active'})-[:IN]->(:Space) RETURN DISTINCT m.role }})
"""


async def try_login(tx: Tx, login: str) -> dict[str, Any] | None:
    """Lock and return the account {id, password, failures, locked_until} of a login, or None."""
    return await tx.value(TRY, login=login)


async def count_failures(tx: Tx, user: str, failures: int, locked_until: str | None) -> None:
    """Write how often sign-in failed in a row and until when the account refuses."""
    await tx.value(COUNT_FAILURES, id=user, failures=failures, locked_until=locked_until)


async def count_decoy(tx: Tx, bucket: str) -> None:
    """Write as `count_failures` does, for a login that nobody has."""
    await tx.value(DECOY, id=bucket)


async def account(tx: Tx, user: str) -> dict[str, Any] | None:
    """Return a person {id, login, name, function, languages, administrator, agency_administrator, demo_order, agency}, or None."""
    return await tx.value(ACCOUNT, id=user)


async def login_of(tx: Tx, user: str) -> str | None:
    """Return what a person signs in with."""
    return await tx.value(LOGIN_OF, id=user)


async def change_password(tx: Tx, user: str, password: str) -> None:
    """Set the stored password of a person, and forget failed tries."""
    await tx.value(CHANGE_PASSWORD, id=user, password=password)


async def holder(tx: Tx, login: str) -> str | None:
    """Return the id of the account that has this login."""
    return await tx.value(HOLDER, login=login)


async def try_code(tx: Tx, code: str, now: str) -> dict[str, Any] | None:
    """Lock and return the account {id, login, name, country, agency, binds} that an unused set-up code opens now, or None.

    Without `binds` it sets a password only, and binds no identity of a provider.
    """
    return await tx.value(TRY_CODE, id=code, now=now)


async def use_code(tx: Tx, code: str, password: str) -> None:
    """Set the password of the code's person, and the code to used."""
    await tx.value(USE_CODE, id=code, password=password)


async def open_session(tx: Tx, session: str, user: str, now: str, ends_at: str, signed: dict[str, Any]) -> bool:
    """Open a session and forget the account's failures; False where the account is gone or disabled. `signed` tells how."""
    return await tx.value(OPEN_SESSION, id=session, user=user, now=now, ends_at=ends_at, signed=signed) is not None


async def session_known(tx: Tx, session: str) -> bool:
    """Say whether an earlier run of the same unit of work opened this session."""
    return await tx.value(SESSION_KNOWN, id=session) is not None


async def live_session(tx: Tx, session: str, now: str, idle_since: str) -> dict[str, Any] | None:
    """Return {session, seen_at, user, name, agency, administrator, writes, strong_at} of a session that still holds, or None."""
    return await tx.value(LIVE_SESSION, id=session, now=now, idle_since=idle_since)


async def alive(tx: Tx, sessions: list[str], now: str, idle_since: str) -> list[str]:
    """Return those of the sessions that still hold."""
    return await tx.rows(ALIVE, ids=sessions, now=now, idle_since=idle_since)


async def sessions_of(tx: Tx, user: str, now: str, idle_since: str) -> list[dict[str, Any]]:
    """Return the sessions of a person that still hold {id, created_at, seen_at, ends_at, method, slug, strong_at, acr, amr}.

    The last used comes first.
    """
    return await tx.rows(SESSIONS_OF, user=user, now=now, idle_since=idle_since)


async def owns_session(tx: Tx, user: str, session: str) -> bool:
    """Say whether a session is or was this person's."""
    return await tx.value(OWNS_SESSION, id=session, user=user) is not None


async def touch(tx: Tx, session: str, now: str) -> None:
    """Note that the session was used; never backwards, never on an ended one."""
    await tx.value(TOUCH, id=session, now=now)


async def end_session(tx: Tx, session: str) -> list[str]:
    """End one session; return its id where it was open."""
    ended = await tx.value(END_SESSION, id=session)
    return [ended] if ended else []


async def end_sessions(tx: Tx, user: str, keep: str = "") -> list[str]:
    """End every open session of a person but `keep`; return the ids of those that were open."""
    return await tx.rows(END_SESSIONS, user=user, keep=keep)


async def end_named(tx: Tx, issuer: str, subject: str | None, sid: str | None) -> list[str]:
    """End the open sessions that a provider names; return their ids."""
    return await tx.rows(END_NAMED, issuer=issuer, subject=subject, sid=sid)


async def identity(tx: Tx, one: str) -> dict[str, str] | None:
    """Return {id, country, agency} of the person whom a provider's subject is bound to."""
    return await tx.value(IDENTITY, id=one)


async def bind_identity(tx: Tx, one: str, user: str, issuer: str, subject: str) -> None:
    """Bind a provider's subject to a person."""
    await tx.value(BIND_IDENTITY, id=one, user=user, issuer=issuer, subject=subject)


async def spend_code(tx: Tx, code: str) -> None:
    """Note that a set-up code was used."""
    await tx.value(SPEND_CODE, code=code)


async def forget_sessions(tx: Tx, user: str, before: str) -> None:
    """Remove the sessions of a person that ran out before a moment; their events stay."""
    await tx.value(FORGET_SESSIONS, user=user, before=before)


async def deployment(tx: Tx) -> bool | None:
    """Say whether this graph was created as a demo; None where it was never marked."""
    return await tx.value(DEPLOYMENT)


async def mark_deployment(tx: Tx, *, demo: bool) -> None:
    """Mark the graph as a demo or as real."""
    await tx.value(MARK_DEPLOYMENT, demo=demo)


async def has_people(tx: Tx) -> bool:
    """Say whether anybody has an account."""
    return await tx.value(SOMEBODY) is not None


async def demo_people(tx: Tx) -> list[dict[str, Any]]:
    """Return the people of a demo graph {id, name, function, agency, roles}; none in any other graph."""
    return await tx.rows(DEMO_PEOPLE)
