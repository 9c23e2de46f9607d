"""Local accounts and sessions on a real graph."""

from __future__ import annotations

import asyncio
from dataclasses import dataclass, replace
from datetime import timedelta
from typing import TYPE_CHECKING, LiteralString

import pytest

from backend.auth import passwords, rules, service
from backend.auth.accounts import service as accounts
from backend.auth.first import service as first
from backend.auth.first.service import NewAdministrator
from backend.core.clock import FixedClock, SystemClock
from backend.core.context import Context, trail_of
from backend.core.errors import Invalid, NotFound, Unavailable
from backend.core.ids import new_id
from graph import access
from graph.driver import Graph
from graph.outbox import CONTROL
from graph.queries import auth as queries
from graph.records import stamp
from tests.support.world import World

if TYPE_CHECKING:
    from collections.abc import Awaitable, Callable

    from backend.core.actor import Actor
    from backend.core.context import Parts
    from graph.driver import Tx

PASSWORD, WRONG = "correct horse battery", "correct horse batterz"
CONTROL_EVENTS: LiteralString = """
MATCH (e:Event {space: $space}) WHERE e.subject = $subject WITH e ORDER BY e.seq RETURN collect([e.kind, e.verb])
"""


@dataclass
class Door:
    """One account, a clock that the test moves, and a browser that may or may not be signed in."""

    parts: Parts
    clock: FixedClock
    user: str
    login: str

    def ctx(self, actor: Actor | None = None) -> Context:
        return Context(self.parts, actor, trail_of(self.parts, actor), "TEST-00")

    async def disable(self, user: str | None = None, *, disabled: bool = True) -> None:
        """Disable or enable the account, or another one, as another administrator does."""
        world = World(self.parts)
        await world.person("Osk", administrator=True)
        await accounts.set_disabled(world.ctx("Osk"), user or self.user, new_id(), disabled=disabled)

    async def refused(self, login: str, password: str) -> tuple[str, str, str | None]:
        """Try, expect a refusal without a cookie, return all that a person is told."""
        context = self.ctx()
        with pytest.raises(Invalid) as told:
            await service.sign_in(context, login, password)
        assert not context.cookies
        return told.value.code, told.value.message, told.value.field

    async def token(self, actor: Actor | None = None) -> str:
        """Sign in and return the secret that the cookie carries."""
        context = self.ctx(actor)
        await service.sign_in(context, self.login, PASSWORD)
        value = context.cookies[0].value
        assert value
        return value

    async def actor(self, token: str, *, touch: bool = True) -> Actor | None:
        return await service.actor_of(self.parts, token, touch=touch)

    async def alive(self, token: str) -> bool:
        one = service.session_id(token)
        return one in await self.parts.graph.read(lambda tx: service.session_alive(self.parts, tx, [one, "missing"]))

    async def told(self, subject: str) -> list[list[str]]:
        """Return (kind, verb) of what the control stream says of a subject."""
        return await self.parts.graph.read(lambda tx: tx.rows(CONTROL_EVENTS, space=CONTROL, subject=subject))


@pytest.fixture
async def door(parts: Parts) -> Door:
    """A fresh administrator's account in a graph with others."""
    clock, login = FixedClock(SystemClock().now()), f"chiara.{new_id()}"
    mine = replace(parts, clock=clock)
    wanted = NewAdministrator(login, "Chiara Bellandi", PASSWORD, f"Procura {login}", "IT")
    return Door(mine, clock, await first.create_administrator(parts.graph, clock, wanted), login)


async def test_the_right_password_opens_a_session_of_its_person(door: Door) -> None:
    actor = await door.actor(await door.token())
    assert actor
    assert (actor.user, actor.name, actor.administrator) == (door.user, "Chiara Bellandi", True)


async def test_a_login_is_trimmed_and_its_case_does_not_matter(door: Door) -> None:
    me = await service.sign_in(door.ctx(), f"  {door.login.upper()} ", PASSWORD)
    assert me["id"] == door.user


async def test_unknown_wrong_locked_and_disabled_are_told_the_same(door: Door) -> None:
    told = [await door.refused(new_id(), PASSWORD)] + [await door.refused(door.login, WRONG) for _ in range(5)]
    told.append(await door.refused(door.login, PASSWORD))
    door.clock.advance(timedelta(hours=2))
    await door.disable()
    told.append(await door.refused(door.login, PASSWORD))
    assert set(told) == {("INVALID", service.REFUSED, "password")}


