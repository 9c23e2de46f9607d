"""The server of `sockets.py`: the hub over its own engine, a writer that follows orders, and the anchor that only writes bytes."""

from __future__ import annotations

import asyncio
import json
import secrets
import sys
import tempfile
import time
from pathlib import Path
from typing import TYPE_CHECKING, Any

from backend.config import Settings
from backend.core.audit import AuditLog
from backend.core.clock import SystemClock
from backend.core.context import Parts
from backend.core.jobs import Jobs
from backend.core.wake import Wake
from backend.realtime.room import Room
from backend.storage.folder import FolderStore
from backend.storage.keys import SpaceKeys
from graph import access, outbox
from graph.driver import Graph
from graph.engine import Engine
from graph.migrations import runner
from graph.outbox import Change
from tests.realtime.live import SPACE, Live, serving

if TYPE_CHECKING:
    from backend.realtime.room import Subscription
    from backend.realtime.service import Look

RAW = b"\x81\x7e\x01\xa4" + b'{"type":"notice",' + b"x" * (0x1A4 - 17)
HOLD = """
MATCH (s:Space {id: $space})
UNWIND $rows AS row
MATCH (m:Membership {id: row.membership})
MERGE (k:Marking {id: row.marking}) ON CREATE SET k.space = $space, k.name = row.marking, k.kind = 'other', k.watermark = false
CREATE (m)-[:CLEARED_FOR {by: 'bench', valid_from: $now, valid_to: $to}]->(k)
RETURN count(m)
"""


class Anchor(asyncio.Protocol):
    """Keeps the transports of whoever connects."""

    everyone: list[asyncio.WriteTransport] = []  # noqa: RUF012 - one bench, one anchor

    def connection_made(self, transport: Any) -> None:
        self.everyone.append(transport)


class Bench:
    """Follows orders, one JSON object a line."""

    def __init__(self, live: Live, marked: list[str]) -> None:
        self.live, self.marked, self.delivered = live, marked, asyncio.Queue[float]()

    async def emit(self, *changes: Change) -> None:
        world = self.live.world
        await world.parts.graph.write(lambda tx: outbox.append(tx, world.ids[SPACE], "bench", world.now, list(changes)))
        world.parts.wake(world.ids[SPACE])

    def note_deliveries(self) -> None:
        """Note when each delivery begins."""
        real = Room.deliver
        told = self.delivered

        def deliver(self: Room, seen: Look) -> list[Subscription]:
            if any(seen.pages.values()):
                told.put_nowait(time.monotonic())
            return real(self, seen)

        Room.deliver = deliver

    async def obey(self, order: dict[str, Any]) -> dict[str, Any]:
        everyone = outbox.EVERYONE
        match order["do"]:
            case "raw":
                return {"at": _write_raw()}
            case "one":
                return await self._one(_change(everyone))
            case "classes":
                return await self._one(*(_change((one,)) for one in self.marked))
            case "missed":
                await self.emit(*(_change(everyone) for _ in range(order["number"])))
            case "steady":
                return {"sent": await self._steady(order["seconds"])}
            case _:
                pass
        return {"kib": _rss(), "number": len(Anchor.everyone)}

    async def _one(self, *changes: Change) -> dict[str, Any]:
        while not self.delivered.empty():
            self.delivered.get_nowait()
        await self.emit(*changes)
        return {"at": await self.delivered.get()}

    async def _steady(self, seconds: float) -> list[float]:
        """200 events a second in twenty transactions; return when each was committed."""
        sent: list[float] = []
        begun = time.monotonic()
        for turn in range(int(seconds * 20)):
            await asyncio.sleep(max(0.0, begun + turn / 20 - time.monotonic()))
            await self.emit(*(_change(outbox.EVERYONE) for _ in range(10)))
            sent += [time.monotonic()] * 10
        return sent


def _write_raw() -> float:
    at = time.monotonic()
    for transport in Anchor.everyone:
        transport.write(RAW)
    return at


def _change(after: tuple[str, ...]) -> Change:
    return Change("entity", "changed", secrets.token_hex(16), after, after)


def _rss() -> int:
    status = Path("/proc/self/status").read_text(encoding="ascii")
    return int(status.split("VmRSS:")[1].split()[0])


async def serve(people: int, classes: int) -> None:
    """Serve until standard input ends."""
    with tempfile.TemporaryDirectory(prefix="joinder-bench-") as folder:
        data, engine = Path(folder), Engine(Path(folder) / "graph")
        address = await engine.start()
        async with Graph(address) as graph:
            await runner.migrate(graph)
            parts = Parts(
                graph=graph, settings=Settings(data=data, heartbeat_s=3600), clock=SystemClock(), wake=Wake(), jobs=Jobs(),
                store=FolderStore(data / "files"), keys=await SpaceKeys.open(data), audit=await AuditLog.open(data / "audit"),
                secret=secrets.token_bytes(32),
            )  # fmt: skip
            async with serving(parts, look_s=0.5) as live:
                bench = await _planted(live, people, classes)
                anchor = await asyncio.get_running_loop().create_server(Anchor, "127.0.0.1", 0)
                said = {"port": live.port, "raw": anchor.sockets[0].getsockname()[1], "origin": live.hub.parts.settings.address}
                await _orders(bench, said | {"space": live.world.ids[SPACE], "sessions": list(live.actors)})
                anchor.close()
        await engine.stop()


async def _planted(live: Live, people: int, classes: int) -> Bench:
    """Many people in one space, each cleared for one of so many markings."""
    world = live.world
    await world.space(SPACE)
    rows: list[dict[str, str]] = []
    for number in range(people):
        membership = await world.member(SPACE, f"Person {number}")
        await live.session(f"Person {number}")
        rows.append({"membership": membership, "marking": f"bench-{world.ids[SPACE]}-{number % classes}"})
    marked: list[str] = []

    async def plant(tx: Any) -> None:
        marked.clear()
        await tx.value(HOLD, space=world.ids[SPACE], rows=rows, now=world.now, to=access.FOREVER)
        expressions = [frozenset({frozenset({marking})}) for marking in dict.fromkeys(row["marking"] for row in rows)]
        marked.extend([await access.intern(tx, world.ids[SPACE], one) for one in expressions])
        await access.changed(tx, world.ids[SPACE])

    await world.parts.graph.write(plant)
    bench = Bench(live, marked)
    bench.note_deliveries()
    return bench


async def _orders(bench: Bench, said: dict[str, Any]) -> None:
    reader = asyncio.StreamReader()
    await asyncio.get_running_loop().connect_read_pipe(lambda: asyncio.StreamReaderProtocol(reader), sys.stdin)
    _answer(said)
    while order := await reader.readline():
        _answer(await bench.obey(json.loads(order)))


def _answer(said: dict[str, Any]) -> None:
    sys.stdout.write(json.dumps(said) + "\n")
    sys.stdout.flush()
