"""GraphQL: challenges of exhibits and what rests on one, as types."""

from __future__ import annotations

from datetime import datetime
from typing import TYPE_CHECKING, Any

import strawberry

from backend.agencies.api import Agency, Person, agency_of, person_of
from backend.core.graphql import when
from backend.entities.record_types import RecordStatus
from backend.entities.rules import properties
from backend.evidence.challenges import New
from backend.evidence.rules import Outcome

if TYPE_CHECKING:
    from backend.evidence.challenges import Fallen

strawberry.enum(Outcome, name="ChallengeOutcome", description="What became of a challenge.")


@strawberry.type(description="A challenge of an exhibit before a court.")
class Challenge:
    """Who, on what ground, where, and what was decided."""

    id: strawberry.ID = strawberry.field(description="Id.")
    by: str = strawberry.field(description="Who challenges it.")
    ground: str = strawberry.field(description="On what ground.")
    court: str = strawberry.field(description="Before which court.")
    country: str = strawberry.field(description="Of which country.")
    filed_at: datetime = strawberry.field(description="When it was filed.")
    outcome: Outcome = strawberry.field(description="What became of it.")
    ruling: str = strawberry.field(description="The ruling; empty while it is open.")
    ruled_at: datetime | None = strawberry.field(description="When it was written down.")
    entered_by: Person | None = strawberry.field(description="Who wrote the challenge down.")


@strawberry.input(description="A challenge of an exhibit before a court.")
class ChallengeInput:
    """Who, on what ground, where, when."""

    by: str = strawberry.field(description="Who challenges it.")
    ground: str = strawberry.field(description="On what ground.")
    court: str = strawberry.field(description="Before which court.")
    country: str = strawberry.field(description="Country code of the court.")
    filed_at: datetime | None = strawberry.field(description="When it was filed; now where nothing is said.", default=None)

    def new(self) -> New:
        """Return the same in the words of the service."""
        return New(self.by, self.ground, self.court, self.country, self.filed_at)


@strawberry.type(description="An end of a link that rests on an exhibit.")
class RestingEnd:
    """Enough to name and open it."""

    id: strawberry.ID = strawberry.field(description="Id.")
    kind: str = strawberry.field(description="Kind of the ontology.")
    caption: str = strawberry.field(description="Its name.")


@strawberry.type(description="An entity or link that something rests on an exhibit of.")
class RestingSubject:
    """Enough to name it."""

    id: strawberry.ID = strawberry.field(description="Id.")
    kind: str = strawberry.field(description="Kind of the ontology.")
    caption: str = strawberry.field(description="Its name; of a link those of its ends.")
    link: bool = strawberry.field(description="Whether it is a link.")
    ends: list[RestingEnd] = strawberry.field(description="Of a link: from which entity to which; none of an entity.")


@strawberry.type(description="A record that cites an exhibit.")
class Citation:
    """Where in the exhibit, and what it says something of."""

    record: strawberry.ID = strawberry.field(description="Id of the record.")
    locator: str = strawberry.field(description="Page, row, line or time, as a citable string.")
    grade: str | None = strawberry.field(description="Grade on the Admiralty scale.")
    status: RecordStatus = strawberry.field(description="Standing.")
    authority: Agency = strawberry.field(description="Whose record it is.")
    subject: RestingSubject = strawberry.field(description="Of what.")


@strawberry.type(description="The best of what else says the same.")
class OtherSource:
    """Title, locator, grade, and whether its file is altered."""

    title: str = strawberry.field(description="Exhibit, document or file.")
    locator: str = strawberry.field(description="Where in it.")
    grade: str | None = strawberry.field(description="Grade on the Admiralty scale.")
    altered_at: datetime | None = strawberry.field(
        description="Since when the hash of its file, or of the one it was derived from, is known to differ; null while it is not."
    )


@strawberry.type(description="One thing that rests on an exhibit, as the reader sees it.")
class Falling:
    """What would lose its last support, or keep another."""

    subject: RestingSubject = strawberry.field(description="Of what.")
    property: str | None = strawberry.field(description="What is said of it; null of a link itself.")
    label: str | None = strawberry.field(description="The property's name for people.")
    value: str | None = strawberry.field(description="As which value.")
    others: int = strawberry.field(description="How many other records say so, of those that the reader sees; 0: it would fall.")
    best: OtherSource | None = strawberry.field(description="The best of them.")


@strawberry.type(description="What rests on an exhibit. Nothing has changed yet.")
class WhatFalls:
    """Two numbers and the list."""

    lost: int = strawberry.field(description="Things that would lose their last source that the reader sees.")
    kept: int = strawberry.field(description="Things that would keep another.")
    items: list[Falling] = strawberry.field(description="Those that would fall first.")


def challenge_of(row: dict[str, Any]) -> Challenge:
    """Dress a challenge."""
    return Challenge(
        id=strawberry.ID(row["id"]),
        by=row["by"],
        ground=row["ground"],
        court=row["court"],
        country=row["country"],
        filed_at=when(row["filed_at"]),
        outcome=Outcome(row["outcome"]),
        ruling=row.get("ruling", ""),
        ruled_at=when(row["ruled_at"]) if "ruled_at" in row else None,
        entered_by=person_of(row["person"]) if row["person"] else None,
    )


def citation_of(row: dict[str, Any]) -> Citation:
    """Dress a citation."""
    return Citation(
        record=strawberry.ID(row["id"]),
        locator=row["locator"],
        grade=row["grade"],
        status=RecordStatus(row["status"]),
        authority=agency_of(row["authority"]),
        subject=_subject(row["subject"]),
    )


def _subject(row: dict[str, Any]) -> RestingSubject:
    ends = [RestingEnd(id=strawberry.ID(end["id"]), kind=end["kind"], caption=end["caption"]) for end in row["ends"]]
    return RestingSubject(id=strawberry.ID(row["id"]), kind=row["kind"], caption=row["caption"], link=row["link"], ends=ends)


def falls_of(found: list[Fallen]) -> WhatFalls:
    """Dress what falls."""
    lost = sum(not each.others for each in found)
    return WhatFalls(lost=lost, kept=len(found) - lost, items=[_falling(each) for each in found])


def _falling(each: Fallen) -> Falling:
    known = properties(each.subject["kind"]) if each.property else {}
    altered = when(each.altered_at) if each.altered_at else None
    best = each.best and OtherSource(title=each.best.title, locator=each.best.locator, grade=each.best.grade, altered_at=altered)
    return Falling(
        subject=_subject(each.subject),
        property=each.property,
        label=known[each.property].label if each.property in known else each.property,
        value=each.value,
        others=each.others,
        best=best or None,
    )
