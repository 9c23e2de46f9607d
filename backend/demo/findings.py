"""What is planted in the wide network for a reader to find, besides the owner behind the villa: a courier, and one man in two scripts."""

from __future__ import annotations

from typing import TYPE_CHECKING

from backend.demo.exhibits import E031, E037, E044, E071, E090, E112
from backend.demo.people import NOT_MA
from backend.demo.telling import marked

if TYPE_CHECKING:
    from backend.demo.cells import Telling

COURIER, COURIER_PASSPORT = "courier", "LT2094177"
RUNS = 9
TRAVELLERS = ["Woman B", "Woman C", "Man D", "Minor E", "Woman F", "Man G", "Man H", "Minor I", "Woman J", "Woman K", "Man L", "Woman M"]


def tell_findings(t: Telling) -> None:
    """Plant them."""
    _courier(t)
    _scripts(t)
    _travellers(t)
    _lawyer(t)
    _ties_to_the_heart(t)


def _courier(t: Telling) -> None:
    """Tell of the man who is called a day after each of nine payments to Baltvera, and sails with an envelope the day after that."""
    d = t.d
    d.entity(COURIER, "Person", E031.at("row 415"), name="Vytautas Girdvainis", birthDate="1990-05-14", nationality="lt")
    d.say(COURIER, E112.at("p.4", "A2"), passportNumber=COURIER_PASSPORT, phone="+370 612 09941")
    d.entity("ph-courier", "Phone", E044.at("row 3010"), number="+370 612 09941", country="lt")
    d.link("UsesPhone", COURIER, "ph-courier", E112.at("p.4"))
    d.link("Call", "ph-courier", "ph-it", E044.at("row 3012"), date="2026-03-06", duration="61")
    d.link("Employment", COURIER, "baltvera", E031.at("row 415", "C3"), role="driver, on paper")
    for run in range(RUNS):
        _run(t, run)


def _run(t: Telling, run: int) -> None:
    d, key, first, amount = t.d, f"run-{run}", 6 + run * 2, (run + 3) * 5000
    paid, called, day = (f"2026-{run + 1:02d}-{first + later:02d}" for later in range(3))
    cite = t.papers.cite("lt", "observation")
    money = {"amount": str(amount), "currency": "EUR", "date": paid, "purpose": "už paslaugas"}
    d.link("Payment", "acc-perla", "acc-lt2", t.papers.cite("lt", "statements"), **money)
    d.link("Call", "ph-lt", "ph-courier", E031.at(f"row {416 + run}"), date=called, duration=str(30 + run))
    d.entity(key, "Trip", cite, name=f"Ferry from Klaipėda, {day}", startDate=day, endDate=day)
    d.link("EventInvolved", COURIER, key, cite, role="passenger")
    d.link("TripStart", key, "flat", cite)
    d.link("TripEnd", key, "warehouse", cite)
    parcel = d.entity(f"parcel-{run}", "Item", E112.at(f"p.{run + 5}"), name=f"Envelope, about {amount - 500:,} EUR", type="cash")
    d.link("Carried", COURIER, parcel, E112.at(f"p.{run + 5}", "C3"), date=day)


def _scripts(t: Telling) -> None:
    """Tell of men who stand in two lists under two scripts: one pair merged already, one for the reader to find by the passport."""
    d = t.d
    d.entity("girdvainis-ru", "Person", E112.at("p.4 §2"), name="Витаутас Гирдвайнис", passportNumber=COURIER_PASSPORT)
    d.link("Carried", "girdvainis-ru", "parcel-0", E112.at("p.5", "B2"))
    d.link("SameAs", COURIER, "girdvainis-ru", E112.at("p.4 §2", days_ago=20.0), summary="same passport, same face")
    d.entity("tazrouti", "Person", t.papers.cite("nl", "device"), name="Younes Tazrouti", passportNumber="MA7741093", nationality="ma")
    d.entity("tazrouti-ar", "Person", E071.at("p.14"), name="يونس التزروتي", passportNumber="MA 7741093", birthDate="1987-01-19")
    d.link("Directorship", "tazrouti-ar", "cedar", E071.at("p.14"), role="associé")
    d.link("Employment", "tazrouti", "saltquay", t.papers.cite("nl", "register"), role="forwarding agent")
    d.link("PresentAt", "tazrouti", "warehouse", t.papers.cite("nl", "observation"), date="2026-02-26")
    d.link("Associate", "tazrouti-ar", "belkadir", E071.at("p.14", "C3"), relationship="cousin by marriage")


def _travellers(t: Telling) -> None:
    for place, name in enumerate(TRAVELLERS):
        key = t.d.entity(f"traveller-{place}", "Person", E090.at(f"p.{place + 3}"), name=name)
        t.d.link("PresentAt", key, "berth", E090.at(f"p.{place + 3}"), date="2026-03-29")
        t.d.link("Exploitation", t.dice.choice(("belkadir", "sovka", "saltquay")), key, E090.at(f"p.{place + 3} §2", "B2"))


def _lawyer(t: Telling) -> None:
    t.d.entity("lawyer", "Person", E037.at("p.1"), name="Avv. Renzo Cavalmori", position="counsel of Fondazione Acquaviva")
    t.d.link("Representation", "lawyer", "acquaviva", E037.at("p.1"), role="counsel")
    t.d.link("Representation", "lawyer", "dravetz", E037.at("p.3 §2"), role="counsel since 2017")


def _ties_to_the_heart(t: Telling) -> None:
    """Let the cells lead to the heart of the case: a telephone, an employee or a partner here and there."""
    heart = {"it": ("perla", "ph-it", "santavelli"), "nl": ("saltquay", "ph-nl2", "terhaal"), "lt": ("baltvera", "ph-lt", "sovka")}
    for cell in t.cells:
        firm, phone, person = heart.get(cell.country, ("cedar", "ph-courier", "belkadir"))
        cite = t.papers.cite(cell.country, "register")
        t.d.link("Employment", cell.people[1], firm, cite, role=t.dice.choice(("driver", "bookkeeper", "agent")))
        t.d.link("Call", cell.phones[0], phone, t.papers.cite(cell.country, "calls"), date=t.day(3, 8))
        met = t.papers.cite(cell.country, "observation")
        met = marked(met, NOT_MA) if cell.country != "ma" else met
        t.d.link("Associate", cell.people[0], person, met, relationship="seen together")
