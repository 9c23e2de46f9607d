"""The rows of one sheet, as they come: values as text, dates in ISO 8601, formulas by the value that they had when the file was saved."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from backend.entities.imports.rules import BadSource
from backend.entities.imports.tables import MOST_COLUMNS, TableRow
from backend.entities.imports.xlsx.book import TOO_LONG, Text
from backend.entities.imports.xlsx.numbers import NotExact, moment, plain

if TYPE_CHECKING:
    from collections.abc import Iterator

    from backend.entities.imports.xlsx.book import Book
    from backend.entities.imports.xlsx.parts import Archive, Attributes

LAST_ROW = 1_048_576
_PLACE = re.compile(r"([A-Z]{1,3})(\d{1,7})")
NO_VALUE = "a formula without its value; open the file in a spreadsheet program and save it"


class Sheet:
    """Takes what an XML parser tells of a sheet and holds the rows that are complete and were not fetched yet."""

    def __init__(self, book: Book) -> None:
        self._book, self._text = book, Text()
        self._number = self._column = 0
        self._cells, self._bad, self._problem = dict[int, str](), dict[int, str](), ""
        self._type, self._style, self._formula, self._in_cell = "", 0, False, False
        self.done = list[tuple[int, list[str], str, tuple[tuple[int, str], ...]]]()

    def begin(self, tag: str, said: Attributes) -> None:
        """Note what begins."""
        if tag == "row":
            self._begin_row(said.get("r"))
        elif tag == "c":
            self._begin_cell(said)
        elif tag == "f":
            self._formula = True
        elif self._in_cell:
            self._text.begin(tag)

    def end(self, tag: str) -> None:
        """Note what ends."""
        if tag == "c":
            self._end_cell()
        elif tag == "row":
            self._end_row()
        elif self._in_cell:
            self._text.end(tag)

    def add(self, text: str) -> None:
        """Take what is written in a cell."""
        if self._in_cell:
            self._text.add(text)

    def _begin_row(self, said: str | None) -> None:
        number = int(said) if said and said.isdecimal() and len(said) < 8 else 0 if said else self._number + 1  # noqa: PLR2004 - LAST_ROW has 7 digits
        if not self._number < number <= LAST_ROW:
            raise BadSource(f"The rows of the sheet are out of order behind row {self._number:,}.")
        self._number, self._column = number, 0
        self._cells, self._bad, self._problem = {}, {}, ""

    def _begin_cell(self, said: Attributes) -> None:
        place = _PLACE.fullmatch(said.get("r", ""))
        self._column = _column(place[1]) if place else self._column + 1
        self._type, style = said.get("t", "n"), said.get("s", "")
        self._style = int(style) if style.isdecimal() and len(style) < 7 else 0  # noqa: PLR2004 - no workbook has a million styles
        self._formula, self._in_cell = False, True

    def _end_cell(self) -> None:
        self._in_cell, text = False, self._text.take()
        if self._column > MOST_COLUMNS:
            self._problem = f"of more than {MOST_COLUMNS:,} columns"
            return
        try:
            value = self._value(text)
        except NotExact as bad:
            self._bad[self._column] = str(bad)
        else:
            if value:
                self._cells[self._column] = value

    def _value(self, text: str | None) -> str:
        if text is None:
            raise NotExact(TOO_LONG)
        if not text:
            if self._formula and self._type != "str":
                raise NotExact(NO_VALUE)
            return ""
        if self._type == "s":
            return self._shared(text)
        if self._type == "e":
            raise NotExact(f"an error of the spreadsheet ({text[:10]})")
        if self._type == "b":
            return "true" if text == "1" else "false"
        if self._type == "n":
            date = self._style < len(self._book.dates) and self._book.dates[self._style]
            return moment(text, from_1904=self._book.from_1904) if date else plain(text)
        return text

    def _shared(self, text: str) -> str:
        place = int(text) if text.isdecimal() and len(text) < 10 else -1  # noqa: PLR2004 - no workbook has as many texts
        if not 0 <= place < len(self._book.texts):
            raise NotExact("a text that the workbook does not have")
        found = self._book.texts[place]
        if found is None:
            raise NotExact(TOO_LONG)
        return found

    def _end_row(self) -> None:
        if self._cells or self._bad or self._problem:
            width = max([*self._cells, *self._bad], default=0)
            cells = [self._cells.get(column, "") for column in range(1, width + 1)]
            bad = tuple((column - 1, reason) for column, reason in sorted(self._bad.items()))
            self.done.append((self._number, cells, self._problem, bad))
        self._cells, self._bad = {}, {}


def rows(archive: Archive, book: Book, part: str, size: int) -> Iterator[TableRow]:
    """Yield the rows of a sheet that hold something; `size` is the file's, of which each row tells about how much was read."""
    sheet, whole = Sheet(book), max(1, archive.size(part))
    for read in archive.read(part, sheet.begin, sheet.end, sheet.add):
        done, sheet.done = sheet.done, []
        for number, cells, problem, bad in done:
            yield TableRow(number, min(size, size * read // whole), cells, problem, bad)


def _column(letters: str) -> int:
    number = 0
    for letter in letters:
        number = number * 26 + ord(letter) - ord("A") + 1
    return number
