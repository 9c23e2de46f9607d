"""What a generated world is made of, as plain data: no ids, no classes, nothing of the program but the names of its roles."""

from __future__ import annotations

from dataclasses import dataclass, field
from enum import StrEnum
from typing import TYPE_CHECKING

from backend.teams.policy import Role

if TYPE_CHECKING:
    from collections.abc import Mapping


class Clearance(StrEnum):
    """How somebody's clearance for a marking went."""

    HELD = "given before anything was said"
    AGAIN = "given, withdrawn and given again"
    WITHDRAWN = "withdrawn after everything was said"
    ENDED = "ran out an hour ago"
    LATER = "begins tomorrow"


@dataclass(frozen=True)
class Person:
    """A member, or what is left of one; `cleared` are the markings that they were ever cleared for."""

    role: Role
    cleared: Mapping[str, Clearance]
    lapsed: bool = False

    @property
    def holds(self) -> frozenset[str]:
        """What they hold now."""
        return self._by(Clearance.HELD, Clearance.AGAIN)

    @property
    def held(self) -> frozenset[str]:
        """What they held while everything was said."""
        return self._by(Clearance.HELD, Clearance.AGAIN, Clearance.WITHDRAWN)

    def _by(self, *ways: Clearance) -> frozenset[str]:
        return frozenset(one for one, how in self.cleared.items() if how in ways)

    @property
    def reads(self) -> bool:
        """Whether anything of the space's content is there for them."""
        return not self.lapsed and self.role is not Role.OVERSIGHT


@dataclass(frozen=True)
class Record:
    """What one source says; `name` stands as the title of the source. `markings` are its own, without those of its case.

    `brought`: the import that it came with, whose file and line it is named by.
    """

    name: str
    about: str
    case: str
    markings: frozenset[str]
    values: Mapping[str, str]
    brought: str = ""


@dataclass(frozen=True)
class Deed:
    """What somebody did to a record afterwards: mark, release or retract."""

    verb: str
    record: str
    markings: frozenset[str] = frozenset()


@dataclass(frozen=True)
class Import:
    """A file that was brought in under markings; its last line is none."""

    case: str
    markings: frozenset[str]
    undone: bool = False


@dataclass(frozen=True)
class Task:
    """Work: under its own markings and those of its case, about entities and links, given to a person, a role or nobody."""

    case: str | None
    markings: frozenset[str]
    about: tuple[str, ...]
    to: str = ""
    closed: bool = False


@dataclass(frozen=True)
class Comment:
    """What somebody said about a task, and to whom."""

    task: str
    by: str
    mentions: tuple[str, ...]
    withdrawn: bool = False


@dataclass
class Space:
    """Everything in a space, in the order in which it is said: imports first. The chief holds every marking and says it all.

    `late` is what the chief says while others have the page open on which they were about to say something themselves.
    """

    name: str
    markings: tuple[str, ...]
    people: dict[str, Person] = field(default_factory=dict[str, Person])
    cases: dict[str, frozenset[str]] = field(default_factory=dict[str, frozenset[str]])
    imports: dict[str, Import] = field(default_factory=dict[str, Import])
    kinds: dict[str, str] = field(default_factory=dict[str, str])
    links: dict[str, tuple[str, str, str]] = field(default_factory=dict[str, tuple[str, str, str]])
    merges: dict[str, tuple[str, str]] = field(default_factory=dict[str, tuple[str, str]])
    records: list[Record] = field(default_factory=list[Record])
    deeds: list[Deed] = field(default_factory=list[Deed])
    tasks: dict[str, Task] = field(default_factory=dict[str, Task])
    comments: dict[str, Comment] = field(default_factory=dict[str, Comment])
    late: list[Record] = field(default_factory=list[Record])

    @property
    def chief(self) -> str:
        return f"{self.name} chief"

    @property
    def things(self) -> tuple[str, ...]:
        """Everything that has an id of its own."""
        return (*self.kinds, *self.links, *self.merges, *self.cases, *self.imports, *self.tasks)

    def of_case(self, case: str | None) -> frozenset[str]:
        """The markings that a case hands on."""
        return self.cases[case] if case else frozenset()

    def of_task(self, name: str) -> frozenset[str]:
        """What a task carries: its own markings and its case's."""
        return self.tasks[name].markings | self.of_case(self.tasks[name].case)
