"""P4: answers a second at /graphql beside plain Starlette and orjson, in the same process, asked by a client in another one."""

from __future__ import annotations

import asyncio
import socket
import sys
from contextlib import asynccontextmanager
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING

import orjson
import uvicorn
from starlette.applications import Starlette
from starlette.responses import Response
from starlette.routing import Route

from backend.auth.service import open_session
from backend.serving import Server, free_port, listening
from tests.bench.asking import body
from tests.bench.measures import CHART
from tests.bench.planted import FEW, READER

if TYPE_CHECKING:
    from collections.abc import AsyncGenerator, Awaitable, Callable
    from contextlib import AbstractAsyncContextManager

    from starlette.requests import Request

    from tests.bench.asking import Asking

CONNECTIONS = 8
CLIENT = Path(__file__).with_name("load.py")


async def measured(asking: Asking, requests: int) -> list[str]:
    """Return a line for n and one for ten items; the anchor writes the same answer anew for each request, behind no door."""
    planted, context = asking.planted, asking.world.ctx(READER)
    await open_session(context, context.who.user)
    cookie, found = context.cookies[-1], ["", f"{'':44}{'answers/s':>10}{'plain':>10}{'share':>8}"]
    settings = replace(asking.parts.settings, port=free_port())
    async with listening(replace(asking.parts, settings=settings)):
        for case, n, goal in ((planted.large, planted.sizes.n, "≥ 0.3"), (planted.small, FEW, "≥ 0.5")):
            sent = body(CHART, s=planted.space, c=case, n=n)
            answer: object = orjson.loads(await asking.bytes_of(sent))
            async with _plain(answer) as port:
                ours = await _rate(settings.port, f"{cookie.name}={cookie.value}", sent, requests)
                plain = await _rate(port, "", sent, requests * 3)
            found.append(f"{f'P4 /graphql, {n} × 10':44}{ours:10.1f}{plain:10.1f}{ours / plain:8.2f}  {goal}")
    return found


def _plain(answer: object) -> AbstractAsyncContextManager[int]:
    """Serve one answer as Starlette and orjson would."""

    async def plain(_: Request) -> Response:
        return Response(orjson.dumps(answer), media_type="application/json")

    return answering("/graphql", "POST", plain)


@asynccontextmanager
async def answering(path: str, method: str, answer: Callable[[Request], Awaitable[Response]]) -> AsyncGenerator[int]:
    """Serve one route with the HTTP server that serves Joinder, behind no door; yield its port."""
    app = Starlette(routes=[Route(path, answer, methods=[method])])
    server = Server(uvicorn.Config(app, log_config=None, access_log=False, lifespan="off"))
    door = socket.create_server(("127.0.0.1", 0))
    task = asyncio.create_task(server.serve(sockets=[door]))
    try:
        yield door.getsockname()[1]
    finally:
        server.should_exit = True
        await task


async def _rate(port: int, cookie: str, sent: bytes, requests: int) -> float:
    """Return answers a second of so many requests over eight connections."""
    arguments = (str(CLIENT), str(port), cookie, str(CONNECTIONS), str(max(CONNECTIONS, requests)))
    client = await asyncio.create_subprocess_exec(sys.executable, *arguments, stdin=asyncio.subprocess.PIPE, stdout=asyncio.subprocess.PIPE)
    said, _ = await client.communicate(sent)
    return float(said)
