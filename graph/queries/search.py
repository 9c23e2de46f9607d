"""Finding records by the tokens and identifiers that they hold, and giving records new tokens when the program's have changed."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, LiteralString

from graph.access import Scope, visible, visible_link
from graph.records import Record, record

if TYPE_CHECKING:
    from graph.driver import Tx


def _states(record: LiteralString) -> LiteralString:
    """Cypher: one of the values that `$dates` names may lie between two days; of `1981-04` the month counts, of `1981` the year."""
    return (
        "any(name IN $dates WHERE any(said IN coalesce("
        + record
        + "[name], []) WHERE ($stated_from IS NULL OR said >= left($stated_from, size(said)))"
        " AND ($stated_to IS NULL OR left(said, 10) <= $stated_to)))"
    )


# A day is said by the record itself, or by a record of one of the entity's links: the day of a payment stands there.
_LINK_STATES: LiteralString = (
    "MATCH (e)-[l]-(other:Entity) WHERE "
    + visible_link("e", "l", "other")
    + " MATCH (q:Record {about: l.id}) WHERE q.space = $space AND "
    + visible("q")
    + " AND "
    + _states("q")
)
_STATED: LiteralString = " AND ($dates IS NULL OR " + _states("r") + " OR EXISTS { " + _LINK_STATES + " })"
# Of the links that state such a day, the one that was recorded first: why an entity was found.
STATING_LINKS: LiteralString = (
    "UNWIND $ids AS id MATCH (e:Entity {id: id}) WHERE e.space = $space WITH e, head(COLLECT { "
    + _LINK_STATES
    + " RETURN {entity: e.id, other: other.id, record: properties(q)} ORDER BY q.asserted_at, q.id LIMIT 1 }) AS found"
    " WHERE found IS NOT NULL RETURN collect(found)"
)
_FOUND: LiteralString = (
    " AND ($case IS NULL OR r.case = $case) AND ($grades IS NULL OR r.grade IN $grades)"
    " AND ($authorities IS NULL OR r.authority IN $authorities)"
    " AND ($since IS NULL OR r.asserted_at >= $since) AND ($until IS NULL OR r.asserted_at < $until)"
    " MATCH (r)-[:ABOUT]->(e:Entity) WHERE " + visible("e") + " AND ($kinds IS NULL OR e.kind IN $kinds)" + _STATED
)
# Where more match than are looked at, the shortest come first: an order of visible rows only, while the engine's moves with hidden ones.
RECORDS: LiteralString = (
    "CALL db.index.fulltext.queryNodes($index, $query) YIELD node WITH node AS r WHERE r.space = $space AND "
    + visible("r")
    + _FOUND
    + " WITH r, e ORDER BY size(r.search), r.id LIMIT $limit RETURN collect({entity: e.id, kind: e.kind, record: properties(r)})"
)
BY_IDENTIFIER: LiteralString = (
    "UNWIND $values AS value MATCH (i:Identifier {value: value}) WHERE i.space = $space MATCH (i)<-[:STATES]-(r:Record) WHERE "
    + visible("r")
    + _FOUND
    + " RETURN collect({entity: e.id, kind: e.kind, record: properties(r)})"
)
TOKENS: LiteralString = "MATCH (m:Migration {id: 'tokens'}) RETURN m.done"
TOKENS_DONE: LiteralString = "MERGE (m:Migration {id: 'tokens'}) SET m.done = $number RETURN m.done"
CASES: LiteralString = "MATCH (c:Case) RETURN collect(c.id)"
IN_CASE: LiteralString = "MATCH (r:Record {case: $case}) WHERE r.source IS NULL RETURN collect(r.id)"
TO_INDEX: LiteralString = "UNWIND $ids AS id MATCH (r:Record {id: id}) RETURN collect(properties(r))"
INDEX: LiteralString = "UNWIND $rows AS row MATCH (r:Record {id: row.id}) SET r.search = row.search RETURN count(r)"


@dataclass(frozen=True, slots=True)
class Filters:
    """What a record must be besides: None asks for nothing. Grades and authorities are lists of those that will do; times as stored.

    `dates`: under which stored properties a day from `stated_from` to `stated_to` must be said, by the record or one of a link.
    """

    kinds: list[str] | None = None
    case: str | None = None
    grades: list[str] | None = None
    authorities: list[str] | None = None
    since: str | None = None
    until: str | None = None
    dates: list[str] | None = None
    stated_from: str | None = None
    stated_to: str | None = None

    def parameters(self) -> dict[str, object]:
        """Return them as a query takes them."""
        return {name: getattr(self, name) for name in self.__slots__}


Hit = tuple[str, str, Record]
"""Entity, its kind, record."""


def _asked(scope: Scope, filters: Filters) -> dict[str, object]:
    return {"space": scope.space, "vis": scope.vis, **filters.parameters()}


def _hits(said: list[Any], court: str | None) -> list[Hit]:
    return [(each["entity"], each["kind"], record(each["record"], court)) for each in said]


async def records(tx: Tx, scope: Scope, query: str, filters: Filters, limit: int) -> list[Hit]:
    """Return visible records that match an escaped full-text query; ranking is the caller's."""
    return _hits(await tx.rows(RECORDS, **_asked(scope, filters), index=tx.dialect.records, query=query, limit=limit), scope.court)


async def by_identifier(tx: Tx, scope: Scope, values: list[str], filters: Filters) -> list[Hit]:
    """Return visible records that state one of the normalised identifiers."""
    return _hits(await tx.rows(BY_IDENTIFIER, **_asked(scope, filters), values=values), scope.court)


async def stating_links(tx: Tx, scope: Scope, ids: list[str], filters: Filters) -> dict[str, tuple[Record, str]]:
    """Return for each entity the record of a link that states a day which the filters ask for, and the other end; none where none does."""
    asked = {name: getattr(filters, name) for name in ("dates", "stated_from", "stated_to")}
    said = await tx.rows(STATING_LINKS, space=scope.space, vis=scope.vis, ids=ids, **asked)
    return {each["entity"]: (record(each["record"], scope.court), each["other"]) for each in said}


async def tokens(tx: Tx) -> int:
    """Return which set of tokens all records have; 0 where nobody has looked."""
    return int(await tx.value(TOKENS) or 0)


async def tokens_done(tx: Tx, number: int) -> None:
    """Say that all records have this set of tokens."""
    await tx.value(TOKENS_DONE, number=number)


async def cases(tx: Tx) -> list[str]:
    """Return the ids of every case of every space."""
    return await tx.rows(CASES)


async def in_case(tx: Tx, case: str) -> list[str]:
    """Return the ids of the records about entities that were entered in a case."""
    return await tx.rows(IN_CASE, case=case)


async def to_index(tx: Tx, ids: list[str]) -> list[Record]:
    """Return records to be given new tokens."""
    return [record(each) for each in await tx.rows(TO_INDEX, ids=ids)]


async def index(tx: Tx, rows: list[dict[str, str]]) -> None:
    """Give records the tokens under which they are found: {id, search}."""
    await tx.value(INDEX, rows=rows)
