"""What the words of a name are: which are pet forms of which, and which are often left out. The words stand in `names.yaml`."""

from __future__ import annotations

import re
from collections import defaultdict
from functools import cache
from pathlib import Path
from typing import TypedDict, cast

import yaml

# Family names in -ović are written in Latin letters with an accent, patronymics mostly in -ovich; a patronymic is only ever left out.
_PATRONYMIC = re.compile(r".{2,}(?:[oei]v(?:itch|ich|ych)|[oe]wits?ch|[oei]vna|[oe]wna|inichna|oglu|ogly|ogli|qizi|kyzy|kizi)")
_SHORTEST_LEGAL_FORM = 3
_SON_OF = frozenset({"oglu", "ogly", "ogli", "oglou", "qizi", "kyzy", "kizi"})
# Names that Arabic writes in two words and other languages often in one: the servant of …, the … of the faith.
_SERVANT = re.compile(r"(abd)(?:[aeou]{1,2}[lrnsztd])(?=[a-z]{3})(.+)")
_OF_FAITH = re.compile(r"([a-z]{2,}?)(?:[aeu](?:l|d)?)(d)in(?:e)?")


class _File(TypedDict):
    nicknames: list[str]
    particles: str
    connectors: str
    legal_forms: str


@cache
def _file() -> _File:
    return cast("_File", yaml.safe_load(Path(__file__).with_name("names.yaml").read_text(encoding="utf-8")))


@cache
def _families() -> dict[str, frozenset[str]]:
    found = defaultdict[str, set[str]](set)
    for line in _file()["nicknames"]:
        for name in line.split():
            found[name].update(line.split())
    return {name: frozenset(others - {name}) for name, others in found.items()}


@cache
def _free() -> frozenset[str]:
    file = _file()
    return frozenset(f"{file['particles']} {file['connectors']} {file['legal_forms']}".split())


@cache
def _legal_forms() -> frozenset[str]:
    return frozenset(word for word in _file()["legal_forms"].split() if len(word) >= _SHORTEST_LEGAL_FORM)


def nicknames(word: str) -> frozenset[str]:
    """Return what else somebody may be called of whom this name is used; `word` and they in plain small Latin letters."""
    return _families().get(word, frozenset())


def is_free(word: str) -> bool:
    """Say whether a name is the same without this word: a particle, an `and`, a legal form."""
    return word in _free()


def is_legal_form(word: str) -> bool:
    """Say whether a word is nothing but a legal form, three letters at least."""
    return word in _legal_forms()


def is_patronymic(word: str, after: str = "") -> bool:
    """Say whether a word tells whose child somebody is, alone or with the word after it; such words are often left out."""
    return _PATRONYMIC.fullmatch(word) is not None or after in _SON_OF


def parts(word: str) -> tuple[str, ...]:
    """Return the two words of an Arabic name that this one was written together from (`abdurrahman`, `nureddine`); else nothing."""
    if servant := _SERVANT.fullmatch(word):
        return servant[1], servant[2]
    faith = _OF_FAITH.fullmatch(word)
    return (faith[1], "din") if faith else ()
