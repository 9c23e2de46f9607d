"""What a person does on the pages, in the words on them. Nothing here knows a class name or an element's place."""

from __future__ import annotations

import csv
import re
from typing import TYPE_CHECKING

from playwright.async_api import expect

if TYPE_CHECKING:
    from pathlib import Path

    from playwright.async_api import Locator, Page


def starting(words: str) -> re.Pattern[str]:
    """Match a name that begins so."""
    return re.compile("^" + re.escape(words))


def dialog(page: Page, title: str | re.Pattern[str]) -> Locator:
    return page.get_by_role("dialog", name=title)


NOT_HERE = "There is nothing here that you can open."


async def sign_in_as(page: Page, name: str) -> None:
    """Become one of the demonstration's people, from the page with the token of this start."""
    await page.get_by_role("button", name=starting(name)).click()
    await expect(page.get_by_role("heading", name="Your spaces")).to_be_visible()


async def search(page: Page, words: str) -> Locator:
    """Type into the palette; returns what it found."""
    await page.keyboard.press("Control+k")
    box = page.get_by_role("combobox", name="Search this space")
    await expect(box).to_be_focused()
    await box.fill(words)
    return page.get_by_role("option")


async def in_space(page: Page, path: str) -> None:
    """Load a page of the space that the address names, as by typing its address."""
    await page.goto("/".join([*page.url.split("/")[:5], path]))


async def go(page: Page, section: str) -> None:
    """Open a section of the space by the rail."""
    await page.get_by_role("navigation", name="Sections").get_by_role("link", name=section).click()


class Network:
    """The network of a space: chart or table, legend, panel."""

    def __init__(self, page: Page) -> None:
        self.page = page
        self.chart = page.get_by_role("application", name=starting("Chart"))
        self.legend = page.get_by_role("complementary", name="Legend and filter")
        self.panel = page.get_by_role("region", name="About the selected item")
        self.items = page.get_by_role("grid", name="Items")
        self.links = page.get_by_role("grid", name="Links")

    async def counts(self, items: int, links: int) -> None:
        """Wait until the legend counts so many."""
        words = f"{items} item{'s' * (items != 1)} and {links} link{'s' * (links != 1)} that you may see"
        await expect(self.legend.get_by_text(words)).to_be_visible()

    async def show(self, face: str) -> None:
        """Show the chart or the table."""
        await self.page.get_by_role("group", name="Show as").get_by_text(face, exact=True).click()

    def row(self, name: str) -> Locator:
        """Return the row of an item in the table."""
        return self.items.get_by_role("row").filter(has=self.page.get_by_role("gridcell", name=name, exact=True))

    async def find(self, name: str) -> None:
        """Find an item on the chart by typing, and select it."""
        await self.chart.focus()
        await self.page.keyboard.press("/")
        box = self.page.get_by_role("textbox", name="Find in the chart")
        await box.fill(name)
        await expect(self.page.get_by_role("search").get_by_role("status")).to_have_text("1 found")
        await box.press("Enter")
        await box.press("Escape")

    async def not_found(self, name: str) -> None:
        await self.chart.focus()
        await self.page.keyboard.press("/")
        box = self.page.get_by_role("textbox", name="Find in the chart")
        await box.fill(name)
        await expect(self.page.get_by_role("search").get_by_role("status")).to_have_text("0 found")
        await box.press("Escape")

    async def path(self, start: str, end: str) -> Locator:
        """Look for paths between two items; returns the panel that tells them."""
        await self.chart.focus()
        await self.page.keyboard.press("Escape")  # what is selected would fill the slots
        await self.page.get_by_role("button", name="Paths").click()
        panel = self.page.get_by_role("region", name="Paths")
        for slot, name in (("From", start), ("To", end)):
            await panel.get_by_role("textbox", name=slot).fill(name)
            await panel.get_by_role("button", name=name, exact=True).click()
        await panel.get_by_role("button", name="Find paths").click()
        return panel

    async def add_entity(self, name: str, source: str) -> None:
        """Add a person in place."""
        await self.page.get_by_role("button", name="Add entity (N)").click()
        form = dialog(self.page, "Add an entity")
        await form.get_by_role("textbox", name="Value").first.fill(name)
        await form.get_by_role("textbox", name="Source", exact=True).fill(source)
        await form.get_by_role("button", name="Add entity").click()
        await expect(form).to_be_hidden()

    async def add_link(self, start: str, end: str, kind: str, source: str) -> None:
        """Add a link in place, from the item selected first."""
        await self.find(start)
        await self.page.get_by_role("button", name="Add link (K)").click()
        form = dialog(self.page, f"Add a link from {start}")
        await form.get_by_role("textbox", name="With").fill(end)
        await form.get_by_role("button", name=end, exact=True).click()
        await form.get_by_role("combobox", name="Link").select_option(kind)
        await form.get_by_role("textbox", name="Source", exact=True).fill(source)
        await form.get_by_role("button", name="Add link").click()
        await expect(form).to_be_hidden()


