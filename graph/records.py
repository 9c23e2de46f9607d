"""Frozen shapes that go into and come out of the graph. Times are ISO 8601 in UTC with six decimals, so that text order is time order."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import UTC, datetime
from typing import cast


def stamp(moment: datetime) -> str:
    """Write a moment as the graph stores it, so that texts sort as moments do; refuse a naive one.

    At the very ends of the calendar, where an offset leads out of it, the offset is left out.
    """
    if moment.tzinfo is None:
        raise ValueError("A time without a zone.")
    try:
        there = moment.astimezone(UTC)
    except OverflowError:
        there = moment
    return there.replace(tzinfo=None).isoformat(timespec="microseconds") + "Z"


def moment(text: str) -> datetime:
    """Read a moment as the graph stores it."""
    return datetime.strptime(text, "%Y-%m-%dT%H:%M:%S.%fZ").replace(tzinfo=UTC)


@dataclass(frozen=True, slots=True)
class NewEntity:
    """An entity to create unless its id exists. `kind` is a kind of the ontology."""

    id: str
    kind: str


@dataclass(frozen=True, slots=True)
class NewLink:
    """A link to create unless its id exists; `source` and `target` are entity ids in the same space."""

    id: str
    kind: str
    source: str
    target: str


@dataclass(frozen=True, slots=True)
class Stated:
    """An identifier that a record states, normalised."""

    type: str
    value: str


@dataclass(frozen=True, slots=True)
class NewRecord:
    """What one source says about one subject. `values` by FollowTheMoney property name; `markings` are marking ids, already inherited."""

    id: str
    about: str
    kind: str
    case: str
    values: dict[str, list[str]]
    title: str
    locator: str
    grade: str | None
    grade_original: str | None
    handling: str
    authority: str
    asserted_at: str
    asserted_by: str
    markings: frozenset[str] = frozenset()
    valid_from: str | None = None
    valid_to: str | None = None
    caption: str = ""
    search: str = ""
    stated: tuple[Stated, ...] = ()
    link: NewLink | None = None
    import_id: str | None = None
    exhibit: str | None = None
    excluded_in: tuple[str, ...] = ()
    challenged_in: tuple[str, ...] = ()
    courts: tuple[str, ...] | None = None
    """In whose courts what it cites may be used; None where that is not reserved."""
    status: str = "asserted"
    status_reason: str | None = None


@dataclass(frozen=True, slots=True)
class Record:
    """A visible record as read: every stored property, the values apart."""

    id: str
    about: str
    kind: str
    case: str
    vis: str
    values: dict[str, list[str]]
    title: str
    locator: str
    grade: str | None
    grade_original: str | None
    handling: str
    authority: str
    status: str
    status_reason: str | None
    asserted_at: str
    asserted_by: str
    markings: list[str]
    valid_from: str | None
    valid_to: str | None
    caption: str
    source: str | None
    target: str | None
    import_id: str | None
    exhibit: str | None
    excluded_in: list[str]
    challenged_in: list[str]
    courts: list[str] | None
    """Countries in whose courts its handling code and the provider's consents let it be used; None for any."""
    needs_consent: bool
    """Whether the country whose courts were asked for is not among them."""


@dataclass(frozen=True, slots=True)
class NamedExhibit:
    """Enough of an exhibit to name it, and since when it, or what it was derived from, is known to be altered; None while it is not."""

    number: str
    title: str
    altered_at: str | None
    family: str
    """How its file is shown; empty where there is none."""


def needs_consent(court: str | None, courts: list[str] | None) -> bool:
    """Say whether the courts of a country may not use a record without its provider's consent."""
    return court is not None and courts is not None and court not in courts


def standing_in(court: str | None, status: str, excluded_in: list[str] | None, courts: list[str] | None) -> str:
    """Return a record's status as the courts of a country see it: what another country excluded stands there. None is all records.

    What they may not use without the provider's consent is reserved: it does not stand there either, though no court excluded it.
    """
    if court is None or status == "retracted":
        return status
    if court in (excluded_in or ()):
        return "excluded"
    return "reserved" if needs_consent(court, courts) else "asserted"


def record(said: dict[str, object], court: str | None = None) -> Record:
    """Read a record node's properties (`properties(r)`), as the courts of a country see it where one is named."""
    get = said.get
    courts = None if get("courts") is None else _texts(get("courts"))
    status = standing_in(court, str(said["status"]), _texts(get("excluded_in")), courts)
    return Record(
        id=str(said["id"]), about=str(said["about"]), kind=str(said["kind"]), case=str(said["case"]), vis=str(said["vis"]),
        values={name[2:]: _texts(value) for name, value in said.items() if name.startswith("p_")},
        title=str(said["title"]), locator=str(get("locator") or ""), grade=_text(get("grade")), grade_original=_text(get("grade_original")),
        handling=str(said["handling"]), authority=str(said["authority"]), status=status,
        status_reason=_text(get("status_reason")) if status != "asserted" else None,
        asserted_at=str(said["asserted_at"]), asserted_by=str(said["asserted_by"]),
        markings=_texts(get("markings")), valid_from=_text(get("valid_from")), valid_to=_text(get("valid_to")),
        caption=str(get("caption") or ""), source=_text(get("source")), target=_text(get("target")), import_id=_text(get("import")),
        exhibit=_text(get("exhibit")),
        excluded_in=_texts(get("excluded_in")), challenged_in=_texts(get("challenged_in")),
        courts=courts, needs_consent=needs_consent(court, courts),
    )  # fmt: skip


def _text(value: object) -> str | None:
    return None if value is None else str(value)


def _texts(value: object) -> list[str]:
    return [str(each) for each in cast("list[object]", value)] if isinstance(value, list) else []


@dataclass(frozen=True, slots=True)
class Subject:
    """A visible entity with its visible records."""

    id: str
    kind: str
    records: list[Record] = field(default_factory=list[Record])


@dataclass(frozen=True, slots=True)
class Tie:
    """A visible link between two visible entities, with its visible records."""

    id: str
    kind: str
    source: str
    target: str
    records: list[Record] = field(default_factory=list[Record])
