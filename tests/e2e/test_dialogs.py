"""The dialogs of teams, entities, evidence, cases and tasks in German and Arabic, enlarged and on a phone: they fit and pass axe."""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

import pytest
from playwright.async_api import expect

from tests.architecture.sources import ROOT
from tests.e2e.browser import PHONE
from tests.e2e.screens import in_space
from tests.e2e.test_accessibility import Audit
from tests.e2e.test_languages import BEGINS_WELL, ENGLISH, speaking
from tests.e2e.test_reflow import ZOOMED, fits

if TYPE_CHECKING:
    from collections.abc import Awaitable, Callable

    from playwright.async_api import Page, ViewportSize

    from tests.e2e.conftest import Desk

pytestmark = pytest.mark.browser
TEXTS = ROOT / "frontend" / "src" / "text"
ENTRY = re.compile(r"^  '([\w.]+)': '((?:[^'\\]|\\.)*)',$", re.MULTILINE)


@dataclass
class Walk:
    """Opens one dialog after another by the words of a language, and keeps what is wrong with each."""

    page: Page
    language: str
    audit: Audit
    wrong: list[str] = field(default_factory=list[str])

    def __post_init__(self) -> None:
        self.words = {key: text for file in (TEXTS / self.language).glob("*.ts") for key, text in ENTRY.findall(file.read_text())}

    def said(self, key: str, **places: str) -> re.Pattern[str]:
        """Return what a text of the catalogue reads as, before a colon or at its end; its values may be isolated."""
        text = re.escape(self.words[key].replace("\\'", "'"))
        for place, value in places.items():
            text = text.replace(re.escape("{" + place + "}"), ".*" + re.escape(value))
        return re.compile(text + r"(: |\W*$)")

    async def button(self, key: str, **places: str) -> None:
        """Press a button that opens a dialog, look at the dialog, close it."""
        await self.page.get_by_role("button", name=self.said(key, **places)).first.click()
        await self.look(key)

    async def chosen(self, menu: str, item: str, **places: str) -> None:
        """Choose from a menu what opens a dialog."""
        await self.page.get_by_role("button", name=self.said(menu, **places)).first.click()
        await self.page.get_by_role("menuitem", name=self.said(item)).click()
        await self.look(item)

    async def look(self, state: str) -> None:
        await expect(self.page.locator("dialog[open]")).to_be_visible()
        await self.page.wait_for_load_state("networkidle")
        self.wrong += [] if await self.page.evaluate(BEGINS_WELL) else [f"{state}: the focus is on the cross"]
        self.wrong += await fits(self.page, state)
        if self.language == "ar":
            self.wrong += [f"{state}: {text!r} is English" for text in await self.page.evaluate(ENGLISH)]
        await self.audit.check(state)
        await self.page.keyboard.press("Escape")
        await expect(self.page.locator("dialog[open]")).to_have_count(0)


async def of_the_team(walk: Walk) -> None:
    await walk.button("members.invite")
    await walk.button("markings.create")
    await walk.button("markings.manage", name="Covert source")
    for action in ("members.end", "members.handOver"):
        await walk.chosen("members.actions", action, name="Pim Jorissen")
    for action in ("agreement.amend", "agreement.suspend", "agreement.end"):
        await walk.chosen("agreement.actions", action)


async def of_entities(walk: Walk) -> None:
    page = walk.page
    await in_space(page, "entities")
    await walk.button("entities.add")
    await page.get_by_role("link", name="Ilian Dravec").click()
    await expect(
        page.get_by_role("button", name=walk.said("entity.addRecord"))
    ).to_be_visible()  # in Arabic, the heading is his Arabic name
    await walk.button("entity.addRecord")
    await walk.button("entity.addLink")
    await walk.button("shared.merge")
    for action in ("entity.correct", "entity.retract", "entity.mark"):
        await walk.chosen("entity.actions", action, what="E-014 p.3 §4")


