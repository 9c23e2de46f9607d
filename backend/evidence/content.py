"""The bytes of an exhibit: read from the sealed parts that it lies in, the reader asked again before each piece leaves."""

from __future__ import annotations

import asyncio
import hashlib
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, Self

from backend.core.audit import Operation, doing
from backend.core.errors import Forbidden, NotFound, Unauthenticated
from backend.evidence import rules, watermarks
from backend.evidence.reading.kinds import FileKind
from backend.storage.hashes import Hashes
from backend.storage.seal import SealedReader
from backend.teams import policy
from backend.teams.policy import Right
from backend.teams.service import enter
from graph.queries import evidence as queries
from graph.queries import realtime as live_queries

if TYPE_CHECKING:
    from collections.abc import AsyncIterator

    from backend.core.context import Context, Parts
    from graph.access import Scope
    from graph.driver import Tx

WATERMARKED = "files.download.watermarked"
"""What the audit log calls a copy that is not the file itself."""
BLOCKED = frozenset({"H2", "H3"})
NO_EXPORT = "The handling code of this exhibit lets nobody but its own authority take a copy. It can be viewed here."


@dataclass(frozen=True, slots=True)
class Stored:
    """A file in the store: its parts in order, each sealed under the file's key."""

    parts: Parts
    key: bytes
    rows: list[dict[str, Any]]
    size: int

    @classmethod
    async def of(cls, parts: Parts, row: dict[str, Any], rows: list[dict[str, Any]]) -> Self:
        """Open a file {space, file, file_key} of these parts {object, sealed_as, bytes}."""
        key = (await parts.keys.of(row["space"])).file_key(row["file_key"], row["file"])
        return cls(parts, key, rows, sum(each["bytes"] for each in rows))

    async def read_range(self, start: int, length: int) -> bytes:
        """Return `length` bytes from `start`, fewer at the end. Raises SealError."""
        return b"".join([piece async for piece in self.stream(start, length)])

    async def stream(self, start: int = 0, length: int | None = None) -> AsyncIterator[bytes]:
        """Yield plaintext from `start` in pieces of at most 1 MiB, constant memory. Raises SealError for what is not what was sealed."""
        left = self.size - start if length is None else min(length, self.size - start)
        for row in self.rows:
            if left <= 0:
                return
            if start >= row["bytes"]:
                start -= row["bytes"]
                continue
            reader = await SealedReader.open(self.parts.store, row["object"], self.key, row["sealed_as"])
            async for piece in reader.stream(start, left):
                left -= len(piece)
                yield piece
            start = 0

    async def head(self, most: int) -> bytes:
        """Return the first bytes, at most `most`."""
        return b"".join([piece async for piece in self.stream(0, most)])

    async def hashes(self) -> dict[str, str]:
        """Return the hashes {sha256, sha512} of the whole file as it lies in the store, in hexadecimal."""
        hashes = Hashes.begun()
        async for piece in self.stream():
            await asyncio.gather(*(asyncio.to_thread(one.update, piece) for one in hashes.each))
        return hashes.told()


@dataclass(frozen=True, slots=True)
class Content:
    """What one reader opened: the exhibit as stored, its file, and the watermark that pages and copies carry; "" for none."""

    exhibit: dict[str, Any]
    file: Stored
    watermark: str

    @property
    def kind(self) -> FileKind:
        """What the file is, as its content said."""
        return FileKind(self.exhibit["media_type"], self.exhibit["family"])


async def opened(ctx: Context, space: str, exhibit: str, *, copies: bool = False) -> Content:
    """Open the file of an exhibit for the reader to view, or (`copies`) to take a copy of it, and count that they did."""

    async def work(tx: Tx) -> dict[str, Any]:
        scope = await enter(tx, ctx, space)
        found = await queries.file(tx, scope, exhibit)
        if found is None:
            raise NotFound
        if copies:
            require_copy(scope, found["exhibit"])
        rules.require_clean(found["exhibit"])
        if await queries.watermarked(tx, found["exhibit"]):
            found["watermark"] = watermarks.text(ctx, found["exhibit"])
            if copies:
                watermarks.require_markable(found["exhibit"])
        await queries.viewed(tx, scope, exhibit, viewing(ctx, exhibit), ctx.now)
        return found

    found = await ctx.graph.write(work)
    watermark, shown = found.get("watermark", ""), [exhibit, found["file"]["id"]]
    if copies and watermark:
        with doing(WATERMARKED, Operation.DISCLOSURE):
            ctx.trail.saw(space, shown)
    else:
        ctx.trail.saw(space, shown, Operation.DISCLOSURE if copies else Operation.CONSULTATION)
    stored = await Stored.of(ctx.parts, found["file"] | {"file": found["file"]["id"]}, found["parts"])
    return Content(found["exhibit"], stored, watermark)


def require_copy(scope: Scope, row: dict[str, Any]) -> None:
    """Pass for whoever may export, and whom the handling code does not keep from it: H2 and H3 stay with their own authority."""
    policy.require(scope, Right.EXPORT)
    if row["handling"] in BLOCKED and row["authority"] != scope.agency:
        raise Forbidden(NO_EXPORT)


def viewing(ctx: Context, exhibit: str) -> str:
    """Return the id under which what a person views of an exhibit within an hour is counted together."""
    said = f"{exhibit} {ctx.who.user} {ctx.now[:13]}"
    return hashlib.sha256(ctx.parts.secret + said.encode()).hexdigest()[:32]


async def guarded(ctx: Context, found: Content, pieces: AsyncIterator[bytes], *, copies: bool = False) -> AsyncIterator[bytes]:
    """Yield the pieces, each after the reader was asked again: who lost their access gets nothing more.

    Nor does a copy go on without the watermark for which a marking asks meanwhile.
    """

    async def still(tx: Tx) -> None:
        scope = await enter(tx, ctx, found.exhibit["space"])
        row = next(iter(await queries.exhibits(tx, scope, [found.exhibit["id"]])), None)
        if row is None:
            raise NotFound
        if copies:
            require_copy(scope, row)
            if not found.watermark and await queries.watermarked(tx, row):
                raise NotFound
        rules.require_clean(row)
        session = (await live_queries.sessions(tx, [ctx.who.session])).get(ctx.who.session)
        if session is None or session[0] <= ctx.now:
            raise Unauthenticated

    async for piece in pieces:
        await ctx.graph.read(still)
        yield piece
