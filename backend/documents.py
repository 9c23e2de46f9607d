"""The GraphQL documents that may run: those of the front-end, known by their hash, and any other one within the limits."""

from __future__ import annotations

from dataclasses import dataclass, field
from functools import lru_cache
from typing import TYPE_CHECKING, Any

import orjson
from graphql import GraphQLSyntaxError, parse, validate
from strawberry.extensions import SchemaExtension

from backend import limits
from backend.config import UnsafeSetting
from backend.core.errors import Invalid

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from graphql import DocumentNode, GraphQLSchema

PERSISTED_FILE = "operations.json"
MOST_KEPT, MOST_ERRORS = 256, 5
OUTDATED = "This page is older than the server. Reload it to go on; what you typed is still here until then."
STALE = "The pages in {folder} were built for another version of the server. Run infra/pages, then start again. ({why})"


@dataclass(frozen=True, slots=True)
class Prepared:
    """A document that was parsed and validated, and its text."""

    text: str
    document: DocumentNode


@dataclass(frozen=True, slots=True)
class Documents:
    """`persisted` by hash; `introspection` says whether other documents may ask for the schema, and are helped with names."""

    schema: GraphQLSchema
    introspection: bool = False
    persisted: dict[str, Prepared] = field(default_factory=dict[str, Prepared])

    @classmethod
    def open(cls, schema: GraphQLSchema, dist: Path | None, *, introspection: bool) -> Documents:
        """Read the documents that the pages were built with. Raises `UnsafeSetting` for pages that do not fit the schema."""
        built = dist / PERSISTED_FILE if dist else None
        texts: dict[str, str] = orjson.loads(built.read_bytes()) if built and built.is_file() else {}
        try:
            return cls(schema, introspection, {one: _validated(schema, text, suggest=True) for one, text in texts.items()})
        except Invalid as error:
            raise UnsafeSetting(STALE.format(folder=dist, why=error)) from error

    def known(self, one: str) -> Prepared:
        """Return a document of the front-end by its hash."""
        found = self.persisted.get(one)
        if found is None:
            raise Invalid(OUTDATED, "documentId")
        return found

    def prepare(self, text: str) -> Prepared:
        """Return a document that somebody wrote, or raise `Invalid` where it is wrong or too large."""
        return _prepared(self.schema, text, self.introspection)


@lru_cache(maxsize=MOST_KEPT)
def _prepared(schema: GraphQLSchema, text: str, introspection: bool) -> Prepared:  # noqa: FBT001 - a key of the cache
    if len(text) > limits.MOST_CHARACTERS:
        raise Invalid(f"A query has at most {limits.MOST_CHARACTERS} characters; put values into variables.", "query")
    limits.check(_parsed(text), introspection=introspection)
    return _validated(schema, text, suggest=introspection)


def forget() -> None:
    """Drop every document that was kept; the next one is read anew."""
    _prepared.cache_clear()


def _parsed(text: str) -> DocumentNode:
    try:
        return parse(text, max_tokens=limits.MOST_TOKENS)
    except GraphQLSyntaxError as error:
        raise Invalid(error.message, "query") from error
    except RecursionError as error:
        raise Invalid("The query is nested too deeply.", "query") from error


def _validated(schema: GraphQLSchema, text: str, *, suggest: bool) -> Prepared:
    document = _parsed(text)
    errors = validate(schema, document, max_errors=MOST_ERRORS, hide_suggestions=not suggest)
    if errors:
        raise Invalid(" ".join(error.message for error in errors), "query")
    return Prepared(text, document)


class RunPrepared(SchemaExtension):
    """Runs what `Documents` prepared, so that nothing is parsed or validated a second time."""

    def on_parse(self) -> Iterator[None]:
        """Hand the prepared document over."""
        given: dict[str, Any] = self.execution_context.operation_extensions or {}
        if isinstance(prepared := given.get("prepared"), Prepared):
            self.execution_context.graphql_document = prepared.document
            self.execution_context.validation_rules = ()
        yield
