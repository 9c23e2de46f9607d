"""Composition root: settings → graph, object store, keys, audit log, hub → the Starlette application."""

from __future__ import annotations

import hmac
import re
import secrets
from contextlib import asynccontextmanager
from typing import TYPE_CHECKING

import orjson
from starlette.applications import Starlette
from starlette.middleware import Middleware
from starlette.responses import FileResponse, RedirectResponse, Response
from starlette.routing import Mount, Route
from starlette.staticfiles import StaticFiles

from backend.auth.oidc import issuers
from backend.auth.oidc import routes as sign_in
from backend.auth.oidc.service import Providers
from backend.core import log, meters
from backend.core.audit import AuditLog
from backend.core.clock import SystemClock
from backend.core.context import Parts
from backend.core.jobs import Jobs
from backend.core.wake import Wake
from backend.entities.imports import files as import_files
from backend.evidence import files as evidence_files
from backend.evidence.arrivals import arrived
from backend.graphql_http import endpoint
from backend.middleware import Doorkeeper
from backend.realtime.socket import live_route
from backend.storage import place
from backend.storage.key_file import KeyFileError, read_private, write_once
from backend.storage.keys import SpaceKeys
from backend.storage.s3 import S3Store
from backend.storage.store import FEATURES
from graph.driver import Graph
from graph.gate import Gate

if TYPE_CHECKING:
    from collections.abc import AsyncGenerator, Awaitable, Callable
    from pathlib import Path

    from starlette.requests import Request

    from backend.config import Settings
    from backend.realtime.hub import Hub
    from backend.storage.store import ObjectStore
    from graph.driver import Address

SECRET_FILE, AUDIT_FOLDER = "secret.key", "audit"
NOT_BUILT = "The pages are not built. Run `npm ci && npm run build` in frontend/, or start with ./infra/demo."


def secret(data: Path) -> bytes:
    """Return the deployment's secret, 32 bytes, made at the first start. Raises KeyFileError where it is damaged or others may read it."""
    path = data / SECRET_FILE
    if not path.exists():
        write_once(path, secrets.token_hex(32))
    found = re.fullmatch(r"[0-9a-f]{64}", read_private(path).strip())
    if not found:
        raise KeyFileError(f"The key file {path} is damaged. Put it back from a backup.")
    return bytes.fromhex(found[0])


@asynccontextmanager
async def open_store(settings: Settings) -> AsyncGenerator[ObjectStore]:
    """Open the store of the objects, say in the log what it offers, and close it again. Raises PlaceError, StoreError."""
    with place.held(settings.data):
        store = await place.open_store(settings)
        kind = "s3" if isinstance(store, S3Store) else "folder"
        lacks = [one for one in FEATURES if one not in store.offers]
        log.say("store", kind=kind, offers=", ".join(sorted(store.offers)), lacks=", ".join(lacks))
        try:
            yield store
        finally:
            if isinstance(store, S3Store):
                store.close()


@asynccontextmanager
async def open_parts(settings: Settings, address: Address, demo_token: str | None = None) -> AsyncGenerator[Parts]:
    """Open everything that the server shares on one data folder, and close it again."""
    settings.data.mkdir(parents=True, exist_ok=True, mode=0o700)
    audit, jobs = await AuditLog.open(settings.data / AUDIT_FOLDER), Jobs()
    try:
        async with Graph(address, on_try=meters.tried, gate=Gate(settings.data)) as graph, open_store(settings) as store:
            try:
                yield Parts(
                    graph=graph,
                    settings=settings,
                    clock=SystemClock(),
                    wake=Wake(),
                    store=store,
                    keys=await SpaceKeys.open(settings.data, settings.key_token),
                    audit=audit,
                    jobs=jobs,
                    secret=secret(settings.data),
                    demo_token=demo_token,
                )
            finally:
                await jobs.stop()  # while there still is what they work with
    finally:
        await audit.close()


def build(parts: Parts, hub: Hub) -> Starlette:
    """Return the application: the API, the live socket, the health routes and the pages."""
    routes = [
        Route("/graphql", endpoint(parts), methods=["POST"]),
        Route("/graphql", _post_only),
        live_route(hub),
        *import_files.routes(parts, arrived),
        *evidence_files.routes(parts),
        *sign_in.routes(parts, Providers.of(issuers.read(parts.settings.issuers), parts.settings.address)),
        Route("/health", _health),
        Route("/ready", _ready(parts)),
        *_metrics(parts.settings.metrics_token),
        *_graphiql(parts.settings.graphiql),
        *_pages(parts.settings.frontend),
    ]
    return Starlette(routes=routes, middleware=[Middleware(Doorkeeper, settings=parts.settings, parts=lambda: parts)])


async def _post_only(_: Request) -> Response:
    return Response("Send the query by POST.\n", 405, headers={"Allow": "POST"}, media_type="text/plain")


async def _health(_: Request) -> Response:
    return Response("alive\n", media_type="text/plain")


def _ready(parts: Parts) -> Callable[[Request], Awaitable[Response]]:
    async def ready(_: Request) -> Response:
        state = {"graph": await parts.graph.ready(), "audit": parts.audit.healthy}
        return Response(orjson.dumps(state), 200 if all(state.values()) else 503, media_type="application/json")

    return ready


def _metrics(token: str) -> list[Route]:
    """Serve the meters of this process to whoever sends the token; without one there is no such page."""

    async def metrics(request: Request) -> Response:
        if not hmac.compare_digest(request.headers.get("authorization", "").encode(), f"Bearer {token}".encode()):
            return Response("", 404)
        return Response(meters.page(), headers={"Content-Type": meters.CONTENT_TYPE})

    return [Route("/metrics", metrics)] if token else []


def _graphiql(built: Path | None) -> list[Route | Mount]:
    """Serve GraphiQL in development, from files of our own; elsewhere there is no such page, and no page of ours stands in its place."""

    async def page(_: Request) -> Response:
        return RedirectResponse("/graphiql/") if built else Response("", 404)

    return [Route("/graphiql", page), Mount("/graphiql", StaticFiles(directory=built, html=True) if built else Response("", 404))]


def _pages(dist: Path | None) -> list[Route | Mount]:
    """Serve the built pages: hashed assets as files, every other path as the one page."""

    async def page(_: Request) -> Response:
        return FileResponse(dist / "index.html") if dist else Response(NOT_BUILT, 503, media_type="text/plain")

    assets: list[Route | Mount] = [Mount("/assets", StaticFiles(directory=dist / "assets"))] if dist else []
    return [*assets, Route("/{path:path}", page)]
