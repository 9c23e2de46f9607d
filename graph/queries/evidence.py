"""Exhibits: items of evidence, each in one case, whose markings it carries beside its own and those of what it was derived from.

Custody, file and viewings are there where their exhibit is. Numbers are drawn at random, so that a gap between two tells nothing.
"""

from __future__ import annotations

import secrets
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, LiteralString

from graph import custody
from graph.access import Scope, visible
from graph.records import NamedExhibit

if TYPE_CHECKING:
    from collections.abc import Sequence

    from graph.driver import Tx

# A place is the number: an exhibit stands before what was derived from it, since theirs begin with its own.
PAGE: LiteralString = (
    "MATCH (x:EvidenceItem {space: $space}) WHERE "
    + visible("x")
    + " AND ($case IS NULL OR x.case = $case) AND ($kinds IS NULL OR x.kind IN $kinds)"
    + " AND ($text = '' OR any(one IN [x.title, x.number, coalesce(x.file_name, '')] WHERE toLower(one) CONTAINS $text))"
    + " WITH x.number AS place, x.id AS id ORDER BY place WITH collect([place, id]) AS found"
    + " RETURN {total: size(found), rows: [it IN found WHERE it[0] > $after][..$first]}"
)
EXHIBITS: LiteralString = (
    "UNWIND $ids AS id MATCH (x:EvidenceItem {id: id, space: $space}) WHERE " + visible("x") + " RETURN collect(properties(x))"
)
NAMES: LiteralString = (
    "UNWIND $ids AS id MATCH (x:EvidenceItem {id: id, space: $space}) WHERE "
    + visible("x")
    + " RETURN collect([x.id, x.number, x.title, x.integrity_alert, coalesce(x.family, '')])"
)
SAME_FILE: LiteralString = (
    "UNWIND $hashes AS hash MATCH (x:EvidenceItem {sha256: hash}) WHERE x.space = $space AND "
    + visible("x")
    + " RETURN collect([hash, x.id])"
)
DERIVED: LiteralString = (
    "UNWIND $ids AS id MATCH (x:EvidenceItem {parent: id}) WHERE x.space = $space AND "
    + visible("x")
    + " RETURN collect({of: id, id: x.id, derivation: coalesce(x.derivation, ''), language: coalesce(x.language, '')})"
)
FILE: LiteralString = (
    "MATCH (x:EvidenceItem {id: $id, space: $space}) WHERE "
    + visible("x")
    + " MATCH (f:StoredFile {exhibit: x.id}) WHERE f.state = 'stored' OPTIONAL MATCH (p:FilePart {file: f.id})"
    + " WITH x, f, p ORDER BY p.place WITH x, f, collect(properties(p)) AS parts"
    + " RETURN {exhibit: properties(x), file: properties(f), parts: parts}"
)
CUSTODY: LiteralString = (
    "MATCH (x:EvidenceItem {id: $id, space: $space}) WHERE "
    + visible("x")
    + " MATCH (c:CustodyEvent {exhibit: x.id}) WITH c ORDER BY c.seq RETURN collect(properties(c))"
)
VIEWINGS: LiteralString = (
    "MATCH (x:EvidenceItem {id: $id, space: $space}) WHERE "
    + visible("x")
    + " MATCH (v:Viewing {exhibit: x.id}) WHERE $whose IS NULL OR v.by = $whose WITH v ORDER BY v.last_at RETURN collect(properties(v))"
)
# Asked of the markings of an exhibit that the reader was shown, so of such as they hold.
WATERMARKED: LiteralString = """
UNWIND $markings AS id MATCH (k:Marking {id: id, space: $space}) WHERE k.watermark RETURN count(k)
"""
CITING: LiteralString = (
    "UNWIND $ids AS id MATCH (r:Record {exhibit: id}) WHERE r.space = $space AND "
    + visible("r")
    + " AND r.status <> 'retracted' WITH id, count(r) AS number RETURN collect([id, number])"
)
MARKINGS_OF: LiteralString = "MATCH (x:EvidenceItem {id: $id, space: $space}) WHERE " + visible("x") + " RETURN x.markings"
LOCK: LiteralString = (
    "MATCH (x:EvidenceItem {id: $id, space: $space}) WHERE " + visible("x") + " SET x.lock = coalesce(x.lock, 0) + 1 RETURN properties(x)"
)
CHANGE: LiteralString = "MATCH (x:EvidenceItem {id: $id, space: $space}) WHERE " + visible("x") + " SET x += $changes RETURN x.id"
CREATE: LiteralString = "CREATE (x:EvidenceItem) SET x = $row RETURN x.id"
CREATE_FILE: LiteralString = "CREATE (f:StoredFile) SET f = $row RETURN f.id"
ADD_PARTS: LiteralString = "UNWIND $rows AS row CREATE (p:FilePart) SET p = row RETURN count(p)"
TAKEN: LiteralString = "UNWIND $numbers AS number MATCH (x:EvidenceItem {space_number: $space + ' ' + number}) RETURN collect(number)"
RENUMBER: LiteralString = "MATCH (x:EvidenceItem {id: $id}) SET x.number = $number, x.space_number = $space + ' ' + $number RETURN x.id"
VIEWED: LiteralString = (
    "MATCH (x:EvidenceItem {id: $exhibit, space: $space}) WHERE "
    + visible("x")
    + " MERGE (v:Viewing {id: $id}) ON CREATE SET v.exhibit = x.id, v.space = $space, v.by = $by, v.first_at = $now, v.times = 0"
    + " SET v.last_at = $now, v.times = v.times + 1 RETURN v.times"
)
ADOPT: LiteralString = """
MATCH (i:Import) WHERE i.object IS NOT NULL AND i.exhibit IS NULL RETURN collect(i.id)
"""
ADOPT_LOCK: LiteralString = "MATCH (i:Import {id: $id}) SET i.lock = coalesce(i.lock, 0) + 1 RETURN properties(i)"
ADOPTED: LiteralString = "MATCH (i:Import {id: $id}) SET i.exhibit = $exhibit RETURN i.id"
CITED_BY_IMPORT: LiteralString = """
MATCH (r:Record {import: $id}) WHERE r.exhibit IS NULL WITH r LIMIT $most SET r.exhibit = $exhibit RETURN count(r)
"""
ROOT_DIGITS, SUB_DIGITS = 5, 2
_DRAWN_AT_ONCE = 8


