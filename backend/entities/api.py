"""GraphQL: reading entities and links."""

from __future__ import annotations

from typing import TYPE_CHECKING

import strawberry

from backend.core.graphql import Court, Info, PageInfo, ctx, in_court, page_info
from backend.entities import service
from backend.entities.record_types import Standing
from backend.entities.types import Entity, Link, entity_of, link_of

if TYPE_CHECKING:
    from backend.entities.views import Row


@strawberry.type(description="A line of a list of entities.")
class EntityRow:
    """What a list shows of an entity, worked out from visible records."""

    id: strawberry.ID = strawberry.field(description="Id.")
    kind: str = strawberry.field(description="Kind of the ontology.")
    caption: str = strawberry.field(description="Name.")
    degree: int = strawberry.field(description="Links that the reader may see.")
    sources: int = strawberry.field(description="Different sources among its visible records.")
    grade: str | None = strawberry.field(description="Best grade.")
    handling: str = strawberry.field(description="Strictest handling code.")
    countries: list[str] = strawberry.field(description="Countries of the owning authorities.")
    marked: bool = strawberry.field(description="Whether a visible record carries a marking.")
    standing: Standing = strawberry.field(description="How its visible records stand as a whole.")


@strawberry.type(description="A page of entities.")
class EntityPage:
    """Rows and where to go on."""

    items: list[EntityRow] = strawberry.field(description="Rows.")
    page_info: PageInfo = strawberry.field(description="Where to go on.")
    total: int = strawberry.field(description="How many the reader sees in all, with these filters.")


@strawberry.type(description="Visible entities of one kind.")
class KindCount:
    """Kind and number."""

    kind: str = strawberry.field(description="Kind of the ontology.")
    count: int = strawberry.field(description="How many the reader sees.")


@strawberry.type
class EntitiesQuery:
    """Reading entities and links."""

    @strawberry.field(description="One entity.")
    async def entity(self, info: Info, space: strawberry.ID, id: strawberry.ID, court: Court = None) -> Entity:
        """Return one entity."""
        return entity_of(await service.look_up(in_court(info, court), space, id), court)

    @strawberry.field(description="One link.")
    async def link(self, info: Info, space: strawberry.ID, id: strawberry.ID, court: Court = None) -> Link:
        """Return one link."""
        return link_of(await service.look_up_link(in_court(info, court), space, id))

    @strawberry.field(description="Entities by name, with filters.")
    async def entities(
        self,
        info: Info,
        space: strawberry.ID,
        kinds: list[str] | None = None,
        case: strawberry.ID | None = None,
        text: str | None = None,
        first: int = 50,
        after: str | None = None,
        court: Court = None,
    ) -> EntityPage:
        """Return a page of entities."""
        page = await service.listing(in_court(info, court), space, kinds, case, text, after, first)
        return EntityPage(items=[_row(each) for each in page.items], page_info=page_info(page.end), total=page.total)

    @strawberry.field(description="How many entities there are of each kind.")
    async def kind_counts(self, info: Info, space: strawberry.ID, case: strawberry.ID | None = None) -> list[KindCount]:
        """Return counts by kind."""
        return [KindCount(kind=kind, count=number) for kind, number in await service.kind_counts(ctx(info), space, case)]


def _row(row: Row) -> EntityRow:
    return EntityRow(
        id=strawberry.ID(row.id), kind=row.kind, caption=row.caption, degree=row.degree, sources=row.sources, grade=row.grade,
        handling=row.handling, countries=row.countries, marked=row.marked, standing=Standing(row.standing),
    )  # fmt: skip
