"""Lines in the order in which they are seen."""

from __future__ import annotations

import re

import pytest

from backend.evidence.custody_words import HAPPENED, LANGUAGES
from backend.evidence.script import joined, seen
from tests.architecture.sources import ROOT


@pytest.mark.parametrize(
    ("text", "from_right", "shown"),
    [
        ("Perla (IT) 12:30", False, "Perla (IT) 12:30"),
        ("محمد", True, "\ufeaa\ufee4\ufea4\ufee3"),
        ("سلام", True, "\ufee1\ufefc\ufeb3"),
        ("مُحَمَّد", True, "\ufeaa\ufee4\ufea4\ufee3"),
        ("by محمد (IT)", False, "by \ufeaa\ufee4\ufea4\ufee3 (IT)"),
        ("محمد 12", False, "12 \ufeaa\ufee4\ufea4\ufee3"),
        ("محمد (IT)", True, "(IT) \ufeaa\ufee4\ufea4\ufee3"),
        ("دار: Genova (IT)", True, "Genova (IT) :\ufead\ufe8d\ufea9"),
        ("שלום", True, "םולש"),
    ],
)
def test_a_line_is_put_as_it_is_seen(text: str, from_right: bool, shown: str) -> None:  # noqa: FBT001 - a column of the table
    assert seen(text, from_right=from_right) == shown


def test_a_letter_that_joins_nothing_stands_alone() -> None:
    assert joined("دار") == "\ufea9\ufe8d\ufead"


@pytest.mark.parametrize("language", LANGUAGES)
def test_paper_and_page_call_what_happened_by_the_same_word(language: str) -> None:
    folder = ROOT / "frontend" / "src" / "text" / language
    page = dict(
        re.findall(r"'custodyVerb\.(\w+)': '(.*)',", "".join((folder / f"{name}.ts").read_text() for name in ("evidence", "checks")))
    )
    assert {verb.upper(): said[LANGUAGES.index(language)] for verb, said in HAPPENED.items()} == page
