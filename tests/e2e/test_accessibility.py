"""axe on every page and main state, light and dark, on a desk and on a phone: nothing against WCAG 2.2 A or AA."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass, field
from datetime import timedelta
from typing import TYPE_CHECKING, Literal

import pytest
from playwright.async_api import expect

from backend.tasks.rules import Changes, Due, Priority, Step
from tests.e2e.browser import PHONE, WIDE
from tests.e2e.screens import NOT_HERE, EntityPage, Network, dialog, end_membership, in_space, starting
from tests.e2e.serve import DIST
from tests.e2e.test_evidence import TABLE, paper, send
from tests.e2e.worlds import hub
from tests.support.world import team

if TYPE_CHECKING:
    from playwright.async_api import Page, ViewportSize

    from tests.e2e.conftest import Desk

pytestmark = [pytest.mark.browser, pytest.mark.parametrize("size", [WIDE, PHONE], ids=["desk", "phone"])]
AXE = DIST.parent / "node_modules" / "axe-core" / "axe.min.js"
TAGS = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa"]
RUN = """async (tags) => {
  const {violations} = await axe.run(document, {runOnly: tags, resultTypes: ['violations']});
  return violations.flatMap(({id, nodes}) => nodes.map(({html, failureSummary}) => `${id}: ${html.slice(0, 300)}\n${failureSummary}`));
}"""
LOOKS: tuple[Literal["light", "dark"], ...] = ("light", "dark")


@dataclass
class Audit:
    """What axe found wrong on one page after another: what is wrong, and in which states."""

    page: Page
    found: dict[str, list[str]] = field(default_factory=lambda: defaultdict(list))

    async def check(self, state: str) -> None:
        """Look at the page as it is now, in both looks. axe is brought in by the debugger, which no content policy concerns."""
        if not await self.page.evaluate("'axe' in window"):
            await self.page.evaluate(AXE.read_text())
        for look in LOOKS:
            await self.page.emulate_media(color_scheme=look)
            for wrong in await self.page.evaluate(RUN, TAGS):
                self.found[wrong].append(f"{state}, {look}")

    def ends_clean(self) -> None:
        """Fail where anything was found, and say all of it."""
        if self.found:
            pytest.fail("\n\n".join(f"{'; '.join(states)}\n{wrong}" for wrong, states in self.found.items()), pytrace=False)

    async def of_dialog(self, opener: str, title: str) -> None:
        """Open a dialog by its button, look at it, close it."""
        await self.page.get_by_role("button", name=opener).first.click()
        await self.shut(title)

    async def shut(self, title: str) -> None:
        """Look at the open dialog and close it."""
        form = dialog(self.page, starting(title))
        await expect(form).to_be_visible()
        await self.check(title)
        await self.page.keyboard.press("Escape")
        await expect(form).to_be_hidden()

    async def of_menu(self, opener: str, choose: str | None = None) -> None:
        """Open a menu by its button and look at it; then choose something or close it."""
        await self.page.get_by_role("button", name=opener).first.click()
        await expect(self.page.get_by_role("menu")).to_be_visible()
        await self.check(f"menu {opener}")
        if choose:
            await self.page.get_by_role("menuitem", name=choose, exact=True).click()
        else:
            await self.page.keyboard.press("Escape")


async def sit(desk: Desk, size: ViewportSize, path: str = "") -> tuple[Page, Audit]:
    """Chiara in the demonstration's space, which nothing here changes."""
    screen = await desk.sit_as_demo("Chiara Bellandi", size=size, reduced_motion=True)
    await screen.open("/")
    await screen.page.get_by_role("link", name=starting("JIT Saltmarsh")).click()
    await expect(screen.page.get_by_role("heading", name="JIT Saltmarsh")).to_be_visible()
    if path:
        await screen.page.goto(screen.page.url + path)
    return screen.page, Audit(screen.page)


async def test_before_and_outside_of_a_space(desk: Desk, size: ViewportSize) -> None:
    screen = await desk.sit(size=size, reduced_motion=True)
    audit = Audit(screen.page)
    await screen.open("/")
    await expect(screen.page.get_by_role("button", name="Sign in")).to_be_visible()
    await audit.check("sign-in without the token")
    await screen.open(f"/?again#demo={desk.server.token}")
    await expect(screen.page.get_by_role("button", name=starting("Chiara Bellandi"))).to_be_visible()
    await audit.check("sign-in")
    await screen.page.get_by_role("button", name=starting("Chiara Bellandi")).click()
    await expect(screen.page.get_by_role("heading", name="Your spaces")).to_be_visible()
    await audit.check("spaces")
    await audit.of_menu("Chiara Bellandi")
    await screen.open("/s/nowhere")
    await expect(screen.page.get_by_role("heading", name=NOT_HERE)).to_be_visible()
    await audit.check("not found")
    audit.ends_clean()


