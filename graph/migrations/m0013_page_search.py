"""Exhibits that were read before their pages were searchable are read once more, at the next start of a server."""

from __future__ import annotations

from typing import LiteralString

STATEMENTS: tuple[LiteralString, ...] = ("MATCH (x:EvidenceItem {reading: 'read'}) SET x.reading = 'waiting' RETURN count(x)",)
