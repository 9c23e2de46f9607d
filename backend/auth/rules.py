"""Lock-out, the life of a session, logins, passwords and set-up codes, as pure functions of stored values and the time."""

from __future__ import annotations

import base64
import hashlib
import hmac
from dataclasses import dataclass
from datetime import timedelta
from typing import TYPE_CHECKING

from backend.core.errors import Forbidden, Invalid

if TYPE_CHECKING:
    from datetime import datetime

    from backend.config import Settings
    from backend.core.actor import Actor

FREE_TRIES = 5
FIRST_PAUSE = timedelta(seconds=30)
LONGEST_PAUSE = timedelta(hours=1)
FORGIVEN_AFTER = timedelta(hours=24)
SEEN_EVERY = timedelta(minutes=1)
SHORTEST_PASSWORD, LONGEST_PASSWORD = 12, 256
LONGEST_LOGIN, AGENCY_SIGNS = 120, 6
LONGEST_TOKEN_NAME, LONGEST_TOKEN = 80, timedelta(days=90)
CODE_LETTERS, CODE_HOLDS = 24, timedelta(hours=72)


@dataclass(frozen=True, slots=True)
class Tries:
    """Failures in a row and the moment until which the account refuses, whatever is typed."""

    failures: int
    locked_until: datetime | None


def locked(tries: Tries, now: datetime) -> bool:
    """Say whether the account refuses now."""
    return tries.locked_until is not None and now < tries.locked_until


def counted(tries: Tries, now: datetime) -> Tries:
    """Count one more try as a failure, before its password is looked at; a try during a pause changes nothing.

    The fifth failure in a row pauses the account for 30 seconds, each further one for twice as long, at most an hour. Failures are
    forgiven 24 hours after the last pause ended.
    """
    if locked(tries, now):
        return tries
    forgiven = tries.locked_until is not None and now - tries.locked_until >= FORGIVEN_AFTER
    failures = 1 if forgiven else tries.failures + 1
    return Tries(failures, now + pause(failures) if failures >= FREE_TRIES else tries.locked_until)


def pause(failures: int) -> timedelta:
    """Return how long the account refuses after this many failures in a row (at least `FREE_TRIES`)."""
    doublings = min(failures - FREE_TRIES, 16)
    return min(FIRST_PAUSE * 2**doublings, LONGEST_PAUSE)


def login_of(typed: str) -> str:
    """Return a login as stored: trimmed, lower case."""
    return typed.strip().lower()


def checked_login(typed: str) -> str:
    """Return a login as stored, or raise `Invalid`."""
    login = login_of(typed)
    if not login or len(login) > LONGEST_LOGIN or any(letter.isspace() for letter in login):
        raise Invalid(f"A login has 1 to {LONGEST_LOGIN} characters and no spaces.", "login")
    return login


def login_within(typed: str, agency: str) -> str:
    """Return a login as an agency gives it: with an ending that its logins alone have, the first signs of its id."""
    login, ending = login_of(typed), "@" + agency[:AGENCY_SIGNS]
    return login if not login or login.endswith(ending) else login + ending


def check_password(password: str) -> None:
    """Pass for what may be a password, else raise `Invalid`."""
    if not SHORTEST_PASSWORD <= len(password) <= LONGEST_PASSWORD:
        raise Invalid(f"A password has {SHORTEST_PASSWORD} to {LONGEST_PASSWORD} characters.", "password")


def set_up_code(secret: bytes, issuer: str, key: str) -> str:
    """Return the code that an administrator hands to a person: 120 bits as six groups of four letters and digits.

    Worked out from the change that issues it, so that the same change sent again after a lost answer shows the same code, though only
    its hash is stored.
    """
    mac = hmac.new(secret, f"set-up code\x1f{issuer}\x1f{key}".encode(), "sha256").digest()
    letters = base64.b32encode(mac)[:CODE_LETTERS].decode()
    return "-".join(letters[at : at + 4] for at in range(0, CODE_LETTERS, 4))


def code_id(typed: str) -> str:
    """Return the hash under which a set-up code is stored; case, spaces and hyphens do not matter."""
    letters = "".join(letter for letter in typed.upper() if letter.isalnum())
    return hashlib.sha256(letters.encode()).hexdigest()


def ends_at(settings: Settings, now: datetime) -> datetime:
    """Return when a session opened now ends, however much it is used."""
    return now + timedelta(seconds=settings.session_absolute_s)


def idle_since(settings: Settings, now: datetime) -> datetime:
    """Return the moment at or before which the last use of a session makes it ended by now."""
    return now - timedelta(seconds=settings.session_idle_s)


def must_touch(seen_at: datetime, now: datetime) -> bool:
    """Say whether the use of a session is due to be written: at most once a minute."""
    return now - seen_at >= SEEN_EVERY


def cookie_name(settings: Settings, purpose: str = "joinder") -> str:
    """Return a cookie's name, by default the session's; the prefix binds it to this host and to TLS."""
    return "__Host-" + purpose if settings.secure else purpose


def token_name(typed: str) -> str:
    """Return the name of an API token as stored, or raise `Invalid`."""
    name = typed.strip()
    if not name or len(name) > LONGEST_TOKEN_NAME:
        raise Invalid(f"A token has a name of 1 to {LONGEST_TOKEN_NAME} characters, such as the script that uses it.", "name")
    return name


def token_end(wanted: datetime, now: datetime) -> datetime:
    """Return when an API token ends, or raise `Invalid`: in the future, and within 90 days."""
    if wanted.tzinfo is None or not now < wanted <= now + LONGEST_TOKEN:
        raise Invalid(f"A token ends within {LONGEST_TOKEN.days} days from now.", "endsAt")
    return wanted


def require_reach(actor: Actor | None, *, changes: bool, personal: bool = False) -> None:
    """Pass, or raise `Forbidden` for an API token that reaches further than it may.

    `changes`: the operation changes something. `personal`: only a person at a browser does it.
    """
    if actor is None or actor.writes is None:
        return
    if personal:
        raise Forbidden("An API token cannot do this. Sign in.")
    if changes and not actor.writes:
        raise Forbidden("This API token reads only.")
