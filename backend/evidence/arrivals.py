"""What begins behind the arrival of a file: its pages are read, it is scanned for viruses."""

from __future__ import annotations

from typing import TYPE_CHECKING

from backend.evidence import pages, scans

if TYPE_CHECKING:
    from backend.core.context import Parts


def arrived(parts: Parts, exhibit: str) -> None:
    """Begin all of it."""
    scans.arrived(parts, exhibit)
    pages.arrived(parts, exhibit)
