"""The second factor of a local account: set up, asked for at the door, used once, lost and reset; and what demands a strong sign-in."""

from __future__ import annotations

import asyncio
from dataclasses import replace
from datetime import timedelta
from typing import TYPE_CHECKING

import pytest

from backend.auth import rules as auth_rules
from backend.auth import service
from backend.auth.accounts import service as accounts
from backend.auth.factors import rules
from backend.auth.factors import service as factors
from backend.auth.passwords import hashed
from backend.auth.proofs import service as proofs
from backend.auth.tokens import service as tokens
from backend.cases import service as cases
from backend.core.audit_read import stored
from backend.core.clock import FixedClock, SystemClock
from backend.core.errors import Forbidden, JoinderError, NotFound
from backend.core.ids import new_id
from backend.entities.markings import service as markings
from backend.storage.wrapping import WrapError
from backend.teams import service as teams
from graph.queries import factors as queries
from graph.records import stamp
from tests.support.world import World, team

if TYPE_CHECKING:
    from collections.abc import Awaitable, Callable

    from backend.core.context import Context, Parts
    from graph.driver import Tx

PASSWORD = "correct horse battery"
STORED = hashed(PASSWORD)
STEP = timedelta(seconds=rules.STEP_S)


class Office:
    """A deployment with an administrator and Eglė, who has a local account; the clock moves when the test says."""

    def __init__(self, world: World, clock: FixedClock) -> None:
        self.world, self.clock, self.secret = world, clock, b""

    @property
    def person(self) -> str:
        return self.world.ids["Eglė"]

    def browser(self) -> Context:
        """A browser in which nobody is signed in."""
        return replace(self.world.ctx("Eglė"), actor=None, cookies=[])

    async def sign_in(self, code: str = "", password: str = PASSWORD) -> Context:
        """Sign in; return what the next request of that browser is handed."""
        context = self.browser()
        await service.sign_in(context, self.person, password, code)
        return await self.next(context)

    async def next(self, context: Context) -> Context:
        return replace(context, actor=await service.actor_of(self.world.parts, context.cookies[-1].value), cookies=[])

    async def refusal(self, doing: Awaitable[object]) -> tuple[str, str | None]:
        with pytest.raises(JoinderError) as told:
            await doing
        return told.value.code, getattr(told.value, "field", None)

    def code(self, off: int = 0) -> str:
        return rules.code_at(self.secret, rules.step_of(self.clock.now()) + off)

    async def enrol(self) -> list[str]:
        """Set the app up; return the recovery codes. The code that confirmed is used up: a moment passes."""
        context = await self.sign_in()
        await self.begin(context)
        codes = await proofs.confirm(context, self.code())
        self.clock.advance(STEP)
        return codes

    async def begin(self, context: Context) -> None:
        await proofs.begin(context, PASSWORD)
        found = await self.world.parts.graph.read(lambda tx: queries.factor(tx, self.person))
        assert found
        self.secret = await factors.unseal(self.world.parts, self.person, found["next"])


@pytest.fixture
async def office(parts: Parts) -> Office:
    clock = FixedClock(SystemClock().now())
    world = World(replace(parts, clock=clock))
    await world.person("Osk", administrator=True)
    await world.person("Eglė", "LT", password=STORED)
    return Office(world, clock)


# ── at the door ───────────────────────────────────────────────────────────────────────────────────────────────────────────────────


async def test_without_a_factor_a_password_opens_a_session_that_is_not_strong(office: Office) -> None:
    assert not (await office.sign_in()).who.strong


async def test_once_set_up_the_password_alone_opens_nothing_and_with_a_code_the_session_is_strong(office: Office) -> None:
    await office.enrol()
    assert await office.refusal(office.sign_in()) == ("SECOND_STEP", None)
    assert (await office.sign_in(office.code())).who.strong


