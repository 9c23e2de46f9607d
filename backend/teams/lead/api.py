"""GraphQL: handing over the lead."""

from __future__ import annotations

import strawberry

from backend.core.graphql import Info, ctx
from backend.teams.api import Space, space_of
from backend.teams.lead import service
from backend.teams.policy import Role
from backend.teams.service import space as open_space


@strawberry.type
class LeadMutation:
    """Handing over the lead."""

    @strawberry.mutation(description="Hand the lead to another member and take another role oneself; both keep their clearances.")
    async def hand_over_lead(self, info: Info, space: strawberry.ID, to: strawberry.ID, own_role: Role, key: str) -> Space:
        """Return the space as the former lead sees it now."""
        await service.hand_over(ctx(info), space, to, own_role, key)
        return space_of(await open_space(ctx(info), space))
