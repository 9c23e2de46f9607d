"""Measures I1: how fast a file is parsed and validated, beside reading it line by line; with --store, how fast it comes in.

    python tests/bench/imports.py [--rows 100000] [--store] [--profile]

Nothing is asserted. `--store` starts the embedded engine on a temporary folder.
"""

from __future__ import annotations

import argparse
import asyncio
import cProfile
import io
import pstats
import sys
import tempfile
import time
from pathlib import Path
from typing import TYPE_CHECKING

sys.path.insert(0, str(Path(__file__).resolve().parents[2]))
from backend.app import open_parts
from backend.config import Settings
from backend.core.ids import new_id
from backend.entities.imports import ftm, mapped, run, service
from backend.entities.imports.service import NewImport
from graph.engine import Engine
from graph.migrations import runner
from tests.support.rows import MAPPING, ftm_lines, payments
from tests.support.world import World, team

if TYPE_CHECKING:
    from collections.abc import AsyncIterator, Callable, Iterator

    from backend.entities.imports.rules import Step

PIECE = 1 << 20


def chunks(data: bytes) -> Iterator[bytes]:
    return (data[at : at + PIECE] for at in range(0, len(data), PIECE))


async def stream(data: bytes) -> AsyncIterator[bytes]:
    for piece in chunks(data):
        yield piece


def line(name: str, rows: int, seconds: float, anchor: float | None = None) -> None:
    ratio = f"{seconds / anchor:6.1f} x" if anchor else ""
    sys.stdout.write(f"{name:46} {rows:9,} rows {seconds:8.2f} s {rows / seconds:12,.0f}/s {ratio}\n")
    sys.stdout.flush()


def timed(work: Callable[[], int]) -> tuple[int, float]:
    begun = time.perf_counter()
    return work(), time.perf_counter() - begun


def parsed(steps: Iterator[Step]) -> int:
    return sum(len(step.rows) for step in steps)


def parsing(files: dict[str, bytes]) -> None:
    for form, data in files.items():
        rows, anchor = timed(lambda data=data: sum(1 for _ in io.BytesIO(data)))
        line(f"{form}: read line by line", rows, anchor)
        stated, took = timed(lambda form=form, data=data: parsed(_steps(form, data)))
        line(f"{form}: parsed and validated", rows, took, anchor)
        line(f"{form}: the same, entities and links stated", stated, took, anchor)


def _steps(form: str, data: bytes) -> Iterator[Step]:
    return mapped.steps(io.BytesIO(data), MAPPING) if form == "csv" else ftm.steps(chunks(data))


async def storing(files: dict[str, bytes], *, profile: bool) -> None:
    with tempfile.TemporaryDirectory(prefix="joinder-bench-") as folder:
        engine = Engine(Path(folder) / "graph")
        address = await engine.start()
        try:
            async with open_parts(Settings(data=Path(folder)), address) as parts:
                await runner.migrate(parts.graph)
                world = await team(World(parts))
                for form, data in files.items():
                    await _stored(world, form, data, profile=profile)
                    await _stored(world, form, data, profile=False)
        finally:
            await engine.stop()


async def _stored(world: World, form: str, data: bytes, *, profile: bool) -> None:
    ctx, space = world.ctx("Maarten"), world.ids["Saltmarsh"]
    wanted = NewImport(world.ids["NA-1"], form, form, f"bench.{form}", frozenset(), "B2", "H0")
    job = await service.create(ctx, space, wanted, new_id())
    await service.upload(ctx, space, job, stream(data))
    await service.begin(ctx, space, job, MAPPING if form == "csv" else None, new_id())
    profiler, begun = cProfile.Profile(), time.perf_counter()
    if profile:
        profiler.enable()
    await run.run(ctx, space, job)
    profiler.disable()
    row = (await service.jobs(ctx, space, job))[0]
    line(f"{form}: imported ({row['state']}, {row['rejected']} refused)", row["read"], time.perf_counter() - begun)
    if profile:
        pstats.Stats(profiler).sort_stats("cumulative").print_stats(45)


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--rows", type=int, default=100_000)
    parser.add_argument("--store", action="store_true")
    parser.add_argument("--profile", action="store_true")
    given = parser.parse_args()
    files = {"ftm_json": ftm_lines(given.rows), "csv": payments(given.rows)}
    parsing(files)
    if given.store:
        asyncio.run(storing(files, profile=given.profile))


if __name__ == "__main__":
    main()
