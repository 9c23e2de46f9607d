"""A backup as it lies in a folder, on a page.

    FOLDER/objects/ab/NAME     each object of the store, once for all backups: sealed before it got into the store (SEAL.md), so as it is.
                               NAME is the SHA-256 of its key, ab its first two letters
    FOLDER/sums/NAME/SHA256    nothing: that the object was copied to its end, and what its bytes hash to
    FOLDER/erasures/NAME       each certificate of erasure (erasures.py), in the clear: ids, counts and hashes
    FOLDER/BACKUP/head         {format, id, at, recovery, key}: the backup's key (32 random bytes), encrypted to the recovery key
    FOLDER/BACKUP/graph        every node and relationship, a line of JSON each, but sessions and API tokens
    FOLDER/BACKUP/keys         {path: text} of master keys, space keys, the deployment's secret and certificates of erasure
    FOLDER/BACKUP/log          the audit log: lines {file} and {data}, in base64
    FOLDER/BACKUP/manifest     {id, at, counts, objects: [key, bytes, SHA-256], parts: {name: [bytes, SHA-256]}}, written last

`graph`, `keys`, `log` and `manifest` are sealed files (SEAL.md) named `backup BACKUP PART`, each under a key of its own, HKDF-SHA256 of the
backup's key with the information `joinder backup BACKUP PART`. Without a manifest a backup is not whole. What this does not prove: who made
a backup. Whoever writes to the folder can put another deployment's there, encrypted to the same public half.
"""

from __future__ import annotations

import hashlib
from contextlib import contextmanager
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

import orjson

from backend.keeping import recovery
from backend.keeping.recovery import KeepingError
from backend.storage.seal import SealedReader, SealedWriter, SealError
from backend.storage.store import ObjectMissingError

if TYPE_CHECKING:
    from collections.abc import AsyncIterable, AsyncIterator, Generator

    from cryptography.hazmat.primitives.asymmetric.x25519 import X25519PrivateKey, X25519PublicKey

    from backend.storage.folder import FolderStore

FORMAT = "joinder-backup-1"
GRAPH, KEYS, LOG, MANIFEST = "graph", "keys", "log", "manifest"


@dataclass(frozen=True, slots=True)
class Backup:
    """One backup in a folder, opened to be written or read."""

    folder: FolderStore
    id: str
    key: bytes

    async def begin(self, at: str, to: X25519PublicKey) -> None:
        """Write the head."""
        head = {"format": FORMAT, "id": self.id, "at": at, "recovery": recovery.id_of(to), "key": recovery.sealed(self.key, to, self.id)}
        await self.folder.put(f"{self.id}/head", once(orjson.dumps(head)))

    async def write(self, part: str, lines: AsyncIterable[bytes]) -> tuple[int, str]:
        """Write a part, whole or not at all; return its bytes and their SHA-256."""
        await self.folder.delete(f"{self.id}/{part}")
        writer = SealedWriter(recovery.part_key(self.key, self.id, part), self._name(part))
        await self.folder.put(f"{self.id}/{part}", writer.seal(lines))
        return writer.size, writer.sha256

    async def lines(self, part: str) -> AsyncIterator[bytes]:
        """Yield the lines of a part. Raises KeepingError for what is not what was written."""
        held = b""
        with said(f"The part {part} of the backup"):
            reader = await SealedReader.open(self.folder, f"{self.id}/{part}", recovery.part_key(self.key, self.id, part), self._name(part))
            async for piece in reader.stream():
                *whole, held = (held + piece).split(b"\n")
                for line in whole:
                    yield line
        if held:
            yield held

    async def manifest(self) -> dict[str, Any]:
        """Return the manifest."""
        return orjson.loads(b"\n".join([line async for line in self.lines(MANIFEST)]))

    def _name(self, part: str) -> str:
        return f"backup {self.id} {part}"


async def once(data: bytes) -> AsyncIterator[bytes]:
    """Yield one piece."""
    yield data


async def opened(folder: FolderStore, backup: str, by: X25519PrivateKey) -> Backup:
    """Open a backup with the private half of its recovery key."""
    mine = recovery.id_of(by.public_key())
    try:
        head = orjson.loads(b"".join([piece async for piece in folder.get(f"{backup}/head")]))
        form, made_for, key = head["format"], head["recovery"], head["key"]
    except (ObjectMissingError, ValueError, KeyError, TypeError):
        raise KeepingError(f"The head of the backup {backup} is missing or damaged. Take another copy of the backup.") from None
    if form != FORMAT:
        raise KeepingError(f"The backup {backup} has the form {form}, which this program does not read. Install the one that made it.")
    if made_for != mine:
        raise KeepingError(
            f"The backup {backup} was made for the recovery key {made_for}, and this file holds {mine}. Bring the other file."
        )
    return Backup(folder, backup, recovery.opened(key, by, backup))


async def whole(folder: FolderStore) -> list[str]:
    """Return the backups in a folder that were made to their end, oldest first."""
    return [key.partition("/")[0] async for key in folder.list("2") if key.endswith("/" + MANIFEST)]


def object_name(key: str) -> str:
    """Return what an object of the store is called in a backup's folder."""
    return hashlib.sha256(key.encode()).hexdigest()


def object_path(name: str) -> str:
    """Return where it lies."""
    return f"objects/{name[:2]}/{name}"


@contextmanager
def said(what: str) -> Generator[None]:
    """Turn what a sealed file has against its bytes into a sentence about the backup."""
    try:
        yield
    except SealError as error:
        raise KeepingError(f"{what} is damaged. {error} Take another copy of the backup.") from error
    except ObjectMissingError as error:
        raise KeepingError(f"{what} is missing. Take another copy of the backup.") from error
