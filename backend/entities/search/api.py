"""GraphQL: search over records."""

from __future__ import annotations

import strawberry

from backend.core.graphql import Info, ctx
from backend.entities.search import service
from backend.entities.types import EntityStub, stub_of


@strawberry.type(description="An entity and why it matched.")
class SearchHit:
    """Entity, value, score."""

    entity: EntityStub = strawberry.field(description="The entity.")
    matched: str = strawberry.field(description="The value that matched, in a record that the reader sees.")
    property: str = strawberry.field(description="FollowTheMoney name of its property.")
    label: str = strawberry.field(description="Name of the property for people.")
    score: float = strawberry.field(description="0 to 1, worked out from visible values only.")


@strawberry.type
class SearchQuery:
    """Searching."""

    @strawberry.field(description="Entities whose visible records match: words, prefixes, identifiers in any notation.")
    async def search(self, info: Info, space: strawberry.ID, text: str, first: int = 20) -> list[SearchHit]:
        """Return hits, best first."""
        return [
            SearchHit(entity=stub_of(hit.entity), matched=hit.matched, property=hit.property, label=hit.label, score=hit.score)
            for hit in await service.search(ctx(info), space, text, first)
        ]
