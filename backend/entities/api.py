"""GraphQL: types of entities, links, records and facts."""

from __future__ import annotations

from datetime import datetime
from enum import Enum
from typing import TYPE_CHECKING

import strawberry

from backend.agencies.api import Agency, Person, agency_of, person_of
from backend.cases.api import CaseRef
from backend.core.graphql import Info, PageInfo, ctx, page_info, when
from backend.entities import rules, service
from backend.entities.service import EntityView, LinkView, Names, Stub  # noqa: TC001 - read at run time
from backend.teams.api import Marking, marking_of
from graph import ontology

if TYPE_CHECKING:
    from collections.abc import Iterable

    from graph.records import Record as StoredRecord


@strawberry.enum(description="Standing of a record.")
class RecordStatus(Enum):
    """Status is a filter on display, never on visibility."""

    ASSERTED = "asserted"
    CORROBORATED = "corroborated"
    DISPUTED = "disputed"
    RETRACTED = "retracted"
    EXCLUDED = "excluded"


@strawberry.enum(description="How well the visible records support a link.")
class Strength(Enum):
    """Line pattern of the chart."""

    CONFIRMED = "confirmed"
    TENTATIVE = "tentative"
    UNCONFIRMED = "unconfirmed"


@strawberry.enum(description="How the visible records stand to one another on one property.")
class Standing(Enum):
    """Agreement, one source, contradiction, retraction, exclusion."""

    AGREE = "agree"
    ONE_SOURCE = "one_source"
    CONFLICT = "conflict"
    RETRACTED = "retracted"
    EXCLUDED = "excluded"


@strawberry.enum(description="Direction of links from an entity.")
class Direction(Enum):
    """Out, in or both."""

    OUT = "out"
    IN = "in"
    BOTH = "both"


@strawberry.type(description="Values of one property in one record.")
class PropertyValues:
    """Property and values as the source gives them."""

    property: str = strawberry.field(description="FollowTheMoney name of the property.")
    label: str = strawberry.field(description="Its name for people.")
    values: list[str] = strawberry.field(description="Values, in the order given.")


@strawberry.type(description="Where a record comes from: the source margin.")
class Source:
    """Title and locator of the source."""

    title: str = strawberry.field(description="Exhibit, document or file.")
    locator: str = strawberry.field(description="Page, row, section or time, as a citable string.")
    import_id: strawberry.ID | None = strawberry.field(description="The import that brought it, if one did.")


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
    markings: list[Marking] = strawberry.field(description="Markings that it carries; the reader holds them all.")
    case: CaseRef = strawberry.field(description="The case that it was entered in.")


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


@strawberry.type(description="Enough of an entity to name it.")
class EntityStub:
    """Id, kind, caption."""

    id: strawberry.ID = strawberry.field(description="Id.")
    kind: str = strawberry.field(description="Kind of the ontology.")
    caption: str = strawberry.field(description="Name, worked out from visible records.")


@strawberry.type(description="Visible links of one kind and direction.")
class LinkCount:
    """Count before expanding."""

    link_kind: str = strawberry.field(description="Link kind of the ontology.")
    label: str = strawberry.field(description="Its name for people, in this direction.")
    link_class: str = strawberry.field(description="ownership, money, communication, personal, use or citation.")
    direction: Direction = strawberry.field(description="Out of or into the entity.")
    count: int = strawberry.field(description="How many the reader sees.")
    from_: str | None = strawberry.field(name="from", description="Earliest date among them.", default=None)
    to: str | None = strawberry.field(description="Latest date among them.", default=None)


@strawberry.type(description="Another member of the cluster of merged entities.")
class MergedEntity:
    """Entity and the SAME_AS that ties it."""

    id: strawberry.ID = strawberry.field(description="Id.")
    caption: str = strawberry.field(description="Its own name.")
    kind: str = strawberry.field(description="Kind of the ontology.")
    same_as: strawberry.ID | None = strawberry.field(description="Pass to unmerge.")


@strawberry.type(description="An identifier that another visible entity states as well.")
class SharedIdentifier:
    """A suggestion, never a link by itself."""

    type: str = strawberry.field(description="Type of the identifier.")
    value: str = strawberry.field(description="Normalised value.")
    entity: EntityStub = strawberry.field(description="The other entity.")


