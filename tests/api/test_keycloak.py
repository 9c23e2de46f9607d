"""Two agencies sign in at their own real identity providers: two realms of one Keycloak, one Joinder on a port that they can call."""

from __future__ import annotations

import asyncio
import threading
import time
from contextlib import contextmanager
from dataclasses import dataclass, field, replace
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from types import SimpleNamespace
from typing import TYPE_CHECKING, Any
from urllib.parse import parse_qs

import httpx
import pytest
import pytest_asyncio
from websockets.asyncio.client import ClientConnection, connect
from websockets.exceptions import ConnectionClosed

from backend.auth import service as auth
from backend.auth.accounts import service as accounts
from backend.auth.accounts.service import NewPerson
from backend.auth.oidc import provider as provider_module
from backend.core.ids import new_id
from backend.realtime.messages import PROTOCOL
from backend.serving import free_port
from tests.support.keycloak import AGENCIES, PASSWORD, Keycloak, Registered, Window, introduced
from tests.support.listening import listening

if TYPE_CHECKING:
    from collections.abc import AsyncIterator, Generator
    from pathlib import Path

    from backend.core.context import Parts
    from tests.support.keycloak import Realm
    from tests.support.world import World

ME = "{ session { me { name } } }"
SIGN_IN = "mutation($login: String!, $password: String!) { signIn(login: $login, password: $password) { name } }"
PATIENCE_S = 15


@dataclass
class Browser:
    """One person's browser: a window at the provider and one at Joinder."""

    origin: str
    slug: str
    window: Window
    client: httpx.AsyncClient = field(init=False)

    def __post_init__(self) -> None:
        self.client = httpx.AsyncClient(base_url=self.origin, headers={"origin": self.origin}, timeout=30)

    async def begin(self, code: str = "", *, strong: bool = False) -> str:
        asked = {"code": code} | ({"strong": "1"} if strong else {})
        return (await self.client.get(f"/auth/{self.slug}/start", params=asked)).headers["location"]

    async def back(self, said: dict[str, str]) -> str:
        return (await self.client.get(f"/auth/{self.slug}/back", params=said)).headers["location"]

    async def sign_in(self, code: str = "", *, strong: bool = False) -> str:
        """All the way there and back; return where Joinder sends the browser at last."""
        return await self.back(await self.window.sign_in(await self.begin(code, strong=strong)))

    async def me(self) -> str | None:
        said = (await self.client.post("/graphql", json={"query": ME})).json()["data"]["session"]["me"]
        return said["name"] if said else None

    @property
    def token(self) -> str:
        return self.client.cookies["joinder"]


@dataclass
class Doors:
    """One Joinder that two realms know, and an administrator who invites."""

    world: World
    parts: Parts
    realms: dict[str, Realm]
    browsers: list[Browser] = field(default_factory=list[Browser])

    @property
    def origin(self) -> str:
        return self.parts.settings.address

    async def invited(self, slug: str, name: str) -> str:
        """Invite somebody of the realm's agency; return their set-up code."""
        agency = await self.world.agency(AGENCIES[slug])
        wanted = NewPerson(login=new_id(), name=name, function="investigator", languages=["en"], agency=agency)
        return (await accounts.create_person(self.world.ctx("Osk"), wanted, new_id())).code

    async def sit(self, slug: str, name: str, *, otp: bool = False) -> Browser:
        """Open the browser of somebody new whom the realm knows."""
        return self.at(slug, await self.realms[slug].person(name, otp=otp))

    def at(self, slug: str, person: Registered) -> Browser:
        self.browsers.append(Browser(self.origin, slug, Window(person)))
        return self.browsers[-1]

    async def signed_in(self, slug: str, name: str, *, otp: bool = False) -> Browser:
        """Somebody who was invited and came in."""
        browser = await self.sit(slug, name, otp=otp)
        assert await browser.sign_in(await self.invited(slug, name)) == "/"
        return browser

    async def kept(self, browser: Browser) -> dict[str, Any]:
        """What the graph keeps of a browser's session."""
        one = auth.session_id(browser.token)
        return await self.parts.graph.read(lambda tx: tx.value("MATCH (x:Session {id: $id}) RETURN properties(x)", id=one))


