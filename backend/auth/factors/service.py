"""The second factor of a local account: whether there is one, and whether what somebody typed proves it. A code is used up by proving."""

from __future__ import annotations

import asyncio
import base64
from functools import partial
from typing import TYPE_CHECKING, Any

from backend.auth.factors import rules
from backend.storage.keys import WrapError
from graph.queries import factors as queries

if TYPE_CHECKING:
    from backend.core.context import Parts
    from graph.driver import Tx

CODE_REFUSED = "This code does not fit. A code of the app holds for half a minute and opens once: wait for the next one."


async def held(parts: Parts, user: str) -> dict[str, Any] | None:
    """Return the confirmed factor of a person {sealed, last_step, codes, at}, or None."""
    found = await parts.graph.read(lambda tx: queries.factor(tx, user))
    return found if found and found["sealed"] else None


async def prove(parts: Parts, user: str, typed: str) -> bool:
    """Say whether `typed` is a code of the person's app, or a recovery code, that was never used; it is used by this."""
    found = await held(parts, user)
    if found is None:
        return False
    secret, now = await unseal(parts, user, found["sealed"]), parts.clock.now()

    async def work(tx: Tx) -> bool:
        factor = await queries.lock(tx, user)
        if factor is None or factor["sealed"] != found["sealed"]:
            return False
        changes = rules.spent(user, factor, secret, typed, now)
        if changes is not None:
            await queries.change(tx, user, changes)
        return changes is not None

    return await parts.graph.write(work)


async def seal(parts: Parts, user: str, secret: bytes) -> str:
    """Return a secret as it is stored: wrapped by the deployment's key for this person alone."""
    wrapped = await asyncio.to_thread(partial(parts.keys.wrap, secret, _purpose(user)))
    return base64.b64encode(wrapped).decode()


async def unseal(parts: Parts, user: str, sealed: str) -> bytes:
    """Return a stored secret. Raises WrapError where it was moved from another person, or the deployment's key is another."""
    try:
        return await asyncio.to_thread(partial(parts.keys.unwrap, base64.b64decode(sealed), _purpose(user)))
    except ValueError as error:
        message = "A stored second factor is damaged."
        raise WrapError(message) from error


def _purpose(user: str) -> str:
    return f"second factor {user}"
