"""Writing entities, links and records: one path for a form, an import and the demo, so that classes are worked out in one place."""

from __future__ import annotations

import hashlib
from collections import defaultdict
from typing import TYPE_CHECKING, Any, LiteralString

from graph import access
from graph.ontology import label_of, relationship_of
from graph.outbox import Change

if TYPE_CHECKING:
    from graph.driver import Tx
    from graph.records import NewEntity, NewLink, NewRecord

KNOWN_ENTITIES: LiteralString = "UNWIND $ids AS id MATCH (e:Entity {id: id}) RETURN collect([e.id, e.space])"
KNOWN_RECORDS: LiteralString = "UNWIND $ids AS id MATCH (r:Record {id: id}) RETURN collect(r.id)"
KNOWN_LINKS: LiteralString = "UNWIND $ids AS id MATCH (r:Record {about: id}) RETURN collect(DISTINCT r.about)"
CREATE_RECORDS: LiteralString = "UNWIND $rows AS row CREATE (r:Record) SET r = row RETURN count(r)"
ABOUT: LiteralString = """
UNWIND $rows AS row MATCH (r:Record {id: row.record}), (e:Entity {id: row.entity}) CREATE (r)-[:ABOUT]->(e) RETURN count(r)
"""
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
  RETURN r.caption ORDER BY r.status = 'retracted', r.asserted_at, r.id })
RETURN count(e)
"""
STATUS: LiteralString = "MATCH (r:Record {id: $id}) SET r.status = $status, r.status_reason = $reason RETURN r.id"
MARKINGS: LiteralString = "MATCH (r:Record {id: $id}) SET r.markings = $markings, r.vis = $vis RETURN r.id"


class ForeignSubject(Exception):
    """A write names an entity of another space; for the caller it does not exist."""


def _create_entities(kind: str) -> LiteralString:
    return (
        "UNWIND $ids AS id CREATE (e:Entity:"
        + label_of(kind)
        + " {id: id, space: $space, kind: $kind, vis: '', vis_rev: 0}) RETURN count(e)"
    )


def _create_links(kind: str) -> LiteralString:
    return (
        "UNWIND $rows AS row MATCH (s:Entity {id: row.source}), (t:Entity {id: row.target}) CREATE (s)-[l:"
        + relationship_of(kind)
        + " {id: row.id, space: $space, kind: $kind, vis: '', vis_rev: 0}]->(t) RETURN count(l)"
    )


def identifier_id(space: str, kind: str, value: str) -> str:
    """Return the key of an identifier node: the same for the same value in the same space."""
    return hashlib.sha256(f"{space}\n{kind}\n{value}".encode()).hexdigest()[:32]


async def add(tx: Tx, space: str, entities: list[NewEntity], links: list[NewLink], records: list[NewRecord]) -> list[Change]:
    """Create what is missing, settle the classes of every subject concerned, and return what changed. Running it twice changes nothing."""
    known = set(await tx.rows(KNOWN_RECORDS, ids=[r.id for r in records]))
    fresh = list({r.id: r for r in reversed(records) if r.id not in known}.values())[::-1]
    if not fresh:
        return []
    await _create_subjects(tx, space, entities, links)
    about_links = {r.link.id: r.link for r in fresh if r.link}
    about_entities = sorted({r.about for r in fresh if not r.link})
    ties = [{"id": it.id, "source": it.source, "target": it.target} for it in about_links.values()]
    await access.lock(tx, space, about_entities, ties)
    classes = {markings: await access.intern(tx, space, frozenset({markings})) for markings in {r.markings for r in fresh}}
    await tx.value(CREATE_RECORDS, rows=[_row(space, r, classes[r.markings]) for r in fresh])
    await tx.value(ABOUT, rows=[{"record": r.id, "entity": r.about} for r in fresh if not r.link])
    await _state(tx, space, fresh)
    await access.settle(tx, space, about_entities, ties)
    await tx.value(CAPTIONS, ids=about_entities)
    return await changes(tx, space, [(r.about, r.link, (), (classes[r.markings],), r.id) for r in fresh], "added")


async def _create_subjects(tx: Tx, space: str, entities: list[NewEntity], links: list[NewLink]) -> None:
    ends = {end for it in links for end in (it.source, it.target)}
    known = dict(await tx.rows(KNOWN_ENTITIES, ids=sorted({e.id for e in entities} | ends)))
    if any(owner != space for owner in known.values()):
        raise ForeignSubject
    by_kind: defaultdict[str, list[str]] = defaultdict(list)
    for kind, one in {(e.kind, e.id) for e in entities if e.id not in known}:
        by_kind[kind].append(one)
    for kind, ids in sorted(by_kind.items()):
        await tx.value(_create_entities(kind), ids=sorted(ids), space=space, kind=kind)
    old = set(await tx.rows(KNOWN_LINKS, ids=sorted({it.id for it in links})))
    rows: defaultdict[str, dict[str, dict[str, str]]] = defaultdict(dict)
    for it in links:
        if it.id not in old:
            rows[it.kind][it.id] = {"id": it.id, "source": it.source, "target": it.target}
    for kind, wanted in sorted(rows.items()):
        await tx.value(_create_links(kind), rows=list(wanted.values()), space=space, kind=kind)


def _row(space: str, r: NewRecord, vis: str) -> dict[str, Any]:
    row: dict[str, Any] = {
        "id": r.id, "space": space, "about": r.about, "kind": r.kind, "case": r.case, "vis": vis, "markings": sorted(r.markings),
        "title": r.title, "locator": r.locator, "grade": r.grade, "grade_original": r.grade_original, "handling": r.handling,
        "authority": r.authority, "status": r.status, "status_reason": r.status_reason, "asserted_at": r.asserted_at,
        "asserted_by": r.asserted_by, "valid_from": r.valid_from, "valid_to": r.valid_to, "caption": r.caption, "search": r.search,
        "import": r.import_id,
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


async def changes(tx: Tx, space: str, said: list[Said], verb: str) -> list[Change]:
    """Frame changes of records as changes of their subjects: (subject, link, classes before, classes after, record). What is said of a link
    needs both its ends; a merge is told as a change of both its ends.
    """  # noqa: D205 - one sentence that needs two lines
    del space
    ends = sorted({end for _, it, _, _, _ in said if it for end in (it.source, it.target)})
    vis = dict(await tx.rows(VIS_OF, ids=ends)) if ends else {}
    found: dict[tuple[Any, ...], Change] = {}
    for subject, it, before, after, record in said:
        if it is None:
            change = [Change("entity", verb, subject, before, after, record=record)]
        else:
            both = (vis[it.source], vis[it.target])
            was, now = ((*before, *both) if before else ()), ((*after, *both) if after else ())
            if it.kind == "SameAs":
                change = [Change("merge", verb, end, was, now, it.source, it.target, record) for end in (it.source, it.target)]
            else:
                change = [Change("link", verb, subject, was, now, it.source, it.target, record)]
        found |= {(c.kind, c.subject, c.before, c.after): c for c in change}
    return list(found.values())


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
