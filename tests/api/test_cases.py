"""Changing a case: its references, its lead, and the authority that owns it; who may, and what is refused."""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING, Any

import pytest

from backend.cases import service
from backend.core.errors import Conflict, Forbidden, Invalid
from backend.core.ids import new_id
from backend.entities.markings import service as markings
from backend.schema import schema
from backend.teams.policy import Role
from tests.access.questions import ask
from tests.support.world import World, team

if TYPE_CHECKING:
    from backend.core.context import Parts

SPACE = "Saltmarsh"
CASE = "query($s: ID!, $c: ID!) { case(space: $s, id: $c) { references { country number } lead { name } authority { country } } }"


@pytest.fixture
async def world(parts: Parts) -> World:
    """An Italian case; Jan (NL) leads the space too, Rūta (LT) is a prosecutor."""
    made = await team(World(parts))
    await made.member(SPACE, "Jan@NL", Role.LEAD)
    await made.member(SPACE, "Rūta@LT", Role.PROSECUTOR)
    return made


async def change(world: World, who: str, case: str = "NA-1", **said: Any) -> None:
    ctx, space = world.ctx(who), world.ids[SPACE]
    [row] = await service.cases(ctx, space, world.ids[case])
    await service.update(ctx, space, world.ids[case], said, row["version"], new_id())


async def shown(world: World, case: str = "NA-1") -> dict[str, Any]:
    return (await ask(world.ctx("Chiara"), CASE, s=world.ids[SPACE], c=world.ids[case]))["case"]


async def test_references_lead_and_authority_change_and_what_is_left_out_stays(world: World) -> None:
    await change(world, "Chiara", countries=["IT", "LT"], numbers=["2231/26", "08-114"], lead=world.ids["Eglė"])
    await change(world, "Chiara", authority=world.of_person["Eglė"])
    assert await shown(world) == {
        "references": [{"country": "IT", "number": "2231/26"}, {"country": "LT", "number": "08-114"}],
        "lead": {"name": "Eglė"}, "authority": {"country": "LT"},
    }  # fmt: skip


@pytest.mark.parametrize(
    ("countries", "numbers"), [(["Italy"], ["1"]), (["it"], ["1"]), (["IT"], [" "]), (["IT", "IT"], ["1", "1"]), (["IT"], ["1" * 81])]
)
async def test_a_reference_needs_a_country_and_a_number_and_stands_once(world: World, countries: list[str], numbers: list[str]) -> None:
    with pytest.raises(Invalid) as refused:
        await change(world, "Chiara", countries=countries, numbers=numbers)
    assert refused.value.field == "references"


async def test_nobody_leads_where_the_lead_is_cleared_and_left_out_it_stays(world: World) -> None:
    document = """mutation($s: ID!, $c: ID!, $v: String!, $k: String!) {
      updateCase(space: $s, id: $c, changes: CHANGES, expectedVersion: $v, key: $k) { lead { name } }
    }"""
    for changes, lead in (('{title: "T"}', {"name": "Chiara"}), ("{lead: null}", None), ('{title: "T2", lead: null}', None)):
        version = (await service.cases(world.ctx("Chiara"), world.ids[SPACE], world.ids["NA-1"]))[0]["version"]
        said = {"s": world.ids[SPACE], "c": world.ids["NA-1"], "v": version, "k": new_id()}
        done = await schema.execute(document.replace("CHANGES", changes), said, context_value=world.ctx("Chiara"))
        assert not done.errors
        assert done.data == {"updateCase": {"lead": lead}}


async def test_whoever_would_not_see_the_case_does_not_lead_it(world: World) -> None:
    await world.case(SPACE, "marked", "Chiara", ["Covert"])
    await world.person("Outsider", "LT")
    await world.member(SPACE, "Gone@LT", until=-timedelta(days=1))
    for who in ("Maarten", "Osk", "Outsider", "Gone"):
        with pytest.raises(Invalid) as refused:
            await change(world, "Chiara", "marked", lead=world.ids[who])
        assert refused.value.field == "lead"
    await change(world, "Chiara", "marked", lead=world.ids["Eglė"])
    assert (await shown(world, "marked"))["lead"] == {"name": "Eglė"}


async def test_a_lead_of_another_country_changes_a_case_but_does_not_take_it(world: World) -> None:
    await change(world, "Jan", title="Renamed")
    with pytest.raises(Forbidden):
        await change(world, "Jan", authority=world.of_person["Jan"])
    assert (await shown(world))["authority"] == {"country": "IT"}


async def test_a_prosecutor_of_another_authority_changes_nothing(world: World) -> None:
    with pytest.raises(Forbidden):
        await change(world, "Rūta", title="Renamed")


async def test_a_case_is_handed_only_to_an_authority_that_is_in_the_space(world: World) -> None:
    with pytest.raises(Invalid) as refused:
        await change(world, "Chiara", authority=await world.agency("FR"))
    assert refused.value.field == "authority"


async def test_a_case_handed_over_is_released_by_its_new_owner_alone(world: World) -> None:
    await world.case(SPACE, "marked", "Chiara", ["Covert"])
    await world.member(SPACE, "Vilma@LT", Role.PROSECUTOR)
    await change(world, "Chiara", "marked", authority=world.of_person["Vilma"])
    [row] = await service.cases(world.ctx("Chiara"), world.ids[SPACE], world.ids["marked"])
    covert = frozenset({world.ids["Covert"]})
    with pytest.raises(Forbidden):
        await markings.release_case(world.ctx("Chiara"), world.ids[SPACE], world.ids["marked"], covert, "r", row["version"], new_id())


async def test_the_second_of_two_writers_is_told(world: World) -> None:
    ctx, space = world.ctx("Chiara"), world.ids[SPACE]
    [row] = await service.cases(ctx, space, world.ids["NA-1"])
    await service.update(ctx, space, world.ids["NA-1"], {"lead": world.ids["Eglė"]}, row["version"], new_id())
    with pytest.raises(Conflict):
        await service.update(ctx, space, world.ids["NA-1"], {"lead": world.ids["Jan"]}, row["version"], new_id())
