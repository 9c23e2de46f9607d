"""Challenges of exhibits and what courts decided: there where their exhibit is.

What rests on an exhibit are the records that cite it, or what was derived from it. What a court decides follows on all of them, also on
those that whoever writes it down does not see: nothing of that is returned but what the server goes on with.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, LiteralString

from graph.access import Scope, visible
from graph.queries import evidence_consents as consents

if TYPE_CHECKING:
    from graph.driver import Tx

CHALLENGES: LiteralString = (
    "MATCH (x:EvidenceItem {id: $exhibit, space: $space}) WHERE "
    + visible("x")
    + " MATCH (c:Challenge {exhibit: x.id}) WITH c ORDER BY c.filed_at, c.id RETURN collect(properties(c))"
)
CREATE: LiteralString = "CREATE (c:Challenge) SET c = $row RETURN c.id"
LOCK: LiteralString = (
    "MATCH (c:Challenge {id: $id}) MATCH (x:EvidenceItem {id: c.exhibit, space: $space}) WHERE "
    + visible("x")
    + " SET c.lock = coalesce(c.lock, 0) + 1 RETURN {challenge: properties(c), exhibit: properties(x)}"
)
DECIDE: LiteralString = (
    "MATCH (c:Challenge {id: $id}) MATCH (x:EvidenceItem {id: c.exhibit, space: $space}) WHERE "
    + visible("x")
    + " SET c += $changes RETURN c.id"
)
STANDING_OF: LiteralString = """
MATCH (c:Challenge {exhibit: $exhibit}) RETURN collect([c.country, c.outcome])
"""
BELOW: LiteralString = "UNWIND $ids AS id MATCH (x:EvidenceItem {parent: id}) RETURN collect(x.id)"
SET_EXHIBITS: LiteralString = """
UNWIND $ids AS id MATCH (x:EvidenceItem {id: id}) SET x.lock = coalesce(x.lock, 0) + 1
WITH x SET x.excluded_in = CASE WHEN x.id = $exhibit THEN $excluded ELSE coalesce(x.excluded_in, []) END,
  x.challenged_in = CASE WHEN x.id = $exhibit THEN $challenged ELSE coalesce(x.challenged_in, []) END,
  x.standing = 'follows' RETURN count(x)
"""
FOLLOWS: LiteralString = "MATCH (x:EvidenceItem {standing: 'follows'}) RETURN collect([x.id, x.space])"
FOLLOWING: LiteralString = "MATCH (x:EvidenceItem {id: $id}) SET x.lock = coalesce(x.lock, 0) + 1 RETURN x.integrity_alert"
# Of an exhibit that any court may use a record may be reserved by its own code: to its own authority's courts.
_COURTS: LiteralString = "CASE WHEN $courts IS NOT NULL THEN $courts WHEN r.handling <> 'H0' THEN [g.country] END"
LACKING: LiteralString = (
    "MATCH (r:Record {exhibit: $exhibit}) WHERE r.space = $space OPTIONAL MATCH (g:Agency {id: r.authority}) WITH r, "
    + _COURTS
    + """ AS courts
WHERE coalesce(r.excluded_in, []) <> $excluded OR coalesce(r.challenged_in, []) <> $challenged
  OR coalesce(r.courts, ['any']) <> coalesce(courts, ['any'])
WITH r LIMIT $most
RETURN collect({id: r.id, about: r.about, kind: r.kind, source: r.source, target: r.target, vis: r.vis, status: r.status})
"""
)
SET_RECORDS: LiteralString = (
    "UNWIND $ids AS id MATCH (r:Record {id: id}) OPTIONAL MATCH (g:Agency {id: r.authority}) SET r.courts = "
    + _COURTS
    + """, r.excluded_in = $excluded, r.challenged_in = $challenged, r.status_reason = CASE WHEN r.status = 'retracted' THEN r.status_reason
    WHEN size($excluded) > 0 THEN $reason ELSE '' END,
  r.status = CASE WHEN r.status = 'retracted' THEN r.status WHEN size($excluded) > 0 THEN 'excluded'
    WHEN r.status = 'excluded' THEN 'asserted' ELSE r.status END
