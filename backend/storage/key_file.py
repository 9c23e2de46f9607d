"""The key provider that needs nothing else: master keys in files of mode 0600 in the data folder. And how small secret files are kept."""

from __future__ import annotations

import base64
import os
import re
import secrets
import stat
from contextlib import suppress
from typing import TYPE_CHECKING

from backend.storage.wrapping import IN_MEMORY, MasterKeyError, MemoryKey

if TYPE_CHECKING:
    from pathlib import Path

KEY_FILE = "master.key"
KEY_FILE_FORM = re.compile(r"joinder-master-key-1 ([A-Za-z0-9+/]{43}=)\n")


class KeyFileError(MasterKeyError):
    """A key file cannot be used. The text names the file and what to do; the server does not start."""


class KeyFiles:
    """`master.key`, and after a rotation `master.<id>.key`: see `KeyProvider` in masters.py."""

    name = "file"
    form = IN_MEMORY

    def __init__(self, data: Path) -> None:
        """Keep them in `data`."""
        self._data = data

    def first(self) -> MemoryKey:
        """Return the key in `master.key`, made where there is none. Raises KeyFileError."""
        path = self._data / KEY_FILE
        if not path.exists():
            self._data.mkdir(mode=0o700, parents=True, exist_ok=True)
            write_once(path, _text(MemoryKey.new()))
        return _read(path)

    def make(self) -> MemoryKey:
        """See KeyProvider."""
        key = MemoryKey.new()
        write_once(self._named(key.head), _text(key))
        return key

    def find(self, head: bytes) -> MemoryKey:
        """See KeyProvider."""
        for path in (self._named(head), self._data / KEY_FILE):
            if path.exists() and (key := _read(path)).head == head:
                return key
        message = f"The key file {self._named(head)} is missing, and nothing else opens what it wrapped. Put it back from a backup."
        raise KeyFileError(message)

    def destroy(self, head: bytes) -> None:
        """See KeyProvider."""
        for path in (self._named(head), self._data / KEY_FILE):
            if path.exists() and _read(path).head == head:
                path.unlink()

    def tidy(self, named: set[bytes]) -> None:
        """See KeyProvider."""
        for path in self._data.glob("master.*.key"):
            if _read(path).head not in named:
                path.unlink()

    def _named(self, head: bytes) -> Path:
        return self._data / f"master.{head[1:].hex()}.key"


def _text(key: MemoryKey) -> str:
    return f"joinder-master-key-1 {base64.b64encode(key.bare).decode()}\n"


def _read(path: Path) -> MemoryKey:
    found = KEY_FILE_FORM.fullmatch(read_private(path))
    if not found:
        message = f"The key file {path} is damaged. Put it back from a backup."
        raise KeyFileError(message)
    return MemoryKey(base64.b64decode(found[1]))


def write_once(path: Path, text: str) -> None:
    """Write a file of mode 0600 that is durable and whole or not there; the first of two writers wins."""
    part = _part(path, text)
    try:
        with suppress(FileExistsError):
            path.hardlink_to(part)
    finally:
        part.unlink()
    _sync(path.parent)


def replace(path: Path, text: str) -> None:
    """Write a file of mode 0600 in the place of another: whoever reads finds the old one or the new one, whole."""
    _part(path, text).replace(path)
    _sync(path.parent)


def _part(path: Path, text: str) -> Path:
    part = path.with_name(f".{path.name}.{secrets.token_hex(4)}.part")
    handle = os.open(part, os.O_WRONLY | os.O_CREAT | os.O_EXCL | os.O_CLOEXEC, 0o600)
    with os.fdopen(handle, "w") as file:
        file.write(text)
        file.flush()
        os.fsync(file)
    return part


def _sync(folder: Path) -> None:
    handle = os.open(folder, os.O_RDONLY | os.O_DIRECTORY)
    try:
        os.fsync(handle)
    finally:
        os.close(handle)


def read_private(path: Path, most: int = 4096) -> str:
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
        return os.read(handle, most).decode(errors="replace")
    finally:
        os.close(handle)
