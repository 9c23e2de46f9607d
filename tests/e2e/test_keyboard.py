"""Without a mouse: from sign-in to a new record and a path, the focus always seen, never trapped, and back where it was."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

import pytest
from playwright.async_api import expect

from tests.e2e.screens import Network, dialog, starting
from tests.e2e.worlds import acquaintances, hub
from tests.support.world import team

if TYPE_CHECKING:
    from playwright.async_api import Locator, Page

    from tests.e2e.conftest import Desk

pytestmark = pytest.mark.browser
LONGEST_WAY = 200
HERE = """() => {
  const at = document.activeElement;
  if (!at || at === document.body) return null;
  const style = getComputedStyle(at);
  const shown = (style.outlineStyle !== 'none' && parseFloat(style.outlineWidth) > 0) || style.boxShadow !== 'none';
  window.stops ??= new Map();
  if (!window.stops.has(at)) window.stops.set(at, window.stops.size);
  return {stop: window.stops.get(at), shown, inDialog: Boolean(at.closest('dialog')), html: at.outerHTML.slice(0, 200)};
}"""


async def tab_to(target: Locator) -> None:
    """Press Tab until the target has the focus."""
    for _ in range(LONGEST_WAY):
        if await target.evaluate_all("(found) => found.includes(document.activeElement)"):
            return
        await target.page.keyboard.press("Tab")
    pytest.fail(f"{target} is not reached by {LONGEST_WAY} tabs")


async def at(desk: Desk, path: str) -> Page:
    """Chiara before a page of a small case, nothing moving by itself."""
    space = await acquaintances(desk.world)
    return await (await desk.sit("Chiara", reduced_motion=True)).open(space + path)


async def enter(target: Locator) -> None:
    await expect(target).to_be_visible()
    await tab_to(target)
    await target.page.keyboard.press("Enter")


async def round_trip(page: Page) -> list[str]:
    """Tab until the focus leaves the page; return the stops at which it cannot be seen. Failing to leave is a trap."""
    await page.evaluate("document.activeElement?.blur(); delete window.stops")
    unseen, last = list[str](), -1
    for _ in range(LONGEST_WAY):
        await page.keyboard.press("Tab")
        here = await page.evaluate(HERE)
        if here is None or here["stop"] < last:
            return unseen
        assert here["stop"] != last, f"trapped at {here['html']}"
        last = here["stop"]
        if not here["shown"]:
            unseen.append(here["html"])
    pytest.fail(f"still on the page after {LONGEST_WAY} tabs")


async def test_from_sign_in_to_the_network(desk: Desk) -> None:
    screen = await desk.sit()
    page = await screen.open(f"/#demo={desk.server.token}")
    await enter(page.get_by_role("button", name=starting("Chiara Bellandi")))
    await enter(page.get_by_role("link", name=starting("JIT Saltmarsh")))
    await enter(page.get_by_role("link", name="Network"))
    network = Network(page)
    await tab_to(network.chart)
    await page.keyboard.press("/")
    await page.keyboard.type("Ilian")
    await expect(page.get_by_role("search").get_by_role("status")).to_have_text("1 found")
    await page.keyboard.press("Enter")
    await page.keyboard.press("Escape")
    await expect(network.chart).to_be_focused()
    await expect(network.panel.get_by_role("heading", name="Ilian Dravec")).to_be_visible()
    await tab_to(network.panel.get_by_role("tab", name=starting("Facts")))
    await page.keyboard.press("ArrowRight")
    await expect(network.panel.get_by_role("tab", name=starting("Links"))).to_have_attribute("aria-selected", "true")


async def test_a_task_is_made_moved_ticked_and_talked_about(desk: Desk) -> None:
    """One errand from its beginning to its end; the other country reads who it mentions."""
    world = await team(desk.world)
    space = f"/s/{world.ids['Saltmarsh']}"
    page = await (await desk.sit("Chiara", reduced_motion=True)).open(f"{space}/tasks?view=board")
    keys, opener = page.keyboard, page.get_by_role("button", name="Add task")
    await enter(opener)
    form = dialog(page, "Add task")
    await tab_to(form.get_by_role("textbox", name="What is to be done"))
    await keys.type("Ask for the lease")
    await tab_to(form.get_by_role("textbox", name="Checklist"))
    await keys.type("Find the owner")
    await enter(form.get_by_role("button", name="Add task"))
    await expect(form).to_be_hidden()
    await expect(opener).to_be_focused()
    card = page.get_by_role("link", name="Ask for the lease")
    await expect(card).to_be_visible()
    await tab_to(card)
    await keys.press("Control+ArrowRight")
    doing = page.get_by_role("region", name="Doing", exact=True).get_by_role("link", name="Ask for the lease")
    await expect(doing).to_be_focused()
    await keys.press("Enter")
    tick = page.get_by_role("checkbox", name="Find the owner")
    await expect(tick).to_be_visible()
    await tab_to(tick)
    await keys.press("Space")
    await expect(tick).to_be_checked()
    await expect(tick).to_be_focused()
    field = page.get_by_role("textbox", name="Say something")
    await tab_to(field)
    await keys.type("Who has it? @maar")
    await expect(page.get_by_role("option", name="Maarten")).to_be_visible()
    await keys.press("Enter")
    await keys.press("Control+Enter")
    await expect(field).to_have_value("")
    home = await (await desk.sit("Maarten")).open(space)
    await expect(home.get_by_text("Chiara mentioned you")).to_be_visible()


async def test_arrows_lead_from_item_to_item(desk: Desk) -> None:
    network = Network(await at(desk, "/network"))
    await network.counts(2, 1)
    await network.find("Marta Vidal")
    keys = network.page.keyboard
    for key in ("ArrowRight", "ArrowLeft", "ArrowUp", "ArrowDown"):
        await keys.press(key)
    await keys.press("Enter")
    await expect(network.panel.get_by_role("heading", name=re.compile("Marta Vidal|Bruno Keel"))).to_be_visible()
    await keys.press("h")
    await expect(network.legend.get_by_text("You hid 1 item.")).to_be_visible()
    await keys.press("Control+z")
    await expect(network.legend.get_by_text("You hid 1 item.")).to_be_hidden()


async def test_a_hub_is_expanded_by_choice(desk: Desk) -> None:
    path = await hub(desk.world)
    network = Network(await (await desk.sit("Chiara")).open(path))
    await network.counts(1, 0)
    await network.find("Hub")
    await network.page.keyboard.press("e")
    form = dialog(network.page, "Expand Hub")
    await expect(form.get_by_role("status").filter(has_text="adds 26 items")).to_be_visible()
    await tab_to(form.get_by_role("combobox", name="At most"))
    await network.page.keyboard.press("Home")
    await expect(form.get_by_role("status").filter(has_text="adds 10 items")).to_be_visible()
    await enter(form.get_by_role("button", name="Add to the chart"))
    await network.counts(11, 10)
    await expect(network.chart).to_be_focused()


async def test_a_record_is_added_and_the_focus_returns(desk: Desk) -> None:
    page = await at(desk, "/network")
    network = Network(page)
    await network.counts(2, 1)
    await network.find("Marta Vidal")
    await enter(network.panel.get_by_role("link", name="Open the page of Marta Vidal"))
    opener = page.get_by_role("button", name="Add a record")
    await enter(opener)
    form = dialog(page, starting("Add a record about"))
    await tab_to(form.get_by_role("textbox", name="Value").first)
    await page.keyboard.type("M. Vidal")
    await tab_to(form.get_by_role("textbox", name="Source", exact=True))
    await page.keyboard.type("E-200")
    await page.keyboard.press("Enter")
    await expect(form).to_be_hidden()
    await expect(opener).to_be_focused()
    await expect(page.get_by_role("row").filter(has_text="E-200")).to_contain_text("M. Vidal")


async def test_a_path_is_found(desk: Desk) -> None:
    page = await at(desk, "/network")
    network = Network(page)
    await network.counts(2, 1)
    await network.find("Marta Vidal")
    await page.keyboard.press("p")
    panel = page.get_by_role("region", name="Paths")
    await tab_to(panel.get_by_role("textbox", name="To"))
    await page.keyboard.type("Bruno")
    await enter(panel.get_by_role("button", name="Bruno Keel"))
    await enter(panel.get_by_role("button", name="Find paths"))
    await expect(panel.get_by_role("status").filter(has_text="1 path")).to_be_visible()
    await enter(panel.get_by_role("button", name="Add to the chart"))


async def test_the_table_does_what_the_chart_does(desk: Desk) -> None:
    page = await at(desk, "/network")
    network = Network(page)
    await network.counts(2, 1)
    await network.chart.focus()
    await page.keyboard.press("t")
    await tab_to(
        network.items.get_by_role("gridcell", name="Marta Vidal").or_(network.items.get_by_role("gridcell", name="Bruno Keel")).first
    )
    await page.keyboard.press("Enter")
    await expect(network.items.get_by_role("row", selected=True)).to_have_count(1)
    await page.keyboard.press("ArrowDown")
    await page.keyboard.press(" ")
    await expect(network.items.get_by_role("row", selected=True)).to_have_count(2)
    await page.keyboard.press("End")
    actions = network.items.get_by_role("row", selected=True).nth(1).get_by_role("button", name="Actions")
    await expect(actions).to_be_focused()
    await page.keyboard.press("Enter")
    await expect(page.get_by_role("menuitem", name="Expand…")).to_be_visible()
    await page.keyboard.press("Escape")
    await expect(actions).to_be_focused()
    await page.keyboard.press("t")
    await expect(network.chart).to_be_visible()


async def test_the_palette_opens_what_it_found(desk: Desk) -> None:
    page = await at(desk, "")
    await expect(page.get_by_role("heading", name="Saltmarsh")).to_be_visible()
    await page.keyboard.press("Control+k")
    await expect(page.get_by_role("combobox", name="Search this space")).to_be_focused()
    await page.keyboard.type("bruno")
    await expect(page.get_by_role("option", name=starting("Bruno Keel"))).to_have_attribute("aria-selected", "true")
    await page.keyboard.press("Enter")
    await expect(page.get_by_role("heading", name="Bruno Keel")).to_be_visible()


@pytest.mark.parametrize("path", ["", "/network", "/entities", "/cases", "/import"])
async def test_the_focus_is_seen_at_every_stop_and_trapped_at_none(desk: Desk, path: str) -> None:
    page = await at(desk, path)
    await expect(page.get_by_role("heading", level=1).first).to_be_attached()
    await page.wait_for_load_state("networkidle")
    assert await round_trip(page) == []


@pytest.mark.parametrize(
    ("path", "opener", "title"),
    [
        ("", "Invite", "Invite a colleague"),
        ("/entities", "Add an entity", "Add an entity"),
        ("/cases", "New case", "New case"),
        ("/network", "Keys (?)", "Keys of the chart"),
    ],
)
async def test_a_dialog_keeps_the_focus_and_gives_it_back(desk: Desk, path: str, opener: str, title: str) -> None:
    page = await at(desk, path)
    button = page.get_by_role("button", name=opener, exact=True)
    await enter(button)
    form = dialog(page, title)
    await expect(form).to_be_visible()
    for _ in range(25):
        await page.keyboard.press("Tab")
        here = await page.evaluate(HERE)
        assert here is None or here["inDialog"], here
    await page.keyboard.press("Escape")
    await expect(form).to_be_hidden()
    await expect(button).to_be_focused()
