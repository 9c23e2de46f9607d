"""Reading entities, links and their records. Every query is built from the predicates of `graph.access`."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, LiteralString, cast

from graph.access import Scope, visible, visible_link
from graph.records import Record, Subject, Tie, record

if TYPE_CHECKING:
    from graph.driver import Tx

RECORDS_OF: LiteralString = "COLLECT { MATCH (r:Record {about: %s.id}) WHERE " + visible("r") + " RETURN properties(r) }"
_ENTITY_RECORDS: LiteralString = RECORDS_OF.replace("%s", "e")
_LINK_RECORDS: LiteralString = RECORDS_OF.replace("%s", "l")

DETAILS: LiteralString = (
    "UNWIND $ids AS id MATCH (e:Entity {id: id, space: $space}) WHERE "
    + visible("e")
    + " RETURN collect({id: e.id, kind: e.kind, records: "
    + _ENTITY_RECORDS
    + "})"
)
LINKS_OF: LiteralString = (
    "UNWIND $ids AS id MATCH (e:Entity {id: id, space: $space})-[l]-(o:Entity) WHERE "
    + visible_link("e", "l", "o")
    + " AND ($kinds IS NULL OR l.kind IN $kinds) AND l.kind <> 'SameAs'"
    + " WITH DISTINCT l, startNode(l) AS s, endNode(l) AS t ORDER BY l.id"
    + " RETURN collect({id: l.id, kind: l.kind, source: s.id, target: t.id, records: "
    + _LINK_RECORDS
    + "})"
)
LINK: LiteralString = (
    "MATCH (r:Record {about: $id}) WHERE r.space = $space AND "
    + visible("r")
    + " WITH r.source AS source, r.target AS target LIMIT 1"
    + " MATCH (s:Entity {id: source})-[l]->(t:Entity {id: target}) WHERE l.id = $id AND "
    + visible_link("s", "l", "t")
    + " RETURN {id: l.id, kind: l.kind, source: s.id, target: t.id, records: "
    + _LINK_RECORDS
    + "}"
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
    + " RETURN r.caption ORDER BY r.status = 'retracted', r.asserted_at, r.id }))])"
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
PAGE: LiteralString = (
    "MATCH (e:Entity {space: $space}) WHERE "
    + visible("e")
    + " AND ($kinds IS NULL OR e.kind IN $kinds) AND ($case IS NULL OR EXISTS { MATCH (r:Record {about: e.id}) WHERE r.case = $case AND "
    + visible("r")
    + " }) WITH e, coalesce(e.caption, head(COLLECT { MATCH (r:Record {about: e.id}) WHERE "
    + visible("r")
    + " RETURN r.caption ORDER BY r.status = 'retracted', r.asserted_at, r.id })) AS caption"
    + " WHERE $text IS NULL OR toLower(caption) CONTAINS $text"
    + " WITH toLower(caption) + ' ' + e.id AS place, e, caption ORDER BY place"
    + " WITH collect({place: place, id: e.id}) AS everything"
    + " RETURN {total: size(everything), rows: [x IN everything WHERE x.place > $after][..$first]}"
)
KIND_COUNTS: LiteralString = (
    "MATCH (e:Entity {space: $space}) WHERE "
    + visible("e")
    + " AND ($case IS NULL OR EXISTS { MATCH (r:Record {about: e.id}) WHERE r.case = $case AND "
    + visible("r")
    + " }) WITH e.kind AS kind, count(e) AS number ORDER BY number DESC, kind RETURN collect([kind, number])"
)
SEARCH: LiteralString = (
    "CALL db.index.fulltext.queryNodes($index, $query) YIELD node WITH node AS r WHERE r.space = $space AND "
    + visible("r")
    + " MATCH (r)-[:ABOUT]->(e:Entity) WHERE "
    + visible("e")
    + " WITH r, e LIMIT $limit RETURN collect({entity: e.id, kind: e.kind, record: properties(r)})"
)
BY_IDENTIFIER: LiteralString = (
    "UNWIND $values AS value MATCH (i:Identifier {value: value}) WHERE i.space = $space"
    " MATCH (i)<-[:STATES]-(r:Record)-[:ABOUT]->(e:Entity) WHERE "
    + visible("r")
    + " AND "
    + visible("e")
    + " RETURN collect({entity: e.id, kind: e.kind, record: properties(r)})"
)


def _scope(scope: Scope) -> dict[str, object]:
    return {"space": scope.space, "vis": scope.vis}


def _subject(said: dict[str, Any]) -> Subject:
    return Subject(said["id"], said["kind"], _ordered(said["records"]))


def _tie(said: dict[str, Any]) -> Tie:
    return Tie(said["id"], said["kind"], said["source"], said["target"], _ordered(said["records"]))


def _ordered(said: list[dict[str, Any]]) -> list[Record]:
    return sorted((record(each) for each in said), key=lambda r: (r.asserted_at, r.id))


async def details(tx: Tx, scope: Scope, ids: list[str]) -> list[Subject]:
    """Return the visible entities among `ids` with their visible records, oldest first."""
    return [_subject(each) for each in await tx.rows(DETAILS, **_scope(scope), ids=ids)]


async def links_of(tx: Tx, scope: Scope, ids: list[str], kinds: list[str] | None = None) -> list[Tie]:
    """Return the visible links of the entities named, SAME_AS left out."""
    return [_tie(each) for each in await tx.rows(LINKS_OF, **_scope(scope), ids=ids, kinds=kinds)]


async def link(tx: Tx, scope: Scope, link_id: str) -> Tie | None:
    """Return one visible link; found through its records, never by scanning relationships."""
    said = await tx.value(LINK, **_scope(scope), id=link_id)
    return _tie(said) if said else None


async def one_record(tx: Tx, scope: Scope, record_id: str) -> Record | None:
    """Return one visible record."""
    said = await tx.value(RECORD, **_scope(scope), id=record_id)
    return record(said) if said else None


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
    wanted = text.lower() if text else None
    said = await tx.value(PAGE, **_scope(scope), kinds=kinds, case=case, text=wanted, after=after, first=first)
    return said["total"], [(row["place"], row["id"]) for row in said["rows"]]


async def kind_counts(tx: Tx, scope: Scope, case: str | None) -> list[tuple[str, int]]:
    """Return how many visible entities there are of each kind."""
    return [(kind, number) for kind, number in await tx.rows(KIND_COUNTS, **_scope(scope), case=case)]


async def search(tx: Tx, scope: Scope, query: str, limit: int) -> list[tuple[str, str, Record]]:
    """Return (entity, kind, record) for visible records that match an escaped full-text query; ranking is the caller's."""
    said = await tx.rows(SEARCH, **_scope(scope), index=tx.dialect.fulltext, query=query, limit=limit)
    return [(each["entity"], each["kind"], record(each["record"])) for each in said]


async def by_identifier(tx: Tx, scope: Scope, values: list[str]) -> list[tuple[str, str, Record]]:
    """Return (entity, kind, record) for visible records that state one of the normalised identifiers."""
    said = await tx.rows(BY_IDENTIFIER, **_scope(scope), values=values)
    return [(each["entity"], each["kind"], record(each["record"])) for each in said]
