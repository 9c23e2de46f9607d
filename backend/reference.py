"""The reference of the API, written from the schema: `python -m backend.reference > backend/REFERENCE.md`."""

from __future__ import annotations

import sys
from pathlib import Path
from typing import TYPE_CHECKING, Any, cast

import yaml
from graphql import (
    GraphQLEnumType,
    GraphQLInputObjectType,
    GraphQLInterfaceType,
    GraphQLList,
    GraphQLNonNull,
    GraphQLObjectType,
    GraphQLUnionType,
    parse,
    print_ast,
)

from backend.schema import native, personal

if TYPE_CHECKING:
    from collections.abc import Iterator

    from graphql import GraphQLField, GraphQLNamedType

EXAMPLES = cast("dict[str, str]", yaml.safe_load((Path(__file__).parent / "examples.yaml").read_text()))
HEAD = """# The API

Written from the schema by `python -m backend.reference`; do not edit. One address, `POST /graphql`, with a session or an API token
([QUICKSTART.md](QUICKSTART.md)). What you may not see does not exist: it answers `NOT_FOUND`, and no list, count or page tells of it.

**Examples.** The tests run each of them. `"$Saltmarsh"` stands for the id of the thing of that name, `"$key"` for a text of your own that
is new for each change (send the same again after a lost answer: it is done once), `"$version of A"` for the `version` that you read.
Objects are shortened to their plain fields.

**Errors** carry `extensions.code`: `UNAUTHENTICATED`, `NOT_FOUND`, `FORBIDDEN`, `INVALID` (with `field`), `CONFLICT` (somebody changed it
meanwhile), `RESTARTING` (try again in a moment), `INTERNAL` (with a `correlation` code for the administrator).

**Lists** come in pages: `first` of them, and `after: endCursor` for the next. A cursor holds for its reader, space and list only.
"""
BY_PERSON = "*Only for a person at a browser, never by an API token.*"


def plain(kind: Any) -> GraphQLNamedType:  # noqa: ANN401 - graphql-core's own wrappers
    """Return the type inside lists and non-null."""
    return plain(kind.of_type) if isinstance(kind, GraphQLNonNull | GraphQLList) else kind


def selection(kind: GraphQLNamedType, depth: int = 2) -> str:
    """Return the plain fields of an object, and those of the objects in it down to `depth`."""
    if not isinstance(kind, GraphQLObjectType):
        return ""
    inner = [(name, plain(field.type)) for name, field in kind.fields.items() if not field.args]
    shown = [name + selection(of, depth - 1) for name, of in inner if not isinstance(of, GraphQLObjectType) or depth > 1]
    return " { " + " ".join(shown or ["__typename"]) + " }"


def _row(what: str, description: str | None) -> str:
    return f"- `{what}`" + (f" {description}" if description else "")


def operation(sort: str, name: str, field: GraphQLField) -> Iterator[str]:
    """Write one operation."""
    yield f"### {name}\n\n{field.description}"
    if name in personal():
        yield BY_PERSON
    yield "\n".join([*(_row(f"{one}: {each.type}", each.description) for one, each in field.args.items()), f"- answers `{field.type}`"])
    arguments = f"({EXAMPLES[name]})" if EXAMPLES[name] else ""
    example = print_ast(parse(f"{sort} {{ {name}{arguments}{selection(plain(field.type))} }}"))
    yield f"```graphql\n{example}\n```"


def kinds() -> Iterator[str]:
    """Write every type that an operation names."""
    roots = (native.query_type, native.mutation_type)
    for name, kind in sorted(native.type_map.items()):
        if kind in roots or name.startswith("__"):
            continue
        if isinstance(kind, GraphQLEnumType):
            rows = [_row(one, value.description) for one, value in kind.values.items()]
        elif isinstance(kind, GraphQLObjectType | GraphQLInputObjectType | GraphQLInterfaceType):
            rows = [
                f"- `{one}: {field.type}`" + (f" {field.description}" if field.description else "") for one, field in kind.fields.items()
            ]
        elif isinstance(kind, GraphQLUnionType):
            rows = [f"- `{one.name}`" for one in kind.types]
        else:
            rows = []
        yield f"### {name}\n\n" + (f"{kind.description}\n\n" if kind.description else "") + "\n".join(rows)


def printed() -> str:
    """Return the reference as it is checked in."""
    parts = [HEAD.rstrip()]
    for title, sort, root in (("Reading", "query", native.query_type), ("Changing", "mutation", native.mutation_type)):
        parts.append(f"## {title}")
        for name, field in sorted(root.fields.items()) if root else ():
            parts.extend(operation(sort, name, field))
    return "\n\n".join([*parts, "## Types", *kinds()]).rstrip() + "\n"


if __name__ == "__main__":
    sys.stdout.write(printed())
