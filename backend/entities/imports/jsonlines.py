"""JSON lines: one object a line. As a table each key is a column, what lies inside is named with a dot, lists are joined by "; "."""

from __future__ import annotations

import math
from itertools import chain, islice
from typing import TYPE_CHECKING, BinaryIO, cast

import orjson

from backend.entities.imports import tables
from backend.entities.imports.layouts import Layout
from backend.entities.imports.rules import BadSource, BadValue
from backend.storage.source import pieces

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

LONGEST_LINE = 16 * 1024 * 1024
_COLUMNS_AMONG, _DEEPEST, _EXACT = 200, 4, 2**53
_PROBLEMS = (
    ("UTF-8", "not UTF-8"), ("surrogate", "half a surrogate pair"), ("depth", "nested too deeply"), ("infinity", "a number too large"),
)  # fmt: skip


def lines(chunks: Iterable[bytes]) -> Iterator[tuple[int, int, bytes | None]]:
    """Yield (number, bytes read, line); the line is None when it is too long, and then it was not held."""
    kept, too_long, number, offset = bytearray(), False, 0, 0
    for chunk in chunks:
        start = 0
        while (end := chunk.find(b"\n", start)) >= 0:
            too_long = too_long or len(kept) + end - start > LONGEST_LINE
            line = None if too_long else bytes(kept) + chunk[start:end]
            number, start = number + 1, end + 1
            yield number, offset + start, line
            kept, too_long = bytearray(), False
        too_long = too_long or len(kept) + len(chunk) - start > LONGEST_LINE
        kept = bytearray() if too_long else kept + chunk[start:]
        offset += len(chunk)
    if kept or too_long:
        yield number + 1, offset, None if too_long else bytes(kept)


def parsed(number: int, line: bytes | None) -> dict[str, object] | None:
    """Return the object of a line, None for a blank one; raise BadValue for anything else."""
    if line is None:
        raise BadValue("", f"longer than {LONGEST_LINE // 1024**2} MiB")
    text = line.removeprefix(b"\xef\xbb\xbf").strip() if number == 1 else line.strip()
    if not text:
        return None
    try:
        said: object = orjson.loads(text)
    except orjson.JSONDecodeError as error:
        reason = next((ours for theirs, ours in _PROBLEMS if theirs in error.msg), "no JSON")
        raise BadValue("", f"{reason} (character {error.pos + 1})") from None
    if not isinstance(said, dict):
        raise BadValue("", "no JSON object")
    return cast("dict[str, object]", said)


def scalar(name: str, value: object) -> str:
    """Return a value as text; raise BadValue for what is no single value, or cannot be told exactly."""
    if isinstance(value, str):
        return value
    if isinstance(value, bool):
        return str(value).lower()
    if isinstance(value, (int, float)):
        if not math.isfinite(value) or abs(value) >= _EXACT:
            raise BadValue(name, "a number too large to be exact; it has to be written as text")
        return str(value)
    raise BadValue(name, "a nested object; entities have to be written one a line")


def opened(file: BinaryIO) -> tables.Table:
    """Open JSON lines as a table; the columns are the keys of the first 200 lines. Raises BadSource where these hold no object."""
    _, whole = tables.opening(pieces(file))
    source = lines(whole)
    ahead = list(islice(source, _COLUMNS_AMONG))
    columns = list(dict.fromkeys(name for number, _, line in ahead for name in _keys(number, line)))
    if not columns:
        raise BadSource(f"None of the first {_COLUMNS_AMONG} lines is a JSON object.")
    if len(columns) > tables.MOST_COLUMNS:
        raise BadSource(f"The first lines name {len(columns):,} columns; a table may have {tables.MOST_COLUMNS:,}.")
    body = (row for number, offset, line in chain(ahead, source) if (row := _row(number, offset, line, columns)))
    return tables.Table(columns, body, Layout(), "line")


def _keys(number: int, line: bytes | None) -> list[str]:
    try:
        return list(_flat(parsed(number, line) or {}))
    except BadValue:
        return []


def _row(number: int, offset: int, line: bytes | None, columns: list[str]) -> tables.TableRow | None:
    try:
        said = parsed(number, line)
        cells = _flat(said) if said is not None else None
    except BadValue as bad:
        return tables.TableRow(number, offset, [], f"{bad.column}: {bad}" if bad.column else str(bad))
    return None if cells is None else tables.TableRow(number, offset, [cells.get(name, "") for name in columns])


def _flat(said: dict[str, object], before: str = "", depth: int = 1) -> dict[str, str]:
    found = dict[str, str]()
    for key, value in said.items():
        name = before + key
        if isinstance(value, dict) and depth < _DEEPEST:
            found |= _flat(cast("dict[str, object]", value), name + ".", depth + 1)
        elif value is not None:
            found[name] = "; ".join(scalar(name, each) for each in _many(cast("object", value)) if each is not None)
    return found


def _many(value: object) -> list[object]:
    return cast("list[object]", value) if isinstance(value, list) else [value]
