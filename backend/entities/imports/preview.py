"""What the import page shows of a table before anything is taken: columns with samples, the first rows, and what each column may be."""

from __future__ import annotations

import re
from dataclasses import dataclass
from itertools import islice
from typing import TYPE_CHECKING

from backend.entities.identifiers import guesses
from backend.entities.imports import tables
from backend.entities.imports.rules import is_date

if TYPE_CHECKING:
    from collections.abc import Iterable

SHOWN_ROWS = 20
_SAMPLES = 3
_LONGEST_SAMPLE = 200
_NAMES: tuple[tuple[str, str], ...] = (
    ("iban", r"iban"), ("accountNumber", r"account.?(no|num)|konto|conto|rekening"), ("email", r"e.?mail|posta"),
    ("phone", r"phone|tel(efon)?|mobile|cell|msisdn"), ("birthDate", r"birth|geburt|nascita|geboorte|\bdob\b|gimimo"),
    ("passportNumber", r"passport|passaporto"), ("idNumber", r"(national|personal|identity).?(id|no|num)|codice.?fiscale"),
    ("registrationNumber", r"reg(istration)?.?(no|num)|plate|kenteken|targa|kvk"), ("vatCode", r"\bvat\b|\biva\b|btw"),
    ("firstName", r"(first|given|fore).?name|vorname|\bnome\b"), ("lastName", r"(last|family|sur).?name|nachname|cognome"),
    ("nationality", r"national|citizen|cittadin"), ("country", r"country|land$|paese"), ("address", r"address|adres|indirizzo|street"),
    ("amount", r"amount|sum|betrag|importo|bedrag|\bvalue\b"), ("currency", r"currency|w.hrung|valuta|\bccy\b"),
    ("percentage", r"percent|\bshares?\b|quota|anteil"), ("startDate", r"start|from|since|\bvon\b"), ("endDate", r"\bend|until|\bto\b"),
    ("date", r"date|datum|\bdata\b"), ("website", r"url|web"), ("notes", r"note|comment|remark"),
    ("name", r"name|naam|company|titel|title"),
)  # fmt: skip
_SHAPES = {"iban": "iban", "email": "email", "wallet": "publicKey", "lei": "leiCode"}


@dataclass(frozen=True, slots=True)
class Column:
    """A column with up to three different samples and the property that it may be."""

    name: str
    samples: tuple[str, ...]
    suggested: str | None


@dataclass(frozen=True, slots=True)
class Preview:
    """The beginning of a table: at most 20 rows."""

    columns: tuple[Column, ...]
    rows: tuple[tuple[str, ...], ...]
    delimiter: str
    encoding: str


def preview(chunks: Iterable[bytes]) -> Preview:
    """Read the beginning of a table; raise BadSource when it has no header. Reads at most 256 KiB and the chunk in which they end."""
    head, _ = tables.opening(chunks)
    layout = tables.detect(head)
    source = tables.rows([head], layout)
    names = tables.header(source)
    body = [row.cells for row in islice(source, SHOWN_ROWS) if len(row.cells) == len(names)]
    columns = tuple(_column(name, [row[place] for row in body]) for place, name in enumerate(names))
    shown = tuple(tuple(cell[:_LONGEST_SAMPLE] for cell in row) for row in body)
    return Preview(columns, shown, layout.delimiter, layout.encoding)


def _column(name: str, cells: list[str]) -> Column:
    different = tuple(dict.fromkeys(cell.strip()[:_LONGEST_SAMPLE] for cell in cells if cell.strip()))
    return Column(name, different[:_SAMPLES], _suggested(name, different))


def _shapes(cells: tuple[str, ...]) -> set[str]:
    """Return the types of identifier that every cell is."""
    found = set(_SHAPES) if cells else set[str]()
    for cell in cells:
        if not found:
            break
        found &= {each.type for each in guesses(cell)}
    return found


def _suggested(name: str, cells: tuple[str, ...]) -> str | None:
    """Suggest by what every cell is, where that leaves no doubt, else by the column's name."""
    if sort := next((sort for sort in _SHAPES if sort in _shapes(cells)), None):
        return _SHAPES[sort]
    spoken = re.sub(r"[_\-.]+", " ", re.sub(r"(?<=[a-z])(?=[A-Z])", " ", name)).lower()
    suggested = next((property_name for property_name, words in _NAMES if re.search(words, spoken)), None)
    return suggested or ("date" if cells and all(len(cell) > len("2026") and is_date(cell) for cell in cells) else None)
