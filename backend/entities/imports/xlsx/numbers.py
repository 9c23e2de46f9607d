"""What a number in a workbook is: a date or time by its format, else the shortest way to write it."""

from __future__ import annotations

import math
import re
from datetime import datetime, timedelta
from decimal import Decimal

_DATES = frozenset({*range(14, 23), *range(27, 37), *range(45, 48), *range(50, 59)})
"""Numbers of the formats that every workbook has: dates, times, and those of East Asia."""
_NO_DATE = re.compile(r'"[^"]*"|\\.|\[(?!h+\]|m+\]|s+\])[^\]]*\]|_.|\*.')
_LAST_DAY, _NO_DAY, _EXACT, _DAY_S = 2_958_466, 60, 2**53, 86_400


class NotExact(ValueError):
    """The number is not one that a workbook can hold exactly; the text says why."""


def is_date_format(number: int, code: str | None) -> bool:
    """Say whether a number format, by its number or the code that the workbook gives it, shows a date or a time."""
    if code is None:
        return number in _DATES
    return re.search(r"[ymdhs]", _NO_DATE.sub("", code.split(";")[0]), re.IGNORECASE) is not None


def plain(text: str) -> str:
    """Return a stored number as people write it; raise NotExact where its digits were lost."""
    try:
        number = float(text)
    except ValueError:
        raise NotExact("no number") from None
    if not math.isfinite(number) or (abs(number) >= _EXACT and number == int(number)):
        raise NotExact("a number too large to be exact; the column has to be formatted as text before it is filled")
    return format(Decimal(f"{number:.15g}"), "f")  # a sheet holds fifteen digits


def moment(text: str, *, from_1904: bool) -> str:
    """Return a stored date or time in ISO 8601: a time alone where there is no day; raise NotExact for what is no date."""
    try:
        days = float(text)
    except ValueError:
        raise NotExact("no date") from None
    if not 0 <= days < _LAST_DAY or int(days) == (_NO_DAY if not from_1904 else -1):
        raise NotExact("no date that a spreadsheet knows")
    seconds = round(days % 1 * _DAY_S)
    start = datetime(1904, 1, 1) if from_1904 else datetime(1899, 12, 30 if days > _NO_DAY else 31)  # noqa: DTZ001 - a day in a sheet has no zone
    at = start + timedelta(days=int(days), seconds=seconds)
    if days < 1 and not from_1904:
        return f"{at:%H:%M:%S}"
    return f"{at:%Y-%m-%dT%H:%M:%S}" if seconds else f"{at:%Y-%m-%d}"
