"""Files on their way: an upload belongs to whoever began it and to nobody else; its parts lie sealed in the store.

A part is announced before it is stored, so that a server that ends in between leaves no object that nobody knows of.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, LiteralString

if TYPE_CHECKING:
    from graph.access import Scope
    from graph.driver import Tx

CREATE: LiteralString = "CREATE (u:Upload) SET u = $row RETURN u.id"
_OWN: LiteralString = "MATCH (u:Upload {id: $id}) WHERE u.space = $space AND u.by = $me"
FIND: LiteralString = _OWN + " RETURN properties(u)"
LOCK: LiteralString = _OWN + " SET u.lock = coalesce(u.lock, 0) + 1 RETURN properties(u)"
ANNOUNCE: LiteralString = (
    _OWN
    + " CREATE (p:FilePart {id: $part, file: u.file, space: u.space, object: $object, sealed_as: $sealed_as, state: 'coming'}) RETURN p.id"
)
# Only behind what was there when the part was begun: of two who send the same bytes one is told that they are there.
STORED: LiteralString = (
    _OWN
    + " SET u.lock = coalesce(u.lock, 0) + 1 WITH u WHERE u.received = $received AND u.state = 'open'"
    + " MATCH (p:FilePart {id: $part}) SET p.state = 'stored', p.place = u.parts, p.bytes = $bytes"
    + " SET u.parts = u.parts + 1, u.received = u.received + $bytes, u.expires_at = $expires_at RETURN u.received"
)
PARTS: LiteralString = (
    _OWN + " MATCH (p:FilePart {file: u.file}) WHERE p.state = 'stored' WITH p ORDER BY p.place RETURN collect(properties(p))"
)
END: LiteralString = _OWN + " DELETE u RETURN count(*)"
DROP_PARTS: LiteralString = "MATCH (p:FilePart {file: $file}) DELETE p RETURN count(*)"
DROP_PART: LiteralString = "MATCH (p:FilePart {id: $part}) WHERE p.state = 'coming' DELETE p RETURN count(*)"
OBJECTS: LiteralString = "MATCH (p:FilePart {file: $file}) RETURN collect(p.object)"
EXPIRED: LiteralString = "MATCH (u:Upload {state: 'open'}) WHERE u.expires_at < $now RETURN collect([u.id, u.file])"
DROP: LiteralString = "MATCH (u:Upload {id: $id}) DELETE u RETURN count(*)"
COMING: LiteralString = "MATCH (p:FilePart {state: 'coming'}) RETURN collect([p.id, p.object])"


async def create(tx: Tx, row: dict[str, Any]) -> None:
    """Create an upload {id, space, by, file, file_key, bytes, received, parts, state, expires_at, …}."""
    await tx.value(CREATE, row=row)


async def find(tx: Tx, scope: Scope, upload: str) -> dict[str, Any] | None:
    """Return an upload that the reader began in this space."""
    return await tx.value(FIND, space=scope.space, me=scope.user, id=upload)


async def lock(tx: Tx, scope: Scope, upload: str) -> dict[str, Any] | None:
    """Take its lock and return it."""
    return await tx.value(LOCK, space=scope.space, me=scope.user, id=upload)


async def announce(tx: Tx, scope: Scope, upload: str, part: dict[str, str]) -> None:
    """Say which object {part, object, sealed_as} is coming."""
    await tx.value(ANNOUNCE, space=scope.space, me=scope.user, id=upload, **part)


async def stored(tx: Tx, scope: Scope, upload: str, part: str, received: int, size: int, expires_at: str) -> int | None:
    """Say that a part is stored behind `received` bytes; return how many there are now, None where others came first."""
    return await tx.value(
        STORED, space=scope.space, me=scope.user, id=upload, part=part, received=received, bytes=size, expires_at=expires_at
    )


async def parts(tx: Tx, scope: Scope, upload: str) -> list[dict[str, Any]]:
    """Return the stored parts of an upload, in order."""
    return await tx.rows(PARTS, space=scope.space, me=scope.user, id=upload)


async def end(tx: Tx, scope: Scope, upload: str) -> None:
    """Forget an upload; its parts stay."""
    await tx.value(END, space=scope.space, me=scope.user, id=upload)


async def objects(tx: Tx, file: str) -> list[str]:
    """Return where the parts of a file lie."""
    return await tx.rows(OBJECTS, file=file)


async def drop_parts(tx: Tx, file: str) -> None:
    """Forget the parts of a file; the caller has removed, or will remove, their objects."""
    await tx.value(DROP_PARTS, file=file)


async def drop_part(tx: Tx, part: str) -> None:
    """Forget a part that was announced and not stored."""
    await tx.value(DROP_PART, part=part)


async def expired(tx: Tx, now: str) -> list[tuple[str, str]]:
    """Return (upload, file) of what nobody went on with in time."""
    return [(one, file) for one, file in await tx.rows(EXPIRED, now=now)]


async def drop(tx: Tx, upload: str) -> None:
    """Forget an upload that has run out."""
    await tx.value(DROP, id=upload)


async def coming(tx: Tx) -> list[tuple[str, str]]:
    """Return (part, object) of what was announced and never stored."""
    return [(one, place) for one, place in await tx.rows(COMING)]
