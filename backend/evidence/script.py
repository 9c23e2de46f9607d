"""Lines in the order in which they are seen: Arabic letters joined, what is written from the right put from right to left.

For what draws letter by letter from the left and knows no script. Of the Unicode bidirectional algorithm it holds what lines of names,
numbers and short sentences need: one paragraph direction, no embeddings.
"""

from __future__ import annotations

import unicodedata
from itertools import groupby

_MIRRORED = str.maketrans("()[]{}<>«»", ")(][}{><»«")
_OPENING, _CLOSING = frozenset("([{"), frozenset(")]}")
_LAM, _ALEFS = "\u0644", "\u0622\u0623\u0625\u0627"
_VOWELS = frozenset(chr(code) for code in (*range(0x64B, 0x653), 0x670, 0x640))
"""Signs above and below letters, left out in everyday writing, and what only draws a word out."""


def _forms() -> dict[str, dict[str, str]]:
    """Return, by letter (or lam and alef), its shapes by their place in a word: <isolated>, <initial>, <medial>, <final>."""
    found = dict[str, dict[str, str]]()
    for code in (*range(0xFB50, 0xFC00), *range(0xFE70, 0xFEFD)):
        place, *letters = unicodedata.decomposition(chr(code)).split() or [""]
        text = "".join(chr(int(letter, 16)) for letter in letters)
        if len(text) == 1 or (text[:1] == _LAM and text[1:] in _ALEFS):
            found.setdefault(text, {}).setdefault(place, chr(code))
    return found


_SHAPES = _forms()


def joined(text: str) -> str:
    """Return the text with each Arabic letter in the shape that it has between its neighbours."""
    letters = _units("".join(one for one in text if one not in _VOWELS))
    shaped, reaches = list[str](), False
    for at, letter in enumerate(letters):
        shapes = _SHAPES.get(letter, {})
        follows = reaches and "<final>" in shapes
        after = _SHAPES.get(letters[at + 1], {}) if at + 1 < len(letters) else {}
        reaches = "<initial>" in shapes and "<final>" in after
        place = ("<medial>" if reaches else "<final>") if follows else ("<initial>" if reaches else "<isolated>")
        shaped.append(shapes.get(place, letter))
    return "".join(shaped)


def seen(line: str, *, from_right: bool) -> str:
    """Return one line, its letters from left to right as they are seen, Arabic ones joined."""
    line = joined(line)
    levels, row = _levels(line, from_right=from_right), list(line)
    for level in range(max(levels, default=0), 0, -1):
        start = 0
        for inside, run in groupby(levels, lambda one, level=level: one >= level):
            end = start + len(list(run))
            if inside:
                row[start:end] = [one.translate(_MIRRORED) for one in reversed(row[start:end])]
            start = end
    return "".join(row)


def _units(text: str) -> list[str]:
    """Return the letters, lam and an alef behind it as one."""
    units = list[str]()
    for letter in text:
        if units and units[-1] == _LAM and letter in _ALEFS:
            units[-1] += letter
        else:
            units.append(letter)
    return units


def _levels(line: str, *, from_right: bool) -> list[int]:
    """Return for each letter 1 where it runs from the right, 2 where it runs from the left inside such, 0 for the rest."""
    base, strong = (1 if from_right else 0), ("R" if from_right else "L")
    sides = list[str]()
    for one in line:
        kind = unicodedata.bidirectional(one)
        if kind in {"R", "AL", "L"}:
            strong = "L" if kind == "L" else "R"
            sides.append(strong)
        else:
            sides.append("N" if kind in {"EN", "AN"} and strong == "R" else "L" if kind in {"EN", "AN"} else "")
    level = {"R": 1, "N": 2, "L": 2 * base}
    found, opened = list[int](), list[int]()
    for at, (one, side) in enumerate(zip(line, sides, strict=True)):
        before = next((one for one in reversed(sides[:at]) if one), "")
        after = next((one for one in sides[at:] if one), "")
        if side:
            found.append(level[side])
        elif one in _CLOSING and opened:
            found.append(opened.pop())  # a pair of brackets stands together
        elif before == after and before:
            found.append(level[before])
        else:
            found.append(1 if {before, after} == {"R", "N"} else base)
        if one in _OPENING:
            opened.append(found[-1])
    return found
