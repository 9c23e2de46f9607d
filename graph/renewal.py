"""The folder of the embedded engine, written anew: what was deleted or changed stays readable in the files of a database until then.

    graph.new/   the database that is being filled; without `graph.old/` beside it, it is thrown away
    graph.old/   the one that it replaced, on its way out

The two renames are ended by whoever starts the engine next. A folder is removed, not overwritten: what a disk keeps of removed files is
for the encrypted volume to hide.
"""

from __future__ import annotations

import shutil
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from pathlib import Path


def fresh(folder: Path) -> Path:
    """Return where the new database goes; nothing is there."""
    shutil.rmtree(_new(folder), ignore_errors=True)
    return _new(folder)


def swap(folder: Path) -> None:
    """Put the new database in the place of `folder`, and remove that. No engine runs on either."""
    folder.rename(_old(folder))
    settle(folder)


def settle(folder: Path) -> None:
    """End what a swap that was broken off left; nothing happens where there is nothing."""
    if _old(folder).exists():
        if not folder.exists():
            _new(folder).rename(folder)
        shutil.rmtree(_old(folder))


def _new(folder: Path) -> Path:
    return folder.with_name(folder.name + ".new")


def _old(folder: Path) -> Path:
    return folder.with_name(folder.name + ".old")
