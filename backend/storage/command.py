"""The command `joinder keys`: rotate, move and check what wraps, beside a running server or without one."""

from __future__ import annotations

from typing import TYPE_CHECKING

from backend.core.audit import Operation, Trail, doing
from backend.storage.check import check
from backend.storage.rotation import Rotation

if TYPE_CHECKING:
    import argparse
    from collections.abc import Callable

    from backend.core.context import Parts


def arguments(parser: argparse.ArgumentParser) -> None:
    """Say what the command takes."""
    actions = parser.add_subparsers(required=True, metavar="ACTION")
    space = actions.add_parser("rotate-space", help="give a space a new sealing key and wrap its file keys anew")
    space.add_argument("space", help="its id")
    actions.add_parser("rotate-master", help="make a new master key where the present one lies, and wrap anew what it wrapped")
    move = actions.add_parser("move", help="make a new master key elsewhere, and wrap anew what the present one wrapped")
    move.add_argument("--to", required=True, choices=("pkcs11", "file"))
    actions.add_parser("check", help="try every wrapped key, and name those that do not open")
    for name, one in actions.choices.items():
        one.set_defaults(action=name)


async def run(said: argparse.Namespace, parts: Parts, say: Callable[[str], None]) -> int:
    """Run it; return the exit code. Raises RotationError, SpaceKeyLostError, MasterKeyError, each with a sentence."""
    if said.action == "check":
        return await _check(parts, say)
    rotation, space = Rotation(parts.graph, parts.keys, say), said.space if said.action == "rotate-space" else None
    trail = Trail(parts.audit)
    with doing(f"keys.{said.action}"):
        trail.changed(space, [space] if space else [], operation=Operation.ALTERATION)
    await trail.flush()
    rewrapped = await (rotation.space(space) if space else rotation.master(said.to if said.action == "move" else None))
    say(f"{rewrapped} keys were wrapped anew and the old key is destroyed. Back up the keys and the graph again, together.")
    return 0


async def _check(parts: Parts, say: Callable[[str], None]) -> int:
    found = await check(parts.graph, parts.keys)
    for line in found.closed:
        say(line)
    tried = f"{found.spaces} spaces, {found.files} file keys and {found.secrets} second factors were tried. "
    say(tried + (f"{len(found.closed)} keys do not open." if found.closed else "Every key opens."))
    return 1 if found.closed else 0
