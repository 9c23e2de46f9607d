"""Pages found by the words on them: where the reader may view the exhibit, and with page and line."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from backend.core.errors import Invalid
from backend.core.ids import new_id
from backend.evidence import challenges as courts
from backend.evidence import changes, page_search, pages, service
from backend.evidence.rules import Outcome, Said
from graph.migrations import m0013_page_search
from graph.queries import evidence_checks
from tests.evidence.test_pages import paper
from tests.support.world import World, team

if TYPE_CHECKING:
    from backend.evidence.page_search import Passage

SPACE = "Saltmarsh"
NOTES = "".join(f"Line {at}\n" for at in range(1, 120)) + "Cargo for Kestrel\nWitness: Eglė Dravec, of Kestrel Ship Stores\n"


async def sent(world: World, name: str, content: bytes | str = NOTES, *markings: str, by: str = "Chiara") -> str:
    return await world.file(SPACE, name, by, "NA-1", content.encode() if isinstance(content, str) else content, markings)


async def find(world: World, who: str, text: str, first: int = 20) -> list[Passage]:
    return await page_search.search(world.ctx(who), world.ids[SPACE], text, first)


async def test_words_are_found_with_page_and_line(world: World) -> None:
    await team(world)
    one = await sent(world, "notes.txt")
    (found,) = await find(world, "Maarten", "kestrel ship")
    assert (found.exhibit, found.title, found.page, found.line, found.locator) == (one, "notes.txt", 2, 21, "p.2 line 21")
    assert found.excerpt == "Witness: Eglė Dravec, of Kestrel Ship Stores"
    assert [found.line for found in await find(world, "Maarten", "KESTREL")] == [20]
    assert await find(world, "Maarten", "kestrel harbour") == []


async def test_a_page_of_an_altered_file_says_so(world: World) -> None:
    await team(world)
    for name in ("notes.txt", "other.txt"):
        await sent(world, name)
    await world.found_altered(SPACE, "notes.txt", "Chiara")
    altered = {each.title: each.altered_at is not None for each in await find(world, "Maarten", "kestrel")}
    assert altered == {"notes.txt": True, "other.txt": False}


async def test_marks_script_and_the_end_of_the_last_word_may_be_left_out(world: World) -> None:
    await team(world)
    await sent(world, "notes.txt", NOTES + "Водил Иван Петров\n")
    for text, line in (("egle dravec", 21), ("EGLĖ", 21), ("stores witn", 21), ("ivan petr", 22), ("иван", 22)):
        assert [found.line for found in await find(world, "Maarten", text)] == [line], text
    assert await find(world, "Maarten", "witn stores") == []


async def test_rows_of_a_table_and_lines_of_a_paper(world: World) -> None:
    await team(world)
    await sent(world, "conto.csv", "date;payee\n2026-03-04;Kestrel\n")
    await sent(world, "conto.pdf", paper("Estratto conto", "Levanto"))
    (row,), (line,) = await find(world, "Maarten", "kestrel"), await find(world, "Maarten", "levanto")
    assert (row.locator, row.excerpt) == ("p.1 row 2", "2026-03-04 Kestrel")
    assert (line.locator, line.excerpt) == ("p.2 line 1", "Levanto")


async def test_of_a_long_line_what_stands_around_the_words_is_shown(world: World) -> None:
    await team(world)
    await sent(world, "notes.txt", "before " * 100 + "Kestrel " + "after " * 100)
    (found,) = await find(world, "Maarten", "kestrel")
    assert "Kestrel after" in found.excerpt
    assert len(found.excerpt) <= page_search.LONGEST_EXCERPT


async def test_what_is_hidden_is_not_found_and_takes_no_place(world: World) -> None:
    await team(world)
    for at in range(3):
        await sent(world, f"hidden {at}.txt", NOTES, "Covert", by="Eglė")
    open_ones = {await sent(world, f"open {at}.txt") for at in range(2)}
    assert {found.exhibit for found in await find(world, "Maarten", "kestrel", 2)} == open_ones
    assert len(await find(world, "Eglė", "kestrel")) == 5
    assert len(await find(world, "Eglė", "kestrel", 4)) == 4


async def test_what_is_infected_is_not_found(world: World) -> None:
    await team(world)
    one = await sent(world, "notes.txt")
    assert await find(world, "Maarten", "kestrel")
    await world.parts.graph.write(lambda tx: evidence_checks.set_checked(tx, [{"id": one, "scan": "infected"}]))
    assert await find(world, "Maarten", "kestrel") == []


async def test_what_was_read_before_is_read_again_and_found_once(world: World) -> None:
    await team(world)
    one = await sent(world, "notes.txt")
    for statement in m0013_page_search.STATEMENTS:
        await world.parts.graph.write(lambda tx, statement=statement: tx.value(statement))
    ctx, space = world.ctx("Maarten"), world.ids[SPACE]
    assert (await pages.pages(ctx, space, one, 1, 1))["state"] == "waiting"
    await pages.read(world.parts, one)
    assert (await pages.pages(ctx, space, one, 1, 1))["state"] == "read"
    assert [found.line for found in await find(world, "Maarten", "kestrel")] == [20]


async def test_what_a_court_excluded_or_nobody_may_hand_on_is_found_as_the_list_shows_it(world: World) -> None:
    await team(world)
    ctx, space, one = world.ctx("Chiara"), world.ids[SPACE], await sent(world, "notes.txt")
    version = service.version(ctx, await service.exhibit(ctx, space, one))
    await changes.alter(ctx, space, one, Said(handling="H3"), version, new_id())
    await courts.decide(ctx, space, await world.challenge(SPACE, "notes.txt", "Chiara"), Outcome.EXCLUDED, "R 1/26", new_id())
    assert [found.exhibit for found in await find(world, "Maarten", "kestrel")] == [one]


@pytest.mark.parametrize("text", ["", "k", " -. ", "x" * 201])
async def test_a_text_must_be_of_two_letters_to_two_hundred(world: World, text: str) -> None:
    await team(world)
    with pytest.raises(Invalid, match="Search for at"):
        await find(world, "Maarten", text)
