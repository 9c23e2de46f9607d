"""Cypher is constants, never put together from what a person sent; what shows content passes the reader's check in every query."""

from __future__ import annotations

import ast
import re
from typing import TYPE_CHECKING

import pytest

from graph.dialect import NEO4J
from tests.architecture.guards import built_in_functions, queries, unguarded
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


# ── the reader's check ────────────────────────────────────────────────────────────────────────────────────────────────────────────

_LOCKED = "Writes what the service asked for with the reader's check before, in the same transaction, and returns no content."
_CLASSES = "Returns classes or ids that stay in the server; the reader's check is made on them, by people's scopes, in Python."
_OWN = "Ids come from the importer's own data set and are answered for with the whole of it."
_NEW = "Creates what nobody sees yet."
_RAISED = "Marks all that came by a source, also what whoever ordered it does not see; nothing of it leaves the server (decision 0006)."
_INDEXED = "A new program gives every record of every space its tokens; nothing of it leaves the server."
# Queries that touch content without the reader's check, each with the reason why nothing of it reaches a reader.
UNGUARDED = {
    "access.LOCK_ENTITIES": _LOCKED,
    "access.LOCK_LINKS": _LOCKED,
    "access.SET_ENTITIES": _LOCKED,
    "access.SET_LINKS": _LOCKED,
    "access.CLASSES_OF_RECORDS": _CLASSES,
    "outbox.APPEND": _NEW,
    "cases.CREATE_CASE": _NEW,
    "entity_writes.KNOWN_ENTITIES": _CLASSES,
    "entity_writes.KNOWN_RECORDS": _OWN,
    "entity_writes.KNOWN_LINKS": _OWN,
    "entity_writes.RECORDS_OF_ENTITIES": _LOCKED,
    "entity_writes.RECORDS_OF_LINKS": _NEW,
    "entity_writes.IDENTIFIERS": _NEW,
    "entity_writes.STATES": _LOCKED,
    "entity_writes.CAPTIONS": "Writes captions from unmarked records only, and returns how many.",
    "entity_writes.STATUS": _LOCKED,
    "entity_writes.MARKINGS": _LOCKED,
    "entity_writes.LINKS_AT": _CLASSES,
    "entity_writes.VIS_OF": _CLASSES,
    "entity_writes._create_entities": _NEW,
    "entity_writes._create_links": _LOCKED,
    "imports.CREATE": _NEW,
    "imports.KEEP_REFUSED": _LOCKED,
    "imports.OBJECT": "Returns where the file lies, to the server that stored it a moment before.",
    "imports.KINDS": _OWN,
    "imports.FAILED": "The server writes on a job why it could not go on, whoever started it.",
    **dict.fromkeys(("imports.COMING", "imports.NONE_COMING"), "The server removes at its start what did not get to a job."),
    "imports.FORGET_REFUSED": _LOCKED,
    "imports.UNDONE": "Counts what a data set's ids are made of, for the server that makes them; nothing of it is told.",
    **dict.fromkeys(
        ("imports.UNDOING", "imports.STANDING", "imports.LOCK_UNDOING", "imports.ADVANCE", "imports.RETRACT"),
        "The server undoes an import as ordered, also what whoever ordered it does not see; how far it is, is told in tenths.",
    ),
    **dict.fromkeys(
        ("keys.IMPORTS", "keys.REWRAP_IMPORTS", "keys.STORED_FILES", "keys.REWRAP_STORED_FILES"),
        "A command wraps all keys of a space anew, or tries them; it shows ids, and nothing opens.",
    ),
    **dict.fromkeys(
        ("keeping.FILES", "keeping.PARTS", "keeping.CHAINS", "keeping.SOME_CHAINS", "keeping.CHAINED", "keeping.NUMBERED"),
        "A command verifies all that is kept, and says to whoever keeps the machine ids and numbers alone.",
    ),
    **dict.fromkeys(
        (
            "keeping_erase.ENTITIES",
            "keeping_erase.LINKS",
            "keeping_erase.RECORDS",
            "keeping_erase.STATED",
            "keeping_erase.UNSTATED",
            "keeping_erase.TASKS",
            "keeping_erase.COMMENTS",
            "keeping_erase.MENTIONS",
            "keeping_erase.SAME_FILE",
            "keeping_erase.DROP_RECORDS",
            "keeping_erase.DROP_IDENTIFIERS",
            "keeping_erase.DROP_TASKS",
            "keeping_erase.DROP_COMMENTS",
            "keeping_erase.DROP_MENTIONS",
            "keeping_erase.DROP_LINKS",
            "keeping_erase.DROP_ENTITIES",
            "keeping_erase.LEAVE_OUT",
            "keeping_erase_files.IMPORTS",
            "keeping_erase_files.LOCK",
            "keeping_erase_files.OBJECTS",
            "keeping_erase_files.REFUSED",
            "keeping_erase_files.SET_REFUSED",
            "keeping_erase_files.DROP_REFUSED",
            "keeping_erase_files.SET_IMPORT",
            "keeping_erase_files.EXHIBIT",
            "keeping_erase_files.NO_FILE",
            "keeping_erase_files.DROP_PAGES",
            "keeping_erase_files.DROP_FILE",
            "keeping_erase_files.DROP_PARTS",
            "keeping_erase_files.CITE_COPY",
        ),
        "An erasure reaches what no member sees, on an order from outside; it says to whoever keeps the machine ids and counts alone.",
    ),
    **dict.fromkeys(
        (
            "keeping_dump.TIED",
            "keeping_dump._keys_of",
            "keeping_dump._nodes_of",
            "keeping_dump._ties_from",
            "keeping_dump._create",
            "keeping_dump._tie",
        ),
        "A backup holds everything, encrypted to a key that whoever keeps the machine does not have; a restore writes it back.",
    ),
    "imports_mappings.KEEP": _LOCKED,
    "imports.STOPPED": "The server writes at its start on jobs that it left running.",
    "cases.HOLD": _CLASSES,
    **dict.fromkeys(
        (
            "markings.OF_CASE",
            "markings.OF_IMPORT",
            "markings.CLASSES_OF_CASE",
            "markings.CLASSES_OF_IMPORT",
            "markings.RECORDS",
            "markings.MARK",
            "markings.CLASS_OF_CASE",
            "markings.CLASS_OF_IMPORT",
            "markings.IMPORTS_OF_CASE",
            "markings.SET_IMPORT",
            "markings.SET_REFUSED",
            "markings.SET_MAPPINGS",
            "markings.TASKS_OF_CASE",
            "markings.TASK_CLASSES",
            "markings.RAISE_TASK",
            "markings.EXHIBITS_OF_CASE",
            "markings.EXHIBITS_OF_IMPORT",
            "markings.EXHIBITS_BELOW",
            "markings.EXHIBIT_CLASSES",
            "markings.SET_EXHIBIT",
        ),
        _RAISED,
    ),
    **dict.fromkeys(
        (
            "evidence_challenges.FOLLOWING",
            "evidence_consents.ABOVE",
            "evidence_challenges.BELOW",
            "evidence_challenges.STANDING_OF",
            "evidence_challenges.SET_EXHIBITS",
        ),
        "What a court decides stands on all that was derived from an exhibit; countries and ids to go on with are returned, to the server.",
    ),
    **dict.fromkeys(
        ("evidence_challenges.FOLLOWS", "evidence_challenges.LACKING", "evidence_challenges.SET_RECORDS", "evidence_challenges.FOLLOWED"),
        "The server lets all records follow what a court decided, also those that whoever wrote it down does not see.",
    ),
    **dict.fromkeys(("evidence_challenges.CREATE", "evidence_consents.CREATE"), _NEW),
    **dict.fromkeys(("custody.HEAD", "custody.APPEND"), _LOCKED),
    **dict.fromkeys(("evidence.CREATE", "evidence.CREATE_FILE", "evidence.ADD_PARTS"), _NEW),
    "evidence.TAKEN": "Says which drawn numbers are taken, to the server that draws others then; an exhibit's number tells nothing of it.",
    "evidence.RENUMBER": "The demonstration gives its exhibits the numbers by which its story cites them; it returns nothing.",
    **dict.fromkeys(
        ("evidence.ADOPT", "evidence.ADOPT_LOCK", "evidence.ADOPTED", "evidence.CITED_BY_IMPORT"),
        "The server makes the files of old imports exhibits, whoever sees them; nothing of it leaves the server.",
    ),
    **dict.fromkeys(
        ("evidence_pages.WAITING", "evidence_pages.TO_READ", "evidence_pages.KEEP", "evidence_pages.DONE"),
        "The server reads the pages of what arrived, whoever sees it.",
    ),
    **dict.fromkeys(
        ("evidence_checks.FILE", "evidence_checks.CHECKING", "evidence_checks.TO_SCAN", "evidence_checks.LOCK", "evidence_checks.SET"),
        "The server looks at files itself, whoever sees their exhibits, and writes what it found; nothing of it leaves the server.",
    ),
    **dict.fromkeys(
        ("evidence_uploads.ANNOUNCE", "evidence_uploads.STORED", "evidence_uploads.PARTS"),
        "Parts of an upload belong to whoever began it, and each query asks for that.",
    ),
    **dict.fromkeys(
        ("evidence_uploads.DROP_PARTS", "evidence_uploads.DROP_PART", "evidence_uploads.OBJECTS", "evidence_uploads.COMING"),
        "The server removes from its store what belongs to no exhibit.",
    ),
    "realtime.EXHIBIT_CLASSES": _CLASSES,
    "oversight.HAPPENED": "Feeds the audit log: who did what to which id, no names and values.",
    "realtime.EVENTS": _CLASSES,
    "realtime.ENTITY_CLASSES": _CLASSES,
    "realtime.CASE_CLASSES": _CLASSES,
    "realtime.IMPORT_CLASSES": _CLASSES,
    "realtime.LINK_CLASSES": _CLASSES,
    "realtime.TASK_CLASSES": _CLASSES,
    "search.CASES": _INDEXED,
    "search.IN_CASE": _INDEXED,
    "search.TO_INDEX": _INDEXED,
    "search.INDEX": _INDEXED,
    "tasks.CREATE": _NEW,
    "comments.CREATE": _NEW,
    "comments.MENTION": _NEW,
    "realtime.ENDS": _CLASSES,
}


