"""Pure rules of comments: what one holds, and who may say and take back what."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from backend.core.errors import Invalid

if TYPE_CHECKING:
    from graph.access import Scope

LONGEST, LONGEST_REASON, MOST_MENTIONS = 5_000, 500, 20
SAID, WITHDRAWN = "said", "withdrawn"


def check(text: str, mentions: list[str]) -> None:
    """Pass for what a comment may hold, else raise `Invalid` with the field."""
    if not text.strip() or len(text) > LONGEST:
        raise Invalid(f"A comment needs a text of at most {LONGEST} characters.", "text")
    if len(mentions) > MOST_MENTIONS:
        raise Invalid(f"At most {MOST_MENTIONS} people are mentioned in one comment.", "mentions")


def check_reason(reason: str) -> None:
    """Pass for a reason why a comment is withdrawn, else raise `Invalid`."""
    if not reason.strip() or len(reason) > LONGEST_REASON:
        raise Invalid(f"Give the reason, in at most {LONGEST_REASON} characters; it stays with the comment.", "reason")


def may_withdraw(comment: dict[str, Any], scope: Scope) -> bool:
    """Say whether somebody withdraws a comment: only who said it."""
    return comment["by"] == scope.user and comment["state"] == SAID
