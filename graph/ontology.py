"""Kinds of entities and links, mapped one to one to FollowTheMoney schemata; the data are in `ontology.json`, which says how it was made.

A kind's name becomes a label and a link kind's `relationship` becomes a relationship type, so both are checked when the file is read.
`extends` lists every ancestor, nearest first: an entity of kind K may stand where P is asked for when K is P or P is in K's `extends`.
"""

from __future__ import annotations

import json
import re
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING, LiteralString, NotRequired, TypedDict, cast

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Mapping

_LABEL = re.compile(r"[A-Z][A-Za-z]+")
_RELATIONSHIP = re.compile(r"[A-Z][A-Z_]*[A-Z]")
SAME_AS = "SameAs"
LONGEST_CAPTION = 200


class UnknownKind(KeyError):
    """No kind of that name; `args[0]` is the name."""


class BadOntology(Exception):
    """The data file contradicts itself; nothing starts with it."""


@dataclass(frozen=True, slots=True)
class PropertyKind:
    """A property: `type` is FollowTheMoney's (name, date, country, identifier, number, text …).

    `format` narrows an identifier (iban, bic, lei …). `hidden` properties are kept when imported and never offered or searched.
    """

    name: str
    label: str
    type: str = "string"
    format: str | None = None
    hidden: bool = False


@dataclass(frozen=True, slots=True)
class EntityKind:
    """A kind of entity. `group` is one of the handbook's ten; the properties of `caption` are tried in turn."""

    name: str
    label: str
    plural: str
    group: str
    extends: tuple[str, ...]
    abstract: bool
    properties: tuple[PropertyKind, ...]
    featured: tuple[str, ...]
    caption: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class LinkKind:
    """A kind of link between two entities.

    `schema` is the FollowTheMoney schema when links of this kind are entities there, with the properties that hold the ends (the first
    present wins); what FollowTheMoney lacks is written in the same way, with the ends `source` and `target`. `property` is
    `Schema.property` when they are an entity-typed property there; the link runs from the owner of the property to its value, or the other
    way round when `inverted`.
    """

    name: str
    relationship: str
    label: str
    reverse: str
    link_class: str
    source_kinds: tuple[str, ...]
    target_kinds: tuple[str, ...]
    directed: bool
    properties: tuple[PropertyKind, ...]
    schema: str | None = None
    source_properties: tuple[str, ...] = ()
    target_properties: tuple[str, ...] = ()
    property: str | None = None
    inverted: bool = False


class _Property(TypedDict):
    name: str
    label: str
    type: str
    format: NotRequired[str]
    hidden: NotRequired[bool]


class _Entity(TypedDict):
    name: str
    label: str
    plural: str
    group: str
    extends: list[str]
    abstract: NotRequired[bool]
    featured: list[str]
    caption: list[str]
    properties: list[_Property]


class _Link(TypedDict):
    name: str
    relationship: str
    label: str
    reverse: str
    link_class: str
    source_kinds: list[str]
    target_kinds: list[str]
    directed: bool
    schema: NotRequired[str]
    source_properties: NotRequired[list[str]]
    target_properties: NotRequired[list[str]]
    property: NotRequired[str]
    inverted: NotRequired[bool]
    property_set: NotRequired[str]
    properties: list[_Property]


class _File(TypedDict):
    groups: list[str]
    link_classes: list[str]
    property_sets: dict[str, list[_Property]]
    entity_kinds: list[_Entity]
    link_kinds: list[_Link]


def _properties(said: Iterable[_Property]) -> tuple[PropertyKind, ...]:
    return tuple(PropertyKind(**each) for each in said)


def _ancestors(name: str, raw: Mapping[str, _Entity]) -> tuple[str, ...]:
    level, found = list(raw[name]["extends"]), list[str]()
    while level:
        found += [each for each in level if each not in found]
        level = [parent for each in level for parent in raw[each]["extends"]]
    return tuple(found)


def _entity(said: _Entity, raw: Mapping[str, _Entity]) -> EntityKind:
    extends = _ancestors(said["name"], raw)
    owners = [*reversed(extends), said["name"]]
    properties = {each.name: each for owner in owners for each in _properties(raw[owner]["properties"])}
    featured = tuple(name for name in said["featured"] if name in properties)
    caption = tuple(name for name in said["caption"] if name in properties)
    kind, label, plural, group = said["name"], said["label"], said["plural"], said["group"]
    return EntityKind(kind, label, plural, group, extends, said.get("abstract", False), tuple(properties.values()), featured, caption)


def _link(said: _Link, sets: Mapping[str, list[_Property]]) -> LinkKind:
    shared = sets[said["property_set"]] if "property_set" in said else []
    return LinkKind(
        said["name"], said["relationship"], said["label"], said["reverse"], said["link_class"],
        tuple(said["source_kinds"]), tuple(said["target_kinds"]), said["directed"], _properties([*said["properties"], *shared]),
        said.get("schema"), tuple(said.get("source_properties", ["source"])), tuple(said.get("target_properties", ["target"])),
        said.get("property"), said.get("inverted", False),
    )  # fmt: skip


def _check(file: _File, entities: Mapping[str, EntityKind], links: Mapping[str, LinkKind]) -> None:
    wrong = [name for name in entities if not _LABEL.fullmatch(name)]
    wrong += [kind.name for kind in entities.values() if kind.group not in file["groups"]]
    wrong += [kind.name for kind in links.values() if not (_LABEL.fullmatch(kind.name) and _RELATIONSHIP.fullmatch(kind.relationship))]
    wrong += [kind.name for kind in links.values() if kind.link_class not in file["link_classes"]]
    wrong += [kind.name for kind in links.values() if not {*kind.source_kinds, *kind.target_kinds} <= set(entities)]
    relationships = {kind.relationship for kind in links.values()}
    if wrong or len(relationships) != len(file["link_kinds"]) or len(entities) != len(file["entity_kinds"]):
        raise BadOntology(", ".join(wrong) or "A name is used twice.")


