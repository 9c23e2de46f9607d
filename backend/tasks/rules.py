"""Pure rules of tasks: what one holds, who may do what with it, and which of two changes came too late."""

from __future__ import annotations

from dataclasses import dataclass, field
from enum import StrEnum
from typing import TYPE_CHECKING, Any
from zoneinfo import ZoneInfo

from backend.core.errors import Invalid
from backend.teams.policy import Right
from graph.access import FOREVER
from graph.records import stamp

if TYPE_CHECKING:
    from datetime import datetime

    from graph.access import Scope

LONGEST_TITLE, LONGEST_TEXT, LONGEST_STEP = 200, 10_000, 300
MOST_STEPS, MOST_ITEMS = 50, 50


class TaskState(StrEnum):
    """Where a task stands; the columns of the board, and cancelled."""

    OPEN = "open"
    DOING = "doing"
    WAITING = "waiting"
    DONE = "done"
    CANCELLED = "cancelled"


class Priority(StrEnum):
    """How urgent."""

    LOW = "low"
    NORMAL = "normal"
    HIGH = "high"


class AssigneeSort(StrEnum):
    """What a task is given to."""

    PERSON = "person"
    ROLE = "role"
    AGENCY = "agency"
    NOBODY = "nobody"


CLOSED = [TaskState.DONE.value, TaskState.CANCELLED.value]
VERBS = {
    TaskState.OPEN: "reopened", TaskState.DOING: "started", TaskState.WAITING: "put on hold", TaskState.DONE: "finished",
    TaskState.CANCELLED: "cancelled",
}  # fmt: skip


@dataclass(frozen=True, slots=True)
class Assignee:
    """A person by id, a role by name, an authority by id, or nobody."""

    sort: AssigneeSort = AssigneeSort.NOBODY
    id: str = ""


@dataclass(frozen=True, slots=True)
class Due:
    """When it is due, and in whose time it was meant; no moment is no due date."""

    at: datetime | None
    zone: str = "UTC"


@dataclass(frozen=True, slots=True)
class Step:
    """One line of a checklist."""

    text: str
    done: bool = False


@dataclass(frozen=True, slots=True)
class Changes:
    """What is to change of a task; None leaves a field as it is."""

    title: str | None = None
    text: str | None = None
    due: Due | None = None
    priority: Priority | None = None
    state: TaskState | None = None
    steps: list[Step] | None = None
    assignee: Assignee | None = None

    @property
    def fields(self) -> list[str]:
        """Return the names of the fields that change."""
        return [name for name in self.__slots__ if getattr(self, name) is not None]


@dataclass(frozen=True, slots=True)
class New:
    """A task to make: what it says, the case it belongs to, what it is about (entities, links, further cases), further markings."""

    said: Changes
    case: str | None = None
    about: list[str] = field(default_factory=list[str])
    markings: frozenset[str] = frozenset()


# ── what may be said ──────────────────────────────────────────────────────────────────────────────────────────────────────────────


def check(said: Changes) -> None:
    """Pass for what a task may hold, else raise `Invalid` with the field."""
    if said.title is not None and (not said.title.strip() or len(said.title) > LONGEST_TITLE):
        raise Invalid(f"A task needs a title of at most {LONGEST_TITLE} characters.", "title")
    if said.text is not None and len(said.text) > LONGEST_TEXT:
        raise Invalid(f"At most {LONGEST_TEXT} characters.", "text")
    if said.due is not None:
        _check_due(said.due)
    if said.steps is not None and len(said.steps) > MOST_STEPS:
        raise Invalid(f"At most {MOST_STEPS} steps.", "steps")
    if any(not step.text.strip() or len(step.text) > LONGEST_STEP for step in said.steps or []):
        raise Invalid(f"A step needs a text of at most {LONGEST_STEP} characters.", "steps")


def _check_due(due: Due) -> None:
    if due.at is not None and due.at.tzinfo is None:
        raise Invalid("Give the due date with its offset from UTC.", "due")
    try:
        ZoneInfo(due.zone)
    except (KeyError, ValueError, OSError) as error:
        raise Invalid("Give the time zone by its name, as in Europe/Rome.", "due") from error


def check_items(visible: int) -> None:
    """Pass for as many things as one task may be about; those that the writer does not see are not counted."""
    if visible > MOST_ITEMS:
        raise Invalid(f"A task is about at most {MOST_ITEMS} things.", "about")


