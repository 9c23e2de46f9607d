"""Who works in the demo: four countries, eight agencies, twelve people in all roles, three spaces. All invented."""

from __future__ import annotations

from backend.demo.shapes import Agency, Case, Marking, Membership, Person, Space

AGENCIES = (
    Agency("it-pros", "Procura della Repubblica, Napoli Nord", "IT", "prosecution", ("it",)),
    Agency("it-fiu", "Nucleo di polizia economico-finanziaria, Napoli Nord", "IT", "police", ("it",)),
    Agency("it-aro", "Ufficio recupero beni", "IT", "asset_recovery_office", ("it",)),
    Agency("nl-police", "Politie, team Zeeland", "NL", "police", ("nl",)),
    Agency("nl-pros", "Parket Zeeland", "NL", "prosecution", ("nl",)),
    Agency("lt-police", "Klaipėdos kriminalinė policija", "LT", "police", ("lt",)),
    Agency("lt-pros", "Klaipėdos prokuratūra", "LT", "prosecution", ("lt",)),
    Agency("ma-police", "Brigade judiciaire, Tanger", "MA", "police", ("ar", "fr")),
)
PEOPLE = (
    Person("chiara", "Chiara Bellandi", "lead prosecutor", ("it", "en"), "it-pros", 1),
    Person("maarten", "Maarten Vreeland", "investigator", ("nl", "en"), "nl-police", 2),
    Person("egle", "Eglė Tamulytė", "analyst", ("lt", "en"), "lt-police", 3),
    Person("yassine", "Yassine Amrane", "liaison officer", ("ar", "fr"), "ma-police", 4),
    Person("furio", "Furio Gamba", "financial analyst", ("it",), "it-fiu", 5),
    Person("livia", "Livia Doria", "asset recovery officer", ("it", "en"), "it-aro", 6),
    Person("saskia", "Saskia Kolen", "prosecutor", ("nl",), "nl-pros", 7),
    Person("annet", "Annet Koster", "translator", ("it", "nl", "en"), "nl-pros", 8),
    Person("pim", "Pim Jorissen", "forensic examiner", ("nl",), "nl-police", 9),
    Person("darius", "Darius Raudys", "prosecutor", ("lt",), "lt-pros", 10),
    Person("vilma", "Vilma Mikutė", "observer of the court", ("lt",), "lt-pros", 11),
    Person("rita", "Rita Ottolini", "data protection oversight", ("it", "en"), "it-pros", 12),
)
JIT, NATIONAL, TASK_FORCE = "saltmarsh", "acquaviva", "ferry"
_PURPOSE = "Laundering of the Acquaviva payment. Third-country clause 9 for MA."
SPACES = (
    Space(
        JIT,
        "JIT Saltmarsh",
        "joint_investigation_team",
        0,
        _PURPOSE,
        ("IT", "NL", "LT"),
    ),
    Space(NATIONAL, "Acquaviva, national file", "national", 3, "The Italian file behind JIT Saltmarsh.", ("IT",)),
    Space(TASK_FORCE, "Ferry task force", "task_force", 5, "Couriers on the Klaipėda line.", ("NL", "LT")),
)
MEMBERSHIPS = (
    Membership(JIT, "chiara", "lead"),
    Membership(JIT, "maarten", "investigator"),
    Membership(JIT, "egle", "analyst"),
    Membership(JIT, "yassine", "third_country_member"),
    Membership(JIT, "furio", "financial_analyst"),
    Membership(JIT, "livia", "financial_analyst"),
    Membership(JIT, "saskia", "prosecutor"),
    Membership(JIT, "annet", "translator"),
    Membership(JIT, "pim", "forensic_examiner"),
    Membership(JIT, "darius", "prosecutor"),
    Membership(JIT, "vilma", "observer", 6),
    Membership(JIT, "rita", "oversight"),
    Membership(NATIONAL, "chiara", "lead"),
    Membership(NATIONAL, "furio", "financial_analyst"),
    Membership(NATIONAL, "livia", "investigator"),
    Membership(TASK_FORCE, "saskia", "lead"),
    Membership(TASK_FORCE, "maarten", "investigator"),
    Membership(TASK_FORCE, "egle", "analyst"),
)
FININT, COVERT, VICTIM, PRIVILEGED, NOT_MA = "finint", "covert", "victim", "privileged", "not-ma"
_MONEY = ("maarten", "egle", "furio", "livia", "saskia", "darius")
_NOT_MA = (*_MONEY, "annet", "pim", "vilma")
MARKINGS = (
    Marking(FININT, JIT, "Financial intelligence", "financial_intelligence", "chiara", _MONEY),
    Marking(COVERT, JIT, "Covert source", "covert_source", "chiara", ("egle", "darius")),
    Marking(VICTIM, JIT, "Victim identity", "victim_identity", "chiara", ("egle", "livia")),
    Marking(PRIVILEGED, JIT, "Privileged", "privileged", "chiara", ()),
    Marking(
        NOT_MA,
        JIT,
        "Not to MA",
        "release_restriction",
        "chiara",
        _NOT_MA,
    ),
)
CASES = (
    Case(
        "na", JIT, "NA-2231/26 Acquaviva", "Payments out of Fondazione Acquaviva towards a villa on the coast, and who stands behind it.",
        "it-pros", "chiara", (("IT", "NA-2231/26"),), ("money laundering", "participation in a criminal organisation"),
    ),
    Case(
        "nl", JIT, "NL 14-2026-0087 Salt & Quay", "The Dutch companies, their drivers and their telephones.",
        "nl-police", "maarten", (("NL", "14-2026-0087"),), ("trafficking in human beings", "money laundering"),
    ),
    Case(
        "lt", JIT, "LT-08-114 Baltvera", "Couriers and cash on the Klaipėda line.",
        "lt-police", "egle", (("LT", "LT-08-114"),), ("money laundering",),
    ),
    Case(
        "it2", NATIONAL, "NA-2231/26 national file", "What Italy keeps to itself.",
        "it-pros", "chiara", (("IT", "NA-2231/26 bis"),), ("corruption",),
    ),
    Case(
        "tf", TASK_FORCE, "Ferry couriers", "Cash couriers on ferries.",
        "nl-pros", "saskia", (("NL", "14-2026-0112"),), ("money laundering",),
    ),
)  # fmt: skip
HOME_CASE = {
    "it-pros": "na",
    "it-fiu": "na",
    "it-aro": "na",
    "nl-police": "nl",
    "nl-pros": "nl",
    "lt-police": "lt",
    "lt-pros": "lt",
    "ma-police": "na",
}
