"""What one country decides about its exhibit reaches the open pages of the other: consents and markings; the tabs that say so fit."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from playwright.async_api import expect

from backend.core.ids import new_id
from backend.evidence import changes
from backend.evidence.rules import Entry, Verb
from tests.e2e.screens import Network, dialog, starting
from tests.e2e.worlds import acquaintances
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


async def test_handing_on_says_beforehand_whose_consent_is_missing(desk: Desk) -> None:
    path, world = f"{await bag(desk, 'H1')}/{desk.world.ids['Bag']}", desk.world
    space, one, netherlands = world.ids["Saltmarsh"], world.ids["Bag"], world.of_person["Maarten"]
    await world.consent("Saltmarsh", "Bag", "Chiara", None, netherlands)
    await changes.hand_over(world.ctx("Chiara"), space, one, netherlands, Entry(Verb.TRANSFERRED_OUT), new_id())
    await changes.receive(world.ctx("Maarten"), space, one, Entry(Verb.RECEIVED), new_id())

    maarten = await (await desk.sit("Maarten")).open(path)
    await maarten.get_by_role("button", name="Hand over…").click()
    form = dialog(maarten, starting("Hand over E-"))
    await form.get_by_role("combobox", name="To").select_option(label=await form.locator("option", has_text="(LT)").inner_text())
    await expect(form.get_by_text("to handing it to this authority is missing. It can be given by Chiara.")).to_be_visible()
    await world.consent("Saltmarsh", "Bag", "Chiara", None, world.of_person["Eglė"])
    await expect(form.get_by_text("is missing")).to_have_count(0)


async def test_the_legend_of_another_countrys_courts_tells_what_lacks_consent(desk: Desk) -> None:
    path, world = await acquaintances(desk.world), desk.world
    await world.exhibit("Saltmarsh", "Statement", "Chiara", "NA-1", handling="H1")
    await world.record("Saltmarsh", "ties", "Chiara", "NA-1", exhibit="Statement", summary="partners")
    await world.retract("Saltmarsh", "ties", "Chiara", place=0)
    maarten = Network(await (await desk.sit("Maarten")).open(f"{path}/network"))
    await maarten.counts(2, 1)
    missing = maarten.legend.get_by_text("consent missing")
    for court, shown in (("NL", 1), ("IT", 0)):
        await maarten.page.get_by_label("Standing in").first.select_option(court)
        await expect(missing).to_have_count(shown)
    await maarten.page.get_by_label("Standing in").first.select_option("NL")
    await world.consent("Saltmarsh", "Statement", "Chiara", "NL")
    await expect(missing).to_have_count(0)


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
