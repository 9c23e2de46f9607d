"""Whatever carries the operations, sent as it should not be: nothing breaks; what is told, changed or refused leaves its line in the log.

Bodies, files, the way of a sign-in, and the live socket, by chance (`raw_requests.py`); lies about lengths, each of a list. What the door
refuses before anybody is taken to ask (another host or origin, more than a route takes, what is no HTTP) leaves no line and does nothing.
"""

from __future__ import annotations

import asyncio
import logging
import os
import re
from dataclasses import dataclass, field, replace
from typing import TYPE_CHECKING, Any

import pytest
import pytest_asyncio
import yaml
from websockets.asyncio.client import connect
from websockets.exceptions import ConnectionClosed

from backend.auth.oidc import rules
from backend.core.ids import is_id, new_id
from backend.entities.imports import service as imports
from backend.realtime.messages import PROTOCOL, BadMessage, Subscribe, parse
from tests.api import raw_requests as raw
from tests.api.calls import NOBODY
from tests.api.house import SPACE, House, entries
from tests.api.raw_requests import FRESH, Request, drawn
from tests.api.test_audit_coverage import shown
from tests.api.test_fuzz import Ground, meant, unlogged_refusals, wrong
from tests.api.test_oidc import entry
from tests.support.provider import FakeProvider

if TYPE_CHECKING:
    from collections.abc import AsyncIterator, Callable, Iterable, Iterator

    import httpx

    from backend.core.audit import Entry
    from backend.core.context import Parts

    Judge = Callable[[House, Request, httpx.Response, list[Entry]], str | None]

TRIES, NUMBERS = 25, range(20) if os.environ.get("JOINDER_TEST_ALL") == "1" else range(1)
MOST_UPLOAD, PATIENCE_S = 100_000, 20.0
EXPECTED = {"provider", "logout", "Invalid UTF-8 sequence received from client."}
"""Errors of a provider, which are logged as such, and what the protocol server says when it ends a socket that sent no text."""
TELLS_ALL = "strawberry.execution"
"""Tells of every refusal; what nobody expected the API itself logs as well."""
NAMED = sorted({one[1:] for one in (*raw.IMPORTS, *raw.SPACES)} - {FRESH[1:]}, key=len, reverse=True)


@dataclass(eq=False)
class Errors(logging.Handler):
    """Every error that anything in this process logs."""

    found: list[str] = field(default_factory=list[str])

    def __post_init__(self) -> None:
        super().__init__(logging.ERROR)

    def emit(self, record: logging.LogRecord) -> None:
        if record.msg not in EXPECTED and record.name != TELLS_ALL:
            self.found.append(f"{record.name}: {record.msg} {vars(record).get('joinder', record.exc_info)}")


@pytest.fixture(autouse=True)
def errors() -> Iterator[Errors]:
    """No test here lets anything log an error that nobody expected."""
    found = Errors()
    logging.getLogger().addHandler(found)
    yield found
    logging.getLogger().removeHandler(found)
    assert not found.found


@pytest.fixture(scope="module")
def provider() -> Iterator[FakeProvider]:
    with FakeProvider() as found:
        yield found


@pytest_asyncio.fixture(scope="module", loop_scope="session")
async def ground(shared_parts: Parts, provider: FakeProvider, tmp_path_factory: pytest.TempPathFactory) -> AsyncIterator[Ground]:
    folder = tmp_path_factory.mktemp("requests")
    (folder / "issuers.yaml").write_text(yaml.safe_dump([entry(provider)]))
    (folder / "assets").mkdir()
    (folder / "index.html").write_text("the page")
    settings = replace(shared_parts.settings, issuers=folder / "issuers.yaml", frontend=folder, most_upload=MOST_UPLOAD)
    found = Ground(replace(shared_parts, settings=settings), folder)
    async with found.stack, found.served:
        yield found


