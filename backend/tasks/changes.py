"""The writing half of tasks: making them, moving them on, giving them to somebody, and what they are about."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from backend.core import cursors
from backend.core.errors import Conflict, Forbidden, Invalid, NotFound
from backend.core.ids import new_id
from backend.tasks import rules
from backend.tasks.rules import Assignee, AssigneeSort, Changes, New
from backend.tasks.service import VERSION, readers, there
from backend.teams import policy
from backend.teams.policy import Right, Role
from backend.teams.service import change
from graph import access
from graph.outbox import Change
from graph.queries import cases as case_queries
from graph.queries import realtime as live_queries
from graph.queries import tasks as queries

if TYPE_CHECKING:
    from backend.core.context import Context
    from graph.access import Scope
    from graph.driver import Tx

NOT_YOURS = "Only whoever the task is given to, made it or gives out work may do this."


async def create(ctx: Context, space: str, new: New, key: str) -> str:
    """Make a task; it carries its case's markings beside the ones given, none of cases that it is only linked to. Return its id."""
    said = new.said if new.said.title is not None else Changes(title="")
    rules.check(said)
    rules.check_items(len(new.about))

    async def work(tx: Tx, scope: Scope) -> tuple[str, list[Change]]:
        carried = new.markings | await _case_markings(tx, scope, new.case)
        if not carried <= scope.held:
            raise NotFound
        await _require_there(tx, scope, new.about)
        one, vis = new_id(), await access.intern(tx, space, frozenset({carried}))
        given = await _given(tx, ctx, scope, said.assignee or Assignee(), carried)
        row = {
            "id": one, "space": space, "vis": vis, "markings": sorted(carried), "case": new.case,
            "about": [each for each in new.about if each != new.case],
            "created_by": ctx.who.user, "created_at": ctx.now, **_plain(ctx.who.user, ctx.now),
        }  # fmt: skip
        await queries.create(tx, {**row, **rules.stored(said, row, ctx.who.user, ctx.now), **given})
        if new.case:
            await case_queries.hold(tx, {new.case: carried})
        return one, [Change("task", "created", one, after=(vis,))]

    return await change(ctx, space, key, Right.WRITE_CONTENT, work)


def _plain(who: str, now: str) -> dict[str, Any]:
    """Return what a task holds of which nothing was said."""
    return {
        "text": "", "due": access.FOREVER, "due_zone": "UTC", "priority": rules.Priority.NORMAL.value, "state": rules.TaskState.OPEN.value,
        "state_by": who, "state_at": now, "steps": list[str](), "ticks": list[str](), "revision": 1, "touched": list[str](),
    }  # fmt: skip


async def alter(ctx: Context, space: str, task_id: str, said: Changes, version: str, key: str) -> str:
    """Change a task. Raises `Conflict` where somebody else changed one of the same fields since `version`. Return its id."""
    rules.check(said)

    async def work(tx: Tx, scope: Scope) -> tuple[str, list[Change]]:
        row = await queries.lock(tx, scope, task_id)
        if row is None:
            raise NotFound
        if not rules.may_change(said, row, scope, policy.rights(scope)):
            raise Forbidden(NOT_YOURS)
        if rules.overtaken(said, row["touched"], _seen(ctx, row, version)):
            raise Conflict
        given = await _given(tx, ctx, scope, said.assignee, frozenset(row["markings"])) if said.assignee else {}
        counted = {"revision": row["revision"] + 1, "touched": rules.touch(row["touched"], said, row["revision"] + 1)}
        await queries.change(tx, scope, task_id, {**rules.stored(said, row, ctx.who.user, ctx.now), **given, **counted})
        return task_id, [Change("task", rules.verb(said, row), task_id, (row["vis"],), (row["vis"],))]

    return await change(ctx, space, key, Right.READ_CONTENT, work)


async def _case_markings(tx: Tx, scope: Scope, case: str | None) -> frozenset[str]:
    markings = await case_queries.markings_of(tx, scope, case) if case else frozenset[str]()
    if markings is None:
        raise NotFound
    return markings


async def alter_items(ctx: Context, space: str, task_id: str, add: list[str], remove: list[str], key: str) -> str:
    """Add entities, links and further cases to what a task is about, and take some off. Return its id.

    Each is told to those who see the thing as well as the task; no version moves by it, which others would see.
    """

    async def work(tx: Tx, scope: Scope) -> tuple[str, list[Change]]:
        row = await queries.lock(tx, scope, task_id)
        if row is None:
            raise NotFound
        await _require_there(tx, scope, [*add, *remove])
        if not rules.may_work(row, scope, policy.rights(scope)):
            raise Forbidden(NOT_YOURS)
        about = [one for one in dict.fromkeys([*row["about"], *add]) if one not in {*remove, row.get("case")}]
        rules.check_items(len(await there(tx, scope, about)))
        await queries.change(tx, scope, task_id, {"about": about})
        moved = list(dict.fromkeys([*add, *remove]))
        classes = await live_queries.classes_of(tx, space, moved, await live_queries.ends(tx, space, moved), {"case": moved})
        told = [(row["vis"], *classes[one]) for one in moved]
        return task_id, [Change("task", "linked", task_id, both, both) for both in told]

    return await change(ctx, space, key, Right.READ_CONTENT, work)


async def _require_there(tx: Tx, scope: Scope, items: list[str]) -> None:
    if set(items) - await there(tx, scope, items):
        raise NotFound


async def _given(tx: Tx, ctx: Context, scope: Scope, to: Assignee, markings: frozenset[str]) -> dict[str, Any]:
    """Return an assignee as stored; raise where they are none of the space's or may not be given anything by the actor."""
    if to.sort is AssigneeSort.NOBODY:
        return {"assignee_sort": to.sort.value, "assignee": "", "assignee_agency": ""}
    concerned = [it for it in await readers(tx, ctx, scope) if to.id == _named(to.sort, it)]
    if not concerned and not (to.sort is AssigneeSort.ROLE and to.id in set(Role)):
        raise NotFound
    if not rules.may_give(to, scope, policy.rights(scope)):
        raise Forbidden("Only whoever gives out work in this space may give a task to somebody else.")
    if to.sort is AssigneeSort.PERSON and not any(markings <= set(it["clearances"]) for it in concerned):
        raise Invalid("This person does not hold all markings of the task, so they would not see it.", "assignee")
    agency = {AssigneeSort.PERSON: [it["person"]["agency"]["id"] for it in concerned][:1], AssigneeSort.AGENCY: [to.id]}
    return {"assignee_sort": to.sort.value, "assignee": to.id, "assignee_agency": next(iter(agency.get(to.sort, [])), "")}


def _named(sort: AssigneeSort, member: dict[str, Any]) -> str:
    """Return what a member is called by in an assignment of this sort."""
    if sort is AssigneeSort.ROLE:
        return member["role"]
    return member["person"]["id"] if sort is AssigneeSort.PERSON else member["person"]["agency"]["id"]


def _seen(ctx: Context, row: dict[str, Any], version: str) -> int:
    """Return the revision that a version stands for; a version of something else has seen nothing."""
    try:
        one, _, revision = (cursors.opened(ctx, VERSION, row["space"], version) or "").partition(" ")
    except Invalid as error:
        raise Conflict from error
    if one != row["id"]:
        raise Conflict
    return int(revision)
