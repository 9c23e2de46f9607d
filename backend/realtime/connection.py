"""One socket as the hub sees it: a bounded queue, a counter of its own, and a task only while there is something to send."""

from __future__ import annotations

import asyncio
from collections import deque
from typing import TYPE_CHECKING

from starlette.websockets import WebSocketDisconnect

from backend.realtime.messages import Frame, Heartbeat, frame

if TYPE_CHECKING:
    from collections.abc import Callable

    from starlette.websockets import WebSocket

    from backend.core.actor import Actor
    from backend.realtime.hub import Subscription

MOST_BYTES = 32 * 1024
"""What may wait here, in characters on the wire; the transport below holds as much again."""
ROOM_FOR_MORE = MOST_BYTES // 2
STALLED_S, CLOSING_S = 4.0, 1.0
BAD_MESSAGE, SESSION_ENDED, ORIGIN_REFUSED, SLOW, RESTARTING = 4400, 4401, 4403, 4408, 1012
_HEARTBEAT = frame(Heartbeat())


class Connection:
    """`put` never waits. Whoever delivers asks `ready` first and comes again when `on_room` is called."""

    __slots__ = (
        "_beat", "_closing", "_n", "_on_room", "_queue", "_sending", "_since", "_size", "_socket", "actor", "closing", "full",
        "subscriptions",
    )  # fmt: skip

    def __init__(self, socket: WebSocket, actor: Actor, on_room: Callable[[Connection], None]) -> None:
        self.actor = actor
        self.subscriptions: dict[str, Subscription] = {}
        self.closing = False
        self.full = False
        self._socket, self._on_room = socket, on_room
        self._queue: deque[tuple[str, Frame, str]] = deque()
        self._size = self._n = 0
        self._sending: asyncio.Task[None] | None = None
        self._closing: asyncio.Task[None] | None = None
        self._since: float | None = None
        self._beat: asyncio.TimerHandle | None = None

    # ── putting ───────────────────────────────────────────────────────────────────────────────────────────────────────────────────

    @property
    def ready(self) -> bool:
        """Whether there is room for notices; where not, the hub leaves this socket's position where it is."""
        if self._size < ROOM_FOR_MORE and not self.closing:
            return True
        self.full = True
        return False

    def put(self, space: str, message: Frame, anchor: str = "") -> bool:
        """Queue a message of a space (`""` for none). False, and nothing queued, where the queue is full or the socket closes."""
        size = len(message.head) + len(anchor) + len(message.tail) + 8
        if self.closing or self._size + size > MOST_BYTES:
            self.full = True
            return False
        self._queue.append((space, message, anchor))
        self._size += size
        if self._sending is None:
            self._sending = asyncio.get_running_loop().create_task(self._send())
        return True

    def forget(self, space: str) -> None:
        """Take back what waits of a space."""
        kept = [each for each in self._queue if each[0] != space]
        self._queue = deque(kept)
        self._size = sum(len(message.head) + len(anchor) + len(message.tail) + 8 for _, message, anchor in kept)

    # ── sending ───────────────────────────────────────────────────────────────────────────────────────────────────────────────────

    async def _send(self) -> None:
        loop = asyncio.get_running_loop()
        try:
            while self._queue:
                _, message, anchor = self._queue.popleft()
                self._size -= len(message.head) + len(anchor) + len(message.tail) + 8
                self._since = loop.time()
                await self._socket.send({"type": "websocket.send", "text": f"{message.head}{anchor}{message.tail}{self._n}}}"})
                self._n += 1
                if self.full and self._size < ROOM_FOR_MORE:
                    self.full = False
                    self._on_room(self)
        except (WebSocketDisconnect, RuntimeError):
            self.closing = True
            self._queue.clear()
        finally:
            self._sending = self._since = None

    def stalled(self, now: float) -> bool:
        """Say whether one message has waited too long for the other side to take it; `now` is the loop's time."""
        return self._since is not None and now - self._since > STALLED_S

    # ── the life of the socket ────────────────────────────────────────────────────────────────────────────────────────────────────

    def beat(self, every_s: float) -> None:
        """Send a heartbeat every so many seconds from now on."""
        loop = asyncio.get_running_loop()
        self._next_beat(loop, loop.time() + every_s, every_s)

    def _next_beat(self, loop: asyncio.AbstractEventLoop, at: float, every_s: float) -> None:
        self._beat = loop.call_at(at, self._beaten, loop, at, every_s)

    def _beaten(self, loop: asyncio.AbstractEventLoop, at: float, every_s: float) -> None:
        self.put("", _HEARTBEAT)
        self._next_beat(loop, at + every_s, every_s)

    def rest(self) -> None:
        """Stop the heartbeat and send nothing more."""
        self.closing = True
        self._queue.clear()
        if self._beat:
            self._beat.cancel()

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
            self._cut()

    def _cut(self) -> None:
        cut = self._socket.scope.get("extensions", {}).get("joinder.cut")
        if cut:
            cut()
