"""The one place that delivers notices: rooms, positions, and what each reader may hear of each event.

One task looks at every room in which something may have changed: woken by writers of this process, by its own look at the clocks twice
a second (writers of other processes) and by the next moment at which somebody's standing ends. Each subscription has a position in its
space's stream. A slow reader's position stays where it is instead of its queue growing; a resumed one starts further back. All readers
at one position share a page of events, and equal readers share the framed text.
"""

from __future__ import annotations

import asyncio
import contextlib
from typing import TYPE_CHECKING, Self

from backend.core import log
from backend.realtime import service
from backend.realtime.connection import BAD_MESSAGE, RESTARTING, SESSION_ENDED, SLOW, Connection, Heart
from backend.realtime.messages import Announce, Subscribe, Unsubscribe, Welcome, frame
from backend.realtime.room import Room, Subscription
from graph.driver import GraphUnavailable
from graph.outbox import CONTROL

if TYPE_CHECKING:
    from collections.abc import Iterable
    from datetime import datetime

    from starlette.websockets import WebSocket

    from backend.core.actor import Actor
    from backend.core.context import Parts
    from backend.realtime.messages import ClientMessage

LOOK_S, AGAIN_S = 0.5, 1.0
MOST_SPACES = 64


class Hub:
    """Start once per process, after whatever it shares. `look_s` is how often it looks at the clocks by itself, in seconds."""

    def __init__(self, parts: Parts, *, look_s: float = LOOK_S) -> None:
        self.parts = parts
        self._look_s = look_s
        self._rooms: dict[str, Room] = {}
        self._sessions: dict[str, set[Connection]] = {}
        self._until: dict[str, datetime] = {}
        self._control, self._control_moved = -1, True
        self._next_look = 0.0
        self._woken = asyncio.Event()
        self._heart = Heart(parts.settings.heartbeat_s)
        self._tasks: list[asyncio.Task[None]] = []
        parts.wake.listen(self._wake)

    # ── life ──────────────────────────────────────────────────────────────────────────────────────────────────────────────────────

    async def start(self) -> None:
        """Begin to look."""
        self._tasks = [asyncio.create_task(self._run()), asyncio.create_task(self._heart.run())]

    async def stop(self) -> None:
        """Close every socket with 1012 (restarting) and stop looking."""
        for task in self._tasks:
            task.cancel()
            with contextlib.suppress(asyncio.CancelledError):
                await task
        everyone = [one for sockets in self._sessions.values() for one in sockets]
        closing = [one.close(RESTARTING, "restarting") for one in everyone]
        await asyncio.gather(*(task for task in closing if task))

    async def __aenter__(self) -> Self:
        await self.start()
        return self

    async def __aexit__(self, *_: object) -> None:
        await self.stop()

    @property
    def sockets(self) -> int:
        """How many sockets are open."""
        return sum(map(len, self._sessions.values()))

    # ── what sockets do ───────────────────────────────────────────────────────────────────────────────────────────────────────────

    def admit(self, socket: WebSocket, actor: Actor) -> Connection:
        """Take a socket in, so that whatever ends its session finds it."""
        connection = Connection(socket, actor, self._has_room)
        self._sessions.setdefault(actor.session, set()).add(connection)
        return connection

    async def greet(self, connection: Connection) -> None:
        """Check the session once more now that it can be found, then bid welcome. Raises `GraphUnavailable`."""
        await self._check([connection.actor.session])
        if connection.put("", frame(Welcome(self._heart.every_s))):
            self._heart.take(connection)

    def disconnect(self, connection: Connection) -> None:
        """Forget a socket and everything under it."""
        connection.rest()
        self._heart.leave(connection)
        for space in list(connection.subscriptions):
            self._leave(connection, space)
        mine = self._sessions.get(connection.actor.session, set())
        mine.discard(connection)
        if not mine:
            self._sessions.pop(connection.actor.session, None)
            self._until.pop(connection.actor.session, None)

    async def hear(self, connection: Connection, message: ClientMessage) -> None:
        """Do what a message asks. Raises `AuditUnavailable`: then nothing was done."""
        match message:
            case Subscribe(space, cursor):
                await service.log(self.parts, connection.actor, "resume" if cursor else "subscribe", space)
                self._join(connection, space, cursor)
            case Unsubscribe(space):
                if self._leave(connection, space):
                    await service.log(self.parts, connection.actor, "unsubscribe", space)
            case Announce(space):
                room = self._rooms.get(space)
                if room and room.has(connection):
                    room.presence.say(connection, connection.actor.user, message)

    def _join(self, connection: Connection, space: str, cursor: str | None) -> None:
        if connection.closing:
            return
        self._leave(connection, space)
        if len(connection.subscriptions) >= MOST_SPACES:
            connection.close(BAD_MESSAGE, "too many spaces")
            return
        room = self._rooms.setdefault(space, Room(self.parts, space))
        connection.subscriptions[space] = room.join(Subscription(connection, space, cursor))
        self._wake(space)

    def _leave(self, connection: Connection, space: str) -> bool:
        subscription = connection.subscriptions.pop(space, None)
        room = self._rooms.get(space)
        if not subscription or not room:
            return False
        connection.forget(space)
        room.leave(subscription)
        if room.empty:
            del self._rooms[space]
        return True

    def _has_room(self, connection: Connection) -> None:
        for space in connection.subscriptions:
            self._wake(space)

    # ── the task ──────────────────────────────────────────────────────────────────────────────────────────────────────────────────

    def _wake(self, space: str) -> None:
        room = self._rooms.get(space)
        if room:
            room.dirty = True
        self._control_moved = self._control_moved or space == CONTROL
        if room or space == CONTROL:
            self._woken.set()

    async def _run(self) -> None:
        while True:
            try:
                await self._wait()
                await self._round()
            except (GraphUnavailable, TimeoutError):
                await asyncio.sleep(self._look_s)
            except Exception as error:  # noqa: BLE001 - boundary of the task: nothing was delivered, the positions are where they were
                log.failure("live.failed", error)
                await asyncio.sleep(AGAIN_S)

    async def _wait(self) -> None:
        """Wait to be woken, for the next standing to end, or for the time of our own look at all clocks."""
        with contextlib.suppress(TimeoutError):
            async with asyncio.timeout(self._pause_s()):
                await self._woken.wait()
        self._woken.clear()
        moment, now = self.parts.clock.now(), asyncio.get_running_loop().time()
        for room in self._rooms.values():
            room.dirty = room.dirty or room.ran_out(moment)
        if now >= self._next_look:
            self._next_look = now + self._look_s
            await self._look_around(moment)

    def _pause_s(self) -> float:
        ends = [(room.until - self.parts.clock.now()).total_seconds() for room in self._rooms.values() if room.until]
        return max(0.0, min([self._next_look - asyncio.get_running_loop().time(), *ends]))

    async def _look_around(self, now: datetime) -> None:
        self._drop_stalled()
        found = await service.positions(self.parts, list(self._rooms))
        self._control_moved = self._control_moved or found.pop(CONTROL)[0] != self._control
        for space, position in found.items():
            room = self._rooms.get(space)
            if room and room.moved(position):
                room.dirty = True
        await self._check([one for one, until in self._until.items() if until <= now])

    async def _round(self) -> None:
        if self._control_moved:
            await self._follow_control()
        for room in [room for room in self._rooms.values() if room.dirty]:
            room.dirty = False
            try:
                seen = await service.look(self.parts, room.ask())
                if seen.control != self._control:
                    await self._follow_control()
            except BaseException:
                room.dirty = True
                raise
            self._deliver(room, seen)

    def _deliver(self, room: Room, seen: service.Look) -> None:
        if self._rooms.get(room.space) is not room:
            return  # everybody left while it was looked at; whoever came since is in another room
        for ended in room.deliver(seen):
            ended.connection.subscriptions.pop(room.space, None)
        if room.empty:
            self._rooms.pop(room.space, None)
        elif room.dirty:
            self._woken.set()

    # ── sessions ──────────────────────────────────────────────────────────────────────────────────────────────────────────────────

    async def _follow_control(self) -> None:
        """Close what new events of the control stream have ended."""
        self._control_moved = False
        try:
            if self._control < 0:
                self._control = (await service.positions(self.parts, []))[CONTROL][0]
                await self._check(list(self._sessions))
            while True:
                last, concerned = await service.control(self.parts, self._control)
                await self._check([one for one, sockets in self._sessions.items() if one in concerned or _belongs(sockets, concerned)])
                self._control = last
                if not concerned:
                    return
        except BaseException:
            self._control_moved = True
            raise

    async def _check(self, sessions: list[str]) -> None:
        """Close the sockets of those sessions that hold no more."""
        if not sessions:
            return
        alive = await service.sessions(self.parts, sessions)
        for one in sessions:
            if one in alive and one in self._sessions:
                self._until[one] = alive[one]
            elif one not in alive:
                for connection in list(self._sessions.get(one, ())):
                    connection.close(SESSION_ENDED, "session ended")

    def _drop_stalled(self) -> None:
        now = asyncio.get_running_loop().time()
        for connection in [one for sockets in self._sessions.values() for one in sockets if one.stalled(now)]:
            connection.close(SLOW, "slow consumer")


def _belongs(sockets: Iterable[Connection], people: set[str]) -> bool:
    return any(one.actor.user in people for one in sockets)
