"""What in a query shows content, and whether each such thing passes the reader's check. Reads the text of Cypher, runs nothing."""

from __future__ import annotations

import ast
import importlib
import pkgutil
import re
from collections import Counter
from typing import TYPE_CHECKING

import graph
from tests.architecture.sources import CYPHER, ROOT, speaks_cypher, tree

if TYPE_CHECKING:
    from collections.abc import Iterator

CONTENT = {"Entity", "Record", "Case", "Import", "ImportMapping", "RefusedRows", "Task", "EvidenceItem"}
OF_EXHIBITS = {"StoredFile", "FilePart", "ExhibitPage", "CustodyEvent", "Viewing", "Challenge", "Consent"}
"""What is there where its exhibit is."""
# Relationships that hold the house together; any other one, and one without a type, is a link that somebody said.
STRUCTURE = {"ABOUT", "STATES", "HOLDS", "IN", "UNDER", "SERVES", "CLEARED_FOR", "SETS_UP_BY"}
NODE = re.compile(r"(?:\b(?:MATCH|CREATE|MERGE) |-|>|, )\((?P<name>\w*)(?::(?P<label>\w+))?")
LINK = re.compile(r"-\[(?P<name>\w*)(?::(?P<type>\w+))?")
GUARD = re.compile(r"\b(\w+)\.vis IN \$vis")
EVENT_GUARD = "all(one IN n.after WHERE one IN $vis)"


def queries() -> Iterator[tuple[str, str]]:
    """Yield (module.CONSTANT, text) of every query of the graph layer; migrations make no statement about content."""
    for found in pkgutil.walk_packages(graph.__path__, "graph."):
        if not found.name.startswith("graph.migrations"):
            for name, value in vars(importlib.import_module(found.name)).items():
                if name.isupper() and not name.startswith("_") and isinstance(value, str) and CYPHER.search(value):
                    yield f"{found.name.removeprefix('graph.').removeprefix('queries.')}.{name}", value


def built_in_functions() -> Iterator[str]:
    """Yield module.function of every query that a function puts together."""
    for path in sorted((ROOT / "graph" / "queries").glob("*.py")):
        for node in ast.walk(tree(path)):
            if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef) and _puts_together(node):
                yield f"{path.stem}.{node.name}"


def _puts_together(function: ast.FunctionDef | ast.AsyncFunctionDef) -> bool:
    body = function.body[1:] if ast.get_docstring(function) is not None else function.body
    return any(speaks_cypher(each) for each in body)


def unguarded(query: str) -> list[str]:
    """Return what the query touches of content without the reader's check, by its name in the query."""
    known = {found["name"]: found["label"] for found in NODE.finditer(query) if found["label"]}
    nodes = [(found["name"], found["label"] or known.get(found["name"])) for found in NODE.finditer(query)]
    touched = Counter(found["name"] for found in NODE.finditer(query) if found["label"] in CONTENT)
    if not touched and all(found["type"] for found in LINK.finditer(query)):
        nodes = [(name, label or "") for name, label in nodes]  # people, spaces, agreements: what hangs between them is no content
    touched += Counter(name for name, label in nodes if label is None)
    links = LINK.finditer(query) if touched or any(not found["type"] for found in LINK.finditer(query)) else ()
    touched += Counter(found["name"] for found in links if found["type"] not in STRUCTURE)
    passed = Counter(GUARD.findall(query))
    missing = [name or "(without a name)" for name, times in touched.items() if passed[name] < times]
    if any(label == "Event" for _, label in nodes) and EVENT_GUARD not in query:
        missing.append("an event")
    if any(label == "Identifier" for _, label in nodes) and not passed:
        missing.append("an identifier")
    if any(label in OF_EXHIBITS for _, label in nodes) and not passed:
        missing.append("what belongs to an exhibit, without it")
    if any(label in {"Comment", "Mention"} for _, label in nodes) and not passed:
        missing.append("a comment without its task")
    return sorted(missing)