@strawberry.type(description="A link as the reader sees it.")
class Link:
    """Kind, ends, facts, records."""

    id: strawberry.ID = strawberry.field(description="Id.")
    space: strawberry.ID = strawberry.field(description="Its space.")
    kind: str = strawberry.field(description="Link kind of the ontology.")
    label: str = strawberry.field(description="Its name for people.")
    link_class: str = strawberry.field(description="ownership, money, communication, personal, use or citation.")
    source: EntityStub = strawberry.field(description="From.")
    target: EntityStub = strawberry.field(description="To.")
    strength: Strength = strawberry.field(description="How well the visible records support it.")
    version: str = strawberry.field(description="Pass back as expectedVersion.")
    facts: list[Fact] = strawberry.field(description="What is said of it.")
    records: list[Record] = strawberry.field(description="Who says so.")
    markings: list[Marking] = strawberry.field(description="Markings of its visible records.")
    handling: str = strawberry.field(description="Strictest handling code.")


@strawberry.type(description="A page of links.")
class LinkPage:
    """Links and where to go on."""

    items: list[Link] = strawberry.field(description="Links.")
    page_info: PageInfo = strawberry.field(description="Where to go on.")


@strawberry.type(description="An entity as the reader sees it: the merge of the records that they may see.")
class Entity:
    """Facts, records, links, markings."""

    id: strawberry.ID = strawberry.field(description="Id of the cluster's representative.")
    space: strawberry.ID = strawberry.field(description="Its space.")
    kind: str = strawberry.field(description="Kind of the ontology.")
    caption: str = strawberry.field(description="Name, worked out from visible records.")
    other_names: list[str] = strawberry.field(description="Names in other scripts and aliases.")
    version: str = strawberry.field(description="Pass back as expectedVersion.")
    facts: list[Fact] = strawberry.field(description="What is said of it.")
    records: list[Record] = strawberry.field(description="Who says so.")
    markings: list[Marking] = strawberry.field(description="Markings of its visible records.")
    handling: str = strawberry.field(description="Strictest handling code.")
    degree: int = strawberry.field(description="Links that the reader may see.")
    link_counts: list[LinkCount] = strawberry.field(description="The same by kind and direction.")
    cases: list[CaseRef] = strawberry.field(description="Cases of its visible records.")
    merged: list[MergedEntity] = strawberry.field(description="Other members of its cluster.")
    shared_identifiers: list[SharedIdentifier] = strawberry.field(description="Entities that state the same identifier.")
    group: strawberry.Private[list[str]]

    @strawberry.field(description="Its links, by pages of at most 100.")
    async def links(self, info: Info, first: int = 50, after: str | None = None) -> LinkPage:
        """Return a page of links."""
        return link_page(await service.links(ctx(info), self.space, self.group, after, first))


@strawberry.type(description="The record and its subject after a change.")
class RecordAdded:
    """Record and the entity or link that it is about."""

    record: Record = strawberry.field(description="The record.")
    entity: Entity | None = strawberry.field(description="The entity, if it is about one.")
    link: Link | None = strawberry.field(description="The link, if it is about one.")


# ── dressing ──────────────────────────────────────────────────────────────────────────────────────────────────────────────────────


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
            source=Source(title=r.title, locator=r.locator, import_id=strawberry.ID(r.import_id) if r.import_id else None),
            grade=r.grade, grade_original=r.grade_original, handling=r.handling, authority=self._agency(r.authority),
            status=RecordStatus(r.status), status_reason=r.status_reason, asserted_at=when(r.asserted_at),
            asserted_by=self._person(r.asserted_by), valid_from=r.valid_from, valid_to=r.valid_to, markings=self.markings([r]),
            case=CaseRef(id=strawberry.ID(r.case), title=self._names.cases.get(r.case, "")),
        )  # fmt: skip

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


def stub_of(stub: Stub) -> EntityStub:
    """Dress a stub."""
    return EntityStub(id=strawberry.ID(stub.id), kind=stub.kind, caption=stub.caption or ontology.entity_kind(stub.kind).label)


def counts_of(counts: list[tuple[str, bool, int]]) -> list[LinkCount]:
    """Dress counts per link kind and direction, most first."""
    found: list[LinkCount] = []
    for kind, outward, number in sorted(counts, key=lambda each: (-each[2], each[0])):
        known = ontology.link_kind(kind)
        found.append(
            LinkCount(
                link_kind=kind, label=known.label if outward else known.reverse, link_class=known.link_class,
                direction=Direction.OUT if outward else Direction.IN, count=number,
            )
        )  # fmt: skip
    return found


def link_of(view: LinkView) -> Link:
    """Dress a link."""
    dress, known = Dress(view.names, view.kind), ontology.link_kind(view.kind)
    standing = [r for r in view.records if r.status != "retracted"]
    return Link(
        id=strawberry.ID(view.id), space=strawberry.ID(view.space), kind=view.kind, label=known.label, link_class=known.link_class,
        source=stub_of(view.source), target=stub_of(view.target), version=view.version,
        strength=Strength(rules.strength(standing, len({r.title for r in standing}))),
        facts=dress.facts(view.kind, view.records), records=[dress.record(r) for r in view.records],
        markings=dress.markings(view.records), handling=rules.strictest(view.records),
    )  # fmt: skip


