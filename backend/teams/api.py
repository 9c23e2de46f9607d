"""GraphQL: spaces, members, markings, invitations."""

from __future__ import annotations

from datetime import datetime
from enum import Enum
from typing import Any

import strawberry

from backend.agencies.api import Agency, Person, agency_of, person_of
from backend.core.graphql import Info, ctx
from backend.teams import service
from backend.teams.agreements.api import Agreement, agreement_of
from backend.teams.policy import Right, Role
from backend.teams.rules import MembershipState, SpaceKind

strawberry.enum(Role, description="Role of a membership.")
strawberry.enum(Right, description="What a role allows; the table is backend/teams/policy.py.")


@strawberry.enum(description="What a marking protects.")
class MarkingKind(Enum):
    """Kinds of compartments."""

    COVERT_SOURCE = "covert_source"
    PRIVILEGED = "privileged"
    VICTIM_IDENTITY = "victim_identity"
    NATIONAL_CAVEAT = "national_caveat"
    RELEASE_RESTRICTION = "release_restriction"
    FINANCIAL_INTELLIGENCE = "financial_intelligence"
    OTHER = "other"


@strawberry.type(description="A compartment: who sees a marked record must hold all its markings.")
class Marking:
    """Name and kind of a marking that the reader holds."""

    id: strawberry.ID = strawberry.field(description="Id.")
    name: str = strawberry.field(description="Name as its creator gave it.")
    kind: MarkingKind = strawberry.field(description="What it protects.")


def marking_of(row: dict[str, Any]) -> Marking:
    """Dress a stored marking."""
    return Marking(id=strawberry.ID(row["id"]), name=row["name"], kind=MarkingKind(row["kind"]))


@strawberry.type(description="A marking that the reader holds; holders only for those with the right to clear.")
class HeldMarking:
    """Marking, countries of its holders, number of holders."""

    marking: Marking = strawberry.field(description="The marking.")
    countries: list[str] = strawberry.field(description="Countries of those who hold it.")
    holders: int | None = strawberry.field(description="How many hold it; null without the right to clear.")
    strong_sign_in: bool = strawberry.field(description="Whether it counts only in a session of a strong sign-in.")
    watermark: bool = strawberry.field(description="Whether PDFs and pictures that carry it leave with the reader's watermark alone.")
    ours: bool = strawberry.field(description="Whether the reader may change these: they clear others, and their authority made it.")


@strawberry.type(description="A person's place in a space.")
class Membership:
    """Role, state and validity."""

    id: strawberry.ID = strawberry.field(description="Id.")
    person: Person = strawberry.field(description="Who.")
    role: Role = strawberry.field(description="In which role.")
    state: MembershipState = strawberry.field(description="State.")
    valid_from: datetime = strawberry.field(description="From.")
    valid_to: datetime | None = strawberry.field(description="Until; null without an end.")
    seconded_to: Agency | None = strawberry.field(description="The authority that hosts the person for this time, where they are seconded.")
    clearances: list[Marking] | None = strawberry.field(
        description="Markings this member is cleared for, of those that the reader holds; null without the right to clear."
    )


@strawberry.type(description="An invitation to the reader, or one that they accepted and that begins later.")
class Invitation:
    """What one is invited to."""

    membership: strawberry.ID = strawberry.field(description="Accept or decline with this id.")
    space_name: str = strawberry.field(description="Name of the space.")
    role: Role = strawberry.field(description="Role offered.")
    state: MembershipState = strawberry.field(description="Invited; active where it is accepted and begins later.")
    valid_from: datetime = strawberry.field(description="From.")
    valid_to: datetime | None = strawberry.field(description="Until; null without an end.")
    seconded_to: str | None = strawberry.field(description="Name of the authority that hosts the reader for this time, if one does.")
    purpose: str = strawberry.field(description="Purpose of the agreement.")


@strawberry.type(description="One isolated space per team.")
class Space:
    """A space as one member sees it."""

    id: strawberry.ID = strawberry.field(description="Id.")
    name: str = strawberry.field(description="Name.")
    kind: SpaceKind = strawberry.field(description="Kind.")
    colour: int = strawberry.field(description="One of eight edge colours, 0 to 7.")
    countries: list[str] = strawberry.field(description="Country codes of the members' agencies, in order of joining.")
    third_countries: list[str] = strawberry.field(description="Those of them whose members are third-country members.")
    agreement: Agreement = strawberry.field(description="The agreement in force.")
    my_role: Role = strawberry.field(description="The reader's role.")
    my_membership: strawberry.ID = strawberry.field(description="The reader's membership.")
    my_rights: list[Right] = strawberry.field(description="What the reader's role allows.")
    members: list[Membership] = strawberry.field(description="Members, in order of joining.")
    markings: list[HeldMarking] = strawberry.field(description="Markings that the reader holds.")


def membership_of(row: dict[str, Any], held: dict[str, Marking]) -> Membership:
    """Dress a stored membership."""
    since, to = service.period(row)
    cleared = row["clearances"]
    return Membership(
        id=strawberry.ID(row["id"]),
        person=person_of(row["person"]),
        role=Role(row["role"]),
        state=MembershipState(row["state"]),
        valid_from=since,
        valid_to=to,
        seconded_to=agency_of(row["seconded_to"]) if row["seconded_to"] else None,
        clearances=None if cleared is None else [held[one] for one in cleared if one in held],
    )


