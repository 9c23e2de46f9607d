"""Search: the palette by keyboard alone, its reasons and filters; the page of all results, its counts, its address, on a phone too."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

import pytest
from playwright.async_api import expect

from backend.core.ids import new_id
from backend.entities import changes
from tests.e2e.browser import PHONE, WIDE
from tests.e2e.screens import search, starting
from tests.e2e.test_accessibility import Audit
from tests.e2e.test_reflow import fits
from tests.e2e.test_states import hold
from tests.support.world import team

if TYPE_CHECKING:
    from playwright.async_api import Locator, Page, ViewportSize

    from tests.e2e.conftest import Desk

pytestmark = pytest.mark.browser


async def names(desk: Desk) -> str:
    """A man whose name stands in two scripts, a company that nearly bears it, and a namesake graded on another scale; the space's path."""
    world = desk.world
    await team(world)
    await world.case("Saltmarsh", "NL-2", "Chiara")
    await world.entity("Saltmarsh", "Ilian", "Chiara", "NA-1", name="Илиан Дравец", birthDate="1979-04-12")
    await world.entity("Saltmarsh", "Quay", "Maarten", "NL-2", kind="Company", name="Dravets Logistics")
    said = replace(world.said("NL-2", name="Oda Dravets", birthDate="1990-01-02"), grade="4x4: C/3")
    world.ids["Oda"] = await changes.add_entity(world.ctx("Maarten"), world.ids["Saltmarsh"], "Person", said, new_id())
    return f"/s/{world.ids['Saltmarsh']}"


async def at(desk: Desk, path: str, size: ViewportSize = WIDE) -> Page:
    """Chiara before a page, ready for keys."""
    page = await (await desk.sit("Chiara", size=size)).open(path)
    await expect(page.get_by_role("heading", level=1)).to_be_visible()
    return page


def found(page: Page, *captions: str) -> list[Locator]:
    return [page.get_by_role("option", name=starting(caption)) for caption in captions]


async def seen(page: Page, here: tuple[str, ...], gone: tuple[str, ...] = ()) -> None:
    """Wait until exactly these are among the hits."""
    for hit in found(page, *here):
        await expect(hit).to_be_visible()
    for hit in found(page, *gone):
        await expect(hit).to_have_count(0)


async def test_the_palette_finds_what_stands_in_documents(desk: Desk) -> None:
    """With exhibit, page and line; Enter opens it there."""
    world = await team(desk.world)
    text = "".join(f"Line {number}\n" for number in range(1, 120)) + "Cargo for Kestrel\n"
    await world.file("Saltmarsh", "notes.txt", "Chiara", "NA-1", text.encode())
    page = await at(desk, f"/s/{world.ids['Saltmarsh']}/cases")
    passage = (await search(page, "kestrel")).filter(has_text="notes.txt")
    await expect(passage).to_contain_text("p.2 line 20")
    await expect(page.get_by_role("group", name="In documents")).to_contain_text("Cargo for Kestrel")
    await page.keyboard.press("Enter")
    await expect(page.locator("[data-marked]")).to_contain_text("Cargo for Kestrel")


async def test_what_stands_in_documents_waits_for_the_hits_above_it(desk: Desk) -> None:
    """Who is about to open the first one opens no document that came a moment earlier."""
    world = await team(desk.world)
    await world.entity("Saltmarsh", "Kestrel Shipping", "Chiara", "NA-1")
    await world.file("Saltmarsh", "notes.txt", "Chiara", "NA-1", b"Cargo for Kestrel\n")
    page = await at(desk, f"/s/{world.ids['Saltmarsh']}/cases")
    held = await hold(page, "Search")
    async with page.expect_response(lambda answer: "ExhibitText" in (answer.request.post_data or "")) as told:
        await search(page, "kestrel")
    await (await told.value).finished()
    options = page.get_by_role("dialog").get_by_role("option")
    await page.wait_for_timeout(500)  # for what must not come
    await expect(options.filter(has_text="notes.txt")).to_have_count(0)
    held.set()
    await expect(options.first).to_contain_text("Kestrel Shipping")
    await expect(options.filter(has_text="notes.txt")).to_be_visible()


async def test_the_palette_by_keyboard(desk: Desk) -> None:
    """Ctrl-K opens it, arrows walk, Enter opens, Ctrl-Enter adds to the chart, Escape closes. Each hit says why."""
    space = await names(desk)
    page = await at(desk, space + "/cases")
    await search(page, "dravets")
    await seen(page, ("Илиан Дравец", "Oda Dravets", "Dravets Logistics"))
    await expect(page.get_by_role("option", name=starting("Илиан Дравец"))).to_contain_text("the same name in Cyrillic letters")
    await expect(page.get_by_role("option", name=starting("Илиан Дравец"))).to_contain_text("in E-100 p.1")
    await expect(page.get_by_role("option", name=starting("Oda Dravets")).locator("mark")).to_have_text("Dravets")
    await expect(page.get_by_role("option", name=starting("Oda Dravets")).get_by_text("4x4: C/3")).to_be_visible()
    hits = page.get_by_role("listbox", name="Search this space").get_by_role("option")
    first = hits.first
    await expect(first).to_have_attribute("aria-selected", "true")
    await page.keyboard.press("ArrowDown")
    await expect(hits.nth(1)).to_have_attribute("aria-selected", "true")
    await page.keyboard.press("ArrowUp")
    caption = await first.locator("bdi").first.inner_text()
    await page.keyboard.press("Enter")
    await expect(page.get_by_role("heading", level=1, name=caption)).to_be_visible()
    await search(page, "Oda Dravets")
    await seen(page, ("Oda Dravets",), ("Dravets Logistics",))
    await page.keyboard.press("Control+Enter")
    await expect(page).to_have_url(f"{page.url.split('/s/')[0]}{space}/network?focus={desk.world.ids['Oda']}")
    await expect(page.get_by_role("heading", level=1)).to_be_attached()
    await search(page, "nobody of this name")
    await expect(page.get_by_role("status").filter(has_text="Nothing that you may see matches")).to_be_visible()
    await page.keyboard.press("Escape")
    await expect(page.get_by_role("dialog")).to_have_count(0)


