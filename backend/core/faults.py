"""The one place that turns any exception into what a client is told: GraphQL extensions, HTTP status or a websocket close code."""

from __future__ import annotations

import secrets
from dataclasses import dataclass

from backend.core.errors import Conflict, Crowded, Invalid, JoinderError, Restarting, TookTooLong, Unauthenticated
from graph.access import TooManyClasses
from graph.driver import DuplicateKey, GraphUnavailable, TimedOut

ALPHABET = "23456789ABCDEFGHJKMNPQRSTVWXYZ"
UNKNOWN = "Something went wrong. Your text is still here. Try again, or give your administrator this code: "


@dataclass(frozen=True, slots=True)
class Fault:
    """`known` is False for an error that nobody expected: it is logged, and told by its correlation code alone."""

    status: int
    code: str
    message: str
    field: str | None
    correlation: str | None
    known: bool

    def json(self) -> dict[str, object]:
        """Return `{code, message, field?, correlation?}`, the body of an HTTP answer."""
        return {"code": self.code, "message": self.message, **self.extras()}

    def extensions(self) -> dict[str, object]:
        """Return `{code, field?, correlation?}`, the extensions of a GraphQL error."""
        return {"code": self.code, **self.extras()}

    def extras(self) -> dict[str, object]:
        """Return `{field?, correlation?}`."""
        said = {"field": self.field, "correlation": self.correlation}
        return {name: value for name, value in said.items() if value is not None}

    @property
    def close_code(self) -> int:
        """The close code of a websocket that ends with this error."""
        if self.code == Unauthenticated.code:
            return 4401
        return {400: 4400, 403: 4403, 404: 4403, 413: 4400, 503: 1012}.get(self.status, 1011)


def new_correlation() -> str:
    """Return a code that a person can read over the telephone, such as `7F3K-20`."""
    letters = [secrets.choice(ALPHABET) for _ in range(6)]
    return "".join(letters[:4]) + "-" + "".join(letters[4:])


def fault(error: BaseException, correlation: str) -> Fault:
    """Say what the client is told about `error`; nothing of an unexpected one but the correlation code."""
    if isinstance(error, GraphUnavailable):
        error = Restarting()
    elif isinstance(error, DuplicateKey):
        error = Conflict()
    elif isinstance(error, TimedOut):
        error = TookTooLong()
    elif isinstance(error, TooManyClasses):
        error = Crowded()
    if isinstance(error, JoinderError):
        field = error.field if isinstance(error, Invalid) else None
        return Fault(error.status, error.code, error.message, field, None, known=True)
    return Fault(500, JoinderError.code, UNKNOWN + correlation + ".", None, correlation, known=False)
