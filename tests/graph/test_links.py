"""Links as they are asked for by id."""

from __future__ import annotations

from typing import TYPE_CHECKING

from backend.core.ids import new_id
from backend.entities import changes
from backend.entities import service as entities
from tests.support.world import team

if TYPE_CHECKING:
    from tests.support.world import World


async def test_a_link_shows_everything_that_is_said_of_it(world: World) -> None:
    await team(world)
    ctx, space = world.ctx("Maarten"), world.ids["Saltmarsh"]
    await world.entity("Saltmarsh", "Ilian", "Maarten", "NA-1")
    await world.entity("Saltmarsh", "Tamsin", "Maarten", "NA-1")
    link = await world.link("Saltmarsh", "met", ("Ilian", "Tamsin"), "Maarten", "NA-1", startDate="2026-01-01")
    first = await entities.look_up_link(ctx, space, link)
    await changes.add_record(ctx, space, link, world.said("NA-1", endDate="2026-02-01"), first.version, new_id())
    second = await entities.look_up_link(ctx, space, link)
    assert [r.values for r in second.records] == [{"startDate": ["2026-01-01"]}, {"endDate": ["2026-02-01"]}]
    assert second.version != first.version
