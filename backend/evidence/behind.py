"""What the server does with exhibits by itself, behind what people asked for: written, told and logged the same way each time."""

from __future__ import annotations

from typing import TYPE_CHECKING

from backend.core.audit import Trail, doing
from graph import outbox
from graph.records import stamp

if TYPE_CHECKING:
    from collections.abc import Awaitable, Callable

    from backend.core.context import Parts
    from graph.driver import Tx
    from graph.outbox import Change

AGAIN_S = 5.0
"""How long it waits before it tries again what went wrong for no known reason."""


async def written(
    parts: Parts, name: str, exhibit: str, space: str, by: tuple[str, str], work: Callable[[Tx], Awaitable[list[Change]]]
) -> None:
    """Write what was done with an exhibit under the operation `name` and tell whoever sees it; `work` returns what is to be told.

    `by` is the person on whose behalf it was done and their authority; both are empty where it was nobody's.
    """
    person, agency = by

    async def unit(tx: Tx) -> list[str]:
        told = await work(tx)
        return await outbox.append(tx, space, person, stamp(parts.clock.now()), told) if told else []

    events = await parts.graph.write(unit)
    trail = Trail(parts.audit, person=person, agency=agency) if person else Trail(parts.audit)
    with doing(name):
        trail.changed(space, [exhibit], events)
    await trail.flush()
    parts.wake(space)
