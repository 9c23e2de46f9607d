"""Measures every query of the graph layer at n and at 10 n, on a graph of its own: which answers take longer in a larger space.

    python tests/bench/growth.py [--size 1000] [--only network]

Each figure is the best of a few runs, as a multiple of a look-up by id in the same run; writes are rolled back. Nothing is asserted.
With JOINDER_TEST_GRAPH=neo4j and its address it measures that server, else the embedded engine.
"""

from __future__ import annotations

import argparse
import asyncio
import os
import sys
import tempfile
import time
from contextlib import asynccontextmanager
from pathlib import Path
from typing import TYPE_CHECKING, Any, LiteralString

sys.path.insert(0, str(Path(__file__).resolve().parents[2]))
from graph.dialect import NEO4J
from graph.driver import Address, Graph
from graph.engine import Engine
from graph.migrations import runner
from tests.graph.parameters import of
from tests.graph.plans import every_query
from tests.graph.planting import plant

if TYPE_CHECKING:
    from collections.abc import AsyncGenerator

    from graph.driver import Tx
    from tests.graph.planting import Planted

RUNS, ANCHOR = 7, "access.CLASS_KNOWN"


class RolledBack(Exception):
    """Ends a transaction whose writes nobody wants."""


@asynccontextmanager
async def opened() -> AsyncGenerator[Graph]:
    """Open the server that the environment names, or an embedded engine for this run."""
    get = os.environ.get
    if get("JOINDER_TEST_GRAPH") == "neo4j":
        url, user, password = (get(f"JOINDER_TEST_GRAPH_{name}", "") for name in ("URL", "USER", "PASSWORD"))
        async with Graph(Address(url, user, password, "neo4j", NEO4J)) as graph:
            yield graph
        return
    with tempfile.TemporaryDirectory() as folder:
        engine = Engine(Path(folder))
        async with Graph(await engine.start()) as graph:
            yield graph
        await engine.stop()


async def best(graph: Graph, query: LiteralString, parameters: dict[str, Any]) -> float:
    """Return the least milliseconds that one run of a query took."""
    took: list[float] = []

    async def work(tx: Tx) -> None:
        begun = time.perf_counter()
        await tx.value(query, **parameters)
        took.append((time.perf_counter() - begun) * 1000)
        raise RolledBack

    for _ in range(RUNS):
        try:
            await graph.write(work)
        except RolledBack:
            continue
    return min(took)


async def measured(graph: Graph, planted: Planted, only: str) -> dict[str, float]:
    """Return query to milliseconds, each measured a second time when everything is warm."""
    queries, given = every_query(), of(planted, graph.dialect)
    chosen = [name for name in queries if only in name or name == ANCHOR]
    for name in chosen:
        await best(graph, queries[name], given[name])
    return {name: await best(graph, queries[name], given[name]) for name in chosen}


async def main(options: argparse.Namespace) -> None:
    async with opened() as graph:
        await runner.migrate(graph)
        small = await measured(graph, await plant(graph, options.size), options.only)
        large = await measured(graph, await plant(graph, options.size * 10), options.only)
    sys.stdout.write(f"{graph.dialect.engine}, n = {options.size:,}; a look-up by id: {small[ANCHOR]:.2f} and {large[ANCHOR]:.2f} ms\n")
    sys.stdout.write(f"{'query':34}{'n, ms':>9}{'10 n, ms':>10}{'n, ×':>8}{'10 n, ×':>9}{'growth':>8}\n")
    for name in sorted(small, key=lambda name: -large[name]):
        a, b = small[name], large[name]
        sys.stdout.write(f"{name:34}{a:9.1f}{b:10.1f}{a / small[ANCHOR]:8.1f}{b / large[ANCHOR]:9.1f}{b / a:8.1f}\n")


if __name__ == "__main__":
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--size", type=int, default=1000)
    parser.add_argument("--only", default="", help="part of a query's name")
    asyncio.run(main(parser.parse_args()))
