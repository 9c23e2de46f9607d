"""A locator opens the exhibit at that place beside the chart, or beside the entity's page, which stay as they are."""

from __future__ import annotations

import io
import re
import wave
from typing import TYPE_CHECKING

import pytest
from playwright.async_api import expect

from tests.e2e.browser import PHONE, WIDE
from tests.e2e.screens import NOT_HERE, Network, starting
from tests.e2e.test_accessibility import Audit
from tests.e2e.test_states import hold
from tests.e2e.worlds import acquaintances

if TYPE_CHECKING:
    from playwright.async_api import Locator, Page, ViewportSize

    from tests.e2e.conftest import Desk
    from tests.support.world import World

pytestmark = pytest.mark.browser
TEXT = "".join(f"Said in sentence {number}.\n" for number in range(1, 91)).encode()


async def cited(world: World) -> str:
    """Two records about Marta cite lines of a text; the path of the network."""
    space = await acquaintances(world)
    await world.file("Saltmarsh", "interview.txt", "Chiara", "NA-1", TEXT)
    for locator, alias in (("line 40", "Mika"), ("line 90", "Tilda")):
        await world.record("Saltmarsh", "Marta", "Chiara", "NA-1", exhibit="interview.txt", locator=locator, alias=alias)
    return space + "/network"


def beside(page: Page, what: str = "chart") -> Locator:
    return page.get_by_role("complementary", name=f"Exhibit beside the {what}")


def citing(page: Page, place: str) -> Locator:
    """Return the locator of a fact in the panel."""
    return page.get_by_role("region", name="About the selected item").get_by_role("link", name=place)


async def marta(world: World) -> str:
    """The path of Marta's page, of which one record cites a time of a recording."""
    path = (await cited(world)).removesuffix("network") + f"entities/{world.ids['Marta']}"
    await world.file("Saltmarsh", "call.wav", "Chiara", "NA-1", silence(90))
    await world.record("Saltmarsh", "Marta", "Chiara", "NA-1", exhibit="call.wav", locator="01:12", alias="Marta V.")
    return path


def silence(seconds: int) -> bytes:
    """Return a recording in which nothing is heard."""
    made = io.BytesIO()
    with wave.open(made, "wb") as sound:
        sound.setparams((1, 1, 8000, 0, "NONE", ""))
        sound.writeframes(b"\x80" * 8000 * seconds)
    return made.getvalue()


async def shows(page: Page, number: int) -> None:
    """Wait until the exhibit stands at a line, and the chart with its selection beside it."""
    await expect(beside(page).get_by_role("heading", name="interview.txt")).to_be_visible()
    await expect(beside(page).get_by_text(f"Said in sentence {number}.")).to_be_in_viewport(timeout=60_000)
    await expect(page.get_by_role("application", name=starting("Chart"))).to_be_visible()
    await expect(page.get_by_role("heading", name="Marta Vidal")).to_be_visible()


async def test_a_locator_opens_its_line_beside_the_chart_and_escape_closes_it(desk: Desk) -> None:
    path = await cited(desk.world)
    network = Network(page := await (await desk.sit("Maarten")).open(path))
    await network.find("Marta Vidal")
    await citing(page, "line 40").press("Enter")
    await shows(page, 40)
    await citing(page, "line 90").click()
    await shows(page, 90)
    await page.keyboard.press("Escape")
    await expect(beside(page)).to_have_count(0)
    await expect(citing(page, "line 90")).to_be_focused()
    await network.counts(2, 1)


async def test_the_address_opens_it_again_and_the_exhibit_has_a_page_of_its_own(desk: Desk) -> None:
    path = f"{await cited(desk.world)}?focus={desk.world.ids['Marta']}"
    page = await (await desk.sit("Maarten")).open(path)
    await citing(page, "line 40").click()
    await citing(page, "line 90").click()
    await shows(page, 90)
    await page.go_back()
    await shows(page, 40)
    await page.reload()
    await shows(page, 40)
    async with page.context.expect_page() as opened:
        await citing(page, "line 90").click(modifiers=["ControlOrMeta"])
    await expect(await opened.value).to_have_url(re.compile(r"/evidence/[^/]+#at=line\+90$"))
    await shows(page, 40)
    await beside(page).get_by_role("link", name="Open the exhibit").click()
    await expect(page).to_have_url(re.compile(r"/evidence/[^/]+#at=line\+40$"))
    await expect(page.get_by_text("Said in sentence 40.")).to_be_in_viewport()


