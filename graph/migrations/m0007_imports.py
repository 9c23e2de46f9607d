"""Saved mappings of imports; imports found by their state."""

from __future__ import annotations

from typing import LiteralString

STATEMENTS: tuple[LiteralString, ...] = (
    "CREATE CONSTRAINT import_mapping_id IF NOT EXISTS FOR (n:ImportMapping) REQUIRE n.id IS UNIQUE",
    "CREATE INDEX import_mapping_space IF NOT EXISTS FOR (n:ImportMapping) ON (n.space)",
    "CREATE INDEX import_mapping_import IF NOT EXISTS FOR (n:ImportMapping) ON (n.import)",
    "CREATE INDEX import_state IF NOT EXISTS FOR (n:Import) ON (n.state)",
)
