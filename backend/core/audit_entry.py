"""What the audit log says of one operation: who, when, what kind, on which ids. Never a value."""

import re
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from enum import StrEnum
from typing import Any, Self, cast

import orjson

from backend.core.ids import new_id

REFERENCE = re.compile(r"[A-Za-z0-9][A-Za-z0-9._:/+=-]{0,199}")
ZONE = re.compile(r"[A-Za-z][A-Za-z0-9_+/-]{0,63}")


class Operation(StrEnum):
    """The kinds of operation that Article 25 of Directive (EU) 2016/680 has logged."""

    COLLECTION = "collection"
    ALTERATION = "alteration"
    CONSULTATION = "consultation"
    DISCLOSURE = "disclosure"
    COMBINATION = "combination"
    ERASURE = "erasure"


@dataclass(frozen=True, slots=True)
class Entry:
    """One operation by one person. Everything but the time is an id, a name from the code or a reference: no free text.

    Raises ValueError for a naive time and for text where a reference belongs (a space or `@` in an id is a value that
    strayed); a justification in words is kept in the graph and its id given here.
    """

    operation: Operation
    name: str
    """The GraphQL field, the route or the live message."""
    at: datetime
    zone: str = "UTC"
    """The zone of the person, IANA name; `at` itself is written in UTC."""
    person: str | None = None
    agency: str | None = None
    session: str | None = None
    """A hash of the session's id, never the id."""
    space: str | None = None
    ids: tuple[str, ...] = ()
    justification: str | None = None
    recipient: str | None = None
    events: tuple[str, ...] = ()
    """The ids of the graph's events that made the change."""
    outcome: str | None = None
    """The code with which it was refused (its `name` ends in `.refused` then); None where it was done."""
    passed_over: int | None = None
    """How many refusals of the same session before this one left no line of their own; None for none."""
    id: str = field(default_factory=new_id)

    def __post_init__(self) -> None:
        """Refuse what cannot be a reference."""
        if self.at.utcoffset() != timedelta(0):
            message = "The time of an entry is aware and in UTC."
            raise ValueError(message)
        single = (self.id, self.name, self.person, self.agency, self.session, self.space, self.justification, self.recipient, self.outcome)
        given = (*(text for text in single if text is not None), *self.ids, *self.events)
        if not ZONE.fullmatch(self.zone) or not all(map(REFERENCE.fullmatch, given)):
            message = f"The audit entry of {self.operation} holds something that is not an id, a name or a reference."
            raise ValueError(message)

    def encode(self) -> bytes:
        """Return a JSON object on one line, without what is not set."""
        fields = {name: getattr(self, name) for name in self.__slots__}
        return orjson.dumps({name: value for name, value in fields.items() if value not in (None, ())}, option=orjson.OPT_UTC_Z)

    @classmethod
    def decode(cls, line: bytes) -> Self:
        """Read what `encode` wrote, fields that this version does not know left out. Raises ValueError, KeyError, TypeError."""
        found = cast("dict[str, Any]", orjson.loads(line))
        fields: dict[str, Any] = {name: found[name] for name in cls.__slots__ if name in found}
        fields["operation"] = Operation(found["operation"])
        fields["at"] = datetime.fromisoformat(found["at"])
        for name in ("ids", "events"):
            fields[name] = tuple(found.get(name, ()))
        return cls(**fields)
