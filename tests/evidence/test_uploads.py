"""Files by the tus protocol: sent in parts, taken up again, checked, ended; an exhibit once the last byte is there."""

from __future__ import annotations

import base64
import hashlib
import os
from dataclasses import replace
from datetime import timedelta
from typing import TYPE_CHECKING, NoReturn

import pytest

from backend.core.clock import FixedClock
from backend.evidence import parts as upload_parts
from backend.evidence import service, uploads
from graph import access
from graph.queries import evidence_uploads as queries
from tests.evidence.conftest import OCTETS, TUS

if TYPE_CHECKING:
    from collections.abc import AsyncIterator

    from tests.evidence.conftest import Counter

TABLE = b"date,payer,payee,amount\n" + b"2026-03-04,Perla,Kestrel,1650000.00\n" * 2_000


async def objects(counter: Counter) -> set[str]:
    return {one async for one in counter.world.parts.store.list()}


async def test_a_file_becomes_an_exhibit_of_its_case_with_its_hash_and_its_first_custody(counter: Counter) -> None:
    one = await counter.hand_in("Maarten", TABLE)
    row = await service.exhibit(counter.world.ctx("Chiara"), counter.space, one)
    assert (row["sha256"], row["bytes"], row["file_name"]) == (hashlib.sha256(TABLE).hexdigest(), len(TABLE), "statement.csv")
    assert (row["family"], row["kind"], row["title"]) == ("table", "table", "statement.csv")
    assert row["sha512"] == hashlib.sha512(TABLE).hexdigest()
    assert row["number"].startswith("E-")
    events, whole = await service.chain(counter.world.ctx("Chiara"), counter.space, one)
    assert whole
    assert [(event["verb"], event["hash_after"], event["sha512"]) for event in events] == [("acquired", row["sha256"], row["sha512"])]


