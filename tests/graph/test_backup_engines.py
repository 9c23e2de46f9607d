"""A backup of the embedded engine restores on Neo4j, and one of Neo4j on the embedded engine: the same nodes, links, files and log."""

from __future__ import annotations

from typing import TYPE_CHECKING, LiteralString

import pytest
import pytest_asyncio

from backend.config import Settings
from backend.keeping import restore, take, verify
from backend.keeping.restore import Wanted
from backend.serving import migrate
from graph.driver import Graph
from tests.support.backed_up import backed_up, dumped
from tests.support.deployed import deployment

if TYPE_CHECKING:
    from collections.abc import AsyncIterator
    from pathlib import Path

    from graph.driver import Address

pytestmark = [pytest.mark.neo4j, pytest.mark.timeout(600)]
EMPTY: LiteralString = "MATCH (n) WITH n LIMIT 5000 DETACH DELETE n RETURN count(*)"


async def emptied(address: Address) -> None:
    async with Graph(address) as graph:
        while await graph.write(lambda tx: tx.value(EMPTY)):
            pass


@pytest_asyncio.fixture(loop_scope="session")
async def empty(address: Address) -> AsyncIterator[Address]:
    """The server of the run with nothing in it; afterwards with what a new one has."""
    await emptied(address)
    yield address
    await emptied(address)
    await migrate(address)


async def test_a_backup_goes_from_one_engine_to_the_other_and_back(empty: Address, tmp_path: Path) -> None:
    there = Settings(
        data=tmp_path / "there", graph_url=empty.url, graph_user=empty.user, graph_password=empty.password, graph_database=empty.database
    )
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
