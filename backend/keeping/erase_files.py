"""The source files that somebody who is erased came in: each gives way to a copy without their rows, and its key is destroyed.

The key of a file stands wrapped in the graph alone (on the import and on the stored file), so with these and the old versions of the
graph's own files (`renew.py`) every copy of it is gone here; one in a backup ends with that backup. The object is removed as well; where
the store keeps it under lock, nothing opens it. The report on refused rows, sealed under the same key, is sealed anew without the rows.
"""

from __future__ import annotations

import asyncio
from collections import deque
from typing import TYPE_CHECKING, Any, BinaryIO

from backend.core.ids import new_id
from backend.entities.imports import redact, report, stored
from backend.entities.imports.planned import DataSet
from backend.entities.imports.rules import BadSource
from backend.storage.keys import SpaceKeyLostError
from backend.storage.seal import SealedWriter, SealError
from backend.storage.store import ObjectLockedError, ObjectMissingError, new_key
from backend.storage.wrapping import WrapError
from graph import outbox
from graph.outbox import Change
from graph.queries import keeping_erase_files as queries

if TYPE_CHECKING:
    from collections.abc import AsyncIterator, Iterator

    from backend.core.context import Parts
    from backend.keeping.erasures import Certificate
    from backend.storage.space_key import SealingKey
    from graph.driver import Tx

KEPT = (
    "space", "vis", "markings", "case", "custodian", "handling", "grade", "grade_original", "kind", "title", "file_name", "media_type",
    "family", "import", "acquired_at", "acquired_zone", "integrity_alert", "excluded_in", "challenged_in", "standing",
)  # fmt: skip
"""What a copy has of the exhibit that it replaces. Details such as the legal basis stay with that one, from which it is derived."""
UNREADABLE = (BadSource, SealError, WrapError, ObjectMissingError, SpaceKeyLostError)


async def looked_through(parts: Parts, space: str, gone: list[str], names: list[str]) -> tuple[list[dict[str, Any]], list[str]]:
    """Return which rows of which source files go, with the ids of what replaces them, and the exhibits that could not be read."""
    files, unread = list[dict[str, Any]](), list[str]()
    for job in await parts.graph.read(lambda tx: queries.imports(tx, space)):
        of = DataSet(job, (await parts.keys.of(space)).ids)
        try:
            async with stored.opened(parts, job) as file:
                rows = await asyncio.to_thread(_tried, of, file, set(gone), names)
        except UNREADABLE:
            unread.append(job["exhibit"])
            continue
        if rows:
            files.append(
                {
                    "import": job["id"], "exhibit": job["exhibit"], "file": job["file_id"], "sha256": job["sha256"], "rows": rows,
                    "objects": await parts.graph.read(lambda tx, file=job["file_id"]: queries.objects(tx, file)),
                    "copy": new_id(), "copy_file": new_id(), "copy_object": new_key(), "locked": False,
                }
            )  # fmt: skip
    return files, unread


def _tried(of: DataSet, file: BinaryIO, gone: set[str], names: list[str]) -> list[int]:
    """Return the rows that go, where a copy without them can be made to its end."""
    rows = redact.rows_of(of, file, gone, names)
    if rows:
        file.seek(0)
        deque(redact.copied(of, file, gone, set(rows)), maxlen=0)
    return rows


async def replace(parts: Parts, draft: Certificate, file: dict[str, Any], now: str) -> list[str]:
    """Let a file give way to its copy and remove its objects; return the events. Said again it goes on, and tells nothing twice.

    Writes into `file` the copy's SHA-256, and whether the store keeps the old bytes under lock. Raises KeepingError's causes as they come.
    """
    job = await parts.graph.write(lambda tx: queries.locked(tx, file["import"]))
    events = list[str]()
    if job is not None and job["file_id"] == file["file"]:
        events = await _replaced(parts, draft, file, job, now)
    elif job is not None and job["file_id"] == file["copy_file"]:
        file["copy_sha256"] = job["sha256"]
    while await parts.graph.write(lambda tx: queries.cite_copy(tx, draft["space"], file["exhibit"], file["copy"])):
        pass
    for place in file["objects"]:
        try:
            await parts.store.delete(place)
        except ObjectLockedError:
            file["locked"] = True
    return events


