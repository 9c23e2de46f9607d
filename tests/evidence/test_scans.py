"""Uploads and the virus scanner: what was found is neither shown nor copied, and a file that was not scanned says so until it is."""

from __future__ import annotations

import asyncio
import io
from dataclasses import replace
from typing import TYPE_CHECKING, Any

import pytest
from pypdf import PdfReader

from backend.core.errors import Forbidden
from backend.evidence import content, custody_sheet, pages, rules, scans, service
from backend.evidence.check_types import scan_of
from backend.evidence.rules import Scan
from backend.evidence.scanning import UNREACHABLE
from tests.evidence.test_custody_sheet import read, run_together
from tests.evidence.test_integrity import flip, objects, path_of
from tests.evidence.test_scanning import EICAR, scanner
from tests.support.world import World, team

if TYPE_CHECKING:
    from backend.evidence.scanning import Scanner

__all__ = ["scanner"]
SPACE = "Saltmarsh"


async def sent(world: World, address: str, data: bytes = b"Notes of a meeting") -> World:
    """A world whose scanner is there, and a file that was sent to it."""
    there = World(replace(world.parts, settings=replace(world.parts.settings, clamav=address)))
    await team(there)
    await there.file(SPACE, "notes.txt", "Chiara", "NA-1", data)
    return there


async def state(world: World) -> dict[str, Any]:
    return await service.exhibit(world.ctx("Chiara"), world.ids[SPACE], world.ids["notes.txt"])


async def scanned(world: World) -> dict[str, Any]:
    await world.parts.jobs.wait(f"scan {world.ids['notes.txt']}")
    return await state(world)


async def printed(world: World) -> str:
    """Its custody on paper."""
    made, _ = await custody_sheet.sheet(world.ctx("Chiara"), world.ids[SPACE], world.ids["notes.txt"], "en")
    return run_together(read(PdfReader(io.BytesIO(made))))


async def test_a_clean_file_is_called_so_in_its_custody_too(world: World, scanner: Scanner) -> None:
    there = await sent(world, scanner.address)
    assert scan_of(await scanned(there)).state is Scan.CLEAN
    events, whole = await service.chain(there.ctx("Chiara"), there.ids[SPACE], there.ids["notes.txt"])
    assert (whole, [(event["verb"], event["person"]) for event in events][1:]) == (True, [("scanned", None)])
    assert run_together("Nothing was found.") in await printed(there)


async def test_what_is_infected_is_neither_shown_nor_copied_and_custody_says_what_was_found(world: World, scanner: Scanner) -> None:
    there = await sent(world, scanner.address, EICAR)
    row = await scanned(there)
    assert (scan_of(row).state, row["scan_found"]) == (Scan.INFECTED, "Eicar-Test.UNOFFICIAL")
    ctx, space, one = there.ctx("Chiara"), there.ids[SPACE], there.ids["notes.txt"]
    for copies in (False, True):
        with pytest.raises(Forbidden, match=rules.INFECTED[:50]):
            await content.opened(ctx, space, one, copies=copies)
    with pytest.raises(Forbidden, match=rules.INFECTED[:50]):
        await pages.pages(ctx, space, one, 1, 1)
    events, _ = await service.chain(ctx, space, one)
    assert events[-1]["reason"] == "Eicar-Test.UNOFFICIAL"
    assert run_together("Found: Eicar-Test.UNOFFICIAL") in await printed(there)


async def test_a_scanner_that_is_away_is_asked_again_until_it_answers(
    world: World, scanner: Scanner, monkeypatch: pytest.MonkeyPatch
) -> None:
    asked = [f"unix:{world.parts.settings.data}/nobody"] * 2 + [scanner.address]
    monkeypatch.setattr(scans, "AGAIN_S", 0.3)

    def other(_: str, real: type[Scanner] = scans.Scanner) -> Scanner:
        return real(asked.pop(0) if len(asked) > 1 else asked[0])

    monkeypatch.setattr(scans, "Scanner", other)
    there = await sent(world, scanner.address)
    while (row := await state(there)).get("scan") == "waiting":  # noqa: ASYNC110 - what it waits for is in the graph
        await asyncio.sleep(0.01)
    assert (scan_of(row).state, scan_of(row).problem) == (Scan.FAILED, UNREACHABLE)
    assert scan_of(await scanned(there)).state is Scan.CLEAN


async def test_a_file_that_nobody_scans_says_so_and_is_scanned_at_the_next_start_with_a_scanner(world: World, scanner: Scanner) -> None:
    without = await sent(world, "")
    assert scan_of(await state(without)).state is Scan.NOT_CONFIGURED
    there = replace(without.parts, settings=replace(without.parts.settings, clamav=scanner.address))
    await scans.start(there)
    await there.jobs.wait(f"scan {without.ids['notes.txt']}")
    assert (await state(without))["scan"] == "clean"


async def test_one_that_is_not_as_it_came_is_not_called_clean_and_alerts(world: World, scanner: Scanner) -> None:
    before = await objects(world)
    without = await sent(world, "")
    await without.parts.jobs.wait(without.ids["notes.txt"])
    (new,) = await objects(world) - before
    flip(path_of(world, new))
    there = replace(without.parts, settings=replace(without.parts.settings, clamav=scanner.address))
    await scans.start(there)
    while (row := await state(without)).get("checking") != "altered":  # noqa: ASYNC110 - what it waits for is in the graph
        await asyncio.sleep(0.01)
    assert (bool(row["integrity_alert"]), row["scan"] in {"waiting", "failed"}) == (True, True)
