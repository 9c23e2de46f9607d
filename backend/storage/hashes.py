"""Hashes of what passes, several at once: each is handed the same bytes, in order."""

from __future__ import annotations

import hashlib
from dataclasses import dataclass
from typing import TYPE_CHECKING, Self

if TYPE_CHECKING:
    from hashlib import _Hash as HASH  # pyright: ignore[reportPrivateUsage] - typeshed has no public name for it

OF_SEALED = ("sha256",)
OF_EVIDENCE = ("sha256", "sha512")
"""What is kept of a file of evidence, under these names."""


@dataclass(frozen=True, slots=True)
class Hashes:
    """Hashes of one stream so far. Each lets go of the interpreter while it is updated, so that it may be on a thread of its own."""

    each: tuple[HASH, ...]

    @classmethod
    def begun(cls, names: tuple[str, ...] = OF_EVIDENCE) -> Self:
        """Begin with nothing; `names` as in `hashlib`."""
        return cls(tuple(hashlib.new(name) for name in names))

    def copy(self) -> Self:
        """Return the same, to go on from."""
        return type(self)(tuple(one.copy() for one in self.each))

    def told(self) -> dict[str, str]:
        """Return each by its name, in hexadecimal."""
        return {one.name: one.hexdigest() for one in self.each}
