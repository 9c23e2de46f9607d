"""Lock-out and the life of a session, as pure functions of stored values and the time."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import timedelta
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from datetime import datetime

    from backend.config import Settings

FREE_TRIES = 5
FIRST_PAUSE = timedelta(seconds=30)
LONGEST_PAUSE = timedelta(hours=1)
FORGIVEN_AFTER = timedelta(hours=24)
SEEN_EVERY = timedelta(minutes=1)
SHORTEST_PASSWORD, LONGEST_PASSWORD = 12, 256
LONGEST_LOGIN = 120


@dataclass(frozen=True, slots=True)
class Tries:
    """Failures in a row and the moment until which the account refuses, whatever is typed."""

    failures: int
    locked_until: datetime | None


def locked(tries: Tries, now: datetime) -> bool:
    """Say whether the account refuses now."""
    return tries.locked_until is not None and now < tries.locked_until


def counted(tries: Tries, now: datetime) -> Tries:
    """Count one more try as a failure, before its password is looked at; a try during a pause changes nothing.

    The fifth failure in a row pauses the account for 30 seconds, each further one for twice as long, at most an hour. Failures are
    forgiven 24 hours after the last pause ended.
    """
    if locked(tries, now):
        return tries
    forgiven = tries.locked_until is not None and now - tries.locked_until >= FORGIVEN_AFTER
    failures = 1 if forgiven else tries.failures + 1
    return Tries(failures, now + pause(failures) if failures >= FREE_TRIES else tries.locked_until)


def pause(failures: int) -> timedelta:
    """Return how long the account refuses after this many failures in a row (at least `FREE_TRIES`)."""
    doublings = min(failures - FREE_TRIES, 16)
    return min(FIRST_PAUSE * 2**doublings, LONGEST_PAUSE)


def login_of(typed: str) -> str:
    """Return a login as stored: trimmed, lower case."""
    return typed.strip().lower()


def ends_at(settings: Settings, now: datetime) -> datetime:
    """Return when a session opened now ends, however much it is used."""
    return now + timedelta(seconds=settings.session_absolute_s)


def idle_since(settings: Settings, now: datetime) -> datetime:
    """Return the moment at or before which the last use of a session makes it ended by now."""
    return now - timedelta(seconds=settings.session_idle_s)


def must_touch(seen_at: datetime, now: datetime) -> bool:
    """Say whether the use of a session is due to be written: at most once a minute."""
    return now - seen_at >= SEEN_EVERY


def cookie_name(settings: Settings) -> str:
    """Return the session cookie's name; the prefix binds it to this host and to TLS."""
    return "__Host-joinder" if settings.secure else "joinder"
