"""What every `api.py` shares: the context of a resolver, ids as text and pages."""

from __future__ import annotations

import re
from dataclasses import replace
from typing import TYPE_CHECKING, Annotated, TypeAlias

import strawberry

from backend.core.context import Context
from backend.core.errors import Invalid
from graph.records import moment

if TYPE_CHECKING:
    from datetime import datetime

Info: TypeAlias = strawberry.Info[Context, None]
COUNTRY = re.compile("[A-Z]{2}")
IN_COURT = (
    "Country whose courts are asked what stands: what only another country's courts excluded stands there. Null asks for all records,"
    " and what any court excluded is excluded."
)
Court = Annotated[str | None, strawberry.argument(description=IN_COURT)]


def ctx(info: Info) -> Context:
    """Return the context of this request."""
    return info.context


def in_court(info: Info, court: str | None) -> Context:
    """Return the context of this request for a question of what stands in the courts of a country; None asks for all records."""
    if court is not None and not COUNTRY.fullmatch(court):
        raise Invalid("A country is two letters, such as IT.", "court")
    return replace(info.context, court=court)


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
