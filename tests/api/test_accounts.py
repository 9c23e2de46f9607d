"""Agencies and people as administrators make them, and the code with which a person sets their first password."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING, Any

import pytest

from backend.agencies import service as agencies
from backend.agencies.service import AgencyType, NewAgency
from backend.auth import rules, service
from backend.auth.accounts import service as accounts
from backend.auth.accounts.service import NewPerson, SetUp
from backend.core.clock import FixedClock, SystemClock
from backend.core.errors import Forbidden, Invalid, NotFound
from backend.core.ids import new_id
from graph.queries import accounts as queries
from tests.support.world import World

if TYPE_CHECKING:
    from backend.core.context import Context, Parts

PASSWORD = "correct horse battery"


@pytest.fixture
async def office(parts: Parts) -> World:
    """A deployment with an administrator, Osk, and a clock that the test moves."""
    world = World(replace(parts, clock=FixedClock(SystemClock().now())))
    await world.person("Osk", administrator=True)
    return world


def run_out(world: World) -> None:
    """Let every code that was issued run out."""
    clock = world.parts.clock
    assert isinstance(clock, FixedClock)
    clock.advance(rules.CODE_HOLDS)


async def created(world: World, **said: Any) -> SetUp:
    wanted = NewPerson(f"egle.{new_id()}", "Eglė", "analyst", ["lt"], await world.agency("LT"))
    return await accounts.create_person(world.ctx("Osk"), replace(wanted, **said), new_id())


def nobody(world: World) -> Context:
    """A browser in which nobody is signed in."""
    return replace(world.ctx("Osk"), actor=None, cookies=[])


async def opens(world: World, login: str, password: str = PASSWORD) -> bool:
    try:
        await service.sign_in(nobody(world), login, password)
    except Invalid:
        return False
    return True


# ── people ────────────────────────────────────────────────────────────────────────────────────────────────────────────────────────


async def test_a_person_sets_a_password_with_the_code_and_signs_in(office: World) -> None:
    made = await created(office)
    login = made.account["login"]
    assert not await opens(office, login)
    assert await accounts.set_password(nobody(office), made.code, PASSWORD) == login
    assert await opens(office, login)


async def test_a_code_opens_once_however_it_is_typed(office: World) -> None:
    made = await created(office)
    await accounts.set_password(nobody(office), f" {made.code.replace('-', ' ').lower()} ", PASSWORD)
    with pytest.raises(Invalid) as told:
        await accounts.set_password(nobody(office), made.code, PASSWORD)
    assert (told.value.field, told.value.message) == ("code", accounts.CODE_REFUSED)


async def test_unknown_used_replaced_and_expired_codes_are_told_the_same(office: World) -> None:
    replaced, late = await created(office), await created(office)
    await accounts.issue_code(office.ctx("Osk"), replaced.account["id"], new_id())
    run_out(office)
    told: set[str] = set()
    for code in ("AAAA-AAAA-AAAA-AAAA-AAAA", "", replaced.code, late.code):
        with pytest.raises(Invalid) as refused:
            await accounts.set_password(nobody(office), code, PASSWORD)
        told.add(refused.value.message)
    assert told == {accounts.CODE_REFUSED}


async def test_the_code_of_a_disabled_person_opens_nothing(office: World) -> None:
    made = await created(office)
    await accounts.set_disabled(office.ctx("Osk"), made.account["id"], new_id(), disabled=True)
    with pytest.raises(Invalid):
        await accounts.set_password(nobody(office), made.code, PASSWORD)


async def test_the_same_change_sent_again_shows_the_same_account_and_code(office: World) -> None:
    key, wanted = new_id(), NewPerson(f"egle.{new_id()}", "Eglė", "analyst", [], await office.agency("LT"))
    first = await accounts.create_person(office.ctx("Osk"), wanted, key)
    assert await accounts.create_person(office.ctx("Osk"), wanted, key) == first


async def test_the_code_is_stored_as_a_hash_only(office: World) -> None:
    made = await created(office)
    letters = made.code.replace("-", "")
    stored = await office.parts.graph.read(lambda tx: tx.value("MATCH (c:SetUpCode) RETURN collect(c.id)"))
    assert rules.code_id(made.code) in stored
    assert not {made.code, letters} & set(stored)


async def test_setting_a_password_ends_the_sessions_of_the_old_one(office: World) -> None:
    made = await created(office)
    await accounts.set_password(nobody(office), made.code, PASSWORD)
    browser = nobody(office)
    await service.sign_in(browser, made.account["login"], PASSWORD)
    token = browser.cookies[0].value
    again = await accounts.issue_code(office.ctx("Osk"), made.account["id"], new_id())
    assert await service.actor_of(office.parts, token)
    await accounts.set_password(nobody(office), again.code, "another horse battery")
    assert await service.actor_of(office.parts, token) is None
    assert not await opens(office, made.account["login"])


async def test_a_login_is_taken_once(office: World) -> None:
    made = await created(office)
    with pytest.raises(Invalid) as told:
        await created(office, login=made.account["login"].upper())
    assert told.value.field == "login"


@pytest.mark.parametrize(
    ("field", "value"), [("login", "a b"), ("name", " "), ("function", ""), ("languages", ["lithuanian"]), ("agency", "nothing")]
)
async def test_a_person_who_cannot_be_is_refused_with_the_field(office: World, field: str, value: object) -> None:
    with pytest.raises(Invalid) as told:
        await created(office, **{field: value})
    assert told.value.field == field


async def test_an_account_says_what_an_administrator_must_know(office: World) -> None:
    made = await created(office)
    one = made.account["id"]
    assert (made.account["opened"], made.account["disabled"]) == (False, False)
    await accounts.set_password(nobody(office), made.code, PASSWORD)
    await accounts.update_person(office.ctx("Osk"), one, "Eglė Tamulytė", "senior analyst", ["lt", "en"], new_id())
    row = next(row for row in await accounts.accounts(office.ctx("Osk")) if row["id"] == one)
    assert (row["name"], row["function"], row["languages"]) == ("Eglė Tamulytė", "senior analyst", ["lt", "en"])
    assert (row["opened"], row["set_up_until"]) == (True, None)


async def test_the_last_administrator_is_not_disabled(office: World, monkeypatch: pytest.MonkeyPatch) -> None:
    assert await office.parts.graph.read(lambda tx: queries.other_administrator(tx, new_id()))
    monkeypatch.setattr(queries, "OTHER_ADMINISTRATOR", "MATCH (u:User {administrator: true, id: 'nobody else'}) RETURN count(u) > 0")
    with pytest.raises(Forbidden):
        await accounts.set_disabled(office.ctx("Osk"), office.ids["Osk"], new_id(), disabled=True)


async def test_a_disabled_administrator_administers_nothing(office: World) -> None:
    ctx = office.ctx("Osk")
    await office.person("Other", administrator=True)
    await accounts.set_disabled(office.ctx("Other"), office.ids["Osk"], new_id(), disabled=True)
    with pytest.raises(NotFound):
        await created(office)
    with pytest.raises(NotFound):
        await accounts.accounts(ctx)


# ── agencies ──────────────────────────────────────────────────────────────────────────────────────────────────────────────────────


def police(name: str = "", **said: Any) -> NewAgency:
    return replace(NewAgency(name or f"Police {new_id()}", "NL", AgencyType.POLICE, ["nl"]), **said)


async def test_an_agency_is_created_and_changed(office: World) -> None:
    one = await agencies.create_agency(office.ctx("Osk"), police(), new_id())
    changed = police(country="LT", type=AgencyType.FIU, languages=["lt", "en"])
    assert await agencies.update_agency(office.ctx("Osk"), one, changed, new_id()) == one
    row = next(row for row in await agencies.agencies(office.ctx("Osk")) if row["id"] == one)
    assert row == {"id": one, "name": changed.name, "country": "LT", "type": "fiu", "languages": ["lt", "en"]}


async def test_a_country_has_one_agency_of_a_name(office: World) -> None:
    known, other = police(), police()
    await agencies.create_agency(office.ctx("Osk"), known, new_id())
    one = await agencies.create_agency(office.ctx("Osk"), other, new_id())
    await agencies.update_agency(office.ctx("Osk"), one, other, new_id())
    with pytest.raises(Invalid) as told:
        await agencies.update_agency(office.ctx("Osk"), one, known, new_id())
    assert told.value.field == "name"


@pytest.mark.parametrize("change", [{"name": " "}, {"country": "nl"}, {"country": "QQ"}, {"languages": ["NL"]}])
async def test_an_agency_that_cannot_be_is_refused_with_the_field(office: World, change: dict[str, Any]) -> None:
    with pytest.raises(Invalid) as told:
        await agencies.create_agency(office.ctx("Osk"), replace(police(), **change), new_id())
    assert told.value.field == next(iter(change))
