"""Receivers that stop reading cost little, are dropped with a reason, and lose nothing; the hub outlives the engine."""

from __future__ import annotations

import asyncio
import os
import signal
from dataclasses import replace
from typing import TYPE_CHECKING, Any

import pytest

from backend.core.actor import Actor
from backend.realtime.connection import MOST_BYTES, SLOW, Connection
from backend.realtime.messages import Frame
from backend.realtime.wire import EXTENSION
from graph import outbox
from graph.driver import Graph, GraphUnavailable, wait_until_ready
from graph.engine import Engine
from graph.migrations import runner
from graph.outbox import Change
from tests.realtime.live import PATIENCE_S, SPACE, emit, serving
from tests.support.world import team

if TYPE_CHECKING:
    from pathlib import Path

    from backend.core.context import Parts
    from tests.realtime.live import Live

MANY = 900


class Wire:
    """The sending side of a websocket whose other side reads only while `open` is set."""

    def __init__(self) -> None:
        self.open, self.lost, self._sent = asyncio.Event(), False, asyncio.Queue[str]()
        self.closed: tuple[int, str] | None = None
        self.scope: dict[str, Any] = {"extensions": {EXTENSION: self}}

    async def send(self, message: dict[str, str]) -> None:
        await self.open.wait()
        self._sent.put_nowait(message["text"])

    async def close(self, code: int, reason: str) -> None:
        await self.open.wait()
        self.closed = (code, reason)

    async def next(self) -> str:
        async with asyncio.timeout(PATIENCE_S):
            return await self._sent.get()

    def write_text(self, text: str) -> bool:
        if self.open.is_set():
            self._sent.put_nowait(text)
        return self.open.is_set()

    def cut(self) -> None:
        self.lost = True


def connection_on(wire: Wire) -> Connection:
    actor = Actor("u", "Somebody", "a", "session")
    return Connection(wire, actor, lambda _: None)  # pyright: ignore[reportArgumentType] - the half of a websocket that is used


async def test_what_waits_for_one_socket_is_bounded() -> None:
    connection, text = connection_on(Wire()), Frame("x" * 400)
    taken = 0
    while connection.put("space", text):
        taken += 1
        await asyncio.sleep(0)
    assert taken * 400 <= MOST_BYTES + 400


async def test_a_socket_that_takes_nothing_is_stalled_and_then_cut() -> None:
    wire = Wire()
    connection = connection_on(wire)
    connection.put("space", Frame("x"))
    await asyncio.sleep(0)
    assert [connection.stalled(asyncio.get_running_loop().time() + wait) for wait in (3.0, 4.5)] == [False, True]
    closing = connection.close(SLOW, "slow consumer")
    assert closing
    await closing
    assert (wire.lost, wire.closed) == (True, None)


async def test_a_socket_that_reads_again_learns_why_it_was_closed() -> None:
    wire = Wire()
    connection = connection_on(wire)
    connection.put("space", Frame("x"))
    await asyncio.sleep(0)
    closing = connection.close(SLOW, "slow consumer")
    wire.open.set()
    assert closing
    await closing
    assert (wire.lost, wire.closed) == (False, (SLOW, "slow consumer"))


async def test_what_waits_of_a_space_can_be_taken_back_and_numbers_stay_whole() -> None:
    wire = Wire()
    connection = connection_on(wire)
    for space in ("a", "b", "a"):
        connection.put(space, Frame('{"space":"' + space + '","n":'))
    connection.forget("a")
    wire.open.set()
    assert await wire.next() == '{"space":"b","n":0}'


async def test_a_reader_far_behind_gets_everything_by_and_by(live: Live) -> None:
    """More than fits into a queue is written at once; the position waits instead of the queue growing."""
    maarten, ilian = await live.client("Maarten", SPACE), await live.world.entity(SPACE, "Ilian", "Chiara", "NA-1")
    await maarten.notices(ilian)
    seen = (await live.class_of(ilian),)
    await emit(live.world, *(Change("entity", "changed", ilian, seen, seen) for _ in range(MANY)))
    assert [(await maarten.until("notice"))["id"] for _ in range(MANY)] == [ilian] * MANY
    fence = await live.world.entity(SPACE, "Fence", "Chiara", "NA-1")
    assert await maarten.notices(fence) == [("changed", "entity", fence)]


async def test_sockets_outlive_a_silent_graph_and_go_on_where_they_were(live: Live, monkeypatch: pytest.MonkeyPatch) -> None:
    maarten, graph, asked = await live.client("Maarten", SPACE), live.hub.parts.graph, asyncio.Event()

    async def away(*_: object) -> None:
        asked.set()
        raise GraphUnavailable

    with monkeypatch.context() as patch:
        patch.setattr(type(graph), "read", away)
        await asked.wait()
        await emit(live.world, Change("member", "joined", "meanwhile", after=outbox.EVERYONE))
    assert await maarten.notices("meanwhile") == [("changed", "member", "meanwhile")]


@pytest.mark.embedded
async def test_sockets_outlive_an_engine_that_is_killed(parts: Parts, tmp_path: Path) -> None:
    engine = Engine(tmp_path / "engine")
    address = await engine.start()
    try:
        async with Graph(address) as graph:
            await runner.migrate(graph)
            async with serving(replace(parts, graph=graph)) as live:
                await team(live.world)
                maarten = await live.client("Maarten", SPACE)
                assert engine.pid
                os.kill(engine.pid, signal.SIGKILL)
                await wait_until_ready(graph, 60)
                ilian = await live.world.entity(SPACE, "Ilian", "Chiara", "NA-1")
                assert await maarten.notices(ilian) == [("changed", "entity", ilian)]
    finally:
        await engine.stop()
