"""The source file of an import without the rows that tell of somebody: which rows those are, and the copy. Pure but for reading the file.

Row numbers stay what they were, so that locators of other records stay true. A row goes whole, whatever else it says; of FollowTheMoney
a line about somebody else loses only the names of whom it may not name any more. A workbook's copy holds the one sheet that was imported,
its cells as text as the import reads them. Raises BadSource for what cannot be read to its end.
"""

from __future__ import annotations

import codecs
import csv
import io
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, BinaryIO, cast

import orjson

from backend.entities.imports import ftm, mapped, mapping, tables
from backend.entities.imports.formats import FTM, JSON, WORKBOOK, opened
from backend.entities.imports.jsonlines import lines, parsed
from backend.entities.imports.layouts import Layout, reader_options
from backend.entities.imports.rules import BadSource, BadValue
from backend.entities.imports.xlsx.written import written
from backend.storage.source import pieces

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from backend.entities.imports.planned import DataSet
    from backend.entities.imports.rules import Step

AT_ONCE, COLUMNS_AMONG = 1 << 20, 200
"""A piece of a copy; the first lines of a JSON table, which name its columns: what is taken out there keeps its keys."""


def rows_of(of: DataSet, file: BinaryIO, gone: set[str], names: list[str]) -> list[int]:
    """Return the numbers of the rows that state any of these entities, or a link of theirs; refused ones where they hold a name.

    `names` are casefolded. Whoever was refused has no id: a name is all there is to go by.
    """
    found, refused = set[int](), set[int]()
    for step in _steps(of, file):
        keys = {key for row in step.rows for key in ((row.source_key, row.target_key) if row.is_link else (row.key,))}
        if any(of.id("entity", key) in gone for key in keys if key):
            found.add(step.number)
        if step.refused:
            refused.add(step.number)
    return sorted(found | _of_refused(of, file, gone, names, refused))


def _of_refused(of: DataSet, file: BinaryIO, gone: set[str], names: list[str], refused: set[int]) -> set[int]:
    """Return which of the refused rows hold a name, or are lines that name any of the entities by its key."""
    if not refused:
        return set()
    file.seek(0)
    if of.job["format"] == FTM:
        held = {number: line or b"" for number, _, line in lines(pieces(file)) if number in refused}
        texts = {number: line.decode("utf-8", "replace") for number, line in held.items()}
        found = {number for number, line in held.items() if (parted := _parted(of, gone, number, line)) and (parted.about or parted.lost)}
    else:
        table = opened(file, of.job["format"], _layout(of))
        texts = {row.number: "\n".join(row.cells) for row in table.rows if row.number in refused}
        found = set[int]()
    return found | {number for number, text in texts.items() if any(name in text.casefold() for name in names)}


def copied(of: DataSet, file: BinaryIO, gone: set[str], rows: set[int]) -> Iterator[bytes]:
    """Yield the file without these rows."""
    form = of.job["format"]
    if form == FTM:
        return _lines(file, rows, lambda number, line: _spared(of, gone, number, line))
    table = opened(file, form, _layout(of))
    if form == WORKBOOK:
        return written(table, rows)
    file.seek(0)
    return _lines(file, rows, _emptied) if form == JSON else _text(file, table.layout, rows)


def _layout(of: DataSet) -> Layout:
    """Return how the table is written, as far as a mapping says: in an older backup it may have had none yet."""
    said = of.job.get("mapping")
    return mapping.parse(said)[0].layout if said else Layout()


def _steps(of: DataSet, file: BinaryIO) -> Iterator[Step]:
    form = of.job["format"]
    if form == FTM:
        return ftm.steps(pieces(file))
    if not of.job.get("mapping"):
        raise BadSource("Nobody has said yet what its columns mean.")
    return mapped.steps(file, of.job["mapping"], form)


# ── lines of JSON ─────────────────────────────────────────────────────────────────────────────────────────────────────────────────


