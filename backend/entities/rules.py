"""What a reader is told of an entity or link, worked out from the records they may see. Pure; nothing here asks the graph."""

from __future__ import annotations

import hmac
from collections import defaultdict
from dataclasses import dataclass
from typing import TYPE_CHECKING, Protocol, TypeVar

from backend.core.errors import Invalid
from backend.entities import grades
from graph import ontology

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from graph.records import Record

# Of these a person or company has one: two different values are a contradiction, not an enumeration.
SINGLE = frozenset({"birthDate", "deathDate", "gender", "birthPlace", "incorporationDate", "dissolutionDate", "amount", "swiftBic"})
BRIEF_SINGLE = ("birthDate", "deathDate", "gender", "incorporationDate")
FALLEN = frozenset({"retracted", "excluded", "reserved"})
WORST_CERTAIN = "C2"
CONFIRMED_FROM = "B2"


class Said(Protocol):
    """The part of a record that grading needs."""

    @property
    def status(self) -> str: ...  # noqa: D102 - a field of a record
    @property
    def grade(self) -> str | None: ...  # noqa: D102 - a field of a record
    @property
    def handling(self) -> str: ...  # noqa: D102 - a field of a record


S = TypeVar("S", bound=Said)


@dataclass(frozen=True, slots=True)
class FactValue:
    """One value with every visible record that says so."""

    value: str
    records: list[Record]


@dataclass(frozen=True, slots=True)
class Fact:
    """One property with its values; `standing` is agree, one_source, conflict, retracted, excluded or reserved."""

    property: str
    label: str
    standing: str
    values: list[FactValue]


def facts(kind: str, records: Sequence[Record]) -> list[Fact]:
    """Merge visible records into facts, conflicts side by side, in the ontology's order of properties."""
    said: defaultdict[str, dict[str, list[Record]]] = defaultdict(dict)
    for record in records:
        for name, values in record.values.items():
            for value in values:
                said[name].setdefault(value, []).append(record)
    order = {it.name: place for place, it in enumerate(properties(kind).values())}
    labels = {name: it.label for name, it in properties(kind).items()}
    return [
        Fact(name, labels.get(name, name), standing(name, said[name]), [FactValue(value, who) for value, who in said[name].items()])
        for name in sorted(said, key=lambda name: (order.get(name, len(order)), name))
    ]


def properties(kind: str) -> dict[str, ontology.PropertyKind]:
    """Return the properties of an entity kind or link kind by name."""
    known = ontology.link_kind(kind) if ontology.is_link_kind(kind) else ontology.entity_kind(kind)
    return {it.name: it for it in known.properties}


def standing(name: str, values: dict[str, list[Record]]) -> str:
    """Say how the values of one property stand."""
    every = [record for who in values.values() for record in who]
    alive = [who for who in ([r for r in said if r.status not in FALLEN] for said in values.values()) if who]
    most = max((len({(r.title, r.authority) for r in who}) for who in alive), default=0)
    return whole(every, most, conflict=name in SINGLE and len(alive) > 1)


def whole(records: Iterable[Said], sources: int, *, conflict: bool) -> str:
    """Say how a property, an entity or a link stands: nothing of it left, records that contradict one another, else by its sources."""
    statuses = {r.status for r in records}
    if statuses <= FALLEN:
        return next((status for status in ("excluded", "reserved") if status in statuses), "retracted")
    if conflict:
        return "conflict"
    return "agree" if sources > 1 else "one_source"


def contradicts(single: Iterable[tuple[str, Sequence[Sequence[str]]]]) -> bool:
    """Say whether single-valued properties disagree; each row is (status, values per property of `BRIEF_SINGLE`)."""
    seen: defaultdict[int, set[str]] = defaultdict(set)
    for status, values in single:
        if status not in FALLEN:
            for place, each in enumerate(values):
                seen[place].update(each)
    return any(len(values) > 1 for values in seen.values())


