"""Files of exhibits scanned for viruses behind their arrival, where a ClamAV daemon is configured.

A file that was not scanned says so, and is scanned once the daemon answers; what something was found in is neither shown nor copied.
"""

from __future__ import annotations

import asyncio
from typing import TYPE_CHECKING, Any
from weakref import WeakKeyDictionary

from backend.core import log
from backend.evidence import integrity, rules
from backend.evidence.behind import written
from backend.evidence.content import Stored
from backend.evidence.rules import Scan, Verb
from backend.evidence.scanning import TOO_LARGE, Scanner, Verdict
from graph import custody
from graph.outbox import Change
from graph.queries import evidence_checks as queries
from graph.records import stamp

if TYPE_CHECKING:
    from backend.core.context import Parts
    from graph.driver import Tx

AGAIN_S, LONGEST_S, MOST_AT_ONCE = 60.0, 3_600.0, 2
"""How long it waits before it tries again, each time twice as long up to the longest; how many files are sent at once."""
UNREADABLE = "The file could not be read from the store, so it was not scanned. It is scanned again by itself."
STATES = {"clean": Scan.CLEAN, "found": Scan.INFECTED, "failed": Scan.FAILED}
_slots = WeakKeyDictionary[asyncio.AbstractEventLoop, asyncio.Semaphore]()


async def start(parts: Parts) -> None:
    """Scan everything that was not scanned yet: at the start of a server."""
    if parts.settings.clamav:
        for exhibit in await parts.graph.read(queries.to_scan):
            arrived(parts, exhibit)


def arrived(parts: Parts, exhibit: str) -> None:
    """Scan the file of an exhibit in the background, behind its arrival."""
    if parts.settings.clamav and not parts.jobs.running(f"scan {exhibit}"):
        parts.jobs.start(f"scan {exhibit}", scanned(parts, exhibit))


async def scanned(parts: Parts, exhibit: str) -> None:
    """Scan one file until the scanner has said what it is; one that is too large for the scanner stays unscanned until the next start."""
    wait = AGAIN_S
    while True:
        stored = await parts.graph.read(lambda tx: queries.file(tx, exhibit))
        if stored is None or stored["exhibit"].get("scan") not in {Scan.WAITING, Scan.FAILED}:
            return
        verdict = await _verdict(parts, stored)
        row = stored["exhibit"]
        if verdict.state != "failed" or verdict.reason != row.get("scan_problem"):  # the same failure is told once
            now = stamp(parts.clock.now())
            await written(parts, "files.scan", exhibit, row["space"], ("", ""), lambda tx, v=verdict, at=now: _entered(tx, exhibit, v, at))
        if verdict.state != "failed" or verdict.reason == TOO_LARGE:
            return
        await asyncio.sleep(wait)
        wait = min(2 * wait, LONGEST_S)


async def _verdict(parts: Parts, stored: dict[str, Any]) -> Verdict:
    file = stored["file"]
    try:
        async with _slots.setdefault(asyncio.get_running_loop(), asyncio.Semaphore(MOST_AT_ONCE)):
            content = await Stored.of(parts, file | {"file": file["id"]}, stored["parts"])
            return await Scanner(parts.settings.clamav).scan(content.stream())
    except integrity.UNLIKE:
        await integrity.suspect(parts, stored["exhibit"]["id"])
        return Verdict("failed", reason=UNREADABLE)
    except Exception as error:  # noqa: BLE001 - a process boundary: what was not scanned says so
        log.failure("scan", error)
        return Verdict("failed", reason=UNREADABLE)


async def _entered(tx: Tx, exhibit: str, verdict: Verdict, now: str) -> list[Change]:
    """Write what the scanner said; custody tells it where it said something of the file."""
    row, state = await queries.lock(tx, exhibit), STATES[verdict.state]
    if row.get("scan") not in {Scan.WAITING, Scan.FAILED}:
        return []
    said = {"id": exhibit, "scan": state.value, "scan_found": verdict.name or "", "scan_problem": verdict.reason, "scanned_at": now}
    await queries.set_checked(tx, [said])
    if state is not Scan.FAILED:
        entry = {"verb": Verb.SCANNED.value, "by": "", "agency": "", "reason": verdict.name, **rules.moment(row, now)}
        await custody.append(tx, exhibit, [{"space": row["space"], **entry}])
    told = {Scan.CLEAN: "scanned", Scan.INFECTED: "found_infected"}.get(state, "not_scanned")
    return [Change("exhibit", told, exhibit, (row["vis"],), (row["vis"],))]
