"""Everything open on a data folder of a test's own, with an engine of its own."""

from __future__ import annotations

from contextlib import asynccontextmanager
from typing import TYPE_CHECKING, LiteralString

from backend.app import open_parts
from backend.config import Settings
from backend.serving import engine, migrate
from graph.driver import Graph

if TYPE_CHECKING:
    from collections.abc import AsyncGenerator
    from pathlib import Path

    from backend.core.context import Parts
    from graph.driver import Address


@asynccontextmanager
async def deployment(data: Path | Settings) -> AsyncGenerator[Parts]:
    """Everything open on one data folder, on its own engine where no settings say otherwise."""
    settings = data if isinstance(data, Settings) else Settings(data=data)
    async with engine(settings) as (address, _):
        await migrate(address)
        async with open_parts(settings, address) as parts:
            yield parts


EMPTY: LiteralString = "MATCH (n) WITH n LIMIT 5000 DETACH DELETE n RETURN count(*)"


@asynccontextmanager
async def emptied(address: Address, data: Path) -> AsyncGenerator[Settings]:
    """A data folder beside the server of the run, which has nothing in it and afterwards what a new one has."""
    await _empty(address)
    yield Settings(
        data=data, graph_url=address.url, graph_user=address.user, graph_password=address.password, graph_database=address.database
    )
    await _empty(address)
    await migrate(address)


async def _empty(address: Address) -> None:
    async with Graph(address) as graph:
        while await graph.write(lambda tx: tx.value(EMPTY)):
            pass
