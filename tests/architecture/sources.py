"""The project's own files as git sees them, and what tests of the architecture ask of their text."""

from __future__ import annotations

import ast
import re
import subprocess
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterator

ROOT = Path(__file__).resolve().parent.parent.parent
GENERATED = ("frontend/src/api/generated/", "frontend/package-lock.json")
CYPHER = re.compile(r"\b(MATCH|MERGE|UNWIND|DETACH DELETE|CREATE \(|RETURN|CALL db)\b")


@cache
def files() -> tuple[Path, ...]:
    """Return every file that is tracked or would be, sorted; ignored files are left out."""
    command = ["git", "ls-files", "-z", "--cached", "--others", "--exclude-standard"]
    said = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, check=True).stdout
    return tuple(sorted(path for name in said.split("\0") if name and (path := ROOT / name).is_file()))


def name_of(path: Path) -> str:
    """Return the path inside the repository, with slashes."""
    return path.relative_to(ROOT).as_posix()


def written(*suffixes: str, under: str = "") -> list[Path]:
    """Return our files with one of the suffixes below a folder, generated ones left out."""
    return [
        path for path in files() if path.suffix in suffixes and name_of(path).startswith(under) and not name_of(path).startswith(GENERATED)
    ]


def is_test(path: Path) -> bool:
    """Say whether a file tests others."""
    return name_of(path).startswith("tests/") or ".test." in path.name


def text_of(path: Path) -> str:
    """Return a file's text; empty for pictures and fonts."""
    try:
        return path.read_text(encoding="utf-8")
    except UnicodeDecodeError:
        return ""


@cache
def tree(path: Path) -> ast.Module:
    """Return the syntax tree of a Python file."""
    return ast.parse(text_of(path), filename=str(path))


def literals(node: ast.AST) -> Iterator[str]:
    """Yield every string constant below a node."""
    for each in ast.walk(node):
        if isinstance(each, ast.Constant) and isinstance(each.value, str):
            yield each.value


def speaks_cypher(node: ast.AST) -> bool:
    """Say whether a string below the node holds a Cypher clause."""
    return any(CYPHER.search(text) for text in literals(node))
