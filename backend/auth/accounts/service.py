"""Local accounts: the first administrator, and accounts disabled and enabled."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from backend.agencies.service import AgencyType
from backend.auth import passwords, rules
from backend.core.errors import Invalid, NotFound
from backend.core.ids import new_id
from graph import access, outbox
from graph.driver import DuplicateKey
from graph.outbox import CONTROL, Change
from graph.queries import agencies as agency_queries
from graph.queries import auth as queries
from graph.records import stamp

if TYPE_CHECKING:
    from backend.core.clock import Clock
    from backend.core.context import Parts
    from graph.driver import Graph, Tx

COUNTRY_LETTERS = 2


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
        login = rules.login_of(self.login)
        if not login or len(login) > rules.LONGEST_LOGIN or any(letter.isspace() for letter in login):
            raise Invalid(f"A login has 1 to {rules.LONGEST_LOGIN} characters and no spaces.", "login")
        if not rules.SHORTEST_PASSWORD <= len(self.password) <= rules.LONGEST_PASSWORD:
            raise Invalid(f"A password has {rules.SHORTEST_PASSWORD} to {rules.LONGEST_PASSWORD} characters.", "password")
        if len(self.country) != COUNTRY_LETTERS or not (self.country.isascii() and self.country.isalpha() and self.country.isupper()):
            raise Invalid("A country is given as its two capital letters, such as IT.", "country")
        if not self.name.strip() or not self.agency.strip():
            raise Invalid("An administrator has a name and an agency.", "agency" if self.name.strip() else "name")
        return self


async def create_administrator(graph: Graph, clock: Clock, wanted: NewAdministrator) -> str:
    """Create an administrator's account and return its id; the command line calls this.

    Raises `Invalid` for what cannot be an account and for a login that is taken. Hashes the password (about 0.1 s) on this thread.
    """
    wanted.checked()
    one, agency, now, login = new_id(), new_id(), stamp(clock.now()), rules.login_of(wanted.login)
    row = {
        "id": one, "login": login, "name": wanted.name.strip(), "function": "Administrator", "languages": ["en"],
        "password": passwords.hashed(wanted.password), "disabled": False, "administrator": True, "failures": 0,
    }  # fmt: skip

    async def work(tx: Tx) -> None:
        holder = await queries.holder(tx, login)
        if holder == one:
            return
        if holder:
            raise Invalid("Another account has this login.", "login")
        await agency_queries.create_person(tx, await _agency(tx, wanted, agency), row)
        await outbox.append(tx, CONTROL, one, now, [Change("person", "created", one)])

    try:
        await graph.write(work)
    except DuplicateKey as error:
        raise Invalid("Another account has this login.", "login") from error
    return one


async def _agency(tx: Tx, wanted: NewAdministrator, one: str) -> str:
    name = wanted.agency.strip()
    for row in await agency_queries.agencies(tx):
        if (row["country"], row["name"]) == (wanted.country, name):
            return row["id"]
    row = {"id": one, "name": name, "country": wanted.country, "type": wanted.agency_type.value, "languages": ["en"]}
    await agency_queries.create_agency(tx, row)
    return one


async def set_disabled(parts: Parts, user: str, by: str, *, disabled: bool) -> list[str]:
    """Disable an account (its sessions and sockets end at once, it sees nothing any more) or enable it; return the events' ids.

    Raises `NotFound` where there is no such account. Whoever calls this has made sure that `by` may do so.
    """
    now = stamp(parts.clock.now())

    async def work(tx: Tx) -> tuple[list[str], list[str]]:
        if not await queries.set_disabled(tx, user, disabled=disabled):
            raise NotFound
        ended = await queries.end_sessions(tx, user) if disabled else []
        spaces = await queries.spaces_of(tx, user)
        for space in spaces:
            await access.changed(tx, space)
        verb = "disabled" if disabled else "enabled"
        changes = [*(Change("session", "ended", one) for one in ended), Change("person", verb, user)]
        return spaces, await outbox.append(tx, CONTROL, by, now, changes)

    spaces, events = await parts.graph.write(work)
    for space in [*spaces, CONTROL]:
        parts.wake(space)
    return events
