"""Measures I2: how much a server grows while a table comes in, at n rows and at 10 n, each in a process of its own.

    python tests/bench/memory.py [--rows 10000]

What is told is the proportional set size (PSS), sampled ten times a second, over what it was before the import, and the ratio of the two
sizes: flat is 1. Nothing is asserted.
"""

from __future__ import annotations

import argparse
import asyncio
import sys
import tempfile
import time
from dataclasses import dataclass, field
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parent.parent.parent))

from backend.check import pss_mib
from backend.entities.imports import send
from tests.support.rows import MAPPING, payments
from tests.support.served import Prepared, Served, served


@dataclass
class Peak:
    """The most that a process held since `before`, in MiB."""

    pid: int
    before: float = field(init=False)
    most: float = field(init=False)

    def __post_init__(self) -> None:
        self.before = self.most = pss_mib(self.pid)

    def look(self) -> None:
        self.most = max(self.most, pss_mib(self.pid))

    @property
    def grown(self) -> float:
        return self.most - self.before


async def measured(server: Served, folder: Path, rows: int) -> tuple[Peak, Peak, float]:
    """Bring one table in; return what the server and its engine held, and rows a second."""
    assert server.process
    file, mapping = folder / f"{rows}.csv", folder / "mapping.yaml"
    file.write_bytes(payments(rows))
    mapping.write_text(MAPPING)
    remote = await server.sign_in()
    wanted = send.Wanted(file, server.space, server.ids["NA-1"], f"{rows}", folder / f"{rows}.refused.csv", mapping, (), None, "H0")
    peaks, begun = (Peak(server.process.pid), Peak(server.engine_pid())), time.perf_counter()
    sending = asyncio.create_task(send.send(remote, wanted, lambda _: None))
    while not sending.done():
        await asyncio.wait([sending], timeout=0.1)
        for each in peaks:
            each.look()
    assert await sending
    return *peaks, rows / (time.perf_counter() - begun)


async def bench(rows: int) -> None:
    with tempfile.TemporaryDirectory(prefix="joinder-bench-") as name:
        folder, grown = Path(name), list[float]()
        prepared = await Prepared.make(folder / "prepared")
        for size in (rows, 10 * rows):
            async with served(prepared, folder / f"data-{size}") as server:
                own, engine, rate = await measured(server, folder, size)
            grown.append(own.grown)
            told = f"server {own.before:.0f} + {own.grown:.0f} MiB, engine {engine.before:.0f} + {engine.grown:.0f} MiB"
            sys.stdout.write(f"{size:>9,} rows: {told}, {rate:,.0f} rows/s with upload and report\n")
        sys.stdout.write(f"ratio of growth, 10 n to n: {grown[1] / max(grown[0], 1):.2f}\n")


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--rows", type=int, default=10_000)
    asyncio.run(bench(parser.parse_args().rows))


if __name__ == "__main__":
    main()
