"""From a folder into a bucket of a real S3 server: one command, killed at any object, every hash compared."""

from __future__ import annotations

import asyncio
import os
import signal
import subprocess
import sys
import time
from dataclasses import replace
from typing import TYPE_CHECKING, Any
from urllib.parse import urlsplit

import pytest
from minio import Minio
from minio.commonconfig import ENABLED
from minio.error import S3Error
from minio.versioningconfig import VersioningConfig

from backend import cli
from backend.app import open_store
from backend.config import Settings
from backend.storage import bucket, place
from backend.storage.folder import FolderStore
from backend.storage.move import MoveError, move
from backend.storage.place import PlaceError
from backend.storage.s3 import S3Store
from backend.storage.store import FEATURES, NotOfferedError, ObjectLockedError, new_key
from tests.support import crooked
from tests.support.s3 import S3

if TYPE_CHECKING:
    from collections.abc import AsyncIterator, Callable
    from pathlib import Path

    from backend.storage.s3_calls import S3Address
    from tests.support.crooked import Exchange

COUNT = 60


async def pieces(*parts: bytes) -> AsyncIterator[bytes]:
    for part in parts:
        yield part


def settings(data: Path, address: S3Address, url: str = "") -> Settings:
    said = Settings(data=data, s3_url=url or address.url, s3_bucket=address.bucket)
    return replace(said, s3_access_key=address.access_key, s3_secret_key=address.secret_key).checked()


def environment(said: Settings) -> dict[str, str]:
    names = {"url": said.s3_url, "bucket": said.s3_bucket, "access_key": said.s3_access_key, "secret_key": said.s3_secret_key}
    ours = {name: value for name, value in os.environ.items() if not name.startswith("JOINDER_")}
    return {**ours, "JOINDER_DATA": str(said.data), **{f"JOINDER_S3_{name.upper()}": value for name, value in names.items()}}


async def filled(data: Path, count: int = COUNT) -> dict[str, bytes]:
    held = {new_key(): os.urandom(1000) for _ in range(count)}
    for key, value in held.items():
        await FolderStore(data / place.FILES_FOLDER).put(key, pieces(value))
    return held


async def everything(store: Any) -> dict[str, bytes]:
    return {key: b"".join([piece async for piece in store.get(key)]) async for key in store.list()}


def more_than(count: Callable[[], int], less: int) -> None:
    """Wait in a thread, half a minute at most."""
    until = time.monotonic() + 30
    while count() <= less:
        assert time.monotonic() < until
        time.sleep(0.02)


MOVER = (
    "import asyncio; from backend import config; from backend.storage.move import move; asyncio.run(move(config.from_environment(), print))"
)


def mover_of(said: Settings) -> Any:
    """A process that moves, without the rest of the program, which takes longer to load than all of this."""
    return asyncio.create_subprocess_exec(sys.executable, "-c", MOVER, env=environment(said), stdout=subprocess.DEVNULL)


