"""How many fields an answer to a document can hold at most, worked out before it runs, from page sizes and lists."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, cast

from graphql import (
    FieldNode,
    FragmentDefinitionNode,
    FragmentSpreadNode,
    GraphQLField,
    GraphQLObjectType,
    InlineFragmentNode,
    IntValueNode,
    OperationDefinitionNode,
    OperationType,
    Undefined,
    VariableNode,
    get_named_type,
)

from backend.core.errors import Invalid

if TYPE_CHECKING:
    from graphql import DocumentNode, GraphQLSchema, NamedTypeNode, SelectionSetNode

MOST_ANSWERED = 100_000
USUAL_LIST = 10
"""What a list without a page size is taken to hold: records of an entity, links of a path."""
PAGE_SIZES = ("first", "limit")


class _Cost:
    """Costs of the selections of one document under the variables sent; a fragment's cost on a type is worked out once."""

    def __init__(self, schema: GraphQLSchema, document: DocumentNode, variables: dict[str, Any]) -> None:
        self._schema = schema
        self._fragments = {it.name.value: it for it in document.definitions if isinstance(it, FragmentDefinitionNode)}
        self._variables = variables
        self._known: dict[tuple[str, bool], int] = {}

    def of(self, selection: SelectionSetNode | None, parent: object, *, paged: bool) -> int:
        """Return how many fields a selection on one object of type `parent` gives; `paged` where its lists are counted already."""
        return sum(self._node(node, parent, paged=paged) for node in (selection.selections if selection else ()))

    def _node(self, node: object, parent: object, *, paged: bool) -> int:
        if isinstance(node, InlineFragmentNode):
            return self.of(node.selection_set, self._on(node.type_condition, parent), paged=paged)
        if isinstance(node, FragmentSpreadNode):
            return self._spread(node.name.value, paged=paged)
        found = parent.fields.get(node.name.value) if isinstance(node, FieldNode) and isinstance(parent, GraphQLObjectType) else None
        if not isinstance(node, FieldNode) or found is None:
            return 1
        size = self._page_size(node, found)
        times = size or (USUAL_LIST if str(found.type).startswith("[") and not paged else 1)
        below: object = cast("object", get_named_type(found.type))
        return 1 + times * self.of(node.selection_set, below, paged=size is not None)

    def _spread(self, name: str, *, paged: bool) -> int:
        key = (name, paged)
        if key not in self._known:
            found = self._fragments[name]
            self._known[key] = self.of(found.selection_set, self._on(found.type_condition, None), paged=paged)
        return self._known[key]

    def _on(self, condition: NamedTypeNode | None, parent: object) -> object:
        return self._schema.get_type(condition.name.value) if condition else parent

    def _page_size(self, node: FieldNode, found: GraphQLField) -> int | None:
        """Return the page size asked for, the usual one of the field, or None where it has no pages."""
        argument = next((name for name in PAGE_SIZES if name in found.args), None)
        if argument is None:
            return None
        said: object = next((it.value for it in node.arguments or () if it.name.value == argument), None)
        if isinstance(said, IntValueNode):
            return max(1, int(said.value))
        value: object = self._variables.get(said.name.value, Undefined) if isinstance(said, VariableNode) else Undefined
        usual: object = found.args[argument].default_value
        return next((each for each in (value, usual) if isinstance(each, int) and each > 0), USUAL_LIST)


def check(schema: GraphQLSchema, document: DocumentNode, variables: dict[str, Any]) -> None:
    """Raise `Invalid` where an answer may hold more fields than anybody reads; the pages of the front-end are not asked."""
    cost = _Cost(schema, document, variables)
    roots = {OperationType.QUERY: schema.query_type, OperationType.MUTATION: schema.mutation_type}
    for each in document.definitions:
        if isinstance(each, OperationDefinitionNode):
            fields = cost.of(each.selection_set, roots.get(each.operation), paged=False)
            if fields > MOST_ANSWERED:
                raise Invalid(f"The answer may hold {fields} fields; at most {MOST_ANSWERED} at once. Ask for smaller pages.", "query")
