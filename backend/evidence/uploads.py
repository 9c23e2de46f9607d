"""Files on their way in, in as many requests as it takes, sealed part by part while they stream; with the last byte an exhibit.

What is acknowledged is in the store and in the graph. A part is announced before it is stored and counted after, so a server that ends
in between loses the part that was on its way and nothing else; `sweep` removes what nobody names.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from backend.core.errors import Conflict, Invalid, NotFound
from backend.core.ids import new_id
from backend.evidence import arrivals, changes, rules
from backend.evidence.changes import New
from backend.evidence.content import Stored
from backend.evidence.parts import OTHERS, Body, Part, drop, drop_now, expiry, hashed_so_far, keep, put, require_open
from backend.evidence.reading.kinds import HEAD_BYTES, kind_of
from backend.evidence.rules import KIND_OF_FAMILY, ExhibitKind, Scan, Verb
from backend.teams.policy import Right
from backend.teams.service import change, enter
from graph.queries import evidence
from graph.queries import evidence_uploads as queries
from graph.records import stamp

if TYPE_CHECKING:
    from collections.abc import AsyncIterator

    from backend.core.context import Context, Parts
    from graph.access import Scope
    from graph.driver import Tx
    from graph.outbox import Change

LONGEST_NAME = 255


@dataclass(frozen=True, slots=True)
class NewUpload:
    """A file that somebody is about to send: what it becomes, its name and its bytes."""

    new: New
    name: str
    size: int
    zone: str = "UTC"


async def begin(ctx: Context, space: str, wanted: NewUpload) -> dict[str, Any]:
    """Begin an upload and return it; the exhibit that it becomes will have its id."""
    name = _name(wanted.name)
    if not 0 <= wanted.size <= ctx.parts.settings.most_upload:
        raise Invalid(f"A file has at most {ctx.parts.settings.most_upload >> 30} GiB.", "size")
    said = rules.checked(wanted.new.said)
    await ctx.graph.read(lambda tx: enter(tx, ctx, space, Right.WRITE_CONTENT))  # a space that is not there for them has no key
    upload, file = new_id(), new_id()
    row = {
        "id": upload, "space": space, "by": ctx.who.user, "file": file, "bytes": wanted.size, "received": 0,
        "parts": 0, "state": "open", "name": name, "zone": rules.zone(wanted.zone, "zone"), "case": wanted.new.case, "begun_at": ctx.now,
        "parent": wanted.new.parent or "", "markings": sorted(wanted.new.markings), "expires_at": expiry(ctx.parts),
        **{f"said_{field}": value for field, value in said.items()},
    }  # fmt: skip

    async def work(tx: Tx) -> None:
        scope = await enter(tx, ctx, space, Right.WRITE_CONTENT)
        await changes.inherited(tx, scope, wanted.new)
        await queries.create(tx, row)

    async with ctx.parts.keys.sealing(space) as key:  # until it is written, no rotation ends the key that wraps the file's
        _, row["file_key"] = key.new_file_key(file)
        await ctx.graph.write(work)
    ctx.trail.changed(space, [upload])
    return row


async def find(ctx: Context, space: str, upload: str) -> dict[str, Any]:
    """Return an upload that the actor began and that has not run out, or that has become an exhibit (`exhibit`).

    A sender whose last answer was lost asks here. Where every byte was there and the server ended before the exhibit was, it is made now.
    """

    async def work(tx: Tx) -> dict[str, Any]:
        scope = await enter(tx, ctx, space, Right.WRITE_CONTENT)
        row = await queries.find(tx, scope, upload)
        return require_open(ctx, row) if row else await _became(tx, ctx, scope, upload)

    row = await ctx.graph.read(work)
    ctx.trail.saw(space, [upload])
    return await _finish(ctx, space, row) if "exhibit" not in row and row["received"] == row["bytes"] else row


async def _became(tx: Tx, ctx: Context, scope: Scope, upload: str) -> dict[str, Any]:
    """Return what an upload says that has become an exhibit: the exhibit has its id."""
    for row in await evidence.exhibits(tx, scope, [upload]):
        if row["created_by"] == ctx.who.user and "bytes" in row:
            return {"id": upload, "space": scope.space, "bytes": row["bytes"], "received": row["bytes"], "exhibit": upload}
    raise NotFound


async def receive(
    ctx: Context, space: str, upload: str, offset: int, pieces: AsyncIterator[bytes], checksum: tuple[str, bytes] | None = None
) -> dict[str, Any]:
    """Take what comes behind `offset` bytes; return the upload as it is then. With all of it there the exhibit is made.

    `checksum` is (sha1 or sha256, digest) of what comes: nothing is kept unless it is right. Without one, each part is kept as soon as it
    is stored, also of a request that breaks off. Raises `Conflict` where other bytes are expected next.
    """
    row = await find(ctx, space, upload)
    if row["received"] != offset:
        raise Conflict(OTHERS)
    if "exhibit" in row:
        return row
    key = (await ctx.parts.keys.of(space)).file_key(row["file_key"], row["file"])
    body = Body(pieces, row["bytes"] - offset, checksum)
    waiting = list[Part]()
    try:
        while await body.more():
            waiting.append(await put(ctx, row, key, body))
            if checksum is None:
                row = await keep(ctx, row, waiting)
        body.check()
        row = await keep(ctx, row, waiting)
    finally:
        for part in waiting:
            await drop(ctx.parts, part.id, part.place)
    return await _finish(ctx, space, row) if row["received"] == row["bytes"] else row


async def _finish(ctx: Context, space: str, row: dict[str, Any]) -> dict[str, Any]:
    """Make the exhibit; said again it makes nothing, since the exhibit has the upload's id."""

    async def parts(tx: Tx) -> list[dict[str, Any]]:
        return await queries.parts(tx, await enter(tx, ctx, space, Right.WRITE_CONTENT), row["id"])

    stored = await Stored.of(ctx.parts, row, await ctx.graph.read(parts))
    head = await stored.head(HEAD_BYTES)
    known = hashed_so_far.pop(row["id"], None)
    hashes = known.hashes.told() if known and known.size == row["bytes"] else await stored.hashes()
    kind = kind_of(head, row["name"])
    facts = hashes | {
        "bytes": row["bytes"], "media_type": kind.media_type, "family": kind.family, "file_name": row["name"],
        "file": row["file"], "acquired_zone": row["zone"], "title": row["name"],
        "kind": KIND_OF_FAMILY.get(kind.family, ExhibitKind.DATA).value,
        "reading": "waiting" if kind.paged or kind.family == "archive" else "none", "scan": Scan.WAITING.value,
    }  # fmt: skip
    said = facts | {name.removeprefix("said_"): value for name, value in row.items() if name.startswith("said_")}
    entry = {"verb": Verb.ACQUIRED.value, "at": ctx.now, "zone": row["zone"], "hash_after": hashes["sha256"], "sha512": hashes["sha512"]}
    file = {name: said[name] for name in (*hashes, "bytes", "media_type", "family")} | {"id": row["file"]}

    async def work(tx: Tx, scope: Scope) -> tuple[str, list[Change]]:
        locked = require_open(ctx, await queries.lock(tx, scope, row["id"]))
        new = New(row["case"], rules.Said(), row["parent"] or None, frozenset(row["markings"]))
        told = await changes.create(tx, ctx, scope, row["id"], new, said, [entry], file | {"file_key": locked["file_key"]})
        await queries.end(tx, scope, row["id"])
        return row["id"], told

    await change(ctx, space, f"upload {row['id']}", Right.WRITE_CONTENT, work)
    arrivals.arrived(ctx.parts, row["id"])
    return row | {"exhibit": row["id"]}


