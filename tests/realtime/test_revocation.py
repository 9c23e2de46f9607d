"""Access that is taken away while many ask and listen at once (SECURITY S4): once the revocation is answered, nothing that is asked or
written afterwards reaches whoever lost it.

The whole application over HTTP and its live socket. One person asks in several loops and listens on several sockets; somebody else goes on
writing about what is revoked. A request that was on its way while the revocation was answered may hold what was there before; every one
that is sent, or whose body comes, afterwards must not.
"""  # noqa: D205 - one sentence that needs two lines

from __future__ import annotations

import asyncio
from contextlib import AsyncExitStack, asynccontextmanager
from dataclasses import dataclass, field, replace
from datetime import timedelta
from typing import TYPE_CHECKING

import httpx
import orjson
import pytest
from websockets.asyncio.client import ClientConnection, connect
from websockets.exceptions import ConnectionClosed
from websockets.typing import Origin, Subprotocol

from backend.auth import service as auth
from backend.auth.tokens import service as tokens
from backend.core.ids import new_id
from backend.entities.imports import service as imports
from backend.entities.imports.service import NewImport
from backend.realtime.messages import PROTOCOL
from backend.serving import free_port, listening
from tests.support.world import World, team

if TYPE_CHECKING:
    from collections.abc import AsyncGenerator, Iterable

    from backend.core.context import Parts

SPACE, ROUNDS = "Saltmarsh", 6
QUESTIONS = (
    "query($s: ID!, $e: ID!) { entity(space: $s, id: $e) { id caption records { id } } }",
    'query($s: ID!, $e: ID!) { search(space: $s, text: "ghost") { entity { id caption } } entities(space: $s) { items { id caption } } }',
    "query($s: ID!, $e: ID!) { chart(space: $s) { items { id caption } links { id } } path(space: $s, from: $e, to: $e) { outcome } }",
)
REVOKED = {
    "membership": 'mutation { endMembership(space: "$space", membership: "$membership", key: "$key") }',
    "clearance": ('mutation { withdrawClearance(space: "$space", membership: "$membership", marking: "$Covert", key: "$key") { id } }'),
    "session": 'mutation { endSession(id: "$session") { id } }',
    "token": 'mutation { revokeToken(id: "$session") { id } }',
    "person": 'mutation { disablePerson(person: "$Eglė", key: "$key") { login } }',
}


@dataclass
class Race:
    """Eglė asks and listens; somebody writes; access is revoked in the midst. `after`: the revocation has been answered."""

    world: World
    headers: dict[str, str]
    stack: AsyncExitStack
    begun: asyncio.Event = field(default_factory=asyncio.Event)
    after: asyncio.Event = field(default_factory=asyncio.Event)
    told: list[tuple[bool, str]] = field(default_factory=list[tuple[bool, str]])
    """Each answer, and whether it was asked for afterwards."""
    heard: list[str] = field(default_factory=list[str])
    early: set[str] = field(default_factory=set[str])
    late: set[str] = field(default_factory=set[str])
    """What was begun before, and what afterwards."""

    @property
    def address(self) -> str:
        return self.world.parts.settings.address

    async def ask(self, question: str) -> None:
        """Ask one question over and over, a few times more after the revocation."""
        variables = {"s": self.world.ids[SPACE], "e": self.world.ids["Ghost"]}
        async with httpx.AsyncClient(base_url=self.address, headers=self.headers, timeout=60) as browser:
            left = ROUNDS
            while left:
                afterwards = self.after.is_set()
                answer = await browser.post("/graphql", json={"query": question, "variables": variables})
                self.told.append((afterwards, answer.text))
                self._go()
                left -= afterwards

    def _go(self) -> None:
        if len(self.told) >= ROUNDS and self.early:
            self.begun.set()

    async def write(self) -> None:
        """Say more under the marking, and make more, before and after."""
        left = ROUNDS
        while left:
            afterwards = self.after.is_set()
            made = await self.world.entity(SPACE, f"Ghost {new_id()}", "Chiara", "NA-1", markings=["Covert"])
            (self.late if afterwards else self.early).add(made)
            self._go()
            left -= afterwards

    async def listen(self, socket: ClientConnection) -> None:
        """Note every message until the socket closes or is left."""
        try:
            while True:
                self.heard.append(str(await socket.recv()))
        except ConnectionClosed:
            return

    async def socket(self) -> ClientConnection:
        """A socket that has subscribed to the space."""
        headers = {name: value for name, value in self.headers.items() if name != "origin"}
        url, origin = self.address.replace("http", "ws") + "/live", Origin(self.address)
        dial = connect(url, additional_headers=headers, origin=origin, subprotocols=[Subprotocol(PROTOCOL)], proxy=None)
        found = await self.stack.enter_async_context(dial)
        await found.send(orjson.dumps({"type": "subscribe", "space": self.world.ids[SPACE], "cursor": None}).decode())
        while "subscribed" not in str(await found.recv()):
            pass
        return found

    async def revoke(self, text: str, by: dict[str, str]) -> None:
        """Revoke when everybody has begun, over HTTP as a page does; it must be done."""
        await self.begun.wait()
        await revoked(self, text, by)
        self.after.set()

    def leaked(self, hidden: Iterable[str]) -> list[str]:
        """What was told afterwards of what is hidden."""
        return [text for afterwards, text in self.told if afterwards and any(one in text for one in hidden)]


