"""Small worlds as data: each file of `worlds/` says who sees what; here everybody is asked in every way there is.

A file declares `spaces` (people with roles, states, periods and clearances; markings; cases; entities with records; links; merges;
imports) and `moments` (time that passes, deeds, and then who `sees` what: a list of names, `everything`, `space only` or `nothing`;
whoever is not named sees nothing). From that one list follow the answers to look-up, list, search, chart, path, counts, neighbours,
activity, download, who sees a thing, and what somebody holds who only listened to the live socket.
"""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path
from typing import TYPE_CHECKING

import pytest
import yaml

from backend.core.clock import FixedClock
from tests.access.small_ears import held, listeners
from tests.access.small_questions import Asker, expected
from tests.access.small_sight import wrong_sights
from tests.access.small_world import SmallWorld
from tests.realtime.live import serving

if TYPE_CHECKING:
    from backend.core.context import Parts
    from tests.access.small_ears import Ears
    from tests.access.small_questions import Answers
    from tests.access.small_world import Said

FILES = sorted((Path(__file__).parent / "worlds").glob("*.yaml"))


@pytest.mark.timeout(600)
@pytest.mark.parametrize("file", FILES, ids=[file.stem for file in FILES])
async def test_everybody_sees_exactly_what_the_file_says(file: Path, parts: Parts) -> None:
    said, clock = yaml.safe_load(file.read_text()), FixedClock(datetime.now(UTC))
    async with serving(replace(parts, clock=clock), session_idle_s=10**8) as live:
        small = SmallWorld(said, live.world, clock)
        await small.assemble()
        ears = await listeners(live, small)
        await small.furnish()
        for place, moment in enumerate(said["moments"], 1):
            await small.go_on(moment)
            for space in small.spaces:
                wrong = await differences(small, ears, space, moment["sees"].get(space, {}))
                assert not wrong, f"{file.name}, moment {place}, {space}"


async def differences(small: SmallWorld, ears: list[Ears], space: str, sees: Said) -> list[str]:
    """Every answer that is not what the file says, as `who, question: answer instead of what was expected`."""
    assert set(sees) <= set(small.people)
    for each in ears:
        await each.open(space)
    listened, wrong = await held(small, ears, space), list[str]()
    for each in ears:
        said, told = await both(small, each.who, space, sees.get(each.who, "nothing"), listened[each.who])
        differ = [question for question in said if told[question] != said[question]]
        wrong += [f"{each.who}, {question}: {told[question]} instead of {said[question]}" for question in differ]
    return wrong + await wrong_sights(small, space, sees)


async def both(small: SmallWorld, who: str, space: str, sees: Said, listened: set[str] | None) -> tuple[Answers, Answers]:
    """What the file says, and what somebody is told, question by question."""
    right = expected(small, space, sees)
    said, told = right.everything(), await Asker(small, who, space).everything()
    imported = {it.name for it in small.of(space) if it.imported}
    # Only one notice announces an import: whoever was told to ask again holds what it brought, whoever only listened does not.
    said["live"] = set[str]() if right.opens else None
    said["live"] = said["live"] if right.sees is None else said["look-up"] - imported
    told["live"] = None if listened is None else listened - imported
    # What happened to something before it was released stays untold: activity may name less than is there, never more.
    if small.released and right.sees is not None:
        told["activity"], said["activity"] = told["activity"] - said["look-up"], set[str]()
    return said, told


def test_there_are_worlds() -> None:
    assert len(FILES) >= 12
