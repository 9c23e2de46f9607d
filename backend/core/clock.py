"""The time of day, passed in wherever it is used so that a test can set it. Always aware and in UTC."""

from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from typing import Protocol


class Clock(Protocol):
    """Something that knows the time."""

    def now(self) -> datetime:
        """Return the time, aware, in UTC."""
        ...


@dataclass(frozen=True, slots=True)
class SystemClock:
    """The clock of the machine."""

    def now(self) -> datetime:
        """Return the machine's time in UTC, in microseconds."""
        return datetime.now(UTC)


class FixedClock:
    """A clock that stands still until it is moved."""

    __slots__ = ("_at",)

    def __init__(self, at: datetime) -> None:
        """Start at `at`. Raises ValueError when it is naive."""
        if at.tzinfo is None:
            message = "A time has a zone."
            raise ValueError(message)
        self._at = at.astimezone(UTC)

    def now(self) -> datetime:
        """Return the time that was set."""
        return self._at

    def advance(self, by: timedelta) -> None:
        """Move on by `by`."""
        self._at += by
