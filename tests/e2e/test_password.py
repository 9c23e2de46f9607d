"""Another password: the present one asked for, a common one refused at its field, a long one pasted; it opens the door afterwards."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from playwright.async_api import expect

from backend.auth.passwords import hashed
from tests.e2e.screens import dialog, starting
from tests.support.world import team

if TYPE_CHECKING:
    from playwright.async_api import Locator, Page

    from tests.e2e.conftest import Desk

pytestmark = pytest.mark.browser
PASSWORD, ANOTHER = "correct horse battery staple", "mare quieto lontano"


async def test_one_pastes_another_password_and_signs_in_with_it(desk: Desk) -> None:
    await desk.world.person("Vida", "LT", password=hashed(PASSWORD))
    await team(desk.world)
    await desk.world.member("Saltmarsh", "Vida")
    page = await (await desk.sit()).open("/")
    await sign_in(page, desk.world.ids["Vida"], PASSWORD)
    await menu(page, "Change password…")
    asked = dialog(page, "Change your password")
    await expect(asked.get_by_label("Present password")).to_be_focused()
    await asked.get_by_label("Present password").fill(PASSWORD)
    await choose(asked, "password1234")
    await expect(asked.get_by_text("Others would guess this password early")).to_be_visible()
    await paste(page, asked.get_by_label("New password"), ANOTHER)
    await paste(page, asked.get_by_label("The same once more"), ANOTHER)
    await asked.get_by_role("button", name="Change password").click()
    told = dialog(page, "Change your password")
    await expect(told.get_by_text("Your password is changed.")).to_be_visible()
    await told.get_by_role("button", name="Close").last.click()
    await menu(page, "Sign out")
    await sign_in(page, desk.world.ids["Vida"], ANOTHER)
    await expect(page.get_by_role("button", name=starting("Vida")).last).to_be_visible()


async def choose(asked: Locator, password: str) -> None:
    await asked.get_by_label("New password").fill(password)
    await asked.get_by_label("The same once more").fill(password)
    await asked.get_by_role("button", name="Change password").click()


async def paste(page: Page, field: Locator, text: str) -> None:
    """Paste as a password manager's user does: what is pasted comes from the clipboard of the page."""
    await field.fill("")
    await page.evaluate("""(text) => {
      const field = document.createElement('textarea');
      (document.querySelector('dialog') ?? document.body).append(field);
      field.value = text;
      field.select();
      document.execCommand('copy');
      field.remove();
    }""", text)  # fmt: skip
    await field.focus()
    await page.keyboard.press("Control+v")
    await expect(field).to_have_value(text)


async def sign_in(page: Page, login: str, password: str) -> None:
    await page.get_by_role("textbox", name="Login").fill(login)
    await page.get_by_label("Password").fill(password)
    await page.get_by_role("button", name="Sign in", exact=True).click()


async def menu(page: Page, item: str) -> None:
    await page.get_by_role("button", name=starting("Vida")).last.click()
    await page.get_by_role("menuitem", name=item).click()
