"""Who has standing in a space, in plain Python: slow, short, and knowing nothing of the graph, so that the graph can be held to it."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import UTC, datetime

from backend.teams.policy import RIGHTS, Right, Role

ALWAYS = (datetime.min.replace(tzinfo=UTC), datetime.max.replace(tzinfo=UTC))
Period = tuple[datetime, datetime]
# What there is to see, and the markings that each thing carries.
THINGS = {"open": frozenset[str](), "marked": frozenset({"Covert"}), "twice": frozenset({"Covert", "Privileged"})}


@dataclass
class Place:
    """One membership of one person."""

    id: str
    role: Role
    state: str
    period: Period
    cleared: dict[str, Period] = field(default_factory=dict[str, Period])


@dataclass
class Model:
    """One space at one moment. The lead is a member for good; only the agreement can close the space to them."""

    now: datetime
    agreement: str = "in_force"
    places: dict[str, list[Place]] = field(default_factory=dict[str, list[Place]])
    disabled: set[str] = field(default_factory=set[str])

    def within(self, period: Period) -> bool:
        return period[0] <= self.now < period[1]

    def standing(self, who: str) -> Place | None:
        """The membership by which somebody is in the space now."""
        if self.agreement != "in_force" or who in self.disabled:
            return None
        return next((it for it in self.places.get(who, []) if it.state == "active" and self.within(it.period)), None)

    def last(self, who: str) -> Place | None:
        """The newest membership of somebody, whatever its state."""
        return next(reversed(self.places.get(who, [])), None)

    def live(self, who: str) -> Place | None:
        """The membership or invitation of somebody that has neither ended nor run out; it may begin later."""
        last = self.last(who)
        return last if last and last.state != "ended" and self.now < last.period[1] else None

    def rights(self, who: str) -> frozenset[Right] | None:
        place = self.standing(who)
        return RIGHTS[place.role] if place else None

    def sees(self, who: str) -> set[str] | None:
        """The things that somebody sees; None where the content of the space does not exist for them."""
        place = self.standing(who)
        if place is None or Right.READ_CONTENT not in RIGHTS[place.role]:
            return None
        held = {marking for marking, period in place.cleared.items() if self.within(period)}
        return {name for name, markings in THINGS.items() if markings <= held}
