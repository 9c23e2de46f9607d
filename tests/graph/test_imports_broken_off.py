"""Imports when something breaks: the graph in commit, the membership of whoever started it, the file, two runs of one job."""

from __future__ import annotations

import asyncio
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Any, TypeVar, cast

import pytest

from backend.core.context import Context
from backend.core.errors import Crowded
from backend.core.ids import new_id
from backend.entities.imports import run, service, stored
from backend.storage import source
from backend.teams import service as teams
from graph.access import TooManyClasses
from graph.driver import Graph, GraphUnavailable
from tests.graph.test_imports import asked, begun, imported, lines, pieces
from tests.support.world import World, team

if TYPE_CHECKING:
    from collections.abc import Awaitable, Callable

    from backend.core.context import Parts
    from graph.driver import Tx

T = TypeVar("T")
DATA = lines(("a", "Person", {"name": ["Ilian"]}), ("b", "Person", {"name": ["Tamsin"]}))


@dataclass
class Breaking:
    """The graph, breaking one write off: before its commit, behind it, or behind it and then run once more, as the driver does.

    With `ended` it takes no write any more from that one on, as for a server that ends.
    """

    graph: Graph
    when: str
    left: int = 1

    def __getattr__(self, name: str) -> Any:
        return getattr(self.graph, name)

    async def write(self, work: Callable[[Tx], Awaitable[T]]) -> T:
        self.left -= 1
        if self.left != 0 and not (self.when == "ended" and self.left < 0):
            return await self.graph.write(work)
        if self.when in {"before", "ended"}:
            raise GraphUnavailable
        await self.graph.write(work)
        if self.when == "behind":
            raise GraphUnavailable
        return await self.graph.write(work)


def breaking(ctx: Context, when: str, nth: int = 1) -> Context:
    parts = replace(ctx.parts, graph=cast("Graph", Breaking(ctx.graph, when, nth)))
    return Context(parts, ctx.actor, ctx.trail, ctx.correlation)


async def objects(parts: Parts) -> set[str]:
    return {key async for key in parts.store.list()}


async def state(world: World, job: str) -> dict[str, Any]:
    return (await service.jobs(world.ctx("Chiara"), world.ids["Saltmarsh"], job))[0]


@pytest.mark.parametrize("when", ["behind", "twice"])
async def test_a_file_whose_commit_was_lost_stays_with_its_job(world: World, when: str) -> None:
    await team(world)
    ctx, space = world.ctx("Maarten"), world.ids["Saltmarsh"]
    job = await service.create(ctx, space, asked(world), new_id())
    await service.upload(breaking(ctx, when, 2), space, job, pieces(DATA))
    await service.begin(ctx, space, job, None, new_id())
    await run.run(ctx, space, job)
    assert ((await state(world, job))["state"], (await state(world, job))["accepted"]) == ("done", 2)


async def test_a_file_that_did_not_get_to_its_job_is_removed(world: World) -> None:
    await team(world)
    ctx, space = world.ctx("Maarten"), world.ids["Saltmarsh"]
    job = await service.create(ctx, space, asked(world), new_id())
    before = await objects(world.parts)
    with pytest.raises(GraphUnavailable):
        await service.upload(breaking(ctx, "before", 2), space, job, pieces(DATA))
    assert await objects(world.parts) == before
    await service.upload(ctx, space, job, pieces(DATA))


async def test_a_file_whose_server_ended_before_its_job_knew_it_is_removed_at_the_next_start(world: World) -> None:
    await team(world)
    ctx, space = world.ctx("Maarten"), world.ids["Saltmarsh"]
    kept, job = [await service.create(ctx, space, asked(world), new_id()) for _ in range(2)]
    await service.upload(ctx, space, kept, pieces(DATA))
    before = await objects(world.parts)
    with pytest.raises(GraphUnavailable):
        await service.upload(breaking(ctx, "ended", 2), space, job, pieces(DATA))
    assert len(await objects(world.parts) - before) == 1
    await service.mark_stopped(world.parts)
    assert await objects(world.parts) == before
    await service.upload(ctx, space, job, pieces(DATA))
    await service.mark_stopped(world.parts)
    assert len(await objects(world.parts) - before) == 1


def test_a_space_without_room_for_another_class_is_told_as_such() -> None:
    assert run._told(TooManyClasses(), "TEST-00") == Crowded.default  # noqa: SLF001 - what a person reads on the job


