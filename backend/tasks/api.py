"""GraphQL: tasks."""

from __future__ import annotations

from datetime import datetime
from typing import TYPE_CHECKING, Any

import strawberry

from backend.agencies.api import Agency, Person, agency_of, person_of
from backend.cases.api import CaseRef
from backend.core.graphql import Info, PageInfo, ctx, page_info, when
from backend.entities.types import EntityStub
from backend.tasks import changes, rules, service
from backend.tasks.rules import AssigneeSort, Changes, New, Priority, TaskState
from backend.tasks.service import Wanted, Whose
from backend.teams.api import Marking, marking_of
from backend.teams.policy import Role
from graph.access import FOREVER

if TYPE_CHECKING:
    from backend.entities.views import Stub

strawberry.enum(TaskState, description="Where a task stands.")
strawberry.enum(Priority, name="TaskPriority", description="How urgent a task is.")
strawberry.enum(AssigneeSort, description="What a task is given to.")
strawberry.enum(Whose, name="TasksOf", description="Whose: everybody's, the reader's by name or role, or their authority's.")


@strawberry.type(description="Who a task is given to: exactly one of these.")
class TaskAssignee:
    """A person, a role or an authority."""

    person: Person | None = strawberry.field(description="A person.")
    role: Role | None = strawberry.field(description="Everybody of a role.")
    agency: Agency | None = strawberry.field(description="Everybody of an authority.")


@strawberry.type(description="One line of a task's checklist.")
class TaskStep:
    """Text, and who ticked it off when."""

    text: str = strawberry.field(description="What is to be done.")
    done: bool = strawberry.field(description="Whether it is ticked off.")
    by: Person | None = strawberry.field(description="By whom.")
    at: datetime | None = strawberry.field(description="When.")


@strawberry.type(description="A link that a task is about, which the reader sees.")
class TaskLink:
    """Enough of a link to name it."""

    id: strawberry.ID = strawberry.field(description="Id.")
    kind: str = strawberry.field(description="Kind of the ontology.")
    source: EntityStub = strawberry.field(description="From.")
    target: EntityStub = strawberry.field(description="To.")


@strawberry.type(description="Who does what by when.")
class Task:
    """A task as one reader sees it."""

    id: strawberry.ID = strawberry.field(description="Id.")
    space: strawberry.ID = strawberry.field(description="Its space.")
    title: str = strawberry.field(description="What is to be done.")
    text: str = strawberry.field(description="More about it.")
    state: TaskState = strawberry.field(description="Where it stands.")
    state_by: Person | None = strawberry.field(description="Who moved it there.")
    state_at: datetime = strawberry.field(description="When.")
    due: datetime | None = strawberry.field(description="When it is due; null without a due date.")
    due_zone: str = strawberry.field(description="In whose time zone (IANA) the due date was meant.")
    overdue: bool = strawberry.field(description="Whether it was due before now and is not closed.")
    priority: Priority = strawberry.field(description="How urgent.")
    assignee: TaskAssignee | None = strawberry.field(description="Who it is given to; null for nobody.")
    steps: list[TaskStep] = strawberry.field(description="Checklist.")
    case: CaseRef | None = strawberry.field(description="The case it belongs to, whose markings it carries.")
    linked_cases: list[CaseRef] = strawberry.field(description="Further cases that it is linked to, of those that the reader sees.")
    entities: list[EntityStub] = strawberry.field(description="Entities that it is about, of those that the reader sees.")
    links: list[TaskLink] = strawberry.field(description="Links that it is about, of those that the reader sees.")
    markings: list[Marking] = strawberry.field(description="Markings; whoever sees it holds all of them.")
    created_by: Person | None = strawberry.field(description="Who made it.")
    created_at: datetime = strawberry.field(description="When.")
    version: str = strawberry.field(description="Pass back as expectedVersion.")
    may_work: bool = strawberry.field(description="Whether the reader may move it on and tick steps off.")
    may_comment: bool = strawberry.field(description="Whether the reader may comment on it.")
    may_direct: bool = strawberry.field(description="Whether the reader may change what the task is, and call it off.")


