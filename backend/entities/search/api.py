"""GraphQL: search over records."""

from __future__ import annotations

from datetime import date
from enum import Enum
from typing import TYPE_CHECKING

import strawberry

from backend.core.graphql import Court, Info, ctx, in_court
from backend.entities.record_types import RecordStatus
from backend.entities.search import service
from backend.entities.search.wanted import Wanted
from backend.entities.types import EntityStub, stub_of

if TYPE_CHECKING:
    from backend.entities.search.facets import Count
    from graph.records import Record


@strawberry.enum(description="How a part of what was typed matched a value.")
class MatchHow(Enum):
    """From the word itself to what it may have been meant for."""

    EXACT = strawberry.enum_value("exact", description="The same word; case and marks aside.")
    PHRASE = strawberry.enum_value("phrase", description="These words, in this order.")
    IDENTIFIER = strawberry.enum_value("identifier", description="The same identifier, in whatever notation.")
    DATE = strawberry.enum_value("date", description="The same date, or one within the month typed.")
    NUMBER = strawberry.enum_value("number", description="The same number, its beginning, or all but its beginning.")
    MARKS = strawberry.enum_value("marks", description="The same word with its marks spelt out: ue for ü.")
    TOGETHER = strawberry.enum_value("together", description="Written together or apart.")
    SCRIPT = strawberry.enum_value("script", description="The same name in another script.")
    BEGINS = strawberry.enum_value("begins", description="A word that begins so.")
    SOUNDS = strawberry.enum_value("sounds", description="Another spelling that sounds alike.")
    NICKNAME = strawberry.enum_value("nickname", description="A pet form or another form of the name.")
    ONE_LETTER = strawberry.enum_value("one_letter", description="One letter differs.")
    TWO_LETTERS = strawberry.enum_value("two_letters", description="Two letters differ.")
    INITIAL = strawberry.enum_value("initial", description="An initial.")


@strawberry.type(description="Why a part of what was typed matched.")
class MatchReason:
    """Typed, found, how."""

    typed: str = strawberry.field(description="The part of what was typed.")
    found: str = strawberry.field(description="The words of a visible value that answer it.")
    how: MatchHow = strawberry.field(description="How.")


@strawberry.type(description="The visible record that answers best: where to look.")
class MatchRecord:
    """A record's margin."""

    id: strawberry.ID = strawberry.field(description="Id.")
    title: str = strawberry.field(description="Exhibit, document or file.")
    locator: str = strawberry.field(description="Page, row, section or time, as a citable string.")
    grade: str | None = strawberry.field(description="Two characters on the Admiralty scale, null when ungraded.")
    grade_original: str | None = strawberry.field(description="The grade as the source's own scheme gives it.")
    handling: str = strawberry.field(description="Handling code H0 to H3.")
    country: str = strawberry.field(description="Country of the owning authority.")
    status: RecordStatus = strawberry.field(description="Standing.")


@strawberry.type(description="The date for which an entity was found, stated by the record that matched or by one of a link.")
class MatchDate:
    """Property, value, record; the link and its other end."""

    property: str = strawberry.field(description="FollowTheMoney name of its property.")
    label: str = strawberry.field(description="Name of the property for people.")
    value: str = strawberry.field(description="The date as it is stated: a day, a month or a year.")
    kind: str = strawberry.field(description="Kind of the entity or link of which it is stated.")
    other: EntityStub | None = strawberry.field(description="The other end of the link; null where the matched record states the date.")
    outward: bool = strawberry.field(description="The link leads to the other end, not from it.")
    record: MatchRecord = strawberry.field(description="The record that states it.")


@strawberry.type(description="An entity and why it matched.")
class SearchHit:
    """Entity, value, reasons, record, score."""

    entity: EntityStub = strawberry.field(description="The entity.")
    matched: str = strawberry.field(description="The value that matched, in a record that the reader sees.")
    property: str = strawberry.field(description="FollowTheMoney name of its property.")
    label: str = strawberry.field(description="Name of the property for people.")
    why: list[MatchReason] = strawberry.field(description="How each part of what was typed matched.")
    record: MatchRecord = strawberry.field(description="The record that says so.")
    stated: MatchDate | None = strawberry.field(description="The date for which it was found, where dates were asked for besides the text.")
    score: float = strawberry.field(description="0 to 1, worked out from visible values only.")


