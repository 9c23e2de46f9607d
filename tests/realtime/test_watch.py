"""`joinder watch`: prints notices, comes back by itself, and says why it stops."""

from __future__ import annotations

import asyncio
from typing import TYPE_CHECKING

import pytest

from backend.core.ids import new_id
from backend.core.remote import Remote, RemoteError
from backend.realtime.watch import follow, watch
from backend.teams import service as teams
from tests.realtime.live import PATIENCE_S, SPACE

if TYPE_CHECKING:
    from collections.abc import Callable

    from tests.realtime.live import Live


class Screen:
    """Takes the lines of a watcher, without their time."""

    def __init__(self) -> None:
        self.lines: asyncio.Queue[str] = asyncio.Queue()

    def __call__(self, line: str) -> None:
        self.lines.put_nowait(line.partition(" ")[2])

    async def until(self, wanted: Callable[[str], bool]) -> list[str]:
        found: list[str] = []
        async with asyncio.timeout(PATIENCE_S):
            while not found or not wanted(found[-1]):
                found.append(await self.lines.get())
        return found


async def start(live: Live, screen: Screen) -> asyncio.Task[None]:
    cookie = "session=" + await live.session("Maarten")
    origin = live.hub.parts.settings.address
    task = asyncio.create_task(follow(origin, {"Cookie": cookie}, live.world.ids[SPACE], screen))
    await screen.until(lambda line: line.startswith("watching"))
    return task


async def test_notices_are_printed_one_a_line(live: Live) -> None:
    screen = Screen()
    task = await start(live, screen)
    ilian = await live.world.entity(SPACE, "Ilian", "Chiara", "NA-1")
    assert await screen.until(lambda line: ilian in line) == [f"changed entity {ilian}"]
    task.cancel()


async def test_a_broken_connection_is_resumed_without_a_gap(live: Live) -> None:
    screen = Screen()
    task = await start(live, screen)
    for connection in live.connections():
        connection.close(4408, "slow consumer")
    made = [await live.world.entity(SPACE, name, "Chiara", "NA-1") for name in ("Ilian", "Tamsin")]
    lines = await screen.until(lambda line: made[-1] in line)
    assert [line for line in lines if line.startswith("changed")] == [f"changed entity {one}" for one in made]
    task.cancel()


async def test_the_end_of_the_membership_ends_it_with_a_reason(live: Live) -> None:
    task = await start(live, Screen())
    await teams.end(live.world.ctx("Chiara"), live.world.ids[SPACE], live.world.memberships[SPACE, "Maarten"], new_id())
    with pytest.raises(RemoteError, match="member"):
        await asyncio.wait_for(task, PATIENCE_S)


@pytest.mark.parametrize(("url", "text"), [("nonsense", "not the address"), ("http://127.0.0.1:1", "cannot be reached")])
async def test_an_address_where_nothing_answers_is_named(url: str, text: str) -> None:
    with pytest.raises(RemoteError, match=text):
        await watch(Remote.signed_in(url, "chiara", "secret"), "space", print)
