"""API tokens over HTTP: what a script may do with one, and what it may not."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime, timedelta
from typing import TYPE_CHECKING, Any

import httpx
import pytest
import pytest_asyncio

from backend.app import build
from backend.auth import rules
from backend.auth.service import BOTH, actor_of, open_session
from backend.auth.tokens import service
from backend.core.clock import FixedClock
from backend.core.context import Context, trail_of
from backend.core.errors import Conflict, Invalid, NotFound
from backend.core.ids import new_id
from backend.realtime.hub import Hub
from backend.schema import personal
from tests.access.operations import OPERATIONS, M
from tests.support.world import World, team

if TYPE_CHECKING:
    from collections.abc import AsyncIterator

    from backend.core.context import Parts

ORIGIN = "http://127.0.0.1:8400"
CREATE = """mutation($scope: TokenScope!, $endsAt: DateTime!) {
  createToken(name: "nightly figures", scope: $scope, endsAt: $endsAt) { token tokens { id name scope lastUsedAt endsAt } } }"""
REVOKE = "mutation($id: ID!) { revokeToken(id: $id) { id } }"
SPACES = "{ spaces { id name } }"
ADD = """mutation($space: ID!, $case: ID!, $key: String!) { addEntity(space: $space, kind: "Person", key: $key,
  record: {case: $case, sourceTitle: "register", values: [{property: "name", values: ["Ilze Brandt"]}]}) { id } }"""


@pytest_asyncio.fixture
async def world(parts: Parts) -> World:
    """The usual team, with ids of its own."""
    return await team(World(parts))


@pytest_asyncio.fixture
async def client(parts: Parts) -> AsyncIterator[httpx.AsyncClient]:
    """A script: no cookies are sent but those it sets, no Origin."""
    async with httpx.AsyncClient(transport=httpx.ASGITransport(build(parts, Hub(parts))), base_url=ORIGIN) as found:
        yield found


def soon() -> datetime:
    return datetime.now(UTC) + timedelta(days=7)


async def ask(client: httpx.AsyncClient, token: str, query: str, **variables: str) -> tuple[int, dict[str, Any]]:
    answer = await client.post("/graphql", json={"query": query, "variables": variables}, headers={"authorization": f"Bearer {token}"})
    return answer.status_code, answer.json()


def code_of(said: dict[str, Any]) -> str:
    return said["errors"][0]["extensions"]["code"] if "errors" in said else said["code"]


async def test_a_person_makes_one_uses_it_and_revokes_it(client: httpx.AsyncClient, parts: Parts, world: World) -> None:
    context = Context(parts, None, trail_of(parts, None), "TEST-00")
    assert await open_session(context, world.ids["Maarten"], BOTH)
    cookie = {"cookie": f"{context.cookies[0].name}={context.cookies[0].value}", "origin": ORIGIN}
    variables = {"scope": "READ", "endsAt": soon().isoformat()}
    made = (await client.post("/graphql", json={"query": CREATE, "variables": variables}, headers=cookie)).json()["data"]["createToken"]
    (listed,) = made["tokens"]
    assert (listed["name"], listed["scope"], listed["lastUsedAt"]) == ("nightly figures", "READ", None)

    status, said = await ask(client, made["token"], SPACES)
    assert (status, [each["id"] for each in said["data"]["spaces"]]) == (200, [world.ids["Saltmarsh"]])

    body = {"query": REVOKE, "variables": {"id": listed["id"]}}
    assert (await client.post("/graphql", json=body, headers=cookie)).json()["data"]["revokeToken"] == []
    status, said = await ask(client, made["token"], SPACES)
    assert (status, code_of(said)) == (401, "UNAUTHENTICATED")


async def test_a_reading_token_changes_nothing_and_a_writing_one_writes(client: httpx.AsyncClient, world: World) -> None:
    ctx = world.ctx("Maarten")
    reads = await service.create(ctx, "r", writes=False, ends_at=soon())
    writes = await service.create(ctx, "w", writes=True, ends_at=soon())
    key = new_id()
    _, said = await ask(client, reads, ADD, space=world.ids["Saltmarsh"], case=world.ids["NA-1"], key=key)
    assert code_of(said) == "FORBIDDEN"
    _, said = await ask(client, writes, ADD, space=world.ids["Saltmarsh"], case=world.ids["NA-1"], key=key)
    assert said["data"]["addEntity"]["id"]
    answer = await client.put("/imports/nothing/file", content=b"x", headers={"authorization": f"Bearer {reads}"})
    assert (answer.status_code, answer.json()["code"]) == (403, "FORBIDDEN")


def test_what_only_a_person_does_is_named() -> None:
    assert {
        "signIn",
        "createToken",
        "revokeToken",
        "accounts",
        "inviteMember",
        "clearMember",
        "createAgency",
        "amendAgreement",
    } <= personal()


@pytest.mark.parametrize("name", sorted(personal()))
async def test_no_token_does_what_only_a_person_does(client: httpx.AsyncClient, world: World, name: str) -> None:
    token = await service.create(world.ctx("Maarten"), "w", writes=True, ends_at=soon())
    sort, text = OPERATIONS[name]
    _, said = await ask(client, token, ("mutation { " if sort == M else "{ ") + text.replace("$", "x") + " }")
    assert (code_of(said), said["errors"][0]["message"]) == ("FORBIDDEN", "An API token cannot do this. Sign in.")


async def test_only_a_token_opens_a_door_without_origin(client: httpx.AsyncClient, parts: Parts, world: World) -> None:
    context = Context(parts, None, trail_of(parts, None), "TEST-00")
    assert await open_session(context, world.ids["Maarten"])
    session = str(context.cookies[0].value)
    for given in (session, "", "joinder_wrong"):
        status, said = await ask(client, given, SPACES)
        assert (status, code_of(said)) == (401, "UNAUTHENTICATED")
    answer = await client.post("/graphql", json={"query": SPACES}, headers={"authorization": "Basic eDp5", "cookie": f"joinder={session}"})
    assert answer.status_code == 401


async def test_it_outlives_idling_and_ends_at_its_date(parts: Parts, world: World) -> None:
    token = await service.create(world.ctx("Maarten"), "w", writes=True, ends_at=soon())
    for later, holds in ((timedelta(days=6, hours=23), True), (timedelta(days=7, minutes=1), False)):
        at = FixedClock(datetime.now(UTC) + later)
        assert (await actor_of(replace(parts, clock=at), token) is not None) is holds


async def test_the_secret_is_stored_nowhere(parts: Parts, world: World) -> None:
    token = await service.create(world.ctx("Maarten"), "w", writes=True, ends_at=soon())
    (row,) = await service.own_tokens(world.ctx("Maarten"))
    assert token not in str(row)
    assert await service.own_tokens(world.ctx("Eglė")) == []
    with pytest.raises(NotFound):
        await service.revoke(world.ctx("Eglė"), row["id"])
    assert await actor_of(parts, token)


@pytest.mark.parametrize("days", [-1, 0, 91])
async def test_its_end_is_within_ninety_days(world: World, days: int) -> None:
    with pytest.raises(Invalid) as told:
        await service.create(world.ctx("Maarten"), "w", writes=True, ends_at=datetime.now(UTC) + timedelta(days=days))
    assert told.value.field == "endsAt"


async def test_a_person_holds_so_many_and_no_more(world: World) -> None:
    for number in range(service.MOST_TOKENS):
        await service.create(world.ctx("Maarten"), f"t{number}", writes=False, ends_at=soon())
    with pytest.raises(Conflict):
        await service.create(world.ctx("Maarten"), "one more", writes=False, ends_at=soon())


@pytest.mark.parametrize("name", ["", "   ", "x" * (rules.LONGEST_TOKEN_NAME + 1)])
async def test_it_has_a_name(world: World, name: str) -> None:
    with pytest.raises(Invalid) as told:
        await service.create(world.ctx("Maarten"), name, writes=False, ends_at=soon())
    assert told.value.field == "name"
