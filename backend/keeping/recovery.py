"""The recovery key: whoever holds its file can restore every backup of a deployment, and nobody else can.

`joinder backup init` makes a key pair. The public half stays in the data folder and encrypts the key of each backup to it (HPKE, RFC 9180:
X25519, HKDF-SHA256, AES-256-GCM); the private half goes into a file of its own, which is taken away from the machine.
"""

from __future__ import annotations

import base64
import hashlib
import re
import secrets
from typing import TYPE_CHECKING

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.asymmetric.x25519 import X25519PrivateKey, X25519PublicKey
from cryptography.hazmat.primitives.hashes import SHA256
from cryptography.hazmat.primitives.hpke import AEAD, KDF, KEM, Suite
from cryptography.hazmat.primitives.kdf.hkdf import HKDF

from backend.storage.key_file import read_private, write_once

if TYPE_CHECKING:
    from pathlib import Path

PUBLIC_FILE = "recovery.pub"
KEY_FORM = re.compile(r"joinder-recovery-(key|public)-1 ([A-Za-z0-9+/]{43}=)\n")
SUITE = Suite(KEM.X25519, KDF.HKDF_SHA256, AEAD.AES_256_GCM)
KEY_SIZE = 32
NONE_YET = "There is no recovery key yet. Run `joinder backup init FILE` first, and take FILE away from this machine."


class KeepingError(Exception):
    """A backup or a restore cannot go on; the text says what is safe and what to do."""


def make(data: Path, private: Path) -> str:
    """Make a key pair: the public half in the data folder, the private half in `private`. Return its id. Overwrites nothing."""
    public = data / PUBLIC_FILE
    if public.exists():
        raise KeepingError(f"There is a recovery key already: {public} is its public half. Remove that file to make another one.")
    if private.exists():
        raise KeepingError(f"{private} is there already and was not touched. Name a file that is not there.")
    if not private.parent.is_dir():
        raise KeepingError(f"There is no folder {private.parent}. Make it, or name another file.")
    key = X25519PrivateKey.generate()
    data.mkdir(mode=0o700, parents=True, exist_ok=True)
    write_once(private, _text("key", key.private_bytes_raw()))
    write_once(public, _text("public", key.public_key().public_bytes_raw()))
    return id_of(key.public_key())


def id_of(key: X25519PublicKey) -> str:
    """Return what a recovery key is known by: 16 hexadecimal digits that tell nothing about it."""
    return hashlib.sha256(b"joinder recovery key 1" + key.public_bytes_raw()).hexdigest()[:16]


def public(data: Path) -> X25519PublicKey:
    """Return the public half that the deployment keeps."""
    path = data / PUBLIC_FILE
    if not path.exists():
        raise KeepingError(NONE_YET)
    return X25519PublicKey.from_public_bytes(_read(path, "public"))


def private(path: Path) -> X25519PrivateKey:
    """Return the private half in a file."""
    if not path.is_file():
        raise KeepingError(f"There is no recovery key file {path}. `joinder backup init` made it; bring it from where it is kept.")
    return X25519PrivateKey.from_private_bytes(_read(path, "key"))


def new_key() -> bytes:
    """Return a random key for one backup."""
    return secrets.token_bytes(KEY_SIZE)


def sealed(key: bytes, to: X25519PublicKey, backup: str) -> str:
    """Return the key of a backup encrypted to a recovery key, in base64."""
    return base64.b64encode(SUITE.encrypt(key, to, _info(backup))).decode()


def opened(text: str, by: X25519PrivateKey, backup: str) -> bytes:
    """Return the key of a backup."""
    try:
        return SUITE.decrypt(base64.b64decode(text, validate=True), by, _info(backup))
    except (InvalidTag, ValueError):
        raise KeepingError("The head of the backup was changed, so its key does not open. Take another copy of the backup.") from None


def part_key(key: bytes, backup: str, part: str) -> bytes:
    """Return the key of one part of a backup: each is sealed under a key of its own, as SEAL.md asks."""
    return HKDF(SHA256(), KEY_SIZE, None, f"joinder backup {backup} {part}".encode()).derive(key)


def _info(backup: str) -> bytes:
    return f"joinder backup {backup}".encode()


def _text(half: str, raw: bytes) -> str:
    return f"joinder-recovery-{half}-1 {base64.b64encode(raw).decode()}\n"


def _read(path: Path, half: str) -> bytes:
    found = KEY_FORM.fullmatch(read_private(path))
    if not found or found[1] != half:
        raise KeepingError(f"{path} does not hold the {'private' if half == 'key' else 'public'} half of a recovery key.")
    return base64.b64decode(found[2])
