"""The mapping of a table's columns to kinds and properties, in FollowTheMoney's YAML form.

    queries:
      - filters: {type: limited}
        entities:
          owner:
            schema: Person
            keys: [owner id]
            properties:
              name: {columns: [first name, last name], join: " "}
              nationality: {literal: lt}
          share:
            schema: Ownership
            properties:
              owner: {entity: owner}
              asset: {entity: company}
              percentage: {column: share}

Ours, beyond FollowTheMoney: a query may say `quote`, `header` (the row that names the columns), `sheet` and `strict: true` (rows whose
IBAN, telephone or country does not hold are refused); an entity `key_type` (`iban`, `phone`, `name` …: the same in any notation is the
same thing), `country` for telephone numbers written without one, and `refers: true` (it is in the data set already, the row only names
it); a link `each_row: true` (every row states one of its own); a property `dates: dmy | mdy | ymd` and `decimal: comma | point`.

As there, the text may also begin with the name of a data set, and `query` may stand for one query. `csv_url` and the like are passed
over: the file is the one that was uploaded. Databases and joins of tables are refused.
"""

from __future__ import annotations

import codecs
import re
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, cast

from backend.entities.imports import places
from backend.entities.imports.layouts import QUOTES, Layout
from backend.entities.imports.places import BadMapping
from backend.entities.imports.rules import BadSource
from backend.entities.imports.values import COUNTRIES, DATE_ORDERS, DECIMAL_MARKS, KEY_TYPES
from graph import ontology

if TYPE_CHECKING:
    from collections.abc import Mapping as Map

LONGEST_MAPPING = 64 * 1024
LAST_HEADER = 1_000
# What strptime reads a year of two digits by, and guesses its century: %D, %x and %c hold %y.
_SHORT_YEARS = re.compile(r"(?<!%)(?:%%)*%[yDxcg]")
# Codecs of Python that read no text, or not from any place of a file.
_NO_ENCODINGS = frozenset({"idna", "punycode", "undefined", "unicode_escape", "raw_unicode_escape", "utf-7", "mbcs", "oem"})
_QUERY = frozenset({
    "entities", "filters", "filters_not", "csv_url", "csv_urls", "delimiter", "encoding", "quote", "header", "sheet", "strict",
})  # fmt: skip
_ENTITY = frozenset({
    "schema", "keys", "key", "key_literal", "id_column", "properties", "key_type", "country", "refers", "each_row",
})  # fmt: skip
_PROPERTY = frozenset({
    "column", "columns", "literal", "literals", "template", "join", "split", "format", "entity", "required", "fuzzy", "dates", "decimal",
})  # fmt: skip


@dataclass(frozen=True, slots=True)
class PropertyRule:
    """Where the values of one property come from: columns, literals, a template, or another entity of the same row (`entity`)."""

    name: str
    columns: tuple[str, ...] = ()
    literals: tuple[str, ...] = ()
    template: str | None = None
    join: str | None = None
    split: str | None = None
    format: str | None = None
    entity: str | None = None
    required: bool = False
    dates: str | None = None
    decimal: str | None = None


@dataclass(frozen=True, slots=True)
class EntityRule:
    """One entity or link that each row states. `keys` are columns; an entity whose key columns are all empty is not stated."""

    name: str
    kind: str
    keys: tuple[str, ...]
    key_literal: str
    id_column: str | None
    properties: tuple[PropertyRule, ...]
    key_type: str | None = None
    country: str | None = None
    refers: bool = False
    each_row: bool = False

    @property
    def link(self) -> ontology.LinkKind | None:
        """The kind of link that the rule makes, or None for an entity."""
        return ontology.link_kind_of_schema(self.kind)


@dataclass(frozen=True, slots=True)
class Query:
    """Rules applied to the rows that pass its filters (column → accepted, or refused, values)."""

    entities: tuple[EntityRule, ...]
    only: Map[str, frozenset[str]] = field(default_factory=dict[str, frozenset[str]])
    without: Map[str, frozenset[str]] = field(default_factory=dict[str, frozenset[str]])
    layout: Layout = field(default_factory=Layout)
    strict: bool = False

    @property
    def columns(self) -> set[str]:
        """Every column that the query reads."""
        used = {*self.only, *self.without}
        for each in self.entities:
            used |= {*each.keys, *([each.id_column] if each.id_column else [])}
            used |= {column for rule in each.properties for column in rule.columns}
        return used


