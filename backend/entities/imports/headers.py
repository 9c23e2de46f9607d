"""What a column's name speaks for; the words are in `headers.yaml`."""

from __future__ import annotations

import re
from pathlib import Path
from typing import cast

import yaml


def _words() -> dict[str, tuple[tuple[str, re.Pattern[str]], ...]]:
    said = cast("dict[str, dict[str, list[str]]]", yaml.safe_load(Path(__file__).with_name("headers.yaml").read_text(encoding="utf-8")))
    return {part: tuple((name, re.compile("|".join(words))) for name, words in every.items()) for part, every in said.items()}


_WORDS = _words()


def suggested(name: str) -> str | None:
    """Return the FollowTheMoney property that a column's name speaks for."""
    return _first("properties", name)


def side(name: str) -> str | None:
    """Return `from` for the paying or calling side, `to` for the other, None where the name speaks of neither."""
    return _first("sides", name)


def holding(name: str) -> str | None:
    """Return `owner` or `owned` for a side of a shareholding, None where the name speaks of neither."""
    return _first("holdings", name)


def part(name: str) -> str | None:
    """Return what of a payment or call a column tells: date, time, duration, amount, currency, purpose or its number."""
    return _first("parts", name)


def _first(sort: str, name: str) -> str | None:
    text = " ".join(re.sub(r"[_\-.]+", " ", re.sub(r"(?<=[a-z])(?=[A-Z])", " ", name)).lower().split())
    return next((found for found, words in _WORDS[sort] if words.search(text)), None)
