"""The formats of source files: FollowTheMoney, and tables written as text, as a workbook or as JSON lines."""

from __future__ import annotations

from typing import TYPE_CHECKING, BinaryIO

from backend.entities.imports import jsonlines, tables
from backend.entities.imports.xlsx import opened as workbooks

if TYPE_CHECKING:
    from backend.entities.imports.layouts import Layout

FTM, TEXT, WORKBOOK, JSON = "ftm_json", "csv", "xlsx", "json"
FORMATS = (FTM, TEXT, WORKBOOK, JSON)
TABLES = frozenset({TEXT, WORKBOOK, JSON})


def opened(file: BinaryIO, form: str, layout: Layout) -> tables.Table:
    """Open a table in one of the formats of tables; raise BadSource for what it is not."""
    if form == WORKBOOK:
        return workbooks.opened(file, layout)
    return jsonlines.opened(file) if form == JSON else tables.opened(file, layout)