@strawberry.type(description="A page of tasks.")
class TaskPage:
    """Rows and where to go on."""

    items: list[Task] = strawberry.field(description="Open ones first, by due date.")
    total: int = strawberry.field(description="How many visible tasks pass the filter.")
    page_info: PageInfo = strawberry.field(description="Where to go on.")


@strawberry.input(description="Which tasks are listed.")
class TaskFilter:
    """Each narrows what is listed."""

    whose: Whose = strawberry.field(description="Whose.", default=Whose.EVERYBODY)
    case: strawberry.ID | None = strawberry.field(description="Of a case, or linked to it.", default=None)
    about: strawberry.ID | None = strawberry.field(description="About an entity, or those merged with it, or about a link.", default=None)
    states: list[TaskState] | None = strawberry.field(description="In one of these states.", default=None)
    overdue: bool = strawberry.field(description="Only those that were due before now and are not closed.", default=False)

    def wanted(self) -> Wanted:
        """Return the same in the words of the service."""
        states = None if self.states is None else [it.value for it in self.states]
        return Wanted(self.whose, self.case, self.about, states, self.overdue)


@strawberry.input(description="Who a task is given to.")
class AssigneeInput:
    """Sort and id."""

    sort: AssigneeSort = strawberry.field(description="A person, a role, an authority or nobody.")
    id: str = strawberry.field(description="Id of the person or authority, or the role in small letters.", default="")


@strawberry.input(description="When a task is due.")
class DueInput:
    """Moment and zone."""

    at: datetime | None = strawberry.field(description="The moment, with its offset; null takes the due date away.", default=None)
    zone: str = strawberry.field(description="IANA time zone in which it is meant, as Europe/Rome.", default="UTC")


@strawberry.input(description="One line of a task's checklist.")
class TaskStepInput:
    """Text and tick."""

    text: str = strawberry.field(description="What is to be done.")
    done: bool = strawberry.field(description="Whether it is ticked off.", default=False)


@strawberry.input(description="What a task says; null leaves a field as it is.")
class TaskInput:
    """Fields of a task."""

    title: str | None = strawberry.field(description="What is to be done.", default=None)
    text: str | None = strawberry.field(description="More about it.", default=None)
    due: DueInput | None = strawberry.field(description="When it is due.", default=None)
    priority: Priority | None = strawberry.field(description="How urgent.", default=None)
    state: TaskState | None = strawberry.field(description="Where it stands.", default=None)
    steps: list[TaskStepInput] | None = strawberry.field(description="The whole checklist.", default=None)
    assignee: AssigneeInput | None = strawberry.field(description="Who it is given to.", default=None)

    def changes(self) -> Changes:
        """Return the same in the words of the rules."""
        return Changes(
            title=self.title,
            text=self.text,
            due=rules.Due(self.due.at, self.due.zone) if self.due else None,
            priority=self.priority,
            state=self.state,
            steps=[rules.Step(it.text, it.done) for it in self.steps] if self.steps is not None else None,
            assignee=rules.Assignee(self.assignee.sort, self.assignee.id) if self.assignee else None,
        )


def _maybe(row: dict[str, Any] | None) -> Person | None:
    return person_of(row) if row else None


def _stub(it: Stub) -> EntityStub:
    return EntityStub(id=strawberry.ID(it.id), kind=it.kind, caption=it.caption)


def _assignee(row: dict[str, Any]) -> TaskAssignee:
    role, agency = row["role"], row["agency"]
    return TaskAssignee(person=_maybe(row["person"]), role=Role(role) if role else None, agency=agency_of(agency) if agency else None)


def _step(row: dict[str, Any]) -> TaskStep:
    return TaskStep(text=row["text"], done=row["done"], by=_maybe(row["by"]), at=when(row["at"]) if row["at"] else None)


def _link(row: dict[str, Any]) -> TaskLink:
    return TaskLink(id=strawberry.ID(row["id"]), kind=row["kind"], source=_stub(row["source"]), target=_stub(row["target"]))


