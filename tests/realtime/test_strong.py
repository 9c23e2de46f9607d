"""One person, two sockets: only the one of a strong sign-in hears of what a marking that needs one hides."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from backend.core.ids import new_id
from backend.teams.markings import service as markings
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


async def test_a_weak_session_hears_nothing_more_once_a_marking_needs_a_strong_one(live: Live) -> None:
    world = live.world
    session = await live.session("Eglė")
    live.actors[session] = replace(live.actors[session], strong_at="")
    weak, strong = await live.client("Eglė", SPACE, session=session), await live.client("Eglė", SPACE)
    before = await world.entity(SPACE, "Ghost", "Chiara", "NA-1", markings=["Covert"])
    assert [one for _, _, one in await weak.notices(before)] == [before]
    await markings.change_marking(world.ctx("Chiara"), world.ids[SPACE], world.ids["Covert"], new_id(), strong=True)
    hidden = await world.entity(SPACE, "Second ghost", "Chiara", "NA-1", markings=["Covert"])
    shown = await world.entity(SPACE, "Ilian", "Chiara", "NA-1")
    heard = await weak.all_until("notice")
    assert [said["type"] for said in heard] == ["resync", "notice"]
    assert heard[-1]["id"] == shown
    assert hidden in [one for _, _, one in await strong.notices(shown)]