class EntityPage:
    """One entity: its records, who sees it, what may be the same."""

    def __init__(self, page: Page) -> None:
        self.page = page

    def row(self, said: str) -> Locator:
        """Return the row of a value in the table of records."""
        return self.page.get_by_role("row").filter(has_text=said)

    async def of_record(self, source: str, action: str) -> None:
        """Choose something from the menu of a record."""
        await self.page.get_by_role("button", name=f"Actions for {source}").first.click()
        await self.page.get_by_role("menuitem", name=action, exact=True).click()

    async def mark(self, source: str, marking: str) -> None:
        await self.of_record(source, "Mark")
        form = dialog(self.page, "Mark this record")
        await form.get_by_role("checkbox", name=marking).check()
        await form.get_by_role("button", name="Mark record").click()
        await expect(form).to_be_hidden()

    async def begin_record(self, prop: str, value: str, source: str) -> Locator:
        """Open the dialog for a further record and fill it in; returns it."""
        await self.page.get_by_role("button", name="Add a record").click()
        form = dialog(self.page, starting("Add a record about"))
        await form.get_by_role("combobox", name="Property").first.select_option(prop)
        await form.get_by_role("textbox", name="Value").first.fill(value)
        await form.get_by_role("textbox", name="Source", exact=True).fill(source)
        return form


async def add_task(page: Page, what: str, to: str = "", checklist: str = "") -> None:
    """Fill in the dialog that is open, and send it."""
    form = dialog(page, "Add task")
    await form.get_by_role("textbox", name="What is to be done").fill(what)
    if to:
        await form.get_by_role("combobox", name="Given to").select_option(to)
    await form.get_by_role("textbox", name="Checklist").fill(checklist)
    await form.get_by_role("button", name="Add task").click()
    await expect(form).to_be_hidden()


async def end_membership(page: Page, name: str) -> None:
    """End a membership from the space's home."""
    await page.get_by_role("button", name=f"Actions for {name}").click()
    await page.get_by_role("menuitem", name="End membership").click()
    form = dialog(page, f"End {name}’s membership?")
    await form.get_by_role("button", name="End membership").click()
    await expect(form).to_be_hidden()


class ImportPage:
    """A file on its way in."""

    def __init__(self, page: Page) -> None:
        self.page = page

    @property
    def file(self) -> Locator:
        """Where one chooses it; the page of an import has a part of the same name."""
        return self.page.get_by_label("File", exact=True).and_(self.page.locator("input"))

    async def send(self, file: Path, name: str) -> None:
        """Choose a file, name the data set, send it."""
        await self.file.set_input_files(file)
        await self.page.get_by_role("textbox", name="Name of the data set").fill(name)
        await self.page.get_by_role("button", name="Send file").click()
        await expect(self.page.get_by_role("button", name="Start import")).to_be_visible()

    async def start(self) -> None:
        """Start and wait for the end."""
        await self.page.get_by_role("button", name="Start import").click()
        await expect(self.page.get_by_text("done", exact=True)).to_be_visible(timeout=60_000)

    async def says(self, *words: str) -> None:
        for each in words:
            await expect(self.page.get_by_role("status").filter(has_text=each).first).to_be_visible()

    async def refused(self) -> list[dict[str, str]]:
        """Download the refused rows."""
        async with self.page.expect_download() as download:
            await self.page.get_by_role("button", name="Download refused rows").click()
        path = await (await download.value).path()
        return list(csv.DictReader(path.read_text("utf-8-sig").splitlines()))
