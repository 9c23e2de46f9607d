"""`joinder demo --check`: starts everything on free ports with a temporary folder, uses it as two people would, and says what it saw."""

from __future__ import annotations

import asyncio
import http.client
import json
import sys
import tempfile
import time
from dataclasses import dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING, Any

from websockets.asyncio.client import connect

from backend import config, serving
from backend.auth.demo import service as demo_service
from backend.demo import service as demo_case
from graph.driver import Graph

if TYPE_CHECKING:
    from backend.config import Settings

NOTICE_TIMEOUT_S, LEAST_ITEMS = 10.0, 50


class CheckFailed(Exception):
    """The demo does not do what it must; the text says what."""


@dataclass
class Browser:
    """Just enough of one: a cookie and our own origin."""

    settings: Settings
    cookie: str = ""
    seen: list[str] = field(default_factory=list[str])

    async def ask(self, query: str, **variables: object) -> dict[str, Any]:
        """Send one GraphQL operation and return its data."""
        return await asyncio.to_thread(self._ask, query, variables)

    def _ask(self, query: str, variables: dict[str, object]) -> dict[str, Any]:
        connection = http.client.HTTPConnection(self.settings.host, self.settings.port, timeout=30)
        headers = {"Content-Type": "application/json", "Origin": self.settings.address, "Cookie": self.cookie}
        connection.request("POST", "/graphql", json.dumps({"query": query, "variables": variables}), headers)
        answer = connection.getresponse()
        said = json.loads(answer.read())
        for name, value in answer.getheaders():
            if name.lower() == "set-cookie":
                self.cookie = value.split(";")[0]
        connection.close()
        if said.get("errors"):
            raise CheckFailed(f"GraphQL answered {said['errors'][0]['message']!r} to {query.split('(', maxsplit=1)[0].strip()}.")
        return said["data"]

    def page(self) -> int:
        """Return the status of the first page."""
        connection = http.client.HTTPConnection(self.settings.host, self.settings.port, timeout=10)
        connection.request("GET", "/")
        return connection.getresponse().status


async def check() -> int:
    """Run the check; 0 when all of it worked, 1 with a sentence that says what failed."""
    begun = time.monotonic()
    with tempfile.TemporaryDirectory(prefix="joinder-check-") as folder:
        settings = config.from_environment()
        port = serving.free_port()
        settings = config.Settings(data=Path(folder), port=port, demo=True, frontend=settings.frontend, heap=settings.heap).checked()
        try:
            return await _checked(settings, begun)
        except CheckFailed as failure:
            sys.stdout.write(f"joinder demo --check: {failure}\n")
            return 1


async def _checked(settings: Settings, begun: float) -> int:
    async with serving.engine(settings) as (address, engine):
        await serving.migrate(address)
        token = demo_service.new_token()
        async with Graph(address) as graph:
            await demo_service.mark_deployment(graph, demo=True)
            await demo_service.check_demo(graph)
        async with serving.serving(settings, address, token) as (parts, _task):
            await demo_case.load_once(parts, small=True, say=lambda _: None)
            items, notice = await _used(settings, token)
            seconds = time.monotonic() - begun
            pids = [pid for pid in (_own_pid(), engine.pid if engine else None) if pid]
            memory = sum(pss_mib(pid) for pid in pids)
            told = f"{items} items over GraphQL, a notice ({notice}) over the live socket; ready and used in {seconds:.1f} s, "
            sys.stdout.write(f"joinder demo --check: {told}{len(pids)} processes, {memory:.0f} MiB (PSS)\n")
    return 0


async def _used(settings: Settings, token: str) -> tuple[int, str]:
    """Two people: one looks at the network and listens, the other adds an entity."""
    if settings.frontend and await asyncio.to_thread(Browser(settings).page) != 200:  # noqa: PLR2004 - HTTP OK
        raise CheckFailed("The first page is not served.")
    one, two = Browser(settings), Browser(settings)
    offered = (await one.ask("query($t: String) { session(demoToken: $t) { demoPeople { id name roles agency { country } } } }", t=token))[
        "session"
    ]["demoPeople"]
    writers = [each for each in offered if {"LEAD", "INVESTIGATOR"} & set(each["roles"])]
    countries = {each["agency"]["country"]: each for each in writers}
    if len(countries) < 2:  # noqa: PLR2004 - two countries, one case
        raise CheckFailed("The demo case has no two people of two countries.")
    for browser, person in zip((one, two), list(countries.values())[:2], strict=True):
        await browser.ask("mutation($p: ID!, $t: String!) { signInAs(person: $p, demoToken: $t) { id } }", p=person["id"], t=token)
    theirs = [{it["id"] for it in (await browser.ask("{ spaces { id members { id } } }"))["spaces"]} for browser in (one, two)]
    space = min(theirs[0] & theirs[1], default=None)
    if space is None:
        raise CheckFailed("The two people share no space.")
    chart = (await one.ask("query($s: ID!) { chart(space: $s) { items { id } links { id } } }", s=space))["chart"]
    if len(chart["items"]) < LEAST_ITEMS:
        raise CheckFailed(f"The demo network answered {len(chart['items'])} items, expected {LEAST_ITEMS} or more.")
    return len(chart["items"]), await _notice(settings, one, two, space)


async def _notice(settings: Settings, one: Browser, two: Browser, space: str) -> str:
    headers = {"Cookie": one.cookie}
    url = f"ws://{settings.host}:{settings.port}/live"
    async with connect(url, origin=settings.address, subprotocols=["joinder.live.v1"], additional_headers=headers) as socket:  # type: ignore[arg-type] - Origin and Subprotocol are plain text
        await socket.send(json.dumps({"type": "subscribe", "space": space, "cursor": None}))
        async with asyncio.timeout(NOTICE_TIMEOUT_S):
            while json.loads(await socket.recv())["type"] != "subscribed":
                pass
            case = (await two.ask("query($s: ID!) { cases(space: $s) { id } }", s=space))["cases"][0]["id"]
            record = {"case": case, "values": [{"property": "name", "values": ["Check Person"]}], "sourceTitle": "check"}
            add = 'mutation($s: ID!, $r: RecordInput!) { addEntity(space: $s, kind: "Person", record: $r, key: "check") { id } }'
            made = (await two.ask(add, s=space, r=record))["addEntity"]["id"]
            while True:
                said = json.loads(await socket.recv())
                if said["type"] == "notice" and said["id"] == made:
                    return f"{said['change']} {said['kind']}"


def _own_pid() -> int:
    return int(Path("/proc/self").resolve().name) if Path("/proc/self").exists() else 0


def pss_mib(pid: int) -> float:
    """Return the proportional set size of a process; 0 where the system does not tell."""
    rollup = Path(f"/proc/{pid}/smaps_rollup")
    if not rollup.exists():
        return 0.0
    return next((int(line.split()[1]) / 1024 for line in rollup.read_text().splitlines() if line.startswith("Pss:")), 0.0)