@pytest.mark.parametrize("case", ["unknown", "wrong", "locked", "disabled", "no password", "long login"])
async def test_every_refusal_hashes_once_and_writes_once(door: Door, world: World, monkeypatch: pytest.MonkeyPatch, case: str) -> None:
    login = {"unknown": new_id(), "no password": "", "long login": "x" * 10_000}.get(case, door.login)
    if case == "no password":
        login = await world.person("Osk")
    if case == "disabled":
        await door.disable()
    for _ in range(5 if case == "locked" else 0):
        await door.refused(login, WRONG)
    work: list[str] = []
    real_verify, real_write = passwords._hasher.verify, Graph.write  # noqa: SLF001 - what is counted is the hash itself

    class Counting:
        def verify(self, stored: str, password: str) -> bool:
            work.append("hash")
            return real_verify(stored, password)

    async def write(graph: Graph, unit: Callable[[Tx], Awaitable[object]]) -> object:
        work.append("write")
        return await real_write(graph, unit)

    monkeypatch.setattr(passwords, "_hasher", Counting())
    monkeypatch.setattr(Graph, "write", write)
    await door.refused(login, WRONG)
    assert work == ["write", "hash"]


async def test_five_wrong_passwords_lock_and_the_lock_doubles(door: Door) -> None:
    for _ in range(5):
        await door.refused(door.login, WRONG)
    door.clock.advance(timedelta(seconds=29))
    await door.refused(door.login, PASSWORD)
    door.clock.advance(timedelta(seconds=1))
    await door.refused(door.login, WRONG)
    door.clock.advance(timedelta(seconds=59))
    await door.refused(door.login, PASSWORD)
    door.clock.advance(timedelta(seconds=1))
    assert await door.token()


async def test_the_lock_is_in_the_graph_and_success_takes_it_back(door: Door) -> None:
    for _ in range(4):
        await door.refused(door.login, WRONG)
    row = await door.parts.graph.write(lambda tx: queries.try_login(tx, door.login))
    assert row
    assert row["failures"] == 4
    await door.token()
    row = await door.parts.graph.write(lambda tx: queries.try_login(tx, door.login))
    assert row
    assert (row["failures"], row["locked_until"]) == (0, None)


async def test_guesses_sent_at_once_are_each_counted(door: Door, monkeypatch: pytest.MonkeyPatch) -> None:
    async def never(_stored: str | None, _password: str) -> bool:
        return False

    monkeypatch.setattr(passwords, "verify", never)
    async with asyncio.TaskGroup() as group:
        for _ in range(8):
            group.create_task(door.refused(door.login, WRONG))
    row = await door.parts.graph.write(lambda tx: queries.try_login(tx, door.login))
    assert row
    assert row["failures"] == 5
    assert row["locked_until"] == stamp(door.clock.now() + rules.FIRST_PAUSE)


async def test_the_token_is_stored_as_a_hash_only(door: Door) -> None:
    token = await door.token()
    assert len(token) >= 43
    assert not await door.parts.graph.read(lambda tx: queries.session_known(tx, token))
    assert await door.parts.graph.read(lambda tx: queries.session_known(tx, service.session_id(token)))


async def test_a_session_idles_out(door: Door) -> None:
    token = await door.token()
    door.clock.advance(timedelta(seconds=door.parts.settings.session_idle_s - 1))
    assert await door.alive(token)
    door.clock.advance(timedelta(seconds=1))
    assert not await door.alive(token)
    assert await door.actor(token) is None


async def test_use_keeps_a_session_alive_and_sockets_do_not(door: Door) -> None:
    used, watched = await door.token(), await door.token()
    door.clock.advance(timedelta(minutes=20))
    assert await door.actor(used)
    assert await door.actor(watched, touch=False)
    door.clock.advance(timedelta(minutes=20))
    assert await door.actor(used)
    assert await door.actor(watched) is None


async def test_a_session_ends_at_its_limit_however_much_it_is_used(door: Door) -> None:
    token = await door.token()
    for _ in range(47):
        door.clock.advance(timedelta(minutes=10))
        assert await door.actor(token)
    assert await door.alive(token)
    door.clock.advance(timedelta(minutes=10))
    assert await door.actor(token) is None
    assert not await door.alive(token)


