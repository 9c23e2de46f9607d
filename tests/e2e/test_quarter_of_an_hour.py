"""The README's first quarter of an hour, step by step, as a newcomer does it in the demonstration."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from playwright.async_api import expect

from tests.e2e.browser import PHONE, WIDE
from tests.e2e.screens import (
    EntityPage,
    ImportPage,
    Network,
    end_membership,
    go,
    search,
    sign_in_as,
    starting,
)

if TYPE_CHECKING:
    from pathlib import Path

    from playwright.async_api import Page, ViewportSize

    from tests.e2e.conftest import Desk

pytestmark = pytest.mark.browser
FTM = """{"id": "q-1", "schema": "Person", "properties": {"name": ["Renzo Quay"], "birthDate": ["1970"]}}
{"id": "q-2", "schema": "Company", "properties": {"name": ["Quay Holdings"], "jurisdiction": ["mt"]}}
{"id": "q-3", "schema": "Ownership", "properties": {"owner": ["q-1"], "asset": ["q-2"]}}
{"id": "q-4", "schema": "Starship", "properties": {"name": ["Nothing of ours"]}}
{"id": "q-5", "schema": "Person", "properties"
"""
CSV = """name,birthDate,nationality
Vera Salt,1980-02-01,it
Otto Salt,the year of the flood,nl
,1990-01-01,lt
"""


async def become(desk: Desk, name: str, size: ViewportSize = WIDE) -> Page:
    """Open the printed address and become somebody."""
    page = await (await desk.sit(size=size)).open(f"/#demo={desk.server.token}")
    await sign_in_as(page, name)
    await page.get_by_role("link", name=starting("JIT Saltmarsh")).click()
    await expect(page.get_by_role("heading", name="JIT Saltmarsh")).to_be_visible()
    return page


async def test_a_man_is_found_in_every_script_and_by_the_phone_he_shares(desk: Desk) -> None:
    page = await become(desk, "Chiara Bellandi")
    await go(page, "Network")
    for words in ("dravets", "Дравец", "+31655501187"):
        found = await search(page, words)
        await expect(found.filter(has_text="Ilian Dravec").first).to_be_visible()
        await page.keyboard.press("Escape")
    found = await search(page, "+31655501187")
    await expect(found.filter(has_text="+31 6 5550 1187").first).to_be_visible()


async def test_on_a_phone_who_was_asked_for_stands_in_the_chart_however_large(desk: Desk) -> None:
    page = await become(desk, "Chiara Bellandi", PHONE)
    await (await search(page, "Ilian Dravec")).filter(has_text="Ilian Dravec").first.click()
    await page.get_by_role("link", name="Show in chart").click()
    await expect(page.get_by_role("application")).to_be_visible()
    await expect(page.get_by_role("heading", name="Ilian Dravec")).to_be_visible()


async def test_two_birth_dates_stand_side_by_side_each_with_its_source(desk: Desk) -> None:
    page = await become(desk, "Chiara Bellandi")
    await (await search(page, "Ilian Dravec")).filter(has_text="Ilian Dravec").first.click()
    dates = page.get_by_role("region", name="Birth date: 3 records, 2 values")
    for words in (
        "12 Apr 1979",
        "2 records",
        "E-014 p.3",
        "E-022 p.1",
        "12 Apr 1981",
        "1 record",
        "E-031 row 218",
        "A1",
        "B2",
        "H0",
        "IT",
        "NL",
        "LT",
    ):
        await expect(dates).to_contain_text(words)


async def test_the_chain_of_companies_appears_with_its_weakest_grade(desk: Desk) -> None:
    page = await become(desk, "Chiara Bellandi")
    await go(page, "Network")
    panel = await Network(page).path("Fondazione Acquaviva", "Villa Orsola")
    await expect(panel.get_by_role("listitem").filter(has_text="I. Dravetz").first).to_be_visible()
    for kind in ("Money flow", "Communication", "Personal tie", "Use, presence", "Cited in"):
        await panel.get_by_role("checkbox", name=kind).uncheck()
    await panel.get_by_role("button", name="Find paths").click()
    chain = panel.get_by_role("listitem").filter(has_text="Meridia Holdings Ltd").first
    for words in ("Fondazione Acquaviva", "owns", "Perla Marittima Srl", "Orsola Nekretnine d.o.o.", "Villa Orsola", "weakest grade B2"):
        await expect(chain).to_contain_text(words)


async def test_what_is_added_appears_what_is_marked_goes_and_a_membership_ends(desk: Desk) -> None:
    chiara, maarten = Network(await become(desk, "Chiara Bellandi")), Network(await become(desk, "Maarten Vreeland"))
    for each in (chiara, maarten):
        await go(each.page, "Network")
        await expect(each.chart).to_be_visible()

    await chiara.add_entity("Ilze Brandt", "E-200")
    await chiara.add_link("Ilze Brandt", "Samir Belkadir", "associated with …", "E-200")
    await maarten.find("Ilze Brandt")
    await expect(maarten.panel.get_by_role("tab", name="Links 1")).to_be_visible()
    panel = await maarten.path("Ilze Brandt", "Samir Belkadir")
    await expect(panel.get_by_role("status").filter(has_text="1 path")).to_be_visible()

    await chiara.panel.get_by_role("link", name="Open the page of Ilze Brandt").click()
    await EntityPage(chiara.page).mark("E-200", "Victim identity")
    await maarten.not_found("Ilze Brandt")
    await expect(maarten.page.get_by_text("Ilze Brandt")).to_have_count(0)

    await go(chiara.page, "Home")
    await end_membership(chiara.page, "Maarten Vreeland")
    await expect(maarten.page.get_by_role("heading", name=starting("Your membership in JIT Saltmarsh ended on "))).to_be_visible()


@pytest.mark.parametrize(
    ("name", "text", "taken", "refused"),
    [
        ("harbour.ijson", FTM, 3, [("4", "schema", "unknown schema Starship"), ("5", "", "no JSON")]),
        ("harbour.csv", CSV, 1, [("3", "birthDate", "not a date"), ("4", "name", "nothing to tell one from another")]),
    ],
    ids=["FollowTheMoney", "CSV"],
)
async def test_bad_rows_come_back_and_importing_again_changes_nothing(
    desk: Desk, tmp_path: Path, name: str, text: str, taken: int, refused: list[tuple[str, str, str]]
) -> None:
    (tmp_path / name).write_text(text)
    page = await become(desk, "Chiara Bellandi")
    counts = list[str]()
    for _ in range(2):
        await go(page, "Import")
        imported = ImportPage(page)
        await imported.send(tmp_path / name, name)
        await imported.start()
        await imported.says(f"{taken} row{'s are' if taken > 1 else ' is'} in.", "2 rows were refused.")
        for (row, column, reason), told in zip(refused, await imported.refused(), strict=True):
            assert (told["row"], told["column"]) == (row, column)
            assert told["reason"].startswith(reason)
        await go(page, "Entities")
        counts.append(await page.get_by_role("status").filter(has_text="that you may see").inner_text())
    assert counts[0] == counts[1]