async def test_only_who_knows_the_password_learns_of_the_second_step(office: Office) -> None:
    await office.enrol()
    told = [await office.refusal(office.sign_in(code, "a wrong password")) for code in ("", office.code())]
    assert told == [("INVALID", "password")] * 2


async def test_a_code_opens_once(office: Office) -> None:
    await office.enrol()
    code = office.code()
    await office.sign_in(code)
    assert await office.refusal(office.sign_in(code)) == ("INVALID", "code")
    office.clock.advance(STEP)
    assert await office.refusal(office.sign_in(code)) == ("INVALID", "code")
    await office.sign_in(office.code())


async def test_of_two_who_use_a_code_at_once_one_gets_in(office: Office) -> None:
    await office.enrol()
    code = office.code()
    ended = await asyncio.gather(*(office.sign_in(code) for _ in range(2)), return_exceptions=True)
    assert sorted(type(each).__name__ for each in ended) == ["Context", "Invalid"]


async def test_the_code_that_confirmed_the_app_opens_nothing_afterwards(office: Office) -> None:
    await office.enrol()
    assert await office.refusal(office.sign_in(office.code(-1))) == ("INVALID", "code")


async def test_wrong_codes_count_with_wrong_passwords(office: Office) -> None:
    await office.enrol()
    for _ in range(auth_rules.FREE_TRIES - 1):
        await office.refusal(office.sign_in("000000"))
    await office.refusal(office.sign_in(password="a wrong password"))
    assert await office.refusal(office.sign_in(office.code())) == ("INVALID", "password")
    office.clock.advance(auth_rules.FIRST_PAUSE)
    assert (await office.sign_in(office.code())).who.strong


# ── recovery codes ────────────────────────────────────────────────────────────────────────────────────────────────────────────────


async def test_a_recovery_code_opens_once_however_it_is_typed(office: Office) -> None:
    codes = await office.enrol()
    assert (await office.sign_in(codes[0].replace("-", "").lower())).who.strong
    assert await office.refusal(office.sign_in(codes[0])) == ("INVALID", "code")
    await office.sign_in(codes[1])


async def test_what_is_left_is_told_and_new_ones_replace_them(office: Office) -> None:
    codes = await office.enrol()
    context = await office.sign_in(codes[0])
    found = await proofs.own(context)
    assert found
    assert len(found["codes"]) == rules.RECOVERY_CODES - 1
    fresh = await proofs.renew_codes(context)
    assert await office.refusal(office.sign_in(codes[1])) == ("INVALID", "code")
    await office.sign_in(fresh[0])


# ── at rest ───────────────────────────────────────────────────────────────────────────────────────────────────────────────────────


async def test_neither_secret_nor_code_is_stored_as_such_and_a_secret_moved_to_somebody_else_does_not_open(office: Office) -> None:
    codes = await office.enrol()
    found = await office.world.parts.graph.read(lambda tx: queries.factor(tx, office.person))
    assert found
    text = repr(found)
    assert not [
        one for one in (rules.typed_form(office.secret), office.secret.hex(), *codes, *(c.replace("-", "") for c in codes)) if one in text
    ]
    await office.world.person("Eve", "LT", password=STORED)
    eve = office.world.ids["Eve"]

    async def moved(tx: Tx) -> None:
        await queries.begin(tx, eve, "")
        await queries.change(tx, eve, {"sealed": found["sealed"], "codes": []})

    await office.world.parts.graph.write(moved)
    with pytest.raises(WrapError):
        await service.sign_in(office.browser(), eve, PASSWORD, office.code())


# ── another password ──────────────────────────────────────────────────────────────────────────────────────────────────────────────

ANOTHER = "fresh horse battery"


async def test_one_changes_ones_password_and_everything_else_that_was_open_ends(office: Office) -> None:
    here, there = await office.sign_in(), await office.sign_in()
    assert there.actor
    await proofs.change_password(here, PASSWORD, ANOTHER)
    parts = office.world.parts
    assert here.actor
    assert await parts.graph.read(lambda tx: service.session_alive(parts, tx, [here.who.session, there.who.session])) == {here.who.session}
    assert await office.refusal(office.sign_in()) == ("INVALID", "password")
    await office.sign_in(password=ANOTHER)


