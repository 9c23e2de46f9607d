"""A workbook opened as a table: one sheet of it, its rows filled up to the columns that the header names."""

from __future__ import annotations

import io
from dataclasses import replace
from typing import TYPE_CHECKING, BinaryIO

from backend.entities.imports.layouts import Layout
from backend.entities.imports.rules import BadSource
from backend.entities.imports.tables import Table, TableRow, headed
from backend.entities.imports.xlsx import book as books
from backend.entities.imports.xlsx import sheet as sheets
from backend.entities.imports.xlsx.parts import Archive

if TYPE_CHECKING:
    from collections.abc import Iterator


def opened(file: BinaryIO, layout: Layout) -> Table:
    """Open the sheet that the layout names, else the first; raise BadSource with its place for what cannot be read."""
    size = file.seek(0, io.SEEK_END)
    archive = Archive(file)
    book = books.read(archive)
    name = layout.sheet or next(iter(book.sheets))
    if name not in book.sheets:
        raise BadSource(f"This workbook has no sheet {name[:60]!r}.")
    try:
        columns, body, at = headed(sheets.rows(archive, book, book.sheets[name], size), layout.header)
    except BadSource as bad:
        raise BadSource(f"Sheet {name}: {bad}") from None
    rows = _filled(body, len(columns), name)
    return Table(columns, rows, Layout(header=at, sheet=name), f"{name} row", tuple(book.sheets))


def _filled(body: Iterator[TableRow], width: int, name: str) -> Iterator[TableRow]:
    """Yield rows as wide as the header: what a sheet leaves out is empty, what lies beyond the header's columns is a problem if filled."""
    try:
        for row in body:
            beyond = row.problem or len(row.cells) > width
            yield row if beyond else replace(row, cells=[*row.cells, *[""] * (width - len(row.cells))])
    except BadSource as bad:
        raise BadSource(f"Sheet {name}: {bad}") from None
