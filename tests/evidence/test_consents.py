"""Consent of the provider: without it what an H1 exhibit says stands in no other country's courts, and no other authority hands it on."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING, LiteralString

import pytest
import pytest_asyncio

from backend.core.errors import Conflict, Forbidden, Invalid, NotFound
from backend.core.ids import new_id
from backend.entities import service as entities
from backend.evidence import challenges, changes, consents, service
from backend.evidence.consents import New
from backend.evidence.rules import Entry, Said, Verb
from backend.network import service as network
from backend.teams.policy import Role
from graph.migrations import m0014_consents
from tests.support.world import World, team

if TYPE_CHECKING:
    from collections.abc import AsyncIterator

SPACE = "Saltmarsh"
COURTS = ("IT", "NL", "LT", None)


@pytest_asyncio.fixture(loop_scope="session")
async def there(world: World) -> AsyncIterator[World]:
    """An Italian statement under H1 and an extract of it, on which a man's birth date and his tie to a woman rest."""
    await team(world)
    await world.member(SPACE, "Pim@NL", Role.PROSECUTOR)
    await world.exhibit(SPACE, "Statement", "Chiara", "NA-1", handling="H1")
    await world.exhibit(SPACE, "Extract", "Chiara", "NA-1", parent="Statement")
    await world.entity(SPACE, "Ilian", "Maarten", "NA-1", name="Ilian Dravec")
    await world.entity(SPACE, "Tamsin", "Maarten", "NA-1", name="Tamsin Orle")
    await world.record(SPACE, "Ilian", "Chiara", "NA-1", exhibit="Statement", birthDate="1979-04-12")
    await world.link(SPACE, "knows", ("Ilian", "Tamsin"), "Maarten", "NA-1")
    await world.record(SPACE, "knows", "Maarten", "NA-1", exhibit="Extract", relationship="partner")
    await world.retract(SPACE, "knows", "Maarten", place=0)
    yield world


async def standing(world: World, who: str = "Maarten", of: str = "Ilian", exhibit: str = "Statement") -> dict[str | None, tuple[str, bool]]:
    """How what rests on the exhibit stands, by the courts that are asked for."""
    found = dict[str | None, tuple[str, bool]]()
    for court in COURTS:
        view = await entities.look_up(replace(world.ctx(who), court=court), world.ids[SPACE], world.ids[of])
        (said,) = {(r.status, r.needs_consent) for r in view.records if r.exhibit == world.ids[exhibit]}
        found[court] = said
    return found


async def links(world: World, court: str | None) -> list[str]:
    ctx = replace(world.ctx("Maarten"), court=court)
    return [link.standing for link in (await network.chart(ctx, world.ids[SPACE], None, 10)).links]


async def hand_over(world: World, by: str, to: str, exhibit: str = "Statement") -> None:
    ctx, ids = world.ctx(by), world.ids
    await changes.hand_over(ctx, ids[SPACE], ids[exhibit], world.of_person[to], Entry(Verb.TRANSFERRED_OUT), new_id())


async def receive(world: World, by: str, exhibit: str = "Statement") -> None:
    await changes.receive(world.ctx(by), world.ids[SPACE], world.ids[exhibit], Entry(Verb.RECEIVED), new_id())


async def settled(world: World) -> None:
    for exhibit in ("Statement", "Extract"):
        await world.parts.jobs.wait(f"standing {world.ids[exhibit]}")


STANDS, FALLS = ("asserted", False), ("reserved", True)


async def test_without_consent_it_stands_in_its_providers_country_alone(there: World) -> None:
    assert await standing(there) == {"IT": STANDS, "NL": FALLS, "LT": FALLS, None: STANDS}
    assert (await links(there, "NL"), await links(there, "IT")) == (["reserved"], ["one_source"])


async def test_consent_lets_it_stand_in_the_courts_it_is_given_to(there: World) -> None:
    await there.consent(SPACE, "Statement", "Chiara", "NL")
    await settled(there)
    assert await standing(there) == {"IT": STANDS, "NL": STANDS, "LT": FALLS, None: STANDS}
    assert (await links(there, "NL"), await links(there, "LT")) == (["one_source"], ["reserved"])


async def test_what_is_entered_under_a_consent_stands_too(there: World) -> None:
    await there.consent(SPACE, "Statement", "Chiara", "NL")
    await there.record(SPACE, "Tamsin", "Chiara", "NA-1", exhibit="Statement", alias="T.")
    assert (await standing(there, of="Tamsin"))["NL"] == STANDS


