"""A translation is added to its original, chosen above its pages, read beside it page by page, and cited by its own number."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

import pytest
from playwright.async_api import expect

from tests.e2e.browser import PHONE
from tests.e2e.screens import dialog, starting
from tests.e2e.test_evidence import paper, send
from tests.support.world import team

if TYPE_CHECKING:
    from tests.e2e.conftest import Desk

pytestmark = pytest.mark.browser


async def test_an_original_and_its_translation_are_read_side_by_side(desk: Desk) -> None:
    world = await team(desk.world)
    page = await (await desk.sit("Chiara")).open(f"/s/{world.ids['Saltmarsh']}/evidence")
    await send(page, paper(3))
    listed = page.get_by_role("list", name="Exhibits")
    await listed.get_by_role("link", name="statement.pdf").click()
    await expect(page.get_by_text("of 3")).to_be_visible(timeout=60_000)
    choice = page.get_by_role("group", name="Original or translation")
    await expect(choice).to_have_count(0)

    await page.get_by_role("button", name=starting("More actions for E-")).click()
    await page.get_by_role("menuitem", name="Add what was derived from it…").click()
    form = dialog(page, starting("Add what was derived from E-"))
    await form.get_by_label("Choose files").set_input_files([{**paper(2), "name": "translated.pdf"}])
    await form.get_by_role("combobox", name=starting("What it is of E-")).select_option(label="Translation")
    await form.get_by_role("textbox", name="Language of the content").fill("en")
    await form.get_by_role("button", name="Send files").click()
    await expect(listed.get_by_role("link", name="translated.pdf")).to_contain_text("Translation, English", timeout=60_000)
    await expect(choice.get_by_role("button", name="Original", pressed=True)).to_be_visible()

    await page.get_by_role("button", name="Next page").click()
    await choice.get_by_role("button", name="Translation EN").click()
    await expect(page.get_by_role("heading", name="translated.pdf")).to_be_visible()
    await expect(choice.get_by_role("button", name="Translation EN", pressed=True)).to_be_focused()
    await expect(page.get_by_role("img", name=starting("Page 2 of E-"))).to_be_visible(timeout=60_000)
    original, translation = await listed.get_by_text(re.compile(r"^E-[\d.]+$")).all_inner_texts()
    assert translation.startswith(f"{original}.")

    await choice.get_by_role("button", name="Both").click()
    sides = page.get_by_role("region", name=starting("Pages of E-"))
    await expect(sides).to_have_count(2)
    await expect(page.get_by_text(f"{original} p.2", exact=True)).to_be_visible()
    await expect(page.get_by_text(f"{translation} p.2", exact=True)).to_be_visible()
    await page.keyboard.press("ArrowLeft")
    for number in (original, translation):
        await expect(page.get_by_role("img", name=f"Page 1 of {number}", exact=True)).to_be_visible(timeout=60_000)
        await expect(page.get_by_text(f"{number} p.1", exact=True)).to_be_visible()

    await page.set_viewport_size(PHONE)
    await expect(choice.get_by_role("button")).to_have_text(["Original", "Translation EN"])
    await expect(sides).to_have_count(1)
