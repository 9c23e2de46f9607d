"""How the items in the heart of the case hang together: ownership, money, calls, meetings, and what is only said of them."""

from __future__ import annotations

from typing import TYPE_CHECKING

from backend.demo.exhibits import E009, E009_LATE, E014, E022, E031, E037, E044, E052, E060, E071, E083, E090, E097
from backend.demo.people import COVERT, FININT, NOT_MA
from backend.demo.telling import marked

if TYPE_CHECKING:
    from backend.demo.telling import Cite, Draft


def tie_core(d: Draft) -> None:
    """Put the links of the heart of the case into the draft."""
    for part in (_owners, _directors, _behind, _holders, _money, _money_abroad, _telephones, _calls, _personal, _used, _present, _cited):
        part(d)


def _owners(d: Draft) -> None:
    d.link("Ownership", "acquaviva", "perla", E014.at("p.5 §2"), percentage="100", startDate="2019-05-02")
    d.link("Ownership", "perla", "meridia", E052.at("p.12", "B2"), percentage="100", startDate="2020-11-16")
    meridia = d.link("Ownership", "meridia", "nekretnine", E083.at("p.4"), percentage="100", startDate="2025-10-09")
    d.say(meridia, E052.at("p.12", "B2"), percentage="100")
    d.link("Ownership", "nekretnine", "villa", E083.at("p.1"), percentage="100", startDate="2026-03-18")
    d.link("Ownership", "halm", "saltquay", E022.at("p.3", "A2"), percentage="100")
    d.link("Ownership", "melnyte", "baltvera", E031.at("row 12", "A1"), percentage="49")
    d.link("Ownership", "kallidis", "shipping", E083.at("p.6", "B2"), percentage="100")
    d.link("VehicleOwner", "saltquay", "van", E022.at("p.4", "A1"))
    d.link("VehicleOwner", "shipping", "kalliste", E083.at("p.7", "B2"))


def _directors(d: Draft) -> None:
    d.link("Directorship", "ferrolini", "perla", E014.at("p.5 §2"), role="sole director")
    d.link("Directorship", "terhaal", "halm", E022.at("p.3", "A2"), role="chair of the board")
    d.link("Directorship", "brinkhuis", "saltquay", E022.at("p.3", "A2"), role="director")
    d.link("Directorship", "krsnik", "nekretnine", E083.at("p.4"), role="director")
    d.link("Directorship", "sovka", "baltvera", E031.at("row 12", "C3"), role="director", status="signs on instruction")
    d.link("Directorship", "belkadir", "cedar", E071.at("p.3"), role="gérant")
    d.link("Directorship", "santavelli", "perla", E009.at("00:19:52", "E5"), role="said to give the orders")


def _behind(d: Draft) -> None:
    """Who stands behind the foundation: said by three sources that nobody sees all of at first."""
    role = "settlor, under the name I. Dravetz"
    d.link("Control", "dravetz", "acquaviva", marked(E052.at("p.11 ¶2", "C3"), FININT), role=role, startDate="2017-03-14")
    d.link("Control", "dravec", "saltquay", marked(E052.at("p.7 ¶3"), FININT), role="gives the orders", controlType="de facto")
    d.link("Control", "dravec", "meridia", E060.at("p.12", None, days_ago=3.1), role="said to be the owner")
    letter = "the client, who is the founder, keeps the last word"
    d.link("Representation", "krsnik", "dravec", E037.at("p.2"), role="holds a power of attorney", summary=letter)
    same = d.link("Similar", "dravec", "dravetz", E031.at("row 344", "C3"), confidenceScore="91", criteria="phone, name, year of birth")
    d.say(same, marked(E044.at("row 1871", "B3"), COVERT), criteria="same telephone within two days")


def _holders(d: Draft) -> None:
    for holder, account, cite in (
        ("acquaviva", "acc-it", E014.at("p.7")), ("acquaviva", "acc-it2", E014.at("p.7")), ("perla", "acc-perla", E014.at("p.8")),
        ("baltvera", "acc-lt", E031.at("row 13", "A1")), ("baltvera", "acc-lt2", E031.at("row 14", "A1")),
        ("saltquay", "acc-nl", E052.at("p.13", "A2")), ("saltquay", "acc-nl2", E052.at("p.13", "A2")),
        ("meridia", "acc-cy", marked(E052.at("p.14", "B2"), FININT)), ("cedar", "acc-ma", E071.at("p.4")),
    ):  # fmt: skip
        d.link("AccountHolder", holder, account, cite)
    for account in ("acc-it", "acc-it2", "acc-perla"):
        d.link("AccountBank", account, "levanto", E014.at("p.7"))
    d.link("UsesAccount", "melnyte", "acc-lt", E031.at("row 15"), role="signs for the account")
    d.link("WalletHolder", "dravec", "wallet", marked(E052.at("p.9"), FININT), role="holds")


