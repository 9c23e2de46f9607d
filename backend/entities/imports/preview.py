"""What the import page shows of a table before anything is taken: how it is written, its columns with samples and what each may be."""

from __future__ import annotations

from dataclasses import dataclass
from itertools import islice
from typing import TYPE_CHECKING, BinaryIO

from backend.entities.identifiers import guesses
from backend.entities.imports import formats, headers, templates, values
from backend.entities.imports.rules import is_date

if TYPE_CHECKING:
    from backend.entities.imports.layouts import Layout
    from backend.entities.imports.tables import Table

SHOWN_ROWS, READ_ROWS = 20, 500
_SAMPLES = 3
_LONGEST_SAMPLE = 200
_SHAPES = {"iban": "iban", "email": "email", "wallet": "publicKey", "lei": "leiCode"}


@dataclass(frozen=True, slots=True)
class Column:
    """A column: up to three different samples, the property that it may be, and how its dates and amounts are written.

    `dates` and `decimal` are "" where the values leave it open, None where they are no dates or amounts. `values` are those looked at.
    """

    name: str
    samples: tuple[str, ...]
    suggested: str | None
    dates: str | None
    decimal: str | None
    values: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Preview:
    """The beginning of a table: at most 20 rows, and a mapping where it is one of the tables that we know."""

    columns: tuple[Column, ...]
    rows: tuple[tuple[str, ...], ...]
    layout: Layout
    sheets: tuple[str, ...]
    template: str | None
    mapping: str | None


def preview(file: BinaryIO, form: str, layout: Layout) -> Preview:
    """Read the beginning of a table; raise BadSource when it cannot be read as one."""
    table = formats.opened(file, form, layout)
    body = _body(table)
    columns = tuple(_column(name, [row[place] for row in body]) for place, name in enumerate(table.columns))
    shown = tuple(tuple(cell[:_LONGEST_SAMPLE] for cell in row) for row in body[:SHOWN_ROWS])
    template, mapping = templates.suggest(columns) or (None, None)
    return Preview(columns, shown, table.layout, table.sheets, template, mapping)


def _body(table: Table) -> list[list[str]]:
    first, width = table.layout.header or 0, len(table.columns)
    return [row.cells for row in islice(table.rows, READ_ROWS) if row.number > first and len(row.cells) == width]


def _column(name: str, cells: list[str]) -> Column:
    different = tuple(dict.fromkeys(cell.strip()[:_LONGEST_SAMPLE] for cell in cells if cell.strip()))
    order, mark = values.date_order(list(different)), values.decimal_mark(list(different))
    return Column(name, different[:_SAMPLES], _suggested(name, different), order, mark, different)


def _shapes(cells: tuple[str, ...]) -> set[str]:
    """Return the types of identifier that every cell is."""
    found = set(_SHAPES) if cells else set[str]()
    for cell in cells[:SHOWN_ROWS]:
        if not found:
            break
        found &= {each.type for each in guesses(cell)}
    return found


def _suggested(name: str, cells: tuple[str, ...]) -> str | None:
    """Suggest by what every cell is, where that leaves no doubt, else by the column's name."""
    if sort := next((sort for sort in _SHAPES if sort in _shapes(cells)), None):
        return _SHAPES[sort]
    dated = cells and all(len(cell) > len("2026") and is_date(cell) for cell in cells[:SHOWN_ROWS])
    return headers.suggested(name) or ("date" if dated else None)
