"""Standing in: what a court excluded does not stand there, stands in the courts of other countries, and nobody sees more by asking."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

import pytest
import pytest_asyncio

from backend.core.ids import new_id
from backend.entities import service as entities
from backend.entities.search import service as search
from backend.evidence import challenges
from backend.evidence.rules import Outcome
from backend.network import service as network
from tests.support.world import World, team

if TYPE_CHECKING:
    from collections.abc import AsyncIterator

SPACE = "Saltmarsh"
COURTS = {None: "excluded", "IT": "excluded", "NL": "asserted"}
"""How a record stands that an Italian court excluded."""


@pytest_asyncio.fixture(loop_scope="session")
async def there(world: World) -> AsyncIterator[World]:
    """A statement that an Italian court excluded, and what rests on it: a man's birth date, and his tie to a woman."""
    await team(world)
    await world.exhibit(SPACE, "Statement", "Chiara", "NA-1")
    await world.entity(SPACE, "Ilian", "Maarten", "NA-1", name="Ilian Dravec")
    await world.entity(SPACE, "Tamsin", "Maarten", "NA-1", name="Tamsin Orle")
    await world.record(SPACE, "Ilian", "Chiara", "NA-1", exhibit="Statement", birthDate="1979-04-12")
    await world.link(SPACE, "knows", ("Ilian", "Tamsin"), "Maarten", "NA-1")
    await world.record(SPACE, "knows", "Chiara", "NA-1", exhibit="Statement", relationship="partner")
    await world.retract(SPACE, "knows", "Maarten", place=0)
    challenge = await world.challenge(SPACE, "Statement", "Chiara")
    await challenges.decide(world.ctx("Chiara"), world.ids[SPACE], challenge, Outcome.EXCLUDED, "12/26", new_id())
    await world.parts.jobs.wait(f"standing {world.ids['Statement']}")
    yield world


@pytest.mark.parametrize("court", list(COURTS))
async def test_a_fact_stands_where_no_court_of_that_country_excluded_it(there: World, court: str | None) -> None:
    view = await entities.look_up(replace(there.ctx("Maarten"), court=court), there.ids[SPACE], there.ids["Ilian"])
    stand = {fact.property: fact.standing for fact in entities.rules.facts(view.kind, view.records)}
    assert stand == {"name": "one_source", "birthDate": "excluded" if COURTS[court] == "excluded" else "one_source"}
    assert {(r.status, r.status_reason) for r in view.records if r.exhibit} == {
        (COURTS[court], "IT" if stand["birthDate"] == "excluded" else None)
    }


@pytest.mark.parametrize("court", list(COURTS))
async def test_chart_neighbours_and_links_show_the_same_standing(there: World, court: str | None) -> None:
    ctx, space, ends = replace(there.ctx("Maarten"), court=court), there.ids[SPACE], (there.ids["Ilian"], there.ids["Tamsin"])
    whole = await network.chart(ctx, space, None, 10)
    items = await network.items(ctx, space, list(ends), [])
    near = await network.expand(ctx, space, ends[0], None, "both", 10, "newest")
    assert {link.standing for chart in (whole, items, near) for link in chart.links} == {
        "excluded" if COURTS[court] == "excluded" else "one_source"
    }
    link = await entities.look_up_link(ctx, space, there.ids["knows"])
    page = await entities.links(ctx, space, [ends[0]], None, 10)
    for view in (link, *page.items):
        assert {r.status for r in view.records if r.exhibit} == {COURTS[court]}
        assert {r.status for r in view.records if not r.exhibit} == {"retracted"}


@pytest.mark.parametrize(("court", "outcome"), [(None, "found"), ("IT", "none"), ("NL", "found")])
async def test_a_way_leads_over_what_stands_in_the_courts_that_were_asked_for(there: World, court: str | None, outcome: str) -> None:
    ctx, space = replace(there.ctx("Maarten"), court=court), there.ids[SPACE]
    ends = (there.ids["Ilian"], there.ids["Tamsin"])
    assert (await network.path(ctx, space, ends, 2, None, None, [])).outcome == outcome
    await there.link(SPACE, "works", ("Ilian", "Tamsin"), "Maarten", "NA-1")
    assert (await network.path(ctx, space, ends, 2, None, None, [])).outcome == "found"
    await there.retract(SPACE, "works", "Maarten", place=0)
    assert (await network.path(ctx, space, ends, 2, None, None, [])).outcome == outcome


async def test_no_way_leads_over_what_was_retracted(there: World) -> None:
    ctx, space, ends = there.ctx("Maarten"), there.ids[SPACE], (there.ids["Ilian"], there.ids["Tamsin"])
    await there.retract(SPACE, "knows", "Chiara", place=1)
    assert (await network.path(ctx, space, ends, 2, None, None, [])).outcome == "none"


@pytest.mark.parametrize("court", list(COURTS))
async def test_a_search_says_of_what_it_finds_whether_it_stands(there: World, court: str | None) -> None:
    hits = await search.search(replace(there.ctx("Maarten"), court=court), there.ids[SPACE], "1979-04-12", 10, None)
    assert [hit.record.status for hit in hits] == [COURTS[court]]


async def test_asking_for_a_court_shows_nothing_more(there: World) -> None:
    await there.exhibit(SPACE, "Handler's note", "Eglė", "NA-1", ["Covert"])
    await there.record(SPACE, "Ilian", "Eglė", "NA-1", exhibit="Handler's note", alias="The Ghost")
    for court in COURTS:
        view = await entities.look_up(replace(there.ctx("Maarten"), court=court), there.ids[SPACE], there.ids["Ilian"])
        assert {r.exhibit for r in view.records} == {None, there.ids["Statement"]}
