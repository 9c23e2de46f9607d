"""Tables as text: the encoding and the delimiter found, the rows read one by one however large the file."""

from __future__ import annotations

import codecs
import csv
import io
from dataclasses import dataclass
from itertools import chain, islice
from typing import TYPE_CHECKING, Protocol

from backend.entities.imports.rules import BadSource

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

HEAD = 256 * 1024
LONGEST_ROW = 4 * 1024 * 1024
MOST_COLUMNS = 2_000
DELIMITERS = (",", ";", "\t", "|")
_SAMPLE_ROWS = 60
_NOT_READ = "\ufffd"
_NO_TEXT = {
    b"PK\x03\x04": "a spreadsheet or a ZIP archive", b"\xd0\xcf\x11\xe0": "an old spreadsheet", b"\x1f\x8b": "a compressed file",
    b"%PDF": "a PDF", b"SQLite format 3": "a database",
}  # fmt: skip


@dataclass(frozen=True, slots=True)
class Layout:
    """How a table is written: a codec name of Python and one of the four delimiters."""

    encoding: str
    delimiter: str


@dataclass(frozen=True, slots=True)
class TableRow:
    """A row: `number` counts from 1 with the header; `problem` says why the cells cannot be read."""

    number: int
    offset: int
    cells: list[str]
    problem: str = ""


def detect(head: bytes) -> Layout:
    """Find the encoding and the delimiter from the beginning of a file (up to 256 KiB)."""
    encoding = _encoding(head[:HEAD])
    text = head[:HEAD].decode(encoding, errors="replace")
    return Layout(encoding, max(DELIMITERS, key=lambda each: _score(text, each)))


def opening(chunks: Iterable[bytes]) -> tuple[bytes, Iterator[bytes]]:
    """Return the beginning of a stream and the whole stream again; raise BadSource for what is plainly no text."""
    source, head = iter(chunks), bytearray()
    for chunk in source:
        head += chunk
        if len(head) >= HEAD:
            break
    if sort := next((sort for mark, sort in _NO_TEXT.items() if head.startswith(mark)), None):
        raise BadSource(f"This is {sort}, not text. Send what is in it, as CSV or as JSON lines.")
    return bytes(head), chain([bytes(head)], source)


def header(source: Iterator[TableRow]) -> list[str]:
    """Take the header row and return the names of its columns; raise BadSource where there is none to go by."""
    first = next(source, None)
    if first is None:
        raise BadSource("The file is empty: it has no header row.")
    if first.problem:
        raise BadSource(f"The first row is {first.problem}; it has to name the columns.")
    if len(first.cells) > MOST_COLUMNS:
        raise BadSource(f"The first row names {len(first.cells):,} columns; a table may have {MOST_COLUMNS:,}.")
    return names(first.cells)


def rows(chunks: Iterable[bytes], layout: Layout) -> Iterator[TableRow]:
    """Yield every row, the header first, empty ones left out but counted. Holds one row at a time."""
    stream = _Stream(chunks)
    lines = _Lines(io.TextIOWrapper(io.BufferedReader(stream), encoding=layout.encoding, errors="replace", newline=""))
    reader, number = csv.reader(lines, delimiter=layout.delimiter), 0
    while True:
        number += 1
        row = _next(reader, number, stream)
        if row is None:
            return
        if lines.cut:
            lines.cut = False
            yield TableRow(number, stream.read_so_far, [], f"a line longer than {LONGEST_ROW // 1024**2} MiB")
        elif row.problem or any(cell.strip() for cell in row.cells):
            yield row


def unreadable(cell: str) -> bool:
    """Say whether a cell held bytes that are not of the table's encoding."""
    return _NOT_READ in cell


def names(header: list[str]) -> list[str]:
    """Return the header's names trimmed, empty ones named by their place, repeated ones numbered."""
    found = dict[str, None]()
    for place, cell in enumerate(header, 1):
        name = cell.strip().strip("\ufeff") or f"column {place}"
        while name in found:
            name = f"{name} ({place})"
        found[name] = None
    return list(found)


