"""Files scanned by a real ClamAV daemon, which knows one thing that is bad; a file that was not scanned is never called clean."""

from __future__ import annotations

import asyncio
import hashlib
import os
import shutil
import signal
import tempfile
from pathlib import Path
from typing import TYPE_CHECKING

import pytest
import pytest_asyncio

from backend.evidence import scanning
from backend.evidence.scanning import Scanner, Verdict
from tests.evidence.papers import streamed

if TYPE_CHECKING:
    from collections.abc import AsyncIterator

# Put together here, so that no scanner takes this file for what it looks for.
EICAR = ("X5O!P%@AP[4\\PZX54(P^)7CC)7}$EICAR-STANDARD-" + "ANTIVIRUS-TEST-FILE!$H+H*").encode()
LARGEST, LARGEST_LOOKED_AT = 4 * 1024**2, 2 * 1024**2
PATIENCE_S = 60


@pytest_asyncio.fixture(scope="module", loop_scope="session")
async def scanner() -> AsyncIterator[Scanner]:
    """A daemon of our own on a socket of its own."""
    program = shutil.which("clamd", path=os.environ["PATH"] + ":/usr/sbin")
    if not program:
        if os.environ.get("CI") == "true":
            pytest.fail("no clamd here: install clamav-daemon")
        pytest.skip("no clamd here: install clamav-daemon")
    with tempfile.TemporaryDirectory() as name:  # short, as the path of a socket has to be
        folder = Path(name)
        folder.chmod(0o755)
        (folder / "test.hdb").write_text(f"{hashlib.md5(EICAR).hexdigest()}:{len(EICAR)}:Eicar-Test\n")  # noqa: S324 - the form of the list
        (folder / "clamd.conf").write_text(
            f"DatabaseDirectory {folder}\nLocalSocket {folder}/socket\nForeground yes\nStreamMaxLength {LARGEST}\n"
            f"MaxFileSize {LARGEST_LOOKED_AT}\nAlertExceedsMax yes\nTemporaryDirectory {folder}\n"
        )
        clamd = await asyncio.create_subprocess_exec(program, "-c", str(folder / "clamd.conf"), stdout=asyncio.subprocess.DEVNULL)
        found = Scanner(f"unix:{folder}/socket")
        try:
            async with asyncio.timeout(PATIENCE_S):
                while not await found.ready():
                    assert clamd.returncode is None, "clamd ended"
                    await asyncio.sleep(0.05)
            yield found
        finally:
            clamd.send_signal(signal.SIGTERM)
            await clamd.wait()


async def test_what_is_bad_is_found_by_its_name(scanner: Scanner) -> None:
    assert await scanner.scan(streamed(EICAR)) == Verdict("found", "Eicar-Test.UNOFFICIAL")


async def test_what_is_bad_is_found_in_whatever_pieces_it_comes(scanner: Scanner) -> None:
    assert (await scanner.scan(streamed(EICAR, piece=1))).state == "found"


async def test_any_other_file_is_clean(scanner: Scanner) -> None:
    assert await scanner.scan(streamed(b"x" * (1024**2 + 1), piece=2 * 1024**2)) == Verdict("clean")


async def test_an_empty_file_is_clean(scanner: Scanner) -> None:
    assert await scanner.scan(streamed(b"")) == Verdict("clean")


@pytest.mark.parametrize("size", [LARGEST_LOOKED_AT + 1, LARGEST + 1, 8 * LARGEST])
async def test_a_file_of_which_the_daemon_takes_a_part_only_is_not_called_clean(scanner: Scanner, size: int) -> None:
    assert await scanner.scan(streamed(EICAR + b"x" * size)) == Verdict("failed", reason=scanning.TOO_LARGE)


async def test_without_a_daemon_nothing_is_called_clean(tmp_path: Path) -> None:
    nobody = Scanner(f"unix:{tmp_path}/nobody")
    assert await nobody.scan(streamed(b"x")) == Verdict("failed", reason=scanning.UNREACHABLE)
    assert not await nobody.ready()


@pytest.mark.parametrize("answer", [b"", b"stream: OK", b"stream: OK\0", b"\0", b"UNKNOWN COMMAND\0", b"x" * 100_000])
async def test_a_daemon_that_breaks_off_is_not_believed(answer: bytes) -> None:
    """It answers before it took the file, or nothing, or what it never says."""

    async def serve(_: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        writer.write(answer)
        await writer.drain()
        writer.close()

    async with await asyncio.start_server(serve, "127.0.0.1", 0) as server:
        port = server.sockets[0].getsockname()[1]
        verdict = await Scanner(f"tcp:127.0.0.1:{port}").scan(streamed(b"x" * 40_000_000))
    assert verdict == Verdict("failed", reason=scanning.BROKEN_OFF)


async def test_a_daemon_that_says_nothing_is_not_waited_for_longer_than_it_may(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(scanning, "ANSWER_S", 0.2)

    async def serve(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        await reader.read()
        writer.close()

    async with await asyncio.start_server(serve, "127.0.0.1", 0) as server:
        port = server.sockets[0].getsockname()[1]
        verdict = await Scanner(f"tcp:127.0.0.1:{port}").scan(streamed(b"x"))
    assert verdict == Verdict("failed", reason=scanning.UNREACHABLE)


async def test_a_file_that_cannot_be_handed_out_is_told_as_such(scanner: Scanner) -> None:
    async def broken() -> AsyncIterator[bytes]:
        yield b"x"
        raise TimeoutError("the store")

    with pytest.raises(TimeoutError, match="the store"):
        await scanner.scan(broken())


@pytest.mark.parametrize(
    "address", ["", "unix:", "unix:relative", "tcp:host", "tcp::3310", "tcp:host:0", "tcp:host:65536", "http://host:1"]
)
def test_any_other_address_is_refused(address: str) -> None:
    with pytest.raises(ValueError, match="unix:/path or tcp:host:port"):
        Scanner(address)
