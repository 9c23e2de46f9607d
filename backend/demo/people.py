"""Who works in the demo: four countries, eight agencies, twelve people in all ten roles, three spaces. All invented."""

from __future__ import annotations

from backend.demo.shapes import Agency, Case, Marking, Membership, Person, Space

AGENCIES = (
    Agency("it-pros", "Procura di Porto Salino", "IT", "prosecution", ("it",)),
    Agency("it-fiu", "Nucleo economico-finanziario, Porto Salino", "IT", "police", ("it",)),
    Agency("it-aro", "Ufficio recupero beni", "IT", "asset_recovery_office", ("it",)),
    Agency("nl-police", "Recherche Westhaven", "NL", "police", ("nl",)),
    Agency("nl-pros", "Parket Westhaven", "NL", "prosecution", ("nl",)),
    Agency("lt-police", "Finansinių tyrimų biuras, Vakarų skyrius", "LT", "fiu", ("lt",)),
    Agency("lt-pros", "Vakarų apygardos prokuratūra", "LT", "prosecution", ("lt",)),
    Agency("ma-police", "Brigade judiciaire de Ras Azrou", "MA", "police", ("ar", "fr")),
)
PEOPLE = (
    Person("chiara", "Chiara Bellandi", "lead prosecutor", ("it", "en"), "it-pros", 1),
    Person("maarten", "Maarten Vreeland", "investigator", ("nl", "en"), "nl-police", 2),
    Person("egle", "Eglė Tamulytė", "analyst", ("lt", "en", "ru"), "lt-police", 3),
    Person("yassine", "Yassine Amrane", "liaison officer", ("ar", "fr"), "ma-police", 4),
    Person("furio", "Furio Gamba", "financial analyst", ("it", "en"), "it-fiu", 5),
    Person("rita", "Rita Ottolini", "investigator", ("it",), "it-fiu", 6),
    Person("livia", "Livia Doria", "asset recovery", ("it", "en", "fr"), "it-aro", 7),
    Person("saskia", "Saskia Kolen", "prosecutor", ("nl", "en"), "nl-pros", 8),
    Person("annet", "Annet Koster", "translator IT, EN", ("nl", "it", "en"), "nl-police", 9),
    Person("pim", "Pim Jorissen", "forensic examiner", ("nl", "en"), "nl-police", 10),
    Person("darius", "Darius Raudys", "prosecutor", ("lt", "en"), "lt-pros", 11),
    Person("vilma", "Vilma Mikutė", "investigator", ("lt",), "lt-police", 12),
)
AGENCY_OF = {it.key: it.agency for it in PEOPLE}
JIT, NATIONAL, TASK_FORCE = "saltmarsh", "acquaviva", "quayside"
_PURPOSE = "Laundering of the Acquaviva payment. Third-country clause 9 for MA."
SPACES = (
    Space(JIT, "JIT Saltmarsh", "joint_investigation_team", 0, _PURPOSE, ("IT", "NL", "LT")),
    Space(NATIONAL, "Acquaviva, national file", "national", 3, "The Italian file behind JIT Saltmarsh.", ("IT",)),
    Space(TASK_FORCE, "Quayside task force", "task_force", 5, "Cash couriers on the ferries to Klaipėda.", ("LT", "NL", "IT")),
)
MEMBERSHIPS = (
    Membership(JIT, "chiara", "lead"),
    Membership(JIT, "rita", "investigator"),
    Membership(JIT, "furio", "financial_analyst"),
    Membership(JIT, "livia", "financial_analyst"),
    Membership(JIT, "maarten", "investigator"),
    Membership(JIT, "saskia", "prosecutor"),
    Membership(JIT, "annet", "translator"),
    Membership(JIT, "pim", "forensic_examiner"),
    Membership(JIT, "egle", "analyst"),
    Membership(JIT, "darius", "prosecutor"),
    Membership(JIT, "vilma", "investigator", 6, "it-fiu"),
    Membership(JIT, "yassine", "third_country_member"),
    Membership(NATIONAL, "chiara", "lead"),
    Membership(NATIONAL, "rita", "investigator"),
    Membership(NATIONAL, "furio", "financial_analyst"),
    Membership(TASK_FORCE, "darius", "lead"),
    Membership(TASK_FORCE, "vilma", "investigator"),
    Membership(TASK_FORCE, "egle", "analyst"),
    Membership(TASK_FORCE, "maarten", "investigator"),
    Membership(TASK_FORCE, "saskia", "oversight"),
    Membership(TASK_FORCE, "livia", "observer"),
)
FININT, COVERT, VICTIM, PRIVILEGED, NOT_MA = "finint", "covert", "victim", "privileged", "not-ma"
INFORMER = "informer"
_MONEY = ("rita", "furio", "livia", "maarten", "saskia", "pim", "egle", "darius")
_NOT_MA = ("rita", "furio", "livia", "maarten", "saskia", "annet", "pim", "egle", "darius", "vilma")
MARKINGS = (
    Marking(FININT, JIT, "Financial intelligence", "financial_intelligence", "chiara", _MONEY),
    Marking(COVERT, JIT, "Covert source", "covert_source", "chiara", _MONEY),
    Marking(VICTIM, JIT, "Victim identity", "victim_identity", "chiara", ("rita", "egle", "darius")),
    Marking(PRIVILEGED, JIT, "Privileged", "privileged", "chiara", ("rita",)),
    Marking(NOT_MA, JIT, "Not to MA", "release_restriction", "chiara", _NOT_MA),
    Marking(INFORMER, TASK_FORCE, "Informer", "covert_source", "darius", ("egle",)),
)
CASES = (
    Case(
        "na", JIT, "Flows to the villa", "Payments out of Fondazione Acquaviva towards a villa on the coast, and who stands behind them.",
        "it-pros", "chiara", (("IT", "NA-2231/26"), ("NL", "14-2026-0087"), ("LT", "LT-08-114")),
        ("money laundering", "participation in a criminal organisation"),
    ),
    Case(
        "nl", JIT, "Salt & Quay and its drivers", "The Dutch companies, their vans and their telephones.", "nl-police", "maarten",
        (("NL", "14-2026-0093"),), ("trafficking in human beings", "money laundering"),
    ),
    Case(
        "lt", JIT, "Baltvera: cash on the ferry", "Couriers, exchange offices and a company without staff in Klaipėda.", "lt-police",
        "egle", (("LT", "LT-08-131"),), ("money laundering", "false accounting"),
    ),
    Case(
        "vi", JIT, "Persons moved through Berth C-7", "Those who were moved and made to work. Their names are known to four people.",
        "it-pros", "chiara", (("IT", "NA-2318/26"), ("LT", "LT-08-140")), ("trafficking in human beings",), (VICTIM,),
    ),
    Case(
        "bis", NATIONAL, "Acquaviva: grants and permits", "How the foundation came by its money. Not for the partners yet.", "it-pros",
        "chiara", (("IT", "NA-2231/26 bis"),), ("corruption", "fraud against the budget"),
    ),
    Case(
        "tf", TASK_FORCE, "Ferry couriers", "Who carries cash to Klaipėda, how often, for whom.", "lt-pros", "darius",
        (("LT", "LT-08-122"), ("NL", "14-2026-0112")), ("money laundering",),
    ),
)  # fmt: skip
MARKINGS_OF_CASE = {it.key: it.markings for it in CASES}
