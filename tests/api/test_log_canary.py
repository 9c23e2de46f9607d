"""Nothing that people type, see or hold is told to whoever keeps the machine: a real server is fed distinctive words through every door.

None of them may stand in its log, the engine's log, its meters, its traces or its audit log afterwards, nor lie in its folder outside the
graph and the sealed store; none that only Eglė may see stands in anything that Maarten was answered, and no secret in any answer at all.
"""

from __future__ import annotations

import asyncio
import contextlib
import os
import secrets
import sys
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

import httpx
import orjson
import pytest
import pytest_asyncio
from websockets.asyncio.client import connect
from websockets.exceptions import ConnectionClosed

from backend.core.ids import new_id
from backend.realtime.messages import PROTOCOL
from backend.serving import ENGINE_FOLDER
from tests.support.authenticator import BEGIN, CONFIRM, shown
from tests.support.collector import collector
from tests.support.served import PASSWORD, Prepared, Served, served

if TYPE_CHECKING:
    from collections.abc import AsyncIterator, Iterator
    from pathlib import Path

pytestmark = [pytest.mark.embedded, pytest.mark.timeout(600)]
METRICS, HIDDEN, SECRET = "a-token-of-24-characters-for-meters", "hidden", "secret"
ADD = (
    'mutation($s: ID!, $r: RecordInput!, $k: String!) { addEntity(space: $s, kind: "Person", record: $r, key: $k)'
    " { id version records { id } } }"
)
MAPPING = """
people:
  queries:
    - entities:
        person: {schema: Person, keys: [id], properties: {name: {column: name}, email: {column: email}}}
"""
ARGUMENTS = {"s": "ID!", "e": "ID!", "r": "ID!", "w": "RecordInput!", "k": "String!"}
GRAPH_ITSELF = ("databases", "backups")
"""Where the engine keeps the graph: values lie there in the clear, and README.md says so."""


class Canaries:
    """Words that exist nowhere else, each named for where it was put."""

    def __init__(self) -> None:
        self.words: dict[str, str] = {}

    def __call__(self, place: str) -> str:
        """A new word for a place; names begin with `hidden` or `secret` where nobody else, or nobody at all, may be told it."""
        return self.known(place, "Zq" + secrets.token_hex(6))

    def known(self, place: str, word: str) -> str:
        """Watch a word that the server made up."""
        self.words[place] = word
        return word

    def within(self, said: bytes, sort: str = "") -> list[str]:
        """The places whose words are in some bytes."""
        return [place for place, word in self.words.items() if place.startswith(sort) and word.lower().encode() in said.lower()]


@dataclass
class Person:
    """A browser of one person; everything that it was answered is kept."""

    server: Served
    sing: Canaries
    client: httpx.AsyncClient
    heard: list[bytes] = field(default_factory=list[bytes])

    async def send(self, method: str, path: str, **more: Any) -> httpx.Response:
        answer = await self.client.request(method, path, **more)
        self.heard.append(answer.content)
        return answer

    async def ask(self, query: str, **variables: object) -> dict[str, Any]:
        return (await self.send("POST", "/graphql", json={"query": query, "variables": variables})).json()

    async def sign_in(self, login: str, password: str = PASSWORD) -> None:
        said = await self.ask("mutation($l: String!, $p: String!) { signIn(login: $l, password: $p) { id } }", l=login, p=password)
        assert said.get("data"), said
        self.sing.known(f"{SECRET} cookie of {login}", next(iter(self.client.cookies.jar)).value or "")

    async def set_up_factor(self, password: str) -> None:
        """Set a second factor up; the person alone is shown key and recovery codes, once."""
        key = (await self.ask(BEGIN, password=password))["data"]["beginSecondFactor"]["secret"]
        codes = (await self.ask(CONFIRM, code=shown(key)))["data"]["confirmSecondFactor"]
        for place, word in (("key", key), *((f"recovery code {at}", code) for at, code in enumerate(codes))):
            self.sing.known(place, word)
        self.sing.known(f"{SECRET} cookie after it", next(iter(self.client.cookies.jar)).value or "")

    def record(self, place: str, *markings: str, name: str = "") -> dict[str, Any]:
        """What somebody writes down of a person, a word in each part of it."""
        said = {one: self.sing(f"{place}: {one}") for one in ("name", "alias", "passportNumber", "notes", "address")}
        said["name"] += name
        return {
            "case": self.server.ids["NA-1"], "values": [{"property": one, "values": [value]} for one, value in said.items()],
            "sourceTitle": self.sing(f"{place}: title"), "locator": self.sing(f"{place}: locator"),
            "gradeOriginal": self.sing(f"{place}: grade"), "markings": list(markings),
        }  # fmt: skip