def stored(said: Changes, before: dict[str, Any], who: str, now: str) -> dict[str, Any]:
    """Return the stored properties of everything but the assignee that a change sets."""
    found: dict[str, Any] = {}
    if said.title is not None:
        found["title"] = said.title.strip()
    if said.text is not None:
        found["text"] = said.text
    if said.due is not None:
        found |= {"due": stamp(said.due.at) if said.due.at else FOREVER, "due_zone": said.due.zone}
    if said.priority is not None:
        found["priority"] = said.priority.value
    if said.state is not None and said.state != before.get("state"):
        found |= {"state": said.state.value, "state_by": who, "state_at": now}
    if said.steps is not None:
        found |= {"steps": [step.text.strip() for step in said.steps], "ticks": _ticks(said.steps, before, f"{who} {now}")}
    return found


def _ticks(steps: list[Step], before: dict[str, Any], tick: str) -> list[str]:
    """Return who ticked each step off and when; what was ticked before keeps its tick."""
    known = dict(zip(before.get("steps", []), before.get("ticks", []), strict=True))
    return [(known.get(step.text.strip()) or tick) if step.done else "" for step in steps]


def verb(said: Changes, before: dict[str, Any]) -> str:
    """Return the word for what happened."""
    if said.state is not None and said.state != before["state"]:
        return VERBS[said.state]
    return "assigned" if said.assignee is not None else "changed"


# ── two changes at once ───────────────────────────────────────────────────────────────────────────────────────────────────────────


def overtaken(said: Changes, touched: list[str], seen: int) -> bool:
    """Say whether a field of this change was changed by somebody else after the revision that was seen."""
    last = revisions(touched)
    return any(last.get(name, 0) > seen for name in said.fields)


def revisions(touched: list[str]) -> dict[str, int]:
    """Return field to the revision that changed it last, from how it is stored."""
    return {name: int(number) for name, number in (each.split(" ") for each in touched)}


def touch(touched: list[str], said: Changes, revision: int) -> list[str]:
    """Return the same with the fields of this change at its revision."""
    return [f"{name} {number}" for name, number in sorted({**revisions(touched), **dict.fromkeys(said.fields, revision)}.items())]


# ── who may ───────────────────────────────────────────────────────────────────────────────────────────────────────────────────────


def assigned_to(row: dict[str, Any], scope: Scope) -> bool:
    """Say whether a task is given to this person, by name, role or authority."""
    mine = {AssigneeSort.PERSON: scope.user, AssigneeSort.ROLE: scope.role, AssigneeSort.AGENCY: scope.agency}
    return mine.get(row["assignee_sort"]) == row["assignee"]


def may_direct(row: dict[str, Any], scope: Scope, rights: frozenset[Right]) -> bool:
    """Say whether somebody decides what the task is: who gives out work, and who made it."""
    return Right.ASSIGN_TASKS in rights or (row["created_by"] == scope.user and Right.WRITE_CONTENT in rights)


def may_work(row: dict[str, Any], scope: Scope, rights: frozenset[Right]) -> bool:
    """Say whether somebody works on it: moves it on, ticks steps off. What nobody has, anybody who writes may take up."""
    free = row["assignee_sort"] == AssigneeSort.NOBODY and Right.WRITE_CONTENT in rights
    return free or assigned_to(row, scope) or may_direct(row, scope, rights)


def may_comment(row: dict[str, Any], scope: Scope, rights: frozenset[Right]) -> bool:
    """Say whether somebody comments on it: who writes in the space, and whoever works on it."""
    return Right.WRITE_CONTENT in rights or may_work(row, scope, rights)


WORK = {"state", "steps", "assignee"}
"""Fields that whoever works on a task changes; the others say what the task is."""


def may_change(said: Changes, row: dict[str, Any], scope: Scope, rights: frozenset[Right]) -> bool:
    """Say whether somebody may change these fields. Calling a task off, and taking that back, is for those who direct it."""
    if may_direct(row, scope, rights):
        return True
    calling_off = said.state is not None and TaskState.CANCELLED in {said.state, row["state"]}
    return set(said.fields) <= WORK and not calling_off and may_work(row, scope, rights)


def may_give(to: Assignee, scope: Scope, rights: frozenset[Right]) -> bool:
    """Say whether somebody may give a task to this assignee: to oneself and to nobody everyone may."""
    oneself = to.sort is AssigneeSort.PERSON and to.id == scope.user
    return Right.ASSIGN_TASKS in rights or oneself or to.sort is AssigneeSort.NOBODY
