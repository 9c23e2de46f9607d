"""Local accounts: the people whom administrators make, disable and enable.

Who administers the deployment manages everybody; who administers an agency manages its people, asked in each query itself
(`graph.access.manages`), and to them nobody else exists.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from backend.agencies import rules as agency_rules
from backend.agencies.service import administer
from backend.auth import passwords, rules
from backend.core.audit import doing
from backend.core.errors import Forbidden, Invalid, NotFound
from backend.core.ids import new_id
from graph import access, outbox
from graph.outbox import CONTROL, Change
from graph.queries import accounts as queries
from graph.queries import agencies as agency_queries
from graph.queries import auth as auth_queries
from graph.records import stamp

if TYPE_CHECKING:
    from collections.abc import Awaitable, Callable

    from backend.core.context import Context
    from graph.driver import Tx

LAST = "Somebody must be able to administer this deployment. Make another administrator first, on the server: joinder admin create."
NOT_ALONE = (
    "Whoever set this account up anew alone could use it in the person's place. An administrator of this deployment does this; "
    "who is signed in changes their password themselves."
)
BARRED = "An administrator of this deployment closed this account, and only they open it again."
CODE_REFUSED = (
    "This code opens nothing, or no longer. If you have set your password, sign in. Otherwise ask your administrator for a new code."
)


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


async def require_manager(tx: Tx, ctx: Context) -> None:
    """Pass for who administers this deployment or their agency, asked in the same transaction; for anybody else there is nothing here."""
    if not await queries.administers(tx, ctx.who.user):
        raise NotFound


async def accounts(ctx: Context) -> list[dict[str, Any]]:
    """Return the accounts that the person who asks manages, by agency and name; for administrators."""

    async def work(tx: Tx) -> list[dict[str, Any]]:
        await require_manager(tx, ctx)
        return await queries.accounts(tx, ctx.who.user, ctx.now)

    rows = await ctx.graph.read(work)
    ctx.trail.saw(None, [row["id"] for row in rows])
    return rows


async def account(ctx: Context, person: str) -> dict[str, Any]:
    """Return one account; for administrators."""

    async def work(tx: Tx) -> dict[str, Any]:
        found = await queries.accounts(tx, ctx.who.user, ctx.now, person)
        if not found:
            raise NotFound
        return found[0]

    row = await ctx.graph.read(work)
    ctx.trail.saw(None, [person])
    return row


async def create_person(ctx: Context, wanted: NewPerson, key: str) -> SetUp:
    """Create an account that opens with the code returned; the code is shown this once and stored as its hash.

    A login that an agency gives ends as all of that agency do: whether one is taken tells it of nobody else's people.
    """
    row = _described(wanted.name, wanted.function, wanted.languages)

    async def work(tx: Tx) -> tuple[str, list[Change]]:
        everywhere, person = await agency_queries.is_administrator(tx, ctx.who.user), new_id()
        login = rules.checked_login(wanted.login if everywhere else rules.login_within(wanted.login, ctx.who.agency))
        if await auth_queries.holder(tx, login):
            raise Invalid("Another account has this login.", "login")
        fresh = {"id": person, "login": login, **row, "password": "", "disabled": False, "administrator": False, "failures": 0}
        if not await queries.create_person(tx, ctx.who.user, wanted.agency, fresh):
            raise Invalid("Choose the agency that the person serves in.", "agency")
        await _give_code(tx, ctx, person, key)
        return person, [Change("person", "created", person)]

    return await _shown(ctx, await _manage(ctx, key, work), key)


async def _manage(ctx: Context, key: str, work: Callable[[Tx], Awaitable[tuple[str, list[Change]]]]) -> str:
    return await administer(ctx, key, work, require_manager)


async def update_person(ctx: Context, person: str, name: str, function: str, languages: list[str], key: str) -> str:
    """Change how a person is called and what they do. Their agency stays: what they entered belongs to it."""
    row = _described(name, function, languages)

    async def work(tx: Tx) -> tuple[str, list[Change]]:
        if not await queries.update_person(tx, ctx.who.user, person, row):
            raise NotFound
        return person, [Change("person", "changed", person)]

    return await _manage(ctx, key, work)


def _described(name: str, function: str, languages: list[str]) -> dict[str, Any]:
    said = {"name": agency_rules.name(name), "function": agency_rules.name(function, "function")}
    return {**said, "languages": agency_rules.languages(languages)}


async def issue_code(ctx: Context, person: str, key: str) -> SetUp:
    """Give a person a new set-up code; earlier ones open nothing any more, and the password stays until the code is used.

    Raises `Forbidden` where an agency's administrator alone could sign in with it as somebody who had opened their account before: only
    where a second factor stays asked for, they may let the password be set anew, and no identity of a provider is bound by that code.
    """

    async def work(tx: Tx) -> tuple[str, list[Change]]:
        await _give_code(tx, ctx, person, key)
        return person, [Change("person", "invited", person)]

    return await _shown(ctx, await _manage(ctx, key, work), key)


async def _give_code(tx: Tx, ctx: Context, person: str, key: str) -> None:
    code = rules.set_up_code(ctx.parts.secret, ctx.who.user, key)
    until = stamp(ctx.parts.clock.now() + rules.CODE_HOLDS)
    if not await queries.new_code(tx, ctx.who.user, person, rules.code_id(code), until):
        raise await _not_alone(tx, ctx, person)


async def _not_alone(tx: Tx, ctx: Context, person: str) -> Exception:
    return Forbidden(NOT_ALONE) if await queries.manages(tx, ctx.who.user, person) else NotFound()


async def _shown(ctx: Context, person: str, key: str) -> SetUp:
    return SetUp(await account(ctx, person), rules.set_up_code(ctx.parts.secret, ctx.who.user, key))


async def set_password(ctx: Context, code: str, password: str) -> str:
    """Set the password of the person who was given the code, and end their sessions; return their login.

    One text refuses a code that was never issued, was used, was replaced or ran out.
    """
    rules.check_password(password)
    now, one = ctx.now, rules.code_id(code)
    found = await ctx.graph.write(lambda tx: auth_queries.try_code(tx, one, now))
    passwords.require_room()
    stored = await passwords.chosen(password, [found["login"], found["name"], found["agency"]]) if found else ""

    async def work(tx: Tx) -> tuple[dict[str, Any], list[str]] | None:
        person = await auth_queries.try_code(tx, one, now)
        if person is None:
            return None
        await auth_queries.use_code(tx, one, stored)
        ended = await auth_queries.end_sessions(tx, person["id"])
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
    """Take the second factor of a person away, who lost it, and end their sessions; they set up another one after their next sign-in.

    For administrators of the deployment: an agency's could otherwise give a code and get in with it. A code given before opens nothing.
    """

    async def work(tx: Tx) -> tuple[str, list[Change]]:
        if not await agency_queries.is_administrator(tx, ctx.who.user):
            raise await _not_alone(tx, ctx, person)
        if not await queries.remove_factor(tx, ctx.who.user, person):
            raise NotFound
        ended = await auth_queries.end_sessions(tx, person)
        return person, [*(Change("session", "ended", each) for each in ended), Change("person", "unsecured", person)]

    return await _manage(ctx, key, work)


async def end_everything(ctx: Context, person: str, key: str) -> str:
    """End every session and API token of a person, wherever they are; they sign in again."""

    async def work(tx: Tx) -> tuple[str, list[Change]]:
        if not await queries.manages(tx, ctx.who.user, person):
            raise NotFound
        ended = await auth_queries.end_sessions(tx, person)
        return person, [*(Change("session", "ended", each) for each in ended), Change("person", "signed out", person)]

    return await _manage(ctx, key, work)


# ── disabled and enabled, appointed and dismissed ─────────────────────────────────────────────────────────────────────────────────


async def set_disabled(ctx: Context, person: str, key: str, *, disabled: bool) -> str:
    """Disable an account (its sessions and sockets end at once, it sees nothing any more) or enable it; return its id."""
    spaces: list[str] = []

    async def work(tx: Tx) -> tuple[str, list[Change]]:
        ended = await _disable(tx, ctx, person) if disabled else await _enable(tx, ctx, person)
        spaces[:] = await queries.spaces_of(tx, person)
        for space in spaces:
            await access.changed(tx, space)
        return person, [
            *(Change("session", "ended", one) for one in ended),
            Change("person", "disabled" if disabled else "enabled", person),
        ]

    done = await _manage(ctx, key, work)
    for space in spaces:
        ctx.parts.wake(space)
    return done


async def _disable(tx: Tx, ctx: Context, person: str) -> list[str]:
    if not await queries.other_administrator(tx, person):
        raise Forbidden(LAST)
    if not await queries.disable(tx, ctx.who.user, person):
        raise NotFound
    return await auth_queries.end_sessions(tx, person)


async def _enable(tx: Tx, ctx: Context, person: str) -> list[str]:
    if not await queries.manages(tx, ctx.who.user, person):
        raise NotFound
    if not await queries.enable(tx, ctx.who.user, person):
        raise Forbidden(BARRED)
    return []


async def appoint(ctx: Context, person: str, key: str, *, appointed: bool) -> str:
    """Let a person administer the agency that they serve in, or no longer; for administrators of the deployment."""

    async def work(tx: Tx) -> tuple[str, list[Change]]:
        if not await queries.appoint(tx, ctx.who.user, person, appointed=appointed):
            raise NotFound
        return person, [Change("person", "appointed" if appointed else "dismissed", person)]

    return await administer(ctx, key, work)
