"""GraphQL: what the server found in the file of an exhibit, as types."""

from __future__ import annotations

from datetime import datetime
from typing import Any

import strawberry

from backend.core.graphql import when
from backend.evidence.rules import Check, Scan

strawberry.enum(Check, name="IntegrityCheckState", description="What came of the last check of an exhibit's hash.")
strawberry.enum(Scan, name="VirusScanState", description="Whether a file was scanned for viruses.")


@strawberry.type(description="The last check of the hash of an exhibit's file.")
class IntegrityCheck:
    """What came of it."""

    state: Check = strawberry.field(description="None, waiting, sound, altered, or failed: then nothing was checked.")
    at: datetime | None = strawberry.field(description="When the file was last read in full and its hash held against the recorded one.")


@strawberry.type(description="What a virus scanner said of a file.")
class VirusScan:
    """Never clean unless the scanner saw all of it."""

    state: Scan = strawberry.field(description="Not configured, waiting, clean, infected, or failed: then it is scanned again.")
    found: str = strawberry.field(description="The name of what was found; such a file is neither shown nor copied.")
    problem: str = strawberry.field(description="Why it was not scanned, in words.")
    at: datetime | None = strawberry.field(description="When the scanner was asked last.")


def check_of(row: dict[str, Any]) -> IntegrityCheck:
    """Dress what the last check found."""
    return IntegrityCheck(state=Check(row.get("checking", "none")), at=when(row["checked_at"]) if row.get("checked_at") else None)


def scan_of(row: dict[str, Any]) -> VirusScan:
    """Dress what the scanner said; where none is configured, a file that waits for one says so."""
    state = Scan(row.get("scan", "waiting"))
    if state in {Scan.WAITING, Scan.FAILED} and not row["scanned_here"]:
        return VirusScan(state=Scan.NOT_CONFIGURED, found="", problem="", at=None)
    at = when(row["scanned_at"]) if row.get("scanned_at") else None
    return VirusScan(state=state, found=row.get("scan_found", ""), problem=row.get("scan_problem", ""), at=at)
