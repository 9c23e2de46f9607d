"""`joinder keys` beside a real server at work: killed again and again, and the people at the server notice nothing."""

from __future__ import annotations

import asyncio
import io
import os
import random
import sys
from dataclasses import dataclass, field
from functools import partial
from typing import TYPE_CHECKING, Any

import pytest
import pytest_asyncio

from backend.core.audit_read import stored
from backend.core.ids import new_id
from backend.storage.rotation import GOES_ON, SETTLE_S
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
ROUNDS, LONGEST_LIFE_S, MOST_READ = 2, SETTLE_S, 12


@pytest_asyncio.fixture(scope="module", loop_scope="session")
async def prepared(tmp_path_factory: pytest.TempPathFactory) -> Prepared:
    """A team and a case, in a folder that each test copies."""
    return await Prepared.make(tmp_path_factory.mktemp("prepared") / "data")


@pytest_asyncio.fixture
async def server(prepared: Prepared, tmp_path: Path) -> AsyncIterator[Served]:
    """A server of the test's own."""
    async with served(prepared, tmp_path / "data") as found:
        yield found


@dataclass
class Desk:
    """Somebody who sends tables and reads them again."""

    server: Served
    remote: Remote
    case: str
    files: dict[str, str] = field(default_factory=dict[str, str])

    async def ask(self, query: str, **variables: object) -> Any:
        return await asyncio.to_thread(partial(self.remote.ask, query, s=self.server.space, **variables))

    async def send(self) -> None:
        name = f"column {len(self.files)}"
        job = (await self.ask(CREATE, c=self.case, k=new_id()))["createImport"]["id"]
        data = f"{name}\nvalue\n".encode()
        put = partial(self.remote.put, f"/imports/{job}/file?space={self.server.space}", io.BytesIO(data), len(data))
        await asyncio.to_thread(put)
        self.files[job] = name

    async def read(self, job: str) -> None:
        said = await self.ask(PREVIEW, i=job)
        assert [one["name"] for one in said["importPreview"]["columns"]] == [self.files[job]]

    async def work(self, done: asyncio.Event) -> None:
        """Send and read until it is done; any refusal is the test's failure."""
        while not done.is_set():
            await self.send()
            await self.read(random.choice(list(self.files)))


async def command(server: Served, *said: str) -> asyncio.subprocess.Process:
    environment = {name: value for name, value in os.environ.items() if not name.startswith("JOINDER_")}
    return await asyncio.create_subprocess_exec(
        sys.executable, "-m", "backend.cli", "keys", *said, env={**environment, "JOINDER_DATA": str(server.data)},
        stdout=asyncio.subprocess.PIPE, stderr=asyncio.subprocess.PIPE,
    )  # fmt: skip


async def ran(server: Served, *said: str) -> tuple[int | None, str]:
    process = await command(server, *said)
    out, err = await process.communicate()
    return process.returncode, (out + err).decode()


async def killed(server: Served, *said: str) -> str:
    """Kill the command some time after it has said that it is at it; return what it said."""
    process = await command(server, *said)
    assert process.stdout
    line = await process.stdout.readline()
    await asyncio.sleep(random.random() * LONGEST_LIFE_S)
    if process.returncode is None:
        process.kill()
    await process.communicate()
    return line.decode().strip()


async def test_keys_turn_under_people_at_work_however_often_the_command_is_killed(server: Served) -> None:
    remote = await server.sign_in()
    case = (await asyncio.to_thread(partial(remote.ask, CASES, s=server.space)))["cases"][0]["id"]
    desk, done = Desk(server, remote, case), asyncio.Event()
    await desk.send()
    before = {path.name: path.read_bytes() for path in server.data.glob("master*")}
    working = asyncio.create_task(desk.work(done))
    for said in (("rotate-space", server.space), ("rotate-master",)):
        told = [await killed(server, *said) for _ in range(ROUNDS)]
        assert all(one.startswith(("new ", GOES_ON)) for one in told), told
        code, told = await ran(server, *said)
        assert (code, "the old key is destroyed" in told) == (0, True), told
        assert not working.done(), working.result()
    done.set()
    await working
    code, told = await ran(server, "check")  # a table's key is kept by its import and by its exhibit
    assert (code, f"{2 * len(desk.files)} file keys" in told, "Every key opens." in told) == (0, True, True), told
    for job in random.sample(sorted(desk.files), min(MOST_READ, len(desk.files))):
        await desk.read(job)
    assert not before.items() & {path.name: path.read_bytes() for path in server.data.glob("master*")}.items()
    await server.kill()
    await server.start()
    desk.remote = await server.sign_in()
    for job in random.sample(sorted(desk.files), min(MOST_READ, len(desk.files))):
        await desk.read(job)
    lines = [one.entry for one in stored(server.data / "audit") if one.entry and one.entry.name.startswith("keys.")]
    assert {(one.name, one.space) for one in lines} == {("keys.rotate-space", server.space), ("keys.rotate-master", None)}


async def test_a_check_names_what_does_not_open_and_a_rotation_without_the_key_is_one_sentence(server: Served) -> None:
    path = server.data / "keys" / f"{server.space}.json"
    path.rename(server.data / "kept")
    for said in (("check",), ("rotate-space", server.space)):
        code, told = await ran(server, *said)
        assert (code, f"The key of space {server.space}" in told, "Put it back from a backup" in told) == (1, True, True)
        assert "Traceback" not in told
