"""Limits on a GraphQL document, in time linear in its size: tokens, depth, fields and aliases, fragments counted once each."""

from __future__ import annotations

from functools import lru_cache

from graphql import (
    DocumentNode,
    FieldNode,
    FragmentDefinitionNode,
    FragmentSpreadNode,
    GraphQLSyntaxError,
    InlineFragmentNode,
    OperationDefinitionNode,
    OperationType,
    SelectionSetNode,
    parse,
)

from backend.core.errors import Invalid

MOST_TOKENS, MOST_DEPTH, MOST_FIELDS, MOST_ROOTS = 2_000, 12, 1_000, 12


class _Measure:
    """Depth and number of fields below a selection; what a fragment costs is worked out once."""

    def __init__(self, document: DocumentNode) -> None:
        self._fragments = {it.name.value: it for it in document.definitions if isinstance(it, FragmentDefinitionNode)}
        self._known: dict[str, tuple[int, int]] = {}
        self._open: set[str] = set()

    def of(self, selection: SelectionSetNode | None) -> tuple[int, int]:
        """Return (depth, fields) of a selection set."""
        depth = fields = 0
        for node in selection.selections if selection else ():
            below, count = self._node(node)
            depth, fields = max(depth, below), fields + count
            if depth > MOST_DEPTH or fields > MOST_FIELDS:
                raise Invalid(f"The query is too large: at most {MOST_DEPTH} levels and {MOST_FIELDS} fields.", "query")
        return depth, fields

    def _node(self, node: object) -> tuple[int, int]:
        if isinstance(node, FieldNode):
            depth, fields = self.of(node.selection_set)
            return depth + 1, fields + 1
        if isinstance(node, InlineFragmentNode):
            return self.of(node.selection_set)
        return self._fragment(node.name.value) if isinstance(node, FragmentSpreadNode) else (0, 0)

    def _fragment(self, name: str) -> tuple[int, int]:
        if name in self._open:
            raise Invalid("A fragment contains itself.", "query")
        if name not in self._known:
            self._open.add(name)
            found = self._fragments.get(name)
            self._known[name] = self.of(found.selection_set if found else None)
            self._open.discard(name)
        return self._known[name]


@lru_cache(maxsize=512)
def checked(query: str) -> tuple[DocumentNode, bool]:
    """Return the parsed document and whether it holds a mutation; raise `Invalid` when it is wrong or too large."""
    try:
        document = parse(query, max_tokens=MOST_TOKENS, no_location=False)
    except GraphQLSyntaxError as error:
        raise Invalid(error.message, "query") from error
    except RecursionError as error:
        raise Invalid("The query is nested too deeply.", "query") from error
    measure, mutates = _Measure(document), False
    for each in document.definitions:
        if isinstance(each, OperationDefinitionNode):
            mutates = mutates or each.operation is OperationType.MUTATION
            if len(each.selection_set.selections) > MOST_ROOTS:
                raise Invalid(f"At most {MOST_ROOTS} fields at the top.", "query")
        if isinstance(each, OperationDefinitionNode | FragmentDefinitionNode):
            measure.of(each.selection_set)
    return document, mutates