@dataclass
class House:
    """A server that fails where it is told to, a collector of its traces, and browsers."""

    server: Served
    sing: Canaries
    traces: list[bytes]
    stack: contextlib.AsyncExitStack
    people: list[Person] = field(default_factory=list[Person])

    async def person(self) -> Person:
        client = httpx.AsyncClient(base_url=self.server.url, headers={"origin": self.server.url}, timeout=60)
        self.people.append(Person(self.server, self.sing, await self.stack.enter_async_context(client)))
        return self.people[-1]

    async def meters(self) -> bytes:
        there = await (await self.person()).client.get("/metrics", headers={"Authorization": f"Bearer {METRICS}"})
        assert there.status_code == 200
        return there.content

    def kept(self) -> Iterator[tuple[str, bytes]]:
        """Every file of the data folder but the graph itself: logs, the audit log, keys, sealed objects."""
        for path in self.server.data.rglob("*"):
            if path.is_file() and not set(GRAPH_ITSELF) & set(path.parts):
                yield str(path.relative_to(self.server.data)), path.read_bytes()


@pytest_asyncio.fixture
async def house(tmp_path: Path) -> AsyncIterator[House]:
    prepared = await Prepared.make(tmp_path / "prepared")
    with collector() as (where, traces):
        told = {"JOINDER_METRICS_TOKEN": METRICS, "OTEL_EXPORTER_OTLP_ENDPOINT": where, "OTEL_EXPORTER_OTLP_COMPRESSION": "none"}
        async with served(prepared, tmp_path / "data", "tests.support.faulty", told=told) as server, contextlib.AsyncExitStack() as stack:
            yield House(server, Canaries(), traces, stack)


# ── doors ─────────────────────────────────────────────────────────────────────────────────────────────────────────────────────────


async def refused_at_the_door(house: House) -> None:
    """Sign-in, codes and requests that are no requests, by nobody."""
    one, sing = await house.person(), house.sing
    sign_in = "mutation($l: String!, $p: String!) { signIn(login: $l, password: $p) { id } }"
    await one.ask(sign_in, l=sing("login"), p=sing(f"{SECRET} password"))
    await one.ask(sign_in, l=house.server.ids["Maarten"], p=sing(f"{SECRET} wrong password"))
    await one.ask(sign_in, l=house.server.ids["Maarten"], p="FAULT" + sing(f"{SECRET} password that breaks"))
    set_up = "mutation($c: String!, $p: String!) { setPassword(code: $c, password: $p) }"
    await one.ask(set_up, c=sing(f"{SECRET} code"), p=sing(f"{SECRET} password for a code"))
    await one.ask('mutation($t: String!) { signInAs(person: "x", demoToken: $t) { id } }', t=sing(f"{SECRET} demo token"))
    for path in (
        f"/{sing('path')}",
        f"/auth/{sing('slug')}/start?code={sing(f'{SECRET} code in a link')}",
        f"/auth/police/back?code={sing('answer')}",
    ):
        await one.send("GET", path)
    await one.send("POST", "/auth/back-channel/police", data={"logout_token": sing(f"{SECRET} logout token")})
    for header in ("cookie", "user-agent", "referer", "authorization", "x-forwarded-for", "origin", "joinder-unattended"):
        await one.send("POST", "/graphql", headers={header: f"joinder={sing(f'header {header}')}"}, json={"query": "{ spaces { id } }"})
    await one.send("GET", "/metrics", headers={"authorization": f"Bearer {sing(f'{SECRET} token for meters')}"})
    await one.send("POST", "/graphql", content=f'{{"query": "{sing("body that is no JSON")}'.encode())


