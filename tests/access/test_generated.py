"""Worlds made by chance, against an oracle that shares nothing with the program: everybody is told exactly what they may know.

Each world is built and asked inside one transaction that is rolled back, so it costs seconds and leaves nothing. The ordinary run tries
two in which most things that can be hidden are, `infra/test --all` many. A world is known by its number: `spaces(Random(number))` makes
it again.
"""

from __future__ import annotations

import asyncio
import os
from contextlib import suppress
from dataclasses import dataclass, replace
from random import Random
from typing import TYPE_CHECKING, TypeVar

import pytest

from graph.driver import Graph
from tests.access import oracle_work, told_work
from tests.access.built import build, overtake
from tests.access.generated import FIRST, LAST, PHONES, spaces
from tests.access.oracle import Sees
from tests.access.oracle_work import SeesWork
from tests.access.told import Told
from tests.access.told_work import ToldWork
from tests.support.world import World

if TYPE_CHECKING:
    from collections.abc import Awaitable, Callable, Iterable

    from backend.core.context import Parts
    from graph.driver import Address, Tx
    from tests.access.described import Space
    from tests.access.oracle import Answers

T = TypeVar("T")
RICH = (241, 399)
NUMBERS = (*RICH, *range(100)) if os.environ.get("JOINDER_TEST_ALL") == "1" else RICH
WORDS = (*FIRST, *LAST, *PHONES)


class Undone(Exception):
    """The world is not kept."""


class OneTransaction(Graph):
    """A graph whose units of work all run in one transaction, one after another."""

    def __init__(self, graph: Graph, tx: Tx) -> None:
        self.dialect, self._tx, self._turn = graph.dialect, tx, asyncio.Lock()

    async def read(self, work: Callable[[Tx], Awaitable[T]]) -> T:
        """Run to its end whatever is begun: a request that refuses one field gives up the others, which would break off the transaction."""
        return await asyncio.shield(self._run_whole(work))

    write = read

    async def _run_whole(self, work: Callable[[Tx], Awaitable[T]]) -> T:
        async with self._turn:
            return await work(self._tx)


@pytest.mark.timeout(300)
@pytest.mark.parametrize("number", NUMBERS)
async def test_everybody_is_told_exactly_what_they_may_know(number: int, parts: Parts, address: Address) -> None:
    wrong: list[str] = []

    async def work(tx: Tx) -> None:
        wrong.extend(await differences(World(replace(parts, graph=OneTransaction(graph, tx))), Random(number)))
        raise Undone

    async with Graph(address, timeout_s=240, warn=True) as graph:
        with suppress(Undone):
            await graph.write(work)
    assert not wrong


async def differences(world: World, chance: Random) -> list[str]:
    """Every answer that is not what the oracle says, as `who, space, question: answer instead of what was expected`."""
    described, wrong = spaces(chance), list[str]()
    for space in described:
        await build(world, space)
    for space, other in (described, described[::-1]):
        asking = [Asking(Sees(space, who, world.ids, WORDS), Told(world, space, who)) for who in _everybody(described, space)]
        for each in asking:
            wrong += each.quoting(await each.misled(other))
        await overtake(world, space)
        for each in asking:
            wrong += each.quoting(await each.overtaken())
    return wrong


def _everybody(described: Iterable[Space], space: Space) -> list[str]:
    """Everybody's name, once: those of this space, and those who are in the other one only."""
    return [name for each in described for name in each.people if each is space or name not in space.people]


@dataclass
class Asking:
    """One person in one space: what they may know, and what they are told."""

    sees: Sees
    told: Told

    async def misled(self, other: Space) -> list[str]:
        """Where they are told something else than they may know."""
        right = self.sees.everything(other.kinds) | SeesWork(self.sees).everything()
        said = await self.told.everything(WORDS, other.kinds) | await ToldWork(self.told).everything()
        wrong = _compared(right, said)
        wrong += [f"{one} is shown as {text!r}" for one, text in self.told.quoted if text not in self.sees.said_of(one)]
        return wrong + [f"{one} is told of in the activity" for one in await self.told.activity() - self.sees.there]

    async def overtaken(self) -> list[str]:
        """The same when they write on what they saw, after the chief has said more."""
        return _compared(oracle_work.overtaken(self.sees), await told_work.overtaken(self.told))

    def quoting(self, wrong: Iterable[str]) -> list[str]:
        return [f"{self.sees.who}, {self.sees.space.name}: {each}" for each in wrong]


def _compared(right: Answers, said: Answers) -> list[str]:
    assert set(right) == set(said)
    return [f"{one}: {said[one]} instead of {right[one]}" for one in right if right[one] != said[one]]
