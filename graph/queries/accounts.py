"""Accounts, as administrators see and change them. Every query asks in itself whether the administrator, `$me`, may."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, LiteralString

from graph import access

if TYPE_CHECKING:
    from graph.driver import Tx

_ME: LiteralString = "MATCH (me:User {id: $me})-[:SERVES]->(own:Agency)\n"
_OF_MINE: LiteralString = "-[:SERVES]->(g:Agency) WHERE " + access.manages("me", "own", "u", "g") + "\n"
_ONE_OF_MINE: LiteralString = _ME + "MATCH (u:User {id: $id})" + _OF_MINE
_OPENED: LiteralString = "(u.password <> '' OR EXISTS { MATCH (u)-[:KNOWN_AS]->(:Identity) })"
_FACTOR: LiteralString = "EXISTS { MATCH (u)-[:PROVES_BY]->(held:SecondFactor) WHERE held.sealed <> '' }"
_ACCOUNT: LiteralString = (
    """
  WITH u, g, COLLECT { MATCH (u)-[:SETS_UP_BY]->(c:SetUpCode) WHERE c.used = false AND c.until > $now RETURN c.until } AS codes
  ORDER BY g.country, g.name, u.name, u.id
  RETURN collect({id: u.id, login: u.login, name: u.name, function: u.function, languages: u.languages, disabled: u.disabled,
    administrator: coalesce(u.administrator, false), agency_administrator: coalesce(u.agency_administrator, false),
    opened: """
    + _OPENED
    + """, set_up_until: head(codes), agency: properties(g), second_factor: """
    + _FACTOR
    + """})
"""
)
ADMINISTERS: LiteralString = _ME + "WITH me WHERE " + access.administers_something("me") + " RETURN me.id"
# One row with `me`, so that nothing is multiplied.
ACCOUNTS: LiteralString = _ME + "WITH DISTINCT me, own MATCH (u:User)" + _OF_MINE + _ACCOUNT
ONE_ACCOUNT: LiteralString = _ONE_OF_MINE + _ACCOUNT
MANAGED: LiteralString = _ONE_OF_MINE + "RETURN u.id"
CREATE_PERSON: LiteralString = (
    _ME + "MATCH (g:Agency {id: $agency}) WHERE " + access.administers("me", "own", "g") + "\n"
    "CREATE (u:User)-[:SERVES]->(g) SET u = $row RETURN u.id"
)
UPDATE_PERSON: LiteralString = _ONE_OF_MINE + "SET u += $changes RETURN u.id"
# A person has one code: what was issued before opens nothing any more. An agency alone gives none to somebody who has opened their account,
# but where a second factor stays asked for; such a code binds no identity of a provider, which would be another way in.
NEW_CODE: LiteralString = (
    _ONE_OF_MINE
    + "WITH u, coalesce(me.administrator, false) OR NOT "
    + _OPENED
    + " AS binds WHERE binds OR "
    + _FACTOR
    + """
OPTIONAL MATCH (u)-[:SETS_UP_BY]->(old:SetUpCode)
DETACH DELETE old
WITH DISTINCT u, binds CREATE (u)-[:SETS_UP_BY]->(c:SetUpCode {id: $code, until: $until, used: false, binds: binds}) RETURN c.id
"""
)
REMOVE_FACTOR: LiteralString = """
MATCH (me:User {id: $me, administrator: true, disabled: false})
MATCH (u:User {id: $id})-[:PROVES_BY]->(f:SecondFactor)
OPTIONAL MATCH (u)-[:SETS_UP_BY]->(old:SetUpCode)
DETACH DELETE f, old RETURN count(*)
"""
# Who closed an account is kept: what an administrator of the deployment closed, no agency opens again.
DISABLE: LiteralString = (
    _ONE_OF_MINE + "SET u.disabled = true, u.barred = coalesce(u.barred, false) OR coalesce(me.administrator, false) RETURN u.id"
)
# The write comes first: it takes the account's lock.
ENABLE: LiteralString = (
    _ONE_OF_MINE
    + """