async def documents_that_do_not_hold(house: House, one: Person) -> None:
    """Errors of the language: each repeats at most what the same person sent."""
    sing = house.sing
    await one.ask(f"{{ {sing('field')} }}")
    await one.ask(f"{{ spaces {{ {sing('syntax')} ")
    await one.ask(f"query {sing('name of a document')} {{ spaces {{ id @{sing('directive')} }} }}")
    await one.ask("query($n: Int!) { spaces { id } }", n=sing("variable of another type"), **{sing("name of a variable"): 1})
    await one.ask(f'{{ space(id: "{sing("literal")}") {{ id }} }}')
    await one.send("POST", "/graphql", json={"documentId": sing("document id"), "operationName": sing("operation name")})


async def administration(house: House, folder: Path) -> None:
    """The command that makes the first administrator, and the people and codes that they make."""
    sing = house.sing
    login, password = sing("administrator").lower(), sing(f"{SECRET} administrator's password")
    program = (
        "-m",
        "backend.cli",
        "admin",
        "create",
        "--login",
        login,
        "--name",
        sing("name"),
        "--agency",
        sing("agency"),
        "--country",
        "EU",
    )
    environment = {name: value for name, value in os.environ.items() if not name.startswith("JOINDER_")} | {"JOINDER_DATA": str(folder)}
    command = await asyncio.create_subprocess_exec(sys.executable, *program, env=environment, stdin=asyncio.subprocess.PIPE)
    await command.communicate(password.encode())
    assert command.returncode == 0
    root, fresh = await house.person(), await house.person()
    await root.sign_in(login, password)
    await root.set_up_factor(password)
    agency = (await root.ask("{ agencies { id } }"))["data"]["agencies"][0]["id"]
    made = await root.ask(
        'mutation($l: String!, $n: String!, $f: String!, $a: ID!, $k: String!) {'
        ' createPerson(login: $l, name: $n, function: $f, languages: ["it"], agency: $a, key: $k) { code } }',
        l=sing("new login").lower(), n=sing("new name"), f=sing("new function"), a=agency, k=new_id(),
    )  # fmt: skip
    code = made["data"]["createPerson"]["code"]
    set_up = "mutation($c: String!, $p: String!) { setPassword(code: $c, password: $p) }"
    assert (await fresh.ask(set_up, c=code, p=sing(f"{SECRET} new password")))["data"]
    sing.known("code", code)  # the administrator is shown it once


async def content(house: House, one: Person) -> None:
    """Writing, correcting, searching, and all of it failing."""
    sing, space = house.sing, house.server.space
    made = (await one.ask(ADD, s=space, r=one.record("record"), k=new_id()))["data"]["addEntity"]
    wrong = [{"property": sing("property"), "values": [sing("value")]}]
    for record in (
        {**one.record("wrong"), "values": wrong},
        {**one.record("handled"), "handling": sing("handling")},
        one.record("broken", name="FAULT"),
    ):
        assert (await one.ask(ADD, s=space, r=record, k=new_id())).get("errors")
    correct = (
        "mutation($s: ID!, $i: ID!, $r: RecordInput!, $w: String!, $v: String!, $k: String!) {"
        " correctRecord(space: $s, id: $i, record: $r, reason: $w, expectedVersion: $v, key: $k) { record { id } } }"
    )
    said = {"s": space, "i": made["records"][0]["id"], "w": sing("reason")}
    assert (await one.ask(correct, r=one.record("correction"), v=made["version"], k=new_id(), **said))["data"]
    assert (await one.ask(correct, r=one.record("second correction"), v=sing("version"), k=sing("key"), **said)).get("errors")
    for text in (sing("search"), "FAULT" + sing("search that breaks"), sing.words["record: name"], sing("long search") * 40):
        await one.ask("query($s: ID!, $t: String!) { search(space: $s, text: $t) { matched } }", s=space, t=text)
        await one.ask("query($s: ID!, $t: String!) { entities(space: $s, text: $t) { total } }", s=space, t=text)
    await one.ask("query($s: ID!, $a: String!) { entities(space: $s, after: $a) { total } }", s=space, a=sing("cursor"))


