"""What a server refuses to start on, each with a sentence that names the thing and says what to do; and what it clears away first."""

from __future__ import annotations

import asyncio
import fcntl
import os
import subprocess
import sys
from typing import TYPE_CHECKING

import pytest

from backend import serving
from backend.app import SECRET_FILE, secret
from backend.config import Settings, UnsafeSetting, from_environment
from backend.storage.folder import FolderStore
from backend.storage.key_file import KeyFileError
from graph.engine import LOCK_FILE, Engine, EngineError
from graph.migrations import runner
from graph.migrations.runner import LATEST, GraphVersionError

if TYPE_CHECKING:
    from collections.abc import AsyncIterator
    from pathlib import Path

    from graph.driver import Address, Graph

S3: dict[str, object] = {"s3_url": "https://s3.example", "s3_bucket": "files", "s3_access_key": "key", "s3_secret_key": "secret"}
SET = "MATCH (m:Migration {id: 'state'}) SET m.done = $done, m.begun = $begun RETURN m.done"


# ── the graph ─────────────────────────────────────────────────────────────────────────────────────────────────────────────────────


async def test_a_second_process_on_one_folder_is_refused(tmp_path: Path) -> None:
    with (tmp_path / LOCK_FILE).open("w") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        with pytest.raises(EngineError, match=f"Another process already serves the graph in {tmp_path}. Stop it first"):
            await Engine(tmp_path).start()


@pytest.mark.parametrize(
    ("done", "begun", "text"),
    [
        (LATEST + 1, LATEST + 1, f"The graph is at migration {LATEST + 1}, this program knows {LATEST}. Install the newer program."),
        (LATEST - 1, LATEST, f"The graph is at migration {LATEST - 1} of {LATEST}. Run `joinder migrate` first."),
        (LATEST, LATEST + 1, f"The graph is at migration {LATEST} of {LATEST}"),
    ],
)
async def test_a_graph_that_is_newer_or_half_migrated_is_refused(address: Address, graph: Graph, done: int, begun: int, text: str) -> None:
    await graph.write(lambda tx: tx.value(SET, done=done, begun=begun))
    try:
        with pytest.raises(GraphVersionError, match=text.replace(".", r"\.")):
            await serving.check_version(address)
    finally:
        await graph.write(lambda tx: tx.value(SET, done=LATEST, begun=LATEST))
    await serving.check_version(address)


async def test_a_newer_graph_is_not_migrated_either(graph: Graph) -> None:
    await graph.write(lambda tx: tx.value(SET, done=LATEST + 1, begun=LATEST + 1))
    try:
        with pytest.raises(GraphVersionError, match="Install the newer program"):
            await runner.migrate(graph)
    finally:
        await graph.write(lambda tx: tx.value(SET, done=LATEST, begun=LATEST))


# ── settings ──────────────────────────────────────────────────────────────────────────────────────────────────────────────────────


@pytest.mark.parametrize(
    ("settings", "text"),
    [
        ({"host": "0.0.0.0"}, "JOINDER_ORIGIN: a server that others reach needs https://"),  # noqa: S104 - refused
        ({"host": "0.0.0.0", "origin": "http://jit.example"}, "JOINDER_ORIGIN: a server that others reach needs https://"),  # noqa: S104 - same
        ({"demo": True, "host": "10.0.0.1"}, "JOINDER_HOST: the demo serves 127.0.0.1 only"),
        ({"demo": True, "origin": "https://jit.example"}, "JOINDER_ORIGIN: the demo is reached directly"),
        ({"clamav": "http://scanner.example"}, "JOINDER_CLAMAV: give the address of a ClamAV daemon"),
        ({"clamav": "unix:relative"}, "JOINDER_CLAMAV: give the address of a ClamAV daemon"),
        ({"graph_url": "bolt://graph.example"}, "JOINDER_GRAPH_PASSWORD: a graph server without a password"),
        ({"s3_bucket": "files"}, "JOINDER_S3_URL: the other settings of a bucket are there"),
        ({"s3_lock_days": 1}, "JOINDER_S3_URL: the other settings of a bucket are there"),
        (S3 | {"s3_url": "http://s3.example"}, "JOINDER_S3_URL: a server on another machine needs https://"),
        (S3 | {"s3_url": "ftp://s3.example"}, "JOINDER_S3_URL: the address of an S3 server is https://HOST"),
        (S3 | {"s3_url": "https://s3.example/files"}, "JOINDER_S3_URL: the address of an S3 server is https://HOST"),
        (S3 | {"s3_url": "https://key@s3.example"}, "JOINDER_S3_URL: the address of an S3 server is https://HOST"),
        (S3 | {"s3_bucket": ""}, "JOINDER_S3_BUCKET: a bucket has a name"),
        (S3 | {"s3_bucket": "../files"}, "JOINDER_S3_BUCKET: a bucket has a name"),
        (S3 | {"s3_access_key": ""}, "JOINDER_S3_ACCESS_KEY: a bucket that anybody may use"),
        (S3 | {"s3_secret_key": ""}, "JOINDER_S3_SECRET_KEY: a bucket that anybody may use"),
    ],
)
def test_an_unsafe_setting_is_refused_by_its_name(tmp_path: Path, settings: dict[str, object], text: str) -> None:
    with pytest.raises(UnsafeSetting, match=text):
        Settings(data=tmp_path, **settings).checked()  # type: ignore[arg-type] - values of each case


