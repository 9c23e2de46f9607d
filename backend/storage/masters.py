"""The master keys of a deployment: which one wraps now, and which ones a rotation has not done with yet.

`keys/MASTER.json` says it once a master key was rotated, moved or made in a token: {version: 1, current: {provider, id}, retiring: […]}.
Without that file it is the one in `master.key`.
"""

from __future__ import annotations

import json
from contextlib import contextmanager
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, Protocol, Self

from backend.storage import key_file
from backend.storage.key_file import KEY_FILE, KeyFileError, KeyFiles
from backend.storage.lease import leased
from backend.storage.pkcs11 import Token
from backend.storage.wrapping import DAMAGED, IN_TOKEN, MasterKeyError, WrapError, WrappingKey, head_of

if TYPE_CHECKING:
    from collections.abc import Generator, Mapping
    from pathlib import Path

    from backend.config import TokenSettings

STATE_FILE = "MASTER.json"
UNNAMED = "The master key lies in a token that no setting names. Set JOINDER_PKCS11_MODULE and its three companions, and start again."


class KeyProvider(Protocol):
    """Where master keys lie. May block: call it in a thread. Each method raises MasterKeyError."""

    @property
    def name(self) -> str:
        """What `joinder keys move --to` calls it."""
        ...

    @property
    def form(self) -> bytes:
        """The first byte of what its keys wrap."""
        ...

    def make(self) -> WrappingKey:
        """Make a new key, durable before it is returned."""
        ...

    def find(self, head: bytes) -> WrappingKey:
        """Return a key by the head of what it wraps; look again, where it was not there before."""
        ...

    def destroy(self, head: bytes) -> None:
        """Remove a key that nothing needs any more; one that is gone already is no error."""
        ...

    def tidy(self, named: set[bytes]) -> None:
        """Remove what a rotation that was killed made and never named."""
        ...


@dataclass(frozen=True, slots=True)
class State:
    """Which master key wraps now, and which are still needed, by their heads."""

    current: bytes
    retiring: tuple[bytes, ...] = ()


class Masters:
    """Wraps under the current master key, and opens what any of them wrapped. Made by `open`; may block."""

    def __init__(self, keys: Path, providers: Mapping[bytes, KeyProvider], first: bytes | None) -> None:
        """Take the key folder, the providers by their forms, and the key that wraps as long as no state is written."""
        self.keys = keys
        self._providers = providers
        self._first = first
        self._known: dict[bytes, WrappingKey] = {}

    @classmethod
    def open(cls, data: Path, settings: TokenSettings | None) -> Self:
        """Open the current master key of a data folder; the first start makes it, in the token if one is named. Raises MasterKeyError."""
        keys, files = data / "keys", KeyFiles(data)
        providers: dict[bytes, KeyProvider] = {files.form: files}
        if settings:
            providers[IN_TOKEN] = Token(settings)
        first = None
        if not (keys / STATE_FILE).exists():
            if settings and not (data / KEY_FILE).exists() and not any(keys.glob("*.json")):
                keys.mkdir(mode=0o700, parents=True, exist_ok=True)
                key_file.write_once(keys / STATE_FILE, _text(State(providers[IN_TOKEN].make().head)))
            else:
                first = _first(data, files).head
        masters = cls(keys, providers, first)
        masters.key(masters.state().current)
        return masters

    def state(self) -> State:
        """Read which keys there are."""
        path = self.keys / STATE_FILE
        try:
            said: dict[str, Any] = json.loads(path.read_text())
            found = State(_head(said["current"]), tuple(_head(one) for one in said["retiring"]))
        except FileNotFoundError:
            if self._first is not None:
                return State(self._first)
            message = f"{path} is missing; it says which master key wraps. Put it back from a backup."
        except (ValueError, KeyError, TypeError):
            message = f"{path} is damaged; it says which master key wraps. Put it back from a backup."
        else:
            self._first = None  # where the file goes missing later, nobody wraps by a key that was destroyed long ago
            return found
        raise MasterKeyError(message)

    def write(self, state: State) -> None:
        """Write which keys there are, durably."""
        self.keys.mkdir(mode=0o700, parents=True, exist_ok=True)
        key_file.replace(self.keys / STATE_FILE, _text(state))

    def provider(self, head: bytes) -> KeyProvider:
        """Return where a key lies. Raises MasterKeyError for a token that no setting names."""
        if head[:1] not in self._providers:
            raise MasterKeyError(UNNAMED)
        return self._providers[head[:1]]

    def named(self, name: str) -> KeyProvider:
        """Return a provider by its name. Raises MasterKeyError."""
        found = next((one for one in self._providers.values() if one.name == name), None)
        if found is None:
            message = "No setting names a token. Set JOINDER_PKCS11_MODULE and its three companions, start the server again, then move."
            raise MasterKeyError(message)
        return found

    def key(self, head: bytes) -> WrappingKey:
        """Return a master key by the head of what it wraps. Raises MasterKeyError where it is not there."""
        if head not in self._known:
            self._known[head] = self.provider(head).find(head)
        return self._known[head]

    @contextmanager
    def leased(self) -> Generator[WrappingKey]:
        """Hold the current master key: until the block is left no rotation destroys it, and what it wrapped can be written."""
        with leased(self.keys, lambda: self.state().current) as head:
            yield self.key(head)

    def unwrap(self, wrapped: bytes, purpose: str) -> bytes:
        """Return what any master key wrapped. Raises WrapError, and MasterKeyError where a token does not answer."""
        head = head_of(wrapped)
        if head[:1] not in {*self._providers, IN_TOKEN}:
            raise WrapError(DAMAGED)
        try:
            key = self.key(head)
        except KeyFileError as error:
            message = "This key was wrapped by another key."
            raise WrapError(message) from error
        return key.unwrap(wrapped, purpose)


def _first(data: Path, files: KeyFiles) -> WrappingKey:
    path, keys = data / KEY_FILE, data / "keys"
    if not path.exists() and any(keys.glob("*.json")):
        message = f"The key file {path} is missing, and nothing else opens the space keys in {keys}. Put it back from a backup."
        raise KeyFileError(message)
    return files.first()


def _text(state: State) -> str:
    said = {"version": 1, "current": _said(state.current), "retiring": [_said(one) for one in state.retiring]}
    return json.dumps(said) + "\n"


def _said(head: bytes) -> dict[str, str]:
    return {"provider": "pkcs11" if head[:1] == IN_TOKEN else "file", "id": head[1:].hex()}


def _head(said: dict[str, str]) -> bytes:
    return {"file": KeyFiles.form, "pkcs11": IN_TOKEN}[said["provider"]] + bytes.fromhex(said["id"])
