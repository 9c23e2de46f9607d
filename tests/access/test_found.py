"""A long run goes on where it was broken off, and from the beginning where the sources changed."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from tests.access import found
from tests.access.found import Kept

if TYPE_CHECKING:
    from pathlib import Path


@pytest.fixture(autouse=True)
def everything(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("JOINDER_TEST_ALL", "1")


def test_a_second_run_knows_what_the_first_found_but_looks_into_what_showed_nowhere(tmp_path: Path) -> None:
    first = Kept("mutants", tmp_path)
    first.keep("shown", "a question")
    first.keep("shown nowhere", None)
    assert Kept("mutants", tmp_path).found == {"shown": "a question"}


def test_other_sources_are_looked_into_from_the_beginning(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    Kept("mutants", tmp_path).keep("shown", "a question")
    monkeypatch.setattr(found, "fingerprint", lambda: "others")
    assert Kept("mutants", tmp_path).found == {}


def test_the_ordinary_run_keeps_nothing(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("JOINDER_TEST_ALL", "0")
    Kept("mutants", tmp_path).keep("shown", "a question")
    assert not list(tmp_path.iterdir())
