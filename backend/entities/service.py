"""Entities, links and records: what a reader sees of them, and every way to change them."""

from __future__ import annotations

from typing import TYPE_CHECKING

from backend.cases.service import require as require_case
from backend.core import cursors
from backend.core.errors import Invalid, NotFound
from backend.entities import rules
from backend.entities.views import EntityView, LinkView, Merged, Names, Page, Row, Stub
from backend.teams.service import enter
from graph import ontology
from graph.queries import agencies as agency_queries
from graph.queries import cases as case_queries
from graph.queries import entities as queries
from graph.queries import evidence as evidence_queries
from graph.queries import imports as import_queries
from graph.queries import network as network_queries
from graph.queries import teams as team_queries

if TYPE_CHECKING:
    from collections.abc import Sequence

    from backend.core.context import Context
    from graph.access import Scope
    from graph.driver import Tx
    from graph.records import Record, Subject, Tie

MOST_ON_A_PAGE = 100
LISTING, LINKS = "entities", "links"
"""Lists whose cursors cannot be taken for one another's."""


# ── shared by readers and writers ─────────────────────────────────────────────────────────────────────────────────────────────────


async def names(tx: Tx, ctx: Context, scope: Scope, records: Sequence[Record]) -> Names:
    """Resolve everything that visible records mention; markings are the reader's by definition."""
    people = await agency_queries.named(tx, sorted({r.asserted_by for r in records}))
    agencies = {row["id"]: row for row in await agency_queries.agencies(tx)}
    held = {row["id"]: row for row in await team_queries.markings(tx, scope.space, sorted(scope.held), ctx.now)}
    imports = set(await import_queries.names(tx, scope, sorted({r.import_id for r in records if r.import_id})))
    exhibits = await evidence_queries.names(tx, scope, sorted({r.exhibit for r in records if r.exhibit}))
    return Names(people, agencies, held, await case_queries.titles(tx, scope), imports, exhibits)


async def members(tx: Tx, scope: Scope, entity: str) -> tuple[list[str], list[tuple[str, str, str]]]:
    """Return the cluster of an entity and the visible merges that tie it."""
    pairs = await queries.same_as(tx, scope)
    group = rules.clusters(pairs).get(entity, [entity])
    return group, [pair for pair in pairs if pair[0] in group]


async def view(tx: Tx, ctx: Context, scope: Scope, entity: str) -> EntityView:
    """Return the entity as the reader sees it, or raise `NotFound`."""
    group, pairs = await members(tx, scope, entity)
    subjects = {each.id: each for each in await queries.details(tx, scope, group)}
    if entity not in subjects:
        raise NotFound
    main = subjects[group[0]] if group[0] in subjects else subjects[entity]
    records = sorted((r for each in subjects.values() for r in each.records), key=lambda r: (r.asserted_at, r.id))
    known = await names(tx, ctx, scope, records)
    shared = await queries.shared_identifiers(tx, scope, group)
    stubs = await queries.stubs(tx, scope, sorted({other for _, _, other in shared}))
    return EntityView(
        id=main.id,
        space=scope.space,
        kind=main.kind,
        caption=_caption(main),
        records=records,
        names=known,
        version=rules.version(ctx.parts.secret, scope.user, records),
        members=group,
        merged=[Merged(s.id, s.kind, _caption(s), _tie_of(pairs, main.id, s.id)) for s in subjects.values() if s.id != main.id],
        counts=await network_queries.counts(tx, scope, group),
        shared=[(kind, value, Stub(other, *stubs[other])) for kind, value, other in shared if other in stubs],
        cases=sorted({(r.case, known.cases[r.case]) for r in records if r.case in known.cases}, key=lambda it: it[1]),
    )


def _caption(subject: Subject) -> str:
    return rules.caption(subject.records, ontology.entity_kind(subject.kind).label)


def _tie_of(pairs: list[tuple[str, str, str]], a: str, b: str) -> str | None:
    direct = [same for x, y, same in pairs if {x, y} == {a, b}]
    return next(iter(direct or [same for x, y, same in pairs if b in {x, y}]), None)


async def link_view(tx: Tx, ctx: Context, scope: Scope, link_id: str) -> LinkView:
    """Return the link as the reader sees it, or raise `NotFound`."""
    tie = await queries.link(tx, scope, link_id)
    if tie is None:
        raise NotFound
    return (await link_views(tx, ctx, scope, [tie]))[0]


async def link_views(tx: Tx, ctx: Context, scope: Scope, ties: list[Tie]) -> list[LinkView]:
    """Dress visible links with names and captions."""
    records = [r for tie in ties for r in tie.records]
    known = await names(tx, ctx, scope, records)
    stubs = await queries.stubs(tx, scope, sorted({end for tie in ties for end in (tie.source, tie.target)}))
    return [
        LinkView(
            tie.id, scope.space, tie.kind, Stub(tie.source, *stubs[tie.source]), Stub(tie.target, *stubs[tie.target]),
            tie.records, known, rules.version(ctx.parts.secret, scope.user, tie.records),
        )
        for tie in ties
        if tie.source in stubs and tie.target in stubs
    ]  # fmt: skip


# ── reading ───────────────────────────────────────────────────────────────────────────────────────────────────────────────────────


async def look_up(ctx: Context, space: str, entity: str) -> EntityView:
    """Return one entity."""

    async def work(tx: Tx) -> EntityView:
        return await view(tx, ctx, await enter(tx, ctx, space), entity)

    found = await ctx.graph.read(work)
    ctx.trail.saw(space, _within(found))
    return found


