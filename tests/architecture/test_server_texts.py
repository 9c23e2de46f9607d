"""Every sentence that the server says to people is in the catalogues of the front-end, so that each reader meets it in their language."""

from __future__ import annotations

import ast
import re
from typing import TYPE_CHECKING

from tests.architecture.sources import ROOT

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

SAID = tuple(ROOT / "frontend" / "src" / "text" / "en" / name for name in ("server.ts", "serverEvidence.ts"))
ERRORS = {
    "Invalid",
    "Conflict",
    "Crowded",
    "Forbidden",
    "Unauthenticated",
    "Unavailable",
    "TookTooLong",
    "BadSource",
    "BadMapping",
    "NotExact",
    "_Refused",
}
# What the report of refused rows says, by the names that modules have for it.
REASONS = {"MISSING_END", "SAME_ENDS", "UNFIT_ENDS", "OTHER_KIND"}
# What is never said to a page: questions that are no question of ours, limits of documents, other servers.
FOR_PROGRAMS = {
    "limits.py", "cost.py", "graphql_http.py", "auth/oidc/service.py", "core/ids.py", "core/audit_removal.py", "entities/imports/redact.py",
}  # fmt: skip
FOR_PROGRAMS_ALSO = {"A query has at most {} characters; put values into variables.", "The query is nested too deeply."}
PLACE = re.compile(r"\{[^{}]*\}")
ENTRY = re.compile(r"^  'server\.\w+': '((?:[^'\\]|\\.)*)',$", re.MULTILINE)


def template(node: ast.expr, names: dict[str, ast.expr]) -> str | None:
    """Return a text with `{}` for each value put in; nothing where it is only known when the program runs."""
    match node:
        case ast.Constant(value=str(text)):
            return text
        case ast.JoinedStr(values=parts):
            return "".join(str(part.value) if isinstance(part, ast.Constant) else "{}" for part in parts)
        case ast.Name(id=name) | ast.Attribute(attr=name) if name in names:
            return template(names[name], names)
        case _:
            return None


def constants(tree: ast.Module) -> dict[str, ast.expr]:
    """What a module calls by a name of its own."""
    return {it.targets[0].id: it.value for it in tree.body if isinstance(it, ast.Assign) and isinstance(it.targets[0], ast.Name)}


def said(path: Path, beside: dict[str, ast.expr]) -> Iterator[str]:
    """Yield every sentence that an error of this module says, in words of its own or in those that a module beside it has a name for."""
    tree = ast.parse(path.read_text())
    names = {**beside, **constants(tree)}
    for node in ast.walk(tree):
        match node:
            case ast.Call(func=ast.Name(id=name), args=[first, *_]) if name in ERRORS and (text := template(first, names)):
                yield text
            case ast.Call(func=ast.Name(id="BadValue"), args=[_, reason]) if text := template(reason, names):
                yield text
            case ast.Call(func=ast.Attribute(attr="TableRow") | ast.Name(id="TableRow"), args=[_, _, _, problem]) if text := template(
                problem, names
            ):
                yield text
            case ast.Assign(targets=[ast.Attribute(attr="_problem")], value=problem):
                yield template(problem, names) or ""
            case ast.Assign(targets=[ast.Name(id=name)], value=value) if name in REASONS and (text := template(value, names)):
                yield PLACE.sub("{}", text)
            case ast.AnnAssign(target=ast.Name(id="default"), value=ast.expr() as value) if text := template(value, names):
                yield text
            case ast.Assign(targets=[ast.Name(id="default")], value=value) if text := template(value, names):
                yield text
            case _:
                pass


def catalogued() -> set[str]:
    return {PLACE.sub("{}", text.replace("\\'", "'")) for path in SAID for text in ENTRY.findall(path.read_text())}


def test_every_sentence_of_the_server_is_in_the_catalogues() -> None:
    backend = ROOT / "backend"
    paths = [path for path in sorted(backend.rglob("*.py")) if str(path.relative_to(backend)) not in FOR_PROGRAMS]
    beside = {name: value for path in paths for name, value in constants(ast.parse(path.read_text())).items()}
    sentences = {
        text: str(path.relative_to(ROOT)) for path in paths for text in said(path, beside) if text and text not in FOR_PROGRAMS_ALSO
    }
    assert len(sentences) > 80, "the sentences are found"
    missing = {text: path for text, path in sentences.items() if text not in catalogued()}
    assert not missing, f"Add these to frontend/src/text/*/server.ts, in every language: {missing}"
