"""The websocket at `/live`: who may open it, and what it says to the hub."""

from __future__ import annotations

import asyncio
from typing import TYPE_CHECKING, cast

from starlette.routing import WebSocketRoute
from starlette.websockets import WebSocket, WebSocketDisconnect

from backend.core import log
from backend.core.errors import JoinderError, Unavailable
from backend.core.faults import fault, new_correlation
from backend.realtime import service
from backend.realtime.connection import BAD_MESSAGE, ORIGIN_REFUSED, SESSION_ENDED
from backend.realtime.messages import PROTOCOL, BadMessage, parse
from graph.driver import GraphUnavailable

if TYPE_CHECKING:
    from starlette.types import Receive, Scope, Send

    from backend.core.actor import Actor
    from backend.realtime.connection import Connection
    from backend.realtime.hub import Hub

MESSAGES_PER_S, BURST = 10.0, 60.0


class _Allowance:
    """How many messages a socket may still send: a bucket that fills again by and by."""

    __slots__ = ("_at", "_left")

    def __init__(self) -> None:
        self._at, self._left = asyncio.get_running_loop().time(), BURST

    def take(self) -> None:
        """Take one. Raises `BadMessage` when the bucket is empty."""
        now = asyncio.get_running_loop().time()
        self._left = min(BURST, self._left + (now - self._at) * MESSAGES_PER_S) - 1
        self._at = now
        if self._left < 0:
            raise BadMessage("There are too many messages.")


def live_route(hub: Hub) -> WebSocketRoute:
    """Return the route `/live`. Middleware has set `scope["joinder.actor"]` to who asks, or None."""
    return WebSocketRoute("/live", _Live(hub))


class _Live:
    """The ASGI application of one route: plain, since thousands of sockets each keep its frames."""

    def __init__(self, hub: Hub) -> None:
        self._hub = hub

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Serve one socket until it ends."""
        websocket = WebSocket(scope, receive, send)
        if scope["subprotocols"] != [PROTOCOL]:
            await websocket.close()
            return
        refused = _refusal(self._hub, websocket)
        await websocket.accept(PROTOCOL)
        if refused:
            await websocket.close(*refused)
            return
        await _serve(self._hub, websocket, cast("Actor", scope["joinder.actor"]))


def _refusal(hub: Hub, websocket: WebSocket) -> tuple[int, str] | None:
    """Say why this socket is closed at once; it is accepted first, since a browser shows a code only then."""
    actor: Actor | None = websocket.scope.get("joinder.actor")
    by_script = actor is not None and actor.writes is not None
    if not by_script and websocket.headers.getlist("origin") != [hub.parts.settings.address]:
        return ORIGIN_REFUSED, "origin refused"
    return None if actor else (SESSION_ENDED, "session ended")


async def _serve(hub: Hub, websocket: WebSocket, actor: Actor) -> None:
    connection: Connection = hub.admit(websocket, actor)
    try:
        await hub.greet(connection)
        await _listen(hub, websocket, connection)
    except WebSocketDisconnect:
        pass
    except BadMessage as error:
        await _end(connection, BAD_MESSAGE, str(error))
    except (JoinderError, GraphUnavailable) as error:
        told = fault(error, new_correlation())
        await _end(connection, told.close_code, "restarting" if isinstance(error, (Unavailable, GraphUnavailable)) else told.code)
    except Exception as error:  # noqa: BLE001 - boundary of the socket: it ends, the others go on
        log.failure("live.socket", error)
        await _end(connection, 1011, "internal error")
    finally:
        hub.disconnect(connection)


async def _listen(hub: Hub, websocket: WebSocket, connection: Connection) -> None:
    allowance = _Allowance()
    while True:
        try:
            text = await _text(websocket)
            allowance.take()
            message = parse(text)
        except BadMessage:
            await service.log_refused(hub.parts, connection.actor)
            raise
        await hub.hear(connection, message)


async def _text(websocket: WebSocket) -> str:
    """Return the next text. Raises `WebSocketDisconnect` at the end, `BadMessage` for bytes."""
    message = await websocket.receive()
    if message["type"] == "websocket.disconnect":
        raise WebSocketDisconnect(message.get("code", 1005))
    text = message.get("text")
    if not isinstance(text, str):
        raise BadMessage("Messages are text.")
    return text


async def _end(connection: Connection, code: int, reason: str) -> None:
    closing = connection.close(code, reason)
    if closing:
        await closing
