"""The heart of the case: about sixty items that a newcomer can read in a quarter of an hour. Persons and companies are invented."""

from __future__ import annotations

from typing import TYPE_CHECKING

from backend.demo.exhibits import E009, E009_LATE, E014, E022, E031, E044, E052, E060, E071, E083, E090, E097, SHOWN
from backend.demo.people import COVERT, FININT
from backend.demo.telling import marked

if TYPE_CHECKING:
    from backend.demo.telling import Draft

SHARED_PHONE = "+31 6 5550 1187"
BORN, BORN_LATER = "1979-04-12", "1981-04-12"


def tell_core(d: Draft) -> None:
    """Put the entities of the heart of the case into the draft."""
    for part in (_dravec, _suspects, _others, _companies, _companies_abroad, _accounts, _contacts, _places, _happenings, _papers):
        part(d)


def _dravec(d: Draft) -> None:
    d.entity("dravec", "Person", E014.at("p.1", days_ago=193.2), name="Ilian Dravec")
    d.say("dravec", E014.at("p.3 §1"), name="Илиан Дравец")
    d.say("dravec", E014.at("p.3 §2"), birthDate=BORN, birthPlace="Skopje")
    d.say("dravec", E014.at("p.3 §4"), passportNumber="K0 553 7718")
    d.say("dravec", E031.at("row 218", "A1"), name="Ilian Dravec")
    d.say("dravec", E031.at("row 218"), birthDate=BORN_LATER, nationality="mk")
    d.say("dravec", E022.at("p.1"), name="Ilian Dravec", birthDate=BORN)
    d.say("dravec", E071.at("p.2"), alias="إليان درافيتس", country="ma")
    d.say("dravec", E083.at("p.3", "B2"), alias="Ίλιαν Ντράβετς")
    d.say("dravec", marked(E044.at("row 1902"), COVERT), phone=SHARED_PHONE)
    d.say("dravec", marked(E052.at("p.3 ¶1"), FININT), phone=SHARED_PHONE)
    d.say("dravec", E009.at("00:12:30"), retracted="The voice is Santavelli's, see E-014 p.6.", phone="+39 333 555 0142")
    d.entity("dravetz", "Person", E031.at("row 344", "C3"), name="I. Dravetz", birthDate=BORN)
    d.say("dravetz", E044.at("row 1871"), phone=SHARED_PHONE)


def _suspects(d: Draft) -> None:
    d.entity("orle", "Person", E031.at("row 377"), name="Tamsin Orle", birthDate="1986-11-30", nationality="mt")
    d.entity("brinkhuis", "Person", E022.at("p.1", "A2"), name="Oda Brinkhuis", birthDate="1974-02-08", nationality="nl")
    d.say("brinkhuis", E022.at("p.2", "A2"), phone=SHARED_PHONE)
    d.say("brinkhuis", E052.at("p.7 ¶1"), name="O. M. Brinkhuis", position="director of Salt & Quay Logistics BV")
    d.entity("santavelli", "Person", E014.at("p.2 §1"), name="Rocco Santavelli", birthDate="1968-07-19", nationality="it")
    d.say("santavelli", E014.at("p.6"), phone="+39 333 555 0142")
    d.entity("marchetto", "Person", E014.at("p.2 §3"), name="Lena Marchetto", birthDate="1991-01-05", nationality="it")
    d.entity("ferrolini", "Person", E014.at("p.4 §1"), name="Nadia Ferrolini", birthDate="1988-03-22", nationality="it")
    d.entity("belkadir", "Person", E071.at("p.1", "A2"), name="Samir Belkadir", birthDate="1982-10-02", nationality="ma")
    d.say("belkadir", E071.at("p.1", "A2"), alias="سمير بلقادر")
    d.entity("melnyte", "Person", E031.at("row 344", "A2"), name="Jurgita Melnytė", birthDate="1993-06-17", nationality="lt")
    d.say("melnyte", E014.at("p.9 §2"), name="Jurgita Melnyte", position="bookkeeper")