async def test_a_change_asks_for_the_present_password_and_counts_wrong_ones(office: Office) -> None:
    here = await office.sign_in()
    for _ in range(auth_rules.FREE_TRIES):
        assert await office.refusal(proofs.change_password(here, "a wrong password", ANOTHER)) == ("INVALID", "current")
    assert await office.refusal(proofs.change_password(here, PASSWORD, ANOTHER)) == ("INVALID", "current")


async def test_a_change_asks_for_the_second_factor_where_there_is_one(office: Office) -> None:
    await office.enrol()
    here = await office.sign_in(office.code())
    office.clock.advance(timedelta(hours=1))
    parts = office.world.parts
    later = replace(here, actor=replace(here.who, strong_at=stamp(parts.clock.now() - timedelta(hours=1))))
    assert await office.refusal(proofs.change_password(later, PASSWORD, ANOTHER)) == ("STEP_UP", None)


async def test_a_new_password_is_none_that_others_guess(office: Office) -> None:
    here = await office.sign_in()
    for password in ("short", "password1234", "qwertyuiop12"):
        assert await office.refusal(proofs.change_password(here, PASSWORD, password)) == ("INVALID", "password")
    await office.sign_in()


# ── set up ────────────────────────────────────────────────────────────────────────────────────────────────────────────────────────


async def test_setting_up_asks_for_the_password_again(office: Office) -> None:
    context = await office.sign_in()
    assert await office.refusal(proofs.begin(context, "a wrong password")) == ("INVALID", "password")
    assert await office.refusal(proofs.confirm(context, "000000")) == ("INVALID", "code")


async def test_a_secret_that_was_never_confirmed_asks_nobody_for_anything(office: Office) -> None:
    await office.begin(await office.sign_in())
    await office.sign_in()


async def test_setting_up_ends_the_other_sessions_and_makes_this_one_strong(office: Office) -> None:
    here, there = await office.sign_in(), await office.sign_in()
    await office.begin(here)
    await proofs.confirm(here, office.code())
    alive = await office.world.parts.graph.read(
        lambda tx: service.session_alive(office.world.parts, tx, [here.who.session, there.who.session])
    )
    assert alive == set()
    assert (await office.next(here)).who.strong


async def test_another_app_is_set_up_only_after_a_strong_sign_in_of_a_short_while_ago(office: Office) -> None:
    await office.enrol()
    context = await office.sign_in(office.code())
    office.clock.advance(timedelta(minutes=16))
    assert await office.refusal(proofs.begin(context, PASSWORD)) == ("STEP_UP", None)
    await proofs.step_up(context, office.code())
    await office.begin(await office.next(context))


async def test_a_new_password_by_a_set_up_code_leaves_the_second_factor(office: Office) -> None:
    codes = await office.enrol()
    issued = await accounts.issue_code(office.world.ctx("Osk"), office.person, new_id())
    await accounts.set_password(office.browser(), issued.code, "another horse battery")
    assert await office.refusal(office.sign_in(password="another horse battery")) == ("SECOND_STEP", None)
    assert (await office.sign_in(codes[0], "another horse battery")).who.strong


async def test_an_administrator_resets_a_lost_factor_and_the_sessions_under_it_end(office: Office) -> None:
    await office.enrol()
    context = await office.sign_in(office.code())
    before = {one.entry for one in stored(office.world.parts.audit.folder)}
    admin = office.world.ctx("Osk")
    await accounts.reset_factor(admin, office.person, new_id())
    await admin.trail.flush()
    told = [one.entry for one in stored(office.world.parts.audit.folder) if one.entry and one.entry not in before]
    assert [(one.person, one.ids, len(one.events)) for one in told if one.person == office.world.ids["Osk"]][-1][1:] == (
        (office.person,),
        3,
    )
    assert await office.world.parts.graph.read(lambda tx: service.session_alive(office.world.parts, tx, [context.who.session])) == set()
    await office.sign_in()
    with pytest.raises(NotFound):
        await accounts.reset_factor(admin, office.person, new_id())


