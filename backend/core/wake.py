"""The wake-up call from a committed change to the live hub of this process; the record itself is the event in the graph."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Callable


class Wake:
    """Calls every listener with the space that changed. A lost call costs nothing but time: the hub also looks by itself."""

    def __init__(self) -> None:
        self._listeners: list[Callable[[str], None]] = []

    def listen(self, listener: Callable[[str], None]) -> None:
        """Add a listener; it must return at once."""
        self._listeners.append(listener)

    def __call__(self, space: str) -> None:
        """Tell every listener that something changed in a space."""
        for listener in self._listeners:
            listener(space)
