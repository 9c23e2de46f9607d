"""The files behind the exhibits at the heart of the case: a report, a table, a call, accounts. All names and numbers are invented."""

from __future__ import annotations

from dataclasses import dataclass, field
from io import BytesIO
from textwrap import wrap

from reportlab.lib.pagesizes import A4
from reportlab.pdfgen.canvas import Canvas

from backend.evidence.rules import Derivation

MARGIN, LEADING, SIZE, WIDTH = 64, 17, 11, 78


@dataclass(frozen=True, slots=True)
class Paper:
    """A file as somebody brought it in: what it is called, by whose hand, and what of it the story's records cite."""

    number: str
    by: str
    name: str
    content: bytes
    received: str
    grade: str
    handling: str = "H0"
    details: dict[str, str] = field(default_factory=dict[str, str])
    parent: str | None = None
    derivation: Derivation | None = None
    excluded: str | None = None


def _pdf(heading: str, pages: dict[int, str], count: int) -> bytes:
    """Return a PDF of `count` pages; those that are not told hold a line that says so."""
    target = BytesIO()
    canvas = Canvas(target, pagesize=A4, invariant=True)
    for number in range(1, count + 1):
        height = A4[1] - MARGIN
        canvas.setFont("Helvetica", 9)
        canvas.drawString(MARGIN, height, f"{heading}  –  page {number} of {count}  –  fictional, for demonstration")
        canvas.setFont("Helvetica", SIZE)
        for paragraph in pages.get(number, "This page is left out of the demonstration.").split("\n"):
            height -= LEADING
            for line in wrap(paragraph, WIDTH) or [""]:
                height -= LEADING
                canvas.drawString(MARGIN, height, line)
        canvas.showPage()
    canvas.save()
    return target.getvalue()


REPORT = {
    1: "Squadra mobile, Porto Salino\nReport on persons and companies around Perla Marittima Srl, with extracts of the registers.",
    3: "§1 Persons.\n§2 Ilian Dravec, born on 12 April 1979, passport K0 553 7718. He directs the companies named"
    " on page 5 and uses the number +39 333 555 0142 only through Rocco Santavelli."
    "\n§4 The passport was shown at the ferry office on 12 February 2026.",
    5: "§1 Companies.\n§2 Perla Marittima Srl, registered in Porto Salino. Nadia Ferrolini signs for it.\n§3 Its account at Banca Levanto"
    " begins with IT60.",
    6: "§1 Voices.\n§2 The voice on the intercepted call of 3 April 2026, from minute 12 on, is that of Rocco Santavelli.",
    9: "§1 Payments.\n§4 Samir Belkadir received 720,000 EUR on the account that begins with LT12.",
}
ACCOUNTS = {
    1: "Salt & Quay Logistics BV\nAccounts and board papers.",
    7: "¶1 Resolution of the board.\n¶2 The shares are held by Stichting Halm.\n¶3 Instructions are taken from Mr Dravec alone, who holds"
    " no office in the company.",
    9: "¶1 The wallet bc1q ... x7ke is entered among the assets at 1,650,000 EUR.",
}
CALL = (
    ("00:00:04", "A", "Pronto. Sono io."),
    ("00:12:30", "B", "Gli olandesi avranno le carte entro venerdì."),
    ("00:33:10", "A", "Prendi il furgone, RX-114-T. L'altro è conosciuto."),
)
CALL_IN_ENGLISH = (
    ("00:00:04", "A", "Hello. It is me."),
    ("00:12:30", "B", "The Dutch will have the papers by Friday."),
    ("00:33:10", "A", "Take the van, RX-114-T. The other one is known."),
)
LATE = (
    ("00:40:00", "-", "The order of 3 January 2026 runs out. What follows was recorded after it."),
    ("00:41:07", "A", "A third man comes in: Unknown male 3. They speak of the meeting of 12 February 2026."),
)


def _call(lines: tuple[tuple[str, str, str], ...]) -> bytes:
    return "".join(f"[{at}] {who}: {words}\n" for at, who, words in lines).encode()


def _table() -> bytes:
    known = {
        218: "Ilian Dravec,1981-04-12,MK,Director",
        344: "Jurgita Melnytė,1984-09-30,LT,Accountant",
    }
    rows = (known.get(row, f"entry {row} of the register,,,left out of the demonstration") for row in range(2, 401))
    return ("name,born,nationality,function\n" + "\n".join(rows) + "\n").encode()


def papers() -> tuple[Paper, ...]:
    """Return the files in the order in which they came in; what was derived from another stands behind it."""
    ruling = "Order 118/26 of 28 August 2026: recorded after the order had run out."
    return (
        Paper("E-009", "chiara", "intercepted-call-2026-04-03.txt", _call(CALL), "2026-04-03T09:10:00", "B2", details={
            "legal_basis": "Order 7/26 of the judge for preliminary investigations", "language": "it"}),
        Paper("E-009.1", "chiara", "intercepted-call-2026-04-03-from-00-40.txt", _call(LATE), "2026-04-03T09:10:00", "B2",
            parent="E-009", derivation=Derivation.EXTRACT, excluded=ruling),
        Paper("E-009.2", "chiara", "intercepted-call-2026-04-03-en.txt", _call(CALL_IN_ENGLISH), "2026-04-20T10:00:00", "B2",
            details={"language": "en", "authentication": "Certified by A. Koster, sworn translator"}, parent="E-009",
            derivation=Derivation.TRANSLATION),
        Paper("E-014", "chiara", "rapporto-porto-salino.pdf", _pdf("Report, Porto Salino", REPORT, 12), "2026-05-14T11:30:00", "A1"),
        Paper("E-031", "egle", "asmenys-ir-bendroves.csv", _table(), "2026-06-02T08:00:00", "B2"),
        Paper("E-052", "saskia", "salt-and-quay-accounts.pdf", _pdf("Salt & Quay Logistics BV", ACCOUNTS, 10), "2026-07-12T15:45:00",
            "B3", "H1"),
    )  # fmt: skip


TITLES = {
    "E-009": "Intercepted call, two male voices",
    "E-009.1": "Intercepted call, from 00:40 on",
    "E-009.2": "English translation, certified",
    "E-014": "Police report and register extracts, Porto Salino",
    "E-031": "Table of persons and companies, Vakarų skyrius",
    "E-052": "Accounts and board papers of Salt & Quay",
}
ZONES = {"chiara": "Europe/Rome", "egle": "Europe/Vilnius", "saskia": "Europe/Amsterdam"}
