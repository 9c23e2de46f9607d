"""Limits on a GraphQL document that is not one of the front-end's own.

Everything is measured in time linear in the document's size, fragments once each, *before* graphql-core validates it: its rule about
overlapping fields compares fields of one name pair by pair, so repeats and spreads are what makes a short document costly (SECURITY S1).
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from graphql import (
    FieldNode,
    FragmentDefinitionNode,
    FragmentSpreadNode,
    InlineFragmentNode,
    OperationDefinitionNode,
)

from backend.core.errors import Invalid

if TYPE_CHECKING:
    from graphql import DocumentNode, SelectionSetNode

MOST_CHARACTERS, MOST_TOKENS = 16_384, 2_000
MOST_DEPTH, MOST_FIELDS, MOST_ROOTS, MOST_OPERATIONS = 12, 1_000, 12, 4
MOST_REPEATS, MOST_SPREADS = 12, 24
DEPTH_OF_SCHEMA = 16
"""How deep tools ask for the schema, where it is told: nine levels of lists and non-nulls around a type."""
INTROSPECTION = frozenset({"__schema", "__type"})


@dataclass(frozen=True, slots=True)
class Size:
    """What stands below a selection: levels, fields, and the names under which its own fields are answered."""

    depth: int
    fields: int
    names: tuple[str, ...]


class _Measure:
    """Sizes of the selections of one document."""

    def __init__(self, document: DocumentNode, deepest: int) -> None:
        self._deepest = deepest
        self._fragments = {it.name.value: it for it in document.definitions if isinstance(it, FragmentDefinitionNode)}
        self._known: dict[str, Size] = {}
        self._open: set[str] = set()
        self._spreads = self._repeats = 0
        self.introspects = False

    def of(self, selection: SelectionSetNode | None) -> Size:
        """Return the size of a selection set; raise `Invalid` as soon as anything is too large."""
        depth = fields = 0
        names: list[str] = []
        for node in selection.selections if selection else ():
            below = self._node(node)
            depth, fields = max(depth, below.depth), fields + below.fields
            names += below.names
            if depth > self._deepest or fields > MOST_FIELDS:
                raise Invalid(f"The query is too large: at most {self._deepest} levels and {MOST_FIELDS} fields.", "query")
        return Size(depth, fields, tuple(names))

    def set_of(self, selection: SelectionSetNode | None) -> Size:
        """Return the size of the whole selection set of a field or an operation, counting names that it repeats."""
        size = self.of(selection)
        self._repeats += len(size.names) - len(set(size.names))
        if self._repeats > MOST_REPEATS:
            raise Invalid(f"The query asks for the same field more than {MOST_REPEATS} times.", "query")
        return size

    def _node(self, node: object) -> Size:
        if isinstance(node, FieldNode):
            self.introspects = self.introspects or node.name.value in INTROSPECTION
            below = self.set_of(node.selection_set)
            return Size(below.depth + 1, below.fields + 1, (node.alias.value if node.alias else node.name.value,))
        if isinstance(node, InlineFragmentNode):
            return self.of(node.selection_set)
        return self._spread(node.name.value) if isinstance(node, FragmentSpreadNode) else Size(0, 0, ())

    def _spread(self, name: str) -> Size:
        self._spreads += 1
        if self._spreads > MOST_SPREADS:
            raise Invalid(f"The query spreads more than {MOST_SPREADS} fragments.", "query")
        if name in self._open:
            raise Invalid("A fragment contains itself.", "query")
        if name not in self._known:
            self._open.add(name)
            found = self._fragments.get(name)
            self._known[name] = self.of(found.selection_set if found else None)
            self._open.discard(name)
        return self._known[name]


def check(document: DocumentNode, *, introspection: bool) -> None:
    """Raise `Invalid` where a parsed document is larger than anybody needs, or asks for the schema where that is off."""
    operations = [it for it in document.definitions if isinstance(it, OperationDefinitionNode)]
    if len(operations) > MOST_OPERATIONS:
        raise Invalid(f"At most {MOST_OPERATIONS} operations in one document.", "query")
    measure = _Measure(document, DEPTH_OF_SCHEMA if introspection else MOST_DEPTH)
    for each in document.definitions:
        if isinstance(each, OperationDefinitionNode) and len(measure.set_of(each.selection_set).names) > MOST_ROOTS:
            raise Invalid(f"At most {MOST_ROOTS} fields at the top.", "query")
        if isinstance(each, FragmentDefinitionNode):
            measure.of(each.selection_set)
    if measure.introspects and not introspection:
        raise Invalid("This server does not describe its schema. The printed one is backend/schema.graphql.", "query")
