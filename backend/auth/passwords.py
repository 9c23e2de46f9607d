"""Passwords as argon2id (RFC 9106, second recommended option: 64 MiB, 3 passes), off the event loop, a few at a time."""

from __future__ import annotations

import asyncio
import unicodedata
from concurrent.futures import ThreadPoolExecutor
from typing import TYPE_CHECKING

from argon2 import PasswordHasher
from argon2.exceptions import InvalidHashError, VerificationError

from backend.auth.rules import LONGEST_PASSWORD
from backend.auth.strength import require_unguessable
from backend.core.errors import Unavailable

if TYPE_CHECKING:
    from collections.abc import Sequence

AT_ONCE, MOST_WAITING = 2, 32

_hasher = PasswordHasher()
_workers = ThreadPoolExecutor(AT_ONCE, thread_name_prefix="argon2")
_waiting = 0
# Made with the same parameters: an account without a password costs what every other one costs, and never opens (`_matches`).
_NOBODY = _hasher.hash(unicodedata.normalize("NFKC", "\0" * LONGEST_PASSWORD))


def hashed(password: str) -> str:
    """Return the argon2id hash to store, about 0.1 s of one core."""
    return _hasher.hash(unicodedata.normalize("NFKC", password))


async def chosen(password: str, about: Sequence[str]) -> str:
    """Return the hash of a password that somebody chooses, made on a thread of its own kind. Raises `Invalid` for one guessed early."""
    return await asyncio.get_running_loop().run_in_executor(_workers, _chosen, password, about)


def _chosen(password: str, about: Sequence[str]) -> str:
    require_unguessable(password, about)
    return hashed(password)


def require_room() -> None:
    """Raise `Unavailable` while too many sign-ins wait for a core; asked before a try is counted."""
    if _waiting >= MOST_WAITING:
        raise Unavailable("Too many people sign in at this moment. Nothing was done: try again in a few seconds.")


async def verify(stored: str | None, password: str) -> bool:
    """Say whether the password belongs to the stored hash. Without a hash the same work is done and the answer is no."""
    global _waiting  # noqa: PLW0603 - one counter for the one pool of this process
    known = stored if stored and len(password) <= LONGEST_PASSWORD else None
    _waiting += 1
    try:
        return await asyncio.get_running_loop().run_in_executor(_workers, _matches, known, password[:LONGEST_PASSWORD])
    finally:
        _waiting -= 1


def _matches(stored: str | None, password: str) -> bool:
    try:
        return _hasher.verify(stored or _NOBODY, unicodedata.normalize("NFKC", password)) and stored is not None
    except (VerificationError, InvalidHashError):
        return False
