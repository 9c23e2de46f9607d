"""Moments as the graph stores them: any can be stored, and their texts sort as they do."""

from datetime import UTC, datetime, timedelta, timezone

from hypothesis import example, given
from hypothesis import strategies as st

from graph.records import moment, stamp

FARTHEST = timedelta(hours=14)
moments = st.datetimes(timezones=st.just(UTC))


@given(one=moments, other=moments)
@example(one=datetime(999, 1, 1, tzinfo=UTC), other=datetime(2026, 1, 1, tzinfo=UTC))
def test_stored_moments_sort_as_moments_do(one: datetime, other: datetime) -> None:
    assert (stamp(one) < stamp(other)) == (one < other)
    assert moment(stamp(one)) == one


@given(at=moments, offset=st.timedeltas(min_value=-FARTHEST, max_value=FARTHEST))
@example(at=datetime.min.replace(tzinfo=UTC), offset=FARTHEST)
@example(at=datetime.max.replace(tzinfo=UTC), offset=-FARTHEST)
def test_every_moment_can_be_stored_whatever_its_offset(at: datetime, offset: timedelta) -> None:
    assert abs(moment(stamp(at.replace(tzinfo=timezone(offset)))) - at) <= FARTHEST
