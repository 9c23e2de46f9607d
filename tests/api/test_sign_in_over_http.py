"""Signing in and out as a browser does: GraphQL through the whole application."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import httpx
import pytest_asyncio

from backend.app import build
from backend.auth import service
from backend.auth.first import service as first
from backend.auth.first.service import NewAdministrator
from backend.core.clock import SystemClock
from backend.core.errors import Forbidden, JoinderError, NotFound
from backend.core.ids import new_id
from backend.realtime.hub import Hub
from backend.schema import schema

if TYPE_CHECKING:
    from collections.abc import AsyncIterator

    from backend.core.context import Parts
    from tests.support.world import World

PASSWORD = "correct horse battery"
ORIGIN = "http://127.0.0.1:8400"
SESSION = '{ session(demoToken: "x") { demo me { name administrator agency { country type } } demoPeople { id } } }'
SIGN_IN = "mutation($login: String!, $password: String!) { signIn(login: $login, password: $password) { name } }"
PEOPLE = "query($space: ID!, $agency: ID!) { people(space: $space, agency: $agency) { name } }"


async def ask(browser: httpx.AsyncClient, query: str, **variables: str) -> tuple[dict[str, Any], httpx.Response]:
    answer = await browser.post("/graphql", json={"query": query, "variables": variables})
    return answer.json(), answer


@pytest_asyncio.fixture
async def browser(parts: Parts) -> AsyncIterator[httpx.AsyncClient]:
    """A browser on our own page, not signed in."""
    transport = httpx.ASGITransport(build(parts, Hub(parts)))
    async with httpx.AsyncClient(transport=transport, base_url=ORIGIN, headers={"origin": ORIGIN}) as client:
        yield client


@pytest_asyncio.fixture
async def login(parts: Parts) -> str:
    """The login of a fresh administrator, Osk."""
    login = new_id()
    await first.create_administrator(parts.graph, SystemClock(), NewAdministrator(login, "Osk", PASSWORD, "Police", "NL"))
    return login


async def test_nobody_is_signed_in_at_first(browser: httpx.AsyncClient) -> None:
    said, _ = await ask(browser, SESSION)
    assert said == {"data": {"session": {"demo": False, "me": None, "demoPeople": []}}}


async def test_signing_in_sets_the_cookie_that_later_requests_are_known_by(browser: httpx.AsyncClient, login: str) -> None:
    said, answer = await ask(browser, SIGN_IN, login=login, password=PASSWORD)
    assert said == {"data": {"signIn": {"name": "Osk"}}}
    assert answer.headers["set-cookie"].partition(";")[2] == " Path=/; HttpOnly; SameSite=Strict"
    me = (await ask(browser, SESSION))[0]["data"]["session"]["me"]
    assert me == {"name": "Osk", "administrator": True, "agency": {"country": "NL", "type": "OTHER"}}


async def test_a_wrong_password_sets_no_cookie_and_repeats_nothing_typed(browser: httpx.AsyncClient, login: str) -> None:
    said, answer = await ask(browser, SIGN_IN, login=login, password="a wrong password")
    assert said["errors"][0]["extensions"] == {"code": "INVALID", "field": "password"}
    assert said["errors"][0]["message"] == service.REFUSED
    assert "set-cookie" not in answer.headers


async def test_the_answers_for_unknown_and_wrong_are_alike_to_the_byte(browser: httpx.AsyncClient, login: str) -> None:
    answers = [(await ask(browser, SIGN_IN, login=one, password="a wrong password"))[1] for one in (login, new_id())]
    assert answers[0].content == answers[1].content
    assert dict(answers[0].headers) == dict(answers[1].headers)


async def test_signing_out_removes_the_cookie_and_the_old_one_opens_nothing(browser: httpx.AsyncClient, login: str) -> None:
    await ask(browser, SIGN_IN, login=login, password=PASSWORD)
    kept = browser.cookies["joinder"]
    _, answer = await ask(browser, "mutation { signOut }")
    browser.cookies.set("joinder", kept, domain="127.0.0.1")
    assert "Max-Age=0" in answer.headers["set-cookie"]
    assert (await ask(browser, SESSION))[0]["data"]["session"]["me"] is None


async def test_agencies_are_for_those_who_are_signed_in(browser: httpx.AsyncClient, login: str) -> None:
    refused, _ = await ask(browser, "{ agencies { name } }")
    await ask(browser, SIGN_IN, login=login, password=PASSWORD)
    said, _ = await ask(browser, "{ agencies { name type } }")
    assert refused["errors"][0]["extensions"]["code"] == "UNAUTHENTICATED"
    assert {"name": "Police", "type": "OTHER"} in said["data"]["agencies"]


async def test_people_are_shown_to_those_who_may_invite_them(world: World) -> None:
    await world.space("Saltmarsh")
    await world.member("Saltmarsh", "Chiara", "lead")
    await world.member("Saltmarsh", "Maarten@NL", "investigator")
    await world.person("Osk", "NL")
    assert await invitable(world, "Chiara") == ["Maarten", "Osk"]
    assert await invitable(world, "Maarten") == Forbidden.code
    assert await invitable(world, "Osk") == NotFound.code


async def invitable(world: World, person: str) -> list[str] | str:
    """Return the names that `person` is shown of the Dutch police, or the code of the refusal."""
    asked = {"space": world.ids["Saltmarsh"], "agency": world.agencies["NL"]}
    result = await schema.execute(PEOPLE, variable_values=asked, context_value=world.ctx(person))
    if result.errors and isinstance(error := result.errors[0].original_error, JoinderError):
        return error.code
    return [row["name"] for row in (result.data or {})["people"]]


MY_SESSIONS = "{ mySessions { id current method } }"
END_SESSION = "mutation($id: ID!) { endSession(id: $id) { id } }"


async def test_one_sees_where_one_is_signed_in_and_ends_it_from_elsewhere(browser: httpx.AsyncClient, login: str) -> None:
    await ask(browser, SIGN_IN, login=login, password=PASSWORD)
    elsewhere = dict(browser.cookies)
    browser.cookies.clear()
    await ask(browser, SIGN_IN, login=login, password=PASSWORD)
    here, there = sorted((await ask(browser, MY_SESSIONS))[0]["data"]["mySessions"], key=lambda each: not each["current"])
    assert (here["current"], there["current"], there["method"]) == (True, False, "PASSWORD")
    said, _ = await ask(browser, END_SESSION, id=there["id"])
    assert [each["id"] for each in said["data"]["endSession"]] == [here["id"]]
    browser.cookies.clear()
    browser.cookies.update(elsewhere)
    assert (await ask(browser, MY_SESSIONS))[0]["errors"][0]["extensions"]["code"] == "UNAUTHENTICATED"


async def test_nobody_ends_a_session_of_somebody_else(browser: httpx.AsyncClient, login: str, parts: Parts) -> None:
    await ask(browser, SIGN_IN, login=login, password=PASSWORD)
    mine = (await ask(browser, MY_SESSIONS))[0]["data"]["mySessions"][0]["id"]
    browser.cookies.clear()
    other = new_id()
    await first.create_administrator(parts.graph, SystemClock(), NewAdministrator(other, "Eve", PASSWORD, "Police", "NL"))
    await ask(browser, SIGN_IN, login=other, password=PASSWORD)
    for one in (mine, "nothing"):
        assert (await ask(browser, END_SESSION, id=one))[0]["errors"][0]["message"] == "There is nothing here that you can open."
