"""The embedded graph written anew, so that nothing of what was erased stays in old versions, logs and indexes of its files.

The whole graph goes from one engine into another, empty one, whose folder then takes the place of the first. Takes as long as a restore of
the graph and as much room again. Killed anywhere, it begins anew or is ended by the next start (`graph/renewal.py`).
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from backend import serving
from backend.keeping import dump
from backend.keeping.dump import Dumped, Loading
from backend.keeping.recovery import KeepingError
from graph import renewal
from graph.driver import Graph
from graph.engine import Engine
from graph.queries import keeping_dump as queries

if TYPE_CHECKING:
    from collections.abc import AsyncIterator, Callable
    from pathlib import Path

    from backend.config import Settings

ALSO = ("Session",)
"""People stay signed in, and API tokens stay good."""
DIFFERENT = "The graph could not be written anew whole, and stays as it is. Run `joinder erase` again to go on."


async def fill(settings: Settings, source: Graph, say: Callable[[str], None]) -> None:
    """Write the graph of a data folder into a new one beside it. No server runs on it. Raises KeepingError, EngineError."""
    say("writing the graph anew")
    own = Engine(renewal.fresh(_folder(settings)), heap=settings.heap)
    try:
        target = await own.start()
        await serving.migrate(target)
        async with Graph(target) as graph:
            await _carry(source, graph, say)
    finally:
        await own.stop()


def swap(settings: Settings) -> None:
    """Put what was filled in the place of the graph, whose engine was stopped."""
    renewal.swap(_folder(settings))


def _folder(settings: Settings) -> Path:
    return settings.data / serving.ENGINE_FOLDER


async def _carry(source: Graph, target: Graph, say: Callable[[str], None]) -> None:
    async def lines() -> AsyncIterator[bytes]:
        async for piece in dump.lines(source, Dumped(), ALSO):
            for line in piece.splitlines():
                yield line

    restoring = await source.read(queries.begun)
    await Loading(target, "renewal", lines, say).run()
    await target.write(lambda tx: queries.reached(tx, *restoring) if restoring else queries.ended(tx))
    if await source.read(lambda tx: queries.counts(tx, ())) != await target.read(lambda tx: queries.counts(tx, ())):
        raise KeepingError(DIFFERENT)
