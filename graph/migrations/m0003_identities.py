"""People as their agencies' identity providers know them, and the sessions opened that way."""

from __future__ import annotations

from typing import LiteralString

STATEMENTS: tuple[LiteralString, ...] = (
    "CREATE CONSTRAINT identity_id IF NOT EXISTS FOR (n:Identity) REQUIRE n.id IS UNIQUE",
    "CREATE INDEX session_issuer IF NOT EXISTS FOR (n:Session) ON (n.issuer)",
)
