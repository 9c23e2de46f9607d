"""Tables under a mapping: each row states the entities and links that the mapping's queries make of it."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, BinaryIO

from backend.entities.imports import formats, mapping, tables, values
from backend.entities.imports.rules import BadSource, BadValue, Refused, Row, Step, checked, checked_key, made_key
from graph import ontology

if TYPE_CHECKING:
    from collections.abc import Iterator

    from backend.entities.imports.mapping import EntityRule, PropertyRule, Query
    from backend.entities.imports.tables import Table, TableRow

Cells = dict[str, str]


@dataclass(frozen=True, slots=True)
class Place:
    """Where a row stands: its number, and the same as people say it."""

    number: int
    said: str


def steps(file: BinaryIO, mapping_text: str, form: str = formats.TEXT, after: int = 0) -> Iterator[Step]:
    """Yield one step per row of the table behind row `after` and behind the header, in order.

    Raises BadSource before the first step when the mapping is wrong, or names a column that the table lacks.
    """
    queries = mapping.parse(mapping_text)
    table = formats.opened(file, form, queries[0].layout)
    if missing := sorted(set[str]().union(*(query.columns for query in queries)) - set(table.columns)):
        raise BadSource(f"The mapping names a column that the file does not have: {missing[0][:60]}.")
    above = max(after, table.layout.header or 0)
    return (_step(row, table, queries) for row in table.rows if row.number > above)


def _step(row: TableRow, table: Table, queries: tuple[Query, ...]) -> Step:
    try:
        rows = tuple(_rows(Place(row.number, f"{table.place} {row.number}"), _cells(row, table.columns), queries))
    except BadValue as bad:
        return Step(row.number, row.offset, refused=(Refused(row.number, bad.column, str(bad)),))
    return Step(row.number, row.offset, rows)


def _cells(row: TableRow, columns: list[str]) -> Cells:
    if row.problem:
        raise BadValue("", row.problem)
    if len(row.cells) != len(columns):
        raise BadValue("", f"has {len(row.cells)} cells, the header has {len(columns)}")
    if row.bad:
        raise BadValue(columns[row.bad[0][0]], row.bad[0][1])
    cells = dict(zip(columns, row.cells, strict=True))
    if damaged := next((name for name, cell in cells.items() if tables.unreadable(cell)), None):
        raise BadValue(damaged, "holds bytes that are not of the file's encoding")
    return cells


def _rows(place: Place, cells: Cells, queries: tuple[Query, ...]) -> Iterator[Row]:
    passed = [query for query in queries if _passes(query, cells)]
    rows = [row for query in passed for row in _query_rows(place, cells, query)]
    if passed and not rows:
        raise BadValue(_first_key(passed), "nothing to tell one from another: the key columns are empty")
    return iter(rows)


def _first_key(queries: list[Query]) -> str:
    return next((rule.id_column or (*rule.keys, "")[0] for query in queries for rule in query.entities if rule.link is None), "")


def _passes(query: Query, cells: Cells) -> bool:
    kept = all(cells[name].strip() in allowed for name, allowed in query.only.items())
    return kept and not any(cells[name].strip() in refused for name, refused in query.without.items())


def _query_rows(place: Place, cells: Cells, query: Query) -> Iterator[Row]:
    keys = {rule.name: key for rule in query.entities if rule.link is None and (key := _key(rule, cells))}
    for rule in query.entities:
        if rule.link is not None:
            yield from _link(place, cells, rule, rule.link, keys, strict=query.strict)
        elif rule.name in keys and not rule.refers and not _lacks(rule, cells, keys):
            yield Row(place.number, keys[rule.name], rule.kind, _values(rule, cells, strict=query.strict), place.said)
            yield from _references(place, rule, keys)


def _lacks(rule: EntityRule, cells: Cells, keys: dict[str, str]) -> bool:
    return any(each.required and not (each.entity in keys if each.entity else _said(each, cells)) for each in rule.properties)


def _key(rule: EntityRule, cells: Cells) -> str | None:
    if rule.id_column:
        said = cells[rule.id_column].strip()
        return checked_key(rule.id_column, said) if said else None
    said = [cells[name].strip() for name in rule.keys]
    if not any(said):
        return None
    return values.typed_key(rule, said[0]) if rule.key_type else made_key(rule.key_literal, *said)


def _link(place: Place, cells: Cells, rule: EntityRule, link: ontology.LinkKind, keys: dict[str, str], *, strict: bool) -> Iterator[Row]:
    named = {each.name: each.entity for each in rule.properties if each.entity}
    start = next((keys.get(named[name]) for name in link.source_properties if name in named), None)
    end = next((keys.get(named[name]) for name in link.target_properties if name in named), None)
    if start is None or end is None or _lacks(rule, cells, keys):
        return
    each_row = [str(place.number), *cells.values()] if rule.each_row else []
    own = _key(rule, cells) or made_key(rule.name, link.name, start, end, *each_row)
    yield Row(place.number, own, link.name, _values(rule, cells, strict=strict), place.said, start, end)


def _references(place: Place, rule: EntityRule, keys: dict[str, str]) -> Iterator[Row]:
    named = ontology.property_links(rule.kind)
    for each in rule.properties:
        if each.entity and each.entity in keys:
            link, own, other = named[each.name], keys[rule.name], keys[each.entity]
            ends = (other, own) if link.inverted else (own, other)
            yield Row(place.number, made_key(own, link.name, other), link.name, {}, place.said, *ends)


def _values(rule: EntityRule, cells: Cells, *, strict: bool) -> dict[str, list[str]]:
    found = dict[str, list[str]]()
    for each in rule.properties:
        if not each.entity and (said := _said(each, cells)):
            try:
                read = values.read(rule, each, said, strict=strict)
                found[each.name] = checked(rule.kind, each.name, read)
            except BadValue as bad:
                raise BadValue((*each.columns, each.name)[0], str(bad)) from None
    return found


def _said(rule: PropertyRule, cells: Cells) -> list[str]:
    said = [_filled(rule.template, cells)] if rule.template else [cells[name].strip() for name in rule.columns]
    said = [each for each in (*said, *rule.literals) if each]
    if rule.format:
        said = [values.formatted((*rule.columns, rule.name)[0], each, rule.format) for each in said]
    if rule.split:
        said = [piece.strip() for each in said for piece in each.split(rule.split)]
    return [rule.join.join(said)] if rule.join is not None and said else said


def _filled(template: str, cells: Cells) -> str:
    first, *pieces = template.split("{{")
    filled = [cells[name.strip()].strip() + rest for name, _, rest in (piece.partition("}}") for piece in pieces)]
    return (first + "".join(filled)).strip()