async def test_a_consent_that_is_withdrawn_opens_nothing_any_more(there: World) -> None:
    given = await there.consent(SPACE, "Statement", "Chiara", "NL")
    await consents.withdraw(there.ctx("Chiara"), there.ids[SPACE], given, "The trial is over.", new_id())
    await settled(there)
    assert (await standing(there))["NL"] == FALLS
    assert await links(there, "NL") == ["reserved"]
    with pytest.raises(Conflict):
        await consents.withdraw(there.ctx("Chiara"), there.ids[SPACE], given, "", new_id())
    await there.consent(SPACE, "Statement", "Chiara", "NL")
    assert (await standing(there))["NL"] == STANDS


OLDER: LiteralString = "MATCH (r:Record {space: $space}) SET r.courts = NULL RETURN count(r)"


async def test_what_an_older_graph_holds_needs_consent_from_its_migration_on(there: World) -> None:
    await there.exhibit(SPACE, "Free", "Chiara", "NA-1")
    await there.record(SPACE, "Tamsin", "Chiara", "NA-1", exhibit="Free", alias="T.")
    await there.parts.graph.write(lambda tx: tx.value(OLDER, space=there.ids[SPACE]))
    assert ((await standing(there))["NL"], await links(there, "NL")) == (STANDS, ["one_source"])
    for statement in m0014_consents.STATEMENTS:
        await there.parts.graph.write(lambda tx, statement=statement: tx.value(statement))
    await challenges.start(there.parts)
    await settled(there)
    assert await standing(there) == {"IT": STANDS, "NL": FALLS, "LT": FALLS, None: STANDS}
    assert (await links(there, "NL"), await links(there, "IT")) == (["reserved"], ["one_source"])
    assert set((await standing(there, of="Tamsin", exhibit="Free")).values()) == {STANDS}


async def test_a_code_that_is_given_or_lifted_later_is_followed(there: World) -> None:
    for code, stands in (("H0", STANDS), ("H1", FALLS), ("H2", FALLS)):
        row = await service.exhibit(there.ctx("Chiara"), there.ids[SPACE], there.ids["Statement"])
        said = Said(handling=code)
        await changes.alter(there.ctx("Chiara"), there.ids[SPACE], there.ids["Statement"], said, row["version"], new_id())
        await settled(there)
        assert (await standing(there))["NL"] == stands


async def test_what_another_authority_derived_needs_the_consent_of_both(there: World) -> None:
    await there.exhibit(SPACE, "Copy", "Maarten", "NA-1", parent="Statement", handling="H1")
    await there.record(SPACE, "Tamsin", "Chiara", "NA-1", exhibit="Copy", alias="T.")
    for consent, stands in (("Statement", {"NL"}), ("Copy", {"IT", "NL"})):
        await there.consent(SPACE, consent, "Chiara" if consent == "Statement" else "Pim", "NL" if consent == "Statement" else "IT")
        await there.parts.jobs.wait(f"standing {there.ids['Copy']}")
        found = await standing(there, of="Tamsin", exhibit="Copy")
        assert {court for court in ("IT", "NL", "LT") if found[court] == STANDS} == stands


async def test_a_record_of_its_own_code_stands_in_its_authoritys_country(there: World) -> None:
    await there.record(SPACE, "Tamsin", "Maarten", "NA-1", handling="H1", alias="T.")
    stands = dict[str | None, str]()
    for court in COURTS:
        view = await entities.look_up(replace(there.ctx("Chiara"), court=court), there.ids[SPACE], there.ids["Tamsin"])
        (stands[court],) = {r.status for r in view.records if r.handling == "H1"}
    assert stands == {"IT": "reserved", "NL": "asserted", "LT": "reserved", None: "asserted"}


async def test_only_its_provider_consents_and_only_who_may_release(there: World) -> None:
    await there.exhibit(SPACE, "Handler's note", "Eglė", "NA-1", ["Covert"], handling="H1")
    for who, exhibit, error in (("Pim", "Statement", Forbidden), ("Maarten", "Statement", Forbidden), ("Pim", "Handler's note", NotFound)):
        with pytest.raises(error):
            await consents.give(there.ctx(who), there.ids[SPACE], there.ids[exhibit], New("NL"), new_id())
    given = await there.consent(SPACE, "Statement", "Chiara", "NL")
    with pytest.raises(Forbidden):
        await consents.withdraw(there.ctx("Pim"), there.ids[SPACE], given, "", new_id())


