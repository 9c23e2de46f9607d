"""What the graph holds of an entity, and the statements that take it out: `joinder erase`, and every restore of an older backup.

What holds personal data of an entity, whoever sees it:

    Entity                  the node, with its caption
    relationships           its links and merges, whichever end it is
    Record                  what sources say of it and of those links, search tokens among it
    Identifier              a value that no other record states
    Release                 why a marking was taken off one of those records
    Task, Comment, Mention  a task about nothing else goes whole; of any other it is left out
    Import, RefusedRows     the file that it came in, and the report on it: `keeping_erase_files.py`
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, LiteralString

from graph import access

if TYPE_CHECKING:
    from graph.driver import Tx

ALL = 1_000_000
PERSON: LiteralString = """
MATCH (u:User {login: $login})-[:SERVES]->(g:Agency) WHERE u.administrator = true AND u.disabled = false RETURN [u.id, g.id]
"""
ENTITIES: LiteralString = "UNWIND $ids AS id MATCH (e:Entity {id: id}) WHERE e.space = $space RETURN collect([e.id, e.kind, e.vis])"
LINKS: LiteralString = """
UNWIND $ids AS id MATCH (e:Entity {id: id, space: $space})-[l]-(:Entity)
WITH DISTINCT l, startNode(l) AS s, endNode(l) AS t ORDER BY l.id LIMIT $most
RETURN collect([l.id, l.kind, l.vis, s.id, s.vis, t.id, t.vis])
"""
RECORDS: LiteralString = """
UNWIND $ids AS id MATCH (r:Record {about: id}) WHERE r.space = $space WITH r ORDER BY r.id LIMIT $most RETURN collect(properties(r))
"""
STATED: LiteralString = "UNWIND $ids AS id MATCH (r:Record {id: id})-[:STATES]->(i:Identifier) RETURN collect(DISTINCT [i.id, i.value])"
UNSTATED: LiteralString = """
UNWIND $ids AS id MATCH (i:Identifier {id: id})
WHERE NOT EXISTS { MATCH (i)<-[:STATES]-(r:Record) WHERE NOT r.id IN $records } RETURN collect(i.id)
"""
RELEASES: LiteralString = "MATCH (d:Release) WHERE d.space = $space AND d.record IN $records RETURN collect(d.id)"
TASKS: LiteralString = """
MATCH (t:Task {space: $space}) WHERE any(one IN t.about WHERE one IN $ids) WITH t ORDER BY t.id RETURN collect([t.id, t.vis, t.about])
"""
COMMENTS: LiteralString = "UNWIND $ids AS id MATCH (c:Comment {task: id}) RETURN collect(c.id)"
MENTIONS: LiteralString = "MATCH (n:Mention) WHERE n.space = $space AND n.comment IN $comments RETURN collect(n.id)"
SAME_FILE: LiteralString = (
    "UNWIND $hashes AS hash MATCH (x:EvidenceItem {sha256: hash}) WHERE x.space = $space RETURN collect([hash, x.id])"
)

DROP_RECORDS: LiteralString = "UNWIND $ids AS id MATCH (n:Record {id: id}) DETACH DELETE n RETURN count(id)"
DROP_IDENTIFIERS: LiteralString = "UNWIND $ids AS id MATCH (n:Identifier {id: id}) DETACH DELETE n RETURN count(id)"
DROP_RELEASES: LiteralString = "UNWIND $ids AS id MATCH (n:Release {id: id}) DELETE n RETURN count(id)"
DROP_TASKS: LiteralString = "UNWIND $ids AS id MATCH (n:Task {id: id}) DELETE n RETURN count(id)"
DROP_COMMENTS: LiteralString = "UNWIND $ids AS id MATCH (n:Comment {id: id}) DELETE n RETURN count(id)"
DROP_MENTIONS: LiteralString = "UNWIND $ids AS id MATCH (n:Mention {id: id}) DELETE n RETURN count(id)"
DROP_LINKS: LiteralString = """
UNWIND $links AS it MATCH (:Entity {id: it.source, space: $space})-[l]->(:Entity {id: it.target}) WHERE l.id = it.id
DELETE l RETURN count(it.id)
"""
DROP_ENTITIES: LiteralString = "UNWIND $ids AS id MATCH (e:Entity {id: id, space: $space}) DETACH DELETE e RETURN count(id)"
LEAVE_OUT: LiteralString = """
UNWIND $rows AS row MATCH (t:Task {id: row.id}) SET t.about = row.about, t.revision = t.revision + 1 RETURN count(t)
"""


async def person(tx: Tx, login: str) -> tuple[str, str] | None:
    """Return (id, authority) of an administrator of the deployment; None for anybody else."""
    found = await tx.value(PERSON, login=login)
    return (found[0], found[1]) if found else None


async def entities(tx: Tx, space: str, ids: list[str]) -> list[tuple[str, str, str]]:
    """Return (id, kind, class) of those of these entities that are there."""
    return [(one, kind, vis) for one, kind, vis in await tx.rows(ENTITIES, space=space, ids=ids)]


async def links(tx: Tx, space: str, ids: list[str], most: int = ALL) -> list[list[Any]]:
    """Return [id, kind, class, source, its class, target, its class] of the links and merges of these entities."""
    return await tx.rows(LINKS, space=space, ids=ids, most=most)


async def records(tx: Tx, space: str, about: list[str], most: int = ALL) -> list[dict[str, Any]]:
    """Return the records about these entities or links, as stored."""
    return await tx.rows(RECORDS, space=space, ids=about, most=most) if about else []


async def stated(tx: Tx, ids: list[str]) -> dict[str, str]:
    """Return id to value of the identifiers that these records state."""
    return dict(await tx.rows(STATED, ids=ids)) if ids else {}


async def unstated(tx: Tx, ids: list[str], but_by: list[str]) -> list[str]:
    """Return those of these identifiers that no record states but these."""
    return await tx.rows(UNSTATED, ids=ids, records=but_by) if ids else []


async def releases(tx: Tx, space: str, ids: list[str]) -> list[str]:
    """Return the decisions that took markings off these records."""
    return await tx.rows(RELEASES, space=space, records=ids) if ids else []


async def tasks(tx: Tx, space: str, ids: list[str]) -> list[tuple[str, str, list[str]]]:
    """Return (id, class, what it is about) of the tasks about any of these entities or links."""
    return [(one, vis, about) for one, vis, about in await tx.rows(TASKS, space=space, ids=ids)]


async def comments(tx: Tx, ids: list[str]) -> list[str]:
    """Return what was said about these tasks."""
    return await tx.rows(COMMENTS, ids=ids) if ids else []


async def same_file(tx: Tx, space: str, hashes: list[str]) -> list[tuple[str, str]]:
    """Return (SHA-256, exhibit) of every exhibit whose file has, or had, one of these hashes."""
    return [(one, x) for one, x in await tx.rows(SAME_FILE, space=space, hashes=hashes)] if hashes else []


async def drop_tasks(tx: Tx, space: str, gone: list[str], less: list[tuple[str, list[str]]]) -> None:
    """Take tasks out with what was said about them, and leave of others only what they are still about."""
    said = await comments(tx, gone)
    if said:
        await tx.value(DROP_MENTIONS, ids=await tx.rows(MENTIONS, space=space, comments=said))
        await tx.value(DROP_COMMENTS, ids=said)
    if gone:
        await tx.value(DROP_TASKS, ids=gone)
    if less:
        await tx.value(LEAVE_OUT, rows=[{"id": one, "about": about} for one, about in less])


async def drop_records(tx: Tx, space: str, ids: list[str]) -> None:
    """Take records out, with the identifiers that nothing else states and the decisions about them."""
    if not ids:
        return
    alone = await unstated(tx, list(await stated(tx, ids)), ids)
    decided = await releases(tx, space, ids)
    await tx.value(DROP_RECORDS, ids=ids)
    if alone:
        await tx.value(DROP_IDENTIFIERS, ids=alone)
    if decided:
        await tx.value(DROP_RELEASES, ids=decided)


async def drop_links(tx: Tx, space: str, rows: list[dict[str, str]]) -> None:
    """Take links {id, source, target} out behind their locks."""
    await access.lock(tx, space, [], rows)
    await tx.value(DROP_LINKS, space=space, links=rows)


async def drop_entities(tx: Tx, space: str, ids: list[str]) -> None:
    """Take entities out that have no records and links any more."""
    await access.lock(tx, space, ids, [])
    await tx.value(DROP_ENTITIES, space=space, ids=ids)