def link_page(page: service.Page) -> LinkPage:
    """Dress a page of links."""
    return LinkPage(items=[link_of(each) for each in page.items], page_info=page_info(page.end))


def entity_of(view: EntityView) -> Entity:
    """Dress an entity."""
    dress = Dress(view.names, view.kind)
    counts = counts_of(view.counts)
    return Entity(
        id=strawberry.ID(view.id), space=strawberry.ID(view.space), kind=view.kind, caption=view.caption,
        other_names=rules.other_names(view.records, view.caption), version=view.version,
        facts=dress.facts(view.kind, view.records), records=[dress.record(r) for r in view.records],
        markings=dress.markings(view.records), handling=rules.strictest(view.records),
        degree=sum(each.count for each in counts), link_counts=counts,
        cases=[CaseRef(id=strawberry.ID(one), title=title) for one, title in view.cases],
        merged=[
            MergedEntity(id=strawberry.ID(m.id), caption=m.caption, kind=m.kind, same_as=strawberry.ID(m.same_as) if m.same_as else None)
            for m in view.merged
        ],
        shared_identifiers=[SharedIdentifier(type=kind, value=value, entity=stub_of(stub)) for kind, value, stub in view.shared],
        group=view.members,
    )  # fmt: skip


@strawberry.type(description="A line of a list of entities.")
class EntityRow:
    """What a list shows of an entity, worked out from visible records."""

    id: strawberry.ID = strawberry.field(description="Id.")
    kind: str = strawberry.field(description="Kind of the ontology.")
    caption: str = strawberry.field(description="Name.")
    degree: int = strawberry.field(description="Links that the reader may see.")
    sources: int = strawberry.field(description="Different sources among its visible records.")
    grade: str | None = strawberry.field(description="Best grade.")
    handling: str = strawberry.field(description="Strictest handling code.")
    countries: list[str] = strawberry.field(description="Countries of the owning authorities.")
    marked: bool = strawberry.field(description="Whether a visible record carries a marking.")
    conflict: bool = strawberry.field(description="Whether visible records contradict one another.")


@strawberry.type(description="A page of entities.")
class EntityPage:
    """Rows and where to go on."""

    items: list[EntityRow] = strawberry.field(description="Rows.")
    page_info: PageInfo = strawberry.field(description="Where to go on.")
    total: int = strawberry.field(description="How many the reader sees in all, with these filters.")


@strawberry.type(description="Visible entities of one kind.")
class KindCount:
    """Kind and number."""

    kind: str = strawberry.field(description="Kind of the ontology.")
    count: int = strawberry.field(description="How many the reader sees.")


@strawberry.type
class EntitiesQuery:
    """Reading entities and links."""

    @strawberry.field(description="One entity.")
    async def entity(self, info: Info, space: strawberry.ID, id: strawberry.ID) -> Entity:
        """Return one entity."""
        return entity_of(await service.look_up(ctx(info), space, id))

    @strawberry.field(description="One link.")
    async def link(self, info: Info, space: strawberry.ID, id: strawberry.ID) -> Link:
        """Return one link."""
        return link_of(await service.look_up_link(ctx(info), space, id))

    @strawberry.field(description="Entities by name, with filters.")
    async def entities(
        self,
        info: Info,
        space: strawberry.ID,
        kinds: list[str] | None = None,
        case: strawberry.ID | None = None,
        text: str | None = None,
        first: int = 50,
        after: str | None = None,
    ) -> EntityPage:
        """Return a page of entities."""
        page = await service.listing(ctx(info), space, kinds, case, text, after, first)
        return EntityPage(items=[_row(each) for each in page.items], page_info=page_info(page.end), total=page.total)

    @strawberry.field(description="How many entities there are of each kind.")
    async def kind_counts(self, info: Info, space: strawberry.ID, case: strawberry.ID | None = None) -> list[KindCount]:
        """Return counts by kind."""
        return [KindCount(kind=kind, count=number) for kind, number in await service.kind_counts(ctx(info), space, case)]


def _row(row: service.Row) -> EntityRow:
    return EntityRow(
        id=strawberry.ID(row.id), kind=row.kind, caption=row.caption, degree=row.degree, sources=row.sources, grade=row.grade,
        handling=row.handling, countries=row.countries, marked=row.marked, conflict=row.conflict,
    )  # fmt: skip
