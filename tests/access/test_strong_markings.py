"""A marking that needs a strong sign-in counts as not held in any other session: to its holder there, what carries it does not exist."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

import pytest

from backend.core.errors import Forbidden, NotFound, StepUp
from backend.core.ids import new_id
from backend.entities import service as entities
from backend.teams import service as teams
from backend.teams.markings import service as markings
from graph import access
from tests.access.hiding import HIDINGS, READER, seen, visible_world
from tests.support.world import World, team

if TYPE_CHECKING:
    from typing import Any

    from backend.core.context import Context


class Weak(World):
    """The same world, in which the reader has signed in without a second factor."""

    def ctx(self, person: str) -> Context:
        found = super().ctx(person)
        return replace(found, actor=replace(found.who, strong_at="")) if person == READER else found


def weakened(world: World) -> Weak:
    return Weak(world.parts, world.ids, world.memberships, world.agencies, world.of_person)


async def needs_strong(world: World, marking: str) -> None:
    """Let a marking of the world need a strong sign-in, and clear the reader for it."""

    async def work(tx: Any) -> None:
        await tx.value("MATCH (k:Marking {id: $id}) SET k.strong = true RETURN k.id", id=world.ids[marking])
        await access.changed(tx, world.ids["Saltmarsh"])

    await world.parts.graph.write(work)
    await teams.clear(
        world.ctx("Chiara"), world.ids["Saltmarsh"], world.memberships["Saltmarsh", READER], world.ids[marking], None, new_id()
    )


@pytest.mark.timeout(900)
async def test_to_its_holder_in_a_weak_session_it_changes_no_answer_by_a_byte(world: World) -> None:
    await visible_world(world)
    await needs_strong(world, "Covert")
    weak = weakened(world)
    before = await seen(weak)
    for hide in HIDINGS:
        await hide(world)
    after = await seen(weak)
    assert [question for question, answer in before.items() if after[question] != answer] == []
    strong = await seen(world)
    assert [question for question, answer in after.items() if strong[question] != answer] != []


async def test_whoever_makes_one_has_signed_in_strongly_and_others_are_told_of_none(world: World) -> None:
    await team(world)
    space = world.ids["Saltmarsh"]
    chiara = world.ctx("Chiara")
    weak = replace(chiara, actor=replace(chiara.who, strong_at=""))
    with pytest.raises(StepUp):
        await teams.create_marking(weak, space, "Sealed", "other", new_id(), strong=True)
    await teams.create_marking(chiara, space, "Sealed", "other", new_id(), strong=True)
    assert {row["name"]: row["strong"] for row in (await teams.space(chiara, space))["markings"]} == {"Covert": False, "Sealed": True}
    assert [row["name"] for row in (await teams.space(weak, space))["markings"]] == ["Covert"]


async def test_the_authority_that_made_a_marking_decides_later_whether_it_needs_one(world: World) -> None:
    await team(world)
    await world.member("Saltmarsh", "Jan@NL", "lead")
    space, covert = world.ids["Saltmarsh"], world.ids["Covert"]
    await teams.clear(world.ctx("Chiara"), space, world.memberships["Saltmarsh", "Jan"], covert, None, new_id())
    hidden = await world.entity("Saltmarsh", "Ghost", "Chiara", "NA-1", markings=["Covert"])
    chiara, egle = world.ctx("Chiara"), world.ctx("Eglė")
    weakly = {who: replace(ctx, actor=replace(ctx.who, strong_at="")) for who, ctx in (("Chiara", chiara), ("Eglė", egle))}
    with pytest.raises(StepUp):
        await markings.change_marking(weakly["Chiara"], space, covert, new_id(), strong=True)
    for who in ("Jan", "Eglė"):
        with pytest.raises(Forbidden):
            await markings.change_marking(world.ctx(who), space, covert, new_id(), strong=True)
    with pytest.raises(NotFound):
        await markings.change_marking(chiara, space, new_id(), new_id(), strong=True)
    assert (await entities.look_up(weakly["Eglė"], space, hidden)).id == hidden
    await markings.change_marking(chiara, space, covert, new_id(), strong=True)
    with pytest.raises(NotFound):
        await entities.look_up(weakly["Eglė"], space, hidden)
    assert (await entities.look_up(egle, space, hidden)).id == hidden
    await markings.change_marking(chiara, space, covert, new_id(), strong=False)
    assert (await entities.look_up(weakly["Eglė"], space, hidden)).id == hidden


async def test_those_of_the_authority_who_clear_are_told_that_they_decide(world: World) -> None:
    await team(world)
    await world.member("Saltmarsh", "Jan@NL", "lead")
    space, covert = world.ids["Saltmarsh"], world.ids["Covert"]
    await teams.clear(world.ctx("Chiara"), space, world.memberships["Saltmarsh", "Jan"], covert, None, new_id())
    told = {who: [row["ours"] for row in (await teams.space(world.ctx(who), space))["markings"]] for who in ("Chiara", "Jan", "Eglė")}
    assert told == {"Chiara": [True], "Jan": [False], "Eglė": [False]}
