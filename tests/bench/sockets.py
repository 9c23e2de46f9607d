"""Measures the live socket: P6 to P10 of the performance goals, each beside its anchor in the same run.

    python tests/bench/sockets.py [--sockets 1000] [--people 100] [--classes 50] [--seconds 10]

Two processes, the server (with its engine) and the readers, on the same machine and its clock. Nothing is asserted.
"""

from __future__ import annotations

import argparse
import asyncio
import json
import statistics
import sys
import time
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import uvloop

sys.path.insert(0, str(Path(__file__).resolve().parents[2]))
from tests.bench.socket_server import serve

HANDSHAKE = (
    "GET /live HTTP/1.1\r\nHost: 127.0.0.1\r\nOrigin: {origin}\r\nCookie: session={session}\r\nUpgrade: websocket\r\n"
    "Connection: Upgrade\r\nSec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==\r\nSec-WebSocket-Version: 13\r\n"
    "Sec-WebSocket-Protocol: joinder.live.v1\r\n\r\n"
)
ONCE, WARM = 12, 3
"""Notices measured one by one, and how many of them are left out."""


class Reader(asyncio.Protocol):
    """Just enough of a websocket client to count notices and note when each came."""

    def __init__(self, handshake: bytes, first: bytes) -> None:
        self.handshake, self.first = handshake, first
        self.times: list[float] = []
        self.cursor, self.closed = "", False
        self.ready: asyncio.Future[None] = asyncio.get_running_loop().create_future()
        self.transport: Any = None
        self._rest: bytes = b""

    def connection_made(self, transport: Any) -> None:
        self.transport = transport
        transport.write(self.handshake)

    def data_received(self, data: bytes) -> None:
        now = time.monotonic()
        data = self._rest + data
        if self.handshake:
            _, found, data = data.partition(b"\r\n\r\n")
            if not found:
                return
            self.handshake = b""
            self.transport.write(self.first)
        while len(data) >= 4:
            size = data[1] & 127
            begin = 2 if size < 126 else 4
            size = size if size < 126 else int.from_bytes(data[2:4], "big")
            if len(data) < begin + size:
                break
            self.take(data[0] & 15, data[begin : begin + size], now)
            data = data[begin + size :]
        self._rest = data

    def take(self, kind: int, payload: bytes, now: float) -> None:
        if kind == 9:
            self.transport.write(frame(payload, kind=10))
        if kind != 1:
            return
        if b'"notice"' in payload:
            self.times.append(now)
        if b'"cursor"' in payload:
            self.cursor = json.loads(payload)["cursor"]
        if b'"subscribed"' in payload and not self.ready.done():
            self.ready.set_result(None)

    def connection_lost(self, exc: Exception | None) -> None:  # noqa: ARG002 - asyncio's
        self.closed = True
        self.ready.cancel()


def frame(payload: bytes, kind: int = 1) -> bytes:
    """A masked frame; the mask of zeros leaves the payload as it is."""
    size = bytes([128 | len(payload)]) if len(payload) < 126 else bytes([254]) + len(payload).to_bytes(2, "big")
    return bytes([128 | kind]) + size + bytes(4) + payload


@dataclass
class Bench:
    """The server at the other end of a pipe."""

    process: asyncio.subprocess.Process
    said: dict[str, Any] = field(default_factory=dict[str, Any])

    async def ask(self, **order: object) -> dict[str, Any]:
        assert self.process.stdin
        assert self.process.stdout
        self.process.stdin.write(json.dumps(order).encode() + b"\n")
        return json.loads(await self.process.stdout.readline())

    async def connect(self, number: int, cursors: list[str] | None = None) -> list[Reader]:
        """Open so many sockets, fifty at a time."""
        gate = asyncio.Semaphore(50)
        return await asyncio.gather(*(self._one(place, cursors[place] if cursors else None, gate) for place in range(number)))

    async def _one(self, place: int, cursor: str | None, gate: asyncio.Semaphore) -> Reader:
        sessions: list[str] = self.said["sessions"]
        hello = HANDSHAKE.format(origin=self.said["origin"], session=sessions[place % len(sessions)]).encode()
        subscribe = frame(json.dumps({"type": "subscribe", "space": self.said["space"], "cursor": cursor}).encode())
        async with gate:
            _, reader = await asyncio.get_running_loop().create_connection(lambda: Reader(hello, subscribe), "127.0.0.1", self.said["port"])
            await reader.ready
        return reader

    async def raw(self, number: int) -> list[Reader]:
        """Open sockets to the anchor: a server that only writes bytes."""
        readers: list[Reader] = []
        for _ in range(number):
            _, reader = await asyncio.get_running_loop().create_connection(lambda: Reader(b"", b""), "127.0.0.1", self.said["raw"])
            readers.append(reader)
        while (await self.ask(do="accepted"))["number"] < number:  # noqa: ASYNC110 - the other process only counts
            await asyncio.sleep(0.05)
        return readers


