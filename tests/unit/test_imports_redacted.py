"""A source file without the rows of whom it may not name any more: the other rows as they were, under the numbers they had."""

from __future__ import annotations

import io
import json
from typing import Any

import pytest

from backend.entities.imports import ftm, mapped, redact
from backend.entities.imports.planned import DataSet
from backend.entities.imports.rules import BadSource
from tests.support.workbooks import workbook

MAPPING = "m: {queries: [{entities: {p: {schema: Person, id_column: id, properties: {name: {column: name}}}}}]}"


def of(form: str, mapping: str | None = MAPPING) -> DataSet:
    job: dict[str, Any] = {"space": "s", "authority": "a", "name": "n", "case": "c", "chosen": [], "format": form, "mapping": mapping}
    return DataSet(job, b"k" * 32)


def without(form: str, data: bytes, *keys: str, names: tuple[str, ...] = (), mapping: str | None = MAPPING) -> tuple[list[int], bytes]:
    """Return which rows of a file tell of the entities of these keys, and the file without them."""
    data_set = of(form, mapping)
    gone = {data_set.id("entity", key) for key in keys}
    rows = redact.rows_of(data_set, io.BytesIO(data), gone, list(names))
    return rows, b"".join(redact.copied(data_set, io.BytesIO(data), gone, set(rows)))


def lines(*said: object) -> bytes:
    return b"".join((one if isinstance(one, bytes) else json.dumps(one, separators=(",", ":")).encode()) + b"\n" for one in said)


def entity(key: str, schema: str, **properties: object) -> dict[str, object]:
    return {"id": key, "schema": schema, "properties": properties}


def rows_read(form: str, data: bytes) -> list[tuple[int, str, list[str]]]:
    steps = ftm.steps([data]) if form == "ftm_json" else mapped.steps(io.BytesIO(data), MAPPING, form)
    return [(row.number, row.key, row.values["name"]) for step in steps for row in step.rows if not row.is_link]


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16", "windows-1252"])
def test_other_rows_of_a_table_stay_byte_for_byte(encoding: str) -> None:
    text = 'id,name\r\np1,"Ilian, Dravec"\r\np2,"Wrong\r\nputnam"\r\np3,Søren Ødegaard\r\n\r\np4,"x ""y"""'
    rows, copy = without("csv", text.encode(encoding), "p2")
    assert rows == [3]
    assert copy == text.replace('p2,"Wrong\r\nputnam"', ",").encode(encoding)


def test_a_locator_of_another_row_stays_true() -> None:
    data = b"id;name\np1;A\np2;B\np3;C\n"
    _, copy = without("csv", data, "p2")
    assert rows_read("csv", copy) == [row for row in rows_read("csv", data) if row[1] != "p2"]


def test_bytes_that_are_of_no_encoding_stay_too() -> None:
    data = "id,name\np1,ok \xff\xfe\np2,B\np3,Łódź\n".encode("latin-1", "replace")
    assert without("csv", data, "p2")[1] == data.replace(b"p2,B", b",")


def test_a_refused_row_goes_by_the_name_in_it_and_no_other_does() -> None:
    strict = MAPPING.replace("{column: name}", "{column: name}, birthDate: {column: born}")
    data = b"id,name,born\np1,Wrong Putnam,1980-01-01\np2,WRONG PUTNAM,no day\np3,Else,no day\n"
    assert without("csv", data, names=("wrong putnam",), mapping=strict)[0] == [3]


def test_a_workbook_keeps_its_rows_under_their_numbers() -> None:
    data = workbook(["id", "name"], ["p1", "A & B"], ["p2", "Wrong <one>"], ["p3", "C"])
    rows, copy = without("xlsx", data, "p2")
    assert rows == [3]
    assert rows_read("xlsx", copy) == [(2, "p1", ["A & B"]), (4, "p3", ["C"])]
    assert copy == without("xlsx", data, "p2")[1], "the same each time"


def test_a_table_of_json_lines_keeps_its_columns() -> None:
    data = lines({"id": "p1", "name": "A", "only": {"here": "x"}}, {"id": "p2", "name": "B"})
    rows, copy = without("json", data, "p1")
    assert rows == [1]
    assert copy == lines({"id": "", "name": "", "only": {"here": ""}}, {"id": "p2", "name": "B"})
    assert rows_read("json", copy) == [(2, "p2", ["B"])]


def test_of_follow_the_money_the_line_goes_and_the_names_in_others() -> None:
    data = lines(
        entity("p1", "Person", name=["Wrong"]),
        entity("a1", "CryptoWallet", holder=["p1", "p2"]),
        entity("o1", "Ownership", owner=["p1"], asset=["c1"]),
        entity("o2", "Ownership", owner=["p1", "p2"], asset=["c1"]),
        entity("p2", "Person", name=["Right"]),
    )
    rows, copy = without("ftm_json", data, "p1")
    assert rows == [1, 2, 3, 4]
    kept = [json.loads(line) if line else None for line in copy.splitlines()]
    others: list[Any] = [
        None,
        entity("a1", "CryptoWallet", holder=["p2"]),
        None,
        entity("o2", "Ownership", owner=["p2"], asset=["c1"]),
        entity("p2", "Person", name=["Right"]),
    ]
    assert kept == others


def test_a_refused_line_of_follow_the_money_goes_by_the_name_in_it() -> None:
    data = lines(
        {"id": "p9", "schema": "Nothing", "properties": {"name": ["Wrong Putnam"]}}, b"no json", entity("p2", "Person", name=["R"])
    )
    assert without("ftm_json", data, names=("wrong putnam",)) == ([1], b"\n" + data.split(b"\n", 1)[1])


def test_a_refused_line_of_follow_the_money_goes_by_the_key_that_it_names() -> None:
    data = lines(entity("o1", "Ownership", owner=["p1"], asset=["c1"], startDate=["no day"]), entity("p2", "Person", name=["R"]))
    assert without("ftm_json", data, "p1") == ([1], b"\n" + data.split(b"\n", 1)[1])


def test_what_cannot_be_read_to_its_end_is_said() -> None:
    with pytest.raises(BadSource, match="Nobody has said yet"):
        without("csv", b"id,name\n", mapping=None)
