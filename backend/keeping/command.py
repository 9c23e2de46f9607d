"""The commands that keep a deployment: `joinder verify`. Beside a running server or without one."""

from __future__ import annotations

import asyncio
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, Any

from backend import config, serving
from backend.app import open_parts
from backend.core.audit_verify import verify as verify_log
from backend.keeping import verify

if TYPE_CHECKING:
    import argparse
    from collections.abc import Callable


def arguments(commands: Any, say: Callable[[str], None]) -> None:  # noqa: ANN401 - argparse gives the type of its sub-commands no public name
    """Add the commands; `say` prints a line."""
    check = commands.add_parser("verify", help="verify files, custody, events and the audit log; with FOLDER that audit log alone")
    check.add_argument("folder", type=Path, nargs="?")
    check.set_defaults(run=partial(_verify, say=say))


async def _log(folder: Path, say: Callable[[str], None]) -> int:
    verdict = await asyncio.to_thread(verify_log, folder)
    for finding in verdict.findings:
        say(f"{finding.kind}: {finding.file} line {finding.line}: {finding.text}")
    say(f"{verdict.entries} entries. " + ("The audit log is whole." if verdict.ok else "The audit log is not as it was written."))
    return 0 if verdict.ok else 1


async def _verify(said: argparse.Namespace, *, say: Callable[[str], None]) -> int:
    if said.folder:
        return await _log(said.folder, say)
    settings = config.from_environment()
    async with serving.engine(settings, attach=True) as (address, _engine), open_parts(settings, address) as parts:
        found = await verify.run(parts, say)
    for line in found.lines():
        say(line)
    return 1 if found.faults else 0
