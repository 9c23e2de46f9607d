"""Beside a page of an exhibit stands which records cite it, at the height of what they cite; nobody reloads."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

import pytest
from playwright.async_api import expect

from backend.core.ids import new_id
from backend.evidence import challenges
from backend.evidence.rules import Outcome
from tests.e2e.browser import PHONE
from tests.e2e.screens import starting
from tests.e2e.test_accessibility import Audit
from tests.e2e.test_beside import silence
from tests.e2e.test_evidence import TABLE, paper
from tests.e2e.test_states import hold
from tests.e2e.worlds import acquaintances

if TYPE_CHECKING:
    from playwright.async_api import Locator, Page

    from tests.e2e.conftest import Desk
    from tests.support.world import World

pytestmark = pytest.mark.browser
SPACE = "Saltmarsh"


async def cites(world: World, by: str, locator: str, alias: str, markings: tuple[str, ...] = ()) -> None:
    await world.record(SPACE, "Marta", by, "NA-1", exhibit="transfers.csv", locator=locator, alias=alias, markings=markings)


async def cited(world: World) -> str:
    """Two countries cite row 4 of a table, one of them row 20; the path of the table."""
    space = await acquaintances(world)
    one = await world.file(SPACE, "transfers.csv", "Chiara", "NA-1", TABLE["buffer"])
    for by, locator, alias in (("Chiara", "row 4", "Mika"), ("Maarten", "row 4", "Tilda"), ("Chiara", "row 20", "Vida")):
        await cites(world, by, locator, alias)
    return f"{space}/evidence/{one}"


def tag(page: Page, words: str) -> Locator:
    return page.get_by_role("button", name=words, exact=True)


def tinted(page: Page) -> Locator:
    return page.locator("tr[data-cited]")


async def test_tags_stand_at_what_is_cited_and_list_who_cites_it(desk: Desk) -> None:
    path = await cited(desk.world)
    page = await (await desk.sit("Maarten")).open(path)
    row = page.get_by_role("row").filter(has=page.get_by_role("rowheader", name="4", exact=True))
    await expect(row.get_by_role("button", name="row 4 2 records IT NL", exact=True)).to_be_visible(timeout=60_000)
    await expect(tag(page, "row 20 1 record IT")).to_be_visible()
    await expect(page.get_by_role("group", name="Cited on this page")).to_be_visible()
    await expect(tinted(page)).to_have_count(2)
    await tag(page, "row 4 2 records IT NL").press("Enter")
    await expect(page).to_have_url(re.compile(r"#at=row\+4$"))
    here = page.get_by_role("region", name="Records that cite row 4")
    await expect(here.get_by_role("listitem")).to_have_count(2)
    await expect(here.get_by_role("link", name="Marta Vidal")).to_have_count(2)
    await here.get_by_role("button", name="Close").click()
    await expect(here).to_have_count(0)
    await expect(tag(page, "row 4 2 records IT NL")).to_be_focused()


async def test_what_a_colleague_adds_appears_and_what_is_hidden_changes_neither_tag_nor_tint(desk: Desk) -> None:
    path = await cited(desk.world)
    maarten, egle = await (await desk.sit("Maarten")).open(path), await (await desk.sit("Eglė")).open(path)
    for page in (maarten, egle):
        await expect(tag(page, "row 20 1 record IT")).to_be_visible(timeout=60_000)
    for locator, alias in (("row 9", "Ghost"), ("row 20", "Phantom")):
        await cites(desk.world, "Eglė", locator, alias, ("Covert",))
    await expect(tag(egle, "row 9 1 record LT")).to_be_visible()
    await expect(tag(egle, "row 20 2 records IT LT")).to_be_visible()
    await expect(tinted(egle)).to_have_count(3)
    await cites(desk.world, "Chiara", "row 4", "Nika")
    await expect(tag(maarten, "row 4 3 records IT NL")).to_be_visible()
    await expect(tag(maarten, "row 20 1 record IT")).to_be_visible()
    await expect(tinted(maarten)).to_have_count(2)


async def test_what_a_court_excludes_loses_its_tint_and_says_so(desk: Desk) -> None:
    path, world = await cited(desk.world), desk.world
    page = await (await desk.sit("Maarten")).open(path)
    await expect(tinted(page)).to_have_count(2, timeout=60_000)
    challenge = await world.challenge(SPACE, "transfers.csv", "Chiara")
    await challenges.decide(world.ctx("Chiara"), world.ids[SPACE], challenge, Outcome.EXCLUDED, "12/26", new_id())
    await world.parts.jobs.wait(f"standing {world.ids['transfers.csv']}")
    await expect(tag(page, "row 20 1 record IT excluded")).to_be_visible()
    await expect(tinted(page)).to_have_count(0)


async def test_a_page_that_is_a_picture_has_one_tag_and_a_recording_one_for_each_time(desk: Desk) -> None:
    space, world = await acquaintances(desk.world), desk.world
    for name, content, locators in (
        ("statement.pdf", paper(2)["buffer"], ("p.2", "p.2 §4")),
        ("call.wav", silence(90), ("01:12", "00:30")),
    ):
        await world.file(SPACE, name, "Chiara", "NA-1", content)
        for locator in locators:
            await world.record(SPACE, "Marta", "Chiara", "NA-1", exhibit=name, locator=locator, alias=f"Said at {locator}")
    page = await (await desk.sit("Maarten")).open(f"{space}/evidence/{world.ids['statement.pdf']}#at=p.2")
    await expect(page.get_by_role("group", name="Cited on this page").get_by_role("button")).to_have_text(
        ["p.2 2 records IT"], timeout=60_000
    )
    await page.get_by_role("button", name="Previous page").click()
    await expect(page.get_by_role("group", name="Cited on this page")).to_have_count(0)
    await page.goto(f"{desk.server.url}{space}/evidence/{world.ids['call.wav']}")
    times = page.get_by_role("group", name="Cited in this recording").get_by_role("button")
    await expect(times).to_have_text(["00:30 1 record IT", "01:12 1 record IT"])
    await times.nth(1).click()
    await expect(page.get_by_role("region", name="Records that cite 01:12")).to_be_visible()
    await page.wait_for_function("() => document.querySelector('audio')?.currentTime === 72")


async def test_a_time_marks_the_line_of_a_transcript_that_begins_with_it_and_is_what_one_cites(desk: Desk) -> None:
    space = await acquaintances(desk.world)
    spoken = b"[00:00:04] A: Pronto.\n[00:12:30] B: Le carte, entro venerdi.\n[00:33:10] A: Il furgone.\n"
    one = await desk.world.file(SPACE, "call.txt", "Chiara", "NA-1", spoken)
    page = await (await desk.sit("Maarten")).open(f"{space}/evidence/{one}#at=00:12:30")
    await expect(page.locator("[data-marked]")).to_contain_text(["carte"], timeout=60_000)
    await expect(page.get_by_role("button", name=re.compile(r"^Copy E-\d+ 12:30$"))).to_be_visible()
    await page.goto(f"{desk.server.url}{space}/evidence/{one}#at=00:12:31")
    await expect(page.get_by_role("button", name=re.compile(r"^Copy E-\d+ p\.1$"))).to_be_visible()
    await expect(page.locator("[data-marked]")).to_have_count(0)


async def test_until_the_next_page_is_here_one_sees_and_cites_the_last(desk: Desk) -> None:
    space = await acquaintances(desk.world)
    one = await desk.world.file(SPACE, "statement.pdf", "Chiara", "NA-1", paper(2)["buffer"])
    page = await (await desk.sit("Maarten")).open(f"{space}/evidence/{one}")
    cites, shown = page.get_by_role("button", name=starting("Copy E-")), page.get_by_role("region", name=starting("Pages of E-"))
    await expect(shown.get_by_role("img", name=starting("Page 1 of"))).to_be_visible(timeout=60_000)
    gate = await hold(page, "ExhibitPages")
    await page.get_by_role("button", name="Next page").click()
    await expect(page.get_by_role("textbox", name="page")).to_have_value("2")
    await expect(shown).to_have_attribute("aria-busy", "true")
    await expect(cites).to_have_accessible_name(re.compile(r" p\.1$"))
    gate.set()
    await expect(cites).to_have_accessible_name(re.compile(r" p\.2$"))
    await expect(shown).to_have_attribute("aria-busy", "false")
    await expect(shown.get_by_role("img", name=starting("Page 2 of"))).to_be_visible()


async def test_on_a_phone_the_tags_are_a_line_under_the_page(desk: Desk) -> None:
    path = await cited(desk.world)
    page = await (await desk.sit("Maarten", size=PHONE, reduced_motion=True)).open(path)
    line, audit = page.get_by_role("group", name="Cited on this page"), Audit(page)
    await expect(line.get_by_role("button")).to_have_text(["row 4 2 records IT NL", "row 20 1 record IT"], timeout=60_000)
    box, pages = await line.bounding_box(), await page.get_by_role("region", name=starting("Pages of E-")).bounding_box()
    assert box
    assert pages
    assert box["y"] >= pages["y"] + pages["height"]
    await line.get_by_role("button").last.click()
    await expect(page.get_by_role("region", name="Records that cite row 20")).to_be_visible()
    await expect(page.get_by_role("rowheader", name="20")).to_be_in_viewport()
    await audit.check("cited rows, listed")
    audit.ends_clean()
