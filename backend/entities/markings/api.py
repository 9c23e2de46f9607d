"""GraphQL: markings of cases and imports, which what came by them inherits."""

from __future__ import annotations

import strawberry

from backend.cases.api import Case, one_case
from backend.core.graphql import Info, ctx
from backend.entities.imports.api import ImportJob, one_job
from backend.entities.markings import service


@strawberry.type
class MarkingsMutation:
    """Raising and releasing the markings of sources."""

    @strawberry.mutation(description="Put further markings on a case: its imports and every record entered in it follow at once, by a job.")
    async def mark_case(
        self, info: Info, space: strawberry.ID, id: strawberry.ID, markings: list[strawberry.ID], expected_version: str, key: str
    ) -> Case:
        """Return the case."""
        done = await service.mark_case(ctx(info), space, id, frozenset(markings), expected_version, key)
        return await one_case(info, space, done)

    @strawberry.mutation(
        description="Take markings off a case alone, by decision of its owning authority; what was entered in it keeps its own."
    )
    async def release_case(
        self,
        info: Info,
        space: strawberry.ID,
        id: strawberry.ID,
        markings: list[strawberry.ID],
        reason: str,
        expected_version: str,
        key: str,
    ) -> Case:
        """Return the case."""
        done = await service.release_case(ctx(info), space, id, frozenset(markings), reason, expected_version, key)
        return await one_case(info, space, done)

    @strawberry.mutation(description="Put further markings on an import: every record that it brought follows at once, by a job.")
    async def mark_import(self, info: Info, space: strawberry.ID, id: strawberry.ID, markings: list[strawberry.ID], key: str) -> ImportJob:
        """Return the import."""
        return await one_job(info, space, await service.mark_import(ctx(info), space, id, frozenset(markings), key))

    @strawberry.mutation(
        description="Take markings off an import alone, by decision of the authority that brought it in; its records keep their own."
    )
    async def release_import(
        self, info: Info, space: strawberry.ID, id: strawberry.ID, markings: list[strawberry.ID], reason: str, key: str
    ) -> ImportJob:
        """Return the import."""
        return await one_job(info, space, await service.release_import(ctx(info), space, id, frozenset(markings), reason, key))
