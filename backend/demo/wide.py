"""The rest of the network, from a fixed seed: some two thousand items and six thousand links round the heart of the case."""

from __future__ import annotations

import random
from dataclasses import dataclass, field
from itertools import product

GIVEN = (
    "Alessio", "Bianca", "Carlo", "Daria", "Elio", "Fiamma", "Jurgis", "Kotryna", "Lukas", "Mindaugas", "Neringa", "Ona", "Bram", "Femke",
    "Gijs", "Hanneke", "Joris", "Lotte", "Anouar", "Bouchra", "Driss", "Hicham", "Imane", "Karim", "Salma", "Zineb", "Marko", "Vesna",
)  # fmt: skip
FAMILY = (
    "Arcadi", "Bellomonte", "Cortesani", "Dallaspina", "Ferrandi", "Girolamini", "Balčiukas", "Daukšys", "Gintautas", "Kazlavičius",
    "Norvaišas", "Petrulionis", "van Asperdam", "Bakkenes", "de Haringe", "Kuipersma", "van Oosthuys", "Zeedijk", "Aït Larbaz", "Benchaâb",
    "El Fassiri", "Laghzir", "Ouardini", "Tazimi", "Babičin", "Horvatek", "Kralješ",
)  # fmt: skip
TRADES = (
    "Marine Supplies",
    "Logistics",
    "Trading",
    "Holdings",
    "Fisheries",
    "Construction",
    "Consulting",
    "Fruit Import",
    "Car Hire",
    "Property",
)
PLACES = (
    "Salina",
    "Torre",
    "Halm",
    "Zwin",
    "Nemuna",
    "Kuršia",
    "Zellij",
    "Rif",
    "Brina",
    "Orsa",
    "Levante",
    "Scheld",
    "Aukuras",
    "Atlas",
    "Kamen",
)
STREETS = (
    "Via del Molo",
    "Via Lanterna",
    "Havenkade",
    "Zoutstraat",
    "Uosto gatvė",
    "Smiltynės kelias",
    "Rue du Détroit",
    "Put Svetog Roka",
)
FORMS = {"it": "Srl", "nl": "BV", "lt": "UAB", "ma": "SARL"}
PREFIX = {"it": "+39 333 55", "nl": "+31 6 55", "lt": "+370 612 ", "ma": "+212 661 5"}
AGENCY = {"it": "it-fiu", "nl": "nl-police", "lt": "lt-police", "ma": "ma-police"}
GRADES = ("A1", "A2", "B2", "B2", "B2", "B3", "C3", "C3", "D4", None)
SIZES = {"person": 620, "company": 250, "account": 460, "phone": 380, "vehicle": 90, "place": 150}

Values = dict[str, str]


@dataclass(frozen=True, slots=True)
class Thing:
    """An entity with the country whose agency reports it."""

    key: str
    kind: str
    values: Values
    country: str


@dataclass(frozen=True, slots=True)
class Tie:
    """A link between two keys."""

    kind: str
    source: str
    target: str
    values: Values
    country: str


@dataclass(slots=True)
class Wide:
    """What was drawn; hubs are taken from the heart of the case."""

    random: random.Random
    things: list[Thing] = field(default_factory=list[Thing])
    ties: dict[tuple[str, str, str, str], Tie] = field(default_factory=dict[tuple[str, str, str, str], Tie])

    def country(self) -> str:
        """Draw a country."""
        return self.random.choices(("it", "nl", "lt", "ma"), (4, 3, 3, 1))[0]

    def grade(self) -> str | None:
        """Draw a grade."""
        return self.random.choice(GRADES)

    def of(self, prefix: str) -> list[str]:
        """Return the keys of one sort."""
        return [it.key for it in self.things if it.key.startswith(prefix)]

    def tie(self, kind: str, source: str, target: str, **values: str) -> None:
        """Add a link once."""
        if source != target:
            self.ties.setdefault((kind, source, target, values.get("date", "")), Tie(kind, source, target, values, self.country()))

    def day(self) -> str:
        """Draw a day of the months in question."""
        return f"{self.random.choice((2025, 2026, 2026))}-{self.random.randint(1, 11):02d}-{self.random.randint(1, 28):02d}"


def wide(seed: int) -> Wide:
    """Draw the network; the same for the same seed."""
    found = Wide(random.Random(seed))  # noqa: S311 - a story, not a secret
    _things(found)
    _holdings(found)
    _flows(found)
    return found


