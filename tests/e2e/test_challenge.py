"""A file of one country is cited, challenged and excluded; in the open chart of the other the link that rests on it falls."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from playwright.async_api import expect

from tests.e2e.screens import Network, dialog, starting
from tests.e2e.test_evidence import TABLE, paper, send
from tests.e2e.worlds import acquaintances

if TYPE_CHECKING:
    from playwright.async_api import Locator, Page

    from tests.e2e.conftest import Desk

pytestmark = pytest.mark.browser


async def exhibit(page: Page, name: str) -> Locator:
    """Open an exhibit from the list; returns the panel about it."""
    await page.get_by_role("list", name="Exhibits").get_by_role("link", name=name).click()
    return page.get_by_role("region", name=starting("About E-"))


async def hand_over(giver: Page, taker: Page) -> None:
    """Hand the exhibit that both have open to the other country, which receives it."""
    await giver.get_by_role("button", name="Hand over…").click()
    form = dialog(giver, starting("Hand over E-"))
    await form.get_by_role("combobox", name="To").select_option(label=await form.locator("option", has_text="(IT)").inner_text())
    await form.get_by_role("button", name="Hand over", exact=True).click()
    await taker.get_by_role("button", name="Confirm receipt").click()
    await dialog(taker, starting("Confirm receipt of E-")).get_by_role("button", name="Confirm receipt").click()
    await expect(taker.get_by_role("button", name="Hand over…")).to_be_visible()


async def select_words(page: Page, words: str) -> None:
    """Select a line of the page on screen, as with the mouse, and press what stands at its end."""
    box = await page.get_by_role("region", name=starting("Pages of E-")).get_by_text(words).bounding_box()
    assert box
    y = box["y"] + box["height"] / 2
    await page.mouse.move(box["x"] + 1, y)
    await page.mouse.down()
    await page.mouse.move(box["x"] + box["width"] - 1, y, steps=4)
    await page.mouse.up()
    await page.get_by_role("button", name="Record this").click()


async def pick(form: Locator, label: str, name: str) -> None:
    await form.get_by_role("textbox", name=label).fill(name)
    await form.get_by_role("button", name=name, exact=True).click()


async def link_from_row(page: Page) -> None:
    """Select a value of a row and say that it shows a link between two people."""
    await page.get_by_role("row").filter(has_text="2026-03-03").get_by_text("2026-03-03").dblclick()
    await page.get_by_role("button", name="Record this").click()
    form = dialog(page, starting("Record from E-"))
    await pick(form, "What it is about", "Marta Vidal")
    await form.get_by_role("button", name="Add a link of Marta Vidal instead").click()
    form = dialog(page, "Add a link from Marta Vidal")
    await expect(form.get_by_role("textbox", name="Where in it")).to_have_value("row 4")
    await pick(form, "With", "Ilze Brandt")
    await form.get_by_role("combobox", name="Link").select_option("associated with …")
    await form.get_by_role("button", name="Add link").click()
    await expect(form).to_be_hidden()


async def challenge(page: Page, panel: Locator) -> None:
    await panel.get_by_role("tab", name=starting("Challenges")).click()
    await panel.get_by_role("button", name="Challenge…").click()
    form = dialog(page, starting("Challenge E-"))
    await form.get_by_role("textbox", name="Who challenges it").fill("The defence of Ilze Brandt")
    await form.get_by_role("textbox", name="On what ground").fill("The order was signed after the collection")
    await form.get_by_role("textbox", name="Before which court").fill("Court of Naples")
    await form.get_by_role("button", name="Record challenge").click()
    await expect(form).to_be_hidden()


async def exclude(page: Page, panel: Locator) -> None:
    """Exclude the exhibit, having seen what falls with it."""
    await panel.get_by_role("button", name="Decide…").click()
    form = dialog(page, starting("Decision on the challenge of E-"))
    await form.get_by_role("radio", name="It excludes the exhibit in IT.").check()
    falls = form.get_by_role("region", name=starting("What falls if E-"))
    await expect(falls.get_by_text("Nothing has changed yet.")).to_be_visible()
    await expect(falls.get_by_role("listitem").filter(has_text="Ilze Brandt")).to_contain_text("no other source that you may see")
    await form.get_by_role("textbox", name="Ruling").fill("Court of Naples, 118/26")
    async with page.context.expect_page() as opened:
        await falls.get_by_role("link", name="Ilze Brandt").first.click()
    await (await opened.value).close()
    await expect(form.get_by_role("textbox", name="Ruling")).to_have_value("Court of Naples, 118/26")
    await form.get_by_role("button", name="Record exclusion").click()
    await expect(form).to_be_hidden()


async def test_what_a_court_of_one_country_excludes_falls_in_the_open_chart_of_the_other(desk: Desk) -> None:
    space = await acquaintances(desk.world)
    await desk.world.entity("Saltmarsh", "Ilze", "Chiara", "NA-1", name="Ilze Brandt")
    maarten = await (await desk.sit("Maarten")).open(space + "/evidence")
    chiara = await (await desk.sit("Chiara")).open(space + "/evidence")
    await send(maarten, TABLE)
    await exhibit(maarten, "transfers.csv")
    panel = await exhibit(chiara, "transfers.csv")
    await expect(chiara.get_by_role("rowheader", name="29")).to_be_attached(timeout=60_000)
    await hand_over(maarten, chiara)

    network = Network(await maarten.context.new_page())
    await network.page.goto(maarten.url.split("/evidence")[0] + "/network")
    await network.counts(3, 1)
    await link_from_row(chiara)
    await network.counts(3, 2)
    await expect(network.legend.get_by_text("Excluded in court")).to_have_count(0)

    await challenge(chiara, panel)
    await expect(panel.get_by_text("Challenged in IT")).to_be_visible()
    await expect(maarten.get_by_role("list", name="Exhibits").get_by_text("Challenged in IT")).to_be_visible()
    await exclude(chiara, panel)
    await expect(panel.get_by_text("Excluded in IT")).to_be_visible()
    await expect(maarten.get_by_role("list", name="Exhibits").get_by_text("Excluded in IT")).to_be_visible()
    await expect(network.legend.get_by_text("Excluded in court")).to_be_visible()
    await network.show("Table")
    await expect(network.links.get_by_role("row").filter(has_text="Ilze Brandt")).to_contain_text("excluded")
    await panel.get_by_role("tab", name="Cited by 1").click()
    await expect(panel.get_by_role("list", name="Records that cite it").get_by_text("excluded")).to_be_visible()


async def test_what_is_selected_on_a_page_becomes_a_record_that_opens_the_page_again(desk: Desk) -> None:
    space = await acquaintances(desk.world)
    page = await (await desk.sit("Chiara")).open(space + "/evidence")
    await send(page, paper(2))
    panel = await exhibit(page, "statement.pdf")
    await expect(page.get_by_role("img", name=starting("Page 1 of E-"))).to_be_visible(timeout=60_000)
    await expect(page.get_by_text("of 2", exact=True)).to_be_visible()
    await page.keyboard.press("ArrowRight")
    await expect(page.get_by_role("img", name=starting("Page 2 of E-"))).to_be_visible(timeout=30_000)
    await select_words(page, "Statement")
    form = dialog(page, starting("Record from E-"))
    await pick(form, "What it is about", "Marta Vidal")
    await form.get_by_role("combobox", name="Property").select_option("Notes")
    await expect(form.get_by_role("textbox", name="Value")).to_have_value("Statement")
    await form.get_by_role("button", name="Add record").click()
    await expect(form).to_be_hidden()

    await panel.get_by_role("tab", name="Cited by 1").click()
    await panel.get_by_role("list", name="Records that cite it").get_by_role("link", name="Marta Vidal").click()
    await expect(page.get_by_role("heading", name="Marta Vidal").first).to_be_visible()
    await page.get_by_role("row").filter(has_text="Statement").get_by_role("link", name="p.2").click()
    await expect(page.get_by_role("img", name=starting("Page 2 of E-"))).to_be_visible(timeout=30_000)
