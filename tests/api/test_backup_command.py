"""`joinder backup` beside a real server at work, killed and run again; `joinder restore` elsewhere, and people go on there."""

from __future__ import annotations

import asyncio
import io
import os
import random
import sys
from functools import partial
from typing import TYPE_CHECKING, Any

import pytest
import pytest_asyncio

from backend.core.audit_read import stored
from backend.core.ids import new_id
from tests.support.served import Prepared, Served, served

if TYPE_CHECKING:
    from collections.abc import AsyncIterator
    from pathlib import Path

    from backend.core.remote import Remote

pytestmark = [pytest.mark.embedded, pytest.mark.timeout(900)]
CREATE = """mutation($s: ID!, $c: ID!, $k: String!) {
  createImport(space: $s, case: $c, name: $k, format: CSV, fileName: "table.csv", key: $k) { id } }"""
CASES = "query($s: ID!) { cases(space: $s) { id } }"
PREVIEW = "query($s: ID!, $i: ID!) { importPreview(space: $s, id: $i) { columns { name } } }"
KILLS = 2


@pytest_asyncio.fixture
async def server(tmp_path: Path) -> AsyncIterator[Served]:
    """A server on a folder of its own."""
    prepared = await Prepared.make(tmp_path / "prepared")
    async with served(prepared, tmp_path / "data") as found:
        yield found


async def ran(data: Path, *said: str, kill_after: float = 0.0) -> tuple[int | None, str]:
    """Run a command to its end, or kill it some time after its first line."""
    environment = {name: value for name, value in os.environ.items() if not name.startswith("JOINDER_")}
    process = await asyncio.create_subprocess_exec(
        sys.executable, "-m", "backend.cli", *said, env={**environment, "JOINDER_DATA": str(data)},
        stdout=asyncio.subprocess.PIPE, stderr=asyncio.subprocess.PIPE,
    )  # fmt: skip
    if kill_after and process.stdout:
        await process.stdout.readline()
        await asyncio.sleep(kill_after)
        if process.returncode is None:
            process.kill()
    out, err = await process.communicate()
    return process.returncode, (out + err).decode()


async def send(server: Served, remote: Remote, case: str) -> tuple[str, str]:
    """Send a table with one column; return its import and the column's name."""
    name, ask = f"column {new_id()}", partial(asyncio.to_thread, remote.ask)
    job = (await ask(CREATE, s=server.space, c=case, k=new_id()))["createImport"]["id"]
    data = f"{name}\nvalue\n".encode()
    await asyncio.to_thread(partial(remote.put, f"/imports/{job}/file?space={server.space}", io.BytesIO(data), len(data)))
    return job, name


async def columns(server: Served, remote: Remote, job: str) -> list[str]:
    said: Any = await asyncio.to_thread(partial(remote.ask, PREVIEW, s=server.space, i=job))
    return [one["name"] for one in said["importPreview"]["columns"]]


async def test_a_backup_beside_people_at_work_is_restored_and_people_go_on_there(server: Served, tmp_path: Path) -> None:
    remote, backups, key = await server.sign_in(), str(tmp_path / "backups"), str(tmp_path / "recovery")
    case = (await asyncio.to_thread(partial(remote.ask, CASES, s=server.space)))["cases"][0]["id"]
    before, done = dict([await send(server, remote, case) for _ in range(3)]), asyncio.Event()

    async def work() -> None:
        while not done.is_set():
            job, name = await send(server, remote, case)
            assert await columns(server, remote, job) == [name]

    code, told = await ran(server.data, "backup", "--to", backups)
    assert (code, "Run `joinder backup init FILE` first" in told, "Traceback" in told) == (1, True, False), told
    code, told = await ran(server.data, "backup", "init", key)
    assert code == 0, told
    working = asyncio.create_task(work())
    for _ in range(KILLS):
        await ran(server.data, "backup", "--to", backups, kill_after=0.05 + random.random() / 2)
    code, told = await ran(server.data, "backup", "--to", backups)
    assert (code, "is whole" in told) == (0, True), told
    assert not working.done(), working.result()
    code, told = await ran(server.data, "verify")
    assert (code, "Everything is as it was written." in told) == (0, True), told
    done.set()
    await working
    await server.kill()

    data = tmp_path / "restored"
    await ran(data, "restore", backups, "--key", key, kill_after=3.0)
    code, told = await ran(data, "restore", backups, "--key", key)
    assert (code, "Everything is as it was written." in told) == (0, True), told
    lines = {one.entry.name for one in stored(data / "audit") if one.entry}
    assert {"backup", "restore"} <= lines
    there = Served(data, server.ids)
    await there.start()
    try:
        remote = await there.sign_in()
        for job, name in before.items():
            assert await columns(there, remote, job) == [name]
        job, name = await send(there, remote, case)
        assert await columns(there, remote, job) == [name]
    finally:
        await there.stop()
    code, told = await ran(data, "verify")
    assert code == 0, told
