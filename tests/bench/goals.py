"""Measures P1 to P5 on an embedded engine of its own and says where the time goes; `joinder bench` runs it.

    joinder bench [--size 1000] [--runs 30] [--requests 120]

    P1  a neighbourhood of 20 items of 10 fields through GraphQL     ÷ the same Cypher and orjson
    P2  a chart of n items of 10 fields                              ÷ n records of 10 fields by the driver's .data(), and orjson
    P3  what runs GraphQL, over n ready objects of 10 fields         ÷ orjson over the same as dicts
    P4  answers a second at /graphql, n and 10 items                 ÷ plain Starlette and orjson (a higher share is better)
    P5  n records each with the authority that owns it               ÷ the same records without it

Every goal is a ratio of this one run; nothing is asserted. A question goes the whole way of a request but the socket: the document looked
up, cost and limits, one transaction, the audit log synced, bytes. P4 takes the socket as well: a client in a process of its own, eight
connections, a bounded number of requests.
"""

from __future__ import annotations

import argparse
import asyncio
import os
import sys
import tempfile
from dataclasses import replace
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parents[2]))
from backend.app import open_parts
from backend.config import Settings
from graph.engine import Engine
from graph.migrations import runner
from tests.bench import measures, throughput
from tests.bench.asking import Asking
from tests.bench.planted import Sizes, plant
from tests.support.world import World, team


async def main(options: argparse.Namespace) -> None:
    """Plant, measure, print."""
    sizes = Sizes(options.size)
    with tempfile.TemporaryDirectory(prefix="joinder-bench-") as folder:
        engine = Engine(Path(folder) / "graph")
        address = await engine.start()
        try:
            async with open_parts(replace(Settings(data=Path(folder)), port=0), address) as parts:
                await runner.migrate(parts.graph)
                world = await team(World(parts))
                planted = await plant(world, sizes)
                _say(f"n = {sizes.n:,}; {os.cpu_count()} cores, load {os.getloadavg()[0]:.1f}\n\n{measures.HEADING}")
                asking = Asking(parts, world, planted)
                for measure in (measures.neighbourhood, measures.chart, measures.executor, measures.to_one):
                    for line in await measure(asking, address, options.runs):
                        _say(line)
                for line in await throughput.measured(asking, options.requests):
                    _say(line)
                for line in await measures.profiled(asking, options.runs):
                    _say(line)
        finally:
            await engine.stop()


def _say(text: str) -> None:
    sys.stdout.write(text + "\n")
    sys.stdout.flush()


if __name__ == "__main__":
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--size", type=int, default=1000, help="n, at least 30")
    parser.add_argument("--runs", type=int, default=30, help="how often each question is asked")
    parser.add_argument("--requests", type=int, default=120, help="how many requests each throughput takes")
    asyncio.run(main(parser.parse_args()))
