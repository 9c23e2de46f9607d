"""Files of exhibits that came before there was a virus scanner wait for one."""

from __future__ import annotations

from typing import LiteralString

STATEMENTS: tuple[LiteralString, ...] = ("MATCH (x:EvidenceItem) WHERE x.file IS NOT NULL AND x.scan IS NULL SET x.scan = 'waiting'",)