@strawberry.input(description="What a record must be besides; what is left out asks for nothing.")
class SearchFilter:
    """Filters of the search."""

    kinds: list[str] | None = strawberry.field(default=None, description="Kinds of entities of the ontology.")
    case: strawberry.ID | None = strawberry.field(default=None, description="Entered in this case.")
    grade_at_least: str | None = strawberry.field(default=None, description="Source and information graded at least so, as B2.")
    country: str | None = strawberry.field(default=None, description="Country of the authority that owns the record.")
    recorded_from: date | None = strawberry.field(default=None, description="Entered on this day or later, UTC.")
    recorded_to: date | None = strawberry.field(default=None, description="Entered on this day or earlier, UTC.")
    stated_from: date | None = strawberry.field(
        default=None, description="The record, or one of the entity's links, states a date that may be this day or later."
    )
    stated_to: date | None = strawberry.field(default=None, description="As `statedFrom`, this day or earlier; both mean the same date.")
    stated_as: str | None = strawberry.field(default=None, description="The property that states it, as birthDate; any without it.")

    def wanted(self) -> Wanted:
        """Return them as the service takes them."""
        return Wanted(
            self.kinds, self.case, self.grade_at_least, self.country, self.recorded_from, self.recorded_to, self.stated_from,
            self.stated_to, self.stated_as,
        )  # fmt: skip


@strawberry.type(description="So many entities have this value.")
class FacetCount:
    """Value and count."""

    value: str = strawberry.field(description="Group, kind, id of a case, country, or grade.")
    count: int = strawberry.field(description="How many entities were found that have it.")


@strawberry.type(
    description="How many entities answer, by what they have; counted over visible records only. Each leaves its own filter aside."
)
class SearchFacets:
    """Counts."""

    total: int = strawberry.field(description="How many entities answer, under all filters.")
    complete: bool = strawberry.field(description="False where more records match than were looked at; the counts are then the least.")
    groups: list[FacetCount] = strawberry.field(description="By group of kinds, as the ontology names it.")
    kinds: list[FacetCount] = strawberry.field(description="By kind.")
    cases: list[FacetCount] = strawberry.field(description="By case in which an answering record was entered.")
    countries: list[FacetCount] = strawberry.field(description="By country of the authority that owns an answering record.")
    grades: list[FacetCount] = strawberry.field(description="With a record graded at least A1, B2, C3.")


@strawberry.type
class SearchQuery:
    """Searching."""

    @strawberry.field(
        description="Entities whose visible records answer all that was typed: words in any script, phrases in quotes, identifiers, dates."
    )
    async def search(
        self,
        info: Info,
        space: strawberry.ID,
        text: str,
        first: int = 20,
        filter: SearchFilter | None = None,
        court: Court = None,
    ) -> list[SearchHit]:
        """Return hits, best first."""
        return [_hit(each) for each in await service.search(in_court(info, court), space, text, first, filter.wanted() if filter else None)]

    @strawberry.field(description="How many entities a search finds, and of which kind, case, country and grade.")
    async def search_facets(self, info: Info, space: strawberry.ID, text: str, filter: SearchFilter | None = None) -> SearchFacets:
        """Return the counts."""
        found = await service.facets_of(ctx(info), space, text, filter.wanted() if filter else None)
        return SearchFacets(
            total=found.total, complete=found.complete, groups=_counts(found.groups), kinds=_counts(found.kinds),
            cases=_counts(found.cases), countries=_counts(found.countries), grades=_counts(found.grades),
        )  # fmt: skip


def _counts(said: list[Count]) -> list[FacetCount]:
    return [FacetCount(value=it.value, count=it.count) for it in said]


def _hit(hit: service.Hit) -> SearchHit:
    found = hit.found
    return SearchHit(
        entity=stub_of(hit.entity), matched=found.value, property=found.property, label=hit.label, score=found.score,
        why=[MatchReason(typed=it.typed, found=it.found, how=MatchHow(it.how.value)) for it in found.reasons],
        record=_record(hit.record, hit.country), stated=_date(hit.stated) if hit.stated else None,
    )  # fmt: skip


def _date(said: service.Stated) -> MatchDate:
    return MatchDate(
        property=said.property, label=said.label, value=said.value, kind=said.record.kind, outward=said.outward(),
        other=stub_of(said.other) if said.other else None, record=_record(said.record, said.country),
    )  # fmt: skip


def _record(record: Record, country: str) -> MatchRecord:
    return MatchRecord(
        id=strawberry.ID(record.id), title=record.title, locator=record.locator, grade=record.grade,
        grade_original=record.grade_original, handling=record.handling, country=country, status=RecordStatus(record.status),
    )  # fmt: skip
