"""Predicate mutation: take one visibility predicate out of one query, and some answer to the reader must change.

The ordinary run tries a seeded tenth; `infra/test --all` tries every one, and begun again it skips what was found before, as long as
neither the program nor these tests changed.
"""

from __future__ import annotations

import os
import random
from collections import defaultdict
from typing import TYPE_CHECKING

import pytest
from neo4j.exceptions import Neo4jError

from graph.driver import GraphUnavailable, Tx
from tests.access.found import Kept
from tests.access.hiding import HIDINGS, READER, asked, visible_world
from tests.access.mutants import EQUIVALENT, every, without
from tests.access.refusals import attempts

if TYPE_CHECKING:
    from collections.abc import Awaitable, Callable, Sequence

    from backend.core.context import Context
    from tests.access.mutants import Mutant
    from tests.access.questions import Question
    from tests.support.world import World

SEED = 20261123
EVERYTHING = os.environ.get("JOINDER_TEST_ALL") == "1"


class Asked:
    """The right answers to every question, and which queries each question runs."""

    def __init__(self, ctx: Context, questions: list[Question]) -> None:
        self.ctx = ctx
        self.questions = questions
        self.right: dict[str, bytes] = {}
        self.runs: defaultdict[str, list[Question]] = defaultdict(list)

    async def learn(self, patch: pytest.MonkeyPatch) -> None:
        """Ask everything twice: what does not answer the same twice would notice anything."""
        for question in self.questions:
            ran: set[str] = set()
            with patch.context() as watch:
                watch.setattr(Tx, "value", _noting(Tx.value, ran))
                self.right[question.name] = await question.answer(self.ctx)
            for query in ran:
                self.runs[query].append(question)
        await self.check()

    async def check(self) -> None:
        """Ask everything again: nothing may have changed meanwhile."""
        for question in self.questions:
            assert await question.answer(self.ctx) == self.right[question.name], f"{question.name} does not answer the same again"

    async def noticed(self, mutants: Sequence[Mutant], patch: pytest.MonkeyPatch) -> str | None:
        """Return the first question whose answer changes without these predicates, None where it shows nowhere."""
        about = [question for query in {mutant.query: None for mutant in mutants} for question in self.runs[query]]
        with patch.context() as cut:
            for (module, constant), query in without(mutants).items():
                cut.setattr(module, constant, query)
            for question in about:
                if await self._differs(question):
                    return question.name
        return None

    async def _differs(self, question: Question) -> bool:
        try:
            return await question.answer(self.ctx) != self.right[question.name]
        except (AssertionError, GraphUnavailable, Neo4jError, Warning):
            raise  # the query without its predicate does not run, so it shows nothing
        except Exception:  # noqa: BLE001 - whatever breaks on what should not have been there shows
            return True


def _noting(value: Callable[..., Awaitable[object]], ran: set[str]) -> Callable[..., Awaitable[object]]:
    async def noted(tx: Tx, query: str, /, **parameters: object) -> object:
        ran.add(query)
        return await value(tx, query, **parameters)

    return noted


def chosen() -> list[Mutant]:
    """Return every mutant, or the tenth that the ordinary run tries."""
    mutants = every()
    return mutants if EVERYTHING else random.Random(SEED).sample(mutants, max(1, len(mutants) // 10))


def cut(mutant: Mutant) -> list[Mutant]:
    """Return what is taken out to try a predicate: with it, what holds the same line."""
    named = {each.name: each for each in every()}
    return [mutant, *(named[name] for name in EQUIVALENT[mutant.name].by)] if mutant.name in EQUIVALENT else [mutant]


@pytest.mark.timeout(1800)
async def test_removing_a_visibility_predicate_changes_an_answer(world: World, monkeypatch: pytest.MonkeyPatch) -> None:
    await visible_world(world)
    for hide in HIDINGS:
        await hide(world)
    known = Asked(world.ctx(READER), [*asked(world), *await attempts(world)])
    await known.learn(monkeypatch)
    kept = Kept("predicates")
    for mutant in chosen():
        if mutant.name not in kept.found:
            kept.keep(mutant.name, await known.noticed(cut(mutant), monkeypatch))
    await known.check()
    survivors = [mutant.name for mutant in chosen() if kept.found[mutant.name] is None]
    assert not survivors, f"{len(survivors)} of {len(chosen())} mutants show nowhere: {survivors}"


@pytest.mark.long
@pytest.mark.timeout(1800)
async def test_what_counts_as_equivalent_shows_nowhere_by_itself(world: World, monkeypatch: pytest.MonkeyPatch) -> None:
    await visible_world(world)
    for hide in HIDINGS:
        await hide(world)
    known = Asked(world.ctx(READER), [*asked(world), *await attempts(world)])
    await known.learn(monkeypatch)
    alone = [mutant for mutant in every() if mutant.name in EQUIVALENT]
    assert {mutant.name: await known.noticed([mutant], monkeypatch) for mutant in alone} == dict.fromkeys(EQUIVALENT)


def test_there_are_mutants_of_every_module_that_shows_content() -> None:
    modules = {mutant.module.__name__.rsplit(".", 1)[-1] for mutant in every()}
    assert modules >= {"activity", "cases", "entities", "imports", "network", "teams"}
    assert set(EQUIVALENT) <= {mutant.name for mutant in every()}