async def one_by_one(bench: Bench, readers: list[Reader], what: str) -> list[float]:
    """Send notices one at a time; return, for each, p99 in milliseconds from the beginning of the delivery to the readers."""
    found: list[float] = []
    for _ in range(ONCE):
        for reader in readers:
            reader.times.clear()
        begun = (await bench.ask(do=what))["at"]
        async with asyncio.timeout(30):
            while not all(reader.times for reader in readers):  # noqa: ASYNC110 - readers only note the time
                await asyncio.sleep(0.05)
        waits = sorted((reader.times[0] - begun) * 1000 for reader in readers)
        found.append(waits[int(len(waits) * 0.99) - 1])
    return found[WARM:]


async def steady(bench: Bench, readers: list[Reader], seconds: float) -> tuple[float, int]:
    """200 events a second; return p99 in ms of the time from commit to reader, and how many each reader got at least."""
    for reader in readers:
        reader.times.clear()
    said = await bench.ask(do="steady", seconds=seconds)
    await asyncio.sleep(2)
    sent: list[float] = said["sent"]
    waits = sorted(1000 * (came - at) for reader in readers for at, came in zip(sent, reader.times, strict=False))
    return waits[int(len(waits) * 0.99) - 1], min(len(reader.times) for reader in readers)


def line(name: str, value: str, anchor: str, ratio: float | None = None) -> None:
    sys.stdout.write(f"{name:<44}{value:>16}{anchor:>28}{'' if ratio is None else f'{ratio:>8.2f}×'}\n")
    sys.stdout.flush()


async def measure(bench: Bench, options: argparse.Namespace) -> None:
    number = options.sockets
    raw = await bench.raw(number)
    anchor = statistics.median(await one_by_one(bench, raw, "raw"))
    for reader in raw:
        reader.transport.close()
    empty = (await bench.ask(do="memory"))["kib"]
    begun = time.monotonic()
    readers = await bench.connect(number)
    took = time.monotonic() - begun
    await asyncio.sleep(1)
    full = (await bench.ask(do="memory"))["kib"]
    line(f"connect and subscribe {number}", f"{took:.1f} s", "")
    line("P8 memory of a connection", f"{(full - empty) / number:.1f} KiB", "goal 16 KiB")
    one = statistics.median(await one_by_one(bench, readers, "one"))
    line("P6 one notice, p99 from delivery", f"{one:.1f} ms", f"raw writer {anchor:.1f} ms", one / anchor)
    many = statistics.median(await one_by_one(bench, readers, "classes"))
    line(f"P7 {options.classes} classes, p99 from delivery", f"{many:.1f} ms", f"P6 {one:.1f} ms", many / one)
    await stalled(bench, readers, options.seconds)
    await again(bench, readers)


async def stalled(bench: Bench, readers: list[Reader], seconds: float) -> None:
    few = readers[: min(len(readers), 200)]
    calm, least = await steady(bench, few, seconds)
    line("P9 200 events/s, p99 from commit", f"{calm:.0f} ms", f"least {least} a reader")
    asleep = few[::10]
    for reader in asleep:
        reader.transport.pause_reading()
    awake = [reader for reader in few if reader not in asleep]
    rough, least = await steady(bench, awake, seconds)
    line("P9 the same while 10 % do not read", f"{rough:.0f} ms", f"least {least} a reader", rough / calm)
    for reader in asleep:
        reader.transport.resume_reading()
    await asyncio.sleep(3)


async def again(bench: Bench, readers: list[Reader]) -> None:
    """P10: everybody leaves, 200 events pass, everybody comes back with their cursor."""
    cursors = [reader.cursor for reader in readers]
    for reader in readers:
        reader.transport.abort()
    await bench.ask(do="missed", number=200)
    begun = time.monotonic()
    back = await bench.connect(len(readers), cursors)
    async with asyncio.timeout(120):
        while any(len(reader.times) < 200 for reader in back):  # noqa: ASYNC110 - readers only note the time
            await asyncio.sleep(0.1)
    took = time.monotonic() - begun
    await asyncio.sleep(1)
    exact = sum(len(reader.times) == 200 for reader in back)
    line(f"P10 {len(back)} come back, 200 missed each", f"{took:.1f} s", f"{exact} got exactly 200")


async def main(options: argparse.Namespace) -> None:
    process = await asyncio.create_subprocess_exec(
        sys.executable, __file__, "--serve", "--people", str(options.people), "--classes", str(options.classes),
        stdin=asyncio.subprocess.PIPE, stdout=asyncio.subprocess.PIPE, limit=1 << 24,
    )  # fmt: skip
    assert process.stdin
    assert process.stdout
    bench = Bench(process, json.loads(await process.stdout.readline()))
    try:
        await measure(bench, options)
    finally:
        process.stdin.close()
        await process.wait()


if __name__ == "__main__":
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    for name, default in (("--sockets", 1000), ("--people", 100), ("--classes", 50), ("--seconds", 10)):
        parser.add_argument(name, type=int, default=default)
    parser.add_argument("--serve", action="store_true", help=argparse.SUPPRESS)
    given = parser.parse_args()
    uvloop.run(serve(given.people, given.classes) if given.serve else main(given))
