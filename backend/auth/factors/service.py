"""The second factor of a local account: whether there is one, and whether what somebody typed proves it. A code is used up by proving."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from backend.auth.factors import rules
from backend.storage.wrapping import factor_purpose
from graph.queries import factors as queries

if TYPE_CHECKING:
    from contextlib import AbstractAsyncContextManager

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

    async def work(tx: Tx) -> bool | None:
        factor = await queries.lock(tx, user)
        if factor is None or factor["sealed"] != found["sealed"]:
            return None
        changes = rules.spent(user, factor, secret, typed, now)
        if changes is not None:
            await queries.change(tx, user, changes)
        return changes is not None

    proven = await parts.graph.write(work)
    return await prove(parts, user, typed) if proven is None else proven  # another secret, or the same one wrapped anew: read it again


def sealed(parts: Parts, user: str, secret: bytes) -> AbstractAsyncContextManager[str]:
    """Yield a secret as it is stored: wrapped by the deployment's key for this person alone. Write it before the block is left."""
    return parts.keys.wrapped(secret, factor_purpose(user))


async def unseal(parts: Parts, user: str, stored: str) -> bytes:
    """Return a stored secret. Raises WrapError where it was moved from another person, or the deployment's key is another."""
    return await parts.keys.unwrapped(stored, factor_purpose(user))