@dataclass(frozen=True, slots=True)
class Filter:
    """Which exhibits are wanted; None leaves a question open. `text` is lower case, part of number, title or file name."""

    case: str | None = None
    kinds: list[str] | None = None
    text: str = ""


async def page(tx: Tx, scope: Scope, wanted: Filter, after: str, first: int) -> tuple[int, list[tuple[str, str]]]:
    """Return how many visible exhibits pass the filter, and (place, id) of the first ones behind `after`, by number."""
    said = await tx.value(
        PAGE, space=scope.space, vis=scope.vis, case=wanted.case, kinds=wanted.kinds, text=wanted.text, after=after, first=first
    )
    return said["total"], [(place, one) for place, one in said["rows"]]


async def exhibits(tx: Tx, scope: Scope, ids: Sequence[str]) -> list[dict[str, Any]]:
    """Return the visible exhibits among `ids`, in that order, with all their stored properties."""
    found = {row["id"]: row for row in await tx.rows(EXHIBITS, space=scope.space, vis=scope.vis, ids=list(ids))} if ids else {}
    return [found[one] for one in ids if one in found]


async def names(tx: Tx, scope: Scope, ids: Sequence[str]) -> dict[str, NamedExhibit]:
    """Return id to name of the visible exhibits among `ids`."""
    rows = await tx.rows(NAMES, space=scope.space, vis=scope.vis, ids=list(ids)) if ids else []
    return {one: NamedExhibit(*named) for one, *named in rows}


async def same_file(tx: Tx, scope: Scope, hashes: Sequence[str]) -> list[tuple[str, str]]:
    """Return (SHA-256, id) of the visible exhibits whose file has one of these hashes."""
    return [(one, x) for one, x in await tx.rows(SAME_FILE, space=scope.space, vis=scope.vis, hashes=list(hashes))] if hashes else []


async def derived(tx: Tx, scope: Scope, ids: Sequence[str]) -> list[dict[str, str]]:
    """Return the visible exhibits derived from these, {of, id, derivation, language}; empty where nothing was said."""
    return await tx.rows(DERIVED, space=scope.space, vis=scope.vis, ids=list(ids)) if ids else []


async def file(tx: Tx, scope: Scope, exhibit: str) -> dict[str, Any] | None:
    """Return {exhibit, file, parts} of a visible exhibit with a file, parts in order; None where there is none."""
    return await tx.value(FILE, space=scope.space, vis=scope.vis, id=exhibit)


async def custody_of(tx: Tx, scope: Scope, exhibit: str) -> list[dict[str, Any]]:
    """Return the custody events of a visible exhibit, oldest first."""
    return await tx.rows(CUSTODY, space=scope.space, vis=scope.vis, id=exhibit)


async def viewings(tx: Tx, scope: Scope, exhibit: str, whose: str | None) -> list[dict[str, Any]]:
    """Return who viewed a visible exhibit, {by, first_at, last_at, times} for each hour; of one person where `whose` names them."""
    return await tx.rows(VIEWINGS, space=scope.space, vis=scope.vis, id=exhibit, whose=whose)


