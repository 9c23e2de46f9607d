"""What the chart shows of items and links, worked out from visible records; the path search itself, level by level."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass, field
from decimal import Decimal, InvalidOperation
from typing import TYPE_CHECKING

from backend.entities import rules as entity_rules
from backend.entities.rules import FALLEN
from graph import ontology

if TYPE_CHECKING:
    from collections.abc import Awaitable, Callable, Iterable, Sequence

    from graph.queries.network import ChartLink, Item, LinkBrief

MINOR_UNITS = {"JPY": 0, "KRW": 0, "CLP": 0, "ISK": 0, "BHD": 3, "KWD": 3, "JOD": 3, "TND": 3, "OMR": 3}


@dataclass(frozen=True, slots=True)
class ItemView:
    """A node as drawn; `merged` counts the visible members of its cluster."""

    id: str
    kind: str
    caption: str
    degree: int
    uncertain: bool
    markings: list[str]
    merged: int
    grade: str | None
    handling: str
    standing: str


@dataclass(frozen=True, slots=True)
class LinkView:
    """A link as drawn; `amount` is the sum in minor units of `currency`."""

    id: str
    kind: str
    source: str
    target: str
    strength: str
    amount: int | None
    currency: str | None
    date: str | None
    markings: list[str]
    grade: str | None
    handling: str
    standing: str


@dataclass(frozen=True, slots=True)
class Chart:
    """Items and the links among them."""

    items: list[ItemView]
    links: list[LinkView]
    truncated: bool = False


def fold(items: Sequence[Item], merged: dict[str, list[str]]) -> list[ItemView]:
    """Draw each cluster once, represented by its first visible member."""
    groups: defaultdict[str, list[Item]] = defaultdict(list)
    present = {it.id for it in items}
    for it in items:
        group = [one for one in merged.get(it.id, [it.id]) if one in present]
        groups[group[0]].append(it)
    return [_item(head, sorted(group, key=lambda it: it.id != head)) for head, group in groups.items()]


def _item(head: str, group: list[Item]) -> ItemView:
    records = [r for it in group for r in it.records]
    best = sorted(records, key=lambda r: (r.status == "retracted", bool(r.markings), not r.named, r.asserted_at, r.id))
    caption = next((it.caption for it in group if it.caption), None) or next((r.caption for r in best if r.caption), "")
    conflict = entity_rules.contradicts((r.status, r.single) for r in records)
    return ItemView(
        id=head,
        kind=group[0].kind,
        caption=caption or ontology.entity_kind(group[0].kind).label,
        degree=sum(it.degree for it in group),
        uncertain=entity_rules.uncertain(records),
        markings=sorted({one for r in records for one in r.markings}),
        merged=len(group),
        grade=entity_rules.best_grade(records),
        handling=entity_rules.strictest(records),
        standing=entity_rules.whole(records, len({(r.title, r.authority) for r in records if r.status not in FALLEN}), conflict=conflict),
    )


def links(found: Iterable[ChartLink], merged: dict[str, list[str]]) -> list[LinkView]:
    """Draw links between representatives; what became a loop by a merge is left out."""
    drawn: dict[str, LinkView] = {}
    for link in found:
        source, target = (merged.get(end, [end])[0] for end in (link.source, link.target))
        if source != target and link.kind != ontology.SAME_AS:
            drawn[link.id] = _link(link, source, target)
    return list(drawn.values())


def _link(link: ChartLink, source: str, target: str) -> LinkView:
    counted = entity_rules.counted(link.records)
    alive = [r for r in link.records if r.status not in FALLEN]
    amount, currency = total(counted)
    return LinkView(
        id=link.id,
        kind=link.kind,
        source=source,
        target=target,
        strength=entity_rules.strength(counted, len({r.title for r in counted})),
        amount=amount,
        currency=currency,
        date=max((r.date for r in counted if r.date), default=None),
        markings=sorted({one for r in link.records for one in r.markings}),
        grade=entity_rules.best_grade(link.records),
        handling=entity_rules.strictest(link.records),
        standing=entity_rules.whole(link.records, len({r.title for r in alive}), conflict=len(_stated(alive)) > 1),
    )


def total(records: Sequence[LinkBrief]) -> tuple[int | None, str | None]:
    """Return the amount that the records of one link state, in minor units; None where they disagree or mix currencies."""
    stated = _stated(records)
    if len(stated) != 1:
        return None, None
    amount, currency = next(iter(stated))
    return (amount, currency) if amount is not None else (None, None)


def _stated(records: Sequence[LinkBrief]) -> set[tuple[int | None, str]]:
    return {(minor(r.amount, r.currency), r.currency) for r in records if r.amount and r.currency}


def minor(amount: str | None, currency: str | None) -> int | None:
    """Read a stated amount as integer minor units of its currency; None where it is not a number or has too many decimals."""
    if amount is None or currency is None:
        return None
    try:
        value = Decimal(amount.replace(" ", "").replace(",", "")).scaleb(MINOR_UNITS.get(currency, 2))
    except InvalidOperation:
        return None
    return int(value) if value.is_finite() and value == value.to_integral_value() else None


# ── paths ─────────────────────────────────────────────────────────────────────────────────────────────────────────────────────────

Step = tuple[str, str, str]  # (near representative, link, far representative)
Ask = "Callable[[list[str]], Awaitable[list[Step]]]"


@dataclass(slots=True)
class Half:
    """One side of a search from both ends: the frontier, and for each item reached every step by which a shortest way came to it."""

    frontier: list[str]
    came: dict[str, list[Step]]
    hops: int = 0


@dataclass(frozen=True, slots=True)
class Search:
    """How a search ended: found, none or truncated; ways as lists of steps from start to end."""

    outcome: str
    hops: int
    seen: int
    ways: list[list[Step]] = field(default_factory=list[list[Step]])


async def search(
    start: str, end: str, ask: Callable[[list[str]], Awaitable[list[Step]]], most_hops: int, budget: int, most_ways: int = 5
) -> Search:
    """Find the shortest ways between two representatives, level by level from both ends.

    `ask` returns every visible step from the items of one level, never a part of them. The budget counts visible items reached; it ends
    with "truncated", never with a false "none".
    """
    if start == end:
        return Search("found", 0, 1, [[]])
    left, right = Half([start], {start: []}), Half([end], {end: []})
    while left.frontier and right.frontier and left.hops + right.hops < most_hops:
        near, far = (left, right) if len(left.frontier) <= len(right.frontier) else (right, left)
        await _grow(near, ask)
        meeting = [one for one in near.frontier if one in far.came]
        if meeting:
            return Search("found", left.hops + right.hops, len(left.came | right.came), _ways(left, right, sorted(meeting), most_ways))
        if len(left.came) + len(right.came) > budget:
            return Search("truncated", left.hops + right.hops, len(left.came) + len(right.came))
    return Search("none", left.hops + right.hops, len(left.came) + len(right.came))


async def _grow(half: Half, ask: Callable[[list[str]], Awaitable[list[Step]]]) -> None:
    level: defaultdict[str, list[Step]] = defaultdict(list)
    for step in sorted(await ask(half.frontier)):
        if step[2] not in half.came:
            level[step[2]].append(step)
    half.came.update(level)
    half.frontier = sorted(level)
    half.hops += 1


def _ways(left: Half, right: Half, meeting: list[str], most: int) -> list[list[Step]]:
    ways: list[list[Step]] = []
    for one in meeting:
        for before in _back(left, one, most):
            for after in _back(right, one, most):
                if len(ways) < most:
                    ways.append([*before, *((far, link, near) for near, link, far in reversed(after))])
    return ways


def _back(half: Half, one: str, most: int) -> list[list[Step]]:
    """Return up to `most` ways from the half's end to `one`, steps in walking order."""
    if not half.came[one]:
        return [[]]
    ways: list[list[Step]] = []
    for step in half.came[one]:
        ways.extend([*way, step] for way in _back(half, step[0], most) if len(ways) < most)
    return ways[:most]
