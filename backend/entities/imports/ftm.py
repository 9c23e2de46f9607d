"""FollowTheMoney JSON lines: one entity or edge entity a line, in any order.

A line of a node schema becomes an entity and one link for each entity it names in a property; a line of an edge schema becomes a link
for each pair of ends. What is refused is refused with its line and property; the lines behind it go on.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, cast

from backend.entities.identifiers import identifiers_of
from backend.entities.imports import tables
from backend.entities.imports.jsonlines import lines, parsed, scalar
from backend.entities.imports.rules import BadValue, Refused, Row, Step, checked, checked_key, made_key
from graph import ontology

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

_MOST_LINKS = 1_000
# A copy of the text for the index of the program that wrote the file; FollowTheMoney says that it is never read back.
_NOT_KEPT = frozenset({"indexText"})
_NUMBER_PROPERTY = {"caller": "callerNumber", "receiver": "receiverNumber"}


def steps(chunks: Iterable[bytes], after: int = 0) -> Iterator[Step]:
    """Yield one step per line behind line `after`, in order. Blank lines are steps without rows. Holds one line at a time.

    Raises BadSource for a file that is no text.
    """
    _, whole = tables.opening(chunks)
    for number, offset, line in lines(whole):
        if number > after:
            yield _step(number, offset, line)


def is_edge(said: dict[str, object]) -> bool:
    """Say whether a line joins others instead of telling of one."""
    schema = said.get("schema")
    return isinstance(schema, str) and ontology.link_kind_of_schema(schema) is not None


def _step(number: int, offset: int, line: bytes | None) -> Step:
    try:
        said = parsed(number, line)
        return Step(number, offset, tuple(_rows(number, said)) if said is not None else ())
    except BadValue as bad:
        return Step(number, offset, refused=(Refused(number, bad.column, str(bad)),))


def _rows(number: int, said: dict[str, object]) -> Iterator[Row]:
    schema, properties = said.get("schema"), said.get("properties", {})
    if not isinstance(schema, str) or not isinstance(properties, dict):
        raise BadValue("schema", "no schema, or properties that are no object")
    key = said.get("id")
    named = checked_key("id", str(key) if isinstance(key, (str, int)) and not isinstance(key, bool) else "")
    every = {name: _texts(name, value) for name, value in cast("dict[str, object]", properties).items() if name not in _NOT_KEPT}
    if link := ontology.link_kind_of_schema(schema):
        return _edge(number, named, link, every)
    if not ontology.is_entity_kind(schema):
        raise BadValue("schema", f"unknown schema {schema[:60]}")
    return _node(number, named, schema, every)


def _node(number: int, key: str, schema: str, every: dict[str, list[str]]) -> Iterator[Row]:
    named = ontology.property_links(schema)
    values = {name: kept for name, said in every.items() if name not in named and (kept := checked(schema, name, said))}
    place = f"line {number}"
    rows = [Row(number, key, schema, values, place)]
    for name, link in ((name, named[name]) for name in every if name in named):
        for other in _keys(name, every[name]):
            ends = (other, key) if link.inverted else (key, other)
            rows.append(Row(number, made_key(key, link.name, other), link.name, {}, place, *ends))
    if len(rows) > _MOST_LINKS:
        raise BadValue("", f"names more than {_MOST_LINKS:,} entities")
    return iter(rows)


def _edge(number: int, key: str, link: ontology.LinkKind, every: dict[str, list[str]]) -> Iterator[Row]:
    place = f"line {number}"
    starts, ends = _ends(number, link.source_properties, every), _ends(number, link.target_properties, every)
    sides = {*link.source_properties, *link.target_properties}
    values = {name: kept for name, said in every.items() if name not in sides and (kept := checked(link.name, name, said))}
    if len(starts.keys) * len(ends.keys) > _MOST_LINKS:
        raise BadValue("", f"joins more than {_MOST_LINKS:,} pairs")
    joined = [Row(number, key, link.name, values, place, source, target) for source in starts.keys for target in ends.keys]
    return iter([*starts.more, *ends.more, *joined])


@dataclass(frozen=True, slots=True)
class _Ends:
    """The keys at one end of an edge, and the rows that this end states besides: who transacts on an account, or a telephone."""

    keys: list[str]
    more: list[Row]


def _ends(number: int, names: tuple[str, ...], every: dict[str, list[str]]) -> _Ends:
    given = [(name, _keys(name, every[name])) for name in names if any(value.strip() for value in every.get(name, ()))]
    if not given:
        return _telephone(number, names[0], every)
    (_, keys), others = given[0], given[1:]
    if len(keys) * sum(len(parties) for _, parties in others) > _MOST_LINKS:
        raise BadValue(names[0], f"joins more than {_MOST_LINKS:,} pairs")
    place = f"line {number}"
    more = [
        Row(number, made_key(party, "UsesAccount", account), "UsesAccount", {}, place, party, account)
        for _, parties in others
        for party in parties
        for account in keys
    ]
    return _Ends(keys, more)


def _telephone(number: int, name: str, every: dict[str, list[str]]) -> _Ends:
    written = checked("Call", _NUMBER_PROPERTY[name], every.get(_NUMBER_PROPERTY[name], [])) if name in _NUMBER_PROPERTY else []
    if not written:
        raise BadValue(name, "names no entity at this end")
    rows = [Row(number, f"phone:{_normal(value)}", "Phone", {"number": [value]}, f"line {number}") for value in written]
    return _Ends([row.key for row in rows], rows)


def _normal(value: str) -> str:
    return identifiers_of("Phone", "number", value)[0].value


def _keys(name: str, values: list[str]) -> list[str]:
    """Return the keys that a property names; their number is bounded before anything is made of each, or of each pair."""
    said = dict.fromkeys(trimmed for value in values if (trimmed := value.strip()))
    if len(said) > _MOST_LINKS:
        raise BadValue(name, f"names more than {_MOST_LINKS:,} entities")
    return [checked_key(name, key) for key in said]


def _texts(name: str, value: object) -> list[str]:
    many = cast("list[object]", value) if isinstance(value, list) else [value]
    return [scalar(name, each) for each in many if each is not None]
