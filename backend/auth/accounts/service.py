"""Local accounts: the first administrator, and the people whom administrators make, disable and enable."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from backend.agencies import rules as agency_rules
from backend.agencies.service import AgencyType, administer, require_administrator
from backend.auth import passwords, rules
from backend.core.audit import doing
from backend.core.errors import Forbidden, Invalid, NotFound
from backend.core.ids import new_id
from graph import access, outbox
from graph.driver import DuplicateKey
from graph.outbox import CONTROL, Change
from graph.queries import agencies as agency_queries
from graph.queries import auth as queries
from graph.queries import factors as factor_queries
from graph.records import stamp

if TYPE_CHECKING:
    from backend.core.audit import Trail
    from backend.core.clock import Clock
    from backend.core.context import Context
    from graph.driver import Graph, Tx

LAST = "Somebody must be able to administer this deployment. Make another administrator first, on the server: joinder admin create."
CODE_REFUSED = (
    "This code opens nothing, or no longer. If you have set your password, sign in. Otherwise ask your administrator for a new code."
)


@dataclass(frozen=True, slots=True)
class NewAdministrator:
    """Who is to administer. The agency is found by country and name, or created."""

    login: str
    name: str
    password: str
    agency: str
    country: str
    agency_type: AgencyType = AgencyType.OTHER

    def checked(self) -> NewAdministrator:
        """Return this, or raise `Invalid` with the field that is wrong."""
        rules.checked_login(self.login)
        rules.check_password(self.password)
        agency_rules.country(self.country)
        agency_rules.name(self.name)
        agency_rules.name(self.agency, "agency")
        return self


async def create_administrator(graph: Graph, clock: Clock, wanted: NewAdministrator, trail: Trail | None = None) -> str:
    """Create an administrator's account and return its id; the command line calls this, with the trail that tells of it.

    Raises `Invalid` for what cannot be an account and for a login that is taken. Hashes the password (about 0.1 s) on this thread.
    """
    wanted.checked()
    one, agency, now, login = new_id(), new_id(), stamp(clock.now()), rules.login_of(wanted.login)
    row = {
        "id": one, "login": login, "name": wanted.name.strip(), "function": "Administrator", "languages": ["en"],
        "password": passwords.hashed(wanted.password), "disabled": False, "administrator": True, "failures": 0,
    }  # fmt: skip
    events: list[str] = []

    async def work(tx: Tx) -> None:
        holder = await queries.holder(tx, login)
        if holder == one:
            return
        if holder:
            raise Invalid("Another account has this login.", "login")
        await agency_queries.create_person(tx, await _agency(tx, wanted, agency), row)
        events[:] = await outbox.append(tx, CONTROL, one, now, [Change("person", "created", one)])

    try:
        await graph.write(work)
    except DuplicateKey as error:
        raise Invalid("Another account has this login.", "login") from error
    if trail:
        with doing("admin.create"):
            trail.changed(None, one, events)
        await trail.flush()
    return one


async def _agency(tx: Tx, wanted: NewAdministrator, one: str) -> str:
    name = wanted.agency.strip()
    for row in await agency_queries.agencies(tx):
        if (row["country"], row["name"]) == (wanted.country, name):
            return row["id"]
    row = {"id": one, "name": name, "country": wanted.country, "type": wanted.agency_type.value, "languages": ["en"]}
    await agency_queries.create_agency(tx, row)
    return one


# ── people, as administrators see and change them ─────────────────────────────────────────────────────────────────────────────────


@dataclass(frozen=True, slots=True)
class NewPerson:
    """Somebody who is to sign in."""

    login: str
    name: str
    function: str
    languages: list[str]
    agency: str


@dataclass(frozen=True, slots=True)
class SetUp:
    """A one-time code, and the account that it opens."""

    account: dict[str, Any]
    code: str


async def accounts(ctx: Context) -> list[dict[str, Any]]:
    """Return every account, by agency and name; for administrators."""

    async def work(tx: Tx) -> list[dict[str, Any]]:
        await require_administrator(tx, ctx)
        return await queries.accounts(tx, ctx.now)

    rows = await ctx.graph.read(work)
    ctx.trail.saw(None, [row["id"] for row in rows])
    return rows


async def account(ctx: Context, person: str) -> dict[str, Any]:
    """Return one account; for administrators."""

    async def work(tx: Tx) -> dict[str, Any]:
        await require_administrator(tx, ctx)
        found = await queries.accounts(tx, ctx.now, person)
        if not found:
            raise NotFound
        return found[0]

    row = await ctx.graph.read(work)
    ctx.trail.saw(None, [person])
    return row


async def create_person(ctx: Context, wanted: NewPerson, key: str) -> SetUp:
    """Create an account that opens with the code returned; the code is shown this once and stored as its hash."""
    row = {"login": rules.checked_login(wanted.login), **_described(wanted.name, wanted.function, wanted.languages)}

    async def work(tx: Tx) -> tuple[str, list[Change]]:
        if await queries.holder(tx, row["login"]):
            raise Invalid("Another account has this login.", "login")
        person = new_id()
        fresh = {"id": person, **row, "password": "", "disabled": False, "administrator": False, "failures": 0}
        if not await agency_queries.create_person(tx, wanted.agency, fresh):
            raise Invalid("Choose the agency that the person serves in.", "agency")
        await _give_code(tx, ctx, person, key)
        return person, [Change("person", "created", person)]

    return await _shown(ctx, await administer(ctx, key, work), key)


async def update_person(ctx: Context, person: str, name: str, function: str, languages: list[str], key: str) -> str:
    """Change how a person is called and what they do. Their agency stays: what they entered belongs to it."""
    row = _described(name, function, languages)

    async def work(tx: Tx) -> tuple[str, list[Change]]:
        if not await queries.update_person(tx, person, row):
            raise NotFound
        return person, [Change("person", "changed", person)]

    return await administer(ctx, key, work)


def _described(name: str, function: str, languages: list[str]) -> dict[str, Any]:
    said = {"name": agency_rules.name(name), "function": agency_rules.name(function, "function")}
    return {**said, "languages": agency_rules.languages(languages)}


async def issue_code(ctx: Context, person: str, key: str) -> SetUp:
    """Give a person a new set-up code; earlier ones open nothing any more, and the password stays until the code is used."""

    async def work(tx: Tx) -> tuple[str, list[Change]]:
        await _give_code(tx, ctx, person, key)
        return person, [Change("person", "invited", person)]

    return await _shown(ctx, await administer(ctx, key, work), key)


async def _give_code(tx: Tx, ctx: Context, person: str, key: str) -> None:
    code = rules.set_up_code(ctx.parts.secret, ctx.who.user, key)
    until = stamp(ctx.parts.clock.now() + rules.CODE_HOLDS)
    if not await queries.new_code(tx, person, rules.code_id(code), until):
        raise NotFound


async def _shown(ctx: Context, person: str, key: str) -> SetUp:
    return SetUp(await account(ctx, person), rules.set_up_code(ctx.parts.secret, ctx.who.user, key))


async def set_password(ctx: Context, code: str, password: str) -> str:
    """Set the password of the person who was given the code, and end their sessions; return their login.

    One text refuses a code that was never issued, was used, was replaced or ran out.
    """
    rules.check_password(password)
    now, one = ctx.now, rules.code_id(code)
    found = await ctx.graph.write(lambda tx: queries.try_code(tx, one, now))
    passwords.require_room()
    stored = await passwords.hashed_aside(password) if found else ""

    async def work(tx: Tx) -> tuple[dict[str, Any], list[str]] | None:
        person = await queries.try_code(tx, one, now)
        if person is None:
            return None
        await queries.use_code(tx, one, stored)
        ended = await queries.end_sessions(tx, person["id"])
        changes = [*(Change("session", "ended", each) for each in ended), Change("person", "opened", person["id"])]
        return person, await outbox.append(tx, CONTROL, person["id"], now, changes)

    done = await ctx.graph.write(work) if found else None
    if done is None:
        with doing("setPassword.refused"):
            ctx.trail.changed(None, [])
        raise Invalid(CODE_REFUSED, "code")
    person, events = done
    ctx.parts.wake(CONTROL)
    ctx.trail.is_by(person["id"])
    ctx.trail.changed(None, person["id"], events)
    return person["login"]


async def reset_factor(ctx: Context, person: str, key: str) -> str:
    """Take the second factor of a person away, who lost it, and end their sessions; they set up another one after their next sign-in."""

    async def work(tx: Tx) -> tuple[str, list[Change]]:
        if not await factor_queries.remove(tx, person):
            raise NotFound
        ended = await queries.end_sessions(tx, person)
        return person, [*(Change("session", "ended", each) for each in ended), Change("person", "unsecured", person)]

    return await administer(ctx, key, work)


# ── disabled and enabled ──────────────────────────────────────────────────────────────────────────────────────────────────────────


async def set_disabled(ctx: Context, person: str, key: str, *, disabled: bool) -> str:
    """Disable an account (its sessions and sockets end at once, it sees nothing any more) or enable it; return its id."""
    spaces: list[str] = []

    async def work(tx: Tx) -> tuple[str, list[Change]]:
        if disabled and not await queries.other_administrator(tx, person):
            raise Forbidden(LAST)
        if not await queries.set_disabled(tx, person, disabled=disabled):
            raise NotFound
        ended = await queries.end_sessions(tx, person) if disabled else []
        spaces[:] = await queries.spaces_of(tx, person)
        for space in spaces:
            await access.changed(tx, space)
        return person, [
            *(Change("session", "ended", one) for one in ended),
            Change("person", "disabled" if disabled else "enabled", person),
        ]

    done = await administer(ctx, key, work)
    for space in spaces:
        ctx.parts.wake(space)
    return done
