"""GraphQL: the custody of exhibits and who viewed them, as types."""

from __future__ import annotations

from datetime import datetime
from typing import Any

import strawberry

from backend.agencies.api import Agency, Person, agency_of, person_of
from backend.core.graphql import when
from backend.evidence.rules import Entry, Verb

strawberry.enum(Verb, name="CustodyVerb", description="What happened to an exhibit.")


@strawberry.type(description="One event of custody; it never changes.")
class CustodyEvent:
    """What happened, who did it, when and where, chained to the event before."""

    id: strawberry.ID = strawberry.field(description="Id.")
    verb: Verb = strawberry.field(description="What happened.")
    by: Person | None = strawberry.field(description="Who recorded it.")
    agency: Agency | None = strawberry.field(description="Their authority then.")
    at: datetime = strawberry.field(description="When it happened.")
    zone: str = strawberry.field(description="In whose time zone (IANA) that was.")
    from_: Agency | None = strawberry.field(name="from", description="Who handed it over.")
    to: Agency | None = strawberry.field(description="To whom.")
    place: str = strawberry.field(description="Where.")
    reason: str = strawberry.field(description="Why.")
    condition: str = strawberry.field(description="In which condition.")
    seal: str = strawberry.field(description="Number of the seal.")
    hash_before: str | None = strawberry.field(description="SHA-256 before.")
    hash_after: str | None = strawberry.field(description="SHA-256 after.")
    sha512: str | None = strawberry.field(description="SHA-512 as it was found then.")
    refers_to: str | None = strawberry.field(description="The event or exhibit that it follows from.")
    open: bool = strawberry.field(description="Whether its receipt is not confirmed yet.")
    hash: str = strawberry.field(description="SHA-256 over this event and the hash of the one before.")


@strawberry.type(description="The custody of an exhibit.")
class Custody:
    """All its events and whether their chain is whole."""

    events: list[CustodyEvent] = strawberry.field(description="Oldest first.")
    whole: bool = strawberry.field(description="Whether every event is as it was written and none is missing.")


@strawberry.type(description="Who viewed an exhibit within an hour.")
class ExhibitViewing:
    """A person and how often."""

    person: Person = strawberry.field(description="Who.")
    first_at: datetime = strawberry.field(description="First.")
    last_at: datetime = strawberry.field(description="Last.")
    times: int = strawberry.field(description="How often.")


@strawberry.input(description="An entry of custody made by hand.")
class CustodyInput:
    """When, where, why and in which condition."""

    at: datetime | None = strawberry.field(description="When it happened; now where nothing is said.", default=None)
    zone: str = strawberry.field(description="In whose time zone (IANA) that was.", default="UTC")
    place: str = strawberry.field(description="Where.", default="")
    reason: str = strawberry.field(description="Why.", default="")
    condition: str = strawberry.field(description="In which condition.", default="")
    seal: str = strawberry.field(description="Number of the seal.", default="")

    def entry(self, verb: Verb) -> Entry:
        """Return the same in the words of the rules."""
        return Entry(verb, self.at, self.zone, self.place, self.reason, self.condition, self.seal)


def event_of(row: dict[str, Any]) -> CustodyEvent:
    """Dress an event of custody."""
    return CustodyEvent(
        id=strawberry.ID(row["id"]),
        verb=Verb(row["verb"]),
        by=person_of(row["person"]) if row["person"] else None,
        agency=agency_of(row["agency"]) if row["agency"] else None,
        at=when(row["at"]),
        zone=row["zone"],
        from_=agency_of(row["from"]) if row["from"] else None,
        to=agency_of(row["to"]) if row["to"] else None,
        place=row.get("place", ""),
        reason=row.get("reason", ""),
        condition=row.get("condition", ""),
        seal=row.get("seal", ""),
        hash_before=row.get("hash_before"),
        hash_after=row.get("hash_after"),
        sha512=row.get("sha512"),
        refers_to=row.get("refers_to"),
        open=row["open"],
        hash=row["hash"],
    )


def viewing_of(row: dict[str, Any]) -> ExhibitViewing:
    """Dress a viewing."""
    return ExhibitViewing(person=person_of(row["person"]), first_at=when(row["first_at"]), last_at=when(row["last_at"]), times=row["times"])
