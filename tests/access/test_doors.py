"""Every door that is no operation of the API × every role, over the real server: routes of files and messages of the live socket."""

from __future__ import annotations

import contextlib
import io
from dataclasses import dataclass, field, replace
from typing import TYPE_CHECKING, Any

import httpx
import pytest
from PIL import Image
from websockets.exceptions import ConnectionClosed

from backend.app import build
from backend.auth import service as auth
from backend.core.errors import JoinderError
from backend.core.ids import new_id
from backend.entities.imports import service as imports
from backend.evidence import uploads
from backend.evidence.changes import New
from backend.evidence.rules import Said
from backend.evidence.uploads import NewUpload
from backend.realtime.connection import SESSION_ENDED
from backend.realtime.hub import Hub
from backend.realtime.messages import FIELDS
from backend.serving import free_port, listening
from tests.access.roles import CODES, MATRIX, WEAK, WHO, WITHOUT_FILE, cell, ctx_of, is_door, roles
from tests.realtime.live import Client, dial

if TYPE_CHECKING:
    from backend.core.context import Parts
    from tests.support.world import World

PUT, REPORT = "PUT /imports/{id}/file", "GET /imports/{id}/report"
UPLOAD, FILE = "/files/uploads/{id}", "/files/{id}"
TUS = {"tus-resumable": "1.0.0"}
OCTETS = {"content-type": "application/offset+octet-stream", "upload-offset": "0"}
WAVE = b"RIFF\x24\0\0\0WAVEfmt \x10\0\0\0\1\0\1\0\x40\x1f\0\0\x80\x3e\0\0\2\0\x10\0data\0\0\0\0"
SUBSCRIBE, PRESENCE = "/live subscribe", "/live presence"
STATUSES = {401: "sign_in", 403: "forbid", 404: "hide"}
CLOSED: dict[int | None, str] = {SESSION_ENDED: "sign_in"}
LISTENER, WITNESS = "second lead", "witness"
"""Two members who are there all the time: one hears who is here, one says so last."""


@dataclass
class Street:
    """The real server over a world, and everybody before its doors."""

    world: World
    browser: httpx.AsyncClient
    stack: contextlib.AsyncExitStack
    cookies: dict[str, str] = field(default_factory=dict[str, str])
    steps: int = 0

    @property
    def space(self) -> str:
        return self.world.ids["S"]

    async def sit(self, who: str) -> None:
        """Sign in, strongly but where the name says otherwise; nobody does not."""
        if who == "nobody":
            return
        person = WEAK.get(who, who)
        ctx = replace(self.world.ctx(person), actor=None)
        await auth.open_session(ctx, self.world.ids[person], auth.LOCAL if who in WEAK else auth.BOTH)
        self.cookies[who] = f"{ctx.cookies[0].name}={ctx.cookies[0].value}"

    async def send(self, who: str, method: str, path: str, **more: Any) -> str:
        headers = {"cookie": self.cookies.get(who, "")} | more.pop("headers", {})
        answer = await self.browser.request(method, path, params={"space": self.space}, headers=headers, **more)
        return "allow" if answer.is_success else STATUSES[answer.status_code] if method == "HEAD" else CODES[answer.json()["code"]]

    async def socket(self, who: str) -> Client:
        origin = str(self.browser.base_url).rstrip("/")
        return Client(await self.stack.enter_async_context(dial(origin, self.cookies.get(who, ""))))

    async def subscribe(self, who: str) -> tuple[Client, str]:
        """A socket that has asked for the space, and whether it heard that its notices follow."""
        client = await self.socket(who)
        try:
            await client.send(type="subscribe", space=self.space, cursor=None)
            told = await client.until("subscribed", "ended")
        except ConnectionClosed:
            return client, CLOSED[client.socket.close_code]
        return client, "allow" if told["type"] == "subscribed" else "hide"


