"""`joinder restore`: a backup into an empty data folder, an empty graph of either engine, an empty store. May be killed and run again.

Whatever does not hold what the backup's seals and sums say refuses, and what is in already stays for the next run. `restoring.json` in the
data folder says which backup is on its way in, and whether all of it is; the graph says it too, so that no server starts on half of one.
Before any does, what was erased since the backup is erased again, by the certificates that lie beside the backups (`erasures.py`).
"""

from __future__ import annotations

import asyncio
import base64
import hashlib
import json
import os
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

import orjson

from backend import serving
from backend.app import AUDIT_FOLDER, open_parts, open_store
from backend.core.audit import Operation, Trail, doing
from backend.core.audit_segment import SegmentName
from backend.keeping import erasing, erasures, recovery, verify
from backend.keeping import parts as kept
from backend.keeping.dump import Loading
from backend.keeping.parts import GRAPH, KEYS, LOG, Backup, object_name, object_path
from backend.keeping.recovery import KeepingError
from backend.storage import key_file
from backend.storage.folder import FolderStore
from backend.storage.keys import SPACE_FORM
from backend.storage.store import ObjectExistsError, ObjectMissingError
from graph.driver import Graph
from graph.queries import keeping_dump as queries

if TYPE_CHECKING:
    from collections.abc import AsyncIterator, Callable
    from pathlib import Path

    from backend.config import Settings
    from backend.keeping.erasures import Certificate
    from backend.keeping.verify import Verified
    from backend.storage.store import ObjectStore

MARK_FILE = "restoring.json"
TELL_EVERY = 500
DIFFERENT = "The graph holds other numbers of nodes and relationships than the backup. Empty it and the data folder, then restore again."


@dataclass(frozen=True, slots=True)
class Wanted:
    """Which backup comes from where: a folder, the recovery key's file, the backup's id or "" for the newest one."""

    folder: Path
    key: Path
    backup: str = ""
    erasures: Path | None = None
    """A further folder of certificates of erasure, newer than those beside the backups."""


async def run(settings: Settings, wanted: Wanted, say: Callable[[str], None]) -> Verified:
    """Restore, then verify. Raises KeepingError, StoreError, PlaceError, EngineError, each with a sentence."""
    backup, manifest = await _opened(wanted, say)
    if not _mark(settings.data, backup.id):
        await _load(settings, backup, manifest, say)
    await erasing.again(settings, await _register(settings.data, wanted), say)
    async with serving.engine(settings) as (address, _):
        async with Graph(address) as graph:
            await graph.write(queries.ended)
        await serving.migrate(address)
        await serving.check_version(address)
        (settings.data / MARK_FILE).unlink()
        async with open_parts(settings, address) as parts:
            trail = Trail(parts.audit)
            with doing("restore"):
                trail.changed(None, [backup.id], operation=Operation.ALTERATION)
            await trail.flush()
            return await verify.run(parts, say)


async def _load(settings: Settings, backup: Backup, manifest: dict[str, Any], say: Callable[[str], None]) -> None:
    """Bring in all that the backup holds, and say on the data folder that it is there."""
    await _keys(settings.data, backup)
    async with serving.engine(settings) as (address, _):
        await serving.migrate(address)
        async with Graph(address) as graph:
            await Loading(graph, backup.id, lambda: backup.lines(GRAPH), say).run()
            nodes, ties = await graph.read(queries.counts)
            if (nodes, ties) != (manifest["nodes"], manifest["ties"]):
                raise KeepingError(DIFFERENT)
        say(f"{sum(nodes.values())} nodes and {ties} relationships are in")
        async with open_store(settings) as store:
            await _objects(backup.folder, store, manifest["objects"], say)
    await _log(settings.data / AUDIT_FOLDER, backup)
    key_file.replace(settings.data / MARK_FILE, json.dumps({"backup": backup.id, "loaded": True}))


async def _register(data: Path, wanted: Wanted) -> list[Certificate]:
    """Return every certificate of erasure that is known: those in the backup, beside the backups, and in the folder named besides."""
    store, texts = FolderStore(wanted.folder), list[str]()
    async for name in store.list(erasures.FOLDER + "/"):
        texts.append(b"".join([piece async for piece in store.get(name)]).decode())
    for folder in (data / erasures.FOLDER, wanted.erasures):
        texts += [path.read_text() for path in folder.glob("*.json")] if folder else []
    return erasures.in_order(texts)


