"""The chart, expansion and paths: questions that cross features. Everything shown is worked out from what the reader may see."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from backend.cases.service import require as require_case
from backend.core.errors import Invalid, NotFound
from backend.entities import rules as entity_rules
from backend.network import rules
from backend.network.rules import Chart
from backend.teams.service import enter
from graph.queries import entities as entity_queries
from graph.queries import imports as import_queries
from graph.queries import network as queries

if TYPE_CHECKING:
    from backend.core.context import Context
    from graph.access import Scope
    from graph.driver import Tx

MOST_ITEMS, MOST_EXPANDED, MOST_HOPS, PATH_BUDGET = 10_000, 500, 12, 20_000
LEVEL_PAGE = 500


@dataclass(frozen=True, slots=True)
class PathFound:
    """One way: its items and links in walking order, its weakest grade and its first and last date."""

    chart: Chart
    weakest: str | None
    first: str | None
    last: str | None


@dataclass(frozen=True, slots=True)
class PathAnswer:
    """found, none or truncated, with what was looked at (visible items only)."""

    outcome: str
    hops: int
    seen: int
    paths: list[PathFound]


async def _merged(tx: Tx, scope: Scope) -> dict[str, list[str]]:
    return entity_rules.clusters(await entity_queries.same_as(tx, scope))


def _whole(ids: list[str], merged: dict[str, list[str]]) -> list[str]:
    """Return `ids` with every member of their clusters."""
    return list(dict.fromkeys(member for one in ids for member in merged.get(one, [one])))


async def _drawn(
    tx: Tx, scope: Scope, ids: list[str], merged: dict[str, list[str]], *, known: dict[str, int] | None = None, truncated: bool = False
) -> Chart:
    everyone = _whole(ids, merged)
    found = await queries.items(tx, scope, everyone, known)
    among = await queries.links_among(tx, scope, everyone)
    return Chart(rules.fold(found, merged), rules.links(among, merged), truncated)


def _tell(ctx: Context, space: str, chart: Chart) -> Chart:
    ctx.trail.saw(space, [*(it.id for it in chart.items), *(it.id for it in chart.links)])
    return chart


async def _part(tx: Tx, scope: Scope, case: str | None, job: str | None) -> queries.Part | None:
    """Return the case or import asked for, None for the whole space; one that the reader does not see is not there."""
    await require_case(tx, scope, case)
    if job is None:
        return queries.Part(case, queries.CASE_SUBJECTS) if case else None
    if job not in await import_queries.names(tx, scope, [job]):
        raise NotFound
    return queries.Part(job, queries.IMPORT_SUBJECTS)


async def chart(ctx: Context, space: str, case: str | None, limit: int, *, job: str | None = None) -> Chart:
    """Return the items of a space, a case or an import with the most visible links, and the links among them."""
    if not 1 <= limit <= MOST_ITEMS:
        raise Invalid(f"Ask for 1 to {MOST_ITEMS} items.", "limit")

    async def work(tx: Tx) -> Chart:
        scope = await enter(tx, ctx, space)
        best = await queries.best_connected(tx, scope, await _part(tx, scope, case, job), limit + 1)
        return await _drawn(tx, scope, list(best)[:limit], await _merged(tx, scope), known=best, truncated=len(best) > limit)

    return _tell(ctx, space, await ctx.graph.read(work))


async def items(ctx: Context, space: str, ids: list[str], among: list[str]) -> Chart:
    """Return the visible ones of `ids`, and the links among them and from them to `among`."""
    if len(ids) + len(among) > MOST_ITEMS * 2:
        raise Invalid(f"Ask for at most {MOST_ITEMS} items.", "ids")

    async def work(tx: Tx) -> Chart:
        scope = await enter(tx, ctx, space)
        merged = await _merged(tx, scope)
        wanted = _whole(ids, merged)
        found = await queries.items(tx, scope, wanted)
        there = set(_whole(among, merged)) | {it.id for it in found}
        ties = await queries.links_to(tx, scope, [it.id for it in found], there)
        return Chart(rules.fold(found, merged), rules.links(ties, merged))

    return _tell(ctx, space, await ctx.graph.read(work))


async def counts(ctx: Context, space: str, entity: str) -> list[tuple[str, bool, int]]:
    """Return (link kind, outward, number) for the visible links of an entity's cluster, before anything is expanded."""

    async def work(tx: Tx) -> list[tuple[str, bool, int]]:
        scope = await enter(tx, ctx, space)
        group = await _group(tx, scope, entity)
        return await queries.counts(tx, scope, group)

    found = await ctx.graph.read(work)
    ctx.trail.saw(space, [entity])
    return found


async def _group(tx: Tx, scope: Scope, entity: str) -> list[str]:
    group = (await _merged(tx, scope)).get(entity, [entity])
    if entity not in await queries.visible_ids(tx, scope, group):
        raise NotFound
    return group


