"""Predicate mutation, with `infra/test --all`: every mutant must show in some answer."""

from __future__ import annotations

import os
import random
from typing import TYPE_CHECKING

import pytest

from tests.access.hiding import HIDINGS, seen, visible_world
from tests.access.mutants import EQUIVALENT, every

if TYPE_CHECKING:
    from tests.support.world import World

SEED = 20261123


@pytest.mark.long
@pytest.mark.timeout(1800)
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
            if mutant.name not in EQUIVALENT and await _same(world, right):
                survivors.append(mutant.name)
    assert not survivors, f"{len(survivors)} of {len(mutants)} mutants show nowhere"


async def _same(world: World, right: dict[str, bytes]) -> bool:
    """Say whether nothing shows; an answer that breaks shows."""
    try:
        return await seen(world) == right
    except Exception:  # noqa: BLE001 - a mutant may break anything
        return False


def test_there_are_mutants_of_every_module() -> None:
    assert {mutant.module.__name__ for mutant in every()} >= {"graph.queries.entities", "graph.queries.network", "graph.queries.cases"}
    assert len(every()) > 50
