"""HTTP: the source file in, sealed while it streams; the refused rows out."""

from __future__ import annotations

from contextlib import asynccontextmanager
from typing import TYPE_CHECKING

import orjson
from starlette.responses import Response, StreamingResponse
from starlette.routing import Route

from backend.core import refused
from backend.core.audit import Operation, doing
from backend.core.context import Context
from backend.entities.imports import service

if TYPE_CHECKING:
    from collections.abc import AsyncGenerator, Callable

    from starlette.requests import Request

    from backend.core.context import Parts


def routes(parts: Parts, arrived: Callable[[Parts, str], None]) -> list[Route]:
    """Return the routes of imports; `arrived` is told of the exhibit that a file has become."""

    async def put(request: Request) -> Response:
        ctx = Context.of(parts, request.scope)
        async with _logged(ctx, request, "imports.file", Operation.COLLECTION):
            said = await service.upload(ctx, request.query_params.get("space", ""), request.path_params["id"], request.stream())
        arrived(parts, said.pop("exhibit"))
        return Response(orjson.dumps(said), media_type="application/json")

    async def report(request: Request) -> Response:
        ctx = Context.of(parts, request.scope)
        async with _logged(ctx, request, "imports.report", Operation.DISCLOSURE):
            pieces = await service.report(ctx, request.query_params.get("space", ""), request.path_params["id"])
        headers = {"Content-Disposition": 'attachment; filename="refused-rows.csv"'}
        return StreamingResponse(pieces, media_type="text/csv; charset=utf-8", headers=headers)

    return [Route("/imports/{id}/file", put, methods=["PUT"]), Route("/imports/{id}/report", report, methods=["GET"])]


@asynccontextmanager
async def _logged(ctx: Context, request: Request, name: str, operation: Operation) -> AsyncGenerator[None]:
    """Name what is done meanwhile, and write it before anything leaves; a refusal too."""
    await ctx.parts.audit.ready()
    try:
        with doing(name), refused.noted(ctx, name, operation, request.path_params.values, request.query_params.get("space")):
            yield
    finally:
        await ctx.trail.flush()
