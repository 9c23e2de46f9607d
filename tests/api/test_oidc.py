"""Sign-in by an agency's own provider: there and back over HTTP, every odd answer refused, and out when the provider says so."""

from __future__ import annotations

import time
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Any

import httpx
import pytest
import pytest_asyncio
import yaml

from backend.app import build
from backend.auth import service as auth
from backend.auth.accounts import service as accounts
from backend.auth.accounts.service import NewPerson
from backend.auth.oidc import issuers
from backend.auth.rules import code_id
from backend.config import UnsafeSetting
from backend.core.audit_read import stored
from backend.core.context import Context, trail_of
from backend.core.errors import StepUp
from backend.core.ids import new_id
from backend.realtime.hub import Hub
from tests.support.provider import FakeProvider, new_key

if TYPE_CHECKING:
    from collections.abc import AsyncIterator
    from pathlib import Path

    from backend.core.audit_entry import Entry
    from backend.core.context import Parts
    from tests.support.world import World

ORIGIN = "http://127.0.0.1:8400"
ME = "{ session { me { name } } }"


@dataclass
class Door:
    """A server that trusts one provider, a person of its agency with a set-up code, and a browser."""

    parts: Parts
    provider: FakeProvider
    transport: httpx.ASGITransport
    browser: httpx.AsyncClient
    code: str

    async def begin(self, code: str = "", *, strong: bool = False) -> str:
        """Open the provider's button; return the address the browser is sent to."""
        answer = await self.browser.get("/auth/police/start", params={"code": code} | ({"strong": "1"} if strong else {}))
        assert answer.status_code == 303
        return answer.headers["location"]

    async def back(self, said: dict[str, str]) -> str:
        return (await self.browser.get("/auth/police/back", params=said)).headers["location"]

    async def sign_in(self, code: str = "") -> str:
        return await self.back(self.provider.sign_in(await self.begin(code)))

    async def me(self) -> str | None:
        said = (await self.browser.post("/graphql", json={"query": ME})).json()["data"]["session"]["me"]
        return said["name"] if said else None

    @property
    def session(self) -> str:
        """The secret of the session that this browser has now."""
        return self.browser.cookies["joinder"]

    async def log_out(self, token: str) -> int:
        """What the provider sends: no origin, no cookie."""
        async with httpx.AsyncClient(transport=self.transport, base_url=ORIGIN) as provider:
            return (await provider.post("/auth/back-channel/police", data={"logout_token": token})).status_code


def entry(provider: FakeProvider, /, **changed: Any) -> dict[str, Any]:
    return {
        "name": "Police", "slug": "police", "issuer": provider.issuer, "client_id": provider.client_id,
        "client_secret": provider.client_secret,
        "agency": {"country": "IT", "name": "Police of IT"}, "listed": True, "strong": ["gold"], **changed,
    }  # fmt: skip


@pytest_asyncio.fixture
async def door(parts: Parts, world: World, tmp_path: Path) -> AsyncIterator[Door]:
    admin = await world.person("Admin", "IT")
    await parts.graph.write(lambda tx: tx.value("MATCH (u:User {id: $id}) SET u.administrator = true RETURN u.id", id=admin))
    ctx = world.ctx("Admin")
    wanted = NewPerson(login=new_id(), name="Chiara", function="lead", languages=["it"], agency=world.agencies["IT"])
    made = await accounts.create_person(ctx, wanted, new_id())
    with FakeProvider() as provider:
        path = tmp_path / "issuers.yaml"
        path.write_text(yaml.safe_dump([entry(provider)]))
        there = replace(parts, settings=replace(parts.settings, issuers=path))
        transport = httpx.ASGITransport(build(there, Hub(there)))
        async with httpx.AsyncClient(transport=transport, base_url=ORIGIN, headers={"origin": ORIGIN}) as browser:
            yield Door(there, provider, transport, browser, made.code)


