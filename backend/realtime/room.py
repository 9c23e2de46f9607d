"""The readers of one space: where each is in its stream, what each may see, and the delivery of one look. Nothing here waits."""

from __future__ import annotations

import asyncio
from collections import defaultdict
from itertools import chain, islice
from typing import TYPE_CHECKING

from backend.realtime import rules
from backend.realtime.connection import SLOW
from backend.realtime.messages import Ended, Frame, Notice, Resync, Subscribed, frame, notice_frame
from backend.realtime.presence import Presence, Said, looked_at, seen_by
from backend.realtime.service import Ask, Known
from graph.access import FOREVER
from graph.records import moment

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence
    from datetime import datetime

    from backend.core.context import Parts
    from backend.realtime.connection import Connection
    from backend.realtime.rules import Reader
    from backend.realtime.service import Look, Who
    from graph.access import Scope
    from graph.queries.realtime import Event

MOST_PAGES, MOST_REPLAYED, MOST_RECENT = 32, 1000, 1000
MOST_HOLES = 10
"""How many looks in a row may find that an event is missing before everybody is told to ask again."""
PRESENCE_EVERY_S = 0.25


class Subscription:
    """One socket's place in one space. `replayed` counts the notices until it has caught up, then is None."""

    __slots__ = ("anchor", "connection", "cursor", "position", "replayed", "shown", "space", "turn")

    def __init__(self, connection: Connection, space: str, cursor: str | None) -> None:
        self.connection, self.space, self.cursor = connection, space, cursor
        self.position, self.turn = 0, -1
        self.replayed: int | None = 0
        self.anchor = self.shown = ""

    @property
    def who(self) -> Who:
        """Who reads, and in what sort of session."""
        return self.connection.actor.user, self.connection.actor.strong

    def put(self, message: Frame) -> bool:
        """Queue a message that follows the order of events; False where there is no room now."""
        return self.connection.put(self.space, message, self.anchor if message.tail else "")

    def tell(self, message: Frame) -> None:
        """Queue a message that must not be lost; where there is no room the socket closes, and learns it after coming back."""
        if not self.put(message):
            self.connection.close(SLOW, "slow consumer")