@pytest_asyncio.fixture(loop_scope="session")
async def doors(parts: Parts, world: World, tmp_path: Path) -> AsyncIterator[Doors]:
    server = Keycloak.there()
    await world.person("Osk", administrator=True)
    there = replace(parts, settings=replace(parts.settings, port=free_port(), issuers=tmp_path / "issuers.yaml"))
    realms = await introduced(server, there.settings.address, tmp_path / "issuers.yaml")
    async with listening(there):
        found = Doors(world, there, realms)
        yield found
        for browser in found.browsers:
            await browser.client.aclose()


async def test_people_of_two_agencies_and_a_local_one_sign_in_by_invitation(doors: Doors) -> None:
    chiara, maarten = await doors.signed_in("polizia", "Chiara"), await doors.signed_in("politie", "Maarten")
    made = await doors.invited("politie", "Eglė")
    login = await accounts.set_password(replace(doors.world.ctx("Osk"), actor=None), made, PASSWORD)
    local = doors.at("politie", Registered("", ""))
    await local.client.post("/graphql", json={"query": SIGN_IN, "variables": {"login": login, "password": PASSWORD}})
    assert [await each.me() for each in (chiara, maarten, local)] == ["Chiara", "Maarten", "Eglė"]


async def test_a_second_sign_in_needs_no_code(doors: Doors) -> None:
    chiara = await doors.signed_in("polizia", "Chiara")
    chiara.client.cookies.clear()
    assert (await chiara.me(), await chiara.sign_in(), await chiara.me()) == (None, "/", "Chiara")


async def test_somebody_whom_the_provider_knows_and_nobody_invited_is_refused(doors: Doors) -> None:
    stranger = await doors.sit("polizia", "Stranger")
    assert (await stranger.sign_in(), await stranger.me()) == ("/?refused=unknown", None)


async def test_a_code_for_somebody_of_the_other_agency_opens_nothing(doors: Doors) -> None:
    maarten = await doors.sit("politie", "Maarten")
    assert await maarten.sign_in(await doors.invited("polizia", "Chiara")) == "/?refused=unknown"
    assert await maarten.me() is None


async def test_what_the_provider_says_of_a_sign_in_is_kept(doors: Doors) -> None:
    chiara, maarten = await doors.signed_in("polizia", "Chiara"), await doors.signed_in("politie", "Maarten")
    one, other = await doors.kept(chiara), await doors.kept(maarten)
    assert (one["method"], one["issuer"], one["acr"], one["amr"], one["strong"]) == (
        "oidc", doors.realms["polizia"].issuer, "silver", ["pwd"], False,
    )  # fmt: skip
    assert (other["issuer"], other["acr"], other["amr"]) == (doors.realms["politie"].issuer, "1", [])
    assert one["sid"]
    assert one["sid"] != other["sid"]


async def test_a_strong_sign_in_asks_for_the_second_factor_and_is_kept(doors: Doors) -> None:
    chiara = await doors.signed_in("polizia", "Chiara", otp=True)
    before = chiara.window.shown
    assert await chiara.sign_in(strong=True) == "/confirmed"
    kept = await doors.kept(chiara)
    assert (kept["acr"], sorted(kept["amr"]), kept["strong"]) == ("gold", ["otp", "pwd"], True)
    assert chiara.window.shown > before


