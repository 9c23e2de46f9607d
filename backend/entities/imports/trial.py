"""The beginning of a table under a mapping, read as the import will: what rows would state, and what would be refused of which column."""

from __future__ import annotations

from dataclasses import dataclass, field
from itertools import islice
from typing import TYPE_CHECKING, BinaryIO

from backend.entities.imports import mapped

if TYPE_CHECKING:
    from collections.abc import Mapping

    from backend.entities.imports.rules import Row, Step

TRIED_ROWS, SHOWN_ROWS, NAMED_ROWS = 2_000, 20, 10


@dataclass(frozen=True, slots=True)
class Shown:
    """One thing or link as the page shows it; the ends of a link are captions' places among the row's things, where it states them."""

    kind: str
    is_link: bool
    values: Mapping[str, list[str]]
    source: int | None = None
    target: int | None = None


@dataclass
class Fault:
    """What is wrong in one column: a reason, how many rows, and the first of them."""

    column: str
    reason: str
    rows: int = 0
    first: list[int] = field(default_factory=list[int])


@dataclass(frozen=True, slots=True)
class Trial:
    """What the first rows came to: `rows` are (number, statements) of at most 20 of those that would be taken."""

    read: int
    faults: tuple[Fault, ...]
    rows: tuple[tuple[int, tuple[Shown, ...]], ...]


def tried(file: BinaryIO, form: str, mapping: str) -> Trial:
    """Read the first 2,000 rows under a mapping; raise BadSource where it cannot be begun."""
    steps = list(islice(mapped.steps(file, mapping, form), TRIED_ROWS))
    faults = dict[tuple[str, str], Fault]()
    for step in steps:
        for it in step.refused:
            fault = faults.setdefault((it.column, it.reason), Fault(it.column, it.reason))
            fault.rows += 1
            fault.first += [it.number] if len(fault.first) < NAMED_ROWS else []
    shown = [(step.number, _shown(step)) for step in steps if step.rows][:SHOWN_ROWS]
    return Trial(len(steps), tuple(sorted(faults.values(), key=lambda it: -it.rows)), tuple(shown))


def _shown(step: Step) -> tuple[Shown, ...]:
    things = {row.key: place for place, row in enumerate(row for row in step.rows if not row.is_link)}
    return tuple(_one(row, things) for row in sorted(step.rows, key=lambda row: row.is_link))


def _one(row: Row, things: dict[str, int]) -> Shown:
    return Shown(row.kind, row.is_link, row.values, things.get(row.source_key or ""), things.get(row.target_key or ""))
