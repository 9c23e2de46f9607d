"""How two words that are written differently may be the same name: by sound, by a letter or two, by an initial."""

from __future__ import annotations

from enum import Enum
from functools import lru_cache

from jellyfish import damerau_levenshtein_distance

from backend.entities import sounds, tokens

_TWO_LETTERS_FROM = 8


class How(Enum):
    """Why a part of what was typed matched."""

    EXACT = "exact"
    PHRASE = "phrase"
    IDENTIFIER = "identifier"
    DATE = "date"
    NUMBER = "number"
    MARKS = "marks"
    TOGETHER = "together"
    SCRIPT = "script"
    BEGINS = "begins"
    SOUNDS = "sounds"
    NICKNAME = "nickname"
    ONE_LETTER = "one_letter"
    TWO_LETTERS = "two_letters"
    INITIAL = "initial"


@lru_cache(maxsize=16_384)
def compare(typed: str, word: str) -> How | None:
    """Return how two words that are written differently may be the same name; None where they are two."""
    if not word.isalpha():
        return None
    if len(typed) == 1 or len(word) == 1:
        return How.INITIAL if tokens.latin(typed)[:1] == tokens.latin(word)[:1] else None
    if set(tokens.bones(typed)) & set(tokens.bones(word)) and _alike(typed, word):
        return How.SCRIPT if sounds.script(typed) != sounds.script(word) else How.SOUNDS
    return _letters_apart(tokens.own(typed), tokens.own(word)) if sounds.script(typed) == sounds.script(word) else None


def _alike(one: str, other: str) -> bool:
    return any(sounds.alike(a, b) for a in tokens.spoken_as(one) for b in tokens.spoken_as(other))


def _letters_apart(one: str, other: str) -> How | None:
    """Return by how many letters two words differ, within bounds: none of a short word, one of five letters, two of eight.

    A last vowel is no slip: Paolo and Paola, Daniel and Daniela are two people.
    """
    shorter = min(len(one), len(other))
    most = 0 if shorter < tokens.SHORTEST_WITHOUT else 1 if shorter < _TWO_LETTERS_FROM else 2
    if abs(len(one) - len(other)) > most or one.rstrip("aeiouy") == other.rstrip("aeiouy"):
        return None
    match damerau_levenshtein_distance(one, other) if most else 0:
        case 1:
            return How.ONE_LETTER
        case 2 if most == 2:  # noqa: PLR2004 - letters
            return How.TWO_LETTERS
        case _:
            return None
