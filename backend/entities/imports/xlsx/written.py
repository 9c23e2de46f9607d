"""A workbook of one sheet, written from a table that was read: every cell as text, every row under the number it had."""

from __future__ import annotations

import io
import zipfile
from typing import TYPE_CHECKING
from xml.sax.saxutils import escape, quoteattr

if TYPE_CHECKING:
    from collections.abc import Iterator

    from backend.entities.imports.tables import Table

PIECE = 1 << 20
_TIME = (1980, 1, 1, 0, 0, 0)
_HEAD = '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n'
_MAIN = 'xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main"'
_OFFICE = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
_PACKAGE = "http://schemas.openxmlformats.org/package/2006"
_KIND = "application/vnd.openxmlformats-officedocument.spreadsheetml"
_PARTS = {
    "[Content_Types].xml": f'<Types xmlns="{_PACKAGE}/content-types">'
    '<Default Extension="rels" ContentType="application/vnd.openxmlformats-package.relationships+xml"/>'
    f'<Override PartName="/xl/workbook.xml" ContentType="{_KIND}.sheet.main+xml"/>'
    f'<Override PartName="/xl/worksheets/sheet1.xml" ContentType="{_KIND}.worksheet+xml"/></Types>',
    "_rels/.rels": f'<Relationships xmlns="{_PACKAGE}/relationships"><Relationship Id="r1" Type="{_OFFICE}/officeDocument" '
    'Target="xl/workbook.xml"/></Relationships>',
    "xl/_rels/workbook.xml.rels": f'<Relationships xmlns="{_PACKAGE}/relationships"><Relationship Id="r1" Type="{_OFFICE}/worksheet" '
    'Target="worksheets/sheet1.xml"/></Relationships>',
}


def written(table: Table, without: set[int]) -> Iterator[bytes]:
    """Yield a workbook that holds the table's columns and rows but those of these numbers. It is held in memory, packed."""
    packed = io.BytesIO()
    book = f'<workbook {_MAIN} xmlns:r="{_OFFICE}"><sheets><sheet name={quoteattr(table.layout.sheet or "")} sheetId="1" r:id="r1"/>'
    with zipfile.ZipFile(packed, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, text in {**_PARTS, "xl/workbook.xml": book + "</sheets></workbook>"}.items():
            archive.writestr(zipfile.ZipInfo(name, _TIME), _HEAD + text, zipfile.ZIP_DEFLATED)
        info = zipfile.ZipInfo("xl/worksheets/sheet1.xml", _TIME)
        info.compress_type = zipfile.ZIP_DEFLATED
        with archive.open(info, "w") as sheet:
            sheet.write((_HEAD + f"<worksheet {_MAIN}><sheetData>").encode())
            if table.layout.header:
                sheet.write(_row(table.layout.header, table.columns))
            for row in table.rows:
                if row.number not in without:
                    sheet.write(_row(row.number, row.cells))
            sheet.write(b"</sheetData></worksheet>")
    packed.seek(0)
    while piece := packed.read(PIECE):
        yield piece


def _row(number: int, cells: list[str]) -> bytes:
    said = "".join(
        f'<c r="{_letters(place)}{number}" t="inlineStr"><is><t xml:space="preserve">{escape(cell)}</t></is></c>'
        for place, cell in enumerate(cells, 1)
        if cell
    )
    return f'<row r="{number}">{said}</row>'.encode()


def _letters(column: int) -> str:
    said = ""
    while column:
        column, place = divmod(column - 1, 26)
        said = chr(ord("A") + place) + said
    return said
