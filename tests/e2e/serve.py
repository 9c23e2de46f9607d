"""Serves the demonstration in a process of its own until standard input closes: `python -m tests.e2e.serve DATA PORT [small]`."""

from __future__ import annotations

import asyncio
import json
import os
import signal
import sys
from contextlib import asynccontextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from backend import cli
from backend.config import Settings
from backend.serving import ENGINE_FOLDER, free_port
from graph.engine import RUN_FILE

if TYPE_CHECKING:
    from collections.abc import AsyncGenerator

DIST = Path(__file__).resolve().parents[2] / "frontend" / "dist"
LONGEST_START_S = 240


class NotServed(Exception):
    """The demonstration did not start; the text says why."""


@dataclass(frozen=True)
class Server:
    """A running demonstration: what it goes by and the token of this start."""

    settings: Settings
    token: str

    @property
    def url(self) -> str:
        return self.settings.address

    @property
    def engine_pid(self) -> int:
        """The graph engine that serves now; another one after a restart."""
        return int(json.loads((self.settings.data / ENGINE_FOLDER / RUN_FILE).read_text())["pid"])


@asynccontextmanager
async def served(data: Path, *, small: bool) -> AsyncGenerator[Server]:
    """Start the program on a folder and yield it once it is ready; small leaves out all but the heart of the case."""
    if not DIST.is_dir():
        raise NotServed("The pages are not built. Run infra/pages first.")
    port, pipe = free_port(), asyncio.subprocess.PIPE
    command = (sys.executable, "-m", "tests.e2e.serve", str(data), str(port), *(["small"] if small else []))
    with (data / "server.log").open("w") as log:
        process = await asyncio.create_subprocess_exec(*command, stdin=pipe, stdout=pipe, stderr=log)
    try:
        yield Server(_settings(data, port), await asyncio.wait_for(_token(process, data), LONGEST_START_S))
    finally:
        if process.returncode is None:
            process.terminate()
        await process.wait()


async def _token(process: asyncio.subprocess.Process, data: Path) -> str:
    assert process.stdout
    async for line in process.stdout:
        if b"#demo=" in line:
            return line.decode().partition("#demo=")[2].strip()
    raise NotServed(f"The server did not start: {(data / 'server.log').read_text()[-2000:]}")


def _settings(data: Path, port: int) -> Settings:
    """Return what both the server and the tests go by; a short heartbeat, so that a dead line is noticed soon."""
    return Settings(data=data, port=port, demo=True, frontend=DIST, heartbeat_s=2.0).checked()


async def _serve(data: Path, port: int, *, small: bool) -> int:
    """Serve, and end with whoever started us, whatever ended them."""
    asyncio.get_running_loop().add_reader(sys.stdin, os.kill, os.getpid(), signal.SIGTERM)
    return await cli.run_demo(_settings(data, port), small=small)


if __name__ == "__main__":
    sys.exit(asyncio.run(_serve(Path(sys.argv[1]), int(sys.argv[2]), small="small" in sys.argv[3:])))