class _Reader(Protocol):
    @property
    def line_num(self) -> int: ...

    def __next__(self) -> list[str]: ...


def _next(reader: _Reader, number: int, stream: _Stream) -> TableRow | None:
    begun = reader.line_num + 1
    try:
        return TableRow(number, stream.read_so_far, next(reader))
    except StopIteration:
        return None
    except csv.Error as error:
        limit = "field larger" in str(error)
        reason = f"a cell longer than {csv.field_size_limit():,} characters, or a quote that is never closed" if limit else "no table row"
        return TableRow(number, stream.read_so_far, [], f"{reason} (lines {begun:,} to {reader.line_num:,})")


class _Stream(io.RawIOBase):
    """Chunks as a file that is read once; counts what was read."""

    def __init__(self, chunks: Iterable[bytes]) -> None:
        super().__init__()
        self._chunks, self._rest, self.read_so_far = iter(chunks), memoryview(b""), 0

    def readable(self) -> bool:
        return True

    def readinto(self, buffer: memoryview, /) -> int:  # pyright: ignore[reportIncompatibleMethodOverride] - typeshed's buffer type is private
        while not self._rest:
            chunk = next(self._chunks, None)
            if chunk is None:
                return 0
            self._rest = memoryview(chunk)
        size = min(len(buffer), len(self._rest))
        buffer[:size] = self._rest[:size]
        self._rest, self.read_so_far = self._rest[size:], self.read_so_far + size
        return size


class _Lines:
    """Lines of bounded length; a longer one is thrown away, comes as an empty line, and sets `cut`."""

    def __init__(self, text: io.TextIOWrapper) -> None:
        self._text, self.cut = text, False

    def __iter__(self) -> _Lines:
        return self

    def __next__(self) -> str:
        line = self._text.readline(LONGEST_ROW)
        if not line:
            raise StopIteration
        if len(line) < LONGEST_ROW or line[-1] in "\r\n":
            return line
        while line and line[-1] not in "\r\n":
            line = self._text.readline(LONGEST_ROW)
        self.cut = True
        return "\n"


def _encoding(head: bytes) -> str:
    for mark, encoding in ((codecs.BOM_UTF8, "utf-8-sig"), (codecs.BOM_UTF16_LE, "utf-16"), (codecs.BOM_UTF16_BE, "utf-16")):
        if head.startswith(mark):
            return encoding
    even, odd = head[0:4096:2].count(0), head[1:4096:2].count(0)
    if max(even, odd) > len(head[:4096]) // 5:
        return "utf-16-le" if odd > even else "utf-16-be"
    try:
        codecs.getincrementaldecoder("utf-8")().decode(head)
    except UnicodeDecodeError:
        return _one_byte(head)
    return "utf-8"


def _one_byte(head: bytes) -> str:
    """Tell Cyrillic and Greek from Western by how many letters are outside ASCII, and from one another by which letters read as words."""
    letters = sum(each >= 0xC0 or chr(each).isalpha() for each in head if each < 0x80 or each >= 0xC0)  # noqa: PLR2004 - where code pages keep letters
    high = sum(each >= 0xC0 for each in head)  # noqa: PLR2004 - where code pages keep letters
    if high * 3 < letters:
        return "windows-1252"
    common = {"windows-1251": "оеаинт", "windows-1253": "αοιετσ"}
    return max(common, key=lambda each: sum(head.decode(each, errors="replace").count(letter) for letter in common[each]))


def _score(text: str, delimiter: str) -> tuple[float, int]:
    """Say how well a delimiter fits: the share of rows as wide as the header, then the width."""
    try:
        sample = [row for row in islice(csv.reader(io.StringIO(text, newline=""), delimiter=delimiter), _SAMPLE_ROWS) if row]
    except csv.Error:
        return (0.0, 0)
    width = len(sample[0]) if sample else 0
    return (sum(len(row) == width for row in sample) / len(sample), width) if width > 1 else (0.0, 0)
