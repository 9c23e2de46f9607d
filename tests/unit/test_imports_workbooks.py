"""Workbooks: values as people see them in a spreadsheet, and files made to exhaust whoever opens them."""

from __future__ import annotations

import io
import struct
import tracemalloc

import pytest

from backend.entities.imports.layouts import Layout
from backend.entities.imports.rules import BadSource
from backend.entities.imports.xlsx import book, parts
from backend.entities.imports.xlsx.opened import opened
from tests.support import workbooks
from tests.support.workbooks import SHEET, packed, rows, sheet, workbook

HEADER = ["id", "name", "paid"]
Read = list[tuple[int, list[str], str, tuple[tuple[int, str], ...]]]


def read(data: bytes, layout: Layout = Layout()) -> Read:  # noqa: B008 - frozen
    table = opened(io.BytesIO(data), layout)
    return [(row.number, row.cells, row.problem, row.bad) for row in table.rows]


def one(xml: str, **more: object) -> Read:
    """What is read of a sheet with our header and this XML behind it."""
    return read(packed(workbooks.parts(("Sheet1", sheet(rows(HEADER) + xml)), **more)))  # pyright: ignore[reportArgumentType] - as given


def refused(data: bytes) -> str:
    with pytest.raises(BadSource) as raised:
        read(data)
    return str(raised.value)


def changed(name: str, said: str) -> bytes:
    return packed(workbooks.parts(("Sheet1", sheet(rows(HEADER)))) | {name: said})


@pytest.mark.parametrize(
    ("xml", "shown"),
    [
        ('<c r="A2" t="s"><v>1</v></c>', "shared & told"),
        ('<c r="A2" s="1"><v>46065</v></c>', "2026-02-12"),
        ('<c r="A2" s="1"><v>46065.5</v></c>', "2026-02-12T12:00:00"),
        ('<c r="A2" s="2"><v>0.142361111</v></c>', "03:25:00"),
        ('<c r="A2" s="1"><v>59</v></c>', "1900-02-28"),
        ('<c r="A2"><v>1234.5600000000001</v></c>', "1234.56"),
        ('<c r="A2"><v>7.0</v></c>', "7"),
        ('<c r="A2"><v>1E3</v></c>', "1000"),
        ('<c r="A2" t="b"><v>1</v></c>', "true"),
        ('<c r="A2" t="str"><f>A1&amp;B1</f><v>=1+1</v></c>', "=1+1"),
        ('<c r="A2"><f>SUM(1)</f><v>3</v></c>', "3"),
        ('<c r="A2" t="inlineStr"><is><r><t>Il</t></r><r><t>ian</t></r><rPh><t>no</t></rPh></is></c>', "Ilian"),
        ('<c r="A2" t="d"><v>2026-02-12</v></c>', "2026-02-12"),
    ],
)
def test_a_cell_is_read_as_people_see_it(xml: str, shown: str) -> None:
    [(number, cells, _, bad)] = one(f'<row r="2">{xml}</row>', texts=["first", "shared & told"])
    assert (number, cells, bad) == (2, [shown, "", ""], ())


def test_days_may_be_counted_from_1904() -> None:
    assert one('<row r="2"><c s="1"><v>44603</v></c></row>', date_1904=True)[0][1][0] == "2026-02-12"


def test_cells_stand_in_the_columns_that_they_name_and_rows_keep_their_numbers() -> None:
    assert one('<row r="5"><c r="C5"><v>3</v></c></row>') == [(5, ["", "", "3"], "", ())]


@pytest.mark.parametrize(
    ("xml", "reason"),
    [
        ('<c r="B2"><v>12345678901234567890</v></c>', "too large to be exact"),
        ('<c r="B2"><v>1e999</v></c>', "too large to be exact"),
        ('<c r="B2"><v>seven</v></c>', "no number"),
        ('<c r="B2" s="1"><v>60</v></c>', "no date that"),
        ('<c r="B2" s="1"><v>-1</v></c>', "no date that"),
        ('<c r="B2" t="e"><v>#REF!</v></c>', "an error of the spreadsheet (#REF!)"),
        ('<c r="B2"><f>SUM(1)</f></c>', "a formula without its value"),
        ('<c r="B2" t="s"><v>99</v></c>', "a text that the workbook does not have"),
        (f'<c r="B2" t="inlineStr"><is><t>{"x" * 40_000}</t></is></c>', "longer than 32,767"),
    ],
)
def test_a_cell_that_cannot_be_told_costs_its_row_and_names_its_column(xml: str, reason: str) -> None:
    [(_, _, _, bad), after] = one(f'<row r="2">{xml}</row><row r="3"><c r="A3"><v>1</v></c></row>')
    assert bad[0][0] == 1
    assert reason in bad[0][1]
    assert after[1] == ["1", "", ""]


def test_a_shared_text_that_is_too_long_costs_the_cells_that_use_it() -> None:
    [(_, _, _, bad)] = one('<row r="2"><c t="s"><v>0</v></c></row>', texts=["x" * 40_000])
    assert "longer than" in bad[0][1]


def test_a_row_of_ten_thousand_cells_is_refused_and_the_next_one_read() -> None:
    wide = "".join(f"<c><v>{n}</v></c>" for n in range(10_000))
    found = one(f'<row r="2">{wide}</row><row r="3"><c><v>1</v></c></row>')
    assert [problem for _, _, problem, _ in found] == ["of more than 2,000 columns", ""]


