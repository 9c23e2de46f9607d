"""How well names are found however they are written: recall and precision on `name_pairs.yaml`, overall and for each sort of difference.

Run with `-s` to read the figures. A pair is found where the index is asked for a token that the name holds and the ranking agrees, as for a
search. Names of different groups of one category must not find one another either.
"""

from __future__ import annotations

import sys
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING, TypedDict, cast

import pytest
import yaml

from backend.entities.search import matching, query
from backend.entities.tokens import forms, record_tokens

if TYPE_CHECKING:
    from collections.abc import Iterable

    from backend.entities.search.query import Part

# What was reached when this was written, less a small margin. Before search compared sounds, letters and pet forms it was 0.30 and 0.98.
RECALL, PRECISION = 0.97, 0.985
RECALL_OF = {
    "cyrillic": 0.97, "greek": 0.98, "arabic": 0.93, "spellings": 0.98, "diacritics": 0.93, "order": 0.98, "particles": 0.93,
    "nicknames": 0.98, "typos": 0.91, "initials": 0.98, "legal_forms": 0.98,
}  # fmt: skip


class Said(TypedDict):
    """What the file says of one category."""

    same: list[list[str]]
    other: list[list[str]]


@dataclass(frozen=True, slots=True)
class Reached:
    """Pairs that had to be found and were not, those that had not and were, and how many there were of each."""

    missed: list[tuple[str, str]]
    wrong: list[tuple[str, str]]
    same: int
    other: int

    @property
    def recall(self) -> float:
        return 1 - len(self.missed) / self.same

    @property
    def precision(self) -> float:
        right = self.same - len(self.missed)
        return right / (right + len(self.wrong))


def held(part: Part, tokens: frozenset[str]) -> bool:
    """Say whether the index leads from what was typed to a record with these tokens."""
    if isinstance(part, query.Phrase):
        return all(tokens & set(forms(word)) for word in part.words)
    asked, beginnings = query.asks(part, far=True)
    return bool(tokens & set(asked)) or any(token.startswith(tuple(beginnings)) for token in tokens)


@cache
def tokens_of(name: str) -> frozenset[str]:
    return frozenset(record_tokens({"name": [name]}))


def found(typed: str, name: str) -> bool:
    readings = query.read(typed)
    led = any(all(held(part, tokens_of(name)) for part in query.needed(reading)) for reading in readings)
    return led and matching.judge({"name": [name]}, readings, typed) is not None


@cache
def categories() -> dict[str, Said]:
    return cast("dict[str, Said]", yaml.safe_load(Path(__file__).with_name("name_pairs.yaml").read_text(encoding="utf-8")))


@cache
def reached(category: str) -> Reached:
    said = categories()[category]
    same = [(a, b) for group in said["same"] for a in group for b in group if a != b]
    other = [(a, b) for a, b in said["other"]]
    other += [(a, b) for one in said["same"] for two in said["same"] if one is not two for a in one for b in two]
    return Reached([it for it in same if not found(*it)], [it for it in other if found(*it)], len(same), len(other))


def together(every: Iterable[Reached]) -> Reached:
    each = list(every)
    missed, wrong = ([it for one in each for it in getattr(one, name)] for name in ("missed", "wrong"))
    return Reached(missed, wrong, sum(one.same for one in each), sum(one.other for one in each))


@pytest.mark.parametrize("category", list(RECALL_OF))
def test_each_sort_of_difference_is_bridged(category: str) -> None:
    one = reached(category)
    assert one.recall >= RECALL_OF[category], one.missed


def test_names_are_found_and_other_names_are_not() -> None:
    every = {category: reached(category) for category in categories()}
    assert set(every) == set(RECALL_OF)
    whole = together(every.values())
    for name, one in (*every.items(), ("in all", whole)):
        sys.stdout.write(f"{name:12} recall {one.recall:.3f} of {one.same:4}, precision {one.precision:.3f} among {one.other:5} others\n")
    assert whole.recall >= RECALL, whole.missed
    assert whole.precision >= PRECISION, whole.wrong
