"""Tables in every usual encoding and delimiter, whole or damaged."""

import io

import pytest

from backend.entities.imports import tables, values
from backend.entities.imports.layouts import Layout, detect
from backend.entities.imports.preview import Preview, preview

TEXT = 'name;city;sum\nŽivilė;Kaunas;1\n\n"Rossi; figlio";"Forlì\nCesena";2\n'


def seen(data: bytes, layout: Layout = Layout(), form: str = "csv") -> Preview:  # noqa: B008 - frozen
    return preview(io.BytesIO(data), form, layout)


def cells(data: bytes) -> list[list[str]]:
    return [row.cells for row in tables.rows([data], detect(data))]


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16", "utf-16-le", "utf-16-be"])
def test_an_encoding_is_found(encoding: str) -> None:
    found = cells(TEXT.encode(encoding))
    assert tables.names(found[0]) == ["name", "city", "sum"]
    assert found[1:] == [["Živilė", "Kaunas", "1"], ["Rossi; figlio", "Forlì\nCesena", "2"]]


@pytest.mark.parametrize(
    ("encoding", "text"),
    [
        ("windows-1252", "naam,plaats\nJoão,Zürich\n"),
        ("windows-1251", "имя,город\nИлиан,Скопие\n"),
        ("windows-1253", "όνομα,πόλη\nΊλιαν,Αθήνα\n"),
    ],
)
def test_a_code_page_is_found_by_its_letters(encoding: str, text: str) -> None:
    data = text.encode(encoding)
    assert detect(data).encoding == encoding
    assert cells(data)[1] == text.splitlines()[1].split(",")


@pytest.mark.parametrize("delimiter", [",", ";", "\t", "|"])
def test_a_delimiter_is_found(delimiter: str) -> None:
    data = f"a{delimiter}b\n1{delimiter}2,5\n3{delimiter}4;7\n".encode()
    assert detect(data).delimiter == delimiter


def test_a_row_keeps_its_number_in_the_sheet_when_rows_before_it_are_empty() -> None:
    found = list(tables.rows([TEXT.encode()], detect(TEXT.encode())))
    assert [row.number for row in found] == [1, 2, 4]


def test_a_quote_that_is_never_closed_costs_its_cell_not_the_memory() -> None:
    data = b'a,b\n1,"open ' + b"x\n" * 100_000 + b"2,3\n"
    found = list(tables.rows([data], Layout("utf-8", ",")))
    assert "never closed" in found[1].problem
    assert found[-1].cells == ["2", "3"]


def test_a_line_without_end_is_refused_and_the_next_one_read(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(tables, "LONGEST_ROW", 1_000)
    found = list(tables.rows([b"a,b\n", b"x" * 5_000, b"\n1,2\n"], Layout("utf-8", ",")))
    assert [bool(row.problem) for row in found] == [False, True, False]
    assert found[2].cells == ["1", "2"]


def test_names_are_never_empty_or_double() -> None:
    assert tables.names(["id", "", "id"]) == ["id", "column 2", "id (3)"]


def test_a_preview_shows_samples_and_suggests_what_leaves_no_doubt() -> None:
    data = b"Konto,Nascita,who\nLT12 1000 0111 0100 1000,1979-04-12,Anna\nLT121000011101001000,1981-04-12,\n"
    found = seen(data)
    assert [(column.name, column.suggested) for column in found.columns] == [("Konto", "iban"), ("Nascita", "birthDate"), ("who", None)]
    assert found.columns[2].samples == ("Anna",)


def test_a_preview_shows_twenty_rows_of_a_large_table() -> None:
    found = seen(b"a;b\n" + b"1;2\n" * 100_000)
    assert (len(found.rows), found.layout.delimiter, found.layout.encoding) == (20, ";", "utf-8")


def test_titles_above_the_header_are_passed_over() -> None:
    found = seen(b"Statement of account\n\nDate;Amount;Payee\n2026-02-12;1,00;Anna\n2026-02-13;2,00;Ilian\n")
    assert (found.layout.header, [column.name for column in found.columns], len(found.rows)) == (3, ["Date", "Amount", "Payee"], 2)


def test_a_person_may_say_how_a_table_is_written() -> None:
    data = "Statement;of;2026\nA\\B;C\n1;'2;3'\n".encode("koi8-r")
    found = seen(data, Layout("koi8-r", ";", "'", 2))
    assert ([column.name for column in found.columns], found.rows) == (["A\\B", "C"], (("1", "2;3"),))


def test_a_table_without_a_header_has_columns_by_their_place() -> None:
    found = seen(b"1;2\n3;4\n", Layout(header=0))
    assert ([column.name for column in found.columns], len(found.rows)) == (["column 1", "column 2"], 2)


def test_an_apostrophe_is_found_to_quote() -> None:
    assert detect(b"a,b\n'x, y',1\n'z, w',2\n").quote == "'"


@pytest.mark.parametrize(
    ("cells", "order"),
    [
        (["13.02.2026", "02.03.2026"], "dmy"),
        (["02/13/2026", "02/03/2026"], "mdy"),
        (["2026-02-13"], "ymd"),
        (["02.03.2026"], ""),
        (["soon"], None),
    ],
)
def test_the_order_of_day_and_month_is_found_or_left_open(cells: list[str], order: str | None) -> None:
    assert values.date_order(cells) == order


@pytest.mark.parametrize(
    ("cells", "mark"),
    [(["1.234,56"], "comma"), (["1,234.56"], "point"), (["12"], "point"), (["1.234"], ""), (["12,5"], "comma"), (["x"], None)],
)
def test_the_decimal_mark_is_found_or_left_open(cells: list[str], mark: str | None) -> None:
    assert values.decimal_mark(cells) == mark
