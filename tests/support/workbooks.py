"""Workbooks as a spreadsheet program writes them, and as nobody would: parts given as text, packed as they are."""

from __future__ import annotations

import io
import zipfile
from xml.sax.saxutils import escape, quoteattr

MAIN = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"
REL = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
PACKAGE = "http://schemas.openxmlformats.org/package/2006/relationships"
SHEET = "xl/worksheets/sheet1.xml"


def cell(value: object, style: int = 0) -> str:
    """One cell: text as inline text, a number as a number."""
    if isinstance(value, str):
        return f'<c t="inlineStr"><is><t>{escape(value)}</t></is></c>'
    return f'<c s="{style}"><v>{value}</v></c>'


def rows(*every: list[object] | list[str]) -> str:
    """The rows of a sheet."""
    return "".join(f"<row>{''.join(cell(value) for value in one)}</row>" for one in every)


def sheet(body: str, before: str = "") -> str:
    """A sheet around rows."""
    return f'<?xml version="1.0"?>{before}<worksheet xmlns="{MAIN}"><sheetData>{body}</sheetData></worksheet>'


def parts(*sheets: tuple[str, str], texts: list[str] | None = None, date_1904: bool = False) -> dict[str, str]:
    """The parts of a workbook with sheets by name; style 1 is a date, style 2 a time of day."""
    names = "".join(f'<sheet name={quoteattr(name)} sheetId="{n}" r:id="r{n}"/>' for n, (name, _) in enumerate(sheets, 1))
    first = '<workbookPr date1904="1"/>' if date_1904 else ""
    held = {
        "xl/workbook.xml": f'<workbook xmlns="{MAIN}" xmlns:r="{REL}">{first}<sheets>{names}</sheets></workbook>',
        "xl/_rels/workbook.xml.rels": f'<Relationships xmlns="{PACKAGE}">'
        + "".join(f'<Relationship Id="r{n}" Target="worksheets/sheet{n}.xml"/>' for n in range(1, len(sheets) + 1))
        + "</Relationships>",
        "xl/styles.xml": f'<styleSheet xmlns="{MAIN}"><numFmts><numFmt numFmtId="170" formatCode="[$-407]hh:mm"/></numFmts>'
        '<cellXfs><xf numFmtId="0"/><xf numFmtId="14"/><xf numFmtId="170"/></cellXfs></styleSheet>',
    }
    held |= {f"xl/worksheets/sheet{n}.xml": body for n, (_, body) in enumerate(sheets, 1)}
    if texts is not None:
        said = "".join(f"<si><t>{escape(text)}</t></si>" for text in texts)
        held["xl/sharedStrings.xml"] = f'<sst xmlns="{MAIN}">{said}</sst>'
    return held


def packed(held: dict[str, str] | dict[str, bytes]) -> bytes:
    """Parts as an archive."""
    file = io.BytesIO()
    with zipfile.ZipFile(file, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, said in held.items():
            archive.writestr(name, said)
    return file.getvalue()


def workbook(*every: list[object] | list[str]) -> bytes:
    """A workbook of one sheet."""
    return packed(parts(("Sheet1", sheet(rows(*every)))))
