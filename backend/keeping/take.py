"""`joinder backup`: the whole deployment into a folder, while people work. May be killed at any time and run again: it goes on.

First the graph and the keys, behind the closed gate and with no rotation at work, so that they belong together; then the objects that the
graph names, which never change, each only once for all backups in the folder; then the audit log, which only grows; last the manifest.
`backup.json` in the data folder remembers what is done, and the key of the backup as long as it is not whole.
"""

from __future__ import annotations

import asyncio
import base64
import fcntl
import hashlib
import json
import os
import secrets
from contextlib import contextmanager
from dataclasses import asdict, dataclass, field
from typing import TYPE_CHECKING, Any

import orjson

from backend.core.audit import Operation, Trail, doing
from backend.core.audit_segment import segments
from backend.keeping import dump, erase, erasures, recovery
from backend.keeping.dump import Dumped, Restless
from backend.keeping.parts import GRAPH, KEYS, LOG, MANIFEST, Backup, object_name, object_path, once
from backend.keeping.recovery import KeepingError
from backend.storage import key_file
from backend.storage.folder import FolderStore
from backend.storage.lease import alone
from backend.storage.rotation import BUSY
from backend.storage.store import ObjectMissingError
from graph.gate import Gate, GateBusy
from graph.records import stamp

if TYPE_CHECKING:
    from collections.abc import AsyncIterator, Callable, Generator
    from pathlib import Path

    from cryptography.hazmat.primitives.asymmetric.x25519 import X25519PublicKey

    from backend.core.context import Parts

STATE_FILE, LOCK_FILE = "backup.json", "backup.lock"
TRIES, TELL_EVERY, PIECE = 3, 500, 1 << 20
SECRETS = ("master*.key", "keys/*.json", "secret.key", recovery.PUBLIC_FILE, f"{erasures.FOLDER}/*.json")


@dataclass(slots=True)
class State:
    """A backup that is being made: where, its key, and, once the graph and the keys are in, what they name."""

    folder: str
    id: str
    key: str
    at: str
    nodes: dict[str, int] = field(default_factory=dict[str, int])
    ties: int = 0
    needed: list[str] = field(default_factory=list[str])
    named: list[str] = field(default_factory=list[str])
    parts: dict[str, tuple[int, str]] = field(default_factory=dict[str, tuple[int, str]])


@dataclass(slots=True)
class Taken:
    """What a backup came to. `missing`: objects that files need and the store does not have."""

    id: str
    nodes: int = 0
    ties: int = 0
    copied: int = 0
    there: int = 0
    size: int = 0
    missing: list[str] = field(default_factory=list[str])


async def run(parts: Parts, folder: Path, say: Callable[[str], None]) -> Taken:
    """Make a backup, or go on with the one that was broken off. Raises KeepingError, StoreError, and what the audit log raises."""
    data, to = parts.settings.data, recovery.public(parts.settings.data)
    with _only(data):
        erase.require_none_begun(data)
        store = FolderStore(folder)
        await store.sweep()
        await _register(data, store)
        state = await _begun(parts, store, folder, to, say)
        backup = Backup(store, state.id, base64.b64decode(state.key))
        trail = Trail(parts.audit)
        with doing("backup"):
            trail.changed(None, [state.id], operation=Operation.DISCLOSURE)
        await trail.flush()
        if GRAPH not in state.parts:
            await _graph(parts, backup, state, say)
            _remember(data, state)
        taken = Taken(state.id, sum(state.nodes.values()), state.ties)
        objects = await _objects(parts, store, state, taken, say)
        state.parts[LOG] = await backup.write(LOG, _log(parts.audit.folder))
        manifest = {
            "id": state.id, "at": state.at, "nodes": state.nodes, "ties": state.ties, "objects": objects, "missing": taken.missing,
            "parts": state.parts,
        }  # fmt: skip
        await backup.write(MANIFEST, once(orjson.dumps(manifest)))
        (data / STATE_FILE).unlink()
    return taken


def forget_begun(data: Path) -> None:
    """Let the next backup begin anew, instead of going on with one that holds what was erased meanwhile."""
    (data / STATE_FILE).unlink(missing_ok=True)


@contextmanager
def _only(data: Path) -> Generator[None]:
    handle = os.open(data / LOCK_FILE, os.O_RDWR | os.O_CREAT | os.O_CLOEXEC, 0o600)
    try:
        fcntl.flock(handle, fcntl.LOCK_EX | fcntl.LOCK_NB)
        yield
    except BlockingIOError:
        raise KeepingError("Another backup of this data folder is at work. Wait for its end.") from None
    finally:
        os.close(handle)


async def _register(data: Path, store: FolderStore) -> None:
    """Put certificates of erasure beside the backups, in the clear: an older one that is restored is erased again by them."""
    for one in erasures.read(data):
        name = f"{erasures.FOLDER}/{erasures.name_of(one)}"
        if not await store.exists(name):
            await store.put(name, once(erasures.text_of(one).encode()))