# ── what demands it ───────────────────────────────────────────────────────────────────────────────────────────────────────────────


async def test_stepping_up_goes_on_under_a_new_secret_and_is_refused_for_a_wrong_code(office: Office) -> None:
    await office.enrol()
    context = await office.sign_in(office.code())
    office.clock.advance(timedelta(minutes=16))
    assert await office.refusal(proofs.step_up(context, "000000")) == ("INVALID", "code")
    await proofs.step_up(context, office.code())
    fresh = await office.next(context)
    assert fresh.who.session != context.who.session
    fresh.require_strong()


class Weak(World):
    """The same world, whose people proved a second factor at `proven_at`, or never."""

    proven_at = ""

    def ctx(self, person: str) -> Context:
        found = super().ctx(person)
        return replace(found, actor=replace(found.who, strong_at=self.proven_at))


async def released_case(world: World) -> None:
    ctx, space, case = world.ctx("Chiara"), world.ids["Saltmarsh"], world.ids["NA-2"]
    [found] = await cases.cases(ctx, space, case)
    await markings.release_case(ctx, space, case, frozenset({world.ids["Covert"]}), "over", found["version"], new_id())


ACTS: dict[str, Callable[[World], Awaitable[object]]] = {
    "grant": lambda w: teams.clear(
        w.ctx("Chiara"), w.ids["Saltmarsh"], w.memberships["Saltmarsh", "Maarten"], w.ids["Covert"], None, new_id()
    ),
    "release": lambda w: w.release("Saltmarsh", "Marta", "Chiara", "Covert"),
    "release a case": released_case,
    "token": lambda w: tokens.create(w.ctx("Maarten"), "N", writes=False, ends_at=w.parts.clock.now() + timedelta(days=1)),
    "administer": lambda w: accounts.issue_code(w.ctx("Osk"), w.ids["Maarten"], new_id()),
}


@pytest.mark.parametrize("name", ACTS)
async def test_what_grants_or_releases_demands_a_strong_sign_in_of_a_short_while_ago(office: Office, name: str) -> None:
    world = await team(office.world)
    await world.case("Saltmarsh", "NA-2", "Chiara", ["Covert"])
    await world.entity("Saltmarsh", "Marta", "Chiara", "NA-1", markings=["Covert"])
    weak = Weak(world.parts, world.ids, world.memberships, world.agencies, world.of_person)
    for at in ("", stamp(office.clock.now() - timedelta(minutes=16))):
        weak.proven_at = at
        assert await office.refusal(ACTS[name](weak)) == ("STEP_UP", None)
    await ACTS[name](world)


async def test_a_script_never_does_it(office: Office) -> None:
    world = office.world
    ctx = replace(world.ctx("Osk"), actor=replace(world.ctx("Osk").who, writes=True))
    with pytest.raises(Forbidden):
        ctx.require_strong()


async def test_who_may_not_do_it_at_all_is_told_so_and_not_asked_to_step_up(office: Office) -> None:
    world = await team(office.world)
    weak = Weak(world.parts, world.ids, world.memberships, world.agencies, world.of_person)
    assert await office.refusal(accounts.issue_code(weak.ctx("Maarten"), world.ids["Osk"], new_id())) == ("NOT_FOUND", None)
    membership = world.memberships["Saltmarsh", "Eglė"]
    assert (
        await office.refusal(teams.clear(weak.ctx("Maarten"), world.ids["Saltmarsh"], membership, world.ids["Covert"], None, new_id()))
    )[0] == ("FORBIDDEN")
