"""Challenges of exhibits, what courts decide, and what rests on them.

What a court decides stands on the exhibit in the transaction that writes it down; the records that rest on it follow batch by batch, each
with its event, so that every open view shows it. Killed anywhere, the rest follows at the next start.
"""

from __future__ import annotations

import asyncio
import re
from collections import defaultdict
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from backend.core import log
from backend.core.audit import Trail, doing
from backend.core.errors import Conflict, Invalid, NotFound
from backend.core.ids import new_id
from backend.entities.cited import all_shown
from backend.evidence import rules
from backend.evidence.citations import ids_of, subjects_of
from backend.evidence.rules import Outcome, Verb
from backend.teams.policy import Right
from backend.teams.service import change, enter
from graph import access, custody, outbox
from graph.outbox import Change
from graph.queries import agencies as agency_queries
from graph.queries import entity_writes as writes
from graph.queries import evidence as evidence_queries
from graph.queries import evidence_challenges as queries
from graph.queries import markings as marking_queries
from graph.records import Record, record, stamp, standing_in

if TYPE_CHECKING:
    from datetime import datetime

    from backend.core.context import Context, Parts
    from graph.access import Scope
    from graph.driver import Tx

BATCH, AGAIN_S = 500, 5.0
COUNTRY = re.compile("[A-Z]{2}")


@dataclass(frozen=True, slots=True)
class New:
    """A challenge: who makes it, on what ground, before which court of which country, and when it was filed."""

    by: str
    ground: str
    court: str
    country: str
    filed_at: datetime | None = None


async def challenges(ctx: Context, space: str, exhibit: str) -> list[dict[str, Any]]:
    """Return the challenges of an exhibit, oldest first, each with who wrote it down."""

    async def work(tx: Tx) -> list[dict[str, Any]]:
        scope = await enter(tx, ctx, space)
        if await evidence_queries.markings_of(tx, scope, exhibit) is None:
            raise NotFound
        rows = await queries.challenges(tx, scope, exhibit)
        people = await agency_queries.named(tx, sorted({row["entered_by"] for row in rows}))
        return [{**row, "person": people.get(row["entered_by"])} for row in rows]

    rows = await ctx.graph.read(work)
    ctx.trail.saw(space, [exhibit, *(row["id"] for row in rows)])
    return rows


async def challenge(ctx: Context, space: str, exhibit: str, new: New, key: str) -> str:
    """Write down that an exhibit is challenged; every record that rests on it says so from then on. Return the exhibit."""
    said = {name: rules.text(getattr(new, name), name) for name in ("by", "ground", "court")}
    if not all(said.values()):
        raise Invalid("Say who challenges the exhibit, on what ground and before which court.", "ground")
    if not COUNTRY.fullmatch(new.country):
        raise Invalid("A country is two letters, such as IT.", "country")

    async def work(tx: Tx, scope: Scope) -> tuple[str, list[Change]]:
        row = await evidence_queries.lock(tx, scope, exhibit)
        if row is None:
            raise NotFound
        filed = stamp(new.filed_at) if new.filed_at else ctx.now
        challenge = {
            "id": new_id(), "space": space, "exhibit": exhibit, **said, "country": new.country, "filed_at": filed, "outcome": "open",
            "entered_by": ctx.who.user, "entered_at": ctx.now,
        }  # fmt: skip
        await queries.create(tx, challenge)
        await queries.stand(tx, exhibit)
        reason = f"{said['by']}: {said['ground']}"[: rules.LONGEST_DETAIL]
        await _entered(tx, ctx, scope, row, {"verb": Verb.CHALLENGED.value, "at": filed, "reason": reason, "place": said["court"]})
        return exhibit, [_told("challenged", row)]

    done = await change(ctx, space, key, Right.WRITE_CONTENT, work)
    await start(ctx.parts)
    return done


async def decide(ctx: Context, space: str, challenge: str, outcome: Outcome, ruling: str, key: str) -> str:
    """Write down what the court decided; what it excludes is excluded in its country from then on. Return the exhibit."""
    if outcome is Outcome.OPEN:
        raise Invalid("A decision rejects the challenge or excludes the exhibit.", "outcome")
    said = rules.text(ruling, "ruling")
    if not said:
        raise Invalid("Give the ruling by its number or its words; it stays with the exhibit.", "ruling")

    async def work(tx: Tx, scope: Scope) -> tuple[str, list[Change]]:
        found = await queries.lock(tx, scope, challenge)
        if found is None:
            raise NotFound
        before, row = found
        if before["outcome"] != Outcome.OPEN:
            raise Conflict("This challenge is decided already.")
        changes = {"outcome": outcome.value, "ruling": said, "ruled_at": ctx.now, "ruled_by": ctx.who.user}
        await queries.decide(tx, scope, challenge, changes)
        await queries.stand(tx, row["id"])
        entry = {"verb": Verb.RULED.value, "at": ctx.now, "reason": said, "place": before["court"], "refers_to": challenge}
        await _entered(tx, ctx, scope, row, entry)
        return row["id"], [_told("excluded" if outcome is Outcome.EXCLUDED else "upheld", row)]

    done = await change(ctx, space, key, Right.MANAGE_CASES, work)
    await start(ctx.parts)
    return done


async def _entered(tx: Tx, ctx: Context, scope: Scope, row: dict[str, Any], said: dict[str, Any]) -> None:
    mine = {"space": scope.space, "by": ctx.who.user, "agency": scope.agency, **rules.moment(row, ctx.now)}
    await custody.append(tx, row["id"], [mine | said])