def parse(text: str) -> tuple[Query, ...]:
    """Read a mapping; raise BadSource with the line, the place and what is wrong."""
    if len(text) > LONGEST_MAPPING:
        raise BadSource(f"The mapping is longer than {LONGEST_MAPPING // 1024} KiB.")
    read = places.read(text)
    try:
        queries = _queries(read.said)
        if not queries:
            raise BadSource("The mapping has no queries.")
        return tuple(_query(f"queries[{place}]", each) for place, each in enumerate(queries))
    except BadMapping as bad:
        raise BadSource(f"Line {read.line(bad.place):,}, {bad.place}: {bad.reason}") from None


def _queries(said: object) -> list[object]:
    if isinstance(said, list):
        return cast("list[object]", said)
    top = _table("mapping", said)
    if "queries" not in top and "query" not in top and len(top) == 1:
        top = _table("mapping", next(iter(top.values())))
    many = top.get("queries", [top["query"]] if "query" in top else [])
    return cast("list[object]", many) if isinstance(many, list) else [many]


def _query(place: str, said: object) -> Query:
    it = _table(place, said)
    _only(place, it, _QUERY)
    entities = _table(f"{place}.entities", it.get("entities"))
    rules = tuple(_entity(f"{place}.entities.{name}", name, each) for name, each in entities.items())
    _references(place, rules)
    strict = it.get("strict") is True
    return Query(rules, _filters(place, it.get("filters")), _filters(place, it.get("filters_not")), layout_of(it, place), strict)


def layout_of(said: Map[str, object], place: str = "layout") -> Layout:
    """Return how a table is written from what was said of it; raise BadSource with the place for what no table can be."""
    quote, header = said.get("quote"), said.get("header")
    if not (quote is None or quote in ("", *QUOTES)):
        raise BadMapping("one of \" and ' is wanted here, or nothing.", f"{place}.quote")
    if not (header is None or (isinstance(header, int) and not isinstance(header, bool) and 0 <= header <= LAST_HEADER)):
        raise BadMapping(f"the number of a row up to {LAST_HEADER:,} is wanted here, or 0.", f"{place}.header")
    return Layout(_encoding(place, said), _delimiter(place, said), cast("str | None", quote), header, _word(place, said, "sheet"))


def _delimiter(place: str, said: Map[str, object]) -> str | None:
    delimiter = _word(place, said, "delimiter")
    if delimiter is not None and (len(delimiter) != 1 or delimiter in '\r\n\0"\ufeff' or delimiter.isalnum()):
        raise BadMapping("one character is wanted here, such as a comma, a semicolon or a tab.", f"{place}.delimiter")
    return delimiter


def _encoding(place: str, said: Map[str, object]) -> str | None:
    encoding = _word(place, said, "encoding")
    if encoding is None:
        return None
    try:
        known = codecs.lookup(encoding).name
        b"a".decode(encoding, errors="replace")
    except (LookupError, ValueError):
        known = "undefined"
    if known in _NO_ENCODINGS:
        raise BadMapping(f"there is no encoding {encoding[:30]!r}.", f"{place}.encoding")
    return known


def _entity(place: str, name: str, said: object) -> EntityRule:
    it = _table(place, said)
    _only(place, it, _ENTITY)
    kind = _word(place, it, "schema") or ""
    link = ontology.link_kind_of_schema(kind)
    if link is None and not ontology.is_entity_kind(kind):
        raise BadMapping(f"there is no kind {kind[:60]!r}.", f"{place}.schema")
    properties = _table(f"{place}.properties", it.get("properties", {}))
    rules = tuple(_property(f"{place}.properties.{each}", each, value) for each, value in properties.items())
    for rule in rules:
        _known(f"{place}.properties.{rule.name}", kind, link, rule)
    keys, id_column = _words(place, it, "keys") or _words(place, it, "key"), _word(place, it, "id_column")
    if link is None and not keys and not id_column:
        raise BadMapping("name the columns that tell one from another (keys).", place)
    key_type = _one_of(place, it, "key_type", KEY_TYPES)
    if key_type and len(keys) > 1:
        raise BadMapping("one key column is wanted with this.", f"{place}.key_type")
    return EntityRule(
        name, link.name if link else kind, keys, _word(place, it, "key_literal") or "", id_column, rules, key_type,
        _one_of(place, it, "country", COUNTRIES), it.get("refers") is True, it.get("each_row") is True,
    )  # fmt: skip