async def test_a_set_up_code_binds_the_person_and_later_sign_ins_need_none(door: Door) -> None:
    assert await door.sign_in(door.code) == "/"
    assert await door.me() == "Chiara"
    door.browser.cookies.clear()
    assert await door.me() is None
    assert await door.sign_in() == "/"
    assert await door.me() == "Chiara"


async def test_a_code_that_only_sets_a_password_binds_nobody(door: Door) -> None:
    """Such a one an agency alone gives to somebody whose second factor stays asked for."""
    only = "MATCH (c:SetUpCode {id: $id}) SET c.binds = false RETURN c.id"
    await door.parts.graph.write(lambda tx: tx.value(only, id=code_id(door.code)))
    assert await door.sign_in(door.code) == "/?refused=unknown"
    assert await door.me() is None


async def test_binding_ends_what_was_open_under_the_account(door: Door, world: World) -> None:
    asked = "MATCH (u:User)-[:SETS_UP_BY]->(:SetUpCode {id: $id}) RETURN u.id"
    person = await door.parts.graph.read(lambda tx: tx.value(asked, id=code_id(door.code)))
    ctx = replace(world.ctx("Admin"), actor=None, cookies=[])
    await auth.open_session(ctx, person)
    before = str(ctx.cookies[0].value)
    assert await door.sign_in(door.code) == "/"
    assert await auth.actor_of(door.parts, before) is None
    assert await door.me() == "Chiara"


async def test_somebody_whom_nobody_invited_is_refused(door: Door) -> None:
    assert await door.sign_in() == "/?refused=unknown"
    assert await door.me() is None


async def test_a_code_binds_once(door: Door) -> None:
    await door.sign_in(door.code)
    door.browser.cookies.clear()
    door.provider.subject = "somebody else"
    assert await door.sign_in(door.code) == "/?refused=unknown"


async def test_a_provider_vouches_for_people_of_its_own_agency_only(door: Door, world: World) -> None:
    wanted = NewPerson(login=new_id(), name="Maarten", function="investigator", languages=["nl"], agency=await world.agency("NL"))
    made = await accounts.create_person(world.ctx("Admin"), wanted, new_id())
    assert await door.sign_in(made.code) == "/?refused=unknown"


@pytest.mark.parametrize(
    "changed",
    [
        {"iss": "http://127.0.0.1:1/other"},
        {"aud": "somebody else"},
        {"aud": ["joinder", "other"], "azp": "other"},
        {"nonce": "another"},
        {"nonce": None},
        {"sub": None},
        {"exp": 1_700_000_000},
        {"iat": 4_000_000_000, "nbf": 4_000_000_000},
    ],
    ids=["issuer", "audience", "authorized party", "nonce", "no nonce", "no subject", "over", "not yet"],
)
async def test_a_token_that_does_not_hold_opens_nothing(door: Door, changed: dict[str, Any]) -> None:
    door.provider.extra = changed
    assert await door.sign_in(door.code) == "/?refused=provider"
    assert await door.me() is None


async def test_a_small_difference_of_clocks_is_borne(door: Door) -> None:
    ahead = int(time.time()) + 30
    door.provider.extra = {"iat": ahead, "nbf": ahead}
    assert await door.sign_in(door.code) == "/"


async def test_an_answer_without_the_attempt_or_to_another_one_is_refused(door: Door) -> None:
    said = door.provider.sign_in(await door.begin(door.code))
    assert await door.back({**said, "state": "another"}) == "/?refused=expired"
    assert await door.back(said) == "/?refused=expired"  # the cookie of the attempt is gone


async def test_an_answer_replayed_with_its_cookie_is_refused(door: Door) -> None:
    said = door.provider.sign_in(await door.begin(door.code))
    kept = dict(door.browser.cookies)
    assert await door.back(said) == "/"
    door.browser.cookies.clear()
    door.browser.cookies.update(kept)
    assert await door.back(said) != "/"
    assert await door.me() is None


async def test_an_answer_that_names_another_issuer_is_refused(door: Door) -> None:
    said = door.provider.sign_in(await door.begin(door.code))
    assert await door.back({**said, "iss": "http://127.0.0.1:1/other"}) == "/?refused=provider"


