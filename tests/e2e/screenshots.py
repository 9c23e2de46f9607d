"""Takes the README's pictures: `python -m tests.e2e.screenshots ADDRESS`, with the address that `infra/demo` printed.

Becomes one of the demonstration's people, brings a small file in, and writes pictures to `frontend/screenshots/`. Run by hand on a fresh
demonstration after the screens changed.
"""

from __future__ import annotations

import asyncio
import sys
import tempfile
from pathlib import Path
from typing import TYPE_CHECKING

from playwright.async_api import expect

from tests.e2e.browser import WIDE, chromium, launched
from tests.e2e.screens import ImportPage, go, in_space, search, sign_in_as, starting
from tests.e2e.serve import DIST

if TYPE_CHECKING:
    from playwright.async_api import Page

FOLDER = DIST.parent / "screenshots"
MOST_BYTES = 200 * 1024
QUALITIES = (90, 80, 70, 60)
TABLE = """id,name,birthDate,passportNumber
1,Ilario Montefosco,1979-04-12,YA1234567
2,Tamsin Ferrand,1985-11-02,XK7654321
3,Oda Lindqvist,12 of May,PL5550123
4,,1990-01-01,ZZ0000000
"""


async def keep(page: Page, name: str) -> None:
    """Write what the page looks like."""
    await page.mouse.move(0, 0)
    await page.wait_for_load_state("networkidle")
    picture = await small(page)
    (FOLDER / f"{name}.jpg").write_bytes(picture)
    print(f"{name}.jpg  {len(picture) // 1024} KiB")  # noqa: T201 - a command


async def small(page: Page) -> bytes:
    """Return a picture of the page in the best quality that stays small."""
    for quality in QUALITIES:
        picture = await page.screenshot(type="jpeg", quality=quality, animations="disabled")
        if len(picture) <= MOST_BYTES:
            return picture
    raise AssertionError(f"No quality keeps the picture below {MOST_BYTES} bytes.")


async def entity(page: Page) -> None:
    found = (await search(page, "dravets")).filter(has_text="Ilian").first
    await expect(found).to_be_visible()
    await found.click()
    await expect(page.get_by_role("tab", name=starting("Records"))).to_be_visible()
    await keep(page, "entity")


async def network(page: Page) -> None:
    """The same man in the chart."""
    await page.get_by_role("link", name="Show in chart").click()
    await expect(page.get_by_role("application", name=starting("Chart"))).to_be_visible()
    await expect(
        page.get_by_role("complementary", name="Legend and filter").get_by_text("that you may see")
    ).to_be_visible()  # the legend counts what is drawn
    await expect(page.get_by_role("tab", name=starting("Facts"))).to_be_visible()
    await keep(page, "network")


async def case(page: Page) -> None:
    await in_space(page, "cases")
    await page.get_by_role("main").get_by_role("link").first.click()
    await expect(page.get_by_role("heading", name="Entities in this case")).to_be_visible()
    await keep(page, "case")


async def evidence(page: Page) -> None:
    """The part of a call that a court excluded, found by a word on its page, with its custody; then the chart as that court sees it."""
    found = (await search(page, "third man")).filter(has_text="line")
    await expect(found.first).to_be_visible()
    await found.first.click()
    await expect(page.get_by_role("link", name="Print (PDF)")).to_be_visible()
    await keep(page, "evidence")
    await go(page, "Network")
    await page.get_by_label("Standing in").first.select_option("IT")
    await expect(page.get_by_text("do not stand")).to_be_visible()
    await keep(page, "court")


async def report(page: Page, folder: Path) -> None:
    table = folder / "passengers.csv"
    table.write_text(TABLE)
    await go(page, "Import")
    bringing = ImportPage(page)
    await bringing.send(table, "Passengers of the Calvia")
    await bringing.start()
    await keep(page, "import")


async def take(address: str) -> None:
    """Take every picture."""
    path = chromium()
    if path is None:
        sys.exit("Chromium is not installed.")
    FOLDER.mkdir(exist_ok=True)
    with tempfile.TemporaryDirectory() as folder:
        async with launched(path) as browser:
            page = await browser.new_page(viewport=WIDE, reduced_motion="reduce")
            await page.goto(address)
            await sign_in_as(page, "Chiara")
            await page.get_by_role("link", name=starting("JIT Saltmarsh")).click()
            await expect(page.get_by_role("heading", name="JIT Saltmarsh")).to_be_visible()
            await entity(page)
            await network(page)
            await case(page)
            await evidence(page)
            await report(page, Path(folder))


if __name__ == "__main__":
    asyncio.run(take(sys.argv[1]))
