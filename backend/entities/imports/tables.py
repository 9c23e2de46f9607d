"""Tables, whatever they are written in: the columns named, the rows read one by one however large the file."""

from __future__ import annotations

import csv
import io
import statistics
from dataclasses import dataclass, replace
from itertools import chain, islice
from typing import TYPE_CHECKING, BinaryIO, Protocol

from backend.entities.imports.layouts import HEAD, Layout, detect, reader_options
from backend.entities.imports.rules import BadSource
from backend.storage.source import pieces

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

LONGEST_ROW = 4 * 1024 * 1024
MOST_COLUMNS = 2_000
_HEADER_AMONG, _MOST_FILLED = 20, 0.7
_NOT_READ = "\ufffd"
_NO_TEXT = {
    b"PK\x03\x04": "a spreadsheet or a ZIP archive", b"\xd0\xcf\x11\xe0": "an old or locked spreadsheet", b"\x1f\x8b": "a compressed file",
    b"%PDF": "a PDF", b"SQLite format 3": "a database",
}  # fmt: skip


@dataclass(frozen=True, slots=True)
class TableRow:
    """A row: `number` counts from 1 from the top of the file or sheet.

    `problem` says why the cells cannot be read at all, `bad` which cells cannot, by place among the columns.
    """

    number: int
    offset: int
    cells: list[str]
    problem: str = ""
    bad: tuple[tuple[int, str], ...] = ()


@dataclass(frozen=True, slots=True)
class Table:
    """An opened table: its columns, the rows below them, how it is written, and what people call the place of a row."""

    columns: list[str]
    rows: Iterator[TableRow]
    layout: Layout
    place: str = "row"
    sheets: tuple[str, ...] = ()


def opened(file: BinaryIO, layout: Layout) -> Table:
    """Open a table that is written as text; raise BadSource for what is plainly no text, or has no row to name its columns."""
    head, whole = opening(pieces(file))
    found = detect(head, layout)
    columns, body, at = headed(rows(whole, found), found.header)
    return Table(columns, body, replace(found, header=at))


def opening(chunks: Iterable[bytes]) -> tuple[bytes, Iterator[bytes]]:
    """Return the beginning of a stream and the whole stream again; raise BadSource for what is plainly no text."""
    source, head = iter(chunks), bytearray()
    for chunk in source:
        head += chunk
        if len(head) >= HEAD:
            break
    if sort := next((sort for mark, sort in _NO_TEXT.items() if head.startswith(mark)), None):
        raise BadSource(f"This is {sort}, not text. Choose the format it has, or send what is in it, as CSV or as JSON lines.")
    return bytes(head), chain([bytes(head)], source)


def headed(source: Iterator[TableRow], header: int | None) -> tuple[list[str], Iterator[TableRow], int]:
    """Return the names of the columns, the rows below, and the number of the row that names them (found where it is None).

    Raises BadSource where there is none to go by. With 0 no row does, and columns are called by their place.
    """
    first = next(source, None)
    if first is None:
        raise BadSource("The file is empty: it has no header row.")
    if header == 0:
        return names([""] * len(first.cells)), chain([first], source), 0
    ahead = [first, *islice(source, _HEADER_AMONG - 1)] if header is None else []
    every = chain(ahead or [first], source)
    number = _header_among(ahead) if header is None else header
    row = next((row for row in every if row.number >= number), None)
    if row is None or row.number != number:
        raise BadSource(f"There is nothing in row {number:,} that could name the columns.")
    if row.problem:
        raise BadSource(f"Row {number:,} is {row.problem}; it has to name the columns.")
    if len(row.cells) > MOST_COLUMNS:
        raise BadSource(f"Row {number:,} names {len(row.cells):,} columns; a table may have {MOST_COLUMNS:,}.")
    return names(row.cells), every, number


def _header_among(ahead: list[TableRow]) -> int:
    """Return the number of the first row that is filled about as far as rows usually are: above it stand titles and remarks."""
    filled = [(row.number, sum(bool(cell.strip()) for cell in row.cells)) for row in ahead if not row.problem]
    usual = statistics.median_low(sorted(count for _, count in filled)) if filled else 0
    return next((number for number, count in filled if count >= usual * _MOST_FILLED), ahead[0].number)


def rows(chunks: Iterable[bytes], layout: Layout) -> Iterator[TableRow]:
    """Yield every row of a text in a known encoding, empty ones left out but counted. Holds one row at a time."""
    stream = _Stream(chunks)
    lines = _Lines(io.TextIOWrapper(io.BufferedReader(stream), encoding=layout.encoding, errors="replace", newline=""))
    options = reader_options(layout.delimiter or ",", '"' if layout.quote is None else layout.quote)
    reader, number = csv.reader(lines, **options), 0  # pyright: ignore[reportArgumentType] - one option each
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