def _others(d: Draft) -> None:
    d.entity("sovka", "Person", E031.at("row 401"), name="Andrius Sovka", birthDate="1985-12-01", nationality="lt")
    d.entity("kallidis", "Person", E083.at("p.2", "B2"), name="Petros Kallidis", alias="Πέτρος Καλλίδης", nationality="gr")
    d.entity("terhaal", "Person", E022.at("p.6"), name="Wim Terhaal", birthDate="1959-09-27", nationality="nl")
    d.say("terhaal", E052.at("p.9 ¶2"), birthDate="1957-09-27")
    d.entity("krsnik", "Person", E083.at("p.4"), name="Davor Kršnik", nationality="hr", position="notary's clerk")
    d.entity("minor", "Person", E090.at("p.1"), name="Minor A", birthDate="2010")
    d.say("minor", E090.at("p.1 §2"), country="md", notes="moved through Berth C-7 on 29 March 2026")
    d.entity("unknown", "Person", E009_LATE.at("00:41:07", "D4"), name="Unknown male 3", notes="speaks Italian with a Ligurian accent")
    d.entity("halyard", "Person", E097.at("p.1"), name="Source Halyard")


def _companies(d: Draft) -> None:
    d.entity("acquaviva", "Organization", E014.at("p.5 §1"), name="Fondazione Acquaviva", jurisdiction="it", legalForm="fondazione")
    d.say("acquaviva", E014.at("p.5 §1"), incorporationDate="2017-03-14", registrationNumber="PG 2281/17")
    d.entity("perla", "Company", E014.at("p.5 §2"), name="Perla Marittima Srl", jurisdiction="it", registrationNumber="REA PS-418806")
    d.say("perla", E014.at("p.5 §2"), incorporationDate="2019-05-02")
    d.say("perla", E052.at("p.8 ¶1"), name="Perla Maritima S.r.l.", incorporationDate="2019-02-05")
    d.entity("levanto", "Company", E014.at("p.7"), name="Banca Levanto", jurisdiction="it", sector="bank", swiftBic="BLVTITGG")
    d.entity("saltquay", "Company", E022.at("p.3", "A2"), name="Salt & Quay Logistics BV", jurisdiction="nl", registrationNumber="90417733")
    d.entity("halm", "Organization", E022.at("p.3", "A2"), name="Stichting Halm", jurisdiction="nl", registrationNumber="90422015")
    d.entity("baltvera", "Company", E031.at("row 12", "A1"), name="UAB Baltvera", jurisdiction="lt", registrationNumber="309417733")
    d.say("baltvera", E031.at("row 12", "A1"), incorporationDate="2021-08-30", sector="wholesale of fish")


def _companies_abroad(d: Draft) -> None:
    d.entity("meridia", "Company", E052.at("p.12", "B2"), name="Meridia Holdings Ltd", jurisdiction="cy", registrationNumber="HE 941773")
    d.entity("nekretnine", "Company", E083.at("p.4"), name="Orsola Nekretnine d.o.o.", jurisdiction="hr", registrationNumber="081941773")
    d.entity("cedar", "Company", E071.at("p.3"), name="Cedar Gate Trading SARL", jurisdiction="ma", registrationNumber="RC 94177")
    d.entity("shipping", "Company", E083.at("p.6", "B2"), name="Kallidis Shipping OE", jurisdiction="gr", sector="shipping")


def _accounts(d: Draft) -> None:
    d.entity("acc-it", "BankAccount", E014.at("p.7"), iban="IT60K0994177301000816514417", bankName="Banca Levanto", currency="EUR")
    d.entity("acc-it2", "BankAccount", E014.at("p.7"), iban="IT91N0994177301000816450928", bankName="Banca Levanto", currency="EUR")
    d.entity("acc-perla", "BankAccount", E014.at("p.8"), iban="IT79P0994177301000816457205", bankName="Banca Levanto", currency="EUR")
    d.entity("acc-lt", "BankAccount", E031.at("row 13", "A1"), iban="LT129941700042710085", bankName="Bankas Mėmelis", currency="EUR")
    d.entity("acc-lt2", "BankAccount", E031.at("row 14", "A1"), iban="LT039941700041863340", bankName="Bankas Mėmelis", currency="EUR")
    d.entity("acc-nl", "BankAccount", E052.at("p.13", "A2"), iban="NL71ZOUT0006831643", bankName="Zoutbank", currency="EUR")
    d.entity("acc-nl2", "BankAccount", E052.at("p.13", "A2"), iban="NL72ZOUT0006388820", bankName="Zoutbank", currency="EUR")
    d.entity("acc-cy", "BankAccount", marked(E052.at("p.14", "B2"), FININT), iban="CY17994001280006688356149020", currency="EUR")
    d.say("acc-cy", E083.at("p.5", "A2"), iban="CY17994001280006688356149020")
    d.entity(
        "acc-ma", "BankAccount", E071.at("p.4"), accountNumber="994 640 0000417733007731 31", bankName="Banque du Détroit", currency="MAD"
    )
    name = "bc1q … x7ke"
    d.entity(
        "wallet", "CryptoWallet", E052.at("p.9"), name=name, publicKey="bc1qys8pyxhrdz9m6y09mr8wrerwzgj6f8ntjax7ke", currencySymbol="BTC"
    )
    d.entity("wallet2", "CryptoWallet", E052.at("p.10", "C3"), name="Wallet at an exchange", managingExchange="Northgull Exchange")


