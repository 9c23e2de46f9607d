"""GraphQL: agreements and their amendments; spaces as administrators open them."""

from __future__ import annotations

from datetime import datetime
from typing import Any

import strawberry

from backend.agencies.api import Person, person_of
from backend.core.graphql import Info, ctx, when
from backend.teams.agreements import rules, service
from backend.teams.agreements.rules import AgreementState
from backend.teams.rules import MembershipState, SpaceKind

strawberry.enum(AgreementState, description="State of an agreement; nothing opens without one in force.")
strawberry.enum(SpaceKind, description="Kind of space.")
strawberry.enum(MembershipState, description="State of a membership.")


@strawberry.type(description="What an agreement said at one moment.")
class AgreementTerms:
    """State, purpose, parties and validity."""

    state: AgreementState = strawberry.field(description="State.")
    purpose: str = strawberry.field(description="What the team is for.")
    parties: list[str] = strawberry.field(description="Country codes of the parties.")
    valid_from: datetime = strawberry.field(description="In force from.")
    valid_to: datetime = strawberry.field(description="In force until.")


@strawberry.type(description="One change of an agreement, kept for good.")
class Amendment:
    """Who changed what, when and why."""

    id: strawberry.ID = strawberry.field(description="Id.")
    at: datetime = strawberry.field(description="When.")
    by: Person = strawberry.field(description="Who.")
    reason: str = strawberry.field(description="Why, in their words.")
    before: AgreementTerms = strawberry.field(description="What it said before.")
    after: AgreementTerms = strawberry.field(description="What it says since.")


@strawberry.type(description="The agreement under which a space works.")
class Agreement:
    """Parties, purpose and validity."""

    id: strawberry.ID = strawberry.field(description="Id.")
    purpose: str = strawberry.field(description="What the team is for.")
    parties: list[str] = strawberry.field(description="Country codes of the parties.")
    state: AgreementState = strawberry.field(description="State.")
    valid_from: datetime = strawberry.field(description="In force from.")
    valid_to: datetime = strawberry.field(description="In force until.")
    version: str = strawberry.field(description="Pass back as expectedVersion.")
    amendments: list[Amendment] = strawberry.field(description="How it was changed, oldest first.")


@strawberry.input(description="What an agreement is to say.")
class AgreementTermsInput:
    """Purpose, parties and validity."""

    purpose: str = strawberry.field(description="What the team is for.")
    parties: list[str] = strawberry.field(description="Country codes of the parties.")
    valid_from: datetime = strawberry.field(description="In force from.")
    valid_to: datetime = strawberry.field(description="In force until.")

    def terms(self) -> rules.Terms:
        """Return the terms as the service takes them."""
        return rules.Terms(self.purpose, self.parties, self.valid_from, self.valid_to)


@strawberry.type(description="A lead of a space, as administrators see them.")
class Lead:
    """Who leads, and whether they have accepted."""

    person: Person = strawberry.field(description="Who.")
    state: MembershipState = strawberry.field(description="Invited or active.")
    disabled: bool = strawberry.field(description="Whether their account is disabled.")


@strawberry.type(description="A space as administrators see it: its name, its agreement, its leads, and nothing of what it holds.")
class AdministeredSpace:
    """The entry of a space in the register."""

    id: strawberry.ID = strawberry.field(description="Id.")
    name: str = strawberry.field(description="Name.")
    kind: SpaceKind = strawberry.field(description="Kind.")
    colour: int = strawberry.field(description="One of eight edge colours, 0 to 7.")
    agreement: Agreement = strawberry.field(description="Its agreement, in whatever state.")
    leads: list[Lead] = strawberry.field(description="Its leads, invited ones too.")


def _terms(row: dict[str, Any], side: str) -> AgreementTerms:
    return AgreementTerms(
        state=AgreementState(row[side + "state"]), purpose=row[side + "purpose"], parties=row[side + "parties"],
        valid_from=when(row[side + "valid_from"]), valid_to=when(row[side + "valid_to"]),
    )  # fmt: skip


