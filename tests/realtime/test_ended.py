"""Access that ends while somebody is connected: nothing ordered afterwards arrives."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime, timedelta
from typing import TYPE_CHECKING

import pytest
from websockets.exceptions import ConnectionClosed

from backend.auth import service as auth
from backend.auth.accounts import service as accounts
from backend.core.clock import FixedClock
from backend.core.ids import new_id
from backend.teams import service as teams
from backend.teams.agreements import service as agreements
from backend.teams.agreements.rules import AgreementState, Terms
from graph.outbox import EVERYONE, Change
from graph.queries import realtime as realtime_queries
from tests.realtime.live import SPACE, Client, emit, serving
from tests.support.world import YEAR, team

if TYPE_CHECKING:
    from backend.core.context import Parts
    from graph.driver import Tx
    from tests.realtime.live import Live


async def end(live: Live, name: str) -> None:
    ctx = live.world.ctx("Chiara")
    await teams.end(ctx, live.world.ids[SPACE], live.world.memberships[SPACE, name], new_id())


async def entity(live: Live, name: str, *markings: str) -> str:
    return await live.world.entity(SPACE, name, "Chiara", "NA-1", markings=markings)


async def test_ending_a_membership_ends_the_subscription_and_nothing_follows(live: Live) -> None:
    await live.world.space("Elsewhere")
    await live.world.member("Elsewhere", "Maarten", "lead")
    maarten = await live.client("Maarten", SPACE)
    await maarten.subscribe(live.world.ids["Elsewhere"])
    await end(live, "Maarten")
    assert (await maarten.until("ended"))["space"] == live.world.ids[SPACE]
    await entity(live, "Ilian")
    fence = await live.world.case("Elsewhere", "X-1", "Maarten")
    assert await maarten.notices(fence) == [("changed", "case", fence)]


async def test_events_written_before_the_hub_looks_are_not_delivered_after_the_end(live: Live) -> None:
    """Everything is committed while the hub sleeps: what came before the end is withheld as well, never the other way round."""
    maarten = await live.client("Maarten", SPACE)
    live.asleep()
    await end(live, "Maarten")
    await entity(live, "Ilian")
    assert "notice" not in [said["type"] for said in await maarten.all_until("ended")]


async def test_an_end_between_the_questions_of_one_look_withholds_what_follows_it(live: Live, monkeypatch: pytest.MonkeyPatch) -> None:
    """Right after the hub has asked what Maarten may see, his membership ends and something is added; it is not delivered."""
    maarten, real, steps = await live.client("Maarten", SPACE), realtime_queries.versions, [end(live, "Maarten"), entity(live, "Ilian")]

    async def versions(tx: Tx, space: str) -> tuple[int, int, int]:
        said = await real(tx, space)
        while steps:
            await steps.pop(0)
        return said

    monkeypatch.setattr(realtime_queries, "versions", versions)
    await emit(live.world, Change("member", "joined", "somebody", after=EVERYONE))
    told = [said.get("id") for said in await maarten.all_until("ended") if said["type"] == "notice"]
    assert told == ["somebody"]


async def test_what_follows_the_end_of_a_session_is_not_delivered_to_it(parts: Parts) -> None:
    """The hub hears of the space only; in the same look it finds that the control stream has moved."""
    async with serving(parts, look_s=60) as live:
        await team(live.world)
        session = await live.session("Maarten")
        maarten = await live.client("Maarten", SPACE, session=session)
        live.asleep()
        await auth.end_session(live.world.parts, session, live.world.ids["Maarten"])
        await entity(live, "Ilian")
        live.awake()
        with pytest.raises(ConnectionClosed, match="4401"):
            await maarten.until("notice")


async def test_a_space_without_standing_and_one_that_does_not_exist_answer_alike(live: Live) -> None:
    await live.world.space("Elsewhere")
    maarten = await live.client("Maarten")
    for space in (live.world.ids["Elsewhere"], new_id()):
        await maarten.send(type="subscribe", space=space, cursor=None)
        assert await maarten.next() == {"type": "ended", "space": space}


async def test_an_agreement_that_is_suspended_ends_every_subscription_until_it_is_resumed(live: Live) -> None:
    maarten, osk = await live.client("Maarten", SPACE), await live.client("Osk", SPACE)
    await live.world.person("Administrator", administrator=True)
    await move(live, "Chiara", AgreementState.SUSPENDED)
    assert {(await each.until("ended"))["space"] for each in (maarten, osk)} == {live.world.ids[SPACE]}
    await move(live, "Administrator", AgreementState.IN_FORCE)
    await maarten.subscribe(live.world.ids[SPACE])
    fence = await entity(live, "Fence")
    assert await maarten.notices(fence) == [("changed", "entity", fence)]


async def move(live: Live, who: str, state: AgreementState) -> None:
    space = live.world.ids[SPACE]
    found = await agreements.agreement(live.world.ctx(who), space)
    assert found
    await agreements.set_state(live.world.ctx(who), space, state, "because", agreements.version(found["agreement"]), new_id())


async def test_an_amendment_is_told_to_every_member(live: Live) -> None:
    space, now = live.world.ids[SPACE], live.world.parts.clock.now()
    maarten, osk = await live.client("Maarten", SPACE), await live.client("Osk", SPACE)
    found = await agreements.agreement(live.world.ctx("Chiara"), space)
    assert found
    one, seen = found["agreement"]["id"], agreements.version(found["agreement"])
    terms = Terms("A test", ["IT", "NL", "LT"], now - YEAR, now + YEAR)
    await agreements.amend(live.world.ctx("Chiara"), space, terms, "because", seen, new_id())
    assert [await each.notices(one) for each in (maarten, osk)] == [[("changed", "agreement", one)]] * 2


async def test_a_clearance_withdrawn_is_answered_with_resync_and_marked_things_stay_silent(live: Live) -> None:
    egle = await live.client("Eglė", SPACE)
    ctx, covert = live.world.ctx("Chiara"), live.world.ids["Covert"]
    await teams.withdraw(ctx, live.world.ids[SPACE], live.world.memberships[SPACE, "Eglė"], covert, new_id())
    await egle.until("resync")
    await entity(live, "Source", "Covert")
    fence = await entity(live, "Fence")
    assert await egle.notices(fence) == [("changed", "entity", fence)]


async def test_signing_out_closes_the_sockets_of_that_session_only(live: Live) -> None:
    session = await live.session("Maarten")
    first, other = await live.client("Maarten", SPACE, session=session), await live.client("Maarten", SPACE)
    await auth.end_session(live.world.parts, session, live.world.ids["Maarten"])
    assert await first.closed() == (4401, "session ended")
    fence = await entity(live, "Fence")
    assert await other.notices(fence) == [("changed", "entity", fence)]


async def test_disabling_a_person_closes_all_their_sockets(live: Live) -> None:
    sockets = [await live.client("Maarten", SPACE), await live.client("Maarten")]
    await live.world.person("Administrator", administrator=True)
    await accounts.set_disabled(live.world.ctx("Administrator"), live.world.ids["Maarten"], new_id(), disabled=True)
    assert [await each.closed() for each in sockets] == [(4401, "session ended")] * 2


async def test_a_session_ended_by_another_process_closes_the_socket(live: Live) -> None:
    """No wake-up call: the hub finds the event of the control stream by its own look."""
    session = await live.session("Maarten")
    maarten = await live.client("Maarten", session=session)
    live.asleep()
    await auth.end_session(live.world.parts, session, live.world.ids["Maarten"])
    assert await maarten.closed() == (4401, "session ended")


async def test_a_session_that_ended_before_the_greeting_is_not_greeted(live: Live) -> None:
    session = await live.session("Maarten")
    await auth.end_session(live.world.parts, session, live.world.ids["Maarten"])
    assert await Client(await live.open(session)).closed() == (4401, "session ended")


@pytest.fixture
def clock() -> FixedClock:
    return FixedClock(datetime.now(UTC))


async def test_a_membership_that_runs_out_ends_with_nobody_writing(parts: Parts, clock: FixedClock) -> None:
    async with serving(replace(parts, clock=clock), session_idle_s=10**6) as live:
        await team(live.world)
        await live.world.member(SPACE, "Visitor@LV", until=timedelta(hours=1))
        visitor, maarten = await live.client("Visitor", SPACE), await live.client("Maarten", SPACE)
        clock.advance(timedelta(minutes=61))
        assert (await visitor.until("ended"))["space"] == live.world.ids[SPACE]
        fence = await entity(live, "Fence")
        assert await maarten.notices(fence) == [("changed", "entity", fence)]


async def test_a_clearance_that_runs_out_is_answered_with_resync(parts: Parts, clock: FixedClock) -> None:
    async with serving(replace(parts, clock=clock), session_idle_s=10**6) as live:
        await team(live.world)
        world, until = live.world, clock.now() + timedelta(hours=1)
        membership = world.memberships[SPACE, "Maarten"]
        await teams.clear(world.ctx("Chiara"), world.ids[SPACE], membership, world.ids["Covert"], until, new_id())
        maarten = await live.client("Maarten", SPACE)
        clock.advance(timedelta(minutes=61))
        assert (await maarten.until("resync"))["space"] == world.ids[SPACE]


async def test_socket_traffic_does_not_keep_an_idle_session_alive(parts: Parts, clock: FixedClock) -> None:
    async with serving(replace(parts, clock=clock), session_idle_s=600) as live:
        await team(live.world)
        maarten = await live.client("Maarten", SPACE)
        clock.advance(timedelta(minutes=9))
        await maarten.send(type="presence", space=live.world.ids[SPACE], view="home", looking=[])
        clock.advance(timedelta(minutes=2))
        assert await maarten.closed() == (4401, "session ended")


async def test_a_session_used_elsewhere_keeps_its_socket(parts: Parts, clock: FixedClock) -> None:
    async with serving(replace(parts, clock=clock), session_idle_s=600) as live:
        await team(live.world)
        session = await live.session("Maarten")
        maarten = await live.client("Maarten", SPACE, session=session)
        clock.advance(timedelta(minutes=9))
        touch = "MATCH (x:Session {id: $id}) SET x.seen_at = $now RETURN x.id"
        await live.world.parts.graph.write(lambda tx: tx.value(touch, id=session, now=live.world.now))
        clock.advance(timedelta(minutes=5))
        fence = await entity(live, "Fence")
        assert await maarten.notices(fence) == [("changed", "entity", fence)]
