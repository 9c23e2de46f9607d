"""Words as the full-text index holds them and as a query asks for them: folded, split and transliterated here, never by the engine.

Every word gives its own script folded (`дравец`), its Latin form (`dravets`), and a consonant skeleton (`xndrfc`) under which
transliterations of one name meet: Dravec, Дравец, Ντράβετς and درافيتس. A Latin word's skeleton has another prefix, and a query for a
Latin word asks only for the skeletons of other scripts, so that two different Latin names never meet by sounding alike.
"""

from __future__ import annotations

import re
import unicodedata
from functools import lru_cache
from itertools import islice
from typing import TYPE_CHECKING

from anyascii import anyascii

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

MOST_TOKENS, MOST_READ = 5_000, 50_000
LONGEST_TOKEN = 64
MOST_JOINED = 8
_LATIN_SKELETON, _OTHER_SKELETON = "xl", "xn"
_SHORTEST_NAME = 2
_LONGEST_COMPACT = 48
_WORD = re.compile(r"[^\W_]+(?:['’‘ʼ`´.\-‐‑·/][^\W_]+)*")
_PART = re.compile(r"[^\W_]+")
_LETTERS = str.maketrans({"ة": "ه", "ى": "ي", "ـ": None, "ς": "σ", "ё": "е", "Ё": "Е"})
_GERMAN = {"ä": "ae", "ö": "oe", "ü": "ue", "ø": "oe", "å": "aa"}
_SPELT = str.maketrans(
    {"š": "sh", "ş": "sh", "ș": "sh", "ś": "sh", "č": "ch", "ć": "ch", "ž": "zh", "ż": "zh", "ź": "zh", "و": None, "ع": None}
)
_GREEK = (("ντ", "д"), ("μπ", "б"), ("γκ", "г"), ("γγ", "г"), ("τζ", "ц"), ("τσ", "ц"), ("ου", "у"))
_SOUNDS = (
    ("shch", "x"), ("sch", "x"), ("tch", "x"), ("ch", "x"), ("sh", "x"), ("zh", "x"), ("kh", "k"), ("gh", "g"), ("ph", "f"), ("th", "t"),
    ("dj", "x"), ("dz", "c"), ("cz", "c"), ("tz", "c"), ("ts", "c"), ("tys", "c"), ("ck", "k"), ("ks", "k"), ("qu", "k"),
)  # fmt: skip
_CLASSES = str.maketrans(
    {"q": "k", "v": "f", "w": "f", "b": "f", "p": "f", "j": "x", "z": "s", "g": "k", **dict.fromkeys("aeiouyh'", None)}
)


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


def skeleton(word: str) -> str:
    """Return the consonant skeleton of a name, equal for usual transliterations of it; empty where it says too little."""
    plain = fold(word.lower().translate(_SPELT))
    for greek, cyrillic in _GREEK if re.search(r"[α-ω]", plain) else ():
        plain = plain.replace(greek, cyrillic)
    sound = latin(plain)
    for letters, one in _SOUNDS:
        sound = sound.replace(letters, one)
    bones = re.sub(r"(.)\1+", r"\1", sound.translate(_CLASSES))
    return bones if len(bones) >= _SHORTEST_NAME and bones.isalpha() else ""


def search_tokens(values: Iterable[str]) -> list[str]:
    """Return the tokens under which values are found, each once, at most 5,000, for the index. Reads no further than that takes."""
    found = dict[str, None]()
    every = (token for value in values for token in _indexed(unicodedata.normalize("NFKC", value)))
    for token in islice(every, MOST_READ):
        found[token[:LONGEST_TOKEN]] = None
        if len(found) == MOST_TOKENS:
            break
    return list(found)


def query_groups(text: str) -> list[tuple[str, ...]]:
    """Return what a typed text asks for: one group per word, each group alternatives of which a record must hold at least one."""
    words = [match.group() for match in _WORD.finditer(unicodedata.normalize("NFKC", text))]
    return [group for word in words if (group := tuple(dict.fromkeys(_asked(word))))]


def escape_fulltext(token: str) -> str:
    """Return a token with every character escaped that the engines' query language gives a meaning."""
    return re.sub(r'([+\-&|!(){}\[\]^"~*?:\\/])', r"\\\1", token)


def _indexed(value: str) -> Iterator[str]:
    for match in _WORD.finditer(value):
        word = match.group()
        yield from _of_word_kept(word) if len(word) <= LONGEST_TOKEN else _of_word(word)
    if len(value) <= _LONGEST_COMPACT and any(each.isdigit() for each in value):
        yield latin(value)


def _of_word(word: str) -> Iterator[str]:
    yield from _forms(word)
    if bones := skeleton(word):
        yield (_LATIN_SKELETON if _is_latin(word) else _OTHER_SKELETON) + bones


@lru_cache(maxsize=16_384)  # the names of a file come again and again
def _of_word_kept(word: str) -> tuple[str, ...]:
    return tuple(_of_word(word))


def _asked(word: str) -> Iterator[str]:
    yield from _whole(word)
    if bones := skeleton(word):
        yield _OTHER_SKELETON + bones
        if not _is_latin(word):
            yield _LATIN_SKELETON + bones


def _forms(word: str) -> Iterator[str]:
    parts = _PART.findall(word)
    for part in parts:
        yield from _whole(part)
    if len(parts) > MOST_JOINED:
        yield from _whole(word)
    for length in range(2, min(len(parts), MOST_JOINED) + 1):
        for start in range(len(parts) - length + 1):
            yield from _whole("".join(parts[start : start + length]))


def _whole(word: str) -> Iterator[str]:
    joined = "".join(_PART.findall(word))
    yield from filter(None, (latin(joined), fold(joined)))
    lower = joined.lower()
    if any(each in lower for each in _GERMAN):
        yield latin("".join(_GERMAN.get(each, each) for each in lower))


def _is_latin(word: str) -> bool:
    return "LATIN" in unicodedata.name(next((each for each in word if each.isalpha()), "a"), "")
