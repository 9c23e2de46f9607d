"""Who may see what, said once. Every query that shows content is built from the predicates of this file.

The rule (ARCHITECTURE §4): what may be seen is the space and, over an item's records, at least one record all of whose markings the
reader holds. Each distinct expression is a visibility class; every record, entity, link and case carries its class in `vis`; a reader's
scope is the list of classes that they satisfy, worked out in the same transaction as the question.

Shapes: an *expression* is a frozenset of marking-id frozensets; `{frozenset()}` is "the whole space".
"""

from __future__ import annotations

import hashlib
from dataclasses import dataclass
from typing import TYPE_CHECKING, LiteralString

if TYPE_CHECKING:
    from collections.abc import Iterable

    from graph.driver import Tx

Expression = frozenset[frozenset[str]]
OPEN: Expression = frozenset({frozenset[str]()})
MOST_CLASSES = 300
FOREVER = "9999-12-31T00:00:00.000000Z"


class TooManyClasses(Exception):
    """A space has as many combinations of markings as the engines answer quickly for; the write is refused rather than widened."""


# ── predicates ────────────────────────────────────────────────────────────────────────────────────────────────────────────────────


def visible(x: LiteralString) -> LiteralString:
    """Cypher: the node or link `x` is there for the reader whose scope is `$vis`."""
    return x + ".vis IN $vis"


def visible_link(source: LiteralString, link: LiteralString, target: LiteralString) -> LiteralString:
    """Cypher: a link is there only if it and both its ends are."""
    return visible(link) + " AND " + visible(source) + " AND " + visible(target)


# ── people: who administers whom ──────────────────────────────────────────────────────────────────────────────────────────────────


def administers_something(me: LiteralString) -> LiteralString:
    """Cypher: the person `me` administers this deployment, or the agency that they serve in."""
    return me + ".disabled = false AND (" + me + ".administrator = true OR " + me + ".agency_administrator = true)"


def administers(me: LiteralString, own: LiteralString, agency: LiteralString) -> LiteralString:
    """Cypher: `me`, who serves in `own`, administers `agency`: any one for the deployment, else their own."""
    return administers_something(me) + " AND (" + me + ".administrator = true OR " + own + ".id = " + agency + ".id)"


def manages(me: LiteralString, own: LiteralString, person: LiteralString, agency: LiteralString) -> LiteralString:
    """Cypher: `me` manages the account of `person`, who serves in `agency`.

    Who administers an agency does not manage those who administer the deployment, though they serve in it: whoever gives a set-up code
    to an account can open it.
    """
    reach = "(" + me + ".administrator = true OR coalesce(" + person + ".administrator, false) = false)"
    return administers(me, own, agency) + " AND " + reach


# ── classes ───────────────────────────────────────────────────────────────────────────────────────────────────────────────────────


def absorb(expression: Iterable[frozenset[str]]) -> Expression:
    """Drop every set that another one makes superfluous: one unmarked record makes the item visible to the whole space."""
    sets = set(expression)
    return frozenset(one for one in sets if not any(other < one for other in sets))


def class_id(space: str, expression: Expression) -> str:
    """Return the id of a visibility class: a hash of the space and the normalised expression."""
    text = space + "\n" + "\n".join(_lines(expression))
    return hashlib.sha256(text.encode()).hexdigest()[:24]


def _lines(expression: Expression) -> list[str]:
    return sorted("+".join(sorted(one)) for one in expression)


def parse(lines: list[str]) -> Expression:
    """Read an expression as stored: one line for each set of markings, ids joined by `+`."""
    return frozenset(frozenset(line.split("+")) if line else frozenset[str]() for line in lines)


def satisfied(expression: Expression, held: frozenset[str]) -> bool:
    """Say whether someone who holds `held` sees an item of this class."""
    return any(one <= held for one in expression)


# ── scope ─────────────────────────────────────────────────────────────────────────────────────────────────────────────────────────


@dataclass(frozen=True, slots=True)
class Scope:
    """What one person may see in one space at one moment. `role` is None where they have no standing there at all."""

    space: str
    user: str
    agency: str
    membership: str | None
    role: str | None
    held: frozenset[str]
    vis: list[str]
    until: str
    access_version: int
    court: str | None = None
    """Country in whose courts the reader asks what stands; None for all records. What is visible does not depend on it."""

    @property
    def fingerprint(self) -> tuple[str, ...]:
        """Equal for two readers to whom the same things are visible."""
        return tuple(self.vis)


