"""Second factors of local accounts, one for each person."""

from __future__ import annotations

from typing import LiteralString

STATEMENTS: tuple[LiteralString, ...] = ("CREATE CONSTRAINT second_factor_id IF NOT EXISTS FOR (n:SecondFactor) REQUIRE n.id IS UNIQUE",)
