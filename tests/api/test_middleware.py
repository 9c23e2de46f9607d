"""The door: hosts, origins, sizes, headers, who asks, and what an error tells."""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from typing import TYPE_CHECKING, Any

import pytest
from starlette.requests import ClientDisconnect

from backend.auth import service
from backend.auth.first import service as first
from backend.auth.first.service import NewAdministrator
from backend.core import log
from backend.core.clock import SystemClock
from backend.core.context import Context, trail_of
from backend.core.errors import NotFound
from backend.core.headers import CSP
from backend.core.ids import new_id
from backend.middleware import GRAPHQL_BODY, BrokenOffError, Doorkeeper
from graph.driver import GraphUnavailable

if TYPE_CHECKING:
    from collections.abc import MutableMapping

    from backend.core.context import Parts

    Message = MutableMapping[str, Any]

HOST, ORIGIN = "127.0.0.1:8400", "http://127.0.0.1:8400"


@dataclass
class House:
    """A server behind the door: notes who came in, reads the body, then answers or fails as told."""

    parts: Parts
    fails: BaseException | None = None
    begins: bool = False
    headers: list[tuple[bytes, bytes]] = field(default_factory=list[tuple[bytes, bytes]])
    entered: list[Message] = field(default_factory=list["Message"])

    async def app(self, scope: Message, receive: Any, send: Any) -> None:
        self.entered.append(scope)
        if scope["type"] == "websocket":
            await send({"type": "websocket.accept"})
            return
        while (await receive()).get("more_body"):
            pass
        if self.begins:
            await send({"type": "http.response.start", "status": 200, "headers": []})
        if self.fails:
            raise self.fails
        await send({"type": "http.response.start", "status": 200, "headers": self.headers})
        await send({"type": "http.response.body", "body": b"in"})

    async def ask(
        self, method: str, path: str, *, body: tuple[bytes, ...] = (b"",), host: str = HOST, said: dict[str, str] | None = None, **more: str
    ) -> Reply:
        """Send one request (or `WEBSOCKET`) and return what came out."""
        sent: list[Message] = []
        parts = list(body)

        async def receive() -> Message:
            return {"type": "http.request", "body": parts.pop(0), "more_body": bool(parts)}

        async def send(message: Message) -> None:
            sent.append(message)

        given = {"host": host, **(said or {}), **more}
        lines = [(name.lower().replace("_", "-").encode(), value.encode()) for name, value in given.items()]
        scope = {"type": "websocket" if method == "WEBSOCKET" else "http", "method": method, "path": path, "headers": lines}
        await Doorkeeper(self.app, settings=self.parts.settings, parts=lambda: self.parts)(scope, receive, send)
        return Reply(sent)


@dataclass
class Reply:
    sent: list[Message]

    @property
    def status(self) -> int:
        return self.sent[0].get("status") or self.sent[0].get("code") or 0

    def header(self, name: str) -> list[str]:
        return [value.decode() for key, value in self.sent[0]["headers"] if key.decode() == name]

    @property
    def body(self) -> bytes:
        return b"".join(message.get("body", b"") for message in self.sent)


@pytest.fixture
def house(parts: Parts) -> House:
    return House(parts)


@pytest.fixture
def served(parts: Parts) -> House:
    """The same deployment behind TLS."""
    return House(replace(parts, settings=replace(parts.settings, origin="https://joinder.example")))


@pytest.mark.parametrize("host", ["evil.example", "localhost:8400", "127.0.0.1", "127.0.0.1:8401", ""])
async def test_another_host_is_refused(house: House, host: str) -> None:
    assert (await house.ask("GET", "/", host=host)).status == 400
    assert not house.entered


async def test_two_hosts_are_refused_whatever_they_say(house: House) -> None:
    assert (await house.ask("GET", "/", said={"Host": HOST})).status == 400


async def test_a_forwarded_host_changes_nothing(house: House) -> None:
    evil = await house.ask("GET", "/", host="evil.example", x_forwarded_host=HOST, forwarded=f"host={HOST}")
    ours = await house.ask("GET", "/", x_forwarded_host="evil.example")
    assert (evil.status, ours.status) == (400, 200)


