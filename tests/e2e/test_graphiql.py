"""GraphiQL in development: built from the packages that are installed here, under the policy of every page, asking nobody else."""

from __future__ import annotations

import asyncio
import re
from contextlib import asynccontextmanager
from dataclasses import replace
from typing import TYPE_CHECKING

import pytest
from playwright.async_api import expect

from backend.serving import free_port, listening
from tests.e2e.browser import REPORT_VIOLATIONS, WIDE, Witness
from tests.e2e.serve import DIST

if TYPE_CHECKING:
    from collections.abc import AsyncGenerator
    from pathlib import Path

    from playwright.async_api import Browser, Page

    from backend.core.context import Parts

pytestmark = pytest.mark.browser
FRONTEND = DIST.parent


async def built(folder: Path) -> Path:
    """Build the page as `npm run graphiql` does, to a folder of the test's own."""
    npm = await asyncio.create_subprocess_exec(
        "npm",
        "run",
        "--silent",
        "graphiql",
        "--",
        "--outDir",
        str(folder),
        "--emptyOutDir",
        cwd=FRONTEND,
        stdout=asyncio.subprocess.DEVNULL,
    )
    assert await npm.wait() == 0
    return folder


@asynccontextmanager
async def page(browser: Browser, origin: str) -> AsyncGenerator[Page]:
    """Open a browser that must break no policy, leave the origin for nothing and throw nothing."""
    context, witness = await browser.new_context(viewport=WIDE, locale="en-GB"), Witness(origin)
    await context.add_init_script(REPORT_VIOLATIONS)
    witness.listen(context)
    yield await context.new_page()
    await context.close()
    assert witness.wrong == []


@pytest.mark.timeout(300)
async def test_graphiql_asks_this_server_and_nobody_else(browser: Browser, parts: Parts, tmp_path: Path) -> None:
    settings = replace(parts.settings, port=free_port(), introspection=True, graphiql=await built(tmp_path / "graphiql"))
    async with listening(replace(parts, settings=settings)), page(browser, settings.address) as shown:
        await shown.goto(f"{settings.address}/graphiql")
        await shown.get_by_role("button", name="Show Documentation Explorer").click()
        await expect(shown.get_by_text("A GraphQL schema provides a root type")).to_be_visible()
        await shown.get_by_role("button", name=re.compile("Execute query")).click()
        await expect(shown.get_by_label("Result Window")).to_contain_text("Sign in to go on.")