async def test_a_mover_that_is_killed_again_and_again_brings_everything_in_the_end(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    server, held = S3.there(), await filled(tmp_path)
    address = server.bucket()
    said = settings(tmp_path, address)
    for _ in range(3):
        before = len(server.left_in(address.bucket))
        mover = await mover_of(said)
        await asyncio.to_thread(more_than, lambda known=before: len(server.left_in(address.bucket)) - known, 3)
        mover.kill()
        assert await mover.wait() == -signal.SIGKILL
        with pytest.raises(PlaceError, match=r"The files still lie in the data folder\. Run `joinder store move` first"):
            await place.open_store(said)
    for name, value in environment(said).items():
        monkeypatch.setenv(name, value)
    assert await asyncio.to_thread(cli.main, ["store", "move", "--remove"]) == 0
    store = await S3Store.open(address)
    assert await everything(store) == held
    store.close()
    assert await everything(FolderStore(tmp_path / place.FILES_FOLDER)) == {}
    assert capsys.readouterr().out.endswith(f"every one compared ({COUNT * 1000} bytes), {COUNT} removed here.\n")


async def test_nothing_is_removed_unasked_and_the_bucket_holds_it_from_then_on(tmp_path: Path) -> None:
    held, address = await filled(tmp_path, 3), S3.there().bucket()
    said = settings(tmp_path, address)
    moved = await move(said, print)
    assert (moved.copied, moved.there, moved.removed) == (3, 0, 0)
    assert await everything(FolderStore(tmp_path / place.FILES_FOLDER)) == held
    async with open_store(said) as store:
        assert await everything(store) == held
    again = await move(said, print, remove=True)
    assert (again.copied, again.there, again.removed) == (0, 3, 3)


LIES = {"a flipped bit": (crooked.reading, crooked.flip), "an object of others": (crooked.reading, crooked.instead(bytes(1000)))}


@pytest.mark.parametrize("lie", LIES)
async def test_a_bucket_that_gives_other_bytes_gets_nothing_of_the_deployment(tmp_path: Path, lie: str) -> None:
    server, held = S3.there(), await filled(tmp_path, 2)
    with crooked.between(server.url) as between:
        between.when(*LIES[lie])
        with pytest.raises(MoveError, match="not the same in the bucket as in the folder, and was removed there"):
            await move(settings(tmp_path, server.bucket(url=between.url)), print, remove=True)
    assert await everything(FolderStore(tmp_path / place.FILES_FOLDER)) == held
    assert place.said(tmp_path) is None


async def test_another_object_under_a_key_is_neither_overwritten_nor_removed(tmp_path: Path) -> None:
    server, held = S3.there(), await filled(tmp_path, 1)
    address = server.bucket()
    store = await S3Store.open(address)
    await store.put(next(iter(held)), pieces(b"of somebody else"))
    with pytest.raises(MoveError, match="Empty the bucket"):
        await move(settings(tmp_path, address), print, remove=True)
    assert await everything(store) == dict.fromkeys(held, b"of somebody else")
    store.close()


async def test_no_move_while_a_server_uses_the_folder_and_no_server_while_one_moves(tmp_path: Path) -> None:
    said = settings(tmp_path, S3.there().bucket())
    async with open_store(Settings(data=tmp_path)), open_store(Settings(data=tmp_path)):
        with pytest.raises(PlaceError, match="A server uses this data folder"):
            await move(said, print)
    with place.held(tmp_path, alone=True), pytest.raises(PlaceError, match="being moved"):
        async with open_store(said):
            pass


async def test_a_deployment_keeps_to_the_bucket_that_holds_its_files(tmp_path: Path) -> None:
    server = S3.there()
    first, other = settings(tmp_path, server.bucket()), settings(tmp_path, server.bucket())
    async with open_store(first):
        pass
    with pytest.raises(PlaceError, match="JOINDER_S3_BUCKET: the files lie in the bucket"):
        await place.open_store(other)
    with pytest.raises(PlaceError, match="Set JOINDER_S3_URL"):
        await place.open_store(Settings(data=tmp_path))
    with pytest.raises(MoveError, match="already"):
        await move(other, print)


async def test_a_move_to_nowhere_is_refused(tmp_path: Path) -> None:
    with pytest.raises(MoveError, match="Set JOINDER_S3_URL"):
        await move(Settings(data=tmp_path), print)


# ── the bucket ────────────────────────────────────────────────────────────────────────────────────────────────────────────────────


async def test_prepare_makes_a_bucket_with_all_that_the_server_offers(tmp_path: Path) -> None:
    address, told = S3.there().address(), list[str]()
    for _ in range(2):
        await asyncio.to_thread(bucket.prepare, settings(tmp_path, address), told.append)
    store = await S3Store.open(address)
    assert store.offers == frozenset(FEATURES)
    store.close()
    assert [one for one in told if "made" in one or "already" in one] == [
        f"The bucket {address.bucket} is made.", f"The bucket {address.bucket} is there already.",
    ]  # fmt: skip
    assert told[-1] == bucket.policy(address.bucket)


async def test_what_a_bucket_does_not_offer_is_told(tmp_path: Path) -> None:
    server, told = S3.there(), list[str]()
    address = server.bucket()
    store = await S3Store.open(address)
    assert store.offers == frozenset()
    await store.put("ab/1", pieces(b"x"))
    with pytest.raises(NotOfferedError, match="no legal hold"):
        await store.hold("ab/1", on=True)
    store.close()
    with pytest.raises(NotOfferedError, match="JOINDER_S3_LOCK_DAYS"):
        await S3Store.open(replace(address, lock_days=1))
    await asyncio.to_thread(bucket.prepare, settings(tmp_path, server.address(address.bucket)), told.append)
    assert "  object lock: not offered; nothing here will use it" in told


async def test_what_is_held_stays_until_it_is_let_go() -> None:
    store = await S3Store.open(S3.there().bucket(locks=True))
    await store.put("ab/1", pieces(b"x"))
    await store.hold("ab/1", on=True)
    with pytest.raises(ObjectLockedError, match="its legal hold is lifted"):
        await store.delete("ab/1")
    assert await store.size("ab/1") == 1
    await store.hold("ab/1", on=False)
    await store.delete("ab/1")
    assert await store.exists("ab/1") is False
    store.close()


def needed(one: Exchange) -> set[str]:
    """What a key must be allowed for a request, as S3's manual says."""
    if not one.on_object:
        words = {"versions": "ListBucketVersions", "uploads": "ListBucketMultipartUploads", "versioning": "GetBucketVersioning"}
        words |= {"object-lock": "GetBucketObjectLockConfiguration", "list-type": "ListBucket"}
        return {words[word] for word in words if word in one.query} or {f"{one.method} of the bucket"}
    held = {"GET": "GetObjectLegalHold", "PUT": "PutObjectLegalHold"}
    if "legal-hold" in one.query:
        return {held[one.method]}
    if one.method == "DELETE":
        kinds = {"uploadId": "AbortMultipartUpload", "versionId": "DeleteObjectVersion"}
        return {next((kinds[word] for word in kinds if word in one.query), "DeleteObject")}
    if one.method in {"PUT", "POST"}:
        return {"PutObject"} | ({"PutObjectRetention"} if "x-amz-object-lock-mode" in one.headers else set())
    return {"GetObject"} | ({"GetObjectRetention", "GetObjectLegalHold"} if one.method == "HEAD" else set())


async def test_the_policy_allows_what_the_server_asks_and_no_more() -> None:
    """Every kind of call, seen on its way; `ListBucket` also lets a missing object be told as missing."""
    server = S3.there()
    with crooked.between(server.url) as between:
        for locks, days in ((False, 0), (True, 0), (True, 1)):
            store = await S3Store.open(server.bucket(locks=locks, url=between.url, lock_days=days))
            await store.put("ab/1", pieces(b"x"))
            await store.put("ab/2", pieces(bytes(9 << 20)))
            with pytest.raises(ConnectionResetError):
                await store.put("ab/3", _broken())
            assert len(await everything(store)) == 2
            if locks:
                await store.hold("ab/1", on=True)
                await store.hold("ab/1", on=False)
            if not days:
                await store.delete("ab/1")
            await store.sweep()
            store.close()
        asked = {f"s3:{action}" for one in between.asked for action in needed(one)}
    allowed = bucket.actions()
    assert asked == allowed


async def test_with_what_the_policy_allows_nothing_else_is_done() -> None:
    """The key of every bucket of these tests is held to the policy; here is that the server refuses it the rest."""
    server = S3.there()
    address, other = server.bucket(), server.address()
    server.sdk.make_bucket(other.bucket)
    held = Minio(urlsplit(server.url).netloc, address.access_key, address.secret_key, secure=False, region=address.region)
    for refused in (
        lambda: held.make_bucket(f"{address.bucket}-2"),
        lambda: held.remove_bucket(address.bucket),
        lambda: held.get_bucket_policy(address.bucket),
        lambda: held.delete_bucket_policy(address.bucket),
        lambda: held.set_bucket_versioning(address.bucket, VersioningConfig(ENABLED)),
        lambda: held.get_object(other.bucket, "ab/1"),
    ):
        with pytest.raises(S3Error, match="AccessDenied"):
            refused()


async def _broken() -> AsyncIterator[bytes]:
    yield bytes(9 << 20)
    raise ConnectionResetError