@pytest.mark.parametrize("host", ["joinder.example", "joinder.example:443", "JOINDER.example"])
async def test_the_default_port_may_be_left_out(served: House, host: str) -> None:
    assert (await served.ask("GET", "/", host=host)).status == 200


@pytest.mark.parametrize("method", ["POST", "PUT", "DELETE", "PATCH", "STRANGE"])
@pytest.mark.parametrize("origin", [None, "null", "http://localhost:8400", "http://127.0.0.1:9999", "https://127.0.0.1:8400", ORIGIN + "/"])
async def test_what_changes_something_must_come_from_our_pages(house: House, method: str, origin: str | None) -> None:
    said = {"origin": origin} if origin else {}
    assert (await house.ask(method, "/graphql", said=said)).status == 403
    assert not house.entered


async def test_our_own_origin_is_let_in(house: House) -> None:
    assert (await house.ask("POST", "/graphql", origin=ORIGIN)).status == 200


@pytest.mark.parametrize("said", [{}, {"origin": "http://evil.example"}])
async def test_a_socket_from_elsewhere_is_closed_before_it_opens(house: House, said: dict[str, str]) -> None:
    reply = await house.ask("WEBSOCKET", "/live", said=said)
    assert [(message["type"], message["code"]) for message in reply.sent] == [("websocket.close", 4403)]
    assert not house.entered


async def test_a_socket_under_another_host_is_closed(house: House) -> None:
    assert (await house.ask("WEBSOCKET", "/live", host="evil.example", origin=ORIGIN)).sent[0]["type"] == "websocket.close"


async def test_our_own_socket_is_let_in(house: House) -> None:
    assert (await house.ask("WEBSOCKET", "/live", origin=ORIGIN)).sent == [{"type": "websocket.accept"}]


@pytest.mark.parametrize("announced", [str(GRAPHQL_BODY + 1), "-1", "many"])
async def test_a_body_announced_as_too_long_is_not_read(house: House, announced: str) -> None:
    assert (await house.ask("POST", "/graphql", origin=ORIGIN, content_length=announced)).status == 413
    assert not house.entered


