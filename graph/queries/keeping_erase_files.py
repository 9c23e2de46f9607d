"""A source file that gives way to a redacted copy: the import, its report, the exhibit, its pages, parts and key, and what cites it."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, LiteralString

from graph import custody
from graph.queries import evidence

if TYPE_CHECKING:
    from graph.driver import Tx

AT_ONCE = 5_000
IMPORTS: LiteralString = (
    "MATCH (i:Import {space: $space}) WHERE i.object IS NOT NULL AND i.exhibit IS NOT NULL RETURN collect(properties(i))"
)
LOCK: LiteralString = "MATCH (i:Import {id: $id}) SET i.lock = coalesce(i.lock, 0) + 1 RETURN properties(i)"
OBJECTS: LiteralString = "MATCH (p:FilePart {file: $file}) RETURN collect(p.object)"
REFUSED: LiteralString = "MATCH (b:RefusedRows {import: $id}) RETURN collect([b.place, b.sealed])"
SET_REFUSED: LiteralString = """
UNWIND $rows AS row MATCH (b:RefusedRows {import: $id}) WHERE b.place = row.place SET b.sealed = row.sealed RETURN count(b)
"""
DROP_REFUSED: LiteralString = "MATCH (b:RefusedRows {import: $id}) WHERE b.place IN $places DELETE b RETURN count(*)"
SET_IMPORT: LiteralString = "MATCH (i:Import {id: $id}) SET i += $changes RETURN i.id"
EXHIBIT: LiteralString = "MATCH (x:EvidenceItem {id: $id}) SET x.lock = coalesce(x.lock, 0) + 1 RETURN properties(x)"
NO_FILE: LiteralString = (
    "MATCH (x:EvidenceItem {id: $id}) SET x.reading = 'none', x.pages = 0, x.revision = x.revision + 1 REMOVE x.file RETURN x.id"
)
DROP_PAGES: LiteralString = "MATCH (p:ExhibitPage {exhibit: $id}) DELETE p RETURN count(*)"
DROP_FILE: LiteralString = "MATCH (f:StoredFile {id: $file}) DELETE f RETURN count(*)"
DROP_PARTS: LiteralString = "MATCH (p:FilePart {file: $file}) DELETE p RETURN count(*)"
CITE_COPY: LiteralString = "MATCH (r:Record {exhibit: $old}) WHERE r.space = $space WITH r LIMIT $most SET r.exhibit = $new RETURN count(r)"


async def imports(tx: Tx, space: str) -> list[dict[str, Any]]:
    """Return every import of a space that has a file, as stored."""
    return await tx.rows(IMPORTS, space=space)


async def locked(tx: Tx, job: str) -> dict[str, Any] | None:
    """Take an import's lock and return it; None where it is not there."""
    return await tx.value(LOCK, id=job)


async def exhibit(tx: Tx, one: str) -> dict[str, Any]:
    """Take an exhibit's lock and return it."""
    return await tx.value(EXHIBIT, id=one)


async def objects(tx: Tx, file: str) -> list[str]:
    """Return where the parts of a file lie."""
    return await tx.rows(OBJECTS, file=file)


async def refused(tx: Tx, job: str) -> list[tuple[int, str]]:
    """Return (place, sealed rows) of every batch of an import that refused some."""
    return [(place, sealed) for place, sealed in await tx.rows(REFUSED, id=job)]


async def set_refused(tx: Tx, job: str, rows: dict[int, str], empty: list[int]) -> None:
    """Keep refused rows sealed anew, by place; forget the places at which none is left."""
    if rows:
        await tx.value(SET_REFUSED, id=job, rows=[{"place": place, "sealed": sealed} for place, sealed in rows.items()])
    if empty:
        await tx.value(DROP_REFUSED, id=job, places=empty)


async def replace(tx: Tx, old: dict[str, Any], new: dict[str, Any], file: dict[str, Any], part: dict[str, Any]) -> None:
    """Register the exhibit `new` with its file as the redaction of `old`, which has no file, no key and no pages any more."""
    said = {"by": new["created_by"], "agency": new["authority"], "at": new["created_at"], "zone": "UTC"}
    said["recorded_at"] = new["created_at"]
    derived = {"verb": "derived", "refers_to": old["id"], "hash_before": old["sha256"], **said}
    redacted = {"verb": "redacted", "hash_after": new["sha256"], "sha512": new.get("sha512"), **said}
    await evidence.register(tx, new | {"derivation": "redaction"}, [derived, redacted], old, file)
    await evidence.add_parts(tx, [part])
    await tx.value(NO_FILE, id=old["id"])
    await tx.value(DROP_PAGES, id=old["id"])
    await tx.value(DROP_FILE, file=old["file"])
    await tx.value(DROP_PARTS, file=old["file"])


async def destroyed(tx: Tx, old: dict[str, Any], said: dict[str, Any]) -> None:
    """Enter in the custody of an exhibit that the key of its file, and with it the file, was destroyed."""
    await custody.append(tx, old["id"], [{"space": old["space"], "verb": "destroyed", "hash_before": old["sha256"], **said}])


async def set_import(tx: Tx, job: str, changes: dict[str, Any]) -> None:
    """Let an import have the copy for its file."""
    await tx.value(SET_IMPORT, id=job, changes=changes)


async def cite_copy(tx: Tx, space: str, old: str, new: str) -> int:
    """Let some of the records that cite the old exhibit cite its copy; return how many did."""
    return int(await tx.value(CITE_COPY, space=space, old=old, new=new, most=AT_ONCE) or 0)
