"""A backup of either engine restores on the other, the same nodes, links, files and log; who is erased on Neo4j is gone there."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
import pytest_asyncio

from backend.config import Settings
from backend.keeping import erasing, restore, take, verify
from backend.keeping.restore import Wanted
from tests.support.backed_up import backed_up, dumped
from tests.support.deployed import deployment, emptied
from tests.support.wronged import ACCOUNT, NAME, TOKEN, entered_wrongly, everything

if TYPE_CHECKING:
    from collections.abc import AsyncIterator
    from pathlib import Path

    from graph.driver import Address

pytestmark = [pytest.mark.neo4j, pytest.mark.timeout(600)]


@pytest_asyncio.fixture(loop_scope="session")
async def there(address: Address, tmp_path: Path) -> AsyncIterator[Settings]:
    """A data folder and the server of the run, with nothing in them."""
    async with emptied(address, tmp_path / "there") as settings:
        yield settings


async def test_a_backup_goes_from_one_engine_to_the_other_and_back(there: Settings, tmp_path: Path) -> None:
    async with backed_up(tmp_path) as source:
        before, _ = await dumped(source.parts)
        here = await verify.run(source.parts, lambda _: None)
    found = await restore.run(there, Wanted(source.backups, source.key), lambda _: None)
    assert (found.faults, found.files, found.custody, found.events) == ([], here.files, here.custody, here.events)
    async with deployment(there) as parts:
        assert (await dumped(parts))[0] == before
        await take.run(parts, tmp_path / "second", lambda _: None)
    back = Settings(data=tmp_path / "back")
    found = await restore.run(back, Wanted(tmp_path / "second", source.key), lambda _: None)
    assert (found.faults, found.files, found.custody, found.events) == ([], here.files, here.custody, here.events)
    async with deployment(back) as parts:
        assert (await dumped(parts))[0] == before


async def test_who_is_erased_on_neo4j_can_be_read_nowhere_there(there: Settings, tmp_path: Path) -> None:
    wronged = await entered_wrongly(tmp_path)
    await restore.run(there, Wanted(wronged.backups, wronged.key), lambda _: None)
    async with deployment(there) as parts:
        assert (await everything(parts)).count(NAME.encode()) > 8
    certificate = await erasing.run(there, wronged.order, lambda _: None)
    assert (certificate["engine"], certificate["left"]) == (erasing.OUTSIDE, [])
    async with deployment(there) as parts:
        after = await everything(parts)
        assert not [said for said in (NAME, TOKEN, ACCOUNT) if said.encode() in after]
        assert b"Ilian Dravec,bg,2020-01-01" in after
        found = await verify.run(parts, lambda _: None)
        assert (found.faults, found.erasures) == ([], 1)