def test_ten_thousand_columns_are_refused() -> None:
    assert (
        refused(workbook([f"c{n}" for n in range(10_000)]))
        == "Sheet Sheet1: Row 1 is of more than 2,000 columns; it has to name the columns."
    )


def test_a_sheet_is_chosen_by_name_and_one_that_is_not_there_refused() -> None:
    data = packed(workbooks.parts(("First", sheet(rows(["a"], ["1"]))), ("Zweites Blatt", sheet(rows(["b"], ["2"])))))
    table = opened(io.BytesIO(data), Layout(sheet="Zweites Blatt"))
    assert (table.sheets, table.columns, table.place) == (("First", "Zweites Blatt"), ["b"], "Zweites Blatt row")
    with pytest.raises(BadSource, match="no sheet 'Third'"):
        opened(io.BytesIO(data), Layout(sheet="Third"))


@pytest.mark.parametrize(
    "before",
    [
        '<!DOCTYPE x [<!ENTITY a "aaaaaaaaaa"><!ENTITY b "&a;&a;&a;&a;&a;&a;&a;&a;">]>',
        '<!DOCTYPE x SYSTEM "file:///etc/passwd">',
        '<!DOCTYPE x [<!ENTITY e SYSTEM "http://127.0.0.1/"> %e;]>',
    ],
)
@pytest.mark.parametrize("part", [SHEET, "xl/workbook.xml", "xl/styles.xml", "xl/sharedStrings.xml", "xl/_rels/workbook.xml.rels"])
def test_a_document_type_is_refused_in_every_part(part: str, before: str) -> None:
    held = workbooks.parts(("Sheet1", sheet(rows(HEADER))), texts=[])
    assert "declares a document type" in refused(packed(held | {part: before + held[part].removeprefix('<?xml version="1.0"?>')}))


def test_a_zip_bomb_is_refused_before_it_is_unpacked() -> None:
    data = packed(workbooks.parts(("Sheet1", "")) | {SHEET: sheet(rows(HEADER) + " " * 100_000_000)})
    assert len(data) < 200_000
    assert "would unpack to 95 MiB" in refused(data)


def test_a_size_that_is_a_lie_gives_no_more_than_it_says() -> None:
    data = bytearray(packed(workbooks.parts(("Sheet1", sheet(rows(HEADER, *[["1", "2", "3"]] * 50_000))))))
    at = data.rindex(SHEET.encode()) - 46
    assert data[at : at + 4] == b"PK\x01\x02"
    data[at + 24 : at + 28] = struct.pack("<I", 2_000)
    assert "xl/worksheets/sheet1.xml in this workbook" in refused(bytes(data))


@pytest.mark.parametrize(
    ("data", "reason"),
    [
        (b"PK\x03\x04" + b"\x00" * 100, "no XLSX workbook, or it was cut"),
        (workbook(HEADER)[:-30], "no XLSX workbook, or it was cut"),
        (b"", "no XLSX workbook"),
        (b"id,name\n1,A\n", "no XLSX workbook"),
        (packed({"content.xml": "<x/>"}), "a ZIP archive and no XLSX"),
        (packed({f"{n}": "" for n in range(6_000)}), "more than 5,000 parts"),
        (changed(SHEET, "<worksheet><sheetData>"), "is no XML"),
        (changed(SHEET, "<a>" * 100), "nested more than"),
        (changed(SHEET, sheet(f'<row r="1"><c r="{"A" * 9_000_000}"/></row>')), "one piece of more than 8 MiB"),
        (changed(SHEET, sheet(rows(HEADER) + '<row r="9"><c><v>1</v></c></row><row r="2"/>')), "out of order behind row 9"),
        (changed(SHEET, sheet('<row r="99999999"/>')), "out of order"),
        (changed("xl/workbook.xml", "<workbook><sheets/></workbook>"), "has no sheet"),
        (
            changed("xl/_rels/workbook.xml.rels", '<R><Relationship Id="r1" Target="file:///etc/passwd" TargetMode="External"/></R>'),
            "has no sheet",
        ),
        (changed("xl/_rels/workbook.xml.rels", '<R><Relationship Id="r1" Target="../../../../etc/passwd"/></R>'), "has no sheet"),
        (workbook(), "The file is empty"),
    ],
)
def test_what_is_no_workbook_is_refused_with_the_reason(data: bytes, reason: str) -> None:
    assert reason in refused(data)


def test_a_locked_part_is_refused() -> None:
    data = bytearray(workbook(HEADER))
    at = data.rindex(SHEET.encode()) - 46
    data[at + 8] |= 1
    assert "locked with a password" in refused(bytes(data))


def test_shared_texts_have_an_end(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(book, "MOST_TEXTS", 100)
    assert "more text than a sheet may have" in refused(packed(workbooks.parts(("S", sheet(rows(HEADER))), texts=["a"] * 101)))


@pytest.mark.parametrize(
    "xml",
    [
        "<row>" + "<c><v>1</v></c>" * 1_500_000 + "</row>",
        '<row><c t="inlineStr"><is>' + f"<t>{'x' * 1_000}</t>" * 20_000 + "</is></c></row>",
        "<row/>" * 1_000_000,
    ],
)
def test_memory_stays_flat_whatever_a_row_holds(xml: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(parts, "MOST_RATIO", 10_000)
    data = packed(workbooks.parts(("Sheet1", sheet(rows(HEADER) + xml))))
    tracemalloc.start()
    table = opened(io.BytesIO(data), Layout(header=1))
    for _ in table.rows:
        pass
    peak = tracemalloc.get_traced_memory()[1]
    tracemalloc.stop()
    assert peak < 8 * 1024**2
