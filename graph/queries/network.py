"""The chart and questions that cross features: items, links among them, counts before expanding, levels of a path search."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, LiteralString, cast

from graph.access import Scope, visible, visible_link

if TYPE_CHECKING:
    from graph.driver import Tx

# What a chart needs of each visible record: few fields, so that thousands of items stay quick.
_BRIEF: LiteralString = (
    " RETURN [r.status, r.grade, r.handling, size(r.markings), r.p_birthDate, r.p_deathDate, r.p_gender, r.p_incorporationDate,"
    " r.caption, r.asserted_at, r.id, r.authority, r.title] }"
)
_ITEM: LiteralString = (
    "[e.id, e.kind, e.caption, COUNT { MATCH (e)-[l]-(o:Entity) WHERE "
    + visible_link("e", "l", "o")
    + " AND l.kind <> 'SameAs' }, COLLECT { MATCH (r:Record {about: e.id}) WHERE "
    + visible("r")
    + _BRIEF
    + "]"
)
_LINK_BRIEF: LiteralString = (
    "COLLECT { MATCH (r:Record {about: l.id}) WHERE "
    + visible("r")
    + " RETURN [r.status, r.grade, r.handling, size(r.markings), head(r.p_amount), head(r.p_currency),"
    + " head(coalesce(r.p_date, r.p_startDate)), r.asserted_at, r.title] }"
)
_LINK: LiteralString = "[l.id, l.kind, s.id, t.id, " + _LINK_BRIEF + "]"

CHART_IDS: LiteralString = (
    "MATCH (e:Entity {space: $space}) WHERE "
    + visible("e")
    + " WITH e, COUNT { MATCH (e)-[l]-(o:Entity) WHERE "
    + visible_link("e", "l", "o")
    + " } AS degree ORDER BY degree DESC, e.id LIMIT $limit RETURN collect(e.id)"
)
CASE_IDS: LiteralString = (
    "MATCH (r:Record {case: $case}) WHERE r.space = $space AND "
    + visible("r")
    + " WITH DISTINCT CASE WHEN r.source IS NULL THEN [r.about] ELSE [r.source, r.target] END AS ends"
    + " WHERE all(end IN ends WHERE EXISTS { MATCH (o:Entity {id: end}) WHERE "
    + visible("o")
    + " }) UNWIND ends AS id WITH DISTINCT id MATCH (e:Entity {id: id}) WHERE "
    + visible("e")
    + " WITH e, COUNT { MATCH (e)-[l]-(o:Entity) WHERE "
    + visible_link("e", "l", "o")
    + " } AS degree ORDER BY degree DESC, e.id LIMIT $limit RETURN collect(e.id)"
)
ITEMS: LiteralString = "UNWIND $ids AS id MATCH (e:Entity {id: id, space: $space}) WHERE " + visible("e") + " RETURN collect(" + _ITEM + ")"
LINKS_AMONG: LiteralString = (
    "UNWIND $ids AS id MATCH (s:Entity {id: id, space: $space})-[l]->(t:Entity) WHERE "
    + visible_link("s", "l", "t")
    + " AND ($many OR t.id IN $ids) RETURN collect("
    + _LINK
    + ")"
)
LINKS_TO: LiteralString = (
    "UNWIND $ids AS id MATCH (e:Entity {id: id, space: $space})-[l]-(o:Entity) WHERE "
    + visible_link("e", "l", "o")
    + " WITH DISTINCT l, startNode(l) AS s, endNode(l) AS t RETURN collect("
    + _LINK
    + ")"
)
COUNTS: LiteralString = (
    "UNWIND $ids AS id MATCH (e:Entity {id: id, space: $space})-[l]-(o:Entity) WHERE "
    + visible_link("e", "l", "o")
    + " AND l.kind <> 'SameAs' AND NOT o.id IN $ids"
    + " WITH l.kind AS kind, startNode(l) = e AS outward, count(DISTINCT l) AS number"
    + " RETURN collect([kind, outward, number])"
)
NEIGHBOURS: LiteralString = (
    "UNWIND $ids AS id MATCH (e:Entity {id: id, space: $space})-[l]-(o:Entity) WHERE "
    + visible_link("e", "l", "o")
    + " AND l.kind <> 'SameAs' AND ($kinds IS NULL OR l.kind IN $kinds) AND NOT o.id IN $ids"
    + " WITH DISTINCT l, o, startNode(l) AS s, endNode(l) AS t, startNode(l) = e AS outward"
    + " WHERE $direction = 'both' OR ($direction = 'out') = outward"
    + " WITH o, collect("
    + _LINK
    + ") AS links, COUNT { MATCH (o)-[k]-(p:Entity) WHERE "
    + visible_link("o", "k", "p")
    + " } AS degree ORDER BY degree DESC, o.id RETURN collect([o.id, degree, links])"
)
LEVEL: LiteralString = (
    "UNWIND $ids AS id MATCH (e:Entity {id: id, space: $space})-[l]-(o:Entity) WHERE "
    + visible_link("e", "l", "o")
    + " AND l.kind <> 'SameAs' AND ($kinds IS NULL OR l.kind IN $kinds)"
    + " WITH DISTINCT id AS near, l.id AS link, o.id AS far, CASE WHEN $graded THEN COLLECT { MATCH (r:Record {about: l.id}) WHERE "
    + visible("r")
    + " RETURN r.grade } ELSE [] END AS grades RETURN collect([near, link, far, grades])"
)
VISIBLE_IDS: LiteralString = "UNWIND $ids AS id MATCH (e:Entity {id: id}) WHERE " + visible("e") + " RETURN collect(e.id)"


@dataclass(frozen=True, slots=True)
class Brief:
    """What the chart needs of a visible record."""

    status: str
    grade: str | None
    handling: str
    marked: bool
    single: tuple[tuple[str, ...], ...]
    caption: str
    asserted_at: str
    id: str
    authority: str
    title: str


@dataclass(frozen=True, slots=True)
class Item:
    """A visible entity as the chart needs it; `degree` counts visible links."""

    id: str
    kind: str
    caption: str | None
    degree: int
    records: list[Brief]


@dataclass(frozen=True, slots=True)
class LinkBrief:
    """What the chart needs of a visible record of a link; `amount` is the text as stated."""

    status: str
    grade: str | None
    handling: str
    marked: bool
    amount: str | None
    currency: str | None
    date: str | None
    asserted_at: str
    title: str


@dataclass(frozen=True, slots=True)
class ChartLink:
    """A visible link between visible ends."""

    id: str
    kind: str
    source: str
    target: str
    records: list[LinkBrief]


def _item(said: list[Any]) -> Item:
    return Item(said[0], said[1], said[2], said[3], [_brief(each) for each in said[4]])


def _brief(r: list[Any]) -> Brief:
    single = tuple(tuple(values or ()) for values in r[4:8])
    return Brief(r[0], r[1], r[2], r[3] > 0, single, r[8] or "", r[9], r[10], r[11], r[12])


def _link(said: list[Any]) -> ChartLink:
    records = [LinkBrief(r[0], r[1], r[2], r[3] > 0, r[4], r[5], r[6], r[7], r[8]) for r in said[4]]
    return ChartLink(said[0], said[1], said[2], said[3], records)


def _scope(scope: Scope) -> dict[str, object]:
    return {"space": scope.space, "vis": scope.vis}


async def chart_ids(tx: Tx, scope: Scope, case: str | None, limit: int) -> list[str]:
    """Return the ids of the visible entities of a space or case with the most visible links, at most `limit`."""
    if case is None:
        return cast("list[str]", await tx.rows(CHART_IDS, **_scope(scope), limit=limit))
    return cast("list[str]", await tx.rows(CASE_IDS, **_scope(scope), case=case, limit=limit))


async def items(tx: Tx, scope: Scope, ids: list[str]) -> list[Item]:
    """Return the visible entities among `ids`."""
    return [_item(each) for each in await tx.rows(ITEMS, **_scope(scope), ids=ids)]


async def links_among(tx: Tx, scope: Scope, ids: list[str]) -> list[ChartLink]:
    """Return the visible links with both ends among `ids`; long lists are cut here, since the embedded engine scans a long `IN`."""
    few, wanted = len(ids) <= 20, set(ids)  # noqa: PLR2004 - below it the engine's own cut costs nothing
    said = await tx.rows(LINKS_AMONG, **_scope(scope), ids=ids, many=not few)
    return [_link(each) for each in said if each[3] in wanted]


async def links_to(tx: Tx, scope: Scope, ids: list[str]) -> list[ChartLink]:
    """Return the visible links of the entities named, either way."""
    return [_link(each) for each in await tx.rows(LINKS_TO, **_scope(scope), ids=ids)]


async def counts(tx: Tx, scope: Scope, ids: list[str]) -> list[tuple[str, bool, int]]:
    """Return (link kind, outward, number) of the visible links that leave the cluster `ids`."""
    return [cast("tuple[str, bool, int]", tuple(each)) for each in await tx.rows(COUNTS, **_scope(scope), ids=ids)]


async def neighbours(
    tx: Tx, scope: Scope, ids: list[str], kinds: list[str] | None, direction: str
) -> list[tuple[str, int, list[ChartLink]]]:
    """Return (neighbour, its visible degree, the links that lead to it) of the cluster `ids`; `direction` is out, in or both."""
    said = await tx.rows(NEIGHBOURS, **_scope(scope), ids=ids, kinds=kinds, direction=direction)
    return [(one, degree, [_link(each) for each in links]) for one, degree, links in said]


async def level(
    tx: Tx, scope: Scope, ids: list[str], kinds: list[str] | None, *, graded: bool
) -> list[tuple[str, str, str, list[str | None]]]:
    """Return every visible step (near, link, far, grades) from the entities of one level of a path search."""
    said = await tx.rows(LEVEL, **_scope(scope), ids=ids, kinds=kinds, graded=graded)
    return [cast("tuple[str, str, str, list[str | None]]", tuple(each)) for each in said]


async def visible_ids(tx: Tx, scope: Scope, ids: list[str]) -> set[str]:
    """Return those of `ids` that are visible entities; the check at the moment of delivery."""
    return set(await tx.rows(VISIBLE_IDS, vis=scope.vis, ids=ids))
