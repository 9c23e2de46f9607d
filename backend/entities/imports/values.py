"""Values of a table as people write them: dates in the order that the table has, amounts with its decimal mark, keys in one notation."""

from __future__ import annotations

import re
import unicodedata
from datetime import datetime, time
from functools import cache
from importlib.util import module_from_spec, spec_from_file_location
from pathlib import Path
from typing import TYPE_CHECKING

import phonenumbers

from backend.entities.identifiers import KEY_READERS, identifiers_of, normal
from backend.entities.imports.rules import BadValue, is_date, made_key
from graph import ontology

if TYPE_CHECKING:
    from collections.abc import Mapping

    from backend.entities.identifiers import Identifier
    from backend.entities.imports.mapping import EntityRule, PropertyRule

NAME, TEXT = "name", "text"
KEY_TYPES = frozenset({NAME, TEXT, *KEY_READERS})
DATE_ORDERS = frozenset({"dmy", "mdy", "ymd"})
DECIMAL_MARKS = frozenset({"comma", "point"})
COUNTRIES = frozenset(region.lower() for region in phonenumbers.SUPPORTED_REGIONS)
_PARTS = re.compile(r"(\d{1,4})([./\- ])(\d{1,2})\2(\d{2,4})")
_COMPACT = re.compile(r"(\d{4})(\d{2})(\d{2})")
_TIME = re.compile(r"(\d{1,2})[:.](\d{2})(?:[:.](\d{2})(?:[.,]\d+)?)?\s*([AaPp]\.?[Mm]\.?)?")
_LASTED = re.compile(r"(?:(\d{1,4}):)?(\d{1,4}):(\d{2})")
_MONEY = re.compile(r"^[€$£¥\s]+|[€$£¥\s]+$")
_SPACES = re.compile(r"[\s'’\u00a0\u202f]")
_YEAR_DIGITS, _NOON = 4, 12


@cache
def _country_names() -> Mapping[str, str]:
    """Return the names of countries in every language that the telephone library knows, folded, with their codes.

    The file is loaded by itself: the package around it would bring the names of the places of every number, 100 MB.
    """
    path = Path(phonenumbers.__file__).parent / "geodata" / "locale.py"
    spec = spec_from_file_location("phonenumbers.geodata.locale", path)
    if spec is None or spec.loader is None:
        raise ImportError(name=str(path))
    locale = module_from_spec(spec)
    spec.loader.exec_module(locale)
    named: dict[str, dict[str, str]] = locale.LOCALE_DATA
    said = [(name, region) for region, names in named.items() for name in names.values() if not name.startswith("*")]
    return {_folded(name): region.lower() for name, region in said if region.lower() in COUNTRIES}


def _folded(text: str) -> str:
    plain = unicodedata.normalize("NFKC", text).casefold()
    return " ".join(re.sub(r"[^\w\s]", " ", plain).split())


def typed_key(rule: EntityRule, said: str) -> str:
    """Return the key of a thing that its identifier or name tells apart: the same in any notation, file and column. Raises BadValue."""
    sort = rule.key_type or TEXT
    family = "LegalEntity" if ontology.is_entity_kind(rule.kind) and ontology.is_a(rule.kind, "LegalEntity") else rule.kind
    if sort == TEXT:
        return made_key(rule.key_literal or family, said)
    if sort == NAME:
        return made_key(family, NAME, _folded(said))
    found = normal(sort, said, rule.country)
    if not found.valid:
        raise BadValue(rule.keys[0], _reason(found))
    return f"phone:{found.value}" if (rule.kind, sort) == ("Phone", "phone") else made_key(family, sort, found.value)


def read(rule: EntityRule, of: PropertyRule, said: list[str], *, strict: bool) -> list[str]:
    """Return the values of a property in our notation; raise BadValue for one that it cannot be."""
    sort = ontology.property_kind(rule.kind, of.name)
    kind = sort.type if sort else ""
    if kind == "date" and of.dates:
        return _moments(said, of.dates)
    if kind == "number" and of.decimal:
        return [_number(each, of.decimal, lasted=of.name == "duration") for each in said]
    if strict and kind == "country":
        return [_country(each) for each in said]
    if kind == "phone" and rule.country:
        return [_identified(rule, of.name, each) for each in said]
    if strict:
        _check(rule, of.name, said)
    return said


def formatted(column: str, text: str, form: str) -> str:
    """Return a date that is written in a form of `strptime`; raise BadValue where it is not."""
    try:
        return datetime.strptime(text, form).date().isoformat()  # noqa: DTZ007 - a date without a time has no zone
    except ValueError:
        raise BadValue(column, f"not a date of the form {form}") from None


def date_order(cells: list[str]) -> str | None:
    """Return the order of day and month that dates are written in; "" where it could be either, None where one is no date."""
    found = set(DATE_ORDERS) if cells else set[str]()
    for cell in cells:
        if not _TIME.fullmatch(cell):
            found &= {order for order in DATE_ORDERS if _is_moment(cell, order)}
    if not found or all(_TIME.fullmatch(cell) for cell in cells):
        return None
    return "ymd" if "ymd" in found else found.pop() if len(found) == 1 else ""


