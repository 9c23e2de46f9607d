"""The READMEs tell the truth: what they name exists, and what must be named is."""

from __future__ import annotations

import json
import os
import re
from functools import cache
from pathlib import PurePosixPath
from typing import TYPE_CHECKING

import pytest

from backend import config
from graph import dialect, ontology
from graph.migrations.runner import ALL
from tests.architecture.sources import ROOT, files, literals, name_of, text_of, tree, written
from tests.support.commands import commands

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

READMES = [path for path in written(".md") if path.name in {"README.md", "CONTRIBUTING.md"}]
BASES = ("", "tests/", "tests/access/", "frontend/src/", "backend/auth/oidc/")
"""Where a README's names may begin, beside its own folder."""
BUILT = (".venv", ".data", ".cache", "dist/", "frontend/dist/", "generated/")
"""What is made, not kept."""
FOREIGN = {"shortestPath": "a function of Cypher that we do not use, and why"}
NAMED = re.compile(r"`([^`\n]+)`")
LINK = re.compile(r"\]\(([^)#:]+)\)")
PATH = re.compile(r"\.?/?[\w.*-]+(/[\w.*-]*)*")
SUFFIX = re.compile(r"\.(py|md|yaml|json|graphql|toml|ts|tsx|css)$")
WORDS = re.compile(r"[A-Za-z_]\w+(\.[A-Za-z_]\w+)*(\(.*\))?")


@pytest.fixture(params=READMES, ids=name_of)
def readme(request: pytest.FixtureRequest) -> Path:
    """One of them after another."""
    return request.param


@cache
def names() -> frozenset[str]:
    """Every file and folder of ours."""
    known = {name_of(path) for path in files()}
    return frozenset(known | {f"{'/'.join(parts[:n])}/" for one in known if (parts := one.split("/")) for n in range(1, len(parts))})


def there(name: str, folder: str) -> bool:
    """Say whether a name is a file or folder of ours: a path as seen from a README, a bare name anywhere; `*` stands for any part of it."""
    bare = "/" not in name.rstrip("/")
    form = re.compile(("(.*/)?" if bare else "") + re.escape(name.removeprefix("./")).replace(r"\*", "[^/]*") + "/?")
    places = ("",) if bare else (f"{folder}/", *BASES)
    found = {one[len(place) :] for place in places for one in names() if one.startswith(place)}
    return name.startswith(BUILT) or any(form.fullmatch(one) for one in found)


def test_the_files_and_folders_named_exist(readme: Path) -> None:
    said, folder = text_of(readme), name_of(readme.parent) if readme.parent != ROOT else ""
    paths = {one for one in NAMED.findall(said) if PATH.fullmatch(one) and not one.startswith("/") and ("/" in one or SUFFIX.search(one))}
    links = {os.path.normpath(PurePosixPath(folder) / one) for one in LINK.findall(said)}
    lacking = {one for one in paths if not there(one.removeprefix("../"), folder)} | {one for one in links if one not in names()}
    assert lacking == set()


def test_the_names_of_code_exist(readme: Path) -> None:
    """A name in a README is a word of the sources, of another README's field or of a library that the sources use."""
    said = {one for one in NAMED.findall(text_of(readme)) if WORDS.fullmatch(one) and not SUFFIX.search(one)}
    words = {re.sub(r"\(.*", "", one).split(".")[-1] for one in said}
    assert {one for one in words - FOREIGN.keys() if not re.search(rf"\b{re.escape(one)}\b", sources())} == set()


@cache
def sources() -> str:
    """The text of everything that is no README."""
    kinds = (".py", ".ts", ".tsx", ".css", ".json", ".yaml", ".toml", ".graphql", ".lock", "")
    return "\n".join(text_of(path) for path in files() if path.suffix in kinds)


# ── commands ──────────────────────────────────────────────────────────────────────────────────────────────────────────────────────


def told(program: str) -> list[tuple[str, str]]:
    """(README, the rest of the line) wherever a program is called, in a block or in backticks."""
    call = re.compile(rf"(?:^|`|\$\(){re.escape(program)}((?: [^`\n)]*)?)", re.MULTILINE)
    return [(name_of(path), rest.strip()) for path in READMES for rest in call.findall(text_of(path))]


@pytest.mark.parametrize(("where", "rest"), told("joinder"))
def test_each_joinder_command_and_option_exists(where: str, rest: str) -> None:
    words, known = [one for one in rest.split() if re.fullmatch(r"[a-z]+", one)], dict(commands())
    name = next((" ".join(words[:n]) for n in (2, 1) if " ".join(words[:n]) in known), "")
    assert name or not rest, f"{where}: joinder {rest}"
    assert {one for one in rest.split() if one.startswith("--")} <= known.get(name, {"--help"})


@pytest.mark.parametrize("program", ["./infra/demo", "./infra/test", "./infra/services"])
def test_each_option_of_a_script_is_in_its_own_words(program: str) -> None:
    own = "\n".join(line for line in text_of(ROOT / program).splitlines() if line.startswith("#"))
    asked = {
        word
        for _, rest in told(program)
        for word in rest.split()
        if re.fullmatch(r"--[a-z]+|neo4j|keycloak|s3|start|stop|run|status", word)
    }
    assert told(program)
    assert {word for word in asked if word not in own} == set()


