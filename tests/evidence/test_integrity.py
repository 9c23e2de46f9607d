"""The check of an exhibit's hash: its file read in full, custody told, an alert where a byte differs, nothing new on what is altered."""

from __future__ import annotations

import hashlib
from dataclasses import replace
from datetime import datetime
from typing import TYPE_CHECKING, Any

import pytest

from backend.core.errors import Forbidden, Invalid
from backend.core.ids import new_id
from backend.entities import service as entities
from backend.entities.cited import NOTHING_NEW
from backend.entities.imports import run
from backend.entities.imports import service as imports
from backend.entities.imports.service import NewImport
from backend.evidence import changes, integrity, rules, service
from backend.evidence.changes import New
from backend.evidence.rules import Entry, ExhibitKind, Said, Verb
from graph.queries import evidence_checks as queries
from tests.access.questions import ask
from tests.support.world import World, team

if TYPE_CHECKING:
    from collections.abc import AsyncIterator
    from pathlib import Path


SPACE, CONTENT = "Saltmarsh", b"date,payee\n2026-03-04,Kestrel\n" * 100


async def checked(world: World, name: str, who: str = "Maarten") -> dict[str, Any]:
    ctx, one = world.ctx(who), world.ids[name]
    await integrity.check(ctx, world.ids[SPACE], one, new_id())
    await world.parts.jobs.wait(f"check {one}")
    return await service.exhibit(ctx, world.ids[SPACE], one)


async def verbs(world: World, name: str) -> list[str]:
    events, whole = await service.chain(world.ctx("Chiara"), world.ids[SPACE], world.ids[name])
    assert whole
    return [event["verb"] for event in events]


async def objects(world: World) -> set[str]:
    return {one async for one in world.parts.store.list()}


def path_of(world: World, name: str) -> Path:
    (found,) = [path for path in world.parts.settings.data.rglob(name.rpartition("/")[2]) if path.is_file()]
    return found


def flip(path: Path, at: int = -40) -> None:
    """Change one byte of what is stored; once more, and it is as it was."""
    said = bytearray(path.read_bytes())
    said[at] ^= 1
    path.chmod(0o600)
    path.write_bytes(bytes(said))


async def ledger(world: World) -> Path:
    """A file as an exhibit, what was derived from it and from that; return where the file lies."""
    await team(world)
    before = await objects(world)
    await world.file(SPACE, "Ledger", "Chiara", "NA-1", CONTENT)
    await world.exhibit(SPACE, "Extract", "Chiara", "NA-1", parent="Ledger")
    await world.exhibit(SPACE, "Page", "Chiara", "NA-1", parent="Extract")
    (new,) = await objects(world) - before
    return path_of(world, new)


async def test_a_file_that_is_as_it_came_is_told_so_with_both_hashes(world: World) -> None:
    await ledger(world)
    row = await checked(world, "Ledger")
    assert (row["checking"], row.get("integrity_alert")) == ("sound", None)
    events, whole = await service.chain(world.ctx("Chiara"), world.ids[SPACE], world.ids["Ledger"])
    last = events[-1]
    assert whole
    assert (last["verb"], last["person"]["name"], last["hash_before"], last["hash_after"]) == (
        "verified", "Maarten", row["sha256"], row["sha256"],
    )  # fmt: skip


async def test_what_came_before_sha512_was_kept_gets_it_at_its_next_check(world: World) -> None:
    await ledger(world)
    await world.parts.graph.write(lambda tx: queries.set_checked(tx, [{"id": world.ids["Ledger"], "sha512": None}]))
    assert "sha512" not in await service.exhibit(world.ctx("Chiara"), world.ids[SPACE], world.ids["Ledger"])
    row = await checked(world, "Ledger")
    events, whole = await service.chain(world.ctx("Chiara"), world.ids[SPACE], world.ids["Ledger"])
    assert whole
    assert (row["checking"], row["sha512"], events[-1]["sha512"]) == ("sound", *[hashlib.sha512(CONTENT).hexdigest()] * 2)


