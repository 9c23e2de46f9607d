"""Whether the file of an exhibit is the one that came: read in full behind the request, its hash held against the recorded one.

Where it differs, or a part does not open, the exhibit and all that was derived from it carry an alert until a later check finds the file
as it was recorded. What rests on them waits meanwhile. A file that does not open for a reader is checked unasked. Where no SHA-512 was
recorded yet, a check that finds SHA-256 equal records it. Killed anywhere, a check begins anew at the next start.
"""

from __future__ import annotations

from contextlib import asynccontextmanager
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

from backend.core import log
from backend.core.errors import Invalid, NotFound
from backend.evidence import rules
from backend.evidence.behind import written
from backend.evidence.content import Stored
from backend.evidence.rules import Check, Verb
from backend.storage.seal import SealError
from backend.storage.store import ObjectMissingError
from backend.storage.wrapping import WrapError
from backend.teams.policy import Right
from backend.teams.service import change
from graph import custody
from graph.outbox import Change
from graph.queries import evidence as evidence_queries
from graph.queries import evidence_checks as queries
from graph.records import stamp

if TYPE_CHECKING:
    from collections.abc import AsyncGenerator, AsyncIterator

    from backend.core.context import Context, Parts
    from graph.access import Scope
    from graph.driver import Tx

UNLIKE = (SealError, WrapError, ObjectMissingError)
"""What reading a file raises where it is not what was sealed, or not all there."""
NO_FILE = "This exhibit has no file, so there is no hash to check."


class NotAsRecorded(Invalid):
    """A part of the file does not open. Its check has begun."""

    default = (
        "The file of this exhibit is not what was recorded, or a part is missing, so it is not shown."
        " It is being checked; its custody tells."
    )


@dataclass(frozen=True, slots=True)
class Found:
    """What a check found: the hashes {sha256, sha512} of the file, none where a part of it does not open."""

    state: Check
    hashes: dict[str, str] = field(default_factory=dict[str, str])


async def check(ctx: Context, space: str, exhibit: str, key: str) -> str:
    """Have the file of an exhibit read in full and its hash checked, behind the answer. Return its id."""

    async def work(tx: Tx, scope: Scope) -> tuple[str, list[Change]]:
        row = await evidence_queries.lock(tx, scope, exhibit)
        if row is None:
            raise NotFound
        if "file" not in row:
            raise Invalid(NO_FILE, "exhibit")
        asked = {"checking": Check.WAITING.value, "checking_by": ctx.who.user, "checking_agency": scope.agency}
        await evidence_queries.change(tx, scope, exhibit, asked)
        return exhibit, [_told("check_asked", row)]

    done = await change(ctx, space, key, Right.WRITE_CONTENT, work)
    _begin(ctx.parts, exhibit)
    return done


@asynccontextmanager
async def sound(parts: Parts, exhibit: str) -> AsyncGenerator[None]:
    """Read the file of an exhibit within: where it does not open, it is checked on nobody's behalf. Raises `NotAsRecorded`."""
    try:
        yield
    except UNLIKE as error:
        await suspect(parts, exhibit)
        raise NotAsRecorded from error


async def whole(parts: Parts, exhibit: str, pieces: AsyncIterator[bytes]) -> AsyncIterator[bytes]:
    """Yield the pieces of a file; one that does not open ends them short of what was announced, and has the file checked."""
    async with sound(parts, exhibit):
        async for piece in pieces:
            yield piece


async def suspect(parts: Parts, exhibit: str) -> None:
    """Have a file that did not open checked, unless that is known of it already."""

    async def work(tx: Tx) -> None:
        row = await queries.lock(tx, exhibit)
        if not row.get("altered") and row.get("checking") != Check.WAITING:
            asked = {"checking": Check.WAITING.value, "checking_by": "", "checking_agency": ""}
            await queries.set_checked(tx, [{"id": exhibit, **asked}])

    await parts.graph.write(work)
    _begin(parts, exhibit)


