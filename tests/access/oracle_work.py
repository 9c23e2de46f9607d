"""What one person may see of imports and tasks, whom they see at what, and what stops them from writing: from the description alone."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from backend.teams.policy import RIGHTS, Right, Role
from tests.access.generated import WRITERS

if TYPE_CHECKING:
    from collections.abc import Iterable

    from tests.access.described import Space
    from tests.access.oracle import Answers, Sees


@dataclass
class SeesWork:
    """One person in one space, by all else that they see there."""

    sees: Sees

    @property
    def space(self) -> Space:
        return self.sees.space

    def everything(self) -> Answers:
        """Every question with its answer; None where there is nothing that this person can open."""
        jobs, tasks, reads = self.sees.imports, self.sees.tasks, self.sees.reads
        about = (*self.space.kinds, *self.space.links, *self.space.merges)
        answers: Answers = {"imports": {one: self._import(one) for one in jobs} if reads else None}
        answers |= {f"import {one}": self._brought(one) if one in jobs else None for one in self.space.imports}
        answers |= {"tasks": {one: self._task(one) for one in tasks} if reads else None}
        answers |= {"my tasks": self._mine() if reads else None}
        answers |= {f"tasks of {case}": self._of_case(case) for case in self.space.cases}
        answers |= {f"tasks about {one}": self._about(one) for one in about}
        answers |= {f"task {one}": self._page(one) if one in tasks else None for one in self.space.tasks}
        return answers | {"mentions": self._mentions() if reads else None, "presence": self._present()}

    # ── imports ───────────────────────────────────────────────────────────────────────────────────────────────────────────────────

    def _import(self, one: str) -> object:
        of, rows = self.space.imports[one], sum(record.brought == one for record in self.space.records)
        state = "UNDONE" if of.undone else "DONE"
        return state, rows, 1, of.markings | self.space.cases[of.case], of.markings, of.case

    def _brought(self, one: str) -> object:
        """The import, what its report refuses, and what the reader sees of what it stated."""
        stated = self.sees.spoken_of(record for record in self.space.records if record.brought == one)
        return self._import(one), 1, self.sees.chart(stated)

    # ── tasks ─────────────────────────────────────────────────────────────────────────────────────────────────────────────────────

    def _task(self, one: str) -> object:
        """A task; what it is about only where that is visible, and no trace of the rest."""
        task = self.space.tasks[one]
        ties = {name: pair for name, (_, *pair) in self.sees.links.items()} | {name: [*pair] for name, pair in self.sees.merges.items()}
        entities = {each for each in task.about if each in self.sees.entities}
        links = {each: frozenset(ties[each]) for each in task.about if each in ties}
        return task.case, self.space.of_task(one), task.to, task.closed, entities, links

    def _mine(self) -> set[str]:
        role = self.sees.me.role.value if self.sees.me else ""
        return {one for one in self.sees.tasks if self.space.tasks[one].to in {self.sees.who, role}}

    def _of_case(self, case: str) -> object:
        return {one for one in self.sees.tasks if self.space.tasks[one].case == case} if case in self.sees.cases else None

    def _about(self, one: str) -> object:
        if one not in self.sees.there:
            return None
        group = self.sees.clusters.get(one, frozenset({one}))
        return {task for task in self.sees.tasks if group & set(self.space.tasks[task].about)}

    def _page(self, one: str) -> object:
        """A task, everything said about it, and whom one may mention, but oneself."""
        said = {name: self._comment(name) for name, it in self.space.comments.items() if it.task == one}
        return self._task(one), said, self._mentionable(one) - {self.sees.who} | {self.space.chief}

    def _mentionable(self, one: str) -> set[str]:
        """Whoever sees the task now; of a marked one, to those who clear nobody, whoever stands on its page."""
        carried, within = self.space.of_task(one), {name: it for name, it in self.space.people.items() if it.reads}
        if not carried or (self.sees.me and Right.CLEAR in RIGHTS[self.sees.me.role]):
            return {name for name, it in within.items() if carried <= it.holds}
        return within.keys() & {self.space.tasks[one].to, *(it.by for it in self.space.comments.values() if it.task == one)}

    def _comment(self, name: str) -> object:
        said = self.space.comments[name]
        return said.task, said.by, frozenset(said.mentions), said.withdrawn

    def _mentions(self) -> object:
        """What waits for an answer: mentions in open tasks that the reader sees, where they have said nothing since."""
        return {name: self._comment(name) for name, it in self.space.comments.items() if self.sees.who in it.mentions and self._waits(name)}

    def _waits(self, name: str) -> bool:
        said, task = self.space.comments[name], self.space.comments[name].task
        later = list(self.space.comments)[list(self.space.comments).index(name) + 1 :]
        answered = any((it := self.space.comments[each]).task == task and it.by == self.sees.who and not it.withdrawn for each in later)
        return task in self.sees.tasks and not said.withdrawn and not self.space.tasks[task].closed and not answered

    # ── who is here ───────────────────────────────────────────────────────────────────────────────────────────────────────────────

    def _present(self) -> object:
        """Everybody who is here: one for each thing, looking at it. Where it is hidden, not even the screen is told."""
        return {one: one in self.sees.there for one in self.space.things} if self.sees.me else None


def overtaken(before: Sees) -> Answers:
    """What a person is told who writes without having seen what the chief said meanwhile, and what stands there then."""
    later = replace(before.space, records=[*before.space.records, *before.space.late])
    after = replace(before, space=later)
    answers: Answers = {f"write on {one}": _stopped(before, after, one) for one in (*later.kinds, *later.links)}
    answers |= {f"then of {one}": after.entity(one) for one in later.kinds}
    return answers | {f"write on {one}": _stopped_task(after, one) for one in later.tasks}


def _stopped(before: Sees, after: Sees, one: str) -> str:
    """Only what somebody sees may stop them: else their words are looked at, which are wrong."""
    if not after.reads:
        return "NOT_FOUND"
    if not _writes(after):
        return "FORBIDDEN"
    if one not in after.there:
        return "NOT_FOUND"
    return "CONFLICT" if _said(before, one) != _said(after, one) else "INVALID"


def _said(sees: Sees, one: str) -> set[str]:
    about: Iterable[str] = sees.clusters.get(one, {one})
    return {record.name for record in sees.records(about)} if one in sees.there else set()


def _stopped_task(sees: Sees, one: str) -> str:
    if one not in sees.tasks:
        return "NOT_FOUND"
    return "CONFLICT" if sees.me and sees.me.role is Role.PROSECUTOR else "FORBIDDEN"


def _writes(sees: Sees) -> bool:
    return sees.me is not None and sees.me.role in WRITERS
