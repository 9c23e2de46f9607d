"""Pages: nothing is lost between them, and where one ends is sealed to its reader."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from backend.activity import service as activity
from backend.core import cursors
from backend.core.errors import Invalid
from backend.core.ids import new_id
from backend.entities import service as entities
from graph import outbox
from graph.outbox import Change
from tests.support.world import team

if TYPE_CHECKING:
    from tests.support.world import World

SPACE = "Saltmarsh"


async def listed(world: World, first: int) -> list[str]:
    """Ask for the entities page after page."""
    found, after = list[str](), None
    while not found or after:
        page = await entities.listing(world.ctx("Maarten"), world.ids[SPACE], None, None, None, after, first)
        found, after = [*found, *(row.caption for row in page.items)], page.end
    return found


async def happened(world: World, who: str, first: int) -> list[str]:
    """Ask for what happened page after page."""
    found, after = list[str](), None
    while not found or after:
        page = await activity.activity(world.ctx(who), world.ids[SPACE], first, after)
        found, after = [*found, *(row["subject"] for row in page.items)], page.end
    return found


async def emit(world: World, *changes: Change) -> None:
    """Write events of a member, in one transaction."""
    space, who = world.ids[SPACE], world.ids["Chiara"]
    await world.parts.graph.write(lambda tx: outbox.append(tx, space, who, world.now, list(changes)))


@pytest.mark.parametrize("first", [1, 2, 100])
async def test_entities_come_once_each_in_order(world: World, first: int) -> None:
    await team(world)
    names = ["Ilian", "Oda", "Perla", "Tamsin"]
    for name in reversed(names):
        await world.entity(SPACE, name, "Chiara", "NA-1")
    assert await listed(world, first) == names


async def test_what_happened_is_read_through_thousands_of_hidden_events(world: World) -> None:
    await team(world)
    hidden = (await world.parts.graph.read(lambda tx: tx.value("MATCH (k:Marking {id: $id}) RETURN k.id", id=world.ids["Covert"])),)
    members = [world.memberships[SPACE, who] for who in ("Chiara", "Maarten", "Eglė", "Osk")]
    told = [Change("member", "joined", one, after=outbox.EVERYONE) for one in (*members, *members[:3])]
    for change in told:
        await emit(world, change, *(Change("member", "joined", members[0], after=hidden) for _ in range(700)))
    seen = await happened(world, "Maarten", 2)
    assert seen[:7] == [change.subject for change in reversed(told)]
    assert seen == await happened(world, "Maarten", 100)


async def test_a_cursor_tells_nothing_of_where_it_stands(world: World) -> None:
    await team(world)
    for name in ("Ilian", "Oda"):
        await world.entity(SPACE, name, "Chiara", "NA-1")
    ends = [(await activity.activity(world.ctx("Maarten"), world.ids[SPACE], 1, None)).end]
    await emit(world, *(Change("member", "joined", world.memberships[SPACE, "Osk"], after=outbox.EVERYONE) for _ in range(120)))
    ends.append((await activity.activity(world.ctx("Maarten"), world.ids[SPACE], 1, None)).end)
    assert len({len(end or "") for end in ends}) == 1
    page = await entities.listing(world.ctx("Maarten"), world.ids[SPACE], None, None, None, None, 1)
    assert page.end
    assert "ilian" not in page.end


async def test_a_cursor_of_another_reader_space_or_list_is_refused(world: World) -> None:
    await team(world)
    maarten, egle, space = world.ctx("Maarten"), world.ctx("Eglė"), world.ids[SPACE]
    made = cursors.sealed(maarten, "entities", space, "ilian x")
    assert cursors.opened(maarten, "entities", space, made) == "ilian x"
    for ctx, listing, where in ((egle, "entities", space), (maarten, "links", space), (maarten, "entities", new_id())):
        with pytest.raises(Invalid):
            cursors.opened(ctx, listing, where, made)


@pytest.mark.parametrize("made_up", ["", "ilian", "ä", "A" * 64, "A" * 100_000])
async def test_a_cursor_that_was_made_up_is_refused(world: World, made_up: str) -> None:
    await team(world)
    with pytest.raises(Invalid) as refused:
        await entities.listing(world.ctx("Maarten"), world.ids[SPACE], None, None, None, made_up, 1)
    assert refused.value.field == "after"
