"""Search over records, never over merged entities: words in any script, identifiers, dates, phrases; ranked by our own score."""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from typing import TYPE_CHECKING

from backend.cases.service import require as require_case
from backend.core.errors import Invalid
from backend.entities import identifiers, rules
from backend.entities.changes import search_text
from backend.entities.cited import all_shown
from backend.entities.search import facets, matching, query
from backend.entities.search.likeness import How
from backend.entities.search.matching import Found, Reason
from backend.entities.search.wanted import Wanted
from backend.entities.service import page_size
from backend.entities.views import Stub
from backend.teams.service import enter
from graph.queries import agencies as agency_queries
from graph.queries import cases as case_queries
from graph.queries import entities as entity_queries
from graph.queries import search as queries

if TYPE_CHECKING:
    from collections.abc import Iterable

    from backend.core.context import Context
    from graph.access import Scope
    from graph.driver import Graph, Tx
    from graph.records import Record

LONGEST_QUERY, OVERFETCH, MOST_COUNTED = 200, 400, 1_000
TOKENS = 2
"""The set of tokens that this program writes and asks for; raised with every change of it."""
BATCH = 500


@dataclass(frozen=True, slots=True)
class Stated:
    """The date for which an entity was found: property, value, the record that says so, and, where that is of a link, its other end."""

    property: str
    label: str
    value: str
    record: Record
    country: str
    other: Stub | None = None

    def outward(self) -> bool:
        """Whether the link leads to the other end, not from it."""
        return self.other is not None and self.record.target == self.other.id


@dataclass(frozen=True, slots=True)
class Hit:
    """An entity, the visible record that answers best, which of its values, and why; `stated` where a date was asked for besides."""

    entity: Stub
    found: Found
    label: str
    record: Record
    country: str
    stated: Stated | None = None

    @property
    def ids(self) -> list[str]:
        """Return the ids of all that is told of."""
        by_date = [self.stated.record.id, self.stated.record.about] if self.stated else []
        others = [self.stated.other.id] if self.stated and self.stated.other else []
        return [self.entity.id, self.record.id, *by_date, *others]


@dataclass(slots=True)
class _Best:
    """The best answer of each entity."""

    merged: dict[str, list[str]]
    of: dict[str, tuple[Found, str, Record]] = field(default_factory=dict[str, "tuple[Found, str, Record]"])

    def keep(self, hit: queries.Hit, found: Found | None) -> None:
        """Keep an answer if it is the best of its entity; of two that are as good, one does not depend on the order of asking."""
        entity, kind, record = hit
        one = self.merged.get(entity, [entity])[0]
        if found and (one not in self.of or _order(found, record) < _order(self.of[one][0], self.of[one][2])):
            self.of[one] = (found, kind, record)

    def first(self, number: int) -> list[tuple[str, tuple[Found, str, Record]]]:
        """Return the best of all."""
        return sorted(self.of.items(), key=lambda each: (-each[1][0].score, each[0]))[:number]


def _order(found: Found, record: Record) -> tuple[float, str, str]:
    return -found.score, record.asserted_at, record.id


async def search(ctx: Context, space: str, text: str, first: int, wanted: Wanted | None = None) -> list[Hit]:
    """Return the entities of which a visible record answers all of `text`, best first."""
    first, wanted = page_size(first), wanted or Wanted()
    _check(text, wanted)

    async def work(tx: Tx) -> list[Hit]:
        scope = await enter(tx, ctx, space)
        await require_case(tx, scope, wanted.case)
        countries = {row["id"]: row["country"] for row in await agency_queries.agencies(tx)}
        filters = _filters(wanted, countries)
        best = _Best(rules.clusters(await entity_queries.same_as(tx, scope)))
        await _fill(tx, scope, best, text, filters, first)
        hits = await _dressed(tx, scope, best.first(first), countries)
        return await _with_dates(tx, scope, hits, wanted, countries) if wanted.dates else hits

    hits = await ctx.graph.read(work)
    ctx.trail.saw(space, list(dict.fromkeys(one for hit in hits for one in hit.ids)))
    return hits


def _filters(wanted: Wanted, countries: dict[str, str]) -> queries.Filters:
    here = sorted(one for one, where in countries.items() if where == wanted.country)
    return queries.Filters(
        kinds=wanted.kinds,
        case=wanted.case,
        grades=wanted.grades,
        authorities=here if wanted.country else None,
        since=wanted.since,
        until=wanted.until,
        dates=wanted.dates,
        stated_from=wanted.stated_from.isoformat() if wanted.stated_from else None,
        stated_to=wanted.stated_to.isoformat() if wanted.stated_to else None,
    )


def _check(text: str, wanted: Wanted) -> None:
    wanted.check()
    if len(text) > LONGEST_QUERY:
        raise Invalid(f"Search for at most {LONGEST_QUERY} characters.", "text")


