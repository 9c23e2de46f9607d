"""Slow, full, broken and lying S3 servers: a real one, and somebody between who does something else."""

from __future__ import annotations

import asyncio
import os
import secrets
import time
from dataclasses import dataclass, field, replace
from typing import TYPE_CHECKING

import pytest
import pytest_asyncio

from backend.storage import s3_writing
from backend.storage.s3 import S3Store
from backend.storage.s3_writing import PART_BYTES
from backend.storage.seal import SealedReader, SealedWriter, SealError
from backend.storage.store import ObjectExistsError, ObjectLockedError, StoreError
from tests.support import crooked
from tests.support.certificates import certified
from tests.support.s3 import S3

if TYPE_CHECKING:
    from collections.abc import AsyncIterator, Callable
    from pathlib import Path

    from backend.storage.s3_calls import S3Address
    from tests.support.crooked import Crooked, Exchange

KEY = "ab/" + "ab" * 16
MIB = 1 << 20
PATIENCE_S = 0.6
SMALL, LARGE = 9, PART_BYTES + 9


@dataclass
class Bench:
    """A store behind somebody crooked, and the same bucket seen by whoever looks behind."""

    store: S3Store
    between: Crooked
    server: S3 = field(repr=False)
    address: S3Address

    def left(self) -> list[str]:
        return self.server.left_in(self.address.bucket)

    async def behind(self) -> S3Store:
        return await S3Store.open(self.server.address(self.address.bucket))


@pytest_asyncio.fixture
async def bench() -> AsyncIterator[Bench]:
    server = S3.there()
    with crooked.between(server.url) as between:
        address = server.bucket(locks=True, url=between.url)
        store = await S3Store.open(address, PATIENCE_S)
        yield Bench(store, between, server, address)
        store.close()


async def pieces(*parts: bytes) -> AsyncIterator[bytes]:
    for part in parts:
        yield part


async def text(store: S3Store, start: int = 0, length: int | None = None) -> bytes:
    return b"".join([piece async for piece in store.get(KEY, start, length)])


# ── over TLS ──────────────────────────────────────────────────────────────────────────────────────────────────────────────────────