def _lines(file: BinaryIO, rows: set[int], instead: Callable[[int, bytes], bytes]) -> Iterator[bytes]:
    for number, _, line in lines(pieces(file)):
        if line is None:
            raise BadSource(f"Line {number:,} is too long to be copied.")
        yield (instead(number, line) if number in rows else line) + b"\n"


@dataclass(frozen=True, slots=True)
class _Parted:
    """A line of FollowTheMoney: whether it is about an entity that goes, its properties without their keys, and which lost one."""

    said: dict[str, object]
    about: bool
    less: dict[str, Any]
    lost: list[str]


def _parted(of: DataSet, gone: set[str], number: int, line: bytes) -> _Parted | None:
    def named(value: object) -> bool:
        return of.id("entity", str(value).strip()) in gone

    try:
        said = parsed(number, line) or {}
    except BadValue:
        return None
    properties = said.get("properties")
    if not isinstance(properties, dict):
        return _Parted(said, named(said.get("id")), {}, [])
    every = cast("dict[str, Any]", properties)
    less = {name: [it for it in _many(value) if not named(it)] for name, value in every.items()}
    lost = [name for name, value in every.items() if len(less[name]) < len(_many(value))]
    kept = {name: less[name] if name in lost else value for name, value in every.items() if less[name] or name not in lost}
    return _Parted(said, named(said.get("id")), kept, lost)


def _spared(of: DataSet, gone: set[str], number: int, line: bytes) -> bytes:
    """Return a line without the keys of whom it may not name; nothing of a line that is about them, or ties somebody to them alone."""
    found = _parted(of, gone, number, line)
    if found is None or found.about or not found.lost or (ftm.is_edge(found.said) and not set(found.lost) <= found.less.keys()):
        return b""
    return orjson.dumps({**found.said, "properties": found.less})


def _many(value: object) -> list[object]:
    return cast("list[object]", value) if isinstance(value, list) else [value]


def _emptied(number: int, line: bytes) -> bytes:
    """Return an object with the same keys and nothing in them where it may name columns, else an empty line."""
    try:
        said = parsed(number, line) if number <= COLUMNS_AMONG else None
    except BadValue:
        return b""
    return orjson.dumps(_hollow(said)) if said else b""


def _hollow(said: dict[str, object]) -> dict[str, object]:
    return {key: _hollow(cast("dict[str, object]", value)) if isinstance(value, dict) else "" for key, value in said.items()}


# ── tables as text ────────────────────────────────────────────────────────────────────────────────────────────────────────────────


def _text(file: BinaryIO, layout: Layout, rows: set[int]) -> Iterator[bytes]:
    """Yield every row byte for byte as it was written; of a row that goes, its delimiters and the end of its line."""
    encoding, delimiter = layout.encoding or "utf-8", layout.delimiter or ","
    text = io.TextIOWrapper(file, encoding=encoding, errors="surrogateescape", newline="")
    encoder, held, number = codecs.getincrementalencoder(encoding)("surrogateescape"), list[str](), 0
    options = reader_options(delimiter, '"' if layout.quote is None else layout.quote)
    reader = csv.reader(_held(text, held), **options)  # pyright: ignore[reportArgumentType] - one option each
    while (cells := _next(reader)) is not None:
        number += 1
        raw = "".join(held)
        held.clear()
        yield encoder.encode(delimiter * (len(cells) - 1) + raw[len(raw.rstrip("\r\n")) :] if number in rows else raw)
    text.detach()


def _held(text: io.TextIOWrapper, held: list[str]) -> Iterator[str]:
    while line := text.readline(tables.LONGEST_ROW):
        if len(line) == tables.LONGEST_ROW and line[-1] not in "\r\n":
            raise BadSource("A line is too long to be copied.")
        held.append(line)
        yield line


def _next(reader: Iterator[list[str]]) -> list[str] | None:
    try:
        return next(reader)
    except StopIteration:
        return None
    except csv.Error:
        return []
