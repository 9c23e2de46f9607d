"""People of three agencies at one case: two sign in at their own agency's Keycloak, one with a password. What one's agency ends, ends here.

Joinder is `localhost` and Keycloak `127.0.0.1`, so that to the browser the agency is another site, as it is anywhere else.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

import pytest
import pytest_asyncio
from playwright.async_api import expect

from backend.auth.accounts import service as accounts
from backend.auth.accounts.service import NewPerson
from backend.core.ids import new_id
from backend.serving import free_port
from tests.e2e.browser import PHONE, WIDE
from tests.e2e.conftest import Desk, watched
from tests.e2e.screens import ImportPage, Network, add_task, dialog, go, search, starting
from tests.e2e.serve import DIST, Server
from tests.support.keycloak import AGENCIES, PASSWORD, Keycloak, Realm, introduced
from tests.support.listening import listening
from tests.support.workbooks import workbook

if TYPE_CHECKING:
    from collections.abc import AsyncIterator
    from pathlib import Path

    from playwright.async_api import Browser, Locator, Page, ViewportSize

    from backend.core.context import Parts
    from tests.e2e.browser import Screen
    from tests.support.keycloak import Registered
    from tests.support.world import World

pytestmark = pytest.mark.browser
PASSENGERS = [["name", "birthDate", "nationality"], ["Дравец Илиан", "1979-04-12", "it"], ["Tamsin Ferrand", "1985-11-02", "nl"]]
TASK = "Ask who paid for the crossing"
ARABIC = "العربية"
LANGUAGES = {"English": "en", ARABIC: "ar"}
SESSION_ENDED = "انتهت جلستك. سجّل الدخول من جديد."
NO_TASK = "لا مهمة توافق هذا الاختيار."


@dataclass
class House:
    """A deployment that two agencies' providers know, an administrator who hands out set-up codes, and a desk for each person."""

    desk: Desk
    realms: dict[str, Realm]

    @property
    def world(self) -> World:
        return self.desk.world

    async def welcomed(self, name: str, country: str, size: ViewportSize = WIDE, language: str = "English") -> Screen:
        """Give somebody an account that waits, and open the address with their code in their browser, in their language."""
        agency = await self.world.agency(country)
        made = await accounts.create_person(self.world.ctx("Osk"), NewPerson(new_id(), name, "investigator", ["en"], agency), new_id())
        self.world.ids[name], self.world.of_person[name] = made.account["id"], agency
        screen = await self.desk.sit(size=size)
        page = await screen.open(f"/welcome#{made.code}")
        await page.get_by_role("button", name=language).click()
        await expect(page.locator("html")).to_have_attribute("lang", LANGUAGES[language])  # kept once it is spoken
        return screen

    async def by_agency(
        self, slug: str, name: str, size: ViewportSize = WIDE, language: str = "English", *, otp: bool = False
    ) -> tuple[Screen, Registered]:
        """Somebody whom a provider knows, where asked with one-time codes, opens their account with it."""
        known = await self.realms[slug].person(name, otp=otp)
        screen = await self.welcomed(name, AGENCIES[slug], size, language)
        await screen.page.get_by_role("link", name=slug).click()
        await at_the_agency(screen.page, known)
        await expect(screen.page).to_have_url(self.desk.server.url + "/")
        return screen, known

    async def by_password(self, name: str, country: str) -> Screen:
        """Somebody whose agency has no provider chooses a password and signs in with it."""
        screen = await self.welcomed(name, country)
        page = screen.page
        for label in ("New password", "The same once more"):
            await page.get_by_label(label).fill(PASSWORD)
        await page.get_by_role("button", name="Set password").click()
        login = (await page.get_by_role("status").inner_text()).rpartition(" ")[2].rstrip(".")
        await page.get_by_role("link", name="Go to sign in").click()
        await page.get_by_label("Login").fill(login)
        await page.get_by_label("Password").fill(PASSWORD)
        await page.get_by_role("button", name="Sign in", exact=True).click()
        await expect(page.get_by_role("heading", name="Your spaces")).to_be_visible()
        return screen


async def at_the_agency(page: Page, person: Registered) -> None:
    """Fill in Keycloak's own page."""
    await page.get_by_role("textbox", name="Username or email").fill(person.login)
    await page.get_by_role("textbox", name="Password").fill(PASSWORD)
    await page.get_by_role("button", name="Sign In").click()


@pytest_asyncio.fixture(loop_scope="session")
async def house(parts: Parts, world: World, browser: Browser, tmp_path: Path, request: pytest.FixtureRequest) -> AsyncIterator[House]:
    keycloak = Keycloak.there()
    await world.person("Osk", administrator=True)
    file = tmp_path / "issuers.yaml"
    settings = replace(parts.settings, host="localhost", port=free_port(), issuers=file, frontend=DIST, heartbeat_s=2.0)
    realms = await introduced(keycloak, settings.address, file, listed=True)
    async with listening(replace(parts, settings=settings)):
        desk = Desk(browser, Server(settings, ""), world, keycloak.url)
        async with watched(desk, request.node):
            yield House(desk, realms)


async def invited(lead: Page, agency: str, person: str) -> None:
    """The lead invites somebody from the space's home, by their ids: other tests' agencies and people bear the same names."""
    await lead.get_by_role("button", name="Invite").click()
    form = dialog(lead, "Invite a colleague")
    await form.get_by_role("combobox", name="Agency").select_option(value=agency)
    await form.get_by_role("combobox", name="Person").select_option(value=person)
    await form.get_by_role("button", name="Send invitation").click()
    await expect(form).to_be_hidden()


