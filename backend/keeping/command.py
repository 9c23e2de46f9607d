"""The commands that keep a deployment: verify and backup, beside a running server or without one; restore and erase, without one."""

from __future__ import annotations

import asyncio
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, Any

from backend import config, serving
from backend.app import open_parts
from backend.core.audit_verify import verify as verify_log
from backend.keeping import erasing, erasures, recovery, restore, take, verify
from backend.keeping.erase import Order
from backend.keeping.erasures import Reason
from backend.keeping.recovery import KeepingError
from backend.keeping.restore import Wanted

if TYPE_CHECKING:
    import argparse
    from collections.abc import Callable

    from backend.keeping.verify import Verified


def arguments(commands: Any, say: Callable[[str], None]) -> None:  # noqa: ANN401 - argparse gives the type of its sub-commands no public name
    """Add the commands; `say` prints a line."""
    check = commands.add_parser("verify", help="verify files, custody, events and the audit log; with FOLDER that audit log alone")
    check.add_argument("folder", type=Path, nargs="?")
    check.set_defaults(run=partial(_verify, say=say))
    backup = commands.add_parser("backup", help="copy graph, files, keys and audit log into a folder, while people work; may be run again")
    backup.add_argument("--to", type=Path, metavar="FOLDER", help="where backups lie; one that was broken off there goes on")
    backup.set_defaults(run=partial(_backup, say=say))
    init = backup.add_subparsers(metavar="ACTION").add_parser("init", help="make the recovery key that backups are encrypted to")
    init.add_argument("file", type=Path, help="where the private half goes, to be taken away from this machine; must not be there yet")
    init.set_defaults(run=partial(_init, say=say))
    restore = commands.add_parser("restore", help="bring a backup into an empty data folder and graph, then verify it; may be run again")
    restore.add_argument("folder", type=Path, help="where backups lie")
    restore.add_argument("--key", type=Path, required=True, metavar="FILE", help="the recovery key file")
    restore.add_argument("--backup", default="", metavar="ID", help="which one, by default the newest")
    restore.add_argument("--erasures", type=Path, metavar="FOLDER", help="certificates of erasure newer than those beside the backups")
    restore.set_defaults(run=partial(_restore, say=say))
    erasing_arguments(commands.add_parser("erase", help="erase an entity entered wrongly, for good; the server is stopped meanwhile"), say)


def erasing_arguments(parser: argparse.ArgumentParser, say: Callable[[str], None]) -> None:
    """Add what `joinder erase` takes."""
    for name, what in (
        ("--space", "id of its space"), ("--by", "login of the administrator who answers for it"),
        ("--order", "reference of the order, such as 117/2026: no name, no words"),
    ):  # fmt: skip
        parser.add_argument(name, help=what)
    parser.add_argument("--entity", action="append", default=[], help="id of the entity; may be repeated")
    parser.add_argument("--reason", choices=[one.value for one in Reason], help="why it is erased")
    parser.add_argument("--yes", action="store_true", help="do it; without this it is only said what it would come to")
    parser.add_argument("--continue", dest="go_on", action="store_true", help="go on with the erasure that was broken off")
    parser.set_defaults(run=partial(_erase, say=say))


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
        return _told(await verify.run(parts, say), say)


def _told(found: Verified, say: Callable[[str], None]) -> int:
    for line in found.lines():
        say(line)
    return 1 if found.faults else 0


async def _init(said: argparse.Namespace, *, say: Callable[[str], None]) -> int:
    made = await asyncio.to_thread(recovery.make, config.from_environment().data, said.file.resolve())
    say(f"The recovery key {made} is in {said.file}. Take that file away from this machine and keep it safe, twice:")
    say("whoever has it reads every backup, and without it no backup opens. The half that encrypts stays in the data folder.")
    return 0


async def _backup(said: argparse.Namespace, *, say: Callable[[str], None]) -> int:
    if said.to is None:
        raise KeepingError("Say where backups lie: joinder backup --to FOLDER. The first time, joinder backup init FILE makes its key.")
    settings = config.from_environment()
    async with serving.engine(settings, attach=True) as (address, _engine):
        await serving.check_version(address)
        async with open_parts(settings, address) as parts:
            taken = await take.run(parts, said.to.resolve(), say)
    for key in taken.missing:
        say(f"The object {key} is not in the store: the file that it holds is not in this backup. `joinder verify` names it.")
    counts = f"{taken.nodes} nodes, {taken.ties} relationships, {taken.copied} objects copied, {taken.there} were there"
    say(f"The backup {taken.id} is whole: {counts} ({taken.size} bytes), the keys and the audit log.")
    return 1 if taken.missing else 0


async def _erase(said: argparse.Namespace, *, say: Callable[[str], None]) -> int:
    settings, order = config.from_environment(), None
    if not said.go_on:
        if not (said.space and said.entity and said.by and said.reason and said.order):
            raise KeepingError("Say --space, --entity, --by, --reason and --order, or --continue what was broken off.")
        order = Order(said.space, tuple(said.entity), said.by, Reason(said.reason), said.order)
    if order and not said.yes:
        for line in await erasing.preview(settings, order):
            say(line)
        say("Nothing was changed. Run it again with --yes to erase this: no undo and no restore brings it back.")
        return 0
    for line in erasures.lines(await erasing.run(settings, order, say)):
        say(line)
    say("Make a new backup now: it lays the certificate beside the older ones. These hold who is erased until they are removed.")
    return 0


async def _restore(said: argparse.Namespace, *, say: Callable[[str], None]) -> int:
    found = await restore.run(config.from_environment(), Wanted(said.folder.resolve(), said.key, said.backup, said.erasures), say)
    code = _told(found, say)
    say("Everything is as at the moment of the backup: whoever lost a right since then must lose it again. Everybody signs in anew.")
    return code
