"""Comments on tasks: said and withdrawn, never changed and never erased; mentions of people who see the task."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from backend.core import cursors
from backend.core.errors import Conflict, Forbidden, NotFound
from backend.core.ids import new_id
from backend.entities.service import page_size
from backend.entities.views import Page
from backend.tasks.comments import rules
from backend.tasks.rules import CLOSED, may_comment
from backend.tasks.service import readers
from backend.teams import policy
from backend.teams.policy import Right
from backend.teams.service import change, enter
from graph.outbox import Change
from graph.queries import agencies as agency_queries
from graph.queries import comments as queries
from graph.queries import tasks as task_queries

if TYPE_CHECKING:
    from backend.core.context import Context
    from graph.access import Scope
    from graph.driver import Tx

LISTING, MENTIONS = "comments", "mentions"


async def comments(ctx: Context, space: str, task: str, first: int, after: str | None) -> Page:
    """Return a page of what was said about a task, newest first."""
    first, place = page_size(first), cursors.opened(ctx, LISTING + task, space, after)

    async def work(tx: Tx) -> Page:
        scope = await enter(tx, ctx, space)
        await _task(tx, scope, task)
        total, places = await queries.page(tx, scope, task, place or "", first + 1)
        return await _page(tx, ctx, scope, (total, places), first, LISTING + task)

    page = await ctx.graph.read(work)
    ctx.trail.saw(space, [task, *(row["id"] for row in page.items)])
    return page


async def mentions(ctx: Context, space: str, first: int, after: str | None) -> Page:
    """Return a page of the comments that mention the reader and wait for an answer, newest first."""
    first, place = page_size(first), cursors.opened(ctx, MENTIONS, space, after)

    async def work(tx: Tx) -> Page:
        scope = await enter(tx, ctx, space)
        found = await queries.mentions(tx, scope, CLOSED, place or "", first + 1)
        return await _page(tx, ctx, scope, found, first, MENTIONS)

    page = await ctx.graph.read(work)
    ctx.trail.saw(space, [one for row in page.items for one in (row["id"], row["task"])])
    return page


async def _page(tx: Tx, ctx: Context, scope: Scope, found: tuple[int, list[tuple[str, str]]], first: int, listing: str) -> Page:
    total, places = found
    rows = await _dressed(tx, scope, [one for _, one in places[:first]])
    return Page(rows, cursors.sealed(ctx, listing, scope.space, places[first - 1][0]) if len(places) > first else None, total)


async def comment(ctx: Context, space: str, comment_id: str) -> dict[str, Any]:
    """Return one comment."""

    async def work(tx: Tx) -> list[dict[str, Any]]:
        return await _dressed(tx, await enter(tx, ctx, space), [comment_id])

    rows = await ctx.graph.read(work)
    if not rows:
        raise NotFound
    ctx.trail.saw(space, [comment_id, rows[0]["task"]])
    return rows[0]


async def mentionable(ctx: Context, space: str, task: str) -> list[dict[str, Any]]:
    """Return the people whom the reader may mention at a task, by name; the reader is not among them."""

    async def work(tx: Tx) -> list[dict[str, Any]]:
        scope = await enter(tx, ctx, space)
        row = await _task(tx, scope, task)
        others = [it["person"] for it in await _known(tx, ctx, scope, row) if it["person"]["id"] != scope.user]
        return sorted(others, key=lambda it: (it["name"], it["id"]))

    people = await ctx.graph.read(work)
    ctx.trail.saw(space, [task, *(it["id"] for it in people)])
    return people


async def say(ctx: Context, space: str, task: str, text: str, mentioned: list[str], key: str) -> str:
    """Say something about a task and mention people whom `mentionable` names; anybody else is as unknown as who never was."""
    rules.check(text, mentioned)

    async def work(tx: Tx, scope: Scope) -> tuple[str, list[Change]]:
        row = await task_queries.lock(tx, scope, task)
        if row is None:
            raise NotFound
        if not may_comment(row, scope, policy.rights(scope)):
            raise Forbidden("Only whoever writes in this space, or has the task, comments on it.")
        await _require_known(tx, ctx, scope, row, mentioned)
        one = new_id()
        said = {
            "id": one, "space": space, "task": task, "text": text.strip(), "mentions": mentioned, "by": ctx.who.user,
            "at": ctx.now, "state": rules.SAID,
        }  # fmt: skip
        await queries.create(tx, said, [{"id": new_id(), "space": space, "person": who, "comment": one} for who in mentioned])
        return one, [Change("task", "commented on", task, (row["vis"],), (row["vis"],))]

    return await change(ctx, space, key, Right.READ_CONTENT, work)


async def withdraw(ctx: Context, space: str, comment_id: str, reason: str, key: str) -> str:
    """Withdraw one's own comment; it stays, struck through, with the reason. Return its id."""
    rules.check_reason(reason)

    async def work(tx: Tx, scope: Scope) -> tuple[str, list[Change]]:
        found = await queries.lock(tx, scope, comment_id)
        if found is None:
            raise NotFound
        row, vis = found
        if row["by"] != scope.user:
            raise Forbidden("Only whoever said it withdraws a comment.")
        if row["state"] == rules.WITHDRAWN:
            raise Conflict("This comment is withdrawn already.")
        gone = {"state": rules.WITHDRAWN, "withdrawn_at": ctx.now, "reason": reason.strip()}
        await queries.withdraw(tx, scope, comment_id, gone)
        return comment_id, [Change("task", "withdrew a comment on", row["task"], (vis,), (vis,))]

    return await change(ctx, space, key, Right.READ_CONTENT, work)


async def _task(tx: Tx, scope: Scope, task: str) -> dict[str, Any]:
    rows = await task_queries.tasks(tx, scope, [task])
    if not rows:
        raise NotFound
    return rows[0]


async def _known(tx: Tx, ctx: Context, scope: Scope, task: dict[str, Any]) -> list[dict[str, Any]]:
    """Return the memberships of those of whom the reader knows that they have to do with a task.

    Who else holds its markings is told to those who clear others, and to nobody else: they mention who stands on the task's page already,
    whether or not that person sees it (any more). Whoever does not see it is not told that they are mentioned.
    """
    markings = frozenset(task["markings"])
    if not markings or Right.CLEAR in policy.rights(scope):
        return await readers(tx, ctx, scope, markings)
    named = {task["created_by"], task["assignee"], *await queries.authors(tx, scope, task["id"])}
    return [it for it in await readers(tx, ctx, scope) if it["person"]["id"] in named]


async def _require_known(tx: Tx, ctx: Context, scope: Scope, task: dict[str, Any], mentioned: list[str]) -> None:
    known = {it["person"]["id"] for it in await _known(tx, ctx, scope, task)} if mentioned else set[str]()
    if not set(mentioned) <= known:
        raise NotFound


async def _dressed(tx: Tx, scope: Scope, ids: list[str]) -> list[dict[str, Any]]:
    """Return those of the comments whose task is visible with everything that a screen shows of them."""
    found = await queries.comments(tx, scope, ids)
    people = await agency_queries.named(tx, sorted({one for row in found for one in (row["by"], *row["mentions"])}))
    return [
        {
            **row,
            "by": people.get(row["by"]),
            "mentions": [people[one] for one in row["mentions"] if one in people],
            "may_withdraw": rules.may_withdraw(row, scope),
        }
        for row in found
    ]
