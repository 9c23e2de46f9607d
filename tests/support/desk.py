"""Somebody at work at a real server over HTTP while a command runs beside it: sends tables and reads them again, at a person's pace."""

from __future__ import annotations

import asyncio
import io
import os
import random
import sys
from contextlib import asynccontextmanager
from dataclasses import dataclass, field
from functools import partial
from typing import TYPE_CHECKING, Any

from backend.core.ids import new_id

if TYPE_CHECKING:
    from collections.abc import AsyncGenerator
    from pathlib import Path

    from backend.core.remote import Remote
    from tests.support.served import Served

CREATE = """mutation($s: ID!, $c: ID!, $k: String!) {
  createImport(space: $s, case: $c, name: $k, format: CSV, fileName: "table.csv", key: $k) { id } }"""
CASES = "query($s: ID!) { cases(space: $s) { id } }"
PREVIEW = "query($s: ID!, $i: ID!) { importPreview(space: $s, id: $i) { columns { name } } }"
MOST_SENT, BREATH_S = 40, 0.1


@dataclass
class Desk:
    """Who sends and reads; `files` are the column of each table by its import."""

    server: Served
    remote: Remote
    case: str
    files: dict[str, str] = field(default_factory=dict[str, str])

    @classmethod
    async def of(cls, server: Served) -> Desk:
        remote = await server.sign_in()
        return cls(server, remote, (await asyncio.to_thread(partial(remote.ask, CASES, s=server.space)))["cases"][0]["id"])

    async def ask(self, query: str, **variables: object) -> Any:
        return await asyncio.to_thread(partial(self.remote.ask, query, s=self.server.space, **variables))

    async def send(self) -> None:
        name = f"column {new_id()}"
        job = (await self.ask(CREATE, c=self.case, k=new_id()))["createImport"]["id"]
        data = f"{name}\nvalue\n".encode()
        put = partial(self.remote.put, f"/imports/{job}/file?space={self.server.space}", io.BytesIO(data), len(data))
        await asyncio.to_thread(put)
        self.files[job] = name

    async def read(self, job: str) -> None:
        said = await self.ask(PREVIEW, i=job)
        assert [one["name"] for one in said["importPreview"]["columns"]] == [self.files[job]]

    async def read_some(self, most: int = 12) -> None:
        for job in random.sample(sorted(self.files), min(most, len(self.files))):
            await self.read(job)

    @asynccontextmanager
    async def at_work(self) -> AsyncGenerator[asyncio.Task[None]]:
        """Send and read meanwhile, `MOST_SENT` tables at most; a refusal is raised at the end."""
        done = asyncio.Event()

        async def work() -> None:
            while not done.is_set():
                if len(self.files) < MOST_SENT:
                    await self.send()
                await self.read(random.choice(list(self.files)))
                await asyncio.sleep(BREATH_S)

        working = asyncio.create_task(work())
        try:
            yield working
        finally:
            done.set()
            await working


async def command(data: Path, *said: str) -> asyncio.subprocess.Process:
    """Start a command of `joinder` on a data folder."""
    environment = {name: value for name, value in os.environ.items() if not name.startswith("JOINDER_")}
    return await asyncio.create_subprocess_exec(
        sys.executable, "-m", "backend.cli", *said, env={**environment, "JOINDER_DATA": str(data)},
        stdout=asyncio.subprocess.PIPE, stderr=asyncio.subprocess.PIPE,
    )  # fmt: skip


async def ran(data: Path, *said: str) -> tuple[int | None, str]:
    """Run a command to its end; return its exit code and what it said."""
    process = await command(data, *said)
    out, err = await process.communicate()
    return process.returncode, (out + err).decode()


async def killed(data: Path, *said: str, after_s: float) -> str:
    """Kill a command some time after its first line; return that line."""
    process = await command(data, *said)
    assert process.stdout
    line = await process.stdout.readline()
    await asyncio.sleep(after_s)
    if process.returncode is None:
        process.kill()
    await process.communicate()
    return line.decode().strip()
