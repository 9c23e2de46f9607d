"""The chart and questions that cross features: items, links among them, counts before expanding, levels of a path search."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, LiteralString, TypeVar, cast

from graph.access import Scope, visible, visible_link
from graph.records import standing_in

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable

    from graph.driver import Tx

T = TypeVar("T")

# Flat lists that are joined here: a subquery for each row costs the embedded engine five times as much.
_RECORDS: LiteralString = "UNWIND $ids AS id MATCH (r:Record {about: id}) WHERE r.space = $space AND " + visible("r")
_DEGREE: LiteralString = (
    visible_link("e", "l", "o") + " AND l.kind <> 'SameAs' WITH e.id AS id, count(l) AS degree RETURN collect([id, degree])"
)

DEGREES: LiteralString = "UNWIND $ids AS id MATCH (e:Entity {id: id, space: $space})-[l]-(o:Entity) WHERE " + _DEGREE
ALL_DEGREES: LiteralString = "MATCH (e:Entity {space: $space})-[l]-(o:Entity) WHERE " + _DEGREE
ALL_IDS: LiteralString = "MATCH (e:Entity {space: $space}) WHERE " + visible("e") + " RETURN collect(e.id)"
_SUBJECTS: LiteralString = (
    " WHERE r.space = $space AND "
    + visible("r")
    + " RETURN collect(DISTINCT CASE WHEN r.source IS NULL THEN [r.about] ELSE [r.source, r.target] END)"
)
CASE_SUBJECTS: LiteralString = "MATCH (r:Record {case: $id})" + _SUBJECTS
IMPORT_SUBJECTS: LiteralString = "MATCH (r:Record {import: $id})" + _SUBJECTS
ITEMS: LiteralString = (
    "UNWIND $ids AS id MATCH (e:Entity {id: id, space: $space}) WHERE " + visible("e") + " RETURN collect([e.id, e.kind, e.caption])"
)
# What a chart needs of each visible record: few fields, so that thousands of items stay quick.
BRIEFS: LiteralString = (
    _RECORDS
    + " RETURN collect([r.about, r.status, r.grade, r.handling, r.markings, r.p_birthDate, r.p_deathDate, r.p_gender,"
    + " r.p_incorporationDate, r.caption, r.asserted_at, r.id, r.authority, r.title, r.p_name IS NOT NULL, r.excluded_in, r.courts])"
)
LINK_BRIEFS: LiteralString = (
    _RECORDS
    + " RETURN collect([r.about, r.status, r.grade, r.handling, r.markings, head(r.p_amount), head(r.p_currency),"
    + " head(coalesce(r.p_date, r.p_startDate)), r.asserted_at, r.title, r.excluded_in, r.courts])"
)
GRADES: LiteralString = _RECORDS + " RETURN collect([r.about, r.grade, r.status, r.excluded_in, r.courts])"
# `$among` is a map of ids: both engines look a key up at once, where a long list is scanned.
LINKS_AMONG: LiteralString = (
    "UNWIND $ids AS id MATCH (s:Entity {id: id, space: $space})-[l]->(t:Entity) WHERE "
    + visible_link("s", "l", "t")
    + " AND $among[t.id] RETURN collect([l.id, l.kind, s.id, t.id])"
)
LINKS_TO: LiteralString = (
    "UNWIND $ids AS id MATCH (e:Entity {id: id, space: $space})-[l]-(o:Entity) WHERE "
    + visible_link("e", "l", "o")
    + " AND $among[o.id] RETURN collect(DISTINCT [l.id, l.kind, startNode(l).id, endNode(l).id])"
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
    + " AND ($direction = 'both' OR ($direction = 'out') = (startNode(l) = e)) RETURN collect(DISTINCT [o.id, l.id])"
)
LEVEL: LiteralString = (
    "UNWIND $ids AS id MATCH (e:Entity {id: id, space: $space})-[l]-(o:Entity) WHERE "
    + visible_link("e", "l", "o")
    + " AND l.kind <> 'SameAs' AND ($kinds IS NULL OR l.kind IN $kinds) RETURN collect(DISTINCT [id, l.id, o.id])"
)
VISIBLE_IDS: LiteralString = "UNWIND $ids AS id MATCH (e:Entity {id: id}) WHERE " + visible("e") + " RETURN collect(e.id)"


@dataclass(frozen=True, slots=True)
class Part:
    """A part of a space, by id and by the query for what its records speak of: `CASE_SUBJECTS` or `IMPORT_SUBJECTS`."""

    id: str
    subjects: LiteralString


@dataclass(frozen=True, slots=True)
class Brief:
    """What the chart needs of a visible record."""

    status: str
    grade: str | None
    handling: str
    markings: tuple[str, ...]
    single: tuple[tuple[str, ...], ...]
    caption: str
    asserted_at: str
    id: str
    authority: str
    title: str
    named: bool


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
    markings: tuple[str, ...]
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


def _brief(r: list[Any], court: str | None) -> Brief:
    single = tuple(tuple(values or ()) for values in r[4:8])
    return Brief(
        standing_in(court, r[0], r[14], r[15]), r[1], r[2], tuple(r[3] or ()), single, r[8] or "", r[9], r[10], r[11], r[12], r[13]
    )


def _link_brief(r: list[Any], court: str | None) -> LinkBrief:
    return LinkBrief(standing_in(court, r[0], r[9], r[10]), r[1], r[2], tuple(r[3] or ()), r[4], r[5], r[6], r[7], r[8])


def _scope(scope: Scope) -> dict[str, object]:
    return {"space": scope.space, "vis": scope.vis}


async def best_connected(tx: Tx, scope: Scope, part: Part | None, limit: int) -> dict[str, int]:
    """Return id to visible degree of the visible entities of a space, or a part of it, with the most visible links, at most `limit`."""
    if part is None:
        found: dict[str, int] = dict(await tx.rows(ALL_DEGREES, **_scope(scope)))
        rest = await tx.rows(ALL_IDS, **_scope(scope)) if len(found) < limit else []
        found |= dict.fromkeys(set(rest) - found.keys(), 0)
    else:
        found = await degrees(tx, scope, await _ids_of(tx, scope, part))
    return dict(sorted(found.items(), key=lambda each: (-each[1], each[0]))[:limit])


async def _ids_of(tx: Tx, scope: Scope, part: Part) -> list[str]:
    """Return the visible entities that visible records of the part speak of, and the ends of its visible links."""
    subjects: list[list[str]] = await tx.rows(part.subjects, **_scope(scope), id=part.id)
    there = await visible_ids(tx, scope, list({end for ends in subjects for end in ends}))
    return list({end for ends in subjects if there.issuperset(ends) for end in ends})


async def degrees(tx: Tx, scope: Scope, ids: Iterable[str]) -> dict[str, int]:
    """Return id to the number of visible links, merges not counted; 0 for one that has none."""
    wanted = list(dict.fromkeys(ids))
    return {**dict.fromkeys(wanted, 0), **dict(await tx.rows(DEGREES, **_scope(scope), ids=wanted))}


async def items(tx: Tx, scope: Scope, ids: list[str], known: dict[str, int] | None = None) -> list[Item]:
    """Return the visible entities among `ids`; `known` are degrees worked out before in the same transaction."""
    said = await tx.rows(ITEMS, **_scope(scope), ids=ids)
    records = await _by_subject(tx, scope, BRIEFS, [one for one, _, _ in said], _brief)
    counted = known or {}
    counted = counted | await degrees(tx, scope, [one for one, _, _ in said if one not in counted])
    return [Item(one, kind, caption, counted[one], records[one]) for one, kind, caption in said]


async def _by_subject(
    tx: Tx, scope: Scope, query: LiteralString, ids: list[str], shape: Callable[[list[Any], str | None], T]
) -> defaultdict[str, list[T]]:
    """Ask for the visible records of `ids` and lay them out by what they are about."""
    found: defaultdict[str, list[T]] = defaultdict(list)
    for about, *said in await tx.rows(query, **_scope(scope), ids=ids) if ids else []:
        found[about].append(shape(said, scope.court))
    return found


async def links_among(tx: Tx, scope: Scope, ids: list[str]) -> list[ChartLink]:
    """Return the visible links with both ends among `ids`."""
    return await _with_records(tx, scope, await tx.rows(LINKS_AMONG, **_scope(scope), ids=ids, among=dict.fromkeys(ids, True)))


async def links_to(tx: Tx, scope: Scope, ids: list[str], among: set[str]) -> list[ChartLink]:
    """Return the visible links between the entities named and those of `among`, either way."""
    return await _with_records(tx, scope, await tx.rows(LINKS_TO, **_scope(scope), ids=ids, among=dict.fromkeys(among, True)))


async def _with_records(tx: Tx, scope: Scope, said: list[list[str]]) -> list[ChartLink]:
    records = await link_records(tx, scope, [one for one, _, _, _ in said])
    return [ChartLink(one, kind, source, target, records[one]) for one, kind, source, target in said]


async def link_records(tx: Tx, scope: Scope, links: list[str]) -> defaultdict[str, list[LinkBrief]]:
    """Return link to its visible records; `links` are known to be visible."""
    return await _by_subject(tx, scope, LINK_BRIEFS, links, _link_brief)


async def counts(tx: Tx, scope: Scope, ids: list[str]) -> list[tuple[str, bool, int]]:
    """Return (link kind, outward, number) of the visible links that leave the cluster `ids`."""
    return [cast("tuple[str, bool, int]", tuple(each)) for each in await tx.rows(COUNTS, **_scope(scope), ids=ids)]


async def neighbours(tx: Tx, scope: Scope, ids: list[str], kinds: list[str] | None, direction: str) -> dict[str, list[str]]:
    """Return neighbour to the links that lead to it from the cluster `ids`; `direction` is out, in or both."""
    found: defaultdict[str, list[str]] = defaultdict(list)
    for one, link in await tx.rows(NEIGHBOURS, **_scope(scope), ids=ids, kinds=kinds, direction=direction):
        found[one].append(link)
    return found


async def level(tx: Tx, scope: Scope, ids: list[str], kinds: list[str] | None) -> list[tuple[str, str, str, list[str | None]]]:
    """Return every visible step that can be walked (near, link, far, grades of the records that carry it) from one level of a path search.

    In the courts of a country a step needs a record that stands there; in all records one that was not retracted.
    """
    said: list[list[str]] = await tx.rows(LEVEL, **_scope(scope), ids=ids, kinds=kinds)
    carried = await _by_subject(tx, scope, GRADES, list({link for _, link, _ in said}), _carries)
    steps = [(near, link, far, [grade for carries, grade in carried[link] if carries]) for near, link, far in said]
    return [step for step in steps if step[3]]


def _carries(r: list[Any], court: str | None) -> tuple[bool, str | None]:
    standing = standing_in(court, r[1], r[2], r[3])
    return standing == "asserted" or (court is None and standing != "retracted"), r[0]


async def visible_ids(tx: Tx, scope: Scope, ids: list[str]) -> set[str]:
    """Return those of `ids` that are visible entities; the check at the moment of delivery."""
    return set(await tx.rows(VISIBLE_IDS, vis=scope.vis, ids=ids))
