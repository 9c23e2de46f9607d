"""What else in a space names somebody who is to be erased: free text, others' records, pages. It is told by id, for people to look at.

A name that stands elsewhere may be somebody else's, and a sentence about three people cannot be taken out for one: nothing of it goes by
itself.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, cast

import orjson

from backend.keeping import dump
from backend.keeping.dump import Dumped
from graph import ontology
from graph.queries.keeping_dump import label_in

if TYPE_CHECKING:
    from collections.abc import Iterable

    from graph.driver import Graph

NAMING = frozenset({"name", "identifier", "phone", "email", "iban"})
"""Types of properties whose values tell who somebody is."""
SHORTEST = 4
LOOKED_AT = frozenset({"Case", "Import", "ImportMapping", "Record", "EvidenceItem", "ExhibitPage", "CustodyEvent", "Challenge", "Consent",
                       "Release", "Task", "Comment", "Raising", "Agreement", "Amendment"})  # fmt: skip
"""Labels of what people write text into, or read it from."""


def names(records: Iterable[dict[str, Any]], identifiers: Iterable[str]) -> list[str]:
    """Return what records call an entity, casefolded, and its identifiers; what is shorter than four characters says nothing."""
    found = {one.casefold() for one in identifiers}
    for row in records:
        for name, values in row.items():
            known = ontology.property_kind(row["kind"], name.removeprefix("p_")) if name.startswith("p_") else None
            if known and known.type in NAMING:
                found |= {one.strip().casefold() for one in values}
    return sorted(one for one in found if len(one) >= SHORTEST)


async def found(graph: Graph, space: str, wanted: list[str], known: set[str]) -> set[tuple[str, str]]:
    """Return (label, id) of what holds any of these names in a space, but for what is known to go; of a page its exhibit."""
    left = set[tuple[str, str]]()
    async for piece in dump.lines(graph, Dumped()):
        for line in piece.splitlines():
            said = orjson.loads(line)
            if "n" in said and (one := _naming(said["n"], space, wanted)) and one[1] not in known:
                left.add(one)
    return left


def _naming(node: list[Any], space: str, wanted: list[str]) -> tuple[str, str] | None:
    label, values = label_in(node[0]), cast("dict[str, Any]", node[1])
    if label not in LOOKED_AT or values.get("space") != space:
        return None
    text = "\n".join(_texts(values)).casefold()
    if not any(name in text for name in wanted):
        return None
    return (
        ("EvidenceItem", values["exhibit"]) if label in {"ExhibitPage", "CustodyEvent", "Challenge", "Consent"} else (label, values["id"])
    )


def _texts(values: dict[str, Any]) -> Iterable[str]:
    for value in values.values():
        if isinstance(value, list):
            yield from (one for one in cast("list[object]", value) if isinstance(one, str))
        elif isinstance(value, str):
            yield value
