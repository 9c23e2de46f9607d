"""Reading entities, links and their records. Every query is built from the predicates of `graph.access`."""

from __future__ import annotations

from collections import defaultdict
from typing import TYPE_CHECKING, LiteralString, cast

from graph.access import Scope, visible, visible_link
from graph.records import Record, Subject, Tie, record

if TYPE_CHECKING:
    from graph.driver import Tx

# Records are asked for beside their subjects: a subquery for each row costs the embedded engine five times as much.
RECORDS: LiteralString = (
    "UNWIND $ids AS id MATCH (r:Record {about: id}) WHERE r.space = $space AND " + visible("r") + " RETURN collect(properties(r))"
)
ENTITIES: LiteralString = (
    "UNWIND $ids AS id MATCH (e:Entity {id: id, space: $space}) WHERE " + visible("e") + " RETURN collect([e.id, e.kind])"
)
LINKS_OF: LiteralString = (
    "UNWIND $ids AS id MATCH (e:Entity {id: id, space: $space})-[l]-(o:Entity) WHERE "
    + visible_link("e", "l", "o")
    + " AND l.kind <> 'SameAs' AND NOT o.id IN $ids AND l.id > $after"
    + " WITH DISTINCT l ORDER BY l.id LIMIT $first RETURN collect([l.id, l.kind, startNode(l).id, endNode(l).id])"
)
LINK: LiteralString = (
    "MATCH (r:Record {about: $id}) WHERE r.space = $space AND "
    + visible("r")
    + " WITH r.source AS source, r.target AS target LIMIT 1"
    + " MATCH (s:Entity {id: source})-[l]->(t:Entity {id: target}) WHERE l.id = $id AND "
    + visible_link("s", "l", "t")
    + " RETURN [l.id, l.kind, s.id, t.id]"
)
RECORD: LiteralString = "MATCH (r:Record {id: $id, space: $space}) WHERE " + visible("r") + " RETURN properties(r)"
SAME_AS: LiteralString = (
    "MATCH (r:Record {same_as_space: $space}) WHERE "
    + visible("r")
    + " AND r.status <> 'retracted' MATCH (a:Entity {id: r.source})-[s:SAME_AS]->(b:Entity {id: r.target}) WHERE s.id = r.about AND "
    + visible_link("a", "s", "b")
    + " RETURN collect(DISTINCT [a.id, b.id, s.id])"
)
STUBS: LiteralString = (
    "UNWIND $ids AS id MATCH (e:Entity {id: id, space: $space}) WHERE "
    + visible("e")
    + " RETURN collect([e.id, e.kind, coalesce(e.caption, head(COLLECT { MATCH (r:Record {about: e.id}) WHERE "
    + visible("r")
    + " RETURN r.caption ORDER BY r.status = 'retracted', r.p_name IS NULL, r.asserted_at, r.id }))])"
)
SHARED: LiteralString = (
    "UNWIND $ids AS id MATCH (r:Record {about: id})-[:STATES]->(i:Identifier)<-[:STATES]-(q:Record)-[:ABOUT]->(e:Entity) WHERE "
    + visible("r")
    + " AND "
    + visible("q")
    + " AND "
    + visible("e")
    + " AND e.space = $space AND NOT e.id IN $ids RETURN collect(DISTINCT [i.type, i.value, e.id])"
)
_OF_SPACE: LiteralString = "MATCH (e:Entity {space: $space}) WHERE " + visible("e")
_OF_CASE: LiteralString = (
    "MATCH (r:Record {case: $case})-[:ABOUT]->(e:Entity) WHERE r.space = $space AND "
    + visible("r")
    + " AND "
    + visible("e")
    + " WITH DISTINCT e WHERE true"
)
# A place is the caption in small letters, a blank and the id.
_PAGE: LiteralString = (
    " AND ($kinds IS NULL OR e.kind IN $kinds) WITH e.id AS id, toLower(CASE WHEN e.caption IS NOT NULL THEN e.caption ELSE"
    " head(COLLECT { MATCH (r:Record {about: e.id}) WHERE "
    + visible("r")
    + " RETURN r.caption ORDER BY r.status = 'retracted', r.p_name IS NULL, r.asserted_at, r.id }) END) AS caption"
    + " WHERE $text IS NULL OR caption CONTAINS $text WITH caption + ' ' + id AS place ORDER BY place WITH collect(place) AS places"
    + " RETURN {total: size(places), rows: [x IN places WHERE x > $after][..$first]}"
)
_COUNTS: LiteralString = " WITH e.kind AS kind, count(*) AS number RETURN collect([kind, number])"
PAGE: LiteralString = _OF_SPACE + _PAGE
PAGE_OF_CASE: LiteralString = _OF_CASE + _PAGE
KIND_COUNTS: LiteralString = _OF_SPACE + _COUNTS
KIND_COUNTS_OF_CASE: LiteralString = _OF_CASE + _COUNTS


