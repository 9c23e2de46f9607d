"""Leak class 11 for an exhibit that everybody saw and that is marked afterwards: from then on it is as if it had never been.

Each check is held to somebody who holds the marking, as in `test_leaks_exhibits.py`.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from backend.core.ids import new_id
from backend.evidence import content
from tests.access.test_leaks_exhibits import (
    BLIND,
    CASES,
    LEDGER,
    SEER,
    SPACE,
    Case,
    at_the_doors,
    changed_or_seen,
    counter,
    ear,
    operated,
    there,
)

if TYPE_CHECKING:
    from collections.abc import Awaitable, Callable

    from tests.evidence.conftest import Counter
    from tests.support.world import World

__all__ = ["counter", "there"]


async def ghost(world: World) -> None:
    """The same file as the ledger: everybody sees it, and looks at it."""
    await world.file(SPACE, "Ghost", "Chiara", "NA-1", LEDGER)
    for who in (*BLIND, SEER):
        await content.opened(world.ctx(who), world.ids[SPACE], world.ids["Ghost"])


async def ghostly_extract(world: World) -> None:
    await world.exhibit(SPACE, "Ghost", "Chiara", "NA-1", parent="Ledger")


SHOWN: dict[str, Callable[[World], Awaitable[None]]] = {
    "numbers and count": ghost, "count of a case": ghost, "count by kind": ghost, "search": ghost, "page size": ghost,
    "hash duplicates": ghost, "derived": ghostly_extract, "activity": ghost,
}  # fmt: skip
IN_PAGES = Case(ghost, 'exhibitText(space: $s, text: "kestrel") { exhibit { id number title } page line }')


@pytest.mark.parametrize("name", [*SHOWN, "pages"])
async def test_no_answer_tells_of_an_exhibit_marked_afterwards(there: Counter, name: str) -> None:
    """Numbers, counts, duplicates of a hash, search, also in pages: all of it shows before, none after; to whoever holds it, all."""
    world, case = there.world, CASES.get(name, IN_PAGES)
    before = {who: await case.answer(world, who) for who in (*BLIND, SEER)}
    await SHOWN.get(name, ghost)(world)
    shown = {who: await case.answer(world, who) for who in (*BLIND, SEER)}
    await world.mark_exhibit(SPACE, "Ghost", "Chiara", "Covert")
    after = {who: await case.answer(world, who) for who in (*BLIND, SEER)}
    assert not [who for who in before if shown[who] == before[who]]
    assert {who for who in before if after[who] != before[who]} == {SEER}


async def test_it_answers_like_one_that_never_was(there: Counter) -> None:
    """By every operation that names one, and at every door of files: custody, viewings, challenges, pages, copies; in the log too."""
    world, never = there.world, new_id()
    await ghost(world)
    one = world.ids["Ghost"]
    for who in BLIND:
        assert await at_the_doors(there, who, one) != await at_the_doors(there, who, never)
    seen_before = {who: len(changed_or_seen(there, who, one)) for who in BLIND}
    await world.mark_exhibit(SPACE, "Ghost", "Chiara", "Covert")
    for who in BLIND:
        assert await operated(world, who, one) == await operated(world, who, never)
        assert await at_the_doors(there, who, one) == await at_the_doors(there, who, never)
        assert {line["outcome"] for line in changed_or_seen(there, who, one)[seen_before[who] :]} == {"NOT_FOUND"}
    seen, nothing = await at_the_doors(there, SEER, one), await at_the_doors(there, SEER, never)
    assert not [door for door in seen if seen[door] == nothing[door]]


async def test_whoever_has_it_open_is_told_that_it_is_gone_and_hears_no_more(there: Counter) -> None:
    """Then it is released, and is there again; that it was marked meanwhile is told to whoever saw it meanwhile."""
    world, space = there.world, there.space
    await ghost(world)
    await world.exhibit(SPACE, "Extract of it", "Chiara", "NA-1", parent="Ghost")
    one, below = world.ids["Ghost"], world.ids["Extract of it"]
    ears = {who: await ear(there, who) for who in (*BLIND, SEER)}
    try:
        await world.mark_exhibit(SPACE, "Ghost", "Chiara", "Covert")
        await content.opened(world.ctx(SEER), space, one, copies=True)
        await world.challenge(SPACE, "Ghost", SEER)
        fence = await world.exhibit(SPACE, "Fence", "Chiara", "NA-1")
        heard = {who: await each.notices(fence) for who, each in ears.items()}
        await world.release_exhibit(SPACE, "Ghost", "Chiara", "Covert")
        back = {who: await each.notices(one) for who, each in ears.items()}
    finally:
        for each in ears.values():
            await each.socket.close()
    gone = [("gone", "exhibit", one), ("gone", "exhibit", below), ("changed", "exhibit", fence)]
    assert [heard[who] for who in BLIND] == [gone] * 2
    assert {change for change, *_ in heard[SEER]} == {"changed"}
    assert [back[who] for who in BLIND] == [[("changed", "exhibit", one)]] * 2
