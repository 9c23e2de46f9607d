"""Spaces, agreements, memberships, markings and clearances. What names a marking is asked with the reader's held markings."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, LiteralString

from graph.queries.agreements import AMENDMENTS_OF_A

if TYPE_CHECKING:
    from graph.driver import Tx

_PERSON: LiteralString = (
    "{id: u.id, name: u.name, function: u.function, languages: u.languages,"
    " agency: {id: g.id, name: g.name, country: g.country, type: g.type, languages: g.languages}}"
)
MY_SPACES: LiteralString = """
MATCH (:User {id: $user})-[:HOLDS]->(m:Membership {state: 'active'})-[:IN]->(s:Space) RETURN collect(DISTINCT s.id)
"""
SPACE: LiteralString = (
    """
MATCH (s:Space {id: $space})-[:UNDER]->(a:Agreement)
RETURN {id: s.id, name: s.name, kind: s.kind, colour: s.colour, agreement: properties(a), amendments: """
    + AMENDMENTS_OF_A
    + "}"
)
MEMBERS: LiteralString = (
    "MATCH (m:Membership)-[:IN]->(s:Space {id: $space}) MATCH (u:User)-[:HOLDS]->(m) MATCH (u)-[:SERVES]->(g:Agency)"
    " OPTIONAL MATCH (h:Agency {id: m.seconded_to}) WITH m, u, g, h"
    " ORDER BY m.joined_at, m.valid_from, u.name RETURN collect({id: m.id, role: m.role, state: m.state,"
    " valid_from: m.valid_from, valid_to: m.valid_to, seconded_to: properties(h), person: "
    + _PERSON
    + ", clearances: COLLECT { MATCH (m)-[c:CLEARED_FOR]->(k:Marking)"
    " WHERE c.valid_from <= $now AND c.valid_to > $now AND k.id IN $held RETURN k.id }})"
)
MARKINGS: LiteralString = """
MATCH (k:Marking {space: $space}) WHERE k.id IN $held
WITH k ORDER BY k.name
RETURN collect({id: k.id, name: k.name, kind: k.kind, strong: coalesce(k.strong, false), watermark: k.watermark,
  authority: k.authority, holders: COLLECT {
  MATCH (m:Membership {state: 'active'})-[c:CLEARED_FOR]->(k) WHERE c.valid_from <= $now AND c.valid_to > $now
  MATCH (u:User)-[:HOLDS]->(m) MATCH (u)-[:SERVES]->(g:Agency) RETURN [m.id, g.country] }})
"""
INVITATIONS: LiteralString = """
MATCH (:User {id: $user})-[:HOLDS]->(m:Membership)-[:IN]->(s:Space)-[:UNDER]->(a:Agreement)
WHERE m.state = 'invited' OR (m.state = 'active' AND m.valid_from > $now)
OPTIONAL MATCH (h:Agency {id: m.seconded_to})
WITH m, s, a, h ORDER BY m.joined_at DESC, m.id
RETURN collect({membership: m.id, space: s.id, name: s.name, role: m.role, state: m.state, valid_from: m.valid_from,
  valid_to: m.valid_to, seconded_to: h.name, purpose: a.purpose})
"""
MEMBERSHIP: LiteralString = """
MATCH (u:User)-[:HOLDS]->(m:Membership {id: $id})-[:IN]->(s:Space {id: $space})
RETURN {id: m.id, user: u.id, role: m.role, state: m.state, valid_from: m.valid_from, valid_to: m.valid_to}
"""
INVITATION: LiteralString = """
MATCH (:User {id: $user})-[:HOLDS]->(m:Membership {id: $id, state: 'invited'})-[:IN]->(s:Space) RETURN [s.id, m.valid_to]
"""
LIVE_MEMBERSHIP_OF: LiteralString = """
MATCH (:User {id: $user})-[:HOLDS]->(m:Membership)-[:IN]->(:Space {id: $space})
WHERE m.state IN ['active', 'invited'] AND m.valid_to > $now RETURN m.id
"""
END_RUN_OUT: LiteralString = """
MATCH (:User {id: $user})-[:HOLDS]->(m:Membership)-[:IN]->(:Space {id: $space})
WHERE m.state IN ['active', 'invited'] AND m.valid_to <= $now SET m.state = 'ended' RETURN count(m)
"""
CREATE_SPACE: LiteralString = """
CREATE (s:Space {id: $id, name: $name, kind: $kind, colour: $colour, access_version: 1, class_version: 1})
CREATE (a:Agreement) SET a = $agreement
CREATE (s)-[:UNDER]->(a)
RETURN s.id
"""
CREATE_MEMBERSHIP: LiteralString = """
MATCH (u:User {id: $user}), (s:Space {id: $space})
CREATE (u)-[:HOLDS]->(m:Membership {id: $id, role: $role, state: $state, valid_from: $valid_from, valid_to: $valid_to,
  joined_at: $now, by: $by, seconded_to: $seconded_to})-[:IN]->(s)
RETURN m.id
"""
SET_MEMBERSHIP: LiteralString = """
MATCH (m:Membership {id: $id}) SET m.state = $state, m.joined_at = CASE WHEN $state = 'active' THEN $now ELSE m.joined_at END,
  m.valid_to = CASE WHEN $state = 'ended' AND $now < m.valid_to THEN $now ELSE m.valid_to END
RETURN m.id
"""
SET_ROLE: LiteralString = "MATCH (m:Membership {id: $id})-[:IN]->(:Space {id: $space}) SET m.role = $role RETURN m.id"
WITHIN: LiteralString = """
MATCH (u:User)-[:HOLDS]->(m:Membership {state: 'active'})-[:IN]->(:Space {id: $space})
WHERE m.valid_from <= $now AND m.valid_to > $now AND u.disabled = false RETURN collect(m.id)
"""
AGENCIES_WITHIN: LiteralString = """
MATCH (m:Membership {state: 'active'})-[:IN]->(:Space {id: $space}) WHERE m.valid_from <= $now AND m.valid_to > $now
MATCH (u:User)-[:HOLDS]->(m) MATCH (u)-[:SERVES]->(g:Agency) RETURN collect(DISTINCT g.id)
"""
LEADS: LiteralString = """
MATCH (m:Membership {state: 'active', role: 'lead'})-[:IN]->(:Space {id: $space})
WHERE m.valid_from <= $now AND m.valid_to > $now RETURN collect(m.id)
"""
CREATE_MARKING: LiteralString = """
MATCH (m:Membership {id: $membership})-[:IN]->(s:Space {id: $space})
CREATE (k:Marking {id: $id, space: $space, name: $name, kind: $kind, strong: $strong, watermark: $watermark,
  authority: $authority})-[:IN]->(s)
CREATE (m)-[:CLEARED_FOR {by: $by, valid_from: $now, valid_to: $to}]->(k)
RETURN k.id
"""
AUTHORITY_OF_MARKING: LiteralString = "MATCH (k:Marking {id: $marking, space: $space}) RETURN k.authority"
CHANGE_MARKING: LiteralString = "MATCH (k:Marking {id: $marking, space: $space}) SET k += $changes RETURN k.id"
CLEAR: LiteralString = """
MATCH (m:Membership {id: $membership})-[:IN]->(:Space {id: $space}), (k:Marking {id: $marking, space: $space})
MERGE (m)-[c:CLEARED_FOR]->(k)
SET c.by = $by, c.valid_from = $now, c.valid_to = $to
RETURN k.id
"""
WITHDRAW: LiteralString = """
MATCH (m:Membership {id: $membership})-[:IN]->(:Space {id: $space})
MATCH (m)-[c:CLEARED_FOR]->(k:Marking {id: $marking}) SET c.valid_to = $now RETURN k.id
"""


async def my_spaces(tx: Tx, user: str) -> list[str]:
    """Return the ids of the spaces of which the user is a member on paper; the scope decides about today."""
    return await tx.rows(MY_SPACES, user=user)


async def space(tx: Tx, space_id: str) -> dict[str, Any] | None:
    """Return a space with its agreement and its amendments {row, by}."""
    return await tx.value(SPACE, space=space_id)


async def members(tx: Tx, space_id: str, held: list[str], now: str) -> list[dict[str, Any]]:
    """Return every membership with its person; clearances only for markings in `held`."""
    return await tx.rows(MEMBERS, space=space_id, held=held, now=now)


async def markings(tx: Tx, space_id: str, held: list[str], now: str) -> list[dict[str, Any]]:
    """Return the markings that the reader holds, with (membership, country) of their holders."""
    return await tx.rows(MARKINGS, space=space_id, held=held, now=now)


async def invitations(tx: Tx, user: str, now: str) -> list[dict[str, Any]]:
    """Return the invitations of a person, also those that ran out, and memberships accepted that begin later; newest first."""
    return await tx.rows(INVITATIONS, user=user, now=now)


async def membership(tx: Tx, space_id: str, membership_id: str) -> dict[str, Any] | None:
    """Return one membership of a space."""
    return await tx.value(MEMBERSHIP, space=space_id, id=membership_id)


async def invitation(tx: Tx, user: str, membership_id: str) -> tuple[str, str] | None:
    """Return the space that a person is invited to by this membership, and until when the invitation holds."""
    found = await tx.value(INVITATION, user=user, id=membership_id)
    return (found[0], found[1]) if found else None


async def live_membership_of(tx: Tx, space_id: str, user: str, now: str) -> str | None:
    """Return the active or invited membership of a person in a space, if it has not run out."""
    return await tx.value(LIVE_MEMBERSHIP_OF, space=space_id, user=user, now=now)


async def end_run_out(tx: Tx, space_id: str, user: str, now: str) -> None:
    """Mark as ended what ran out of a person's memberships and invitations in a space."""
    await tx.value(END_RUN_OUT, space=space_id, user=user, now=now)


async def create_space(tx: Tx, space_id: str, name: str, kind: str, colour: int, agreement: dict[str, Any]) -> None:
    """Create a space under its agreement {id, purpose, parties, state, valid_from, valid_to}."""
    await tx.value(CREATE_SPACE, id=space_id, name=name, kind=kind, colour=colour, agreement=agreement)


async def create_membership(tx: Tx, space_id: str, row: dict[str, Any]) -> None:
    """Create a membership {id, user, role, state, valid_from, valid_to, now, by}, and seconded_to where an authority hosts the person."""
    await tx.value(CREATE_MEMBERSHIP, space=space_id, **{"seconded_to": None, **row})


async def set_membership(tx: Tx, membership_id: str, state: str, now: str) -> None:
    """Move a membership to active or ended; ending it ends its validity too."""
    await tx.value(SET_MEMBERSHIP, id=membership_id, state=state, now=now)


async def set_role(tx: Tx, space_id: str, membership_id: str, role: str) -> None:
    """Give a membership another role."""
    await tx.value(SET_ROLE, space=space_id, id=membership_id, role=role)


async def within(tx: Tx, space_id: str, now: str) -> list[str]:
    """Return the memberships of those who are in a space now."""
    return await tx.rows(WITHIN, space=space_id, now=now)


async def agencies_within(tx: Tx, space_id: str, now: str) -> list[str]:
    """Return the authorities whose people are in a space now."""
    return await tx.rows(AGENCIES_WITHIN, space=space_id, now=now)


async def leads(tx: Tx, space_id: str, now: str) -> list[str]:
    """Return the memberships of those who lead a space now."""
    return await tx.rows(LEADS, space=space_id, now=now)


async def create_marking(tx: Tx, space_id: str, row: dict[str, Any]) -> None:
    """Create a marking {id, name, kind, strong, watermark, authority, membership, by, now, to} whose first holder is its creator."""
    await tx.value(CREATE_MARKING, space=space_id, **row)


async def authority_of_marking(tx: Tx, space_id: str, marking: str) -> str | None:
    """Return the authority that made a marking."""
    return await tx.value(AUTHORITY_OF_MARKING, space=space_id, marking=marking)


async def change_marking(tx: Tx, space_id: str, marking: str, changes: dict[str, bool]) -> None:
    """Change what a marking asks for {strong, watermark}."""
    await tx.value(CHANGE_MARKING, space=space_id, marking=marking, changes=changes)


async def clear(tx: Tx, space_id: str, row: dict[str, Any]) -> str | None:
    """Clear a membership for a marking {membership, marking, by, now, to}."""
    return await tx.value(CLEAR, space=space_id, **row)


async def withdraw(tx: Tx, space_id: str, membership_id: str, marking: str, now: str) -> str | None:
    """End a clearance."""
    return await tx.value(WITHDRAW, space=space_id, membership=membership_id, marking=marking, now=now)
