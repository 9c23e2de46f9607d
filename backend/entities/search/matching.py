"""Whether a record answers what was typed, how well, and why: worked out from its own visible values alone, never by the engine's score."""

from __future__ import annotations

import re
import unicodedata
from dataclasses import dataclass
from functools import lru_cache
from typing import TYPE_CHECKING

from backend.entities import dates, names, sounds, tokens
from backend.entities.search.likeness import How, compare
from backend.entities.search.query import SHORTEST_BEGINNING, Number, Phrase, Role, When, Word, needed
from backend.entities.tokens import NAMES, PART, WORD

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping

    from backend.entities.search.query import Part, Reading

MOST_WORDS_COMPARED = 24
"""A value of more words is a text: its words are found as they are, not as what they may have been meant for."""


_WORTH = {
    How.EXACT: 1.0, How.PHRASE: 1.0, How.IDENTIFIER: 1.0, How.DATE: 1.0, How.NUMBER: 0.95, How.MARKS: 0.97, How.TOGETHER: 0.93,
    How.SCRIPT: 0.92, How.SOUNDS: 0.75, How.NICKNAME: 0.7, How.ONE_LETTER: 0.68, How.TWO_LETTERS: 0.55, How.BEGINS: 0.6, How.INITIAL: 0.5,
}  # fmt: skip


@dataclass(frozen=True, slots=True)
class Reason:
    """Which words of a value answer a part of what was typed, and how. `places` are the value's words, counted from 0."""

    typed: str
    found: str
    how: How
    places: range

    @property
    def worth(self) -> float:
        """Return how much it says, 0 to 1."""
        return _WORTH[self.how]


@dataclass(frozen=True, slots=True)
class Found:
    """The value of a record that answers best, and why; `score` from 0 to 1."""

    score: float
    property: str
    value: str
    reasons: tuple[Reason, ...]


@dataclass(frozen=True, slots=True)
class Piece:
    """A word of a value, or several written together; `spoken` is how it is read aloud."""

    text: str
    places: range
    spoken: str = ""


@dataclass(frozen=True, slots=True)
class Value:
    """A value taken apart once: its words, and the first piece for each way to write one."""

    text: str
    words: tuple[str, ...]
    pieces: tuple[Piece, ...]
    by_form: Mapping[str, Piece]


# ── a record ──────────────────────────────────────────────────────────────────────────────────────────────────────────────────────


def judge(values: Mapping[str, list[str]], readings: Iterable[Reading], text: str) -> Found | None:
    """Return how a record with these values answers a text; None where it does not."""
    taken = [(name, take_apart(value, named=name in NAMES)) for name, said in values.items() for value in said]
    found = [it for each in readings if (it := _judged(taken, each, text))]
    return max(found, key=lambda it: it.score, default=None)


def _judged(values: list[tuple[str, Value]], reading: Reading, text: str) -> Found | None:
    wanted = needed(reading)
    best: dict[int, Reason] = {}
    told: list[tuple[float, str, Value, tuple[Reason, ...]]] = []
    for name, value in values:
        reasons = {at: it for at, part in enumerate(reading) if (it := answer(part, value))}
        for at, reason in reasons.items():
            if at not in best or best[at].worth < reason.worth:
                best[at] = reason
        if reasons:
            told.append((_rank(name, value, reasons, len(reading), text), name, value, tuple(reasons.values())))
    sure = [best[at].how is not How.INITIAL for at, part in enumerate(reading) if at in best and part in wanted]
    if len(sure) < len(wanted) or not any(sure):
        return None
    weak = [at for at, part in enumerate(reading) if isinstance(part, Word) and part.role is Role.WEAK and at not in best]
    if weak and not any(name in NAMES and _covered(value, reasons) for _, name, value, reasons in told):
        return None
    score, name, value, reasons = max(told, key=lambda it: (it[0], it[2].text))
    elsewhere = tuple(it for it in best.values() if it.typed not in {each.typed for each in reasons})
    return Found(round(score, 4), name, value.text, (*reasons, *elsewhere))


def _rank(name: str, value: Value, reasons: Mapping[int, Reason], asked: int, text: str) -> float:
    """A name that is exactly what was typed weighs most; names weigh more than other values, short values more than long ones."""
    named = name in NAMES
    if value.text.casefold() == text.casefold().strip():
        return 0.99 if named else 0.9
    covered = {place for it in reasons.values() for place in it.places}
    density = min(1.0, len(covered) / max(1, len(value.words)))
    return (1.0 if named else 0.7) * (0.65 * sum(it.worth for it in reasons.values()) / asked + 0.3 * density)


def _covered(value: Value, reasons: Iterable[Reason]) -> bool:
    """Say whether what was typed accounts for every word of a name that says something."""
    places = {place for it in reasons for place in it.places}
    return all(at in places or names.is_free(tokens.latin(word)) or len(word) == 1 for at, word in enumerate(value.words))


# ── a value ───────────────────────────────────────────────────────────────────────────────────────────────────────────────────────


@lru_cache(maxsize=8_192)
def take_apart(text: str, *, named: bool) -> Value:
    """Return a value's words and every way to write them."""
    plain = unicodedata.normalize("NFKC", text)
    pieces, by_form = list[Piece](), dict[str, Piece]()
    for piece in _pieces(plain, named=named):
        pieces.append(piece)
        for form in tokens.forms(piece.spoken or piece.text):
            by_form.setdefault(form, piece)
    return Value(text, tuple(PART.findall(plain)), tuple(pieces), by_form)


