"""Who administers an agency manages its people, and nobody else exists to them."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING, Any

import orjson
import pytest

from backend.auth import rules
from backend.auth import service as auth
from backend.auth.accounts import service as accounts
from backend.auth.accounts.service import NewPerson
from backend.auth.passwords import hashed
from backend.core.errors import Forbidden, Invalid, JoinderError, NotFound, SecondStep, StepUp
from backend.core.ids import new_id
from backend.teams import service as teams
from graph import access
from graph.outbox import CONTROL
from graph.queries import accounts as queries
from graph.queries import auth as auth_queries
from graph.queries import realtime, tokens
from tests.support.world import World

if TYPE_CHECKING:
    from collections.abc import Awaitable, Callable

    from backend.core.context import Context, Parts

    Change = Callable[[Context, str, str], Awaitable[object]]

CHANGES: dict[str, Change] = {
    "update": lambda ctx, person, key: accounts.update_person(ctx, person, "N", "f", [], key),
    "code": accounts.issue_code,
    "factor": accounts.reset_factor,
    "sessions": accounts.end_everything,
    "disable": lambda ctx, person, key: accounts.set_disabled(ctx, person, key, disabled=True),
    "enable": lambda ctx, person, key: accounts.set_disabled(ctx, person, key, disabled=False),
    "appoint": lambda ctx, person, key: accounts.appoint(ctx, person, key, appointed=True),
    "read": lambda ctx, person, _: accounts.account(ctx, person),
}
QUERIES = {
    "update": ["UPDATE_PERSON"], "code": ["NEW_CODE"], "sessions": ["MANAGED"],
    "disable": ["DISABLE"], "enable": ["MANAGED", "ENABLE"], "read": ["ONE_ACCOUNT"],
}  # fmt: skip
"""By which queries each change asks whether the person is one's own."""
MANAGES = access.manages("me", "own", "u", "g")
HELD_OF = """
MATCH (u:User {id: $id}) RETURN [properties(u), COLLECT { MATCH (u)-[:SETS_UP_BY]->(c) RETURN properties(c) },
  COLLECT { MATCH (u)-[:PROVES_BY]->(f) RETURN properties(f) }, COLLECT { MATCH (x:Session {user: u.id}) RETURN properties(x) }]
"""
FACTOR = """
MATCH (u:User {id: $id})
CREATE (u)-[:PROVES_BY]->(f:SecondFactor {id: $id, sealed: 's', next: '', last_step: 0, codes: [], at: ''}) RETURN f.id
"""


@pytest.fixture
async def offices(parts: Parts) -> World:
    """Two agencies: Anna administers the Dutch one, in which Maarten serves and Root, who administers the deployment; Bruno is Italian."""
    world = World(parts)
    await world.person("Root", "NL", administrator=True)
    await world.person("Anna", "NL", agency_administrator=True)
    await world.person("Maarten", "NL")
    await world.person("Bruno", "IT")
    await world.person("Chiara", "IT", agency_administrator=True)
    for name in ("Root", "Maarten", "Bruno"):
        await parts.graph.write(lambda tx, name=name: tx.value(FACTOR, id=world.ids[name]))
        await auth.open_session(world.ctx(name), world.ids[name], auth.BOTH)
    return world


async def held(world: World, name: str) -> bytes:
    return orjson.dumps(await world.parts.graph.read(lambda tx: tx.value(HELD_OF, id=world.ids[name])), option=orjson.OPT_SORT_KEYS)


async def told(ctx: Context, change: Change, person: str) -> object:
    try:
        await change(ctx, person, new_id())
    except JoinderError as error:
        return type(error), error.message
    return None


async def events(world: World) -> int:
    return await world.parts.graph.read(lambda tx: realtime.clock(tx, CONTROL))


async def names(world: World, who: str) -> list[str]:
    mine = {one: name for name, one in world.ids.items()}
    return sorted(mine[row["id"]] for row in await accounts.accounts(world.ctx(who)) if row["id"] in mine)


# ── whom they see ─────────────────────────────────────────────────────────────────────────────────────────────────────────────────


