"""How a story is told: exhibits are cited, entities and links come into being with their first record."""

from __future__ import annotations

from dataclasses import dataclass, field, replace

from backend.demo.people import AGENCY_OF, MARKINGS_OF_CASE
from backend.demo.shapes import Entity, Link, Record

Said = str | tuple[str, ...]
LATER, JUST_NOW = 0.01, 0.0004  # days
# The Lithuanian exhibits were graded on Europol's scale: the conversion table of `entities.grades` gives the Admiralty grade.
FOUR_BY_FOUR = {"A1": "4x4: A/1", "A2": "4x4: A/2", "B2": "4x4: B/2", "B3": "4x4: B/3", "D3": "4x4: C/3", "F6": "4x4: X/4"}


@dataclass(frozen=True, slots=True)
class Cite:
    """Where a record comes from: exhibit and place in it, who entered it how many days ago, and how good it is."""

    title: str
    locator: str
    by: str
    days_ago: float
    case: str
    grade: str | None = None
    handling: str = "H0"
    markings: tuple[str, ...] = ()
    excluded: str | None = None


@dataclass(frozen=True, slots=True)
class Source:
    """An exhibit as its records cite it; `excluded` is the ruling of the court that left it out."""

    title: str
    by: str
    days_ago: float
    case: str
    grade: str | None
    handling: str = "H0"
    markings: tuple[str, ...] = ()
    excluded: str | None = None

    def at(self, locator: str, grade: str | None = "", *, days_ago: float | None = None) -> Cite:
        """Cite a place in the exhibit; `grade` replaces the exhibit's own, None takes it away."""
        given = self.grade if grade == "" else grade
        ago = self.days_ago if days_ago is None else days_ago
        return Cite(self.title, locator, self.by, ago, self.case, given, self.handling, self.markings, self.excluded)


def marked(cite: Cite, *markings: str, handling: str | None = None) -> Cite:
    """Return the same place under further markings."""
    return replace(cite, markings=tuple(dict.fromkeys((*cite.markings, *markings))), handling=handling or cite.handling)


@dataclass(slots=True)
class Draft:
    """What one space holds so far."""

    space: str
    entities: dict[str, Entity] = field(default_factory=dict[str, Entity])
    links: dict[str, Link] = field(default_factory=dict[str, Link])
    records: list[Record] = field(default_factory=list[Record])
    oldest: dict[str, float] = field(default_factory=dict[str, float])

    def entity(self, key: str, kind: str, cite: Cite, **values: Said) -> str:
        """Add an entity with its first record, which names it; return its key."""
        if key in self.entities:
            raise ValueError(f"Told twice: {key}")
        self.entities[key] = Entity(key, self.space, kind)
        self._record(key, cite, values, None)
        return key

    def link(self, kind: str, source: str, target: str, cite: Cite, **values: Said) -> str:
        """Add a link with its first record; a second one of the same kind between the same ends is another link. Return its key."""
        stem = f"{kind}:{source}:{target}"
        key = stem if stem not in self.links else f"{stem}:{sum(each.startswith(stem) for each in self.links)}"
        self.links[key] = Link(key, self.space, kind, source, target)
        self._record(key, cite, values, None)
        return key

    def say(self, about: str, cite: Cite, *, retracted: str | None = None, **values: Said) -> None:
        """Add a record; one that stands never comes before the first, which gives the name."""
        self._record(about, cite, values, retracted)

    def said(self, about: str, name: str) -> str:
        """Return the first value of a property that a record gives."""
        return next(it.values[name][0] for it in self.records if it.about == about and name in it.values)

    def _record(self, about: str, cite: Cite, values: dict[str, Said], retracted: str | None) -> None:
        ago = cite.days_ago
        if about in self.oldest and not retracted:
            ago = min(ago, self.oldest[about] - LATER)
        self.oldest.setdefault(about, ago)
        every = tuple(dict.fromkeys((*MARKINGS_OF_CASE[cite.case], *cite.markings)))
        said = {name: _several(it) for name, it in values.items()}
        since, until = _first(values.get("startDate")), _first(values.get("endDate"))
        key, ago = f"{self.space}:{len(self.records)}", round(max(ago, JUST_NOW), 5)
        status = "retracted" if retracted else "excluded" if cite.excluded else "asserted"
        record = Record(
            key, about, cite.case, said, cite.title, cite.locator, cite.grade, _original(cite), cite.handling, AGENCY_OF[cite.by], cite.by,
            ago, every, status, retracted or cite.excluded, since, until,
        )  # fmt: skip
        self.records.append(record)


def _several(said: Said) -> tuple[str, ...]:
    return (said,) if isinstance(said, str) else said


def _first(said: Said | None) -> str | None:
    return _several(said)[0] if said else None


def _original(cite: Cite) -> str | None:
    return FOUR_BY_FOUR.get(cite.grade or "") if AGENCY_OF[cite.by].startswith("lt") else None
