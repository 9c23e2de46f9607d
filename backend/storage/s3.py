"""Objects in a bucket of any S3 server, under the same keys and promises as in a folder.

**Writing.** A stream goes out in parts of 8 MiB, one at a time, and becomes an object by one last request, which the server refuses
when the key is taken (`If-None-Match: *`). A server that ignores this is asked before and after: of two writers the one whose random
mark the object carries has won. What was put is then asked for: it is there, has our mark and length, and our sums (the entity tag; a
server that makes its tags otherwise is read back). When the stream or the server fails or the caller is cancelled, the parts are
dropped and our object is removed again, where the server still listens; parts that it kept are swept a day later.

**Reading** goes on where a connection broke, of the same object. **Removing** removes every version, the newest last, so that an
object that the bucket must keep stays readable and is told as locked: a mark of deletion would only hide it.

**Time.** The SDK blocks, so it runs in threads of our own. A request that does not move for 30 s has failed, one that has not ended
after three times this is left behind; what may help is asked up to three times.
"""

from __future__ import annotations

import asyncio
from contextlib import aclosing
from datetime import UTC, datetime, timedelta
from typing import TYPE_CHECKING, Self

from backend.storage.s3_asked import AT_ONCE, PAUSE_S, TRIES, Asked
from backend.storage.s3_calls import PATIENCE_S, Reading, S3Address, S3Calls, S3Failed
from backend.storage.s3_sdk import PAGE
from backend.storage.s3_writing import Writing
from backend.storage.store import (
    KEY_FORM,
    LEGAL_HOLD,
    OBJECT_LOCK,
    NotOfferedError,
    ObjectExistsError,
    ObjectLockedError,
    ObjectMissingError,
    checked_key,
    checked_range,
)

if TYPE_CHECKING:
    from collections.abc import AsyncGenerator, AsyncIterable

LEFT_AFTER = timedelta(days=1)


