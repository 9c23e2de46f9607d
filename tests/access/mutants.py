"""Every visibility predicate of every query, one at a time: taken out, some answer must change."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING

from graph.queries import activity, cases, entities, imports, network

if TYPE_CHECKING:
    from types import ModuleType

PREDICATE = re.compile(r"\b\w+\.vis IN \$vis|all\(one IN n\.after WHERE one IN \$vis\)")
MODULES = (entities, network, cases, imports, activity)
# Used by writes only: their refusals are tests of their own (tests/access/test_refusals.py).
BY_WRITES = {"cases.UPDATE_CASE", "cases.LOCK_CASE", "imports.CHANGE", "imports.LOCK"}
# Removing it shows nothing by itself, for the reason given; the other predicates of the same query hold the line.
EQUIVALENT: dict[str, str] = {}


@dataclass(frozen=True, slots=True)
class Mutant:
    """One predicate of one query constant."""

    module: ModuleType
    constant: str
    place: int

    @property
    def name(self) -> str:
        """Return module, constant and place."""
        return f"{self.module.__name__.rsplit('.', 1)[-1]}.{self.constant}:{self.place}"

    def mutated(self) -> str:
        """Return the query with this predicate replaced by true."""
        query = getattr(self.module, self.constant)
        found = list(PREDICATE.finditer(query))[self.place]
        return query[: found.start()] + "true" + query[found.end() :]


def every() -> list[Mutant]:
    """Return every mutant of every query that readers reach."""
    return [
        Mutant(module, constant, place)
        for module in MODULES
        for constant, query in sorted(vars(module).items())
        if constant.isupper() and not constant.startswith("_") and isinstance(query, str)
        if f"{module.__name__.rsplit('.', 1)[-1]}.{constant}" not in BY_WRITES
        for place in range(len(PREDICATE.findall(query)))
    ]
