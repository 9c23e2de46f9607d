"""What an import reads, whatever the format: rows that are accepted, rows that are refused with their place, and the checks of a value.

A parser is given the chunks of a file and yields one `Step` per row of the source, in order, reading no further ahead than it must.
Cutting an import between two steps and going on behind the last number gives the same rows.
"""

from __future__ import annotations

import hashlib
import re
from dataclasses import dataclass, field
from datetime import date
from typing import TYPE_CHECKING

from graph import ontology

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

LONGEST_VALUE = 200_000
MOST_VALUES = 10_000
LONGEST_KEY = 512
LONGEST_COLUMN = 100
_DATE = re.compile(r"(\d{4})(?:-(\d{2})(?:-(\d{2})(?:[T ]\d{2}(?::\d{2}(?::\d{2}(?:\.\d{1,9})?)?)?(?:Z|[+-]\d{2}:?\d{2})?)?)?)?")
_NUMBER = re.compile(r"[+-]?\d[\d\s.,'\u00a0\u202f]*(?:[eE][+-]?\d{1,3})?|[+-]?[.,]\d+")
_CONTROL = re.compile(r"[\x00-\x08\x0e-\x1f\x7f\ud800-\udfff]")


@dataclass(frozen=True, slots=True)
class Row:
    """One entity or one link that a row of the source states.

    `number` is the row's place (line of a JSON file, row of a table with the header as row 1) and `locator` the same for people. `key`
    is the same for the same thing in every file of a data set; links name their ends by key, are one for each key and pair of ends, and an
    end may come later in the file or not at all.
    """

    number: int
    key: str
    kind: str
    values: Mapping[str, list[str]]
    locator: str
    source_key: str | None = None
    target_key: str | None = None

    @property
    def is_link(self) -> bool:
        """Whether the row states a link; then both ends are named."""
        return self.source_key is not None


@dataclass(frozen=True, slots=True)
class Refused:
    """A row that is not taken, with the column or property concerned (empty: the whole row) and a reason for people without its values."""

    number: int
    column: str
    reason: str


@dataclass(frozen=True, slots=True)
class Step:
    """What one row of the source came to. `offset` is how many bytes of the file were read so far."""

    number: int
    offset: int
    rows: tuple[Row, ...] = ()
    refused: tuple[Refused, ...] = field(default=())


class BadValue(ValueError):
    """A value that its property cannot hold; `column` names where it stands, the text says why."""

    def __init__(self, column: str, reason: str) -> None:
        """Take the column or property and the reason."""
        super().__init__(reason)
        self.column = column[:LONGEST_COLUMN]


class BadSource(ValueError):
    """The file or its mapping cannot be read at all; the text says why and what to do."""


def checked(kind: str, name: str, values: Iterable[str]) -> list[str]:
    """Return the values of a property trimmed, non-empty and each once, or raise BadValue."""
    known = ontology.property_kind(kind, name)
    if known is None:
        raise BadValue(name, f"{kind} has no property {name[:60]}")
    kept = dict.fromkeys(trimmed for value in values if (trimmed := value.strip()))
    if len(kept) > MOST_VALUES:
        raise BadValue(name, f"more than {MOST_VALUES:,} values")
    for value in kept:
        if reason := _wrong(known.type, value):
            raise BadValue(name, reason)
    return list(kept)


def checked_key(name: str, key: str) -> str:
    """Return a key that may name an entity, or raise BadValue."""
    text = key.strip()
    if not text or len(text) > LONGEST_KEY or _CONTROL.search(text):
        raise BadValue(name, f"not a key of 1 to {LONGEST_KEY} characters")
    return text


def made_key(*parts: str) -> str:
    """Return a key made of parts: 40 hexadecimal digits, the same for the same parts."""
    return hashlib.sha256("\x1f".join(parts).encode("utf-8", "surrogatepass")).hexdigest()[:40]


def _wrong(sort: str, value: str) -> str:
    if len(value) > LONGEST_VALUE:
        return f"longer than {LONGEST_VALUE:,} characters"
    if _CONTROL.search(value):
        return "holds control characters or half a surrogate pair"
    if sort == "date" and not is_date(value):
        return "not a date such as 2026, 2026-02 or 2026-02-12"
    if sort == "number" and not _NUMBER.fullmatch(value):
        return "not a number"
    return ""


def is_date(text: str) -> bool:
    """Say whether this is an ISO 8601 date, in full or only its year or month, with or without a time."""
    match = _DATE.fullmatch(text)
    if match is None:
        return False
    try:
        date(int(match[1]), int(match[2] or 1), int(match[3] or 1))
    except ValueError:
        return False
    return True


def base_name(path: str) -> str:
    """Return the name of a file without the folders that it lay in: those are the importer's own."""
    return re.split(r"[/\\]", path.strip().rstrip("/\\"))[-1] or path.strip()