async def brought_in(house: House, one: Person) -> None:
    """A table with a row that is refused, one that breaks the import, a mapping that does not hold."""
    for word, ends in (("", "DONE"), ("FAULT", "FAILED")):
        job = await uploaded(house, one, word)
        start = "mutation($s: ID!, $j: ID!, $m: String!, $k: String!) { startImport(space: $s, id: $j, mapping: $m, key: $k) { state } }"
        bad = MAPPING.replace("name: {column: name}", f"name: {{column: {house.sing(f'column {word}')}}}")
        assert (await one.ask(start, s=house.server.space, j=job, m=bad, k=new_id())).get("errors")
        assert (await one.ask(start, s=house.server.space, j=job, m=MAPPING, k=new_id()))["data"]
        assert await ended(house, one, job) == ends
        await one.send("GET", f"/imports/{job}/report", params={"space": house.server.space})
    await one.send("PUT", f"/imports/{house.sing('no import')}/file", params={"space": house.sing("no space")}, content=b"x")


async def uploaded(house: House, one: Person, word: str) -> str:
    sing, space = house.sing, house.server.space
    create = (
        "mutation($s: ID!, $c: ID!, $n: String!, $f: String!, $k: String!) {"
        " createImport(space: $s, case: $c, name: $n, format: CSV, fileName: $f, key: $k) { id } }"
    )
    names = {"n": sing(f"data set {word}") + word, "f": sing(f"file name {word}") + ".csv"}
    made = await one.ask(create, s=space, c=house.server.ids["NA-1"], k=new_id(), **names)
    job = made["data"]["createImport"]["id"]
    rows = [f"1,{sing(f'row {word}')}{word},a@example.org", f"2,{sing(f'row with {word}')},{sing(f'refused value {word}')}"]
    await one.send("PUT", f"/imports/{job}/file", params={"space": space}, content="\n".join(["id,name,email", *rows]).encode())
    await one.ask("query($s: ID!, $j: ID!) { importPreview(space: $s, id: $j) { columns { samples } } }", s=space, j=job)
    return job


async def ended(house: House, one: Person, job: str) -> str:
    async with asyncio.timeout(60):
        while True:
            said = await one.ask("query($s: ID!, $j: ID!) { importJob(space: $s, id: $j) { state } }", s=house.server.space, j=job)
            if (state := said["data"]["importJob"]["state"]) != "RUNNING":
                return state


async def live(house: House, one: Person) -> None:
    """Messages that hold, that do not, and one that breaks the socket."""
    sing, space = house.sing, house.server.space
    subscribe = {"type": "subscribe", "space": space, "cursor": None}
    looking = {"type": "presence", "space": space, "view": "network"}
    last: list[object] = [
        {"type": sing("type of a message")},
        {**subscribe, "space": sing("space")},
        {**subscribe, "cursor": sing("live cursor")},
        {**looking, "looking": [sing("looking at")]},
        {**looking, "looking": ["FAULT" + sing("looking at what breaks")]},
        sing("no object"),
    ]
    cookie = "; ".join(f"{each.name}={each.value}" for each in one.client.cookies.jar)
    options: dict[str, Any] = {"subprotocols": [PROTOCOL], "additional_headers": {"Cookie": cookie}, "origin": house.server.url}
    for message in last:
        async with connect(house.server.url.replace("http", "ws") + "/live", **options) as socket:
            await socket.send(orjson.dumps(subscribe).decode())
            await socket.send(orjson.dumps(message).decode())
            with contextlib.suppress(ConnectionClosed, TimeoutError):
                async with asyncio.timeout(1):
                    while True:
                        one.heard.append(orjson.dumps(await socket.recv()))