def _scope(scope: Scope) -> dict[str, object]:
    return {"space": scope.space, "vis": scope.vis}


async def _records(tx: Tx, scope: Scope, ids: list[str]) -> defaultdict[str, list[Record]]:
    """Return subject to its visible records, oldest first."""
    found: defaultdict[str, list[Record]] = defaultdict(list)
    said = await tx.rows(RECORDS, **_scope(scope), ids=ids) if ids else []
    for each in sorted((record(each, scope.court) for each in said), key=lambda r: (r.asserted_at, r.id)):
        found[each.about].append(each)
    return found


async def details(tx: Tx, scope: Scope, ids: list[str]) -> list[Subject]:
    """Return the visible entities among `ids` with their visible records, oldest first."""
    said: list[list[str]] = await tx.rows(ENTITIES, **_scope(scope), ids=list(dict.fromkeys(ids)))
    records = await _records(tx, scope, [one for one, _ in said])
    return [Subject(one, kind, records[one]) for one, kind in said]


async def links_of(tx: Tx, scope: Scope, ids: list[str], after: str, first: int) -> list[Tie]:
    """Return the first visible links that leave the cluster `ids`, in the order of their ids behind `after`."""
    said = await tx.rows(LINKS_OF, **_scope(scope), ids=list(dict.fromkeys(ids)), after=after, first=first)
    return await _ties(tx, scope, said)


async def link(tx: Tx, scope: Scope, link_id: str) -> Tie | None:
    """Return one visible link; found through its records, never by scanning relationships."""
    said = await tx.value(LINK, **_scope(scope), id=link_id)
    return (await _ties(tx, scope, [said]))[0] if said else None


async def _ties(tx: Tx, scope: Scope, said: list[list[str]]) -> list[Tie]:
    records = await _records(tx, scope, [one for one, _, _, _ in said])
    return [Tie(one, kind, source, target, records[one]) for one, kind, source, target in said]


async def one_record(tx: Tx, scope: Scope, record_id: str) -> Record | None:
    """Return one visible record."""
    said = await tx.value(RECORD, **_scope(scope), id=record_id)
    return record(said, scope.court) if said else None


async def same_as(tx: Tx, scope: Scope) -> list[tuple[str, str, str]]:
    """Return the visible merges in force: (entity, entity, SAME_AS id)."""
    return [cast("tuple[str, str, str]", tuple(each)) for each in await tx.rows(SAME_AS, **_scope(scope))]


async def stubs(tx: Tx, scope: Scope, ids: list[str]) -> dict[str, tuple[str, str]]:
    """Return id to (kind, caption) of the visible entities among `ids`."""
    return {one: (kind, caption or "") for one, kind, caption in await tx.rows(STUBS, **_scope(scope), ids=ids)}


async def shared_identifiers(tx: Tx, scope: Scope, ids: list[str]) -> list[tuple[str, str, str]]:
    """Return (type, value, other entity) for identifiers that a visible record of another visible entity states as well."""
    return sorted(cast("tuple[str, str, str]", tuple(each)) for each in await tx.rows(SHARED, **_scope(scope), ids=ids))


async def page(
    tx: Tx, scope: Scope, kinds: list[str] | None, case: str | None, text: str | None, after: str, first: int
) -> tuple[int, list[tuple[str, str]]]:
    """Return how many visible entities pass the filters, and (place, id) of the first ones behind `after`, in the order of captions."""
    wanted = {"kinds": kinds, "text": text.lower() if text else None, "after": after, "first": first}
    if case is None:
        said = await tx.value(PAGE, **_scope(scope), **wanted)
    else:
        said = await tx.value(PAGE_OF_CASE, **_scope(scope), **wanted, case=case)
    return said["total"], [(place, place.rsplit(" ", 1)[1]) for place in said["rows"]]


async def kind_counts(tx: Tx, scope: Scope, case: str | None) -> list[tuple[str, int]]:
    """Return how many visible entities there are of each kind, the most frequent first."""
    if case is None:
        said = await tx.rows(KIND_COUNTS, **_scope(scope))
    else:
        said = await tx.rows(KIND_COUNTS_OF_CASE, **_scope(scope), case=case)
    return sorted(((kind, number) for kind, number in said), key=lambda each: (-each[1], each[0]))