async def sent(house: House, request: Request) -> httpx.Response:
    """Send it with every name replaced."""
    path = request.path
    if FRESH in path:
        path = path.replace(FRESH, await waiting(house))
    for name in NAMED:
        path = path.replace("$" + name, house.world.ids[name])
    headers = [(name.encode(), value.encode("latin-1")) for name, value in request.headers]
    if request.who != NOBODY:
        headers.append((b"cookie", house.cookies[request.who].encode()))
    return await house.browser.request(request.method, path, content=await filled(house, request.body), headers=headers)


async def filled(house: House, text: bytes) -> bytes:
    """The same with what each `"$name"` stands for; a name that means nothing (any more) stays."""
    for name in set(re.findall(rb'"\$([^"]+)"', text)):
        meaning = await meant(house, "$" + name.decode(errors="replace"))
        text = text.replace(b'"$' + name + b'"', b'"' + meaning.encode() + b'"')
    return text


async def waiting(house: House) -> str:
    """An import of Chiara's that waits for its file."""
    ctx, wanted = house.world.ctx("Chiara"), imports.NewImport(house.world.ids["NA-1"], "set", "csv", "f", frozenset(), "B2", "H0")
    made = await imports.create(ctx, house.world.ids[SPACE], wanted, new_id())
    await ctx.trail.flush()
    return made


def by(house: House, request: Request, new: list[Entry]) -> list[Entry]:
    return [one for one in new if request.who != NOBODY and one.person == house.world.ids[request.who]]


async def faulty(ground: Ground, requests: Iterable[Request], judge: Judge) -> list[object]:
    """Send one after another; return those whose answer, or what the log says of it, is wrong."""
    found: list[object] = []
    for request in requests:
        house = await ground.house()
        before = len(entries(house.world))
        answer = await sent(house, request)
        fault = judge(house, request, answer, entries(house.world)[before:])
        found += [(fault, request, answer.status_code, answer.text[:300])] if fault else []
    return found


# ── /graphql ──────────────────────────────────────────────────────────────────────────────────────────────────────────────────────


def untold(house: House, request: Request, answer: httpx.Response, new: list[Entry]) -> str | None:
    """What is wrong with an answer of `/graphql`, or not in the log."""
    if answer.status_code >= 500 or not answer.text.startswith('{"data"'):
        return wrong(answer) if answer.status_code >= 500 else None if answer.status_code == 405 else "no answer of ours"
    data: dict[str, object] = answer.json()["data"] or {}
    lines = by(house, request, new)
    if request.who != NOBODY and not {name for name, one in data.items() if one is not None} <= {one.name for one in lines}:
        return "no line"
    if (
        {*shown(list(data.values()))}
        - {one for each in lines for one in each.ids}
        - ({*house.world.ids.values()} if request.who == NOBODY else set())
    ):
        return "an id of the answer is not in its line"
    return wrong(answer) or unlogged_refusals(house, request.who, answer, new)


@pytest.mark.parametrize("number", NUMBERS)
async def test_any_body_is_answered_and_logged(ground: Ground, number: int) -> None:
    assert not await faulty(ground, drawn(raw.graphql_requests(), TRIES, number), untold)


# ── files ─────────────────────────────────────────────────────────────────────────────────────────────────────────────────────────


def unfiled(house: House, request: Request, answer: httpx.Response, new: list[Entry]) -> str | None:
    """What is wrong with an answer of the routes of files, or not in the log."""
    if answer.status_code >= 500:
        return wrong(answer)
    lines = by(house, request, new)
    if answer.status_code == 200 and request.who != NOBODY and not answer.headers["content-type"].startswith("text/html"):
        return None if any(one.name.startswith("imports.") and one.ids for one in lines) else "no line"
    code = answer.json().get("code") if answer.text.startswith("{") else None
    if request.who == NOBODY or answer.status_code == 413 or code in (None, "UNAUTHENTICATED"):
        return None
    return None if any(one.name.endswith(".refused") and one.outcome == code for one in lines) else f"no line of {code}"


@pytest.mark.parametrize("number", NUMBERS)
async def test_any_file_and_any_report_is_answered_and_logged(ground: Ground, number: int) -> None:
    assert not await faulty(ground, drawn(raw.file_requests(), TRIES, number), unfiled)


