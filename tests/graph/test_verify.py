"""`joinder verify` over a world: of a whole one the counts; each thing changed behind the program's back with its place."""

from __future__ import annotations

import os
from dataclasses import replace
from typing import TYPE_CHECKING, LiteralString

import pytest
import pytest_asyncio

from backend.keeping import verify
from tests.support.world import team

if TYPE_CHECKING:
    from collections.abc import AsyncIterator
    from pathlib import Path

    from tests.support.world import World

CUT: LiteralString = "MATCH (c:CustodyEvent {exhibit: $id}) WITH c ORDER BY c.seq DESC LIMIT 1 DELETE c RETURN 1"
FORGED: LiteralString = "MATCH (c:CustodyEvent {exhibit: $id, seq: 1}) SET c.at = '2020-01-01T00:00:00.000000Z' RETURN 1"
OTHER_HASH: LiteralString = "MATCH (f:StoredFile {exhibit: $id}) SET f.sha256 = $hash RETURN 1"
LOST: LiteralString = "MATCH (f:StoredFile {exhibit: $id}) REMOVE f.bytes, f.file_key RETURN 1"
OBJECT: LiteralString = "MATCH (f:StoredFile {exhibit: $id}) MATCH (p:FilePart {file: f.id}) RETURN [f.id, p.object]"
GONE: LiteralString = "MATCH (n:Event {space: $space, seq: 2}) DELETE n RETURN 1"
LEFT: LiteralString = "MATCH (n {space: $space}) DETACH DELETE n RETURN count(*)"
CLOCK: LiteralString = "MATCH (n:Clock {id: $space}) DELETE n RETURN count(*)"
TWICE: LiteralString = "MATCH (n:Event {space: $space, seq: 1}) SET n.seq = 3 RETURN 1"


@pytest_asyncio.fixture(loop_scope="session")
async def filed(world: World) -> AsyncIterator[World]:
    """A team with a file."""
    await team(world)
    await world.file("Saltmarsh", "page.txt", "Maarten", "NA-1", b"It was on the seventh.\n")
    yield world
    for left in (LEFT, CLOCK):
        await world.parts.graph.write(lambda tx, left=left: tx.value(left, space=world.ids["Saltmarsh"]))


async def faults(world: World) -> list[str]:
    """What is said of this world; the graph is shared with other tests."""
    found = await verify.run(world.parts, lambda _: None)
    exhibit = world.ids.get("page.txt", "")
    file, _ = await world.parts.graph.read(lambda tx: tx.value(OBJECT, id=exhibit))
    ours = (exhibit, file, world.ids["Saltmarsh"])
    return [line for line in found.faults if any(one in line for one in ours)]


async def test_of_what_is_whole_the_counts_are_told(filed: World) -> None:
    found = await verify.run(filed.parts, lambda _: None)
    assert await faults(filed) == []
    assert min(found.files, found.exhibits, found.custody, found.spaces, found.events, found.entries) > 0
    assert "custody events" in found.lines()[-2]


@pytest.mark.parametrize("how", [CUT, FORGED])
async def test_a_custody_that_was_changed_or_cut_is_found(filed: World, how: LiteralString, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(verify, "APART_S", 0.0)
    await filed.parts.graph.write(lambda tx: tx.value(how, id=filed.ids["page.txt"]))
    assert await faults(filed) == [f"exhibit {filed.ids['page.txt']}: its custody event 1 is not what was written, or is missing."]


async def test_a_file_that_is_not_what_arrived_is_found(filed: World) -> None:
    await filed.parts.graph.write(lambda tx: tx.value(OTHER_HASH, id=filed.ids["page.txt"], hash="0" * 64))
    assert [line.partition(": ")[2] for line in await faults(filed)] == ["it is not what was hashed when it arrived."]


async def test_a_file_whose_record_lost_what_it_must_say_is_found(filed: World) -> None:
    await filed.parts.graph.write(lambda tx: tx.value(LOST, id=filed.ids["page.txt"]))
    assert [line.partition(": ")[2] for line in await faults(filed)] == ["its record lacks file_key, bytes."]


async def test_a_flipped_byte_and_a_lost_object_are_found(filed: World) -> None:
    _, key = await filed.parts.graph.read(lambda tx: tx.value(OBJECT, id=filed.ids["page.txt"]))
    path = _path(filed.parts.settings.data, key)
    path.chmod(0o600)
    held = bytearray(path.read_bytes())
    held[-1] ^= 1
    path.write_bytes(held)
    assert [line.partition(": ")[2] for line in await faults(filed)] == ["Chunk 0 of the sealed file was changed or belongs elsewhere."]
    path.unlink()
    assert [line.partition(": ")[2] for line in await faults(filed)] == ["its object is not in the store."]


def _path(data: Path, key: str) -> Path:
    return next(path for path in (data / "files").rglob("*") if path.is_file() and path.name in key)


async def test_a_space_without_its_key_is_found(filed: World, tmp_path: Path) -> None:
    keys = type(filed.parts.keys)(filed.parts.keys.masters)
    path = keys.path(filed.ids["Saltmarsh"])
    path.rename(tmp_path / "kept")
    try:
        found = await verify.run(replace(filed.parts, keys=keys), lambda _: None)
    finally:
        os.rename(tmp_path / "kept", path)  # noqa: PTH104 - as it was
    mine = [line for line in found.faults if filed.ids["Saltmarsh"] in line]
    assert [line.partition(": ")[2] for line in mine] == ["the key of its space is lost or does not open."]


async def test_a_gap_in_the_events_and_a_number_used_twice_are_found(filed: World) -> None:
    space = filed.ids["Saltmarsh"]
    for how in (GONE, TWICE):
        await filed.parts.graph.write(lambda tx, how=how: tx.value(how, space=space))
    assert await faults(filed) == [
        f"stream {space}: event 1 is missing.", f"stream {space}: event 2 is missing.",
        f"stream {space}: event 3 is there more than once.",
    ]  # fmt: skip