async def test_an_ended_membership(desk: Desk, size: ViewportSize) -> None:
    world = await team(desk.world)
    maarten, chiara = await desk.sit("Maarten", size=size, reduced_motion=True), await desk.sit("Chiara")
    page = await maarten.open(f"/s/{world.ids['Saltmarsh']}")
    await expect(page.get_by_role("heading", name="Saltmarsh")).to_be_visible()
    await end_membership(await chiara.open(f"/s/{world.ids['Saltmarsh']}"), "Maarten")
    await expect(page.get_by_role("heading", name=starting("Your membership in Saltmarsh ended"))).to_be_visible()
    audit = Audit(page)
    await audit.check("ended membership")
    audit.ends_clean()


async def test_home(desk: Desk, size: ViewportSize) -> None:
    page, audit = await sit(desk, size)
    await expect(page.get_by_role("heading", name="Activity")).to_be_visible()
    await audit.check("home")
    await audit.of_dialog("Invite", "Invite a colleague")
    await audit.of_dialog("New marking", "New marking")
    await audit.of_dialog("Holders of Covert source", "Holders of Covert source")
    await audit.of_menu("Actions for Pim Jorissen", "End membership")
    await audit.shut("End Pim Jorissen’s membership?")
    await audit.of_menu("JIT Saltmarsh")
    await audit.of_menu("Language, appearance, text size" if size == WIDE else "More")
    audit.ends_clean()


async def test_palette(desk: Desk, size: ViewportSize) -> None:
    page, audit = await sit(desk, size)
    await page.keyboard.press("Control+k")
    box = page.get_by_role("combobox", name="Search this space")
    await expect(box).to_be_focused()
    await audit.check("palette, empty")
    await box.fill("dravets")
    await expect(page.get_by_role("option").first).to_be_visible()
    await audit.check("palette, found")
    await box.fill("nobody of this name")
    await expect(page.get_by_text("Nothing that you may see matches")).to_be_visible()
    await audit.check("palette, nothing")
    audit.ends_clean()


async def test_network(desk: Desk, size: ViewportSize) -> None:
    page, audit = await sit(desk, size, "/network")
    network = Network(page)
    await expect(network.chart).to_be_visible()
    await audit.check("chart")
    await network.find("Ilian Dravec")
    await expect(page.get_by_role("heading", name="Ilian Dravec")).to_be_visible()
    await audit.check("chart, panel: facts")
    for tab in ("Links", "Sources"):
        await page.get_by_role("tab", name=starting(tab)).click()
        await audit.check(f"chart, panel: {tab}")
    await network.chart.focus()
    for key, title in (
        ("n", "Add an entity"),
        ("k", "Add a link from Ilian Dravec"),
        ("?", "Keys of the chart"),
    ):
        await page.keyboard.press(key)
        await audit.shut(title)
    await page.keyboard.press("Shift+F10")
    await expect(page.get_by_role("menu")).to_be_visible()
    await audit.check("chart, menu of an item")
    await page.keyboard.press("Escape")
    await page.keyboard.press("p")
    await expect(page.get_by_role("heading", name="Paths")).to_be_visible()
    await audit.check("path finder")
    audit.ends_clean()


async def test_expanding_a_hub(desk: Desk, size: ViewportSize) -> None:
    path = await hub(desk.world)
    page = await (await desk.sit("Chiara", size=size, reduced_motion=True)).open(path)
    network, audit = Network(page), Audit(page)
    await network.find("Hub")
    await network.chart.focus()
    await page.keyboard.press("e")
    await expect(page.get_by_role("status").get_by_text("adds 26 items")).to_be_visible()
    await audit.shut("Expand Hub")
    audit.ends_clean()


async def test_table_twin_and_legend(desk: Desk, size: ViewportSize) -> None:
    page, audit = await sit(desk, size, "/network")
    network = Network(page)
    await network.show("Table")
    await expect(network.items).to_be_visible()
    await audit.check("table")
    await network.row("Ilian Dravec").get_by_role("gridcell").first.click()
    await expect(page.get_by_role("heading", name="Ilian Dravec")).to_be_visible()
    await audit.check("table, row selected")
    if size == PHONE:
        await page.get_by_role("button", name="Close the panel").first.click()
        await page.get_by_role("button", name="Legend").click()
        await audit.check("legend")
    else:
        await audit.of_menu("Layout")
    audit.ends_clean()