async def test_a_translation_is_chosen_beside_the_chart_by_whoever_sees_it(desk: Desk) -> None:
    path = f"{await cited(desk.world)}?focus={desk.world.ids['Marta']}"
    await desk.world.exhibit("Saltmarsh", "Bound translation", "Chiara", "NA-1", parent="interview.txt", translated="en")
    await desk.world.exhibit("Saltmarsh", "Covert translation", "Chiara", "NA-1", ["Covert"], parent="interview.txt", translated="nl")
    page = await (await desk.sit("Maarten")).open(path)
    await citing(page, "line 40").click()
    await shows(page, 40)
    choice = beside(page).get_by_role("group", name="Original or translation")
    await expect(choice.get_by_role("button")).to_have_text(["Original", "Translation EN"])
    await choice.get_by_role("button", name="Original").click()
    await expect(page).to_have_url(re.compile(r"at=line[+]40"))
    await choice.get_by_role("button", name="Translation EN").click()
    await expect(beside(page).get_by_role("heading", name="Bound translation")).to_be_visible()
    await expect(choice.get_by_role("button", name="Translation EN", pressed=True)).to_be_focused()
    await choice.get_by_role("button", name="Original").click()
    await shows(page, 1)
    await page.go_back()
    await expect(beside(page)).to_have_count(0)


async def test_the_line_stays_in_view_when_what_is_cited_comes_after_it(desk: Desk) -> None:
    path = f"{await cited(desk.world)}?exhibit={desk.world.ids['interview.txt']}&at=line+90"
    screen = await desk.sit("Maarten")
    page = screen.page
    gate = await hold(page, "ExhibitCitedOn")
    await screen.open(path)
    line = beside(page).get_by_text("Said in sentence 90.")
    await expect(line).to_be_in_viewport(ratio=1)
    gate.set()
    await expect(beside(page).get_by_role("group", name="Cited on this page")).to_be_visible()
    await expect(line).to_be_in_viewport(ratio=1)
    await beside(page).get_by_text("Said in sentence 20.").scroll_into_view_if_needed()
    await expect(line).not_to_be_in_viewport()
    await page.set_viewport_size({"width": 1440, "height": 700})
    await expect(line).not_to_be_in_viewport()


async def test_a_time_opens_the_line_of_a_transcript_that_begins_with_it(desk: Desk) -> None:
    path = await cited(desk.world)
    spoken = "".join(f"[00:{minute:02}:30] Said in minute {minute}.\n" for minute in range(60))
    await desk.world.file("Saltmarsh", "call.txt", "Chiara", "NA-1", spoken.encode())
    page = await (await desk.sit("Maarten")).open(f"{path}?exhibit={desk.world.ids['call.txt']}&at=52:30")
    line = beside(page).get_by_text("Said in minute 52.")
    await expect(line).to_be_in_viewport(ratio=1, timeout=60_000)
    await expect(line.locator("xpath=ancestor-or-self::*[@data-marked]")).to_have_count(1)


async def test_what_one_may_not_see_is_not_there_beside_the_chart_either(desk: Desk) -> None:
    path = await cited(desk.world)
    await desk.world.exhibit("Saltmarsh", "Bag", "Chiara", "NA-1", ["Covert"])
    network = Network(page := await (await desk.sit("Maarten")).open(f"{path}?exhibit={desk.world.ids['Bag']}&at=p.1"))
    await expect(beside(page).get_by_text(NOT_HERE)).to_be_visible()
    await expect(beside(page).get_by_text("Bag")).to_have_count(0)
    await expect(page.get_by_role("navigation", name="Path").get_by_text("Network")).to_be_visible()
    await beside(page).get_by_role("button", name="Close the exhibit").click()
    await network.counts(2, 1)