async def test_a_body_is_counted_as_it_comes(house: House) -> None:
    half = b"x" * (GRAPHQL_BODY // 2)
    assert (await house.ask("POST", "/graphql", body=(half, half), origin=ORIGIN)).status == 200
    assert (await house.ask("POST", "/graphql", body=(half, half, b"x"), origin=ORIGIN, content_length="1")).status == 413


async def test_other_routes_take_little_and_imports_take_much(house: House) -> None:
    body = (b"x" * (GRAPHQL_BODY + 1),)
    statuses = [(await house.ask("PUT", path, body=body, origin=ORIGIN)).status for path in ("/elsewhere", "/imports/1/file")]
    assert statuses == [413, 200]


async def test_every_answer_carries_the_headers_errors_too(house: House) -> None:
    for reply in (await house.ask("GET", "/"), await house.ask("GET", "/", host="evil.example")):
        assert reply.header("content-security-policy") == [CSP]
        assert reply.header("x-content-type-options") == ["nosniff"]
        assert reply.header("referrer-policy") == ["no-referrer"]
        assert reply.header("cache-control") == ["no-store"]


async def test_a_route_cannot_weaken_the_headers(house: House) -> None:
    house.headers = [(b"Content-Security-Policy", b"default-src *"), (b"cache-control", b"public"), (b"x-own", b"1")]
    reply = await house.ask("GET", "/")
    assert (reply.header("content-security-policy"), reply.header("Content-Security-Policy")) == ([CSP], [])
    assert (reply.header("cache-control"), reply.header("x-own")) == (["no-store"], ["1"])


async def test_hashed_assets_may_be_kept_and_tls_is_remembered(house: House, served: House) -> None:
    asset = await house.ask("GET", "/assets/index-4f2a.js")
    assert asset.header("cache-control") == ["public, max-age=31536000, immutable"]
    assert asset.header("strict-transport-security") == []
    assert (await served.ask("GET", "/", host="joinder.example")).header("strict-transport-security")


async def token(parts: Parts) -> str:
    login = new_id()
    await first.create_administrator(parts.graph, SystemClock(), NewAdministrator(login, "Osk", "correct horse battery", "Police", "NL"))
    context = Context(parts, None, trail_of(parts, None), "TEST-00")
    await service.sign_in(context, login, "correct horse battery")
    return context.cookies[0].header().partition(";")[0]


async def test_the_cookie_becomes_the_actor(house: House) -> None:
    await house.ask("POST", "/graphql", origin=ORIGIN, cookie=await token(house.parts))
    await house.ask("POST", "/graphql", origin=ORIGIN, cookie="joinder=guess")
    assert [scope["joinder.actor"] and scope["joinder.actor"].name for scope in house.entered] == ["Osk", None]


async def test_a_cookie_without_the_prefix_is_nothing_behind_tls(served: House, house: House) -> None:
    cookie = await token(house.parts)
    await served.ask("POST", "/graphql", host="joinder.example", origin="https://joinder.example", cookie=cookie)
    await served.ask("POST", "/graphql", host="joinder.example", origin="https://joinder.example", cookie="__Host-" + cookie)
    assert [scope["joinder.actor"] is not None for scope in served.entered] == [False, True]


@pytest.mark.parametrize(
    ("method", "said", "touches"), [("POST", {}, True), ("POST", {"joinder_unattended": "1"}, False), ("WEBSOCKET", {}, False)]
)
async def test_only_what_a_person_asks_keeps_the_session_alive(
    house: House,
    monkeypatch: pytest.MonkeyPatch,
    method: str,
    said: dict[str, str],
    touches: bool,  # noqa: FBT001 - a column
) -> None:
    asked: list[bool] = []

    async def actor_of(_parts: object, _token: object, *, touch: bool) -> None:
        asked.append(touch)

    monkeypatch.setattr("backend.middleware.actor_of", actor_of)
    await house.ask(method, "/live" if method == "WEBSOCKET" else "/graphql", origin=ORIGIN, said=said)
    assert asked == [touches]


async def test_a_known_error_is_told_by_its_code(house: House) -> None:
    house.fails = NotFound()
    reply = await house.ask("GET", "/imports/1/report")
    assert (reply.status, reply.body) == (404, b'{"code":"NOT_FOUND","message":"There is nothing here that you can open."}')


async def test_a_graph_that_is_away_is_told_as_restarting(house: House, monkeypatch: pytest.MonkeyPatch) -> None:
    async def away(*_: object, **__: object) -> None:
        raise GraphUnavailable

    monkeypatch.setattr("backend.middleware.actor_of", away)
    http, socket = await house.ask("POST", "/graphql", origin=ORIGIN), await house.ask("WEBSOCKET", "/live", origin=ORIGIN)
    assert (http.status, b"RESTARTING" in http.body, socket.status) == (503, True, 1012)


async def test_an_unexpected_error_is_told_and_logged_by_its_code_alone(house: House, caplog: pytest.LogCaptureFixture) -> None:
    house.fails = ValueError("Vilma Mikutė")
    reply = await house.ask("GET", "/imports/Vilma")
    correlation = house.entered[0]["joinder.correlation"]
    lines = [log.Line().format(record) for record in caplog.records]
    assert (reply.status, correlation.encode() in reply.body) == (500, True)
    assert any(correlation in line for line in lines)
    assert "Vilma" not in "".join(lines) + reply.body.decode()


async def test_who_leaves_while_sending_is_no_failure_of_ours(house: House, caplog: pytest.LogCaptureFixture) -> None:
    house.fails = ClientDisconnect()
    assert (await house.ask("PUT", "/imports/1/file", origin=ORIGIN)).sent == []
    assert not [record for record in caplog.records if record.levelname == "ERROR"]


async def test_an_answer_that_had_begun_is_broken_off(house: House) -> None:
    house.fails, house.begins = ValueError("Vilma Mikutė"), True
    with pytest.raises(BrokenOffError) as cut:
        await house.ask("GET", "/imports/1/report")
    assert cut.value.__suppress_context__


async def test_each_request_has_a_code_of_its_own(house: House) -> None:
    for _ in range(20):
        await house.ask("GET", "/")
    assert len({scope["joinder.correlation"] for scope in house.entered}) == 20
