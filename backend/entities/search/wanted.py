"""What is looked for besides the text."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta
from functools import cache
from typing import TYPE_CHECKING

from backend.core.errors import Invalid
from backend.entities import grades
from backend.entities.rules import require_grade
from graph import ontology
from graph.records import stamp

if TYPE_CHECKING:
    from collections.abc import Mapping

_OF_KEEPING = frozenset({"modifiedAt", "retrievedAt"})
"""When a data set was fetched or changed: no day on which anything happened."""


@dataclass(frozen=True, slots=True)
class Wanted:
    """What is looked for besides the text; `country` is of the authority that owns a record, days are whole days in UTC.

    `stated_*`: a day that the record, or a record of one of the entity's links, states; `stated_as` names the property, else any will do.
    """

    kinds: list[str] | None = None
    case: str | None = None
    grade_at_least: str | None = None
    country: str | None = None
    recorded_from: date | None = None
    recorded_to: date | None = None
    stated_from: date | None = None
    stated_to: date | None = None
    stated_as: str | None = None

    @property
    def grades(self) -> list[str] | None:
        """Return the grades that will do."""
        return [it for it in grades.ALL if grades.at_least(it, self.grade_at_least)] if self.grade_at_least else None

    @property
    def since(self) -> str | None:
        """Return the moment, as stored, from which on a record was entered."""
        return _midnight(self.recorded_from)

    @property
    def until(self) -> str | None:
        """Return the moment, as stored, before which a record was entered."""
        return _midnight(self.recorded_to, timedelta(days=1))

    @property
    def dates(self) -> list[str] | None:
        """Return under which stored properties a day must be said; None where none is asked for."""
        if not (self.stated_from or self.stated_to):
            return None
        return ["p_" + name for name in ([self.stated_as] if self.stated_as else date_properties())]

    def stated_in(self, values: Mapping[str, list[str]]) -> tuple[str, str] | None:
        """Return the first property and value that state a day asked for, judged as the query does: of a month each day counts."""
        names = [self.stated_as] if self.stated_as else date_properties()
        said = ((name, value) for name in names for value in values.get(name, ()))
        return next(((name, value) for name, value in said if self._between(value)), None)

    def _between(self, value: str) -> bool:
        start = self.stated_from.isoformat()[: len(value)] if self.stated_from else ""
        return value >= start and (self.stated_to is None or value[:10] <= self.stated_to.isoformat())

    def check(self) -> None:
        """Raise `Invalid` where something is asked for that cannot be."""
        for kind in self.kinds or []:
            if not ontology.is_entity_kind(kind):
                raise Invalid(f"There is no kind {kind!r}.", "kind")
        require_grade(self.grade_at_least, "gradeAtLeast")
        if self.stated_as is not None and self.stated_as not in date_properties():
            raise Invalid("No date is stated under this name.", "statedAs")


def _midnight(day: date | None, later: timedelta = timedelta()) -> str | None:
    return stamp(datetime.combine(day, time(), UTC) + later) if day else None


@cache
def date_properties() -> tuple[str, ...]:
    """Return the properties of entities and links whose values are dates of something that happened."""
    kinds = (*ontology.ENTITY_KINDS, *ontology.LINK_KINDS)
    return tuple(sorted({it.name for kind in kinds for it in kind.properties if it.type == "date" and not it.hidden} - _OF_KEEPING))
