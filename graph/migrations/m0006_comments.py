"""Comments on tasks, and mentions found by the person mentioned."""

from __future__ import annotations

from typing import LiteralString

STATEMENTS: tuple[LiteralString, ...] = (
    "CREATE CONSTRAINT comment_id IF NOT EXISTS FOR (n:Comment) REQUIRE n.id IS UNIQUE",
    "CREATE CONSTRAINT mention_id IF NOT EXISTS FOR (n:Mention) REQUIRE n.id IS UNIQUE",
    "CREATE INDEX comment_task IF NOT EXISTS FOR (n:Comment) ON (n.task)",
    "CREATE INDEX mention_person IF NOT EXISTS FOR (n:Mention) ON (n.person)",
)
