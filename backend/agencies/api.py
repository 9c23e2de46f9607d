"""Authorities and people in the API; other features build a `Person` from a row with `person_of`."""

from __future__ import annotations

from typing import Any

import strawberry

from backend.agencies import service
from backend.core.graphql import Info, ctx

strawberry.enum(service.AgencyType, description="What kind of authority.")


@strawberry.type(description="An authority of one country or of the Union.")
class Agency:
    """An authority."""

    id: strawberry.ID = strawberry.field(description="Id of the authority.")
    name: str = strawberry.field(description="Name in its own language or in English.")
    country: str = strawberry.field(description="ISO 3166-1 alpha-2 code; EU for a body of the Union.")
    type: service.AgencyType = strawberry.field(description="What kind of authority.")
    languages: list[str] = strawberry.field(description="ISO 639-1 codes of the languages it works in.")


@strawberry.type(description="A person who signs in; never a person under investigation.")
class Person:
    """Somebody who works here."""

    id: strawberry.ID = strawberry.field(description="Id of the person.")
    name: str = strawberry.field(description="Name as shown.")
    function: str = strawberry.field(description="What the person does in their agency.")
    languages: list[str] = strawberry.field(description="ISO 639-1 codes of the languages the person works in.")
    agency: Agency = strawberry.field(description="The authority the person serves in.")


def agency_of(row: dict[str, Any]) -> Agency:
    """Return an `Agency` from {id, name, country, type, languages}."""
    kind = service.AgencyType(str(row["type"]).lower())
    return Agency(id=row["id"], name=row["name"], country=row["country"], type=kind, languages=list(row.get("languages") or []))


def person_of(row: dict[str, Any]) -> Person:
    """Return a `Person` from {id, name, function, languages, agency}."""
    languages = list(row.get("languages") or [])
    return Person(id=row["id"], name=row["name"], function=row["function"] or "", languages=languages, agency=agency_of(row["agency"]))


@strawberry.type
class AgencyQuery:
    """Root fields about authorities."""

    @strawberry.field(description="Every authority of this deployment.")
    async def agencies(self, info: Info) -> list[Agency]:
        """Return the authorities, by country and name."""
        return [agency_of(row) for row in await service.agencies(ctx(info))]


@strawberry.type
class AgencyMutation:
    """Changing authorities; administrators only."""

    @strawberry.mutation(description="Create an authority; administrators only.")
    async def create_agency(self, info: Info, name: str, country: str, type: service.AgencyType, languages: list[str], key: str) -> Agency:
        """Return the authority."""
        wanted = service.NewAgency(name, country, type, languages)
        return await _agency(info, await service.create_agency(ctx(info), wanted, key))

    @strawberry.mutation(description="Change an authority; its people and what they entered stay with it. Administrators only.")
    async def update_agency(
        self, info: Info, id: strawberry.ID, name: str, country: str, type: service.AgencyType, languages: list[str], key: str
    ) -> Agency:
        """Return the authority."""
        wanted = service.NewAgency(name, country, type, languages)
        return await _agency(info, await service.update_agency(ctx(info), id, wanted, key))


async def _agency(info: Info, one: str) -> Agency:
    return next(agency_of(row) for row in await service.agencies(ctx(info)) if row["id"] == one)
