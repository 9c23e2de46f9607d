"""Raising the markings of a case or an import: the order, and the records that still have to follow it.

An order concerns every record of its source, also those that whoever gave it does not see: nothing here is asked with a reader's scope,
and nothing that is returned leaves the server but how far it is.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, LiteralString

from graph.records import NewLink

if TYPE_CHECKING:
    from graph.driver import Tx

Carrying = tuple[str, list[str], str]
"""An exhibit: its id, its markings, its class."""

CREATE: LiteralString = "CREATE (o:Raising) SET o = $row RETURN o.id"
RUNNING: LiteralString = "MATCH (o:Raising {state: 'running'}) WITH o ORDER BY o.at, o.id RETURN collect(properties(o))"
RUNNING_OF: LiteralString = """
UNWIND $sources AS source MATCH (o:Raising {source: source}) WHERE o.state = 'running' RETURN collect([o.source, o.progress])
"""
LOCK: LiteralString = "MATCH (o:Raising {id: $id}) SET o.lock = coalesce(o.lock, 0) + 1 RETURN o.state"
ADVANCE: LiteralString = "MATCH (o:Raising {id: $id}) SET o.progress = $progress, o.state = $state RETURN o.id"

_LACK: LiteralString = " WHERE r.space = $space AND NOT all(one IN $markings WHERE one IN r.markings)"
OF_CASE: LiteralString = "MATCH (r:Record {case: $source})" + _LACK + " RETURN collect(r.id)"
OF_IMPORT: LiteralString = "MATCH (r:Record {import: $source})" + _LACK + " RETURN collect(r.id)"
CLASSES_OF_CASE: LiteralString = """
MATCH (r:Record {case: $source}) WHERE r.space = $space OPTIONAL MATCH (r)-[:ABOUT]->(e:Entity)
RETURN [count(DISTINCT r.vis), count(DISTINCT e.vis)]
"""
CLASSES_OF_IMPORT: LiteralString = """
MATCH (r:Record {import: $source}) WHERE r.space = $space OPTIONAL MATCH (r)-[:ABOUT]->(e:Entity)
RETURN [count(DISTINCT r.vis), count(DISTINCT e.vis)]
"""
RECORDS: LiteralString = """
UNWIND $ids AS id MATCH (r:Record {id: id}) RETURN collect({id: r.id, about: r.about, kind: r.kind, source: r.source, target: r.target,
  markings: r.markings, vis: r.vis})
"""
MARK: LiteralString = """
UNWIND $rows AS row MATCH (r:Record {id: row.id}) SET r.markings = row.markings, r.vis = row.vis RETURN count(r)
"""
CLASS_OF_CASE: LiteralString = "MATCH (c:Case {id: $id}) RETURN c.vis"
CLASS_OF_IMPORT: LiteralString = "MATCH (i:Import {id: $id}) RETURN i.vis"
# The write comes first: it takes each import's lock, so that what is read of it is what it carries.
IMPORTS_OF_CASE: LiteralString = """
MATCH (i:Import {space: $space}) WHERE i.case = $case SET i.lock = coalesce(i.lock, 0) + 1 RETURN collect([i.id, i.markings, i.vis])
"""
SET_IMPORT: LiteralString = "MATCH (i:Import {id: $id}) SET i.markings = $markings, i.vis = $vis RETURN i.id"
# As with imports, the write comes first.
TASKS_OF_CASE: LiteralString = """
MATCH (t:Task {case: $case}) WHERE t.space = $space SET t.lock = coalesce(t.lock, 0) + 1 RETURN collect([t.id, t.markings, t.vis])
"""
RAISE_TASK: LiteralString = "MATCH (t:Task {id: $id}) SET t.markings = $markings, t.vis = $vis RETURN t.id"
TASK_CLASSES: LiteralString = "MATCH (t:Task {case: $source}) WHERE t.space = $space RETURN count(DISTINCT t.vis)"
# As with imports, the write comes first.
EXHIBITS_OF_CASE: LiteralString = """
MATCH (x:EvidenceItem {case: $case}) WHERE x.space = $space SET x.lock = coalesce(x.lock, 0) + 1 RETURN collect([x.id, x.markings, x.vis])
"""
EXHIBITS_OF_IMPORT: LiteralString = """
MATCH (x:EvidenceItem {import: $import}) WHERE x.space = $space SET x.lock = coalesce(x.lock, 0) + 1
RETURN collect([x.id, x.markings, x.vis])
"""
EXHIBITS_BELOW: LiteralString = """
UNWIND $ids AS id MATCH (x:EvidenceItem {parent: id}) WHERE x.space = $space
SET x.lock = coalesce(x.lock, 0) + 1 RETURN collect([x.id, x.markings, x.vis])
"""
SET_EXHIBIT: LiteralString = """
MATCH (x:EvidenceItem {id: $id}) SET x.markings = $markings, x.vis = $vis, x.revision = x.revision + 1 RETURN x.id
"""
EXHIBIT_CLASSES: LiteralString = "MATCH (x:EvidenceItem {space: $space}) RETURN count(DISTINCT x.vis)"
SET_MAPPINGS: LiteralString = "MATCH (m:ImportMapping {import: $id}) SET m.markings = $markings, m.vis = $vis RETURN count(m)"
SET_REFUSED: LiteralString = "MATCH (b:RefusedRows {import: $id}) SET b.vis = $vis RETURN count(b)"


async def create(tx: Tx, row: dict[str, Any]) -> None:
    """Keep an order {id, space, sort, source, markings, by, agency, at, state, progress}; `sort` is case or import."""
    await tx.value(CREATE, row=row)


async def running(tx: Tx) -> list[dict[str, Any]]:
    """Return every order that is not carried out yet, oldest first."""
    return await tx.rows(RUNNING)


async def progress(tx: Tx, sources: list[str]) -> dict[str, float]:
    """Return, by case or import, the share of the work done on the order that is furthest behind; nothing where none runs."""
    found: dict[str, float] = {}
    for source, share in await tx.rows(RUNNING_OF, sources=sources) if sources else []:
        found[source] = min(share, found.get(source, 1.0))
    return found


async def lock(tx: Tx, order: str) -> bool:
    """Take the lock of an order; False where it is carried out already."""
    return await tx.value(LOCK, id=order) == "running"


async def advance(tx: Tx, order: str, share: float, *, done: bool) -> None:
    """Write how far an order is."""
    await tx.value(ADVANCE, id=order, progress=share, state="done" if done else "running")


async def lacking(tx: Tx, order: dict[str, Any]) -> list[str]:
    """Return the records of the order's source that do not carry its markings yet."""
    named = {"source": order["source"], "space": order["space"], "markings": order["markings"]}
    return await (tx.rows(OF_CASE, **named) if order["sort"] == "case" else tx.rows(OF_IMPORT, **named))