@pytest.mark.parametrize(
    ("name", "value", "text"),
    [
        ("JOINDER_HOTS", "0.0.0.0", "JOINDER_HOTS: no such setting"),  # noqa: S104 - refused
        ("JOINDER_PORT", "eighty", "JOINDER_PORT: 'eighty' is not a port"),
        ("JOINDER_S3_LOCK_DAYS", "-1", "JOINDER_S3_LOCK_DAYS: '-1' is not a number of days"),
        ("JOINDER_S3_LOCK_DAYS", "40000", "JOINDER_S3_LOCK_DAYS: '40000' is not a number of days"),
    ],
)
def test_an_unknown_or_senseless_setting_is_refused_by_its_name(name: str, value: str, text: str) -> None:
    with pytest.raises(UnsafeSetting, match=text):
        from_environment({name: value})


@pytest.mark.parametrize("address", ["", "unix:/run/clamav/clamd.ctl", "tcp:scanner.example:3310"])
def test_files_are_scanned_where_the_setting_says(address: str) -> None:
    assert from_environment({"JOINDER_CLAMAV": address}).clamav == address


def test_a_refusal_is_one_sentence_on_standard_error(tmp_path: Path) -> None:
    environment = {**os.environ, "JOINDER_DATA": str(tmp_path), "JOINDER_HOST": "0.0.0.0"}  # noqa: S104 - refused
    done = subprocess.run([sys.executable, "-m", "backend.cli", "serve"], env=environment, capture_output=True, text=True, check=False)
    assert (done.returncode, done.stdout) == (1, "")
    assert done.stderr == "joinder: JOINDER_ORIGIN: a server that others reach needs https:// here and a TLS proxy in front.\n"


@pytest.mark.neo4j
def test_a_graph_server_that_refuses_the_password_is_named_at_once(tmp_path: Path, address: Address) -> None:
    settings = {"JOINDER_DATA": str(tmp_path), "JOINDER_GRAPH_URL": address.url, "JOINDER_GRAPH_PASSWORD": "not this one"}
    run = subprocess.run([sys.executable, "-m", "backend.cli", "migrate"], env={**os.environ, **settings}, capture_output=True, check=False)
    assert (run.returncode, run.stderr.decode()) == (
        1, "joinder: the graph server does not accept JOINDER_GRAPH_USER with JOINDER_GRAPH_PASSWORD.\n",
    )  # fmt: skip


# ── key files ─────────────────────────────────────────────────────────────────────────────────────────────────────────────────────


@pytest.mark.parametrize("mode", [0o640, 0o604, 0o660])
def test_a_secret_that_others_may_read_is_refused(tmp_path: Path, mode: int) -> None:
    made = secret(tmp_path)
    assert secret(tmp_path) == made
    (tmp_path / SECRET_FILE).chmod(mode)
    with pytest.raises(KeyFileError, match=rf"{SECRET_FILE} can be read by others. Run: chmod 600 {tmp_path}"):
        secret(tmp_path)


@pytest.mark.parametrize("text", ["", "no key", "ab" * 31])
def test_a_damaged_secret_is_refused(tmp_path: Path, text: str) -> None:
    secret(tmp_path)
    (tmp_path / SECRET_FILE).write_text(text)
    with pytest.raises(KeyFileError, match=rf"The key file {tmp_path}/{SECRET_FILE} is damaged. Put it back from a backup"):
        secret(tmp_path)


# ── what a server that was killed left ────────────────────────────────────────────────────────────────────────────────────────────


async def coming(begun: asyncio.Event) -> AsyncIterator[bytes]:
    """A file that is still coming in: the store has taken one piece and asks for the next."""
    yield b"x" * (1 << 20)
    begun.set()
    await asyncio.Event().wait()


async def test_files_that_a_killed_server_left_unfinished_are_swept_at_start_and_no_others(
    tmp_path: Path, address: Address, monkeypatch: pytest.MonkeyPatch
) -> None:
    settings = Settings(data=tmp_path, port=serving.free_port())
    store = FolderStore(tmp_path / "files")
    (tmp_path / "files" / "ab").mkdir(parents=True)
    (tmp_path / "files" / "ab" / ".left.1234.part").write_bytes(b"sealed")
    begun = asyncio.Event()
    putting = asyncio.create_task(store.put("ab/coming", coming(begun)))
    await begun.wait()
    monkeypatch.setattr(serving.oversight, "reconcile", _nothing)
    async with serving.serving(settings, address):
        left = [path.name for path in (tmp_path / "files" / "ab").iterdir()]
    assert [name.split(".")[1] for name in left] == ["coming"]
    putting.cancel()
    await asyncio.wait({putting})


async def _nothing(_: object) -> int:
    """The graph is that of every other test, whose log lies elsewhere."""
    return 0