def _amendment(said: dict[str, Any]) -> Amendment:
    row = said["row"]
    return Amendment(
        id=strawberry.ID(row["id"]), at=when(row["at"]), by=person_of(said["by"]), reason=row["reason"], before=_terms(row, "before_"),
        after=_terms(row, "after_"),
    )  # fmt: skip


def agreement_of(row: dict[str, Any]) -> Agreement:
    """Dress {agreement, amendments}."""
    said = row["agreement"]
    return Agreement(
        id=strawberry.ID(said["id"]), purpose=said["purpose"], parties=said["parties"], state=AgreementState(said["state"]),
        valid_from=when(said["valid_from"]), valid_to=when(said["valid_to"]), version=service.version(said),
        amendments=[_amendment(each) for each in row["amendments"]],
    )  # fmt: skip


def _registered(row: dict[str, Any]) -> AdministeredSpace:
    leads = [Lead(person=person_of(it["person"]), state=MembershipState(it["state"]), disabled=it["disabled"]) for it in row["leads"]]
    return AdministeredSpace(
        id=strawberry.ID(row["id"]), name=row["name"], kind=SpaceKind(row["kind"]), colour=row["colour"], agreement=agreement_of(row),
        leads=leads,
    )  # fmt: skip


async def _register_entry(info: Info, space: str) -> AdministeredSpace:
    return _registered((await service.register(ctx(info), space))[0])


async def _agreement(info: Info, space: str) -> Agreement | None:
    found = await service.agreement(ctx(info), space)
    return agreement_of(found) if found else None


@strawberry.type
class AgreementsQuery:
    """Reading the register of spaces."""

    @strawberry.field(description="Every space of this deployment with its agreement and leads; administrators only.")
    async def administered_spaces(self, info: Info) -> list[AdministeredSpace]:
        """Return spaces by name."""
        return [_registered(row) for row in await service.register(ctx(info))]


@strawberry.type
class AgreementsMutation:
    """Opening spaces and changing agreements."""

    @strawberry.mutation(description="Create a space under a draft agreement and invite its first lead. Administrators only.")
    async def create_space(
        self, info: Info, name: str, kind: SpaceKind, colour: int, agreement: AgreementTermsInput, lead: strawberry.ID, key: str
    ) -> AdministeredSpace:
        """Return the space; it opens once its agreement is in force and its lead has accepted."""
        made = await service.create_space(ctx(info), name, kind, colour, agreement.terms(), lead, key)
        return await _register_entry(info, made)

    @strawberry.mutation(description="Invite a lead into a space that has none who could act. Administrators only.")
    async def appoint_lead(self, info: Info, space: strawberry.ID, person: strawberry.ID, key: str) -> AdministeredSpace:
        """Return the space."""
        return await _register_entry(info, await service.appoint_lead(ctx(info), space, person, key))

    @strawberry.mutation(
        description="Move an agreement, everywhere at once. A lead suspends and ends it; administrators open and resume it as well."
    )
    async def set_agreement_state(
        self, info: Info, space: strawberry.ID, state: AgreementState, reason: str, expected_version: str, key: str
    ) -> Agreement | None:
        """Return the agreement; null where the actor's own standing ended with it."""
        await service.set_state(ctx(info), space, state, reason, expected_version, key)
        return await _agreement(info, space)

    @strawberry.mutation(description="Change what an agreement says; what it said before is kept. Leads and administrators.")
    async def amend_agreement(
        self, info: Info, space: strawberry.ID, terms: AgreementTermsInput, reason: str, expected_version: str, key: str
    ) -> Agreement | None:
        """Return the agreement; null where the actor's own standing ended with it."""
        await service.amend(ctx(info), space, terms.terms(), reason, expected_version, key)
        return await _agreement(info, space)