def _told(verb: str, row: dict[str, Any]) -> Change:
    return Change("exhibit", verb, row["id"], (row["vis"],), (row["vis"],))


# ── what rests on it ──────────────────────────────────────────────────────────────────────────────────────────────────────────────


async def start(parts: Parts) -> None:
    """Let the records of every exhibit follow that was decided about: after a decision, and at the start of a server."""
    for exhibit, space in await parts.graph.read(queries.follows):
        parts.jobs.start(f"standing {exhibit}", _followed(parts, exhibit, space))


async def _followed(parts: Parts, exhibit: str, space: str) -> None:
    while True:
        try:
            while await _batch(parts, exhibit, space):
                pass
        except Exception as error:  # noqa: BLE001 - a process boundary: what was decided stands until all has followed
            log.failure("standing", error)
            await asyncio.sleep(AGAIN_S)
        else:
            return


async def _batch(parts: Parts, exhibit: str, space: str) -> bool:
    """Let a batch of records follow; say whether there may be more."""
    now = stamp(parts.clock.now())

    async def work(tx: Tx) -> tuple[int, list[str]]:
        stands = await queries.standing(tx, exhibit)
        rows = await queries.lacking(tx, space, exhibit, stands, BATCH)
        if not rows:
            await queries.followed(tx, exhibit)
            return 0, []
        entities, links = marking_queries.subjects(rows)
        await access.lock(tx, space, entities, [{"id": it.id, "source": it.source, "target": it.target} for it in links.values()])
        await queries.set_records(tx, [row["id"] for row in rows], stands)
        await writes.recaption(tx, entities)
        said = [(row["about"], links.get(row["about"]), (row["vis"],), (row["vis"],), row["id"]) for row in rows]
        return len(rows), await outbox.append(tx, space, "", now, await writes.changes(tx, space, said, "followed"))

    number, events = await parts.graph.write(work)
    if events:
        trail = Trail(parts.audit)
        with doing("followStanding"):
            trail.changed(space, [exhibit], events)
        await trail.flush()
        parts.wake(space)
    return number > 0


# ── what falls if it falls ────────────────────────────────────────────────────────────────────────────────────────────────────────


@dataclass(frozen=True, slots=True)
class Fallen:
    """What one reader sees to rest on an exhibit: a subject, what is said of it, and the best of what else says so.

    `altered_at`: since when the file that this best one cites is known to be altered (ISO 8601 UTC); None while it is not.
    """

    subject: dict[str, Any]
    property: str | None
    value: str | None
    others: int
    best: Record | None
    altered_at: str | None


async def falls(ctx: Context, space: str, exhibit: str, country: str | None) -> list[Fallen]:
    """Return what loses its last support, then what keeps another, were the exhibit excluded by a court of `country`.

    Worked out from what the reader sees and nothing else; nothing changes.
    """

    async def work(tx: Tx) -> list[Fallen]:
        scope = await enter(tx, ctx, space)
        if await evidence_queries.markings_of(tx, scope, exhibit) is None:
            raise NotFound
        resting = [record(row) for row in await queries.resting(tx, scope, exhibit)]
        standing = [each for each in resting if each.status != "retracted"]
        about = sorted({each.about for each in standing})
        beside = [record(row) for row in await queries.beside(tx, scope, about)] if about else []
        subjects = await subjects_of(tx, scope, about)
        fallen = {each.id for each in resting}
        others = await all_shown(tx, scope, [each for each in beside if each.id not in fallen and _stands(each, country)])
        named = await evidence_queries.names(tx, scope, sorted({each.exhibit for each in others if each.exhibit}))
        return _sorted(_fallen(standing, others, subjects, {one: each.altered_at for one, each in named.items()}))

    found = await ctx.graph.read(work)
    ctx.trail.saw(space, [exhibit, *dict.fromkeys(one for each in found for one in ids_of(each.subject))])
    return found


def _stands(each: Record, country: str | None) -> bool:
    """Say whether a record stands before the courts of a country; before any, where none is named."""
    if country:
        return standing_in(country, each.status, each.excluded_in, each.courts) == "asserted"
    return each.status not in {"retracted", "excluded"} and not each.excluded_in


def _fallen(
    standing: list[Record], others: list[Record], subjects: dict[str, dict[str, Any]], altered: dict[str, str | None]
) -> list[Fallen]:
    saying = defaultdict[tuple[str, str | None, str | None], list[Record]](list)
    for each in others:
        for said in _said(each):
            saying[each.about, *said].append(each)
    asked = dict.fromkeys((each.about, *said) for each in standing for said in _said(each) if each.about in subjects)
    found = {each: _best(saying[each]) for each in asked}
    return [
        Fallen(subjects[each[0]], each[1], each[2], len(saying[each]), best, altered.get(best.exhibit or "") if best else None)
        for each, best in found.items()
    ]


def _said(each: Record) -> list[tuple[str | None, str | None]]:
    """Return what a record says, value by value; of a link that it is there."""
    if each.source:
        return [(None, None)]
    return [(name, value) for name, values in each.values.items() for value in values] or [(None, None)]


def _best(records: list[Record]) -> Record | None:
    return min(records, key=lambda each: (each.grade or "Z9", each.asserted_at, each.id), default=None)


def _sorted(found: list[Fallen]) -> list[Fallen]:
    return sorted(found, key=lambda each: (each.others > 0, each.subject["caption"], each.property or "", each.value or ""))
