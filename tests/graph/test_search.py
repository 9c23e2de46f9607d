"""Search on a real engine: what the index leads to, in which order, with which filters, and after a change of the tokens."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta
from typing import TYPE_CHECKING

import pytest
import pytest_asyncio

from backend.core.errors import Invalid, NotFound
from backend.core.ids import new_id
from backend.entities import changes
from backend.entities.search import service as search
from backend.entities.search.facets import Count
from backend.entities.search.likeness import How
from backend.entities.search.wanted import Wanted
from graph.queries import search as queries
from tests.support.world import World, team

if TYPE_CHECKING:
    from typing import LiteralString

    from graph.driver import Graph

AS_BEFORE: LiteralString = "MATCH (r:Record {about: $about}) SET r.search = 'ilian dravec' RETURN count(r)"
OLD: LiteralString = "MERGE (m:Migration {id: 'tokens'}) SET m.done = 1 RETURN m.done"


@pytest_asyncio.fixture(loop_scope="session")
async def named(world: World) -> World:
    """People and companies whose names stand in several scripts and notations."""
    await team(world)
    await world.case("Saltmarsh", "NL-2", "Chiara")
    born = {"birthDate": "1979-04-12", "phone": "+31 6 5550 1187"}
    await world.entity("Saltmarsh", "Dravec", "Chiara", "NA-1", name="Ilian Dravec", **born)
    await world.entity("Saltmarsh", "Sasha", "Maarten", "NL-2", name="Александр Вяземцев")
    await world.entity("Saltmarsh", "Quay", "Chiara", "NA-1", kind="Company", name="Salt & Quay Logistics B.V.")
    await world.entity("Saltmarsh", "Sand", "Maarten", "NL-2", kind="Company", name="Quay Salt Works")
    return world


async def asked(world: World, text: str, wanted: Wanted | None = None, first: int = 10) -> list[tuple[str, How]]:
    """Return who is found, best first, and how the first part of the text matched."""
    hits = await search.search(world.ctx("Maarten"), world.ids["Saltmarsh"], text, first, wanted)
    name_of = {one: name for name, one in world.ids.items()}
    return [(name_of[hit.entity.id], hit.found.reasons[0].how) for hit in hits]


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("dravetz", [("Dravec", How.SOUNDS)]),
        ("Darvec", [("Dravec", How.ONE_LETTER)]),
        ("Дравец", [("Dravec", How.SCRIPT)]),
        ("Sasha Vyazemtsev", [("Sasha", How.NICKNAME)]),
        ("12.04.1979", [("Dravec", How.DATE)]),
        ("06 5550 1187", [("Dravec", How.NUMBER)]),
        ("0031655501187", [("Dravec", How.IDENTIFIER)]),
        ('"salt quay"', [("Quay", How.PHRASE)]),
        ("salt quay", [("Sand", How.EXACT), ("Quay", How.EXACT)]),
        ("dravec 1979", [("Dravec", How.EXACT)]),
        ("sa", []),
        ("dra* OR", []),
        ("dravec) OR (quay", []),
    ],
)
async def test_a_thing_is_found_however_it_is_typed(named: World, text: str, found: list[tuple[str, How]]) -> None:
    assert sorted(await asked(named, text)) == sorted(found)


async def test_a_hit_names_the_record_that_says_so(named: World) -> None:
    (hit,) = await search.search(named.ctx("Maarten"), named.ids["Saltmarsh"], "dravetz", 10)
    assert (hit.record.title, hit.record.locator, hit.record.grade, hit.country) == ("E-100", "p.1", "B2", "IT")
    assert (hit.label, hit.found.value) == ("Name", "Ilian Dravec")
    assert [(it.typed, it.found) for it in hit.found.reasons] == [("dravetz", "Dravec")]


@pytest.mark.parametrize(
    ("wanted", "found"),
    [
        (Wanted(kinds=["Company"]), {"Quay", "Sand"}),
        (Wanted(kinds=["Person"]), set[str]()),
        (Wanted(country="NL"), {"Sand"}),
        (Wanted(country="LT"), set[str]()),
        (Wanted(grade_at_least="B2"), {"Quay", "Sand"}),
        (Wanted(grade_at_least="A1"), set[str]()),
    ],
)
async def test_what_is_found_can_be_narrowed(named: World, wanted: Wanted, found: set[str]) -> None:
    assert {who for who, _ in await asked(named, "quay", wanted)} == found


async def test_it_can_be_narrowed_to_a_case_and_to_days(named: World) -> None:
    today = named.parts.clock.now().date()
    assert {who for who, _ in await asked(named, "quay", Wanted(case=named.ids["NL-2"]))} == {"Sand"}
    assert len(await asked(named, "quay", Wanted(recorded_from=today, recorded_to=today))) == 2
    assert await asked(named, "quay", Wanted(recorded_from=today + timedelta(days=1))) == []
    assert await asked(named, "quay", Wanted(recorded_to=today - timedelta(days=1))) == []


@pytest.mark.parametrize(
    ("text", "wanted", "found"),
    [
        ("dravec", Wanted(stated_from=date(1979, 4, 12), stated_to=date(1979, 4, 12)), {"Dravec"}),
        ("dravec", Wanted(stated_from=date(1979, 4, 13)), set[str]()),
        ("dravec", Wanted(stated_to=date(1979, 4, 11)), set[str]()),
        ("dravec", Wanted(stated_to=date(1990, 1, 1), stated_as="deathDate"), set[str]()),
        ("sasha", Wanted(stated_from=date(1980, 5, 9), stated_to=date(1980, 5, 10)), {"Sasha"}),
        ("sasha", Wanted(stated_from=date(1980, 6, 1)), set[str]()),
        ("quay", Wanted(stated_from=date(2026, 2, 3), stated_to=date(2026, 2, 3), stated_as="date"), {"Quay", "Sand"}),
        ("quay", Wanted(stated_from=date(2026, 2, 4)), set[str]()),
    ],
)
async def test_it_can_be_narrowed_to_dates_that_are_stated(named: World, text: str, wanted: Wanted, found: set[str]) -> None:
    """A birth date; a month, of which each day counts; the day of a payment, which a record of a link states."""
    await named.record("Saltmarsh", "Sasha", "Maarten", "NL-2", name="Александр Вяземцев", birthDate="1980-05")
    await named.link("Saltmarsh", "paid", ("Quay", "Sand"), "Maarten", "NL-2", kind="Payment", date="2026-02-03", amount="5")
    assert {who for who, _ in await asked(named, text, wanted)} == found


async def test_a_hit_says_the_date_for_which_it_was_found(named: World) -> None:
    """Its own, or that of the link that states it, with the other end and the record that says so."""
    await named.link("Saltmarsh", "paid", ("Quay", "Sand"), "Maarten", "NL-2", kind="Payment", date="2026-02-03", amount="5")
    day, none = Wanted(stated_from=date(2026, 2, 3), stated_to=date(2026, 2, 3)), Wanted()
    ctx, space = named.ctx("Maarten"), named.ids["Saltmarsh"]
    found = {hit.entity.caption: hit.stated for hit in await search.search(ctx, space, "quay", 10, day)}
    said = found["Salt & Quay Logistics B.V."]
    assert said
    assert (said.property, said.value, said.record.kind, said.outward()) == ("date", "2026-02-03", "Payment", True)
    assert said.other
    assert said.other.caption == "Quay Salt Works"
    assert found["Quay Salt Works"]
    assert not found["Quay Salt Works"].outward()
    [own] = await search.search(ctx, space, "dravec", 10, Wanted(stated_to=date(1990, 1, 1)))
    assert own.stated
    assert (own.stated.label, own.stated.value, own.stated.other) == ("Birth date", "1979-04-12", None)
    assert [hit.stated for hit in await search.search(ctx, space, "quay", 10, none)] == [None, None]


async def test_facets_count_what_each_choice_would_find(named: World) -> None:
    """Each facet leaves its own filter aside and keeps the others; what is counted is what the search finds."""
    await named.record("Saltmarsh", "Quay", "Chiara", "NA-1", name="Salt & Quay Logistics")
    facets = await search.facets_of(named.ctx("Maarten"), named.ids["Saltmarsh"], "quay", Wanted(country="NL"))
    assert (facets.total, facets.complete) == (1, True)
    assert facets.countries == [Count("IT", 1), Count("NL", 1)]
    assert (facets.groups, facets.kinds) == ([Count("organisation", 1)], [Count("Company", 1)])
    assert facets.cases == [Count(named.ids["NL-2"], 1)]
    assert facets.grades == [Count("B2", 1), Count("C3", 1)]
    for each in facets.countries:
        assert len(await asked(named, "quay", Wanted(country=each.value))) == each.count


async def test_an_identifier_and_what_is_far_are_counted(named: World) -> None:
    for text in ("0031655501187", "Darvec", "Дравец"):
        assert (await search.facets_of(named.ctx("Maarten"), named.ids["Saltmarsh"], text)).total == 1


async def test_counts_say_when_they_are_not_all(named: World, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(search, "MOST_COUNTED", 1)
    facets = await search.facets_of(named.ctx("Maarten"), named.ids["Saltmarsh"], "quay")
    assert (facets.total, facets.complete) == (1, False)


async def test_what_cannot_be_asked_for_is_refused(named: World) -> None:
    with pytest.raises(NotFound):
        await asked(named, "quay", Wanted(case="nothing"))
    with pytest.raises(Invalid, match="no kind"):
        await asked(named, "quay", Wanted(kinds=["Nothing"]))
    with pytest.raises(Invalid, match="A grade is"):
        await asked(named, "quay", Wanted(grade_at_least="Z9"))
    with pytest.raises(Invalid, match="No date is stated"):
        await asked(named, "quay", Wanted(stated_as="name"))


async def test_a_grade_of_another_scale_is_converted_and_kept(named: World) -> None:
    said = replace(named.said("NL-2", name="Graded Elsewhere"), grade="4x4: C/3")
    await changes.add_entity(named.ctx("Maarten"), named.ids["Saltmarsh"], "Person", said, new_id())
    (hit,) = await search.search(named.ctx("Maarten"), named.ids["Saltmarsh"], "graded elsewhere", 10)
    assert (hit.record.grade, hit.record.grade_original) == ("D3", "4x4: C/3")
    with pytest.raises(Invalid, match="4x4: B/2"):
        await changes.add_entity(named.ctx("Maarten"), named.ids["Saltmarsh"], "Person", replace(said, grade="4x4: Z/9"), new_id())


async def test_enough_that_is_near_is_not_followed_by_what_is_far(named: World) -> None:
    await named.entity("Saltmarsh", "Dravetz", "Maarten", "NL-2", name="Ilian Dravetz")
    assert await asked(named, "dravec", first=1) == [("Dravec", How.EXACT)]
    assert await asked(named, "dravec") == [("Dravec", How.EXACT), ("Dravetz", How.SOUNDS)]


async def test_records_of_an_older_program_get_the_tokens_of_this_one(named: World, graph: Graph) -> None:
    await graph.write(lambda tx: tx.value(AS_BEFORE, about=named.ids["Dravec"]))
    assert await asked(named, "Дравец") == []
    await graph.write(lambda tx: tx.value(OLD))
    assert not await search.is_current(graph)
    assert await search.bring_up_to_date(graph) >= 4
    assert await search.is_current(graph)
    assert await asked(named, "Дравец") == [("Dravec", How.SCRIPT)]
    assert await graph.read(queries.tokens) == search.TOKENS
    assert await search.bring_up_to_date(graph) == 0
