"""Serves the demonstration's small case until standard input closes: `python -m tests.e2e.serve DATA PORT`."""

from __future__ import annotations

import asyncio
import os
import signal
import sys
from pathlib import Path

from backend import cli
from backend.config import Settings

DIST = Path(__file__).resolve().parents[2] / "frontend" / "dist"


def settings(data: Path, port: int) -> Settings:
    """Return what both the server and the tests go by; a short heartbeat, so that a dead line is noticed soon."""
    return Settings(data=data, port=port, demo=True, frontend=DIST, heartbeat_s=2.0).checked()


async def serve(data: Path, port: int) -> int:
    """Serve, and end with whoever started us, whatever ended them."""
    asyncio.get_running_loop().add_reader(sys.stdin, os.kill, os.getpid(), signal.SIGTERM)
    return await cli.run_demo(settings(data, port), small=True)


if __name__ == "__main__":
    sys.exit(asyncio.run(serve(Path(sys.argv[1]), int(sys.argv[2]))))
