"""A cookie that an answer sets: HttpOnly, for the whole site, SameSite=Strict but for the one that must come back from elsewhere."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterable


@dataclass(frozen=True, slots=True)
class Cookie:
    """`value` is None to remove the cookie. `secure`: over TLS only, and named with the `__Host-` prefix by whoever makes it.

    `lives_s` ends it after so many seconds; such a cookie is sent along when another site leads back here (SameSite=Lax).
    """

    name: str
    value: str | None
    secure: bool
    lives_s: int | None = None

    def header(self) -> str:
        """Return the value of the `Set-Cookie` header."""
        parts = [f"{self.name}={self.value or ''}", "Path=/", "HttpOnly", "SameSite=" + ("Strict" if self.lives_s is None else "Lax")]
        if self.value is None or self.lives_s is not None:
            parts.append(f"Max-Age={0 if self.value is None else self.lives_s}")
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
