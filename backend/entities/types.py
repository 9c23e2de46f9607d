"""GraphQL: types of entities and links, and how a reader's view of them becomes them."""

from __future__ import annotations

from enum import Enum
from typing import TYPE_CHECKING

import strawberry

from backend.cases.api import CaseRef
from backend.core.graphql import Info, PageInfo, in_court, page_info
from backend.entities import rules, service
from backend.entities.record_types import Dress, Fact, Record, Standing
from backend.teams.api import Marking
from graph import ontology

if TYPE_CHECKING:
    from collections.abc import Sequence

    from backend.entities.views import EntityView, LinkView, Page, Stub
    from graph.records import Record as StoredRecord


@strawberry.enum(description="How well the visible records support a link.")
class Strength(Enum):
    """Line pattern of the chart."""

    CONFIRMED = "confirmed"
    TENTATIVE = "tentative"
    UNCONFIRMED = "unconfirmed"


@strawberry.enum(description="Direction of links from an entity.")
class Direction(Enum):
    """Out, in or both."""

    OUT = "out"
    IN = "in"
    BOTH = "both"


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
    standing: Standing = strawberry.field(description="How its visible records stand as a whole.")


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
    standing: Standing = strawberry.field(description="How its visible records stand as a whole.")
    degree: int = strawberry.field(description="Links that the reader may see.")
    link_counts: list[LinkCount] = strawberry.field(description="The same by kind and direction.")
    cases: list[CaseRef] = strawberry.field(description="Cases of its visible records.")
    merged: list[MergedEntity] = strawberry.field(description="Other members of its cluster.")
    shared_identifiers: list[SharedIdentifier] = strawberry.field(description="Entities that state the same identifier.")
    group: strawberry.Private[list[str]]
    court: strawberry.Private[str | None] = None

    @strawberry.field(description="Its links, by pages of at most 100.")
    async def links(self, info: Info, first: int = 50, after: str | None = None) -> LinkPage:
        """Return a page of links."""
        return link_page(await service.links(in_court(info, self.court), self.space, self.group, after, first))


@strawberry.type(description="The record and its subject after a change.")
class RecordAdded:
    """Record and the entity or link that it is about."""

    record: Record = strawberry.field(description="The record.")
    entity: Entity | None = strawberry.field(description="The entity, if it is about one.")
    link: Link | None = strawberry.field(description="The link, if it is about one.")


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
    counted = rules.counted(view.records)
    facts = dress.facts(view.kind, view.records)
    return Link(
        id=strawberry.ID(view.id), space=strawberry.ID(view.space), kind=view.kind, label=known.label, link_class=known.link_class,
        source=stub_of(view.source), target=stub_of(view.target), version=view.version,
        strength=Strength(rules.strength(counted, len({r.title for r in counted}))),
        facts=facts, records=[dress.record(r) for r in view.records], standing=_standing(view.records, facts),
        markings=dress.markings(view.records), handling=rules.strictest(view.records),
    )  # fmt: skip


def _standing(records: Sequence[StoredRecord], facts: list[Fact]) -> Standing:
    sources = len({(r.title, r.authority) for r in records if r.status not in rules.FALLEN})
    return Standing(rules.whole(records, sources, conflict=any(it.standing == Standing.CONFLICT for it in facts)))


def link_page(page: Page) -> LinkPage:
    """Dress a page of links."""
    return LinkPage(items=[link_of(each) for each in page.items], page_info=page_info(page.end))


def entity_of(view: EntityView, court: str | None = None) -> Entity:
    """Dress an entity; its links are asked for as the courts of the same country see them."""
    dress = Dress(view.names, view.kind)
    counts, facts = counts_of(view.counts), dress.facts(view.kind, view.records)
    return Entity(
        id=strawberry.ID(view.id), space=strawberry.ID(view.space), kind=view.kind, caption=view.caption,
        other_names=rules.other_names(view.records, view.caption), version=view.version,
        facts=facts, records=[dress.record(r) for r in view.records], standing=_standing(view.records, facts),
        markings=dress.markings(view.records), handling=rules.strictest(view.records),
        degree=sum(each.count for each in counts), link_counts=counts,
        cases=[CaseRef(id=strawberry.ID(one), title=title) for one, title in view.cases],
        merged=[
            MergedEntity(id=strawberry.ID(m.id), caption=m.caption, kind=m.kind, same_as=strawberry.ID(m.same_as) if m.same_as else None)
            for m in view.merged
        ],
        shared_identifiers=[SharedIdentifier(type=kind, value=value, entity=stub_of(stub)) for kind, value, stub in view.shared],
        group=view.members, court=court,
    )  # fmt: skip