def _things(w: Wide) -> None:
    names = [f"{given} {family}" for given, family in product(GIVEN, FAMILY)]
    w.random.shuffle(names)
    for number in range(SIZES["person"]):
        born = f"{w.random.randint(1955, 2003)}-{w.random.randint(1, 12):02d}-{w.random.randint(1, 28):02d}"
        w.things.append(Thing(f"person-{number}", "Person", {"name": names[number], "birthDate": born}, w.country()))
    firms = [f"{place} {trade}" for place, trade in product(PLACES, TRADES)]
    w.random.shuffle(firms)
    for number in range(SIZES["company"]):
        country = w.country()
        name = f"{firms[number % len(firms)]} {FORMS[country]}" + ("" if number < len(firms) else " II")
        w.things.append(Thing(f"company-{number}", "Company", {"name": name, "country": country}, country))
    for number in range(SIZES["account"]):
        country = w.country()
        digits = f"{w.random.randrange(10**14):014d}"
        w.things.append(Thing(f"account-{number}", "BankAccount", {"accountNumber": country.upper() + "00" + digits}, country))
    for number in range(SIZES["phone"]):
        country = w.country()
        w.things.append(Thing(f"phone-{number}", "Phone", {"number": f"{PREFIX[country]}{w.random.randrange(10**5):05d}"}, country))
    for number in range(SIZES["vehicle"]):
        plate = f"{w.random.choice('RXGBKL')}{w.random.choice('AXTVZ')}-{w.random.randrange(100, 999)}-{w.random.choice('ABKLT')}"
        w.things.append(Thing(f"vehicle-{number}", "Vehicle", {"registrationNumber": plate, "name": plate}, w.country()))
    for number in range(SIZES["place"]):
        street = f"{w.random.choice(STREETS)} {w.random.randint(1, 180)}"
        w.things.append(Thing(f"place-{number}", "Address", {"full": street}, w.country()))


def _holdings(w: Wide) -> None:
    people, firms, accounts, phones = w.of("person-"), w.of("company-"), w.of("account-"), w.of("phone-")
    for account in accounts:
        holder = w.random.choice(people) if w.random.random() < 0.45 else w.random.choice(firms)  # noqa: PLR2004 - a share
        w.tie("AccountHolder", holder, account)
    for phone in phones:
        w.tie("UsesPhone", w.random.choice(people), phone)
    for firm in firms:
        w.tie("Directorship", w.random.choice(people), firm, role="director")
        w.tie("Ownership", w.random.choice(firms if w.random.random() < 0.4 else people), firm, percentage=str(w.random.randint(10, 100)))  # noqa: PLR2004 - a share
    for person in people:
        w.tie("LivesAt", person, w.random.choice(w.of("place-")))
        if w.random.random() < 0.5:  # noqa: PLR2004 - a share
            w.tie("Associate", person, w.random.choice(people), relationship="known associate")
    for vehicle in w.of("vehicle-"):
        w.tie("UsesVehicle", w.random.choice(people), vehicle)
        w.tie("VehicleOwner", w.random.choice(firms), vehicle)
    for firm in w.random.sample(firms, 120):
        w.tie("UnknownLink", firm, "levanto", role="customer of the bank")
    for person in w.random.sample(people, 60):
        w.tie("Employment", person, w.random.choice(("saltquay", "baltvera", "perla")), role="employee")


def _flows(w: Wide) -> None:
    accounts, phones = w.of("account-"), w.of("phone-")
    weights = [1 / (place + 2) for place in range(len(accounts))]
    for source, target in zip(w.random.choices(accounts, weights, k=2400), w.random.choices(accounts, k=2400), strict=True):
        amount = f"{round(w.random.lognormvariate(8, 1.4), 2):.2f}"
        w.tie("Payment", source, target, amount=amount, currency="EUR", date=w.day())
    for account in w.random.sample(accounts, 40):
        w.tie(
            "Payment",
            account,
            w.random.choice(("acc-it", "acc-nl", "acc-lt")),
            amount=f"{w.random.randint(2000, 9900)}.00",
            currency="EUR",
            date=w.day(),
        )
    weights = [1 / (place + 3) for place in range(len(phones))]
    for source, target in zip(w.random.choices(phones, weights, k=1400), w.random.choices(phones, k=1400), strict=True):
        w.tie("Call", source, target, date=w.day())
    for phone in w.random.sample(phones, 41):
        w.tie("Call", phone, w.random.choice(("ph-nl", "ph-it", "ph-lt", "ph-ma")), date=w.day())
