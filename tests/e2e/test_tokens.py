"""An API token made, shown once and revoked, by keyboard and mouse as a person does it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from playwright.async_api import expect

from tests.e2e.screens import dialog, starting

if TYPE_CHECKING:
    from tests.e2e.conftest import Desk


async def test_a_token_is_shown_once_listed_and_revoked(desk: Desk) -> None:
    screen = await desk.sit_as_demo("Chiara Bellandi")
    await screen.open("/")
    page = screen.page
    await page.get_by_role("button", name=starting("Chiara")).last.click()
    await page.get_by_role("menuitem", name="API tokens…").click()
    tokens = dialog(page, "Your API tokens")
    await expect(tokens.get_by_text("You have no API tokens.")).to_be_visible()
    await tokens.get_by_role("button", name="New token…").click()
    form = dialog(page, "New token")
    await form.get_by_role("textbox", name="Name").fill("nightly figures")
    await form.get_by_role("button", name="Make token").click()
    made = dialog(page, "Your new token")
    secret = await made.get_by_role("textbox", name="Token").input_value()
    assert secret.startswith("joinder_")
    await made.get_by_role("button", name="I have kept it").click()
    await expect(tokens.get_by_text("nightly figures")).to_be_visible()
    assert secret not in await page.content()
    await tokens.get_by_role("button", name="Revoke nightly figures").click()
    await expect(tokens.get_by_text("You have no API tokens.")).to_be_visible()
