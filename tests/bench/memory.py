"""Measures I2: how much a server grows while a table comes in, or is only checked, at n rows and at 10 n, each in a process of its own.

    python tests/bench/memory.py [--rows 10000] [--form csv|xlsx|jsonl] [--check]

What is told is the proportional set size (PSS), sampled ten times a second, over what it was before the import, and the ratio of the two
sizes: flat is 1. Nothing is asserted.
"""

from __future__ import annotations

import argparse
import asyncio
import json
import secrets
import sys
import tempfile
import time
from dataclasses import dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING

sys.path.insert(0, str(Path(__file__).resolve().parent.parent.parent))

from backend.check import pss_mib
from backend.entities.imports import send
from tests.support.rows import MAPPING, payments
from tests.support.served import Prepared, Served, served
from tests.support.workbooks import workbook

if TYPE_CHECKING:
    from backend.core.remote import Remote

CHECK = """
mutation($space: ID!, $id: ID!, $mapping: String, $key: String!) {
  checkImportFile(space: $space, id: $id, mapping: $mapping, key: $key) { id }
}
"""


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


def table(form: str, rows: int) -> bytes:
    """Payments in one of the formats of tables."""
    text = payments(rows)
    if form == "csv":
        return text
    header, *body = [line.split(",") for line in text.decode().splitlines()]
    if form == "xlsx":
        return workbook(header, *body)
    return "".join(json.dumps(dict(zip(header, row, strict=True))) + "\n" for row in body).encode()


async def checked(remote: Remote, wanted: send.Wanted) -> bool:
    """Check a whole file and take nothing."""
    space, job = await asyncio.to_thread(send.sent, remote, wanted)
    await asyncio.to_thread(remote.ask, CHECK, space=space, id=job, mapping=MAPPING, key=secrets.token_hex(8))
    return (await send.ended(remote, space, job, lambda _: None))["state"] == "CHECKED"


async def measured(server: Served, folder: Path, rows: int, form: str, *, check: bool) -> tuple[Peak, Peak, float]:
    """Bring one table in, or check it; return what the server and its engine held, and rows a second."""
    assert server.process
    file, mapping = folder / f"{rows}.{form}", folder / "mapping.yaml"
    file.write_bytes(table(form, rows))
    mapping.write_text(MAPPING)
    remote = await server.sign_in()
    wanted = send.Wanted(file, server.space, server.ids["NA-1"], f"{rows}", folder / f"{rows}.refused.csv", mapping, (), None, "H0")
    peaks, begun = (Peak(server.process.pid), Peak(server.engine_pid())), time.perf_counter()
    sending = asyncio.create_task(checked(remote, wanted) if check else send.send(remote, wanted, lambda _: None))
    while not sending.done():
        await asyncio.wait([sending], timeout=0.1)
        for each in peaks:
            each.look()
    assert await sending
    return *peaks, rows / (time.perf_counter() - begun)


async def bench(rows: int, form: str, *, check: bool) -> None:
    with tempfile.TemporaryDirectory(prefix="joinder-bench-") as name:
        folder, grown = Path(name), list[float]()
        prepared = await Prepared.make(folder / "prepared")
        for size in (rows, 10 * rows):
            async with served(prepared, folder / f"data-{size}") as server:
                own, engine, rate = await measured(server, folder, size, form, check=check)
            grown.append(own.grown)
            told = f"server {own.before:.0f} + {own.grown:.0f} MiB, engine {engine.before:.0f} + {engine.grown:.0f} MiB"
            sys.stdout.write(f"{size:>9,} rows: {told}, {rate:,.0f} rows/s with upload and report\n")
        sys.stdout.write(f"ratio of growth, 10 n to n: {grown[1] / max(grown[0], 1):.2f}\n")


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--rows", type=int, default=10_000)
    parser.add_argument("--form", choices=["csv", "xlsx", "jsonl"], default="csv")
    parser.add_argument("--check", action="store_true", help="only check the whole file")
    said = parser.parse_args()
    asyncio.run(bench(said.rows, said.form, check=said.check))


if __name__ == "__main__":
    main()
