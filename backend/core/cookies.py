"""A cookie that an answer sets. Always HttpOnly, SameSite=Strict and for the whole site; nothing else is ever set."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterable


@dataclass(frozen=True, slots=True)
class Cookie:
    """`value` is None to remove the cookie. `secure`: over TLS only, and named with the `__Host-` prefix by whoever makes it."""

    name: str
    value: str | None
    secure: bool

    def header(self) -> str:
        """Return the value of the `Set-Cookie` header."""
        parts = [f"{self.name}={self.value or ''}", "Path=/", "HttpOnly", "SameSite=Strict"]
        if self.value is None:
            parts.append("Max-Age=0")
        if self.secure:
            parts.append("Secure")
        return "; ".join(parts)


def read(headers: Iterable[tuple[bytes, bytes]], name: str) -> str | None:
    """Return the value of one cookie from ASGI headers; None where it is missing or sent twice (somebody planted one)."""
    found: set[str] = set()
    for header, line in headers:
        if header == b"cookie":
            pairs = (pair.strip().partition("=") for pair in line.decode("latin-1").split(";"))
            found.update(value for key, _, value in pairs if key == name)
    return found.pop() if len(found) == 1 else None
