"""The server's websocket protocol with three things more: a direct way to write, a small buffer, and a way to cut a line nobody reads.

A protocol server waits until a socket can be written before it sends even a close frame, so a receiver that stopped reading could keep
its buffers for ever; and a notice to thousands of sockets would cost a task and four calls each. Give this class to the server as `ws`,
without compression. Under any other class the hub does with what ASGI offers.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Protocol, cast

from uvicorn.protocols.websockets.websockets_sansio_impl import WebSocketsSansIOProtocol

if TYPE_CHECKING:
    from asyncio import BaseTransport, Transport

    from websockets.http11 import Request

BUFFER = 16 * 1024
"""Bytes that the transport takes before the hub's own bounded queue begins to fill."""
EXTENSION = "joinder.line"
SHORT, MEDIUM = 126, 1 << 16
"""Lengths from which a frame's header needs two, or eight, bytes more (RFC 6455, 5.2)."""


class Line(Protocol):
    """What the hub may do with a connection beside ASGI."""

    def write_text(self, text: str) -> bool:
        """Write one message now; False, and nothing written, where the other side must first take what was written before."""
        ...

    def cut(self) -> None:
        """Drop the connection and what waits for it."""
        ...


class LiveProtocol(WebSocketsSansIOProtocol):
    """A `Line`, put into the scope's extensions as `joinder.line`."""

    def connection_made(self, transport: BaseTransport) -> None:
        """Take a new connection."""
        super().connection_made(transport)
        cast("Transport", transport).set_write_buffer_limits(high=BUFFER)

    def handle_connect(self, event: Request) -> None:
        """Answer the handshake; the application's task has not begun when this returns."""
        super().handle_connect(event)
        if self.response.status_code == 101:  # noqa: PLR2004 - switching protocols
            cast("dict[str, object]", self.scope.get("extensions") or {})[EXTENSION] = self

    def start_keepalive(self) -> None:
        """Begin to ping; the handshake is over, so its many small objects are let go."""
        super().start_keepalive()
        del self.request, self.response

    def write_text(self, text: str) -> bool:
        """See `Line`."""
        if not self.writable.is_set() or self.close_sent or self.disconnected or not self.handshake_complete:
            return False
        data = text.encode()
        self.transport.write(_header(len(data)) + data)
        return True

    def cut(self) -> None:
        """See `Line`."""
        self.transport.abort()


def _header(size: int) -> bytes:
    """Return the header of an unmasked, whole text frame."""
    if size < SHORT:
        return bytes((0x81, size))
    return b"\x81\x7e" + size.to_bytes(2, "big") if size < MEDIUM else b"\x81\x7f" + size.to_bytes(8, "big")