async def watermarked(tx: Tx, exhibit: dict[str, Any]) -> bool:
    """Say whether a marking of an exhibit asks for a watermark."""
    return bool(exhibit["markings"]) and await tx.value(WATERMARKED, space=exhibit["space"], markings=exhibit["markings"]) > 0


async def citing(tx: Tx, scope: Scope, ids: Sequence[str]) -> dict[str, int]:
    """Return how many visible records that are not retracted cite each exhibit."""
    return dict(await tx.rows(CITING, space=scope.space, vis=scope.vis, ids=list(ids))) if ids else {}


async def markings_of(tx: Tx, scope: Scope, exhibit: str) -> frozenset[str] | None:
    """Return the markings that a visible exhibit hands on, None where there is no such exhibit."""
    found = await tx.value(MARKINGS_OF, space=scope.space, vis=scope.vis, id=exhibit)
    return None if found is None else frozenset(found)


async def lock(tx: Tx, scope: Scope, exhibit: str) -> dict[str, Any] | None:
    """Take the exhibit's lock and return it, if visible."""
    return await tx.value(LOCK, space=scope.space, vis=scope.vis, id=exhibit)


async def change(tx: Tx, scope: Scope, exhibit: str, changes: dict[str, Any]) -> None:
    """Change stored properties of a visible exhibit."""
    await tx.value(CHANGE, space=scope.space, vis=scope.vis, id=exhibit, changes=changes)


async def viewed(tx: Tx, scope: Scope, exhibit: str, viewing: str, now: str) -> None:
    """Count that the reader viewed a visible exhibit; `viewing` is the id of what is counted together."""
    await tx.value(VIEWED, space=scope.space, vis=scope.vis, exhibit=exhibit, id=viewing, by=scope.user, now=now)


async def register(
    tx: Tx, row: dict[str, Any], said: Sequence[dict[str, Any]], parent: dict[str, Any] | None = None, file: dict[str, Any] | None = None
) -> None:
    """Create an exhibit with its first custody events; `row` holds all but number and root. `file`: its StoredFile's properties."""
    space, base = row["space"], f"{parent['number']}." if parent else "E-"
    number = await _free_number(tx, space, base, SUB_DIGITS if parent else ROOT_DIGITS)
    numbered = {"number": number, "space_number": f"{space} {number}", "root": parent["root"] if parent else row["id"]}
    stored = {name: value for name, value in (row | numbered | {"parent": parent and parent["id"]}).items() if value is not None}
    await tx.value(CREATE, row=stored)
    if file:
        await tx.value(CREATE_FILE, row=file | {"exhibit": row["id"], "space": space, "state": "stored"})
    await custody.append(tx, row["id"], [{"space": space, **each} for each in said])


async def add_parts(tx: Tx, rows: list[dict[str, Any]]) -> None:
    """Create the parts of a file {id, file, space, place, object, sealed_as, bytes, state}."""
    await tx.value(ADD_PARTS, rows=rows)


async def _free_number(tx: Tx, space: str, base: str, digits: int) -> str:
    """Draw numbers until one is free; with more digits where a base is crowded."""
    while True:
        least = 10 ** (digits - 1)
        drawn = [f"{base}{least + secrets.randbelow(9 * least)}" for _ in range(_DRAWN_AT_ONCE)]
        taken = set(await tx.rows(TAKEN, space=space, numbers=drawn))
        free = next((one for one in drawn if one not in taken), None)
        if free is not None:
            return free
        digits += 1


async def renumber(tx: Tx, space: str, exhibit: str, number: str) -> None:
    """Give an exhibit of an invented story the number by which its records cite it; elsewhere numbers stay as they were drawn."""
    await tx.value(RENUMBER, space=space, id=exhibit, number=number)


async def to_adopt(tx: Tx) -> list[str]:
    """Return the imports whose file is no exhibit yet."""
    return await tx.rows(ADOPT)


async def lock_adopted(tx: Tx, job: str) -> dict[str, Any]:
    """Take the lock of an import, whoever sees it, and return it."""
    return await tx.value(ADOPT_LOCK, id=job)


async def adopted(tx: Tx, job: str, exhibit: str) -> None:
    """Write on an import which exhibit its file is."""
    await tx.value(ADOPTED, id=job, exhibit=exhibit)


async def cite_by_import(tx: Tx, job: str, exhibit: str, most: int) -> int:
    """Let at most `most` records of an import that cite nothing cite its exhibit; return how many did."""
    return await tx.value(CITED_BY_IMPORT, id=job, exhibit=exhibit, most=most)