RETURN count(r)
"""
)
FOLLOWED: LiteralString = "MATCH (x:EvidenceItem {id: $id}) SET x.standing = 'settled' RETURN x.id"
CITING: LiteralString = (
    "UNWIND $ids AS id MATCH (r:Record {exhibit: id}) WHERE r.space = $space AND " + visible("r") + " RETURN collect(properties(r))"
)
BESIDE: LiteralString = (
    "UNWIND $ids AS id MATCH (r:Record {about: id}) WHERE r.space = $space AND " + visible("r") + " RETURN collect(properties(r))"
)
VISIBLE_BELOW: LiteralString = (
    "UNWIND $ids AS id MATCH (x:EvidenceItem {parent: id}) WHERE x.space = $space AND " + visible("x") + " RETURN collect(x.id)"
)


async def challenges(tx: Tx, scope: Scope, exhibit: str) -> list[dict[str, Any]]:
    """Return the challenges of a visible exhibit, oldest first."""
    return await tx.rows(CHALLENGES, space=scope.space, vis=scope.vis, exhibit=exhibit)


async def create(tx: Tx, row: dict[str, Any]) -> None:
    """Create a challenge {id, space, exhibit, by, ground, court, country, filed_at, outcome, …}."""
    await tx.value(CREATE, row=row)


async def lock(tx: Tx, scope: Scope, challenge: str) -> tuple[dict[str, Any], dict[str, Any]] | None:
    """Take the lock of a challenge whose exhibit is visible; return both."""
    found = await tx.value(LOCK, space=scope.space, vis=scope.vis, id=challenge)
    return (found["challenge"], found["exhibit"]) if found else None


async def decide(tx: Tx, scope: Scope, challenge: str, changes: dict[str, Any]) -> None:
    """Write what a court decided on a challenge."""
    await tx.value(DECIDE, space=scope.space, vis=scope.vis, id=challenge, changes=changes)


async def stand(tx: Tx, exhibit: str) -> None:
    """Write on an exhibit where it is excluded and challenged, and on all that was derived from it that its records are to follow."""
    said = await tx.rows(STANDING_OF, exhibit=exhibit)
    countries = {outcome: sorted({country for country, each in said if each == outcome}) for outcome in ("excluded", "open")}
    ids = await _below(tx, exhibit)
    await tx.value(SET_EXHIBITS, ids=ids, exhibit=exhibit, excluded=countries["excluded"], challenged=countries["open"])


async def _below(tx: Tx, exhibit: str) -> list[str]:
    found, level = [exhibit], [exhibit]
    while level:
        level = [one for one in await tx.rows(BELOW, ids=level) if one not in found]
        found += level
    return sorted(found)


async def follows(tx: Tx) -> list[tuple[str, str]]:
    """Return (exhibit, space) of those whose records are to follow what was decided."""
    return [(one, space) for one, space in await tx.rows(FOLLOWS)]


@dataclass(frozen=True, slots=True)
class Standing:
    """Countries in which an exhibit, or what it was derived from, is excluded and challenged, and in whose courts it may be used.

    `courts` is None for any; `altered` says whether it, or what it was derived from, has an integrity alert.
    """

    excluded: list[str]
    challenged: list[str]
    courts: list[str] | None
    altered: bool


async def standing(tx: Tx, exhibit: str) -> Standing:
    """Return how an exhibit stands. Takes its lock, so that what is decided meanwhile waits and marks it anew."""
    altered = await tx.value(FOLLOWING, id=exhibit) is not None
    steps = await consents.chain(tx, exhibit)
    excluded = {country for step in steps for country in step.excluded}
    challenged = {country for step in steps for country in step.challenged}
    return Standing(sorted(excluded), sorted(challenged - excluded), consents.courts(steps), altered)


async def lacking(tx: Tx, space: str, exhibit: str, stands: Standing, most: int) -> list[dict[str, Any]]:
    """Return at most `most` records that cite an exhibit and do not say so yet {id, about, kind, source, target, vis, status}."""
    said = {"excluded": stands.excluded, "challenged": stands.challenged, "courts": stands.courts}
    return await tx.rows(LACKING, space=space, exhibit=exhibit, most=most, **said)


async def set_records(tx: Tx, ids: list[str], stands: Standing) -> None:
    """Let records follow. What was retracted stays so. The caller holds the locks of their subjects."""
    said = {"excluded": stands.excluded, "challenged": stands.challenged, "courts": stands.courts}
    await tx.value(SET_RECORDS, ids=ids, reason=", ".join(stands.excluded), **said)


async def followed(tx: Tx, exhibit: str) -> None:
    """Write that every record of an exhibit has followed."""
    await tx.value(FOLLOWED, id=exhibit)


async def resting(tx: Tx, scope: Scope, exhibit: str) -> list[dict[str, Any]]:
    """Return the visible records that cite a visible exhibit, or visible ones derived from it, as stored."""
    found, level = [exhibit], [exhibit]
    while level:
        level = [one for one in await tx.rows(VISIBLE_BELOW, space=scope.space, vis=scope.vis, ids=level) if one not in found]
        found += level
    return await tx.rows(CITING, space=scope.space, vis=scope.vis, ids=found)


async def beside(tx: Tx, scope: Scope, subjects: list[str]) -> list[dict[str, Any]]:
    """Return all visible records of entities and links, as stored."""
    return await tx.rows(BESIDE, space=scope.space, vis=scope.vis, ids=subjects)
