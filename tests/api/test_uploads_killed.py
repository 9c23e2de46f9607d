"""A server ended by SIGKILL while files arrive: what was acknowledged is there and whole, once; what nobody names is swept at its start."""

from __future__ import annotations

import asyncio
import os
import random
from typing import TYPE_CHECKING, Any, LiteralString

import pytest
import pytest_asyncio

from backend.storage.folder import FolderStore
from graph.driver import Graph
from graph.engine import running
from tests.support.sender import File, Sender, Unanswered, kept
from tests.support.served import Prepared, Served, served

if TYPE_CHECKING:
    from pathlib import Path

    from graph.driver import Tx

pytestmark = [pytest.mark.embedded, pytest.mark.timeout(3_600)]
PARTS: LiteralString = "MATCH (p:FilePart) RETURN collect([p.state, p.object])"
NAMED: LiteralString = "MATCH (x:EvidenceItem {space: $space}) RETURN collect(x.file_name)"
SIZE = 250_000
WAYS: dict[str, Any] = {"in one request": {}, "in three": {"most": 90_000}, "in three with checksums": {"most": 90_000, "checked": True}}
SEAMS = {"in one request": 35, "in three": 50, "in three with checksums": 50}
"""The least that an upload of three parts passes on each way."""
WHOLE_AND_NO_EXHIBIT = 28
SENDERS, ROUNDS, SWEPT_S = 4, 80, 60.0
MOST_ANSWERS, LATER_S, ROUND_S = 16, 0.2, 120.0
"""A server lives until it gave up to so many answers, and up to so long; a round that takes longer is stuck."""


@pytest_asyncio.fixture(scope="module", loop_scope="session")
async def prepared(tmp_path_factory: pytest.TempPathFactory) -> Prepared:
    """A team and a case, in a folder that each test copies."""
    return await Prepared.make(tmp_path_factory.mktemp("prepared") / "data")


async def state(server: Served) -> tuple[set[str], set[str], list[str], list[Path]]:
    """The objects that parts name and that are there, the exhibits by name, and what was half written."""
    address = running(server.data / "graph")
    assert address

    async def read(tx: Tx) -> tuple[list[tuple[str, str]], list[str]]:
        return await tx.rows(PARTS), await tx.rows(NAMED, space=server.space)

    async with Graph(address) as graph:
        rows, names = await graph.read(read)
    assert {one for one, _ in rows} <= {"stored"}, "a part that was announced and never counted is still named"
    there = {one async for one in FolderStore(server.data / "files").list()}
    return {place for _, place in rows}, there, names, [*(server.data / "files").rglob("*.part")]


async def check(server: Served, senders: list[Sender]) -> None:
    """No orphan after the sweep, nothing acknowledged lost or doubled."""
    async with asyncio.timeout(SWEPT_S):
        while True:
            try:
                named, there, exhibits, halves = await state(server)
                assert (there, halves) == (named, [])
                break
            except AssertionError:  # the sweep runs while the server answers already
                await asyncio.sleep(0.2)
    assert len(exhibits) == len(set(exhibits))
    assert {file.name for one in senders for file in one.files if file.exhibit} <= set(exhibits)
    assert await kept(senders) == sum(bool(file.exhibit) for one in senders for file in one.files)


async def die_at(server: Served, sender: Sender, nth: int) -> bool:
    """Let the server that is to end at its nth seam take a file, bring it up again and finish; say whether it ended."""
    file = File(os.urandom(SIZE))
    sender.files = [file]
    died = False
    try:
        await sender.send(file)
        await asyncio.sleep(0.5 if nth > WHOLE_AND_NO_EXHIBIT else 0)  # behind its answer come its last seams
    except Unanswered:
        died = True
    died = died or (server.process is not None and server.process.returncode is not None)
    if died:
        await server.ended()
        server.program = ("tests.support.doomed", "seam", str(nth + 1))
        await server.start()
        if not file.place:  # nobody ever knew of it
            sender.files = []
        else:
            await sender.send(file)
        await check(server, [sender])
    return died


@pytest.mark.parametrize("nth", [10, WHOLE_AND_NO_EXHIBIT])
async def test_an_upload_outlives_its_server(prepared: Prepared, tmp_path: Path, nth: int) -> None:
    async with served(prepared, tmp_path / "data", "tests.support.doomed", "seam", str(nth)) as server:
        assert await die_at(server, Sender(server, (await server.sign_in()).cookie), nth)


@pytest.mark.long
@pytest.mark.parametrize("way", WAYS)
async def test_at_whichever_seam_its_server_is_killed_an_upload_goes_on(prepared: Prepared, tmp_path: Path, way: str) -> None:
    async with served(prepared, tmp_path / "data", "tests.support.doomed", "seam", "1") as server:
        sender = Sender(server, (await server.sign_in()).cookie, **WAYS[way])
        nth = 1
        while await die_at(server, sender, nth):
            nth += 1
        assert nth > SEAMS[way]


@pytest.mark.long
async def test_killed_at_random_under_load_it_loses_and_doubles_no_file(prepared: Prepared, tmp_path: Path) -> None:
    async with served(prepared, tmp_path / "data") as server:
        senders = [
            Sender(server, (await server.sign_in()).cookie, random.randint(40_000, 400_000), checked=n % 2 == 1) for n in range(SENDERS)
        ]
        for n in range(ROUNDS):
            answers = asyncio.Semaphore(0)
            for one in senders:
                one.answers = answers
            sending = [asyncio.create_task(_keep_sending(one)) for one in senders]
            async with asyncio.timeout(ROUND_S):
                for _ in range(random.randint(0, MOST_ANSWERS)):
                    await answers.acquire()
            await asyncio.sleep(random.random() * LATER_S)
            if n % 4 == 3:
                server.kill_engine()
                await asyncio.sleep(random.random())
            await server.kill()
            await asyncio.gather(*sending)
            await server.start()
            for one in senders:
                one.cookie = (await server.sign_in()).cookie
        for one in senders:
            for file in one.files:
                if file.place and not file.exhibit:
                    await one.send(file)
        await check(server, senders)
        assert sum(bool(file.exhibit) for one in senders for file in one.files) > ROUNDS // 2


async def _keep_sending(sender: Sender) -> None:
    """Go on with what is not there yet, then send new ones, until the server is gone."""
    try:
        for file in [one for one in sender.files if one.place and not one.exhibit]:
            await sender.send(file)
        while True:
            sender.files.append(File(os.urandom(random.randint(0, 500_000))))
            await sender.send(sender.files[-1])
    except Unanswered:
        return