def test_every_query_that_shows_content_checks_the_reader() -> None:
    found = {name: missing for name, query in queries() if (missing := unguarded(query))}
    assert {name: missing for name, missing in found.items() if name not in UNGUARDED} == {}


def test_a_query_that_a_function_puts_together_is_named() -> None:
    assert [name for name in built_in_functions() if name not in UNGUARDED] == []


def test_no_exception_outlives_its_query() -> None:
    needed = {name for name, query in queries() if unguarded(query)} | set(built_in_functions())
    assert set(UNGUARDED) - needed == set()


@pytest.mark.parametrize(
    ("query", "missing"),
    [
        ("MATCH (e:Entity {id: $id, space: $space}) RETURN e.caption", ["e"]),
        ("MATCH (e:Entity) WHERE e.vis IN $vis RETURN collect(e.id)", []),
        ("MATCH (e:Entity)-[l]-(o:Entity) WHERE e.vis IN $vis AND o.vis IN $vis RETURN count(l)", ["l"]),
        ("MATCH (e:Entity)-[l]-(o) WHERE e.vis IN $vis AND l.vis IN $vis RETURN o.caption", ["o"]),
        ("MATCH (e:Entity)-[:OWNS]->(o:Entity) WHERE e.vis IN $vis AND o.vis IN $vis RETURN o.id", ["(without a name)"]),
        ("MATCH (e:Entity) WHERE e.vis IN $vis RETURN COUNT { MATCH (:Record {about: e.id}) }", ["(without a name)"]),
        ("MATCH (e:Entity) WHERE e.vis IN $vis RETURN COLLECT { MATCH (r:Record {about: e.id}) RETURN r.title }", ["r"]),
        ("MATCH (r:Record {id: $id}) WHERE r.vis IN $vis RETURN COLLECT { MATCH (r:Record {about: $e}) RETURN r.title }", ["r"]),
        ("MATCH (r:Record)-[:ABOUT]->(e:Entity) WHERE r.vis IN $vis RETURN e.id", ["e"]),
        ("MATCH (i:Identifier {value: $value}) RETURN i.value", ["an identifier"]),
        ("MATCH (c:Comment {task: $task}) RETURN c.text", ["a comment without its task"]),
        ("MATCH (n:Event {space: $space}) RETURN collect(n.subject)", ["an event"]),
        ("MATCH (c:Case), (i:Import) WHERE c.vis IN $vis RETURN c.id, i.id", ["i"]),
        ("MATCH (u:User)-[:SERVES]->(g:Agency) RETURN u.name", []),
    ],
)
def test_what_is_not_checked_is_found(query: str, missing: list[str]) -> None:
    assert unguarded(query) == missing
