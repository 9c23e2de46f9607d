"""A file sent in one country is there for the other at once, read page by page, handed over and received; nobody reloads."""

from __future__ import annotations

import io
from typing import TYPE_CHECKING, Any

import pytest
from playwright.async_api import expect
from reportlab.lib.pagesizes import A4
from reportlab.pdfgen.canvas import Canvas

from tests.e2e.browser import PHONE
from tests.e2e.screens import dialog, starting
from tests.support.world import team

if TYPE_CHECKING:
    from pathlib import Path

    from playwright.async_api import FilePayload, Page

    from tests.e2e.conftest import Desk

pytestmark = pytest.mark.browser
ROWS = "".join(f"2026-03-{day:02};IT60;NL71;{day}00,00\n" for day in range(1, 29))
TABLE: FilePayload = {"name": "transfers.csv", "mimeType": "text/csv", "buffer": f"date;from;to;amount\n{ROWS}".encode()}
UPLOADS = "**/files/uploads/**"


def paper(pages: int) -> FilePayload:
    """Return a PDF that says on each page which one it is."""
    made = io.BytesIO()
    canvas = Canvas(made, pagesize=A4)
    for page in range(1, pages + 1):
        canvas.drawString(72, 720, f"Statement of account, sheet {page}")
        canvas.showPage()
    canvas.save()
    return {"name": "statement.pdf", "mimeType": "application/pdf", "buffer": made.getvalue()}


async def begin(page: Page, *files: Any) -> None:
    """Choose files in the dialog of uploads, and send them."""
    await page.get_by_role("button", name="Upload", exact=True).click()
    form = dialog(page, "Upload files")
    await form.get_by_label("Choose files").set_input_files(list(files))
    await form.get_by_role("button", name="Send files").click()
    await expect(form).to_be_hidden()


async def send(page: Page, *files: FilePayload) -> None:
    """The same, and wait until all have arrived."""
    await begin(page, *files)
    await expect(page.get_by_role("heading", name=f"{len(files)} of {len(files)} sent")).to_be_visible(timeout=60_000)


async def test_what_one_country_sends_the_other_reads_and_receives(desk: Desk) -> None:
    world = await team(desk.world)
    path = f"/s/{world.ids['Saltmarsh']}/evidence"
    maarten, chiara = await (await desk.sit("Maarten")).open(path), await (await desk.sit("Chiara")).open(path)
    await expect(chiara.get_by_text("No exhibits yet. Drop files here, or ask a partner with a request.")).to_be_visible()
    await send(maarten, paper(3), TABLE)

    listed = chiara.get_by_role("list", name="Exhibits")
    await expect(listed.get_by_role("link")).to_have_count(2)
    await listed.get_by_role("link", name="statement.pdf").click()
    await expect(chiara.get_by_text("of 3")).to_be_visible(timeout=60_000)
    await expect(chiara.get_by_role("img", name=starting("Page 1 of E-"))).to_be_visible(timeout=30_000)
    await chiara.keyboard.press("ArrowRight")
    await expect(chiara.get_by_role("img", name=starting("Page 2 of E-"))).to_be_visible(timeout=30_000)
    await expect(chiara.get_by_role("button", name="Hand over…")).to_have_count(0)

    await maarten.get_by_role("list", name="Exhibits").get_by_role("link", name="statement.pdf").click()
    await maarten.get_by_role("button", name="Hand over…").click()
    form = dialog(maarten, starting("Hand over E-"))
    await form.get_by_role("combobox", name="To").select_option(label=await form.locator("option", has_text="(IT)").inner_text())
    await form.get_by_role("textbox", name="Number of the seal").fill("0048812")
    await form.get_by_role("button", name="Hand over", exact=True).click()
    await expect(maarten.get_by_text("has not confirmed receipt").first).to_be_visible()

    await chiara.get_by_role("button", name="Confirm receipt").click()
    form = dialog(chiara, starting("Confirm receipt of E-"))
    await expect(form.get_by_role("textbox", name="Number of the seal")).to_have_value("0048812")
    await form.get_by_role("button", name="Confirm receipt").click()
    await expect(form).to_be_hidden()
    await expect(chiara.get_by_role("button", name="Hand over…")).to_be_visible()
    await expect(maarten.get_by_text("Hash checked, equal.")).to_be_visible()
    await expect(maarten.get_by_text("chain whole")).to_be_visible()
    await expect(maarten.get_by_role("button", name="Hand over…")).to_have_count(0)


async def test_a_locator_opens_the_row_that_it_names_and_what_is_selected_is_citable(desk: Desk) -> None:
    world = await team(desk.world)
    page = await (await desk.sit("Chiara")).open(f"/s/{world.ids['Saltmarsh']}/evidence")
    await send(page, TABLE)
    await page.get_by_role("list", name="Exhibits").get_by_role("link").click()
    await expect(page.get_by_role("rowheader", name="29")).to_be_attached(timeout=60_000)
    await page.goto(page.url.split("#")[0] + "#at=row+20")
    await expect(page.get_by_role("button", name="row 20")).to_be_visible()
    await expect(page.get_by_role("rowheader", name="20")).to_be_in_viewport()
    await page.get_by_role("row").filter(has_text="2026-03-03").get_by_text("2026-03-03").dblclick()
    await expect(page.get_by_role("button", name="row 4")).to_be_visible()


