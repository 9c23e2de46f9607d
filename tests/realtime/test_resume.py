"""Coming back with a cursor: nothing lost, nothing doubled, nothing that was hidden; resync when the cursor no longer fits."""

from __future__ import annotations

import asyncio
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from typing import TYPE_CHECKING, Any

import pytest

from backend.core.clock import FixedClock
from backend.core.ids import new_id
from backend.realtime import room, service
from backend.teams import service as teams
from graph.outbox import Change
from tests.realtime.live import SPACE, emit, serving
from tests.support.world import team

if TYPE_CHECKING:
    from backend.core.context import Parts
    from tests.realtime.live import Client, Live


async def entity(live: Live, name: str, *markings: str) -> str:
    return await live.world.entity(SPACE, name, "Chiara", "NA-1", markings=markings)


async def resumed(live: Live, person: str, cursor: str | None) -> Client:
    """Subscribe with a cursor and leave the answer unread."""
    client = await live.client(person)
    await client.send(type="subscribe", space=live.world.ids[SPACE], cursor=cursor)
    return client


async def cursor_of(live: Live, person: str) -> str:
    """The cursor of someone who read one notice and left."""
    client = await live.client(person, SPACE)
    await client.notices(await entity(live, "First"))
    await client.socket.close()
    assert client.cursor
    return client.cursor


async def test_what_was_missed_comes_once_and_in_order(live: Live) -> None:
    cursor = await cursor_of(live, "Maarten")
    missed = [await entity(live, f"Missed {number}") for number in range(5)]
    maarten = await resumed(live, "Maarten", cursor)
    fence = await entity(live, "Fence")
    assert [one for _, _, one in await maarten.notices(fence)] == [*missed, fence]


async def test_what_was_hidden_is_not_in_what_was_missed(live: Live) -> None:
    cursor = await cursor_of(live, "Maarten")
    await entity(live, "Source", "Covert")
    fence = await entity(live, "Fence")
    maarten = await resumed(live, "Maarten", cursor)
    assert await maarten.notices(fence) == [("changed", "entity", fence)]


async def test_each_notice_can_be_resumed_from(live: Live) -> None:
    maarten = await live.client("Maarten", SPACE)
    made = [await entity(live, f"Person {number}") for number in range(4)]
    cursors = [(await maarten.until("notice"))["cursor"] for _ in made]
    for place, cursor in enumerate(cursors[:-1], 1):
        again = await resumed(live, "Maarten", cursor)
        assert [one for _, _, one in await again.notices(made[-1])] == made[place:]


async def test_a_subscription_can_be_resumed_before_its_first_notice(live: Live) -> None:
    maarten = await live.client("Maarten", SPACE)
    made = await entity(live, "Ilian")
    again = await resumed(live, "Maarten", maarten.cursor)
    assert await again.notices(made) == [("changed", "entity", made)]


async def test_thousands_of_hidden_events_do_not_show_in_the_answer(live: Live) -> None:
    """No resync and no count: a reader behind any number of hidden events is answered as if there were none."""
    cursor, hidden = await cursor_of(live, "Maarten"), await entity(live, "Source", "Covert")
    marked = (await live.class_of(hidden),)
    await emit(live.world, *(Change("entity", "changed", hidden, marked, marked) for _ in range(room.MOST_REPLAYED + 500)))
    fence = await entity(live, "Fence")
    maarten = await resumed(live, "Maarten", cursor)
    assert (await maarten.next())["type"] == "subscribed"
    assert await maarten.notices(fence) == [("changed", "entity", fence)]


async def test_too_many_visible_ones_are_answered_with_resync(live: Live) -> None:
    cursor, ilian = await cursor_of(live, "Maarten"), await entity(live, "Ilian")
    seen = (await live.class_of(ilian),)
    await emit(live.world, *(Change("entity", "changed", ilian, seen, seen) for _ in range(room.MOST_REPLAYED + 500)))
    maarten = await resumed(live, "Maarten", cursor)
    assert (await maarten.until("resync"))["space"] == live.world.ids[SPACE]
    fence = await entity(live, "Fence")
    assert await maarten.notices(fence) == [("changed", "entity", fence)]


@pytest.mark.parametrize("cursor", ["nonsense", "a.b", "." * 200])
async def test_a_damaged_cursor_is_answered_with_resync(live: Live, cursor: str) -> None:
    maarten = await resumed(live, "Maarten", cursor)
    assert [(await maarten.next())["type"] for _ in range(2)] == ["subscribed", "resync"]


async def test_the_cursor_of_another_person_is_answered_with_resync(live: Live) -> None:
    maarten = await resumed(live, "Maarten", await cursor_of(live, "Chiara"))
    assert [(await maarten.next())["type"] for _ in range(2)] == ["subscribed", "resync"]


async def test_whoever_lost_a_clearance_meanwhile_is_told_to_resync(live: Live) -> None:
    cursor = await cursor_of(live, "Eglė")
    ctx, membership = live.world.ctx("Chiara"), live.world.memberships[SPACE, "Eglė"]
    await teams.withdraw(ctx, live.world.ids[SPACE], membership, live.world.ids["Covert"], new_id())
    egle = await resumed(live, "Eglė", cursor)
    assert [(await egle.next())["type"] for _ in range(2)] == ["subscribed", "resync"]


async def test_whoever_was_ended_meanwhile_is_told_no_more_than_a_stranger(live: Live) -> None:
    cursor = await cursor_of(live, "Maarten")
    await teams.end(live.world.ctx("Chiara"), live.world.ids[SPACE], live.world.memberships[SPACE, "Maarten"], new_id())
    maarten = await resumed(live, "Maarten", cursor)
    assert await maarten.next() == {"type": "ended", "space": live.world.ids[SPACE]}


async def test_an_old_cursor_is_answered_with_resync(parts: Parts) -> None:
    clock = FixedClock(datetime.now(UTC))
    async with serving(replace(parts, clock=clock), session_idle_s=10**6) as live:
        await team(live.world)
        cursor = await cursor_of(live, "Maarten")
        clock.advance(timedelta(hours=2))
        maarten = await resumed(live, "Maarten", cursor)
        assert [(await maarten.next())["type"] for _ in range(2)] == ["subscribed", "resync"]


async def test_whoever_comes_back_while_the_room_is_looked_at_is_let_in(live: Live, monkeypatch: pytest.MonkeyPatch) -> None:
    """The last one leaves and comes back on the same socket: the look that was under way is about a room that nobody is in any more."""
    maarten, space = await live.client("Maarten", SPACE), live.world.ids[SPACE]
    looked, back, held = asyncio.Event(), asyncio.Event(), asyncio.Event()
    look, hear = service.look, live.hub.hear

    async def slowly(*asked: Any) -> service.Look:
        seen = await look(*asked)
        looked.set()
        await held.wait()
        return seen

    async def heard(*said: Any) -> None:
        await hear(*said)
        back.set()

    monkeypatch.setattr(service, "look", slowly)
    monkeypatch.setattr(live.hub, "hear", heard)
    live.awake()
    await looked.wait()
    await maarten.send(type="subscribe", space=space, cursor=None)
    await back.wait()
    held.set()
    assert (await maarten.until("subscribed"))["space"] == space
