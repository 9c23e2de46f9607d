"""How an engine will run a query, told by the engine itself, and how many reads it took on Neo4j."""

from __future__ import annotations

import importlib
import pkgutil
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, LiteralString, cast

from neo4j import AsyncGraphDatabase

import graph.queries
from graph import access, custody, outbox
from graph.migrations import runner
from graph.queries import entity_writes

if TYPE_CHECKING:
    from collections.abc import Iterator
    from types import ModuleType

    from graph.driver import Address

# Words of the graph layer that are no queries.
NO_QUERIES = {
    "access.FOREVER",
    "agreements.AMENDMENTS_OF_A",
    "entity_writes.FOLLOWED",
    "outbox.CONTROL",
    "outbox.FOLLOWED",
    "realtime.CONTROL",
    "teams.AMENDMENTS_OF_A",
}
# Operators that read every node or relationship of a kind, or a whole index.
SCANS = ("AllNodesScan", "LabelScan", "LabelsScan", "NodeIndexScan", "RelationshipsScan", "RelationshipTypeScan", "RelationshipTypesScan")
ONE_ROW = ("NodeUniqueIndexSeek", "Argument", "SingleRow")


@dataclass(frozen=True, slots=True)
class Plan:
    """What a plan scans, which of its products may be of more than one row by one row, and the database hits of its run."""

    scans: frozenset[str]
    products: frozenset[str]
    hits: int


def every_query() -> dict[str, LiteralString]:
    """Return module.CONSTANT to query for everything that the graph layer may ask."""
    found: dict[str, LiteralString] = {
        f"{module.__name__.rsplit('.', 1)[-1]}.{name}": cast("LiteralString", value)
        for module in _modules()
        for name, value in vars(module).items()
        if name.isupper() and not name.startswith("_") and isinstance(value, str)
    }
    # Made for each kind of the ontology, so not kept as constants.
    found["entity_writes.create_entities"] = entity_writes._create_entities("Person")  # noqa: SLF001 - the one place that makes them
    found["entity_writes.create_links"] = entity_writes._create_links("Associate")  # noqa: SLF001 - same
    return {name: query for name, query in found.items() if name not in NO_QUERIES}


def _modules() -> Iterator[ModuleType]:
    yield from (access, custody, outbox, runner)
    for found in pkgutil.iter_modules(graph.queries.__path__):
        yield importlib.import_module("graph.queries." + found.name)


async def told(address: Address, how: LiteralString, given: dict[str, dict[str, Any]]) -> dict[str, dict[str, Any]]:
    """Return query to plan as the engine tells it; `how` is EXPLAIN or PROFILE, `given` the parameters of each query.

    What a profiled write did is rolled back.
    """
    found: dict[str, dict[str, Any]] = {}
    async with (
        AsyncGraphDatabase.driver(address.url, auth=(address.user, address.password), warn_notification_severity="OFF") as driver,
        driver.session(database=address.database) as session,
    ):
        for name, query in every_query().items():
            async with await session.begin_transaction() as tx:
                summary = await (await tx.run(how + " " + query, given[name])).consume()
                await tx.rollback()
            found[name] = cast("dict[str, Any]", summary.profile or summary.plan)
    return found


def plan(root: dict[str, Any]) -> Plan:
    """Read a plan of Neo4j."""
    nodes = list(_walk(root))
    scans = {f"{_operator(node)} {node['args'].get('Details', '')}" for node in nodes if _operator(node).endswith(SCANS)}
    products = {str(node["args"].get("Details", "")) or _operator(node) for node in nodes if _is_product_of_many(node)}
    return Plan(frozenset(scans), frozenset(products), sum(int(node.get("dbHits", 0)) for node in nodes))


def _is_product_of_many(node: dict[str, Any]) -> bool:
    """Say whether a node multiplies rows; two items looked up by their unique ids are one row, however the plan calls it."""
    leaves = [each for each in _walk(node) if not each.get("children")]
    return _operator(node) == "CartesianProduct" and not all(_operator(leaf).startswith(ONE_ROW) for leaf in leaves)


def _operator(node: dict[str, Any]) -> str:
    return str(node["operatorType"]).split("@")[0]


def _walk(node: dict[str, Any]) -> Iterator[dict[str, Any]]:
    yield node
    for child in node.get("children", ()):
        yield from _walk(child)
