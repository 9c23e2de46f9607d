"""Chromium, and one person's part of it: a context of their own with a witness of everything that its pages must not do."""

from __future__ import annotations

import asyncio
import json
import os
import re
import shutil
from contextlib import asynccontextmanager
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any
from urllib.parse import urlsplit

from playwright.async_api import async_playwright, expect

if TYPE_CHECKING:
    from collections.abc import AsyncGenerator

    from playwright.async_api import Browser, BrowserContext, ConsoleMessage, Page, Request, ViewportSize, WebError, WebSocket

CHROMIUM = ("chromium", "chromium-browser", "google-chrome")  # the names that infra/test looks for
REPORT_VIOLATIONS = """
addEventListener('securitypolicyviolation', (event) => console.error('CSP: ' + event.violatedDirective + ' ' + event.blockedURI));
"""
OF_POLICY = re.compile(r"CSP: |Content[- ]Security[- ]Policy", re.IGNORECASE)
PATIENCE_MS = 15_000
WIDE: ViewportSize = {"width": 1440, "height": 900}
PHONE: ViewportSize = {"width": 390, "height": 844}
expect.set_options(timeout=PATIENCE_MS)


def chromium() -> str | None:
    """Return where Chromium is, if it is."""
    return next((path for name in CHROMIUM if (path := shutil.which(name))), None)


@asynccontextmanager
async def launched(path: str) -> AsyncGenerator[Browser]:
    """Start a Chromium that draws WebGL in software."""
    arguments = ["--enable-unsafe-swiftshader", *(["--no-sandbox"] if os.geteuid() == 0 else [])]
    async with async_playwright() as playwright:
        browser = await playwright.chromium.launch(executable_path=path, args=arguments)
        yield browser
        await browser.close()


@dataclass
class Witness:
    """Hears every page of a context. `wrong` must stay empty in every test; `frames` holds what the live socket brought.

    `beside` is the origin of a provider that people are sent to, where one is; what its own pages say is not ours.
    """

    origin: str
    beside: str = ""
    wrong: list[str] = field(default_factory=list[str])
    frames: list[dict[str, Any]] = field(default_factory=list[dict[str, Any]])
    arrived: asyncio.Event = field(default_factory=asyncio.Event)
    requests: int = 0
    socket: WebSocket | None = None
    """The live socket that was opened last."""

    def listen(self, context: BrowserContext) -> None:
        context.on("console", self._console)
        context.on("weberror", self._error)
        context.on("request", self._request)
        context.on("page", lambda page: page.on("websocket", self._socket))

    def _console(self, message: ConsoleMessage) -> None:
        if OF_POLICY.search(message.text) and _origin(message.location["url"]) != self.beside:
            self.wrong.append(f"against the content security policy: {message.text}")

    def _error(self, error: WebError) -> None:
        self.wrong.append(f"not caught: {error.error}")

    def _request(self, request: Request) -> None:
        self.requests += 1
        self._stays(request.url)

    def _socket(self, socket: WebSocket) -> None:
        self._stays(socket.url.replace("ws:", "http:", 1))
        socket.on("framereceived", self._frame)
        self.socket = socket

    def _frame(self, frame: str | bytes) -> None:
        self.frames.append(json.loads(frame))
        self.arrived.set()

    @property
    def connected(self) -> bool:
        """Whether the live socket is open."""
        return self.socket is not None and not self.socket.is_closed()

    async def heartbeat(self) -> None:
        """Wait for the next heartbeat: whatever was sent before it has arrived then."""
        before = len(self.frames)
        async with asyncio.timeout(PATIENCE_MS / 1000):
            while all(frame["type"] != "heartbeat" for frame in self.frames[before:]):
                self.arrived.clear()
                await self.arrived.wait()

    def _stays(self, url: str) -> None:
        if _origin(url) not in {self.origin, self.beside} and urlsplit(url).scheme not in {"data", "blob"}:
            self.wrong.append(f"a request leaves the deployment: {url}")


def _origin(url: str) -> str:
    said = urlsplit(url)
    return f"{said.scheme}://{said.netloc}"


@dataclass
class Screen:
    """A person in front of a page."""

    page: Page
    context: BrowserContext
    witness: Witness

    async def open(self, path: str) -> Page:
        """Load a path of the deployment, as by typing its address."""
        await self.page.goto(self.witness.origin + path)
        return self.page
