"""The first administrator of a deployment, whom somebody makes at the server itself."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from backend.agencies import rules as agency_rules
from backend.agencies.service import AgencyType
from backend.auth import passwords, rules
from backend.auth.strength import require_unguessable
from backend.core.audit import doing
from backend.core.errors import Invalid
from backend.core.ids import new_id
from graph import outbox
from graph.driver import DuplicateKey
from graph.outbox import CONTROL, Change
from graph.queries import agencies as agency_queries
from graph.queries import auth as queries
from graph.records import stamp

if TYPE_CHECKING:
    from backend.core.audit import Trail
    from backend.core.clock import Clock
    from graph.driver import Graph, Tx


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
        require_unguessable(self.password, [self.login, self.name, self.agency])
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
