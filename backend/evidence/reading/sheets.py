"""Tables as pages of a hundred rows, cells between tabs, row n of the file as line n. Runs in the reading process only.

What a cell holds that cannot be told (a formula without its value, bytes of another encoding) stands as U+FFFD, as does a row
that is none.
"""

from __future__ import annotations

import io
from itertools import repeat
from typing import TYPE_CHECKING

from backend.entities.imports import tables
from backend.entities.imports.layouts import HEAD, detect
from backend.entities.imports.rules import BadSource
from backend.entities.imports.xlsx import book as books
from backend.entities.imports.xlsx import sheet as sheets
from backend.entities.imports.xlsx.parts import Archive
from backend.evidence.reading import texts
from backend.evidence.reading.archives import checked
from backend.evidence.reading.refusals import Refused
from backend.storage.source import pieces

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from backend.evidence.reading.pages import Page

prepare = texts.prepare
_UNTOLD = "\ufffd"


def pages(data: bytes, media_type: str) -> Iterator[Page]:
    """Yield the pages of a table; each sheet of a workbook begins a new one."""
    try:
        if media_type.startswith("text/"):
            yield from texts.paged(_lines(tables.rows(pieces(io.BytesIO(data)), detect(data[:HEAD]))))
        else:
            yield from _workbook(data)
    except BadSource:
        raise Refused("damaged") from None


def _workbook(data: bytes) -> Iterator[Page]:
    checked(io.BytesIO(data))
    archive = Archive(io.BytesIO(data))
    book, number = books.read(archive), 0
    for part in book.sheets.values():
        for page in texts.paged(_lines(sheets.rows(archive, book, part, len(data))), number + 1):
            number = page.number
            yield page


def _lines(rows: Iterable[tables.TableRow]) -> Iterator[str]:
    """Yield a line for each row, empty ones where the table has none."""
    at = 1
    for row in rows:
        yield from repeat("", row.number - at)
        yield _UNTOLD if row.problem else _line(row)
        at = row.number + 1


def _line(row: tables.TableRow) -> str:
    cells = row.cells + [""] * (max((place + 1 for place, _ in row.bad), default=0) - len(row.cells))
    for place, _ in row.bad:
        cells[place] = _UNTOLD
    return "\t".join(" ".join(cell.split("\n")).replace("\t", " ").replace("\r", "") for cell in cells)
