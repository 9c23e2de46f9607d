"""What the server looks at in the files of exhibits by itself: whether they are as they came, and what a virus scanner says of them."""

from __future__ import annotations

from typing import LiteralString

STATEMENTS: tuple[LiteralString, ...] = (
    "CREATE INDEX exhibit_checking IF NOT EXISTS FOR (n:EvidenceItem) ON (n.checking)",
    "CREATE INDEX exhibit_scan IF NOT EXISTS FOR (n:EvidenceItem) ON (n.scan)",
)
