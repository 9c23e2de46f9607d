"""Who in a cell owns, runs, holds, uses and lives: links inside a cell, and a few that lead out of it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from backend.demo.names import SHELLS
from backend.demo.people import FININT, NOT_MA
from backend.demo.telling import marked

if TYPE_CHECKING:
    from backend.demo.cells import Cell, Telling

OFFICES = {"it": "it0-place-0", "nl": "nl0-place-0", "lt": "lt0-place-0", "ma": "ma0-place-0"}
AT_THE_OFFICE, JOINT, TENTATIVE, FOREIGN_OWNER = 0.3, 0.12, 0.15, 0.1
MARKED_ACCOUNT, MARKED_OWNER = 0.08, 0.06
CHAINS, LINKS_OF_A_CHAIN = 6, 4


def tell_holdings(t: Telling) -> None:
    """Tie every cell together."""
    for cell in t.cells:
        _companies(t, cell)
        _accounts(t, cell)
        _homes(t, cell)
        _contacts(t, cell)
        _vehicles(t, cell)
        _families(t, cell)
    for number in range(CHAINS):
        _shells(t, number)


def _companies(t: Telling, cell: Cell) -> None:
    nominee = cell.people[0]
    for firm in cell.firms:
        cite = t.papers.cite(cell.country, "register")
        director = nominee if t.chance(AT_THE_OFFICE) else t.dice.choice(cell.people)
        t.d.link("Directorship", director, firm, cite, role=t.dice.choice(("director", "director", "sole director", "proxy holder")))
        owner = t.dice.choice(t.dice.choice(t.cells).people) if t.chance(FOREIGN_OWNER) else t.dice.choice(cell.people)
        share = t.dice.choice(("100", "100", "51", "50", "49", "25"))
        owned = marked(cite, NOT_MA) if cell.country != "ma" and t.chance(MARKED_OWNER) else cite
        t.d.link("Ownership", owner, firm, owned, percentage=share, startDate=t.day(0, 6))
        seat = OFFICES[cell.country] if t.chance(AT_THE_OFFICE) else t.dice.choice(cell.places)
        t.d.link("LocatedAt", firm, seat, cite)
    for person in t.dice.sample(cell.people, 6):
        t.d.link("Employment", person, t.dice.choice(cell.firms), t.papers.cite(cell.country, "register"), role="employee")


def _accounts(t: Telling, cell: Cell) -> None:
    for account in cell.accounts:
        cite = t.papers.cite(cell.country, "statements")
        holder = t.dice.choice(cell.firms) if t.chance(0.6) else t.dice.choice(cell.people)
        hidden = cell.country != "ma" and t.chance(MARKED_ACCOUNT) and cite.by != "vilma"
        t.d.link("AccountHolder", holder, account, marked(cite, FININT) if hidden else cite)
        if t.chance(JOINT):
            t.d.link("UsesAccount", t.dice.choice(cell.people), account, cite, role="signs for the account")


def _homes(t: Telling, cell: Cell) -> None:
    for person in cell.people:
        home = t.d.link("LivesAt", person, t.dice.choice(cell.places), t.papers.cite(cell.country, "register"))
        if t.chance(TENTATIVE):
            t.d.say(home, t.papers.cite(cell.country, "observation"), summary="seen going in and out")


def _contacts(t: Telling, cell: Cell) -> None:
    for place, phone in enumerate(cell.phones):
        person = cell.people[place % len(cell.people)]
        cite = t.papers.cite(cell.country, "source" if t.chance(TENTATIVE) else "calls")
        t.d.link("UsesPhone", person, phone, cite)
    device = t.d.entity(
        f"{cell.name}-device",
        "Device",
        t.papers.cite(cell.country, "device"),
        name=f"Telephone seized, {cell.country.upper()}",
        imei=t.numbers.imei(),
    )
    t.d.link("PhoneInDevice", cell.phones[0], device, t.papers.cite(cell.country, "device"))
    t.d.link("UsesDevice", cell.people[0], device, t.papers.cite(cell.country, "device"))
    for person in t.dice.sample(cell.people, 2):
        name = t.d.said(person, "name")
        key = t.d.entity(f"{person}-mail", "EmailAddress", t.papers.cite(cell.country, "device"), email=t.names.email(cell.country, name))
        t.d.link("UsesEmail", person, key, t.papers.cite(cell.country, "device"))


def _vehicles(t: Telling, cell: Cell) -> None:
    for vehicle in cell.vehicles:
        owner = t.dice.choice((*cell.firms, *cell.people))
        t.d.link("VehicleOwner", owner, vehicle, t.papers.cite(cell.country, "register"))
        for person in t.dice.sample(cell.people, 2):
            t.d.link("UsesVehicle", person, vehicle, t.papers.cite(cell.country, "observation"))


def _families(t: Telling, cell: Cell) -> None:
    for relationship in ("siblings", "spouses", "cousins", "parent and child"):
        one, other = t.dice.sample(cell.people, 2)
        t.d.link("Family", one, other, t.papers.cite(cell.country, "register"), relationship=relationship)
    for _ in range(6):
        one, other = t.dice.sample(cell.people, 2)
        sort = t.dice.choice(("observation", "intercept", "source"))
        t.d.link(
            "Associate", one, other, t.papers.cite(cell.country, sort), relationship=t.dice.choice(("seen together", "friends", "debtor"))
        )


def _shells(t: Telling, number: int) -> None:
    """Tell of a chain of shell companies abroad, from somebody in one cell down to a company and a property in another."""
    cell, other = t.dice.sample([it for it in t.cells if it.country != "ma"], 2)
    above, country = t.dice.choice(cell.people), cell.country
    for step in range(LINKS_OF_A_CHAIN):
        seat = "cy" if step % 2 == 0 else "hr"
        words = ("Holdings Ltd", "d.o.o.") if step < LINKS_OF_A_CHAIN // 2 else ("Nominees Ltd", "Invest d.o.o.")
        name = f"{SHELLS[(number * 2 + step // 2) % len(SHELLS)]} {words[step % 2]}"
        key = f"shell-{number}-{step}"
        cite = t.papers.cite(country, "register")
        t.d.entity(key, "Company", cite, name=name, jurisdiction=seat, registrationNumber=t.numbers.company(seat))
        t.d.link("Ownership", above, key, t.papers.cite(country, "source" if step == 0 else "register"), percentage="100")
        above = key
    t.d.link("Ownership", above, t.dice.choice(other.firms), t.papers.cite(other.country, "register"), percentage="75")
