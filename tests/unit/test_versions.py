"""What a reader knew of an item, held against what it is now: any text at all may be sent."""

import pytest

from backend.core import versions
from backend.core.errors import Conflict


@pytest.mark.parametrize("sent", ["", "0af", "*æ", "\U0010ffff", "\ud800"])
def test_any_other_text_is_a_conflict(sent: str) -> None:
    with pytest.raises(Conflict):
        versions.require(sent, "0af3")


def test_the_present_state_passes() -> None:
    versions.require("0af3", "0af3")
