"""The ids that a caller names in the arguments of an operation: what the schema calls an id, wherever it stands."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, cast

from graphql import GraphQLID, GraphQLInputObjectType, GraphQLList, GraphQLNonNull

if TYPE_CHECKING:
    from collections.abc import Generator, Mapping


def named(declared: Mapping[str, Any], given: Mapping[str, object]) -> Generator[object]:
    """Return what `given` holds where `declared` (graphql-core's arguments or input fields) says that ids stand."""
    for name, one in declared.items():
        if name in given:
            yield from _within(one.type, given[name])


def _within(kind: Any, said: object) -> Generator[object]:  # noqa: ANN401 - graphql-core's own wrappers and classes
    if isinstance(kind, GraphQLNonNull):
        yield from _within(kind.of_type, said)
    elif isinstance(said, list):
        inner = cast("Any", kind).of_type if isinstance(kind, GraphQLList) else kind
        for one in cast("list[object]", said):
            yield from _within(inner, one)
    elif isinstance(kind, GraphQLInputObjectType) and isinstance(said, dict):
        yield from named(kind.fields, cast("dict[str, object]", said))
    elif kind is GraphQLID:
        yield said