@pytest.mark.parametrize("name", ["sha256", "sha512"])
async def test_either_hash_alone_tells_that_a_file_is_altered(world: World, name: str) -> None:
    await ledger(world)
    await world.parts.graph.write(lambda tx: queries.set_checked(tx, [{"id": world.ids["Ledger"], name: "0" * 64}]))
    row = await checked(world, "Ledger")
    assert (row["checking"], row[name]) == ("altered", "0" * 64)
    assert row["integrity_alert"]


async def test_one_flipped_byte_alerts_on_the_exhibit_and_on_all_that_was_derived_from_it(world: World) -> None:
    flip(await ledger(world))
    row = await checked(world, "Ledger")
    assert row["checking"] == "altered"
    assert row["integrity_alert"]
    assert await verbs(world, "Ledger") == ["acquired", "verified", "alerted"]
    for below in ("Extract", "Page"):
        one = await service.exhibit(world.ctx("Chiara"), world.ids[SPACE], world.ids[below])
        assert one["integrity_alert"] == row["integrity_alert"]
        assert (await verbs(world, below))[-1] == "alerted"


async def test_nothing_new_rests_on_what_is_altered(world: World) -> None:
    flip(await ledger(world))
    await checked(world, "Ledger")
    await world.entity(SPACE, "Ilian", "Chiara", "NA-1", name="Ilian Dravec")
    for name in ("Ledger", "Page"):
        with pytest.raises(Forbidden, match="nothing new may rest on it"):
            await world.record(SPACE, "Ilian", "Chiara", "NA-1", exhibit=name, name="Ilian Dravec")
        new = New(world.ids["NA-1"], Said(title="Copy", kind=ExhibitKind.DATA), world.ids[name])
        with pytest.raises(Forbidden, match=rules.CORRUPT[:40]):
            await changes.register(world.ctx("Chiara"), world.ids[SPACE], new, Entry(Verb.COLLECTED), new_id())


async def altered_sources(world: World) -> set[str]:
    """Titles of the exhibits that are said to be altered beside what cites them of Ilian."""
    asked = "query($s: ID!, $e: ID!) { entity(space: $s, id: $e) { records { source { exhibit { title alteredAt } } } } }"
    found = await ask(world.ctx("Maarten"), asked, s=world.ids[SPACE], e=world.ids["Ilian"])
    cited = [each["source"]["exhibit"] for each in found["entity"]["records"] if each["source"]["exhibit"]]
    assert len(cited) == 3
    return {exhibit["title"] for exhibit in cited if exhibit["alteredAt"]}


async def test_what_cites_what_is_altered_says_so_beside_its_source_until_it_is_whole_again(world: World) -> None:
    """And what cites what was derived from it."""
    stored = await ledger(world)
    await world.exhibit(SPACE, "Telephone", "Chiara", "NA-1")
    await world.entity(SPACE, "Ilian", "Chiara", "NA-1", name="Ilian Dravec")
    for name in ("Ledger", "Page", "Telephone"):
        await world.record(SPACE, "Ilian", "Chiara", "NA-1", exhibit=name, alias=name)
    found = [await altered_sources(world)]
    for _ in range(2):
        flip(stored)
        await checked(world, "Ledger")
        found.append(await altered_sources(world))
    assert found == [set(), {"Ledger", "Page"}, set()]


async def test_what_rests_on_what_is_altered_may_still_be_retracted_and_the_exhibit_challenged(world: World) -> None:
    flip(await ledger(world))
    await world.entity(SPACE, "Ilian", "Chiara", "NA-1", name="Ilian Dravec")
    await world.record(SPACE, "Ilian", "Chiara", "NA-1", exhibit="Ledger", alias="Kestrel")
    await checked(world, "Ledger")
    await world.challenge(SPACE, "Ledger", "Chiara")
    await world.parts.jobs.wait(f"standing {world.ids['Ledger']}")
    await world.retract(SPACE, "Ilian", "Chiara")
    records = (await entities.look_up(world.ctx("Maarten"), world.ids[SPACE], world.ids["Ilian"])).records
    assert "retracted" in {each.status for each in records}