async def stop(ctx: Context, space: str, upload: str) -> None:
    """End an upload that the actor began; what had arrived of it is removed."""

    async def work(tx: Tx) -> tuple[str, list[str]]:
        scope = await enter(tx, ctx, space, Right.WRITE_CONTENT)
        row = require_open(ctx, await queries.lock(tx, scope, upload))
        await queries.end(tx, scope, upload)
        return row["file"], await queries.objects(tx, row["file"])

    file, objects = await ctx.graph.write(work)
    await _remove(ctx.parts, file, objects)
    hashed_so_far.pop(upload, None)
    ctx.trail.changed(space, [upload])


async def _remove(parts: Parts, file: str, objects: list[str]) -> None:
    """Remove the objects first: what stays in between is still named, and found by the next sweep."""
    for place in objects:
        await parts.store.delete(place)
    await parts.graph.write(lambda tx: queries.drop_parts(tx, file))


async def sweep(parts: Parts) -> int:
    """Remove what stopped servers left half-way and what nobody went on with in time; return how many objects. Run at start."""
    swept = 0
    for part, place in await parts.graph.read(queries.coming):
        await drop_now(parts, part, place)
        swept += 1
    for upload, file in await parts.graph.read(lambda tx: queries.expired(tx, stamp(parts.clock.now()))):
        objects = await parts.graph.read(lambda tx, file=file: queries.objects(tx, file))
        await _remove(parts, file, objects)
        await parts.graph.write(lambda tx, upload=upload: queries.drop(tx, upload))
        swept += len(objects)
    return swept


def _name(name: str) -> str:
    """Return the name of a file without the folders that it lay in: those are the sender's own. Raises `Invalid`."""
    last = name.strip().replace("\\", "/").rstrip("/").rpartition("/")[2]
    if not last or len(last) > LONGEST_NAME or any(not one.isprintable() for one in last):
        raise Invalid(f"A file needs a name of 1 to {LONGEST_NAME} characters, all on one line.", "name")
    return last
