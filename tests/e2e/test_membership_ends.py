"""A membership ends while its holder looks at the space: the view closes, and nothing arrives there any more."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from playwright.async_api import expect

from tests.e2e.screens import NOT_HERE, Network, end_membership, starting
from tests.support.world import team

if TYPE_CHECKING:
    from playwright.async_api import Page

    from tests.e2e.conftest import Desk

pytestmark = pytest.mark.browser


async def two_spaces(desk: Desk) -> tuple[str, str]:
    """Maarten is in Saltmarsh with Chiara, and in Quayside too. Returns the two paths."""
    world = await team(desk.world)
    await world.entity("Saltmarsh", "Marta", "Chiara", "NA-1", name="Marta Vidal")
    await world.space("Quayside")
    await world.member("Quayside", "Chiara", "lead")
    await world.member("Quayside", "Maarten")
    await world.case("Quayside", "TF-1", "Chiara")
    return f"/s/{world.ids['Saltmarsh']}", f"/s/{world.ids['Quayside']}"


async def ended(page: Page) -> None:
    """Wait for the page of an ended membership, and see that there is nothing else."""
    await expect(page.get_by_role("heading", name=starting("Your membership in Saltmarsh ended on "))).to_be_visible()
    await expect(page.get_by_text("Ask Chiara (IT) if this is wrong.")).to_be_visible()
    await expect(page.get_by_role("link")).to_have_text(["Go to your spaces"])
    for role in ("navigation", "banner", "contentinfo", "button", "application", "dialog"):
        await expect(page.get_by_role(role)).to_have_count(0)
    await expect(page.get_by_text("Marta Vidal")).to_have_count(0)


async def test_the_view_closes_and_nothing_arrives_any_more(desk: Desk) -> None:
    saltmarsh, _ = await two_spaces(desk)
    maarten, chiara = await desk.sit("Maarten"), await desk.sit("Chiara")
    await Network(await maarten.open(saltmarsh + "/network")).counts(1, 0)
    await end_membership(await chiara.open(saltmarsh), "Maarten")
    await ended(maarten.page)

    told = len(maarten.witness.frames)
    network = Network(await chiara.open(saltmarsh + "/network"))
    await network.add_entity("Ilze Brandt", "E-200")
    await network.counts(2, 0)
    await maarten.witness.heartbeat()
    assert {frame["type"] for frame in maarten.witness.frames[told:]} == {"heartbeat"}
    await ended(maarten.page)


async def test_nothing_is_left_behind_the_back_button(desk: Desk) -> None:
    saltmarsh, _ = await two_spaces(desk)
    maarten, chiara = await desk.sit("Maarten"), await desk.sit("Chiara")
    await maarten.open("/")
    await maarten.page.get_by_role("link", name=starting("Saltmarsh")).click()
    await maarten.page.get_by_role("link", name="Entities").click()
    await maarten.page.get_by_role("link", name="Marta Vidal").click()
    await expect(maarten.page.get_by_role("heading", name="Marta Vidal")).to_be_visible()
    await end_membership(await chiara.open(saltmarsh), "Maarten")
    await ended(maarten.page)

    await maarten.page.go_back()
    await ended(maarten.page)
    await maarten.page.get_by_role("link", name="Go to your spaces").click()
    await expect(maarten.page.get_by_role("link", name=starting("Quayside"))).to_be_visible()
    await expect(maarten.page.get_by_role("link", name=starting("Saltmarsh"))).to_have_count(0)
    for _ in range(2):
        await maarten.page.go_back()
        await expect(maarten.page.get_by_role("heading", name=NOT_HERE)).to_be_visible()
        await expect(maarten.page.get_by_text("Marta Vidal")).to_have_count(0)


async def test_the_person_stays_signed_in_elsewhere(desk: Desk) -> None:
    saltmarsh, quayside = await two_spaces(desk)
    here, there, chiara = await desk.sit("Maarten"), await desk.sit("Maarten"), await desk.sit("Chiara")
    await here.open(saltmarsh)
    network = Network(await there.open(quayside + "/network"))
    await expect(network.page.get_by_text("No entities yet.")).to_be_visible()
    await end_membership(await chiara.open(saltmarsh), "Maarten")
    await ended(here.page)

    await Network(await chiara.open(quayside + "/network")).add_entity("Ilze Brandt", "E-200")
    await network.counts(1, 0)
