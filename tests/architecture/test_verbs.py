"""Every word for what somebody did has its translation: the activity tells it to each reader in their language."""

from __future__ import annotations

import ast
import re
from typing import TYPE_CHECKING

from backend.teams.agreements.rules import AgreementState
from tests.architecture.sources import ROOT

if TYPE_CHECKING:
    from collections.abc import Iterator

TEXTS = ROOT / "frontend" / "src" / "text" / "en" / "teams.ts"
RECENT = ROOT / "graph" / "queries" / "activity.py"
NOT_OF_A_SPACE = {"agency", "session", "person"}
BY_TABLE = {"VERBS", "_BEGUN", "ENDS"}
"""Tables of a module that give the word for a state."""
BY_CALL = {"changes", "_set_import", "to_holders", "_told", "_checkpoint", "remark_exhibit"}
"""What is handed the word, as an argument of its own."""


def words(node: ast.expr) -> Iterator[str]:
    """Yield what an expression may come to: a word, either of two, each of a table; of a pair the first is the word."""
    match node:
        case ast.Constant(value=str(word)):
            yield word
        case ast.IfExp(body=one, orelse=other):
            yield from (*words(one), *words(other))
        case ast.Dict(values=values):
            yield from (word for value in values for word in words(value))
        case ast.Tuple(elts=[first, *_]):
            yield from words(first)
        case _:
            pass


def verbs(tree: ast.Module) -> Iterator[str]:
    """Yield the words that a module writes into events of a space."""
    for node in ast.walk(tree):
        match node:
            case ast.Call(func=ast.Name(id="Change"), args=[ast.Constant(value=kind), verb, *_]) if kind not in NOT_OF_A_SPACE:
                yield from words(verb)
            case ast.Call(func=ast.Name(id=name) | ast.Attribute(attr=name), args=args) if name in BY_CALL:
                yield from (word for it in args for word in words(it) if word)
            case ast.Assign(targets=[ast.Name(id="verb")], value=value):
                yield from words(value)
            case ast.FunctionDef(name="verb", body=body):
                yield from (word for it in body if isinstance(it, ast.Return) and it.value for word in words(it.value))
            case ast.Assign(targets=[*targets], value=value) if any(word in BY_TABLE for it in targets for word in names(it)):
                yield from words(value)
            case _:
                pass


def names(target: ast.expr) -> list[str]:
    return [it.id for it in ast.walk(target) if isinstance(it, ast.Name)]


def test_every_verb_is_in_the_catalogue() -> None:
    known = set(re.findall(r"'verb\.([\w ]+)'", TEXTS.read_text()))
    untold = set(re.findall(r"NOT n\.verb IN \[([^]]*)\]", RECENT.read_text())[0].replace("'", "").split(", "))
    modules = [path for folder in ("backend", "graph") for path in sorted((ROOT / folder).rglob("*.py"))]
    written = {word for path in modules for word in verbs(ast.parse(path.read_text()))}
    written |= {state.value for state in AgreementState if state is not AgreementState.IN_FORCE and state is not AgreementState.DRAFT}
    assert {"added", "checked", "undone", "finished", "put on hold", "released"} <= written, "the words are found"
    assert written - known - untold == set(), "add verb.… to frontend/src/text/*/teams.ts, in every language"
