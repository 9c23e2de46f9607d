"""What happened: payments, calls, meetings, trips, properties, and the exhibits that tell of them."""

from __future__ import annotations

from typing import TYPE_CHECKING

from backend.demo.people import COVERT, FININT
from backend.demo.telling import marked

if TYPE_CHECKING:
    from backend.demo.cells import Cell, Telling
    from backend.demo.telling import Cite

PURPOSES = {
    "it": ("fattura", "consulenza", "affitto", "saldo fornitura"), "nl": ("factuur", "huur loods", "management fee", "terugbetaling"),
    "lt": ("pagal sąskaitą", "už paslaugas", "paskola", "nuoma"), "ma": ("facture", "transit", "loyer", "avance"),
}  # fmt: skip
PAYMENTS, CALLS = (30, 46), (20, 32)
TO_COLLECTOR, ABROAD, HIDDEN, REPEATED = 0.35, 0.12, 0.05, 0.04
COLLECTORS = ("acc-it2", "acc-perla", "acc-lt2", "acc-nl2")
REPORT_LIMIT = 10_000


def tell_movements(t: Telling) -> None:
    """Tell what moved in and between the cells."""
    for cell in t.cells:
        _payments(t, cell)
        _calls(t, cell)
        for number in range(2):
            _meeting(t, cell, f"{cell.name}-meeting-{number}")
            _trip(t, cell, f"{cell.name}-trip-{number}")
        _property(t, cell)
        _wallet(t, cell)
        _citations(t, cell)


def _amount(t: Telling) -> str:
    if t.chance(REPEATED * 3):
        return f"{t.dice.randint(9000, REPORT_LIMIT - 1)}"
    return f"{t.dice.lognormvariate(8.6, 1.2):.2f}"


def _payments(t: Telling, cell: Cell) -> None:
    collector = cell.accounts[0]
    for _ in range(t.dice.randint(*PAYMENTS)):
        source, target = t.dice.sample(cell.accounts, 2)
        target = collector if source != collector and t.chance(TO_COLLECTOR) else target
        target = t.dice.choice(t.dice.choice(t.cells).accounts) if t.chance(ABROAD) else target
        if source != target:
            _pay(t, cell, source, target)
    for _ in range(2):
        _pay(t, cell, collector, t.dice.choice(COLLECTORS))


def _pay(t: Telling, cell: Cell, source: str, target: str) -> None:
    cite = t.papers.cite(cell.country, "statements")
    hidden = cell.country != "ma" and t.chance(HIDDEN)
    amount, day = _amount(t), t.day()
    purpose = t.dice.choice(PURPOSES[cell.country])
    cite = marked(cite, FININT, handling="H1") if hidden else cite
    key = t.d.link("Payment", source, target, cite, amount=amount, currency="EUR", date=day, purpose=purpose)
    if t.chance(REPEATED):
        t.d.say(key, t.papers.cite(cell.country, "statements"), amount=amount, currency="EUR", date=day)


def _calls(t: Telling, cell: Cell) -> None:
    leader = cell.phones[0]
    for _ in range(t.dice.randint(*CALLS)):
        source, target = t.dice.sample(cell.phones, 2)
        target = leader if source != leader and t.chance(TO_COLLECTOR) else target
        target = t.dice.choice(t.dice.choice(t.cells).phones) if t.chance(ABROAD) else target
        if source != target:
            cite = t.papers.cite(cell.country, "calls")
            t.d.link("Call", source, target, cite, date=t.day(3, 10), duration=str(int(t.dice.expovariate(1 / 140)) + 4))


def _meeting(t: Telling, cell: Cell, key: str) -> None:
    day, cite = t.day(2, 11), t.papers.cite(cell.country, "observation")
    t.d.entity(key, "Meeting", cite, name=f"Meeting {day}", date=day)
    t.d.link("EventPlace", key, t.dice.choice(cell.places), cite)
    for person in t.dice.sample(cell.people, t.dice.randint(2, 5)):
        t.d.link("PresentAt", person, key, t.papers.cite(cell.country, "observation"), date=day)
    if cell.country == "lt" or t.chance(TO_COLLECTOR):
        guest = t.dice.choice(t.dice.choice(t.cells).people)
        t.d.link("PresentAt", guest, key, marked(_covert(t), COVERT), date=day)


def _covert(t: Telling) -> Cite:
    while (cite := t.papers.cite(t.dice.choice(("it", "nl", "lt")), "source")).by == "yassine":
        pass
    return cite


def _trip(t: Telling, cell: Cell, key: str) -> None:
    other, day = t.dice.choice([it for it in t.cells if it is not cell]), t.day(2, 11)
    start, end = t.dice.choice(cell.places), t.dice.choice(other.places)
    names = [t.d.said(it, "city") for it in (start, end)]
    cite = t.papers.cite(cell.country, "observation")
    t.d.entity(key, "Trip", cite, name=f"{names[0]} to {names[1]}", startDate=day, endDate=day)
    t.d.link("TripStart", key, start, cite)
    t.d.link("TripEnd", key, end, cite)
    t.d.link("TripVehicle", key, t.dice.choice(cell.vehicles), cite)
    t.d.link("EventInvolved", t.dice.choice(cell.people), key, cite, role="driver")


def _property(t: Telling, cell: Cell) -> None:
    key, cite = f"{cell.name}-property", t.papers.cite(cell.country, "register")
    what = t.dice.choice(("Warehouse", "Flat", "Farmhouse", "Shop", "Boathouse"))
    name = f"{what}, {t.names.address(cell.country)[0]}"
    t.d.entity(key, "RealEstate", cite, name=name, propertyType=what.lower(), country=cell.country, cadastralCode=t.numbers.cadastre())
    t.d.link("StandsOn", key, cell.places[0], cite)
    t.d.link("Ownership", t.dice.choice(cell.firms), key, cite, percentage="100")


def _wallet(t: Telling, cell: Cell) -> None:
    if not t.chance(0.5):
        return
    cite = t.papers.cite(cell.country, "device")
    key = t.d.entity(f"{cell.name}-wallet", "CryptoWallet", cite, publicKey=t.numbers.wallet(), currencySymbol="BTC")
    t.d.link("WalletHolder", t.dice.choice(cell.people), key, cite)
    for account in t.dice.sample(cell.accounts, 2):
        _pay(t, cell, account, key)


def _citations(t: Telling, cell: Cell) -> None:
    for key in t.dice.sample((*cell.people, *cell.firms), 13):
        cite = t.papers.any(cell.country)
        t.d.link("CitedIn", key, cite.title, cite)
