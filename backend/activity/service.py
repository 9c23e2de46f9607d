"""What happened in a space, as one reader may know it."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from backend.core import cursors
from backend.entities.service import page_size
from backend.entities.views import Page
from backend.teams.service import enter
from graph import ontology
from graph.queries import activity as queries
from graph.queries import agencies as agency_queries
from graph.queries import cases as case_queries
from graph.queries import entities as entity_queries
from graph.queries import evidence as exhibit_queries
from graph.queries import imports as import_queries
from graph.queries import tasks as task_queries
from graph.queries import teams as team_queries

if TYPE_CHECKING:
    from backend.core.context import Context
    from graph.access import Scope
    from graph.driver import Tx

LOOK_AT_ONCE = 200
LISTING = "activity"
_PLACE = "{:020d}"  # always as long: the length of a cursor must not tell how much has happened
BY_RECORD = {"entity", "link", "merge"}
"""Kinds of subjects that change by a record: without it, it tells that something was said which the reader may not see."""


async def activity(ctx: Context, space: str, first: int, after: str | None) -> Page:
    """Return what happened, newest first, as rows {id, at, verb, kind, subject, caption, person}."""
    first, place = page_size(first), cursors.opened(ctx, LISTING, space, after)
    before = int(place) if place else None

    async def work(tx: Tx) -> Page:
        scope = await enter(tx, ctx, space)
        rows: list[dict[str, Any]] = []
        place = before
        while len(rows) <= first:
            events = await queries.recent(tx, scope, place, LOOK_AT_ONCE)
            told = await _without_hidden_records(tx, scope, events)
            captions = await _captions(tx, ctx, scope, told)
            rows += [{**it, "caption": captions[it["id"]]} for it in told if captions.get(it["id"])]
            if len(events) < LOOK_AT_ONCE:
                break
            place = events[-1]["seq"]
        shown = rows[:first]
        people = await agency_queries.named(tx, sorted({it["actor"] for it in shown}))
        known = [{**it, "person": people[it["actor"]]} for it in shown if it["actor"] in people]
        return Page(known, cursors.sealed(ctx, LISTING, space, _PLACE.format(shown[-1]["seq"])) if len(rows) > first else None)

    page = await ctx.graph.read(work)
    ctx.trail.saw(space, [one for each in page.items for one in (each["subject"], each["source"], each["target"]) if one])
    return page


async def _without_hidden_records(tx: Tx, scope: Scope, events: list[dict[str, Any]]) -> list[dict[str, Any]]:
    """Leave out what happened to records that were marked since: as hidden now as if they had been from the start."""
    there = await queries.visible_records(tx, scope, [it["record"] for it in events if it["record"]])
    return [it for it in events if it["kind"] not in BY_RECORD or it["record"] in there]


async def _captions(tx: Tx, ctx: Context, scope: Scope, events: list[dict[str, Any]]) -> dict[str, str]:
    """Return event id to what its subject is called for this reader; nothing for subjects that they do not see."""
    ends = {end for it in events for end in (it["source"], it["target"]) if end}
    entities = ends | {it["subject"] for it in events if it["kind"] in {"entity", "merge"}}
    stubs = await entity_queries.stubs(tx, scope, sorted(entities)) if entities else {}
    cases = await case_queries.titles(tx, scope)
    members = await queries.members_named(tx, scope, [it["subject"] for it in events if it["kind"] == "member"])
    imports = await import_queries.names(tx, scope, [it["subject"] for it in events if it["kind"] == "import"])
    exhibits = await exhibit_queries.names(tx, scope, [it["subject"] for it in events if it["kind"] == "exhibit"])
    tasks = await task_queries.titles(tx, scope, [it["subject"] for it in events if it["kind"] == "task"])
    agreements = [it["subject"] for it in events if it["kind"] == "agreement"]
    space = dict.fromkeys(agreements, await queries.space_name(tx, scope)) if agreements else {}
    marks = {row["id"]: row["name"] for row in await team_queries.markings(tx, scope.space, sorted(scope.held), ctx.now)}
    named = {
        **{one: caption or ontology.entity_kind(kind).label for one, (kind, caption) in stubs.items()},
        **cases,
        **tasks,
        **members,
        **marks,
        **space,
        **imports,
        **{one: f"{it.number} {it.title}" for one, it in exhibits.items()},
    }
    found: dict[str, str] = {}
    for it in events:
        if it["source"]:
            both = [named.get(end) for end in (it["source"], it["target"])]
            found[it["id"]] = " – ".join(each for each in both if each) if all(both) else ""
        else:
            found[it["id"]] = named.get(it["subject"], "")
    return found
