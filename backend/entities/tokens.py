"""Words as the full-text index holds them and as a query asks for them: folded, split and transliterated here, never by the engine.

| token | what for |
|---|---|
| `дравец` `dravets` | a word's own script folded, and in Latin letters; also of words written together (`obrien`, `seongdae`) |
| `xldrfc` `xndrfc` | skeletons (`sounds`) of a Latin word and of any other: transliterations and other spellings of one name meet here |
| `xddravc` | a word of a name without one of its letters: what is typed with a letter wrong meets here |
| `xt19810412` `xm198104` | a date as it is said, and the month that it lies in |
| `xz50142857` | the last eight digits of a number: a telephone without its country, an account without its bank |
"""

from __future__ import annotations

import re
import unicodedata
from functools import lru_cache
from itertools import islice
from typing import TYPE_CHECKING

from anyascii import anyascii

from backend.entities import dates, names, sounds

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping

MOST_TOKENS, MOST_READ = 5_000, 50_000
LONGEST_TOKEN = 64
MOST_JOINED = 8
NAMES = frozenset({
    "name", "alias", "previousName", "weakAlias", "firstName", "secondName", "middleName", "lastName", "fatherName", "motherName",
})  # fmt: skip
"""Properties whose values are names: their words are found with a letter wrong, and written together."""
LATIN_SKELETON, OTHER_SKELETON, WITHOUT_ONE, SAID, MONTH, NUMBER = "xl", "xn", "xd", "xt", "xm", "xz"
SHORTEST_WITHOUT, LONGEST_WITHOUT = 5, 16
NUMBER_DIGITS = 8
LONGEST_COMPACT = 48
MOST_NAME_WORDS = 12
WORD = re.compile(r"[^\W_]+(?:['’‘ʼ`´.\-‐‑·/][^\W_]+)*")
PART = re.compile(r"[^\W_]+")
_ARTICLE, _SHORTEST_WITH_ARTICLE = "ال", 5
_ARTICLES = frozenset({"el", "ul", "al", "ad", "ar", "as", "ash", "at", "az", "an"})
_LETTERS = str.maketrans({"ة": "ه", "ى": "ي", "ـ": None, "ς": "σ", "ё": "е", "Ё": "Е"})
_GERMAN = {"ä": "ae", "ö": "oe", "ü": "ue", "ø": "oe", "å": "aa", "đ": "dj"}
_KEPT = 16_384  # the names of a file come again and again


def fold(text: str) -> str:
    """Return the text without marks and case, in its own script (`Eglė` → `egle`, `Ίλιαν` → `ιλιαν`)."""
    if text.isascii():
        return text.lower()
    bare = "".join(each for each in unicodedata.normalize("NFKD", text) if unicodedata.category(each) != "Mn")
    return unicodedata.normalize("NFKC", bare).casefold().translate(_LETTERS)


def latin(text: str) -> str:
    """Return the text in unmarked Latin letters and digits, lower case (`Straße` → `strasse`, `Łódź` → `lodz`)."""
    plain = text if text.isascii() else anyascii(unicodedata.normalize("NFC", text).translate(_LETTERS))
    lower = plain.lower()
    return lower if lower.isalnum() else "".join(each for each in lower if each.isalnum())


@lru_cache(maxsize=_KEPT)
def forms(word: str) -> tuple[str, ...]:
    """Return the ways to write a word without marks, the first in Latin letters; `word` may hold marks inside, as `O'Brien`."""
    joined = "".join(PART.findall(word))
    found = [latin(joined), fold(joined)]
    lower = joined.lower()
    if any(each in lower for each in _GERMAN):
        found.append(latin("".join(_GERMAN.get(each, each) for each in lower)))
    for bare in spoken_as(joined)[:-1]:
        found += [latin(bare), fold(bare)]
    return tuple(dict.fromkeys(filter(None, found)))


def own(word: str) -> str:
    """Return a word without marks in its own script, in which letters are counted."""
    return latin(word) if sounds.script(word) == "LATIN" else fold(word)


def without_one(word: str) -> list[str]:
    """Return a word without each of its letters in turn; nothing for one that is too short to be known by the rest, or too long."""
    plain = own(word)
    if not SHORTEST_WITHOUT <= len(plain) <= LONGEST_WITHOUT or not plain.isalpha():
        return []
    return list(dict.fromkeys(plain[:at] + plain[at + 1 :] for at in range(len(plain))))


@lru_cache(maxsize=_KEPT)
def bones(word: str) -> tuple[str, ...]:
    """Return the skeletons of a word, of an Arabic one with and without its article."""
    if not word.isalpha():
        return ()
    return tuple(dict.fromkeys(each for spoken in spoken_as(word) for each in sounds.skeletons(spoken)))


