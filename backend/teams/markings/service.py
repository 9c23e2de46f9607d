"""What changes about a marking once it is made: whether it counts only in a session of a strong sign-in, and asks for a watermark."""

from __future__ import annotations

from typing import TYPE_CHECKING

from backend.core.errors import Forbidden, Invalid, NotFound
from backend.teams.policy import Right
from backend.teams.service import change, to_holders
from graph import access
from graph.queries import teams as queries

if TYPE_CHECKING:
    from backend.core.context import Context
    from graph.access import Scope
    from graph.driver import Tx
    from graph.outbox import Change

NOT_OURS = "Only the authority that made this marking changes what it asks for."
NOTHING = "Say what is to change about this marking."


async def change_marking(
    ctx: Context, space: str, marking: str, key: str, *, strong: bool | None = None, watermark: bool | None = None
) -> str:
    """Let a marking need a strong sign-in, or ask for a watermark, from now on, or no longer; return its id. None leaves it as it is.

    What weak sessions see narrows, or widens, at once. For those of the authority that made it who hold it and clear others.
    """
    said = {name: value for name, value in (("strong", strong), ("watermark", watermark)) if value is not None}
    if not said:
        raise Invalid(NOTHING, "strongSignIn")

    async def work(tx: Tx, scope: Scope) -> tuple[str, list[Change]]:
        if marking not in scope.held:
            raise NotFound
        if await queries.authority_of_marking(tx, space, marking) != scope.agency:
            raise Forbidden(NOT_OURS)
        ctx.require_strong()
        await queries.change_marking(tx, space, marking, said)
        await access.changed(tx, space)
        return marking, [to_holders(space, marking, "changed")]

    return await change(ctx, space, key, Right.CLEAR, work)
