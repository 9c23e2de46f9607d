"""What a derived exhibit is of its original: said when it comes in or later, told in its custody; translations, to each reader theirs."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import pytest

from backend.core.errors import Invalid
from backend.core.ids import new_id
from backend.evidence import changes, rules, service
from backend.evidence.changes import New
from backend.evidence.rules import Derivation, Entry, ExhibitKind, Said, Verb

if TYPE_CHECKING:
    from tests.evidence.conftest import Counter


async def verbs(counter: Counter, exhibit: str) -> list[tuple[str, str | None]]:
    events, whole = await service.chain(counter.world.ctx("Chiara"), counter.space, exhibit)
    assert whole
    return [(event["verb"], event.get("refers_to")) for event in events]


async def shown(counter: Counter, who: str, exhibit: str) -> dict[str, Any]:
    return await service.exhibit(counter.world.ctx(who), counter.space, exhibit)


async def test_a_translation_comes_in_as_one_of_its_original_and_custody_says_so(counter: Counter) -> None:
    original = await counter.hand_in("Chiara", b"Estratto conto", "conto.txt", language="it")
    one = await counter.hand_in("Maarten", b"Statement", "statement.txt", parent=original, derivation="translation", language="en")
    row = await shown(counter, "Chiara", original)
    number = (await shown(counter, "Chiara", one))["number"]
    assert (row["language"], row["derivation"]) == ("it", None)
    assert [(each["id"], each["number"], each["title"], each["language"]) for each in row["translations"]] == [
        (one, number, "statement.txt", "en")
    ]
    assert await verbs(counter, one) == [("derived", original), ("translated", original)]
    assert await verbs(counter, original) == [("acquired", None)]


@pytest.mark.parametrize(
    ("derivation", "told"),
    [("extract", []), ("transcript", []), ("other", []), ("copy", ["copied"]), ("redaction", ["redacted"])],
)
async def test_what_else_is_derived_is_no_translation(counter: Counter, derivation: str, told: list[str]) -> None:
    original = await counter.hand_in("Chiara", b"Estratto conto", "conto.txt")
    one = await counter.hand_in("Chiara", b"Conto", "pagina.txt", parent=original, derivation=derivation)
    assert (await shown(counter, "Chiara", one))["derivation"] == derivation
    assert (await shown(counter, "Chiara", original))["translations"] == []
    assert [verb for verb, _ in await verbs(counter, one)] == ["derived", *told]


async def test_where_nobody_said_it_is_derived_in_some_other_way(counter: Counter) -> None:
    original = await counter.hand_in("Chiara", b"Estratto conto", "conto.txt")
    one = await counter.hand_in("Chiara", b"Conto", "pagina.txt", parent=original)
    assert (await shown(counter, "Chiara", one))["derivation"] == Derivation.OTHER


async def test_a_translation_that_a_reader_does_not_see_is_none_to_them(counter: Counter) -> None:
    original = await counter.hand_in("Chiara", b"Estratto conto", "conto.txt")
    hidden = {"markings": counter.world.ids["Covert"], "derivation": "translation", "language": "nl"}
    one = await counter.hand_in("Chiara", b"Rekening", "rekening.txt", parent=original, **hidden)
    assert [each["id"] for each in (await shown(counter, "Chiara", original))["translations"]] == [one]
    assert (await shown(counter, "Maarten", original))["translations"] == []


async def test_what_is_registered_without_a_file_may_be_a_translation_too(counter: Counter) -> None:
    world, said = counter.world, Said(title="Book", kind=ExhibitKind.OBJECT)
    book = await changes.register(world.ctx("Chiara"), counter.space, New(world.ids["NA-1"], said), Entry(Verb.COLLECTED), new_id())
    said = Said(title="Bound translation", kind=ExhibitKind.OBJECT, derivation=Derivation.TRANSLATION)
    new = New(world.ids["NA-1"], said, book)
    one = await changes.register(world.ctx("Chiara"), counter.space, new, Entry(Verb.COLLECTED), new_id())
    assert [verb for verb, _ in await verbs(counter, one)] == ["derived", "translated"]


async def test_what_it_is_of_its_original_is_said_later_too_and_custody_stays(counter: Counter) -> None:
    original = await counter.hand_in("Chiara", b"Estratto conto", "conto.txt")
    one = await counter.hand_in("Chiara", b"Statement", "statement.txt", parent=original)
    version, before = (await shown(counter, "Chiara", one))["version"], await verbs(counter, one)
    said = Said(derivation=Derivation.TRANSLATION, details={"language": "en"})
    await changes.alter(counter.world.ctx("Chiara"), counter.space, one, said, version, new_id())
    assert [each["language"] for each in (await shown(counter, "Maarten", original))["translations"]] == ["en"]
    assert await verbs(counter, one) == before


async def test_what_was_derived_from_nothing_is_no_translation(counter: Counter) -> None:
    refused = await counter.announce("Chiara", 3, derivation="translation")
    assert (refused.status_code, refused.json()["field"], refused.json()["message"]) == (400, "derivation", rules.NOT_DERIVED)
    one = await counter.hand_in("Chiara", b"Estratto conto", "conto.txt")
    version = (await shown(counter, "Chiara", one))["version"]
    said = Said(derivation=Derivation.COPY)
    with pytest.raises(Invalid, match="derived from no other"):
        await changes.alter(counter.world.ctx("Chiara"), counter.space, one, said, version, new_id())


async def test_what_it_is_of_its_original_is_one_of_a_few_words(counter: Counter) -> None:
    original = await counter.hand_in("Chiara", b"Estratto conto", "conto.txt")
    refused = await counter.announce("Chiara", 3, parent=original, derivation="summary")
    assert (refused.status_code, refused.json()["field"]) == (400, "derivation")