async def of_imports_and_decisions(walk: Walk) -> None:
    """An import under a marking, and a record of it; then a merge."""
    page = walk.page
    await in_space(page, "import")
    who = f"Vera {walk.language} {(page.viewport_size or PHONE)['width']}"
    await page.locator("input[type=file]").set_input_files(
        {"name": f"{who}.csv", "mimeType": "text/csv", "buffer": f"name\n{who}\n".encode()}
    )
    await page.get_by_role("checkbox", name="Covert source").check()
    await page.get_by_role("button", name=walk.said("imports.start")).click()
    await walk.button("imports.mark")
    await walk.button("imports.release")
    await page.get_by_role("button", name=walk.said("imports.begin")).click()
    await walk.button("imports.undo")
    await found(page, who)
    await walk.chosen("entity.actions", "entity.release", what="row 2")
    await found(page, "Ilian Dravec")
    await merged_and_undone(walk)


async def merged_and_undone(walk: Walk) -> None:
    """Merge him with whoever shares his telephone, look at what undoes it, and undo it."""
    page, dialog = walk.page, walk.page.locator("dialog[open]")
    await page.get_by_role("button", name=walk.said("shared.merge")).first.click()
    await dialog.get_by_label(walk.said("record.sourceTitle")).first.fill("E-300")
    await dialog.get_by_role("button", name=walk.said("merge.submit")).click()
    await walk.button("merged.undo")
    await page.get_by_role("button", name=walk.said("merged.undo")).first.click()
    await dialog.get_by_label(walk.said("record.reason")).first.fill("two men")
    await dialog.get_by_role("button", name=walk.said("unmerge.submit")).click()
    await expect(page.get_by_role("button", name=walk.said("shared.merge")).first).to_be_visible()


async def found(page: Page, who: str) -> None:
    """Open the page of somebody who stands in the list of entities."""
    await in_space(page, "entities")
    await page.get_by_role("searchbox").first.fill(who)
    await page.get_by_role("link", name=who).first.click()


async def of_cases_and_tasks(walk: Walk) -> None:
    page = walk.page
    await in_space(page, "cases")
    await walk.button("cases.create")
    await page.get_by_role("link", name="Flows to the villa").click()
    await expect(page.get_by_role("heading", name="Flows to the villa")).to_be_visible()
    await walk.button("cases.edit")
    await in_space(page, "tasks")
    await walk.button("tasks.add")


async def of_evidence(walk: Walk) -> None:
    """Those of the list, then those of an exhibit that is registered without a file."""
    page, dialog = walk.page, walk.page.locator("dialog[open]")
    await in_space(page, "evidence")
    await walk.button("evidence.upload")
    await walk.button("evidence.register")
    await page.get_by_role("button", name=walk.said("evidence.register")).click()
    await dialog.get_by_label(walk.said("evidence.titleField")).fill(f"E {walk.language}")
    await dialog.get_by_label(walk.said("evidence.inCase")).select_option(label="Flows to the villa")
    await dialog.get_by_role("button", name=walk.said("registering.submit")).click()
    await expect(page.get_by_role("heading", name=f"E {walk.language}")).to_be_visible()
    await walk.button("custody.handOverOpen")
    for action in ("exhibit.editOpen", "custody.recordOpen", "exhibit.derive"):
        await walk.chosen("exhibit.more", action, number="")


@pytest.mark.parametrize("size", [ZOOMED, PHONE], ids=["zoomed", "phone"])
@pytest.mark.parametrize("language", ["de", "ar"])
@pytest.mark.parametrize("part", [of_the_team, of_entities, of_imports_and_decisions, of_cases_and_tasks, of_evidence])
async def test_the_dialogs_of_a_space_fit_and_never_begin_on_their_cross(
    desk: Desk, size: ViewportSize, language: str, part: Callable[[Walk], Awaitable[None]]
) -> None:
    page = await speaking(desk, language, size)
    walk = Walk(page, language, Audit(page))
    await part(walk)
    assert walk.wrong == []
    walk.audit.ends_clean()
