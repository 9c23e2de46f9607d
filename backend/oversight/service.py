"""Every change is in the audit log, whatever broke between its commit and its entry: what the log lacks is derived from the events.

A server killed in between leaves events that no entry names; so does a disk that was full in between. They are written to the log at
start, before anything is served, and every few minutes. Each space's clock keeps the number up to which its events are known to be
logged, so this looks at what happened since, never at everything.
"""

from __future__ import annotations

import asyncio
from dataclasses import dataclass
from datetime import timedelta
from itertools import takewhile
from typing import TYPE_CHECKING

from backend.core import log
from backend.core.audit import Entry, Operation
from backend.core.audit_verify import named_events
from graph.outbox import CONTROL
from graph.queries import oversight as queries
from graph.records import moment

if TYPE_CHECKING:
    from datetime import datetime

    from backend.core.context import Parts
    from graph.driver import Tx
    from graph.queries.oversight import Happened

PAGE = 500
EVERY_S, IN_HAND = 300.0, timedelta(minutes=10)
"""How often a running server looks, and how old an event must be by then: younger ones may belong to a request that is still at work."""
CLOCKS_APART = timedelta(minutes=1)


@dataclass(frozen=True, slots=True)
class _Stream:
    """A space whose events are known to be logged up to a number only; `first` is the next event."""

    space: str
    logged: int
    last: int
    first: list[Happened]

    @property
    def since(self) -> str:
        """When the first of these events happened."""
        return self.first[0].at


async def reconcile(parts: Parts, *, before: datetime | None = None) -> int:
    """Log every event that no entry names, in order, and return how many; with `before`, only what happened before that moment.

    Raises `AuditUnavailable` and `GraphUnavailable`; what was done until then is kept.
    """
    streams = [one for one in await parts.graph.read(_streams) if before is None or moment(one.since) < before]
    if not streams:
        return 0
    since = min(moment(one.since) for one in streams) - CLOCKS_APART
    named = await asyncio.to_thread(named_events, parts.audit.folder, since.timestamp())
    return sum([await _catch_up(parts, one, named, before) for one in streams])


async def keep_reconciled(parts: Parts) -> None:
    """Reconcile now and then, as long as the server runs."""
    while True:
        await asyncio.sleep(EVERY_S)
        try:
            await reconcile(parts, before=parts.clock.now() - IN_HAND)
        except Exception as error:  # noqa: BLE001 - boundary of the task: it looks again, and so does the next start
            log.failure("reconcile", error)


async def _streams(tx: Tx) -> list[_Stream]:
    found = [_Stream(*each, await queries.happened(tx, each[0], each[1], each[1] + 1)) for each in await queries.behind(tx)]
    return [one for one in found if one.first]


async def _catch_up(parts: Parts, stream: _Stream, named: set[str], before: datetime | None) -> int:
    written = 0
    for after in range(stream.logged, stream.last, PAGE):
        upto = min(after + PAGE, stream.last)
        events = await parts.graph.read(lambda tx, after=after, upto=upto: queries.happened(tx, stream.space, after, upto))
        due = list(takewhile(lambda event: before is None or moment(event.at) < before, events))
        lacking = [_entry(stream.space, event) for event in due if event.id not in named]
        if lacking:
            await parts.audit.append(*lacking)
            written += len(lacking)
        if due:
            await parts.graph.write(lambda tx, seq=due[-1].seq: queries.logged(tx, stream.space, seq))
        if len(due) < len(events):
            break
    return written


def _entry(space: str, event: Happened) -> Entry:
    """Derive the entry of an event. Its name says that no request wrote it."""
    return Entry(
        Operation.COLLECTION if event.kind == "import" else Operation.ALTERATION,
        f"reconciled.{event.kind}.{event.verb}".replace(" ", "-"),
        moment(event.at),
        person=event.actor,
        space=None if space == CONTROL else space,
        ids=(event.subject,),
        events=(event.id,),
    )
