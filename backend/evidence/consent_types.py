"""GraphQL: consents of the provider of an exhibit, as types."""

from __future__ import annotations

from datetime import datetime
from typing import TYPE_CHECKING, Any

import strawberry

from backend.agencies.api import Agency, Person, agency_of, person_of
from backend.core.graphql import when
from backend.evidence.consents import New

if TYPE_CHECKING:
    from backend.evidence.consents import Consents, Provider


@strawberry.type(description="A consent of an exhibit's provider, in force until it is withdrawn.")
class Consent:
    """To what, on what terms, who gave it and when, and who ended it."""

    id: strawberry.ID = strawberry.field(description="Id.")
    country: str | None = strawberry.field(description="In whose courts what rests on the exhibit may be used; null of a handing on.")
    recipient: Agency | None = strawberry.field(description="To whom the exhibit may be handed; null of a use in court.")
    terms: str = strawberry.field(description="On what terms; empty where nothing was said.")
    given_by: Person | None = strawberry.field(description="Who gave it.")
    given_at: datetime = strawberry.field(description="When.")
    withdrawn_by: Person | None = strawberry.field(description="Who withdrew it; null while it is in force.")
    withdrawn_at: datetime | None = strawberry.field(description="When.")


@strawberry.type(description="A provider whose consent handing an exhibit on needs.")
class ConsentProvider:
    """Whose consent, to whom it is not needed any more, and whom to ask."""

    authority: Agency = strawberry.field(description="The authority that owns the exhibit, or what it was derived from.")
    recipients: list[strawberry.ID] = strawberry.field(
        description="Authorities that it may be handed to: itself, and to whom it consented."
    )
    people: list[Person] = strawberry.field(description="Its people in the space whose role gives consents.")


@strawberry.type(description="What the provider of an exhibit consented to.")
class ExhibitConsents:
    """Whether consent is needed, whose, and what was given."""

    needed: bool = strawberry.field(description="Whether its handling code asks for consent: every code but H0.")
    may_give: bool = strawberry.field(description="Whether the reader may give and withdraw it for its provider.")
    provider: Agency = strawberry.field(description="Whose consent it is: the owning authority.")
    courts: list[str] | None = strawberry.field(
        description="Countries in whose courts what rests on it may be used, what it was derived from taken into account; null for any."
    )
    given: list[Consent] = strawberry.field(description="Oldest first, those withdrawn among them.")
    handing: list[ConsentProvider] = strawberry.field(
        description="Whose consent the reader's authority needs to hand it, or what it was derived from, on."
    )


@strawberry.input(description="A consent: to the courts of a country, or to handing the exhibit to an authority; one of the two.")
class ConsentInput:
    """To what and on what terms."""

    country: str | None = strawberry.field(description="Country code of the courts.", default=None)
    recipient: strawberry.ID | None = strawberry.field(description="Authority that it may be handed to.", default=None)
    terms: str = strawberry.field(description="On what terms.", default="")

    def new(self) -> New:
        """Return the same in the words of the service."""
        return New(self.country, self.recipient, self.terms)


def consents_of(found: Consents) -> ExhibitConsents:
    """Dress the consents of an exhibit."""
    return ExhibitConsents(
        needed=found.needed,
        may_give=found.may_give,
        provider=agency_of(found.provider),
        courts=found.courts,
        given=[_consent(row) for row in found.given],
        handing=[_provider(it) for it in found.handing],
    )


def _provider(it: Provider) -> ConsentProvider:
    recipients = [strawberry.ID(one) for one in it.recipients]
    return ConsentProvider(authority=agency_of(it.authority), recipients=recipients, people=[person_of(one) for one in it.people])


def _consent(row: dict[str, Any]) -> Consent:
    return Consent(
        id=strawberry.ID(row["id"]),
        country=row.get("country"),
        recipient=agency_of(row["to"]) if row["to"] else None,
        terms=row["terms"],
        given_by=person_of(row["giver"]) if row["giver"] else None,
        given_at=when(row["given_at"]),
        withdrawn_by=person_of(row["withdrawer"]) if row["withdrawer"] else None,
        withdrawn_at=when(row["withdrawn_at"]) if "withdrawn_at" in row else None,
    )