def test_each_npm_script_exists() -> None:
    scripts = json.loads(text_of(ROOT / "frontend/package.json"))["scripts"]
    assert {one for path in READMES for one in re.findall(r"npm run ([a-z]+)", text_of(path))} <= scripts.keys()


# ── settings ──────────────────────────────────────────────────────────────────────────────────────────────────────────────────────


def test_the_table_of_settings_is_what_the_program_reads() -> None:
    rows = re.findall(r"^\| `(JOINDER_\w+)`", text_of(ROOT / "backend/README.md"), re.MULTILINE)
    assert rows == sorted(rows)
    assert set(rows) == config.KNOWN


def test_each_variable_named_is_read_somewhere(readme: Path) -> None:
    said = set(re.findall(r"\bJOINDER_[A-Z_]*[A-Z]\b", text_of(readme)))
    by_tests = {one for one in said if one.startswith("JOINDER_TEST_") and one in sources()}
    read = config.KNOWN | {"JOINDER_DEV_SERVER", "JOINDER_TOKEN"} | by_tests
    assert said <= read
    assert "JOINDER_DEV_SERVER" in text_of(ROOT / "frontend/vite.config.ts")
    assert '"JOINDER_TOKEN"' in text_of(ROOT / "backend/cli.py")


# ── folders and packages ──────────────────────────────────────────────────────────────────────────────────────────────────────────


def folders(under: str) -> set[str]:
    """The folders right below one."""
    return {one.removeprefix(under).rstrip("/") for one in names() if re.fullmatch(re.escape(under) + "[^/]+/", one)}


@pytest.mark.parametrize(
    ("where", "under", "but"),
    [("README.md", "", {".ci"}), ("tests/README.md", "tests/", set[str]()), ("backend/README.md", "backend/", {"decisions"})],
)
def test_each_folder_has_its_row(where: str, under: str, but: set[str]) -> None:
    rows = [row.split("|")[1] for row in text_of(ROOT / where).splitlines() if row.startswith("| `")]
    named = {one.strip("/") for row in rows for one in NAMED.findall(row) if not one.startswith("JOINDER_")}
    assert named == folders(under) - but


# ── the graph ─────────────────────────────────────────────────────────────────────────────────────────────────────────────────────


GRAPH = ROOT / "graph/README.md"


def cypher() -> Iterator[str]:
    for path in written(".py", under="graph/"):
        yield from literals(tree(path))


def test_every_label_has_its_row() -> None:
    used = {one for text in cypher() for one in re.findall(r"[(\[ ][a-z]*:([A-Z][a-z]\w+)[ ){]", text)}
    rows = [row.split("|")[1] for row in text_of(GRAPH).splitlines() if row.startswith("| `")]
    assert {one for row in rows for one in NAMED.findall(row)} == used


def test_every_relationship_is_in_the_picture() -> None:
    used = {one for text in cypher() for each in re.findall(r"\[[a-z]*:([A-Z_|]+)", text) for one in each.split("|")}
    drawn = {one for each in re.findall(r"\[:([A-Z_|…]+)", text_of(GRAPH)) for one in each.split("|") if one != "…"}
    links = {kind.relationship for kind in ontology.LINK_KINDS}
    assert drawn - links == used - links
    assert drawn & links <= links


def test_the_properties_named_are_in_the_code() -> None:
    rows = [row.split("|")[2] for row in text_of(GRAPH).splitlines() if row.startswith("| `")]
    named = {one for row in rows for each in NAMED.findall(row) for one in each.split() if re.fullmatch(r"[a-z_]+", one)}
    text = "\n".join(text_of(path) for path in written(".py") if not name_of(path).startswith("tests/"))
    assert {one for one in named if not re.search(rf"\b{one}\b", text)} == set()


def test_constraints_and_indexes_are_what_the_migrations_create() -> None:
    made = [text for statements in ALL for text in statements if text.startswith("CREATE")]
    unique = [re.search(r"CONSTRAINT .* \(n:(\w+)\) REQUIRE n\.(\w+) IS UNIQUE", text) for text in made]
    indexes = [re.search(r"INDEX .* \(n:(\w+)\) ON \(([^)]+)\)", text) for text in made]
    asked = [text for statements in dialect.NEO4J.cypher_ddl.values() for text in statements]
    fulltext = {f"{one[1]}({one[2]})" for text in asked if (one := re.search(r"\(r:(\w+)\) ON EACH \[r\.(\w+)\]", text))}
    lines = [line for line in text_of(GRAPH).replace("\n  ", " ").splitlines() if line.startswith("- ")]
    said = {line.partition(":")[0]: set(NAMED.findall(line)) for line in lines}
    assert all(one or other for one, other in zip(unique, indexes, strict=True))
    assert said["- Unique"] == {f"{one[1]}.{one[2]}".removesuffix(".id") for one in unique if one}
    assert said["- Indexes"] == {f"{one[1]}({one[2].replace('n.', '')})" for one in indexes if one}
    assert len(fulltext) == len(asked)
    assert said["- Full text"] == fulltext
