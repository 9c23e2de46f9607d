"""JSON lines as a table."""

from __future__ import annotations

import io

import pytest

from backend.entities.imports import jsonlines
from backend.entities.imports.rules import BadSource


def read(data: bytes) -> tuple[list[str], list[tuple[int, list[str], str]]]:
    table = jsonlines.opened(io.BytesIO(data))
    return table.columns, [(row.number, row.cells, row.problem) for row in table.rows]


def test_keys_are_columns_and_what_is_missing_is_empty() -> None:
    columns, rows = read(
        b'\xef\xbb\xbf{"id": 1, "who": {"name": "Anna", "born": {"year": 1979}}}\r\n\n{"id": "2", "tags": ["a", "b"], "old": true}\n'
    )
    assert columns == ["id", "who.name", "who.born.year", "tags", "old"]
    assert rows == [(1, ["1", "Anna", "1979", "", ""], ""), (3, ["2", "", "", "a; b", "true"], "")]


@pytest.mark.parametrize(
    ("line", "problem"),
    [
        (b"{", "no JSON"),
        (b"[1]", "no JSON object"),
        (b'{"id": "\xff"}', "not UTF-8"),
        (b'{"id": [{"a": 1}]}', "id: a nested object"),
        (b'{"a": {"b": {"c": {"d": {"e": 1}}}}}', "a.b.c.d: a nested object"),
        (b'{"id": 12345678901234567890}', "id: a number too large"),
        (b'{"id":' * 2_000, "nested too deeply"),
    ],
)
def test_a_line_that_cannot_be_read_is_told_and_the_next_one_read(line: bytes, problem: str) -> None:
    _, rows = read(b'{"id": 1}\n' + line + b'\n{"id": 3}')
    assert [(number, told[: len(problem)]) for number, _, told in rows] == [(1, ""), (2, problem), (3, "")]


def test_a_long_line_costs_itself_only(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(jsonlines, "LONGEST_LINE", 1_000)
    _, rows = read(b'{"id": 1}\n{"id": "' + b"x" * 5_000 + b'"}\n{"id": 3}')
    assert [bool(problem) for _, _, problem in rows] == [False, True, False]


@pytest.mark.parametrize("data", [b"", b"id,name\n1,Anna\n", b"{" + b",".join(b'"k%d": 1' % n for n in range(10_000)) + b"}"])
def test_what_names_no_columns_or_too_many_is_refused(data: bytes) -> None:
    with pytest.raises(BadSource):
        read(data)
