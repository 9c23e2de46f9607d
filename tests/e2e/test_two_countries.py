"""Two people of two countries in front of the same case: what one does, the other sees, or no longer sees, without reloading."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from playwright.async_api import expect

from tests.e2e.screens import EntityPage, Network, dialog, starting
from tests.e2e.worlds import acquaintances
from tests.support.world import team

if TYPE_CHECKING:
    from tests.e2e.browser import Screen
    from tests.e2e.conftest import Desk

pytestmark = pytest.mark.browser


async def at_network(desk: Desk, person: str, space: str) -> tuple[Screen, Network]:
    screen = await desk.sit(person)
    network = Network(await screen.open(space + "/network"))
    await network.counts(2, 1)
    return screen, network


async def test_what_one_adds_the_other_sees_attributed(desk: Desk) -> None:
    space = await acquaintances(desk.world)
    _, chiara = await at_network(desk, "Chiara", space)
    _, maarten = await at_network(desk, "Maarten", space)

    await chiara.add_entity("Ilze Brandt", "E-200")
    await maarten.counts(3, 1)
    await maarten.find("Ilze Brandt")
    await expect(maarten.panel.get_by_role("heading", name="Ilze Brandt")).to_be_visible()
    await expect(maarten.page.get_by_role("contentinfo").get_by_text("Chiara changed Ilze Brandt")).to_be_visible()

    await chiara.add_link("Ilze Brandt", "Marta Vidal", "associated with …", "E-201")
    await maarten.counts(3, 2)
    await expect(maarten.panel.get_by_role("tab", name="Links 1")).to_be_visible()


async def test_what_is_marked_is_gone_from_whoever_lacks_the_marking(desk: Desk) -> None:
    space = await acquaintances(desk.world)
    _, maarten = await at_network(desk, "Maarten", space)
    await maarten.find("Bruno Keel")
    await expect(maarten.panel.get_by_role("heading", name="Bruno Keel")).to_be_visible()

    chiara = await desk.sit("Chiara")
    page = EntityPage(await chiara.open(f"{space}/entities/{desk.world.ids['Bruno']}"))
    await page.mark("E-100 p.1", "Covert")

    await maarten.counts(1, 0)
    await expect(maarten.panel.get_by_role("heading", name="Bruno Keel")).to_be_hidden()
    await maarten.not_found("Bruno")
    await maarten.show("Table")
    await expect(maarten.row("Marta Vidal")).to_be_visible()
    await expect(maarten.row("Bruno Keel")).to_have_count(0)
    await expect(maarten.page.get_by_text("Bruno Keel")).to_have_count(0)


async def test_a_merge_and_its_undoing_reach_the_other_chart(desk: Desk) -> None:
    world = await team(desk.world)
    for name, said in (("One", "Ilian Dravec"), ("Two", "I. Dravetz")):
        await world.entity("Saltmarsh", name, "Chiara", "NA-1", name=said, phone="+31655501187")
    space = f"/s/{world.ids['Saltmarsh']}"
    maarten = Network(await (await desk.sit("Maarten")).open(space + "/network"))
    await maarten.counts(2, 0)

    chiara = await (await desk.sit("Chiara")).open(f"{space}/entities/{world.ids['One']}")
    await chiara.get_by_role("button", name="Merge", exact=True).click()
    form = dialog(chiara, starting("Merge "))
    await form.get_by_role("textbox", name="Source", exact=True).fill("E-300")
    await form.get_by_role("button", name="Merge", exact=True).click()
    await maarten.counts(1, 0)

    await chiara.get_by_role("button", name="Undo merge").click()
    form = dialog(chiara, starting("Undo the merge"))
    await form.get_by_role("textbox", name="Reason").fill("Two men share one telephone.")
    await form.get_by_role("button", name="Undo merge").click()
    await maarten.counts(2, 0)
