"""Every state of the handbook's table that is not told elsewhere: empty, loading, error, offline, restarting, not found."""

from __future__ import annotations

import asyncio
import os
import signal
from typing import TYPE_CHECKING

import pytest
from playwright.async_api import expect

from tests.e2e.screens import NOT_HERE, EntityPage
from tests.support.world import team

if TYPE_CHECKING:
    from playwright.async_api import Page, Route

    from tests.e2e.conftest import Desk

pytestmark = pytest.mark.browser
EMPTY = {
    "/network": ("No entities yet. Add one, or import a file.", "Add an entity"),
    "/entities": ("No entities yet. Add one, or import a file.", "Add an entity"),
    "/evidence": ("No exhibits yet. Drop files here, or ask a partner with a request.", "Upload files"),
    "/cases": ("No cases yet. A case holds the records of one file of one authority.", "New case"),
    "/import": ("No imports yet. Choose a file with FollowTheMoney entities or a table with a header row.", None),
}


def only(operation: str) -> str:
    """What the body of a request for this operation holds."""
    return f'"operationName":"{operation}"'


async def hold(page: Page, operation: str) -> asyncio.Event:
    """Keep the answers to an operation back until the event is set."""
    gate = asyncio.Event()

    async def handle(route: Route) -> None:
        if only(operation) in (route.request.post_data or ""):
            await gate.wait()
        await route.continue_()

    await page.route("**/graphql", handle)
    return gate


async def test_empty_says_what_belongs_here_and_offers_one_action(desk: Desk) -> None:
    world = desk.world
    await world.space("New")
    await world.member("New", "Chiara", "lead")
    chiara = await desk.sit("Chiara")
    for path, (words, action) in EMPTY.items():
        page = await chiara.open(f"/s/{world.ids['New']}{path}")
        await expect(page.get_by_role("main").get_by_text(words)).to_be_visible()
        if action:
            await expect(page.get_by_role("main").get_by_role("button", name=action).first).to_be_visible()
    page = await chiara.open(f"/s/{world.ids['New']}")
    await expect(page.get_by_text("Nothing has happened here yet.")).to_be_visible()


async def test_somebody_in_no_space_is_told_how_one_gets_in(desk: Desk) -> None:
    await desk.world.person("Nobody")
    page = await (await desk.sit("Nobody")).open("/")
    await expect(page.get_by_text("You are in no space yet. A lead invites you; the invitation appears here.")).to_be_visible()


@pytest.mark.parametrize(
    ("path", "operation", "words"), [("/network", "Chart", "Loading the chart"), ("/entities", "EntityRows", "Loading")]
)
async def test_loading_shows_and_goes(desk: Desk, path: str, operation: str, words: str) -> None:
    world = await team(desk.world)
    await world.entity("Saltmarsh", "Marta", "Chiara", "NA-1", name="Marta Vidal")
    screen = await desk.sit("Chiara")
    gate = await hold(screen.page, operation)
    page = await screen.open(f"/s/{world.ids['Saltmarsh']}{path}")
    waiting = page.get_by_role("main").get_by_role("status").filter(has_text=words).or_(page.get_by_role("status", name=words))
    await expect(waiting).to_be_visible()
    gate.set()
    await expect(waiting).to_be_hidden()
    await expect(page.get_by_text("1 item and 0 links that you may see").or_(page.get_by_role("link", name="Marta Vidal"))).to_be_visible()


async def test_an_error_says_where_what_is_safe_and_what_to_do(desk: Desk) -> None:
    world = await team(desk.world)
    await world.entity("Saltmarsh", "Marta", "Chiara", "NA-1", name="Marta Vidal")
    screen = await desk.sit("Chiara")
    broken = {"errors": [{"message": "Something went wrong.", "extensions": {"code": "INTERNAL", "correlation": "7F3K-20"}}]}

    async def fail(route: Route) -> None:
        await (route.fulfill(json=broken) if only("EntityRows") in (route.request.post_data or "") else route.continue_())

    await screen.page.route("**/graphql", fail)
    page = await screen.open(f"/s/{world.ids['Saltmarsh']}/entities")
    told = "This could not be shown. Nothing was changed. Try again, or give your administrator this code: 7F3K-20."
    await expect(page.get_by_role("alert").get_by_text(told)).to_be_visible()
    await page.unroute("**/graphql")
    await page.get_by_role("button", name="Try again").click()
    await expect(page.get_by_role("link", name="Marta Vidal")).to_be_visible()