# ── the way of a sign-in ──────────────────────────────────────────────────────────────────────────────────────────────────────────


def unsigned(house: House, request: Request, answer: httpx.Response, new: list[Entry]) -> str | None:
    """What is wrong with an answer on the way of a sign-in: none of these signs anybody in."""
    found = unfiled(house, request, answer, new) if answer.status_code != 200 else None
    return found or ("somebody is signed in" if "joinder=" in answer.headers.get("set-cookie", "") else None)


@pytest.mark.parametrize("number", NUMBERS)
async def test_any_way_of_signing_in_is_answered(ground: Ground, provider: FakeProvider, number: int) -> None:
    house = await ground.house()
    attempt = rules.begin("police", int(house.world.parts.clock.now().timestamp()), "", session="", user="", strong=False)
    token = provider.logout_token()
    with FakeProvider() as stranger:
        said = {"attempt": rules.seal(house.world.parts.secret, attempt), "state": attempt.state, "token": token,
                "unsigned": token.rpartition(".")[0] + ".", "stranger": stranger.logout_token()}  # fmt: skip
    assert not await faulty(ground, drawn(raw.sign_in_requests(said.__getitem__), TRIES, number), unsigned)


# ── lies about lengths ────────────────────────────────────────────────────────────────────────────────────────────────────────────

BODY = b'{"query": "{ session { demo } }"}'
LIES = (
    b"Content-Length: 5000\r\n\r\n" + BODY,
    b"Content-Length: 10\r\n\r\n" + BODY,
    b"Content-Length: 33\r\nContent-Length: 34\r\n\r\n" + BODY,
    b"Content-Length: -1\r\n\r\n" + BODY,
    b"Content-Length: " + b"9" * 5_000 + b"\r\n\r\n" + BODY,
    b"Content-Length: 0x21\r\n\r\n" + BODY,
    b"Content-Length: 3_3\r\n\r\n" + BODY,
    b"Content-Length: +33\r\n\r\n" + BODY,
    b"Content-Length: \xb2\r\n\r\n" + BODY,
    b"Content-Length:\r\n\r\n" + BODY,
    b"Content-Length: 2147483648\r\n\r\n" + BODY,
    b"Content-Length: 33\r\nTransfer-Encoding: chunked\r\n\r\n21\r\n" + BODY + b"\r\n0\r\n\r\n",
    b"Transfer-Encoding: chunked\r\n\r\nfffffffffffffffff\r\n" + BODY,
    b"Transfer-Encoding: chunked\r\n\r\n-5\r\n" + BODY,
    b"Transfer-Encoding: chunked\r\n\r\n50\r\n" + BODY,
    b"Transfer-Encoding: chunked\r\n\r\n" + b"1\r\n{\r\n" * 5_000,
    b"Transfer-Encoding: gzip, identity\r\n\r\n" + BODY,
    b"Content-Length: 33\r\nExpect: 100-continue\r\n\r\n" + BODY,
    b"Content-Length: 33\r\nContent-Encoding: gzip\r\n\r\n" + BODY,
    b"Content-Length: 33\r\nno colon\r\n\r\n" + BODY,
    b"Content-Length: 33\r\nUpgrade: h2c\r\nConnection: Upgrade, HTTP2-Settings\r\n\r\n" + BODY,
    b"Content-Length: 33\r\nX: " + b"x" * 200_000 + b"\r\n\r\n" + BODY,
    b"\r\n" + BODY,
    b"",
)


async def spoken(house: House, text: bytes) -> bytes:
    """Everything that the server says to these bytes, after which nothing more comes."""
    reader, writer = await asyncio.open_connection("127.0.0.1", house.world.parts.settings.port)
    try:
        writer.write(text)
        writer.write_eof()
        async with asyncio.timeout(PATIENCE_S):
            return await reader.read()
    except ConnectionError:
        return b""
    finally:
        writer.close()


def lying(house: House, line: str, lie: bytes) -> bytes:
    origin = house.world.parts.settings.address
    head = f"{line} HTTP/1.1\r\nHost: {origin.removeprefix('http://')}\r\nOrigin: {origin}\r\nCookie: {house.cookies['Chiara']}\r\n"
    return head.encode() + lie