@asynccontextmanager
async def begun(parts: Parts, sort: str) -> AsyncGenerator[tuple[Race, str, dict[str, str]]]:
    """The team over HTTP; yields the race, the revocation, and whose request it is."""
    settings = replace(parts.settings, port=free_port())
    async with listening(replace(parts, settings=settings)), AsyncExitStack() as stack:
        world = await team(World(replace(parts, settings=settings)))
        await world.person("Root", administrator=True)
        await world.entity(SPACE, "Ghost", "Chiara", "NA-1", markings=["Covert"])
        secret = await signed_in(world, "Eglė")
        script = await tokens.create(world.ctx("Eglė"), "N", writes=False, ends_at=parts.clock.now() + timedelta(days=1))
        by = {"membership": "Chiara", "clearance": "Chiara", "person": "Root"}.get(sort, "Eglė")
        said = {"$space": world.ids[SPACE], "$membership": world.memberships[SPACE, "Eglė"], "$Covert": world.ids["Covert"]}
        said |= {"$Eglė": world.ids["Eglė"], "$session": auth.session_id(script if sort == "token" else secret), "$key": new_id()}
        text = REVOKED[sort]
        for name, value in said.items():
            text = text.replace(f'"{name}"', f'"{value}"')
        headers = {"authorization": f"Bearer {script}"} if sort == "token" else at_a_browser(settings.address, secret)
        yield Race(world, headers, stack), text, at_a_browser(settings.address, await signed_in(world, by))


def at_a_browser(address: str, secret: str) -> dict[str, str]:
    return {"cookie": f"joinder={secret}", "origin": address}


async def signed_in(world: World, who: str) -> str:
    """Open a session of a strong sign-in and return its secret."""
    ctx = world.ctx(who)
    await auth.open_session(ctx, world.ids[who], auth.BOTH)
    return ctx.cookies[0].value or ""


@pytest.mark.timeout(300)
@pytest.mark.parametrize("sort", REVOKED)
async def test_nothing_asked_or_written_after_a_revocation_reaches_whoever_lost_access(parts: Parts, sort: str) -> None:
    async with begun(parts, sort) as (race, text, by):
        sockets = [await race.socket() for _ in range(3)]
        ears = [asyncio.create_task(race.listen(one)) for one in sockets]
        await asyncio.gather(*(race.ask(one) for one in QUESTIONS), race.write(), race.revoke(text, by))
        await told_of_everything(race)
        for socket, ear in zip(sockets, ears, strict=True):
            await socket.close()
            await ear
    before = [text for afterwards, text in race.told if not afterwards]
    assert any(race.world.ids["Ghost"] in text for text in before), "nobody had anything to lose"
    assert race.leaked({race.world.ids["Ghost"], *race.early, *race.late}) == []
    assert not [one for one in race.late if one in "".join(race.heard)]


async def told_of_everything(race: Race) -> None:
    """Wait until somebody who sees everything was told of what was written last: the hub has delivered all."""
    headers, race.headers = race.headers, at_a_browser(race.address, await signed_in(race.world, "Chiara"))
    lead = await race.socket()
    race.headers = headers
    fence = await race.world.entity(SPACE, "Fence", "Chiara", "NA-1", markings=["Covert"])
    race.late.add(fence)
    async with asyncio.timeout(60):
        while fence not in str(await lead.recv()):
            pass


LIST, FILE = b'{"query": "query { spaces { id name } }"}', b"name\nIlian\n"


@asynccontextmanager
async def kept_waiting(race: Race, line: str, body: bytes) -> AsyncGenerator[tuple[asyncio.StreamReader, asyncio.StreamWriter]]:
    """A request of which all is sent but the end of its body, and that the server has taken up."""
    reader, writer = await asyncio.open_connection("127.0.0.1", race.world.parts.settings.port)
    head = {**race.headers, "host": race.address.removeprefix("http://"), "content-length": str(len(body)), "connection": "close"}
    lines = "".join(f"{name}: {value}\r\n" for name, value in head.items())
    writer.write(f"{line} HTTP/1.1\r\n{lines}\r\n".encode() + body[:5])
    await writer.drain()
    async with httpx.AsyncClient(base_url=race.address, timeout=60) as browser:
        for _ in range(3):
            assert (await browser.get("/health")).status_code == 200
    yield reader, writer
    writer.close()


async def revoked(race: Race, text: str, by: dict[str, str]) -> None:
    async with httpx.AsyncClient(base_url=race.address, headers=by, timeout=60) as browser:
        answer = await browser.post("/graphql", json={"query": text})
    assert "errors" not in answer.json(), answer.text


@pytest.mark.parametrize("sort", ["session", "token", "person"])
async def test_a_request_whose_body_comes_after_the_end_of_its_session_is_refused(parts: Parts, sort: str) -> None:
    """Who asks is looked up when the request is complete: one that was begun in time, and kept waiting, gains nothing."""
    async with begun(parts, sort) as (race, text, by), kept_waiting(race, "POST /graphql", LIST) as (reader, writer):
        await revoked(race, text, by)
        writer.write(LIST[5:])
        told = (await reader.read()).decode()
    assert "UNAUTHENTICATED" in told
    assert SPACE not in told


async def test_a_file_whose_end_comes_after_the_end_of_its_session_does_not_come_in(parts: Parts) -> None:
    async with begun(parts, "session") as (race, text, by):
        world, wanted = race.world, NewImport(race.world.ids["NA-1"], "set", "csv", "f.csv", frozenset(), "B2", "H0")
        job = await imports.create(world.ctx("Eglė"), world.ids[SPACE], wanted, new_id())
        async with kept_waiting(race, f"PUT /imports/{job}/file?space={world.ids[SPACE]}", FILE) as (reader, writer):
            await revoked(race, text, by)
            writer.write(FILE[5:])
            told = (await reader.read()).decode()
        [row] = await imports.jobs(world.ctx("Eglė"), world.ids[SPACE], job)
    assert told.startswith("HTTP/1.1 401")
    assert row["state"] == "waiting_for_file"
