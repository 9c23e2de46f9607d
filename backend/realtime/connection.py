"""One socket as the hub sees it: a counter of its own, a bounded queue, and a task only while the other side does not keep up."""

from __future__ import annotations

import asyncio
from collections import deque
from typing import TYPE_CHECKING, cast

from starlette.websockets import WebSocketDisconnect

from backend.realtime.messages import Frame, Heartbeat, frame
from backend.realtime.wire import EXTENSION

if TYPE_CHECKING:
    from collections.abc import Callable

    from starlette.websockets import WebSocket

    from backend.core.actor import Actor
    from backend.realtime.room import Subscription
    from backend.realtime.wire import Line

MOST_BYTES = 32 * 1024
"""What may wait here, in characters on the wire; the transport below holds half as much."""
ROOM_FOR_MORE = MOST_BYTES // 2
STALLED_S, CLOSING_S = 4.0, 1.0
BAD_MESSAGE, SESSION_ENDED, ORIGIN_REFUSED, SLOW, RESTARTING = 4400, 4401, 4403, 4408, 1012
BEATS = 30
"""Parts of the interval between two heartbeats; each socket has its place in one of them."""
_HEARTBEAT = frame(Heartbeat())
_Waiting = tuple[str, Frame, str]


class Connection:
    """`put` never waits. Whoever delivers asks `ready` first and comes again when `on_room` is called."""

    __slots__ = (
        "_closing", "_line", "_n", "_on_room", "_queue", "_sending", "_since", "_size", "_socket", "actor", "closing", "full",
        "subscriptions",
    )  # fmt: skip

    def __init__(self, socket: WebSocket, actor: Actor, on_room: Callable[[Connection], None]) -> None:
        self.actor = actor
        self.subscriptions: dict[str, Subscription] = {}
        self.closing = False
        self.full = False
        self._socket, self._on_room = socket, on_room
        self._line = cast("Line | None", socket.scope.get("extensions", {}).get(EXTENSION))
        self._queue: deque[_Waiting] | None = None
        self._size = self._n = 0
        self._sending: asyncio.Task[None] | None = None
        self._closing: asyncio.Task[None] | None = None
        self._since: float | None = None

    # ── putting ───────────────────────────────────────────────────────────────────────────────────────────────────────────────────

    @property
    def ready(self) -> bool:
        """Whether there is room for notices; where not, the hub leaves this socket's position where it is."""
        if self._size < ROOM_FOR_MORE and not self.closing:
            return True
        self.full = True
        return False

    def put(self, space: str, message: Frame, anchor: str = "") -> bool:
        """Send or queue a message of a space (`""` for none). False, and nothing done, where the queue is full or the socket closes."""
        if self.closing:
            return False
        if self._queue is None and self._line and self._line.write_text(self._text(message, anchor)):
            self._n += 1
            return True
        return self._wait((space, message, anchor))

    def _wait(self, waiting: _Waiting) -> bool:
        if self._size + _size(waiting) > MOST_BYTES:
            self.full = True
            return False
        if self._queue is None:
            self._queue = deque()
            self._sending = asyncio.get_running_loop().create_task(self._send(self._queue))
        self._queue.append(waiting)
        self._size += _size(waiting)
        return True

    def forget(self, space: str) -> None:
        """Take back what waits of a space."""
        if self._queue:
            kept = [each for each in self._queue if each[0] != space]
            self._queue.clear()
            self._queue.extend(kept)
            self._size = sum(map(_size, kept))

    def beat(self) -> None:
        """Send a heartbeat."""
        self.put("", _HEARTBEAT)

    # ── sending ───────────────────────────────────────────────────────────────────────────────────────────────────────────────────

    def _text(self, message: Frame, anchor: str) -> str:
        return f"{message.head}{anchor}{message.tail}{self._n}}}"

    async def _send(self, queue: deque[_Waiting]) -> None:
        """Send what waits, in order, as fast as the other side takes it."""
        loop = asyncio.get_running_loop()
        try:
            while queue:
                waiting = queue.popleft()
                self._size -= _size(waiting)
                self._since = loop.time()
                await self._socket.send({"type": "websocket.send", "text": self._text(waiting[1], waiting[2])})
                self._n += 1
                if self.full and self._size < ROOM_FOR_MORE:
                    self.full = False
                    self._on_room(self)
        except (WebSocketDisconnect, RuntimeError):
            self.rest()
        finally:
            self._sending = self._since = self._queue = None

    def stalled(self, now: float) -> bool:
        """Say whether one message has waited too long for the other side to take it; `now` is the loop's time."""
        return self._since is not None and now - self._since > STALLED_S

    # ── the end ───────────────────────────────────────────────────────────────────────────────────────────────────────────────────

    def rest(self) -> None:
        """Send nothing more."""
        self.closing = True
        if self._queue:
            self._queue.clear()

    def close(self, code: int, reason: str) -> asyncio.Task[None] | None:
        """Put nothing more from this moment on and close; where the other side takes nothing, cut the line after a second."""
        if self.closing:
            return None
        self.rest()
        if self._sending:
            self._sending.cancel()
        self._closing = asyncio.get_running_loop().create_task(self._close(code, reason))
        return self._closing

    async def _close(self, code: int, reason: str) -> None:
        try:
            async with asyncio.timeout(CLOSING_S):
                await self._socket.close(code, reason)
        except (WebSocketDisconnect, RuntimeError):
            return
        except TimeoutError:
            if self._line:
                self._line.cut()


def _size(waiting: _Waiting) -> int:
    _, message, anchor = waiting
    return len(message.head) + len(anchor) + len(message.tail) + 8


class Heart:
    """Beats every socket once in `every_s` seconds, at its own moment, whatever happens; one timer for all of them."""

    def __init__(self, every_s: float) -> None:
        self.every_s = every_s
        self._places: list[set[Connection]] = [set() for _ in range(BEATS)]
        self._now = 0

    def take(self, connection: Connection) -> None:
        """Beat this socket from now on; first when the interval is over."""
        self._places[self._now].add(connection)

    def leave(self, connection: Connection) -> None:
        """Beat it no more."""
        for place in self._places:
            place.discard(connection)

    async def run(self) -> None:
        """Beat until cancelled."""
        loop = asyncio.get_running_loop()
        at = loop.time()
        while True:
            at += self.every_s / BEATS
            await asyncio.sleep(at - loop.time())
            self._now = (self._now + 1) % BEATS
            for connection in tuple(self._places[self._now]):
                connection.beat()
