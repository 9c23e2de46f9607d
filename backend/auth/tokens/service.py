"""API tokens: a token is a session that a script holds.

It reads, or reads and writes, as its person does; it ends at a date, or when it is revoked.
"""

from __future__ import annotations

import secrets
from typing import TYPE_CHECKING, Any

from backend.auth import rules
from backend.auth.service import TOKEN_BYTES, end_own_session, session_id
from backend.core.errors import Conflict, NotFound
from graph import outbox
from graph.outbox import CONTROL, Change
from graph.queries import auth as sessions
from graph.queries import tokens as queries
from graph.records import stamp

if TYPE_CHECKING:
    from datetime import datetime

    from backend.core.context import Context
    from graph.driver import Tx

PREFIX = "joinder_"
MOST_TOKENS = 20


async def own_tokens(ctx: Context) -> list[dict[str, Any]]:
    """Return the tokens of the person who asks that still hold {id, name, writes, created_at, seen_at, ends_at}, the newest first."""
    rows = await ctx.graph.read(lambda tx: queries.of(tx, ctx.who.user, ctx.now))
    ctx.trail.saw(None, [ctx.who.user, *(row["id"] for row in rows)])
    return rows


async def create(ctx: Context, name: str, *, writes: bool, ends_at: datetime) -> str:
    """Make a token and return its secret, which is told this once and stored as its hash only.

    Raises `Invalid` for a name or an end that cannot be, `Conflict` when the person holds as many as one may.
    """
    now, user = ctx.now, ctx.who.user
    ctx.require_strong()
    secret = PREFIX + secrets.token_urlsafe(TOKEN_BYTES)
    one = session_id(secret)
    end = stamp(rules.token_end(ends_at, ctx.parts.clock.now()))
    row = {"id": one, "user": user, "name": rules.token_name(name), "writes": writes, "now": now, "ends_at": end}
    events = list[str]()

    async def work(tx: Tx) -> None:
        if await sessions.session_known(tx, one):
            return
        if len(await queries.of(tx, user, now)) >= MOST_TOKENS:
            raise Conflict(f"A person holds at most {MOST_TOKENS} tokens. Revoke one that is not needed any more.")
        if not await queries.grant(tx, row):
            raise NotFound
        events[:] = await outbox.append(tx, CONTROL, user, now, [Change("session", "started", one)])

    await ctx.graph.write(work)
    ctx.parts.wake(CONTROL)
    ctx.trail.changed(None, user, events)
    return secret


async def revoke(ctx: Context, token: str) -> None:
    """End a token of the person who asks, with every socket under it; raise `NotFound` for anybody else's."""
    await end_own_session(ctx, token)
