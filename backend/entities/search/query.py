"""What somebody typed, read: words, phrases in quotes, dates and numbers, each with the tokens that it asks the index for.

A text may be read in more than one way (`12.04.1981` is a date, or a reference): a record answers when it answers one reading. The index is
asked twice at most: for what is *near* (the word itself, in any script, with its beginnings), and where that is not enough for what
is *far* too (other spellings, a letter wrong, pet forms, initials).
"""

from __future__ import annotations

import re
import unicodedata
from dataclasses import dataclass, replace
from enum import Enum
from typing import TYPE_CHECKING

from backend.entities import dates, names, sounds, tokens
from backend.entities.tokens import LATIN_SKELETON, OTHER_SKELETON, PART, WITHOUT_ONE, WORD

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

SHORTEST_BEGINNING = 3
"""So many letters ask for every word that begins so; fewer would be answered by half the space."""
_QUOTED = re.compile(r'["“”„«]([^"“”„«»]+)["“”„»]')
_SHORTEST_WITH_PATRONYMIC = 3


class Role(Enum):
    """How much of a name a word is: must be there, may be missing where all else of the name is there, says nothing."""

    NEEDED = "needed"
    WEAK = "weak"
    FREE = "free"


@dataclass(frozen=True, slots=True)
class Word:
    """A word, and what it may be written together with its neighbours. `begins`: other words may begin with it."""

    text: str
    role: Role = Role.NEEDED
    begins: bool = False
    together: tuple[str, ...] = ()

    @property
    def initial(self) -> bool:
        """Whether it is one letter, which stands for a name."""
        return len(self.text) == 1 and self.text.isalpha()

    def near(self) -> Iterator[str]:
        """Return the tokens of the word itself, in any script."""
        yield from tokens.forms(self.text)
        yield from self.together
        yield from (OTHER_SKELETON + each for each in tokens.bones(self.text))
        if sounds.script(self.text) != "LATIN":
            yield from (LATIN_SKELETON + each for each in tokens.bones(self.text))

    def far(self) -> Iterator[str]:
        """Return the tokens of what it may have been meant for."""
        if not self.text.isalpha():
            return
        plain = tokens.latin(self.text)
        for each in (self.text, *names.parts(plain)[:1]):
            yield from (LATIN_SKELETON + bones for bones in tokens.bones(each))
        yield from names.nicknames(plain)
        fewer = tokens.without_one(self.text)
        if fewer:
            yield WITHOUT_ONE + tokens.own(self.text)
            yield from (WITHOUT_ONE + each for each in fewer)
            yield from fewer
        yield from dict.fromkeys((plain[:1], tokens.own(self.text)[:1]))


@dataclass(frozen=True, slots=True)
class Phrase:
    """Words that must stand together, in this order."""

    text: str
    words: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class When:
    """A date that a record must say, in any notation."""

    text: str
    dates: tuple[dates.Date, ...]


@dataclass(frozen=True, slots=True)
class Number:
    """A number or reference, whatever stands between its digits; `digits` where it is long enough to be known by its end."""

    text: str
    compact: str
    digits: str = ""


Part = Word | Phrase | When | Number
Reading = tuple[Part, ...]


def read(text: str) -> list[Reading]:
    """Return the ways to read a text; none where there is nothing to look for."""
    plain = unicodedata.normalize("NFKC", text)
    phrases = [_phrase(match.group(1)) for match in _QUOTED.finditer(plain)]
    rest = _QUOTED.sub(" ", plain)
    said = dates.find(rest)
    asked = [it for it in phrases if it.words]
    readings: list[Reading] = [(*asked, *_words(rest))]
    if said:
        whens = [When(rest[it.start : it.end], it.dates) for it in said]
        readings.insert(0, (*asked, *whens, *_words(_without(rest, said))))
    if not asked and (number := _number(rest)):
        readings.append((number,))
    return [it for it in readings if it]


def fulltext(readings: Iterable[Reading], *, far: bool) -> str:
    """Return the engines' query: of one reading every part that must be there, in one of its forms, everything escaped."""
    return " OR ".join(f"({asked})" for each in readings if (asked := _all_of(each, far=far)))


def needed(reading: Reading) -> list[Part]:
    """Return the parts that a record must hold."""
    return [it for it in reading if not isinstance(it, Word) or it.role is Role.NEEDED]


