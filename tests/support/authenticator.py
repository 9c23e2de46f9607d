"""An authenticator app: what it shows of a key that it was given."""

from __future__ import annotations

import base64
from datetime import UTC, datetime
from typing import TYPE_CHECKING

from backend.auth.factors import rules

if TYPE_CHECKING:
    from backend.core.remote import Remote

BEGIN = "mutation($password: String!) { beginSecondFactor(password: $password) { secret } }"
CONFIRM = "mutation($code: String!) { confirmSecondFactor(code: $code) }"


def shown(key: str, off: int = 0) -> str:
    """The code of a key, as it is typed, at this moment, or so many steps later."""
    return rules.code_at(base64.b32decode(key), rules.step_of(datetime.now(UTC)) + off)


def set_up(remote: Remote, password: str) -> None:
    """Set a second factor up for whoever has signed in; their session goes on as a strong one."""
    key = remote.ask(BEGIN, password=password)["beginSecondFactor"]["secret"]
    remote.ask(CONFIRM, code=shown(key))
