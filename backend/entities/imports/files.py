"""HTTP: the source file in, sealed while it streams; the refused rows out."""

from __future__ import annotations

from typing import TYPE_CHECKING

import orjson
from starlette.responses import Response, StreamingResponse
from starlette.routing import Route

from backend.core.audit import doing
from backend.core.context import Context
from backend.entities.imports import service

if TYPE_CHECKING:
    from starlette.requests import Request

    from backend.core.context import Parts


def routes(parts: Parts) -> list[Route]:
    """Return the routes of imports."""

    async def put(request: Request) -> Response:
        ctx = Context.of(parts, request.scope)
        await parts.audit.ready()
        with doing("imports.file"):
            said = await service.upload(ctx, request.query_params.get("space", ""), request.path_params["id"], request.stream())
        await ctx.trail.flush()
        return Response(orjson.dumps(said), media_type="application/json")

    async def report(request: Request) -> Response:
        ctx = Context.of(parts, request.scope)
        await parts.audit.ready()
        with doing("imports.report"):
            pieces = await service.report(ctx, request.query_params.get("space", ""), request.path_params["id"])
        await ctx.trail.flush()
        headers = {"Content-Disposition": 'attachment; filename="refused-rows.csv"'}
        return StreamingResponse(pieces, media_type="text/csv; charset=utf-8", headers=headers)

    return [Route("/imports/{id}/file", put, methods=["PUT"]), Route("/imports/{id}/report", report, methods=["GET"])]
