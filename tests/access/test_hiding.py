"""What a reader may not see does not exist: hiding something changes no answer by a byte."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

import pytest

from tests.access.hiding import HIDINGS, seen, visible_world

if TYPE_CHECKING:
    from tests.support.world import World

NOTHING = b'{"error":{"code":"NOT_FOUND"},"message":"There is nothing here that you can open."}'
NO_FILE = b'{"error":{"code":"NOT_FOUND","message":"There is nothing here that you can open."}}'


@pytest.mark.timeout(900)
async def test_each_hidden_thing_leaves_every_answer_as_it_was(world: World) -> None:
    await visible_world(world)
    before = await seen(world)
    for hide in HIDINGS:
        await hide(world)
        after = await seen(world)
        changed = [question for question, answer in before.items() if after[question] != answer]
        assert not changed, f"{hide.__name__} shows in {changed[:3]}: {[(before[q], after[q]) for q in changed[:1]]}"


@pytest.mark.timeout(900)
async def test_what_is_hidden_answers_like_what_never_was(world: World) -> None:
    await visible_world(world)
    for hide in HIDINGS:
        await hide(world)
    answers = await seen(world)
    hidden = [
        world.ids[name] for name in ("Secret", "secretly", "detour 0", "merge", "Secret case", "import", "Of counsel", "Of the secret case")
    ]
    asked = {question: answer for question, answer in answers.items() if re.search("|".join(hidden), question)}
    by_id = {q: a for q, a in asked.items() if not q.startswith("links") and a not in {NOTHING, NO_FILE}}
    assert not by_id
    assert not any(one.encode() in answer for one in hidden for answer in answers.values())


@pytest.mark.timeout(900)
async def test_the_path_runs_round_what_is_hidden(world: World) -> None:
    await visible_world(world)
    question = f"path {world.ids['Ilian']} {world.ids['Perla']}"
    before = (await seen(world))[question]
    for hide in HIDINGS:
        await hide(world)
    assert (await seen(world))[question] == before
