"""Asks whoever clears others who sees each thing of a small world, and holds it against what the file says that each of them sees."""

from __future__ import annotations

from typing import TYPE_CHECKING

from backend.teams.policy import RIGHTS, Right, Role
from tests.access.questions import ask
from tests.access.small_questions import expected

if TYPE_CHECKING:
    from tests.access.small_questions import Expected
    from tests.access.small_world import Said, SmallWorld

SORTS = ("entity", "link", "case")
WHO_SEES = (
    "query($s: ID!, $i: ID!, $of: SightOf!) { whoSees(space: $s, of: $of, id: $i) { members { membership { person { id } } sees reason"
    " markings { name } } } }"
)
Lines = dict[str, tuple[bool, str]]


def clears(small: SmallWorld, space: str, who: str) -> bool:
    """Whether this member's role may ask."""
    it = small.said["spaces"][space]["people"].get(who)
    return it is not None and Right.CLEAR in RIGHTS[Role(it["role"])]


async def lines(small: SmallWorld, space: str, who: str, sort: str, name: str) -> Lines:
    """Who sees the thing and why, by name of the person; nothing where the asker is refused."""
    said = await ask(small.world.ctx(who), WHO_SEES, s=small.world.ids[space], i=small.world.ids[name], of=sort.upper())
    if "error" in said:
        assert said["error"] == {"code": "NOT_FOUND"}, said
        return {}
    people = {small.world.ids[one]: one for one in small.people}
    return {people[line["membership"]["person"]["id"]]: (line["sees"], line["reason"]) for line in said["whoSees"]["members"]}


async def wrong_sights(small: SmallWorld, space: str, sees: Said) -> list[str]:
    """Every answer that the file contradicts.

    Whoever sees everything must be told exactly who sees a thing; whoever does not may be told of fewer, since records that are hidden
    from them do not count, never of more.
    """
    wrong = list[str]()
    everybody = {who: expected(small, space, sees.get(who, "nothing")) for who in small.people}
    for who in (one for one in small.people if clears(small, space, one)):
        mine = everybody[who]
        for it in small.of(space, *SORTS):
            told = await lines(small, space, who, it.sort, it.name)
            named = {one for one, (yes, _) in told.items() if yes}
            right = {one for one, other in everybody.items() if mine.group(it.name) & (other.sees or frozenset())}
            if it.name not in (mine.sees or ()):
                wrong += [f"{who} is told who sees {it.name}: {told}"] if told else []
            elif not _agrees(mine, named, right):
                wrong.append(f"{who} is told that {sorted(named)} see {it.name}, not {sorted(right)}: {told}")
    return wrong


def _agrees(mine: Expected, named: set[str], right: set[str]) -> bool:
    everything = {it.name for it in mine.small.of(mine.space)}
    return named == right if set(mine.sees or ()) == everything else named <= right
