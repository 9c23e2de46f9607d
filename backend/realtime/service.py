"""The graph questions of the hub. One look answers everything that a delivery needs, in one transaction and in a fixed order.

The order makes revocation sound on engines whose transactions read what is committed at each statement: the events first, *then* what
each reader may see. Whatever ended a reader's standing before one of these events was committed before it, so it is seen here.
"""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from datetime import timedelta
from typing import TYPE_CHECKING

from backend.core import refused
from backend.core.audit import Operation, doing
from backend.core.context import Context, trail_of
from backend.core.errors import Invalid
from backend.core.faults import new_correlation
from backend.core.ids import is_id
from backend.realtime import rules
from graph import access
from graph.outbox import CONTROL
from graph.queries import realtime as queries
from graph.records import moment, stamp

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence
    from datetime import datetime

    from backend.core.actor import Actor
    from backend.core.context import Parts
    from backend.realtime.rules import Classes
    from graph.access import Scope
    from graph.driver import Tx
    from graph.queries.realtime import Event


Who = tuple[str, bool]
"""A person, and whether their session is one of a strong sign-in: there they may see more than in another one."""


@dataclass(frozen=True, slots=True)
class Known:
    """What the people of a room may see, and the versions at which that was worked out."""

    access_version: int = -1
    class_version: int = -1
    standings: Mapping[str, object] = field(default_factory=dict[str, object])
    scopes: Mapping[Who, Scope] = field(default_factory=dict["Who", "Scope"])


@dataclass(frozen=True, slots=True)
class Ask:
    """One look at a room: which readers' scopes, which pages (each after a number), the classes of what is looked at."""

    space: str
    readers: frozenset[Who]
    after: frozenset[int]
    recent: Sequence[Event]
    looking: Sequence[str]
    known: Known


@dataclass(frozen=True, slots=True)
class Look:
    """What a delivery is decided from. `head` is the last number of the stream, `control` that of the control stream."""

    head: int
    control: int
    known: Known
    pages: Mapping[int, Sequence[Event]]
    now: Mapping[str, Classes]


async def look(parts: Parts, ask: Ask) -> Look:
    """Ask everything for one delivery. Raises `GraphUnavailable`."""

    async def work(tx: Tx) -> Look:
        head = await queries.clock(tx, ask.space)
        pages = {after: await _page(tx, ask, after) for after in ask.after if after < head}
        known, control = await _known(tx, ask, stamp(parts.clock.now()))
        now = await _classes(tx, ask, [event for page in pages.values() for event in page])
        return Look(head, control, known, pages, now)

    return await parts.graph.read(work)


async def _page(tx: Tx, ask: Ask, after: int) -> Sequence[Event]:
    at_hand = rules.covered(ask.recent, after)
    return at_hand or await queries.events(tx, ask.space, after, rules.page_end(after))


async def _known(tx: Tx, ask: Ask, now: str) -> tuple[Known, int]:
    """Work out again what may have changed: everybody's standing with the access version, what it shows with the class version."""
    before = ask.known
    access_version, class_version, control = await queries.versions(tx, ask.space)
    unchanged = access_version == before.access_version
    standings = before.standings if unchanged else await queries.standings(tx, ask.space)
    scopes: dict[Who, Scope] = {}
    for who in ask.readers:
        user, strong = who
        old = before.scopes.get(who)
        if old is None or now >= old.until or standings.get(user) != before.standings.get(user):
            scopes[who] = await access.scope(tx, user, ask.space, now, strong=strong)
        else:
            scopes[who] = old
    if class_version != before.class_version:
        scopes = await _widened(tx, ask.space, class_version, scopes)
    return Known(access_version, class_version, standings, scopes), control


async def _widened(tx: Tx, space: str, class_version: int, scopes: Mapping[Who, Scope]) -> dict[Who, Scope]:
    """Add new classes to what each sees, once for all who hold the same markings."""
    classes = await access.known_classes(tx, space, class_version)
    held_by = {scope.held for scope in scopes.values()}
    vis = {held: sorted(one for one, lines in classes.items() if access.satisfied(lines, held)) for held in held_by}
    return {who: replace(scope, vis=vis[scope.held]) if scope.role else scope for who, scope in scopes.items()}


async def _classes(tx: Tx, ask: Ask, events: Sequence[Event]) -> dict[str, Classes]:
    subjects = rules.subjects_of(events)
    looking = [one for one in ask.looking if one not in subjects.entities]
    found = await queries.classes_of(tx, ask.space, subjects.entities + looking, subjects.links, subjects.stored)
    rest = [one for one in looking if one not in found]
    if rest:
        found |= await queries.classes_of(tx, ask.space, [], await queries.ends(tx, ask.space, rest), dict.fromkeys(queries.STORED, rest))
    return found


async def positions(parts: Parts, spaces: Sequence[str]) -> dict[str, tuple[int, int]]:
    """Return (number of the last event, access version) of each stream, the control stream included."""
    return await parts.graph.read(lambda tx: queries.positions(tx, [*spaces, CONTROL]))


async def control(parts: Parts, after: int) -> tuple[int, set[str]]:
    """Return the last number of the control stream as far as read, and the sessions and people that its new events are about."""
    found = await parts.graph.read(lambda tx: queries.events(tx, CONTROL, after, after + rules.PAGE))
    return (found[-1].seq if found else after), {event.subject for event in found}


async def sessions(parts: Parts, ids: Sequence[str]) -> dict[str, datetime]:
    """Return the sessions among `ids` that hold now, each with the moment at which it runs out unless it is used."""
    settings, now = parts.settings, parts.clock.now()
    rows = await parts.graph.read(lambda tx: queries.sessions(tx, list(ids)))
    idle = timedelta(seconds=settings.session_idle_s)
    until = {one: min(moment(ends_at), moment(seen_at) + idle) for one, (ends_at, seen_at) in rows.items()}
    return {one: end for one, end in until.items() if now < end}


async def log(parts: Parts, actor: Actor, name: str, space: str) -> None:
    """Write that a person subscribed, resumed or unsubscribed, durably, before anything of it leaves. Raises `AuditUnavailable`.

    What has not the form of an id names no space of ours, and is not repeated: the log holds no text of anybody's.
    """
    trail = trail_of(parts, actor)
    with doing(name, Operation.CONSULTATION):
        trail.saw(space if is_id(space) else None, ())
    await trail.flush()


async def log_refused(parts: Parts, actor: Actor) -> None:
    """Write that somebody sent what is no message of ours, and of which nothing is repeated. Raises `AuditUnavailable`."""
    ctx = Context(parts, actor, trail_of(parts, actor), new_correlation())
    refused.note(ctx, "live", Operation.CONSULTATION, Invalid.code)
    await ctx.trail.flush()
