"""How a name sounds, whatever script and standard of transliteration it is written in.

A word is *voiced*: read letter by letter into a small alphabet of sounds, in every way that its letters may be meant (a `c` is k, s, ts or
ch), at most eight. The consonants of a voicing are its *skeleton*, under which the index meets transliterations of one name: Dravec,
Дравец, Ντράβετς and درافيتس. Skeletons are coarse (Marta and Mirto share one), so whatever meets there is compared by its vowels as well.
"""

from __future__ import annotations

import re
import unicodedata
from functools import lru_cache
from itertools import islice, product
from typing import TYPE_CHECKING

from anyascii import anyascii

if TYPE_CHECKING:
    from collections.abc import Iterator

LONGEST_VOICED, MOST_VOICINGS = 32, 8
_KEPT = 16_384  # the names of a file, and of the records that one search looks at, come again and again
_VOWELS = "aeiou"
_FRONT = "eiy"
_GREEK_G = "7"  # a gamma that is written g and spoken y
_GREEK = (
    ("ου", "u"), ("μπ", "b"), ("ντ", "d"), ("γκ", "g"), ("γγ", "ng"), ("τζ", "dz"), ("τσ", "ts"), ("αυ", "av"), ("ευ", "ev"), ("χ", "kh"),
)  # fmt: skip
_SPELT = str.maketrans({
    "š": "sh", "ş": "sh", "ș": "sh", "ś": "sh", "č": "ch", "ć": "ch", "ž": "zh", "ż": "zh", "ź": "zh", "ћ": "ch", "đ": "dj", "ß": "ss",
    "ț": "ts", "ţ": "ts", "ğ": None, "ъ": None, "ь": None, "ё": "o", "þ": "th",
    "ا": "a", "أ": "a", "إ": "i", "آ": "a", "ى": "a", "ة": "a", "و": "u", "ؤ": "u", "ئ": "i", "ي": "i", "ع": "a", "ح": "kh", "ء": None,
    "ـ": None,
})  # fmt: skip
# What letters may be spoken as, longest first; where two ways are possible the index holds both.
_READ: dict[str, tuple[str, ...]] = {
    "schtsch": ("x",), "chtch": ("x",), "shch": ("x",), "tsch": ("x",), "dsch": ("x",), "tch": ("x",), "sch": ("x", "sk"), "dzh": ("x",),
    "tsh": ("x",), "sh": ("x",), "zh": ("x",), "ch": ("x", "k"), "kh": ("k",), "gh": ("g",), "ph": ("f",), "th": ("t",), "dh": ("d",),
    "dj": ("x", "d"), "lj": ("l",), "nj": ("n",), "ny": ("n",), "ly": ("l",), "dz": ("c",), "cz": ("x", "c"), "sz": ("x", "s"),
    "tz": ("c",), "ts": ("c",), "ck": ("k",), "dt": ("t",), "qu": ("k", "kv"), "q": ("k",), "x": ("ks",), "j": ("", "x"), "z": ("z", "c"),
    "w": ("v",), "y": ("i",), _GREEK_G: ("g", ""),
}  # fmt: skip
_LONGEST_READ = max(map(len, _READ))
_BEGINNING: dict[str, tuple[str, ...]] = {"mp": ("b", "mp"), "nt": ("d",), "gk": ("g",), "h": ("k", ""), "j": ("x", ""), "w": ("v", "")}
_CLASSES = str.maketrans({"b": "f", "p": "f", "v": "f", "g": "k", "z": "s"})
# What it costs to take one sound for another; whatever is not here costs 1.
_NEAR = {
    frozenset(pair): cost
    for pair, cost in {
        "ou": 0.2, "ei": 0.2, "ae": 0.4, "ao": 0.5, "eo": 0.5, "iu": 0.6, "ai": 1.0, "io": 1.0, "eu": 0.7, "au": 0.7,
        "bp": 0.5, "bv": 0.5, "fv": 0.3, "fp": 0.5, "bf": 0.6, "pv": 0.6, "gk": 0.3, "sz": 0.1,
    }.items()
}  # fmt: skip
_NO_VOWEL, _NO_VOWEL_WRITTEN, _SILENT_END, _OTHER_END = 0.6, 0.1, 0.2, 0.9
_ALLOWED, _ALLOWED_EACH = 0.1, 0.14


@lru_cache(maxsize=_KEPT)
def voicings(word: str) -> tuple[str, ...]:
    """Return the ways in which a word may be spoken, in small Latin letters: x is any hush, c is ts. Empty for what is no word."""
    letters = _letters(word.lower())
    if not letters.isalpha() and _GREEK_G not in letters:
        return ()
    read = islice(product(*_readings(letters)), MOST_VOICINGS)
    return tuple(dict.fromkeys(_settled("".join(each), doubled=_is_abjad(word)) for each in read))


def skeleton(voicing: str) -> str:
    """Return the consonants of a voicing, those that scripts confuse taken together."""
    return "".join(each for each in voicing if each not in _VOWELS).translate(_CLASSES)