@pytest.mark.parametrize("lie", LIES, ids=range(len(LIES)))
async def test_a_lie_about_the_length_of_a_question_breaks_nothing(ground: Ground, lie: bytes) -> None:
    house = await ground.house()
    said = await spoken(house, lying(house, "POST /graphql", lie))
    assert not re.search(rb"HTTP/1.1 5\d\d", said), said[:300]
    assert "errors" not in await house.ask("query", "session { demo }", "Chiara")


@pytest.mark.parametrize("lie", LIES, ids=range(len(LIES)))
async def test_a_file_of_which_less_comes_than_was_said_is_not_kept(ground: Ground, lie: bytes) -> None:
    house = await ground.house()
    job, space = await waiting(house), house.world.ids[SPACE]
    said = await spoken(house, lying(house, f"PUT /imports/{job}/file?space={space}", lie))
    assert not re.search(rb"HTTP/1.1 5\d\d", said), said[:300]
    state = (await imports.jobs(house.world.ctx("Chiara"), space, job))[0]["state"]
    assert state == ("uploaded" if b"HTTP/1.1 200" in said else "waiting_for_file")


# ── the live socket ───────────────────────────────────────────────────────────────────────────────────────────────────────────────


async def told_live(house: House, who: str, texts: list[str | bytes]) -> int | None:
    """Send the messages and one that is none, so that all before it are heard; return the code with which the server closes."""
    origin = house.world.parts.settings.address
    known: dict[str, Any] = {"origin": origin, "subprotocols": [PROTOCOL], "compression": None, "proxy": None}
    async with connect(origin.replace("http", "ws") + "/live", additional_headers={"Cookie": house.cookies[who]}, **known) as socket:
        try:
            async with asyncio.timeout(PATIENCE_S):
                for text in (*texts, "."):
                    await socket.send(text, text=True)
                while True:
                    await socket.recv()
        except ConnectionClosed as error:
            return error.rcvd.code if error.rcvd else None


def heard(texts: list[str | bytes]) -> list[Subscribe]:
    """The subscriptions among the messages before the first that is none."""
    found: list[Subscribe] = []
    for text in texts:
        try:
            one = parse(text.decode() if isinstance(text, bytes) else text)
        except (BadMessage, UnicodeDecodeError):
            break
        found += [one] if isinstance(one, Subscribe) else []
    return found


def unheard(house: House, who: str, texts: list[str | bytes], code: int | None, new: list[Entry]) -> str | None:
    """What is wrong with how the socket ended, or not in the log."""
    mine = [one for one in new if one.person == house.world.ids[who]]
    if code in (1007, 1009):
        return None  # no text, or too much: the protocol itself ends the socket, whatever of the rest is still waiting
    if code != 4400:
        return f"closed with {code}"
    if [one.outcome for one in mine if one.name == "live.refused"] != ["INVALID"]:
        return "no line of what was refused"
    asked = [one.space for one in mine if one.name in ("subscribe", "resume")]
    return None if asked == [one.space if is_id(one.space) else None for one in heard(texts)] else "no line of a subscription"


@pytest.mark.parametrize("number", NUMBERS)
async def test_any_message_is_heard_and_logged(ground: Ground, number: int) -> None:
    house, faults = await ground.house(), list[object]()
    for who, some in zip(("Chiara", "Eglė", "Osk", "Guest", "Vida") * TRIES, drawn(raw.live_messages(), TRIES, number), strict=False):
        texts = [(await filled(house, one.encode())).decode() if isinstance(one, str) else one for one in some]
        before = len(entries(house.world))
        found = unheard(house, who, texts, await told_live(house, who, texts), entries(house.world)[before:])
        faults += [(found, who, texts)] if found else []
    assert not faults


async def test_every_change_that_the_requests_made_is_named_in_the_log(ground: Ground) -> None:
    """Runs behind the tests above, whatever was changed there."""
    await ground.house()
    assert not await ground.lost()