async def test_they_see_the_people_of_their_own_agency_who_do_not_administer_the_deployment(offices: World) -> None:
    assert await names(offices, "Anna") == ["Anna", "Maarten"]
    assert await names(offices, "Chiara") == ["Bruno", "Chiara"]
    assert await names(offices, "Root") == ["Anna", "Bruno", "Chiara", "Maarten", "Root"]


# ── whom they change ──────────────────────────────────────────────────────────────────────────────────────────────────────────────


@pytest.mark.parametrize("change", [name for name in CHANGES if name not in ("appoint", "factor")])
async def test_what_the_deployments_administrator_does_to_anybody_they_do_to_their_own(offices: World, change: str) -> None:
    for who, person in (("Anna", "Maarten"), ("Chiara", "Bruno"), ("Root", "Maarten"), ("Root", "Bruno")):
        assert await told(offices.ctx(who), CHANGES[change], offices.ids[person]) is None


@pytest.mark.parametrize("change", CHANGES)
@pytest.mark.parametrize("person", ["Bruno", "Root"])
async def test_nobody_else_is_there_for_them(offices: World, change: str, person: str) -> None:
    """Of another agency, or an administrator of the deployment who serves in theirs: told, changed and sent is what is for nobody."""
    before, at = await held(offices, person), await events(offices)
    ctx = offices.ctx("Anna")
    assert await told(ctx, CHANGES[change], offices.ids[person]) == await told(ctx, CHANGES[change], new_id())
    assert await held(offices, person) == before
    assert await events(offices) == at
    assert not ctx.trail.pending


@pytest.mark.parametrize("change", QUERIES)
async def test_it_is_the_query_that_keeps_agencies_apart(offices: World, change: str, monkeypatch: pytest.MonkeyPatch) -> None:
    """Without its predicate the change reaches the other agency: so each query is asked about above, and nothing else stands in for it."""
    for name in QUERIES[change]:
        monkeypatch.setattr(queries, name, getattr(queries, name).replace(MANAGES, "true"))
    if change != "read":
        monkeypatch.setattr(queries, "ONE_ACCOUNT", queries.ONE_ACCOUNT.replace(MANAGES, "true"))
    assert await told(offices.ctx("Anna"), CHANGES[change], offices.ids["Bruno"]) is None


def test_every_query_about_a_person_asks_whether_they_are_ones_own() -> None:
    asking = {name for name, text in vars(queries).items() if name.isupper() and not name.startswith("_") and "$me" in str(text)}
    with_predicate = {name for name in asking if MANAGES in str(vars(queries)[name])}
    assert with_predicate == {one for each in QUERIES.values() for one in each} | {"ACCOUNTS"}
    assert asking - with_predicate == {"ADMINISTERS", "APPOINT", "CREATE_PERSON", "REMOVE_FACTOR"}, "asked about one by one below"


