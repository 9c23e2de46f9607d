"""The wide network is made of cells: a dozen people of one country with their companies, accounts, telephones and cars."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from backend.demo.names import CARS, SHIPS, Names
from backend.demo.numbers import Numbers
from backend.demo.papers import Papers

if TYPE_CHECKING:
    import random

    from backend.demo.telling import Draft

CELLS = {"it": 10, "nl": 8, "lt": 6, "ma": 3}
BANK = {"it": "levanto", "nl": "zoutbank", "lt": "memelis", "ma": "detroit"}
BANK_NAMES = {"levanto": "Banca Levanto", "zoutbank": "Zoutbank", "memelis": "Bankas Mėmelis", "detroit": "Banque du Détroit"}
ABROAD_AT_LEVANTO = 0.52
SECOND_RECORD = 0.12


@dataclass(slots=True)
class Cell:
    """Keys of what belongs to one cell; the first person leads it."""

    name: str
    country: str
    people: list[str] = field(default_factory=list[str])
    firms: list[str] = field(default_factory=list[str])
    accounts: list[str] = field(default_factory=list[str])
    phones: list[str] = field(default_factory=list[str])
    vehicles: list[str] = field(default_factory=list[str])
    places: list[str] = field(default_factory=list[str])


class Telling:
    """What telling the wide network needs: the draft, the dice and everything that draws with them."""

    def __init__(self, d: Draft, dice: random.Random) -> None:
        self.d, self.dice = d, dice
        self.papers, self.names, self.numbers = Papers(d, dice), Names(dice), Numbers(dice)
        self.cells: list[Cell] = []

    def chance(self, share: float) -> bool:
        """Say yes for that share of the times."""
        return self.dice.random() < share

    def day(self, since: int = 0, until: int = 14) -> str:
        """Draw a day between two months counted from September 2025."""
        month = self.dice.randint(since, until) + 8
        return f"{2025 + month // 12}-{month % 12 + 1:02d}-{self.dice.randint(1, 28):02d}"


def tell_cells(t: Telling) -> None:
    """Draw every cell."""
    for key in ("zoutbank", "memelis", "detroit"):
        country = next(one for one, bank in BANK.items() if bank == key)
        t.d.entity(key, "Company", t.papers.cite(country, "register"), name=BANK_NAMES[key], jurisdiction=country, sector="bank")
    for country, count in CELLS.items():
        t.cells += [_cell(t, f"{country}{number}", country) for number in range(count)]
    for number, name in enumerate(SHIPS):
        key = f"ship-{number}"
        t.d.entity(key, "Vessel", t.papers.cite("it", "register"), name=name, imoNumber=t.numbers.imo(), type="general cargo")
        t.d.link("VehicleOwner", t.dice.choice(t.cells[0].firms), key, t.papers.cite("it", "register"))


def _cell(t: Telling, name: str, country: str) -> Cell:
    cell = Cell(name, country)
    for draw, least, most in ((_place, 4, 6), (_person, 14, 21), (_firm, 8, 13), (_account, 9, 13), (_phone, 8, 12), (_vehicle, 2, 4)):
        for number in range(t.dice.randint(least, most)):
            draw(t, cell, f"{name}-{draw.__name__[1:]}-{number}")
    return cell


def _place(t: Telling, cell: Cell, key: str) -> None:
    full, city = t.names.address(cell.country)
    cell.places.append(t.d.entity(key, "Address", t.papers.cite(cell.country, "register"), full=full, city=city, country=cell.country))


def _born(t: Telling) -> str:
    return f"{t.dice.randint(1952, 2003)}-{t.dice.randint(1, 12):02d}-{t.dice.randint(1, 28):02d}"


def _person(t: Telling, cell: Cell, key: str) -> None:
    name, born = t.names.person(cell.country), _born(t)
    t.d.entity(key, "Person", t.papers.cite(cell.country, "register"), name=name, birthDate=born, nationality=cell.country)
    if t.chance(SECOND_RECORD):
        t.d.say(key, t.papers.cite(cell.country, "device"), name=name, passportNumber=t.numbers.passport())
    if t.chance(SECOND_RECORD / 3):
        t.d.say(key, t.papers.cite(cell.country, "intercept"), birthDate=f"{int(born[:4]) + t.dice.choice((-2, -1, 1, 10))}{born[4:]}")
    cell.people.append(key)


def _firm(t: Telling, cell: Cell, key: str) -> None:
    country, name, begun = cell.country, t.names.company(cell.country), f"{t.dice.randint(2009, 2024)}-{t.dice.randint(1, 12):02d}"
    number = t.numbers.company(country)
    cite = t.papers.cite(country, "register")
    t.d.entity(key, "Company", cite, name=name, jurisdiction=country, registrationNumber=number, incorporationDate=begun)
    if t.chance(SECOND_RECORD):
        t.d.say(key, t.papers.cite(country, "statements"), name=name.upper(), registrationNumber=number)
    cell.firms.append(key)


def _account(t: Telling, cell: Cell, key: str) -> None:
    at_levanto = cell.country == "it" or t.chance(ABROAD_AT_LEVANTO)
    country = "it" if at_levanto else cell.country
    bank = BANK[country]
    cite = t.papers.cite(cell.country, "statements")
    t.d.entity(
        key, "BankAccount", cite, bankName=BANK_NAMES[bank], currency="MAD" if country == "ma" else "EUR", **t.numbers.account(country)
    )
    t.d.link("AccountBank", key, bank, cite)
    cell.accounts.append(key)


def _phone(t: Telling, cell: Cell, key: str) -> None:
    number = t.numbers.phone(cell.country)
    cell.phones.append(t.d.entity(key, "Phone", t.papers.cite(cell.country, "calls"), number=number, country=cell.country))


def _vehicle(t: Telling, cell: Cell, key: str) -> None:
    plate, sort = t.numbers.plate(cell.country), t.dice.choice(CARS)
    cite = t.papers.cite(cell.country, "observation")
    cell.vehicles.append(t.d.entity(key, "Vehicle", cite, name=plate, registrationNumber=plate, type=sort, country=cell.country))