async def test_a_new_key_of_the_provider_is_learnt_and_the_other_realm_goes_on(doors: Doors, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(provider_module, "KEYS_AGAIN_S", 0)
    chiara, maarten = await doors.signed_in("polizia", "Chiara"), await doors.signed_in("politie", "Maarten")
    await doors.realms["polizia"].rotate()
    assert (await chiara.sign_in(), await maarten.sign_in()) == ("/", "/")


async def test_an_answer_of_the_other_realm_opens_nothing(doors: Doors) -> None:
    chiara, maarten = await doors.sit("polizia", "Chiara"), await doors.signed_in("politie", "Maarten")
    begun = await chiara.begin(await doors.invited("polizia", "Chiara"))
    theirs = await maarten.window.sign_in(await maarten.begin())
    state = parse_qs(begun.partition("?")[2])["state"][0]
    assert await chiara.back({**theirs, "state": state}) == "/?refused=provider"
    assert await chiara.me() is None


@pytest.mark.parametrize(("ahead_s", "borne"), [(45, True), (-45, True), (600, False), (-600, False)])
async def test_a_difference_of_clocks_is_borne_up_to_a_minute(
    doors: Doors, monkeypatch: pytest.MonkeyPatch, ahead_s: int, *, borne: bool
) -> None:
    chiara = await doors.signed_in("polizia", "Chiara")
    chiara.client.cookies.clear()
    monkeypatch.setattr(provider_module, "time", SimpleNamespace(time=lambda: time.time() + ahead_s, monotonic=time.monotonic))
    assert (await chiara.sign_in() == "/") is borne
    assert (await chiara.me() == "Chiara") is borne


async def test_ending_the_session_at_the_provider_ends_it_here_and_closes_its_socket(doors: Doors) -> None:
    chiara, maarten = await doors.signed_in("polizia", "Chiara"), await doors.signed_in("politie", "Maarten")
    said: dict[str, Any] = {"origin": doors.origin, "subprotocols": [PROTOCOL], "additional_headers": {"Cookie": f"joinder={chiara.token}"}}
    async with connect(doors.origin.replace("http:", "ws:") + "/live", proxy=None, **said) as socket:
        assert '"welcome"' in str(await socket.recv())
        await doors.realms["polizia"].end_sessions(chiara.window.person)
        assert await closed(socket) == (4401, "session ended")
    assert (await chiara.me(), await maarten.me()) == (None, "Maarten")


async def closed(socket: ClientConnection) -> tuple[int, str]:
    """The code and reason with which a socket is closed; what comes before is read over."""
    async with asyncio.timeout(PATIENCE_S):
        try:
            async for _ in socket:
                pass
        except ConnectionClosed:
            pass
    assert socket.close_code
    return socket.close_code, socket.close_reason or ""


# ── a logout token that is for somebody else ──────────────────────────────────────────────────────────────────────────────────────


@contextmanager
def hearing() -> Generator[tuple[str, list[str], threading.Event]]:
    """Listen as another application of the agency does; yield the address, the logout tokens heard, and what is set by the first."""
    tokens, heard = list[str](), threading.Event()

    class Handler(BaseHTTPRequestHandler):
        def do_POST(self) -> None:
            said = parse_qs(self.rfile.read(int(self.headers["Content-Length"])).decode())
            tokens.extend(said.get("logout_token", []))
            self.send_response(200)
            self.end_headers()
            heard.set()

        def log_message(self, format: str, *args: object) -> None:  # noqa: A002 - the base class's name
            """Say nothing."""

    with ThreadingHTTPServer(("127.0.0.1", 0), Handler) as server:
        threading.Thread(target=server.serve_forever, daemon=True).start()
        yield f"http://127.0.0.1:{server.server_port}", tokens, heard
        server.shutdown()


async def test_a_logout_token_for_another_application_or_of_another_realm_ends_nothing(doors: Doors) -> None:
    chiara, realm = await doors.signed_in("polizia", "Chiara"), doors.realms["polizia"]
    with hearing() as (address, tokens, heard):
        other = await realm.client(address)
        asked = {"client_id": other.client_id, "response_type": "code", "scope": "openid", "redirect_uri": f"{address}/auth/polizia/back"}
        pkce = {"code_challenge": "E9Melhoa2OwvFrEMTJguCHaoeK1t8URWbuGJSstw-cM", "code_challenge_method": "S256"}
        window = Window(chiara.window.person)
        begun = httpx.URL(f"{realm.issuer}/protocol/openid-connect/auth", params=asked | pkce)
        await window.sign_in(str(begun))
        session = await doors.kept(chiara)
        await realm.ask("DELETE", f"sessions/{await other_session(realm, chiara.window.person, session['sid'])}")
        assert await asyncio.to_thread(heard.wait, PATIENCE_S)
    for slug in AGENCIES:
        answer = await chiara.client.post(f"/auth/back-channel/{slug}", data={"logout_token": tokens[0]})
        assert answer.status_code == 400
    assert await chiara.me() == "Chiara"


async def other_session(realm: Realm, person: Registered, but: str) -> str:
    """The one session of a person at the provider that is not `but`."""
    [one] = [each["id"] for each in await realm.ask("GET", f"users/{person.id}/sessions") if each["id"] != but]
    return one