async def test_without_its_predicate_the_list_shows_other_agencies(offices: World, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(queries, "ACCOUNTS", queries.ACCOUNTS.replace(MANAGES, "true"))
    assert "Bruno" in await names(offices, "Anna")


# ── making people ─────────────────────────────────────────────────────────────────────────────────────────────────────────────────


def somebody(world: World, country: str, login: str = "") -> NewPerson:
    return NewPerson(login or new_id(), "New", "officer", ["nl"], world.agencies[country])


async def test_they_make_people_in_their_own_agency_only(offices: World) -> None:
    made = await accounts.create_person(offices.ctx("Anna"), somebody(offices, "NL"), new_id())
    assert made.account["agency"]["id"] == offices.agencies["NL"]
    refused = set[object]()
    for agency in (offices.agencies["IT"], "none"):
        with pytest.raises(Invalid) as error:
            await accounts.create_person(offices.ctx("Anna"), replace(somebody(offices, "NL"), agency=agency), new_id())
        refused.add((error.value.field, error.value.message))
    assert len(refused) == 1


async def test_whether_a_login_is_taken_tells_nothing_of_other_agencies(offices: World) -> None:
    taken = somebody(offices, "IT", f"bruno-{new_id()}")
    await accounts.create_person(offices.ctx("Root"), taken, new_id())
    mine = await accounts.create_person(offices.ctx("Anna"), somebody(offices, "NL", taken.login), new_id())
    assert mine.account["login"] == f"{taken.login}@{offices.agencies['NL'][:6]}"
    with pytest.raises(Invalid):
        await accounts.create_person(offices.ctx("Anna"), somebody(offices, "NL", mine.account["login"]), new_id())


def test_a_login_gets_its_ending_once() -> None:
    assert rules.login_within(" Anna ", "7f3a9c21-x") == "anna@7f3a9c"
    assert rules.login_within("anna@7F3A9C", "7f3a9c21-x") == "anna@7f3a9c"
    assert not rules.login_within(" ", "7f3a9c21-x")


# ── who may, and until when ───────────────────────────────────────────────────────────────────────────────────────────────────────


async def test_they_are_appointed_and_dismissed_by_the_deployments_administrator(offices: World) -> None:
    maarten = offices.ids["Maarten"]
    await accounts.appoint(offices.ctx("Root"), maarten, new_id(), appointed=True)
    assert await names(offices, "Maarten") == ["Anna", "Maarten"]
    await accounts.appoint(offices.ctx("Root"), maarten, new_id(), appointed=False)
    with pytest.raises(NotFound):
        await names(offices, "Maarten")


async def test_a_disabled_one_manages_nobody(offices: World) -> None:
    await accounts.set_disabled(offices.ctx("Root"), offices.ids["Anna"], new_id(), disabled=True)
    with pytest.raises(NotFound):
        await accounts.account(offices.ctx("Anna"), offices.ids["Maarten"])


@pytest.mark.parametrize("change", [name for name in CHANGES if name != "read"])
async def test_every_change_wants_a_strong_sign_in(offices: World, change: str) -> None:
    who = "Root" if change == "appoint" else "Anna"
    ctx = offices.ctx(who)
    weak = replace(ctx, actor=replace(ctx.who, strong_at=""))
    before = await held(offices, "Maarten")
    with pytest.raises(StepUp):
        await CHANGES[change](weak, offices.ids["Maarten"], new_id())
    assert await held(offices, "Maarten") == before


async def test_what_the_deployments_administrator_closed_no_agency_opens(offices: World) -> None:
    maarten, bruno = offices.ids["Maarten"], offices.ids["Bruno"]
    close, reopen = CHANGES["disable"], CHANGES["enable"]
    await close(offices.ctx("Root"), maarten, new_id())
    await close(offices.ctx("Anna"), maarten, new_id())
    with pytest.raises(Forbidden):
        await reopen(offices.ctx("Anna"), maarten, new_id())
    await reopen(offices.ctx("Root"), maarten, new_id())
    for who, change in (("Chiara", close), ("Chiara", reopen), ("Anna", close), ("Anna", reopen)):
        await change(offices.ctx(who), bruno if who == "Chiara" else maarten, new_id())
    assert [row["disabled"] for row in await accounts.accounts(offices.ctx("Anna"))] == [False, False]


async def test_administering_an_agency_shows_no_space(offices: World) -> None:
    """Cell by cell it is in `matrix.yaml`; here the one question that lists."""
    await offices.space("Saltmarsh")
    await offices.member("Saltmarsh", "Maarten", "lead")
    assert await teams.spaces(offices.ctx("Anna")) == []


# ── nobody alone gets in as somebody else ─────────────────────────────────────────────────────────────────────────────────────────

PASSWORD, TAKEN = "correct horse battery", "fresh horse battery"
BIND = "MATCH (u:User {id: $id}) CREATE (u)-[:KNOWN_AS]->(:Identity {id: randomUUID()}) RETURN u.id"
OPEN = "MATCH (u:User {id: $id}) SET u.password = $password RETURN u.id"
NO_FACTOR = "MATCH (f:SecondFactor {id: $id}) DETACH DELETE f RETURN count(*)"


async def opened(world: World, name: str, *, factor: bool) -> str:
    """Somebody who has set a password, with a second factor or without."""
    person = world.ids[name]
    await world.parts.graph.write(lambda tx: tx.value(OPEN, id=person, password=hashed(PASSWORD)))
    if not factor:
        await world.parts.graph.write(lambda tx: tx.value(NO_FACTOR, id=person))
    return person


def nobody(world: World) -> Context:
    return replace(world.ctx("Root"), actor=None, cookies=[])


async def test_who_opened_their_account_without_a_second_factor_gets_no_code_of_their_agency_alone(offices: World) -> None:
    maarten = await opened(offices, "Maarten", factor=False)
    before, at = await held(offices, "Maarten"), await events(offices)
    assert await told(offices.ctx("Anna"), accounts.issue_code, maarten) == (Forbidden, accounts.NOT_ALONE)
    assert (await held(offices, "Maarten"), await events(offices)) == (before, at)
    made = await accounts.issue_code(offices.ctx("Root"), maarten, new_id())
    await accounts.set_password(nobody(offices), made.code, TAKEN)


async def test_whoever_signs_in_at_a_provider_gets_no_code_of_their_agency_alone(offices: World) -> None:
    maarten = offices.ids["Maarten"]
    await offices.parts.graph.write(lambda tx: tx.value(NO_FACTOR, id=maarten))
    await offices.parts.graph.write(lambda tx: tx.value(BIND, id=maarten))
    assert await told(offices.ctx("Anna"), accounts.issue_code, maarten) == (Forbidden, accounts.NOT_ALONE)


async def test_a_code_of_their_agency_sets_a_password_and_the_second_factor_stays_asked_for(offices: World) -> None:
    maarten = await opened(offices, "Maarten", factor=True)
    made = await accounts.issue_code(offices.ctx("Anna"), maarten, new_id())
    assert await told(offices.ctx("Anna"), accounts.reset_factor, maarten) == (Forbidden, accounts.NOT_ALONE)
    login = await accounts.set_password(nobody(offices), made.code, TAKEN)
    with pytest.raises(SecondStep):
        await auth.sign_in(nobody(offices), login, TAKEN)


async def test_a_code_of_their_agency_is_no_way_in_from_a_provider(offices: World) -> None:
    maarten = await opened(offices, "Maarten", factor=True)
    for who, binds in (("Anna", False), ("Root", True)):
        made = await accounts.issue_code(offices.ctx(who), maarten, new_id())
        found = await offices.parts.graph.write(lambda tx, code=made.code: auth_queries.try_code(tx, rules.code_id(code), offices.now))
        assert found
        assert found["binds"] is binds


async def test_a_code_given_before_a_factor_is_reset_opens_nothing_afterwards(offices: World) -> None:
    maarten = await opened(offices, "Maarten", factor=True)
    made = await accounts.issue_code(offices.ctx("Anna"), maarten, new_id())
    await accounts.reset_factor(offices.ctx("Root"), maarten, new_id())
    with pytest.raises(Invalid):
        await accounts.set_password(nobody(offices), made.code, TAKEN)
    assert await told(offices.ctx("Anna"), accounts.issue_code, maarten) == (Forbidden, accounts.NOT_ALONE)


# ── ending everything of a person ─────────────────────────────────────────────────────────────────────────────────────────────────

LIVE = "MATCH (x:Session {user: $id}) WHERE x.ended = false RETURN collect(coalesce(x.name, 'session'))"


async def test_sessions_and_tokens_of_a_person_end_at_once(offices: World, parts: Parts) -> None:
    maarten = offices.ids["Maarten"]
    row: dict[str, Any] = {
        "id": new_id(),
        "user": maarten,
        "name": "a token",
        "writes": True,
        "now": offices.now,
        "ends_at": access.FOREVER,
    }

    await parts.graph.write(lambda tx: tokens.grant(tx, row))
    assert sorted(await parts.graph.read(lambda tx: tx.rows(LIVE, id=maarten))) == ["a token", "session"]
    woken = list[str]()
    parts.wake.listen(woken.append)
    await accounts.end_everything(offices.ctx("Anna"), maarten, new_id())
    assert await parts.graph.read(lambda tx: tx.rows(LIVE, id=maarten)) == []
    assert CONTROL in woken
