"""Writing entities, links and records: one path for a form, an import and the demo, so that classes are worked out in one place."""

from __future__ import annotations

import hashlib
from collections import defaultdict
from operator import itemgetter
from typing import TYPE_CHECKING, Any, LiteralString

from graph import access
from graph.ontology import label_of, relationship_of
from graph.outbox import FOLLOWED, Change
from graph.queries import cases
from graph.records import NewLink

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    from graph.driver import Tx
    from graph.records import NewEntity, NewRecord

KNOWN_ENTITIES: LiteralString = "UNWIND $ids AS id MATCH (e:Entity {id: id}) RETURN collect([e.id, e.space])"
KNOWN_RECORDS: LiteralString = "UNWIND $ids AS id MATCH (r:Record {id: id}) RETURN collect(r.id)"
KNOWN_LINKS: LiteralString = "UNWIND $ids AS id MATCH (r:Record {about: id}) RETURN collect(DISTINCT r.about)"
RECORDS_OF_ENTITIES: LiteralString = """
UNWIND $rows AS row MATCH (e:Entity {id: row.about}) CREATE (r:Record)-[:ABOUT]->(e) SET r = row RETURN count(r)
"""
RECORDS_OF_LINKS: LiteralString = "UNWIND $rows AS row CREATE (r:Record) SET r = row RETURN count(r)"
IDENTIFIERS: LiteralString = """
UNWIND $rows AS row
MERGE (i:Identifier {id: row.id}) ON CREATE SET i.space = row.space, i.type = row.type, i.value = row.value RETURN count(i)
"""
STATES: LiteralString = """
UNWIND $rows AS row MATCH (r:Record {id: row.record}), (i:Identifier {id: row.id}) CREATE (r)-[:STATES]->(i) RETURN count(r)
"""
CAPTIONS: LiteralString = """
UNWIND $ids AS id
MATCH (e:Entity {id: id})
SET e.caption = head(COLLECT { MATCH (r:Record {about: id}) WHERE size(r.markings) = 0
  RETURN r.caption ORDER BY r.status = 'retracted', r.p_name IS NULL, r.asserted_at, r.id })
RETURN count(e)
"""
HOMES: LiteralString = "MATCH (g:Agency) RETURN collect([g.id, g.country])"
STATUS: LiteralString = "MATCH (r:Record {id: $id}) SET r.status = $status, r.status_reason = $reason RETURN r.id"
MARKINGS: LiteralString = "MATCH (r:Record {id: $id}) SET r.markings = $markings, r.vis = $vis RETURN r.id"


class ForeignSubject(Exception):
    """A write names an entity of another space; for the caller it does not exist."""


def _create_entities(kind: str) -> LiteralString:
    return (
        "UNWIND $rows AS row CREATE (e:Entity:"
        + label_of(kind)
        + " {id: row.id, space: $space, kind: $kind, vis: row.vis, vis_rev: 0}) SET e.caption = row.caption RETURN count(e)"
    )


def _create_links(kind: str) -> LiteralString:
    return (
        "UNWIND $rows AS row MATCH (s:Entity {id: row.source}), (t:Entity {id: row.target}) CREATE (s)-[l:"
        + relationship_of(kind)
        + " {id: row.id, space: $space, kind: $kind, vis: row.vis, vis_rev: 0}]->(t) RETURN count(l)"
    )


def identifier_id(space: str, kind: str, value: str) -> str:
    """Return the key of an identifier node: the same for the same value in the same space."""
    return hashlib.sha256(f"{space}\n{kind}\n{value}".encode()).hexdigest()[:32]


async def add(tx: Tx, space: str, entities: list[NewEntity], records: list[NewRecord]) -> list[Change]:
    """Create what is missing and return what changed. Running it twice changes nothing. Links come with their records."""
    fresh, moved = await put(tx, space, entities, records)
    classes = {markings: access.class_id(space, frozenset({markings})) for markings in {r.markings for r in fresh}}
    told = await changes(tx, space, [(r.about, r.link, (), (classes[r.markings],), r.id) for r in fresh], "added") if fresh else []
    return [*told, *await followers(tx, space, moved)]


