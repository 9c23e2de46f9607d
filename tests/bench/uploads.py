"""Measures U1: a file sent to Joinder, hashed and sealed on its way, beside the same client whose bytes go straight into the same store.

    python tests/bench/uploads.py [--mib 512] [--runs 3]

The store is a local folder. The anchor is a server that only writes what comes: same HTTP server, same kind of folder, no door, no
hash, no seal. Nothing is asserted. Both take turns; the best of the runs counts.
"""

from __future__ import annotations

import argparse
import asyncio
import base64
import json
import os
import sys
import tempfile
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING

import httpx
from starlette.responses import Response

sys.path.insert(0, str(Path(__file__).resolve().parents[2]))
from backend.app import open_parts
from backend.auth.service import open_session
from backend.config import Settings
from backend.serving import free_port, listening
from backend.storage.folder import FolderStore
from backend.storage.store import new_key
from graph.engine import Engine
from graph.migrations import runner
from tests.bench.throughput import answering
from tests.support.world import World, team

if TYPE_CHECKING:
    from starlette.requests import Request

CLIENT = Path(__file__).with_name("send.py")
TUS = {"Tus-Resumable": "1.0.0"}
SENDER = "Maarten"


async def main(options: argparse.Namespace) -> None:
    """Serve both, send to both in turn, print."""
    with tempfile.TemporaryDirectory(prefix="joinder-bench-") as folder:
        engine = Engine(Path(folder) / "graph")
        address = await engine.start()
        try:
            async with open_parts(replace(Settings(data=Path(folder)), port=free_port()), address) as parts:
                await runner.migrate(parts.graph)
                world = await team(World(parts))
                straight = FolderStore(Path(folder) / "straight")

                async def write(request: Request) -> Response:
                    await straight.put(new_key(), request.stream())
                    return Response(status_code=204)

                async with listening(parts), answering("/", "PUT", write) as port:
                    ours, beside = list[float](), list[float]()
                    for _ in range(options.runs):
                        beside.append(await _sent(port, "PUT", "/", options.mib, {}))
                        ours.append(await _handed_in(world, parts.settings, options.mib))
        finally:
            await engine.stop()
    rate, straight_rate = options.mib / min(ours), options.mib / min(beside)
    sys.stdout.write(f"{os.cpu_count()} cores, load {os.getloadavg()[0]:.1f}\n{'':44}{'MiB/s':>10}{'straight':>10}{'share':>8}\n")
    sys.stdout.write(f"{f'U1 upload of {options.mib} MiB':44}{rate:10.1f}{straight_rate:10.1f}{rate / straight_rate:8.2f}  ≥ 0.9\n")


async def _handed_in(world: World, settings: Settings, mib: int) -> float:
    """Announce a file and send it; return the seconds of the sending."""
    context = replace(world.ctx(SENDER), actor=None)
    await open_session(context, world.ids[SENDER])
    cookie = f"{context.cookies[0].name}={context.cookies[0].value}"
    said = {"filename": "image.dd", "case": world.ids["NA-1"]}
    about = ",".join(f"{name} {base64.b64encode(value.encode()).decode()}" for name, value in said.items())
    headers = {"Cookie": cookie, "Origin": settings.address, **TUS}
    async with httpx.AsyncClient(base_url=settings.address, headers=headers) as client:
        more = {"Upload-Length": str(mib << 20), "Upload-Metadata": about}
        begun = await client.post("/files/uploads", params={"space": world.ids["Saltmarsh"]}, headers=more)
    headers |= {"Content-Type": "application/offset+octet-stream", "Upload-Offset": "0"}
    return await _sent(settings.port, "PATCH", begun.headers["location"], mib, headers)


async def _sent(port: int, method: str, path: str, mib: int, headers: dict[str, str]) -> float:
    arguments = (str(CLIENT), str(port), method, path, str(mib), json.dumps(headers))
    client = await asyncio.create_subprocess_exec(sys.executable, *arguments, stdout=asyncio.subprocess.PIPE)
    said, _ = await client.communicate()
    return float(said)


if __name__ == "__main__":
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--mib", type=int, default=512, help="how much is sent each time")
    parser.add_argument("--runs", type=int, default=3, help="how often to each")
    asyncio.run(main(parser.parse_args()))
