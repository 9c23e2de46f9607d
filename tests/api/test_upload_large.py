"""A file of 20 GiB goes through a server that neither grows with it nor puts it anywhere but into its store."""

from __future__ import annotations

import asyncio
import hashlib
import os
import shutil
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

import httpx
import pytest

from tests.support.sender import File, Sender
from tests.support.served import Prepared, Served, served

if TYPE_CHECKING:
    from collections.abc import AsyncIterator

pytestmark = [pytest.mark.embedded, pytest.mark.long, pytest.mark.timeout(3_600)]
PIECE, GIB = 1 << 20, 1 << 30
SIZE, MOST, FREE = 20 * GIB, 2 * GIB, 25 * GIB
GROWTH = 64 * PIECE
"""What a server may take more at the end than after the first request."""


@dataclass(frozen=True)
class Image:
    """A disk image of which no two pieces are the same, without being anywhere."""

    block: bytes

    def piece(self, number: int) -> bytes:
        return number.to_bytes(8) + self.block

    async def pieces(self, start: int, end: int) -> AsyncIterator[bytes]:
        for number in range(start // PIECE, end // PIECE):
            yield self.piece(number)


def memory(server: Served) -> dict[str, int]:
    """Bytes that the server process holds now (VmRSS) and held at most (VmHWM)."""
    assert server.process
    lines = Path(f"/proc/{server.process.pid}/status").read_text().splitlines()
    return {name: int(said.split()[0]) << 10 for name, _, said in (line.partition(":") for line in lines) if name in {"VmRSS", "VmHWM"}}


def spooled(server: Served) -> list[str]:
    """What the server process has open that is large and does not lie in its store, removed files too."""
    assert server.process
    found = list[str]()
    for one in Path(f"/proc/{server.process.pid}/fd").iterdir():
        try:
            place, size = str(one.readlink()), one.stat().st_size
        except FileNotFoundError:
            continue
        if size > GROWTH and not place.startswith(str(server.data / "files")):
            found.append(f"{place}: {size}")
    return found


async def test_twenty_gib_pass_through_a_server_that_does_not_grow(
    tmp_path: Path, tmp_path_factory: pytest.TempPathFactory, capsys: pytest.CaptureFixture[str]
) -> None:
    free = shutil.disk_usage(tmp_path).free
    if free < FREE:
        pytest.skip(f"It needs {FREE // GIB} GiB free, and {free // GIB} are.")
    image, told = Image(os.urandom(PIECE - 8)), list[str]()
    async with served(await Prepared.make(tmp_path_factory.mktemp("prepared") / "data"), tmp_path / "data") as server:
        sender = Sender(server, (await server.sign_in()).cookie)
        file, sent = File(b"", name="image.dd"), hashlib.sha256()
        await sender.begin(file, SIZE)
        first = 0
        for start in range(0, SIZE, MOST):
            await sender.append(file, _hashed(image.pieces(start, start + MOST), sent), MOST)
            held = memory(server)
            first = first or held["VmHWM"]
            told.append(f"{file.acknowledged // GIB:3} GiB sent: {held['VmRSS'] >> 20} MiB held, {held['VmHWM'] >> 20} at most")
            assert spooled(server) == []
        assert (file.acknowledged, bool(file.exhibit)) == (SIZE, True)
        got = hashlib.sha256()
        headers, address = {"cookie": sender.cookie}, f"{server.url}/files/{file.exhibit}"
        async with httpx.AsyncClient(headers=headers, timeout=60, params={"space": server.space}) as browser:
            async with browser.stream("GET", address) as answer:
                async for piece in answer.aiter_raw(PIECE):
                    got.update(piece)
            last = await browser.get(address, headers={"range": f"bytes={SIZE - PIECE}-"})
        held = memory(server)
        told.append(f"{SIZE // GIB:3} GiB read: {held['VmRSS'] >> 20} MiB held, {held['VmHWM'] >> 20} at most")
        with capsys.disabled():
            print("", *told, sep="\n")  # noqa: T201 - what --all shows
        assert got.digest() == sent.digest()
        assert last.content == image.piece(SIZE // PIECE - 1)
        assert held["VmHWM"] - first < GROWTH
        await asyncio.to_thread(shutil.rmtree, server.data / "files")


async def _hashed(pieces: AsyncIterator[bytes], into: hashlib._Hash) -> AsyncIterator[bytes]:
    async for piece in pieces:
        into.update(piece)
        yield piece
