"""A second factor set up in the middle of something else, which then goes on; and asked for at the door."""

from __future__ import annotations

from typing import TYPE_CHECKING

from playwright.async_api import expect

from backend.auth.passwords import hashed
from tests.e2e.browser import PHONE, WIDE
from tests.e2e.screens import dialog, starting
from tests.support.authenticator import shown
from tests.support.world import team

if TYPE_CHECKING:
    from playwright.async_api import Locator, Page

    from tests.e2e.conftest import Desk

PASSWORD = "correct horse battery staple"


async def test_what_was_typed_goes_on_after_the_second_factor_and_the_door_asks_for_it(desk: Desk) -> None:
    await desk.world.person("Vida", "LT", password=hashed(PASSWORD))
    await team(desk.world)
    await desk.world.member("Saltmarsh", "Vida")
    screen = await desk.sit()
    page = await screen.open(f"/s/{desk.world.ids['Saltmarsh']}")
    await sign_in(page, desk.world.ids["Vida"])
    await expect(page.get_by_role("heading", name="Saltmarsh").first).to_be_visible()
    codes = await token_with_a_factor(page)
    await expect(page.get_by_role("heading", name="Saltmarsh").first).to_be_visible()
    await menu(page, "Sign out")
    await sign_in(page, desk.world.ids["Vida"])
    await expect(page.get_by_role("heading", name="Second step")).to_be_visible()
    await page.get_by_role("textbox", name="Code").fill("000000")
    await page.get_by_role("button", name="Sign in").click()
    await expect(page.get_by_text("This code does not fit.")).to_be_visible()
    await page.get_by_role("textbox", name="Code").fill(codes[0])
    await page.get_by_role("button", name="Sign in").click()
    await menu(page, "Second factor…")
    await expect(dialog(page, "Your second factor").get_by_text("9 of your recovery codes are left")).to_be_visible()


async def sign_in(page: Page, login: str) -> None:
    await page.get_by_role("textbox", name="Login").fill(login)
    await page.get_by_label("Password").fill(PASSWORD)
    await expect(page.get_by_label("Password")).to_have_attribute("type", "password")
    await page.get_by_role("button", name="Sign in", exact=True).click()


async def whole(field: Locator) -> None:
    """See that nothing of what a field holds is cut off."""
    assert await field.evaluate("(field) => field.scrollWidth <= field.clientWidth && field.scrollHeight <= field.clientHeight")


async def menu(page: Page, item: str) -> None:
    await page.get_by_role("button", name=starting("Vida")).last.click()
    await page.get_by_role("menuitem", name=item).click()


async def token_with_a_factor(page: Page) -> list[str]:
    """Begin to make a token, set the app up where that is asked for, and see the token; return the recovery codes."""
    await menu(page, "API tokens…")
    await dialog(page, "Your API tokens").get_by_role("button", name="New token…").click()
    await dialog(page, "New token").get_by_role("textbox", name="Name").fill("nightly figures")
    await dialog(page, "New token").get_by_role("button", name="Make token").click()
    asked = dialog(page, "Set up an authenticator app")
    await expect(asked.get_by_label("Your password")).to_be_focused()
    await asked.get_by_label("Your password").fill(PASSWORD)
    await asked.get_by_role("button", name="Continue").click()
    await expect(asked.get_by_role("img", name="QR code of the key below")).to_be_visible()
    await expect(asked.get_by_role("textbox", name="Code")).to_be_focused()
    await page.set_viewport_size(PHONE)
    await whole(asked.get_by_role("textbox", name="Key"))
    key = await asked.get_by_role("textbox", name="Key").input_value()
    await asked.get_by_role("textbox", name="Code").fill(shown(key.replace(" ", "")))
    await asked.get_by_role("button", name="Confirm").click()
    told = dialog(page, "Your recovery codes")
    await expect(told.get_by_role("listitem")).to_have_count(10)
    assert {await each.evaluate("(item) => item.getClientRects().length") for each in await told.locator("code").all()} == {1}
    codes = await told.get_by_role("listitem").all_inner_texts()
    await told.get_by_role("button", name="I have kept them").click()
    made = dialog(page, "Your new token")
    await expect(made.get_by_role("textbox", name="Token")).to_have_value(starting("joinder_"))
    await whole(made.get_by_role("textbox", name="Token"))
    await page.set_viewport_size(WIDE)
    await made.get_by_role("button", name="I have kept it").click()
    await expect(dialog(page, "Your API tokens").get_by_text("nightly figures")).to_be_visible()
    await dialog(page, "Your API tokens").get_by_role("button", name="Close").last.click()
    return codes