async def test_an_open_session_of_a_disabled_account_holds_nothing(door: Door) -> None:
    token = await door.token()
    await door.parts.graph.write(lambda tx: tx.value("MATCH (u:User {id: $id}) SET u.disabled = true RETURN u.id", id=door.user))
    assert await door.actor(token) is None
    assert not await door.alive(token)


async def test_signing_out_ends_the_session_at_once_and_says_so(door: Door) -> None:
    token = await door.token()
    actor, woken = await door.actor(token), list[str]()
    door.parts.wake.listen(woken.append)
    context = door.ctx(actor)
    await service.sign_out(context)
    assert await door.actor(token) is None
    assert (context.cookies[0].value, woken) == (None, [CONTROL])
    assert await door.told(service.session_id(token)) == [["session", "started"], ["session", "ended"]]


async def test_signing_in_again_ends_the_session_that_the_browser_had(door: Door) -> None:
    first = await door.token()
    second = await door.token(await door.actor(first))
    assert await door.actor(first) is None
    assert await door.actor(second)


async def test_all_sessions_of_a_person_end_at_once_but_the_one_kept(door: Door) -> None:
    tokens = [await door.token() for _ in range(3)]
    events = await service.end_sessions(door.parts, door.user, door.user, keep=service.session_id(tokens[1]))
    assert [await door.alive(token) for token in tokens] == [False, True, False]
    assert len(events) == 2


async def test_a_disabled_person_is_out_at_once_and_sees_nothing(door: Door, world: World) -> None:
    token = await door.token()
    await world.space("Saltmarsh")
    world.ids["Chiara"] = door.user
    await world.member("Saltmarsh", "Chiara", "lead")
    space, woken = world.ids["Saltmarsh"], list[str]()
    assert await _role(door, space) == "lead"
    door.parts.wake.listen(woken.append)
    await door.disable()
    assert await door.actor(token) is None
    assert await _role(door, space) is None
    assert set(woken) == {space, CONTROL}
    assert (await door.told(door.user))[-1] == ["person", "disabled"]


async def _role(door: Door, space: str) -> str | None:
    async def work(tx: Tx) -> str | None:
        return (await access.scope(tx, door.user, space, stamp(door.clock.now()), strong=True)).role

    return await door.parts.graph.read(work)


async def test_enabling_an_account_does_not_revive_its_sessions(door: Door) -> None:
    token = await door.token()
    await door.disable()
    await door.disable(disabled=False)
    assert await door.actor(token) is None
    assert await door.token()


async def test_disabling_nobody_is_not_found(door: Door) -> None:
    with pytest.raises(NotFound):
        await door.disable(new_id())


@pytest.mark.parametrize(
    ("field", "change"),
    [("login", {"login": "a b"}), ("password", {"password": "short"}), ("country", {"country": "it"}), ("name", {"name": " "})],
)
async def test_an_account_that_cannot_be_is_refused_with_its_field(door: Door, field: str, change: dict[str, str]) -> None:
    wanted = NewAdministrator(new_id(), "Osk", PASSWORD, "Police", "NL")
    with pytest.raises(Invalid) as told:
        await first.create_administrator(door.parts.graph, door.clock, replace(wanted, **change))
    assert told.value.field == field


async def test_a_login_has_one_account(door: Door) -> None:
    wanted = NewAdministrator(door.login.upper(), "Osk", PASSWORD, "Police", "NL")
    with pytest.raises(Invalid) as told:
        await first.create_administrator(door.parts.graph, door.clock, wanted)
    assert told.value.field == "login"


async def test_a_second_administrator_joins_the_agency_that_exists(door: Door) -> None:
    wanted = NewAdministrator(new_id(), "Osk", PASSWORD, f"Procura {door.login}", "IT")
    osk = await first.create_administrator(door.parts.graph, door.clock, wanted)
    rows = [await door.parts.graph.read(lambda tx, one=one: queries.account(tx, one)) for one in (door.user, osk)]
    assert len({row["agency"]["id"] for row in rows if row}) == 1


async def test_a_crowd_waits_outside_before_a_try_is_counted(door: Door, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(passwords, "_waiting", passwords.MOST_WAITING)
    with pytest.raises(Unavailable):
        await service.sign_in(door.ctx(), door.login, PASSWORD)
    row = await door.parts.graph.write(lambda tx: queries.try_login(tx, door.login))
    assert row
    assert row["failures"] == 0