def asks(part: Part, *, far: bool) -> tuple[list[str], list[str]]:
    """Return the tokens of which a record must hold one, and beginnings of tokens that do as well."""
    match part:
        case Word():
            beginnings = [it for it in tokens.forms(part.text) if len(it) >= SHORTEST_BEGINNING] if part.begins else []
            return list(dict.fromkeys([*part.near(), *(part.far() if far else ())])), beginnings
        case Phrase():
            raise TypeError("A phrase asks for each of its words.")
        case When():
            return [next(_date_token(it)) for it in part.dates], []
        case Number():
            return [part.compact, *filter(None, (tokens.number_end(part.digits),))], [part.compact]


def _date_token(date: dates.Date) -> Iterator[str]:
    said = list(tokens.date_tokens(date))
    yield said[0] if date.day else said[-1]


def _all_of(reading: Reading, *, far: bool) -> str:
    found = list[str]()
    for part in needed(reading):
        for each in [Word(word) for word in part.words] if isinstance(part, Phrase) else [part]:
            asked, beginnings = (
                (list(tokens.forms(each.text)), []) if isinstance(part, Phrase) and isinstance(each, Word) else asks(each, far=far)
            )
            escaped = [tokens.escape_fulltext(it) for it in asked] + [tokens.escape_fulltext(it) + "*" for it in beginnings]
            found.append("(" + " OR ".join(escaped) + ")")
    return " AND ".join(found)


def _phrase(text: str) -> Phrase:
    return Phrase(text.strip(), tuple(filter(None, map(tokens.fold, PART.findall(text)))))


def _without(text: str, said: list[dates.Found]) -> str:
    kept = text
    for each in reversed(said):
        kept = f"{kept[: each.start]} {kept[each.end :]}"
    return kept


def _number(text: str) -> Number | None:
    """Return the whole text as one number; None where it has no digit or is one word, which is looked for as it is."""
    words = WORD.findall(text)
    compact = tokens.latin("".join(words))
    digits = "".join(each for each in text if each.isdecimal())
    if len(digits) < SHORTEST_BEGINNING or len(compact) > tokens.LONGEST_COMPACT:
        return None
    long = digits if len(digits) >= tokens.NUMBER_DIGITS else ""
    return Number(text.strip(), compact, long) if len(words) > 1 or long else None


def _words(text: str) -> list[Word]:
    found = [word for match in WORD.finditer(text) for word in _of_compound(match.group(), text[match.end() : match.end() + 1])]
    if all(it.role is not Role.NEEDED for it in found):
        found = [replace(it, role=Role.NEEDED) for it in found]
    found = _weakened(found)
    if found:
        found[-1] = replace(found[-1], begins=True)
    return _beside(found)


def _of_compound(word: str, after: str) -> Iterator[Word]:
    parts = PART.findall(word)
    if len(parts) == 1 or any(each.isdigit() for each in word):
        yield Word(word, _role(word, initial=after == "." or word.isupper()))
    elif names.is_free(tokens.latin(word)):
        yield Word(word, Role.FREE)
    else:
        whole = tokens.forms(word)
        for part in parts:
            yield replace(Word(part, _role(part, initial="." in word)), together=whole)


def _role(word: str, *, initial: bool) -> Role:
    plain = tokens.latin(word)
    if len(word) == 1 and word.isalpha() and (initial or not names.is_free(plain)):
        return Role.WEAK
    return Role.FREE if names.is_free(plain) else Role.NEEDED


def _weakened(words: list[Word]) -> list[Word]:
    """Take a first word of two for a name, and what says whose child somebody is for weak."""
    first = words[0] if len(words) == 2 else None  # noqa: PLR2004 - two words: Ben Marlow is no `ben`
    if first and first.role is Role.FREE and not first.together and not names.is_legal_form(tokens.latin(first.text)):
        words[0] = replace(first, role=Role.NEEDED)
    if sum(it.role is Role.NEEDED for it in words) < _SHORTEST_WITH_PATRONYMIC:
        return words
    plain = [tokens.latin(it.text) for it in words]
    child_of = {at for at, word in enumerate(plain) if names.is_patronymic(word, *plain[at + 1 : at + 2])}
    return [replace(it, role=Role.WEAK) if at in child_of and it.role is Role.NEEDED else it for at, it in enumerate(words)]


def _beside(words: list[Word]) -> list[Word]:
    """Let each word be written together with its neighbours."""
    together: list[list[str]] = [list(it.together) for it in words]
    for start, end, text in tokens.joined([it.text for it in words]):
        for at in range(start, end):
            together[at].append(tokens.latin(text))
    return [replace(it, together=tuple(dict.fromkeys(each))) for it, each in zip(words, together, strict=True)]
