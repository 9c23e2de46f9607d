"""The embedded engine as a child process: how it starts, ends, comes back, and what of it others can read."""

from __future__ import annotations

import asyncio
import fcntl
import json
import os
import signal
import socket
import stat
import sys
from itertools import groupby
from pathlib import Path
from typing import TYPE_CHECKING

import pytest
import pytest_asyncio

from backend.core.ids import new_id
from backend.serving import free_port
from graph import engine as engine_module
from graph.driver import Graph, GraphUnavailable, TimedOut, wait_until_ready
from graph.engine import (
    BACKOFF_S,
    LOCK_FILE,
    LOG_FILE,
    PASSWORD_FILE,
    PORT_FILE,
    RUN_FILE,
    SETTLED_S,
    Backoff,
    Engine,
    EngineError,
    running,
)
from graph.engine import _port as a_port  # what the child does before it starts Java
from graph.engine import _private as private  # same

if TYPE_CHECKING:
    from collections.abc import AsyncIterator, Callable

    from graph.driver import Address, Tx

pytestmark = pytest.mark.embedded
PATIENCE_S = 60.0
CREATE, COUNT = "CREATE (n:Probe {id: $id, place: $place}) RETURN n.id", "MATCH (n:Probe {id: $id}) RETURN count(n)"
SLOW = "UNWIND range(1, 20000) AS a UNWIND range(1, 20000) AS b WITH a, b WHERE a + b = -1 RETURN count(a)"
PARENT = """
import asyncio, sys
from pathlib import Path
from graph.engine import Engine

async def main():
    await Engine(Path(sys.argv[1])).start()
    print("ready", flush=True)
    await asyncio.Event().wait()

asyncio.run(main())
"""


@pytest.fixture
async def own(tmp_path: Path) -> AsyncIterator[Engine]:
    """An engine that a test may kill; it is not started yet."""
    engine = Engine(tmp_path / "Osk's graph", heap="256m")  # a folder may be called so
    yield engine
    await engine.stop()


@pytest_asyncio.fixture(scope="module", loop_scope="session")
async def calm(tmp_path_factory: pytest.TempPathFactory) -> AsyncIterator[tuple[Engine, Address]]:
    """A running engine that nobody kills, with little time for a statement."""
    engine = Engine(tmp_path_factory.mktemp("calm") / "graph", heap="256m", timeout_s=0.5)
    yield engine, await engine.start()
    await engine.stop()


def kill(engine: Engine) -> None:
    assert engine.pid
    os.kill(engine.pid, signal.SIGKILL)


async def until(so: Callable[[], bool]) -> None:
    """Wait for the thing itself."""
    async with asyncio.timeout(PATIENCE_S):
        while not so():  # noqa: ASYNC110 - what is waited for happens in another process
            await asyncio.sleep(0.02)


async def ended(folder: Path) -> None:
    """Wait until no process serves the folder: whoever holds its lock lets go of it in ending."""
    async with asyncio.timeout(PATIENCE_S):
        with (folder / LOCK_FILE).open("a") as lock:
            await asyncio.to_thread(fcntl.flock, lock, fcntl.LOCK_EX)


async def create(graph: Graph, one: str) -> str:
    return await graph.write(lambda tx: tx.value(CREATE, id=one, place=1))


async def number(graph: Graph, one: str) -> int:
    return await graph.read(lambda tx: tx.value(COUNT, id=one))


# ── killed ────────────────────────────────────────────────────────────────────────────────────────────────────────────────────────


async def test_killed_in_a_transaction_it_keeps_all_that_was_committed_and_nothing_half_written(own: Engine) -> None:
    address, before, half = await own.start(), new_id(), new_id()
    tries: list[int] = []

    async def work(tx: Tx) -> None:
        tries.append(1)
        await tx.value(CREATE, id=half, place=1)
        if len(tries) == 1:
            kill(own)
        await tx.value(CREATE, id=half, place=2)

    async with Graph(address) as graph:
        await create(graph, before)
        try:
            await graph.write(work)
            right = 2
        except GraphUnavailable:
            right = 0
        await wait_until_ready(graph, PATIENCE_S)
        assert [await number(graph, before), await number(graph, half)] == [1, right]
    assert own.backoff.failed == 1, "another crash soon would be met with a longer wait"


async def test_after_a_crash_it_comes_back_where_open_drivers_look_for_it_and_nowhere_else(tmp_path: Path) -> None:
    said, thief = list[str](), socket.socket()
    thief.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)

    def steal(state: str) -> None:
        said.append(state)
        if said == ["ready", "restarting"]:
            thief.bind(("127.0.0.1", port_of(address)))
            thief.listen()

    engine = Engine(tmp_path, heap="256m", on_state=steal)
    address = await engine.start()
    async with Graph(address) as graph:
        one = await create(graph, new_id())
        kill(engine)
        await until(lambda: engine.backoff.failed > 1)
        thief.close()
        await wait_until_ready(graph, PATIENCE_S)
        assert await number(graph, one) == 1
    await until(lambda: engine.state == "ready")  # it answers a moment before it is told of
    await engine.stop()
    assert [each for each, _ in groupby(said)] == ["ready", "restarting", "ready", "stopped"]


def test_the_wait_grows_to_its_end_and_begins_anew_only_when_a_start_has_lasted() -> None:
    backoff = Backoff()
    assert [backoff.after(0.0) for _ in range(6)] == [*BACKOFF_S, BACKOFF_S[-1], BACKOFF_S[-1]]
    assert backoff.after(SETTLED_S) == BACKOFF_S[0]
    assert backoff.after(SETTLED_S / 2) == BACKOFF_S[1]


