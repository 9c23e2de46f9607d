"""Keys: a master key opens the key of each space, a space's key opens the key of each of its files.

    master key   32 random bytes in a file of mode 0600 (a token or key service later: `KeyProvider`)
      wraps      space keys, one file each in the folder `keys/`
        wrap     file keys, kept by the caller beside what it knows of the file (never in the sealed file)

Wrapping is AES-256-GCM with a random nonce; what the key is for is its associated data, so a wrapped key moved to another space
or file does not open. A wrapped key is version (1) ‖ id of the wrapping key (8) ‖ nonce (12) ‖ ciphertext ‖ tag (16); its key id
leaves room for rotation.

**A lost space key is a lost space**: nothing here or elsewhere opens its files again. So is a lost master key, for every space.
Back up the key file and `keys/`, apart from the objects.
"""

import asyncio
import base64
import json
import os
import re
import secrets
import stat
from contextlib import suppress
from dataclasses import dataclass, field
from pathlib import Path
from typing import Protocol, Self, cast

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives import hashes, hmac
from cryptography.hazmat.primitives.ciphers.aead import AESGCM

KEY_SIZE = 32
KEY_ID_SIZE = 8
NONCE_SIZE = 12
WRAP_VERSION = b"\x01"
SPACE_FORM = re.compile(r"[0-9a-z][0-9a-z-]{0,63}")
KEY_FILE_FORM = re.compile(r"joinder-master-key-1 ([A-Za-z0-9+/]{43}=)\n")


class KeyFileError(Exception):
    """The master key file cannot be used. The text names the file and what to do; the server does not start."""


class WrapError(Exception):
    """A wrapped key was changed, or was wrapped by another key or for another purpose."""


class SpaceKeyLostError(Exception):
    """The key of a space is not there or does not open: its files cannot be read by anybody."""


class KeyProvider(Protocol):
    """Wraps keys under a master key that never leaves it. May block: call it in a thread."""

    @property
    def key_id(self) -> str:
        """A name for the master key that tells nothing about it, 16 hexadecimal digits."""
        ...

    def wrap(self, key: bytes, purpose: str) -> bytes:
        """Return `key` wrapped for `purpose`."""
        ...

    def unwrap(self, wrapped: bytes, purpose: str) -> bytes:
        """Return the key. Raises WrapError."""
        ...


@dataclass(frozen=True, slots=True)
class WrappingKey:
    """An AES-256 key in memory that wraps other keys. Its `repr` shows nothing of it."""

    _key: bytes = field(repr=False)

    @property
    def key_id(self) -> str:
        """See KeyProvider: HMAC-SHA256 of a fixed text under the key, cut to 8 bytes."""
        mac = hmac.HMAC(self._key, hashes.SHA256())
        mac.update(b"joinder key id 1")
        return mac.finalize()[:KEY_ID_SIZE].hex()

    def wrap(self, key: bytes, purpose: str) -> bytes:
        """See KeyProvider."""
        head = WRAP_VERSION + bytes.fromhex(self.key_id)
        nonce = secrets.token_bytes(NONCE_SIZE)
        return head + nonce + AESGCM(self._key).encrypt(nonce, key, head + purpose.encode())

    def unwrap(self, wrapped: bytes, purpose: str) -> bytes:
        """See KeyProvider."""
        head, rest = wrapped[: 1 + KEY_ID_SIZE], wrapped[1 + KEY_ID_SIZE :]
        if head != WRAP_VERSION + bytes.fromhex(self.key_id):
            message = "This key was wrapped by another key."
            raise WrapError(message)
        try:
            return AESGCM(self._key).decrypt(rest[:NONCE_SIZE], rest[NONCE_SIZE:], head + purpose.encode())
        except (InvalidTag, ValueError):
            message = "A wrapped key was changed or belongs to something else."
            raise WrapError(message) from None


@dataclass(frozen=True, slots=True)
class SpaceKey:
    """What opens the files of one space."""

    space: str
    _key: WrappingKey
    ids: bytes = field(repr=False)
    """32 bytes that never change, for `content_id`: ids of imported records outlive a rotation of the space's key."""

    def new_file_key(self, file_id: str) -> tuple[bytes, str]:
        """Return a random 32-byte key for the file and the same wrapped, in base64, to be kept with the file's facts."""
        key = secrets.token_bytes(KEY_SIZE)
        return key, base64.b64encode(self._key.wrap(key, self._purpose(file_id))).decode()

    def file_key(self, wrapped: str, file_id: str) -> bytes:
        """Return the file's key. Raises WrapError."""
        try:
            return self._key.unwrap(base64.b64decode(wrapped, validate=True), self._purpose(file_id))
        except ValueError:
            message = "A wrapped key was changed."
            raise WrapError(message) from None

    def _purpose(self, file_id: str) -> str:
        return f"file {self.space} {file_id}"


