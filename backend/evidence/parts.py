"""The parts of a file on its way in: announced, sealed into the store while they stream, then counted."""

from __future__ import annotations

import asyncio
import hashlib
from collections import OrderedDict
from contextlib import suppress
from dataclasses import dataclass, field
from datetime import timedelta
from typing import TYPE_CHECKING, Any

from backend.core.errors import Conflict, Invalid, NotFound
from backend.core.ids import new_id
from backend.storage.hashes import Hashes
from backend.storage.seal import SealedWriter
from backend.storage.store import new_key
from backend.teams.policy import Right
from backend.teams.service import enter
from graph.queries import evidence_uploads as queries
from graph.records import stamp

if TYPE_CHECKING:
    from collections.abc import AsyncIterator

    from backend.core.context import Context, Parts
    from graph.access import Scope
    from graph.driver import Tx

PART_BYTES = 64 << 20
KEPT_FOR = timedelta(days=7)
MOST_HASHES = 1_000
OTHERS = "Other bytes of this file are expected next. Ask how many have arrived and go on from there."
TOO_MUCH = "More came than was announced, so the rest was not taken. Send the file again."


class ChecksumMismatch(Invalid):
    """What came is not what was sent; nothing of it was kept. The status is that of the tus protocol."""

    status = 460
    default = "What arrived is not what was sent, so nothing of it was kept. It is sent again by itself."


@dataclass(slots=True)
class Hashed:
    """The hashes of what an upload has received, and how much that is."""

    hashes: Hashes = field(default_factory=Hashes.begun)
    size: int = 0


hashed_so_far: OrderedDict[str, Hashed] = OrderedDict()
"""Of uploads under way in this process; one that is not here is hashed anew from the store at its end."""


def require_open(ctx: Context, row: dict[str, Any] | None) -> dict[str, Any]:
    """Return an upload that is there and has not run out, or raise `NotFound`."""
    if row is None or row["expires_at"] <= ctx.now:
        raise NotFound
    return row


@dataclass(frozen=True, slots=True)
class Part:
    """A part in the store that the upload does not count yet."""

    id: str
    place: str
    size: int
    hashed: Hashed | None


class Body:
    """The bytes of one request, handed out part by part."""

    def __init__(self, pieces: AsyncIterator[bytes], most: int, checksum: tuple[str, bytes] | None) -> None:
        self._pieces, self._left, self._held = pieces, most, b""
        self._sum = hashlib.new(checksum[0], usedforsecurity=False) if checksum else None
        self._wanted = checksum[1] if checksum else b""

    async def more(self) -> bool:
        """Say whether another byte came."""
        while not self._held:
            piece = await anext(self._pieces, None)
            if piece is None:
                return False
            self._held = piece
        return True

    async def part(self) -> AsyncIterator[bytes]:
        """Yield at most a part's bytes."""
        room = PART_BYTES
        while room and await self.more():
            piece, self._held = self._held[:room], self._held[room:]
            room -= len(piece)
            self._left -= len(piece)
            if self._left < 0:
                raise Invalid(TOO_MUCH, "size")
            if self._sum:
                self._sum.update(piece)
            yield piece

    def check(self) -> None:
        """Raise `ChecksumMismatch` unless everything that came is what was sent."""
        if self._sum and self._sum.digest() != self._wanted:
            raise ChecksumMismatch


async def put(ctx: Context, row: dict[str, Any], key: bytes, body: Body) -> Part:
    """Announce and store one part; the upload counts it later."""
    part, place = new_id(), new_key()
    sealed_as = f"{row['file']} {part}"
    said = {"part": part, "object": place, "sealed_as": sealed_as}

    async def work(tx: Tx) -> None:
        scope = await enter(tx, ctx, row["space"], Right.WRITE_CONTENT)
        require_open(ctx, await queries.lock(tx, scope, row["id"]))
        await queries.announce(tx, scope, row["id"], said)

    await ctx.graph.write(work)
    known = hashed_so_far.get(row["id"]) if row["received"] else Hashed()
    if known and known.size != row["received"]:
        known = None
    writer = SealedWriter(key, sealed_as, so_far=known.hashes if known else None)
    try:
        await ctx.parts.store.put(place, writer.seal(body.part()))
    except BaseException:
        await drop(ctx.parts, part, place)
        raise
    hashed = Hashed(writer.hashed, known.size + writer.size) if known else None
    return Part(part, place, writer.size, hashed)


async def keep(ctx: Context, row: dict[str, Any], waiting: list[Part]) -> dict[str, Any]:
    """Count the parts that wait; each only behind what was there when it was begun. Raises `Conflict` where others came first."""
    while waiting:
        row = await _count(ctx, row, waiting[0])
        _remember(row["id"], waiting.pop(0).hashed)
    return row


async def _count(ctx: Context, row: dict[str, Any], part: Part) -> dict[str, Any]:
    received, until = row["received"], expiry(ctx.parts)

    async def work(tx: Tx) -> bool:
        scope = await enter(tx, ctx, row["space"], Right.WRITE_CONTENT)
        found = await queries.stored(tx, scope, row["id"], part.id, received, part.size, until)
        return found is not None or await _counted(tx, scope, row["id"], part.id)

    if not await ctx.graph.write(work):
        raise Conflict(OTHERS)
    return row | {"received": received + part.size, "parts": row["parts"] + 1, "expires_at": until}


async def _counted(tx: Tx, scope: Scope, upload: str, part: str) -> bool:
    """Say whether a part is counted already: the answer to its write was lost, and the write came again."""
    return part in {one["id"] for one in await queries.parts(tx, scope, upload)}


def _remember(upload: str, hashed: Hashed | None) -> None:
    if hashed is None:
        hashed_so_far.pop(upload, None)
        return
    hashed_so_far[upload] = hashed
    hashed_so_far.move_to_end(upload)
    while len(hashed_so_far) > MOST_HASHES:
        hashed_so_far.popitem(last=False)


async def drop(parts: Parts, part: str, place: str) -> None:
    """Remove a part that nothing counts, also while being cancelled."""
    with suppress(asyncio.CancelledError):  # the object is named as coming, so a sweep finds what stays
        await asyncio.shield(asyncio.ensure_future(drop_now(parts, part, place)))


async def drop_now(parts: Parts, part: str, place: str) -> None:
    """Remove the object of such a part, then its announcement."""
    await parts.store.delete(place)
    await parts.graph.write(lambda tx: queries.drop_part(tx, part))


def expiry(parts: Parts) -> str:
    """Return until when an upload waits for its next bytes, as stored."""
    return stamp(parts.clock.now() + KEPT_FOR)