async def test_it_ends_when_its_parent_was_killed(tmp_path: Path) -> None:
    parent = await asyncio.create_subprocess_exec(sys.executable, "-c", PARENT, str(tmp_path), stdout=asyncio.subprocess.PIPE)
    assert parent.stdout
    async with asyncio.timeout(PATIENCE_S):
        assert await parent.stdout.readline() == b"ready\n"
    assert running(tmp_path)
    parent.kill()
    await parent.wait()
    await ended(tmp_path)
    assert running(tmp_path) is None


# ── not started ───────────────────────────────────────────────────────────────────────────────────────────────────────────────────


async def test_a_start_that_takes_too_long_leaves_no_process_behind(own: Engine, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(engine_module, "START_TIMEOUT_S", 0.0)
    with pytest.raises(EngineError, match=f"did not start. Its log is .*{LOG_FILE}"):
        await own.start()
    assert own.pid is None


async def test_a_start_that_is_broken_off_leaves_no_process_behind(own: Engine) -> None:
    starting = asyncio.ensure_future(own.start())
    await until(lambda: own.pid is not None)
    starting.cancel()
    with pytest.raises(asyncio.CancelledError):
        await starting
    assert own.pid is None


async def test_what_keeps_it_from_starting_stands_in_its_log(own: Engine) -> None:
    own.heap = "no-size-of-a-heap"
    with pytest.raises(EngineError, match="Its log is"):
        await own.start()
    assert "no-size-of-a-heap" in (own.folder / LOG_FILE).read_text()


async def test_who_wants_to_attach_to_an_engine_that_is_still_starting_is_told_so(tmp_path: Path) -> None:
    assert running(tmp_path / "nowhere") is None
    with (tmp_path / LOCK_FILE).open("w") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        with pytest.raises(EngineError, match=f"The graph in {tmp_path} is starting. Try again in a moment."):
            running(tmp_path)


# ── ports and files ───────────────────────────────────────────────────────────────────────────────────────────────────────────────


def port_of(address: Address) -> int:
    return int(address.url.rpartition(":")[2])


def test_it_prefers_the_port_of_its_last_start(tmp_path: Path) -> None:
    (tmp_path / PORT_FILE).write_text(str(port := free_port()))
    assert [a_port(tmp_path, 0), a_port(tmp_path, 0)] == [port, port]


def test_it_takes_another_port_where_its_last_one_is_taken_unless_it_must_come_back_there(tmp_path: Path) -> None:
    with socket.socket() as other:
        other.bind(("127.0.0.1", 0))
        other.listen()
        port: int = other.getsockname()[1]
        (tmp_path / PORT_FILE).write_text(str(port))
        with pytest.raises(EngineError, match=f"Port {port} of 127.0.0.1 is taken."):
            a_port(tmp_path, port)
        found = a_port(tmp_path, 0)
    assert found != port
    assert (tmp_path / PORT_FILE).read_text() == str(found)


def test_a_port_file_that_a_loss_of_power_left_empty_does_not_keep_it_from_starting(tmp_path: Path) -> None:
    (tmp_path / PORT_FILE).touch()
    assert a_port(tmp_path, 0)


def test_a_file_that_others_could_read_is_its_owners_alone_once_something_secret_is_in_it(tmp_path: Path) -> None:
    (tmp_path / RUN_FILE).touch(0o666)
    private(tmp_path / RUN_FILE, "secret")
    assert [(each.name, each.read_text(), mode(each)) for each in tmp_path.iterdir()] == [(RUN_FILE, "secret", 0o600)]


async def test_only_its_owner_reads_its_password(calm: tuple[Engine, Address]) -> None:
    engine, address = calm
    assert [mode(each) for each in (engine.folder, engine.folder / PASSWORD_FILE, engine.folder / RUN_FILE)] == [0o700, 0o600, 0o600]
    assert json.loads((engine.folder / RUN_FILE).read_text())["password"] == address.password
    told = [Path(f"/proc/{engine.pid}/cmdline"), Path(f"/proc/{engine.pid}/environ"), engine.folder / LOG_FILE]
    assert not any(address.password.encode() in each.read_bytes() for each in told)


def mode(path: Path) -> int:
    return stat.S_IMODE(path.stat().st_mode)


async def test_it_listens_on_loopback_only_and_only_with_bolt(calm: tuple[Engine, Address]) -> None:
    engine, address = calm
    assert listening(engine.pid) == {f"127.0.0.1:{port_of(address)}"}


def listening(pid: int | None) -> set[str]:
    """Where a process listens, as `address:port`."""
    sockets = {str(each.readlink()) for each in Path(f"/proc/{pid}/fd").iterdir() if each.is_symlink()}
    found: set[str] = set()
    for table in ("tcp", "tcp6"):
        for row in Path(f"/proc/{pid}/net/{table}").read_text().splitlines()[1:]:
            _, where, _, state, *rest = row.split()
            if state == "0A" and f"socket:[{rest[5]}]" in sockets:
                host, port = where.split(":")
                found.add(f"{readable(host)}:{int(port, 16)}")
    return found


def readable(host: str) -> str:
    """Read an address as the kernel writes it; IPv6 only where it holds one of IPv4."""
    four = host[-8:] if len(host) == 8 or host.startswith("0000000000000000FFFF0000") else ""
    return socket.inet_ntoa(bytes.fromhex(four)[::-1]) if four else host


# ── time ──────────────────────────────────────────────────────────────────────────────────────────────────────────────────────────


async def test_a_statement_that_takes_too_long_is_broken_off_by_the_engine(calm: tuple[Engine, Address]) -> None:
    async with Graph(calm[1]) as graph:
        with pytest.raises(TimedOut) as told:
            await graph.read(lambda tx: tx.value(SLOW))
        assert "TransactionTimedOut" in str(told.value.__cause__)
        assert await graph.ready()