def _known(place: str, kind: str, link: ontology.LinkKind | None, rule: PropertyRule) -> None:
    ends = {*link.source_properties, *link.target_properties} if link else set(ontology.property_links(kind))
    if rule.name in ends:
        if not rule.entity:
            raise BadMapping("this names another entity: write entity, and its name.", place)
    elif rule.entity:
        raise BadMapping(f"{kind} has no reference to an entity of that name.", place)
    elif ontology.property_kind(link.name if link else kind, rule.name) is None:
        raise BadMapping(f"{kind} has no property of that name.", place)


def _property(place: str, name: str, said: object) -> PropertyRule:
    it = _table(place, {"column": said} if isinstance(said, str) else said)
    _only(place, it, _PROPERTY)
    columns, literals = (
        _words(place, it, "columns") + _words(place, it, "column"),
        _words(place, it, "literals") + _words(place, it, "literal"),
    )
    template, entity = _word(place, it, "template"), _word(place, it, "entity")
    if template:
        columns += tuple(piece.split("}}")[0].strip() for piece in template.split("{{")[1:])
    if not columns and not literals and not entity:
        raise BadMapping("name a column, a literal or an entity.", place)
    split, join, form = _word(place, it, "split"), _word(place, it, "join"), _word(place, it, "format")
    if form and _SHORT_YEARS.search(form):
        raise BadMapping("years of two digits (%y) are not read: which century is meant is not guessed. Write %Y.", f"{place}.format")
    dates, decimal = _one_of(place, it, "dates", DATE_ORDERS), _one_of(place, it, "decimal", DECIMAL_MARKS)
    required = it.get("required") is True
    return PropertyRule(name, columns, literals, template, join, split, form, entity, required, dates, decimal)


def _references(place: str, rules: tuple[EntityRule, ...]) -> None:
    entities = {rule.name for rule in rules if rule.link is None}
    for rule in rules:
        named = {each.name: each.entity for each in rule.properties if each.entity}
        if missing := [entity for entity in named.values() if entity not in entities]:
            raise BadMapping(f"there is no entity {missing[0][:60]!r} in this query.", f"{place}.entities.{rule.name}")
        if rule.link and not (set(rule.link.source_properties) & set(named) and set(rule.link.target_properties) & set(named)):
            start, end = rule.link.source_properties[0], rule.link.target_properties[0]
            raise BadMapping(f"a link needs both ends, {start} and {end}.", f"{place}.entities.{rule.name}")


def _filters(place: str, said: object) -> dict[str, frozenset[str]]:
    if said is None:
        return {}
    return {name: frozenset(_words(place, {"filters": value}, "filters")) for name, value in _table(f"{place}.filters", said).items()}


def _table(place: str, said: object) -> dict[str, object]:
    if not isinstance(said, dict):
        raise BadMapping("pairs of name: value are wanted here.", place)
    return {str(name): value for name, value in cast("dict[object, object]", said).items()}


def _only(place: str, said: dict[str, object], allowed: frozenset[str]) -> None:
    if unknown := [name for name in said if name not in allowed]:
        raise BadMapping("this word is not understood here.", f"{place}.{unknown[0][:60]}")


def _one_of(place: str, said: dict[str, object], name: str, allowed: frozenset[str]) -> str | None:
    word = _word(place, said, name)
    if word is not None and word not in allowed:
        raise BadMapping(f"{word[:30]!r} is not known here.", f"{place}.{name}")
    return word


def _word(place: str, said: Map[str, object], name: str) -> str | None:
    words = _words(place, said, name)
    if len(words) > 1:
        raise BadMapping("one value is wanted here.", f"{place}.{name}")
    return words[0] if words else None


def _words(place: str, said: Map[str, object], name: str) -> tuple[str, ...]:
    value = said.get(name)
    many = cast("list[object]", value) if isinstance(value, list) else [] if value is None else [value]
    if any(isinstance(each, (dict, list)) for each in many):
        raise BadMapping("words are wanted here.", f"{place}.{name}")
    return tuple(str(each) for each in many)
