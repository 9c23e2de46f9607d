"""A newcomer's own tables, a CSV of payments and one of telephone calls, become one network as the README says; a third is undone."""

from __future__ import annotations

import csv
import time
from typing import TYPE_CHECKING

import pytest
from playwright.async_api import expect

from tests.e2e.screens import ImportPage, Network, go
from tests.e2e.test_quarter_of_an_hour import become

if TYPE_CHECKING:
    from pathlib import Path

    from playwright.async_api import Page

    from tests.e2e.conftest import Desk

pytestmark = pytest.mark.browser
PAYMENTS = """Statement of the harbour office

Zahler;IBAN Zahler;Empfänger;IBAN Empfänger;Betrag;Währung;Buchungstag;Verwendungszweck
Wanda Kroll;DE89 3704 0044 0532 0130 00;Harbour Lights Ltd;LT12 1000 0111 0100 1000;1.250,00;EUR;03.02.2026;deposit
Harbour Lights Ltd;LT121000011101001000;Tomas Ek;IT60X0542811101000000123456;900,00;EUR;14.02.2026;
Harbour Lights Ltd;LT121000011101001001;Tomas Ek;IT60X0542811101000000123456;90,00;EUR;15.02.2026;a mistyped account
"""
CALLS = """caller name,caller,called name,called,date,time,duration
Wanda Kroll,+31 6 5550 9001,Birute Noll,+370 600 00001,2026-02-02,21:14,00:03:25
Birute Noll,0037060000001,Tomas Ek,+39 333 555 9002,2026-02-02,21:30,65
"""

LINES = """{"caller name": "Ida Marr", "caller": "+31655509111", "called name": "Edu Qu", "called": "+37060000111", "date": "2026-02-02"}
{"caller name": "Edu Qu", "caller":
{"caller name": "Edu Qu", "caller": "+37060000111", "called name": "Piet Oranje", "called": "+39333559112", "date": "2026-02-03"}
"""


async def test_payments_and_calls_become_one_network_within_five_minutes(desk: Desk, tmp_path: Path) -> None:
    (tmp_path / "payments.csv").write_bytes(PAYMENTS.encode("windows-1252"))
    (tmp_path / "calls.csv").write_text(CALLS)
    page, begun = await become(desk, "Chiara Bellandi"), time.monotonic()
    imported = ImportPage(page)

    await go(page, "Import")
    await imported.send(tmp_path / "payments.csv", "payments")
    await expect(page.get_by_text("Looks like payments")).to_be_visible()
    await expect(page.get_by_label("Encoding")).to_have_value("windows-1252")
    await expect(page.get_by_label("Row that names the columns")).to_have_value("3")
    faults = page.get_by_role("list", name="Would be refused")
    await expect(faults).to_contain_text("IBAN Zahler: no valid IBAN")
    await expect(faults).to_contain_text("1 of 3 rows: 6")
    await page.get_by_role("button", name="Check the whole file").click()
    await imported.says("2 rows of the file would come in. Nothing has been taken yet.", "1 row was refused.")
    await imported.start()
    await imported.says("2 rows are in.", "1 row was refused.")

    await go(page, "Import")
    await imported.file.set_input_files(tmp_path / "calls.csv")
    await page.get_by_label("Belongs to the data set").select_option(label="payments")
    await page.get_by_role("button", name="Send file").click()
    await expect(page.get_by_text("Looks like telephone calls")).to_be_visible()
    await imported.start()
    await imported.says("2 rows are in.")

    await page.get_by_role("link", name="Explore in the network").click()
    panel = await Network(page).path("Birute Noll", "Harbour Lights Ltd")
    await expect(panel.get_by_role("status").filter(has_text="path")).to_be_visible()
    await expect(panel.get_by_role("listitem").filter(has_text="Tomas Ek").first).to_be_visible()
    assert time.monotonic() - begun < 300


async def refused_rows_come_in_french(page: Page) -> None:
    """Download the report once more in French, after a try with the line cut; then speak English again."""
    await page.evaluate("localStorage.setItem('language', 'fr')")
    await page.reload()
    button = page.get_by_role("button", name="Télécharger les lignes refusées")
    await expect(button).to_be_visible()
    await page.context.set_offline(True)
    await button.click()
    await expect(page.get_by_role("alert").filter(has_text="Le serveur est injoignable")).to_be_visible()
    await page.context.set_offline(False)
    async with page.expect_download() as download:
        await button.click()
    found = await download.value
    [row] = list(csv.DictReader((await found.path()).read_text("utf-8-sig").splitlines()))
    assert found.suggested_filename == "lignes-refusees.csv"
    assert row["ligne"] == "2"
    assert row["motif"].startswith("pas du JSON")
    await page.evaluate("localStorage.removeItem('language')")
    await page.reload()


async def test_json_lines_come_in_through_the_wizard_and_a_broken_line_is_named(desk: Desk, tmp_path: Path) -> None:
    (tmp_path / "calls.jsonl").write_text(LINES)
    page = await become(desk, "Chiara Bellandi")
    imported = ImportPage(page)
    await go(page, "Import")
    await imported.send(tmp_path / "calls.jsonl", "calls as lines")
    await expect(page.get_by_text("Looks like telephone calls")).to_be_visible()
    await expect(page.get_by_label("Encoding")).to_have_count(0)
    await page.get_by_role("button", name="Check the whole file").click()
    await imported.says("2 rows of the file would come in. Nothing has been taken yet.", "1 row was refused.")
    await imported.start()
    await imported.says("2 rows are in.", "1 row was refused.")
    [refused] = await imported.refused()
    assert refused["row"] == "2"
    await refused_rows_come_in_french(page)
    await page.get_by_role("link", name="Explore in the network").click()
    panel = await Network(page).path("Ida Marr", "Piet Oranje")
    await expect(panel.get_by_role("status").filter(has_text="path")).to_be_visible()


async def test_an_import_is_undone_and_stays_struck_through(desk: Desk, tmp_path: Path) -> None:
    (tmp_path / "wrong.csv").write_text("name,birthDate,nationality\nOrsina Wrongly,1980-02-01,it\n")
    page = await become(desk, "Chiara Bellandi")
    imported = ImportPage(page)
    await go(page, "Import")
    await imported.send(tmp_path / "wrong.csv", "wrong")
    await page.get_by_label("Keep this mapping as").fill("People")
    await page.get_by_role("button", name="Save mapping").click()
    await expect(page.get_by_role("button", name="Use “People”")).to_be_visible()
    await imported.start()
    await page.get_by_role("button", name="Undo import").click()
    dialog = page.get_by_role("dialog")
    await dialog.get_by_label("Reason").fill("the wrong file")
    await dialog.get_by_role("button", name="Undo import").click()
    await imported.says("Undone (100%): the wrong file")
    await go(page, "Entities")
    await page.get_by_label("Name contains").fill("Orsina")
    await page.get_by_role("link", name="Orsina Wrongly").first.click()
    await expect(page.get_by_text("the wrong file").first).to_be_visible()
