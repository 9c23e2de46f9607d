"""What one request showed and changed, collected on the way and written before the answer leaves."""

from __future__ import annotations

from contextlib import contextmanager
from contextvars import ContextVar
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from backend.core import meters
from backend.core.audit_entry import Entry, Operation

if TYPE_CHECKING:
    from collections.abc import Generator, Iterable
    from datetime import datetime

    from backend.core.audit import AuditLog


@dataclass(frozen=True, slots=True)
class _Doing:
    """What the code is at, said once for everything seen and changed meanwhile."""

    name: str = "request"
    operation: Operation | None = None
    justification: str | None = None
    recipient: str | None = None
    outcome: str | None = None


_doing: ContextVar[_Doing] = ContextVar("audit_doing", default=_Doing())  # noqa: B039 - frozen


@contextmanager
def doing(
    name: str,
    operation: Operation | None = None,
    *,
    justification: str | None = None,
    recipient: str | None = None,
    outcome: str | None = None,
) -> Generator[None]:
    """Name the GraphQL field, route or live message for every `saw` and `changed` within, in this task.

    `operation` is set where the usual kinds (consultation for `saw`, alteration for `changed`) do not fit; `justification` and
    `recipient` are references (ids, codes), never free text; `outcome` is the code with which something was refused.
    """
    before = _doing.set(_Doing(name, operation, justification, recipient, outcome))
    try:
        yield
    finally:
        _doing.reset(before)


@dataclass(frozen=True, slots=True)
class _About:
    """What is told in one entry."""

    operation: Operation
    space: str | None
    doing: _Doing


@dataclass(slots=True)
class _Told:
    """Since when, and the ids in the order met, each once."""

    at: datetime
    ids: dict[str, None] = field(default_factory=dict[str, None])
    events: dict[str, None] = field(default_factory=dict[str, None])
    passed_over: int = 0


class Trail:
    """Collects for one request; `flush` writes one entry for each operation, space and `doing`."""

    def __init__(
        self, log: AuditLog, *, person: str | None = None, agency: str | None = None, session: str | None = None, zone: str = "UTC"
    ) -> None:
        """Take who asks: ids of person and agency, the hash of the session's id, the person's IANA zone."""
        self._log = log
        self._person = person
        self._agency = agency
        self._session = session
        self._zone = zone
        self._told: dict[_About, _Told] = {}

    def is_by(self, person: str, session: str | None = None) -> None:
        """Say who asks, where that is known only now: somebody signing in, or setting their password with a code."""
        self._person, self._session = person, session

    @property
    def pending(self) -> bool:
        """Whether something was seen or changed that is not written yet: nothing may leave while it is true."""
        return bool(self._told)

    def saw(self, space: str | None, ids: Iterable[str], operation: Operation | None = None) -> None:
        """Note that these ids are about to be shown. An empty answer is noted too: that nothing was found is an answer."""
        self._note(operation, Operation.CONSULTATION, space).ids.update(dict.fromkeys(ids))

    def changed(self, space: str | None, ids: str | Iterable[str], events: Iterable[str] = (), operation: Operation | None = None) -> None:
        """Note what was changed and the graph's events that tell how."""
        told = self._note(operation, Operation.ALTERATION, space)
        told.ids.update(dict.fromkeys([ids] if isinstance(ids, str) else ids))
        told.events.update(dict.fromkeys(events))

    def refused(self, session: str, space: str | None, ids: Iterable[str]) -> None:
        """Note that something was refused, with the ids that the caller named; of a flood, only now and then."""
        passed_over = self._log.refusals.passed_over(session)
        if passed_over is not None:
            told = self._note(None, Operation.CONSULTATION, space)
            told.ids.update(dict.fromkeys(ids))
            told.passed_over += passed_over

    async def flush(self) -> None:
        """Return once everything noted is durable. Raises AuditUnavailable: then all of it is still noted."""
        if not self._told:
            return
        writing, self._told = self._told, {}
        try:
            with meters.AUDIT.time():
                await self._log.append(*(self._entry(about, told) for about, told in writing.items()))
        except BaseException:
            self._take_back(writing)
            raise

    def _note(self, operation: Operation | None, usual: Operation, space: str | None) -> _Told:
        now = _doing.get()
        about = _About(operation or now.operation or usual, space, now)
        return self._told.setdefault(about, _Told(self._log.clock.now()))

    def _entry(self, about: _About, told: _Told) -> Entry:
        return Entry(
            operation=about.operation,
            name=about.doing.name,
            at=told.at,
            zone=self._zone,
            person=self._person,
            agency=self._agency,
            session=self._session,
            space=about.space,
            ids=tuple(told.ids),
            justification=about.doing.justification,
            recipient=about.doing.recipient,
            events=tuple(told.events),
            outcome=about.doing.outcome,
            passed_over=told.passed_over or None,
        )

    def _take_back(self, writing: dict[_About, _Told]) -> None:
        noted, self._told = self._told, writing
        for about, told in noted.items():
            kept = self._told.setdefault(about, told)
            kept.ids.update(told.ids)
            kept.events.update(told.events)
            kept.passed_over += told.passed_over