def _pay(d: Draft, source: str, target: str, cite: Cite, amount: str, date: str, purpose: str) -> str:
    return d.link("Payment", source, target, cite, amount=amount, currency="EUR", date=date, purpose=purpose)


def _money(d: Draft) -> None:
    _pay(d, "acc-it2", "acc-it", E014.at("p.8"), "2400000", "2026-02-24", "contributo progetto mare")
    to_nl = _pay(d, "acc-it", "acc-nl", E014.at("p.8"), "1650000", "2026-03-02", "noleggio magazzini")
    d.say(to_nl, E052.at("p.14", "A2"), amount="1650000", currency="EUR", date="2026-03-03")
    _pay(d, "acc-it", "acc-lt", E014.at("p.8"), "720000", "2026-03-04", "fornitura pesce")
    _pay(d, "acc-lt", "acc-cy", E031.at("row 15", "A1"), "600000", "2026-03-09", "paskolos grąžinimas")
    _pay(d, "acc-nl", "acc-cy", E052.at("p.15", "A2"), "1200000", "2026-03-11", "management fee")


def _money_abroad(d: Draft) -> None:
    _pay(d, "acc-cy", "nekretnine", E083.at("p.5", "A2"), "1225000", "2026-03-17", "capital for the purchase of Villa Orsola")
    _pay(d, "acc-nl", "wallet", E052.at("p.9"), "310000", "2026-03-20", "exchange of currency")
    _pay(d, "wallet", "wallet2", E052.at("p.10", "C3"), "298500", "2026-03-20", "transfer")
    _pay(d, "acc-lt", "acc-ma", E031.at("row 19"), "85000", "2026-03-22", "krovinio gabenimas")
    _pay(d, "acc-perla", "acc-lt2", E014.at("p.8"), "61400", "2026-04-14", "consulenza")


def _telephones(d: Draft) -> None:
    d.link("UsesPhone", "dravec", "ph-nl", marked(E044.at("row 1902"), COVERT), startDate="2026-02-12", endDate="2026-03-03")
    d.link("UsesPhone", "brinkhuis", "ph-nl", E022.at("p.2", "A2"), startDate="2025-06-01")
    d.link("UsesPhone", "dravetz", "ph-nl", E044.at("row 1871", "B3"))
    d.link("UsesPhone", "santavelli", "ph-it", E014.at("p.6"))
    d.link("UsesPhone", "dravec", "ph-it", E009.at("00:12:30", "D4"), summary="heard once; the voice is disputed")
    d.link("UsesPhone", "marchetto", "ph-it2", E014.at("p.4 §2"))
    d.link("UsesPhone", "ferrolini", "ph-it2", E014.at("p.4 §2", "C3"))
    d.link("UsesPhone", "terhaal", "ph-nl2", E044.at("row 12"))
    d.link("UsesPhone", "melnyte", "ph-lt", E031.at("row 77"))
    d.link("UsesEmail", "orle", "mail", E060.at("p.10", days_ago=12))
    d.link("UsesDevice", "belkadir", "device", E071.at("p.5"))


def _calls(d: Draft) -> None:
    d.link("Call", "ph-nl", "ph-it", E044.at("row 1907"), date="2026-02-11", summary="41 calls in ten days")
    d.link("Call", "ph-it", "ph-lt", E044.at("row 2044"), date="2026-02-13", duration="312")
    d.link("Call", "ph-nl", "ph-nl2", E044.at("row 2051"), date="2026-02-13", duration="48")
    d.link("Call", "ph-it2", "ph-it", E014.at("p.4 §2"), date="2026-02-14", duration="95")