async def test_on_a_phone_it_covers_the_chart(desk: Desk) -> None:
    path = f"{await cited(desk.world)}?focus={desk.world.ids['Marta']}"
    page = await (await desk.sit("Maarten", size=PHONE)).open(path)
    await citing(page, "line 40").click()
    await expect(beside(page).get_by_text("Said in sentence 40.")).to_be_in_viewport(timeout=60_000)
    box = await beside(page).bounding_box()
    assert box
    assert (box["x"], box["width"]) == (0, PHONE["width"])
    await beside(page).get_by_role("button", name="Close the exhibit").click()
    await expect(citing(page, "line 40")).to_be_focused()


async def test_a_locator_of_an_entity_opens_beside_its_page_and_escape_gives_the_focus_back(desk: Desk) -> None:
    path = await marta(desk.world)
    page = await (await desk.sit("Maarten", reduced_motion=True)).open(path)
    locator, audit = page.get_by_role("main").get_by_role("link", name="line 40"), Audit(page)
    await locator.press("Enter")
    await expect(beside(page, "page").get_by_text("Said in sentence 40.")).to_be_in_viewport(timeout=60_000)
    await expect(page).to_have_url(re.compile(rf"{path}\?exhibit=[^&]+&at=line\+40$"))
    await audit.check("exhibit beside an entity")
    await page.reload()
    await expect(beside(page, "page").get_by_text("Said in sentence 40.")).to_be_in_viewport()
    await locator.press("Enter")
    await expect(beside(page, "page")).to_be_focused()
    await page.keyboard.press("Escape")
    await expect(beside(page, "page")).to_have_count(0)
    await expect(locator).to_be_focused()
    await page.go_back()
    await expect(beside(page, "page").get_by_text("Said in sentence 40.")).to_be_in_viewport()
    audit.ends_clean()


@pytest.mark.parametrize("size", [WIDE, PHONE], ids=["desk", "phone"])
async def test_a_time_opens_there_in_the_recording_beside_the_page(desk: Desk, size: ViewportSize) -> None:
    path = await marta(desk.world)
    page = await (await desk.sit("Maarten", size=size, reduced_motion=True)).open(path)
    await page.get_by_role("main").get_by_role("link", name="01:12").click()
    await expect(beside(page, "page").get_by_role("heading", name="call.wav")).to_be_visible()
    await page.wait_for_function("() => document.querySelector('audio')?.currentTime === 72")
    box, audit = await beside(page, "page").bounding_box(), Audit(page)
    assert box
    assert (box["width"] == PHONE["width"]) is (size == PHONE)
    await audit.check("recording beside an entity")
    audit.ends_clean()
    await beside(page, "page").get_by_role("button", name="Close the exhibit").click()
    await expect(page.get_by_role("main").get_by_role("link", name="01:12")).to_be_focused()


async def test_its_width_is_changed_by_keys_or_pointer_and_kept(desk: Desk) -> None:
    path = f"{await marta(desk.world)}?exhibit={desk.world.ids['call.wav']}&at=01:12"
    page = await (await desk.sit("Maarten", reduced_motion=True)).open(path)
    grip = beside(page, "page").get_by_role("separator", name="Width of the exhibit")
    before = await wide(page)
    await grip.press("ArrowRight")
    await expect(grip).to_have_attribute("aria-valuenow", str(before - 20))
    box = await grip.bounding_box()
    assert box
    await page.mouse.move(box["x"] + 4, 400)
    await page.mouse.down()
    await page.mouse.move(WIDE["width"] - 480, 400, steps=3)
    await page.mouse.up()
    await expect(grip).to_have_attribute("aria-valuenow", "480")
    await page.reload()
    await expect(grip).to_have_attribute("aria-valuenow", "480")
    assert await wide(page) == 480


async def wide(page: Page) -> int:
    box = await beside(page, "page").bounding_box()
    assert box
    return round(box["width"])
