"""Set-up codes of accounts, amendments of agreements, and markings that are being raised."""

from __future__ import annotations

from typing import LiteralString

STATEMENTS: tuple[LiteralString, ...] = (
    "CREATE CONSTRAINT set_up_code_id IF NOT EXISTS FOR (n:SetUpCode) REQUIRE n.id IS UNIQUE",
    "CREATE CONSTRAINT amendment_id IF NOT EXISTS FOR (n:Amendment) REQUIRE n.id IS UNIQUE",
    "CREATE CONSTRAINT raising_id IF NOT EXISTS FOR (n:Raising) REQUIRE n.id IS UNIQUE",
    "CREATE INDEX raising_source IF NOT EXISTS FOR (n:Raising) ON (n.source)",
)
