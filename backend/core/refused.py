"""What a refusal leaves in the audit log: who asked for what, how it was answered, and the ids that the caller named. Never a value."""

from __future__ import annotations

from contextlib import contextmanager
from typing import TYPE_CHECKING

from backend.core.audit import doing
from backend.core.errors import Unavailable
from backend.core.faults import fault
from backend.core.ids import is_id

if TYPE_CHECKING:
    from collections.abc import Callable, Generator, Iterable, Sequence

    from backend.core.audit import Operation
    from backend.core.context import Context

MOST_IDS = 100
"""Of more, the first are kept."""


@contextmanager
def noted(ctx: Context, name: str, operation: Operation, named: Callable[[], Iterable[object]], space: object = None) -> Generator[None]:
    """Leave a line where what happens within is refused to somebody who is signed in; `named` is asked then only."""
    try:
        yield
    except Exception as error:
        told = fault(error, "")
        if told.known and told.status != Unavailable.status:
            note(ctx, name, operation, told.code, [*_ids(named())], space)
        raise


def note(ctx: Context, name: str, operation: Operation, outcome: str, named: Sequence[str] = (), space: object = None) -> None:
    """Note a refusal of the operation `name` with this code. Nobody who is not signed in leaves one: signing in has lines of its own."""
    if ctx.actor:
        with doing(name + ".refused", operation, outcome=outcome):
            ctx.trail.refused(ctx.actor.session, next(_ids([space]), None), named)


def _ids(given: Iterable[object]) -> Generator[str]:
    """What has the form of an id: anything else is text that somebody typed."""
    found = (one for one in given if isinstance(one, str) and is_id(one))
    yield from [one for one, _ in zip(dict.fromkeys(found), range(MOST_IDS), strict=False)]