async def _opened(wanted: Wanted, say: Callable[[str], None]) -> tuple[Backup, dict[str, Any]]:
    key = await asyncio.to_thread(recovery.private, wanted.key)
    folder = FolderStore(wanted.folder)
    there = await kept.whole(folder)
    if not there or (wanted.backup and wanted.backup not in there):
        what = f"no whole backup {wanted.backup}" if wanted.backup else "no whole backup"
        raise KeepingError(f"There is {what} in {wanted.folder}. One that was broken off is finished by `joinder backup` on its machine.")
    backup = await kept.opened(folder, wanted.backup or there[-1], key)
    manifest = await backup.manifest()
    say(f"restoring the backup {backup.id} of {manifest['at']}")
    return backup, manifest


def _mark(data: Path, backup: str) -> bool:
    """Say on the data folder what comes into it; return whether all of it is there. Raises KeepingError where it holds something else."""
    path = data / MARK_FILE
    if path.exists():
        before = json.loads(path.read_text())
        if before["backup"] != backup:
            raise KeepingError(
                f"The restore of the backup {before['backup']} into {data} was broken off. Finish it with --backup {before['backup']}, "
                "or empty the folder."
            )
        return bool(before.get("loaded"))
    if data.exists() and any(data.iterdir()):
        raise KeepingError(f"The data folder {data} is not empty, and nothing was written to it. Set JOINDER_DATA to an empty one.")
    data.mkdir(mode=0o700, parents=True, exist_ok=True)
    key_file.write_once(path, json.dumps({"backup": backup}))
    return False


async def _keys(data: Path, backup: Backup) -> None:
    found: dict[str, str] = orjson.loads(b"\n".join([line async for line in backup.lines(KEYS)]))
    for name, text in found.items():
        folder, _, file = name.rpartition("/")
        if folder not in {"", "keys", erasures.FOLDER} or not SPACE_FORM.fullmatch(file.lower().replace(".", "-")):
            raise KeepingError(f"The backup holds a key file of a strange name ({name!r}). Nothing was written to it.")
        (data / folder).mkdir(mode=0o700, exist_ok=True)
        await asyncio.to_thread(key_file.replace, data / name, text)


async def _objects(folder: FolderStore, store: ObjectStore, objects: list[list[Any]], say: Callable[[str], None]) -> None:
    done = 0
    for number, (key, size, wanted) in enumerate(objects, 1):
        await _object(folder, store, key, wanted)
        done += size
        if number % TELL_EVERY == 0:
            say(f"{number} objects, {done} bytes")
    say(f"{len(objects)} objects are in ({done} bytes)")


async def _object(folder: FolderStore, store: ObjectStore, key: str, wanted: str) -> None:
    place = object_path(object_name(key))
    try:
        await store.put(key, _checked(folder.get(place), wanted, f"The object {place} of the backup"))
    except ObjectMissingError as error:
        raise KeepingError(f"The object {place} of the backup is missing. Take another copy of the backup, then run this again.") from error
    except ObjectExistsError:
        async for _ in _checked(store.get(key), wanted, f"The object {key} in the store, where there was one already,"):
            pass


async def _checked(pieces: AsyncIterator[bytes], wanted: str, what: str) -> AsyncIterator[bytes]:
    hashed = hashlib.sha256()
    async for piece in pieces:
        hashed.update(piece)
        yield piece
    if hashed.hexdigest() != wanted:
        raise KeepingError(f"{what} is not what was backed up. Take another copy of the backup, then run this again.")


async def _log(folder: Path, backup: Backup) -> None:
    """Write the audit log's files as they were; a file begun by an earlier run is written anew."""
    path = None
    async for line in backup.lines(LOG):
        said = orjson.loads(line)
        if "file" in said:
            name = str(said["file"])
            stem, _, kind = name.rpartition(".")
            if SegmentName.parse(stem) is None or kind not in {"chain", "entries"}:
                raise KeepingError(f"The backup holds a file of the audit log with a strange name ({name!r}). It was not written.")
            path = folder / name
            await asyncio.to_thread(path.unlink, missing_ok=True)
        if path is not None:
            await asyncio.to_thread(_append, path, base64.b64decode(said.get("data", "")))


def _append(path: Path, data: bytes) -> None:
    path.parent.mkdir(mode=0o700, exist_ok=True)
    handle = os.open(path, os.O_WRONLY | os.O_APPEND | os.O_CREAT | os.O_CLOEXEC, 0o600)
    with os.fdopen(handle, "wb") as file:
        file.write(data)
        file.flush()
        os.fsync(file.fileno())