async def put(tx: Tx, space: str, entities: list[NewEntity], records: list[NewRecord]) -> tuple[list[NewRecord], dict[str, str]]:
    """Create what is missing, settle the classes of every subject concerned; return the new records, and what `settle` returned.

    A subject that is new gets its class with its first records. One that is there already is locked before its records are read; so are
    the sources of links, since a link is new when it has no record yet. Raises `Stale` where a case was raised meanwhile.
    """
    known = set(await tx.rows(KNOWN_RECORDS, ids=[r.id for r in records]))
    fresh = list({r.id: r for r in reversed(records) if r.id not in known}.values())[::-1]
    if not fresh:
        return [], {}
    said = _Said(fresh)
    there = await _there(tx, space, {e.id for e in entities} | said.ends | set(said.of_entities))
    await access.lock(tx, space, [one for one in there if one in said.of_entities or one in said.sources], [])
    old = set(await tx.rows(KNOWN_LINKS, ids=sorted(said.links)))
    ties = [_tie(said.links[one]) for one in sorted(old)]
    await access.lock(tx, space, [], ties)
    await _create_entities_of(tx, space, _kinds(entities, said, there), said)
    await _create_links_of(tx, space, [it for it in said.links.values() if it.id not in old], said)
    await _create_records(tx, space, fresh)
    moved = await _settle_old(tx, space, [one for one in said.of_entities if one in there], ties, said)
    await cases.hold(tx, _entered(fresh))
    return fresh, moved


def _entered(fresh: list[NewRecord]) -> dict[str, frozenset[str]]:
    """Return the markings that all new records of a case carry, by case."""
    entered = dict[str, frozenset[str]]()
    for r in fresh:
        entered[r.case] = entered.get(r.case, r.markings) & r.markings
    return entered


class _Said:
    """What new records say of each subject."""

    def __init__(self, fresh: list[NewRecord]) -> None:
        self.links = {r.link.id: r.link for r in fresh if r.link}
        self.of_entities: defaultdict[str, list[NewRecord]] = defaultdict(list)
        self.of_links: defaultdict[str, list[NewRecord]] = defaultdict(list)
        for r in fresh:
            (self.of_links if r.link else self.of_entities)[r.about].append(r)
        self.sources = {it.source for it in self.links.values()}
        self.ends = self.sources | {it.target for it in self.links.values()}


async def _there(tx: Tx, space: str, ids: set[str]) -> set[str]:
    known = dict(await tx.rows(KNOWN_ENTITIES, ids=sorted(ids)))
    if any(owner != space for owner in known.values()):
        raise ForeignSubject
    return set(known)


def _kinds(entities: list[NewEntity], said: _Said, there: set[str]) -> dict[str, str]:
    """Return the kinds of the entities that are new, by id; the first of several wins."""
    return {e.id: e.kind for e in reversed(entities) if e.id in said.of_entities and e.id not in there}


def _tie(link: NewLink) -> dict[str, str]:
    return {"id": link.id, "source": link.source, "target": link.target}


async def _class_of(tx: Tx, space: str, records: list[NewRecord], known: dict[access.Expression, str]) -> str:
    expression = access.absorb({r.markings for r in records})
    if expression not in known:
        known[expression] = await access.intern(tx, space, expression)
    return known[expression]


async def _create_entities_of(tx: Tx, space: str, kinds: dict[str, str], said: _Said) -> None:
    by_kind: defaultdict[str, list[dict[str, Any]]] = defaultdict(list)
    classes = dict[access.Expression, str]()
    for one, kind in kinds.items():
        records = said.of_entities[one]
        caption = records[0].caption if len(records) == 1 and not records[0].markings else None
        by_kind[kind].append({"id": one, "vis": await _class_of(tx, space, records, classes), "caption": caption})
    for kind, rows in sorted(by_kind.items()):
        await tx.value(_create_entities(kind), rows=sorted(rows, key=itemgetter("id")), space=space, kind=kind)


