"""Predicate mutation: a seeded tenth of the mutants in every run, each of them with `infra/test --all`."""

from __future__ import annotations

import os
import random
from typing import TYPE_CHECKING

from tests.access.hiding import HIDINGS, seen, visible_world
from tests.access.mutants import EQUIVALENT, every

if TYPE_CHECKING:
    import pytest

    from tests.support.world import World

SEED = 20261123


async def test_removing_a_visibility_predicate_changes_an_answer(world: World, monkeypatch: pytest.MonkeyPatch) -> None:
    await visible_world(world)
    for hide in HIDINGS:
        await hide(world)
    right = await seen(world)
    mutants = every()
    if os.environ.get("JOINDER_TEST_ALL") != "1":
        mutants = random.Random(SEED).sample(mutants, max(1, len(mutants) // 10))
    survivors: list[str] = []
    for mutant in mutants:
        with monkeypatch.context() as patch:
            patch.setattr(mutant.module, mutant.constant, mutant.mutated())
            if mutant.name not in EQUIVALENT and await seen(world) == right:
                survivors.append(mutant.name)
    assert not survivors, f"{len(survivors)} of {len(mutants)} mutants show nowhere"


def test_there_are_mutants_of_every_module() -> None:
    assert {mutant.module.__name__ for mutant in every()} >= {"graph.queries.entities", "graph.queries.network", "graph.queries.cases"}
    assert len(every()) > 50
