"""Removing entries from the audit log when the law asks for it. The leaf stays, so that the chain still verifies."""

import asyncio
import fcntl
import os
from collections import defaultdict
from collections.abc import Collection
from dataclasses import replace
from pathlib import Path

from backend.core.audit import AuditLog
from backend.core.audit_entry import Entry, Operation
from backend.core.audit_read import lines_of, stored_in
from backend.core.audit_segment import REMOVED, SegmentName, segments, sync_folder
from backend.core.audit_verify import REMOVAL
from backend.core.errors import Conflict, Invalid


async def remove(log: AuditLog, leaves: Collection[str], entry: Entry) -> None:
    """Remove entries for good; their leaves stay and the chain still verifies.

    `leaves` are those of `stored`. The removal itself is logged first: as `entry`, with its name and ids set here. Raises Conflict
    while an entry lies in a segment that may still be written, Invalid for a leaf that is not there; then nothing is removed.
    """
    places = await asyncio.to_thread(_places, log.folder, frozenset(leaves))
    if sum(map(len, places.values())) != len(frozenset(leaves)):
        message = "An entry to remove is not in the log, or was removed before."
        raise Invalid(message)
    await log.append(replace(entry, name=REMOVAL, operation=Operation.ERASURE, ids=tuple(sorted(leaves))))
    for name, lines in places.items():
        await asyncio.to_thread(_thin, name.entries(log.folder), lines)


def _places(folder: Path, leaves: frozenset[str]) -> dict[SegmentName, set[int]]:
    """Return segments and line numbers (from 0) of the entries. Raises Conflict for one that may still be written."""
    places: defaultdict[SegmentName, set[int]] = defaultdict(set)
    for name in segments(folder):
        for one in stored_in(folder, name):
            if one.leaf in leaves and one.entry:
                places[name].add(one.n - 1)
    if any(_is_being_written(name.entries(folder)) for name in places):
        message = "The segment with this entry is still being written. Try again when the log has moved on."
        raise Conflict(message)
    return places


def _is_being_written(path: Path) -> bool:
    """Tell whether a living process holds the file: it keeps a lock from making it to letting it go."""
    try:
        with path.open("rb") as file:
            fcntl.flock(file, fcntl.LOCK_SH | fcntl.LOCK_NB)
    except BlockingIOError:
        return True
    return False


def _thin(path: Path, places: Collection[int]) -> None:
    """Replace the lines at `places` by the word that they were removed, durably."""
    lines, tail = lines_of(path)
    thinned = [REMOVED if at in places else line for at, line in enumerate(lines)]
    part = path.with_name(f".{path.name}.part")
    with part.open("wb") as file:
        os.fchmod(file.fileno(), 0o600)
        file.write(b"\n".join([*thinned, tail]))
        file.flush()
        os.fsync(file.fileno())
    part.replace(path)
    sync_folder(path.parent)
