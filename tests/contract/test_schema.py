"""The printed schema is checked in: a change of the API is a change that people see in review."""

from __future__ import annotations

from pathlib import Path

from graphql import GraphQLEnumType, GraphQLInputObjectType, GraphQLObjectType, build_schema

from backend.schema import printed

CHECKED_IN = Path(__file__).parents[2] / "backend" / "schema.graphql"


def test_the_printed_schema_is_the_one_checked_in() -> None:
    assert printed() == CHECKED_IN.read_text(encoding="utf-8"), "Run: python -m backend.schema > backend/schema.graphql"


def test_every_type_and_field_is_described() -> None:
    types = [it for name, it in build_schema(printed()).type_map.items() if not name.startswith("__")]
    ours = [
        it
        for it in types
        if isinstance(it, GraphQLObjectType | GraphQLEnumType | GraphQLInputObjectType) and it.name not in {"Query", "Mutation"}
    ]
    bare = [it.name for it in ours if not it.description]
    bare += [
        f"{it.name}.{name}"
        for it in types
        if isinstance(it, GraphQLObjectType)
        for name, field in it.fields.items()
        if not field.description
    ]
    assert not bare
