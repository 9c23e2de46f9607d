"""What a workbook says of itself: its sheets, the texts that cells share, and which formats are dates."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from backend.entities.imports.rules import BadSource
from backend.entities.imports.xlsx.numbers import is_date_format
from backend.entities.imports.xlsx.parts import resolved

if TYPE_CHECKING:
    from collections.abc import Callable

    from backend.entities.imports.xlsx.parts import Archive, Attributes

BOOK = "xl/workbook.xml"
LONGEST_CELL = 32_767
MOST_TEXTS, MOST_TEXT, MOST_SHEETS, MOST_FORMATS = 2_000_000, 64 * 1024**2, 1_000, 70_000
TOO_LONG = f"longer than {LONGEST_CELL:,} characters, which no spreadsheet writes"


@dataclass
class Book:
    """A workbook's sheets (name to part, in order), shared texts (None: too long to be held) and formats of dates by style."""

    sheets: dict[str, str] = field(default_factory=dict[str, str])
    texts: list[str | None] = field(default_factory=list[str | None])
    dates: list[bool] = field(default_factory=list[bool])
    from_1904: bool = False


class Text:
    """Collects one text, as far as a cell may hold; what is said about how to pronounce it is left out."""

    def __init__(self) -> None:
        self._pieces, self._size, self._open, self._spoken = list[str](), 0, False, False

    def begin(self, tag: str) -> None:
        """Note what begins."""
        self._spoken = self._spoken or tag == "rPh"
        self._open = tag in {"t", "v"} and not self._spoken

    def end(self, tag: str) -> None:
        """Note what ends."""
        self._open = False
        self._spoken = self._spoken and tag != "rPh"

    def add(self, text: str) -> None:
        """Take what is written, unless it is more than a cell holds."""
        if self._open:
            self._size += len(text)
            if self._size <= LONGEST_CELL:
                self._pieces.append(text)

    def take(self) -> str | None:
        """Return the text, None where it is too long, and begin anew."""
        found = "".join(self._pieces) if self._size <= LONGEST_CELL else None
        self._pieces, self._size = [], 0
        return found


def read(archive: Archive) -> Book:
    """Read what a workbook says of itself. Raises BadSource."""
    if not archive.has(BOOK):
        raise BadSource("This is a ZIP archive and no XLSX workbook. Save the table as XLSX or CSV.")
    book, ids = Book(), dict[str, str]()

    def begin(tag: str, said: Attributes) -> None:
        if tag == "sheet" and len(ids) < MOST_SHEETS:
            ids[said.get("name", "")[:200]] = said.get("id", "")
        elif tag == "workbookPr":
            book.from_1904 = said.get("date1904") in {"1", "true"}

    _each(archive, BOOK, begin)
    targets = _related(archive)
    book.sheets = {name: targets[one] for name, one in ids.items() if one in targets and archive.has(targets[one])}
    if not book.sheets:
        raise BadSource("This workbook has no sheet.")
    _texts(archive, book)
    _formats(archive, book)
    return book


def _each(archive: Archive, name: str, begin: Callable[[str, Attributes], None]) -> None:
    for _ in archive.read(name, begin, _nothing, _nothing):
        pass


def _nothing(_: str) -> None:
    return


def _related(archive: Archive) -> dict[str, str]:
    """Return the parts inside the archive that the workbook names, by id; what lies outside of it is passed over."""
    found, name = dict[str, str](), "xl/_rels/workbook.xml.rels"

    def begin(tag: str, said: Attributes) -> None:
        if tag == "Relationship" and said.get("TargetMode") != "External" and len(found) < MOST_SHEETS:
            found[said.get("Id", "")] = resolved(BOOK, said.get("Target", ""))

    if archive.has(name):
        _each(archive, name, begin)
    return found


def _texts(archive: Archive, book: Book) -> None:
    name, text, held = "xl/sharedStrings.xml", Text(), [0]
    if not archive.has(name):
        return

    def end(tag: str) -> None:
        text.end(tag)
        if tag == "si":
            said = text.take()
            held[0] += len(said or "")
            book.texts.append(said)
            if len(book.texts) > MOST_TEXTS or held[0] > MOST_TEXT:
                raise BadSource(f"{name} holds more text than a sheet may have ({MOST_TEXT // 1024**2} million letters). Send it as CSV.")

    for _ in archive.read(name, lambda tag, _: text.begin(tag), end, text.add):
        pass


def _formats(archive: Archive, book: Book) -> None:
    """Read which of the workbook's cell formats show a date."""
    name, codes, inside = "xl/styles.xml", dict[int, str](), [False]
    if not archive.has(name):
        return

    def begin(tag: str, said: Attributes) -> None:
        if tag == "numFmt" and len(codes) < MOST_FORMATS:
            codes[_int(said.get("numFmtId"))] = said.get("formatCode", "")
        elif tag == "cellXfs":
            inside[0] = True
        elif tag == "xf" and inside[0] and len(book.dates) < MOST_FORMATS:
            number = _int(said.get("numFmtId"))
            book.dates.append(is_date_format(number, codes.get(number)))

    def end(tag: str) -> None:
        inside[0] = inside[0] and tag != "cellXfs"

    for _ in archive.read(name, begin, end, _nothing):
        pass


def _int(text: str | None) -> int:
    return int(text) if text and text.isdecimal() and len(text) < 10 else 0  # noqa: PLR2004 - no count in a workbook has ten digits