VERSIONS: LiteralString = "MATCH (s:Space {id: $space}) RETURN [s.access_version, s.class_version]"
STANDING: LiteralString = """
MATCH (u:User {id: $user})-[:SERVES]->(g:Agency)
OPTIONAL MATCH (u)-[:HOLDS]->(m:Membership)-[:IN]->(:Space {id: $space})-[:UNDER]->(a:Agreement)
WHERE m.state = 'active' AND m.valid_from <= $now AND $now < m.valid_to
  AND a.state = 'in_force' AND a.valid_from <= $now AND $now < a.valid_to AND u.disabled = false
WITH u, g, m, a ORDER BY m.valid_from DESC LIMIT 1
RETURN {agency: g.id, membership: m.id, role: m.role, member_to: m.valid_to, agreement_to: a.valid_to,
  clearances: COLLECT { MATCH (m)-[c:CLEARED_FOR]->(k:Marking) WHERE c.valid_to > $now
    RETURN [k.id, c.valid_from, c.valid_to, coalesce(k.strong, false)] }}
"""
UPCOMING: LiteralString = """
OPTIONAL MATCH (:User {id: $user})-[:HOLDS]->(m:Membership)-[:IN]->(:Space {id: $space})-[:UNDER]->(a:Agreement)
WHERE m.state = 'active'
RETURN [x IN collect(m.valid_from) + collect(a.valid_from) WHERE x > $now]
"""
CLASSES: LiteralString = "MATCH (c:VisibilityClass {space: $space}) RETURN collect([c.id, c.expression])"

_standing: dict[tuple[str, str, str, bool], tuple[int, int, Scope]] = {}
_classes: dict[tuple[str, str], tuple[int, dict[str, Expression]]] = {}
_MOST_CACHED = 20_000


async def scope(tx: Tx, user: str, space: str, now: str, *, strong: bool) -> Scope:
    """Work out what `user` may see in `space` at `now` (ISO 8601 UTC, as stored). First statement of every unit of work.

    `strong`: whether they ask in a session of a strong sign-in. In any other a marking that needs one counts as not held, so that what
    carries it does not exist.

    Cached per access version and class version, and no longer than the next moment at which a membership, clearance or agreement begins
    or ends. A space that does not exist gives the same empty scope as one where the user has no standing.
    """
    versions = await tx.value(VERSIONS, space=space)
    if versions is None:
        return Scope(space, user, "", None, None, frozenset(), [], FOREVER, 0)
    access_version, class_version = versions
    key = (tx.graph_name, user, space, strong)
    known = _standing.get(key)
    if known and known[0] == access_version and known[1] == class_version and now < known[2].until:
        return known[2]
    fresh = await _work_out(tx, user, space, now, (access_version, class_version), strong=strong)
    if len(_standing) > _MOST_CACHED:
        _standing.clear()
    _standing[key] = (access_version, class_version, fresh)
    return fresh


async def _work_out(tx: Tx, user: str, space: str, now: str, versions: tuple[int, int], *, strong: bool) -> Scope:
    access_version, class_version = versions
    said = await tx.value(STANDING, user=user, space=space, now=now)
    upcoming = await tx.rows(UPCOMING, user=user, space=space, now=now)
    if said is None or said["role"] is None:
        agency = said["agency"] if said else ""
        return Scope(space, user, agency, None, None, frozenset(), [], min(upcoming, default=FOREVER), access_version)
    clearances = [(marking, since, to) for marking, since, to, needs_strong in said["clearances"] if strong or not needs_strong]
    held = frozenset(marking for marking, since, _ in clearances if since <= now)
    edges = [moment for _, since, to in clearances for moment in (since, to) if moment > now]
    until = min([said["member_to"], said["agreement_to"], *edges, *upcoming])
    classes = await known_classes(tx, space, class_version)
    vis = sorted(one for one, expression in classes.items() if satisfied(expression, held))
    return Scope(space, user, said["agency"], said["membership"], said["role"], held, vis, until, access_version)


async def known_classes(tx: Tx, space: str, class_version: int) -> dict[str, Expression]:
    """Return every class of a space, id to expression."""
    cached = _classes.get((tx.graph_name, space))
    if cached and cached[0] == class_version:
        return cached[1]
    classes = {one: parse(lines) for one, lines in await tx.rows(CLASSES, space=space)}
    if len(_classes) > _MOST_CACHED:
        _classes.clear()
    _classes[tx.graph_name, space] = (class_version, classes)
    return classes


# ── writing: every record added, marked or unmarked goes through here ─────────────────────────────────────────────────────────────

