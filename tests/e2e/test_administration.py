"""An administrator of an agency at the administration page: her own people, and nobody else's."""

from __future__ import annotations

from typing import TYPE_CHECKING

from playwright.async_api import expect

from tests.e2e.browser import PHONE
from tests.e2e.screens import dialog, starting

if TYPE_CHECKING:
    from playwright.async_api import Page

    from tests.e2e.conftest import Desk


async def offices(desk: Desk) -> None:
    await desk.world.person("Root", "LU", administrator=True)
    await desk.world.person("Anna", "NL", agency_administrator=True)
    await desk.world.person("Maarten", "NL")
    await desk.world.person("Bruno", "IT")


async def act(page: Page, name: str, item: str) -> None:
    await page.get_by_role("button", name=f"Actions for {name}").click()
    await page.get_by_role("menuitem", name=item).click()


async def test_she_keeps_the_people_of_her_own_agency(desk: Desk) -> None:
    await offices(desk)
    page = await (await desk.sit("Anna")).open("/")
    await page.get_by_role("button", name=starting("Anna")).last.click()
    await page.get_by_role("menuitem", name="Administration").click()
    people = page.get_by_role("table", name="People")
    await expect(people.get_by_role("row")).to_have_count(3)
    await expect(people.get_by_text("Maarten")).to_be_visible()
    await expect(page.get_by_role("tab")).to_have_count(0)
    await page.get_by_role("button", name="New person").click()
    asked = dialog(page, "New person")
    await asked.get_by_role("textbox", name="Name").fill("Joris de Wit")
    await asked.get_by_role("textbox", name="Function").fill("investigator")
    await asked.get_by_role("textbox", name="Login").fill("joris")
    await asked.get_by_role("button", name="Create account").click()
    ending = desk.world.agencies["NL"][:6]
    await expect(dialog(page, "Set-up code for Joris de Wit").get_by_role("textbox", name="Login")).to_have_value(f"joris@{ending}")
    await page.get_by_role("button", name="I have handed it over").click()
    await expect(people.get_by_role("row")).to_have_count(4)


async def test_she_ends_what_is_open_and_closes_an_account_on_a_phone(desk: Desk) -> None:
    await offices(desk)
    his = await (await desk.sit("Maarten")).open("/")
    await expect(his.get_by_role("button", name=starting("Maarten")).last).to_be_visible()
    await expect(his.get_by_text("You are in no space yet.")).to_be_visible()
    await expect(his.get_by_role("link", name="Administration")).to_have_count(0)
    page = await (await desk.sit("Anna", size=PHONE)).open("/administration")
    await act(page, "Maarten", "End sessions and tokens")
    await dialog(page, "End all sessions of Maarten?").get_by_role("button", name="End sessions and tokens").click()
    await his.reload()
    await expect(his.get_by_role("button", name="Sign in", exact=True)).to_be_visible()
    await act(page, "Maarten", "Disable account")
    await dialog(page, "Disable Maarten’s account?").get_by_role("button", name="Disable account").click()
    await expect(page.get_by_role("row", name=starting("Maarten")).get_by_text("disabled")).to_be_visible()


async def test_the_deployments_administrator_appoints_her_and_ends_it(desk: Desk) -> None:
    await offices(desk)
    page = await (await desk.sit("Root")).open("/administration/people")
    await page.get_by_role("searchbox", name="Find").fill(desk.world.ids["Bruno"])
    await act(page, "Bruno", "Make agency administrator")
    await dialog(page, "Let Bruno administer Police of IT?").get_by_role("button", name="Appoint").click()
    row = page.get_by_role("row", name=starting("Bruno"))
    await expect(row.get_by_text("agency administrator")).to_be_visible()
    his = await (await desk.sit("Bruno")).open("/")
    await his.get_by_role("link", name="Administration").click()
    await expect(his.get_by_role("table", name="People").get_by_role("row")).to_have_count(2)
    await act(page, "Bruno", "End administration of the agency")
    await dialog(page, "End Bruno’s administration of Police of IT?").get_by_role("button", name="End administration").click()
    await expect(row.get_by_text("agency administrator")).to_have_count(0)
    await his.reload()
    await expect(his.get_by_text("There is nothing here that you can open.")).to_be_visible()
