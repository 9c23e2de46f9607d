"""Which store holds the objects of a deployment, said once on its data folder, so that no setting quietly leads to an empty one.

`store.json` in the data folder names the bucket; without it the objects lie in the folder `files/`. A server and whoever else opens the
parts hold `store.lock` together, a move holds it alone.
"""

from __future__ import annotations

import asyncio
import fcntl
import json
import os
from contextlib import contextmanager
from typing import TYPE_CHECKING, cast

from backend.storage.folder import FolderStore
from backend.storage.key_file import write_once
from backend.storage.s3 import S3Store
from backend.storage.s3_calls import S3Address

if TYPE_CHECKING:
    from collections.abc import Generator
    from pathlib import Path

    from backend.config import Settings
    from backend.storage.store import ObjectStore

FILES_FOLDER, PLACE_FILE, LOCK_FILE = "files", "store.json", "store.lock"


class PlaceError(Exception):
    """The settings do not lead to where the objects are. The text says what to do; nothing was read or written."""


def address(settings: Settings) -> S3Address | None:
    """Return the bucket that the settings name, if they name one."""
    if not settings.s3_url:
        return None
    keys = (settings.s3_access_key, settings.s3_secret_key)
    return S3Address(settings.s3_url, settings.s3_bucket, *keys, settings.s3_region, settings.s3_lock_days)


def said(data: Path) -> dict[str, str] | None:
    """Return the bucket that holds the objects {url, bucket}, or nothing where the folder does. Raises PlaceError."""
    try:
        found = cast("dict[str, str]", json.loads((data / PLACE_FILE).read_text()))
        return {"url": found["url"], "bucket": found["bucket"]}
    except FileNotFoundError:
        return None
    except (ValueError, KeyError, TypeError) as error:
        raise PlaceError(f"{data / PLACE_FILE} is damaged. Put it back from a backup: it names the bucket of the files.") from error


def settle(data: Path, bucket: S3Address) -> None:
    """Say durably that the bucket holds the objects."""
    write_once(data / PLACE_FILE, json.dumps({"url": bucket.url, "bucket": bucket.bucket}) + "\n")


async def open_store(settings: Settings) -> FolderStore | S3Store:
    """Open the store that the settings name, if it is the one that holds the objects. Raises PlaceError, StoreError."""
    bucket, held = address(settings), said(settings.data)
    folder = FolderStore(settings.data / FILES_FOLDER)
    if bucket is None:
        if held is not None:
            raise PlaceError(f"The files lie in the bucket {held['bucket']}. Set JOINDER_S3_URL and the settings that go with it.")
        return folder
    if held is None and await _holds_any(folder):
        raise PlaceError("The files still lie in the data folder. Run `joinder store move` first, or unset JOINDER_S3_URL.")
    if held is not None and held["bucket"] != bucket.bucket:
        raise PlaceError(f"JOINDER_S3_BUCKET: the files lie in the bucket {held['bucket']}, not in this one. Name that one.")
    store = await S3Store.open(bucket)
    if held is None:
        await asyncio.to_thread(settle, settings.data, bucket)
    return store


async def _holds_any(store: ObjectStore) -> bool:
    async for _ in store.list():
        return True
    return False


@contextmanager
def held(data: Path, *, alone: bool = False) -> Generator[None]:
    """Hold the place of the objects while the block runs, with others or alone. Raises PlaceError where somebody is in the way."""
    handle = os.open(data / LOCK_FILE, os.O_RDWR | os.O_CREAT | os.O_CLOEXEC, 0o600)
    try:
        try:
            fcntl.flock(handle, (fcntl.LOCK_EX if alone else fcntl.LOCK_SH) | fcntl.LOCK_NB)
        except BlockingIOError:
            who = "A server uses this data folder. Stop it" if alone else "The files of this data folder are being moved. Wait for the end"
            raise PlaceError(f"{who}, then start again; nothing was changed.") from None
        yield
    finally:
        os.close(handle)
