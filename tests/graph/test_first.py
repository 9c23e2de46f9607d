"""One case, two readers, one marking: what each sees."""

from __future__ import annotations

import pytest

from backend.core.errors import NotFound
from backend.core.ids import new_id
from backend.entities import changes
from backend.entities import service as entities
from backend.entities.search import service as search
from backend.network import service as network
from tests.support.world import World, team


async def test_a_marked_link_is_there_only_for_who_holds_the_marking(world: World) -> None:
    await team(world)
    await world.entity("Saltmarsh", "Ilian", "Chiara", "NA-1")
    await world.entity("Saltmarsh", "Tamsin", "Maarten", "NA-1")
    await world.link("Saltmarsh", "met", ("Ilian", "Tamsin"), "Chiara", "NA-1", markings=["Covert"])
    seen = {
        who: {it.id for it in (await network.chart(world.ctx(who), world.ids["Saltmarsh"], None, 50)).links} for who in ("Eglė", "Maarten")
    }
    assert seen == {"Eglė": {world.ids["met"]}, "Maarten": set()}


async def test_an_entity_of_marked_records_does_not_exist_for_others(world: World) -> None:
    await team(world)
    await world.entity("Saltmarsh", "Source", "Chiara", "NA-1", markings=["Covert"])
    assert (await entities.look_up(world.ctx("Eglė"), world.ids["Saltmarsh"], world.ids["Source"])).caption == "Source"
    with pytest.raises(NotFound):
        await entities.look_up(world.ctx("Maarten"), world.ids["Saltmarsh"], world.ids["Source"])


async def test_what_is_called_so_comes_before_what_only_mentions_it(world: World) -> None:
    await team(world)
    for number in ("1", "2", "3"):
        said = {"name": f"Account {number}", "bankName": "Banca Levanto"}
        await world.entity("Saltmarsh", number, "Chiara", "NA-1", kind="BankAccount", **said)
    bank = await world.entity("Saltmarsh", "Banca Levanto", "Chiara", "NA-1", kind="Company")
    hits = await search.search(world.ctx("Maarten"), world.ids["Saltmarsh"], "banca levanto", 10)
    assert [hit.entity.id for hit in hits].index(bank) == 0
    assert len(hits) == 4


async def test_a_link_whose_every_record_was_retracted_stays_and_says_so(world: World) -> None:
    await team(world)
    await world.entity("Saltmarsh", "Ilian", "Chiara", "NA-1")
    await world.entity("Saltmarsh", "Tamsin", "Chiara", "NA-1")
    link = await world.link("Saltmarsh", "met", ("Ilian", "Tamsin"), "Chiara", "NA-1")
    chiara, space = world.ctx("Chiara"), world.ids["Saltmarsh"]
    seen = await entities.look_up_link(chiara, space, link)
    await changes.retract(chiara, space, seen.records[0].id, "Somebody else.", seen.version, new_id())
    chart = await network.chart(world.ctx("Maarten"), space, None, 50)
    assert [it.standing for it in chart.links] == ["retracted"]
    assert {it.standing for it in chart.items} == {"one_source"}
