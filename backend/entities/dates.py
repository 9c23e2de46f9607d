"""Dates in any usual notation, whole or in part, as numbers: `1981-04-12`, `12.04.1981`, `12 April 1981`, `April 1981`.

Where day and month may be meant either way (`04/12/1981`) both are returned.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import cache
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterator

_MONTHS = """
january jan januar januari janvier gennaio gen enero ene janeiro janeiro styczeń stycznia январь января يناير sausio ιανουαρίου
february feb februar februari février fevrier févr febbraio febrero fevereiro luty lutego февраль февраля فبراير vasario φεβρουαρίου
march mar märz maerz mrz maart mars marzo março marzec marca март марта مارس kovo μαρτίου
april apr avril avr aprile abril abr kwiecień kwietnia апрель апреля أبريل ابريل balandžio απριλίου
may mai mei maggio mag mayo maio maj maja май мая مايو gegužės μαΐου
june jun juni juin giugno giu junio junho czerwiec czerwca июнь июня يونيو birželio ιουνίου
july jul juli juillet juil luglio lug julio julho lipiec lipca июль июля يوليو liepos ιουλίου
august aug août aout agosto ago sierpień sierpnia август августа أغسطس اغسطس rugpjūčio αυγούστου
september sep sept septembre settembre set septiembre setembro wrzesień września сентябрь сентября سبتمبر rugsėjo σεπτεμβρίου
october oct oktober okt octobre ottobre ott octubre outubro październik października октябрь октября أكتوبر اكتوبر spalio οκτωβρίου
november nov novembre noviembre novembro listopad listopada ноябрь ноября نوفمبر lapkričio νοεμβρίου
december dec dezember dez décembre décembre dicembre dic diciembre dezembro grudzień grudnia декабрь декабря ديسمبر gruodžio δεκεμβρίου
"""
_YEAR = r"(?P<y>1[5-9]\d\d|20\d\d)"
_NUMBER = r"(?<![\w.+/-]){}(?!(?!T\d)[\w/-])"  # no part of a longer number; a time may follow
_ISO = re.compile(_NUMBER.format(_YEAR + r"[-./](?P<m>0?[1-9]|1[0-2])(?:[-./](?P<d>[0-2]?\d|3[01]))?"))
_DAY_FIRST = re.compile(_NUMBER.format(r"(?P<d>[0-2]?\d|3[01])(?P<mark>[-./])\s?(?P<m>[0-2]?\d|3[01])(?P=mark)\s?" + _YEAR))
_MONTH_FIRST = re.compile(_NUMBER.format(r"(?P<m>0?[1-9]|1[0-2])[./-]" + _YEAR))
LONGEST_READ = 400


@dataclass(frozen=True, slots=True)
class Date:
    """A date as somebody wrote it: month and day are 0 where they are not said."""

    year: int
    month: int = 0
    day: int = 0

    @property
    def text(self) -> str:
        """Return it as `19810412`, `198104` or `1981`."""
        return f"{self.year}" + (f"{self.month:02}" if self.month else "") + (f"{self.day:02}" if self.day else "")


@dataclass(frozen=True, slots=True)
class Found:
    """What a piece of text, from `start` to `end`, may say."""

    start: int
    end: int
    dates: tuple[Date, ...]


def find(text: str) -> list[Found]:
    """Return the dates in a text, in order; a year alone is none. Only the first 400 characters are read."""
    text = text[:LONGEST_READ]
    if not any(each.isdecimal() for each in text):
        return []
    found = list[Found]()
    for each in sorted(_every(text), key=lambda it: (it.start, -it.end)):
        if each.dates and (not found or each.start >= found[-1].end):
            found.append(each)
    return found


def _every(text: str) -> Iterator[Found]:
    for match in _ISO.finditer(text):
        yield Found(*match.span(), _valid((match["y"], match["m"], match["d"])))
    for match in _DAY_FIRST.finditer(text):
        either = ((match["y"], match["m"], match["d"]), (match["y"], match["d"], match["m"]))
        yield Found(*match.span(), _valid(*(either if match["mark"] == "/" else either[:1])))
    for match in _MONTH_FIRST.finditer(text):
        yield Found(*match.span(), _valid((match["y"], match["m"], None)))
    for match in _in_words().finditer(text):
        day, month = match["d"] or match["d2"], _months()[match["m"].casefold()]
        yield Found(*match.span(), _valid((match["y"], str(month), day)))


def _valid(*said: tuple[str, str, str | None]) -> tuple[Date, ...]:
    dates = (Date(int(year), int(month), int(day or 0)) for year, month, day in said)
    return tuple(dict.fromkeys(it for it in dates if 1 <= it.month <= 12 and it.day <= 31))  # noqa: PLR2004 - months and days


@cache
def _months() -> dict[str, int]:
    return {name.casefold(): number for number, line in enumerate(_MONTHS.split("\n")[1:-1], 1) for name in line.split()}


@cache
def _in_words() -> re.Pattern[str]:
    """Return the form of `12 April 1981`, `April 12th, 1981`, `12. April 1981` and `April 1981`, in many languages."""
    month = "(?P<m>" + "|".join(sorted(map(re.escape, _months()), key=len, reverse=True)) + r")\.?"
    day = r"(?P<{}>[0-2]?\d|3[01])(?:st|nd|rd|th|er|º|\.)?"
    return re.compile(
        rf"(?<!\w)(?:{day.format('d')}\s+(?:de\s+)?)?{month}\s+(?:de\s+|{day.format('d2')},?\s+)?{_YEAR}(?!\w)", re.IGNORECASE
    )
