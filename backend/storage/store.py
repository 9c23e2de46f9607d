"""Where sealed objects rest: the protocol that a folder on this machine (`folder.py`) and any S3 server (`s3.py`) keep.

Everything put here is sealed already (`seal.py`): a store never sees plaintext, and its keys are random (`new_key`), so that
whoever runs it learns sizes and times and nothing else. An object is written once and never changed.

A store may lie: say that it stored what it did not, give other bytes or another object. What is put is looked at once more before
`put` returns; what comes back is believed by nobody: `seal.py` refuses every byte that was not sealed under this key for this file.
"""

import re
import secrets
from collections.abc import AsyncGenerator, AsyncIterable
from typing import Protocol

KEY_FORM = re.compile(r"[0-9a-z][0-9a-z-]{0,63}(?:/[0-9a-z][0-9a-z-]{0,63}){0,3}")
PIECE_BYTES = 1 << 20
VERSIONING, OBJECT_LOCK, LEGAL_HOLD = "versioning", "object lock", "legal hold"
FEATURES = (VERSIONING, OBJECT_LOCK, LEGAL_HOLD)
"""What a store may offer beyond keeping objects."""


class StoreError(Exception):
    """The store could not do it; the operating system's or server's reason is the cause. The text holds no value and no key."""


class ObjectMissingError(StoreError):
    """There is no object under this key."""


class ObjectExistsError(StoreError):
    """There is an object under this key; objects are written once."""


class ObjectLockedError(StoreError):
    """The store keeps the object until its time is over or its legal hold is lifted; without its key nobody reads it either."""


class NotOfferedError(StoreError):
    """This store has no such feature; the text names it."""


def checked_key(key: str) -> str:
    """Return `key`, or raise ValueError where it is not of the form."""
    if not KEY_FORM.fullmatch(key):
        message = "This is not an object key."
        raise ValueError(message)
    return key


def checked_range(start: int, length: int | None) -> None:
    """Raise ValueError for a range that begins or reaches below zero."""
    if start < 0 or (length is not None and length < 0):
        message = "A range starts at 0 or later and has a length of 0 or more."
        raise ValueError(message)


def new_key() -> str:
    """Return a random object key: two hexadecimal digits, a slash, 32 hexadecimal digits (128 bits)."""
    name = secrets.token_hex(16)
    return f"{name[:2]}/{name}"


class ObjectStore(Protocol):
    """Write-once objects of bytes under short keys (`KEY_FORM`); every implementation passes one conformance suite.

    All methods raise StoreError when the store fails and ValueError for a key of another form.
    """

    @property
    def offers(self) -> frozenset[str]:
        """Those of FEATURES that this store has, as it said when it was opened."""
        ...

    async def put(self, key: str, pieces: AsyncIterable[bytes]) -> int:
        """Store the stream; return its bytes once it is durable.

        When the stream or the store fails, or the caller is cancelled, nothing is there. Raises ObjectExistsError.
        """
        ...

    def get(self, key: str, start: int = 0, length: int | None = None) -> AsyncGenerator[bytes, None]:
        """Yield `length` bytes from `start` (all that follow without one; fewer at the end). Raises ObjectMissingError."""
        ...

    async def size(self, key: str) -> int:
        """Return the bytes of the object. Raises ObjectMissingError."""
        ...

    async def exists(self, key: str) -> bool:
        """Tell whether there is an object."""
        ...

    async def delete(self, key: str) -> None:
        """Remove the object durably, with every version that the store kept of it; nothing happens when there is none.

        Raises ObjectLockedError while the store must keep it: it stays whole, and what erases it is the end of its key.
        """
        ...

    async def hold(self, key: str, *, on: bool) -> None:
        """Put the object under legal hold or lift it. Raises ObjectMissingError, NotOfferedError."""
        ...

    def list(self, prefix: str = "") -> AsyncGenerator[str, None]:
        """Yield, in order, the keys that start with `prefix`."""
        ...

    async def sweep(self) -> int:
        """Remove what writers that are gone left unfinished, and return how much. Run at start."""
        ...