class SpaceKeys:
    """The keys of all spaces of one deployment. Made by `open`."""

    def __init__(self, folder: Path, provider: KeyProvider) -> None:
        """Keep wrapped space keys in `folder`; `open` makes it from a data folder."""
        self._folder = folder
        self._provider = provider
        self._known: dict[str, SpaceKey] = {}

    @classmethod
    async def open(cls, data: Path) -> Self:
        """Use `data/master.key` (made when there are no space keys yet) and `data/keys/`. Raises KeyFileError."""
        path, folder = data / "master.key", data / "keys"
        return cls(folder, await asyncio.to_thread(open_key_file, path, folder))

    async def create(self, space: str) -> SpaceKey:
        """Make the key of a new space durably and return it; the same again when the space has one."""
        await asyncio.to_thread(self._make, space)
        return await self.of(space)

    async def of(self, space: str) -> SpaceKey:
        """Return the key of `space`. Raises SpaceKeyLostError: it is never made anew where one should be."""
        if space not in self._known:
            self._known[space] = await asyncio.to_thread(self._read, space)
        return self._known[space]

    def wrap(self, secret: bytes, purpose: str) -> bytes:
        """Return a secret that belongs to no space, wrapped under the master key. May block: call it in a thread."""
        return self._provider.wrap(secret, purpose)

    def unwrap(self, wrapped: bytes, purpose: str) -> bytes:
        """Return such a secret. Raises WrapError."""
        return self._provider.unwrap(wrapped, purpose)

    def _path(self, space: str) -> Path:
        if not SPACE_FORM.fullmatch(space):
            message = "This is not the id of a space."
            raise ValueError(message)
        return self._folder / f"{space}.json"

    def _make(self, space: str) -> None:
        path = self._path(space)
        if path.exists():
            return
        parts = {part: self._provider.wrap(secrets.token_bytes(KEY_SIZE), f"space {space} {part}") for part in ("seal", "ids")}
        text = json.dumps({"version": 1, "space": space} | {part: base64.b64encode(key).decode() for part, key in parts.items()})
        self._folder.mkdir(mode=0o700, parents=True, exist_ok=True)
        write_once(path, text + "\n")

    def _read(self, space: str) -> SpaceKey:
        lost = f"The key of space {space} ({self._path(space).name} in the key folder) is lost, and with it the space's files: "
        try:
            stored = cast("dict[str, str]", json.loads(self._path(space).read_text()))
            seal, ids = (self._provider.unwrap(base64.b64decode(stored[part]), f"space {space} {part}") for part in ("seal", "ids"))
        except FileNotFoundError:
            raise SpaceKeyLostError(lost + "the file is not there. Put it back from a backup.") from None
        except (WrapError, ValueError, KeyError, TypeError) as error:
            raise SpaceKeyLostError(lost + "it does not open. Put it back from a backup, with the key file it was made with.") from error
        return SpaceKey(space, WrappingKey(seal), ids)


def open_key_file(path: Path, keys: Path) -> WrappingKey:
    """Return the master key in `path`, made at first start: that is, while the folder `keys` holds no wrapped key.

    Raises KeyFileError when the file is missing later, readable by others, damaged or not a plain file.
    """
    if not path.exists():
        if any(keys.glob("*.json")):
            message = f"The key file {path} is missing, and nothing else opens the space keys in {keys}. Put it back from a backup."
            raise KeyFileError(message)
        path.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
        write_once(path, f"joinder-master-key-1 {base64.b64encode(secrets.token_bytes(KEY_SIZE)).decode()}\n")
    found = KEY_FILE_FORM.fullmatch(read_private(path))
    if not found:
        message = f"The key file {path} is damaged. Put it back from a backup."
        raise KeyFileError(message)
    return WrappingKey(base64.b64decode(found[1]))


def write_once(path: Path, text: str) -> None:
    """Write a file of mode 0600 that is durable and whole or not there; the first of two writers wins."""
    part = path.with_name(f".{path.name}.{secrets.token_hex(4)}.part")
    handle = os.open(part, os.O_WRONLY | os.O_CREAT | os.O_EXCL | os.O_CLOEXEC, 0o600)
    try:
        with os.fdopen(handle, "w") as file:
            file.write(text)
            file.flush()
            os.fsync(file)
        with suppress(FileExistsError):
            path.hardlink_to(part)
    finally:
        part.unlink()
    folder = os.open(path.parent, os.O_RDONLY | os.O_DIRECTORY)
    try:
        os.fsync(folder)
    finally:
        os.close(folder)


def read_private(path: Path) -> str:
    """Return a short text that nobody but the owner of this process may read. Raises KeyFileError where others may, naming the file."""
    try:
        handle = os.open(path, os.O_RDONLY | os.O_NOFOLLOW | os.O_CLOEXEC)
    except OSError as error:
        message = f"The key file {path} cannot be opened: {error.strerror}."
        raise KeyFileError(message) from error
    try:
        found = os.fstat(handle)
        if not stat.S_ISREG(found.st_mode) or found.st_mode & 0o077:
            message = f"The key file {path} can be read by others. Run: chmod 600 {path}"
            raise KeyFileError(message)
        return os.read(handle, 4096).decode(errors="replace")
    finally:
        os.close(handle)
