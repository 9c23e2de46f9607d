"""The whole graph, read and written in a form that no engine owns: nodes by label and key, relationships by the keys of their ends.

Names of labels and relationships become query text only from the tuples below and from the ontology, never from what was read. A graph
that holds another name is refused, so that nothing is left out unsaid.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, LiteralString, cast

from graph.ontology import ENTITY_KINDS, LINK_KINDS, label_of, relationship_of

if TYPE_CHECKING:
    from collections.abc import Iterable

    from graph.driver import Tx

LABELS: tuple[LiteralString, ...] = (
    "Migration", "Deployment", "DemoLoaded", "Agency", "User", "Identity", "SetUpCode", "SecondFactor", "Decoy", "Space", "Agreement",
    "Amendment", "Membership", "Marking", "VisibilityClass", "Case", "Import", "ImportMapping", "RefusedRows", "Release", "Raising",
    "Entity", "Record", "Identifier", "EvidenceItem", "StoredFile", "FilePart", "ExhibitPage", "CustodyEvent", "Viewing", "Upload",
    "Challenge", "Consent", "Task", "Comment", "Mention", "Clock", "Event", "Mutation",
)  # fmt: skip
LEFT_OUT: tuple[LiteralString, ...] = ("Session", "Restoring")
"""Nobody who was signed in, and no API token, comes back to life with a backup."""
BY_OTHER_KEY: dict[str, LiteralString] = {"RefusedRows": "import"}
"""What has no id of its own is kept by another one, under which there may be several."""
STRUCTURE: tuple[LiteralString, ...] = (
    "ABOUT", "AMENDED_BY", "CLEARED_FOR", "HOLDS", "IN", "KNOWN_AS", "PROVES_BY", "SAME_AS", "SERVES", "SETS_UP_BY", "STATES", "UNDER",
)  # fmt: skip
PAGE = 1_000

LABELLED: LiteralString = "MATCH (n) WITH labels(n) AS names, count(*) AS number RETURN collect([names, number])"
TIED: LiteralString = "MATCH ()-[r]->() WITH type(r) AS name, count(*) AS number RETURN collect([name, number])"
BEGUN: LiteralString = "MATCH (r:Restoring {id: 'this'}) RETURN [r.backup, r.lines]"
REACHED: LiteralString = "MERGE (r:Restoring {id: 'this'}) SET r.backup = $backup, r.lines = $lines RETURN r.lines"
ENDED: LiteralString = "MATCH (r:Restoring {id: 'this'}) DELETE r RETURN count(*)"
MIGRATIONS: LiteralString = "UNWIND $rows AS row MERGE (n:Migration {id: row.id}) SET n = row RETURN count(n)"


class UnknownName(Exception):
    """The graph, or a backup, holds a label or relationship that this program does not know."""


def _known(names: Iterable[LiteralString]) -> dict[str, LiteralString]:
    return {str(name): name for name in names}


_LABELS = _known((*LABELS, *LEFT_OUT))
_KINDS = _known(label_of(kind.name) for kind in ENTITY_KINDS)
_TIES = _known((*STRUCTURE, *(relationship_of(kind.name) for kind in LINK_KINDS)))


def label_in(names: Iterable[str]) -> str:
    """Return the one label that says what a node is; Raises UnknownName. Beside it an entity has that of its kind."""
    names = list(names)
    entity = "Entity" in names  # its kind may be called as something else is: Event, Mention
    main = [name for name in names if name == "Entity" or (name in _LABELS and not entity)]
    kinds = [name for name in names if name not in main]
    if len(main) != 1 or len(kinds) != (main[0] == "Entity") or not all(name in _KINDS for name in kinds):
        raise UnknownName(":".join(names))
    return main[0]


def _key(label: str) -> LiteralString:
    return BY_OTHER_KEY.get(label, "id")


def _keys_of(label: str) -> LiteralString:
    others = " WHERE NOT n:Entity" if label in _KINDS else ""
    return "MATCH (n:" + _LABELS[label] + ")" + others + " RETURN collect(DISTINCT n." + _key(label) + ")"


def _nodes_of(label: str) -> LiteralString:
    name = _LABELS[label] + " {" + _key(label) + ": key})"
    return "UNWIND $keys AS key MATCH (n:" + name + " RETURN collect([labels(n), properties(n)])"


def _ties_from(label: str) -> LiteralString:
    start = "UNWIND $keys AS key MATCH (a:" + _LABELS[label] + " {id: key})-[r]->(b)"
    return start + " RETURN collect([a.id, type(r), labels(b), b.id, properties(r)])"


def _create(names: Iterable[str]) -> LiteralString:
    label, text = label_in(names), cast("LiteralString", "")
    for name in names:
        text += ":" + (_LABELS | _KINDS)[name]
    return MIGRATIONS if label == "Migration" else "UNWIND $rows AS row CREATE (n" + text + ") SET n = row RETURN count(n)"


def _tie(start: str, name: str, end: str) -> LiteralString:
    if start not in _LABELS or end not in _LABELS or name not in _TIES:
        raise UnknownName(name)
    ends = "MATCH (a:" + _LABELS[start] + " {id: row.start}) MATCH (b:" + _LABELS[end] + " {id: row.end})"
    return "UNWIND $rows AS row " + ends + " CREATE (a)-[r:" + _TIES[name] + "]->(b) SET r = row.values RETURN count(r)"


async def counts(tx: Tx, left_out: tuple[str, ...] = LEFT_OUT) -> tuple[dict[str, int], int]:
    """Return how many nodes there are by label, and how many relationships. Raises UnknownName."""
    nodes = dict[str, int]()
    for names, number in await tx.rows(LABELLED):
        if not set(names) & set(left_out):
            label = label_in(names)
            nodes[label] = nodes.get(label, 0) + number
    ties = 0
    for name, number in await tx.rows(TIED):
        if name not in _TIES:
            raise UnknownName(name)
        ties += number
    return nodes, ties


async def keys(tx: Tx, label: str) -> list[str]:
    """Return the key of every node of a label, each once."""
    return sorted(await tx.rows(_keys_of(label)))


async def nodes(tx: Tx, label: str, some: list[str]) -> list[tuple[list[str], dict[str, Any]]]:
    """Return (labels, properties) of the nodes of these keys."""
    return [(names, values) for names, values in await tx.rows(_nodes_of(label), keys=some)]


async def ties(tx: Tx, label: str, some: list[str]) -> list[list[Any]]:
    """Return [key of the start, type, label of the end, key of the end, properties] of what leads from these nodes."""
    if label in BY_OTHER_KEY:
        return []
    found = await tx.rows(_ties_from(label), keys=some)
    return [[start, name, label_in(names), end, values] for start, name, names, end, values in found]


async def begun(tx: Tx) -> tuple[str, int] | None:
    """Return which backup is being restored here, and how many of its lines are in."""
    found = await tx.value(BEGUN)
    return (found[0], found[1]) if found else None


async def reached(tx: Tx, backup: str, lines: int) -> None:
    """Say how many lines of a backup are in, with the lines themselves."""
    await tx.value(REACHED, backup=backup, lines=lines)


async def ended(tx: Tx) -> None:
    """Say that the graph is whole."""
    await tx.value(ENDED)


async def create(tx: Tx, names: tuple[str, ...], rows: list[dict[str, Any]]) -> int:
    """Create nodes with these labels; return how many."""
    return int(await tx.value(_create(names), rows=rows) or 0)


async def tie(tx: Tx, start: str, name: str, end: str, rows: list[dict[str, Any]]) -> int:
    """Create relationships {start, end, values} between nodes of these labels; return how many."""
    return int(await tx.value(_tie(start, name, end), rows=rows) or 0)
