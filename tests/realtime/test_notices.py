"""Who hears of what, over a real socket and a real graph."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from tests.realtime.live import Live

SPACE = "Saltmarsh"


async def test_another_reader_hears_of_a_new_entity(live: Live) -> None:
    maarten = await live.client("Maarten", SPACE)
    ilian = await live.world.entity(SPACE, "Ilian", "Chiara", "NA-1")
    assert await maarten.notices(ilian) == [("changed", "entity", ilian)]
