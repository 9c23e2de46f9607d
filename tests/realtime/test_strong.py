"""One person, two sockets: only the one of a strong sign-in hears of what a marking that needs one hides."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from tests.realtime.live import SPACE

if TYPE_CHECKING:
    from tests.realtime.live import Live


async def test_a_weak_session_hears_nothing_of_what_needs_a_strong_one(live: Live) -> None:
    world = live.world
    await world.marking(SPACE, "Sealed", "Chiara", ["Eglė"], strong=True)
    session = await live.session("Eglė")
    live.actors[session] = replace(live.actors[session], strong_at="")
    weak, strong = await live.client("Eglė", SPACE, session=session), await live.client("Eglė", SPACE)
    hidden = await world.entity(SPACE, "Marta", "Chiara", "NA-1", markings=["Sealed"])
    shown = await world.entity(SPACE, "Bruno", "Chiara", "NA-1")
    assert [one for _, _, one in await strong.notices(shown)] == [hidden, shown]
    assert [one for _, _, one in await weak.notices(shown)] == [shown]
