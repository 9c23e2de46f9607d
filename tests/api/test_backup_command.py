"""`joinder backup` beside a real server at work, killed and run again; `joinder restore` elsewhere, and people go on there."""

from __future__ import annotations

import random
from typing import TYPE_CHECKING

import pytest
import pytest_asyncio

from backend.core.audit_read import stored
from tests.support.desk import Desk, killed, ran
from tests.support.served import Prepared, Served, served

if TYPE_CHECKING:
    from collections.abc import AsyncIterator
    from pathlib import Path

pytestmark = [pytest.mark.embedded, pytest.mark.timeout(900)]
KILLS = 2


@pytest_asyncio.fixture
async def server(tmp_path: Path) -> AsyncIterator[Served]:
    """A server on a folder of its own."""
    prepared = await Prepared.make(tmp_path / "prepared")
    async with served(prepared, tmp_path / "data") as found:
        yield found


async def test_a_backup_beside_people_at_work_is_restored_and_people_go_on_there(server: Served, tmp_path: Path) -> None:
    desk, backups, key = await Desk.of(server), str(tmp_path / "backups"), str(tmp_path / "recovery")
    for _ in range(3):
        await desk.send()
    before = dict(desk.files)
    code, told = await ran(server.data, "backup", "--to", backups)
    assert (code, "Run `joinder backup init FILE` first" in told, "Traceback" in told) == (1, True, False), told
    code, told = await ran(server.data, "backup", "init", key)
    assert code == 0, told
    async with desk.at_work() as working:
        for _ in range(KILLS):
            await killed(server.data, "backup", "--to", backups, after_s=0.05 + random.random() / 2)
        code, told = await ran(server.data, "backup", "--to", backups)
        assert (code, "is whole" in told) == (0, True), told
        assert not working.done(), working.result()
        code, told = await ran(server.data, "verify")
        assert (code, "Everything is as it was written." in told) == (0, True), told
    await server.kill()

    data = tmp_path / "restored"
    await killed(data, "restore", backups, "--key", key, after_s=3.0)
    code, told = await ran(data, "restore", backups, "--key", key)
    assert (code, "Everything is as it was written." in told) == (0, True), told
    lines = {one.entry.name for one in stored(data / "audit") if one.entry}
    assert {"backup", "restore"} <= lines
    there = Served(data, server.ids)
    await there.start()
    try:
        again = Desk(there, await there.sign_in(), desk.case, before)
        await again.read_some()
        await again.send()
        await again.read_some()
    finally:
        await there.stop()
    code, told = await ran(data, "verify")
    assert code == 0, told
