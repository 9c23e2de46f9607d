"""Wrapping: a key kept outside the memory of a process is kept wrapped by another key, for one purpose. The forms stand in SEAL.md."""

from __future__ import annotations

import base64
import secrets
from dataclasses import dataclass, field
from typing import Protocol

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives import hashes, hmac
from cryptography.hazmat.primitives.ciphers.aead import AESGCM

KEY_SIZE = 32
KEY_ID_SIZE = 8
NONCE_SIZE = 12
IN_MEMORY, IN_TOKEN = b"\x01", b"\x02"
"""The first byte of a wrapped key: what wrapped it."""
DAMAGED = "A wrapped key was changed or belongs to something else."


class WrapError(Exception):
    """A wrapped key was changed, or was wrapped by another key or for another purpose."""


class MasterKeyError(Exception):
    """A master key cannot be used. The text names it and says what to do; the server does not start."""


class WrappingKey(Protocol):
    """Wraps other keys. May block: call it in a thread, but for a `MemoryKey`."""

    @property
    def head(self) -> bytes:
        """The first 9 bytes of all that it wraps: the form (1) and its id (8), which tells nothing about it."""
        ...

    def wrap(self, key: bytes, purpose: str) -> bytes:
        """Return `key` wrapped for `purpose`."""
        ...

    def unwrap(self, wrapped: bytes, purpose: str) -> bytes:
        """Return the key. Raises WrapError."""
        ...


@dataclass(frozen=True, slots=True)
class MemoryKey:
    """An AES-256 key in memory that wraps other keys. Its `repr` shows nothing of it."""

    _key: bytes = field(repr=False)

    @classmethod
    def new(cls) -> MemoryKey:
        """Return a random one."""
        return cls(secrets.token_bytes(KEY_SIZE))

    @property
    def head(self) -> bytes:
        """See WrappingKey: the id is HMAC-SHA256 of a fixed text under the key, cut to 8 bytes."""
        mac = hmac.HMAC(self._key, hashes.SHA256())
        mac.update(b"joinder key id 1")
        return IN_MEMORY + mac.finalize()[:KEY_ID_SIZE]

    @property
    def bare(self) -> bytes:
        """The 32 bytes themselves, to be wrapped or written to a key file."""
        return self._key

    def wrap(self, key: bytes, purpose: str) -> bytes:
        """See WrappingKey."""
        nonce, head = secrets.token_bytes(NONCE_SIZE), self.head
        return head + nonce + AESGCM(self._key).encrypt(nonce, key, head + purpose.encode())

    def unwrap(self, wrapped: bytes, purpose: str) -> bytes:
        """See WrappingKey."""
        head, rest = head_of(wrapped), wrapped[1 + KEY_ID_SIZE :]
        if head != self.head:
            message = "This key was wrapped by another key."
            raise WrapError(message)
        try:
            return AESGCM(self._key).decrypt(rest[:NONCE_SIZE], rest[NONCE_SIZE:], head + purpose.encode())
        except (InvalidTag, ValueError):
            raise WrapError(DAMAGED) from None


def file_purpose(space: str, file_id: str) -> str:
    """Return what the key of a file is wrapped for."""
    return f"file {space} {file_id}"


def factor_purpose(user: str) -> str:
    """Return what the secret of a person's second factor is wrapped for."""
    return f"second factor {user}"


def head_of(wrapped: bytes) -> bytes:
    """Return the form and id of what wrapped a key, 9 bytes; fewer where it is no wrapped key."""
    return wrapped[: 1 + KEY_ID_SIZE]


def text_of(wrapped: bytes) -> str:
    """Return a wrapped key as it is stored, in base64. Its first 12 letters are its head's, since 9 bytes are 12 letters."""
    return base64.b64encode(wrapped).decode()


def bytes_of(text: str) -> bytes:
    """Return a wrapped key from its base64. Raises WrapError."""
    try:
        return base64.b64decode(text, validate=True)
    except ValueError:
        raise WrapError(DAMAGED) from None
