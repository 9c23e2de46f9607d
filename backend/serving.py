"""Starts and stops what a server process consists of: the engine (or an outside graph), the parts, the hub, the HTTP server."""

from __future__ import annotations

import asyncio
import os
import socket
from contextlib import asynccontextmanager, contextmanager
from typing import TYPE_CHECKING

import uvicorn

from backend.app import build, open_parts
from backend.core import log, meters, tracing
from backend.entities.imports.exhibit import adopt
from backend.entities.imports.service import mark_stopped
from backend.entities.imports.undo import start as start_undoing
from backend.entities.markings.service import start as start_raising
from backend.entities.search import service as search
from backend.evidence.challenges import start as start_standing
from backend.evidence.integrity import start as start_checking
from backend.evidence.pages import start as start_reading
from backend.evidence.scans import start as start_scanning
from backend.evidence.uploads import sweep as sweep_uploads
from backend.oversight import service as oversight
from backend.realtime.hub import Hub
from backend.realtime.wire import LiveProtocol
from graph.dialect import NEO4J
from graph.driver import Address, Graph, wait_until_ready
from graph.engine import Engine, running
from graph.migrations import runner

if TYPE_CHECKING:
    from collections.abc import AsyncGenerator, Generator

    from backend.config import Settings
    from backend.core.context import Parts

ENGINE_FOLDER = "graph"


def free_port(host: str = "127.0.0.1") -> int:
    """Return a port that nobody listens on now."""
    with socket.socket() as probe:
        probe.bind((host, 0))
        return int(probe.getsockname()[1])


def outside(settings: Settings) -> Address | None:
    """Return the address of the graph server that the settings name, or None for the embedded engine."""
    if settings.graph_url is None:
        return None
    return Address(settings.graph_url, settings.graph_user, settings.graph_password, settings.graph_database, NEO4J)


@asynccontextmanager
async def engine(settings: Settings, *, attach: bool = False) -> AsyncGenerator[tuple[Address, Engine | None]]:
    """Yield the graph's address: the server that the settings name, one that serves the folder already (`attach`), or our own."""
    there = outside(settings)
    folder = settings.data / ENGINE_FOLDER
    if there is None and attach:
        there = running(folder)
    if there is not None:
        async with Graph(there) as graph:
            await wait_until_ready(graph, 60)
        yield there, None
        return
    own = Engine(folder, heap=settings.heap, on_state=lambda state: log.say("graph", state=state))
    address = await own.start()
    try:
        yield address, own
    finally:
        await own.stop()


async def migrate(address: Address) -> int:
    """Bring the graph to this program's version."""
    async with Graph(address) as graph:
        ran = await runner.migrate(graph)
        await search.bring_up_to_date(graph)
        return ran


async def check_version(address: Address) -> None:
    """Refuse a graph that this program must not serve."""
    async with Graph(address) as graph:
        await runner.check(graph)
        if not await search.is_current(graph):
            raise runner.GraphVersionError("Records were indexed for search by an older program. Run `joinder migrate` first.")


class Server(uvicorn.Server):
    """An HTTP server inside our own event loop; signals are handled by whoever runs it."""

    @contextmanager
    def capture_signals(self) -> Generator[None]:
        """Leave the signals alone."""
        yield


@asynccontextmanager
async def listening(parts: Parts) -> AsyncGenerator[asyncio.Task[None]]:
    """Serve the application until the block is left; yields the task that ends when the server stops by itself."""
    settings = parts.settings
    async with Hub(parts) as hub:
        meters.watch_sockets(lambda: hub.sockets)
        config = uvicorn.Config(
            build(parts, hub), host=settings.host, port=settings.port, log_config=None, access_log=False, server_header=False,
            ws=LiveProtocol, ws_per_message_deflate=False,
            lifespan="off", timeout_graceful_shutdown=3, proxy_headers=False, ws_max_size=1 << 16,
        )  # fmt: skip
        server = Server(config)
        task = asyncio.create_task(server.serve())
        while not server.started:
            if task.done():
                break
            await asyncio.sleep(0.01)
        try:
            yield task
        finally:
            server.should_exit = True
            await task


@asynccontextmanager
async def serving(settings: Settings, address: Address, demo_token: str | None = None) -> AsyncGenerator[tuple[Parts, asyncio.Task[None]]]:
    """Open the parts and serve them."""
    stop_tracing = tracing.configure(os.environ)
    try:
        async with open_parts(settings, address, demo_token) as parts:
            await mark_stopped(parts)
            await parts.store.sweep()
            await sweep_uploads(parts)
            await adopt(parts)
            await oversight.reconcile(parts)
            parts.jobs.start("reconcile", oversight.keep_reconciled(parts))
            await start_raising(parts)
            await start_undoing(parts)
            await start_reading(parts)
            await start_standing(parts)
            await start_checking(parts)
            await start_scanning(parts)
            async with listening(parts) as task:
                yield parts, task
    finally:
        await asyncio.to_thread(stop_tracing)