async def expand(ctx: Context, space: str, entity: str, kinds: list[str] | None, direction: str, limit: int, order: str) -> Chart:
    """Return neighbours over the link kinds chosen: the best connected or the most recent ones, at most `limit`."""
    if not 1 <= limit <= MOST_EXPANDED:
        raise Invalid(f"Ask for 1 to {MOST_EXPANDED} at a time.", "limit")

    async def work(tx: Tx) -> Chart:
        scope = await enter(tx, ctx, space)
        group = await _group(tx, scope, entity)
        found = await queries.neighbours(tx, scope, group, kinds, direction)
        ranked = await (_newest if order == "newest" else _strongest)(tx, scope, found)
        return await _drawn(tx, scope, [*group, *ranked[:limit]], await _merged(tx, scope), truncated=len(ranked) > limit)

    return _tell(ctx, space, await ctx.graph.read(work))


async def _strongest(tx: Tx, scope: Scope, found: dict[str, list[str]]) -> list[str]:
    """Return neighbours, those with the most visible links first."""
    degrees = await queries.degrees(tx, scope, found)
    return sorted(found, key=lambda one: (-degrees[one], one))


async def _newest(tx: Tx, scope: Scope, found: dict[str, list[str]]) -> list[str]:
    """Return neighbours, those with the latest date on a link that leads to them first."""
    records = await queries.link_records(tx, scope, [link for links in found.values() for link in links])
    dates = {one: [(r.date or "", r.asserted_at) for link in links for r in records[link]] for one, links in found.items()}
    return sorted(sorted(found), key=lambda one: max(dates[one], default=("", "")), reverse=True)


async def path(
    ctx: Context, space: str, ends: tuple[str, str], most_hops: int, kinds: list[str] | None, min_grade: str | None, avoid: list[str]
) -> PathAnswer:
    """Return the shortest ways between two entities over what the reader may see and what stands in their view; merges cost nothing."""
    if not 1 <= most_hops <= MOST_HOPS:
        raise Invalid(f"Search 1 to {MOST_HOPS} hops.", "maxHops")
    entity_rules.require_grade(min_grade, "minGrade")

    async def work(tx: Tx) -> PathAnswer:
        scope = await enter(tx, ctx, space)
        merged = await _merged(tx, scope)
        if not set(ends) <= await queries.visible_ids(tx, scope, list(ends)):
            raise NotFound
        start, end = (merged.get(one, [one])[0] for one in ends)
        shunned = {merged.get(one, [one])[0] for one in avoid} - {start, end}

        async def ask(frontier: list[str]) -> list[rules.Step]:
            everyone = _whole(frontier, merged)
            steps: list[rules.Step] = []
            for at in range(0, len(everyone), LEVEL_PAGE):
                page = await queries.level(tx, scope, everyone[at : at + LEVEL_PAGE], kinds)
                steps.extend(_step(each, merged) for each in page if _good_enough(each[3], min_grade))
            return [step for step in steps if step[2] not in shunned and step[0] != step[2]]

        found = await rules.search(start, end, ask, most_hops, PATH_BUDGET)
        paths = [await _checked(tx, scope, merged, start, way) for way in found.ways]
        return PathAnswer(found.outcome, found.hops, found.seen, paths)

    answer = await ctx.graph.read(work)
    for each in answer.paths:
        _tell(ctx, space, each.chart)
    ctx.trail.saw(space, list(ends))
    return answer


def _step(said: tuple[str, str, str, list[str | None]], merged: dict[str, list[str]]) -> rules.Step:
    near, link, far, _ = said
    return merged.get(near, [near])[0], link, merged.get(far, [far])[0]


def _good_enough(grades: list[str | None], least: str | None) -> bool:
    return least is None or any(grade is not None and grade[0] <= least[0] and grade[1] <= least[1] for grade in grades)


async def _checked(tx: Tx, scope: Scope, merged: dict[str, list[str]], start: str, way: list[rules.Step]) -> PathFound:
    """Ask for the way once more as a whole: what is answered passed the check in one query."""
    ids = [start, *(far for _, _, far in way)]
    drawn = await _drawn(tx, scope, ids, merged)
    wanted = {link for _, link, _ in way}
    links = [it for it in drawn.links if it.id in wanted]
    grades = [it.grade for it in links]
    dates = sorted(it.date for it in links if it.date)
    weakest = None if None in grades else max((grade for grade in grades if grade), default=None)
    order = {one: place for place, one in enumerate(ids)}
    items = sorted(drawn.items, key=lambda it: order.get(it.id, 0))
    return PathFound(Chart(items, links), weakest, dates[0] if dates else None, dates[-1] if dates else None)