class Room:
    """All subscriptions of one space. `ask` says what the next delivery needs to know, `deliver` makes it."""

    __slots__ = (
        "_admitting", "_head", "_holes", "_known", "_parts", "_people", "_presented", "_readers", "_recent", "_subscriptions",
        "_turn", "dirty", "joining", "presence", "space", "until",
    )  # fmt: skip

    def __init__(self, parts: Parts, space: str) -> None:
        self._parts, self.space = parts, space
        self.dirty = True
        self.presence = Presence()
        self.joining: dict[Subscription, None] = {}
        self.until: datetime | None = None
        self._admitting: list[Subscription] = []
        self._subscriptions: dict[Connection, Subscription] = {}
        self._readers: dict[Who, Reader] = {}
        self._known = Known()
        self._recent: list[Event] = []
        self._people: list[Said] = []
        self._head = self._turn = -1
        self._holes = 0
        self._presented = 0.0

    # ── who is in it ──────────────────────────────────────────────────────────────────────────────────────────────────────────────

    @property
    def empty(self) -> bool:
        """Whether nobody is here or about to be."""
        return not self._subscriptions and not self.joining

    def has(self, connection: Connection) -> bool:
        """Say whether this socket was let in."""
        return connection in self._subscriptions

    def join(self, subscription: Subscription) -> Subscription:
        """Let someone in with the next delivery, if they may."""
        self.joining[subscription] = None
        return subscription

    def leave(self, subscription: Subscription) -> None:
        """Forget a subscription and what its person looked at here."""
        self.joining.pop(subscription, None)
        if self._subscriptions.get(subscription.connection) is subscription:
            del self._subscriptions[subscription.connection]
            self.presence.leave(subscription.connection)

    def moved(self, position: tuple[int, int]) -> bool:
        """Say whether anything may have changed since the last delivery: events, standings, or who is here."""
        return position != (self._head, self._known.access_version) or self.presence.turn != self._turn or self._holes > 0

    def ran_out(self, now: datetime) -> bool:
        """Say whether somebody's standing has begun or ended since the last delivery, with nobody writing anything."""
        return self.until is not None and self.until <= now

    # ── one delivery ──────────────────────────────────────────────────────────────────────────────────────────────────────────────

    def ask(self) -> Ask:
        """Say what the next delivery needs to know."""
        self._admitting = list(self.joining)
        everyone = list(chain(self._subscriptions.values(), self._admitting))
        self._people, self._turn = self.presence.people(), self.presence.turn
        stale = any(each.turn != self._turn for each in everyone)
        after = {each.position for each in self._subscriptions.values() if each.connection.ready}
        return Ask(
            space=self.space, readers=frozenset(each.who for each in everyone), after=frozenset(islice(sorted(after), MOST_PAGES)),
            recent=self._recent, looking=looked_at(self._people) if stale else [], known=self._known,
        )  # fmt: skip

    def deliver(self, seen: Look) -> list[Subscription]:
        """Tell everybody what they may hear of; return those who are in here no more."""
        before, self._known, self._head = self._known, seen.known, seen.head
        ends = min((scope.until for scope in seen.known.scopes.values()), default=FOREVER)
        self.until = None if ends >= FOREVER else moment(ends)
        self._remember(seen)
        self._readers = self._read_by(before)
        ended = self._part()
        self._rebase(before)
        self._admit(seen)
        self._holes = self._holes + 1 if any(not page for page in seen.pages.values()) else 0
        self._pages(seen)
        self._present(seen, before)
        return ended

    def _remember(self, seen: Look) -> None:
        """Keep the newest events at hand, one after the other."""
        for after, page in seen.pages.items():
            last = self._recent[-1].seq if self._recent else None
            if page and (last is None or after == last):
                self._recent = [*self._recent, *page][-MOST_RECENT:]

    def _read_by(self, before: Known) -> dict[Who, Reader]:
        """Work out readers anew where a scope did; equal ones are one object, so that they are framed once."""
        readers: dict[Who, Reader] = {}
        alike = {reader: reader for reader in self._readers.values()}
        for who, scope in self._known.scopes.items():
            same = scope is before.scopes.get(who)
            reader = self._readers.get(who) if same else rules.reader_of(scope)
            if reader:
                readers[who] = alike.setdefault(reader, reader)
        return readers

    def _part(self) -> list[Subscription]:
        """End the subscriptions of those who have no standing here: the same message as where there is no such space."""
        everyone = chain(self._subscriptions.values(), self._admitting)
        ended = [each for each in everyone if each.who in self._known.scopes and each.who not in self._readers]
        for each in ended:
            each.connection.forget(self.space)
            each.tell(frame(Ended(self.space)))
            self.leave(each)
        return ended

    def _rebase(self, before: Known) -> None:
        """Send resync to those who now see more or less than before; what waited for them is dropped."""
        changed = {who for who, scope in self._known.scopes.items() if _rebased(before.scopes.get(who), scope)}
        for each in self._subscriptions.values() if changed else ():
            if each.who in changed:
                each.connection.forget(self.space)
                self._begin(each, max(self._head, each.position))
                each.tell(frame(Resync(self.space)))

    def _begin(self, subscription: Subscription, position: int) -> None:
        scope = self._known.scopes[subscription.who]
        subscription.position, subscription.replayed = position, 0
        subscription.anchor = rules.anchor(self._parts.secret, self.space, subscription.who[0], rules.basis(scope))

    # ── letting in ────────────────────────────────────────────────────────────────────────────────────────────────────────────────

    def _admit(self, seen: Look) -> None:
        for each in self._admitting:
            if each in self.joining:
                del self.joining[each]
                self._subscriptions[each.connection] = each
                self._welcome(each, seen)
                self.dirty = self.dirty or each.position < seen.head
        self._admitting = []

    def _welcome(self, each: Subscription, seen: Look) -> None:
        place = self._place_of(each, seen)
        self._begin(each, seen.head if place is None else place)
        sealed = rules.place(self._parts.secret, self.space, each.position, self._now_s)
        each.tell(frame(Subscribed(self.space, f"{each.anchor}.{sealed}")))
        if place is None and each.cursor is not None:
            each.tell(frame(Resync(self.space)))

    def _place_of(self, each: Subscription, seen: Look) -> int | None:
        """Return where a cursor resumes; None where there is none or it no longer fits what its owner sees."""
        if each.cursor is None:
            return None
        found = rules.open_cursor(self._parts.secret, self.space, each.who[0], each.cursor, self._now_s)
        fits = found and found.seq <= seen.head and found.basis == rules.basis(seen.known.scopes[each.who])
        return found.seq if found and fits else None

    @property
    def _now_s(self) -> int:
        return int(self._parts.clock.now().timestamp())

    # ── notices ───────────────────────────────────────────────────────────────────────────────────────────────────────────────────

    def _pages(self, seen: Look) -> None:
        waiting: defaultdict[int, list[Subscription]] = defaultdict(list)
        for each in self._subscriptions.values():
            waiting[each.position].append(each)
        for after, page in seen.pages.items():
            framed: dict[Reader, list[tuple[int, Frame]]] = {}
            for each in waiting[after]:
                reader = self._readers[each.who]
                if reader not in framed:
                    framed[reader] = self._framed(page, reader, seen)
                self._move(each, page, framed[reader])
        behind = any(each.position < seen.head and each.connection.ready for each in self._subscriptions.values())
        self.dirty = self.dirty or (behind and not self._holes)

    def _framed(self, page: Sequence[Event], reader: Reader, seen: Look) -> list[tuple[int, Frame]]:
        """Return what equal readers hear of a page: (number, text)."""
        found: list[tuple[int, Frame]] = []
        for event in page:
            verdict = rules.verdict(event, reader, seen.now)
            if verdict:
                place = rules.place(self._parts.secret, self.space, event.seq, self._now_s)
                found.append((event.seq, notice_frame(Notice(self.space, verdict, event.kind, event.subject), place)))
        return found

    def _move(self, each: Subscription, page: Sequence[Event], notices: Iterable[tuple[int, Frame]]) -> None:
        """Queue what fits; the position follows, so that the rest comes when there is room."""
        if not each.connection.ready:
            return
        for seq, text in notices:
            if not each.put(text):
                return
            each.position = seq
            each.replayed = None if each.replayed is None else each.replayed + 1
        each.position = page[-1].seq if page else self._over_hole(each)
        if each.replayed is not None and each.position >= self._head:
            each.replayed = None
        if each.replayed is not None and each.replayed > MOST_REPLAYED:
            self._skip(each)

    def _over_hole(self, each: Subscription) -> int:
        if self._holes >= MOST_HOLES:
            self._skip(each)
        return each.position

    def _skip(self, each: Subscription) -> None:
        """Leave out what there is too much of, or what is not there, and say that something was left out."""
        each.connection.forget(self.space)
        self._begin(each, max(self._head, each.position))
        each.tell(frame(Resync(self.space)))

    # ── presence ──────────────────────────────────────────────────────────────────────────────────────────────────────────────────

    def _present(self, seen: Look, before: Known) -> None:
        """Tell who is here to those for whom it changed. What only hidden items changed is no message at all."""
        self._look_again(seen, before)
        now = asyncio.get_running_loop().time()
        stale = [each for each in self._subscriptions.values() if each.turn != self._turn and each.connection.ready]
        if not stale or now - self._presented < PRESENCE_EVERY_S:
            self._turn = -1 if stale else self._turn
            return
        self._presented = now
        shown: dict[Reader, Frame] = {}
        for each in stale:
            reader = self._readers[each.who]
            if reader not in shown:
                shown[reader] = frame(seen_by(reader, self.space, self._people, seen.now))
            if each.shown == shown[reader].head or each.put(shown[reader]):
                each.shown, each.turn = shown[reader].head, self._turn

    def _look_again(self, seen: Look, before: Known) -> None:
        """Show presence anew soon where what somebody looks at changed, or who sees what."""
        looked = set(looked_at(self._people))
        touched = any(event.subject in looked for page in seen.pages.values() for event in page)
        if looked and (touched or self._known.scopes != before.scopes):
            self.presence.turn += 1


def _rebased(before: Scope | None, after: Scope) -> bool:
    return before is not None and before is not after and before.role is not None and rules.basis(before) != rules.basis(after)
