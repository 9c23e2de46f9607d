"""The pages keep to the strict content policy and to their own origin. Every browser test watches this; here is the whole tour."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from playwright.async_api import expect

from tests.e2e.screens import Network, in_space, starting

if TYPE_CHECKING:
    from tests.e2e.conftest import Desk

pytestmark = pytest.mark.browser
TOUR = (
    ("", "JIT Saltmarsh"),
    ("network", "Network"),
    ("entities", "Entities"),
    ("evidence", "Exhibits"),
    ("cases", "Cases"),
    ("import", "Import"),
)
KEPT = """async () => ({
  local: Object.entries(localStorage), session: Object.entries(sessionStorage), caches: await caches.keys(), cookie: document.cookie,
  databases: await indexedDB.databases(), workers: (await navigator.serviceWorker?.getRegistrations() ?? []).length,
})"""
INLINE = "const script = document.createElement('script'); script.textContent = 'window.ran = true'; document.body.append(script);"


async def test_a_tour_breaks_no_policy_and_asks_nobody_else(desk: Desk) -> None:
    chiara = await desk.sit()
    answer = await chiara.page.goto(f"{desk.server.url}/#demo={desk.server.token}")
    assert answer
    policy = await answer.header_value("content-security-policy")
    assert policy
    assert "default-src 'none'; script-src 'self'; style-src 'self';" in policy
    assert "unsafe" not in policy
    await chiara.page.get_by_role("button", name=starting("Chiara Bellandi")).click()
    await chiara.page.get_by_role("link", name=starting("JIT Saltmarsh")).click()
    for path, heading in TOUR:
        await in_space(chiara.page, path)
        await expect(chiara.page.get_by_role("heading", name=heading, level=1)).to_be_attached()
    await chiara.page.get_by_role("link", name="Network").click()
    await Network(chiara.page).find("Ilian Dravec")
    assert chiara.witness.requests > 10
    assert chiara.witness.wrong == []


@pytest.mark.parametrize(
    ("deed", "told"),
    [
        (INLINE, "against the content security policy"),
        ("new Image().src = 'http://127.0.0.2:9/x.png'", "a request leaves the deployment"),
        ("setTimeout(() => { throw new Error('on purpose') })", "not caught"),
    ],
    ids=["inline script", "foreign image", "error"],
)
async def test_the_witness_would_have_seen_it(desk: Desk, deed: str, told: str) -> None:
    screen = await desk.sit()
    await screen.open("/")
    async with screen.page.expect_event("console"):
        await screen.page.evaluate(deed + "; setTimeout(() => console.log('done'), 50)")
    await expect(screen.page.get_by_role("heading", name="Joinder")).to_be_visible()
    assert any(each.startswith(told) for each in screen.witness.wrong)
    screen.witness.wrong.clear()


async def test_nothing_of_a_space_is_left_on_disk(desk: Desk) -> None:
    chiara = await desk.sit_as_demo("Chiara Bellandi")
    page = await chiara.open("/")
    await page.get_by_role("link", name=starting("JIT Saltmarsh")).click()
    await page.get_by_role("link", name="Entities").click()
    await expect(page.get_by_role("link", name="Ilian Dravec")).to_be_visible()
    kept = await page.evaluate(KEPT)
    assert kept == {"local": [], "session": [], "caches": [], "databases": [], "workers": 0, "cookie": ""}