def _pieces(text: str, *, named: bool) -> Iterator[Piece]:
    words = PART.findall(text)
    at = 0
    for match in WORD.finditer(text):
        parts = PART.findall(match.group())
        yield from _written_together(parts, at)
        at += len(parts)
    if named:
        yield from (Piece(" ".join(words[start:end]), range(start, end), together) for start, end, together in tokens.joined(words))
        for at, word in enumerate(words):
            yield from (Piece(word, range(at, at + 1), part) for part in names.parts(tokens.latin(word)))


def _written_together(parts: list[str], at: int) -> Iterator[Piece]:
    """Return the words of a compound, then those written together; the letters of a legal form (`S.r.l.`) are no initials."""
    whole = "".join(parts)
    if len(parts) == 1 or not names.is_free(tokens.latin(whole)):
        yield from (Piece(word, range(at + place, at + place + 1)) for place, word in enumerate(parts))
    for length in range(2, min(len(parts), tokens.MOST_JOINED) + 1):
        for start in range(len(parts) - length + 1):
            yield Piece("".join(parts[start : start + length]), range(at + start, at + start + length))
    if len(parts) > tokens.MOST_JOINED:
        yield Piece(whole, range(at, at + len(parts)))


def answer(part: Part, value: Value) -> Reason | None:
    """Return how a value answers one part of what was typed; None where it does not."""
    match part:
        case Word():
            return _word(part, value)
        case Phrase():
            return _phrase(part, value)
        case When():
            return _when(part, value)
        case Number():
            return _number(part, value)


def _phrase(part: Phrase, value: Value) -> Reason | None:
    words, size = [tokens.fold(it) for it in value.words], len(part.words)
    at = next((at for at in range(len(words) - size + 1) if tuple(words[at : at + size]) == part.words), None)
    return None if at is None else Reason(part.text, " ".join(value.words[at : at + size]), How.PHRASE, range(at, at + size))


def _when(part: When, value: Value) -> Reason | None:
    said = [date for found in dates.find(value.text) for date in found.dates]
    same = any(it.text.startswith(asked.text) for it in said for asked in part.dates)
    return Reason(part.text, value.text, How.DATE, range(len(value.words))) if same else None


def _number(part: Number, value: Value) -> Reason | None:
    whole = tokens.latin("".join(value.words))
    digits, end = re.sub(r"\D", "", value.text), part.digits.lstrip("0")
    if whole.startswith(part.compact) or (len(end) >= tokens.NUMBER_DIGITS - 1 and digits.endswith(end) and tokens.number_end(value.text)):
        return Reason(part.text, value.text, How.NUMBER, range(len(value.words)))
    return None


# ── a word ────────────────────────────────────────────────────────────────────────────────────────────────────────────────────────


def _word(word: Word, value: Value) -> Reason | None:
    if found := _written(word, value):
        return found
    if len(value.words) > MOST_WORDS_COMPARED or not word.text.isalpha():
        return _beginning(word, value)
    every = (*_other_names(word, value), *_compared(word, value), *filter(None, (_beginning(word, value),)))
    return max(every, key=lambda it: (it.worth, -it.places.start), default=None)


def _written(word: Word, value: Value) -> Reason | None:
    for form in tokens.forms(word.text):
        if (piece := value.by_form.get(form)) and (len(form) > 1 or word.initial):
            return Reason(word.text, piece.text, _same_word(word.text, piece), piece.places)
    together = next((piece for form in word.together if (piece := value.by_form.get(form))), None)
    return Reason(word.text, together.text, How.TOGETHER, together.places) if together else None


def _same_word(typed: str, piece: Piece) -> How:
    if tokens.fold(typed) == tokens.fold(piece.text):
        return How.EXACT
    if sounds.script(typed) != sounds.script(piece.text):
        return How.SCRIPT
    return How.TOGETHER if piece.spoken or len(piece.places) > 1 else How.MARKS


def _beginning(word: Word, value: Value) -> Reason | None:
    if not word.begins:
        return None
    for begun in (it for it in tokens.forms(word.text) if len(it) >= SHORTEST_BEGINNING):
        for form, piece in value.by_form.items():
            if form.startswith(begun):
                return Reason(word.text, piece.text, How.BEGINS, piece.places)
    return None


def _other_names(word: Word, value: Value) -> Iterator[Reason]:
    plain = tokens.latin(word.text)
    for other in names.nicknames(plain):
        if piece := value.by_form.get(other):
            yield Reason(word.text, piece.text, How.NICKNAME, piece.places)
    said = [_part_of_name(part, value) for part in names.parts(plain)]
    places = [piece.places for piece in said if piece]
    if places and len(places) == len(said):
        reached = range(min(it.start for it in places), max(it.stop for it in places))
        yield Reason(word.text, " ".join(value.words[reached.start : reached.stop]), How.TOGETHER, reached)


def _part_of_name(part: str, value: Value) -> Piece | None:
    """Return where a value holds one of the two words of a name, in whatever spelling; both must be there, `din` alone is a name's end."""
    spelt = (it for it in value.pieces if len(it.places) == 1 and compare(part, it.spoken or it.text) in {How.SOUNDS, How.SCRIPT})
    return value.by_form.get(part) or next(spelt, None)


def _compared(word: Word, value: Value) -> Iterator[Reason]:
    for piece in value.pieces:
        if len(piece.places) == 1 and (how := compare(word.text, piece.spoken or piece.text)):
            yield Reason(word.text, piece.text, how, piece.places)
