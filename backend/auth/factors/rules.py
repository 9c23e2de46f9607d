"""One-time codes (RFC 6238) and recovery codes, as pure functions of secrets and the time."""

from __future__ import annotations

import base64
import hashlib
import hmac
import secrets
from typing import TYPE_CHECKING, Any
from urllib.parse import quote

import segno
from cryptography.hazmat.primitives.hashes import SHA1
from cryptography.hazmat.primitives.twofactor.hotp import HOTP

if TYPE_CHECKING:
    from collections.abc import Mapping
    from datetime import datetime

DIGITS, STEP_S, STEPS_AROUND = 6, 30, 1
"""What every authenticator app takes; a clock may be off by one step."""
SECRET_BYTES = 20
RECOVERY_CODES, RECOVERY_BYTES, FEW_CODES = 10, 15, 3


def new_secret() -> bytes:
    """Return 160 random bits, as RFC 4226 recommends."""
    return secrets.token_bytes(SECRET_BYTES)


def typed_form(secret: bytes) -> str:
    """Return a secret as a person types it into an app: base32."""
    return base64.b32encode(secret).decode()


def address(secret: bytes, login: str, service: str) -> str:
    """Return the `otpauth:` address that an app reads from a QR code. `service` tells one deployment from another."""
    label = f"{quote(service, safe='')}:{quote(login, safe='')}"
    return f"otpauth://totp/{label}?secret={typed_form(secret)}&issuer={quote(service, safe='')}&digits={DIGITS}&period={STEP_S}"


def picture(text: str) -> list[str]:
    """Return the QR code of a text, row by row; 1 is a dark square. Without the quiet zone round it."""
    return ["".join(map(str, row)) for row in segno.make_qr(text, error="m").matrix]


def code_at(secret: bytes, step: int) -> str:
    """Return the code of a time step."""
    return HOTP(secret, DIGITS, SHA1()).generate(step).decode()  # noqa: S303 - RFC 6238's HMAC-SHA-1, the one that apps know


def step_of(now: datetime) -> int:
    """Return the time step of a moment."""
    return int(now.timestamp()) // STEP_S


def matched(secret: bytes, typed: str, now: datetime, last_step: int) -> int | None:
    """Return the step whose code was typed, later than `last_step`: a code opens once. None where there is no such step."""
    code, here = "".join(typed.split()).encode(), step_of(now)
    found = None
    for step in range(here - STEPS_AROUND, here + STEPS_AROUND + 1):  # all of them, whichever matches
        if hmac.compare_digest(code_at(secret, step).encode(), code) and step > last_step:
            found = step
    return found


def new_recovery_codes() -> list[str]:
    """Return ten codes of 120 random bits, as six groups of four letters and digits: too many to guess from a plain hash."""
    letters = [base64.b32encode(secrets.token_bytes(RECOVERY_BYTES)).decode() for _ in range(RECOVERY_CODES)]
    return ["-".join(each[at : at + 4] for at in range(0, len(each), 4)) for each in letters]


def recovery_id(user: str, typed: str) -> str:
    """Return the hash under which a recovery code is stored; case, spaces and hyphens do not matter."""
    letters = "".join(letter for letter in typed.upper() if letter.isalnum())
    return hashlib.sha256(f"recovery\x1f{user}\x1f{letters}".encode()).hexdigest()


def spent(user: str, factor: Mapping[str, Any], secret: bytes, typed: str, now: datetime) -> dict[str, Any] | None:
    """Return what changes of a factor when `typed` is used, a one-time or a recovery code; None where it opens nothing."""
    step = matched(secret, typed, now, factor["last_step"])
    if step is not None:
        return {"last_step": step}
    left = [code for code in factor["codes"] if code != recovery_id(user, typed)]
    return {"codes": left} if len(left) < len(factor["codes"]) else None
