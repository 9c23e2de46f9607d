"""The demo case, told from a fixed seed: the heart of it by hand, the rest drawn."""

from __future__ import annotations

import random

from backend.demo import people
from backend.demo.beside import national, task_force
from backend.demo.cells import Telling, tell_cells
from backend.demo.core import tell_core
from backend.demo.core_links import tie_core
from backend.demo.findings import tell_findings
from backend.demo.holdings import tell_holdings
from backend.demo.movements import tell_movements
from backend.demo.shapes import Story
from backend.demo.telling import Draft

SEED = 2231


def story(*, small: bool = False) -> Story:
    """Return the whole case, or (`small`) its heart only; the same each time."""
    dice = random.Random(SEED)  # noqa: S311 - a story, not a secret
    heart = Draft(people.JIT)
    tell_core(heart)
    tie_core(heart)
    drafts = [heart]
    if not small:
        _widen(heart, dice)
        drafts += [national(dice), task_force(dice)]
    return Story(
        people.AGENCIES, people.PEOPLE, people.SPACES, people.MEMBERSHIPS, people.MARKINGS, people.CASES,
        tuple(entity for each in drafts for entity in each.entities.values()),
        tuple(link for each in drafts for link in each.links.values()),
        tuple(record for each in drafts for record in each.records),
    )  # fmt: skip


def _widen(heart: Draft, dice: random.Random) -> None:
    t = Telling(heart, dice)
    for part in (tell_cells, tell_holdings, tell_movements, tell_findings):
        part(t)