async def test_offline_a_change_waits_and_goes_out_by_itself(desk: Desk) -> None:
    world = await team(desk.world)
    await world.entity("Saltmarsh", "Ilian", "Chiara", "NA-1", name="Ilian Dravec")
    screen = await desk.sit("Chiara")
    page = EntityPage(await screen.open(f"/s/{world.ids['Saltmarsh']}/entities/{world.ids['Ilian']}"))
    form = await page.begin_record("Birth date", "1979-04-12", "E-014")
    await screen.context.set_offline(True)
    await form.get_by_role("button", name="Add record").click()
    await expect(form.get_by_role("status").get_by_text("waits to send")).to_be_visible()
    await expect(page.page.get_by_text("Offline since")).to_be_visible()
    await expect(page.page.get_by_text("1 change waits here.")).to_be_visible()
    await screen.context.set_offline(False)
    await expect(form).to_be_hidden()
    await expect(page.row("12 Apr 1979")).to_contain_text("tentative")
    await expect(page.page.get_by_text("Offline since")).to_be_hidden()


async def test_while_the_graph_restarts_a_change_waits_and_then_succeeds(desk: Desk) -> None:
    world = await team(desk.world)
    await world.entity("Saltmarsh", "Ilian", "Chiara", "NA-1", name="Ilian Dravec")
    page = EntityPage(await (await desk.sit("Chiara")).open(f"/s/{world.ids['Saltmarsh']}/entities/{world.ids['Ilian']}"))
    form = await page.begin_record("Birth date", "1979-04-12", "E-014")
    os.kill(desk.server.engine_pid, signal.SIGKILL)
    await form.get_by_role("button", name="Add record").click()
    await expect(page.page.get_by_role("contentinfo").get_by_text("The graph is restarting. Your changes wait here.")).to_be_visible()
    await expect(form.get_by_role("status").get_by_text("waits to send")).to_be_visible()
    await expect(form).to_be_hidden(timeout=60_000)
    await expect(page.row("12 Apr 1979")).to_contain_text("tentative")
    await expect(page.page.get_by_role("contentinfo").get_by_text("Live", exact=True)).to_be_visible()


async def test_what_is_not_there_and_what_may_not_be_seen_look_the_same(desk: Desk) -> None:
    world = await team(desk.world)
    await world.space("Hidden")
    await world.member("Hidden", "Chiara", "lead")
    await world.entity("Saltmarsh", "Halyard", "Chiara", "NA-1", markings=["Covert"], name="Source Halyard")
    await world.case("Saltmarsh", "NA-2", "Chiara", ["Covert"])
    await world.exhibit("Saltmarsh", "Sealed bag", "Chiara", "NA-1", ["Covert"])
    nowhere = "00000000-0000-4000-8000-000000000000"
    maarten, space = await desk.sit("Maarten"), f"/s/{world.ids['Saltmarsh']}"
    pairs = ((f"{space}/entities/", "Halyard"), (f"{space}/cases/", "NA-2"), (f"{space}/evidence/", "Sealed bag"), ("/s/", "Hidden"))
    for path, hidden in pairs:
        looks: list[str] = []
        for one in (world.ids[hidden], nowhere):
            page = await maarten.open(path + one)
            await page.wait_for_load_state("networkidle")  # the frame draws once more when the spaces are known
            await expect(page.get_by_role("heading", name=NOT_HERE)).to_be_visible()
            looks.append(f"{await page.title()}\n{await page.get_by_role('main').aria_snapshot()}")
        assert looks[0] == looks[1]
        assert hidden not in looks[0]
