"""What a story is made of; keys are the story's own, ids are drawn when it is loaded."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Agency:
    """An authority."""

    key: str
    name: str
    country: str
    type: str
    languages: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Person:
    """Somebody who signs in; `order` is the place in the list of demo people."""

    key: str
    name: str
    function: str
    languages: tuple[str, ...]
    agency: str
    order: int


@dataclass(frozen=True, slots=True)
class Space:
    """A space under its agreement."""

    key: str
    name: str
    kind: str
    colour: int
    purpose: str
    parties: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Membership:
    """A person's role in a space; `host` is the authority to which they are seconded until it ends."""

    space: str
    person: str
    role: str
    ends_in_days: int | None = None
    host: str | None = None


@dataclass(frozen=True, slots=True)
class Marking:
    """A marking with its creator, who is its first holder, and the other holders."""

    key: str
    space: str
    name: str
    kind: str
    creator: str
    holders: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Case:
    """A case file."""

    key: str
    space: str
    title: str
    summary: str
    authority: str
    lead: str
    references: tuple[tuple[str, str], ...]
    offences: tuple[str, ...]
    markings: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Entity:
    """An entity of a kind of the ontology."""

    key: str
    space: str
    kind: str


@dataclass(frozen=True, slots=True)
class Link:
    """A link of a kind of the ontology; `SameAs` merges."""

    key: str
    space: str
    kind: str
    source: str
    target: str


@dataclass(frozen=True, slots=True)
class Record:
    """What one source says about one entity or link."""

    key: str
    about: str
    case: str
    values: dict[str, tuple[str, ...]]
    title: str
    locator: str
    grade: str | None
    grade_original: str | None
    handling: str
    authority: str
    by: str
    days_ago: float
    markings: tuple[str, ...] = ()
    status: str = "asserted"
    status_reason: str | None = None
    valid_from: str | None = None
    valid_to: str | None = None


@dataclass(frozen=True, slots=True)
class Story:
    """Everything that the demo holds."""

    agencies: tuple[Agency, ...]
    people: tuple[Person, ...]
    spaces: tuple[Space, ...]
    memberships: tuple[Membership, ...]
    markings: tuple[Marking, ...]
    cases: tuple[Case, ...]
    entities: tuple[Entity, ...]
    links: tuple[Link, ...]
    records: tuple[Record, ...]
