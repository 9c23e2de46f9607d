"""How many refusals leave a line each: of a flood a line is left now and then, which says how many it stands for."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from datetime import datetime

    from backend.core.clock import Clock

BURST, PER_S, MOST_SESSIONS = 120.0, 1.0, 10_000


@dataclass(slots=True)
class _Bucket:
    left: float
    at: datetime
    passed_over: int = 0


class Refusals:
    """For each session a bucket of lines that fills again by and by, so that nobody fills the disk by asking for what they may not."""

    def __init__(self, clock: Clock, burst: float = BURST) -> None:
        """Take the clock of the log, and how many lines one session may leave at once."""
        self._clock, self._burst = clock, burst
        self._buckets: dict[str, _Bucket] = {}

    def passed_over(self, session: str) -> int | None:
        """Take one line of a session; return how many of its refusals left none since the last one, or None: this one leaves none too."""
        now = self._clock.now()
        bucket = self._buckets.get(session) or self._begin(session, now)
        bucket.left = min(self._burst, bucket.left + (now - bucket.at).total_seconds() * PER_S)
        bucket.at = now
        if bucket.left < 1:
            bucket.passed_over += 1
            return None
        bucket.left -= 1
        before, bucket.passed_over = bucket.passed_over, 0
        return before

    def _begin(self, session: str, now: datetime) -> _Bucket:
        if len(self._buckets) >= MOST_SESSIONS:
            self._buckets.pop(next(iter(self._buckets)))
        return self._buckets.setdefault(session, _Bucket(self._burst, now))