def _case(named: tuple[str, str]) -> CaseRef:
    return CaseRef(id=strawberry.ID(named[0]), title=named[1])


def task_of(row: dict[str, Any]) -> Task:
    """Dress a task."""
    return Task(
        id=strawberry.ID(row["id"]),
        space=strawberry.ID(row["space"]),
        title=row["title"],
        text=row["text"],
        state=TaskState(row["state"]),
        state_by=_maybe(row["state_by"]),
        state_at=when(row["state_at"]),
        due=None if row["due"] == FOREVER else when(row["due"]),
        due_zone=row["due_zone"],
        overdue=row["overdue"],
        priority=Priority(row["priority"]),
        assignee=_assignee(row["assignee"]) if row["assignee"] else None,
        steps=[_step(it) for it in row["steps"]],
        case=_case(row["case"]) if row["case"] else None,
        linked_cases=[_case(it) for it in row["linked_cases"]],
        entities=[_stub(it) for it in row["entities"]],
        links=[_link(it) for it in row["links"]],
        markings=[marking_of(it) for it in row["markings"]],
        created_by=_maybe(row["created_by"]),
        created_at=when(row["created_at"]),
        version=row["version"],
        may_work=row["may_work"],
        may_comment=row["may_comment"],
        may_direct=row["may_direct"],
    )


@strawberry.type
class TasksQuery:
    """Reading tasks."""

    @strawberry.field(description="The visible tasks of a space, open ones first, by due date.")
    async def tasks(
        self,
        info: Info,
        space: strawberry.ID,
        filter: TaskFilter | None = None,
        first: int = 50,
        after: str | None = None,
    ) -> TaskPage:
        """Return a page of tasks."""
        page = await service.tasks(ctx(info), space, filter.wanted() if filter else Wanted(), first, after)
        return TaskPage(items=[task_of(row) for row in page.items], total=page.total, page_info=page_info(page.end))

    @strawberry.field(description="One task.")
    async def task(self, info: Info, space: strawberry.ID, id: strawberry.ID) -> Task:
        """Return one task."""
        return task_of(await service.task(ctx(info), space, id))


@strawberry.type
class TasksMutation:
    """Changing tasks."""

    @strawberry.mutation(
        description="Make a task, of a case and about entities, links and further cases; whoever gives out work gives it to somebody else."
    )
    async def create_task(
        self,
        info: Info,
        space: strawberry.ID,
        task: TaskInput,
        key: str,
        case: strawberry.ID | None = None,
        about: list[strawberry.ID] = [],  # noqa: B006 - strawberry copies it into the schema
        markings: list[strawberry.ID] = [],  # noqa: B006 - same
    ) -> Task:
        """Return the task."""
        new = New(task.changes(), case, list(dict.fromkeys(about)), frozenset(markings))
        made = await changes.create(ctx(info), space, new, key)
        return task_of(await service.task(ctx(info), space, made))

    @strawberry.mutation(description="Change a task; refused where somebody else changed one of the same fields meanwhile.")
    async def change_task(
        self, info: Info, space: strawberry.ID, id: strawberry.ID, task: TaskInput, expected_version: str, key: str
    ) -> Task:
        """Return the task."""
        done = await changes.alter(ctx(info), space, id, task.changes(), expected_version, key)
        return task_of(await service.task(ctx(info), space, done))

    @strawberry.mutation(description="Add entities, links and further cases to what a task is about, or take some off.")
    async def change_task_items(
        self,
        info: Info,
        space: strawberry.ID,
        id: strawberry.ID,
        key: str,
        add: list[strawberry.ID] = [],  # noqa: B006 - strawberry copies it into the schema
        remove: list[strawberry.ID] = [],  # noqa: B006 - same
    ) -> Task:
        """Return the task."""
        done = await changes.alter_items(ctx(info), space, id, list(dict.fromkeys(add)), list(dict.fromkeys(remove)), key)
        return task_of(await service.task(ctx(info), space, done))