async def test_new_keys_are_asked_for_and_unpublished_ones_do_not_count(door: Door, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("backend.auth.oidc.provider.KEYS_AGAIN_S", 0)
    assert await door.sign_in(door.code) == "/"
    door.provider.rotate()
    assert await door.sign_in() == "/"
    door.provider.signs_with = new_key("first")
    assert await door.sign_in() == "/?refused=provider"


async def test_a_storm_of_foreign_tokens_asks_for_keys_seldom(door: Door) -> None:
    await door.sign_in(door.code)
    before = door.provider.asked_for_keys
    door.provider.signs_with = new_key("first")
    for _ in range(5):
        await door.sign_in()
    assert door.provider.asked_for_keys <= before + 1


async def test_a_strong_sign_in_is_asked_for_and_kept(door: Door) -> None:
    address = await door.begin(door.code, strong=True)
    assert "acr_values=gold" in address
    assert "max_age=0" in address
    door.provider.extra = {"acr": "gold", "amr": ["pwd"]}
    assert await door.back(door.provider.sign_in(address)) == "/confirmed"
    assert await door.me() == "Chiara"


@pytest.mark.parametrize(
    "said", [{"acr": "bronze"}, {"acr": "gold", "auth_time": None}, {"acr": "gold", "auth_time": int(time.time()) - 3600}]
)
async def test_a_strong_sign_in_that_was_none_or_was_made_before_confirms_nothing(door: Door, said: dict[str, Any]) -> None:
    await door.sign_in(door.code)
    before = door.session
    address = await door.begin(strong=True)
    door.provider.extra = said
    assert await door.back(door.provider.sign_in(address)) == "/confirmed?refused=weak"
    assert door.session == before


async def test_somebody_else_confirms_nothing(door: Door, world: World) -> None:
    await door.sign_in(door.code)
    before = door.session
    wanted = NewPerson(login=new_id(), name="Bianca", function="lead", languages=["it"], agency=world.agencies["IT"])
    made = await accounts.create_person(world.ctx("Admin"), wanted, new_id())
    address = await door.begin(made.code, strong=True)
    door.provider.subject, door.provider.extra = "Bianca", {"acr": "gold"}
    assert await door.back(door.provider.sign_in(address)) == "/confirmed?refused=unknown"
    assert (door.session, await door.me()) == (before, "Chiara")


async def test_a_strong_sign_in_ends_the_session_that_asked_for_it(door: Door) -> None:
    await door.sign_in(door.code)
    before = door.session
    address = await door.begin(strong=True)
    door.browser.cookies.delete("joinder")  # as a browser that comes back from another site: SameSite=Strict
    door.provider.extra = {"acr": "gold"}
    assert await door.back(door.provider.sign_in(address)) == "/confirmed"
    assert await auth.actor_of(door.parts, before) is None
    actor = await auth.actor_of(door.parts, door.session)
    assert actor
    assert actor.strong


async def test_a_strong_sign_in_is_as_old_as_the_provider_says(door: Door) -> None:
    door.provider.extra = {"acr": "gold", "auth_time": int(time.time()) - 3600}
    await door.sign_in(door.code)
    actor = await auth.actor_of(door.parts, door.session)
    assert actor
    with pytest.raises(StepUp):
        replace(context_of(door), actor=actor).require_strong()


def context_of(door: Door) -> Context:
    return Context(door.parts, None, trail_of(door.parts, None), "TEST-00")


async def test_a_log_out_at_the_provider_ends_its_sessions_here_at_once(door: Door) -> None:
    await door.sign_in(door.code)
    assert await door.log_out(door.provider.logout_token()) == 200
    assert await door.me() is None


@pytest.mark.parametrize(
    "changed",
    [{"aud": "other"}, {"iss": "other"}, {"events": {}}, {"nonce": "x"}, {"sid": None, "sub": None}, {"jti": None}, {"iat": 1, "exp": 2}],
)
async def test_a_false_log_out_ends_nothing(door: Door, changed: dict[str, Any]) -> None:
    await door.sign_in(door.code)
    assert await door.log_out(door.provider.logout_token(**changed)) == 400
    assert await door.me() == "Chiara"


async def test_a_log_out_is_taken_once(door: Door) -> None:
    token = door.provider.logout_token()
    assert (await door.log_out(token), await door.log_out(token)) == (200, 400)


async def test_a_disabled_account_opens_nothing(door: Door, world: World) -> None:
    await door.sign_in(door.code)
    person = (await door.browser.post("/graphql", json={"query": "{ session { me { id } } }"})).json()["data"]["session"]["me"]["id"]
    await accounts.set_disabled(world.ctx("Admin"), person, disabled=True, key=new_id())
    assert await door.sign_in() == "/?refused=unknown"


async def test_a_provider_that_does_not_answer_is_told_and_not_a_fault(door: Door) -> None:
    door.provider.metadata = {"issuer": "http://127.0.0.1:1/another"}
    answer = await door.browser.get("/auth/police/start")
    assert answer.headers["location"] == "/?refused=provider"


async def test_sign_in_refusal_and_log_out_leave_a_line(door: Door) -> None:
    before = entries(door)
    await door.sign_in()
    await door.sign_in(door.code)
    await door.log_out(door.provider.logout_token(sub=door.provider.subject, sid=door.provider.sid))
    # The log is shared: late lines of other tests may stand anywhere in it.
    ours = [one for one in entries(door) if one not in before and one.name.startswith("sign")]
    (person,) = {one.person for one in ours if one.person}
    told = [(one.name, one.person, one.ids, len(one.events)) for one in ours]
    assert told == [("signIn.refused", None, (), 0), ("signIn", person, (person,), 2), ("signOut", None, (), 1)]


def entries(door: Door) -> list[Entry]:
    return [one.entry for one in stored(door.parts.audit.folder) if one.entry]


async def test_the_sign_in_page_offers_what_is_listed(door: Door) -> None:
    assert (await door.browser.get("/auth/issuers")).json() == [{"slug": "police", "name": "Police"}]
    assert (await door.browser.get("/auth/nobody/start")).status_code == 404


@pytest.mark.parametrize(
    ("changed", "text"),
    [
        ({"issuer": ""}, "has no issuer"),
        ({"client_id": ""}, "has no client_id"),
        ({"agency": {"country": "IT"}}, "agency needs a country and a name"),
        ({"issuer": "http://id.example/realm"}, "reached by https"),
        ({"client_secret": ""}, "neither client_secret nor"),
        ({"slug": "Police!"}, "small letters"),
    ],
)
def test_an_issuer_that_cannot_be_trusted_stops_the_start(tmp_path: Path, changed: dict[str, Any], text: str) -> None:
    path = tmp_path / "issuers.yaml"
    with FakeProvider() as provider:
        path.write_text(yaml.safe_dump([entry(provider, **changed)]))
    with pytest.raises(UnsafeSetting, match=text):
        issuers.read(path)


def test_a_secret_that_others_can_read_is_refused(tmp_path: Path) -> None:
    (tmp_path / "police.secret").write_text("secret")
    (tmp_path / "police.secret").chmod(0o644)
    path = tmp_path / "issuers.yaml"
    with FakeProvider() as provider:
        path.write_text(yaml.safe_dump([entry(provider, client_secret="", client_secret_file="police.secret")]))
    with pytest.raises(UnsafeSetting, match="chmod 600"):
        issuers.read(path)


async def test_what_the_provider_said_is_kept_with_the_session(door: Door) -> None:
    door.provider.extra = {"acr": "gold", "amr": ["pwd", "otp"]}
    await door.sign_in(door.code)
    token = next(iter(value for name, value in door.browser.cookies.items() if name == "joinder"))
    query = "MATCH (x:Session {id: $id}) RETURN [x.method, x.strong, x.acr, x.amr, x.sid]"
    kept = await door.parts.graph.read(lambda tx: tx.value(query, id=auth.session_id(token)))
    assert kept == ["oidc", True, "gold", ["pwd", "otp"], door.provider.sid]
