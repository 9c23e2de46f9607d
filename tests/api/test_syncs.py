"""An acknowledged change is on the medium: the system calls of a real server and its engine, in their order, as `strace` counts them.

SIGKILL alone shows nothing about a loss of power, since what was written and not synced survives it in the page cache.
"""

from __future__ import annotations

import asyncio
import os
import re
import shutil
import signal
from contextlib import asynccontextmanager
from dataclasses import dataclass
from typing import TYPE_CHECKING

import pytest

from backend.core.ids import new_id
from tests.support.served import Prepared, Served, served

if TYPE_CHECKING:
    from collections.abc import AsyncGenerator
    from pathlib import Path

pytestmark = [pytest.mark.embedded, pytest.mark.timeout(300)]
ADD = 'mutation($s: ID!, $r: RecordInput!, $k: String!) { addEntity(space: $s, kind: "Person", record: $r, key: $k) { id } }'
READ = "query($s: ID!) { cases(space: $s) { id } }"
CALLS = "fsync,fdatasync,write,writev,sendto,sendmsg"
CHANGES = 5
SORTS = {
    "graph": re.compile(r"sync\(\d+<[^>]*\.wal>"),
    "entries": re.compile(r"sync\(\d+<[^>]*/audit/[^>]*\.entries>"),
    "chain": re.compile(r"sync\(\d+<[^>]*/audit/[^>]*\.chain>"),
    "answer": re.compile(r"(write|writev|sendto|sendmsg)\(\d+<.*HTTP/1\.1 200"),
}
"""What a line of strace tells of, `-y` having named the files."""


@dataclass
class Watched:
    """A server under `strace`; `seen` is what it did between two moments, in order."""

    server: Served
    trace: Path

    def seen(self) -> list[str]:
        """Each sync of the engine's write-ahead log and of the audit log, and each answer. A call that another interrupts begins a line."""
        lines = self.trace.read_text(errors="replace").splitlines()
        return [sort for line in lines for sort, form in SORTS.items() if form.search(line)]


@asynccontextmanager
async def watched(server: Served, trace: Path) -> AsyncGenerator[Watched]:
    """Attach to the server and its engine until the block is left."""
    assert server.process
    pids = [one for pid in (server.process.pid, server.engine_pid()) for one in ("-p", str(pid))]
    command = ["strace", "-f", "-y", "-s", "16", "-e", f"trace={CALLS}", "-o", str(trace), *pids]
    strace = await asyncio.create_subprocess_exec(*command, stderr=asyncio.subprocess.PIPE)
    assert strace.stderr
    for _ in range(2):
        said = await asyncio.wait_for(strace.stderr.readline(), 30)
        assert b"attached" in said, said
    try:
        yield Watched(server, trace)
    finally:
        strace.send_signal(signal.SIGINT)
        await strace.wait()


@pytest.fixture
def needs_strace() -> None:
    """Fail in CI, skip where a person has no strace."""
    if shutil.which("strace") is None:
        (pytest.fail if os.environ.get("CI") == "true" else pytest.skip)("strace is not installed")


@pytest.mark.usefixtures("needs_strace")
async def test_each_change_is_synced_in_the_graph_then_in_the_log_then_answered(tmp_path: Path) -> None:
    prepared = await Prepared.make(tmp_path / "prepared")
    async with served(prepared, tmp_path / "data") as server:
        remote = await server.sign_in()
        record = {"case": server.ids["NA-1"], "values": [{"property": "name", "values": ["Ilian"]}], "sourceTitle": "E-1"}
        async with watched(server, tmp_path / "trace") as changing:
            for _ in range(CHANGES):
                await asyncio.to_thread(remote.ask, ADD, s=server.space, r=record, k=new_id())
        async with watched(server, tmp_path / "trace of a question") as asking:
            await asyncio.to_thread(remote.ask, READ, s=server.space)
    assert _each(changing.seen()) == [["graph", "entries", "chain"]] * CHANGES
    assert _each(asking.seen()) == [["entries", "chain"]]


def _each(seen: list[str]) -> list[list[str]]:
    """What was synced before each answer, in order; the same twice in a row counts once."""
    found: list[list[str]] = [[]]
    for sort in seen:
        if sort == "answer":
            found.append([])
        elif found[-1][-1:] != [sort]:
            found[-1].append(sort)
    return found[:-1]
