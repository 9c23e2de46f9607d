"""A file of one country is found altered; beside what rests on it the other country reads so, in the page and the chart it has open."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from playwright.async_api import expect

from graph.queries import evidence_checks
from tests.e2e.test_challenge import exhibit
from tests.e2e.worlds import acquaintances

if TYPE_CHECKING:
    from playwright.async_api import Locator

    from tests.e2e.conftest import Desk

pytestmark = pytest.mark.browser


async def check(desk: Desk, panel: Locator, recorded: str, told: str) -> None:
    """Have the file read in full where this hash stands as its own."""
    row = {"id": desk.world.ids["Ledger"], "sha256": recorded}
    await desk.world.parts.graph.write(lambda tx: evidence_checks.set_checked(tx, [row]))
    await panel.get_by_role("button", name="Check now").click()
    await expect(panel.get_by_text(told)).to_be_visible(timeout=30_000)


async def test_what_rests_on_an_altered_file_says_so_in_every_open_view_until_it_is_whole_again(desk: Desk) -> None:
    world, space = desk.world, await acquaintances(desk.world)
    one = await world.file("Saltmarsh", "Ledger", "Chiara", "NA-1", b"date,payee\n2026-03-04,Kestrel\n")
    await world.record("Saltmarsh", "Marta", "Chiara", "NA-1", exhibit="Ledger", alias="Kestrel")
    await world.record("Saltmarsh", "ties", "Chiara", "NA-1", exhibit="Ledger", summary="partners")
    whole = await world.parts.graph.read(lambda tx: tx.value("MATCH (x:EvidenceItem {id: $id}) RETURN x.sha256", id=one))
    maarten, chiara = await desk.sit("Maarten"), await (await desk.sit("Chiara")).open(space + "/evidence")
    views = [
        await maarten.open(f"{space}/entities/{world.ids['Marta']}"),
        await (await desk.sit("Maarten")).open(f"{space}/network?select={world.ids['Marta']}"),
    ]
    for view in views:
        await expect(view.get_by_text("Kestrel").first).to_be_visible()
        await expect(view.get_by_text("file altered")).to_have_count(0)

    panel = await exhibit(chiara, "Ledger")
    await panel.get_by_role("tab", name="Details").click()
    await check(desk, panel, "0" * 64, "Not as it was recorded, checked")
    for view in views:
        await expect(view.get_by_text("file altered").first).to_be_visible()
    await check(desk, panel, whole, "As it was recorded, checked")
    for view in views:
        await expect(view.get_by_text("file altered")).to_have_count(0)
