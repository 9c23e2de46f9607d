"""Names are found in every script and notation, and only the names that were asked for; each match says why."""

import pytest

from backend.entities.search import matching, query
from backend.entities.search.likeness import How
from backend.entities.tokens import escape_fulltext, record_tokens, search_tokens
from tests.unit.test_name_pairs import held


def finds(typed: str, **values: str) -> matching.Found | None:
    """Return how a record with these values answers, as the index and the ranking do."""
    said, readings = {name: [value] for name, value in values.items()}, query.read(typed)
    tokens = frozenset(record_tokens(said))
    led = any(all(held(part, tokens) for part in query.needed(reading)) for reading in readings)
    return matching.judge(said, readings, typed) if led else None


@pytest.mark.parametrize("typed", ["Ilian Dravec", "Илиан Дравец", "Ίλιαν Ντράβετς", "إليان درافيتس"])
@pytest.mark.parametrize("name", ["Ilian Dravec", "Илиан Дравец", "Ίλιαν Ντράβετς", "إليان درافيتس"])
def test_a_name_is_found_from_every_script_in_every_script(typed: str, name: str) -> None:
    assert finds(typed, name=name)


@pytest.mark.parametrize("typed", ["Ilian Dravec", "Илиан Дравец", "Ίλιαν Ντράβετς", "إليان درافيتس"])
@pytest.mark.parametrize("name", ["Ilian Dravec", "Илиан Дравец", "Ίλιαν Ντράβετς", "إليان درافيتس"])
def test_a_name_in_another_script_is_led_to_at_once(typed: str, name: str) -> None:
    """What is near is asked for first, and often alone: another script belongs to it."""
    (reading,) = query.read(typed)
    held_of = frozenset(record_tokens({"name": [name]}))
    assert all(held_of & set(query.asks(part, far=False)[0]) for part in reading)


@pytest.mark.parametrize("typed", ["dr", "dra", "др", "дра"])
def test_a_beginning_has_three_letters(typed: str) -> None:
    """Two letters begin half the words of a space: the index is not asked for them, and the ranking does not take them."""
    readings = query.read(typed)
    (word,) = readings[0]
    assert bool(query.asks(word, far=False)[1]) is (len(typed) == 3)
    said = {"name": ["Ilian Dravec" if typed.isascii() else "Илиан Дравец"]}
    assert bool(matching.judge(said, readings, typed)) is (len(typed) == 3)


@pytest.mark.parametrize("typed", ["114523", "a1b2c3", "x-12-y"])
def test_nothing_far_is_asked_for_what_has_digits(typed: str) -> None:
    for part in query.read(typed)[0]:
        assert query.asks(part, far=True) == query.asks(part, far=False)


@pytest.mark.parametrize("typed", ["O'Brien-Smith", "obrien smith", "OBrienSmith", "o’brien", "brien"])
def test_a_name_with_marks_inside_is_found_in_every_way_to_write_it(typed: str) -> None:
    assert finds(typed, name="O'Brien-Smith")


@pytest.mark.parametrize(
    ("typed", "name"),
    [("muller", "Müller"), ("mueller", "Müller"), ("strasse", "Straße"), ("lodz", "Łódź"), ("egle", "Eglė"), ("oest", "Øst")],
)
def test_letters_with_marks_are_found_without(typed: str, name: str) -> None:
    assert finds(typed, name=name)


@pytest.mark.parametrize(
    ("typed", "values", "how"),
    [
        ("dravec", {"name": "Ilian Dravec"}, How.EXACT),
        ("dravets", {"name": "Илиан Дравец"}, How.SCRIPT),
        ("Mueller", {"name": "Jens Müller"}, How.MARKS),
        ("dra", {"name": "Ilian Dravec"}, How.BEGINS),
        ("dravetz", {"name": "Ilian Dravec"}, How.SOUNDS),
        ("darvec", {"name": "Ilian Dravec"}, How.ONE_LETTER),
        ("marchettti", {"name": "Lena Marchetti"}, How.SOUNDS),
        ("merchattti", {"name": "Lena Marchetti"}, None),
        ("Sasha", {"name": "Aleksandr Vyazemtsev"}, How.NICKNAME),
        ("Delabrosse", {"name": "Luc de la Brosse"}, How.TOGETHER),
        ("Nureddin", {"name": "Nour al-Din"}, How.TOGETHER),
        ("Nureddin", {"name": "Salah al-Din"}, None),
        ("Abdurrahman", {"name": "Abdullah"}, None),
        ('"salt quay"', {"name": "Salt & Quay Logistics"}, How.PHRASE),
        ('"quay salt"', {"name": "Salt & Quay Logistics"}, None),
        ('"dravets"', {"name": "Ilian Dravec"}, None),
        ("12 April 1981", {"birthDate": "1981-04-12"}, How.DATE),
        ("12.04.1981", {"birthDate": "1981-04-12"}, How.DATE),
        ("April 1981", {"birthDate": "1981-04-12"}, How.DATE),
        ("1981-04", {"birthDate": "1981-04-12"}, How.DATE),
        ("1981", {"birthDate": "1981-04-12"}, How.EXACT),
        ("13 April 1981", {"birthDate": "1981-04-12"}, None),
        ("il 12 aprile 1981", {"summary": "nato a Skopje il 12.04.1981, titolare"}, How.DATE),
        ("06 555 01187", {"phone": "+31655501187"}, How.NUMBER),
        ("333 555 0142", {"phone": "+393335550142"}, How.NUMBER),
        ("RX 114 T", {"registrationNumber": "RX-114-T"}, How.EXACT),
        ("rx114t", {"registrationNumber": "RX-114-T"}, How.EXACT),
    ],
)
def test_a_match_says_why(typed: str, values: dict[str, str], how: How | None) -> None:
    found = finds(typed, **values)
    assert (found.reasons[0].how if found else None) is how


def test_words_may_stand_in_different_values_of_one_record() -> None:
    found = finds("dravec 1979", name="Ilian Dravec", birthDate="1979-04-12")
    assert found
    assert [(it.typed, it.found) for it in found.reasons] == [("dravec", "Dravec"), ("1979", "1979")]


def test_what_was_typed_exactly_comes_before_what_it_may_have_been_meant_for() -> None:
    scores = [found.score for name in ("Dravec", "Ilian Dravec", "Ilian Dravetz", "Sasho Bravec") if (found := finds("dravec", name=name))]
    assert scores == sorted(scores, reverse=True)
    assert len(set(scores)) == len(scores) == 4


def test_letters_are_not_guessed_in_numbers_and_texts() -> None:
    assert not finds("114523", registrationNumber="114524")
    assert not finds("dravetz", summary="word " * 30 + "Dravec")


@pytest.mark.parametrize(("typed", "name"), [("Marta", "Mirto"), ("Dravec", "Drovac"), ("Илиан", "Виктор"), ("Dravec", "Дроздов")])
def test_other_names_are_not_found(typed: str, name: str) -> None:
    assert not finds(typed, name=name)


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
    assert finds("1.2.3.4.5.6.7.8.9.10.11", summary="1-2-3-4-5-6-7-8-9-10-11")


@pytest.mark.parametrize("typed", ["", "  ", '""', "&", "?!", '"', "*"])
def test_nothing_is_asked_for_where_nothing_was_typed(typed: str) -> None:
    assert query.read(typed) == []
