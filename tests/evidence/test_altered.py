"""A file that was altered, or is gone, shows when it is opened: nothing of it is shown, and its check begins by itself."""

from __future__ import annotations

from typing import TYPE_CHECKING

import httpx
import pytest

from backend.evidence import integrity, service
from backend.evidence.custody_words import words_of
from tests.evidence.papers import paper
from tests.evidence.test_custody_sheet import read, run_together, sheet
from tests.evidence.test_integrity import flip, objects, path_of

if TYPE_CHECKING:
    from pathlib import Path

    from tests.evidence.conftest import Counter


async def handed_in(counter: Counter) -> tuple[str, Path]:
    """A paper that was handed in, and where it lies."""
    before = await objects(counter.world)
    one = await counter.hand_in("Chiara", paper("Kestrel Ship Stores"), "conto.pdf")
    await counter.world.parts.jobs.wait(one)
    (new,) = await objects(counter.world) - before
    return one, path_of(counter.world, new)


async def custody(counter: Counter, exhibit: str) -> list[tuple[str, bool]]:
    """What custody says after the file was read, and whether by a person."""
    await counter.world.parts.jobs.wait(f"check {exhibit}")
    events, whole = await service.chain(counter.world.ctx("Chiara"), counter.space, exhibit)
    assert whole
    return [(event["verb"], event["person"] is not None) for event in events]


@pytest.mark.parametrize("gone", [False, True])
async def test_a_page_of_it_is_not_drawn_and_it_alerts_once(counter: Counter, *, gone: bool) -> None:
    one, place = await handed_in(counter)
    if gone:
        place.unlink()
    else:
        flip(place)
    for _ in range(2):
        answer = await counter.send("Eglė", "GET", f"/files/{one}/pages/1")
        assert (answer.status_code, answer.json()["message"]) == (400, integrity.NotAsRecorded.default)
        assert await custody(counter, one) == [("acquired", True), ("verified", False), ("alerted", False)]
    printed = run_together(read(await sheet(counter, "Maarten", one)))
    assert [words_of("en")[said] for said in ("by_server", "unopened") if run_together(words_of("en")[said]) not in printed] == []
    row = await service.exhibit(counter.world.ctx("Maarten"), counter.space, one)
    assert (row["checking"], bool(row["integrity_alert"])) == ("altered", True)


async def test_a_copy_of_it_breaks_off_and_it_alerts(counter: Counter) -> None:
    one, place = await handed_in(counter)
    flip(place)
    with pytest.raises(httpx.RemoteProtocolError):
        await counter.send("Chiara", "GET", f"/files/{one}")
    assert await custody(counter, one) == [("acquired", True), ("verified", False), ("alerted", False)]


async def test_one_that_opens_is_not_checked_unasked(counter: Counter) -> None:
    one, _ = await handed_in(counter)
    assert (await counter.send("Eglė", "GET", f"/files/{one}/pages/1")).status_code == 200
    assert await custody(counter, one) == [("acquired", True)]