async def test_an_upload_pauses_and_goes_on_in_another_browser_session_with_the_same_file(desk: Desk, tmp_path: Path) -> None:
    world = await team(desk.world)
    path = f"/s/{world.ids['Saltmarsh']}/evidence"
    same, other = tmp_path / "transfers.csv", tmp_path / "other.csv"
    same.write_bytes(TABLE["buffer"])
    other.write_text("something else")
    page = await (await desk.sit("Chiara")).open(path)
    await page.route(UPLOADS, lambda route: route.abort() if route.request.method == "PATCH" else route.continue_())
    await begin(page, same)
    await expect(page.get_by_text("It goes on by itself.")).to_be_visible()
    await page.get_by_role("button", name="Pause transfers.csv").click()
    await expect(page.get_by_text("Paused at")).to_be_visible()
    assert "transfers" not in await page.evaluate("JSON.stringify(localStorage)")
    page.on("dialog", lambda asked: asked.accept())
    await page.reload()
    await expect(page.get_by_text("1 upload of yours is not finished.")).to_be_visible()
    await page.unroute(UPLOADS)
    again = page.get_by_label("Choose the same file again")
    await again.set_input_files(other)
    await expect(page.get_by_text("other.csv is not a file whose upload was begun here.")).to_be_visible()
    await again.set_input_files(same)
    await expect(page.get_by_role("list", name="Exhibits").get_by_role("link", name="transfers.csv")).to_be_visible(timeout=30_000)
    await expect(page.get_by_text("is not finished")).to_have_count(0)
    assert await page.evaluate("Object.keys(localStorage).filter((name) => name.startsWith('uploads'))") == []


DROP = """(names) => {
  const data = new DataTransfer();
  for (const name of names) data.items.add(new File(['dropped ' + name], name));
  const said = {dataTransfer: data, bubbles: true, cancelable: true};
  for (const type of ['dragenter', 'drop']) document.body.dispatchEvent(new DragEvent(type, said));
}"""


async def test_files_are_dropped_anywhere_and_further_ones_into_the_dialog(desk: Desk) -> None:
    world = await team(desk.world)
    page = await (await desk.sit("Chiara")).open(f"/s/{world.ids['Saltmarsh']}/evidence")
    await expect(page.get_by_text("No exhibits yet.")).to_be_visible()
    await page.evaluate(DROP, ["one.txt", "two.txt"])
    form = dialog(page, "Upload files")
    await form.get_by_role("combobox", name="Handling").select_option("H1")
    await page.evaluate(DROP, ["three.txt"])
    await expect(form.get_by_role("status").get_by_text("3 files")).to_be_visible()
    await form.get_by_role("button", name="Leave two.txt out").click()
    await form.get_by_role("button", name="Send files").click()
    listed = page.get_by_role("list", name="Exhibits").get_by_role("link")
    await expect(listed).to_have_count(2, timeout=30_000)
    await listed.filter(has_text="three.txt").click()
    await expect(page.get_by_role("region", name=starting("About E-")).get_by_text("H1")).to_be_visible()
    await expect(page.get_by_text("dropped three.txt")).to_be_visible(timeout=60_000)


async def test_one_that_is_refused_is_named_and_the_others_arrive(desk: Desk) -> None:
    world = await team(desk.world)
    page = await (await desk.sit("Chiara")).open(f"/s/{world.ids['Saltmarsh']}/evidence")
    await begin(page, {**TABLE, "name": "a" * 260 + ".csv"}, paper(1))
    await expect(page.get_by_role("alert").get_by_text("A file needs a name of 1 to 255 characters, all on one line.")).to_be_visible()
    await expect(page.get_by_role("list", name="Exhibits").get_by_role("link", name="statement.pdf")).to_be_visible(timeout=30_000)


async def test_what_is_marked_is_not_there_for_whoever_lacks_the_marking(desk: Desk) -> None:
    world = await team(desk.world)
    path = f"/s/{world.ids['Saltmarsh']}/evidence"
    chiara, maarten = await (await desk.sit("Chiara")).open(path), await desk.sit("Maarten")
    await chiara.get_by_role("button", name="Upload", exact=True).click()
    form = dialog(chiara, "Upload files")
    await form.get_by_label("Choose files").set_input_files(TABLE)
    await form.get_by_role("checkbox", name="Covert").check()
    await form.get_by_role("button", name="Send files").click()
    link = chiara.get_by_role("list", name="Exhibits").get_by_role("link", name="transfers.csv")
    await link.click()
    page = await maarten.open(path)
    await expect(page.get_by_text("No exhibits yet.")).to_be_visible()
    await page.goto(chiara.url)
    await expect(page.get_by_text("There is nothing here that you can open.")).to_be_visible()


async def test_on_a_phone_a_sealed_bag_is_registered_and_photographed(desk: Desk) -> None:
    world = await team(desk.world)
    page = await (await desk.sit("Chiara", size=PHONE)).open(f"/s/{world.ids['Saltmarsh']}/evidence")
    await page.get_by_role("button", name="Register without a file").click()
    form = dialog(page, "Register an exhibit without a file")
    await form.get_by_role("textbox", name="Title").fill("Phone of Ilian Dravec")
    await form.get_by_role("textbox", name="Number of the seal").fill("0048812")
    photo = await page.screenshot(type="png")
    await form.get_by_label("Add a photograph").set_input_files({"name": "bag.png", "mimeType": "image/png", "buffer": photo})
    await form.get_by_role("button", name="Register exhibit").click()
    await expect(page.get_by_role("heading", name="Phone of Ilian Dravec")).to_be_visible()
    await page.get_by_role("tab", name="Details").click()
    await page.get_by_role("tabpanel").get_by_role("link", name="bag.png").click(timeout=30_000)
    await page.get_by_role("button", name="Custody and details").click()
    derived = page.get_by_role("listitem").filter(has_text="Derived from another exhibit")
    await expect(derived.get_by_role("link", name="Phone of Ilian Dravec")).to_be_visible()
    await page.get_by_role("button", name="Content").click()
    await expect(page.get_by_role("img", name=starting("Page 1 of E-"))).to_be_visible(timeout=60_000)
