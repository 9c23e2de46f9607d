"""The register of erasures: a chain in which nothing is changed, left out, put in or taken from elsewhere unseen."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import pytest

from backend.keeping import erasures
from backend.keeping.recovery import KeepingError

if TYPE_CHECKING:
    from pathlib import Path

SECRET = b"s" * 32
DRAFT: dict[str, Any] = {"id": "4e6bc8b0-0d3b-4d6c-9f6e-0c1b8f0e1a11", "entities": ["e"], "files": [], "left": []}


def register(count: int = 3) -> list[dict[str, Any]]:
    found = list[dict[str, Any]]()
    for number in range(count):
        found.append(erasures.sealed(DRAFT | {"id": f"{DRAFT['id'][:-1]}{number}"}, found, SECRET))
    return found


def test_a_register_in_order_is_whole_and_comes_back_as_it_was_written(tmp_path: Path) -> None:
    found = register()
    for one in reversed(found):
        erasures.write(tmp_path, one)
        erasures.write(tmp_path, one)
    assert erasures.read(tmp_path) == found
    assert erasures.broken(found, SECRET) is None
    assert {path.stat().st_mode & 0o77 for path in (tmp_path / erasures.FOLDER).iterdir()} == {0}


def test_one_that_lies_in_two_places_counts_once() -> None:
    texts = [erasures.text_of(one) for one in register()]
    assert erasures.in_order([*texts, *reversed(texts)]) == register()


@pytest.mark.parametrize(
    ("spoilt", "number", "why"),
    [
        ([0, 2], 2, "does not follow"),
        ([1, 2], 1, "does not follow"),
        ([0, 0, 1], 2, "does not follow"),
        ([1, 0, 2], 1, "does not follow"),
    ],
)
def test_one_left_out_doubled_or_moved_is_found(spoilt: list[int], number: int, why: str) -> None:
    found = register()
    said = erasures.broken([found[place] for place in spoilt], SECRET)
    assert said
    assert said[0] == number
    assert why in said[1]


def test_one_that_was_changed_or_is_of_another_deployment_is_found() -> None:
    found = register()
    assert erasures.broken([found[0] | {"entities": ["other"]}], SECRET) == (1, "it was changed")
    other = found[0] | {"entities": ["other"]}
    other |= {"hash": erasures.hash_of(other)}
    assert erasures.broken([other], SECRET) == (1, "it is of another deployment")
    with pytest.raises(KeepingError, match=r"at number 1: it is of another deployment\."):
        erasures.require_whole([other], SECRET)


def test_what_is_no_certificate_is_refused(tmp_path: Path) -> None:
    (tmp_path / erasures.FOLDER).mkdir()
    (tmp_path / erasures.FOLDER / "1.json").touch(0o600)
    with pytest.raises(KeepingError, match="does not read"):
        erasures.read(tmp_path)
