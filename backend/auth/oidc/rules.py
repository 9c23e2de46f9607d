"""One attempt to sign in at an agency's provider: what the browser keeps of it, sealed, until it comes back."""

from __future__ import annotations

import base64
import binascii
import os
import secrets
from dataclasses import asdict, dataclass

import orjson
from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers.aead import AESGCM
from cryptography.hazmat.primitives.hashes import SHA256
from cryptography.hazmat.primitives.kdf.hkdf import HKDF

LIVES_S = 600
SKEW_S = 60
NONCE = 12


@dataclass(frozen=True, slots=True)
class Attempt:
    """`code` is a set-up code where an account opens by this sign-in; `until` is in seconds since 1970.

    `session` is the one of the browser that began, since its cookie does not come back with somebody from another site. Where `strong`,
    only a strong sign-in made since then will do, and where the session was `user`'s, only theirs.
    """

    slug: str
    state: str
    nonce: str
    verifier: str
    until: int
    code: str = ""
    session: str = ""
    user: str = ""
    strong: bool = False

    @property
    def begun_s(self) -> int:
        """When it was begun, in seconds since 1970."""
        return self.until - LIVES_S


def begin(slug: str, now_s: int, code: str = "", *, session: str = "", user: str = "", strong: bool = False) -> Attempt:
    """Return a new attempt with secrets of its own."""
    own = (secrets.token_urlsafe(24), secrets.token_urlsafe(24), secrets.token_urlsafe(48))
    return Attempt(slug, *own, now_s + LIVES_S, code, session, user, strong)


def made_since(attempt: Attempt, auth_time: int | None) -> bool:
    """Say whether a sign-in at the provider was made after the attempt began, as was asked for; a clock may be off by a minute."""
    return auth_time is not None and auth_time >= attempt.begun_s - SKEW_S


def seal(secret: bytes, attempt: Attempt) -> str:
    """Return the attempt as the value of a cookie that only this deployment reads."""
    nonce = os.urandom(NONCE)
    return base64.urlsafe_b64encode(nonce + _key(secret).encrypt(nonce, orjson.dumps(asdict(attempt)), None)).decode().rstrip("=")


def unseal(secret: bytes, text: str, now_s: int) -> Attempt | None:
    """Return what was sealed; None for anything else and for what is over."""
    try:
        raw = base64.urlsafe_b64decode(text + "=" * (-len(text) % 4))
        attempt = Attempt(**orjson.loads(_key(secret).decrypt(raw[:NONCE], raw[NONCE:], None)))
    except (binascii.Error, ValueError, InvalidTag, TypeError):
        return None
    return attempt if now_s < attempt.until else None


def _key(secret: bytes) -> AESGCM:
    return AESGCM(HKDF(SHA256(), 32, None, b"joinder sign-in attempt\n").derive(secret))
