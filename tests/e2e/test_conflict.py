"""Two people write about one person at the same time: the second is shown both versions, and decides."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from playwright.async_api import expect

from tests.e2e.screens import EntityPage, starting
from tests.support.world import team

if TYPE_CHECKING:
    from playwright.async_api import Locator

    from tests.e2e.conftest import Desk

pytestmark = pytest.mark.browser
HERS, MINE = "1979-04-12", "1981-04-12"


async def second_writer(desk: Desk, name: str) -> tuple[EntityPage, Locator]:
    """Chiara and somebody else type a date of birth each; she was faster. Returns the other's page and what is shown there."""
    world = await team(desk.world)
    await world.member("Saltmarsh", "Rita@IT")
    await world.entity("Saltmarsh", "Ilian", "Chiara", "NA-1", name="Ilian Dravec")
    path = f"/s/{world.ids['Saltmarsh']}/entities/{world.ids['Ilian']}"
    chiara, other = [EntityPage(await (await desk.sit(one)).open(path)) for one in ("Chiara", name)]
    hers, theirs = await chiara.begin_record("Birth date", HERS, "E-014"), await other.begin_record("Birth date", MINE, "E-031")
    await hers.get_by_role("button", name="Add record").click()
    await expect(hers).to_be_hidden()
    await theirs.get_by_role("button", name="Add record").click()
    await expect(theirs.get_by_role("alert").get_by_text(starting("Chiara changed this while you were typing."))).to_be_visible()
    return other, theirs


async def test_both_versions_stand_side_by_side_and_nothing_typed_is_lost(desk: Desk) -> None:
    _, form = await second_writer(desk, "Maarten")
    shown = form.get_by_role("alert")
    for words in ("Both versions are below; nothing is lost.", "You", MINE, "Chiara", "12 Apr 1979"):
        await expect(shown).to_contain_text(words)
    await expect(form.get_by_role("textbox", name="Value").first).to_have_value(MINE)
    await expect(form.get_by_role("textbox", name="Source", exact=True)).to_have_value("E-031")


async def test_both_are_kept_as_records(desk: Desk) -> None:
    maarten, form = await second_writer(desk, "Maarten")
    await form.get_by_role("button", name="Keep both as records").click()
    await expect(form).to_be_hidden()
    side_by_side = maarten.page.get_by_role("region", name="Birth date: 2 records, 2 values")
    await expect(side_by_side).to_contain_text("12 Apr 1979")
    await expect(side_by_side).to_contain_text("12 Apr 1981")


async def test_mine_replaces_hers_which_stays_struck_through(desk: Desk) -> None:
    rita, form = await second_writer(desk, "Rita")
    await form.get_by_role("button", name="Take mine").click()
    await expect(form).to_be_hidden()
    await expect(rita.row("12 Apr 1981")).to_contain_text("tentative")
    await expect(rita.row("12 Apr 1979")).to_contain_text("Reason: Replaced by a later record of the same time")
    await expect(rita.row("12 Apr 1979")).to_contain_text("retracted")


async def test_hers_stays_alone(desk: Desk) -> None:
    maarten, form = await second_writer(desk, "Maarten")
    await form.get_by_role("button", name="Take theirs").click()
    await expect(form).to_be_hidden()
    await expect(maarten.row("12 Apr 1979")).to_contain_text("tentative")
    await expect(maarten.row("12 Apr 1981")).to_have_count(0)


async def test_nobody_replaces_a_record_of_another_authority(desk: Desk) -> None:
    maarten, form = await second_writer(desk, "Maarten")
    await expect(form.get_by_role("button", name="Take theirs")).to_be_visible()
    await expect(form.get_by_role("button", name="Take mine")).to_have_count(0)
    await form.get_by_role("button", name="Take theirs").click()
    await expect(maarten.row("12 Apr 1979").get_by_role("button", name="Actions for E-014")).to_have_count(0)
