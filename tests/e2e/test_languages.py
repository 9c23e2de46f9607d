"""Languages: chosen in place, before the sign-in too; every screen in the others fits, mirrors, passes axe and says nothing in English."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

import pytest
from playwright.async_api import expect

from tests.e2e.browser import PHONE, WIDE
from tests.e2e.screens import starting
from tests.e2e.test_accessibility import Audit
from tests.e2e.test_reflow import SCREENS, ZOOMED, fits

if TYPE_CHECKING:
    from playwright.async_api import Page, ViewportSize

    from tests.e2e.conftest import Desk

pytestmark = pytest.mark.browser
SIZES = pytest.mark.parametrize("size", [WIDE, ZOOMED, PHONE], ids=["desk", "zoomed", "phone"])
# Words in Latin letters that no element sets apart as a name, a code or another language's. Keys are named as they are printed.
ENGLISH = """() => {
  const said = [];
  const walker = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT);
  for (let node = walker.nextNode(); node; node = walker.nextNode()) {
    const text = node.data.trim();
    if (!node.parentElement.checkVisibility() || node.parentElement.closest('bdi, mark, body [lang], option, textarea, script')) continue;
    if (/^(Joinder|SHA-256|Ctrl K|Ctrl Enter|Enter|Esc)$/.test(text)) continue;
    if (/[A-Za-z]{3,}/.test(text) && !/[\\u0600-\\u06ff]/.test(text)) said.push(text);
  }
  return [...new Set(said)];
}"""


async def speaking(desk: Desk, language: str, size: ViewportSize) -> Page:
    """Return Chiara's home of the demonstration's space, in a browser where she chose this language before."""
    screen = await desk.sit_as_demo("Chiara Bellandi", size=size, reduced_motion=True)
    await screen.context.add_init_script(f"localStorage.setItem('language', '{language}')")
    page = await screen.open("/")
    await page.get_by_role("link", name=starting("JIT Saltmarsh")).click()
    await expect(page.get_by_role("heading", name="JIT Saltmarsh")).to_be_visible()
    await expect(page.locator("html")).to_have_attribute("lang", language)
    return page


async def screens(page: Page) -> list[str]:
    """Return the paths of the space's screens, of one entity too."""
    space = re.sub(r"^https?://[^/]+", "", page.url)
    await page.goto(page.url + "/entities")
    found = await page.get_by_role("link", name="Ilian Dravec").get_attribute("href")
    return [*(space + path for path in SCREENS), found or ""]


async def opened(page: Page, path: str) -> None:
    await page.goto("/".join(page.url.split("/")[:3]) + path)
    await expect(page.get_by_role("heading", level=1).first).to_be_attached()
    await page.wait_for_load_state("networkidle")


@SIZES
async def test_arabic_runs_from_the_right_and_passes_axe(desk: Desk, size: ViewportSize) -> None:
    page = await speaking(desk, "ar", size)
    await expect(page.locator("html")).to_have_attribute("dir", "rtl")
    audit, wrong = Audit(page), list[str]()
    for path in await screens(page):
        await opened(page, path)
        wrong += await fits(page, path)
        wrong += [f"{path}: {text!r} is English" for text in await page.evaluate(ENGLISH)]
        await audit.check(path)
    assert wrong == []
    audit.ends_clean()


@SIZES
@pytest.mark.parametrize("language", ["de", "fr"])
async def test_longer_words_fit(desk: Desk, size: ViewportSize, language: str) -> None:
    page, wrong = await speaking(desk, language, size), list[str]()
    for path in await screens(page):
        await opened(page, path)
        wrong += await fits(page, path)
    assert wrong == []


DIALOGS = 4
BEGINS_WELL = "document.activeElement.closest('dialog') && !document.activeElement.matches('dialog h2 + button')"


@pytest.mark.parametrize("size", [ZOOMED, PHONE], ids=["zoomed", "phone"])
@pytest.mark.parametrize("language", ["de", "ar"])
async def test_the_dialogs_of_ones_account_fit_and_never_begin_on_their_cross(desk: Desk, size: ViewportSize, language: str) -> None:
    page = await speaking(desk, language, size)
    await opened(page, "/")
    audit, wrong = Audit(page), list[str]()
    account, asking = page.get_by_role("banner").get_by_title("Chiara Bellandi"), page.get_by_role("menuitem").filter(has_text="…")
    await account.click()
    names = await asking.all_inner_texts()
    assert len(names) == DIALOGS
    await page.keyboard.press("Escape")
    for name in names:
        await account.click()
        await page.get_by_role("menuitem", name=name).click()
        await expect(page.locator("dialog[open]")).to_be_visible()
        await page.wait_for_load_state("networkidle")
        wrong += [] if await page.evaluate(BEGINS_WELL) else [f"{name}: the focus is on the cross"]
        wrong += await fits(page, name)
        await audit.check(name)
        await page.keyboard.press("Escape")
    assert wrong == []
    audit.ends_clean()
