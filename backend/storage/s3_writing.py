"""One object on its way into a bucket: in parts where it is large, an object by the last request, or nothing."""

from __future__ import annotations

import hashlib
import secrets
from contextlib import suppress
from typing import TYPE_CHECKING

from backend.storage.s3_calls import WRITER, S3Calls, S3Failed
from backend.storage.store import ObjectExistsError, StoreError

if TYPE_CHECKING:
    from collections.abc import Mapping

    from backend.storage.s3_asked import Asked

PART_BYTES = 8 << 20
PARTS_MAX = 10_000
UNLESS_TAKEN = {"If-None-Match": "*"}


class Writing:
    """Holds one part at most. `size` is in bytes and grows with what was handed over."""

    def __init__(self, calls: S3Calls, asked: Asked, key: str, headers: Mapping[str, str]) -> None:
        """Write an object with these headers under a key that was free a moment ago."""
        self._calls, self._asked, self._key = calls, asked, key
        self._mark = secrets.token_hex(16)
        self._headers = {**headers, WRITER: self._mark}
        self._held, self._upload, self._tags, self._committing = bytearray(), "", list[str](), False
        self._sums, self._whole = list[bytes](), hashlib.sha256()
        self.size = 0

    async def take(self, piece: bytes) -> None:
        """Take the next bytes; send a part when there is one."""
        for start in range(0, len(piece), PART_BYTES):
            self._held += piece[start : start + PART_BYTES]
            if len(self._held) >= PART_BYTES:
                await self._part(PART_BYTES)

    async def _part(self, size: int) -> None:
        data = bytes(self._held[:size])
        del self._held[:size]
        await self._asked.run(self._count, data)
        if not self._upload:
            await self._asked.ask(self._begin)
        if len(self._tags) == PARTS_MAX:
            raise S3Failed("an object of more than 78 GiB does not fit into parts of 8 MiB; nothing was stored")
        self._tags.append(await self._asked.ask(self._calls.part, self._key, self._upload, len(self._tags) + 1, data))

    def _begin(self) -> None:
        """Begin an upload and know its id, also where whoever waits is cancelled meanwhile."""
        self._upload = self._calls.begin(self._key, self._headers)

    def _count(self, data: bytes) -> None:
        self._sums.append(hashlib.md5(data, usedforsecurity=False).digest())
        self._whole.update(data)
        self.size += len(data)

    async def publish(self) -> None:
        """Make it an object and look at it. Raises ObjectExistsError where somebody else was quicker."""
        if self._upload and self._held:
            await self._part(len(self._held))
        elif not self._upload:
            await self._asked.run(self._count, bytes(self._held))
        self._committing, failed = True, None
        try:
            await self._commit(UNLESS_TAKEN)
        except StoreError as error:
            failed = error
        if isinstance(failed, S3Failed) and failed.code == "NotImplemented":
            failed = None
            await self._commit({})
        await self._look(failed)

    async def _commit(self, condition: Mapping[str, str]) -> None:
        if self._upload:
            await self._asked.ask(self._calls.complete, self._key, self._upload, self._tags, condition)
        else:
            await self._asked.ask(self._calls.write, self._key, bytes(self._held), {**self._headers, **condition})

    async def _look(self, failed: StoreError | None) -> None:
        """Ask for what was put. A failed request may have been done all the same: our mark tells."""
        facts = await self._asked.ask(self._calls.facts, self._key)
        if facts is None:
            raise failed or S3Failed("it said that an object was stored, and does not have it")
        if facts.writer != self._mark:
            raise ObjectExistsError from failed
        if facts.size != self.size:
            raise S3Failed("it stored another number of bytes than it was given")
        if facts.etag != self._tag() and not await self._asked.run(self._reads_back):
            raise S3Failed("it stored other bytes than it was given")

    def _tag(self) -> str:
        """Return the entity tag that most servers give: the MD5 of the bytes, or of the sums of the parts."""
        if not self._upload:
            return self._sums[0].hex()
        return f"{hashlib.md5(b''.join(self._sums), usedforsecurity=False).hexdigest()}-{len(self._sums)}"

    def _reads_back(self) -> bool:
        """Read the object once and tell whether it is what was put. Blocks."""
        reading, found = self._calls.read(self._key, 0, None, ""), hashlib.sha256()
        if reading is not None:
            try:
                while piece := reading.piece():
                    found.update(piece)
            finally:
                reading.close()
        return found.digest() == self._whole.digest()

    async def undo(self) -> None:
        """Drop the parts, and the object where it is ours; what the server does not let go of is swept later, or belongs to nobody."""
        with suppress(StoreError):
            if self._upload:
                await self._asked.ask(self._calls.abort, self._key, self._upload)
        with suppress(StoreError):
            if self._committing and (facts := await self._asked.ask(self._calls.facts, self._key)) and facts.writer == self._mark:
                await self._asked.ask(self._calls.remove, self._key, facts.version)