async def classes(tx: Tx, space: str, sort: str, source: str) -> int:
    """Return how many classes raising this source may add at most: of its records, their links and entities, its tasks, exhibits."""
    named = {"source": source, "space": space}
    of_tasks = await tx.value(TASK_CLASSES, **named) if sort == "case" else 0
    of_exhibits = await tx.value(EXHIBIT_CLASSES, space=space)
    of_records, of_entities = await (tx.rows(CLASSES_OF_CASE, **named) if sort == "case" else tx.rows(CLASSES_OF_IMPORT, **named))
    return 2 * of_records + of_entities + of_tasks + of_exhibits


async def records(tx: Tx, ids: list[str]) -> list[dict[str, Any]]:
    """Return {id, about, kind, source, target, markings, vis} of records; `source` and `target` where they are about a link."""
    return await tx.rows(RECORDS, ids=ids)


def subjects(records: list[dict[str, Any]]) -> tuple[list[str], dict[str, NewLink]]:
    """Return the entities that records are about, sorted, and the links, by id."""
    entities = sorted({row["about"] for row in records if not row["source"]})
    links = {row["about"]: NewLink(row["about"], row["kind"], row["source"], row["target"]) for row in records if row["source"]}
    return entities, links


async def mark(tx: Tx, rows: list[dict[str, Any]]) -> None:
    """Put markings and class {id, markings, vis} on records. The caller holds the locks of their subjects."""
    await tx.value(MARK, rows=rows)


async def class_of(tx: Tx, sort: str, source: str) -> str:
    """Return the class that a case or import carries now."""
    return await (tx.value(CLASS_OF_CASE, id=source) if sort == "case" else tx.value(CLASS_OF_IMPORT, id=source))


async def imports_of(tx: Tx, space: str, case: str) -> list[tuple[str, list[str], str]]:
    """Lock every import into a case and return (id, markings, class) of each."""
    return [(one, markings, vis) for one, markings, vis in await tx.rows(IMPORTS_OF_CASE, space=space, case=case)]


async def tasks_of(tx: Tx, space: str, case: str) -> list[tuple[str, list[str], str]]:
    """Lock every task of a case and return (id, markings, class) of each."""
    return [(one, markings, vis) for one, markings, vis in await tx.rows(TASKS_OF_CASE, space=space, case=case)]


async def raise_task(tx: Tx, task: str, markings: list[str], vis: str) -> None:
    """Put exactly these markings on a task."""
    await tx.value(RAISE_TASK, id=task, markings=markings, vis=vis)


async def exhibits_of(tx: Tx, space: str, sort: str, source: str) -> list[Carrying]:
    """Lock every exhibit of a case, or the file of an import, with all that was derived from them; return (id, markings, class) of each."""
    named = {"space": space, "case" if sort == "case" else "import": source}
    level = await (tx.rows(EXHIBITS_OF_CASE, **named) if sort == "case" else tx.rows(EXHIBITS_OF_IMPORT, **named))
    return await with_derived(tx, space, level)


async def with_derived(tx: Tx, space: str, level: list[Carrying]) -> list[Carrying]:
    """Lock all that was derived from locked exhibits; return (id, markings, class) of each and of all that was derived, behind them."""
    found = dict[str, Carrying]()
    while fresh := [(one, markings, vis) for one, markings, vis in level if one not in found]:
        found |= {each[0]: each for each in fresh}
        level = await tx.rows(EXHIBITS_BELOW, space=space, ids=[each[0] for each in fresh])
    return list(found.values())


async def set_exhibit(tx: Tx, exhibit: str, markings: list[str], vis: str) -> None:
    """Put exactly these markings on an exhibit."""
    await tx.value(SET_EXHIBIT, id=exhibit, markings=markings, vis=vis)


async def set_import(tx: Tx, job: str, markings: list[str], vis: str) -> None:
    """Put exactly these markings on an import and on the mappings saved from it, and its class on its refused rows."""
    await tx.value(SET_IMPORT, id=job, markings=markings, vis=vis)
    await tx.value(SET_REFUSED, id=job, vis=vis)
    await tx.value(SET_MAPPINGS, id=job, markings=markings, vis=vis)
