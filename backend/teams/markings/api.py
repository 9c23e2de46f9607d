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
        description="Let a marking need a strong sign-in from now on, or no longer, as the authority that made it. In any other session it "
        "counts as not held, and what carries it is gone at once."
    )
    async def change_marking(
        self, info: Info, space: strawberry.ID, marking: strawberry.ID, key: str, *, strong_sign_in: bool
    ) -> HeldMarking:
        """Return the marking."""
        made = await service.need_strong(ctx(info), space, marking, key, strong=strong_sign_in)
        markings = space_of(await open_space(ctx(info), space)).markings
        return next(each for each in markings if each.marking.id == made)