async def _begun(parts: Parts, store: FolderStore, folder: Path, to: X25519PublicKey, say: Callable[[str], None]) -> State:
    """Return the backup that was broken off, if it lies in this folder, or begin one."""
    path = parts.settings.data / STATE_FILE
    if path.exists():
        found = State(**json.loads(key_file.read_private(path, 1 << 30)))
        if found.folder == str(folder) and await store.exists(f"{found.id}/head") and not await store.exists(f"{found.id}/{MANIFEST}"):
            say(f"going on with the backup {found.id} that was broken off")
            return found
    now = parts.clock.now()
    state = State(str(folder), f"{now:%Y%m%dt%H%M%Sz}-{secrets.token_hex(4)}", base64.b64encode(recovery.new_key()).decode(), stamp(now))
    _remember(parts.settings.data, state)
    await Backup(store, state.id, base64.b64decode(state.key)).begin(state.at, to)
    say(f"backup {state.id}, for the recovery key {recovery.id_of(to)}")
    return state


def _remember(data: Path, state: State) -> None:
    key_file.replace(data / STATE_FILE, json.dumps(asdict(state)))


async def _graph(parts: Parts, backup: Backup, state: State, say: Callable[[str], None]) -> None:
    """Read graph and keys, again where somebody came past the gate; say in `state` what there is."""
    for left in reversed(range(TRIES)):
        try:
            found = await _read(parts, backup, state)
        except GateBusy as error:
            raise KeepingError(str(error)) from error
        except Restless:
            if not left:
                raise
            say("the graph was changed meanwhile; it is read again")
        else:
            state.nodes, state.ties = found.nodes, found.ties
            state.needed, state.named = sorted(found.needed), sorted(found.named - found.needed)
            say(f"{sum(found.nodes.values())} nodes and {found.ties} relationships read")
            return


async def _read(parts: Parts, backup: Backup, state: State) -> Dumped:
    """Write the parts of graph and keys as they are at one moment; people who change something wait for its end."""
    data, found = parts.settings.data, Dumped()
    with alone(data / "keys") as only:
        if not only:
            raise KeepingError(BUSY)
        async with Gate(data).closed():
            state.at = stamp(parts.clock.now())
            written = await backup.write(GRAPH, dump.lines(parts.graph, found))
            state.parts |= {KEYS: await backup.write(KEYS, once(await asyncio.to_thread(_keys, data))), GRAPH: written}
    return found


def _keys(data: Path) -> bytes:
    found = {path.relative_to(data).as_posix(): path.read_text() for pattern in SECRETS for path in sorted(data.glob(pattern))}
    return orjson.dumps(found)


async def _objects(parts: Parts, store: FolderStore, state: State, taken: Taken, say: Callable[[str], None]) -> list[list[Any]]:
    """Copy what is not in the folder yet; return [key, bytes, SHA-256] of all."""
    sums = {name: found async for key in store.list("sums/") for _, name, found in [key.split("/")]}
    objects = list[list[Any]]()
    for key in (*state.needed, *state.named):
        try:
            objects.append(await _object(parts, store, key, sums, taken))
        except ObjectMissingError:
            taken.missing += [key] if key in state.needed else []
            continue
        taken.size += objects[-1][1]
        if len(objects) % TELL_EVERY == 0:
            say(f"{len(objects)} objects, {taken.size} bytes")
    return objects


async def _object(parts: Parts, store: FolderStore, key: str, sums: dict[str, str], taken: Taken) -> list[Any]:
    name, size = object_name(key), await parts.store.size(key)
    place = object_path(name)
    if name in sums and await store.exists(place) and await store.size(place) == size:
        taken.there += 1
        return [key, size, sums[name]]
    await store.delete(place)
    hashed = hashlib.sha256()

    async def through() -> AsyncIterator[bytes]:
        async for piece in parts.store.get(key):
            hashed.update(piece)
            yield piece

    size = await store.put(place, through())
    if sums.get(name) != hashed.hexdigest():
        if name in sums:
            await store.delete(f"sums/{name}/{sums[name]}")
        await store.put(f"sums/{name}/{hashed.hexdigest()}", once(b""))
    taken.copied += 1
    return [key, size, hashed.hexdigest()]


async def _log(folder: Path) -> AsyncIterator[bytes]:
    """Yield the audit log. Of each segment the chain first: entries are written before their links, so none lacks its entry."""
    for name in await asyncio.to_thread(segments, folder):
        for path in (name.chain(folder), name.entries(folder)):
            if not path.exists():
                continue
            yield orjson.dumps({"file": path.name}) + b"\n"
            with path.open("rb") as file:
                while piece := await asyncio.to_thread(file.read, PIECE):
                    yield orjson.dumps({"data": base64.b64encode(piece).decode()}) + b"\n"
