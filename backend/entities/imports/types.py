"""GraphQL types of a table that is about to be imported: how it is written, its columns, and what its first rows would state."""

from __future__ import annotations

from datetime import datetime
from typing import TYPE_CHECKING, Any

import strawberry

from backend.agencies.api import Person, person_of
from backend.core.errors import Invalid
from backend.core.graphql import when
from backend.entities import rules
from backend.entities.imports.layouts import ENCODINGS, Layout
from backend.entities.imports.mapping import layout_of
from backend.entities.imports.rules import BadSource
from backend.entities.record_types import PropertyValues

if TYPE_CHECKING:
    from collections.abc import Mapping

    from backend.entities.imports.preview import Column, Preview
    from backend.entities.imports.trial import Shown, Trial


@strawberry.input(description="How a table is written, where a person says so; what is null is found.")
class ImportLayoutInput:
    """A layout as chosen."""

    encoding: str | None = strawberry.field(default=None, description="Name of the encoding.")
    delimiter: str | None = strawberry.field(default=None, description="One character.")
    quote: str | None = strawberry.field(default=None, description='`"`, an apostrophe, or nothing.')
    header: int | None = strawberry.field(default=None, description="Number of the row that names the columns; 0 where none does.")
    sheet: str | None = strawberry.field(default=None, description="Name of a sheet of a workbook.")

    def layout(self) -> Layout:
        """Return the layout; raise Invalid with the field that cannot be. A mapping's own check says what can."""
        said = {name: value for name in ("encoding", "delimiter", "quote", "header", "sheet") if (value := getattr(self, name)) is not None}
        try:
            return layout_of(said)
        except BadSource as bad:
            raise Invalid(str(bad), "layout") from None


@strawberry.type(description="A column of a table.")
class ImportColumn:
    """Name, samples, suggestion."""

    name: str = strawberry.field(description="Name in the header.")
    samples: list[str] = strawberry.field(description="Up to three different values.")
    suggested_property: str | None = strawberry.field(description="FollowTheMoney property that it may be.")
    dates: str | None = strawberry.field(
        description="Order of its dates (dmy, mdy, ymd); empty where it is to be asked, null where it has none."
    )
    decimal: str | None = strawberry.field(description="Decimal mark of its amounts (comma, point); empty and null in the same way.")


@strawberry.type(description="The beginning of a table.")
class ImportPreview:
    """Columns and rows."""

    columns: list[ImportColumn] = strawberry.field(description="Columns.")
    rows: list[list[str]] = strawberry.field(description="The first 20 rows.")
    delimiter: str | None = strawberry.field(description="Delimiter found or chosen; null where the format has none.")
    encoding: str | None = strawberry.field(description="Encoding found or chosen; null where the format has none.")
    quote: str | None = strawberry.field(description="Quotation mark found or chosen; null where the format has none.")
    header: int | None = strawberry.field(description="The row that names the columns; 0 where none does, null where the format has none.")
    sheet: str | None = strawberry.field(description="The sheet that is shown.")
    sheets: list[str] = strawberry.field(description="Sheets of a workbook.")
    encodings: list[str] = strawberry.field(description="Encodings to choose from.")
    template: str | None = strawberry.field(description="`payments`, `calls` or `shareholdings`, where it looks like a table of these.")
    suggested_mapping: str | None = strawberry.field(description="A mapping for the template, to begin with.")


@strawberry.type(description="An entity or link that a row would state.")
class ImportStatement:
    """Kind, values, ends."""

    kind: str = strawberry.field(description="Kind of entity or link.")
    is_link: bool = strawberry.field(description="Whether it is a link.")
    values: list[PropertyValues] = strawberry.field(description="What the row says of it.")
    source: int | None = strawberry.field(
        description="Of a link: place of its source among the row's statements, null where it is not one."
    )
    target: int | None = strawberry.field(description="Of a link: place of its target.")


@strawberry.type(description="What one row would state.")
class ImportRow:
    """Number and statements."""

    number: int = strawberry.field(description="Row of the table.")
    statements: list[ImportStatement] = strawberry.field(description="Entities, then links.")


@strawberry.type(description="What is wrong in one column.")
class ImportFault:
    """Column, reason, rows."""

    column: str = strawberry.field(description="Column; empty where the whole row is concerned.")
    reason: str = strawberry.field(description="Why these rows would be refused.")
    rows: int = strawberry.field(description="How many of the rows read.")
    first: list[int] = strawberry.field(description="The first ten of them.")


@strawberry.type(description="What the beginning of a table would come to under a mapping.")
class ImportCheck:
    """Rows and faults."""

    read: int = strawberry.field(description="Rows read, at most 2,000.")
    faults: list[ImportFault] = strawberry.field(description="What would be refused, the most frequent first.")
    rows: list[ImportRow] = strawberry.field(description="The first 20 rows that would be taken.")


def preview_of(found: Preview) -> ImportPreview:
    """Dress a preview."""
    said = found.layout
    return ImportPreview(
        columns=[_column(it) for it in found.columns], rows=[list(each) for each in found.rows], delimiter=said.delimiter,
        encoding=said.encoding, quote=said.quote, header=said.header, sheet=said.sheet, sheets=list(found.sheets),
        encodings=list(ENCODINGS), template=found.template, suggested_mapping=found.mapping,
    )  # fmt: skip


def _column(it: Column) -> ImportColumn:
    return ImportColumn(name=it.name, samples=list(it.samples), suggested_property=it.suggested, dates=it.dates, decimal=it.decimal)


def check_of(found: Trial) -> ImportCheck:
    """Dress a trial."""
    faults = [ImportFault(column=it.column, reason=it.reason, rows=it.rows, first=it.first) for it in found.faults]
    rows = [ImportRow(number=number, statements=[_statement(it) for it in said]) for number, said in found.rows]
    return ImportCheck(read=found.read, faults=faults, rows=rows)


def _statement(it: Shown) -> ImportStatement:
    labels = {name: of.label for name, of in rules.properties(it.kind).items()}
    return ImportStatement(kind=it.kind, is_link=it.is_link, values=_values(it.values, labels), source=it.source, target=it.target)


def _values(said: Mapping[str, list[str]], labels: Mapping[str, str]) -> list[PropertyValues]:
    return [PropertyValues(property=name, label=labels.get(name, name), values=found) for name, found in said.items()]


@strawberry.type(description="A mapping that an agency keeps for tables that come again.")
class ImportMapping:
    """Name, what it reads, who saved it."""

    id: strawberry.ID = strawberry.field(description="Id.")
    name: str = strawberry.field(description="Name.")
    columns: list[str] = strawberry.field(description="Columns that it reads: it fits a table that has all of them.")
    mapping: str = strawberry.field(description="The mapping.")
    saved_at: datetime = strawberry.field(description="When it was saved.")
    saved_by: Person = strawberry.field(description="Who saved it.")


def mapping_of(row: dict[str, Any]) -> ImportMapping:
    """Dress a mapping."""
    return ImportMapping(
        id=strawberry.ID(row["id"]), name=row["name"], columns=row["columns"], mapping=row["mapping"], saved_at=when(row["at"]),
        saved_by=person_of(row["person"]),
    )  # fmt: skip