async def _create_links_of(tx: Tx, space: str, links: list[NewLink], said: _Said) -> None:
    by_kind: defaultdict[str, list[dict[str, str]]] = defaultdict(list)
    classes = dict[access.Expression, str]()
    for it in links:
        by_kind[it.kind].append({**_tie(it), "vis": await _class_of(tx, space, said.of_links[it.id], classes)})
    for kind, rows in sorted(by_kind.items()):
        await tx.value(_create_links(kind), rows=rows, space=space, kind=kind)


async def _create_records(tx: Tx, space: str, fresh: list[NewRecord]) -> None:
    classes = dict[access.Expression, str]()
    homes = dict(await tx.rows(HOMES)) if any(r.handling != "H0" for r in fresh) else {}
    of_links, of_entities = list[dict[str, Any]](), list[dict[str, Any]]()
    for r in fresh:
        row = _row(space, r, await _class_of(tx, space, [r], classes), _courts(r, homes))
        (of_links if r.link else of_entities).append(row)
    if of_entities:
        await tx.value(RECORDS_OF_ENTITIES, rows=of_entities)
    if of_links:
        await tx.value(RECORDS_OF_LINKS, rows=of_links)
    await _state(tx, space, fresh)


def _courts(r: NewRecord, homes: Mapping[str, str]) -> list[str] | None:
    """Return in whose courts a record may be used: where what it cites may, else by its own code those of its authority's country."""
    if r.courts is not None or r.handling == "H0":
        return None if r.courts is None else list(r.courts)
    return [homes[r.authority]] if r.authority in homes else []


async def _settle_old(tx: Tx, space: str, entities: list[str], ties: list[dict[str, str]], said: _Said) -> dict[str, str]:
    """Work out the classes of what was there before, and the captions of what has more than one record."""
    moved = await access.settle(tx, space, entities, ties) if entities or ties else {}
    several = {one for one, records in said.of_entities.items() if len(records) > 1}
    if recaptioned := sorted(several.union(entities)):
        await tx.value(CAPTIONS, ids=recaptioned)
    return moved


def _row(space: str, r: NewRecord, vis: str, courts: list[str] | None) -> dict[str, Any]:
    row: dict[str, Any] = {
        "id": r.id, "space": space, "about": r.about, "kind": r.kind, "case": r.case, "vis": vis, "markings": sorted(r.markings),
        "title": r.title, "locator": r.locator, "grade": r.grade, "grade_original": r.grade_original, "handling": r.handling,
        "authority": r.authority, "status": r.status, "status_reason": r.status_reason, "asserted_at": r.asserted_at,
        "asserted_by": r.asserted_by, "valid_from": r.valid_from, "valid_to": r.valid_to, "caption": r.caption, "search": r.search,
        "import": r.import_id, "exhibit": r.exhibit,
        "excluded_in": list(r.excluded_in) or None, "challenged_in": list(r.challenged_in) or None,
        "courts": courts,
    }  # fmt: skip
    if r.link:
        row |= {"source": r.link.source, "target": r.link.target}
        row |= {"same_as_space": space} if r.kind == "SameAs" else {}
    row |= {"p_" + name: values for name, values in r.values.items() if values}
    return {name: value for name, value in row.items() if value is not None}


async def _state(tx: Tx, space: str, records: list[NewRecord]) -> None:
    rows = [
        {"record": r.id, "id": identifier_id(space, it.type, it.value), "space": space, "type": it.type, "value": it.value}
        for r in records
        for it in dict.fromkeys(r.stated)
    ]
    if rows:
        await tx.value(IDENTIFIERS, rows=sorted({row["id"]: row for row in rows}.values(), key=lambda row: row["id"]))
        await tx.value(STATES, rows=rows)


