"""Forward-only, numbered migrations. The graph remembers the last finished one and whether one was cut off."""

from __future__ import annotations

from typing import TYPE_CHECKING, LiteralString, cast

from graph.migrations import (
    m0001_start,
    m0002_administration,
    m0003_identities,
    m0004_tasks,
    m0005_factors,
    m0006_comments,
    m0007_imports,
    m0008_markings,
    m0009_evidence,
    m0010_checks,
    m0011_scans,
    m0012_watermarks,
    m0013_page_search,
    m0014_consents,
)  # fmt: skip

if TYPE_CHECKING:
    from graph.driver import Graph, Tx

ALL: tuple[tuple[LiteralString, ...], ...] = (
    m0001_start.STATEMENTS,
    m0002_administration.STATEMENTS,
    m0003_identities.STATEMENTS,
    m0004_tasks.STATEMENTS,
    m0005_factors.STATEMENTS,
    m0006_comments.STATEMENTS,
    m0007_imports.STATEMENTS,
    m0008_markings.STATEMENTS,
    m0009_evidence.STATEMENTS,
    m0010_checks.STATEMENTS,
    m0011_scans.STATEMENTS,
    m0012_watermarks.STATEMENTS,
    m0013_page_search.STATEMENTS,
    m0014_consents.STATEMENTS,
)
LATEST = len(ALL)

STATE: LiteralString = "MATCH (m:Migration {id: 'state'}) RETURN [m.done, m.begun]"
BEGIN: LiteralString = "MERGE (m:Migration {id: 'state'}) SET m.begun = $number, m.done = coalesce(m.done, 0) RETURN m.begun"
RESTORING: LiteralString = "MATCH (r:Restoring {id: 'this'}) RETURN r.backup"
FINISH: LiteralString = "MATCH (m:Migration {id: 'state'}) SET m.done = $number RETURN m.done"


class GraphVersionError(Exception):
    """The graph is newer than this program, or a migration was cut off; the text says which and what to do."""


async def state(graph: Graph) -> tuple[int, int]:
    """Return the numbers of the last finished and the last begun migration."""

    async def work(tx: Tx) -> tuple[int, int]:
        said = await tx.value(STATE)
        return cast("tuple[int, int]", tuple(said)) if said else (0, 0)

    return await graph.read(work)


async def check(graph: Graph) -> None:
    """Refuse a graph that this program must not serve."""
    done, begun = await state(graph)
    if backup := await graph.read(lambda tx: tx.value(RESTORING)):
        raise GraphVersionError(f"The backup {backup} is only half restored. Run the same `joinder restore` again: it goes on.")
    if done > LATEST:
        raise GraphVersionError(f"The graph is at migration {done}, this program knows {LATEST}. Install the newer program.")
    if begun > done or done < LATEST:
        raise GraphVersionError(f"The graph is at migration {done} of {LATEST}. Run `joinder migrate` first.")


async def migrate(graph: Graph) -> int:
    """Run what is missing; every statement may run twice. Return how many migrations ran."""
    done, _ = await state(graph)
    if done > LATEST:
        await check(graph)
    for number in range(done + 1, LATEST + 1):
        await graph.write(lambda tx, number=number: tx.value(BEGIN, number=number))
        for statement in (*ALL[number - 1], *graph.dialect.cypher_ddl.get(number, ())):
            await graph.statement(statement)
        await graph.write(lambda tx, number=number: tx.value(FINISH, number=number))
    return LATEST - done
