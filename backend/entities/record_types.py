"""GraphQL: types of records and facts, and how stored records become them."""

from __future__ import annotations

from datetime import datetime
from enum import Enum
from typing import TYPE_CHECKING

import strawberry

from backend.agencies.api import Agency, Person, agency_of, person_of
from backend.cases.api import CaseRef
from backend.core.graphql import when
from backend.entities import rules
from backend.entities.cited import shown
from backend.teams.api import Marking, marking_of

if TYPE_CHECKING:
    from collections.abc import Iterable

    from backend.entities.views import Names
    from graph.records import Record as StoredRecord


@strawberry.enum(description="Standing of a record.")
class RecordStatus(Enum):
    """Status is a filter on display, never on visibility. Reserved: for the courts asked for its provider's consent is missing."""

    ASSERTED = "asserted"
    CORROBORATED = "corroborated"
    DISPUTED = "disputed"
    RETRACTED = "retracted"
    EXCLUDED = "excluded"
    RESERVED = "reserved"


@strawberry.enum(description="How the visible records stand to one another on one property.")
class Standing(Enum):
    """Agreement, one source, contradiction, retraction, exclusion, a provider's consent that is missing for the courts asked for."""

    AGREE = "agree"
    ONE_SOURCE = "one_source"
    CONFLICT = "conflict"
    RETRACTED = "retracted"
    EXCLUDED = "excluded"
    RESERVED = "reserved"


@strawberry.type(description="Values of one property in one record.")
class PropertyValues:
    """Property and values as the source gives them."""

    property: str = strawberry.field(description="FollowTheMoney name of the property.")
    label: str = strawberry.field(description="Its name for people.")
    values: list[str] = strawberry.field(description="Values, in the order given.")


@strawberry.type(description="The exhibit that a record cites.")
class CitedExhibit:
    """Enough of an exhibit to name and open it."""

    id: strawberry.ID = strawberry.field(description="Id.")
    number: str = strawberry.field(description="Exhibit number.")
    title: str = strawberry.field(description="Title.")
    altered_at: datetime | None = strawberry.field(
        description="Since when its file, or that of what it was derived from, is known not to be the one that came; null while it is not."
    )


@strawberry.type(description="Where a record comes from: the source margin.")
class Source:
    """Title and locator of the source."""

    title: str = strawberry.field(
        description="Exhibit, document or file; empty, as its locator, where the reader does not see the exhibit."
    )
    locator: str = strawberry.field(description="Page, row, section or time, as a citable string.")
    import_id: strawberry.ID | None = strawberry.field(description="The import that brought it, if one did that the reader sees.")
    exhibit: CitedExhibit | None = strawberry.field(description="The exhibit that it cites, if it cites one that the reader sees.")


@strawberry.type(description="What one source says about one entity or link; its values never change.")
class Record:
    """A record with its source margin."""

    id: strawberry.ID = strawberry.field(description="Id.")
    about: strawberry.ID = strawberry.field(description="Id of the entity or link.")
    values: list[PropertyValues] = strawberry.field(description="What it says.")
    source: Source = strawberry.field(description="Where it comes from.")
    grade: str | None = strawberry.field(description="Two characters on the Admiralty scale, null when ungraded.")
    grade_original: str | None = strawberry.field(description="The grade as the source's own scheme gives it.")
    handling: str = strawberry.field(description="Handling code H0 to H3.")
    authority: Agency = strawberry.field(description="Owning authority.")
    status: RecordStatus = strawberry.field(description="Standing.")
    status_reason: str | None = strawberry.field(description="Why it was retracted or excluded.")
    asserted_at: datetime = strawberry.field(description="When it was entered.")
    asserted_by: Person = strawberry.field(description="Who entered it.")
    valid_from: str | None = strawberry.field(description="From when what it says holds.")
    valid_to: str | None = strawberry.field(description="Until when what it says holds.")
    excluded_in: list[str] = strawberry.field(description="Countries whose court excluded what it rests on.")
    challenged_in: list[str] = strawberry.field(description="Countries in which what it rests on is challenged and nothing is decided yet.")
    needs_consent: bool = strawberry.field(
        description="Whether it does not stand in the courts asked for, since its provider has not consented to its use there."
    )
    markings: list[Marking] = strawberry.field(description="Markings that it carries; the reader holds them all.")
    case: CaseRef | None = strawberry.field(description="The case that it was entered in, if the reader sees it.")


