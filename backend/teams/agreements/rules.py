"""What an agreement may be and how it moves: draft → in force ⇄ suspended, and to ended, which is final."""

from __future__ import annotations

from dataclasses import dataclass
from enum import Enum, StrEnum
from typing import TYPE_CHECKING, Any

from backend.agencies import rules as agency_rules
from backend.core.errors import Invalid
from graph.records import stamp

if TYPE_CHECKING:
    from collections.abc import Iterable
    from datetime import datetime

LONGEST_PURPOSE, LONGEST_REASON, MOST_PARTIES = 2_000, 500, 40


class AgreementState(StrEnum):
    """State of an agreement; nothing opens without one in force."""

    DRAFT = "draft"
    IN_FORCE = "in_force"
    SUSPENDED = "suspended"
    ENDED = "ended"


class Mover(Enum):
    """Who moves an agreement: a lead in good standing, or an administrator of the deployment."""

    LEAD = "lead"
    ADMINISTRATOR = "administrator"


_BOTH = frozenset(Mover)
_ADMINISTRATOR = frozenset({Mover.ADMINISTRATOR})
MOVES: dict[tuple[AgreementState, AgreementState], frozenset[Mover]] = {
    (AgreementState.DRAFT, AgreementState.IN_FORCE): _ADMINISTRATOR,
    (AgreementState.IN_FORCE, AgreementState.SUSPENDED): _BOTH,
    (AgreementState.SUSPENDED, AgreementState.IN_FORCE): _ADMINISTRATOR,
    (AgreementState.IN_FORCE, AgreementState.ENDED): _BOTH,
    (AgreementState.SUSPENDED, AgreementState.ENDED): _ADMINISTRATOR,
    (AgreementState.DRAFT, AgreementState.ENDED): _ADMINISTRATOR,
}
VERBS = {
    (AgreementState.DRAFT, AgreementState.IN_FORCE): "opened",
    (AgreementState.SUSPENDED, AgreementState.IN_FORCE): "resumed",
}


def verb(before: AgreementState, after: AgreementState) -> str:
    """Return what the activity calls a move."""
    return VERBS.get((before, after), after.value)


@dataclass(frozen=True, slots=True)
class Terms:
    """What an agreement says, as a person enters it."""

    purpose: str
    parties: list[str]
    valid_from: datetime
    valid_to: datetime

    def stored(self) -> dict[str, Any]:
        """Return what is stored of it, or raise `Invalid` with the field that is wrong."""
        if not self.purpose.strip() or len(self.purpose) > LONGEST_PURPOSE:
            raise Invalid(f"Say what the team is for, in at most {LONGEST_PURPOSE} characters.", "purpose")
        if self.valid_from.tzinfo is None or self.valid_to.tzinfo is None:
            raise Invalid("Give the dates with their time zone.", "validFrom")
        if self.valid_to <= self.valid_from:
            raise Invalid("The agreement would end before it begins.", "validTo")
        return {
            "purpose": self.purpose.strip(), "parties": parties(self.parties), "valid_from": stamp(self.valid_from),
            "valid_to": stamp(self.valid_to),
        }  # fmt: skip


def parties(codes: Iterable[str]) -> list[str]:
    """Return the country codes of the parties, each once."""
    said = list(dict.fromkeys(agency_rules.country(code, "parties") for code in codes))
    if not 1 <= len(said) <= MOST_PARTIES:
        raise Invalid("Name the parties by their country codes, such as IT, NL.", "parties")
    return said


def reason(text: str) -> str:
    """Return why an agreement moves or is amended."""
    if not text.strip() or len(text) > LONGEST_REASON:
        raise Invalid(f"Give the reason, in at most {LONGEST_REASON} characters; it stays with the agreement.", "reason")
    return text.strip()
