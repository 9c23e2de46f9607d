"""The whole application on a port of its own, over the shared graph, for tests in which somebody else calls it or a socket stays open."""

from __future__ import annotations

import asyncio
from contextlib import asynccontextmanager
from typing import TYPE_CHECKING

import uvicorn

from backend.app import build
from backend.realtime.hub import Hub
from backend.realtime.wire import LiveProtocol

if TYPE_CHECKING:
    from collections.abc import AsyncGenerator

    from backend.core.context import Parts


@asynccontextmanager
async def listening(parts: Parts) -> AsyncGenerator[Hub]:
    """Serve on `parts.settings.port` until the block ends."""
    hub = Hub(parts, look_s=0.05)
    config = uvicorn.Config(
        build(parts, hub), port=parts.settings.port, ws=LiveProtocol, ws_per_message_deflate=False, lifespan="off",
        log_level="critical", timeout_graceful_shutdown=2,
    )  # fmt: skip
    server = uvicorn.Server(config)
    serve = asyncio.create_task(server.serve())
    try:
        async with hub:
            while not server.started:  # noqa: ASYNC110 - uvicorn tells by this attribute alone
                await asyncio.sleep(0.01)
            yield hub
    finally:
        server.should_exit = True
        await serve