class S3Store:
    """An ObjectStore in one bucket. Made by `open`."""

    def __init__(self, calls: S3Calls, offers: frozenset[str], lock_days: int = 0, *, versioned: bool = False) -> None:
        """Take what `open` has asked. `versioned`: the bucket keeps, or kept, versions."""
        self._calls, self._offers, self._lock_days, self._versioned = calls, offers, lock_days, versioned
        self._asked = Asked(calls.patience_s)

    @classmethod
    async def open(cls, address: S3Address, patience_s: float = PATIENCE_S) -> Self:
        """Ask the bucket what it offers. Raises StoreError; NotOfferedError where objects shall be locked and cannot be."""
        store = cls(S3Calls(address, patience_s, AT_ONCE), frozenset(), address.lock_days)
        try:
            store._offers, store._versioned = await store._asked.ask(store._calls.offers)
            if address.lock_days and OBJECT_LOCK not in store._offers:
                message = "JOINDER_S3_LOCK_DAYS: the bucket has no object lock. Make a new one with `joinder store prepare`, or unset it."
                raise NotOfferedError(message)
        except BaseException:
            store.close()
            raise
        return store

    def close(self) -> None:
        """Let go of threads and idle connections."""
        self._asked.close()
        self._calls.close()

    @property
    def offers(self) -> frozenset[str]:
        """See ObjectStore."""
        return self._offers

    async def put(self, key: str, pieces: AsyncIterable[bytes]) -> int:
        """See ObjectStore."""
        if await self._asked.ask(self._calls.facts, checked_key(key)):
            raise ObjectExistsError
        writing, kept = Writing(self._calls, self._asked, key, self._retention()), False
        try:
            async for piece in pieces:
                await writing.take(piece)
            await writing.publish()
            kept = True
        finally:
            if not kept:
                await writing.undo()
        return writing.size

    async def get(self, key: str, start: int = 0, length: int | None = None) -> AsyncGenerator[bytes, None]:
        """See ObjectStore."""
        checked_range(start, length)
        if length == 0:
            await self.size(key)
            return
        etag, tries, end = "", 0, None if length is None else start + length
        while end is None or start < end:
            try:
                reading = await self._asked.run(self._calls.read, checked_key(key), start, None if end is None else end - start, etag)
                if reading is None:
                    return
                etag = reading.etag
                async with aclosing(self._pieces(reading)) as pieces:
                    async for piece in pieces:
                        start, tries = start + len(piece), 0
                        yield piece
            except ObjectExistsError:
                raise S3Failed("the object was replaced while it was read") from None
            except S3Failed as error:
                tries += 1
                if not error.again or tries >= TRIES:
                    raise
                await asyncio.sleep(PAUSE_S * tries)
            else:
                return

    async def _pieces(self, reading: Reading) -> AsyncGenerator[bytes, None]:
        try:
            while piece := await self._asked.run(reading.piece):
                yield piece
        finally:
            reading.close()

    async def size(self, key: str) -> int:
        """See ObjectStore."""
        facts = await self._asked.ask(self._calls.facts, checked_key(key))
        if facts is None:
            raise ObjectMissingError
        return facts.size

    async def exists(self, key: str) -> bool:
        """See ObjectStore."""
        return await self._asked.ask(self._calls.facts, checked_key(key)) is not None

    async def delete(self, key: str) -> None:
        """See ObjectStore."""
        versions: list[str | None] = [None]
        if self._versioned:
            versions = await self._asked.ask(self._calls.versions, checked_key(key))
        for version in versions:
            await self._remove(checked_key(key), version)
        if versions and await self.exists(key):
            raise S3Failed("it said that an object was removed, and still has it")

    async def _remove(self, key: str, version: str | None) -> None:
        try:
            await self._asked.ask(self._calls.remove, key, version)
        except ObjectMissingError:
            return
        except S3Failed as error:
            facts = await self._asked.ask(self._calls.facts, key)
            if facts is None or not facts.locked:
                raise
            message = "The store keeps this object until its time is over or its legal hold is lifted. It is unreadable without its key."
            raise ObjectLockedError(message) from error

    async def hold(self, key: str, *, on: bool) -> None:
        """See ObjectStore."""
        await self.size(key)
        if LEGAL_HOLD not in self._offers:
            message = f"This bucket has no legal hold, so none was {'set' if on else 'lifted'}. Make one with `joinder store prepare`."
            raise NotOfferedError(message)
        if await self._asked.ask(self._calls.hold, key, on=on) is not on:
            raise S3Failed("it said that a legal hold was changed, and did not change it")

    async def list(self, prefix: str = "") -> AsyncGenerator[str, None]:
        """See ObjectStore; what else lies in the bucket is left out."""
        last, page = "", [""] * PAGE
        while len(page) == PAGE:
            page = await self._asked.ask(self._calls.page, prefix, last)
            for key in page:
                if key <= last or not key.startswith(prefix):
                    raise S3Failed("it lists keys out of order, so that some may be missing")
                last = key
                if KEY_FORM.fullmatch(key):
                    yield key

    async def sweep(self) -> int:
        """See ObjectStore: uploads in parts that were begun more than a day ago."""
        left = await self._asked.ask(self._calls.unfinished, datetime.now(UTC) - LEFT_AFTER)
        for key, upload in left:
            await self._abort(key, upload)
        return len(left)

    async def _abort(self, key: str, upload: str) -> None:
        try:
            await self._asked.ask(self._calls.abort, key, upload)
        except S3Failed as error:
            if error.code != "NoSuchUpload":
                raise

    def _retention(self) -> dict[str, str]:
        """Return the headers by which an object is kept against everybody, administrators too."""
        if not self._lock_days:
            return {}
        until = (datetime.now(UTC) + timedelta(days=self._lock_days)).strftime("%Y-%m-%dT%H:%M:%S.000Z")
        return {"x-amz-object-lock-mode": "COMPLIANCE", "x-amz-object-lock-retain-until-date": until}
