"""Why a member can, or cannot, see something: the decision of `graph.access`, told with its reasons."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum
from typing import TYPE_CHECKING, Any

from backend.teams.policy import Right, rights

if TYPE_CHECKING:
    from collections.abc import Sequence

    from graph.access import Scope


class Reason(StrEnum):
    """Why, in one word."""

    UNMARKED = "unmarked"
    CLEARED = "cleared"
    LACKS_MARKING = "lacks_marking"
    READS_NO_CONTENT = "reads_no_content"
    INVITED = "invited"
    BEGINS_LATER = "begins_later"
    ENDED = "ended"
    DISABLED = "disabled"


@dataclass(frozen=True, slots=True)
class Source:
    """One thing by which an item is there for a reader: a record with its class and its markings."""

    id: str
    vis: str
    markings: frozenset[str]


@dataclass(frozen=True, slots=True)
class Sight:
    """Whether and why one member sees an item.

    `markings` are those by which they see it, or the fewest that they would need; `lacking` all that its other records need; `at` is when
    a membership begins or ended.
    """

    membership: dict[str, Any]
    sees: bool
    reason: Reason
    markings: frozenset[str] = frozenset()
    lacking: frozenset[str] = frozenset()
    records: int = 0
    at: str | None = None


def sight(membership: dict[str, Any], scope: Scope, layers: Sequence[Sequence[Source]], now: str) -> Sight:
    """Decide for one member. An item is there when, of every layer, one source at least is: its own records first, then its ends'."""
    barred = _barred(membership, scope, now)
    if barred:
        return barred
    needed = frozenset[str]()
    for layer in layers:
        open_to = [source.markings for source in layer if source.vis in scope.vis]
        if not open_to:
            fewest = _fewest([source.markings - scope.held for source in layer])
            return Sight(membership, sees=False, reason=Reason.LACKS_MARKING, markings=fewest)
        needed |= _fewest(open_to)
    closed = [source for source in layers[0] if source.vis not in scope.vis]
    lacking = frozenset[str]().union(*(source.markings - scope.held for source in closed))
    reason = Reason.CLEARED if needed else Reason.UNMARKED
    return Sight(membership, sees=True, reason=reason, markings=needed, lacking=lacking, records=len(layers[0]) - len(closed))


def _fewest(sets: list[frozenset[str]]) -> frozenset[str]:
    return min(sets, key=lambda one: (len(one), sorted(one)))


def _barred(membership: dict[str, Any], scope: Scope, now: str) -> Sight | None:
    """Return why a member sees nothing of the space's content at all; None where they do."""
    if scope.membership == membership["id"]:
        reads = Right.READ_CONTENT in rights(scope)
        return None if reads else Sight(membership, sees=False, reason=Reason.READS_NO_CONTENT)
    if membership["state"] == "ended" or membership["valid_to"] <= now:
        return Sight(membership, sees=False, reason=Reason.ENDED, at=membership["valid_to"])
    if membership["state"] == "invited":
        return Sight(membership, sees=False, reason=Reason.INVITED)
    if membership["valid_from"] > now:
        return Sight(membership, sees=False, reason=Reason.BEGINS_LATER, at=membership["valid_from"])
    return Sight(membership, sees=False, reason=Reason.DISABLED)


def one_for_each_person(memberships: Sequence[dict[str, Any]], scopes: dict[str, Scope]) -> list[dict[str, Any]]:
    """Return of each person's memberships the one that counts now, else the latest, in the order in which they joined."""
    chosen = dict[str, dict[str, Any]]()
    for row in memberships:
        person = row["person"]["id"]
        known = chosen.get(person)
        counts = scopes[person].membership
        if known is None or (known["id"] != counts and (row["id"] == counts or row["valid_from"] >= known["valid_from"])):
            chosen[person] = row
    return list(chosen.values())