async def test_what_is_taken_out_is_what_was_put_in_also_a_range_of_it(counter: Counter, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(upload_parts, "PART_BYTES", 70_001)
    content = os.urandom(300_000)
    one = await counter.hand_in("Maarten", content, "image.dd")
    whole = await counter.send("Chiara", "GET", f"/files/{one}")
    assert whole.content == content
    assert whole.headers["content-disposition"] == "attachment; filename*=UTF-8''image.dd"
    part = await counter.send("Chiara", "GET", f"/files/{one}", {"range": "bytes=69990-140010"})
    assert (part.status_code, part.content) == (206, content[69_990:140_011])
    assert part.headers["content-range"] == "bytes 69990-140010/300000"
    tail = await counter.send("Chiara", "GET", f"/files/{one}", {"range": "bytes=-5"})
    assert tail.content == content[-5:]
    beyond = await counter.send("Chiara", "GET", f"/files/{one}", {"range": "bytes=300000-"})
    assert (beyond.status_code, beyond.headers["content-range"]) == (416, "bytes */300000")


async def test_an_upload_goes_on_where_it_was(counter: Counter) -> None:
    begun = await counter.announce("Maarten", len(TABLE))
    place = begun.headers["location"]
    first = await counter.append("Maarten", place, 0, TABLE[:1000])
    assert first.headers["upload-offset"] == "1000"
    upload_parts.hashed_so_far.clear()  # another process goes on
    there = await counter.send("Maarten", "HEAD", place, TUS)
    assert (there.headers["upload-offset"], there.headers["upload-length"]) == ("1000", str(len(TABLE)))
    assert "upload-expires" in there.headers
    done = await counter.append("Maarten", place, 1000, TABLE[1000:])
    row = await service.exhibit(counter.world.ctx("Maarten"), counter.space, done.headers["joinder-exhibit"])
    assert (row["sha256"], row["sha512"]) == (hashlib.sha256(TABLE).hexdigest(), hashlib.sha512(TABLE).hexdigest())


async def test_a_sender_whose_last_answer_was_lost_is_told_that_all_has_arrived(counter: Counter) -> None:
    place = (await counter.announce("Maarten", len(TABLE))).headers["location"]
    done = await counter.append("Maarten", place, 0, TABLE)
    there = await counter.send("Maarten", "HEAD", place, TUS)
    assert (there.status_code, there.headers["upload-offset"], there.headers["upload-length"]) == (200, str(len(TABLE)), str(len(TABLE)))
    assert there.headers["joinder-exhibit"] == done.headers["joinder-exhibit"]
    assert (await counter.append("Maarten", place, len(TABLE), b"")).status_code == 204
    assert (await counter.append("Maarten", place, 0, TABLE)).status_code == 409
    for method, more in (("HEAD", {}), ("PATCH", OCTETS | {"upload-offset": str(len(TABLE))})):
        assert (await counter.send("Chiara", method, place, TUS | more)).status_code == 404


async def test_an_upload_that_was_whole_when_its_server_ended_becomes_its_exhibit_when_asked_for(
    counter: Counter, monkeypatch: pytest.MonkeyPatch
) -> None:
    async def ended(*_: object) -> NoReturn:
        raise ConnectionError("the server ended here")

    place = (await counter.announce("Maarten", len(TABLE))).headers["location"]
    with monkeypatch.context() as there:
        there.setattr(uploads, "_finish", ended)
        assert (await counter.append("Maarten", place, 0, TABLE)).status_code == 500
    found = await counter.send("Maarten", "HEAD", place, TUS)
    row = await service.exhibit(counter.world.ctx("Maarten"), counter.space, found.headers["joinder-exhibit"])
    assert (row["sha256"], row["bytes"]) == (hashlib.sha256(TABLE).hexdigest(), len(TABLE))


async def test_bytes_for_another_place_change_nothing(counter: Counter) -> None:
    place = (await counter.announce("Maarten", 10)).headers["location"]
    assert (await counter.append("Maarten", place, 3, b"abc")).status_code == 409
    await counter.append("Maarten", place, 0, b"abc")
    assert (await counter.append("Maarten", place, 0, b"xyz")).status_code == 409
    assert (await counter.send("Maarten", "HEAD", place, TUS)).headers["upload-offset"] == "3"


async def test_more_than_was_announced_is_not_taken(counter: Counter) -> None:
    place = (await counter.announce("Maarten", 3)).headers["location"]
    before = await objects(counter)
    refused = await counter.append("Maarten", place, 0, b"abcd")
    assert (refused.status_code, refused.json()["message"]) == (400, upload_parts.TOO_MUCH)
    assert await objects(counter) == before


@pytest.mark.parametrize("algorithm", ["sha1", "sha256"])
async def test_a_part_with_the_wrong_checksum_is_not_kept(counter: Counter, algorithm: str) -> None:
    place = (await counter.announce("Maarten", 6)).headers["location"]
    before = await objects(counter)
    right = base64.b64encode(hashlib.new(algorithm, b"abc").digest()).decode()
    wrong = await counter.append("Maarten", place, 0, b"abd", {"upload-checksum": f"{algorithm} {right}"})
    assert (wrong.status_code, await objects(counter)) == (460, before)
    taken = await counter.append("Maarten", place, 0, b"abc", {"upload-checksum": f"{algorithm} {right}"})
    assert (taken.status_code, taken.headers["upload-offset"]) == (204, "3")


async def test_an_upload_is_nobody_elses(counter: Counter) -> None:
    place = (await counter.announce("Maarten", 6)).headers["location"]
    never = place.replace(place.partition("uploads/")[2].partition("?")[0], "00000000-0000-4000-8000-000000000000")
    for method, more in (("HEAD", {}), ("DELETE", {}), ("PATCH", OCTETS | {"upload-offset": "0"})):
        theirs = await counter.send("Chiara", method, place, TUS | more)
        nobodys = await counter.send("Chiara", method, never, TUS | more)
        assert (theirs.status_code, theirs.text) == (nobodys.status_code, nobodys.text)
        assert theirs.status_code == 404


async def test_an_upload_that_is_ended_leaves_nothing(counter: Counter) -> None:
    before = await objects(counter)
    place = (await counter.announce("Maarten", 6)).headers["location"]
    await counter.append("Maarten", place, 0, b"abc")
    assert len(await objects(counter) - before) == 1
    assert (await counter.send("Maarten", "DELETE", place, TUS)).status_code == 204
    assert await objects(counter) == before
    assert (await counter.send("Maarten", "HEAD", place, TUS)).status_code == 404


async def test_what_nobody_went_on_with_is_swept(counter: Counter) -> None:
    before = await objects(counter)
    place = (await counter.announce("Maarten", 6)).headers["location"]
    await counter.append("Maarten", place, 0, b"abc")
    (left,) = await objects(counter) - before
    parts = counter.world.parts
    assert await uploads.sweep(replace(parts, clock=FixedClock(parts.clock.now() + timedelta(days=6)))) == 0
    assert await uploads.sweep(replace(parts, clock=FixedClock(parts.clock.now() + timedelta(days=8)))) >= 1
    assert left not in await objects(counter)
    assert (await counter.send("Maarten", "HEAD", place, TUS)).status_code == 404


async def test_a_part_that_was_announced_and_never_counted_is_swept(counter: Counter) -> None:
    place = (await counter.announce("Maarten", 6)).headers["location"]
    upload = place.partition("uploads/")[2].partition("?")[0]
    parts = counter.world.parts
    scope = await service_scope(counter)
    said = {"part": "00000000-0000-4000-8000-0000000000aa", "object": "aa/left", "sealed_as": "x"}
    await parts.graph.write(lambda tx: queries.announce(tx, scope, upload, said))
    await parts.store.put("aa/left", _one())
    await uploads.sweep(parts)
    assert "aa/left" not in await objects(counter)


async def service_scope(counter: Counter) -> access.Scope:
    world = counter.world
    return await world.parts.graph.read(lambda tx: access.scope(tx, world.ids["Maarten"], counter.space, world.now, strong=True))


async def _one() -> AsyncIterator[bytes]:
    yield b"left"


async def test_the_store_sees_nothing_of_it(counter: Counter) -> None:
    word = b"Bonifico SEPA Kestrel Ship Stores"
    before = await objects(counter)
    await counter.hand_in("Maarten", word * 100, "words.txt")
    new = await objects(counter) - before
    assert len(new) == 1
    for one in new:
        sealed = b"".join([piece async for piece in counter.world.parts.store.get(one)])
        assert word not in sealed
        assert b"words" not in one.encode()


async def test_an_empty_file_is_an_exhibit_too(counter: Counter) -> None:
    one = await counter.hand_in("Maarten", b"", "empty.txt")
    assert (await counter.send("Maarten", "GET", f"/files/{one}")).content == b""


async def test_the_server_says_what_it_speaks(counter: Counter) -> None:
    offered = (await counter.send("Maarten", "OPTIONS", "/files/uploads")).headers
    assert offered["tus-version"] == "1.0.0"
    assert set(offered["tus-extension"].split(",")) == {"creation", "creation-with-upload", "checksum", "termination", "expiration"}
    assert (await counter.send("Maarten", "POST", "/files/uploads", {"upload-length": "3"})).status_code == 412