async def test_over_tls_it_asks_only_a_server_that_this_machine_trusts(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    server, (context, authority) = S3.there(), certified(tmp_path)
    with crooked.between(server.url, context) as between:
        address = server.bucket(url=between.url)
        with pytest.raises(StoreError, match="SSL_CERT_FILE"):
            await S3Store.open(address, PATIENCE_S)
        assert between.asked == []
        monkeypatch.setenv("SSL_CERT_FILE", str(authority))
        store = await S3Store.open(address)
        await store.put(KEY, pieces(b"sealed"))
        assert await text(store) == b"sealed"
        store.close()
        with pytest.raises(StoreError, match="SSL_CERT_FILE"):
            await S3Store.open(replace(address, url=between.url.replace("127.0.0.1", "localhost")), PATIENCE_S)


# ── full, broken, slow while writing ──────────────────────────────────────────────────────────────────────────────────────────────

WRITES = [(crooked.writing, SMALL), (crooked.writing, LARGE), (crooked.sending_a_part, LARGE)]
FAULTS = {
    "full": crooked.refuse(507, "InsufficientStorage"),
    "broken": crooked.refuse(500, "InternalError"),
    "busy": crooked.refuse(503, "SlowDown"),
    "not allowed": crooked.refuse(403, "AccessDenied"),
    "no XML": crooked.bad_gateway,
    "hangs up": crooked.hang_up,
    "silent": crooked.stall(PATIENCE_S * 1.5),
}


@pytest.mark.parametrize("fault", FAULTS)
@pytest.mark.parametrize(("where", "size"), WRITES, ids=["whole", "joining", "a part"])
async def test_a_failed_put_is_told_without_values_and_leaves_nothing(
    bench: Bench, fault: str, where: Callable[[Exchange], bool], size: int
) -> None:
    bench.between.when(where, FAULTS[fault])
    with pytest.raises(StoreError, match=r"^The object store failed: [^\n]+\.$") as refused:
        await bench.store.put(KEY, pieces(bytes(size)))
    for value in (KEY, "secret", bench.address.bucket, bench.address.secret_key, bench.address.access_key, "gateway"):
        assert value not in str(refused.value)
    assert bench.left() == []
    bench.between.honest()
    assert await bench.store.put(KEY, pieces(bytes(size))) == size


@pytest.mark.parametrize("fault", ["broken", "busy", "no XML", "hangs up"])
@pytest.mark.parametrize(("where", "size"), WRITES, ids=["whole", "joining", "a part"])
async def test_what_fails_twice_is_asked_a_third_time(bench: Bench, fault: str, where: Callable[[Exchange], bool], size: int) -> None:
    bench.between.when(where, FAULTS[fault], times=2)
    assert await bench.store.put(KEY, pieces(bytes(size))) == size
    assert bench.left() == [KEY]


@pytest.mark.parametrize("times", [1, 3])
@pytest.mark.parametrize("size", [SMALL, LARGE])
async def test_a_put_whose_answer_was_lost_is_done_and_not_taken_for_anothers(bench: Bench, size: int, times: int) -> None:
    bench.between.when(crooked.writing, crooked.lose_the_answer, times)
    assert await bench.store.put(KEY, pieces(bytes(size))) == size
    assert bench.left() == [KEY]


async def test_a_server_that_never_ends_an_answer_is_left_behind_in_time(bench: Bench) -> None:
    await bench.store.put(KEY, pieces(bytes(MIB)))
    bench.between.when(crooked.reading, crooked.trickle(PATIENCE_S / 4))
    started = time.monotonic()
    with pytest.raises(StoreError, match="too slowly"):
        await text(bench.store)
    assert time.monotonic() - started < 4 * PATIENCE_S


async def test_a_server_that_is_not_there_is_told(bench: Bench) -> None:
    address = bench.server.address(url="http://127.0.0.1:9")
    with pytest.raises(StoreError, match="did not answer in time, or the connection broke") as refused:
        await S3Store.open(address, PATIENCE_S)
    assert address.bucket not in str(refused.value)


@pytest.mark.parametrize(("user", "password", "text"), [("nobody", "", "JOINDER_S3_ACCESS_KEY"), ("", "wrong", "JOINDER_S3_SECRET_KEY")])
async def test_a_key_that_does_not_fit_is_named_by_its_setting(bench: Bench, user: str, password: str, text: str) -> None:
    with pytest.raises(StoreError, match=text):
        await S3Store.open(S3(bench.server.url, user or bench.server.user, password or bench.server.password).address())


async def test_a_bucket_that_is_not_there_is_told_with_what_to_do(bench: Bench) -> None:
    with pytest.raises(StoreError, match=r"There is no such bucket\. Make it with `joinder store prepare`"):
        await S3Store.open(bench.server.address())


async def test_a_put_cancelled_on_a_silent_server_leaves_nothing(bench: Bench) -> None:
    bench.between.when(crooked.sending_a_part, crooked.stall(PATIENCE_S / 2))
    putting = asyncio.create_task(bench.store.put(KEY, pieces(bytes(LARGE))))
    await asyncio.to_thread(bench.between.met.wait, 10)
    putting.cancel()
    with pytest.raises(asyncio.CancelledError):
        await putting
    assert bench.left() == []


# ── broken while reading ──────────────────────────────────────────────────────────────────────────────────────────────────────────


@pytest.mark.parametrize("times", [1, 2])
async def test_reading_goes_on_where_the_connection_broke(bench: Bench, times: int) -> None:
    data = os.urandom(3 * MIB)
    await bench.store.put(KEY, pieces(data))
    bench.between.when(crooked.reading, crooked.stop_after(MIB + 3), times)
    assert await text(bench.store) == data
    assert "range" in [one for one in bench.between.asked if crooked.reading(one)][1].headers


async def test_a_connection_that_always_breaks_is_told_and_no_byte_is_made_up(bench: Bench) -> None:
    data, got = os.urandom(MIB), bytearray()
    await bench.store.put(KEY, pieces(data))
    bench.between.when(crooked.reading, crooked.stop_after(0))
    with pytest.raises(StoreError, match="connection broke"):
        [got.extend(piece) async for piece in bench.store.get(KEY)]
    assert data.startswith(got)
    assert sum(map(crooked.reading, bench.between.asked)) == 3


async def test_an_object_that_was_replaced_meanwhile_is_not_read_on(bench: Bench) -> None:
    await bench.store.put(KEY, pieces(os.urandom(3 * MIB)))
    bench.between.when(crooked.reading, crooked.stop_after(MIB + 3), times=1)
    reading = bench.store.get(KEY)
    await anext(reading)
    bench.server.sdk.remove_object(bench.address.bucket, KEY)
    bench.server.sdk._put_object(bench.address.bucket, KEY, os.urandom(3 * MIB))  # noqa: SLF001 - another program's doing
    with pytest.raises(StoreError, match="replaced while it was read"):
        [piece async for piece in reading]


# ── lies ──────────────────────────────────────────────────────────────────────────────────────────────────────────────────────────


@pytest.mark.parametrize("size", [SMALL, LARGE])
async def test_what_is_said_to_be_stored_and_is_not_fails(bench: Bench, size: int) -> None:
    bench.between.when(crooked.writing, crooked.pretend)
    with pytest.raises(StoreError, match="said that an object was stored, and does not have it"):
        await bench.store.put(KEY, pieces(bytes(size)))
    assert bench.left() == []


async def test_another_length_than_was_put_fails(bench: Bench) -> None:
    bench.between.when(lambda one: crooked.looking(one) and bench.left() != [], crooked.another_length)
    with pytest.raises(StoreError, match="another number of bytes"):
        await bench.store.put(KEY, pieces(b"sealed"))
    assert bench.left() == []


@pytest.mark.parametrize("size", [SMALL, LARGE])
async def test_a_server_with_other_tags_is_read_back(bench: Bench, size: int) -> None:
    data = os.urandom(size)
    bench.between.when(lambda one: crooked.looking(one) and bench.left() != [], crooked.another_tag)
    assert await bench.store.put(KEY, pieces(data)) == size
    assert any(map(crooked.reading, bench.between.asked))


async def test_other_bytes_than_were_put_fail(bench: Bench) -> None:
    bench.between.when(lambda one: crooked.looking(one) and bench.left() != [], crooked.another_tag)
    bench.between.when(crooked.reading, crooked.flip)
    with pytest.raises(StoreError, match="other bytes than it was given"):
        await bench.store.put(KEY, pieces(os.urandom(99)))
    assert bench.left() == []


async def test_a_server_without_conditions_is_asked_before_and_after(bench: Bench, monkeypatch: pytest.MonkeyPatch) -> None:
    """It takes whatever comes last, as a real one does without the condition; whoever does not find their own mark has not won."""
    monkeypatch.setattr(s3_writing, "UNLESS_TAKEN", {})
    await bench.store.put(KEY, pieces(b"first"))
    with pytest.raises(ObjectExistsError):
        await bench.store.put(KEY, pieces(b"second"))

    def somebody_else_writes(one: Exchange) -> None:
        bench.server.sdk._put_object(bench.address.bucket, "ab/other", b"theirs")  # noqa: SLF001 - another program's doing
        crooked.honestly(one)

    bench.between.when(lambda one: crooked.looking(one) and "ab/other" in bench.left(), somebody_else_writes, times=1)
    with pytest.raises(ObjectExistsError):
        await bench.store.put("ab/other", pieces(b"ours!!"))
    assert b"".join([piece async for piece in bench.store.get("ab/other")]) == b"theirs"


async def test_a_server_that_knows_no_conditions_is_asked_without(bench: Bench) -> None:
    bench.between.when(lambda one: crooked.writing(one) and "if-none-match" in one.headers, crooked.refuse(501, "NotImplemented"))
    assert await bench.store.put(KEY, pieces(b"x")) == 1
    assert await bench.store.put("ab/large", pieces(bytes(LARGE))) == LARGE


async def test_a_removal_that_did_not_happen_fails(bench: Bench) -> None:
    await bench.store.put(KEY, pieces(b"x"))
    bench.between.when(crooked.removing, crooked.pretend_removal)
    with pytest.raises(StoreError, match="said that an object was removed, and still has it"):
        await bench.store.delete(KEY)


async def test_another_range_than_was_asked_for_fails(bench: Bench) -> None:
    await bench.store.put(KEY, pieces(b"0123456789"))
    bench.between.when(crooked.reading, crooked.ignore_the_range(b"0123456789"))
    with pytest.raises(StoreError, match="another range"):
        await text(bench.store, 3, 4)


async def test_keys_out_of_order_fail(bench: Bench) -> None:
    for key in ("a", "b"):
        await bench.store.put(key, pieces(b""))

    def turned(one: Exchange) -> None:
        said = one.forward()
        body = said.body.replace(b"<Key>a<", b"<Key>c<")
        one.reply(crooked.Answer(said.status, said.headers, body).with_header("Content-Length", str(len(body))))

    bench.between.when(crooked.listing, turned)
    with pytest.raises(StoreError, match="out of order"):
        [key async for key in bench.store.list()]


@pytest.mark.parametrize("lie", ["a flipped bit", "another object", "a cut object"])
async def test_the_seal_refuses_what_a_lying_store_gives(bench: Bench, lie: str) -> None:
    key, other = secrets.token_bytes(32), secrets.token_bytes(32)
    await bench.store.put(KEY, SealedWriter(key, "file").seal(pieces(os.urandom(2 * MIB))))
    sealed = b"".join([piece async for piece in SealedWriter(other, "other").seal(pieces(os.urandom(2 * MIB)))])
    true = await text(bench.store)
    do = {"a flipped bit": crooked.flip, "another object": crooked.instead(sealed), "a cut object": crooked.instead(true[:-70_000])}[lie]
    bench.between.when(crooked.reading, do)
    with pytest.raises((SealError, StoreError)):
        await (await SealedReader.open(bench.store, KEY, key, "file")).read_range(0, 2 * MIB)


# ── locks ─────────────────────────────────────────────────────────────────────────────────────────────────────────────────────────


async def test_what_is_locked_by_days_stays_whole_when_it_is_deleted() -> None:
    store = await S3Store.open(S3.there().bucket(locks=True, lock_days=2))
    for key, size in ((KEY, SMALL), ("ab/large", LARGE)):
        await store.put(key, pieces(bytes(size)))
        with pytest.raises(ObjectLockedError, match="until its time is over"):
            await store.delete(key)
        assert await store.size(key) == size
    store.close()
