"""The real engine, shared by a whole run: the embedded one, or the server that JOINDER_TEST_GRAPH names."""

from __future__ import annotations

import os
import secrets
from dataclasses import replace
from typing import TYPE_CHECKING

import pytest
import pytest_asyncio

from backend.config import Settings
from backend.core.audit import AuditLog
from backend.core.clock import SystemClock
from backend.core.context import Parts
from backend.core.jobs import Jobs
from backend.core.wake import Wake
from backend.entities.search import service as search
from backend.storage.folder import FolderStore
from backend.storage.keys import SpaceKeys
from graph.dialect import NEO4J
from graph.driver import Address, Graph
from graph.engine import Engine
from graph.migrations import runner
from tests.support.world import World

if TYPE_CHECKING:
    from collections.abc import AsyncIterator


def pytest_collection_modifyitems(config: pytest.Config, items: list[pytest.Item]) -> None:
    """Leave out what is about the other engine only."""
    other = "embedded" if os.environ.get("JOINDER_TEST_GRAPH") == "neo4j" else "neo4j"
    left_out = [item for item in items if item.get_closest_marker(other)]
    items[:] = [item for item in items if item not in left_out]
    config.hook.pytest_deselected(items=left_out)


@pytest_asyncio.fixture(scope="session", loop_scope="session")
async def address(tmp_path_factory: pytest.TempPathFactory) -> AsyncIterator[Address]:
    """A migrated, running engine."""
    if os.environ.get("JOINDER_TEST_GRAPH") == "neo4j":
        get = os.environ.__getitem__
        found = Address(get("JOINDER_TEST_GRAPH_URL"), get("JOINDER_TEST_GRAPH_USER"), get("JOINDER_TEST_GRAPH_PASSWORD"), "neo4j", NEO4J)
        await _migrated(found)
        yield found
        return
    engine = Engine(tmp_path_factory.mktemp("engine"))
    found = await engine.start()
    try:
        await _migrated(found)
        yield found
    finally:
        await engine.stop()


async def _migrated(address: Address) -> None:
    async with Graph(address) as graph:
        await runner.migrate(graph)
        await search.bring_up_to_date(graph)


@pytest_asyncio.fixture(scope="session", loop_scope="session")
async def graph(address: Address) -> AsyncIterator[Graph]:
    """A pool on the shared engine."""
    async with Graph(address, warn=True) as found:
        yield found


@pytest_asyncio.fixture(scope="session", loop_scope="session")
async def shared_parts(graph: Graph, tmp_path_factory: pytest.TempPathFactory) -> AsyncIterator[Parts]:
    """Everything a server shares, on real folders."""
    data = tmp_path_factory.mktemp("data")
    audit = await AuditLog.open(data / "audit")
    settings = Settings(data=data)
    jobs = Jobs()
    keys = await SpaceKeys.open(data)
    yield Parts(graph, settings, SystemClock(), Wake(), FolderStore(data / "files"), keys, audit, jobs, secrets.token_bytes(32))
    await jobs.stop()
    await audit.close()


@pytest.fixture
def parts(shared_parts: Parts) -> Parts:
    """The shared parts with a wake-up call of their own."""
    return replace(shared_parts, wake=Wake())


@pytest.fixture
def world(parts: Parts) -> World:
    """An empty world with fresh ids on the shared graph."""
    return World(parts)