FILTERS = (
    ("Entered in the case", "NL-2", ("Oda Dravets", "Dravets Logistics"), ("Илиан Дравец",)),
    ("Graded at least", "B2", ("Илиан Дравец", "Dravets Logistics"), ("Oda Dravets",)),
    ("Recorded by", "Italy", ("Илиан Дравец",), ("Oda Dravets", "Dravets Logistics")),
)


async def test_the_filters_of_the_palette(desk: Desk) -> None:
    """By kind, case, grade, country and day: set, seen, cleared."""
    space = await names(desk)
    page = await at(desk, space + "/cases")
    await search(page, "dravets")
    every = ("Илиан Дравец", "Oda Dravets", "Dravets Logistics")
    await page.get_by_role("button", name="People 2").click()
    await seen(page, every[:2], every[2:])
    await page.get_by_role("button", name="Everything").click()
    await page.get_by_role("button", name="Filters").click()
    for field, value, here, gone in FILTERS:
        await page.get_by_role("combobox", name=field).select_option(label=value)
        await seen(page, here, gone)
        await page.get_by_role("button", name="Clear filters").click()
        await seen(page, every)
    await page.get_by_role("combobox", name="Date said").select_option(label="Birth date")
    await page.get_by_label("Said from").fill("1979-04-12")
    await page.get_by_label("Said until").fill("1979-04-12")
    await seen(page, every[:1], every[1:])
    await expect(found(page, "Илиан Дравец")[0]).to_contain_text("Birth date: 12 Apr 1979")
    await page.get_by_label("Recorded since").fill("2090-01-01")
    await expect(page.get_by_role("status").filter(has_text="Nothing that you may see matches")).to_be_visible()
    await page.get_by_role("button", name="Clear filters").click()
    await seen(page, every)


def facet(page: Page, name: str) -> Locator:
    return page.get_by_role("button", name=name)


@pytest.mark.parametrize("size", [WIDE, PHONE], ids=["desk", "phone"])
async def test_all_results(desk: Desk, size: ViewportSize) -> None:
    """From the palette to a page of its own: counts beside the results narrow them, and the address says what is asked."""
    space = await names(desk)
    page = await at(desk, space + "/cases", size)
    await search(page, "dravets")
    await page.get_by_role("option", name="All results for “dravets”").click()
    results = page.get_by_role("region", name="Results")
    await expect(results.get_by_role("status").filter(has_text="3 found.")).to_be_visible()
    await expect(results.get_by_role("listitem")).to_have_count(3)
    if size == PHONE:
        await page.get_by_text("Filters", exact=True).click()
    await expect(facet(page, "People 2")).to_be_visible()
    await facet(page, "Netherlands 2").click()
    await expect(results.get_by_role("listitem")).to_have_count(2)
    await facet(page, "Organisations 1").click()
    await expect(results.get_by_role("link")).to_have_text(["Dravets Logistics"])
    await expect(facet(page, "People 1")).to_be_visible()
    audit = Audit(page)
    await audit.check("all results")
    audit.ends_clean()
    assert await fits(page, "all results") == []
    again = await at(desk, page.url.removeprefix(desk.server.url), size)
    await expect(again.get_by_role("region", name="Results").get_by_role("link")).to_have_text(["Dravets Logistics"])
    if size == PHONE:
        await again.get_by_text("Filters", exact=True).click()
    await again.get_by_role("button", name="Clear filters").click()
    await expect(again.get_by_role("region", name="Results").get_by_role("listitem")).to_have_count(3)
    await again.get_by_role("link", name="Oda Dravets").click()
    await expect(again.get_by_role("heading", level=1, name="Oda Dravets")).to_be_visible()
    await expect(again.get_by_text("4x4: C/3").first).to_be_visible()


async def test_the_list_of_entities_keeps_what_was_typed_from_every_server(desk: Desk) -> None:
    """A name that somebody looks for stands behind the # of the address: it stays after a reload and is sent with none."""
    page = await at(desk, await names(desk) + "/entities")
    sent: list[str] = []
    page.on("request", lambda request: sent.append(request.url))
    await page.get_by_role("searchbox", name="Name contains").fill("Дравец")
    await expect(page.get_by_role("link", name="Dravets Logistics")).to_have_count(0)
    await page.reload()
    await expect(page.get_by_role("searchbox", name="Name contains")).to_have_value("Дравец")
    await expect(page.get_by_role("link", name="Илиан Дравец")).to_be_visible()
    assert sent
    assert not [url for url in sent if "text=" in url.partition("#")[0]]


@pytest.mark.parametrize("part", ["entities", "cases"])
async def test_letters_typed_fast_are_all_kept_and_stay_out_of_what_the_server_is_sent(desk: Desk, part: str) -> None:
    """The filter of a list stands in the address: behind its `#`, and no slower than the fingers."""
    page = await at(desk, f"{await names(desk)}/{part}")
    said = "a name of some length, typed at once"
    await page.get_by_role("searchbox").press_sequentially(said)
    await expect(page.get_by_role("searchbox")).to_have_value(said)
    path, _, kept = page.url.partition("#")
    assert ("?" in path, "some" in kept) == (False, True)
