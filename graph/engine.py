"""The embedded default engine: ArcadeDB in a child process on loopback, started, watched and stopped by us.

Child (`python -m graph.engine FOLDER HEAP SECONDS PORT`): takes the folder's lock, starts the engine with synced writes, reads that setting
back, speaks only Bolt on a port of 127.0.0.1, writes `engine.json` (0600) and prints one line of JSON, or one that says why not. It breaks
off a statement that takes longer than SECONDS, and stops when its standard input ends, which happens whatever killed the parent. PORT 0 is
that of the last start or a free one; after a crash the parent names the port, since open drivers know no other.
"""

from __future__ import annotations

import asyncio
import contextlib
import fcntl
import json
import os
import secrets
import shlex
import socket
import sys
import threading
import time
import traceback
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any, TextIO

from graph.dialect import EMBEDDED
from graph.driver import TIMEOUT_S, Address
from graph.renewal import settle

if TYPE_CHECKING:
    from collections.abc import Callable

RUN_FILE, PASSWORD_FILE, LOCK_FILE, LOG_FILE, PORT_FILE = "engine.json", "engine.password", "engine.lock", "engine.log", "engine.port"
DATABASE = "joinder"
START_TIMEOUT_S = 90.0
LOCK_PATIENCE_S = 10.0
BACKOFF_S = (0.2, 1.0, 3.0, 10.0)
SETTLED_S = 60.0


class EngineError(Exception):
    """The engine cannot start; the text says why and what to do."""


