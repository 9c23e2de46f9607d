"""Worlds that are asked hundreds of questions, on a pool that does not look up who asked: the driver's warnings cost 10 ms a query."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

import pytest
import pytest_asyncio

from graph.driver import Graph
from tests.realtime.conftest import live
from tests.support.world import World

if TYPE_CHECKING:
    from collections.abc import AsyncIterator

    from backend.core.context import Parts
    from graph.driver import Address

__all__ = ["live"]  # the live server, for what is asked over a socket here


@pytest_asyncio.fixture(scope="session", loop_scope="session")
async def quiet(address: Address) -> AsyncIterator[Graph]:
    """A pool on the shared engine, its warnings off: the other tests ask the same queries with warnings on."""
    async with Graph(address) as found:
        yield found


@pytest.fixture
def world(parts: Parts, quiet: Graph) -> World:
    """An empty world with fresh ids on the shared graph."""
    return World(replace(parts, graph=quiet))
