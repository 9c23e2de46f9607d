"""Grades compare on one scale and never gain by conversion."""

import pytest

from backend.entities import grades


@pytest.mark.parametrize("text", ["B2", "b2", "B/2", "B 2", " b-2 ", "Admiralty: B2"])
def test_an_admiralty_grade_has_one_notation(text: str) -> None:
    assert grades.parse(text) == grades.Grade("B2")


@pytest.mark.parametrize(
    ("text", "admiralty"),
    [("4x4: B/2", "B2"), ("4x4 X4", "F6"), ("4×4 C3", "D3"), ("3x5x2: 1BC", "B3"), ("3x5x2 2/D/P", "F6"), ("3x5x2 3E", "E5")],
)
def test_other_scales_are_converted_and_kept(text: str, admiralty: str) -> None:
    assert grades.parse(text) == grades.Grade(admiralty, text)


@pytest.mark.parametrize(
    ("grade", "original", "kept"),
    [
        ("B2", None, ("B2", None)),
        ("4x4: B/2", None, ("B2", "4x4: B/2")),
        ("C3", "3x5x2 2C", ("C3", "3x5x2 2C")),
        (None, "3x5x2 1A", ("B2", "3x5x2 1A")),
        (None, "a friend says so", (None, "a friend says so")),
        (None, None, (None, None)),
    ],
)
def test_what_is_given_is_converted_and_kept(grade: str | None, original: str | None, kept: tuple[str | None, str | None]) -> None:
    assert grades.given(grade, original) == kept


@pytest.mark.parametrize("text", ["", "G2", "B7", "4x4 D1", "3x5x2 4A", "good"])
def test_what_is_no_grade_is_refused(text: str) -> None:
    with pytest.raises(grades.NoGrade):
        grades.parse(text)


@pytest.mark.parametrize(("one", "other"), [("B3", "B2"), ("C2", "B2"), ("A6", "B2"), (None, "F6"), ("F6", "E6")])
def test_the_weaker_of_two_supports_less(one: str | None, other: str | None) -> None:
    assert grades.weaker(one, other)
    assert not grades.weaker(other, one)


def test_a_chain_is_worth_its_weakest_record() -> None:
    assert grades.worst(["A1", "C3", "B2"]) == "C3"
    assert grades.worst(["A1", None]) is None


def test_the_best_of_several_sources_counts() -> None:
    assert grades.best([None, "C3", "B2"]) == "B2"
    assert grades.best([]) is None


def test_at_least_asks_both_source_and_information() -> None:
    assert grades.at_least("A2", "B2")
    assert not grades.at_least("A3", "B2")
    assert not grades.at_least(None, "F6")


def test_the_strictest_handling_code_holds_for_all() -> None:
    assert grades.strictest(["H0", "H2", "H1"]) == "H2"
    assert grades.strictest([]) == "H0"
