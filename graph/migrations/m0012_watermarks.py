"""Which markings ask for a watermark: of those made before, none."""

from __future__ import annotations

from typing import LiteralString

STATEMENTS: tuple[LiteralString, ...] = ("MATCH (k:Marking) WHERE k.watermark IS NULL SET k.watermark = false RETURN count(k)",)
