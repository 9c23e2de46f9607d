"""Of a flood of refusals a line is left now and then, which says how many it stands for."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

from backend.core import audit_refusals
from backend.core.audit_refusals import Refusals
from backend.core.clock import FixedClock

AT = datetime(2026, 11, 23, 14, 32, tzinfo=UTC)


def test_each_refusal_leaves_a_line_until_it_is_a_flood() -> None:
    refusals = Refusals(FixedClock(AT), burst=2)
    assert [refusals.passed_over("a") for _ in range(4)] == [0, 0, None, None]
    assert refusals.passed_over("b") == 0


def test_a_line_after_a_flood_says_how_many_left_none() -> None:
    clock = FixedClock(AT)
    refusals = Refusals(clock, burst=1)
    assert [refusals.passed_over("a") for _ in range(4)] == [0, None, None, None]
    clock.advance(timedelta(seconds=1))
    assert [refusals.passed_over("a") for _ in range(2)] == [3, None]


def test_many_sessions_take_no_more_room_than_a_bound() -> None:
    refusals = Refusals(FixedClock(AT))
    for number in range(audit_refusals.MOST_SESSIONS + 5):
        refusals.passed_over(str(number))
    assert len(refusals._buckets) == audit_refusals.MOST_SESSIONS  # noqa: SLF001 - what no caller can see
