"""The door to the graph, on both engines: many writers of one node, conflicts, time that runs out, and who answers."""

from __future__ import annotations

import asyncio
from dataclasses import replace
from typing import TYPE_CHECKING

import pytest
from neo4j.exceptions import ConnectionAcquisitionTimeoutError

from backend.app import open_parts
from backend.config import Settings
from backend.core.ids import new_id
from backend.serving import free_port
from graph import driver
from graph.driver import AuthError, DuplicateKey, Graph, GraphUnavailable, Stale, TimedOut, wait_until_ready

if TYPE_CHECKING:
    from collections.abc import Awaitable, Callable
    from pathlib import Path

    from backend.core.context import Parts
    from graph.driver import Address, Tx

WRITERS = 32
CREATE = "CREATE (n:Entity {id: $id, place: 0}) RETURN n.id"
ADD = "MATCH (n:Entity {id: $id}) SET n.place = n.place + 1 RETURN n.place"
PLACE = "MATCH (n:Entity {id: $id}) RETURN n.place"
SLOW = "UNWIND range(1, 20000) AS a UNWIND range(1, 20000) AS b WITH a, b WHERE a + b = -1 RETURN count(a)"


async def made(graph: Graph) -> str:
    """A node with a fresh id."""
    return await graph.write(lambda tx: tx.value(CREATE, id=new_id()))


async def place(graph: Graph, one: str) -> int | None:
    return await graph.read(lambda tx: tx.value(PLACE, id=one))


def adding(one: str) -> Callable[[Tx], Awaitable[int]]:
    return lambda tx: tx.value(ADD, id=one)


# ── conflicts ─────────────────────────────────────────────────────────────────────────────────────────────────────────────────────


async def test_many_writers_of_one_node_all_succeed_and_each_counts_once(graph: Graph) -> None:
    one = await made(graph)
    seen = await asyncio.gather(*(graph.write(adding(one)) for _ in range(WRITERS)))
    assert sorted(seen) == list(range(1, WRITERS + 1))
    assert await place(graph, one) == WRITERS


async def test_who_never_wins_is_told_that_the_graph_does_not_answer(address: Address) -> None:
    async def work(_: Tx) -> None:
        raise Stale

    async with Graph(address, patience_s=0.1) as graph:
        with pytest.raises(GraphUnavailable):
            await graph.write(work)


async def test_what_relied_on_something_stale_runs_again_from_its_beginning(graph: Graph) -> None:
    one, tries = await made(graph), list[int]()

    async def work(tx: Tx) -> None:
        tries.append(await tx.value(ADD, id=one))
        if len(tries) < 3:
            raise Stale

    await graph.write(work)
    assert tries == [1, 1, 1]
    assert await place(graph, one) == 1


async def test_a_key_that_is_taken_is_named_so(graph: Graph, address: Address) -> None:
    one = await made(graph)
    async with Graph(address, patience_s=0.1) as impatient:
        with pytest.raises(DuplicateKey):
            await impatient.write(lambda tx: tx.value(CREATE, id=one))


async def test_an_error_of_the_work_itself_undoes_it_and_is_not_tried_again(graph: Graph) -> None:
    one, tries = await made(graph), list[int]()

    async def work(tx: Tx) -> None:
        tries.append(await tx.value(ADD, id=one))
        raise LookupError

    with pytest.raises(LookupError):
        await graph.write(work)
    assert tries == [1]
    assert await place(graph, one) == 0


# ── time ──────────────────────────────────────────────────────────────────────────────────────────────────────────────────────────


async def test_a_unit_of_work_that_takes_too_long_is_broken_off_and_undone(
    graph: Graph, address: Address, monkeypatch: pytest.MonkeyPatch
) -> None:
    one, tries = await made(graph), list[int]()
    monkeypatch.setattr(driver, "GRACE_S", 0.0)

    async def work(tx: Tx) -> None:
        tries.append(await tx.value(ADD, id=one))
        await asyncio.Event().wait()

    async with Graph(address, timeout_s=0.5) as hurried:
        with pytest.raises(TimedOut):
            await hurried.write(work)
    assert tries == [1]
    assert await graph.write(adding(one)) == 1


@pytest.mark.neo4j
async def test_a_statement_that_takes_too_long_is_broken_off_by_the_server(address: Address) -> None:
    async with Graph(address, timeout_s=0.5) as hurried:
        with pytest.raises(TimedOut) as told:
            await hurried.read(lambda tx: tx.value(SLOW))
        assert "TransactionTimedOut" in str(told.value.__cause__)


@pytest.mark.neo4j
async def test_who_waits_too_long_for_a_lock_is_broken_off_by_the_server(graph: Graph, address: Address) -> None:
    one, held, over = await made(graph), asyncio.Event(), asyncio.Event()

    async def holding(tx: Tx) -> None:
        await tx.value(ADD, id=one)
        held.set()
        await over.wait()

    holder = asyncio.ensure_future(graph.write(holding))
    await held.wait()
    async with Graph(address, timeout_s=0.5) as hurried:
        with pytest.raises(TimedOut) as told:
            await hurried.write(adding(one))
    over.set()
    await holder
    assert "LockClientStopped" in str(told.value.__cause__)
    assert await place(graph, one) == 1


# ── who answers ───────────────────────────────────────────────────────────────────────────────────────────────────────────────────


async def test_an_engine_that_runs_is_ready(graph: Graph) -> None:
    assert await graph.ready()


async def test_where_nobody_listens_nothing_is_ready(address: Address) -> None:
    async with Graph(replace(address, url=f"bolt://127.0.0.1:{free_port()}")) as graph:
        assert not await graph.ready()
        with pytest.raises(GraphUnavailable):
            await wait_until_ready(graph, 0.2)


async def test_a_wrong_password_is_told_at_once_rather_than_waited_for(address: Address) -> None:
    async with Graph(replace(address, password="not this one")) as graph:
        assert not await graph.ready()
        with pytest.raises(AuthError):
            await wait_until_ready(graph, 60)


def test_where_no_connection_comes_free_in_time_the_graph_counts_as_unavailable() -> None:
    with pytest.raises(GraphUnavailable), driver._named():  # noqa: SLF001 - sixty-four transactions that all wait would take ten seconds
        raise ConnectionAcquisitionTimeoutError


async def test_jobs_are_ended_while_there_still_is_the_graph_that_they_work_with(address: Address, tmp_path: Path) -> None:
    begun, said = asyncio.Event(), list[int]()

    async def work(parts: Parts) -> None:
        begun.set()
        try:
            await asyncio.Event().wait()
        finally:
            said.append(await parts.graph.read(lambda tx: tx.value("RETURN 1")))

    async with open_parts(Settings(data=tmp_path), address) as parts:
        parts.jobs.start("a job", work(parts))
        await begun.wait()
    assert said == [1]
