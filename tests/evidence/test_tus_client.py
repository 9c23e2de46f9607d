"""The official Python client of the tus protocol sends files here: in pieces, with checksums, gone on with by another process."""

from __future__ import annotations

import asyncio
from typing import TYPE_CHECKING, Any

import pytest
from tusclient.client import TusClient
from tusclient.storage import filestorage

from backend.evidence import service

if TYPE_CHECKING:
    from collections.abc import Callable
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


async def sent(work: Callable[[], object]) -> None:
    """What the client does, which waits for each answer."""
    await asyncio.to_thread(work)


@pytest.mark.parametrize("checksum", [False, True])
async def test_a_file_is_sent_in_pieces(counter: Counter, file: Path, *, checksum: bool) -> None:
    there = await client(counter, "Maarten")
    uploader = there.uploader(str(file), chunk_size=100_000, metadata=about(counter, file), upload_checksum=checksum)
    await sent(uploader.upload)
    found = await exhibit_with(counter, "Maarten", file)
    assert (found["title"], found["bytes"]) == ("Kontoauszug für März", len(CONTENT))
    assert (await counter.send("Maarten", "GET", f"/files/{found['id']}")).content == CONTENT


async def test_an_upload_is_gone_on_with_by_another_run_of_the_client(counter: Counter, file: Path, tmp_path: Path) -> None:
    there, kept = await client(counter, "Maarten"), str(tmp_path / "urls.json")

    def run(stop_at: int | None) -> int:
        storage = filestorage.FileStorage(kept)
        uploader = there.uploader(str(file), chunk_size=60_000, metadata=about(counter, file), store_url=True, url_storage=storage)
        begun_at = uploader.offset
        uploader.upload(stop_at)
        storage.close()
        return begun_at

    assert [await asyncio.to_thread(run, 100_000), await asyncio.to_thread(run, None)] == [0, 100_000]
    found = await exhibit_with(counter, "Maarten", file)
    assert (await counter.send("Maarten", "GET", f"/files/{found['id']}")).content == CONTENT


async def test_an_empty_file_is_sent_by_its_announcement(counter: Counter, file: Path) -> None:
    file.write_bytes(b"")
    there = await client(counter, "Maarten")
    await sent(there.uploader(str(file), metadata=about(counter, file)).upload)
    assert (await exhibit_with(counter, "Maarten", file))["bytes"] == 0
