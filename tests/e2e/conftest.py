"""One real server for the run, on a folder of its own; a browser context of their own for each person."""

from __future__ import annotations

import os
import secrets
from contextlib import asynccontextmanager
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

import pytest
import pytest_asyncio

from backend.auth import service as auth
from backend.core.audit import AuditLog
from backend.core.clock import SystemClock
from backend.core.context import Parts
from backend.core.jobs import Jobs
from backend.core.wake import Wake
from backend.serving import ENGINE_FOLDER
from backend.storage.folder import FolderStore
from backend.storage.keys import SpaceKeys
from graph.driver import Graph
from graph.engine import running
from graph.queries.auth import demo_people
from tests.e2e.browser import PATIENCE_MS, REPORT_VIOLATIONS, WIDE, Screen, Witness, chromium, launched
from tests.e2e.serve import DIST, Server, served
from tests.support.world import World

if TYPE_CHECKING:
    from collections.abc import AsyncGenerator, AsyncIterator, Generator

    from playwright.async_api import Browser, ViewportSize

    from backend.core.cookies import Cookie

FAILED = pytest.StashKey[bool]()
PICTURES = DIST.parents[1] / ".cache" / "reports" / "e2e"


@pytest_asyncio.fixture(scope="session", loop_scope="session")
async def browser() -> AsyncIterator[Browser]:
    """One Chromium for the run; without it the tests fail in CI and are skipped elsewhere."""
    path = chromium()
    if path is None:
        (pytest.fail if os.environ.get("CI") == "true" else pytest.skip)("Browser tests need Chromium (Debian: apt-get install chromium).")
    async with launched(path) as found:
        yield found


@pytest_asyncio.fixture(scope="session", loop_scope="session")
async def server(browser: Browser, tmp_path_factory: pytest.TempPathFactory) -> AsyncIterator[Server]:  # noqa: ARG001 - no browser, no server
    """The program itself in a process of its own, the small demonstration loaded."""
    async with served(tmp_path_factory.mktemp("e2e"), small=True) as found:
        yield found


@pytest_asyncio.fixture(scope="session", loop_scope="session")
async def server_parts(server: Server, tmp_path_factory: pytest.TempPathFactory) -> AsyncIterator[Parts]:
    """What builds worlds on the server's own graph, from beside it as the command line does."""
    data = server.settings.data
    address = running(data / ENGINE_FOLDER)
    assert address, "the engine of the server runs"
    audit, jobs = await AuditLog.open(tmp_path_factory.mktemp("audit")), Jobs()
    async with Graph(address) as graph:
        keys = await SpaceKeys.open(data)
        yield Parts(graph, server.settings, SystemClock(), Wake(), FolderStore(data / "files"), keys, audit, jobs, secrets.token_bytes(32))
    await jobs.stop()
    await audit.close()


@dataclass
class Desk:
    """Where people sit down: opens their browsers and watches all of them."""

    browser: Browser
    server: Server
    world: World
    beside: str = ""
    """The origin of a provider at which people sign in, where there is one."""
    screens: list[Screen] = field(default_factory=list[Screen])

    async def sit(self, person: str | None = None, *, size: ViewportSize = WIDE, reduced_motion: bool = False) -> Screen:
        """Open a browser; where a person of the world is named, they are signed in already."""
        motion = "reduce" if reduced_motion else "no-preference"
        context = await self.browser.new_context(viewport=size, reduced_motion=motion, locale="en-GB", timezone_id="UTC")
        context.set_default_timeout(PATIENCE_MS)
        await context.add_init_script(REPORT_VIOLATIONS)
        witness = Witness(self.server.url, self.beside)
        witness.listen(context)
        if person is not None:
            session = await self._session(person)
            said = session.value or ""
            await context.add_cookies([{"name": session.name, "value": said, "url": self.server.url, "httpOnly": True}])
        screen = Screen(await context.new_page(), context, witness)
        self.screens.append(screen)
        return screen

    async def sit_as_demo(self, name: str, *, size: ViewportSize = WIDE, reduced_motion: bool = False) -> Screen:
        """Open a browser for one of the demonstration's people, signed in."""
        people = await self.world.parts.graph.read(demo_people)
        [(person, agency)] = [(row["id"], row["agency"]["id"]) for row in people if row["name"] == name]
        self.world.ids[name], self.world.of_person[name] = person, agency
        return await self.sit(name, size=size, reduced_motion=reduced_motion)

    async def _session(self, person: str) -> Cookie:
        ctx = self.world.ctx(person)
        assert await auth.open_session(ctx, self.world.ids[person], auth.DEMO)
        [cookie] = ctx.cookies
        return cookie


@pytest.hookimpl(wrapper=True)
def pytest_runtest_makereport(item: pytest.Item) -> Generator[None, pytest.TestReport, pytest.TestReport]:
    """Leave word for the fixture below whether the test failed."""
    report = yield
    item.stash[FAILED] = report.failed
    return report


@pytest_asyncio.fixture(loop_scope="session")
async def desk(request: pytest.FixtureRequest, browser: Browser, server: Server, server_parts: Parts) -> AsyncIterator[Desk]:
    """A fresh world and no browser open yet. Whatever a test is about, no page may break the policy, leave the origin or throw.

    What the pages of a failed test looked like is kept in `.cache/reports/e2e`.
    """
    async with watched(Desk(browser, server, World(server_parts)), request.node) as found:
        yield found


@asynccontextmanager
async def watched(desk: Desk, test: pytest.Item) -> AsyncGenerator[Desk]:
    """Close what a test opened, keep pictures where it failed, and fail it for what a page did wrong."""
    yield desk
    for at, screen in enumerate(desk.screens):
        if test.stash.get(FAILED, False):
            await screen.page.screenshot(path=PICTURES / f"{test.name}-{at}.png")
        await screen.context.close()
    assert [wrong for screen in desk.screens for wrong in screen.witness.wrong] == []
