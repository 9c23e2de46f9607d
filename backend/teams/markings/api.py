"""GraphQL: what changes about a marking once it is made."""

from __future__ import annotations

import strawberry

from backend.core.graphql import Info, ctx
from backend.teams.api import HeldMarking, space_of
from backend.teams.markings import service
from backend.teams.service import space as open_space


@strawberry.type
class MarkingMutation:
    """Changing a marking."""

    @strawberry.mutation(
        description="Change what a marking asks for, as the authority that made it; null leaves it as it is. With `strongSignIn` it counts "
        "as not held in any session but one of a strong sign-in, and what carries it is gone there at once. With `watermark`, PDFs and "
        "pictures that carry it are shown and copied with the reader's watermark alone."
    )
    async def change_marking(
        self,
        info: Info,
        space: strawberry.ID,
        marking: strawberry.ID,
        key: str,
        *,
        strong_sign_in: bool | None = None,
        watermark: bool | None = None,
    ) -> HeldMarking:
        """Return the marking."""
        made = await service.change_marking(ctx(info), space, marking, key, strong=strong_sign_in, watermark=watermark)
        markings = space_of(await open_space(ctx(info), space)).markings
        return next(each for each in markings if each.marking.id == made)
