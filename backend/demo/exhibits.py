"""The exhibits that the heart of the case cites: their numbers run as they came in, with gaps."""

from __future__ import annotations

from dataclasses import replace

from backend.demo.people import COVERT, PRIVILEGED
from backend.demo.telling import Source

E009 = Source("E-009", "chiara", 234, "na", "B2")
# What was recorded after the order had run out.
E009_LATE = replace(
    E009, title="E-009.1", excluded="Court of Porto Salino, 28 Aug 2026: recorded after the order had run out. Stands in NL and LT."
)
E014 = Source("E-014", "chiara", 193, "na", "A1")
E022 = Source("E-022", "maarten", 135, "na", "B2")
E031 = Source("E-031", "egle", 174, "na", "B2")
E037 = Source("E-037", "chiara", 158, "na", "A2", "H3", (PRIVILEGED,))
E044 = Source("E-044", "maarten", 137, "na", "B1", "H2")
E052 = Source("E-052", "maarten", 134, "na", "B3", "H1")
E060 = Source("E-060", "egle", 0.0005, "na", "C3", "H1")
E071 = Source("E-071", "yassine", 121, "na", "B3")
E083 = Source("E-083", "furio", 96, "na", "A1")
E090 = Source("E-090", "rita", 150, "vi", "A1", "H2")
E097 = Source("E-097", "egle", 88, "na", "C3", "H2", (COVERT,))
E112 = Source("E-112", "pim", 61, "na", "A2", "H1")
# What each of them is: title, kind of document and the day it was received.
SHOWN = (
    (E009, "Intercepted call, two male voices", "2026-04-03"),
    (E014, "Police report and register extracts, Porto Salino", "2026-05-14"),
    (E031, "Table of persons and companies, Vakarų skyrius", "2026-06-02"),
    (E052, "Accounts and board papers of Salt & Quay", "2026-07-12"),
)  # fmt: skip
