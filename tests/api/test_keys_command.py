"""`joinder keys` beside a real server at work: killed again and again, and the people at the server notice nothing."""

from __future__ import annotations

import random
from typing import TYPE_CHECKING

import pytest
import pytest_asyncio

from backend.core.audit_read import stored
from backend.storage.rotation import GOES_ON, SETTLE_S
from tests.support.desk import Desk, killed, ran
from tests.support.served import Prepared, Served, served

if TYPE_CHECKING:
    from collections.abc import AsyncIterator
    from pathlib import Path

pytestmark = [pytest.mark.embedded, pytest.mark.timeout(900)]
ROUNDS, LONGEST_LIFE_S = 2, SETTLE_S


@pytest_asyncio.fixture(scope="module", loop_scope="session")
async def prepared(tmp_path_factory: pytest.TempPathFactory) -> Prepared:
    """A team and a case, in a folder that each test copies."""
    return await Prepared.make(tmp_path_factory.mktemp("prepared") / "data")


@pytest_asyncio.fixture
async def server(prepared: Prepared, tmp_path: Path) -> AsyncIterator[Served]:
    """A server of the test's own."""
    async with served(prepared, tmp_path / "data") as found:
        yield found


async def test_keys_turn_under_people_at_work_however_often_the_command_is_killed(server: Served) -> None:
    desk = await Desk.of(server)
    await desk.send()
    before = {path.name: path.read_bytes() for path in server.data.glob("master*")}
    async with desk.at_work() as working:
        for said in (("keys", "rotate-space", server.space), ("keys", "rotate-master")):
            told = [await killed(server.data, *said, after_s=random.random() * LONGEST_LIFE_S) for _ in range(ROUNDS)]
            assert all(one.startswith(("new ", GOES_ON)) for one in told), told
            code, told = await ran(server.data, *said)
            assert (code, "the old key is destroyed" in told) == (0, True), told
            assert not working.done(), working.result()
    code, told = await ran(server.data, "keys", "check")  # a table's key is kept by its import and by its exhibit
    assert (code, f"{2 * len(desk.files)} file keys" in told, "Every key opens." in told) == (0, True, True), told
    await desk.read_some()
    assert not before.items() & {path.name: path.read_bytes() for path in server.data.glob("master*")}.items()
    await server.kill()
    await server.start()
    desk.remote = await server.sign_in()
    await desk.read_some()
    lines = [one.entry for one in stored(server.data / "audit") if one.entry and one.entry.name.startswith("keys.")]
    assert {(one.name, one.space) for one in lines} == {("keys.rotate-space", server.space), ("keys.rotate-master", None)}


async def test_a_check_names_what_does_not_open_and_a_rotation_without_the_key_is_one_sentence(server: Served) -> None:
    path = server.data / "keys" / f"{server.space}.json"
    path.rename(server.data / "kept")
    for said in (("check",), ("rotate-space", server.space)):
        code, told = await ran(server.data, "keys", *said)
        assert (code, f"The key of space {server.space}" in told, "Put it back from a backup" in told) == (1, True, True)
        assert "Traceback" not in told
