"""How a property, an entity or a link stands, from its visible records."""

from __future__ import annotations

from dataclasses import dataclass

import pytest

from backend.entities.rules import whole


@dataclass(frozen=True, slots=True)
class Said:
    """A record as far as its standing goes."""

    status: str
    grade: str | None = None
    handling: str = "H0"


@pytest.mark.parametrize(
    ("statuses", "sources", "conflict", "standing"),
    [
        (["asserted"], 1, False, "one_source"),
        (["asserted", "corroborated"], 2, False, "agree"),
        (["asserted", "disputed"], 2, True, "conflict"),
        (["retracted", "retracted"], 0, False, "retracted"),
        (["retracted", "excluded"], 0, False, "excluded"),
        (["excluded", "reserved"], 0, False, "excluded"),
        (["retracted", "reserved"], 0, False, "reserved"),
        (["excluded", "asserted"], 1, False, "one_source"),
    ],
)
def test_an_item_stands_as_its_records_do(statuses: list[str], sources: int, conflict: bool, standing: str) -> None:  # noqa: FBT001 - a column of the table
    assert whole([Said(status) for status in statuses], sources, conflict=conflict) == standing