async def test_entities(desk: Desk, size: ViewportSize) -> None:
    page, audit = await sit(desk, size, "/entities")
    await expect(page.get_by_role("link", name="Ilian Dravec")).to_be_visible()
    await audit.check("entities")
    await audit.of_dialog("Add an entity", "Add an entity")
    await page.get_by_role("link", name="Ilian Dravec").click()
    await expect(page.get_by_role("heading", name="Ilian Dravec")).to_be_visible()
    await audit.check("entity: records")
    await page.get_by_role("tab", name=starting("Links")).click()
    await audit.check("entity: links")
    await page.get_by_role("tab", name=starting("Records")).click()
    await audit.of_dialog("Add a record", "Add a record about Ilian Dravec")
    await audit.of_dialog("Add a link", "Add a link from Ilian Dravec")
    await audit.of_dialog("Merge", "Merge Ilian Dravec and")
    await audit.of_menu("Actions for E-014 p.3 §4")
    for action, title in (("Correct", "Correct a record"), ("Retract", "Retract this record?"), ("Mark", "Mark this record")):
        await EntityPage(page).of_record("E-014 p.3 §4", action)
        await audit.shut(title)
    audit.ends_clean()


async def test_cases_and_imports(desk: Desk, size: ViewportSize) -> None:
    page, audit = await sit(desk, size, "/cases")
    await expect(page.get_by_role("link", name="Flows to the villa")).to_be_visible()
    await audit.check("cases")
    await audit.of_dialog("New case", "New case")
    await page.get_by_role("link", name="Flows to the villa").click()
    await expect(page.get_by_role("heading", name="Flows to the villa")).to_be_visible()
    await audit.check("case")
    await audit.of_dialog("Edit case", "Edit case")
    await in_space(page, "tasks")
    await audit.check("no tasks")
    await audit.of_dialog("Add task", "Add task")
    await in_space(page, "import")
    await expect(page.get_by_role("heading", name="Import", exact=True)).to_be_visible()
    await audit.check("imports")
    audit.ends_clean()


async def test_tasks(desk: Desk, size: ViewportSize) -> None:
    world = await team(desk.world)
    await world.entity("Saltmarsh", "Ilian", "Chiara", "NA-1", name="Ilian Dravec")
    for name, hours in (("Late", -50), ("Soon", 5), ("In time", 200)):
        due = Due(world.parts.clock.now() + timedelta(hours=hours), "Europe/Rome")
        said = Changes(due=due, steps=[Step("One"), Step("Two", done=True)], priority=Priority.HIGH)
        await world.task("Saltmarsh", name, "Chiara", to="Chiara", case="NA-1", about=["Ilian"], markings=["Covert"], said=said)
    page = await (await desk.sit("Chiara", size=size, reduced_motion=True)).open(f"/s/{world.ids['Saltmarsh']}/tasks")
    audit = Audit(page)
    await expect(page.get_by_role("link", name="Late")).to_be_visible()
    await audit.check("tasks")
    await page.get_by_role("link", name="Late").click()
    await expect(page.get_by_role("heading", name="Late", level=1)).to_be_visible()
    await audit.check("task")
    await audit.of_dialog("Edit task", "Edit task")
    audit.ends_clean()


async def test_evidence(desk: Desk, size: ViewportSize) -> None:
    world = await team(desk.world)
    page = await (await desk.sit("Chiara", size=size, reduced_motion=True)).open(f"/s/{world.ids['Saltmarsh']}/evidence")
    audit, listed = Audit(page), page.get_by_role("list", name="Exhibits")
    await expect(page.get_by_text("No exhibits yet.")).to_be_visible()
    await audit.check("no exhibits")
    await audit.of_dialog("Register without a file", "Register an exhibit without a file")
    await send(page, paper(2), TABLE)
    await audit.check("exhibits and uploads")
    await listed.get_by_role("link", name="transfers.csv").click()
    await expect(page.get_by_role("rowheader", name="29")).to_be_attached(timeout=60_000)
    await audit.check("table")
    await page.go_back()
    await listed.get_by_role("link", name="statement.pdf").click()
    await expect(page.get_by_role("img", name=starting("Page 1 of E-"))).to_be_visible(timeout=60_000)
    await audit.check("page")
    if size == PHONE:
        await page.get_by_role("button", name="Custody and details").click()
    for tab in ("Custody", "Cited by", "Details"):
        await page.get_by_role("tab", name=starting(tab)).click()
        await audit.check(f"exhibit: {tab}")
    await audit.of_dialog("Edit details", "Edit details of E-")
    await audit.of_dialog("Hand over…", "Hand over E-")
    await audit.of_menu("More actions for E-")
    audit.ends_clean()
