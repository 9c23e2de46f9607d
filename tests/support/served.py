"""A real `joinder serve` process on a folder of its own, to be used over HTTP and to be killed."""

from __future__ import annotations

import asyncio
import contextlib
import json
import os
import shutil
import signal
import sys
from contextlib import asynccontextmanager
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from backend.app import open_parts
from backend.auth.passwords import hashed
from backend.config import Settings
from backend.core.remote import OutOfReach, Remote
from backend.serving import ENGINE_FOLDER, engine, free_port, migrate
from graph.engine import RUN_FILE
from tests.support.world import World, team

if TYPE_CHECKING:
    from collections.abc import AsyncGenerator
    from pathlib import Path

PASSWORD = "correct horse battery staple"
START_S = 90.0


@dataclass
class Prepared:
    """A data folder with the usual team in it, in which Maarten and Eglė can sign in by password; copied for each server."""

    data: Path
    ids: dict[str, str] = field(default_factory=dict[str, str])

    @classmethod
    async def make(cls, data: Path) -> Prepared:
        settings = Settings(data=data)
        async with engine(settings) as (address, _):
            await migrate(address)
            async with open_parts(settings, address) as parts:
                world = World(parts)
                for name, country in (("Maarten", "NL"), ("Eglė", "LT")):
                    await world.person(name, country, password=hashed(PASSWORD))
                await team(world)
        return cls(data, world.ids)


@dataclass
class Served:
    """A server process. `start` and `kill` may follow one another on the same folder."""

    data: Path
    ids: dict[str, str]
    port: int = field(default_factory=free_port)
    program: tuple[str, ...] = ("backend.cli", "serve")
    """The module that is run, and its arguments."""
    told: dict[str, str] = field(default_factory=dict[str, str])
    """Further settings in its environment."""
    process: asyncio.subprocess.Process | None = None

    @property
    def url(self) -> str:
        return f"http://127.0.0.1:{self.port}"

    @property
    def space(self) -> str:
        return self.ids["Saltmarsh"]

    async def start(self) -> None:
        """Start `joinder serve` and wait until it answers."""
        environment = {name: value for name, value in os.environ.items() if not name.startswith("JOINDER_")}
        environment |= {"JOINDER_DATA": str(self.data), "JOINDER_PORT": str(self.port)} | self.told
        with (self.data / "server.log").open("ab") as log:
            self.process = await asyncio.create_subprocess_exec(
                sys.executable, "-m", *self.program, env=environment, stdout=log, stderr=log, start_new_session=True
            )
        async with asyncio.timeout(START_S):
            while not await asyncio.to_thread(self._answers):
                assert self.process.returncode is None, (self.data / "server.log").read_text()[-2000:]
                await asyncio.sleep(0.05)

    def _answers(self) -> bool:
        try:
            Remote(self.url).ask("{ session { demo } }")
        except OutOfReach:
            return False
        return True

    def engine_pid(self) -> int:
        return int(json.loads((self.data / ENGINE_FOLDER / RUN_FILE).read_text())["pid"])

    def kill_engine(self) -> None:
        os.kill(self.engine_pid(), signal.SIGKILL)

    async def kill(self) -> None:
        """Kill the server process alone: nobody tells its engine."""
        assert self.process
        self.process.kill()
        await self.process.wait()

    async def ended(self) -> None:
        """Wait until it has ended by itself."""
        assert self.process
        async with asyncio.timeout(START_S):
            await self.process.wait()

    async def stop(self) -> None:
        """End it as a person would."""
        if self.process and self.process.returncode is None:
            self.process.terminate()
            await self.process.wait()

    async def sign_in(self, name: str = "Maarten") -> Remote:
        """Sign in as soon as the server and its graph answer."""
        async with asyncio.timeout(START_S):
            while True:
                with contextlib.suppress(OutOfReach):
                    return await asyncio.to_thread(Remote.signed_in, self.url, self.ids[name], PASSWORD)
                await asyncio.sleep(0.1)


@asynccontextmanager
async def served(prepared: Prepared, data: Path, *program: str, told: dict[str, str] | None = None) -> AsyncGenerator[Served]:
    """A server on a copy of a prepared folder, with nothing in it yet but people, a space and a case."""
    await asyncio.to_thread(shutil.copytree, prepared.data, data)
    server = Served(data, prepared.ids)
    server.program, server.told = program or server.program, told or {}
    await server.start()
    try:
        yield server
    finally:
        await server.stop()
