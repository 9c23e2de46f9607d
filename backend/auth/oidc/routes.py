"""HTTP: to an agency's provider, back from it, and its word that somebody logged out there."""

from __future__ import annotations

from contextlib import asynccontextmanager
from typing import TYPE_CHECKING
from urllib.parse import parse_qs

import orjson
from starlette.responses import RedirectResponse, Response
from starlette.routing import Route

from backend.auth import rules as auth_rules
from backend.auth.oidc import service
from backend.auth.oidc.service import ATTEMPT_COOKIE, Providers, SignInRefused
from backend.core import cookies, refused
from backend.core.audit import Operation, doing
from backend.core.context import Context

if TYPE_CHECKING:
    from collections.abc import AsyncGenerator, Awaitable

    from starlette.requests import Request

    from backend.core.context import Parts

HOME, CONFIRMED, REFUSED = "/", "/confirmed", "?refused="
BACK_CHANNEL = "/auth/back-channel/"
"""Asked by providers, not by browsers: without an Origin, proven by the signature of what they send."""


def routes(parts: Parts, providers: Providers) -> list[Route]:
    """Return the routes of sign-in by agencies."""

    async def start(request: Request) -> Response:
        ctx, asked = Context.of(parts, request.scope), request.query_params
        going = service.start(ctx, providers, request.path_params["slug"], asked.get("code", ""), strong="strong" in asked)
        async with _logged(ctx, "signIn"):
            return await _redirect(ctx, going)

    async def back(request: Request) -> Response:
        ctx = Context.of(parts, request.scope)
        cookie = cookies.read(request.scope["headers"], auth_rules.cookie_name(parts.settings, ATTEMPT_COOKIE))
        async with _logged(ctx, "signIn"):
            return await _redirect(ctx, _home(service.finish(ctx, providers, request.path_params["slug"], request.query_params, cookie)))

    async def log_out(request: Request) -> Response:
        ctx = Context.of(parts, request.scope)
        said = parse_qs((await request.body()).decode("ascii", "replace"))
        async with _logged(ctx, "signOut"):
            await service.log_out(ctx, providers, request.path_params["slug"], said.get("logout_token", [""])[0])
        return Response(status_code=200)

    async def listed(_: Request) -> Response:
        said = [{"slug": one.slug, "name": one.name} for one in providers.listed]
        return Response(orjson.dumps(said), media_type="application/json")

    return [
        Route("/auth/issuers", listed),
        Route(BACK_CHANNEL + "{slug}", log_out, methods=["POST"]),
        Route("/auth/{slug}/start", start),
        Route("/auth/{slug}/back", back),
    ]


@asynccontextmanager
async def _logged(ctx: Context, name: str) -> AsyncGenerator[None]:
    """Name what is done meanwhile, and write it before anything leaves; what is refused to somebody who is signed in too."""
    try:
        with doing(name), refused.noted(ctx, name, Operation.ALTERATION, tuple):
            yield
    finally:
        await ctx.trail.flush()


async def _home(finishing: Awaitable[bool]) -> str:
    return CONFIRMED if await finishing else HOME


async def _redirect(ctx: Context, going: Awaitable[str]) -> Response:
    """Send the browser where it is to go, or to the sign-in page with the word that says why not."""
    try:
        where = await going
    except SignInRefused as refusal:
        where = (CONFIRMED if refusal.strong else HOME) + REFUSED + refusal.reason
    await ctx.trail.flush()
    response = RedirectResponse(where, 303)
    for cookie in ctx.cookies:
        response.raw_headers.append((b"set-cookie", cookie.header().encode()))
    return response