async def test_a_consent_that_opens_nothing_is_refused(there: World) -> None:
    ctx, space, one = there.ctx("Chiara"), there.ids[SPACE], there.ids["Statement"]
    nobody = New(recipient=new_id())
    for new in (New("IT"), New("nl"), New(), New("NL", there.of_person["Maarten"]), New(recipient=there.of_person["Chiara"]), nobody):
        with pytest.raises(Invalid):
            await consents.give(ctx, space, one, new, new_id())
    await there.consent(SPACE, "Statement", "Chiara", "NL")
    with pytest.raises(Conflict):
        await consents.give(ctx, space, one, New("NL"), new_id())
    with pytest.raises(Conflict):
        await consents.give(ctx, space, there.ids["Extract"], New("NL"), new_id())


async def test_who_is_not_its_provider_hands_it_on_by_consent_alone(there: World) -> None:
    await hand_over(there, "Chiara", "Maarten")
    await receive(there, "Maarten")
    with pytest.raises(Forbidden):
        await hand_over(there, "Maarten", "Eglė")
    given = await there.consent(SPACE, "Statement", "Chiara", None, there.of_person["Eglė"])
    await hand_over(there, "Maarten", "Eglė")
    await receive(there, "Eglė")
    with pytest.raises(Forbidden):
        await hand_over(there, "Eglė", "Maarten")
    await hand_over(there, "Eglė", "Chiara")  # back to its provider
    await receive(there, "Chiara")
    await consents.withdraw(there.ctx("Chiara"), there.ids[SPACE], given, "", new_id())
    await hand_over(there, "Chiara", "Maarten")
    await receive(there, "Maarten")
    with pytest.raises(Forbidden):
        await hand_over(there, "Maarten", "Eglė")


async def test_what_was_derived_is_handed_on_by_consent_too(there: World) -> None:
    await there.exhibit(SPACE, "Copy", "Maarten", "NA-1", parent="Statement")
    with pytest.raises(Forbidden):
        await hand_over(there, "Maarten", "Eglė", "Copy")
    await hand_over(there, "Maarten", "Chiara", "Copy")


async def missing(world: World, who: str, to: str, exhibit: str = "Statement") -> list[tuple[str, list[str]]]:
    """Whose consent to handing it to an authority somebody is told to be missing, and who may give it."""
    found = await consents.consents(world.ctx(who), world.ids[SPACE], world.ids[exhibit])
    return [
        (it.authority["country"], sorted(person["name"] for person in it.people))
        for it in found.handing
        if world.of_person[to] not in it.recipients
    ]


async def test_it_is_told_before_handing_on_whose_consent_is_missing_and_who_may_give_it(there: World) -> None:
    assert await missing(there, "Chiara", "Eglė") == []  # a provider hands on its own
    assert await missing(there, "Maarten", "Eglė") == [("IT", ["Chiara"])]
    assert await missing(there, "Maarten", "Chiara") == []  # back to its provider
    await there.consent(SPACE, "Statement", "Chiara", None, there.of_person["Eglė"])
    assert await missing(there, "Maarten", "Eglė") == []
    assert await missing(there, "Eglė", "Maarten") == [("IT", ["Chiara"])]


async def test_what_two_authorities_reserved_names_those_of_each_whose_consent_is_missing(there: World) -> None:
    await there.exhibit(SPACE, "Copy", "Maarten", "NA-1", parent="Statement", handling="H1")
    assert sorted(await missing(there, "Eglė", "Eglė", "Copy")) == [("IT", ["Chiara"]), ("NL", ["Pim"])]
    assert await missing(there, "Maarten", "Eglė", "Copy") == [("IT", ["Chiara"])]


async def test_custody_and_the_list_tell_who_consented_to_what(there: World) -> None:
    given = await there.consent(SPACE, "Statement", "Chiara", "NL")
    await there.consent(SPACE, "Statement", "Chiara", None, there.of_person["Eglė"])
    await consents.withdraw(there.ctx("Chiara"), there.ids[SPACE], given, "The trial is over.", new_id())
    events, whole = await service.chain(there.ctx("Maarten"), there.ids[SPACE], there.ids["Statement"])
    told = [(event["verb"], event.get("place"), event["to"] and event["to"]["country"], event.get("reason")) for event in events]
    assert told[1:] == [("consented", "NL", None, None), ("consented", None, "LT", None), ("withdrew", "NL", None, "The trial is over.")]
    assert whole
    found = await consents.consents(there.ctx("Maarten"), there.ids[SPACE], there.ids["Statement"])
    assert [(row.get("country"), row["to"] and row["to"]["country"], "withdrawn_at" in row) for row in found.given] == [
        ("NL", None, True),
        (None, "LT", False),
    ]
    assert (found.needed, found.may_give, found.courts) == (True, False, ["IT"])
    assert (await consents.consents(there.ctx("Chiara"), there.ids[SPACE], there.ids["Statement"])).may_give