async def facets_of(ctx: Context, space: str, text: str, wanted: Wanted | None = None) -> facets.Facets:
    """Return how many entities a search for `text` finds, and how many of them by kind, case, country and grade."""
    wanted = wanted or Wanted()
    _check(text, wanted)

    async def work(tx: Tx) -> facets.Facets:
        scope = await enter(tx, ctx, space)
        await require_case(tx, scope, wanted.case)
        countries = {row["id"]: row["country"] for row in await agency_queries.agencies(tx)}
        beside = replace(_filters(wanted, countries), kinds=None, case=None, grades=None, authorities=None)
        merged = rules.clusters(await entity_queries.same_as(tx, scope))
        hits, complete = await _answering(tx, scope, text, beside)
        found = [
            facets.Answering(merged.get(entity, [entity])[0], kind, record, countries.get(record.authority, ""))
            for entity, kind, record in hits
        ]
        return facets.count(found, wanted, await case_queries.titles(tx, scope), complete=complete)

    counted = await ctx.graph.read(work)
    ctx.trail.saw(space, [])
    return counted


async def _answering(tx: Tx, scope: Scope, text: str, filters: queries.Filters) -> tuple[list[queries.Hit], bool]:
    """Return the visible records that answer a text, near and far, and whether these are all."""
    readings, asked = query.read(text), {(it.type, it.value) for it in identifiers.guesses(text)}
    said = await queries.by_identifier(tx, scope, sorted({value for _, value in asked}), filters) if asked else []
    found = [hit for hit in said if _stating(hit[1], hit[2], asked, text)]
    words = query.fulltext(readings, far=True)
    looked_at = await queries.records(tx, scope, words, filters, MOST_COUNTED) if words else []
    found += [hit for hit in looked_at if matching.judge(hit[2].values, readings, text)]
    return found, len(looked_at) < MOST_COUNTED


async def _fill(tx: Tx, scope: Scope, best: _Best, text: str, filters: queries.Filters, first: int) -> None:
    """Ask for what is near, and for what is far where the reader would see fewer than they asked for."""
    asked = {(it.type, it.value) for it in identifiers.guesses(text)}
    if asked:
        for hit in await queries.by_identifier(tx, scope, sorted({value for _, value in asked}), filters):
            best.keep(hit, _stating(hit[1], hit[2], asked, text))
    readings = query.read(text)
    for far in (False, True):
        if (words := query.fulltext(readings, far=far)) and len(best.of) < first:
            for hit in await queries.records(tx, scope, words, filters, OVERFETCH):
                best.keep(hit, matching.judge(hit[2].values, readings, text))


def _stating(kind: str, record: Record, asked: set[tuple[str, str]], text: str) -> Found | None:
    """Return the value by which a record states one of the identifiers asked for."""
    for name, values in record.values.items():
        for value in values:
            if any((it.type, it.value) in asked for it in identifiers.identifiers_of(kind, name, value)):
                return Found(1.0, name, value, (Reason(text.strip(), value, How.IDENTIFIER, range(1)),))
    return None


async def _dressed(tx: Tx, scope: Scope, chosen: Iterable[tuple[str, tuple[Found, str, Record]]], countries: dict[str, str]) -> list[Hit]:
    said = list(chosen)
    stubs = await entity_queries.stubs(tx, scope, [one for one, _ in said])
    records = await all_shown(tx, scope, [record for _, (_, _, record) in said])
    return [
        Hit(Stub(one, *stubs[one]), found, _label(kind, found.property), record, countries.get(record.authority, ""))
        for (one, (found, kind, _)), record in zip(said, records, strict=True)
        if one in stubs
    ]


async def _with_dates(tx: Tx, scope: Scope, hits: list[Hit], wanted: Wanted, countries: dict[str, str]) -> list[Hit]:
    """Say of each hit which date it was found for: one of its own record, else one of a link of the entity that the record is about."""
    elsewhere = [hit.record.about for hit in hits if not wanted.stated_in(hit.record.values)]
    links = await queries.stating_links(tx, scope, elsewhere, _filters(wanted, countries)) if elsewhere else {}
    stubs = await entity_queries.stubs(tx, scope, [other for _, other in links.values()]) if links else {}
    told = dict(zip(links, await all_shown(tx, scope, [record for record, _ in links.values()]), strict=True))

    def stated(hit: Hit) -> Stated | None:
        record, other = links.get(hit.record.about, (hit.record, ""))
        found = wanted.stated_in(record.values)
        if not found:
            return None
        end = Stub(other, *stubs[other]) if other in stubs else None
        return Stated(
            found[0], _label(record.kind, found[0]), found[1], told.get(hit.record.about, record), countries.get(record.authority, ""), end
        )

    return [replace(hit, stated=stated(hit)) for hit in hits]


def _label(kind: str, name: str) -> str:
    known = rules.properties(kind).get(name)
    return known.label if known else name


# ── the index ─────────────────────────────────────────────────────────────────────────────────────────────────────────────────────


async def is_current(graph: Graph) -> bool:
    """Say whether every record is found under this program's tokens."""
    return await graph.read(queries.tokens) >= TOKENS


async def bring_up_to_date(graph: Graph) -> int:
    """Give every record this program's tokens where they have others; return how many there were. Broken off, it begins again."""
    if await is_current(graph):
        return 0
    number = 0
    for case in await graph.read(queries.cases):
        ids = await graph.read(lambda tx, case=case: queries.in_case(tx, case))
        for start in range(0, len(ids), BATCH):
            await graph.write(lambda tx, some=ids[start : start + BATCH]: _index(tx, some))
        number += len(ids)
    await graph.write(lambda tx: queries.tokens_done(tx, TOKENS))
    return number


async def _index(tx: Tx, ids: list[str]) -> None:
    await queries.index(tx, [{"id": it.id, "search": search_text(it.values)} for it in await queries.to_index(tx, ids)])
