"""Tasks: who does what by when. A task is there for whoever holds its markings; what it is about only where that is visible too."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum
from typing import TYPE_CHECKING, Any

from backend.cases.service import require as require_case
from backend.core import cursors
from backend.core.errors import NotFound
from backend.entities.service import members as cluster_of
from backend.entities.service import page_size
from backend.entities.views import Page, Stub
from backend.tasks import rules
from backend.tasks.rules import AssigneeSort
from backend.teams import policy
from backend.teams.policy import Right, Role
from backend.teams.service import enter
from graph.queries import agencies as agency_queries
from graph.queries import cases as case_queries
from graph.queries import entities as entity_queries
from graph.queries import tasks as queries
from graph.queries import teams as team_queries
from graph.queries.tasks import Filter

if TYPE_CHECKING:
    from backend.core.context import Context
    from graph.access import Scope
    from graph.driver import Tx

LISTING, VERSION = "tasks", "task"
_REVISION = "{:010d}"  # always as long: the length of a version must not tell how often a task changed


class Whose(StrEnum):
    """Whose tasks are listed."""

    EVERYBODY = "everybody"
    MINE = "mine"
    MY_AGENCY = "my_agency"


@dataclass(frozen=True, slots=True)
class Wanted:
    """Which tasks are listed; None leaves a question open."""

    whose: Whose = Whose.EVERYBODY
    case: str | None = None
    about: str | None = None
    states: list[str] | None = None
    overdue: bool = False


async def tasks(ctx: Context, space: str, wanted: Wanted, first: int, after: str | None) -> Page:
    """Return a page of tasks, open ones first, by due date, each as a screen shows it."""
    first, place = page_size(first), cursors.opened(ctx, LISTING, space, after)

    async def work(tx: Tx) -> Page:
        scope = await enter(tx, ctx, space)
        total, places = await queries.page(tx, scope, await _filter(tx, ctx, scope, wanted), rules.CLOSED, place or "", first + 1)
        rows = await dressed(tx, ctx, scope, [one for _, one in places[:first]])
        end = cursors.sealed(ctx, LISTING, space, places[first - 1][0]) if len(places) > first else None
        return Page(rows, end, total)

    page = await ctx.graph.read(work)
    ctx.trail.saw(space, _shown(page.items))
    return page


async def task(ctx: Context, space: str, task_id: str) -> dict[str, Any]:
    """Return one task."""

    async def work(tx: Tx) -> list[dict[str, Any]]:
        return await dressed(tx, ctx, await enter(tx, ctx, space), [task_id])

    rows = await ctx.graph.read(work)
    if not rows:
        raise NotFound
    ctx.trail.saw(space, _shown(rows))
    return rows[0]


async def _filter(tx: Tx, ctx: Context, scope: Scope, wanted: Wanted) -> Filter:
    await require_case(tx, scope, wanted.case)
    return Filter(
        case=wanted.case,
        states=wanted.states,
        assignees=[scope.user, scope.role or ""] if wanted.whose is Whose.MINE else None,
        agency=scope.agency if wanted.whose is Whose.MY_AGENCY else None,
        about=await _about(tx, scope, wanted.about) if wanted.about else None,
        late_at=ctx.now if wanted.overdue else None,
    )


async def _about(tx: Tx, scope: Scope, one: str) -> list[str]:
    """Return an entity with those that it is merged with, or a link; raise `NotFound` for what the reader does not see."""
    group, _ = await cluster_of(tx, scope, one)
    visible = await there(tx, scope, group)
    if one not in visible:
        raise NotFound
    return sorted(visible)


async def readers(tx: Tx, ctx: Context, scope: Scope, markings: frozenset[str] = frozenset()) -> list[dict[str, Any]]:
    """Return the memberships whose people read in the space now and hold these markings, all of which the reader holds too."""
    members = await team_queries.members(tx, scope.space, sorted(scope.held), ctx.now)
    return [it for it in members if _reads(it, ctx.now) and markings <= set(it["clearances"])]


def _reads(member: dict[str, Any], now: str) -> bool:
    """Say whether a membership is in force and of a role that reads content."""
    in_force = member["state"] == "active" and member["valid_from"] <= now < member["valid_to"]
    return in_force and Right.READ_CONTENT in policy.RIGHTS[Role(member["role"])]


async def there(tx: Tx, scope: Scope, items: list[str]) -> set[str]:
    """Return those of the entities, links and cases that the reader sees."""
    cases = await case_queries.titles(tx, scope)
    named = {*await entity_queries.stubs(tx, scope, items), *await queries.links(tx, scope, items)}
    return named | {one for one in items if one in cases}


def _shown(rows: list[dict[str, Any]]) -> list[str]:
    """Return the ids of everything that these tasks name."""
    return [one for row in rows for one in (row["id"], *_cases(row), *_items(row))]


def _cases(row: dict[str, Any]) -> list[str]:
    return [one for one, _ in [*([row["case"]] if row["case"] else []), *row["linked_cases"]]]


def _items(row: dict[str, Any]) -> list[str]:
    ends = [end.id for it in row["links"] for end in (it["source"], it["target"])]
    return [*ends, *(it.id for it in row["entities"]), *(it["id"] for it in row["links"])]


async def dressed(tx: Tx, ctx: Context, scope: Scope, ids: list[str]) -> list[dict[str, Any]]:
    """Return the visible tasks among `ids` with everything that a screen shows of them."""
    found, rights = await queries.tasks(tx, scope, ids), policy.rights(scope)
    people = await agency_queries.named(tx, sorted({one for row in found for one in _people(row)}))
    agencies = {row["id"]: row for row in await agency_queries.agencies(tx)}
    held = {row["id"]: row for row in await team_queries.markings(tx, scope.space, sorted(scope.held), ctx.now)}
    titles = await case_queries.titles(tx, scope)
    about = sorted({one for row in found for one in row["about"]})
    links = await queries.links(tx, scope, about)
    ends = {end for _, source, target in links.values() for end in (source, target)}
    stubs = await entity_queries.stubs(tx, scope, sorted({*about, *ends}))
    seen = {one: Stub(one, *stub) for one, stub in stubs.items()}
    return [
        {
            **row,
            "created_by": people.get(row["created_by"]),
            "state_by": people.get(row["state_by"]),
            "assignee": _assignee(row, people, agencies),
            "steps": [_step(text, tick, people) for text, tick in zip(row["steps"], row["ticks"], strict=True)],
            "case": (row["case"], titles[row["case"]]) if row.get("case") in titles else None,
            "linked_cases": [(one, titles[one]) for one in row["about"] if one in titles],
            "markings": [held[one] for one in row["markings"] if one in held],
            "entities": [seen[one] for one in row["about"] if one in seen],
            "links": [_link(one, *links[one], seen) for one in row["about"] if one in links],
            "overdue": row["due"] < ctx.now and row["state"] not in rules.CLOSED,
            "version": _version(ctx, row),
            "may_work": rules.may_work(row, scope, rights),
            "may_comment": rules.may_comment(row, scope, rights),
            "may_direct": rules.may_direct(row, scope, rights),
        }
        for row in found
    ]


def _people(row: dict[str, Any]) -> list[str]:
    assigned = [row["assignee"]] if row["assignee_sort"] == AssigneeSort.PERSON else []
    return [row["created_by"], row["state_by"], *assigned, *(tick.split(" ")[0] for tick in row["ticks"] if tick)]


def _assignee(row: dict[str, Any], people: dict[str, Any], agencies: dict[str, Any]) -> dict[str, Any] | None:
    sort, one = row["assignee_sort"], row["assignee"]
    if sort == AssigneeSort.NOBODY:
        return None
    person = people.get(one) if sort == AssigneeSort.PERSON else None
    return {"person": person, "agency": agencies.get(one), "role": one if sort == AssigneeSort.ROLE else None}


def _step(text: str, tick: str, people: dict[str, Any]) -> dict[str, Any]:
    by, _, at = tick.partition(" ")
    return {"text": text, "done": bool(tick), "by": people.get(by), "at": at or None}


def _link(one: str, kind: str, source: str, target: str, seen: dict[str, Stub]) -> dict[str, Any]:
    return {"id": one, "kind": kind, "source": seen[source], "target": seen[target]}


def _version(ctx: Context, row: dict[str, Any]) -> str:
    """Return the revision that a reader saw, sealed: a plain counter would tell how often a task changed."""
    return cursors.sealed(ctx, VERSION, row["space"], row["id"] + " " + _REVISION.format(row["revision"]))
