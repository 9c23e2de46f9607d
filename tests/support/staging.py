"""Two units of work that meet at a named statement, so that a race happens the same way each time: explicit barriers, no sleeps.

The first comes to the statement and stops. The second comes to the same one, or waits for a lock that the first holds. Then the first
commits, and only then the second goes on. Where a unit of work is run again after a conflict, it stops nowhere any more.
"""

from __future__ import annotations

import asyncio
from dataclasses import replace
from typing import TYPE_CHECKING, Any, LiteralString, TypeVar

from graph.driver import Graph, Tx

if TYPE_CHECKING:
    from collections.abc import Awaitable, Callable

    from backend.core.context import Context

    Step = tuple[Context, Callable[[Context], Awaitable[object]]]

T = TypeVar("T")
LOCKED_S = 1.0
"""After this long without coming to the statement, the second is taken to wait for the first one's lock (on engines that lock)."""


class StagedTx(Tx):
    """A transaction that calls `after` with each statement that it has run."""

    __slots__ = ("_after",)

    def __init__(self, tx: Tx, after: Callable[[str], Awaitable[None]]) -> None:
        self._tx, self._warn, self.dialect, self.graph_name = tx._tx, tx._warn, tx.dialect, tx.graph_name  # noqa: SLF001 - the same transaction
        self._after = after

    async def value(self, query: LiteralString, /, **parameters: object) -> Any:
        found = await super().value(query, **parameters)
        await self._after(query)
        return found


class StagedGraph(Graph):
    """A graph whose units of work run on `StagedTx`; its pool is the real graph's."""

    def __init__(self, graph: Graph, after: Callable[[str], Awaitable[None]]) -> None:
        self.dialect, self._graph, self._after = graph.dialect, graph, after

    async def read(self, work: Callable[[Tx], Awaitable[T]]) -> T:
        return await self._graph.read(lambda tx: work(StagedTx(tx, self._after)))

    async def write(self, work: Callable[[Tx], Awaitable[T]]) -> T:
        return await self._graph.write(lambda tx: work(StagedTx(tx, self._after)))


class Abandoned(Exception):
    """A unit of work was broken off; everything in it is rolled back."""


def failing(ctx: Context, statement: str) -> Context:
    """Return the same request on a graph that breaks off behind the statement."""

    async def after(query: str) -> None:
        if query == statement:
            raise Abandoned

    return replace(ctx, parts=replace(ctx.parts, graph=StagedGraph(ctx.graph, after)))


class Stage:
    """One person's place in a race: stops once, behind the statement named, until told to go on."""

    def __init__(self, statement: str) -> None:
        self._statement = statement
        self.here, self.go = asyncio.Event(), asyncio.Event()

    async def after(self, query: str) -> None:
        if query == self._statement and not self.here.is_set():
            self.here.set()
            await self.go.wait()

    def ctx(self, ctx: Context) -> Context:
        """The same request on a graph that stops here."""
        return replace(ctx, parts=replace(ctx.parts, graph=StagedGraph(ctx.graph, self.after)))


async def race(statement: str, first: Step, second: Step, between: Callable[[], Awaitable[object]] | None = None) -> list[object]:
    """Run both to the end and return what each returned or raised. `between` runs while both stand behind the statement."""
    stages = Stage(statement), Stage(statement)
    running: list[asyncio.Future[object]] = []
    for stage, (ctx, work) in zip(stages, (first, second), strict=True):
        running.append(asyncio.ensure_future(work(stage.ctx(ctx))))
        arriving = asyncio.ensure_future(stage.here.wait())
        await asyncio.wait({arriving, running[-1]}, return_when=asyncio.FIRST_COMPLETED, timeout=LOCKED_S if len(running) > 1 else None)
        arriving.cancel()
    if between:
        await between()
    for stage, each in zip(stages, running, strict=True):
        stage.go.set()
        await asyncio.wait({each})
    return [each.exception() or each.result() for each in running]
