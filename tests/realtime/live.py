"""A live server on a free port and clients that read its messages one by one, for the tests of this folder."""

from __future__ import annotations

import asyncio
import contextlib
import socket
from dataclasses import dataclass, field, replace
from typing import TYPE_CHECKING, Any, Self

import orjson
import uvicorn
from starlette.applications import Starlette
from websockets.asyncio.client import ClientConnection, connect
from websockets.exceptions import ConnectionClosed

from backend.core.actor import Actor
from backend.core.ids import new_id
from backend.realtime.hub import Hub
from backend.realtime.messages import PROTOCOL
from backend.realtime.socket import live_route
from backend.realtime.wire import LiveProtocol
from graph import outbox
from graph.records import stamp
from tests.support.world import YEAR, World

if TYPE_CHECKING:
    from collections.abc import AsyncGenerator, Awaitable, Callable, MutableMapping

    from backend.core.context import Parts
    from backend.realtime.connection import Connection
    from graph.driver import Tx
    from graph.outbox import Change

PATIENCE_S = 10
SPACE = "Saltmarsh"
Message = dict[str, Any]


@dataclass
class Client:
    """One socket of one person. Every message read must carry the next number."""

    socket: ClientConnection
    n: int = 0
    cursor: str | None = None

    async def send(self, **message: object) -> None:
        await self.socket.send(orjson.dumps(message).decode())

    async def next(self) -> Message:
        """The next message but heartbeats; fails when none comes."""
        async with asyncio.timeout(PATIENCE_S):
            while True:
                said = orjson.loads(await self.socket.recv())
                assert said.pop("n") == self.n
                self.n += 1
                self.cursor = said.get("cursor", self.cursor)
                if said["type"] != "heartbeat":
                    return said

    async def until(self, *kinds: str) -> Message:
        """The next message of one of these kinds; others are read over."""
        while True:
            said = await self.next()
            if said["type"] in kinds:
                return said

    async def all_until(self, kind: str) -> list[Message]:
        """Every message up to the next one of a kind, which stands at the end."""
        found = [await self.next()]
        while found[-1]["type"] != kind:
            found.append(await self.next())
        return found

    async def notices(self, last: str) -> list[tuple[str, str, str]]:
        """Every notice as (change, kind, id) up to the one about `last`, which stands at the end."""
        found: list[tuple[str, str, str]] = []
        while not found or found[-1][2] != last:
            said = await self.until("notice")
            found.append((said["change"], said["kind"], said["id"]))
        return found

    async def subscribe(self, space: str, cursor: str | None = None) -> Self:
        await self.send(type="subscribe", space=space, cursor=cursor)
        await self.until("subscribed")
        return self

    async def closed(self) -> tuple[int, str]:
        """The close code and reason; what comes before is read over."""
        async with asyncio.timeout(PATIENCE_S):
            while True:
                try:
                    await self.socket.recv()
                except ConnectionClosed as error:
                    return (error.rcvd.code, error.rcvd.reason) if error.rcvd else (1006, "")


def dial(address: str, cookie: str, **options: Any) -> connect:
    """Call the live socket of a server as a browser of its pages does."""
    known: dict[str, Any] = {"origin": address, "subprotocols": [PROTOCOL], "compression": None, "proxy": None}
    return connect(address.replace("http", "ws", 1) + "/live", additional_headers={"Cookie": cookie}, **known | options)


@dataclass
class Live:
    """A world with a hub and a server in front of it."""

    world: World
    hub: Hub
    port: int
    actors: dict[str, Actor] = field(default_factory=dict[str, Actor])
    stack: contextlib.AsyncExitStack = field(default_factory=contextlib.AsyncExitStack)

    async def session(self, person: str) -> str:
        """Open a session for a person of the world and return its id."""
        one, now = new_id().replace("-", ""), self.world.parts.clock.now()
        row = {"id": one, "user": self.world.ids[person], "ended": False, "ends_at": stamp(now + YEAR), "seen_at": stamp(now)}
        await self.world.parts.graph.write(lambda tx: tx.value("CREATE (x:Session) SET x = $row RETURN x.id", row=row))
        self.actors[one] = Actor(self.world.ids[person], person, self.world.of_person[person], one, strong_at=stamp(now))
        return one

    async def open(self, session: str, **options: Any) -> ClientConnection:
        return await self.stack.enter_async_context(dial(self.hub.parts.settings.address, f"session={session}", **options))

    async def client(self, person: str, space: str | None = None, cursor: str | None = None, *, session: str = "") -> Client:
        """A person's socket, welcomed, and subscribed to a space of the world."""
        client = Client(await self.open(session or await self.session(person)))
        assert (await client.next())["type"] == "welcome"
        return await client.subscribe(self.world.ids[space], cursor) if space else client

    def connections(self) -> list[Connection]:
        """Every open socket as the hub sees it."""
        return [one for sockets in self.hub._sessions.values() for one in sockets]  # noqa: SLF001 - what no client can see

    def asleep(self) -> None:
        """Let nothing wake the hub any more but `awake`."""
        self.world.parts.wake._listeners.clear()  # noqa: SLF001 - what no client can do

    def awake(self) -> None:
        """Wake the hub for the space."""
        self.hub._wake(self.world.ids[SPACE])  # noqa: SLF001 - as a writer of this process does

    async def class_of(self, entity: str) -> str:
        """The class that an entity carries now."""
        return await self.world.parts.graph.read(lambda tx: tx.value("MATCH (e:Entity {id: $id}) RETURN e.vis", id=entity))

    def actor_of(self, headers: list[tuple[bytes, bytes]]) -> Actor | None:
        return self.actors.get(dict(headers).get(b"cookie", b"").decode().removeprefix("session="))


@contextlib.asynccontextmanager
async def serving(parts: Parts, *, look_s: float = 0.05, **settings: Any) -> AsyncGenerator[Live]:
    """Serve `/live` over the real protocol implementation of the server."""
    with socket.socket() as listener:
        listener.bind(("127.0.0.1", 0))
        port: int = listener.getsockname()[1]
        parts = replace(parts, settings=replace(parts.settings, port=port, **settings))
        hub = Hub(parts, look_s=look_s)
        live = Live(World(parts), hub, port)
        config = uvicorn.Config(
            _app(live), ws=LiveProtocol, ws_per_message_deflate=False, lifespan="off", log_level="critical",
            timeout_graceful_shutdown=2,
        )  # fmt: skip
        server = uvicorn.Server(config)
        serve = asyncio.create_task(server.serve([listener]))
        try:
            async with hub, live.stack:
                yield live
        finally:
            server.should_exit = True
            await serve


def _app(live: Live) -> Callable[..., Awaitable[None]]:
    inner = Starlette(routes=[live_route(live.hub)])

    async def app(scope: MutableMapping[str, Any], receive: Any, send: Any) -> None:
        if scope["type"] == "websocket":
            scope["joinder.actor"] = live.actor_of(scope["headers"])
        await inner(scope, receive, send)

    return app


async def emit(world: World, *changes: Change, wake: bool = True) -> None:
    """Append events that no service makes."""

    async def work(tx: Tx) -> None:
        await outbox.append(tx, world.ids[SPACE], "test", world.now, list(changes))

    await world.parts.graph.write(work)
    if wake:
        world.parts.wake(world.ids[SPACE])
