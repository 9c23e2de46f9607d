"""Grades of source and information, and handling codes.

Admiralty is the scale that everything is compared on: source A (completely reliable) to E (unreliable), F (cannot be judged); information 1
(confirmed) to 5 (improbable), 6 (cannot be judged). Europol's 4x4 and the British 3x5x2 are converted by the tables below and the original
text is kept beside the result; the tables are cautious: where a scale says less, the conversion claims less.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterable

HANDLING = ("H0", "H1", "H2", "H3")
_SOURCES, _INFORMATION = "ABCDEF", "123456"
ALL = tuple(source + information for source in _SOURCES for information in _INFORMATION)
_ADMIRALTY = re.compile(r"(?:admiralty:?\s*)?([A-F])[\s/-]?([1-6])", re.IGNORECASE)
_FOUR = re.compile(r"4\s*[x×]\s*4:?\s*([ABCX])[\s/-]?([1-4])", re.IGNORECASE)
_THREE = re.compile(r"3\s*[x×]\s*5\s*[x×]\s*2:?\s*([1-3])[\s/-]?([A-E])(?:[\s/-]?[PC])?", re.IGNORECASE)
_FOUR_SOURCE = {"A": "A", "B": "B", "C": "D", "X": "F"}
_FOUR_INFORMATION = {"1": "1", "2": "2", "3": "3", "4": "6"}
_THREE_SOURCE = {"1": "B", "2": "F", "3": "E"}
_THREE_INFORMATION = {"A": "2", "B": "3", "C": "4", "D": "6", "E": "5"}


class NoGrade(ValueError):
    """The text is no grade on a scale that is known."""


@dataclass(frozen=True, slots=True)
class Grade:
    """A grade on the Admiralty scale (`B2`) and, when it was given on another, that text as given."""

    admiralty: str
    original: str | None = None


def parse(text: str) -> Grade:
    """Read `B2`, `b/2`, `4x4: B/2` or `3x5x2 1BC`; raise NoGrade for anything else."""
    said = text.strip()
    if match := _ADMIRALTY.fullmatch(said):
        return Grade((match[1] + match[2]).upper())
    if match := _FOUR.fullmatch(said):
        return Grade(_FOUR_SOURCE[match[1].upper()] + _FOUR_INFORMATION[match[2]], said)
    if match := _THREE.fullmatch(said):
        return Grade(_THREE_SOURCE[match[1]] + _THREE_INFORMATION[match[2].upper()], said)
    raise NoGrade(text)


def given(grade: str | None, original: str | None) -> tuple[str | None, str | None]:
    """Return (Admiralty grade, text as given) of what somebody enters on whatever scale; raise NoGrade for what is on none.

    An original alone is converted where its scale is known, and else kept beside no grade at all.
    """
    if grade:
        read = parse(grade)
        return read.admiralty, original or read.original
    try:
        return (parse(original).admiralty if original else None), original
    except NoGrade:
        return None, original


def is_grade(code: str) -> bool:
    """Say whether this is a letter A to F and a digit 1 to 6."""
    return len(code) == len("B2") and code[0] in _SOURCES and code[1] in _INFORMATION


def weaker(one: str | None, other: str | None) -> bool:
    """Say whether one Admiralty grade supports less than the other; no grade supports least."""
    return _rank(one) > _rank(other)


def worst(grades: Iterable[str | None]) -> str | None:
    """Return the grade that supports least: what a chain of records is worth. None when there is none or one is ungraded."""
    return max(grades, key=_rank, default=None)


def best(grades: Iterable[str | None]) -> str | None:
    """Return the grade that supports most, or None when none is graded."""
    return min(grades, key=_rank, default=None)


def at_least(grade: str | None, least: str) -> bool:
    """Say whether both the source and the information are graded at least as `least`."""
    return grade is not None and grade[0] <= least[0] and grade[1] <= least[1]


def strictest(codes: Iterable[str]) -> str:
    """Return the strictest handling code; H0 when there is none."""
    return max(codes, default=HANDLING[0])


def _rank(grade: str | None) -> tuple[int, str]:
    if grade is None:
        return (len(_SOURCES) + len(_INFORMATION), "")
    return (_SOURCES.index(grade[0]) + _INFORMATION.index(grade[1]), grade)