def _contacts(d: Draft) -> None:
    d.entity("ph-nl", "Phone", E044.at("row 1902", days_ago=137.1), number=SHARED_PHONE, country="nl")
    d.entity("ph-it", "Phone", E014.at("p.6"), number="+39 333 555 0142", country="it")
    d.entity("ph-it2", "Phone", E014.at("p.4 §2"), number="+39 333 555 0167", country="it")
    d.entity("ph-nl2", "Phone", E044.at("row 12"), number="+31 6 5550 2290", country="nl")
    d.entity("ph-lt", "Phone", E031.at("row 77"), number="+370 612 00417", country="lt")
    d.entity("mail", "EmailAddress", E060.at("p.10", days_ago=12), email="t.orle@meridia-holdings.example")
    d.entity("device", "Device", E071.at("p.5"), name="Phone seized from Belkadir", manufacturer="Nordfon", imei="356938035643809")


def _places(d: Draft) -> None:
    d.entity("salici", "Address", E014.at("p.3 §4"), full="Via dei Salici 9, Porto Salino", city="Porto Salino", country="it")
    d.entity("warehouse", "Address", E022.at("p.5"), full="Loods 14, Zoutkade, Westhaven", city="Westhaven", country="nl")
    d.entity("flat", "Address", E031.at("row 219"), full="Smiltynės kelias 41, Klaipėda", city="Klaipėda", country="lt")
    d.entity("berth", "Address", E083.at("p.8", "B2"), full="Berth C-7, Porto Salino", city="Porto Salino", country="it")
    d.entity("villa", "RealEstate", E083.at("p.1"), name="Villa Orsola", address="Put Orsole 2, Orsa", country="hr", propertyType="villa")
    d.say("villa", E083.at("p.1"), amount="1225000", currency="EUR", cadastralCode="k.č. 1187/2, k.o. Orsa")
    d.entity("van", "Vehicle", E022.at("p.4"), name="RX-114-T", registrationNumber="RX-114-T", type="van", country="nl")
    d.entity("car", "Vehicle", E014.at("p.6"), name="GB 417 KL", registrationNumber="GB 417 KL", type="car", country="it")
    d.entity("kalliste", "Vessel", E083.at("p.7", "B2"), name="M/V Kalliste", imoNumber="9417737", flag="gr", type="general cargo")


def _happenings(d: Draft) -> None:
    d.entity("meeting", "Meeting", E022.at("p.4"), name="Meeting 12 Feb 2026", date="2026-02-12", location="Westhaven")
    d.entity("deed", "Event", E083.at("p.2"), name="Deed signed 18 Mar", date="2026-03-18", location="Orsa")
    d.entity("trip", "Trip", E022.at("p.8"), name="Westhaven to Porto Salino", startDate="2026-02-26", endDate="2026-02-28")


def _papers(d: Draft) -> None:
    for source, title, day in SHOWN:
        d.entity(source.title, "Exhibit", source.at("p.1"), exhibitNumber=source.title, title=title, date=day)
    d.entity("na-2231", "Investigation", E014.at("p.1"), caseNumber="NA-2231/26", name="Flows to the villa", country="it")
    d.entity("lt-08", "Investigation", E031.at("p.1", "A1"), caseNumber="LT-08-114", name="Baltvera", country="lt")
