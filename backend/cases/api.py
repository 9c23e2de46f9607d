"""GraphQL: case files."""

from __future__ import annotations

from enum import Enum
from typing import Any

import strawberry

from backend.agencies.api import Agency, Person, agency_of, person_of
from backend.cases import service
from backend.core.graphql import Info, ctx
from backend.teams.api import Marking, marking_of


@strawberry.enum(description="State of a case.")
class CaseState(Enum):
    """Open or closed."""

    OPEN = "open"
    CLOSED = "closed"


@strawberry.type(description="Reference number of a case in one country.")
class CaseReference:
    """Country and number."""

    country: str = strawberry.field(description="Country code.")
    number: str = strawberry.field(description="The number that this country's authority uses.")


@strawberry.input(description="Reference number of a case in one country.")
class CaseReferenceInput:
    """Country and number."""

    country: str = strawberry.field(description="Country code.")
    number: str = strawberry.field(description="The number that this country's authority uses.")


@strawberry.input(description="What changes of a case; null leaves a field as it is.")
class CaseChanges:
    """Fields of a case."""

    title: str | None = strawberry.field(description="Title.", default=None)
    summary: str | None = strawberry.field(description="What it is about.", default=None)
    state: CaseState | None = strawberry.field(description="State.", default=None)
    offences: list[str] | None = strawberry.field(description="Offence tags.", default=None)
    references: list[CaseReferenceInput] | None = strawberry.field(description="Numbers per country.", default=None)
    lead: strawberry.ID | None = strawberry.field(
        description="Who leads it: somebody in the space who sees the case; null where nobody does. Left out, it stays.",
        default=strawberry.UNSET,
    )
    authority: strawberry.ID | None = strawberry.field(description="Owning authority: only the present one hands it on.", default=None)


@strawberry.type(description="A case by its title.")
class CaseRef:
    """Enough of a case to name it."""

    id: strawberry.ID = strawberry.field(description="Id.")
    title: str = strawberry.field(description="Title.")


@strawberry.type(description="A national case file inside a space.")
class Case:
    """References, owning authority, offence tags, lead, state."""

    id: strawberry.ID = strawberry.field(description="Id.")
    space: strawberry.ID = strawberry.field(description="Its space.")
    title: str = strawberry.field(description="Title.")
    summary: str = strawberry.field(description="What it is about.")
    references: list[CaseReference] = strawberry.field(description="Numbers per country.")
    authority: Agency = strawberry.field(description="Owning authority.")
    offences: list[str] = strawberry.field(description="Offence tags.")
    lead: Person | None = strawberry.field(description="Who leads it.")
    state: CaseState = strawberry.field(description="State.")
    markings: list[Marking] = strawberry.field(description="Markings that every record entered in it inherits.")
    raising: float | None = strawberry.field(
        description="Share of its records that follow its newest markings by now, in tenths; null when all do."
    )
    version: str = strawberry.field(description="Pass back as expectedVersion.")
    entity_count: int = strawberry.field(description="Entities with a visible record in this case.")


def case_of(row: dict[str, Any]) -> Case:
    """Dress a case."""
    return Case(
        id=strawberry.ID(row["id"]),
        space=strawberry.ID(row["space"]),
        title=row["title"],
        summary=row["summary"],
        references=[CaseReference(country=c, number=n) for c, n in zip(row["countries"], row["numbers"], strict=True)],
        authority=agency_of(row["authority"]),
        offences=row["offences"],
        lead=person_of(row["lead"]) if row["lead"] else None,
        state=CaseState(row["state"]),
        markings=[marking_of(each) for each in row["markings"]],
        raising=row["raising"],
        version=row["version"],
        entity_count=row["entities"],
    )


def references_of(references: list[CaseReferenceInput]) -> dict[str, Any]:
    """Return references as a case stores them."""
    return {"countries": [it.country for it in references], "numbers": [it.number.strip() for it in references]}


def changed_fields(said: CaseChanges) -> dict[str, Any]:
    """Return the fields that change, as a case stores them."""
    plain = {
        "title": said.title, "summary": said.summary, "state": said.state.value if said.state else None, "offences": said.offences,
        "authority": said.authority,
    }  # fmt: skip
    lead = {} if said.lead is strawberry.UNSET else {"lead": said.lead}
    references = references_of(said.references) if said.references is not None else {}
    return {name: value for name, value in plain.items() if value is not None} | lead | references


async def one_case(info: Info, space: str, case_id: str) -> Case:
    """Return one case as the reader sees it."""
    return case_of((await service.cases(ctx(info), space, case_id))[0])


@strawberry.type
class CasesQuery:
    """Reading cases."""

    @strawberry.field(description="The visible cases of a space.")
    async def cases(self, info: Info, space: strawberry.ID) -> list[Case]:
        """Return cases by title."""
        return [case_of(row) for row in await service.cases(ctx(info), space)]

    @strawberry.field(description="One case.")
    async def case(self, info: Info, space: strawberry.ID, id: strawberry.ID) -> Case:
        """Return one case."""
        return await one_case(info, space, id)


@strawberry.type
class CasesMutation:
    """Changing cases."""

    @strawberry.mutation(description="Open a case of the actor's authority.")
    async def create_case(
        self,
        info: Info,
        space: strawberry.ID,
        title: str,
        key: str,
        summary: str = "",
        references: list[CaseReferenceInput] = [],  # noqa: B006 - strawberry copies it into the schema
        offences: list[str] = [],  # noqa: B006 - same
        markings: list[strawberry.ID] = [],  # noqa: B006 - same
    ) -> Case:
        """Return the case."""
        said = {"title": title, "summary": summary, "offences": offences, **references_of(references)}
        return await one_case(info, space, await service.create(ctx(info), space, said, frozenset(markings), key))

    @strawberry.mutation(
        description="Change a case: as its owning authority or as a lead of the space. Only the owning authority hands it to another."
    )
    async def update_case(
        self, info: Info, space: strawberry.ID, id: strawberry.ID, changes: CaseChanges, expected_version: str, key: str
    ) -> Case:
        """Return the case."""
        done = await service.update(ctx(info), space, id, changed_fields(changes), expected_version, key)
        return await one_case(info, space, done)