VIS_OF: LiteralString = "UNWIND $ids AS id MATCH (e:Entity {id: id}) RETURN collect([e.id, e.vis])"
Said = tuple[str, "NewLink | None", tuple[str, ...], tuple[str, ...], str]


async def classes_of_ends(tx: Tx, links: Iterable[NewLink]) -> dict[str, str]:
    """Return the classes that the ends of links carry now, by entity id."""
    ends = sorted({end for it in links for end in (it.source, it.target)})
    return dict(await tx.rows(VIS_OF, ids=ends)) if ends else {}


async def changes(tx: Tx, space: str, said: list[Said], verb: str, ends_before: Mapping[str, str] | None = None) -> list[Change]:
    """Frame changes of records as changes of their subjects: (subject, link, classes before, classes after, record). What is said of a link
    needs both its ends; a merge is told as a change of both its ends. `ends_before` are the ends' classes where the change moved them too.
    Each record has an event of its own: once one of two is hidden, the other must be told as if it had come alone.
    """  # noqa: D205 - one sentence that needs two lines
    del space
    vis = await classes_of_ends(tx, [it for _, it, _, _, _ in said if it])
    old = vis if ends_before is None else ends_before
    found: list[Change] = []
    for subject, it, before, after, record in said:
        if it is None:
            found.append(Change("entity", verb, subject, before, after, record=record))
        else:
            was = (*before, old[it.source], old[it.target]) if before else ()
            now = (*after, vis[it.source], vis[it.target]) if after else ()
            found += _of_link(it, verb, was, now, record)
    return found


def _of_link(it: NewLink, verb: str, was: tuple[str, ...], now: tuple[str, ...], record: str | None) -> list[Change]:
    if it.kind == "SameAs":
        return [Change("merge", verb, end, was, now, it.source, it.target, record) for end in (it.source, it.target)]
    return [Change("link", verb, it.id, was, now, it.source, it.target, record)]


LINKS_AT: LiteralString = """
UNWIND $ids AS id
MATCH (e:Entity {id: id, space: $space})-[l]-(:Entity)
WITH DISTINCT l, startNode(l) AS s, endNode(l) AS t
RETURN collect([l.id, l.kind, l.vis, s.id, s.vis, t.id, t.vis])
"""


async def followers(tx: Tx, space: str, moved: Mapping[str, str]) -> list[Change]:
    """Frame what follows for the links and merges of entities whose class changed (id to class before): each is there only with both its
    ends, so whoever holds one must hear that it came or went.
    """  # noqa: D205 - one sentence that needs two lines
    found: list[Change] = []
    for one, kind, vis, source, source_vis, target, target_vis in await tx.rows(LINKS_AT, space=space, ids=sorted(moved)) if moved else []:
        was = (vis, moved.get(source, source_vis), moved.get(target, target_vis))
        found += _of_link(NewLink(one, kind, source, target), FOLLOWED, was, (vis, source_vis, target_vis), None)
    return found


async def set_status(tx: Tx, record_id: str, status: str, reason: str | None) -> None:
    """Change the standing of a record; its values never change."""
    await tx.value(STATUS, id=record_id, status=status, reason=reason)


async def set_markings(tx: Tx, space: str, record_id: str, markings: frozenset[str]) -> str:
    """Put exactly these markings on a record and return its new class. The caller holds the subject's lock."""
    vis = await access.intern(tx, space, frozenset({markings}))
    await tx.value(MARKINGS, id=record_id, markings=sorted(markings), vis=vis)
    return vis


async def recaption(tx: Tx, entities: list[str]) -> None:
    """Work the stored captions out anew, from unmarked records only."""
    await tx.value(CAPTIONS, ids=entities)
