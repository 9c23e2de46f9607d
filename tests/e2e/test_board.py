"""The team's board: rows moved by pointer, keyboard and menu, seen by the other country without losing the place."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

import pytest
from playwright.async_api import expect

from tests.e2e.browser import PHONE, WIDE
from tests.support.world import team

if TYPE_CHECKING:
    from playwright.async_api import Locator, Page, ViewportSize

    from tests.e2e.conftest import Desk

pytestmark = pytest.mark.browser


async def on_board(desk: Desk, who: str, size: ViewportSize = WIDE) -> Page:
    return await (await desk.sit(who, size=size)).open(f"/s/{desk.world.ids['Saltmarsh']}/tasks?view=board&of=EVERYBODY")


def column(page: Page, name: str) -> Locator:
    return page.get_by_role("region", name=name, exact=True)


def card(page: Page, where: str, title: str) -> Locator:
    return column(page, where).get_by_role("link", name=title)


async def two_tasks(desk: Desk) -> None:
    await team(desk.world)
    for name in ("Ask for the lease", "Count the boats"):
        await desk.world.task("Saltmarsh", name, "Chiara")


async def test_a_row_is_dragged_to_another_column_and_the_other_country_keeps_the_focus_where_it_was(desk: Desk) -> None:
    await two_tasks(desk)
    chiara, maarten = await on_board(desk, "Chiara"), await on_board(desk, "Maarten")
    theirs = card(maarten, "To do", "Count the boats")
    await theirs.focus()
    for title in ("Ask for the lease", "Count the boats"):
        await card(chiara, "To do", title).drag_to(column(chiara, "Doing"))
        await expect(card(chiara, "Doing", title)).to_be_visible()
        await expect(card(maarten, "Doing", title)).to_be_visible()
    await expect(card(maarten, "Doing", "Count the boats")).to_be_focused()
    await expect(maarten.get_by_text("Chiara moved Count the boats to Doing.")).to_have_count(1)


async def test_control_and_an_arrow_move_a_row_which_keeps_the_focus_and_says_where_it_is(desk: Desk) -> None:
    await two_tasks(desk)
    page = await on_board(desk, "Chiara")
    await card(page, "To do", "Ask for the lease").focus()
    for where in ("Doing", "Waiting", "Done"):
        await page.keyboard.press("Control+ArrowRight")
        await expect(card(page, where, "Ask for the lease")).to_be_focused()
        await expect(page.get_by_text(f"Ask for the lease is in {where} now.")).to_have_count(1)
    await page.keyboard.press("Control+ArrowLeft")
    await expect(card(page, "Waiting", "Ask for the lease")).to_be_focused()


async def test_whoever_moves_a_row_that_was_moved_meanwhile_is_told(desk: Desk) -> None:
    await two_tasks(desk)
    chiara, maarten = await on_board(desk, "Chiara"), await on_board(desk, "Maarten")
    await expect(card(chiara, "To do", "Ask for the lease")).to_be_visible()
    await chiara.context.set_offline(offline=True)
    await card(chiara, "To do", "Ask for the lease").focus()
    await chiara.keyboard.press("Control+ArrowRight")
    await expect(column(chiara, "To do").get_by_text("waits to send")).to_be_visible()
    await card(maarten, "To do", "Ask for the lease").drag_to(column(maarten, "Done"))
    await expect(card(maarten, "Done", "Ask for the lease")).to_be_visible()
    await chiara.context.set_offline(offline=False)
    await expect(chiara.get_by_role("alert").get_by_text(re.compile("Somebody moved “Ask for the lease”"))).to_be_visible()
    await expect(card(chiara, "Done", "Ask for the lease")).to_be_visible()


async def test_on_a_phone_the_menu_of_a_row_moves_it_and_my_day_is_in_groups(desk: Desk) -> None:
    await two_tasks(desk)
    await desk.world.task("Saltmarsh", "Call counsel", "Chiara", to="Maarten")
    page = await on_board(desk, "Maarten", size=PHONE)
    await page.get_by_role("button", name="Move Call counsel").click()
    await page.get_by_role("menuitem", name="Move to Waiting").click()
    await expect(card(page, "Waiting", "Call counsel")).to_be_visible()
    await page.get_by_role("button", name="Mine 1").click()
    await page.get_by_text("Filters", exact=False).first.click()
    await page.get_by_role("button", name="List").click()
    await expect(page.get_by_role("region", name="Waiting for others").get_by_role("link", name="Call counsel")).to_be_visible()


async def test_whoever_may_not_move_a_row_has_no_way_to(desk: Desk) -> None:
    world = await team(desk.world)
    await world.task("Saltmarsh", "Chiara’s own", "Chiara", to="Chiara")
    page = await on_board(desk, "Maarten")
    await card(page, "To do", "Chiara’s own").focus()
    await page.keyboard.press("Control+ArrowRight")
    await expect(page.get_by_text("Not moved: only whoever has Chiara’s own")).to_have_count(1)
    await expect(page.get_by_role("button", name="Move Chiara’s own")).to_have_count(0)
