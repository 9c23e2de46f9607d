"""GraphQL: what the server found in the file of an exhibit, as types."""

from __future__ import annotations

from datetime import datetime
from typing import Any

import strawberry

from backend.core.graphql import when
from backend.evidence.rules import Check

strawberry.enum(Check, name="IntegrityCheckState", description="What came of the last check of an exhibit's hash.")


@strawberry.type(description="The last check of the hash of an exhibit's file.")
class IntegrityCheck:
    """What came of it."""

    state: Check = strawberry.field(description="None, waiting, sound, altered, or failed: then nothing was checked.")
    at: datetime | None = strawberry.field(description="When the file was last read in full and its hash held against the recorded one.")


def check_of(row: dict[str, Any]) -> IntegrityCheck:
    """Dress what the last check found."""
    return IntegrityCheck(state=Check(row.get("checking", "none")), at=when(row["checked_at"]) if row.get("checked_at") else None)
