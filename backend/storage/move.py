"""Moves a deployment's objects from its folder into a bucket. May be stopped or killed at any time and run again.

Each object is copied, read back and compared by SHA-256, also one that an earlier run has copied: what is there is believed only when
read. The folder holds the objects until the last one is compared; then, in one step, the bucket does. Nothing is removed from the
folder before that, and only where it is asked for.
"""

from __future__ import annotations

import asyncio
import hashlib
from dataclasses import dataclass
from typing import TYPE_CHECKING

from backend.storage import place
from backend.storage.folder import FolderStore
from backend.storage.s3 import S3Store
from backend.storage.store import ObjectExistsError

if TYPE_CHECKING:
    from collections.abc import AsyncIterator, Callable

    from backend.config import Settings
    from backend.storage.store import ObjectStore

TELL_EVERY = 100


class MoveError(Exception):
    """An object did not arrive as it was; the folder still holds everything."""


@dataclass
class Moved:
    """Counts of objects: copied now, there already, removed from the folder; and bytes compared."""

    copied: int = 0
    there: int = 0
    removed: int = 0
    size: int = 0


async def move(settings: Settings, say: Callable[[str], None], *, remove: bool = False) -> Moved:
    """Move every object into the bucket that the settings name. Raises MoveError, PlaceError, StoreError."""
    bucket = place.address(settings)
    if bucket is None:
        raise MoveError("Set JOINDER_S3_URL and the settings that go with it: they name the bucket to move to.")
    with place.held(settings.data, alone=True):
        before = place.said(settings.data)
        if before is not None and before["bucket"] != bucket.bucket:
            raise MoveError(
                f"JOINDER_S3_BUCKET: the files lie in the bucket {before['bucket']} already. From one bucket to another: not here."
            )
        source, moved = FolderStore(settings.data / place.FILES_FOLDER), Moved()
        target = await S3Store.open(bucket)
        try:
            async for key in source.list():
                await _one(source, target, key, moved)
                if (moved.copied + moved.there) % TELL_EVERY == 0:
                    say(f"{moved.copied + moved.there} objects compared, {moved.size} bytes")
        finally:
            target.close()
        if before is None:
            await asyncio.to_thread(place.settle, settings.data, bucket)
        if remove:
            async for key in source.list():
                await source.delete(key)
                moved.removed += 1
    return moved


async def _one(source: ObjectStore, target: ObjectStore, key: str, moved: Moved) -> None:
    """Copy one object where it is not there yet, and compare."""
    copied = True
    try:
        await target.put(key, source.get(key))
    except ObjectExistsError:
        copied = False
    size, wanted = await _sum(source.get(key))
    if (size, wanted) != await _sum(target.get(key)):
        if copied:
            await target.delete(key)
        raise MoveError(
            f"The object {key} is not the same in the bucket as in the folder"
            + (", and was removed there. Run again" if copied else ". Empty the bucket, or move to another one")
            + "; the folder still holds everything."
        )
    moved.copied, moved.there, moved.size = moved.copied + copied, moved.there + (not copied), moved.size + size


async def _sum(pieces: AsyncIterator[bytes]) -> tuple[int, str]:
    size, found = 0, hashlib.sha256()
    async for piece in pieces:
        await asyncio.to_thread(found.update, piece)
        size += len(piece)
    return size, found.hexdigest()