@lru_cache(maxsize=_KEPT)
def skeletons(word: str) -> tuple[str, ...]:
    """Return the skeletons of a word; none for a word of vowels alone."""
    return tuple(dict.fromkeys(bones for each in voicings(word) if (bones := skeleton(each))))


@lru_cache(maxsize=_KEPT)
def alike(one: str, other: str) -> bool:
    """Say whether two words may be the same name: one skeleton, and vowels that differ no more than spellings of one name do."""
    unwritten = _is_abjad(one) or _is_abjad(other)
    pairs = ((a, b) for a in voicings(one) for b in voicings(other) if skeleton(a) == skeleton(b) != "")
    return any(_apart(a, b, unwritten=unwritten) <= _ALLOWED + _ALLOWED_EACH * len(skeleton(a)) for a, b in pairs)


def script(word: str) -> str:
    """Return the script of a word's first letter, as Unicode names it; `LATIN` where it has none."""
    first = next((each for each in word if each.isalpha()), "a")
    return "LATIN" if first.isascii() else unicodedata.name(first, "LATIN").split(maxsplit=1)[0]


def _is_abjad(word: str) -> bool:
    return script(word) in {"ARABIC", "HEBREW"}


def _letters(word: str) -> str:
    """Return the word in plain Latin letters, as they would be read aloud."""
    bare = unicodedata.normalize("NFC", word[:LONGEST_VOICED])
    if re.search(r"[Ͱ-Ͽἀ-῿]", bare):
        bare = _greek(bare)
    plain = anyascii(_unmarked(bare.translate(_SPELT))).lower()
    return "".join(each for each in plain if each.isalnum())


def _unmarked(text: str) -> str:
    return "".join(each for each in unicodedata.normalize("NFKD", text) if unicodedata.category(each) != "Mn")


def _greek(word: str) -> str:
    plain = _unmarked(word).replace("ς", "σ")
    for greek, latin in _GREEK:
        plain = plain.replace(greek, latin)
    return re.sub(r"γ(?=[ειηυ])", _GREEK_G, plain)


def _readings(letters: str) -> Iterator[tuple[str, ...]]:
    at = 0
    while at < len(letters):
        length, ways = _next(letters, at)
        yield ways
        at += length


def _next(letters: str, at: int) -> tuple[int, tuple[str, ...]]:
    """Return how many letters are read together here, and as what."""
    for length in range(min(_LONGEST_READ, len(letters) - at), 0, -1):
        piece = letters[at : at + length]
        if at == 0 and piece in _BEGINNING:
            return length, _BEGINNING[piece]
        if piece in _READ:
            return length, _READ[piece]
    return 1, _single(letters, at)


def _single(letters: str, at: int) -> tuple[str, ...]:
    letter, before, after = letters[at], letters[at - 1 : at], letters[at + 1 : at + 2]
    match letter:
        case "c":
            return ("s", "c", "x") if after and after in _FRONT else ("k", "c") if after else ("c", "k")
        case "g":
            return ("g", "x") if after and after in _FRONT else ("g",)
        case "h":
            return ("k",) if before in _VOWELS and after and after in _VOWELS else ("", "k")
        case "u" if before and before in "ae" and after and after not in _VOWELS:
            return ("u", "v")
        case _:
            return (letter,)


def _settled(voicing: str, *, doubled: bool) -> str:
    """Return a voicing without doubled consonants; where vowels are not written, two of a kind are two."""
    return voicing if doubled else re.sub(r"([^aeiou])\1+", r"\1", voicing)


def _slots(voicing: str) -> tuple[list[str], list[str]]:
    """Return a voicing's runs of vowels, one more than its consonants, and its consonants."""
    return re.split(r"[^aeiou]", voicing), [each for each in voicing if each not in _VOWELS]


def _apart(one: str, other: str, *, unwritten: bool) -> float:
    """Return how far two voicings of one skeleton are apart."""
    vowels, consonants = _slots(one)
    others, other_consonants = _slots(other)
    far = sum(0.0 if a == b else _NEAR.get(frozenset(a + b), 1.0) for a, b in zip(consonants, other_consonants, strict=True))
    last = len(vowels) - 1
    return far + sum(_vowels_apart(a, b, at == last, at == 0, unwritten) for at, (a, b) in enumerate(zip(vowels, others, strict=True)))


def _vowels_apart(one: str, other: str, last: bool, first: bool, unwritten: bool) -> float:  # noqa: FBT001 - three facts of one place in a word
    if one == other:
        return 0.0
    if not one or not other:
        if last:
            return _SILENT_END if (one or other) == "e" else _OTHER_END
        return _NO_VOWEL_WRITTEN if unwritten and not first else _NO_VOWEL
    if unwritten and first:
        return _NO_VOWEL_WRITTEN
    near = max(_run_apart(one, other), _run_apart(other, one))
    return _OTHER_END if last and near > _NEAR[frozenset("ou")] else near


def _run_apart(one: str, other: str) -> float:
    """Return how far the vowels of one run are, on average, from the nearest of another; an i before a vowel glides into it."""
    sung = re.sub("i(?=[aeou])", "", one)
    return sum(min(0.0 if a == b else _NEAR[frozenset(a + b)] for b in other) for a in sung) / len(sung)