def decimal_mark(cells: list[str]) -> str | None:
    """Return the decimal mark of amounts; "" where it could be either, None where one is no amount."""
    found = {mark for mark in DECIMAL_MARKS if cells and all(_is_number(cell, mark) for cell in cells)}
    if len(found) == len(DECIMAL_MARKS) and all(cell.lstrip("+-").isdecimal() for cell in map(_bare, cells)):
        return "point"
    return (found.pop() if len(found) == 1 else "") if found else None


def _is_moment(text: str, order: str) -> bool:
    try:
        _moment(text, order)
    except BadValue:
        return False
    return True


def _is_number(text: str, decimal: str) -> bool:
    try:
        _number(text, decimal, lasted=False)
    except BadValue:
        return False
    return True


def _moments(said: list[str], order: str) -> list[str]:
    """Read dates; a time that stands in a column of its own belongs to the date beside it."""
    times = [each for each in said if _TIME.fullmatch(each)]
    dates = [each for each in said if not _TIME.fullmatch(each)]
    if len(times) == len(dates) == 1:
        return [_moment(f"{dates[0]} {times[0]}", order)]
    return [_moment(each, order) for each in said]


def _moment(text: str, order: str) -> str:
    if is_date(text):
        return text.replace(" ", "T")
    day, clock = _split(text)
    found = _PARTS.fullmatch(day)
    compact = _COMPACT.fullmatch(day) if order == "ymd" else None
    parts = (found[1], found[3], found[4]) if found else compact.groups() if compact else None
    if parts is None:
        raise BadValue("", "not a date such as 2026-02-12 or, in the order chosen, 12.02.2026")
    year, month, date = (parts[place] for place in {"dmy": (2, 1, 0), "mdy": (2, 0, 1), "ymd": (0, 1, 2)}[order])
    if len(year) != _YEAR_DIGITS:
        raise BadValue("", "a year that has not four digits; which century is meant is not guessed")
    whole = f"{year}-{month:0>2}-{date:0>2}{clock}"
    if not is_date(whole):
        raise BadValue("", "no day of the calendar in the order chosen")
    return whole


def _split(text: str) -> tuple[str, str]:
    """Return the day as written, and the time as ISO 8601 writes it behind a day."""
    for at in (place for place, letter in enumerate(text) if letter in " T"):
        if match := _TIME.fullmatch(text[at + 1 :].strip().removesuffix("Z")):
            return text[:at].rstrip(","), _clock(match)
    return text, ""


def _clock(match: re.Match[str]) -> str:
    hour, half = int(match[1]), (match[4] or "").upper()[:1]
    if half:
        hour = hour % _NOON + (_NOON if half == "P" else 0)
    try:
        return f"T{time(hour, int(match[2]), int(match[3] or 0)):%H:%M:%S}"
    except ValueError:
        raise BadValue("", "no time of the day") from None


def _number(text: str, decimal: str, *, lasted: bool) -> str:
    if lasted and (match := _LASTED.fullmatch(text)):
        return str(int(match[1] or 0) * 3600 + int(match[2]) * 60 + int(match[3]))
    plain = _bare(text)
    grouping, mark = (r"\.", ",") if decimal == "comma" else (",", r"\.")
    if not re.fullmatch(rf"[+-]?(?:\d+|\d{{1,3}}(?:{grouping}\d{{3}})+)(?:{mark}\d+)?", plain):
        raise BadValue("", f"not an amount with a decimal {decimal}")
    return plain.replace("." if decimal == "comma" else ",", "").replace(",", ".").removeprefix("+")


def _bare(text: str) -> str:
    plain = _SPACES.sub("", _MONEY.sub("", text.strip())).replace("\u2212", "-")
    return "-" + plain[:-1] if plain.endswith("-") else plain


def _country(text: str) -> str:
    code = text.lower() if text.lower() in COUNTRIES else _country_names().get(_folded(text))
    if code is None:
        raise BadValue("", "no country, by its name or its code of two letters")
    return code


def _identified(rule: EntityRule, name: str, text: str) -> str:
    [found, *_] = identifiers_of(rule.kind, name, text, rule.country) or [None]
    if found is None:
        return text
    if not found.valid:
        raise BadValue("", _reason(found))
    return found.value


def _reason(found: Identifier) -> str:
    """Say what is wrong in the words of a report; the library that checks digits speaks of "the number"."""
    return f"no valid {_CALLED.get(found.type, found.type)}" if found.reason.startswith("The ") else found.reason


def _check(rule: EntityRule, name: str, said: list[str]) -> None:
    """Raise BadValue where a value is no identifier of its kind, and the kind has check digits or a form of its own."""
    for each in said:
        found = identifiers_of(rule.kind, name, each, rule.country)
        bad = next((it for it in found if not it.valid and it.type in _CHECKED), None)
        if bad:
            raise BadValue("", _reason(bad))


_CALLED = {"iban": "IBAN", "lei": "LEI", "isin": "ISIN", "imei": "IMEI", "imo": "IMO number", "vat": "VAT number", "bic": "BIC"}
_CHECKED = frozenset({"iban", "phone", "email", "lei", "isin", "imei", "imo"})
