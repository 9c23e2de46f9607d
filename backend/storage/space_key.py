"""What opens the files of one space: its keys, the newest of which wraps, and how they stand in the space's key file."""

from __future__ import annotations

import json
import secrets
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

from backend.storage.wrapping import KEY_SIZE, MemoryKey, WrapError, bytes_of, file_purpose, head_of, text_of

if TYPE_CHECKING:
    from collections.abc import Callable

VERSION = 2


@dataclass(frozen=True, slots=True)
class SpaceKey:
    """Opens the files of one space."""

    space: str
    seal: tuple[MemoryKey, ...]
    """Newest first; more than one only while a rotation is under way, or as long as this process remembers it."""
    ids: bytes = field(repr=False)
    """32 bytes that never change, for `content_id`: ids of imported records outlive a rotation of the space's key."""

    def file_key(self, wrapped: str, file_id: str) -> bytes:
        """Return the file's key. Raises WrapError."""
        data = bytes_of(wrapped)
        key = next((one for one in self.seal if one.head == head_of(data)), self.seal[0])
        return key.unwrap(data, file_purpose(self.space, file_id))

    def remembering(self, before: SpaceKey | None) -> SpaceKey:
        """Return this with the keys that were known before as well: who read a wrapped key a moment ago still opens it."""
        known = {one.head for one in self.seal}
        return SpaceKey(self.space, (*self.seal, *(one for one in before.seal if one.head not in known)), self.ids) if before else self


@dataclass(frozen=True, slots=True)
class SealingKey(SpaceKey):
    """Opens files and makes keys of new ones; what it wraps must be written before `SpaceKeys.sealing` is left."""

    def new_file_key(self, file_id: str) -> tuple[bytes, str]:
        """Return a random 32-byte key for the file and the same wrapped, in base64, to be kept with the file's facts."""
        key = secrets.token_bytes(KEY_SIZE)
        return key, self.wrapped(key, file_id)

    def wrapped(self, key: bytes, file_id: str) -> str:
        """Return a file's key wrapped by the newest key of the space."""
        return text_of(self.seal[0].wrap(key, file_purpose(self.space, file_id)))


@dataclass(frozen=True, slots=True)
class Stored:
    """The key file of a space: wrapped keys, the sealing ones newest first. Version 1 had one of them, and no list."""

    space: str
    seal: tuple[bytes, ...]
    ids: bytes

    def opened(self, unwrap: Callable[[bytes, str], bytes]) -> SpaceKey:
        """Return the keys. Raises what `unwrap` raises."""
        seal = tuple(MemoryKey(unwrap(one, self.purpose("seal"))) for one in self.seal)
        return SpaceKey(self.space, seal, unwrap(self.ids, self.purpose("ids")))

    def purpose(self, part: str) -> str:
        """Return what a part is wrapped for: "seal" or "ids"."""
        return f"space {self.space} {part}"

    def text(self) -> str:
        """Return what stands in the file."""
        said = {"version": VERSION, "space": self.space, "seal": [text_of(one) for one in self.seal], "ids": text_of(self.ids)}
        return json.dumps(said) + "\n"


def stored(space: str, text: str) -> Stored:
    """Read a key file of either version. Raises WrapError."""
    try:
        said: dict[str, Any] = json.loads(text)
        seal: list[str] = [said["seal"]] if said["version"] == 1 else said["seal"]
        found = Stored(space, tuple(bytes_of(one) for one in seal), bytes_of(said["ids"]))
    except (ValueError, KeyError, TypeError) as error:
        message = "The key file of a space is damaged."
        raise WrapError(message) from error
    if not found.seal or said["version"] not in {1, VERSION}:
        message = "The key file of a space is damaged, or was written by a newer program."
        raise WrapError(message)
    return found
