"""How many of the entities found have what: counted over the records that the reader sees and that answer the text, nothing else."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass
from typing import TYPE_CHECKING

from backend.entities import grades
from graph import ontology

if TYPE_CHECKING:
    from collections.abc import Callable, Collection, Iterable, Mapping

    from backend.entities.search.wanted import Wanted
    from graph.records import Record

LEASTS = ("A1", "B2", "C3")
"""Grades that are counted as `at least so`."""


@dataclass(frozen=True, slots=True)
class Answering:
    """A visible record that answers the text: of which entity (of a merged one, the one that stands for all), of which kind."""

    entity: str
    kind: str
    record: Record
    country: str


@dataclass(frozen=True, slots=True)
class Count:
    """So many entities have this value."""

    value: str
    count: int


@dataclass(frozen=True, slots=True)
class Facets:
    """Counts of entities, the most first. Each facet leaves its own filter aside, so that it says what another choice would find.

    `complete` is False where more records match than were looked at.
    """

    total: int
    complete: bool
    groups: list[Count]
    kinds: list[Count]
    cases: list[Count]
    countries: list[Count]
    grades: list[Count]


def count(found: Collection[Answering], wanted: Wanted, cases: Collection[str], *, complete: bool) -> Facets:
    """Count what was found. `cases` are those that the reader sees: a record that was released may lie in another."""
    fits: dict[str, Callable[[Answering], bool]] = {
        "kinds": lambda it: wanted.kinds is None or it.kind in wanted.kinds,
        "cases": lambda it: wanted.case is None or it.record.case == wanted.case,
        "countries": lambda it: wanted.country is None or it.country == wanted.country,
        "grades": lambda it: wanted.grade_at_least is None or grades.at_least(it.record.grade, wanted.grade_at_least),
    }

    def but(facet: str) -> list[Answering]:
        return [it for it in found if all(fit(it) for name, fit in fits.items() if name != facet)]

    return Facets(
        total=len({it.entity for it in but("")}),
        complete=complete,
        groups=_counted((ontology.entity_kind(it.kind).group, it.entity) for it in but("kinds")),
        kinds=_counted((it.kind, it.entity) for it in but("kinds")),
        cases=_counted((it.record.case, it.entity) for it in but("cases") if it.record.case in cases),
        countries=_counted((it.country, it.entity) for it in but("countries") if it.country),
        grades=_counted((least, it.entity) for it in but("grades") for least in LEASTS if grades.at_least(it.record.grade, least)),
    )


def _counted(said: Iterable[tuple[str, str]]) -> list[Count]:
    of: Mapping[str, set[str]] = defaultdict(set)
    for value, entity in said:
        of[value].add(entity)
    return sorted((Count(value, len(who)) for value, who in of.items()), key=lambda it: (-it.count, it.value))
