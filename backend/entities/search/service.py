"""Search over records, never over merged entities: words, prefixes and identifiers in any notation, ranked by our own score."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from backend.core.errors import Invalid
from backend.entities import identifiers, rules
from backend.entities.service import page_size
from backend.entities.views import Stub
from backend.teams.service import enter
from graph.queries import entities as queries

if TYPE_CHECKING:
    from backend.core.context import Context
    from graph.driver import Tx
    from graph.records import Record

LONGEST_QUERY, OVERFETCH = 200, 400
NAMES = frozenset({"name", "alias", "previousName", "weakAlias"})


@dataclass(frozen=True, slots=True)
class Hit:
    """An entity and the visible value that matched best; `score` from 0 to 1 is ours."""

    entity: Stub
    matched: str
    property: str
    label: str
    score: float


async def search(ctx: Context, space: str, text: str, first: int) -> list[Hit]:
    """Return the entities whose visible records match every word of `text`, best first."""
    first = page_size(first)
    if len(text) > LONGEST_QUERY:
        raise Invalid(f"Search for at most {LONGEST_QUERY} characters.", "text")
    groups = identifiers.query_groups(text)
    if not groups:
        return []
    asked = {(it.type, it.value) for it in identifiers.guesses(text)}

    async def work(tx: Tx) -> list[Hit]:
        scope = await enter(tx, ctx, space)
        merged = rules.clusters(await queries.same_as(tx, scope))
        best: dict[str, tuple[float, str, str, str]] = {}
        for entity, kind, record in await queries.by_identifier(tx, scope, sorted({value for _, value in asked})):
            if stated := _stating(kind, record, asked):
                _keep(best, merged.get(entity, [entity])[0], (1.0, kind, *stated))
        for entity, kind, record in await queries.search(tx, scope, fulltext(groups), OVERFETCH):
            if found := score(record, text, groups):
                _keep(best, merged.get(entity, [entity])[0], (found[0], kind, found[1], found[2]))
        chosen = sorted(best.items(), key=lambda each: (-each[1][0], each[0]))[:first]
        stubs = await queries.stubs(tx, scope, [one for one, _ in chosen])
        return [
            Hit(Stub(one, *stubs[one]), value, name, _label(kind, name), rank) for one, (rank, kind, name, value) in chosen if one in stubs
        ]

    hits = await ctx.graph.read(work)
    ctx.trail.saw(space, [hit.entity.id for hit in hits])
    return hits


def _keep(best: dict[str, tuple[float, str, str, str]], one: str, found: tuple[float, str, str, str]) -> None:
    if one not in best or best[one][0] < found[0]:
        best[one] = found


def _label(kind: str, name: str) -> str:
    known = rules.properties(kind).get(name)
    return known.label if known else name


def _stating(kind: str, record: Record, asked: set[tuple[str, str]]) -> tuple[str, str] | None:
    """Return the property and value by which a record states one of the identifiers asked for."""
    for name, values in record.values.items():
        for value in values:
            if any((it.type, it.value) in asked for it in identifiers.identifiers_of(kind, name, value)):
                return name, value
    return None


def fulltext(groups: list[tuple[str, ...]]) -> str:
    """Return the engines' query: every word in one of its forms, the last one also as a prefix, everything escaped."""
    parts: list[str] = []
    for place, group in enumerate(groups):
        escaped = [identifiers.escape_fulltext(form) for form in group]
        prefixes = [f"{form}*" for form in escaped] if place == len(groups) - 1 else []
        parts.append("(" + " OR ".join([*escaped, *prefixes]) + ")")
    return " AND ".join(parts)


def score(record: Record, text: str, groups: list[tuple[str, ...]]) -> tuple[float, str, str] | None:
    """Return (score, property, value) of the best matching value of a record; None where its values do not hold every word.

    A name that is exactly what was typed weighs most, then any other value that is; else names weigh more than other values, and
    values with nothing besides the words more than long ones.
    """
    said = [(name, value, identifiers.search_tokens([value])) for name, values in record.values.items() for value in values]
    everything = {token for _, _, tokens in said for token in tokens}
    if not all(_holds(everything, group, last=group is groups[-1]) for group in groups):
        return None
    ranked = [(_rank(name, value, tokens, text, groups), name, value) for name, value, tokens in said]
    best = max(ranked, key=lambda each: (each[0], each[2]), default=None)
    return best if best and best[0] > 0 else None


def _holds(tokens: set[str], group: tuple[str, ...], *, last: bool) -> bool:
    return any(form in tokens or (last and any(token.startswith(form) for token in tokens)) for form in group)


def _rank(name: str, value: str, tokens: list[str], text: str, groups: list[tuple[str, ...]]) -> float:
    named = name in NAMES
    if value.casefold() == text.casefold().strip():
        return 0.99 if named else 0.9
    there = set(tokens)
    exact = sum(1 for group in groups if there & set(group))
    begun = sum(1 for group in groups if not there & set(group) and _holds(there, group, last=True))
    if not exact + begun:
        return 0.0
    density = min(1.0, len(groups) / max(1, len(value.split())))
    weight = 1.0 if named else 0.7
    return round(weight * (0.65 * (exact + 0.5 * begun) / len(groups) + 0.3 * density), 4)
