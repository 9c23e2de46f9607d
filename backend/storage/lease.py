"""Leases: who is about to write something that a key wrapped holds a lease of it, and no rotation destroys that key meanwhile.

A lease is a shared lock (flock) on an empty file named after the key; the end of a process, however it comes, gives its leases back.
Whoever takes one must ask again, after taking it, whether the key is still the one that wraps: a rotation first names the new key, then
waits until it alone holds the old one's file.
"""

from __future__ import annotations

import fcntl
import os
import time
from contextlib import contextmanager
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Callable, Generator
    from pathlib import Path

FOLDER = ".leases"
POLL_S = 0.05
RETRY_S = 0.005


@contextmanager
def leased(keys: Path, current: Callable[[], bytes]) -> Generator[bytes]:
    """Hold a lease of the key that wraps now and yield its head; `current` reads anew which one that is. Blocks for milliseconds."""
    while True:
        head = current()
        handle = _opened(keys, head)
        try:
            try:
                fcntl.flock(handle, fcntl.LOCK_SH | fcntl.LOCK_NB)
            except BlockingIOError:
                time.sleep(RETRY_S)
                continue
            if current() == head:
                yield head
                return
        finally:
            os.close(handle)


def wait_until_unused(keys: Path, head: bytes, waiting: Callable[[], object]) -> None:
    """Return when nobody holds a lease of a key that wraps no more; call `waiting` once where that takes a while. Blocks."""
    handle, told = _opened(keys, head), False
    try:
        while True:
            try:
                fcntl.flock(handle, fcntl.LOCK_EX | fcntl.LOCK_NB)
            except BlockingIOError:
                if not told:
                    waiting()
                told = True
                time.sleep(POLL_S)
            else:
                return
    finally:
        os.close(handle)


def forget(keys: Path, head: bytes) -> None:
    """Remove the file of a key that is destroyed."""
    _path(keys, head).unlink(missing_ok=True)


@contextmanager
def alone(keys: Path) -> Generator[bool]:
    """Yield whether this is the only command at work on these keys; it stays so until the block is left."""
    handle = _opened(keys, b"commands")
    try:
        try:
            fcntl.flock(handle, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            yield False
        else:
            yield True
    finally:
        os.close(handle)


def _path(keys: Path, head: bytes) -> Path:
    return keys / FOLDER / head.hex()


def _opened(keys: Path, head: bytes) -> int:
    path = _path(keys, head)
    path.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
    return os.open(path, os.O_RDWR | os.O_CREAT | os.O_CLOEXEC, 0o600)
