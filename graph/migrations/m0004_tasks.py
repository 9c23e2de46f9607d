"""Tasks of a space; orders to mark, found by their state."""

from __future__ import annotations

from typing import LiteralString

STATEMENTS: tuple[LiteralString, ...] = (
    "CREATE CONSTRAINT task_id IF NOT EXISTS FOR (n:Task) REQUIRE n.id IS UNIQUE",
    "CREATE INDEX task_space IF NOT EXISTS FOR (n:Task) ON (n.space)",
    "CREATE INDEX task_case IF NOT EXISTS FOR (n:Task) ON (n.case)",
    "CREATE INDEX raising_state IF NOT EXISTS FOR (n:Raising) ON (n.state)",
)
