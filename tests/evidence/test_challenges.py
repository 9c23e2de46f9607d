"""A challenge and a ruling: what rests on an exhibit says so at once, and whoever asks before learns what would fall."""

from __future__ import annotations

import asyncio
from typing import TYPE_CHECKING, Any

import pytest
import pytest_asyncio

from backend.core.errors import Conflict, Forbidden, NotFound
from backend.core.ids import new_id
from backend.entities import service as entities
from backend.evidence import challenges, citations, service
from backend.evidence.rules import Outcome
from backend.network import service as network
from graph.queries import evidence_challenges as queries
from tests.support.world import World, team

if TYPE_CHECKING:
    from collections.abc import AsyncIterator

    from backend.core.context import Parts

SPACE = "Saltmarsh"


@pytest_asyncio.fixture(loop_scope="session")
async def there(world: World) -> AsyncIterator[World]:
    """A statement, an extract of it, a man whose birth date rests on it alone and whose name does not, a payment that it tells of."""
    await team(world)
    await world.exhibit(SPACE, "Statement", "Chiara", "NA-1")
    await world.exhibit(SPACE, "Extract", "Chiara", "NA-1", parent="Statement")
    await world.entity(SPACE, "Ilian", "Maarten", "NA-1", name="Ilian Dravec")
    await world.entity(SPACE, "Tamsin", "Maarten", "NA-1", name="Tamsin Orle")
    await world.record(SPACE, "Ilian", "Chiara", "NA-1", exhibit="Statement", name="Ilian Dravec", birthDate="1979-04-12")
    await world.link(SPACE, "knows", ("Ilian", "Tamsin"), "Maarten", "NA-1")
    await world.record(SPACE, "knows", "Chiara", "NA-1", exhibit="Extract", relationship="partner")
    yield world


async def decided(world: World, exhibit: str, outcome: Outcome, country: str = "IT") -> None:
    challenge = await world.challenge(SPACE, exhibit, "Chiara", country)
    await challenges.decide(world.ctx("Chiara"), world.ids[SPACE], challenge, outcome, "12/26", new_id())
    await settled(world)


async def settled(world: World) -> None:
    for exhibit in ("Statement", "Extract"):
        await world.parts.jobs.wait(f"standing {world.ids[exhibit]}")


async def statuses(world: World, about: str, who: str = "Maarten") -> dict[str, str]:
    """What each source of an entity stands for, by what it cites."""
    view = await entities.look_up(world.ctx(who), world.ids[SPACE], world.ids[about])
    return {r.exhibit or "": r.status for r in view.records}


async def test_what_would_fall_is_told_before_anything_is_decided(there: World) -> None:
    found = await challenges.falls(there.ctx("Maarten"), there.ids[SPACE], there.ids["Statement"], "IT")
    told = [(each.subject["caption"], each.property, each.value, each.others) for each in found]
    assert told == [
        ("Ilian Dravec", "birthDate", "1979-04-12", 0),
        ("Ilian Dravec", "name", "Ilian Dravec", 1),
        ("Ilian Dravec – Tamsin Orle", None, None, 1),
    ]
    assert set((await statuses(there, "Ilian")).values()) == {"asserted"}


async def test_only_visible_records_count_as_another_source(there: World) -> None:
    await there.record(SPACE, "Ilian", "Eglė", "NA-1", markings=["Covert"], birthDate="1979-04-12")
    of = {
        who: (await challenges.falls(there.ctx(who), there.ids[SPACE], there.ids["Statement"], None))[0].others
        for who in ("Maarten", "Eglė")
    }
    assert of["Maarten"] == 0
    assert of["Eglė"] == 1


async def test_what_would_be_left_says_that_its_file_is_altered_to_whoever_sees_that_file(there: World) -> None:
    await there.file(SPACE, "Register", "Chiara", "NA-1", b"born 1979", ["Covert"])
    await there.record(SPACE, "Ilian", "Chiara", "NA-1", exhibit="Register", markings=["Covert"], birthDate="1979-04-12")
    await there.found_altered(SPACE, "Register", "Chiara")
    for who, altered in (("Eglė", True), ("Maarten", False)):
        found = await challenges.falls(there.ctx(who), there.ids[SPACE], there.ids["Statement"], "IT")
        assert any(each.altered_at for each in found) is altered


async def test_of_a_page_those_records_are_told_that_cite_a_place_on_it(there: World) -> None:
    for locator in ("p.12 row 3", "row 101", "line 1200", "p.12 §4", ""):
        await there.record(SPACE, "Ilian", "Chiara", "NA-1", exhibit="Statement", locator=locator, alias=f"at {locator}")
    on = {
        page: [each["locator"] for each in await citations.citations(there.ctx("Maarten"), there.ids[SPACE], there.ids["Statement"], page)]
        for page in (1, 2, 12, 13)
    }
    assert on == {1: ["p.1"], 2: ["row 101"], 12: ["line 1200", "p.12 row 3", "p.12 §4"], 13: []}


async def test_a_challenge_marks_what_rests_on_it_and_excludes_nothing(there: World) -> None:
    await there.challenge(SPACE, "Statement", "Chiara")
    await settled(there)
    view = await entities.look_up(there.ctx("Maarten"), there.ids[SPACE], there.ids["Ilian"])
    assert {(r.status, tuple(r.challenged_in), tuple(r.excluded_in)) for r in view.records} == {
        ("asserted", ("IT",), ()),
        ("asserted", (), ()),
    }