def graded(grade: str | None, original: str | None = None) -> tuple[str | None, str | None]:
    """Return a grade on the Admiralty scale and the text as given, or raise `Invalid`."""
    try:
        return grades.given(grade, original)
    except grades.NoGrade as refused:
        raise Invalid("A grade is a letter A to F and a digit 1 to 6, such as B2; or as 4x4: B/2, or as 3x5x2: 1/B.", "grade") from refused


def require_grade(grade: str | None, field: str) -> None:
    """Raise `Invalid` for a least grade asked for that is none on the Admiralty scale; None asks for nothing."""
    if grade is not None and not grades.is_grade(grade):
        raise Invalid("A grade is a letter A to F and a digit 1 to 6, such as B2.", field)


def counted(records: Sequence[S]) -> list[S]:
    """Return the records that grade and support are worked out from: those that stand; where none does, what was not retracted."""
    return [r for r in records if r.status not in FALLEN] or [r for r in records if r.status != "retracted"]


def best_grade(records: Sequence[Said]) -> str | None:
    """Return the best Admiralty grade among the records that count, None where none of them is graded."""
    return min((r.grade for r in counted(records) if r.grade), default=None)


def uncertain(records: Sequence[Said]) -> bool:
    """Best grade C3 or worse, or one ungraded source."""
    best = best_grade(records)
    return len(records) <= 1 if best is None else best > WORST_CERTAIN and best != "C1"


def strictest(records: Iterable[Said]) -> str:
    """Return the strictest handling code."""
    return max((r.handling for r in records), default="H0")


def strength(records: Sequence[Said], sources: int) -> str:
    """Say how well a link is supported: confirmed, tentative or unconfirmed."""
    best = best_grade(records)
    if best is None:
        return "unconfirmed"
    if best <= CONFIRMED_FROM and best[1] <= "2":
        return "confirmed"
    return "confirmed" if sources > 1 and best <= "C3" else "tentative" if best <= "D4" else "unconfirmed"


def version(secret: bytes, reader: str, records: Iterable[Record]) -> str:
    """Return what the reader passes back as expectedVersion: an HMAC over the records they see, so that it tells nothing of others.

    It is the same in whichever country's courts they ask what stands.
    """
    mac = hmac.new(secret, reader.encode(), "sha256")
    for r in sorted(records, key=lambda r: r.id):
        courts = ("+".join(each) for each in (r.excluded_in, r.challenged_in, r.courts or ()))
        stands = ("retracted", r.status_reason or "") if r.status == "retracted" else courts
        mac.update("\x1f".join((r.id, *stands, "+".join(r.markings))).encode() + b"\x1e")
    return mac.hexdigest()[:32]


def clusters(pairs: Iterable[tuple[str, str, str]]) -> dict[str, list[str]]:
    """Return for every merged entity the members of its cluster, sorted; the first one represents it."""
    parent: dict[str, str] = {}

    def root(one: str) -> str:
        parent.setdefault(one, one)
        while parent[one] != one:
            parent[one] = parent[parent[one]]
            one = parent[one]
        return one

    for a, b, _ in pairs:
        low, high = sorted((root(a), root(b)))
        parent[high] = low
    groups: defaultdict[str, list[str]] = defaultdict(list)
    for one in parent:
        groups[root(one)].append(one)
    return {one: sorted(group) for group in groups.values() for one in group}


def caption(records: Sequence[Record], fallback: str) -> str:
    """Return the caption that the reader's records give: of those that stand first, of those the ones that state a name, the oldest."""
    best = sorted(records, key=lambda r: (r.status == "retracted", bool(r.markings), not r.values.get("name"), r.asserted_at, r.id))
    return next((r.caption for r in best if r.caption), fallback)


def other_names(records: Iterable[Record], shown: str) -> list[str]:
    """Return the other names and aliases of records that stand, in the order said."""
    names = [
        value
        for r in records
        if r.status not in FALLEN
        for name in ("name", "alias", "previousName", "weakAlias")
        for value in r.values.get(name, [])
    ]
    return [name for name in dict.fromkeys(names) if name != shown]