def invitation_of(row: dict[str, Any]) -> Invitation:
    """Dress an invitation."""
    since, to = service.period(row)
    return Invitation(
        membership=strawberry.ID(row["membership"]),
        space_name=row["name"],
        role=Role(row["role"]),
        state=MembershipState(row["state"]),
        valid_from=since,
        valid_to=to,
        seconded_to=row["seconded_to"],
        purpose=row["purpose"],
    )


def space_of(row: dict[str, Any]) -> Space:
    """Dress a space."""
    held = {each["id"]: marking_of(each) for each in row["markings"]}
    return Space(
        id=strawberry.ID(row["id"]),
        name=row["name"],
        kind=SpaceKind(row["kind"]),
        colour=row["colour"],
        countries=row["countries"],
        third_countries=row["third_countries"],
        agreement=agreement_of(row),
        my_role=Role(row["role"]),
        my_membership=strawberry.ID(row["membership"]),
        my_rights=[one for one in Right if one in row["rights"]],
        members=[membership_of(each, held) for each in row["members"]],
        markings=[
            HeldMarking(
                marking=held[each["id"]], countries=each["countries"], holders=each["holders"], strong_sign_in=each["strong"],
                watermark=each["watermark"], ours=each["ours"],
            )
            for each in row["markings"]
        ],
    )  # fmt: skip


async def _membership(info: Info, space: str, membership: str) -> Membership:
    row = await service.space(ctx(info), space)
    held = {each["id"]: marking_of(each) for each in row["markings"]}
    return membership_of(next(each for each in row["members"] if each["id"] == membership), held)


@strawberry.type
class TeamsQuery:
    """Reading spaces."""

    @strawberry.field(description="Invitations of the reader, also those that ran out, and what they accepted that begins later.")
    async def invitations(self, info: Info) -> list[Invitation]:
        """Return invitations, newest first."""
        return [invitation_of(row) for row in await service.invitations(ctx(info))]

    @strawberry.field(description="The spaces in which the reader has standing now.")
    async def spaces(self, info: Info) -> list[Space]:
        """Return the reader's spaces by name."""
        return [space_of(row) for row in await service.spaces(ctx(info))]

    @strawberry.field(description="One space.")
    async def space(self, info: Info, id: strawberry.ID) -> Space:
        """Return one space."""
        return space_of(await service.space(ctx(info), id))


@strawberry.type
class TeamsMutation:
    """Changing memberships and markings."""

    @strawberry.mutation(description="Accept one's own invitation.")
    async def accept_invitation(self, info: Info, membership: strawberry.ID, key: str) -> Space | None:
        """Return the space joined; null while its agreement is not in force or the membership begins later."""
        found = await service.open_space(ctx(info), await service.accept(ctx(info), membership, key))
        return space_of(found) if found else None

    @strawberry.mutation(description="Decline one's own invitation, also one that ran out.")
    async def decline_invitation(self, info: Info, membership: strawberry.ID, key: str) -> strawberry.ID:
        """Return the id of the invitation declined."""
        await service.decline(ctx(info), membership, key)
        return membership

    @strawberry.mutation(description="Invite a person into the space; `secondedTo` names the authority that hosts them until `validTo`.")
    async def invite_member(
        self,
        info: Info,
        space: strawberry.ID,
        person: strawberry.ID,
        role: Role,
        key: str,
        valid_from: datetime | None = None,
        valid_to: datetime | None = None,
        seconded_to: strawberry.ID | None = None,
    ) -> Membership:
        """Return the new membership, invited."""
        made = await service.invite(ctx(info), space, person, role, (valid_from, valid_to), key, seconded_to)
        return await _membership(info, space, made)

    @strawberry.mutation(description="End a membership, everywhere at once, or withdraw an invitation.")
    async def end_membership(self, info: Info, space: strawberry.ID, membership: strawberry.ID, key: str) -> strawberry.ID:
        """Return the id of the membership ended."""
        return strawberry.ID(await service.end(ctx(info), space, membership, key))

    @strawberry.mutation(
        description="Create a marking; its creator is its first holder. With `strongSignIn` it counts as not held in any session but one "
        "of a strong sign-in. With `watermark`, PDFs and pictures that carry it are shown and copied with the reader's watermark alone."
    )
    async def create_marking(
        self,
        info: Info,
        space: strawberry.ID,
        name: str,
        kind: MarkingKind,
        key: str,
        *,
        strong_sign_in: bool = False,
        watermark: bool = False,
    ) -> Marking:
        """Return the marking."""
        made = await service.create_marking(ctx(info), space, name, kind.value, key, strong=strong_sign_in, watermark=watermark)
        row = await service.space(ctx(info), space)
        return next(marking_of(each) for each in row["markings"] if each["id"] == made)

    @strawberry.mutation(description="Clear a member for a marking that the actor holds.")
    async def clear_member(
        self,
        info: Info,
        space: strawberry.ID,
        membership: strawberry.ID,
        marking: strawberry.ID,
        key: str,
        valid_to: datetime | None = None,
    ) -> Membership:
        """Return the membership with its clearances."""
        return await _membership(info, space, await service.clear(ctx(info), space, membership, marking, valid_to, key))

    @strawberry.mutation(description="End a member's clearance.")
    async def withdraw_clearance(
        self, info: Info, space: strawberry.ID, membership: strawberry.ID, marking: strawberry.ID, key: str
    ) -> Membership:
        """Return the membership with its clearances."""
        return await _membership(info, space, await service.withdraw(ctx(info), space, membership, marking, key))
