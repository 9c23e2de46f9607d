"""Cypher is constants: never put together from what a person sent."""

from __future__ import annotations

import ast
import re
from typing import TYPE_CHECKING

from graph.dialect import NEO4J
from tests.architecture.sources import name_of, speaks_cypher, tree, written
from tests.graph.parameters import of
from tests.graph.plans import every_query
from tests.graph.planting import Planted

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path


def _places(path: Path, found: Iterator[ast.expr | ast.stmt]) -> list[str]:
    return [f"{name_of(path)}:{node.lineno}" for node in found]


def _interpolated(path: Path) -> Iterator[ast.expr]:
    for node in ast.walk(tree(path)):
        if isinstance(node, ast.JoinedStr) and speaks_cypher(node):
            yield node
        if isinstance(node, ast.BinOp) and isinstance(node.op, ast.Mod) and speaks_cypher(node.left):
            yield node
        if isinstance(node, ast.Attribute) and node.attr in {"format", "format_map"} and speaks_cypher(node.value):
            yield node


def _not_declared_literal(path: Path) -> Iterator[ast.stmt]:
    for node in tree(path).body:
        if isinstance(node, ast.Assign) and speaks_cypher(node.value):
            yield node
        if (
            isinstance(node, ast.AnnAssign)
            and node.value
            and speaks_cypher(node.value)
            and "LiteralString" not in ast.unparse(node.annotation)
        ):
            yield node


def test_no_query_is_interpolated() -> None:
    assert not [place for path in written(".py") for place in _places(path, _interpolated(path))]


def test_every_query_constant_is_declared_a_literal_string() -> None:
    sources = written(".py", under="graph/")
    assert not [place for path in sources for place in _places(path, _not_declared_literal(path))]


def test_only_the_graph_layer_holds_cypher() -> None:
    constants = (
        (path, node)
        for path in written(".py", under="backend/")
        for node in tree(path).body
        if isinstance(node, ast.Assign | ast.AnnAssign)
    )
    assert not [f"{name_of(path)}:{node.lineno}" for path, node in constants if speaks_cypher(node)]


def test_a_query_with_a_name_put_into_it_is_found() -> None:
    module = ast.parse('query = f"MATCH (n:{label}) RETURN n"')
    assert [node for node in ast.walk(module) if isinstance(node, ast.JoinedStr) and speaks_cypher(node)]


def test_every_query_is_planned_at_a_planted_size() -> None:
    """A new query enters `tests/graph/parameters.py`, so that both engines are asked how they will run it."""
    asked = {name: frozenset(given) for name, given in of(Planted("", 10), NEO4J).items()}
    assert asked == {name: frozenset(re.findall(r"\$(\w+)", query)) for name, query in every_query().items()}
