"""What an exhibit may say, who holds it, and which entries of custody people make by hand. Pure."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import UTC, datetime
from enum import StrEnum
from typing import TYPE_CHECKING, Any
from zoneinfo import ZoneInfo

from backend.core.errors import Forbidden, Invalid
from backend.entities import grades
from backend.entities import rules as entity_rules
from graph.records import stamp

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

LONGEST_TITLE, LONGEST_DETAIL, MOST_LISTED = 300, 2_000, 50
NOT_DERIVED = "This exhibit was derived from no other, so it is not the translation, copy or extract of one."
CORRUPT = "The hash of this exhibit is not the one that was recorded, so what rests on it waits. The file and its custody stay as they are."

INFECTED = (
    "The virus scanner found something in this file, so nobody can view it or take a copy of it. The file is kept as it came,"
    " and its custody says what was found."
)


class ExhibitKind(StrEnum):
    """What an exhibit is; a kind of file follows from the file."""

    DOCUMENT = "document"
    TABLE = "table"
    IMAGE = "image"
    AUDIO = "audio"
    VIDEO = "video"
    MAIL = "mail"
    DATA = "data"
    DEVICE = "device"
    OBJECT = "object"


KIND_OF_FAMILY = {
    "pdf": ExhibitKind.DOCUMENT, "text": ExhibitKind.DOCUMENT, "table": ExhibitKind.TABLE, "image": ExhibitKind.IMAGE,
    "audio": ExhibitKind.AUDIO, "video": ExhibitKind.VIDEO, "mail": ExhibitKind.MAIL,
}  # fmt: skip


class Derivation(StrEnum):
    """What a derived exhibit is of the one that it was derived from; where nobody said, it is `OTHER`."""

    EXTRACT = "extract"
    COPY = "copy"
    TRANSLATION = "translation"
    TRANSCRIPT = "transcript"
    REDACTION = "redaction"
    OTHER = "other"


class Verb(StrEnum):
    """What happened to an exhibit (ISO 27037, CEN/TS 18053)."""

    COLLECTED = "collected"
    ACQUIRED = "acquired"
    SEALED = "sealed"
    UNSEALED = "unsealed"
    VERIFIED = "verified"
    ALERTED = "alerted"
    CLEARED = "cleared"
    SCANNED = "scanned"
    MARKED = "marked"
    TRANSFERRED_OUT = "transferred_out"
    RECEIVED = "received"
    COPIED = "copied"
    PROCESSED = "processed"
    DERIVED = "derived"
    TRANSLATED = "translated"
    REDACTED = "redacted"
    DISCLOSED = "disclosed"
    CHALLENGED = "challenged"
    RULED = "ruled"
    CONSENTED = "consented"
    WITHDREW = "withdrew"
    RETURNED = "returned"
    DESTROYED = "destroyed"


DEEDS = {Derivation.COPY: Verb.COPIED, Derivation.TRANSLATION: Verb.TRANSLATED, Derivation.REDACTION: Verb.REDACTED}
"""What the custody of a derived exhibit says of how it came about, behind that it was derived."""


class Check(StrEnum):
    """What came of the last check of an exhibit's hash."""

    NONE = "none"
    WAITING = "waiting"
    SOUND = "sound"
    ALTERED = "altered"
    FAILED = "failed"


class Scan(StrEnum):
    """What a virus scanner said of a file."""

    NOT_CONFIGURED = "not_configured"
    WAITING = "waiting"
    CLEAN = "clean"
    INFECTED = "infected"
    FAILED = "failed"


class Outcome(StrEnum):
    """What became of a challenge."""

    OPEN = "open"
    REJECTED = "rejected"
    EXCLUDED = "excluded"


BY_HAND = frozenset(
    {Verb.COLLECTED, Verb.SEALED, Verb.UNSEALED, Verb.COPIED, Verb.PROCESSED, Verb.TRANSLATED, Verb.RETURNED, Verb.DESTROYED}
)
"""What whoever holds an exhibit records themselves; the rest is written with the deed."""
DETAILS = (
    "legal_authorisation", "legal_basis", "method", "tool", "examiner", "place", "person_from", "media_id", "seal_number", "encryption",
    "authentication", "retention", "language",
)  # fmt: skip
LISTS = ("recipients", "admissibility")


@dataclass(frozen=True, slots=True)
class Said:
    """What a person says of an exhibit; None leaves a field as it is. `details` by the names of `DETAILS`, `lists` by those of `LISTS`."""

    title: str | None = None
    kind: ExhibitKind | None = None
    grade: str | None = None
    handling: str | None = None
    acquired_at: datetime | None = None
    acquired_zone: str | None = None
    derivation: Derivation | None = None
    details: dict[str, str] = field(default_factory=dict[str, str])
    lists: dict[str, list[str]] = field(default_factory=dict[str, list[str]])


@dataclass(frozen=True, slots=True)
class Entry:
    """An entry of custody made by hand."""

    verb: Verb
    at: datetime | None = None
    zone: str = "UTC"
    place: str = ""
    reason: str = ""
    condition: str = ""
    seal: str = ""


