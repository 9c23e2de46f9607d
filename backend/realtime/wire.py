"""The server's websocket protocol with two things more: a small write buffer, and a way to cut a line that nobody reads.

A protocol server waits until a socket can be written before it sends even a close frame, so a receiver that stopped reading could keep
its buffers for ever. Give this class to the server as `ws`.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, cast

from uvicorn.protocols.websockets.websockets_sansio_impl import WebSocketsSansIOProtocol

if TYPE_CHECKING:
    from asyncio import BaseTransport, Transport

    from websockets.http11 import Request

BUFFER = 16 * 1024
"""Bytes that the transport takes before the hub's own bounded queue begins to fill."""


class LiveProtocol(WebSocketsSansIOProtocol):
    """Adds `joinder.cut` to the scope's extensions: a function that drops the connection and what waits for it."""

    def connection_made(self, transport: BaseTransport) -> None:
        """Take a new connection."""
        super().connection_made(transport)
        cast("Transport", transport).set_write_buffer_limits(high=BUFFER)

    def handle_connect(self, event: Request) -> None:
        """Answer the handshake; the application's task has not begun when this returns."""
        super().handle_connect(event)
        if self.response.status_code == 101:  # noqa: PLR2004 - switching protocols
            extensions = cast("dict[str, object]", self.scope.get("extensions") or {})
            extensions["joinder.cut"] = self.transport.abort
