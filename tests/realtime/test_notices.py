"""Who hears of what, over a real socket and a real graph. What must not arrive is shown by what arrives next."""

from __future__ import annotations

from typing import TYPE_CHECKING

from backend.core.ids import new_id
from backend.entities import changes
from backend.entities import service as entities
from backend.teams import service as teams
from graph import outbox
from graph.outbox import Change
from tests.realtime.live import SPACE, emit

if TYPE_CHECKING:
    from tests.realtime.live import Live


async def mark(live: Live, name: str) -> None:
    """Put the marking on the only record of an entity."""
    ctx, space = live.world.ctx("Chiara"), live.world.ids[SPACE]
    seen = await entities.look_up(ctx, space, live.world.ids[name])
    await changes.mark(ctx, space, seen.records[0].id, frozenset({live.world.ids["Covert"]}), seen.version, new_id())


async def release(live: Live, name: str) -> None:
    """Take the marking off again."""
    ctx, space = live.world.ctx("Chiara"), live.world.ids[SPACE]
    seen = await entities.look_up(ctx, space, live.world.ids[name])
    await changes.release(ctx, space, seen.records[0].id, frozenset({live.world.ids["Covert"]}), "no risk", seen.version, new_id())


async def entity(live: Live, name: str, *markings: str) -> str:
    return await live.world.entity(SPACE, name, "Chiara", "NA-1", markings=markings)


async def test_another_reader_hears_of_a_new_entity(live: Live) -> None:
    maarten = await live.client("Maarten", SPACE)
    ilian = await entity(live, "Ilian")
    assert await maarten.notices(ilian) == [("changed", "entity", ilian)]


async def test_notices_come_in_the_order_of_the_space(live: Live) -> None:
    maarten = await live.client("Maarten", SPACE)
    made = [await entity(live, f"Person {number}") for number in range(12)]
    assert [one for _, _, one in await maarten.notices(made[-1])] == made


async def test_a_notice_carries_nothing_but_ids(live: Live) -> None:
    maarten = await live.client("Maarten", SPACE)
    await entity(live, "Ilian")
    assert set(await maarten.until("notice")) == {"type", "space", "cursor", "change", "kind", "id"}


async def test_a_marked_entity_is_announced_to_holders_only(live: Live) -> None:
    maarten, egle = await live.client("Maarten", SPACE), await live.client("Eglė", SPACE)
    hidden, fence = await entity(live, "Source", "Covert"), await entity(live, "Fence")
    assert await egle.notices(fence) == [("changed", "entity", hidden), ("changed", "entity", fence)]
    assert await maarten.notices(fence) == [("changed", "entity", fence)]


async def test_a_marked_record_on_an_open_entity_tells_nothing_to_others(live: Live) -> None:
    ilian = await entity(live, "Ilian")
    maarten, egle = await live.client("Maarten", SPACE), await live.client("Eglė", SPACE)
    ctx, space = live.world.ctx("Chiara"), live.world.ids[SPACE]
    version = (await entities.look_up(ctx, space, ilian)).version
    await changes.add_record(ctx, space, ilian, live.world.said("NA-1", ["Covert"], name="Ghost"), version, new_id())
    fence = await entity(live, "Fence")
    assert await egle.notices(fence) == [("changed", "entity", ilian), ("changed", "entity", fence)]
    assert await maarten.notices(fence) == [("changed", "entity", fence)]


async def test_marking_an_entity_makes_it_gone_for_others_and_changed_for_holders(live: Live) -> None:
    ilian = await entity(live, "Ilian")
    maarten, egle = await live.client("Maarten", SPACE), await live.client("Eglė", SPACE)
    await mark(live, "Ilian")
    assert await maarten.notices(ilian) == [("gone", "entity", ilian)]
    assert await egle.notices(ilian) == [("changed", "entity", ilian)]


async def test_releasing_an_entity_makes_it_changed_for_all(live: Live) -> None:
    ilian = await entity(live, "Ilian", "Covert")
    maarten = await live.client("Maarten", SPACE)
    await release(live, "Ilian")
    assert await maarten.notices(ilian) == [("changed", "entity", ilian)]


async def test_an_open_link_to_a_hidden_end_is_never_announced(live: Live) -> None:
    await entity(live, "Source", "Covert")
    await entity(live, "Ilian")
    maarten, egle = await live.client("Maarten", SPACE), await live.client("Eglė", SPACE)
    link = await live.world.link(SPACE, "met", ("Ilian", "Source"), "Chiara", "NA-1")
    fence = await entity(live, "Fence")
    assert await egle.notices(fence) == [("changed", "link", link), ("changed", "entity", fence)]
    assert await maarten.notices(fence) == [("changed", "entity", fence)]


async def test_a_class_that_did_not_exist_when_the_reader_came_is_seen(live: Live) -> None:
    """The second marked record gives the entity a class of its own; nobody's standing changed."""
    await live.world.marking(SPACE, "Privileged", "Chiara")
    source = await entity(live, "Source", "Covert")
    chiara = await live.client("Chiara", SPACE)
    ctx, space = live.world.ctx("Chiara"), live.world.ids[SPACE]
    version = (await entities.look_up(ctx, space, source)).version
    await changes.add_record(ctx, space, source, live.world.said("NA-1", ["Privileged"], name="Source"), version, new_id())
    fence = await entity(live, "Fence")
    assert await chiara.notices(fence) == [("changed", "entity", source), ("changed", "entity", fence)]


