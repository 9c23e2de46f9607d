"""Small screens, 200 % zoom, larger text, reduced motion: nothing is cut off, the page never scrolls sideways, nothing moves by itself."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from playwright.async_api import expect

from tests.e2e.browser import PHONE, WIDE
from tests.e2e.screens import Network, dialog, starting

if TYPE_CHECKING:
    from playwright.async_api import Page, ViewportSize

    from tests.e2e.conftest import Desk

pytestmark = pytest.mark.browser
ZOOMED: ViewportSize = {"width": 720, "height": 450}  # 200 % of 1440 by 900
SCREENS = ("", "/network", "/entities", "/evidence", "/cases", "/tasks", "/import", "/search#q=dravets")
# A text is cut off where it reaches beyond an ancestor that hides what overflows, unless that ancestor says so with an ellipsis.
CUT_OFF = """() => {
  const cut = [];
  const walker = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT);
  for (let node = walker.nextNode(); node; node = walker.nextNode()) {
    const text = node.data.trim();
    if (!text || !node.parentElement.checkVisibility({opacityProperty: true, visibilityProperty: true})) continue;
    const range = document.createRange();
    range.selectNodeContents(node);
    const box = range.getBoundingClientRect();
    if (box.width < 2) continue;
    for (let holder = node.parentElement; holder; holder = holder.parentElement) {
      const style = getComputedStyle(holder);
      if (holder.matches('.visually-hidden, canvas, option') || style.textOverflow === 'ellipsis') break;
      if (/auto|scroll/.test(style.overflowX)) break;
      if (style.position === 'fixed') break;
      if (!/hidden|clip/.test(style.overflowX)) continue;
      const edge = holder.getBoundingClientRect();
      if (box.right > edge.right + 1 || box.left < edge.left - 1) { cut.push(text.slice(0, 60)); break; }
    }
  }
  return cut;
}"""
SIDEWAYS = "document.documentElement.scrollWidth - document.documentElement.clientWidth"
MOVES = """() => [...document.querySelectorAll('*')].filter((element) => {
  const style = getComputedStyle(element);
  const longest = (list) => Math.max(...list.split(',').map(parseFloat));
  return longest(style.transitionDuration) > 0 || (style.animationName !== 'none' && longest(style.animationDuration) > 0);
}).map((element) => element.className || element.tagName)"""


async def fits(page: Page, state: str) -> list[str]:
    """Return what does not fit, in words."""
    wide = await page.evaluate(SIDEWAYS)
    return [
        *([f"{state}: the page scrolls {wide} px sideways"] if wide else []),
        *(f"{state}: {text!r} is cut off" for text in await page.evaluate(CUT_OFF)),
    ]


async def home(desk: Desk, size: ViewportSize, *, reduced_motion: bool = True) -> Page:
    screen = await desk.sit_as_demo("Chiara Bellandi", size=size, reduced_motion=reduced_motion)
    await screen.open("/")
    await screen.page.get_by_role("link", name=starting("JIT Saltmarsh")).click()
    await expect(screen.page.get_by_role("heading", name="Activity")).to_be_visible()
    return screen.page


@pytest.mark.parametrize("size", [WIDE, ZOOMED, PHONE], ids=["desk", "zoomed", "phone"])
@pytest.mark.parametrize("text_size", [100, 130])
async def test_every_screen_fits(desk: Desk, size: ViewportSize, text_size: int) -> None:
    page = await home(desk, size)
    await page.evaluate("(size) => localStorage.setItem('textSize', size)", str(text_size))
    space, wrong = page.url, list[str]()
    for path in SCREENS:
        await page.goto(space + path)
        await expect(page.get_by_role("heading", level=1).first).to_be_attached()
        await page.wait_for_load_state("networkidle")
        wrong += await fits(page, path or "/")
    await page.goto(space + "/entities")
    await page.get_by_role("link", name="Ilian Dravec").click()
    await expect(page.get_by_role("heading", name="Ilian Dravec")).to_be_visible()
    wrong += await fits(page, "entity")
    await page.get_by_role("button", name="Add a record").click()
    await expect(dialog(page, starting("Add a record"))).to_be_visible()
    wrong += await fits(page, "dialog")
    assert wrong == []


async def test_reduced_motion_moves_nothing(desk: Desk) -> None:
    page = await home(desk, WIDE)
    await page.get_by_role("link", name="Network").click()
    network = Network(page)
    await network.find("Ilian Dravec")
    await expect(network.panel).to_be_visible()
    await page.get_by_role("button", name="Layout").click()
    assert await page.evaluate(MOVES) == []
    await page.get_by_role("menuitem", name="Circle by kind").click()
    assert await page.evaluate("document.getAnimations().length") == 0


async def test_the_measures_can_tell(desk: Desk) -> None:
    page = await home(desk, PHONE, reduced_motion=False)
    assert await page.evaluate(MOVES) != []
    await page.evaluate("""() => {
      const holder = document.body.appendChild(document.createElement('div'));
      Object.assign(holder.style, {overflow: 'hidden', inlineSize: '30px', whiteSpace: 'nowrap'});
      holder.textContent = 'longer than thirty pixels';
      const wide = document.body.appendChild(document.createElement('div'));
      Object.assign(wide.style, {inlineSize: '500px', blockSize: '1px'});
    }""")
    assert await fits(page, "home") == ["home: the page scrolls 110 px sideways", "home: 'longer than thirty pixels' is cut off"]
