"""What every `api.py` shares: the context of a resolver, ids as text and pages."""

from __future__ import annotations

from typing import TYPE_CHECKING, TypeAlias

import strawberry

from backend.core.context import Context
from graph.records import moment

if TYPE_CHECKING:
    from datetime import datetime

Info: TypeAlias = strawberry.Info[Context, None]


def ctx(info: Info) -> Context:
    """Return the context of this request."""
    return info.context


def when(text: str) -> datetime:
    """Return a stored moment as the DateTime scalar wants it."""
    return moment(text)


@strawberry.type(description="Where a page ends and whether there is more.")
class PageInfo:
    """Cursor of the last item and whether another page follows."""

    end_cursor: str | None = strawberry.field(description="Pass back as `after`; null at the end.")
    has_next_page: bool = strawberry.field(description="Whether there is more that the reader may see.")


def page_info(end: str | None) -> PageInfo:
    """Return the page info for the place behind which the next part starts."""
    return PageInfo(end_cursor=end, has_next_page=end is not None)
