"""Who does what by when in the demo: a handful of tasks for each space, made as people make them. Nothing here is by chance."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import timedelta
from typing import TYPE_CHECKING

from backend.core.actor import Actor
from backend.core.context import Context, trail_of
from backend.core.ids import new_id
from backend.demo.people import JIT, NATIONAL, TASK_FORCE
from backend.tasks import changes
from backend.tasks.comments import service as comments
from backend.tasks.rules import Assignee, AssigneeSort, Changes, Due, New, Priority, Step, TaskState

if TYPE_CHECKING:
    from collections.abc import Container, Mapping
    from datetime import datetime

    from backend.core.context import Parts

ROME, VILNIUS = "Europe/Rome", "Europe/Vilnius"
OPEN, DOING, WAITING, DONE = TaskState.OPEN, TaskState.DOING, TaskState.WAITING, TaskState.DONE


@dataclass(frozen=True)
class Said:
    """A comment; `to` are mentioned, and stand in the text by name."""

    by: str
    text: str
    to: tuple[str, ...] = ()


@dataclass(frozen=True)
class Work:
    """A task. `to` is a person's key or `role:…`; `hours` until it is due, none without a due date. No title names what is marked."""

    space: str
    by: str
    title: str
    to: str = ""
    case: str | None = None
    about: tuple[str, ...] = ()
    state: TaskState = OPEN
    hours: float | None = None
    zone: str = ROME
    steps: tuple[str, ...] = ()
    priority: Priority = Priority.NORMAL
    said: tuple[Said, ...] = ()


WORK = (
    Work(
        JIT, "chiara", "Confirm receipt of E-014", "vilma", "na", ("dravec",), DOING, -53, VILNIUS,
        said=(
            Said("chiara", "@Vilma Mikutė the court asks for it. Is it with you?", ("vilma",)),
            Said("vilma", "With the registry since Monday. @Chiara Bellandi they want the original signature.", ("chiara",)),
        ),
    ),
    Work(
        JIT, "chiara", "Draft the freezing certificate for the villa", "livia", "na", ("perla",), DOING, 9, priority=Priority.HIGH,
        steps=("Owner by the land register", "Amount against the order", "Translation into Croatian"),
        said=(Said("livia", "The register names two owners. @Chiara Bellandi which one goes into box 4?", ("chiara",)),),
    ),
    Work(JIT, "chiara", "Prepare for the challenge hearing", "chiara", "na", ("dravec", "orle"), OPEN, 20.5),
    Work(JIT, "saskia", "Check what was said of the meeting", "furio", "na", ("dravec", "halyard"), OPEN, 148),
    Work(
        JIT, "saskia", "Name the beneficial owner of Stichting Halm", "maarten", "nl", ("halm",), OPEN, 264,
        said=(Said("egle", "Baltvera paid it twice in March. @Maarten Vreeland do you have the statutes?", ("maarten",)),),
    ),
    Work(JIT, "chiara", "Croatia decides on recognition", "livia", "na", (), WAITING),
    Work(JIT, "saskia", "Translate E-060 into English", "role:translator", "nl", (), DONE, -20),
    Work(JIT, "chiara", "Hear the second witness again", "rita", "vi", (), OPEN, 90),
    Work(NATIONAL, "chiara", "Get the minutes of the grants committee", "rita", "bis", ("n-region",), DOING, 30),
    Work(NATIONAL, "chiara", "Compare the grants with the payments", "furio", "bis", ("n-acquaviva",), OPEN, 200),
    Work(TASK_FORCE, "darius", "Passenger lists of the May sailings", "egle", "tf", ("t-ferry",), DOING, -6, VILNIUS),
    Work(TASK_FORCE, "darius", "Meet the harbour master", "maarten", "tf", (), OPEN, 40, VILNIUS),
)  # fmt: skip


async def give_out(parts: Parts, ids: Mapping[str, str], agency_of: Mapping[str, str], there: Container[str], now: datetime) -> None:
    """Make every task, as whoever gives it out, and say what is said of it; `ids` are by the story's keys, of which `there` are told."""

    def ctx(person: str) -> Context:
        one = ids["person:" + person]
        actor = Actor(one, person, ids["agency:" + agency_of[person]], "demo")
        return Context(parts, actor, trail_of(parts, actor), "DEMO-00")

    for it in WORK:
        space = ids["space:" + it.space]
        new = New(_said(it, ids, now), ids["case:" + it.case] if it.case else None, [ids[key] for key in it.about if key in there])
        task = await changes.create(ctx(it.by), space, new, new_id())
        for each in it.said:
            await comments.say(ctx(each.by), space, task, each.text, [ids["person:" + who] for who in each.to], new_id())


def _said(it: Work, ids: Mapping[str, str], now: datetime) -> Changes:
    sort, _, role = it.to.partition(":")
    given = Assignee(AssigneeSort.ROLE, role) if role else Assignee(AssigneeSort.PERSON, ids["person:" + sort])
    due = None if it.hours is None else Due(now + timedelta(hours=it.hours), it.zone)
    steps = [Step(text) for text in it.steps]
    return Changes(title=it.title, state=it.state, due=due, priority=it.priority, steps=steps, assignee=given)
