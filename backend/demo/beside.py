"""The two other spaces: the Italian file about grants, and the task force on couriers. Nothing in them is known to JIT Saltmarsh."""

from __future__ import annotations

from itertools import pairwise
from typing import TYPE_CHECKING

from backend.demo.names import Names
from backend.demo.numbers import Numbers
from backend.demo.people import INFORMER, NATIONAL, TASK_FORCE
from backend.demo.telling import Draft, Source, marked

if TYPE_CHECKING:
    import random

GRANTS, COMMITTEE, FERRY_PEOPLE, SAILINGS = 14, 12, 34, 26


def national(dice: random.Random) -> Draft:
    """Tell of the foundation's grants: who asked, who decided, who was paid."""
    d, names, numbers = Draft(NATIONAL), Names(dice), Numbers(dice)
    grants = Source("E-006", "furio", 210, "bis", "A1")
    wire = Source("E-011", "rita", 120, "bis", "B3", "H1")
    d.entity("n-acquaviva", "Organization", grants.at("p.1"), name="Fondazione Acquaviva", jurisdiction="it")
    d.entity("n-region", "PublicBody", grants.at("p.1"), name="Ufficio contributi per il mare", country="it")
    people = [f"n-person-{number}" for number in range(COMMITTEE)]
    for place, key in enumerate(people):
        d.entity(key, "Person", grants.at(f"p.{place + 2}"), name=names.person("it"), nationality="it")
        d.link("Employment", key, "n-region", grants.at(f"p.{place + 2} §1"), role="member of the committee")
    for one, other in pairwise(people):
        d.link(
            "Associate", one, other, wire.at(f"00:{dice.randint(0, 59):02d}:{dice.randint(0, 59):02d}"), relationship="speak by telephone"
        )
    for number in range(GRANTS):
        _grant(d, names, numbers, dice, grants, f"n-firm-{number}")
    d.link(
        "Payment",
        "n-region",
        "n-acquaviva",
        grants.at("p.31"),
        amount="2400000",
        currency="EUR",
        date="2026-02-20",
        purpose="progetto mare",
    )
    d.link("Met", people[0], people[1], wire.at("01:12:09", "E5"), date="2026-01-15")
    return d


def _grant(d: Draft, names: Names, numbers: Numbers, dice: random.Random, grants: Source, key: str) -> None:
    cite = grants.at(f"p.{dice.randint(14, 40)}")
    d.entity(key, "Company", cite, name=names.company("it"), jurisdiction="it", registrationNumber=numbers.company("it"))
    account = d.entity(f"{key}-account", "BankAccount", cite, bankName="Banca Levanto", **numbers.account("it"))
    owner = d.entity(f"{key}-owner", "Person", cite, name=names.person("it"), nationality="it")
    d.link("AccountHolder", key, account, cite)
    d.link("Ownership", owner, key, cite, percentage="100")
    amount, day = f"{dice.randint(20, 180)}000", f"2026-0{dice.randint(1, 9)}-{dice.randint(1, 28):02d}"
    d.link("Payment", "n-acquaviva", account, cite, amount=amount, currency="EUR", date=day, purpose="contributo")


def task_force(dice: random.Random) -> Draft:
    """Tell of the ferries: sailings, those who were on board together, and one who talks."""
    d, names, numbers = Draft(TASK_FORCE), Names(dice), Numbers(dice)
    lists = Source("E-003", "egle", 160, "tf", "A2")
    watch = Source("E-008", "vilma", 75, "tf", "B3")
    dutch = Source("E-015", "maarten", 48, "tf", "B2")
    d.entity("t-ferry", "Vessel", lists.at("p.1"), name="M/S Vakarė", imoNumber=numbers.imo(), type="ferry")
    people = [f"t-person-{number}" for number in range(FERRY_PEOPLE)]
    for place, key in enumerate(people):
        country = "nl" if place % 4 == 0 else "lt"
        d.entity(key, "Person", lists.at(f"row {place + 2}"), name=names.person(country), nationality=country)
        phone = d.entity(
            f"{key}-phone", "Phone", (dutch if country == "nl" else lists).at(f"row {place + 60}"), number=numbers.phone(country)
        )
        d.link("UsesPhone", key, phone, dutch.at(f"row {place + 60}"))
    for number in range(SAILINGS):
        day = f"2026-{number % 9 + 1:02d}-{dice.randint(1, 28):02d}"
        key = d.entity(f"t-trip-{number}", "Trip", lists.at(f"row {number + 200}"), name=f"Sailing of {day}", startDate=day, endDate=day)
        d.link("TripVehicle", key, "t-ferry", lists.at(f"row {number + 200}"))
        for person in dice.sample(people, 5):
            d.link("EventInvolved", person, key, watch.at(f"p.{number + 1}"), role="passenger")
    for one, other in pairwise(people):
        d.link("Call", f"{one}-phone", f"{other}-phone", dutch.at(f"row {dice.randint(200, 900)}"), date="2026-05-04")
    informer = marked(Source("E-021", "egle", 22, "tf", "C3", "H3").at("p.1"), INFORMER)
    d.entity("t-informer", "Person", informer, name="Source Gannet")
    d.link("Associate", "t-informer", people[0], informer, relationship="works with him")
    return d