SET u.barred = coalesce(u.barred, false)
WITH me, u WHERE u.barred = false OR me.administrator = true
SET u.disabled = false, u.barred = false RETURN u.id
"""
)
APPOINT: LiteralString = """
MATCH (me:User {id: $me, administrator: true, disabled: false})
MATCH (u:User {id: $id}) SET u.agency_administrator = $appointed RETURN u.id
"""
OTHER_ADMINISTRATOR: LiteralString = "MATCH (u:User {administrator: true, disabled: false}) WHERE u.id <> $id RETURN count(u) > 0"
SPACES_OF: LiteralString = """
MATCH (:User {id: $id})-[:HOLDS]->(:Membership)-[:IN]->(s:Space) WITH DISTINCT s.id AS id ORDER BY id RETURN collect(id)
"""


async def administers(tx: Tx, me: str) -> bool:
    """Say whether somebody administers this deployment or their agency now."""
    return await tx.value(ADMINISTERS, me=me) is not None


async def accounts(tx: Tx, me: str, now: str, user: str | None = None) -> list[dict[str, Any]]:
    """Return every account that `me` manages, or the one named.

    {…a person, login, disabled, administrator, agency_administrator, opened, set_up_until, second_factor}
    """
    return await (tx.rows(ACCOUNTS, me=me, now=now) if user is None else tx.rows(ONE_ACCOUNT, me=me, now=now, id=user))


async def manages(tx: Tx, me: str, user: str) -> bool:
    """Say whether `me` manages this person."""
    return await tx.value(MANAGED, me=me, id=user) is not None


async def create_person(tx: Tx, me: str, agency: str, row: dict[str, Any]) -> bool:
    """Create a person as `agencies.create_person` does; False where `me` administers no such authority."""
    return await tx.value(CREATE_PERSON, me=me, agency=agency, row=row) is not None


async def update_person(tx: Tx, me: str, user: str, changes: dict[str, Any]) -> bool:
    """Change stored properties of a person; False where `me` manages none such."""
    return await tx.value(UPDATE_PERSON, me=me, id=user, changes=changes) is not None


async def new_code(tx: Tx, me: str, user: str, code: str, until: str) -> bool:
    """Give a person a set-up code, stored as its hash, in place of any earlier one.

    False where `me` manages none such, or could alone sign in with it as somebody who has opened their account.
    """
    return await tx.value(NEW_CODE, me=me, id=user, code=code, until=until) is not None


async def remove_factor(tx: Tx, me: str, user: str) -> bool:
    """Take the second factor of a person away, and their code; False where there was none, or `me` does not administer this deployment."""
    return bool(await tx.value(REMOVE_FACTOR, me=me, id=user))


async def disable(tx: Tx, me: str, user: str) -> bool:
    """Disable an account; False where `me` manages none such."""
    return await tx.value(DISABLE, me=me, id=user) is not None


async def enable(tx: Tx, me: str, user: str) -> bool:
    """Enable an account; False where `me` manages none such, or it was closed by an administrator of the deployment and `me` is none."""
    return await tx.value(ENABLE, me=me, id=user) is not None


async def appoint(tx: Tx, me: str, user: str, *, appointed: bool) -> bool:
    """Let a person administer the agency they serve in, or no longer.

    False where there is no such person, or `me` does not administer this deployment.
    """
    return await tx.value(APPOINT, me=me, id=user, appointed=appointed) is not None


async def other_administrator(tx: Tx, user: str) -> bool:
    """Say whether somebody else administers this deployment and can sign in."""
    return bool(await tx.value(OTHER_ADMINISTRATOR, id=user))


async def spaces_of(tx: Tx, user: str) -> list[str]:
    """Return the ids of every space in which a person has or had a membership, sorted."""
    return await tx.rows(SPACES_OF, id=user)
