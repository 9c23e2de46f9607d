"""GraphQL: the chart, expansion, paths and the ontology."""

from __future__ import annotations

from enum import Enum
from typing import Annotated

import strawberry

from backend.core.graphql import Court, Info, ctx, in_court
from backend.entities.record_types import Standing
from backend.entities.types import Direction, LinkCount, Strength, counts_of
from backend.network import rules, service
from graph import ontology


@strawberry.enum(description="Which neighbours come first.")
class ExpandOrder(Enum):
    """Newest or best connected."""

    NEWEST = "newest"
    STRONGEST = "strongest"


@strawberry.enum(description="How a path search ended.")
class PathOutcome(Enum):
    """Found, none within the limits, or stopped by the budget."""

    FOUND = "found"
    NONE = "none"
    TRUNCATED = "truncated"


@strawberry.type(description="A node as the chart draws it; everything worked out from visible records.")
class ChartItem:
    """Flat, so that thousands are quick."""

    id: strawberry.ID = strawberry.field(description="Id of the cluster's representative.")
    kind: str = strawberry.field(description="Kind of the ontology.")
    caption: str = strawberry.field(description="Name.")
    degree: int = strawberry.field(description="Links that the reader may see.")
    uncertain: bool = strawberry.field(description="Best grade C3 or worse, or one ungraded source.")
    markings: list[strawberry.ID] = strawberry.field(description="Markings of its visible records; the reader holds them all.")
    merged: int = strawberry.field(description="Visible members of the cluster; 1 when not merged.")
    grade: str | None = strawberry.field(description="Best grade.")
    handling: str = strawberry.field(description="Strictest handling code.")
    standing: Standing = strawberry.field(description="How its visible records stand as a whole.")


@strawberry.type(description="A link as the chart draws it.")
class ChartLink:
    """Flat, so that thousands are quick."""

    id: strawberry.ID = strawberry.field(description="Id.")
    kind: str = strawberry.field(description="Link kind of the ontology.")
    link_class: str = strawberry.field(description="ownership, money, communication, personal, use or citation.")
    label: str = strawberry.field(description="Its name for people.")
    source: strawberry.ID = strawberry.field(description="From.")
    target: strawberry.ID = strawberry.field(description="To.")
    strength: Strength = strawberry.field(description="How well the visible records support it.")
    amount: str | None = strawberry.field(description="Amount in minor units, for money; null where records disagree.")
    currency: str | None = strawberry.field(description="ISO 4217 code.")
    date: str | None = strawberry.field(description="Latest date stated.")
    markings: list[strawberry.ID] = strawberry.field(description="Markings of its visible records; the reader holds them all.")
    grade: str | None = strawberry.field(description="Best grade.")
    handling: str = strawberry.field(description="Strictest handling code.")
    standing: Standing = strawberry.field(description="How its visible records stand as a whole.")


@strawberry.type(description="Items and the links among them.")
class Chart:
    """What the canvas shows."""

    items: list[ChartItem] = strawberry.field(description="Nodes.")
    links: list[ChartLink] = strawberry.field(description="Links among them.")
    truncated: bool = strawberry.field(description="More existed than the limit.")


@strawberry.type(description="One way between two entities.")
class Path:
    """Items and links in walking order."""

    items: list[ChartItem] = strawberry.field(description="Nodes in walking order.")
    links: list[ChartLink] = strawberry.field(description="Links of the way.")
    weakest_grade: str | None = strawberry.field(description="Weakest link's best grade; null where one is ungraded.")
    from_: str | None = strawberry.field(name="from", description="First date on the way.")
    to: str | None = strawberry.field(description="Last date on the way.")


@strawberry.type(description="Answer of the path finder; counts speak of visible items only.")
class PathAnswer:
    """Outcome and ways."""

    outcome: PathOutcome = strawberry.field(description="How it ended.")
    hops: int = strawberry.field(description="Hops searched.")
    items_seen: int = strawberry.field(description="Visible items looked at.")
    paths: list[Path] = strawberry.field(description="Shortest ways, at most five.")


@strawberry.type(description="A property of the ontology.")
class PropertyKind:
    """Name, label, type."""

    name: str = strawberry.field(description="FollowTheMoney name.")
    label: str = strawberry.field(description="Name for people.")
    type: str = strawberry.field(description="FollowTheMoney type.")


@strawberry.type(description="A kind of entity.")
class EntityKind:
    """One FollowTheMoney schema, or one that it lacks."""

    name: str = strawberry.field(description="Name.")
    label: str = strawberry.field(description="Name for people.")
    plural: str = strawberry.field(description="Plural for people.")
    group: str = strawberry.field(description="One of the handbook's ten groups, which gives shape and hue.")
    extends: list[str] = strawberry.field(description="Ancestors, nearest first.")
    properties: list[PropertyKind] = strawberry.field(description="Properties that may be entered.")
    featured: list[str] = strawberry.field(description="Properties to offer first.")


@strawberry.type(description="A kind of link.")
class LinkKind:
    """One FollowTheMoney edge schema or entity-typed property, or one that it lacks."""

    name: str = strawberry.field(description="Name.")
    label: str = strawberry.field(description="Name for people, source to target.")
    reverse: str = strawberry.field(description="Name for people, target to source.")
    link_class: str = strawberry.field(description="ownership, money, communication, personal, use or citation.")
    source_kinds: list[str] = strawberry.field(description="Kinds that it may lead from, with their descendants.")
    target_kinds: list[str] = strawberry.field(description="Kinds that it may lead to, with their descendants.")
    directed: bool = strawberry.field(description="Whether direction means anything.")
    properties: list[PropertyKind] = strawberry.field(description="Properties that may be entered.")


