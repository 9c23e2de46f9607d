"""One-click sign-in as a demo person: only in a graph that was created as a demo, on loopback, with the token of this start."""

from __future__ import annotations

import hmac
import secrets
from typing import TYPE_CHECKING, Any

from backend.auth import service
from backend.config import LOOPBACK_NAMES
from backend.core.audit import doing
from backend.core.errors import Invalid
from graph.queries import auth as queries

if TYPE_CHECKING:
    from backend.core.context import Context, Parts
    from graph.driver import Graph, Tx

REFUSED = "This does not open the demo. Use the address that the program printed when it started."
NOT_A_DEMO = (
    "The graph in this data folder was not created as a demo, so nobody may sign in to it without a password."
    " Start the demo with another data folder, or serve this one without the demo."
)


class DemoRefused(Exception):
    """The demo must not be served from this graph; the text says what to do. Raised at start."""


def new_token() -> str:
    """Return the token of one start: 32 random bytes as text that fits in an address."""
    return secrets.token_urlsafe(32)


async def mark_deployment(graph: Graph, *, demo: bool) -> None:
    """Say once whether a new graph is a demo; a graph that is marked or has people in it stays what it is."""

    async def work(tx: Tx) -> None:
        if await queries.deployment(tx) is None and not (demo and await queries.has_people(tx)):
            await queries.mark_deployment(tx, demo=demo)

    await graph.write(work)


async def check_demo(graph: Graph) -> None:
    """Pass where the graph was created as a demo, else raise `DemoRefused`."""
    if not await graph.read(queries.deployment):
        raise DemoRefused(NOT_A_DEMO)


def opens(parts: Parts, token: str | None) -> bool:
    """Say whether the settings allow the demo (asked for, on loopback, directly) and the token is the one of this start."""
    settings = parts.settings
    if not settings.demo or settings.origin or settings.host not in LOOPBACK_NAMES or not parts.demo_token or not token:
        return False
    return hmac.compare_digest(parts.demo_token.encode(), token.encode())


async def is_demo(ctx: Context) -> bool:
    """Say whether the graph carries the demo marker."""
    return bool(await ctx.graph.read(queries.deployment))


async def people(ctx: Context, token: str | None) -> list[dict[str, Any]]:
    """Return the people one may become {id, name, function, agency, roles}; none without the token or in a graph that is no demo."""
    if not opens(ctx.parts, token):
        return []
    rows = await ctx.graph.read(queries.demo_people)
    ctx.trail.saw(None, [row["id"] for row in rows])
    return rows


async def sign_in_as(ctx: Context, person: str, token: str) -> dict[str, Any]:
    """Open a session as a demo person; one text refuses a wrong token, another graph and somebody who is no demo person."""
    offered = {row["id"] for row in await people(ctx, token)}
    if person not in offered or not await service.open_session(ctx, person, service.DEMO):
        with doing("signInAs.refused"):
            ctx.trail.changed(None, [])
        raise Invalid(REFUSED, "demoToken")
    return await service.me(ctx, person)
