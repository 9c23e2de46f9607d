"""Every visibility predicate of every query, one at a time: taken out, some answer must change."""

from __future__ import annotations

import importlib
import pkgutil
import re
from collections import defaultdict
from dataclasses import dataclass
from itertools import count
from typing import TYPE_CHECKING

from graph import queries

if TYPE_CHECKING:
    from collections.abc import Iterable
    from types import ModuleType

PREDICATE = re.compile(r"\b\w+\.vis IN \$vis|all\(one IN n\.after WHERE one IN \$vis\)|\bk\.id IN \$held")
MODULES: tuple[ModuleType, ...] = tuple(
    importlib.import_module(f"{queries.__name__}.{found.name}") for found in pkgutil.iter_modules(queries.__path__)
)


@dataclass(frozen=True, slots=True)
class Guarded:
    """Why a predicate shows nothing when it alone is taken out: `by` holds the same line, and without both it must show."""

    why: str
    by: tuple[str, ...]


_ABOUT = "What is said of an entity is visible only where the entity is: its class holds that of each of its records."
_CHECKED = "The same query asked for the same entity before it counts."
_BEFORE = "The service asks whether these are visible, in the same transaction, and ends where they are not."
EQUIVALENT = {
    "cases.ENTITY_COUNTS:1": Guarded(_ABOUT, ("cases.ENTITY_COUNTS:0",)),
    "entities.KIND_COUNTS_OF_CASE:1": Guarded(_ABOUT, ("entities.KIND_COUNTS_OF_CASE:0",)),
    "entities.PAGE:0": Guarded("What has no visible record has no caption for the reader, and so no place.", ("entities.PAGE:1",)),
    "entities.PAGE_OF_CASE:1": Guarded(_ABOUT, ("entities.PAGE_OF_CASE:0",)),
    "network.DEGREES:1": Guarded(_BEFORE, ("network.ITEMS:0",)),
    "cases.UPDATE_CASE:0": Guarded(_BEFORE, ("cases.LOCK_CASE:0",)),
    "search.BY_IDENTIFIER:1": Guarded(_ABOUT, ("search.BY_IDENTIFIER:0",)),
    "search.BY_IDENTIFIER:2": Guarded("A link is visible where one of its records is.", ("search.BY_IDENTIFIER:5",)),
    "search.BY_IDENTIFIER:3": Guarded(_ABOUT, ("search.BY_IDENTIFIER:0",)),
    "evidence.CHANGE:0": Guarded(_BEFORE, ("evidence.LOCK:0",)),
    "evidence.CUSTODY:0": Guarded(_BEFORE, ("evidence.EXHIBITS:0",)),
    "evidence.DERIVED:0": Guarded("What is found is named, and only what is visible has a name.", ("evidence.NAMES:0",)),
    "evidence.SAME_FILE:0": Guarded("What is found is named, and only what is visible has a name.", ("evidence.NAMES:0",)),
    "evidence.VIEWED:0": Guarded(_BEFORE, ("evidence.FILE:0",)),
    "evidence.VIEWINGS:0": Guarded(_BEFORE, ("evidence.MARKINGS_OF:0",)),
    "evidence_challenges.CHALLENGES:0": Guarded(_BEFORE, ("evidence.MARKINGS_OF:0",)),
    "evidence_challenges.DECIDE:0": Guarded(_BEFORE, ("evidence_challenges.LOCK:0",)),
    "evidence_consents.CONSENTS:0": Guarded(_BEFORE, ("evidence.EXHIBITS:0",)),
    "evidence_consents.WITHDRAW:0": Guarded(_BEFORE, ("evidence_consents.LOCK:0",)),
    "evidence_pages.PAGES:0": Guarded(_BEFORE, ("evidence_pages.STATE:0",)),
    "comments.AUTHORS:0": Guarded(_BEFORE, ("tasks.TASKS:0",)),
    "comments.COMMENTS:0": Guarded(_BEFORE, ("comments.MENTIONS:0",)),
    "comments.PAGE:0": Guarded(_BEFORE, ("tasks.TASKS:0",)),
    "comments.WITHDRAW:0": Guarded(_BEFORE, ("comments.LOCK:0",)),
    "entities.LINK:0": Guarded("It leads to the ends; what is returned of them is checked.", ("entities.LINK:1",)),
    "entities.LINK:1": Guarded("A link is visible where one of its records is.", ("entities.LINK:0",)),
    "entities.SAME_AS:1": Guarded("A merge is visible where one of its records is.", ("entities.SAME_AS:0",)),
    "search.RECORDS:1": Guarded(_ABOUT, ("search.RECORDS:0",)),
    "search.RECORDS:2": Guarded("A link is visible where one of its records is.", ("search.RECORDS:5",)),
    "search.RECORDS:3": Guarded(_ABOUT, ("search.RECORDS:0",)),
    "search.STATING_LINKS:0": Guarded("A link is visible where one of its records is.", ("search.STATING_LINKS:3",)),
    "search.STATING_LINKS:1": Guarded("Only entities of which a visible record was found are asked for.", ("search.RECORDS:0",)),
    "entities.SHARED:2": Guarded(_ABOUT, ("entities.SHARED:1",)),
    "imports.CHANGE:0": Guarded(_BEFORE, ("imports.LOCK:0",)),
    "imports.REFUSED:0": Guarded("Only batches that were named before are asked for.", ("imports.JOBS:0", "imports.REFUSED_PLACES:0")),
    "imports.REFUSED_PLACES:0": Guarded(_BEFORE, ("imports.JOBS:0",)),
    "network.COUNTS:1": Guarded(_BEFORE, ("network.VISIBLE_IDS:0",)),
    "network.LEVEL:0": Guarded("A link is visible where one of its records is, and a step needs one.", ("network.GRADES:0",)),
    "network.LEVEL:1": Guarded(_BEFORE, ("network.VISIBLE_IDS:0",)),
    "network.LINKS_AMONG:1": Guarded(_BEFORE, ("network.ALL_DEGREES:1",)),
    "network.LINKS_AMONG:2": Guarded(_BEFORE, ("network.ALL_DEGREES:1",)),
    "network.LINKS_TO:1": Guarded(_BEFORE, ("network.ITEMS:0",)),
    "network.NEIGHBOURS:1": Guarded(_BEFORE, ("network.VISIBLE_IDS:0",)),
    "tasks.CHANGE:0": Guarded(_BEFORE, ("tasks.LOCK:0",)),
    "tasks.LINKS:0": Guarded("It leads to the ends; what is returned of them is checked.", ("tasks.LINKS:1",)),
    "tasks.LINKS:1": Guarded("A link is visible where one of its records is.", ("tasks.LINKS:0",)),
    "teams.MEMBERS:0": Guarded("What is not among the reader's own markings is not named.", ("teams.MARKINGS:0",)),
}


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

    @property
    def query(self) -> str:
        """Return the query as it stands."""
        return str(getattr(self.module, self.constant))


def every() -> list[Mutant]:
    """Return every mutant of every query."""
    return [
        Mutant(module, constant, place)
        for module in MODULES
        for constant, query in sorted(vars(module).items())
        if constant.isupper() and not constant.startswith("_") and isinstance(query, str)
        for place in range(len(PREDICATE.findall(query)))
    ]


def without(mutants: Iterable[Mutant]) -> dict[tuple[ModuleType, str], str]:
    """Return the queries concerned, by module and constant, with these predicates replaced by what always holds."""
    places: defaultdict[tuple[ModuleType, str], set[int]] = defaultdict(set)
    for mutant in mutants:
        places[mutant.module, mutant.constant].add(mutant.place)
    return {where: _cut(getattr(*where), cut) for where, cut in places.items()}


def _cut(query: str, places: set[int]) -> str:
    place = count()
    return PREDICATE.sub(lambda found: _always(found.group()) if next(place) in places else found.group(), query)


def _always(predicate: str) -> str:
    """Return what holds of everything and still names the variable: the embedded engine loses one of a subquery that no condition names."""
    variable, by_class, _ = predicate.partition(".vis IN $vis")
    return f"{variable}.vis IS NOT NULL" if by_class else "true"
