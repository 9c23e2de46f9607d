"""Wrapped keys that the graph holds: of files, under their space's key; secrets of second factors, under the master key. For rotation."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, LiteralString

if TYPE_CHECKING:
    from graph.driver import Tx

# Each page leaves out what begins with $head: what the key that wraps now has wrapped already. Without a head it is everything.
# A place is written only where it still holds what was read; the count of such writes comes first, since it takes the lock.
IMPORTS: LiteralString = """
MATCH (i:Import {space: $space}) WHERE i.id > $after AND i.file_key IS NOT NULL AND ($head IS NULL OR NOT i.file_key STARTS WITH $head)
WITH i ORDER BY i.id LIMIT 500 RETURN collect([i.id, i.file_key, i.file_id])
"""
REWRAP_IMPORTS: LiteralString = """
UNWIND $rows AS row MATCH (i:Import {id: row.id}) SET i.rewraps = coalesce(i.rewraps, 0) + 1
WITH i, row WHERE i.file_key = row.old SET i.file_key = row.new RETURN count(i)
"""
STORED_FILES: LiteralString = """
MATCH (f:StoredFile {space: $space}) WHERE f.id > $after AND f.file_key IS NOT NULL AND ($head IS NULL OR NOT f.file_key STARTS WITH $head)
WITH f ORDER BY f.id LIMIT 500 RETURN collect([f.id, f.file_key, f.id])
"""
REWRAP_STORED_FILES: LiteralString = """
UNWIND $rows AS row MATCH (f:StoredFile {id: row.id}) SET f.rewraps = coalesce(f.rewraps, 0) + 1
WITH f, row WHERE f.file_key = row.old SET f.file_key = row.new RETURN count(f)
"""
UPLOADS: LiteralString = """
MATCH (u:Upload {space: $space}) WHERE u.id > $after AND ($head IS NULL OR NOT u.file_key STARTS WITH $head)
WITH u ORDER BY u.id LIMIT 500 RETURN collect([u.id, u.file_key, u.file])
"""
REWRAP_UPLOADS: LiteralString = """
UNWIND $rows AS row MATCH (u:Upload {id: row.id}) SET u.rewraps = coalesce(u.rewraps, 0) + 1
WITH u, row WHERE u.file_key = row.old SET u.file_key = row.new RETURN count(u)
"""
FACTORS: LiteralString = """
MATCH (f:SecondFactor) WHERE f.id > $after AND f.sealed <> '' AND ($head IS NULL OR NOT f.sealed STARTS WITH $head)
WITH f ORDER BY f.id LIMIT 500 RETURN collect([f.id, f.sealed, f.id])
"""
REWRAP_FACTORS: LiteralString = """
UNWIND $rows AS row MATCH (f:SecondFactor {id: row.id}) SET f.rewraps = coalesce(f.rewraps, 0) + 1
WITH f, row WHERE f.sealed = row.old SET f.sealed = row.new RETURN count(f)
"""
NEXT_FACTORS: LiteralString = """
MATCH (f:SecondFactor) WHERE f.id > $after AND f.next <> '' AND ($head IS NULL OR NOT f.next STARTS WITH $head)
WITH f ORDER BY f.id LIMIT 500 RETURN collect([f.id, f.next, f.id])
"""
REWRAP_NEXT_FACTORS: LiteralString = """
UNWIND $rows AS row MATCH (f:SecondFactor {id: row.id}) SET f.rewraps = coalesce(f.rewraps, 0) + 1
WITH f, row WHERE f.next = row.old SET f.next = row.new RETURN count(f)
"""
SPACES: LiteralString = "MATCH (s:Space) RETURN collect(s.id)"


@dataclass(frozen=True, slots=True)
class Place:
    """A property of a label that holds wrapped keys: what it is called, how a page of it is read, how it is written."""

    name: str
    read: LiteralString
    write: LiteralString


@dataclass(frozen=True, slots=True)
class Wrapped:
    """A wrapped key in the graph: its node, the key in base64, and the file or person that it is for."""

    id: str
    key: str
    about: str


FILES = (
    Place("the file of import", IMPORTS, REWRAP_IMPORTS),
    Place("file", STORED_FILES, REWRAP_STORED_FILES),
    Place("the file of upload", UPLOADS, REWRAP_UPLOADS),
)
SECRETS = (Place("the second factor of", FACTORS, REWRAP_FACTORS), Place("the new second factor of", NEXT_FACTORS, REWRAP_NEXT_FACTORS))


async def page(tx: Tx, place: Place, space: str | None, head: str | None, after: str) -> list[Wrapped]:
    """Return up to 500 wrapped keys after an id, in order; those of a space, where the place has spaces."""
    asked = {"space": space} if "$space" in place.read else {}
    return [Wrapped(*row) for row in await tx.rows(place.read, **asked, head=head, after=after)]


async def rewrap(tx: Tx, place: Place, rows: list[dict[str, str]]) -> int:
    """Write {id, old, new}: `new` where there is still `old`; return how many were."""
    return await tx.value(place.write, rows=rows) or 0


async def spaces(tx: Tx) -> list[str]:
    """Return the id of every space."""
    return await tx.rows(SPACES)