INTERN: LiteralString = """
MATCH (s:Space {id: $space})
MERGE (c:VisibilityClass {id: $id})
ON CREATE SET c.space = $space, c.expression = $expression, c.new = true
WITH s, c, coalesce(c.new, false) AS fresh
SET s.class_version = s.class_version + CASE WHEN fresh THEN 1 ELSE 0 END
REMOVE c.new
RETURN fresh
"""
CLASS_KNOWN: LiteralString = "MATCH (c:VisibilityClass {id: $id}) RETURN c.id"
CLASS_COUNT: LiteralString = "MATCH (c:VisibilityClass {space: $space}) RETURN count(c)"


async def intern(tx: Tx, space: str, expression: Expression) -> str:
    """Return the class of an expression, creating it (and ending every cached scope of the space) where it is new."""
    normal = absorb(expression)
    one = class_id(space, normal)
    if await tx.value(CLASS_KNOWN, id=one) is None:
        if await tx.value(CLASS_COUNT, space=space) >= MOST_CLASSES:
            raise TooManyClasses
        await tx.value(INTERN, space=space, id=one, expression=_lines(normal))
    return one


async def room(tx: Tx, space: str) -> int:
    """Return how many more classes the space may have."""
    return MOST_CLASSES - await tx.value(CLASS_COUNT, space=space)


LOCK_ENTITIES: LiteralString = (
    "UNWIND $ids AS id MATCH (e:Entity {id: id, space: $space}) SET e.vis_rev = coalesce(e.vis_rev, 0) + 1 RETURN collect(id)"
)
LOCK_LINKS: LiteralString = """
UNWIND $links AS it
MATCH (:Entity {id: it.source, space: $space})-[l]->(:Entity {id: it.target}) WHERE l.id = it.id
SET l.vis_rev = coalesce(l.vis_rev, 0) + 1 RETURN collect(it.id)
"""
CLASSES_OF_RECORDS: LiteralString = """
UNWIND $ids AS id
MATCH (r:Record {about: id}) WHERE r.space = $space
WITH id, collect(DISTINCT r.vis) AS classes RETURN collect([id, classes])
"""
SET_ENTITIES: LiteralString = """
UNWIND $rows AS row
MATCH (e:Entity {id: row.id, space: $space})
WITH e, row.vis AS vis, e.vis AS was
SET e.vis = vis RETURN collect([e.id, was])
"""
SET_LINKS: LiteralString = """
UNWIND $rows AS row
MATCH (:Entity {id: row.source, space: $space})-[l]->(:Entity {id: row.target}) WHERE l.id = row.id
SET l.vis = row.vis RETURN count(l)
"""


async def lock(tx: Tx, space: str, entities: list[str], links: list[dict[str, str]]) -> None:
    """Take the locks of the subjects concerned, ids sorted, *before* their records are read: without it two writers each leave a class
    too wide. `links` are `{id, source, target}`.
    """  # noqa: D205 - one sentence that needs two lines
    if entities:
        await tx.rows(LOCK_ENTITIES, ids=sorted(set(entities)), space=space)
    if links:
        await tx.rows(LOCK_LINKS, links=sorted(links, key=lambda it: it["id"]), space=space)


async def settle(tx: Tx, space: str, entities: list[str], links: list[dict[str, str]]) -> dict[str, str]:
    """Work out and write the class of every locked subject from its records; return the class before of the entities that changed it."""
    ids = [*sorted(set(entities)), *(it["id"] for it in links)]
    # What a class means never changes, so any cached one will do. Nothing is cached from here: this transaction may yet be rolled back.
    known = _classes.get((tx.graph_name, space), (0, {}))[1]
    settled, interned = dict[str, str](), dict[Expression, str]()
    for one, classes in await tx.rows(CLASSES_OF_RECORDS, ids=ids, space=space):
        missing = [each for each in classes if each not in known]
        if missing:
            known = {each: parse(lines) for each, lines in await tx.rows(CLASSES, space=space)}
        expression = absorb(s for each in classes for s in known[each])
        if expression not in interned:
            interned[expression] = await intern(tx, space, expression)
        settled[one] = interned[expression]
    if links:
        await tx.value(SET_LINKS, space=space, rows=[{**it, "vis": settled[it["id"]]} for it in links])
    rows = [{"id": one, "vis": settled[one]} for one in sorted(set(entities))]
    before = await tx.rows(SET_ENTITIES, space=space, rows=rows) if rows else []
    return {one: was for one, was in before if was != settled[one]}


BUMP_ACCESS: LiteralString = "MATCH (s:Space {id: $space}) SET s.access_version = s.access_version + 1 RETURN s.access_version"


async def changed(tx: Tx, space: str) -> None:
    """End every cached scope of a space: a membership, clearance or agreement changed."""
    await tx.value(BUMP_ACCESS, space=space)
