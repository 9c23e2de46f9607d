"""GraphQL: why someone can, or cannot, see something."""

from __future__ import annotations

from datetime import datetime
from enum import Enum

import strawberry

from backend.core.graphql import Info, ctx
from backend.entities.sight import service
from backend.entities.sight.rules import Reason, Sight
from backend.teams.api import Marking, Membership, marking_of, membership_of
from graph.records import moment

strawberry.enum(Reason, name="SightReason", description="Why a member sees something, or does not; worked out from what the asker sees.")


@strawberry.enum(description="What may be asked about.")
class SightOf(Enum):
    """Kinds of items with markings."""

    ENTITY = "entity"
    LINK = "link"
    RECORD = "record"
    CASE = "case"
    TASK = "task"
    EXHIBIT = "exhibit"


@strawberry.type(description="Whether and why one member sees an item, judged by what the asker sees of it.")
class MemberSight:
    """Member, decision, reason."""

    membership: Membership = strawberry.field(description="Who: of a person's memberships the one that counts now, else the latest.")
    sees: bool = strawberry.field(description="Whether they see it by anything that the asker sees.")
    reason: Reason = strawberry.field(description="Why.")
    markings: list[Marking] = strawberry.field(
        description="CLEARED: the markings by which they see it; LACKS_MARKING: the fewest that they would still need."
    )
    lacking: list[Marking] = strawberry.field(description="Where they see some of the records only: the markings that the others need.")
    records: int = strawberry.field(
        description="How many of the records that the asker sees they see too; a case, task or exhibit counts as one."
    )
    at: datetime | None = strawberry.field(description="ENDED: since when; BEGINS_LATER: when.")


@strawberry.type(description="Who sees an item, and why.")
class WhoSees:
    """A line for each person."""

    members: list[MemberSight] = strawberry.field(description="Everybody who is, was or is invited to be a member, in order of joining.")
    records: int = strawberry.field(description="How many records of the item the asker sees; a case, task or exhibit counts as one.")


def _line(sight: Sight, held: dict[str, Marking]) -> MemberSight:
    return MemberSight(
        membership=membership_of(sight.membership, held),
        sees=sight.sees,
        reason=sight.reason,
        markings=_named(sight.markings, held),
        lacking=_named(sight.lacking, held),
        records=sight.records,
        at=moment(sight.at) if sight.at else None,
    )


def _named(markings: frozenset[str], held: dict[str, Marking]) -> list[Marking]:
    return sorted((held[one] for one in markings), key=lambda one: one.name)


@strawberry.type
class SightQuery:
    """Asking who sees something."""

    @strawberry.field(description="Why each member can, or cannot, see an item; for those who clear others.")
    async def who_sees(self, info: Info, space: strawberry.ID, of: SightOf, id: strawberry.ID) -> WhoSees:
        """Return a line for each person."""
        answer = await service.who_sees(ctx(info), space, of.value, id)
        held = {row["id"]: marking_of(row) for row in answer.markings}
        return WhoSees(members=[_line(one, held) for one in answer.sights], records=answer.records)