async def accepted(page: Page, accept: str) -> None:
    await page.reload()
    await page.get_by_role("button", name=accept).click()
    await page.get_by_role("link", name=starting("Saltmarsh")).click()


async def brought_in(page: Page, file: Path) -> None:
    """Bring a workbook in and go on to the network of what it holds."""
    file.write_bytes(workbook(*PASSENGERS))
    await go(page, "Import")
    imported = ImportPage(page)
    await imported.send(file, "passengers")
    await imported.start()
    await imported.says("2 rows are in.")
    await page.get_by_role("link", name="Explore in the network").click()


async def given_out(page: Page, to: str) -> None:
    """Give a task about the two passengers, chosen in the network."""
    network = Network(page)
    await network.show("Table")
    await network.row("Дравец Илиан").click()
    await network.row("Tamsin Ferrand").click(modifiers=["Control"])
    await network.row("Tamsin Ferrand").get_by_role("button").first.click()
    await page.get_by_role("menuitem", name="Task about the selection…").click()
    await add_task(page, TASK, to)


async def test_three_agencies_work_on_one_case_until_one_agency_ends_its_session(house: House, tmp_path: Path) -> None:
    chiara, _ = await house.by_agency("polizia", "Chiara")
    maarten, known = await house.by_agency("politie", "Maarten", PHONE, ARABIC)
    egle = await house.by_password("Eglė", "LT")
    await house.world.space("Saltmarsh")
    await house.world.member("Saltmarsh", "Chiara", "lead")
    await house.world.case("Saltmarsh", "NA-1", "Chiara")
    space = f"/s/{house.world.ids['Saltmarsh']}"

    await chiara.open(space)
    for country, name in (("NL", "Maarten"), ("LT", "Eglė")):
        await invited(chiara.page, house.world.agencies[country], house.world.ids[name])
    await accepted(maarten.page, "قبول الدعوة")
    await accepted(egle.page, "Accept invitation")
    await maarten.open(space + "/tasks?of=MINE")
    await expect(maarten.page.get_by_text(NO_TASK)).to_be_visible()

    await brought_in(chiara.page, tmp_path / "passengers.xlsx")
    found = await search(egle.page, "ilian dravets")
    await expect(found.filter(has_text="Дравец Илиан").first).to_be_visible()
    await egle.page.keyboard.press("Escape")
    await given_out(chiara.page, "Maarten (NL)")
    await maarten.page.get_by_role("link", name=TASK).click()
    await expect(maarten.page.get_by_role("link", name="Дравец Илиан")).to_be_visible()

    assert maarten.witness.connected
    await house.realms["politie"].end_sessions(known)
    await expect(maarten.page.get_by_role("alert").filter(has_text=SESSION_ENDED)).to_be_visible()
    await closed(maarten)
    for other in (chiara, egle):
        await other.witness.heartbeat()
    assert (maarten.witness.connected, chiara.witness.connected, egle.witness.connected) == (False, True, True)


async def closed(screen: Screen) -> None:
    """Nothing of the case is left on the screen, behind the back button or at its address."""
    for step in (None, screen.page.go_back, screen.page.reload):
        if step:
            await step()
        await expect(screen.page.get_by_role("button", name="تسجيل الدخول")).to_be_visible()
        for word in (TASK, "Дравец", "Ferrand", "Saltmarsh", "NA-1"):
            await expect(screen.page.get_by_text(word)).to_have_count(0)


# ── in the middle of something else, the agency is asked for a strong sign-in ─────────────────────────────────────────────────────


async def token_begun(page: Page) -> Locator:
    """Ask for a token, which only a strong sign-in makes; returns the dialog that asks for one."""
    await page.get_by_role("button", name=starting("Chiara")).last.click()
    await page.get_by_role("menuitem", name="API tokens…").click()
    await dialog(page, "Your API tokens").get_by_role("button", name="New token…").click()
    await dialog(page, "New token").get_by_role("textbox", name="Name").fill("nightly figures")
    await dialog(page, "New token").get_by_role("button", name="Make token").click()
    return dialog(page, "Confirm that it is you")


async def at_the_agency_again(asked: Locator, person: Registered, code: str | None = None) -> Page:
    """Sign in at the agency once more in the window that opens for it, with both factors."""
    async with asked.page.expect_popup() as opening:
        await asked.get_by_role("button", name="Sign in at your agency").click()
    window = await opening.value
    await window.get_by_role("textbox", name="Password").fill(PASSWORD)
    await window.get_by_role("button", name="Sign In").click()
    await window.get_by_role("textbox", name="One-time code").fill(code or await person.code())
    await window.get_by_role("button", name="Sign In").click()
    return window


async def test_the_agency_confirms_in_a_window_of_its_own_and_what_was_begun_goes_on(house: House) -> None:
    chiara, known = await house.by_agency("polizia", "Chiara", otp=True)
    page = chiara.page
    window = await at_the_agency_again(await token_begun(page), known)
    made = dialog(page, "Your new token")
    await expect(made.get_by_role("textbox", name="Token")).to_have_value(starting("joinder_"))
    await expect(dialog(page, "Confirm that it is you")).to_be_hidden()
    if not window.is_closed():
        await window.wait_for_event("close")
    await chiara.witness.heartbeat()
    assert chiara.witness.connected
