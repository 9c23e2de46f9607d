"""A real server over a world, and people who send files to it."""

from __future__ import annotations

import base64
import contextlib
from dataclasses import dataclass, field, replace
from typing import TYPE_CHECKING, Any

import httpx
import pytest_asyncio

from backend.auth import service as auth
from backend.serving import free_port, listening
from tests.support.world import team

if TYPE_CHECKING:
    from collections.abc import AsyncIterator, Mapping

    from tests.support.world import World

TUS = {"tus-resumable": "1.0.0"}
OCTETS = {"content-type": "application/offset+octet-stream"}


def metadata(said: Mapping[str, str]) -> str:
    return ",".join(f"{name} {base64.b64encode(value.encode()).decode()}" for name, value in said.items())


@dataclass
class Counter:
    """Where files are handed in, by the world's people, and taken out again."""

    world: World
    browser: httpx.AsyncClient
    cookies: dict[str, str] = field(default_factory=dict[str, str])

    @property
    def space(self) -> str:
        return self.world.ids["Saltmarsh"]

    async def sit(self, who: str) -> None:
        ctx = replace(self.world.ctx(who), actor=None)
        await auth.open_session(ctx, self.world.ids[who], auth.BOTH)
        self.cookies[who] = f"{ctx.cookies[0].name}={ctx.cookies[0].value}"

    async def send(self, who: str, method: str, path: str, headers: Mapping[str, str] = {}, **more: Any) -> httpx.Response:
        if who not in self.cookies:
            await self.sit(who)
        params = {} if "?" in path else {"params": {"space": self.space}}
        return await self.browser.request(method, path, headers={"cookie": self.cookies[who], **headers}, **params, **more)

    async def announce(self, who: str, size: int, name: str = "statement.csv", **said: str) -> httpx.Response:
        """Begin an upload of so many bytes."""
        about = metadata({"filename": name, "case": self.world.ids["NA-1"], **said})
        return await self.send(who, "POST", "/files/uploads", TUS | {"upload-length": str(size), "upload-metadata": about})

    async def append(self, who: str, place: str, at: int, content: Any, headers: Mapping[str, str] = {}) -> httpx.Response:
        return await self.send(who, "PATCH", place, TUS | OCTETS | {"upload-offset": str(at)} | dict(headers), content=content)

    async def hand_in(self, who: str, content: bytes, name: str = "statement.csv", **said: str) -> str:
        """Send a whole file; return the exhibit that it became."""
        begun = await self.announce(who, len(content), name, **said)
        assert begun.status_code == 201, begun.text
        if not content:
            return begun.headers["joinder-exhibit"]
        done = await self.append(who, begun.headers["location"], 0, content)
        assert done.status_code == 204, done.text
        return done.headers["joinder-exhibit"]


@pytest_asyncio.fixture(loop_scope="session")
async def counter(world: World) -> AsyncIterator[Counter]:
    there = replace(world.parts, settings=replace(world.parts.settings, port=free_port()))
    await team(world)
    async with contextlib.AsyncExitStack() as stack:
        await stack.enter_async_context(listening(there))
        origin = there.settings.address
        browser = await stack.enter_async_context(httpx.AsyncClient(base_url=origin, headers={"origin": origin}, timeout=30))
        yield Counter(world, browser)
