"""Who is here and what they look at, within what each receiver may see."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from backend.core.ids import new_id
from backend.teams import service as teams
from tests.realtime.live import SPACE
from tests.realtime.test_notices import mark

if TYPE_CHECKING:
    from tests.realtime.live import Client, Live


async def announce(live: Live, client: Client, view: str, *looking: str) -> None:
    await client.send(type="presence", space=live.world.ids[SPACE], view=view, looking=list(looking))


async def entity(live: Live, name: str, *markings: str) -> str:
    return await live.world.entity(SPACE, name, "Chiara", "NA-1", markings=markings)


async def people(client: Client, *names: str) -> list[dict[str, Any]]:
    """The next list in which exactly these ids stand."""
    while True:
        said = await client.until("presence")
        if sorted(one["id"] for one in said["people"]) == sorted(names):
            return said["people"]


async def test_everybody_hears_who_is_here(live: Live) -> None:
    chiara, maarten = await live.client("Chiara", SPACE), await live.client("Maarten", SPACE)
    ilian, me = await entity(live, "Ilian"), live.world.ids["Chiara"]
    await announce(live, chiara, "entity", ilian)
    assert await people(maarten, me) == [{"id": me, "view": "entity", "looking": [ilian]}]


async def test_a_newcomer_hears_who_is_here_already(live: Live) -> None:
    chiara, me = await live.client("Chiara", SPACE), live.world.ids["Chiara"]
    await announce(live, chiara, "home")
    await people(chiara, me)
    maarten = await live.client("Maarten", SPACE)
    assert await people(maarten, me) == [{"id": me, "view": "home", "looking": []}]


async def test_links_and_cases_are_shown_like_entities(live: Live) -> None:
    chiara, maarten = await live.client("Chiara", SPACE), await live.client("Maarten", SPACE)
    await entity(live, "Ilian")
    await entity(live, "Tamsin")
    link = await live.world.link(SPACE, "met", ("Ilian", "Tamsin"), "Chiara", "NA-1")
    await announce(live, chiara, "network", link, live.world.ids["NA-1"])
    assert (await people(maarten, live.world.ids["Chiara"]))[0]["looking"] == [link, live.world.ids["NA-1"]]


async def test_a_hidden_item_is_left_out_and_a_view_of_hidden_items_only_is_blank(live: Live) -> None:
    egle, maarten, me = await live.client("Eglė", SPACE), await live.client("Maarten", SPACE), live.world.ids["Eglė"]
    open_one, hidden = await entity(live, "Ilian"), await entity(live, "Source", "Covert")
    await announce(live, egle, "network", open_one, hidden)
    assert await people(maarten, me) == [{"id": me, "view": "network", "looking": [open_one]}]
    await announce(live, egle, "entity", hidden)
    assert await people(maarten, me) == [{"id": me, "view": None, "looking": []}]


async def test_an_open_link_to_a_hidden_end_is_left_out(live: Live) -> None:
    egle, maarten, me = await live.client("Eglė", SPACE), await live.client("Maarten", SPACE), live.world.ids["Eglė"]
    await entity(live, "Ilian")
    await entity(live, "Source", "Covert")
    link = await live.world.link(SPACE, "met", ("Ilian", "Source"), "Chiara", "NA-1")
    await announce(live, egle, "network", link)
    assert await people(maarten, me) == [{"id": me, "view": None, "looking": []}]


async def test_moving_among_hidden_items_is_no_message(live: Live) -> None:
    egle, maarten, me = await live.client("Eglė", SPACE), await live.client("Maarten", SPACE), live.world.ids["Eglė"]
    hidden = [await entity(live, f"Source {number}", "Covert") for number in range(3)]
    await announce(live, egle, "entity", hidden[0])
    await people(maarten, me)
    for one in hidden[1:]:
        await announce(live, egle, "entity", one)
        while (await people(egle, me))[0]["looking"] != [one]:
            pass
    await announce(live, egle, "home")
    assert (await maarten.until("presence"))["people"] == [{"id": me, "view": "home", "looking": []}]


async def test_an_item_marked_while_looked_at_disappears_from_the_list(live: Live) -> None:
    egle, maarten, me = await live.client("Eglė", SPACE), await live.client("Maarten", SPACE), live.world.ids["Eglė"]
    ilian = await entity(live, "Ilian")
    await announce(live, egle, "entity", ilian)
    assert (await people(maarten, me))[0]["looking"] == [ilian]
    await mark(live, "Ilian")
    assert await people(maarten, me) == [{"id": me, "view": None, "looking": []}]


async def test_oversight_learns_who_is_here_and_nothing_of_what_they_look_at(live: Live) -> None:
    chiara, osk, me = await live.client("Chiara", SPACE), await live.client("Osk", SPACE), live.world.ids["Chiara"]
    await announce(live, chiara, "entity", await entity(live, "Ilian"))
    assert await people(osk, me) == [{"id": me, "view": None, "looking": []}]


async def test_whoever_closes_the_page_is_gone(live: Live) -> None:
    chiara, maarten = await live.client("Chiara", SPACE), await live.client("Maarten", SPACE)
    await announce(live, chiara, "home")
    await people(maarten, live.world.ids["Chiara"])
    await chiara.socket.close()
    assert await people(maarten) == []


async def test_whoever_is_ended_is_gone(live: Live) -> None:
    egle, maarten = await live.client("Eglė", SPACE), await live.client("Maarten", SPACE)
    await announce(live, egle, "home")
    await people(maarten, live.world.ids["Eglė"])
    await teams.end(live.world.ctx("Chiara"), live.world.ids[SPACE], live.world.memberships[SPACE, "Eglė"], new_id())
    assert await people(maarten) == []


async def test_presence_in_a_space_not_subscribed_to_is_not_taken(live: Live) -> None:
    chiara, maarten = await live.client("Chiara"), await live.client("Maarten", SPACE)
    await announce(live, chiara, "home")
    await announce(live, maarten, "case")
    assert [one["id"] for one in await people(maarten, live.world.ids["Maarten"])] == [live.world.ids["Maarten"]]