@pytest.mark.parametrize("when", ["before", "behind", "twice"])
@pytest.mark.parametrize("nth", [1, 2, 3, 4])
async def test_a_run_goes_on_whatever_commit_was_lost(world: World, when: str, nth: int, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(run, "PAUSE_S", 0.0)
    await team(world)
    ctx = world.ctx("Maarten")
    job = await begun(ctx, world, DATA)
    await run.run(breaking(ctx, when, nth), world.ids["Saltmarsh"], job)
    row = await state(world, job)
    assert (row["state"], row["read"], row["accepted"], row["rejected"]) == ("done", 2, 2, 0)


async def test_an_import_whose_starter_left_stops_with_a_reason_and_another_goes_on(world: World) -> None:
    await team(world)
    ctx, space = world.ctx("Maarten"), world.ids["Saltmarsh"]
    job = await begun(ctx, world, DATA)
    await teams.end(world.ctx("Chiara"), space, world.memberships["Saltmarsh", "Maarten"], new_id())
    await run.run(ctx, space, job)
    assert ((await state(world, job))["state"], (await state(world, job))["problem"]) == ("failed", run.MAY_NOT)
    await service.begin(world.ctx("Chiara"), space, job, None, new_id(), again=True)
    await run.run(world.ctx("Chiara"), space, job)
    assert (await state(world, job))["state"] == "done"


async def test_an_import_whose_file_is_gone_says_so(world: World) -> None:
    await team(world)
    ctx, space = world.ctx("Maarten"), world.ids["Saltmarsh"]
    job = await begun(ctx, world, DATA)
    await world.parts.store.delete((await state(world, job))["object"])
    await run.run(ctx, space, job)
    assert ((await state(world, job))["state"], (await state(world, job))["problem"]) == ("failed", run.NO_FILE)


async def test_a_failure_that_nobody_foresaw_is_told_with_a_code(world: World, monkeypatch: pytest.MonkeyPatch) -> None:
    def breaks(*_: object) -> str:
        raise ZeroDivisionError

    monkeypatch.setattr(run.report, "seal", breaks)
    await team(world)
    job = await imported(world.ctx("Maarten"), world, DATA + b"\nno line")
    row = await state(world, job)
    assert row["state"] == "failed"
    assert row["problem"].endswith("TEST-00.")


async def test_a_job_that_is_continued_while_it_ends_runs_again(world: World) -> None:
    await team(world)
    ctx, space = world.ctx("Maarten"), world.ids["Saltmarsh"]
    job = await begun(ctx, world, DATA)
    await service.cancel(ctx, space, job, new_id())
    world.parts.jobs.start(job, run.run(ctx, space, job))
    await service.begin(ctx, space, job, None, new_id(), again=True)
    world.parts.jobs.start(job, run.run(ctx, space, job))
    await world.parts.jobs.wait(job)
    assert (await state(world, job))["state"] == "done"
    assert not world.parts.jobs.running(job)


@pytest.mark.parametrize("how", ["by a person", "with its server"])
async def test_a_run_that_is_cancelled_keeps_no_file_open(world: World, how: str, monkeypatch: pytest.MonkeyPatch) -> None:
    opened = list[source.SourceFile]()

    def kept(*args: Any) -> source.SourceFile:
        opened.append(source.SourceFile(*args))
        return opened[-1]

    monkeypatch.setattr(stored, "SourceFile", kept)
    await team(world)
    ctx, space = world.ctx("Maarten"), world.ids["Saltmarsh"]
    job = await begun(ctx, world, b"\n".join(lines((f"p{n}", "Person", {"name": [f"Ilian {n}"]})) for n in range(20_000)))
    world.parts.jobs.start(job, run.run(ctx, space, job))
    while not (await state(world, job))["read"]:  # noqa: ASYNC110 - the graph tells
        await asyncio.sleep(0)
    if how == "by a person":
        await service.cancel(ctx, space, job, new_id())
        await world.parts.jobs.wait(job)
    else:
        await world.parts.jobs.stop()
    assert (await state(world, job))["read"] < 20_000
    assert [file.closed for file in opened] == [True]
    with pytest.raises(ValueError, match="closed"):
        opened[0].readinto(memoryview(bytearray(1)))
