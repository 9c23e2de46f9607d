"""`joinder verify`: whether all that is kept is as it was written. Reads, and changes nothing; people may go on working meanwhile.

Five things: each stored file, opened and hashed; the custody of each exhibit, link by link; the events of each space, numbered without a
gap; the audit log; the certificates of erasure, that what they say is gone is gone. A fault is told by ids, never by a value.
"""

from __future__ import annotations

import asyncio
from collections import Counter
from dataclasses import dataclass, field
from itertools import chain
from typing import TYPE_CHECKING

from backend.core.audit_entry import Operation
from backend.core.audit_read import stored
from backend.core.audit_verify import verify
from backend.evidence.content import Stored
from backend.keeping import erase, erasures
from backend.storage.keys import SpaceKeyLostError
from backend.storage.seal import SealError
from backend.storage.store import ObjectMissingError
from backend.storage.wrapping import WrapError
from graph import custody
from graph.queries import keeping as queries
from graph.queries import keeping_erase as erase_queries

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path
    from typing import Any

    from backend.core.context import Parts

AT_ONCE = 1_000
TRIES, APART_S = 5, 0.2
"""How often a chain that does not fit is read again: somebody may have written to it between the two halves of a read."""
TELL_EVERY = 1 << 30
OF_FILE, OF_PART = ("space", "file_key", "bytes", "sha256"), ("object", "sealed_as", "bytes")
"""What a file that arrived must say, and each of its parts."""


@dataclass(slots=True)
class Verified:
    """How much was looked at, and a line for each fault with its place."""

    files: int = 0
    size: int = 0
    exhibits: int = 0
    custody: int = 0
    spaces: int = 0
    events: int = 0
    entries: int = 0
    erasures: int = 0
    faults: list[str] = field(default_factory=list[str])

    def lines(self) -> list[str]:
        """Return what is printed: the faults, then the counts, then the verdict."""
        counts = (
            f"{self.files} files ({self.size} bytes), {self.custody} custody events of {self.exhibits} exhibits, "
            f"{self.events} events of {self.spaces} streams, {self.entries} entries of the audit log, {self.erasures} erasures."
        )
        verdict = f"Faults: {len(self.faults)}. Nothing was changed." if self.faults else "Everything is as it was written."
        return [*self.faults, counts, verdict]


async def run(parts: Parts, say: Callable[[str], None]) -> Verified:
    """Look at everything, saying now and then how far it is."""
    found = Verified()
    await _files(parts, found, say)
    say(f"{found.files} files hashed")
    await _custody(parts, found)
    await _events(parts, found)
    verdict = await asyncio.to_thread(verify, parts.audit.folder)
    found.entries = verdict.entries
    found.faults += [f"audit log, {one.file} line {one.line}: {one.text}" for one in verdict.findings]
    await _erasures(parts, found)
    return found


async def _files(parts: Parts, found: Verified, say: Callable[[str], None]) -> None:
    after, told = "", 0
    while page := await parts.graph.read(lambda tx, after=after: queries.files(tx, after)):
        for row, rows in page:
            found.files, found.size = found.files + 1, found.size + row.get("bytes", 0)
            if fault := _of_record(row, rows) or await _of_file(parts, row, rows):
                found.faults.append(f"file {row['id']} in space {row.get('space')}: {fault}")
            if found.size - told >= TELL_EVERY:
                told = found.size
                say(f"{found.files} files hashed, {found.size} bytes")
        after = page[-1][0]["id"]


def _of_record(row: dict[str, Any], rows: list[dict[str, Any]]) -> str | None:
    lost = [*(key for key in OF_FILE if key not in row), *(key for key in OF_PART if not all(key in part for part in rows))]
    return f"its record lacks {', '.join(lost)}." if lost else None


async def _of_file(parts: Parts, row: dict[str, Any], rows: list[dict[str, Any]]) -> str | None:
    """Return what is wrong with a file, if anything."""
    try:
        stored = await Stored.of(parts, {**row, "file": row["id"]}, rows)
        if stored.size != row["bytes"]:
            return f"it has {stored.size} bytes where {row['bytes']} arrived."
        hashes = await stored.hashes()
        return (
            None if all(row.get(name, found) == found for name, found in hashes.items()) else "it is not what was hashed when it arrived."
        )
    except ObjectMissingError:
        return "its object is not in the store."
    except SpaceKeyLostError:
        return "the key of its space is lost or does not open."
    except WrapError:
        return "its key does not open."
    except SealError as error:
        return str(error)


async def _custody(parts: Parts, found: Verified) -> None:
    after = ""
    while page := await parts.graph.read(lambda tx, after=after: queries.chains(tx, after)):
        found.exhibits, found.custody = found.exhibits + len(page), found.custody + sum(len(events) for *_, events in page)
        found.faults += [
            f"exhibit {exhibit}: its custody event {place} is not what was written, or is missing."
            for exhibit, place in (await _broken(parts, page)).items()
        ]
        after = page[-1][0]


async def _broken(parts: Parts, page: list[queries.Chain]) -> dict[str, int]:
    """Return the chains of a page that stay broken, each with the place where."""
    tries = 0
    while places := {
        exhibit: place for exhibit, count, last, events in page if (place := custody.broken_at(events, count, last)) is not None
    }:
        if tries == TRIES:
            return places
        tries += 1
        await asyncio.sleep(APART_S)
        page = await parts.graph.read(lambda tx, again=list(places): queries.chains_of(tx, again))
    return {}


async def _events(parts: Parts, found: Verified) -> None:
    for space, last in await parts.graph.read(queries.clocks):
        found.spaces += 1
        for after in range(0, last, AT_ONCE):
            upto = min(after + AT_ONCE, last)
            seen = Counter(await parts.graph.read(lambda tx, space=space, after=after, upto=upto: queries.numbered(tx, space, after, upto)))
            found.events += seen.total()
            missing = [place for place in range(after + 1, upto + 1) if not seen[place]]
            double = [place for place, times in seen.items() if times > 1]
            found.faults += chain(
                (f"stream {space}: event {place} is missing." for place in missing),
                (f"stream {space}: event {place} is there more than once." for place in sorted(double)),
            )


async def _erasures(parts: Parts, found: Verified) -> None:
    data = parts.settings.data
    if draft := erase.begun(data):
        found.faults.append(f"erasure {draft['id']}: it was broken off. Run `joinder erase --continue`.")
    register = erasures.read(data)
    found.erasures = len(register)
    if wrong := erasures.broken(register, parts.secret):
        found.faults.append(f"erasure {wrong[0]}: {wrong[1]}.")
    logged = await asyncio.to_thread(_erased_in_log, parts.audit.folder) if register else set[str]()
    for one in register:
        there = await parts.graph.read(lambda tx, one=one: erase_queries.entities(tx, one["space"], one["entities"]))
        found.faults += [f"erasure {one['number']}: entity {entity} is there again." for entity, _, _ in there]
        for place in (place for file in one["files"] if not file["locked"] for place in file["objects"]):
            if await parts.store.exists(place):
                found.faults.append(f"erasure {one['number']}: object {place} is there again.")
        if one["hash"] not in logged:
            found.faults.append(f"erasure {one['number']}: the audit log does not know its certificate.")


def _erased_in_log(folder: Path) -> set[str]:
    return {one for line in stored(folder) if line.entry and line.entry.operation is Operation.ERASURE for one in line.entry.ids}
