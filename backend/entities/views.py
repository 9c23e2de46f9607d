"""What one reader sees, as the service hands it on."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from graph.records import NamedExhibit, Record


@dataclass(frozen=True, slots=True)
class Names:
    """People, agencies, markings and cases that visible records mention, by id; imports of them that the reader sees."""

    people: dict[str, dict[str, Any]]
    agencies: dict[str, dict[str, Any]]
    markings: dict[str, dict[str, Any]]
    cases: dict[str, str]
    imports: set[str]
    exhibits: dict[str, NamedExhibit]
    """The exhibits cited that the reader sees."""


@dataclass(frozen=True, slots=True)
class Stub:
    """Enough of an entity to name it."""

    id: str
    kind: str
    caption: str


@dataclass(frozen=True, slots=True)
class LinkView:
    """A link as one reader sees it."""

    id: str
    space: str
    kind: str
    source: Stub
    target: Stub
    records: list[Record]
    names: Names
    version: str


@dataclass(frozen=True, slots=True)
class Merged:
    """Another member of the cluster and the SAME_AS that ties it, where there is a direct one."""

    id: str
    kind: str
    caption: str
    same_as: str | None


@dataclass(frozen=True, slots=True)
class EntityView:
    """An entity as one reader sees it: the merge of the visible records of the visible members of its cluster."""

    id: str
    space: str
    kind: str
    caption: str
    records: list[Record]
    names: Names
    version: str
    members: list[str]
    merged: list[Merged]
    counts: list[tuple[str, bool, int]]
    shared: list[tuple[str, str, Stub]]
    cases: list[tuple[str, str]] = field(default_factory=list[tuple[str, str]])


@dataclass(frozen=True, slots=True)
class Row:
    """A line of a list of entities."""

    id: str
    kind: str
    caption: str
    degree: int
    sources: int
    grade: str | None
    handling: str
    countries: list[str]
    marked: bool
    standing: str


@dataclass(frozen=True, slots=True)
class Page:
    """Part of a list; `end` is the place behind which the next part starts, None at the end."""

    items: list[Any]
    end: str | None
    total: int = 0