def spoken_as(word: str) -> tuple[str, ...]:
    """Return a word, and an Arabic one without its article as well."""
    return (word[len(_ARTICLE) :], word) if word.startswith(_ARTICLE) and len(word) >= _SHORTEST_WITH_ARTICLE else (word,)


def search_tokens(values: Iterable[str]) -> list[str]:
    """Return the tokens under which values that are no names are found, as `record_tokens`."""
    return record_tokens({"": list(values)})


def text_tokens(text: str) -> list[str]:
    """Return the tokens under which a page is found, each once: its words in their own script and in Latin letters, no skeletons."""
    words = (word for match in WORD.finditer(unicodedata.normalize("NFKC", text)) for word in _forms(match.group()))
    return list(dict.fromkeys(word[:LONGEST_TOKEN] for word in islice(words, MOST_READ)))


def record_tokens(values: Mapping[str, list[str]]) -> list[str]:
    """Return the tokens under which a record is found, each once, at most 5,000. Reads no further than that takes."""
    found = dict[str, None]()
    every = (
        token
        for name, said in values.items()
        for value in said
        for token in _indexed(unicodedata.normalize("NFKC", value), named=name in NAMES)
    )
    for token in islice(every, MOST_READ):
        found[token[:LONGEST_TOKEN]] = None
        if len(found) == MOST_TOKENS:
            break
    return list(found)


def escape_fulltext(token: str) -> str:
    """Return a token with every character escaped that the engines' query language gives a meaning."""
    return re.sub(r'([+\-&|!(){}\[\]^"~*?:\\/])', r"\\\1", token)


def number_end(text: str) -> str:
    """Return the token of a number by its last digits, whatever stands between them; empty where it is no long number."""
    digits = "".join(each for each in text if each.isdecimal())
    if len(digits) < NUMBER_DIGITS or len(text) > LONGEST_COMPACT:
        return ""
    return NUMBER + digits[-NUMBER_DIGITS:]


def date_tokens(date: dates.Date) -> Iterator[str]:
    """Return the tokens of a date: as it is said, and its month."""
    yield SAID + date.text
    if date.month:
        yield MONTH + date.text[: len("198104")]


def joined(words: list[str]) -> Iterator[tuple[int, int, str]]:
    """Return neighbours of a name written together, with the places of the first and behind the last: pairs, and particles with a word."""
    for start in range(len(words) - 1):
        yield start, start + 2, words[start] + words[start + 1]
        if latin(words[start]) in _ARTICLES:
            yield start, start + 2, "al" + words[start + 1]
        if start + 2 < len(words) and names.is_free(latin(words[start])) and names.is_free(latin(words[start + 1])):
            yield start, start + 3, words[start] + words[start + 1] + words[start + 2]


def _indexed(value: str, *, named: bool) -> Iterator[str]:
    for match in WORD.finditer(value):
        word = match.group()
        yield from _of_word_kept(word) if len(word) <= LONGEST_TOKEN else _of_word(word)
    if named:
        yield from _of_name(value)
    if len(value) <= LONGEST_COMPACT and any(each.isdigit() for each in value):
        yield latin(value)
    if value.isdecimal() and len(value) == len("1981"):
        yield SAID + value
    said = dates.find(value)
    if not said and (end := number_end(value)):
        yield end
    for found in said:
        for date in found.dates:
            yield from date_tokens(date)


def _of_name(value: str) -> Iterator[str]:
    words = PART.findall(value)[:MOST_NAME_WORDS]
    for word in words:
        yield from _of_name_word(word)
    for _, _, together in joined(words):
        yield latin(together)


@lru_cache(maxsize=_KEPT)
def _of_name_word(word: str) -> tuple[str, ...]:
    found = [WITHOUT_ONE + each for each in without_one(word)]
    for part in names.parts(latin(word)):
        found += [part, *(LATIN_SKELETON + each for each in bones(part))]
    return tuple(found)


def _of_word(word: str) -> Iterator[str]:
    yield from _forms(word)
    prefix = LATIN_SKELETON if sounds.script(word) == "LATIN" else OTHER_SKELETON
    for part in PART.findall(word)[:MOST_JOINED]:
        yield from (prefix + each for each in bones(part))


@lru_cache(maxsize=_KEPT)
def _of_word_kept(word: str) -> tuple[str, ...]:
    return tuple(_of_word(word))


def _forms(word: str) -> Iterator[str]:
    parts = PART.findall(word)
    for part in parts:
        yield from forms(part)
    if len(parts) > MOST_JOINED:
        yield from forms(word)
    for length in range(2, min(len(parts), MOST_JOINED) + 1):
        for start in range(len(parts) - length + 1):
            yield from forms("".join(parts[start : start + length]))