async def hidden(house: House, one: Person, other: Person) -> None:
    """Eglė writes under a marking that Maarten does not hold; he tries everything that could fail with a word of it."""
    space, covert = house.server.space, house.server.ids["Covert"]
    made = (await one.ask(ADD, s=space, r=one.record(HIDDEN, covert), k=new_id()))["data"]["addEntity"]
    asked = {"s": space, "e": made["id"], "r": made["records"][0]["id"], "k": new_id(), "w": other.record("his")}
    for text in (
        "entity(space: $s, id: $e) { caption }",
        "chartItems(space: $s, ids: [$e]) { items { caption } }",
        "expand(space: $s, entity: $e) { items { caption } }",
        "path(space: $s, from: $e, to: $e) { outcome }",
        "search(space: $s, text: $e) { matched }",
    ):
        await other.ask(f"query($s: ID!, $e: ID!) {{ {text} }}".replace("text: $e", 'text: "Zq"'), s=space, e=made["id"])
    for text in (
        'addRecord(space: $s, about: $e, record: $w, expectedVersion: "x", key: $k) { record { id } }',
        'correctRecord(space: $s, id: $r, record: $w, reason: "r", expectedVersion: "x", key: $k) { record { id } }',
        'retractRecord(space: $s, id: $r, reason: "r", expectedVersion: "x", key: $k) { record { id } }',
        "merge(space: $s, a: $e, b: $e, record: $w, key: $k) { id }",
    ):
        names = {name: kind for name, kind in ARGUMENTS.items() if f"${name}" in text}
        declared = ", ".join(f"${name}: {kind}" for name, kind in names.items())
        said = await other.ask(f"mutation({declared}) {{ {text} }}", **{name: asked[name] for name in names})
        assert said["errors"][0]["extensions"]["code"] == "NOT_FOUND"


async def without_its_engine(house: House, one: Person) -> None:
    """What is asked while the graph is gone fails in the driver."""
    house.server.kill_engine()
    async with asyncio.timeout(90):
        while True:
            said = await one.ask(ADD, s=house.server.space, r=one.record("while it restarts"), k=new_id())
            if not said.get("errors"):
                break


async def test_no_log_meter_trace_or_file_tells_what_people_type_see_or_hold(house: House) -> None:
    house.sing.known(f"{SECRET} password of Maarten", PASSWORD)
    await refused_at_the_door(house)
    maarten, egle = await house.person(), await house.person()
    await maarten.sign_in(house.server.ids["Maarten"])
    await egle.sign_in(house.server.ids["Eglė"])
    await documents_that_do_not_hold(house, maarten)
    await administration(house, house.server.data)
    await content(house, maarten)
    await brought_in(house, maarten)
    await live(house, maarten)
    await hidden(house, egle, maarten)
    await without_its_engine(house, maarten)
    meters = await house.meters()
    await house.server.stop()
    told = {"meters": meters, "traces": b"".join(house.traces), **dict(house.kept())}
    for code in (b"unexpected", b"import", b"live.socket"):
        assert b'"code":"%b"' % code in told["server.log"], "a fault was not met"
    assert b"search" in told["traces"]
    assert f"{ENGINE_FOLDER}/engine.log" in told
    assert {where: found for where, said in told.items() if (found := house.sing.within(said))} == {}
    assert house.sing.within(b"".join(maarten.heard), HIDDEN) == []
    assert [found for one in house.people for said in one.heard if (found := house.sing.within(said, SECRET))] == []
