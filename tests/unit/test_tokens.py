"""Names are found in every script and notation, and only the names that were asked for."""

import pytest

from backend.entities.tokens import escape_fulltext, query_groups, search_tokens


def finds(query: str, *values: str) -> bool:
    """Say whether a record with these values answers the query, as the full-text index does."""
    held = set(search_tokens(values))
    return all(held.intersection(group) for group in query_groups(query))


@pytest.mark.parametrize("query", ["Ilian Dravec", "Илиан Дравец", "Ίλιαν Ντράβετς", "إليان درافيتس"])
@pytest.mark.parametrize("name", ["Ilian Dravec", "Илиан Дравец", "Ίλιαν Ντράβετς", "إليان درافيتس"])
def test_a_name_is_found_from_every_script_in_every_script(query: str, name: str) -> None:
    assert finds(query, name)


@pytest.mark.parametrize("query", ["O'Brien-Smith", "obrien smith", "OBrienSmith", "o’brien", "brien"])
def test_a_name_with_marks_inside_is_found_in_every_way_to_write_it(query: str) -> None:
    assert finds(query, "O'Brien-Smith")


@pytest.mark.parametrize(
    ("query", "name"),
    [("muller", "Müller"), ("mueller", "Müller"), ("strasse", "Straße"), ("lodz", "Łódź"), ("egle", "Eglė"), ("oest", "Øst")],
)
def test_letters_with_marks_are_found_without(query: str, name: str) -> None:
    assert finds(query, name)


def test_the_marks_may_be_typed_as_well() -> None:
    assert finds("Müller", "Müller")
    assert finds("Eglė", "Egle")


@pytest.mark.parametrize(("query", "name"), [("Marta", "Mirto"), ("Dravec", "Dravic"), ("Илиан", "Виктор"), ("Dravec", "Дроздов")])
def test_other_names_are_not_found(query: str, name: str) -> None:
    assert not finds(query, name)


def test_a_number_is_found_as_one_word() -> None:
    assert "393335550142" in search_tokens(["+39 333 555 0142"])


def test_what_the_query_language_would_read_is_escaped() -> None:
    assert escape_fulltext('a*b~"c/d:(e)') == r"a\*b\~\"c\/d\:\(e\)"


def test_a_long_text_gives_a_bounded_number_of_tokens() -> None:
    assert len(search_tokens([" ".join(f"w{number}" for number in range(20_000))])) <= 5_000


@pytest.mark.parametrize("mark", [".", "-", "/1."])
def test_a_word_of_very_many_parts_is_read_in_no_time(mark: str) -> None:
    assert len(search_tokens([mark.join(["1"] * 100_000)])) < 200


def test_a_word_of_many_parts_is_found_as_a_whole() -> None:
    assert finds("1.2.3.4.5.6.7.8.9.10.11", "1-2-3-4-5-6-7-8-9-10-11")
