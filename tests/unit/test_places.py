"""On which page of an exhibit a locator stands."""

from __future__ import annotations

import pytest

from backend.evidence.places import PER_PAGE, page_of
from backend.evidence.reading import texts

PLACES = {
    "p.12": 12, "p.12 row 3": 12, "p. 7": 7, "p.3 §4": 3, "row 100": 1, "row 101": 2, "line 250": 3, "row 101-99": 1, "row 99–101": 1,
    "01:12": 1, "1:02:03": 1,
    "": None, "page 12": None, "p.0": None, "row 0": None, "p.12row 3": None, "01:72": None,
}  # fmt: skip


@pytest.mark.parametrize("locator", PLACES)
def test_a_locator_stands_on_a_page(locator: str) -> None:
    assert page_of(locator) == PLACES[locator]


def test_a_page_holds_as_many_rows_as_are_read_into_one() -> None:
    assert PER_PAGE == texts.LINES
