"""Why someone can, or cannot, see something, for those who clear others.

Worked out from what the asker sees: a record hidden from them does not count, whoever else may see it. So *does not see it* means
*not by anything that you see*, and no answer tells of a marking that the asker does not hold.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from backend.core.errors import NotFound
from backend.entities.service import members
from backend.entities.sight import rules
from backend.entities.sight.rules import Sight, Source
from backend.teams.policy import Right
from backend.teams.service import enter
from graph import access
from graph.queries import cases as case_queries
from graph.queries import entities as queries
from graph.queries import evidence as evidence_queries
from graph.queries import tasks as task_queries
from graph.queries import teams as team_queries

if TYPE_CHECKING:
    from collections.abc import Awaitable, Callable, Iterable

    from backend.core.context import Context
    from graph.access import Scope
    from graph.driver import Tx
    from graph.records import Record

    Layers = list[list[Source]]


@dataclass(frozen=True, slots=True)
class Answer:
    """One line for each person, the markings that the asker holds, and how many records of the item they see."""

    sights: list[Sight]
    markings: list[dict[str, Any]]
    records: int


async def who_sees(ctx: Context, space: str, kind: str, item: str) -> Answer:
    """Return for each member whether and why they see the item; `NotFound` where the asker does not see it."""

    async def work(tx: Tx) -> tuple[Answer, list[str]]:
        scope = await enter(tx, ctx, space, Right.CLEAR)
        layers = await _LAYERS[kind](tx, scope, item)
        if not layers or not all(layers):
            raise NotFound
        rows = await team_queries.members(tx, space, sorted(scope.held), ctx.now)
        people = {row["person"]["id"] for row in rows}
        scopes = {person: await access.scope(tx, person, space, ctx.now, strong=True) for person in people}
        lines = rules.one_for_each_person(rows, scopes)
        sights = [rules.sight(row, scopes[row["person"]["id"]], layers, ctx.now) for row in lines]
        shown = [source.id for layer in layers for source in layer]
        return Answer(sights, await team_queries.markings(tx, space, sorted(scope.held), ctx.now), len(layers[0])), shown

    answer, shown = await ctx.graph.read(work)
    ctx.trail.saw(space, [item, *shown, *(one.membership["id"] for one in answer.sights)])
    return answer


async def _of_entity(tx: Tx, scope: Scope, item: str) -> Layers:
    group, _ = await members(tx, scope, item)
    found = await queries.details(tx, scope, group)
    return [_sources(r for each in found for r in each.records)] if item in {each.id for each in found} else []


async def _of_link(tx: Tx, scope: Scope, item: str) -> Layers:
    tie = await queries.link(tx, scope, item)
    return [] if tie is None else [_sources(tie.records), *await _of_ends(tx, scope, tie.source, tie.target)]


async def _of_record(tx: Tx, scope: Scope, item: str) -> Layers:
    record = await queries.one_record(tx, scope, item)
    if record is None:
        return []
    ends = await _of_ends(tx, scope, record.source, record.target) if record.source and record.target else []
    return [_sources([record]), *ends]


async def _of_ends(tx: Tx, scope: Scope, *ends: str) -> Layers:
    return [_sources(each.records) for each in await queries.details(tx, scope, list(ends))]


async def _of_case(tx: Tx, scope: Scope, item: str) -> Layers:
    return [[_whole(each["case"])] for each in await case_queries.cases(tx, scope, item)]


async def _of_task(tx: Tx, scope: Scope, item: str) -> Layers:
    return [[_whole(each)] for each in await task_queries.tasks(tx, scope, [item])]


async def _of_exhibit(tx: Tx, scope: Scope, item: str) -> Layers:
    return [[_whole(each)] for each in await evidence_queries.exhibits(tx, scope, [item])]


def _sources(records: Iterable[Record]) -> list[Source]:
    return [Source(r.id, r.vis, frozenset(r.markings)) for r in records]


def _whole(row: dict[str, Any]) -> Source:
    return Source(row["id"], row["vis"], frozenset(row["markings"]))


_LAYERS: dict[str, Callable[[Tx, Scope, str], Awaitable[Layers]]] = {
    "entity": _of_entity, "link": _of_link, "record": _of_record, "case": _of_case, "task": _of_task,
    "exhibit": _of_exhibit,
}  # fmt: skip