@strawberry.type(description="Kinds of entities and links.")
class Ontology:
    """Everything a form needs."""

    entity_kinds: list[EntityKind] = strawberry.field(description="Kinds that entities may be of.")
    link_kinds: list[LinkKind] = strawberry.field(description="Kinds that links may be of.")


def chart_of(chart: rules.Chart) -> Chart:
    """Dress a chart."""
    return Chart(items=[_item(it) for it in chart.items], links=[_link(it) for it in chart.links], truncated=chart.truncated)


def _item(it: rules.ItemView) -> ChartItem:
    return ChartItem(
        id=strawberry.ID(it.id), kind=it.kind, caption=it.caption, degree=it.degree, uncertain=it.uncertain,
        markings=[strawberry.ID(one) for one in it.markings], merged=it.merged, grade=it.grade, handling=it.handling,
        standing=Standing(it.standing),
    )  # fmt: skip


def _link(it: rules.LinkView) -> ChartLink:
    kind = ontology.link_kind(it.kind)
    return ChartLink(
        id=strawberry.ID(it.id), kind=it.kind, link_class=kind.link_class, label=kind.label, source=strawberry.ID(it.source),
        target=strawberry.ID(it.target), strength=Strength(it.strength), amount=None if it.amount is None else str(it.amount),
        currency=it.currency, date=it.date, markings=[strawberry.ID(one) for one in it.markings], grade=it.grade, handling=it.handling,
        standing=Standing(it.standing),
    )  # fmt: skip


def _properties(kind: ontology.EntityKind | ontology.LinkKind) -> list[PropertyKind]:
    return [PropertyKind(name=it.name, label=it.label, type=it.type) for it in kind.properties if not it.hidden]


@strawberry.type
class NetworkQuery:
    """Reading the network."""

    @strawberry.field(description="Kinds of entities and links.")
    async def ontology(self, info: Info) -> Ontology:
        """Return the ontology; the same for everyone signed in."""
        _ = ctx(info).who
        return Ontology(
            entity_kinds=[
                EntityKind(
                    name=it.name, label=it.label, plural=it.plural, group=it.group, extends=list(it.extends),
                    properties=_properties(it), featured=list(it.featured),
                )
                for it in ontology.ENTITY_KINDS
            ],
            link_kinds=[
                LinkKind(
                    name=it.name, label=it.label, reverse=it.reverse, link_class=it.link_class, source_kinds=list(it.source_kinds),
                    target_kinds=list(it.target_kinds), directed=it.directed, properties=_properties(it),
                )
                for it in ontology.LINK_KINDS
                if it.name != ontology.SAME_AS
            ],
        )  # fmt: skip

    @strawberry.field(
        description="Chart of a space, a case or what one import stated: the best connected items up to limit (at most 10,000),"
        " with the links among them."
    )
    async def chart(
        self,
        info: Info,
        space: strawberry.ID,
        case: strawberry.ID | None = None,
        job: Annotated[strawberry.ID | None, strawberry.argument(name="import")] = None,
        limit: int = 500,
        court: Court = None,
    ) -> Chart:
        """Return a chart."""
        return chart_of(await service.chart(in_court(info, court), space, case, limit, job=job))

    @strawberry.field(description="The items named, of those the reader may see, and the links among them and to the ids in `among`.")
    async def chart_items(
        self,
        info: Info,
        space: strawberry.ID,
        ids: list[strawberry.ID],
        among: list[strawberry.ID] | None = None,
        court: Court = None,
    ) -> Chart:
        """Return items after a notice."""
        return chart_of(await service.items(in_court(info, court), space, list(ids), list(among or [])))

    @strawberry.field(description="Visible links of an entity by kind and direction, before anything is expanded.")
    async def link_counts(self, info: Info, space: strawberry.ID, entity: strawberry.ID) -> list[LinkCount]:
        """Return counts."""
        return counts_of(await service.counts(ctx(info), space, entity))

    @strawberry.field(description="Neighbours over the link kinds chosen, at most `limit`.")
    async def expand(
        self,
        info: Info,
        space: strawberry.ID,
        entity: strawberry.ID,
        link_kinds: list[str] | None = None,
        direction: Direction = Direction.BOTH,
        limit: int = 50,
        order: ExpandOrder = ExpandOrder.STRONGEST,
        court: Court = None,
    ) -> Chart:
        """Return the entity, its neighbours and the links among them."""
        return chart_of(await service.expand(in_court(info, court), space, entity, link_kinds, direction.value, limit, order.value))

    @strawberry.field(description="Shortest ways between two entities over what the reader may see and what stands; merges cost nothing.")
    async def path(
        self,
        info: Info,
        space: strawberry.ID,
        from_: Annotated[strawberry.ID, strawberry.argument(name="from")],
        to: strawberry.ID,
        max_hops: int = 6,
        link_kinds: list[str] | None = None,
        min_grade: str | None = None,
        avoid: list[strawberry.ID] | None = None,
        court: Court = None,
    ) -> PathAnswer:
        """Return found, none or truncated."""
        answer = await service.path(in_court(info, court), space, (from_, to), max_hops, link_kinds, min_grade, list(avoid or []))
        return PathAnswer(
            outcome=PathOutcome(answer.outcome), hops=answer.hops, items_seen=answer.seen,
            paths=[_path(each) for each in answer.paths],
        )  # fmt: skip


def _path(found: service.PathFound) -> Path:
    chart = chart_of(found.chart)
    return Path(items=chart.items, links=chart.links, weakest_grade=found.weakest, from_=found.first, to=found.last)