async def test_what_a_court_excludes_is_excluded_everywhere_also_what_was_derived(there: World) -> None:
    await decided(there, "Statement", Outcome.EXCLUDED)
    assert await statuses(there, "Ilian") == {"": "asserted", there.ids["Statement"]: "excluded"}
    view = await entities.look_up(there.ctx("Maarten"), there.ids[SPACE], there.ids["Ilian"])
    assert {fact.property: fact.standing for fact in entities.rules.facts(view.kind, view.records)}["birthDate"] == "excluded"
    link = await entities.look_up_link(there.ctx("Maarten"), there.ids[SPACE], there.ids["knows"])
    assert {(r.exhibit, r.status) for r in link.records} == {(None, "asserted"), (there.ids["Extract"], "excluded")}
    row = await service.exhibit(there.ctx("Maarten"), there.ids[SPACE], there.ids["Statement"])
    assert (row["excluded_in"], row["challenged_in"]) == (["IT"], [])


async def test_a_link_that_rests_on_it_alone_is_drawn_as_excluded(there: World) -> None:
    await there.retract(SPACE, "knows", "Maarten", place=0)
    await decided(there, "Statement", Outcome.EXCLUDED)
    chart = await network.items(there.ctx("Maarten"), there.ids[SPACE], [there.ids["Ilian"], there.ids["Tamsin"]], [])
    assert [link.standing for link in chart.links] == ["excluded"]


async def test_a_challenge_that_is_rejected_leaves_everything_as_it_was(there: World) -> None:
    await decided(there, "Statement", Outcome.REJECTED)
    view = await entities.look_up(there.ctx("Maarten"), there.ids[SPACE], there.ids["Ilian"])
    assert {(r.status, tuple(r.challenged_in)) for r in view.records} == {("asserted", ())}


async def test_what_is_decided_while_its_records_follow_is_followed_too(there: World, monkeypatch: pytest.MonkeyPatch) -> None:
    challenge, beside = await there.challenge(SPACE, "Statement", "Chiara"), list[asyncio.Task[str]]()
    await settled(there)
    lacking, start = queries.lacking, challenges.start

    async def slow(*args: Any) -> list[dict[str, Any]]:
        """Decide once, when nothing is lacking any more and it is not yet written down that all have followed."""
        rows = await lacking(*args)
        if not rows and not beside and there.ids["Statement"] in args:
            monkeypatch.setattr(challenges, "start", late)
            decision = challenges.decide(there.ctx("Chiara"), there.ids[SPACE], challenge, Outcome.EXCLUDED, "12/26", new_id())
            beside.append(asyncio.create_task(decision))
            await asyncio.wait(beside, timeout=2)
        return rows

    async def late(parts: Parts) -> None:
        """Look at what has to follow only after all that was being written."""
        await parts.jobs.wait(f"standing {there.ids['Statement']}")
        await start(parts)

    monkeypatch.setattr(queries, "lacking", slow)
    await there.challenge(SPACE, "Statement", "Chiara", "NL")
    await there.parts.jobs.wait(f"standing {there.ids['Statement']}")
    await asyncio.gather(*beside)
    await settled(there)
    assert (await statuses(there, "Ilian"))[there.ids["Statement"]] == "excluded"


async def test_what_is_entered_later_stands_as_its_exhibit_does(there: World) -> None:
    await decided(there, "Statement", Outcome.EXCLUDED)
    await there.record(SPACE, "Tamsin", "Chiara", "NA-1", exhibit="Extract", alias="T.")
    assert (await statuses(there, "Tamsin"))[there.ids["Extract"]] == "excluded"


async def test_a_record_takes_the_markings_of_what_it_cites(there: World) -> None:
    await there.exhibit(SPACE, "Handler's note", "Eglė", "NA-1", ["Covert"])
    await there.record(SPACE, "Ilian", "Eglė", "NA-1", exhibit="Handler's note", alias="The Ghost")
    assert there.ids["Handler's note"] not in await statuses(there, "Ilian")
    assert there.ids["Handler's note"] in await statuses(there, "Ilian", "Eglė")
    with pytest.raises(NotFound):
        await there.record(SPACE, "Ilian", "Maarten", "NA-1", exhibit="Handler's note", alias="X")


async def test_custody_tells_of_the_challenge_and_the_ruling(there: World) -> None:
    taken_in_rome = "MATCH (x:EvidenceItem {id: $id}) SET x.acquired_zone = 'Europe/Rome' RETURN x.id"
    await there.parts.graph.write(lambda tx: tx.value(taken_in_rome, id=there.ids["Statement"]))
    await decided(there, "Statement", Outcome.EXCLUDED)
    events, whole = await service.chain(there.ctx("Maarten"), there.ids[SPACE], there.ids["Statement"])
    assert ([event["verb"] for event in events], whole) == (["collected", "challenged", "ruled"], True)
    assert [event["zone"] for event in events[1:]] == ["Europe/Rome"] * 2, "a custody is read in one time zone"


async def test_a_challenge_is_decided_once(there: World) -> None:
    challenge = await there.challenge(SPACE, "Statement", "Chiara")
    args = (there.ids[SPACE], challenge, Outcome.REJECTED, "1/26")
    await challenges.decide(there.ctx("Chiara"), *args, new_id())
    with pytest.raises(Conflict):
        await challenges.decide(there.ctx("Chiara"), *args, new_id())
    with pytest.raises(Forbidden):
        await challenges.decide(there.ctx("Maarten"), *args, new_id())
