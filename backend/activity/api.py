"""GraphQL: what happened in a space."""

from __future__ import annotations

from datetime import datetime

import strawberry

from backend.activity import service
from backend.agencies.api import Person, person_of
from backend.core.graphql import Info, PageInfo, ctx, page_info, when


@strawberry.type(description="One thing that happened, to a subject that the reader sees.")
class Activity:
    """Who did what to what."""

    id: strawberry.ID = strawberry.field(description="Id.")
    at: datetime = strawberry.field(description="When.")
    verb: str = strawberry.field(description="What was done.")
    person: Person = strawberry.field(description="Who did it.")
    kind: str = strawberry.field(description="Kind of subject: entity, link, merge, case, task, member, marking, import, agreement.")
    subject: strawberry.ID = strawberry.field(description="Id of the subject.")
    caption: str = strawberry.field(description="Name of the subject, worked out from what the reader may see.")


@strawberry.type(description="A page of activity.")
class ActivityPage:
    """Rows and where to go on."""

    items: list[Activity] = strawberry.field(description="Newest first.")
    page_info: PageInfo = strawberry.field(description="Where to go on.")


@strawberry.type
class ActivityQuery:
    """Reading activity."""

    @strawberry.field(description="What happened in a space, newest first.")
    async def activity(self, info: Info, space: strawberry.ID, first: int = 20, after: str | None = None) -> ActivityPage:
        """Return a page of activity."""
        page = await service.activity(ctx(info), space, first, after)
        rows = [
            Activity(
                id=strawberry.ID(it["id"]), at=when(it["at"]), verb=it["verb"], person=person_of(it["person"]), kind=it["kind"],
                subject=strawberry.ID(it["subject"]), caption=it["caption"],
            )
            for it in page.items
        ]  # fmt: skip
        return ActivityPage(items=rows, page_info=page_info(page.end))
