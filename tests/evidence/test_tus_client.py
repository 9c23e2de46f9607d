"""The official Python client of the tus protocol sends files here: in pieces, with checksums, gone on with by another run of it."""

from __future__ import annotations

import asyncio
from typing import TYPE_CHECKING, Any

import pytest
from tusclient.client import TusClient

from backend.evidence import service

if TYPE_CHECKING:
    from pathlib import Path

    from tests.evidence.conftest import Counter

CONTENT = bytes(range(256)) * 1_000


@pytest.fixture
def file(tmp_path: Path) -> Path:
    """The file that is sent."""
    path = tmp_path / "statement.bin"
    path.write_bytes(CONTENT)
    return path


async def client(counter: Counter, who: str) -> TusClient:
    """The client as somebody who is signed in uses it."""
    await counter.sit(who)
    origin = str(counter.browser.base_url).rstrip("/")
    return TusClient(f"{origin}/files/uploads?space={counter.space}", headers={"cookie": counter.cookies[who], "origin": origin})


async def exhibit_with(counter: Counter, who: str, path: Path) -> dict[str, Any]:
    """The one exhibit of that file."""
    page = await service.exhibits(counter.world.ctx(who), counter.space, service.Wanted(text=path.name), 2, None)
    (found,) = page.items
    return found


def about(counter: Counter, path: Path) -> dict[str, str]:
    return {"filename": path.name, "case": counter.world.ids["NA-1"], "title": "Kontoauszug für März"}


async def sent(
    counter: Counter, path: Path, *, url: str | None = None, stop_at: int | None = None, pieces: int = 100_000, checksum: bool = False
) -> tuple[str, int]:
    """Send the file, or go on with it; return where to, and from which byte on. The client waits for each answer."""
    there = await client(counter, "Maarten")

    def run() -> tuple[str, int]:
        with path.open("rb") as stream:
            uploader = there.uploader(
                file_stream=stream, url=url, chunk_size=pieces, metadata=about(counter, path), upload_checksum=checksum
            )
            begun_at = uploader.offset
            uploader.upload(stop_at)
            assert uploader.url
            return uploader.url, begun_at

    return await asyncio.to_thread(run)


@pytest.mark.parametrize("checksum", [False, True])
async def test_a_file_is_sent_in_pieces(counter: Counter, file: Path, *, checksum: bool) -> None:
    await sent(counter, file, checksum=checksum)
    found = await exhibit_with(counter, "Maarten", file)
    assert (found["title"], found["bytes"]) == ("Kontoauszug für März", len(CONTENT))
    assert (await counter.send("Maarten", "GET", f"/files/{found['id']}")).content == CONTENT


async def test_an_upload_is_gone_on_with_by_another_run_of_the_client(counter: Counter, file: Path) -> None:
    place, _ = await sent(counter, file, pieces=60_000, stop_at=100_000)
    assert await sent(counter, file, url=place) == (place, 100_000)
    found = await exhibit_with(counter, "Maarten", file)
    assert (await counter.send("Maarten", "GET", f"/files/{found['id']}")).content == CONTENT


async def test_an_empty_file_is_sent_by_its_announcement(counter: Counter, file: Path) -> None:
    file.write_bytes(b"")
    await sent(counter, file)
    assert (await exhibit_with(counter, "Maarten", file))["bytes"] == 0
