"""GraphQL: every way to change what is said of an entity or link."""

from __future__ import annotations

import strawberry

from backend.core.graphql import Info, ctx
from backend.entities import changes, service
from backend.entities.changes import Statement
from backend.entities.types import Entity, Link, RecordAdded, entity_of, link_of


@strawberry.input(description="Values of one property.")
class PropertyInput:
    """FollowTheMoney property and its values."""

    property: str
    values: list[str]


@strawberry.input(description="What one source says, and how it may be handled.")
class RecordInput:
    """A record as a person enters it."""

    case: strawberry.ID
    values: list[PropertyInput]
    source_title: str
    locator: str = ""
    grade: str | None = None
    grade_original: str | None = None
    handling: str = "H0"
    valid_from: str | None = None
    valid_to: str | None = None
    markings: list[strawberry.ID] = strawberry.field(default_factory=list[strawberry.ID])
    exhibit: strawberry.ID | None = None

    def statement(self) -> Statement:
        """Return it as the service takes it."""
        return Statement(
            case=self.case, values={it.property: it.values for it in self.values}, title=self.source_title, locator=self.locator,
            grade=self.grade, grade_original=self.grade_original, handling=self.handling, valid_from=self.valid_from,
            valid_to=self.valid_to, markings=frozenset(self.markings), exhibit=self.exhibit,
        )  # fmt: skip


async def _added(info: Info, space: str, record: str) -> RecordAdded:
    """Ask for the record and its subject anew, through the reader's own scope."""
    entity, link = await service.subject_of(ctx(info), space, record)
    shown_entity, shown_link = entity_of(entity) if entity else None, link_of(link) if link else None
    records = [*(shown_entity.records if shown_entity else []), *(shown_link.records if shown_link else [])]
    return RecordAdded(record=next(each for each in records if each.id == record), entity=shown_entity, link=shown_link)


@strawberry.type
class EntitiesMutation:
    """Changing entities, links and records."""

    @strawberry.mutation(description="Create an entity with its first record.")
    async def add_entity(self, info: Info, space: strawberry.ID, kind: str, record: RecordInput, key: str) -> Entity:
        """Return the entity."""
        made = await changes.add_entity(ctx(info), space, kind, record.statement(), key)
        return entity_of(await service.look_up(ctx(info), space, made))

    @strawberry.mutation(description="Create a link with its first record between two visible entities.")
    async def add_link(
        self, info: Info, space: strawberry.ID, kind: str, source: strawberry.ID, target: strawberry.ID, record: RecordInput, key: str
    ) -> Link:
        """Return the link."""
        made = await changes.add_link(ctx(info), space, kind, source, target, record.statement(), key)
        return link_of(await service.look_up_link(ctx(info), space, made))

    @strawberry.mutation(description="Another record about an entity or link that exists.")
    async def add_record(
        self, info: Info, space: strawberry.ID, about: strawberry.ID, record: RecordInput, expected_version: str, key: str
    ) -> RecordAdded:
        """Return the record and its subject."""
        return await _added(info, space, await changes.add_record(ctx(info), space, about, record.statement(), expected_version, key))

    @strawberry.mutation(description="A correction: a new record and a retraction of the old one, in one step.")
    async def correct_record(
        self,
        info: Info,
        space: strawberry.ID,
        id: strawberry.ID,
        record: RecordInput,
        reason: str,
        expected_version: str,
        key: str,
    ) -> RecordAdded:
        """Return the new record and its subject."""
        made = await changes.correct(ctx(info), space, id, record.statement(), reason, expected_version, key)
        return await _added(info, space, made)

    @strawberry.mutation(description="Retract a record of the actor's authority; it stays, struck through, with the reason.")
    async def retract_record(
        self,
        info: Info,
        space: strawberry.ID,
        id: strawberry.ID,
        reason: str,
        expected_version: str,
        key: str,
    ) -> RecordAdded:
        """Return the record and its subject."""
        return await _added(info, space, await changes.retract(ctx(info), space, id, reason, expected_version, key))

    @strawberry.mutation(description="Put further markings on a record; only markings that the actor holds.")
    async def mark_record(
        self,
        info: Info,
        space: strawberry.ID,
        id: strawberry.ID,
        markings: list[strawberry.ID],
        expected_version: str,
        key: str,
    ) -> RecordAdded:
        """Return the record and its subject."""
        return await _added(info, space, await changes.mark(ctx(info), space, id, frozenset(markings), expected_version, key))

    @strawberry.mutation(description="Take markings off a record: a logged release decision of the owning authority.")
    async def release_record(
        self,
        info: Info,
        space: strawberry.ID,
        id: strawberry.ID,
        markings: list[strawberry.ID],
        reason: str,
        expected_version: str,
        key: str,
    ) -> RecordAdded:
        """Return the record and its subject."""
        made = await changes.release(ctx(info), space, id, frozenset(markings), reason, expected_version, key)
        return await _added(info, space, made)

    @strawberry.mutation(description="Say that two entities are the same; moves no record and can be undone.")
    async def merge(
        self,
        info: Info,
        space: strawberry.ID,
        a: strawberry.ID,
        b: strawberry.ID,
        record: RecordInput,
        key: str,
    ) -> Entity:
        """Return the merged entity."""
        await changes.merge(ctx(info), space, a, b, record.statement(), key)
        return entity_of(await service.look_up(ctx(info), space, a))

    @strawberry.mutation(description="Undo a merge.")
    async def unmerge(self, info: Info, space: strawberry.ID, same_as: strawberry.ID, reason: str, key: str) -> Entity:
        """Return one of the two entities."""
        return entity_of(await service.look_up(ctx(info), space, await changes.unmerge(ctx(info), space, same_as, reason, key)))
