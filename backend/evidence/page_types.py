"""GraphQL: the pages of an exhibit, as types."""

from __future__ import annotations

from datetime import datetime
from enum import Enum
from typing import TYPE_CHECKING, Any

import strawberry

from backend.core.graphql import when
from backend.evidence.types import ExhibitRef

if TYPE_CHECKING:
    from backend.evidence.page_search import Passage


@strawberry.enum(description="Whether the pages of an exhibit have been read.")
class ExhibitReading(Enum):
    """From waiting to read, or why not."""

    WAITING = "waiting"
    READ = "read"
    FAILED = "failed"
    NONE = "none"


@strawberry.type(description="A word on a page, and where it stands, in shares of the page from its upper left corner.")
class ExhibitWord:
    """Text and box."""

    text: str = strawberry.field(description="The word.")
    x: float = strawberry.field(description="Left edge.")
    y: float = strawberry.field(description="Upper edge.")
    w: float = strawberry.field(description="Width.")
    h: float = strawberry.field(description="Height.")


@strawberry.type(description="The text of a page.")
class ExhibitText:
    """A page of a document, 100 lines of a text, 100 rows of a table."""

    number: int = strawberry.field(description="From 1.")
    width: float = strawberry.field(description="In points.")
    height: float = strawberry.field(description="In points.")
    text: str = strawberry.field(description="Lines of text; of a table the rows, cells between tabs.")
    words: list[ExhibitWord] = strawberry.field(description="Where each word stands; of PDFs only.")


@strawberry.type(description="Pages of an exhibit.")
class ExhibitPages:
    """What was read of it."""

    state: ExhibitReading = strawberry.field(description="Whether it has been read.")
    problem: str = strawberry.field(description="Why not, in words.")
    total: int = strawberry.field(description="How many pages there are.")
    pages: list[ExhibitText] = strawberry.field(description="The pages asked for.")


@strawberry.type(description="A page on which words stand, and where on it.")
class ExhibitPassage:
    """Exhibit, page, line, excerpt."""

    exhibit: ExhibitRef = strawberry.field(description="The exhibit.")
    page: int = strawberry.field(description="Page, from 1.")
    line: int = strawberry.field(description="Line of the page, or row of a table, from 1: the first of those that hold most of the words.")
    locator: str = strawberry.field(description="The same as it is cited.")
    excerpt: str = strawberry.field(description="The line; of a long one 160 characters around the words.")
    altered_at: datetime | None = strawberry.field(
        description="Since when the hash of its file, or of the one it was derived from, is known to differ; null while it is not."
    )


def passage_of(found: Passage) -> ExhibitPassage:
    """Dress a passage."""
    altered = when(found.altered_at) if found.altered_at else None
    exhibit = ExhibitRef(id=strawberry.ID(found.exhibit), number=found.number, title=found.title, family=found.family)
    return ExhibitPassage(
        exhibit=exhibit, page=found.page, line=found.line, locator=found.locator, excerpt=found.excerpt, altered_at=altered
    )


def pages_of(row: dict[str, Any]) -> ExhibitPages:
    """Dress pages."""
    found = [
        ExhibitText(
            number=page["number"],
            width=page["width"],
            height=page["height"],
            text=page["text"],
            words=[ExhibitWord(text=text, x=x, y=y, w=w, h=h) for text, x, y, w, h in page["words"]],
        )
        for page in row["pages"]
    ]
    return ExhibitPages(state=ExhibitReading(row["state"]), problem=row["problem"], total=row["total"], pages=found)