async def test_an_end_hidden_since_the_event_makes_the_link_gone(live: Live) -> None:
    """The event says that everybody saw the link; one of its ends was marked before it is delivered."""
    await entity(live, "Ilian")
    await entity(live, "Tamsin")
    maarten = await live.client("Maarten", SPACE)
    link = await live.world.link(SPACE, "met", ("Ilian", "Tamsin"), "Chiara", "NA-1")
    await mark(live, "Tamsin")
    open_class = (await live.class_of(live.world.ids["Ilian"]),) * 3
    told = Change("link", "changed", link, open_class, open_class, live.world.ids["Ilian"], live.world.ids["Tamsin"])
    await emit(live.world, told, Change("entity", "changed", live.world.ids["Ilian"], after=open_class[:1]))
    assert ("gone", "link", link) in await maarten.notices(live.world.ids["Ilian"])


async def test_a_merge_is_told_of_both_ends_to_those_who_see_both(live: Live) -> None:
    one, other = await entity(live, "Ilian"), await entity(live, "Ilyan", "Covert")
    maarten, egle = await live.client("Maarten", SPACE), await live.client("Eglė", SPACE)
    ctx, space = live.world.ctx("Chiara"), live.world.ids[SPACE]
    await changes.merge(ctx, space, one, other, live.world.said("NA-1"), new_id())
    fence = await entity(live, "Fence")
    assert {kind for _, kind, _ in await egle.notices(fence)} == {"merge", "entity"}
    assert await maarten.notices(fence) == [("changed", "entity", fence)]


async def test_a_marking_is_announced_to_its_holders_only(live: Live) -> None:
    """Whoever is cleared sees more than before, so they ask for everything again; who held it already hears of the marking."""
    maarten, egle, chiara = [await live.client(who, SPACE) for who in ("Maarten", "Eglė", "Chiara")]
    ctx, covert = live.world.ctx("Chiara"), live.world.ids["Covert"]
    await teams.withdraw(ctx, live.world.ids[SPACE], live.world.memberships[SPACE, "Eglė"], covert, new_id())
    fence = await entity(live, "Fence")
    assert await chiara.notices(fence) == [("changed", "marking", covert), ("changed", "entity", fence)]
    assert await maarten.notices(fence) == [("changed", "entity", fence)]
    assert (await egle.until("resync"))["space"] == live.world.ids[SPACE]


async def test_oversight_hears_of_members_and_never_of_content(live: Live) -> None:
    osk = await live.client("Osk", SPACE)
    await entity(live, "Ilian")
    await emit(live.world, Change("entity", "changed", live.world.ids["Ilian"], after=outbox.EVERYONE))
    ctx, space = live.world.ctx("Chiara"), live.world.ids[SPACE]
    await teams.end(ctx, space, live.world.memberships[SPACE, "Eglė"], new_id())
    member = live.world.memberships[SPACE, "Eglė"]
    assert await osk.notices(member) == [("changed", "member", member)]


async def test_a_case_is_announced_to_those_who_see_it(live: Live) -> None:
    maarten, egle = await live.client("Maarten", SPACE), await live.client("Eglė", SPACE)
    hidden = await live.world.case(SPACE, "NA-2", "Chiara", ["Covert"])
    fence = await live.world.case(SPACE, "NA-3", "Chiara")
    assert await egle.notices(fence) == [("changed", "case", hidden), ("changed", "case", fence)]
    assert await maarten.notices(fence) == [("changed", "case", fence)]


async def test_events_for_nobody_and_of_unknown_kinds_are_not_delivered(live: Live) -> None:
    maarten = await live.client("Maarten", SPACE)
    ilian = await entity(live, "Ilian")
    await maarten.notices(ilian)
    await emit(live.world, Change("entity", "x", ilian), Change("record", "x", new_id(), after=outbox.EVERYONE))
    fence = await entity(live, "Fence")
    assert await maarten.notices(fence) == [("changed", "entity", fence)]


async def test_nothing_of_another_space_arrives(live: Live) -> None:
    maarten = await live.client("Maarten", SPACE)
    await live.world.space("Elsewhere")
    await live.world.member("Elsewhere", "Chiara", "lead")
    await live.world.case("Elsewhere", "X-1", "Chiara")
    await live.world.entity("Elsewhere", "Stranger", "Chiara", "X-1")
    fence = await entity(live, "Fence")
    assert await maarten.notices(fence) == [("changed", "entity", fence)]


async def test_a_writer_in_another_process_is_heard_by_the_hubs_own_look(live: Live) -> None:
    maarten = await live.client("Maarten", SPACE)
    ilian = await entity(live, "Ilian")
    await maarten.notices(ilian)
    change = Change("entity", "changed", ilian, after=(await live.class_of(ilian),))
    await emit(live.world, change, wake=False)
    assert await maarten.notices(ilian) == [("changed", "entity", ilian)]
