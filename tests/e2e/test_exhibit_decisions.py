"""What one country decides about its exhibit reaches the open pages of the other: consents and markings; the tabs that say so fit."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from playwright.async_api import expect

from tests.e2e.screens import dialog, starting
from tests.evidence.papers import paper
from tests.support.world import team

if TYPE_CHECKING:
    from playwright.async_api import Locator, Page

    from tests.e2e.conftest import Desk

pytestmark = pytest.mark.browser
CUT = """(bar) => [...bar.children].filter((tab) => tab.offsetLeft < bar.offsetLeft - 1
  || tab.offsetLeft + tab.offsetWidth > bar.offsetLeft + bar.offsetWidth + 1).map((tab) => tab.textContent)"""


async def bag(desk: Desk, handling: str = "H0") -> str:
    """Chiara's authority brought one exhibit; the path of the evidence."""
    world = await team(desk.world)
    await world.exhibit("Saltmarsh", "Bag", "Chiara", "NA-1", handling=handling)
    return f"/s/{world.ids['Saltmarsh']}/evidence"


async def choose(page: Page, action: str) -> None:
    """Choose one of the further actions on the exhibit that is open."""
    await page.get_by_role("button", name=starting("More actions for E-")).click()
    await page.get_by_role("menuitem", name=action).click()


def listed(page: Page) -> Locator:
    return page.get_by_role("list", name="Exhibits").get_by_role("link", name="Bag")


async def test_consent_is_given_for_the_courts_of_a_country_and_withdrawn(desk: Desk) -> None:
    path = f"{await bag(desk, 'H1')}/{desk.world.ids['Bag']}"
    chiara, maarten = await (await desk.sit("Chiara")).open(path), await (await desk.sit("Maarten")).open(path)
    for page in (chiara, maarten):
        await page.get_by_role("tab", name="Consent 0").click()
    await expect(maarten.get_by_role("button", name="Give consent…")).to_have_count(0)

    await chiara.get_by_role("button", name="Give consent…").click()
    form = dialog(chiara, starting("Consent to a use of E-"))
    await form.get_by_role("combobox", name="To").select_option("Courts of NL")
    await form.get_by_role("button", name="Give consent").click()
    for page in (chiara, maarten):
        await expect(page.get_by_role("tab", name="Consent 1")).to_be_visible()
        await expect(page.get_by_role("list", name="Consents").get_by_text("Courts of NL")).to_be_visible()

    await chiara.get_by_role("button", name="Withdraw…").click()
    form = dialog(chiara, starting("Withdraw the consent for E-"))
    await form.get_by_role("textbox", name="Reason").fill("The source is at risk.")
    await form.get_by_role("button", name="Withdraw consent").click()
    for page in (chiara, maarten):
        await expect(page.get_by_role("tab", name="Consent 0")).to_be_visible()
        await expect(page.get_by_role("list", name="Consents").get_by_text(starting("Withdrawn "))).to_be_visible()


async def test_a_marked_exhibit_leaves_the_open_list_and_comes_back_when_it_is_released(desk: Desk) -> None:
    path = await bag(desk)
    maarten = await (await desk.sit("Maarten")).open(path)
    chiara = await (await desk.sit("Chiara")).open(f"{path}/{desk.world.ids['Bag']}")
    await expect(listed(maarten)).to_be_visible()

    await choose(chiara, "Mark…")
    form = dialog(chiara, starting("Put a marking on E-"))
    await form.get_by_role("checkbox", name="Covert").check()
    await form.get_by_role("button", name="Mark exhibit").click()
    await expect(listed(maarten)).to_have_count(0)
    await expect(listed(chiara)).to_be_visible()

    await choose(chiara, "Release markings…")
    form = dialog(chiara, starting("Release E-"))
    await form.get_by_role("checkbox", name="Covert").check()
    await form.get_by_role("textbox", name="Reason").fill("The operation is over.")
    await form.get_by_role("button", name="Release exhibit").click()
    await expect(listed(maarten)).to_be_visible()


async def test_a_page_in_view_is_drawn_anew_with_its_watermark(desk: Desk) -> None:
    world = await team(desk.world)
    await world.marking("Saltmarsh", "Named", "Chiara", watermark=True)
    await world.file("Saltmarsh", "paper.pdf", "Chiara", "NA-1", paper("It was on the seventh of March."))
    chiara = await (await desk.sit("Chiara")).open(f"/s/{world.ids['Saltmarsh']}/evidence/{world.ids['paper.pdf']}")
    picture = chiara.get_by_role("img", name=starting("Page 1 of E-"))
    before = await picture.get_attribute("src")

    await choose(chiara, "Mark…")
    form = dialog(chiara, starting("Put a marking on E-"))
    await form.get_by_role("checkbox", name="Named").check()
    await form.get_by_role("button", name="Mark exhibit").click()
    await expect(chiara.get_by_role("link", name="Take a watermarked copy")).to_be_visible()
    await expect(picture).not_to_have_attribute("src", before or "")


async def test_all_five_tabs_of_an_exhibit_fit_in_every_language(desk: Desk) -> None:
    path = f"{await bag(desk, 'H1')}/{desk.world.ids['Bag']}"
    page, cut = await (await desk.sit("Chiara")).open(path), dict[str, list[str]]()
    for language in ("en", "fr", "de", "ar"):
        await page.evaluate(f"localStorage.setItem('language', '{language}')")
        await page.reload()
        await expect(page.locator("html")).to_have_attribute("lang", language)
        await expect(page.get_by_role("tab")).to_have_count(5)
        cut[language] = await page.get_by_role("tablist").evaluate(CUT)
        await page.get_by_role("tab").first.press("ArrowRight" if language == "ar" else "ArrowLeft")
        await expect(page.get_by_role("tab").last).to_be_focused()
    assert not any(cut.values()), cut