async def outcomes(street: Street, who: str, listener: Client, witness: Client) -> dict[str, str]:
    """What happens to one person at every door."""
    world, lead = street.world, street.world.ctx("lead")
    job = await imports.create(lead, street.space, replace(WITHOUT_FILE, case=world.ids["C"]), new_id())
    client, subscribed = await street.subscribe(who)
    upload = await _own_upload(street, who)
    sound, picture = world.ids["sound.wav"], world.ids["drawing.png"]
    return {
        f"HEAD {UPLOAD}": await street.send(who, "HEAD", f"/files/uploads/{upload}", headers=TUS),
        f"PATCH {UPLOAD}": await street.send(who, "PATCH", f"/files/uploads/{upload}", headers=TUS | OCTETS, content=b"a"),
        f"DELETE {UPLOAD}": await street.send(who, "DELETE", f"/files/uploads/{upload}", headers=TUS),
        f"GET {FILE}": await street.send(who, "GET", f"/files/{sound}"),
        f"GET {FILE}/view": await street.send(who, "GET", f"/files/{sound}/view"),
        f"GET {FILE}/pages/{{page}}": await street.send(who, "GET", f"/files/{picture}/pages/1"),
        f"GET {FILE}/custody.pdf": await street.send(who, "GET", f"/files/{picture}/custody.pdf"),
        PUT: await street.send(who, "PUT", f"/imports/{job}/file", content=b"name\nIlian\n"),
        REPORT: await street.send(who, "GET", f"/imports/{job}/report"),
        SUBSCRIBE: subscribed,
        PRESENCE: subscribed if subscribed == "sign_in" else await _presence(street, who, client, listener, witness),
    }


async def _own_upload(street: Street, who: str) -> str:
    """An upload of theirs, where they may begin one; else somebody else's."""
    wanted = NewUpload(New(street.world.ids["C"], Said()), "notes.txt", 3)
    for ctx in (ctx_of(street.world, who), street.world.ctx("lead")):
        with contextlib.suppress(JoinderError):
            return (await uploads.begin(ctx, street.space, wanted))["id"]
    raise AssertionError


def _drawing() -> bytes:
    held = io.BytesIO()
    Image.new("RGB", (8, 8), "white").save(held, "PNG")
    return held.getvalue()


async def _presence(street: Street, who: str, client: Client, listener: Client, witness: Client) -> str:
    """Say where one is, wait until it was heard, let the witness move, and look whether it was told before that."""
    person, street.steps = street.world.ids[WEAK.get(who, who)], street.steps + 1
    await client.send(type="presence", space=street.space, view="network", looking=[])
    await client.send(type="subscribe", space=new_id(), cursor=None)
    await client.until("ended")
    here = street.world.ids["AB"[street.steps % 2]]
    await witness.send(type="presence", space=street.space, view="entity", looking=[here])
    while True:
        people = {one["id"]: one["looking"] for one in (await listener.until("presence"))["people"]}
        if people.get(street.world.ids[WITNESS]) == [here]:
            return "allow" if person in people else "hide"


def test_the_table_names_every_route_about_a_thing_and_every_live_message(parts: Parts) -> None:
    paths = {vars(one)["path"] for one in build(parts, Hub(parts)).routes if "{id}" in vars(one)["path"]}
    doors = {name for name in MATRIX if is_door(name)}
    assert {name.partition(" ")[2] for name in doors if not name.startswith("/live")} == paths
    assert {name.partition(" ")[2] for name in doors if name.startswith("/live")} == FIELDS.keys() - {"unsubscribe"}


@pytest.mark.timeout(600)
async def test_every_cell_is_what_happens(world: World) -> None:
    there = replace(world.parts, settings=replace(world.parts.settings, port=free_port()))
    await roles(world)
    await world.member("S", WITNESS)
    await world.file("S", "sound.wav", "lead", "C", WAVE)
    await world.file("S", "drawing.png", "lead", "C", _drawing())
    wrong = list[tuple[str, str, str, str]]()
    async with contextlib.AsyncExitStack() as stack:
        await stack.enter_async_context(listening(there))
        origin = there.settings.address
        browser = await stack.enter_async_context(httpx.AsyncClient(base_url=origin, headers={"origin": origin}, timeout=30))
        street = Street(world, browser, stack)
        for who in (LISTENER, WITNESS, *WHO):
            await street.sit(who)
        (listener, _), (witness, _) = [await street.subscribe(who) for who in (LISTENER, WITNESS)]
        for who in WHO:
            found = await outcomes(street, who, listener, witness)
            wrong += [(door, who, cell(door, who), told) for door, told in found.items() if told != cell(door, who)]
    assert not wrong