def checked(said: Said) -> dict[str, Any]:
    """Return what was said as an exhibit stores it, without what was left open. Raises `Invalid` with the field."""
    row: dict[str, Any] = {}
    if said.title is not None:
        row["title"] = _text(said.title, "title", LONGEST_TITLE)
        if not row["title"]:
            raise Invalid(f"An exhibit needs a title of 1 to {LONGEST_TITLE} characters.", "title")
    if said.kind is not None:
        row["kind"] = said.kind.value
    if said.grade is not None:
        row |= _graded(said.grade)
    if said.handling is not None:
        if said.handling not in grades.HANDLING:
            raise Invalid("Handling codes are H0, H1, H2 and H3.", "handling")
        row["handling"] = said.handling
    if said.acquired_at is not None:
        row |= {"acquired_at": _instant(said.acquired_at, "acquiredAt"), "acquired_zone": zone(said.acquired_zone or "UTC", "acquiredZone")}
    if said.derivation is not None:
        row["derivation"] = said.derivation.value
    row |= {name: _text(value, name, LONGEST_DETAIL) for name, value in said.details.items()}
    return row | {name: _listed(values, name) for name, values in said.lists.items()}


def derivation(name: str) -> Derivation | None:
    """Return what a derived exhibit is by its name, None where none is given. Raises `Invalid`."""
    try:
        return Derivation(name) if name else None
    except ValueError as error:
        raise Invalid("A derived exhibit is an extract, copy, translation, transcript, redaction or other.", "derivation") from error


def _graded(text: str) -> dict[str, str]:
    grade, original = entity_rules.graded(text.strip() or None)
    return {"grade": grade or "", "grade_original": original or ""}


def _text(value: str, name: str, longest: int) -> str:
    if len(value) > longest:
        raise Invalid(f"At most {longest} characters.", name)
    return value.strip()


def _instant(at: datetime, name: str) -> str:
    if at.tzinfo is None:
        raise Invalid("Give the time with its offset from UTC.", name)
    return stamp(at)


def text(value: str, name: str) -> str:
    """Return what somebody wrote, without what stands around it. Raises `Invalid` where it is too long."""
    return _text(value, name, LONGEST_DETAIL)


def _listed(values: list[str], name: str) -> list[str]:
    kept = [value.strip() for value in values if value.strip()]
    if len(kept) > MOST_LISTED or any(len(value) > LONGEST_TITLE for value in kept):
        raise Invalid(f"At most {MOST_LISTED} lines of {LONGEST_TITLE} characters.", name)
    return list(dict.fromkeys(kept))


def zone(name: str, of: str) -> str:
    """Return the IANA name of a time zone, or raise `Invalid`."""
    try:
        ZoneInfo(name)
    except (ValueError, OSError, KeyError) as error:
        raise Invalid("Give the time zone by its IANA name, as Europe/Rome.", of) from error
    return name


def moment(exhibit: dict[str, Any], now: str) -> dict[str, str]:
    """Return when an event is that custody tells by itself: now, in the time zone of its exhibit, so that a custody reads in one."""
    return {"at": now, "recorded_at": now, "zone": exhibit["acquired_zone"]}


def entered(entry: Entry, now: str) -> dict[str, Any]:
    """Return an entry of custody as it is stored, without who made it. Raises `Invalid` with the field."""
    at = _instant(entry.at, "at") if entry.at else now
    if at > now:
        raise Invalid("What has not happened yet cannot be recorded.", "at")
    texts = {name: _text(getattr(entry, name), name, LONGEST_DETAIL) or None for name in ("place", "reason", "condition", "seal")}
    return {"verb": entry.verb.value, "at": at, "zone": zone(entry.zone, "zone"), "recorded_at": now, **texts}


def open_transfer(events: Iterable[dict[str, Any]]) -> dict[str, Any] | None:
    """Return the transfer that nobody has confirmed yet, None where there is none."""
    found = None
    for event in events:
        if event["verb"] == Verb.TRANSFERRED_OUT:
            found = event
        elif event["verb"] == Verb.RECEIVED:
            found = None
    return found


def require_sound(row: dict[str, Any]) -> None:
    """Pass for an exhibit without an integrity alert; what rests on another waits."""
    if row.get("integrity_alert"):
        raise Forbidden(CORRUPT)


def require_clean(row: dict[str, Any]) -> None:
    """Pass for an exhibit in whose file no virus was found."""
    if row.get("scan") == Scan.INFECTED:
        raise Forbidden(INFECTED)


def require_holder(row: dict[str, Any], agency: str) -> None:
    """Pass for the authority that holds an exhibit now."""
    if row["custodian"] != agency:
        raise Forbidden("Only the authority that holds this exhibit may do this.")


def require_recipient(allowed: list[str] | None, to: str) -> None:
    """Pass for an authority that may be handed an exhibit; None: any may."""
    if allowed is not None and to not in allowed:
        raise Forbidden("The authority that owns this exhibit has not consented to handing it to this one.")


def views(viewings: Sequence[dict[str, Any]]) -> tuple[int, int]:
    """Return how often and by how many people an exhibit was viewed."""
    return sum(row["times"] for row in viewings), len({row["by"] for row in viewings})


def local(at: str, name: str) -> datetime:
    """Return a stored moment in the zone in which it was meant."""
    moment = datetime.strptime(at, "%Y-%m-%dT%H:%M:%S.%fZ").replace(tzinfo=UTC)
    return moment.astimezone(ZoneInfo(name))
