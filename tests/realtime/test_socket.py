"""The door of `/live`: subprotocol, origin, session, and messages that are not ours."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import orjson
import pytest
from websockets.exceptions import InvalidStatus

from backend.core.errors import AuditUnavailable
from backend.core.ids import new_id
from backend.realtime.messages import PROTOCOL
from tests.realtime.live import SPACE, Client, serving
from tests.support.world import team

if TYPE_CHECKING:
    from backend.core.context import Parts
    from tests.realtime.live import Live


@pytest.mark.parametrize("offered", [["graphql-ws"], ["graphql-transport-ws"], None, [PROTOCOL, "graphql-ws"], ["graphql-ws", PROTOCOL]])
async def test_any_other_subprotocol_is_refused_before_the_handshake(live: Live, offered: list[str] | None) -> None:
    session = await live.session("Maarten")
    with pytest.raises(InvalidStatus) as refused:
        await live.open(session, subprotocols=offered)
    assert refused.value.response.status_code == 403


@pytest.mark.parametrize("origin", ["https://elsewhere.example", "null", None])
async def test_a_foreign_origin_is_closed_with_4403(live: Live, origin: str | None) -> None:
    client = Client(await live.open(await live.session("Maarten"), origin=origin))
    assert await client.closed() == (4403, "origin refused")


async def test_nobody_signed_in_is_closed_with_4401(live: Live) -> None:
    assert await Client(await live.open("no such session")).closed() == (4401, "session ended")


BAD = ["", "{}", "[1]", '{"type":"connection_init"}', '{"type":"subscribe","space":"x"}', "x" * 5000]


@pytest.mark.parametrize("text", [*BAD, b'{"type":"unsubscribe","space":"x"}'])
async def test_a_bad_message_closes_with_4400(live: Live, text: str | bytes) -> None:
    maarten = await live.client("Maarten", SPACE)
    await maarten.socket.send(text)
    code, reason = await maarten.closed()
    assert code == 4400
    assert "space" not in reason


async def test_a_flood_of_messages_closes_with_4400(live: Live) -> None:
    maarten = await live.client("Maarten")
    for _ in range(200):
        await maarten.send(type="unsubscribe", space="x")
    assert (await maarten.closed())[0] == 4400


async def test_the_first_message_is_the_welcome_with_number_zero(live: Live) -> None:
    socket = await live.open(await live.session("Maarten"))
    assert await socket.recv() == '{"heartbeat":15.0,"type":"welcome","n":0}'


async def test_an_unsubscribed_space_is_silent(live: Live) -> None:
    maarten = await live.client("Maarten", SPACE)
    await maarten.send(type="unsubscribe", space=live.world.ids[SPACE])
    await live.world.entity(SPACE, "Ilian", "Chiara", "NA-1")
    absent = new_id()
    await maarten.send(type="subscribe", space=absent, cursor=None)
    assert "notice" not in [said["type"] for said in await maarten.all_until("ended")]
    fence = await live.world.entity(SPACE, "Fence", "Chiara", "NA-1")
    await maarten.subscribe(live.world.ids[SPACE])
    later = await live.world.entity(SPACE, "Later", "Chiara", "NA-1")
    assert fence not in [one for _, _, one in await maarten.notices(later)]


async def test_subscribing_twice_delivers_once(live: Live) -> None:
    maarten = await live.client("Maarten", SPACE)
    await maarten.subscribe(live.world.ids[SPACE])
    one, two = [await live.world.entity(SPACE, name, "Chiara", "NA-1") for name in ("Ilian", "Tamsin")]
    assert [each for _, _, each in await maarten.notices(two)] == [one, two]


async def test_a_stopping_server_says_that_it_restarts(live: Live) -> None:
    maarten = await live.client("Maarten", SPACE)
    await live.hub.stop()
    assert await maarten.closed() == (1012, "restarting")


async def test_heartbeats_come_at_fixed_intervals_with_nothing_happening(parts: Parts) -> None:
    async with serving(parts, heartbeat_s=0.3) as live:
        await team(live.world)
        socket = await live.open(await live.session("Maarten"))
        said = [await socket.recv() for _ in range(3)]
    assert said[1:] == ['{"type":"heartbeat","n":1}', '{"type":"heartbeat","n":2}']


async def test_subscribe_resume_and_unsubscribe_are_in_the_log_without_content(live: Live) -> None:
    maarten = await live.client("Maarten", SPACE)
    await maarten.subscribe(live.world.ids[SPACE], maarten.cursor)
    await maarten.send(type="unsubscribe", space=live.world.ids[SPACE])
    await maarten.send(type="subscribe", space="absent", cursor=None)
    await maarten.until("ended")
    told = [entry for entry in _entries(live) if entry.get("person") == live.world.ids["Maarten"]]
    assert [(entry["name"], entry["operation"]) for entry in told] == [
        (name, "consultation") for name in ("subscribe", "resume", "unsubscribe", "subscribe")
    ]
    assert not any(entry.get("ids") for entry in told)


def _entries(live: Live) -> list[dict[str, Any]]:
    """Every entry of the audit log on disk."""
    folder = live.world.parts.audit.folder
    return [orjson.loads(line) for path in folder.glob("*.entries") for line in path.read_bytes().splitlines()]


async def test_without_the_audit_log_nothing_is_subscribed(live: Live, monkeypatch: pytest.MonkeyPatch) -> None:
    async def refuse(*_: object) -> None:
        raise AuditUnavailable

    monkeypatch.setattr(type(live.world.parts.audit), "append", refuse)
    maarten = await live.client("Maarten")
    await maarten.send(type="subscribe", space=live.world.ids[SPACE], cursor=None)
    assert await maarten.closed() == (1012, "restarting")