@strawberry.type(description="One value of one property, with every visible record that says so.")
class FactValue:
    """Value and its records."""

    value: str = strawberry.field(description="The value.")
    records: list[Record] = strawberry.field(description="Records that say so.")


@strawberry.type(description="One property with all its values, contradictions side by side.")
class Fact:
    """Property, standing, values."""

    property: str = strawberry.field(description="FollowTheMoney name of the property.")
    label: str = strawberry.field(description="Its name for people.")
    standing: Standing = strawberry.field(description="How the records stand to one another.")
    values: list[FactValue] = strawberry.field(description="Values.")


class Dress:
    """Turns stored records into API records once each: facts and the list of records share them."""

    def __init__(self, names: Names, kind: str) -> None:
        self._names = names
        self._labels = {name: it.label for name, it in rules.properties(kind).items()}
        self._done: dict[str, Record] = {}
        self._people: dict[str, Person] = {}
        self._agencies: dict[str, Agency] = {}

    def record(self, r: StoredRecord) -> Record:
        """Return the API's record."""
        if r.id not in self._done:
            self._done[r.id] = self._record(r)
        return self._done[r.id]

    def _record(self, r: StoredRecord) -> Record:
        values = [PropertyValues(property=n, label=self._labels.get(n, n), values=v) for n, v in sorted(r.values.items())]
        return Record(
            id=strawberry.ID(r.id), about=strawberry.ID(r.about), values=values,
            source=self._source(shown(r, self._names.exhibits)),
            grade=r.grade, grade_original=r.grade_original, handling=r.handling, authority=self._agency(r.authority),
            status=RecordStatus(r.status), status_reason=r.status_reason, asserted_at=when(r.asserted_at),
            asserted_by=self._person(r.asserted_by), valid_from=r.valid_from, valid_to=r.valid_to, markings=self.markings([r]),
            case=self._case(r.case), excluded_in=r.excluded_in, challenged_in=r.challenged_in,
            needs_consent=r.needs_consent,
        )  # fmt: skip

    def _source(self, r: StoredRecord) -> Source:
        return Source(title=r.title, locator=r.locator, import_id=self._import(r.import_id), exhibit=self._exhibit(r.exhibit))

    def _import(self, one: str | None) -> strawberry.ID | None:
        """Return the import of a record; none where it is hidden: a record that was released stays in a file that was not."""
        return strawberry.ID(one) if one in self._names.imports else None

    def _exhibit(self, one: str | None) -> CitedExhibit | None:
        if one not in self._names.exhibits:
            return None
        named = self._names.exhibits[one]
        altered = when(named.altered_at) if named.altered_at else None
        return CitedExhibit(id=strawberry.ID(one), number=named.number, title=named.title, altered_at=altered)

    def _case(self, one: str) -> CaseRef | None:
        return CaseRef(id=strawberry.ID(one), title=self._names.cases[one]) if one in self._names.cases else None

    def _person(self, one: str) -> Person:
        return self._people.setdefault(one, person_of(self._names.people[one]))

    def _agency(self, one: str) -> Agency:
        return self._agencies.setdefault(one, agency_of(self._names.agencies[one]))

    def markings(self, records: Iterable[StoredRecord]) -> list[Marking]:
        """Return the markings of records, each once."""
        ids = dict.fromkeys(one for r in records for one in r.markings)
        return [marking_of(self._names.markings[one]) for one in ids if one in self._names.markings]

    def facts(self, kind: str, records: list[StoredRecord]) -> list[Fact]:
        """Return the facts of an entity or link."""
        return [
            Fact(
                property=fact.property, label=fact.label, standing=Standing(fact.standing),
                values=[FactValue(value=it.value, records=[self.record(r) for r in it.records]) for it in fact.values],
            )
            for fact in rules.facts(kind, records)
        ]  # fmt: skip
