"""GraphQL: comments on tasks."""

from __future__ import annotations

from datetime import datetime
from typing import Any

import strawberry

from backend.agencies.api import Person, person_of
from backend.core.graphql import Info, PageInfo, ctx, page_info, when
from backend.tasks.comments import service


@strawberry.type(description="What somebody said about a task. It is never changed; withdrawn, it stays with the reason.")
class TaskComment:
    """A comment, seen by whoever sees its task."""

    id: strawberry.ID = strawberry.field(description="Id.")
    task: strawberry.ID = strawberry.field(description="Its task.")
    task_title: str = strawberry.field(description="What is to be done there.")
    text: str = strawberry.field(description="What was said; whoever is mentioned stands in it as @ and their name.")
    mentions: list[Person] = strawberry.field(description="Who is mentioned.")
    by: Person | None = strawberry.field(description="Who said it.")
    at: datetime = strawberry.field(description="When.")
    withdrawn_at: datetime | None = strawberry.field(description="When they withdrew it; null where they stand by it.")
    withdrawn_reason: str = strawberry.field(description="Why, in their words.")
    may_withdraw: bool = strawberry.field(description="Whether the reader may withdraw it.")


@strawberry.type(description="A page of comments.")
class TaskCommentPage:
    """Rows and where to go on."""

    items: list[TaskComment] = strawberry.field(description="Newest first.")
    total: int = strawberry.field(description="How many there are.")
    page_info: PageInfo = strawberry.field(description="Where to go on.")


def comment_of(row: dict[str, Any]) -> TaskComment:
    """Dress a comment."""
    withdrawn = row.get("withdrawn_at")
    return TaskComment(
        id=strawberry.ID(row["id"]),
        task=strawberry.ID(row["task"]),
        task_title=row["title"],
        text=row["text"],
        mentions=[person_of(it) for it in row["mentions"]],
        by=person_of(row["by"]) if row["by"] else None,
        at=when(row["at"]),
        withdrawn_at=when(withdrawn) if withdrawn else None,
        withdrawn_reason=row.get("reason") or "",
        may_withdraw=row["may_withdraw"],
    )


@strawberry.type
class CommentsQuery:
    """Reading comments."""

    @strawberry.field(description="What was said about a task, newest first.")
    async def task_comments(
        self, info: Info, space: strawberry.ID, task: strawberry.ID, first: int = 50, after: str | None = None
    ) -> TaskCommentPage:
        """Return a page of comments."""
        page = await service.comments(ctx(info), space, task, first, after)
        return TaskCommentPage(items=[comment_of(row) for row in page.items], total=page.total, page_info=page_info(page.end))

    @strawberry.field(description="Comments on tasks not closed that mention the reader, who has said nothing there since; newest first.")
    async def mentions(self, info: Info, space: strawberry.ID, first: int = 20, after: str | None = None) -> TaskCommentPage:
        """Return a page of comments."""
        page = await service.mentions(ctx(info), space, first, after)
        return TaskCommentPage(items=[comment_of(row) for row in page.items], total=page.total, page_info=page_info(page.end))

    @strawberry.field(description="Whom the reader may mention in a comment on a task: the others who see it now, by name.")
    async def mentionable(self, info: Info, space: strawberry.ID, task: strawberry.ID) -> list[Person]:
        """Return people."""
        return [person_of(it) for it in await service.mentionable(ctx(info), space, task)]


@strawberry.type
class CommentsMutation:
    """Saying and withdrawing."""

    @strawberry.mutation(description="Say something about a task; only people who see it can be mentioned.")
    async def comment_on_task(
        self,
        info: Info,
        space: strawberry.ID,
        task: strawberry.ID,
        text: str,
        key: str,
        mentions: list[strawberry.ID] = [],  # noqa: B006 - strawberry copies it into the schema
    ) -> TaskComment:
        """Return the comment."""
        made = await service.say(ctx(info), space, task, text, list(dict.fromkeys(mentions)), key)
        return comment_of(await service.comment(ctx(info), space, made))

    @strawberry.mutation(description="Withdraw one's own comment; it stays, struck through, with the reason.")
    async def withdraw_task_comment(self, info: Info, space: strawberry.ID, id: strawberry.ID, reason: str, key: str) -> TaskComment:
        """Return the comment."""
        done = await service.withdraw(ctx(info), space, id, reason, key)
        return comment_of(await service.comment(ctx(info), space, done))
