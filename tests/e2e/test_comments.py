"""Comments on a task: a mention reaches the person's home live; what was typed is never lost."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

import pytest
from playwright.async_api import expect

from tests.e2e.screens import dialog
from tests.support.world import team

if TYPE_CHECKING:
    from playwright.async_api import Page

    from tests.e2e.conftest import Desk

pytestmark = pytest.mark.browser


async def on_task(desk: Desk, who: str) -> Page:
    world = desk.world
    return await (await desk.sit(who)).open(f"/s/{world.ids['Saltmarsh']}/tasks/{world.ids['Ask for the lease']}")


async def test_a_mention_reaches_the_persons_home_and_goes_with_the_answer(desk: Desk) -> None:
    world = await team(desk.world)
    await world.task("Saltmarsh", "Ask for the lease", "Chiara")
    home = await (await desk.sit("Maarten")).open(f"/s/{world.ids['Saltmarsh']}")
    chiara = await on_task(desk, "Chiara")
    field = chiara.get_by_role("textbox", name="Say something")
    await field.press_sequentially("Who has it? @maar")
    await expect(chiara.get_by_role("option", name="Maarten")).to_be_visible()
    await field.press("Enter")
    await expect(field).to_have_value("Who has it? @Maarten ")
    await field.press("Control+Enter")
    await expect(field).to_have_value("")
    mentioned = home.get_by_role("region", name="Mentioned you")
    await expect(mentioned.get_by_text("Chiara mentioned you")).to_be_visible()
    await mentioned.get_by_role("link", name="Ask for the lease").click()
    await home.get_by_role("textbox", name="Say something").fill("I do.")
    await home.get_by_role("button", name="Send comment").click()
    await expect(chiara.get_by_text("I do.")).to_be_visible()
    await home.get_by_role("link", name="Home").first.click()
    await expect(home.get_by_role("heading", name="Activity")).to_be_visible()
    await expect(mentioned).to_have_count(0)


async def test_only_people_who_see_the_task_are_offered(desk: Desk) -> None:
    world = await team(desk.world)
    await world.task("Saltmarsh", "Ask for the lease", "Chiara", markings=["Covert"])
    chiara = await on_task(desk, "Chiara")
    await chiara.get_by_role("textbox", name="Say something").press_sequentially("@")
    await expect(chiara.get_by_role("option")).to_have_text([re.compile("Eglė$")])


async def test_a_comment_waits_for_the_line_and_a_draft_for_its_writer(desk: Desk) -> None:
    world = await team(desk.world)
    await world.task("Saltmarsh", "Ask for the lease", "Chiara")
    chiara = await on_task(desk, "Chiara")
    field = chiara.get_by_role("textbox", name="Say something")
    await field.fill("Half a thought")
    await chiara.get_by_role("link", name="Cases", exact=True).first.click()
    await expect(chiara.get_by_role("heading", name="Cases", level=1)).to_be_visible()
    await chiara.go_back()
    await expect(field).to_have_value("Half a thought")
    await chiara.context.set_offline(offline=True)
    await chiara.get_by_role("button", name="Send comment").click()
    await expect(chiara.get_by_text("waits to send")).to_be_visible()
    await expect(field).to_have_value("Half a thought")
    await chiara.context.set_offline(offline=False)
    await expect(chiara.get_by_role("listitem").get_by_text("Half a thought")).to_be_visible()
    await expect(field).to_have_value("")


async def test_a_withdrawn_comment_stays_struck_through_with_its_reason(desk: Desk) -> None:
    world = await team(desk.world)
    await world.task("Saltmarsh", "Ask for the lease", "Chiara")
    await world.comment("Saltmarsh", "Wrong file", "Chiara", "Ask for the lease")
    maarten, chiara = await on_task(desk, "Maarten"), await on_task(desk, "Chiara")
    await chiara.get_by_role("button", name="Withdraw", exact=True).click()
    form = dialog(chiara, "Withdraw this comment?")
    await form.get_by_role("textbox", name="Reason").fill("meant for another task")
    await form.get_by_role("button", name="Withdraw comment").click()
    await expect(maarten.locator("s", has_text="Wrong file")).to_be_visible()
    await expect(maarten.get_by_text("meant for another task")).to_be_visible()
    await expect(maarten.get_by_role("button", name="Withdraw", exact=True)).to_have_count(0)