def _load() -> tuple[dict[str, EntityKind], dict[str, LinkKind]]:
    file = cast("_File", json.loads(Path(__file__).with_name("ontology.json").read_text(encoding="utf-8")))
    raw = {each["name"]: each for each in file["entity_kinds"]}
    entities = {name: _entity(each, raw) for name, each in raw.items()}
    links = {each["name"]: _link(each, file["property_sets"]) for each in file["link_kinds"]}
    _check(file, entities, links)
    return entities, links


_ENTITIES, _LINKS = _load()
ENTITY_KINDS: tuple[EntityKind, ...] = tuple(kind for kind in _ENTITIES.values() if not kind.abstract)
LINK_KINDS: tuple[LinkKind, ...] = tuple(_LINKS.values())
_BY_RELATIONSHIP = {kind.relationship: kind for kind in LINK_KINDS}
_BY_SCHEMA = {kind.schema or kind.name: kind for kind in LINK_KINDS if not kind.property and kind.name != SAME_AS}


def entity_kind(name: str) -> EntityKind:
    """Return the entity kind of that name, abstract ones included; UnknownKind if there is none."""
    if name not in _ENTITIES:
        raise UnknownKind(name)
    return _ENTITIES[name]


def link_kind(name: str) -> LinkKind:
    """Return the link kind of that name; UnknownKind if there is none."""
    if name not in _LINKS:
        raise UnknownKind(name)
    return _LINKS[name]


def is_entity_kind(name: str) -> bool:
    """Say whether an entity may be of this kind: known and not abstract."""
    return name in _ENTITIES and not _ENTITIES[name].abstract


def is_link_kind(name: str) -> bool:
    """Say whether a link may be of this kind."""
    return name in _LINKS


def link_kind_of(relationship: str) -> LinkKind:
    """Return the link kind of a relationship type as the graph stores it; UnknownKind if there is none."""
    if relationship not in _BY_RELATIONSHIP:
        raise UnknownKind(relationship)
    return _BY_RELATIONSHIP[relationship]


def link_kind_of_schema(schema: str) -> LinkKind | None:
    """Return the link kind that a file writes as entities of this schema, or None. People decide what is the same, never a file."""
    return _BY_SCHEMA.get(schema)


@cache
def property_links(kind: str) -> dict[str, LinkKind]:
    """Return the link kinds that FollowTheMoney writes as properties of this entity kind, by property name."""
    found = dict[str, LinkKind]()
    for link in LINK_KINDS:
        owner, _, name = (link.property or "").partition(".")
        if owner and (is_a(kind, owner) or (name == "proof" and is_a(kind, "Interval"))):
            found[name] = link
    return found


@cache
def property_kind(kind: str, name: str) -> PropertyKind | None:
    """Return a property of an entity or link kind by name, or None. UnknownKind if there is no such kind."""
    of = _ENTITIES.get(kind) or link_kind(kind)
    return next((each for each in of.properties if each.name == name), None)


def label_of(kind: str) -> LiteralString:
    """Return an entity kind's label for Cypher. With `relationship_of` the only place where a name becomes query text."""
    if not is_entity_kind(kind):
        raise UnknownKind(kind)
    return cast("LiteralString", _ENTITIES[kind].name)


def relationship_of(kind: str) -> LiteralString:
    """Return a link kind's relationship type for Cypher; checked against `[A-Z_]+` when the file was read."""
    return cast("LiteralString", link_kind(kind).relationship)


def is_a(kind: str, parent: str) -> bool:
    """Say whether an entity of this kind may stand where `parent` is asked for."""
    return kind == parent or parent in entity_kind(kind).extends


def related(kind: str, other: str) -> bool:
    """Say whether one thing may be of both kinds, one being the more exact: a legal entity may turn out to be a company."""
    return is_a(kind, other) or is_a(other, kind)


def may_join(link: LinkKind, source: str, target: str) -> bool:
    """Say whether this kind of link may go from one entity kind to the other; in either order when it has no direction."""
    return _joins(link, source, target, is_a)


def could_join(link: LinkKind, source: str, target: str) -> bool:
    """As `may_join`, for entities of which a file may know less than their exact kind."""
    return _joins(link, source, target, related)


def _joins(link: LinkKind, source: str, target: str, suits: Callable[[str, str], bool]) -> bool:
    def fits(start: str, end: str) -> bool:
        return any(suits(start, each) for each in link.source_kinds) and any(suits(end, each) for each in link.target_kinds)

    return fits(source, target) or (not link.directed and fits(target, source))


@cache
def links_between(source: str, target: str) -> tuple[LinkKind, ...]:
    """Return the link kinds that may go from one entity kind to the other."""
    return tuple(link for link in LINK_KINDS if may_join(link, source, target))


def caption(kind: str, values: Mapping[str, list[str]]) -> str:
    """Return what an entity is called: the first non-empty caption property of these values, else the kind's label; 200 characters."""
    said = entity_kind(kind)
    found = next((each for name in (*said.caption, "name") for each in values.get(name, ()) if each.strip()), said.label)
    return found if len(found) <= LONGEST_CAPTION else found[: LONGEST_CAPTION - 1] + "…"