async def _replaced(parts: Parts, draft: Certificate, file: dict[str, Any], job: dict[str, Any], now: str) -> list[str]:
    of = DataSet(job, (await parts.keys.of(draft["space"])).ids)
    await parts.store.delete(file["copy_object"])  # of a try that was broken off
    async with parts.keys.sealing(draft["space"]) as space_key:
        key, wrapped = space_key.new_file_key(file["copy_file"])
        writer = SealedWriter.of_evidence(key, file["copy_file"])
        async with stored.opened(parts, job) as source:
            steps = await asyncio.to_thread(redact.copied, of, source, set(draft["entities"]), set(file["rows"]))
            await parts.store.put(file["copy_object"], writer.seal(_pieces(steps)))
        facts = {
            "object": file["copy_object"], "file_id": file["copy_file"], "file_key": wrapped, "bytes": writer.size,
        } | writer.hashed.told()  # fmt: skip
        events = await parts.graph.write(lambda tx: _swap(tx, space_key, draft, file, (facts, key, now)))
    file["copy_sha256"] = writer.sha256
    return events


async def _pieces(steps: Iterator[bytes]) -> AsyncIterator[bytes]:
    while piece := await asyncio.to_thread(_some, steps):
        yield piece


def _some(steps: Iterator[bytes]) -> bytes:
    held = bytearray()
    for piece in steps:
        held += piece
        if len(held) >= redact.AT_ONCE:
            break
    return bytes(held)


async def _swap(
    tx: Tx, space_key: SealingKey, draft: Certificate, file: dict[str, Any], made: tuple[dict[str, Any], bytes, str]
) -> list[str]:
    """Write in one transaction that the copy is there and the old file is not; return the events."""
    facts, key, now = made
    job = await queries.locked(tx, file["import"])
    if job is None or job["file_id"] != file["file"]:
        return []
    old = await queries.exhibit(tx, file["exhibit"])
    new: dict[str, Any] = {name: old[name] for name in KEPT if name in old}
    new |= {
        "id": file["copy"], "file": facts["file_id"], "sha256": facts["sha256"], "sha512": facts["sha512"], "bytes": facts["bytes"],
        "reading": "waiting", "scan": "waiting", "revision": 1, "authority": old["authority"], "created_at": now, "created_by": draft["by"],
    }  # fmt: skip
    about = {name: new[name] for name in ("sha256", "sha512", "bytes", "media_type", "family")} | {"id": facts["file_id"]}
    part = {
        "id": new_id(), "file": facts["file_id"], "space": new["space"], "place": 0, "object": facts["object"],
        "sealed_as": facts["file_id"], "bytes": facts["bytes"], "state": "stored",
    }  # fmt: skip
    await queries.destroyed(
        tx, old, {"by": draft["by"], "agency": draft["agency"], "at": now, "recorded_at": now, "zone": "UTC", "reason": draft["order"]}
    )
    await queries.replace(tx, old, new, about | {"file_key": facts["file_key"]}, part)
    await _report(tx, job, space_key.file_key(job["file_key"], job["file_id"]), key, set(file["rows"]))
    await queries.set_import(tx, job["id"], facts | {"exhibit": file["copy"]})
    vis = (old["vis"],)
    told = [Change("exhibit", "entered custody of", old["id"], vis, vis), Change("exhibit", "registered", new["id"], after=vis)]
    return await outbox.append(tx, draft["space"], draft["by"], now, told)


async def _report(tx: Tx, job: dict[str, Any], old: bytes, new: bytes, rows: set[int]) -> None:
    """Seal what an import refused anew, without these rows."""
    kept, empty = dict[int, str](), list[int]()
    for place, sealed in await queries.refused(tx, job["id"]):
        left = [it for it in report.opened(old, job["id"], place, sealed) if it[0] not in rows]
        if left:
            kept[place] = report.seal(new, job["id"], place, left)
        else:
            empty.append(place)
    await queries.set_refused(tx, job["id"], kept, empty)