def running(folder: Path) -> Address | None:
    """Return the address of the engine that already serves `folder`, or None. Used by the command line to attach."""
    try:
        with (folder / LOCK_FILE).open("a") as lock:
            fcntl.flock(lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except BlockingIOError:
        return _serving(folder)
    except FileNotFoundError:
        return None
    return None


def _serving(folder: Path) -> Address:
    try:
        return _address(json.loads((folder / RUN_FILE).read_text()))
    except FileNotFoundError as error:
        raise EngineError(f"The graph in {folder} is starting. Try again in a moment.") from error


def _address(said: dict[str, Any]) -> Address:
    return Address(said["url"], said["user"], said["password"], DATABASE, EMBEDDED)


@dataclass
class Backoff:
    """How long to wait before the next start: longer each time, until one of them lasts."""

    failed: int = 0

    def after(self, lived_s: float) -> float:
        """Return the seconds to wait after an engine that lived so long; 0.0 for one that did not come up."""
        if lived_s >= SETTLED_S:
            self.failed = 0
        self.failed += 1
        return BACKOFF_S[min(self.failed, len(BACKOFF_S)) - 1]


class Engine:
    """A supervised child process. `state` is "ready", "restarting" or "stopped"; `timeout_s` is how long a statement may take."""

    def __init__(
        self, folder: Path, *, heap: str = "512m", timeout_s: float = TIMEOUT_S, on_state: Callable[[str], None] = lambda _: None
    ) -> None:
        self.folder, self.heap, self.timeout_s, self.state = folder, heap, timeout_s, "stopped"
        self.backoff = Backoff()
        self._on_state = on_state
        self._port = 0
        self._process: asyncio.subprocess.Process | None = None
        self._watch: asyncio.Task[None] | None = None

    @property
    def pid(self) -> int | None:
        """Process id of the running engine."""
        return self._process.pid if self._process and self._process.returncode is None else None

    async def start(self) -> Address:
        """Start the engine and return its address; raise `EngineError` when the folder is in use or the engine does not come up."""
        await asyncio.to_thread(settle, self.folder)
        self.folder.mkdir(parents=True, exist_ok=True, mode=0o700)
        address = await self._spawn()
        self._port = int(address.url.rpartition(":")[2])
        self._watch = asyncio.create_task(self._keep_alive())
        return address

    async def stop(self) -> None:
        """Stop the engine cleanly and wait for it."""
        self._say("stopped")
        if self._watch:
            self._watch.cancel()
            with contextlib.suppress(asyncio.CancelledError):
                await self._watch
        process = self._process
        if process and process.returncode is None and process.stdin:
            process.stdin.close()
            try:
                async with asyncio.timeout(20):
                    await process.wait()
            except TimeoutError:
                process.kill()
                await process.wait()

    async def _spawn(self) -> Address:
        with (self.folder / LOG_FILE).open("ab") as log:
            self._process = await asyncio.create_subprocess_exec(
                sys.executable, "-m", "graph.engine", str(self.folder), self.heap, str(self.timeout_s), str(self._port),
                stdin=asyncio.subprocess.PIPE, stdout=asyncio.subprocess.PIPE, stderr=log, start_new_session=True,
            )  # fmt: skip
        try:
            address = await self._said(self._process)
        except BaseException:
            await _end(self._process)
            raise
        self._say("ready")
        return address

    async def _said(self, process: asyncio.subprocess.Process) -> Address:
        """Wait for the child's one line and return its address; raise `EngineError` with the child's reason, or where it says nothing."""
        line = b""
        with contextlib.suppress(TimeoutError):
            async with asyncio.timeout(START_TIMEOUT_S):
                line = await process.stdout.readline() if process.stdout else b""
        if not line.endswith(b"\n"):
            raise EngineError(f"The graph engine did not start. Its log is {self.folder / LOG_FILE}.")
        said = json.loads(line)
        if "error" in said:
            raise EngineError(said["error"])
        return _address(said)

    async def _keep_alive(self) -> None:
        ready: float | None = time.monotonic()
        while self._process:
            await self._process.wait()
            self._say("restarting")
            await asyncio.sleep(self.backoff.after(time.monotonic() - ready if ready else 0.0))
            ready = None
            with contextlib.suppress(EngineError, OSError):
                await self._spawn()
                ready = time.monotonic()

    def _say(self, state: str) -> None:
        self.state = state
        self._on_state(state)


async def _end(process: asyncio.subprocess.Process) -> None:
    """Leave no child behind that nobody waits for."""
    with contextlib.suppress(ProcessLookupError):
        process.kill()
    await process.wait()


def _private(path: Path, text: str) -> None:
    """Write a file that only we can read, whole or not at all: what a loss of power cut short would keep the engine from starting."""
    fresh = path.with_suffix(path.suffix + ".new")
    fresh.unlink(missing_ok=True)
    descriptor = os.open(fresh, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
    with os.fdopen(descriptor, "w") as file:
        file.write(text)
        file.flush()
        os.fsync(descriptor)
    fresh.rename(path)


def _password(folder: Path) -> str:
    path = folder / PASSWORD_FILE
    if not path.exists():
        _private(path, secrets.token_urlsafe(24))
    return path.read_text()


def _port(folder: Path, wanted: int) -> int:
    """Return the port wanted if it is free; where none is wanted, that of the last start, or any free one."""
    path = folder / PORT_FILE
    last = path.read_text() if path.exists() else ""
    for one in (wanted,) if wanted else (int(last) if last.isdecimal() else 0, 0):
        with socket.socket() as probe, contextlib.suppress(OSError):
            probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
            probe.bind(("127.0.0.1", one))
            port: int = probe.getsockname()[1]
            _private(path, str(port))
            return port
    raise EngineError(f"Port {wanted} of 127.0.0.1 is taken." if wanted else "No port of 127.0.0.1 is free.")


def _serve(folder: Path, heap: str, timeout_s: float, wanted_port: int, output: int) -> None:
    os.environ["ARCADEDB_JVM_ARGS"] = (
        f"-Xmx{heap} -XX:+UseSerialGC -XX:MaxMetaspaceSize=256m -XX:ReservedCodeCacheSize=96m -Darcadedb.txWalFlush=2 "
        f"-Darcadedb.command.timeout={int(timeout_s * 1000)} -Darcadedb.opencypher.loadCsv.allowFileUrls=false "
        "-Darcadedb.opencypher.loadCsv.allowRemoteUrls=false "
        "-Darcadedb.server.httpWorkerThreads=2 -Djava.util.logging.config.file=none "
        + shlex.quote(f"-Darcadedb.server.logsDirectory={folder / 'log'}")
    )
    import jpype  # noqa: PLC0415 - the Java machine exists only in this child
    from arcadedb_embedded.server import ArcadeDBServer  # noqa: PLC0415 - same

    password, port = _password(folder), _port(folder, wanted_port)
    server: Any = ArcadeDBServer(
        str(folder),
        root_password=password,
        config={
            "host": "127.0.0.1", "http_port": 0, "mode": "production", "bolt_port": port, "bolt_host": "127.0.0.1",
            "server_plugins": "Bolt:com.arcadedb.bolt.BoltProtocolPlugin",
        },
    )  # fmt: skip
    server.start()
    java = server._java_server  # noqa: SLF001 - the wrapper offers no way to stop its HTTP listener, which we do not use
    java.getHttpServer().stopService()
    settings: Any = jpype.JClass("com.arcadedb.GlobalConfiguration")
    if int(settings.TX_WAL_FLUSH.getValueAsInteger()) != 2:  # noqa: PLR2004 - 2 = synced with metadata
        raise EngineError("The graph engine would not sync its writes (txWalFlush is not 2); it is not started.")
    database = server.create_database(DATABASE)
    for statement in EMBEDDED.engine_ddl:
        database.command("sql", statement)
    said = {"url": f"bolt://127.0.0.1:{port}", "user": "root", "password": password, "pid": os.getpid()}
    _private(folder / RUN_FILE, json.dumps(said))
    os.write(output, (json.dumps(said) + "\n").encode())
    sys.stdin.buffer.read()
    server.stop()


def _take(lock: TextIO, folder: Path) -> None:
    """Take the folder's lock, waiting a little: the engine of a server that was killed needs a moment to end."""
    deadline = time.monotonic() + LOCK_PATIENCE_S
    while True:
        try:
            return fcntl.flock(lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            if time.monotonic() > deadline:
                raise EngineError(
                    f"Another process already serves the graph in {folder}. Stop it first, or use another data folder."
                ) from None
        time.sleep(0.1)


def main(arguments: list[str]) -> int:
    """Serve one data folder until standard input ends."""
    folder, heap, timeout_s, port = Path(arguments[0]).resolve(), arguments[1], float(arguments[2]), int(arguments[3])
    folder.mkdir(parents=True, exist_ok=True, mode=0o700)
    output = os.dup(1)
    os.dup2(2, 1)
    try:
        with (folder / LOCK_FILE).open("a") as lock:
            _take(lock, folder)
            (folder / RUN_FILE).unlink(missing_ok=True)
            os.chdir(folder)
            _serve(folder, heap, timeout_s, port, output)
    except EngineError as error:
        os.write(output, (json.dumps({"error": str(error)}) + "\n").encode())
        return 1
    return 0


if __name__ == "__main__":
    threading.current_thread().name = "engine"
    code = 1
    try:
        code = main(sys.argv[1:])
    except Exception:  # noqa: BLE001 - a process boundary: the log says what happened
        traceback.print_exc()
    sys.stdout.flush()
    os._exit(code)  # Java's threads would keep the process
