"""Who asks."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Actor:
    """A signed-in person and the session they act in. `session` is the stored (hashed) id of the session."""

    user: str
    name: str
    agency: str
    session: str
    administrator: bool = False
    writes: bool | None = None
    """None for a person at a browser; for an API token whether it may change content."""
    strong_at: str = ""
    """When this session was opened by a strong sign-in, ISO 8601 UTC as stored; empty where it was not."""

    @property
    def strong(self) -> bool:
        """Whether the session was opened by a strong sign-in, however long ago."""
        return bool(self.strong_at)