def _personal(d: Draft) -> None:
    d.link("Associate", "dravec", "orle", E060.at("p.11"), relationship="partner")
    employs = d.link("Employment", "melnyte", "dravec", E031.at("row 344", "A2"), role="bookkeeper")
    d.say(employs, E014.at("p.9 §2", "B2"), role="bookkeeper")
    d.link("Met", "dravec", "unknown", E009_LATE.at("00:41:07"), date="2026-02-12")
    d.link("Family", "marchetto", "ferrolini", E014.at("p.4 §3"), relationship="sisters")
    d.link("Associate", "dravec", "belkadir", E071.at("p.2", "C3"), relationship="business partner")
    d.link("Exploitation", "belkadir", "minor", E090.at("p.2"), date="2026-03-29")
    d.link("Associate", "orle", "krsnik", marked(E097.at("p.3", "D4"), NOT_MA), relationship="seen together in Orsa")


def _used(d: Draft) -> None:
    d.link("UsesVehicle", "santavelli", "car", E014.at("p.6"))
    d.link("UsesVehicle", "sovka", "van", E022.at("p.4", "C3"), date="2026-02-26")
    d.link("TripVehicle", "trip", "van", E022.at("p.8"))
    d.link("TripStart", "trip", "warehouse", E022.at("p.8"))
    d.link("TripEnd", "trip", "berth", E022.at("p.8", "C3"))
    d.link("EventInvolved", "sovka", "trip", E022.at("p.8"), role="driver")
    d.link("LivesAt", "marchetto", "salici", E014.at("p.3 §4"))
    d.link("LivesAt", "santavelli", "salici", E014.at("p.3 §4", "B2"))
    d.link("LivesAt", "dravec", "flat", E031.at("row 219", "C3"))
    d.link("LivesAt", "melnyte", "flat", E031.at("row 345", "A2"))
    d.link("LocatedAt", "saltquay", "warehouse", E022.at("p.5", "A2"))
    d.link("LocatedAt", "halm", "warehouse", E022.at("p.5"))
    d.link("ConcernsAsset", "deed", "villa", E083.at("p.2"))
    d.link("EventInvolved", "krsnik", "deed", E083.at("p.2"), role="buyer's agent")
    d.link("EventInvolved", "orle", "deed", E083.at("p.2", "B3"), role="witness")


def _present(d: Draft) -> None:
    for person, cite in (("dravec", E022.at("p.4")), ("brinkhuis", E022.at("p.4")), ("santavelli", E022.at("p.4", "C3"))):
        d.link("PresentAt", person, "meeting", cite, date="2026-02-12")
    d.link("PresentAt", "unknown", "meeting", E009_LATE.at("00:41:07", "C3"), date="2026-02-12")
    d.link("PresentAt", "halyard", "meeting", E097.at("p.2"), date="2026-02-12")
    d.link("PresentAt", "van", "meeting", E022.at("p.4"), date="2026-02-12")
    d.link("EventPlace", "meeting", "warehouse", E022.at("p.4"))
    d.link("PresentAt", "kalliste", "berth", E083.at("p.8", "B2"), date="2026-03-29")
    d.link("PresentAt", "minor", "berth", E090.at("p.2"), date="2026-03-29")
    d.link("PresentAt", "dravec", "villa", E060.at("p.9", None, days_ago=2.4), date="2026-08-15")


def _cited(d: Draft) -> None:
    for person, exhibit, cite in (
        ("dravec", "E-031", E031.at("row 218")), ("dravec", "E-014", E014.at("p.3 §2")), ("belkadir", "E-014", E014.at("p.9 §4")),
        ("unknown", "E-009", E009_LATE.at("00:41:07")), ("van", "E-009", E009.at("00:33:10")), ("perla", "E-014", E014.at("p.5 §2")),
        ("melnyte", "E-031", E031.at("row 344")), ("saltquay", "E-052", E052.at("p.7 ¶3")), ("wallet", "E-052", E052.at("p.9")),
    ):  # fmt: skip
        d.link("CitedIn", person, exhibit, cite)
    for subject, case, role, cite in (
        ("marchetto", "na-2231", "witness", E014.at("p.1")), ("santavelli", "na-2231", "suspect", E014.at("p.1")),
        ("sovka", "lt-08", "suspect", E031.at("p.1")), ("baltvera", "lt-08", "company under investigation", E031.at("p.1")),
    ):  # fmt: skip
        d.link("CourtCaseParty", subject, case, cite, role=role)