def _within(found: EntityView) -> list[str]:
    """Return the ids of everything that a page of an entity shows: its cluster, its records, whatever shares an identifier with it."""
    return [*found.members, *(r.id for r in found.records), *(stub.id for _, _, stub in found.shared)]


async def look_up_link(ctx: Context, space: str, link_id: str) -> LinkView:
    """Return one link."""

    async def work(tx: Tx) -> LinkView:
        return await link_view(tx, ctx, await enter(tx, ctx, space), link_id)

    found = await ctx.graph.read(work)
    ctx.trail.saw(space, _along(found))
    return found


def _along(found: LinkView) -> list[str]:
    return [found.id, found.source.id, found.target.id, *(r.id for r in found.records)]


async def subject_of(ctx: Context, space: str, record_id: str) -> tuple[EntityView | None, LinkView | None]:
    """Return the entity or link that a record is about."""

    async def work(tx: Tx) -> tuple[EntityView | None, LinkView | None]:
        scope = await enter(tx, ctx, space)
        record = await queries.one_record(tx, scope, record_id)
        if record is None:
            raise NotFound
        if record.source is None:
            return await view(tx, ctx, scope, record.about), None
        return None, await link_view(tx, ctx, scope, record.about)

    entity, link = await ctx.graph.read(work)
    ctx.trail.saw(space, [*(_within(entity) if entity else ()), *(_along(link) if link else ())])
    return entity, link


async def links(ctx: Context, space: str, group: list[str], after: str | None, first: int) -> Page:
    """Return a page of the links of a cluster, in the order of their ids."""
    first, place = page_size(first), cursors.opened(ctx, LINKS, space, after)

    async def work(tx: Tx) -> Page:
        scope = await enter(tx, ctx, space)
        ties = await queries.links_of(tx, scope, group, place or "", first + 1)
        shown = ties[:first]
        end = cursors.sealed(ctx, LINKS, space, shown[-1].id) if len(ties) > first else None
        return Page(await link_views(tx, ctx, scope, shown), end)

    page = await ctx.graph.read(work)
    ctx.trail.saw(space, [one for each in page.items for one in _along(each)])
    return page


async def listing(
    ctx: Context, space: str, kinds: list[str] | None, case: str | None, text: str | None, after: str | None, first: int
) -> Page:
    """Return a page of entities by caption; members of one cluster are one row."""
    first, place = page_size(first), cursors.opened(ctx, LISTING, space, after)
    for kind in kinds or []:
        known_kind(kind)

    async def work(tx: Tx) -> Page:
        scope = await enter(tx, ctx, space)
        await require_case(tx, scope, case)
        total, places = await queries.page(tx, scope, kinds, case, text, place or "", first + 1)
        ids = [one for _, one in places[:first]]
        merged = rules.clusters(await queries.same_as(tx, scope))
        found = {each.id: each for each in await queries.details(tx, scope, ids)}
        degrees = await network_queries.degrees(tx, scope, ids)
        countries = {row["id"]: row["country"] for row in await agency_queries.agencies(tx)}
        shown = [one for one in ids if one in found and not _represented(one, merged, found)]
        rows = [_row(found[one], degrees[one], countries) for one in shown]
        end = cursors.sealed(ctx, LISTING, space, places[first - 1][0]) if len(places) > first else None
        return Page(rows, end, total)

    page = await ctx.graph.read(work)
    ctx.trail.saw(space, [each.id for each in page.items])
    return page


def _represented(one: str, merged: dict[str, list[str]], found: dict[str, Subject]) -> bool:
    group = merged.get(one)
    return group is not None and group[0] != one and group[0] in found


def _row(subject: Subject, degree: int, countries: dict[str, str]) -> Row:
    single = [(r.status, [r.values.get(name, []) for name in rules.BRIEF_SINGLE]) for r in subject.records]
    standing = {(r.title, r.authority) for r in subject.records if r.status not in rules.FALLEN}
    return Row(
        id=subject.id,
        kind=subject.kind,
        caption=_caption(subject),
        degree=degree,
        sources=len({(r.title, r.authority) for r in subject.records}),
        grade=rules.best_grade(subject.records),
        handling=rules.strictest(subject.records),
        countries=sorted({countries[r.authority] for r in subject.records if r.authority in countries}),
        marked=any(r.markings for r in subject.records),
        standing=rules.whole(subject.records, len(standing), conflict=rules.contradicts(single)),
    )


async def kind_counts(ctx: Context, space: str, case: str | None) -> list[tuple[str, int]]:
    """Return how many visible entities there are of each kind."""

    async def work(tx: Tx) -> list[tuple[str, int]]:
        scope = await enter(tx, ctx, space)
        await require_case(tx, scope, case)
        return await queries.kind_counts(tx, scope, case)

    counts = await ctx.graph.read(work)
    ctx.trail.saw(space, [case] if case else [])
    return counts


def page_size(first: int) -> int:
    """Return a page size that may be asked for, or raise `Invalid`."""
    if not 1 <= first <= MOST_ON_A_PAGE:
        raise Invalid(f"Ask for 1 to {MOST_ON_A_PAGE} at a time.", "first")
    return first


def known_kind(kind: str) -> ontology.EntityKind:
    """Return an entity kind that entities may be of, or raise `Invalid`."""
    if not ontology.is_entity_kind(kind):
        raise Invalid(f"There is no kind {kind!r}.", "kind")
    return ontology.entity_kind(kind)
