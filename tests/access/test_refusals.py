"""A write that names what the writer may not see: nothing leaks, changes or is sent, and the text is that of what never was."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import orjson
import pytest

from backend.schema import native
from tests.access.hiding import HIDINGS, READER, SPACE, visible_world
from tests.access.refusals import WRITES, attempts

if TYPE_CHECKING:
    from tests.support.world import World

# In a space, but naming nothing in it that might be hidden; `handOverLead` is refused to this writer before it looks, see
# tests/api/test_lead.py.
NAMING_NOTHING = {"createMarking", "inviteMember", "setAgreementState", "amendAgreement", "appointLead", "handOverLead"}
NODES = "MATCH (n) WHERE n.space = $space OR n.id IN $ids RETURN collect([labels(n), properties(n)])"
LINKS = "MATCH (e:Entity {space: $space})-[l]->(o) RETURN collect([type(l), properties(l), e.id, o.id])"
STANDINGS = """
MATCH (m:Membership)-[:IN]->(:Space {id: $space})
RETURN collect([properties(m), COLLECT { MATCH (m)-[c:CLEARED_FOR]->(k:Marking) RETURN [properties(c), k.id] }])
"""
KEYS = "MATCH (m:Mutation) WHERE m.id STARTS WITH $user RETURN collect(m.id)"


async def stored(world: World) -> list[bytes]:
    """Return everything that is stored of the space and of the writer's keys."""
    spaces = [world.ids[SPACE], world.ids["Elsewhere"]]
    found: list[Any] = await world.parts.graph.read(lambda tx: tx.rows(KEYS, user=world.ids[READER]))
    for space in spaces:
        for query in (NODES, LINKS, STANDINGS):
            found += await world.parts.graph.read(lambda tx, query=query, space=space: tx.rows(query, space=space, ids=spaces))
    return sorted(orjson.dumps(each, option=orjson.OPT_SORT_KEYS) for each in found)


def test_every_write_in_a_space_is_tried() -> None:
    assert native.mutation_type
    in_a_space = {name for name, field in native.mutation_type.fields.items() if "space" in field.args}
    assert in_a_space - NAMING_NOTHING == set(WRITES) - {"acceptInvitation", "declineInvitation"}


@pytest.mark.timeout(600)
async def test_a_write_that_names_something_hidden_is_told_what_one_is_told_that_names_nothing(world: World) -> None:
    await visible_world(world)
    for hide in HIDINGS:
        await hide(world)
    tried, woken = await attempts(world), list[str]()
    world.parts.wake.listen(woken.append)
    before = await stored(world)
    for attempt in tried:
        ctx = world.ctx(READER)
        told, never = await attempt.answer(ctx), await attempt.answer_never(ctx)
        assert told == never, attempt.name
        assert b'"NOT_FOUND"' in told or attempt.name.startswith("releaseRecord markings"), (attempt.name, told)
        assert await stored(world) == before, f"{attempt.name} changed something"
        noted = [about for about in ctx.trail._told if not about.doing.outcome]  # noqa: SLF001 - what no caller can see
        assert not noted, f"{attempt.name} was noted as something seen or changed"
    assert not woken