async def start(parts: Parts) -> None:
    """Check whatever somebody asked to have checked: at the start of a server."""
    for exhibit in await parts.graph.read(queries.checking):
        _begin(parts, exhibit)


def _begin(parts: Parts, exhibit: str) -> None:
    parts.jobs.start(f"check {exhibit}", _checked(parts, exhibit))


async def _checked(parts: Parts, exhibit: str) -> None:
    stored = await parts.graph.read(lambda tx: queries.file(tx, exhibit))
    if stored is None or stored["exhibit"].get("checking") != Check.WAITING:
        return
    row, found = stored["exhibit"], await _looked(parts, stored)
    by = (row["checking_by"], row["checking_agency"])
    await written(parts, "checkIntegrity", exhibit, row["space"], by, lambda tx: _entered(tx, exhibit, found, stamp(parts.clock.now())))


async def _looked(parts: Parts, stored: dict[str, Any]) -> Found:
    """Read the file; one whose store does not answer was not checked."""
    row, file = stored["exhibit"], stored["file"]
    try:
        hashes = await (await Stored.of(parts, file | {"file": file["id"]}, stored["parts"])).hashes()
    except UNLIKE:
        return Found(Check.ALTERED)
    except Exception as error:  # noqa: BLE001 - a process boundary: who asked is told that nothing was checked
        log.failure("check", error)
        return Found(Check.FAILED)
    return Found(Check.SOUND if all(row.get(name, found) == found for name, found in hashes.items()) else Check.ALTERED, hashes)


async def _entered(tx: Tx, exhibit: str, found: Found, now: str) -> list[Change]:
    """Write what was found, with its custody, on the exhibit and on all that was derived from it; return what is to be told."""
    rows = await queries.family(tx, exhibit)
    one = rows[0]
    if one.get("checking") != Check.WAITING:
        return []
    said: dict[str, Any] = {"id": exhibit, "checking": found.state.value}
    if found.state is Check.FAILED:
        await queries.set_checked(tx, [said])
        return [_told("not_checked", one)]
    hashes = {"hash_after": found.hashes.get("sha256"), "sha512": found.hashes.get("sha512")}
    entry = {"verb": Verb.VERIFIED.value, "hash_before": one["sha256"]} | hashes
    await custody.append(tx, exhibit, [_by(one, now) | entry])
    if found.state is Check.SOUND:
        said |= found.hashes
    await queries.set_checked(tx, [said | {"checked_at": now, "altered": found.state is Check.ALTERED}])
    turned = await _turned(tx, one, [one | {"altered": found.state is Check.ALTERED}, *rows[1:]], now)
    return turned if any(each.subject == exhibit for each in turned) else [_told("checked", one), *turned]


async def _turned(tx: Tx, asked: dict[str, Any], rows: list[dict[str, Any]], now: str) -> list[Change]:
    """Let the alerts of a family follow: each has one while it, or what it was derived from, is not what was recorded."""
    above = await queries.lock(tx, asked["parent"]) if asked.get("parent") else {}
    alerts, told = {asked.get("parent"): bool(above.get("integrity_alert"))}, list[Change]()
    for row in rows:
        before, after = bool(row.get("integrity_alert")), bool(row.get("altered")) or alerts[row.get("parent")]
        alerts[row["id"]] = after
        if before == after:
            continue
        await queries.set_checked(tx, [{"id": row["id"], "integrity_alert": now if after else None}])
        refers = asked["id"] if row["id"] != asked["id"] else None
        verb = Verb.ALERTED if after else Verb.CLEARED
        await custody.append(tx, row["id"], [_by(asked, now) | {"verb": verb.value, "refers_to": refers}])
        told.append(_told("alerted" if after else "restored", row))
    return told


def _by(row: dict[str, Any], now: str) -> dict[str, Any]:
    return {"space": row["space"], "by": row["checking_by"], "agency": row["checking_agency"], **rules.moment(row, now)}


def _told(verb: str, row: dict[str, Any]) -> Change:
    return Change("exhibit", verb, row["id"], (row["vis"],), (row["vis"],))