async def test_no_import_brings_in_more_of_a_file_that_is_altered(world: World) -> None:
    await team(world)
    wanted = NewImport(world.ids["NA-1"], "Names", "ftm_json", "names.json", frozenset(), None, "H0")
    ctx, space = world.ctx("Chiara"), world.ids[SPACE]
    job = await imports.create(ctx, space, wanted, new_id())
    world.ids["Names"] = (await imports.upload(ctx, space, job, lines()))["exhibit"]
    await world.found_altered(SPACE, "Names", "Chiara")
    await imports.begin(ctx, space, job, None, new_id())
    await run.run(ctx, space, job)
    row = (await imports.jobs(ctx, space, job))[0]
    assert (row["state"], row["problem"], row["accepted"]) == ("failed", NOTHING_NEW, 0)


async def lines() -> AsyncIterator[bytes]:
    yield b'{"id": "x", "schema": "Person", "properties": {"name": ["Ilian Dravec"]}}\n'


async def test_a_part_that_is_not_there_alerts_too(world: World) -> None:
    (await ledger(world)).unlink()
    row = await checked(world, "Ledger")
    assert (row["checking"], bool(row["integrity_alert"])) == ("altered", True)


async def test_a_later_check_that_finds_it_as_recorded_lifts_the_alert_everywhere_and_custody_keeps_both(world: World) -> None:
    stored = await ledger(world)
    flip(stored)
    await checked(world, "Ledger")
    flip(stored)  # put back from a copy
    row = await checked(world, "Ledger")
    assert (row["checking"], row.get("integrity_alert")) == ("sound", None)
    assert await verbs(world, "Ledger") == ["acquired", "verified", "alerted", "verified", "cleared"]
    assert (await verbs(world, "Page"))[-2:] == ["alerted", "cleared"]


async def test_what_was_derived_keeps_the_alert_while_its_original_is_altered(world: World) -> None:
    stored = await ledger(world)
    await world.file(SPACE, "Copy", "Chiara", "NA-1", CONTENT)
    await world.parts.graph.write(lambda tx: queries.set_checked(tx, [{"id": world.ids["Copy"], "parent": world.ids["Ledger"]}]))
    flip(stored)
    await checked(world, "Ledger")
    row = await checked(world, "Copy")
    assert (row["checking"], bool(row["integrity_alert"])) == ("sound", True)


async def test_a_store_that_does_not_answer_alerts_nobody(world: World, monkeypatch: pytest.MonkeyPatch) -> None:
    await ledger(world)

    async def away(*_: object) -> None:
        raise OSError

    with monkeypatch.context() as broken:
        broken.setattr(integrity.Stored, "hashes", away)
        row = await checked(world, "Ledger")
    assert (row["checking"], row.get("integrity_alert"), await verbs(world, "Ledger")) == ("failed", None, ["acquired"])
    assert (await checked(world, "Ledger"))["checking"] == "sound"


async def test_a_check_that_was_cut_off_begins_anew_at_the_next_start(world: World) -> None:
    await ledger(world)
    asked = {"id": world.ids["Ledger"], "checking": "waiting", "checking_by": world.ids["Chiara"], "checking_agency": world.agencies["IT"]}
    await world.parts.graph.write(lambda tx: queries.set_checked(tx, [asked]))
    await integrity.start(replace(world.parts))
    await world.parts.jobs.wait(f"check {world.ids['Ledger']}")
    assert await verbs(world, "Ledger") == ["acquired", "verified"]


async def test_an_exhibit_without_a_file_has_no_hash_to_check(world: World) -> None:
    await ledger(world)
    with pytest.raises(Invalid, match="no file"):
        await integrity.check(world.ctx("Chiara"), world.ids[SPACE], world.ids["Extract"], new_id())


async def test_a_time_without_its_offset_is_refused_by_name(world: World) -> None:
    await ledger(world)
    entry = Entry(Verb.COPIED, datetime(2026, 1, 1))  # noqa: DTZ001 - that is what is refused
    with pytest.raises(Invalid, match="offset from UTC") as refused:
        await changes.record(world.ctx("Chiara"), world.ids[SPACE], world.ids["Ledger"], entry, new_id())
    assert refused.value.field == "at"
