"""GraphQL: exhibits as types."""

from __future__ import annotations

from datetime import datetime
from typing import Any

import strawberry

from backend.agencies.api import Agency, Person, agency_of, person_of
from backend.cases.api import CaseRef
from backend.core.graphql import PageInfo, when
from backend.evidence import rules
from backend.evidence.check_types import IntegrityCheck, VirusScan, check_of, scan_of
from backend.evidence.reading.kinds import FileKind
from backend.evidence.rules import Derivation, ExhibitKind, Said
from backend.evidence.service import Wanted
from backend.teams.api import Marking, marking_of

strawberry.enum(ExhibitKind, description="What an exhibit is.")
strawberry.enum(Derivation, description="What a derived exhibit is of the one that it was derived from.")


@strawberry.type(description="An exhibit by its number.")
class ExhibitRef:
    """Enough of an exhibit to name it."""

    id: strawberry.ID = strawberry.field(description="Id.")
    number: str = strawberry.field(description="Exhibit number.")
    title: str = strawberry.field(description="Title.")
    family: str = strawberry.field(description="How its file is shown, as of `ExhibitFile`; empty where there is none.")


@strawberry.type(description="A translation of an exhibit: an exhibit of its own.")
class ExhibitTranslation:
    """Enough of it to name and to open it."""

    id: strawberry.ID = strawberry.field(description="Id.")
    number: str = strawberry.field(description="Exhibit number.")
    title: str = strawberry.field(description="Title.")
    language: str = strawberry.field(description="Into which language; empty where nobody said.")


@strawberry.type(description="How an exhibit came about and what law it stands on; empty where nothing was said.")
class ExhibitDetails:
    """Texts as people entered them."""

    legal_authorisation: str = strawberry.field(description="The order or warrant under which it was taken, by its number.")
    legal_basis: str = strawberry.field(description="The law that the order rests on.")
    method: str = strawberry.field(description="How it was acquired: physical, logical, live, cloud, remote, certified copy.")
    tool: str = strawberry.field(description="Tool and version.")
    examiner: str = strawberry.field(description="Who acquired or examined it.")
    place: str = strawberry.field(description="Where it was taken.")
    person_from: str = strawberry.field(description="From whom.")
    media_id: str = strawberry.field(description="Id of the original medium.")
    seal_number: str = strawberry.field(description="Number of the seal.")
    encryption: str = strawberry.field(description="How the original is encrypted.")
    authentication: str = strawberry.field(description="Apostille, certificate or affidavit.")
    retention: str = strawberry.field(description="Class of retention.")
    language: str = strawberry.field(description="Language of the content.")
    recipients: list[str] = strawberry.field(description="Intended recipients.")
    admissibility: list[str] = strawberry.field(description="What is said of its admissibility, by country.")


@strawberry.type(description="The file of an exhibit.")
class ExhibitFile:
    """What was found when it came in."""

    name: str = strawberry.field(description="Name, as it was sent.")
    bytes: str = strawberry.field(description="Size.")
    sha256: str = strawberry.field(description="SHA-256 when it was acquired.")
    sha512: str | None = strawberry.field(
        description="SHA-512; null for what was acquired before it was kept, until a check finds SHA-256 equal."
    )
    media_type: str = strawberry.field(description="What it is by its content.")
    family: str = strawberry.field(description="How it is shown: pdf, image, text, table, mail, audio, video, archive or other.")
    paged: bool = strawberry.field(description="Whether its pages can be shown.")
    scan: VirusScan = strawberry.field(description="What a virus scanner said of it.")
    archive_problem: str = strawberry.field(description="What is wrong with an archive, so that nothing of it is unpacked; else empty.")
    watermarked: bool = strawberry.field(description="Whether a marking asks for a watermark: a copy's hash is then another.")


@strawberry.type(description="An item of evidence, physical or digital.")
class Exhibit:
    """An exhibit as one reader sees it."""

    id: strawberry.ID = strawberry.field(description="Id.")
    space: strawberry.ID = strawberry.field(description="Its space.")
    number: str = strawberry.field(description="Exhibit number, drawn at random; what is derived from another begins with its number.")
    title: str = strawberry.field(description="Title.")
    kind: ExhibitKind = strawberry.field(description="What it is.")
    case: CaseRef | None = strawberry.field(description="The case that it is in.")
    authority: Agency = strawberry.field(description="Owning authority.")
    custodian: Agency = strawberry.field(description="Who holds it: the last authority that confirmed a receipt.")
    handling: str = strawberry.field(description="Handling code.")
    grade: str | None = strawberry.field(description="Grade on the Admiralty scale.")
    markings: list[Marking] = strawberry.field(description="Markings; whoever sees it holds all of them.")
    acquired_at: datetime = strawberry.field(description="When it was seized or acquired.")
    acquired_zone: str = strawberry.field(description="In whose time zone (IANA) that was.")
    details: ExhibitDetails = strawberry.field(description="How it came about.")
    file: ExhibitFile | None = strawberry.field(description="Its file; null for a physical exhibit.")
    parent: ExhibitRef | None = strawberry.field(description="What it was derived from.")
    derivation: Derivation | None = strawberry.field(description="What it is of that; null where it was derived from nothing.")
    derived: list[ExhibitRef] = strawberry.field(description="What was derived from it.")
    translations: list[ExhibitTranslation] = strawberry.field(
        description="What of that is a translation of it, by number, of those that the reader sees."
    )
    same_file: list[ExhibitRef] = strawberry.field(description="Further exhibits with the same file, of those that the reader sees.")
    cited: int = strawberry.field(description="Records that cite it, of those that the reader sees.")
    excluded_in: list[str] = strawberry.field(description="Countries whose court excluded it.")
    challenged_in: list[str] = strawberry.field(description="Countries in which it is challenged and nothing is decided yet.")
    integrity_alert: datetime | None = strawberry.field(
        description="When its hash, or that of what it was derived from, was found to differ; what rests on it waits."
    )
    integrity_check: IntegrityCheck = strawberry.field(description="The last check of its hash.")
    created_by: Person | None = strawberry.field(description="Who registered it.")
    created_at: datetime = strawberry.field(description="When.")
    version: str = strawberry.field(description="Pass back as expectedVersion.")
    may_write: bool = strawberry.field(description="Whether the reader may change what is said of it.")
    may_hand_on: bool = strawberry.field(description="Whether the reader's authority holds it, and the reader may hand it on.")


@strawberry.type(description="A page of exhibits.")
class ExhibitPage:
    """Rows and where to go on."""

    items: list[Exhibit] = strawberry.field(description="By number, what was derived from one behind it.")
    total: int = strawberry.field(description="How many visible exhibits pass the filter.")
    page_info: PageInfo = strawberry.field(description="Where to go on.")


@strawberry.input(description="Which exhibits are listed.")
class ExhibitFilter:
    """Each narrows what is listed."""

    case: strawberry.ID | None = strawberry.field(description="Of a case.", default=None)
    kinds: list[ExhibitKind] | None = strawberry.field(description="Of one of these kinds.", default=None)
    text: str = strawberry.field(description="Part of number, title or file name.", default="")

    def wanted(self) -> Wanted:
        """Return the same in the words of the service."""
        return Wanted(self.case, None if self.kinds is None else [it.value for it in self.kinds], self.text)


@strawberry.input(description="What is said of an exhibit; null leaves a field as it is.")
class ExhibitInput:
    """Fields of an exhibit."""

    title: str | None = strawberry.field(description="Title.", default=None)
    kind: ExhibitKind | None = strawberry.field(description="What it is.", default=None)
    grade: str | None = strawberry.field(description="Grade on any scale; empty takes it away.", default=None)
    handling: str | None = strawberry.field(description="Handling code.", default=None)
    acquired_at: datetime | None = strawberry.field(description="When it was seized or acquired.", default=None)
    acquired_zone: str | None = strawberry.field(description="In whose time zone (IANA).", default=None)
    derivation: Derivation | None = strawberry.field(description="What it is of the exhibit that it was derived from.", default=None)
    legal_authorisation: str | None = strawberry.field(description="The order or warrant, by its number.", default=None)
    legal_basis: str | None = strawberry.field(description="The law that the order rests on.", default=None)
    method: str | None = strawberry.field(description="How it was acquired.", default=None)
    tool: str | None = strawberry.field(description="Tool and version.", default=None)
    examiner: str | None = strawberry.field(description="Who acquired or examined it.", default=None)
    place: str | None = strawberry.field(description="Where it was taken.", default=None)
    person_from: str | None = strawberry.field(description="From whom.", default=None)
    media_id: str | None = strawberry.field(description="Id of the original medium.", default=None)
    seal_number: str | None = strawberry.field(description="Number of the seal.", default=None)
    encryption: str | None = strawberry.field(description="How the original is encrypted.", default=None)
    authentication: str | None = strawberry.field(description="Apostille, certificate or affidavit.", default=None)
    retention: str | None = strawberry.field(description="Class of retention.", default=None)
    language: str | None = strawberry.field(description="Language of the content.", default=None)
    recipients: list[str] | None = strawberry.field(description="Intended recipients.", default=None)
    admissibility: list[str] | None = strawberry.field(description="Admissibility by country.", default=None)

    def said(self) -> Said:
        """Return the same in the words of the rules."""
        details = {name: value for name in rules.DETAILS if (value := getattr(self, name)) is not None}
        lists = {name: value for name in rules.LISTS if (value := getattr(self, name)) is not None}
        return Said(
            self.title, self.kind, self.grade, self.handling, self.acquired_at, self.acquired_zone, self.derivation, details, lists
        )  # fmt: skip


def _ref(row: dict[str, str]) -> ExhibitRef:
    return ExhibitRef(id=strawberry.ID(row["id"]), number=row["number"], title=row["title"], family=row["family"])


def _file(row: dict[str, Any]) -> ExhibitFile | None:
    if "file" not in row:
        return None
    kind = FileKind(row["media_type"], row["family"])
    return ExhibitFile(
        name=row["file_name"],
        bytes=str(row["bytes"]),
        sha256=row["sha256"],
        sha512=row.get("sha512"),
        media_type=kind.media_type,
        family=kind.family,
        paged=kind.paged,
        scan=scan_of(row),
        archive_problem=row.get("reading_problem", "") if kind.family == "archive" else "",
        watermarked=row["watermarked"],
    )


def exhibit_of(row: dict[str, Any]) -> Exhibit:
    """Dress an exhibit."""
    return Exhibit(
        id=strawberry.ID(row["id"]),
        space=strawberry.ID(row["space"]),
        number=row["number"],
        title=row["title"],
        kind=ExhibitKind(row["kind"]),
        case=CaseRef(id=strawberry.ID(row["case"][0]), title=row["case"][1]) if row["case"] else None,
        authority=agency_of(row["authority"]),
        custodian=agency_of(row["custodian"]),
        handling=row["handling"],
        grade=row["grade"] or None,
        markings=[marking_of(it) for it in row["markings"]],
        acquired_at=when(row["acquired_at"]),
        acquired_zone=row["acquired_zone"],
        details=ExhibitDetails(
            **{name: row.get(name, "") for name in rules.DETAILS}, **{name: row.get(name, list[str]()) for name in rules.LISTS}
        ),
        file=_file(row),
        parent=_ref(row["parent"]) if row["parent"] else None,
        derivation=Derivation(row["derivation"]) if row["derivation"] else None,
        derived=[_ref(it) for it in row["derived"] if it],
        translations=[
            ExhibitTranslation(id=strawberry.ID(it["id"]), number=it["number"], title=it["title"], language=it["language"])
            for it in row["translations"]
        ],
        same_file=[_ref(it) for it in row["same_file"] if it],
        cited=row["cited"],
        excluded_in=row.get("excluded_in", list[str]()),
        challenged_in=row.get("challenged_in", list[str]()),
        integrity_alert=when(row["integrity_alert"]) if row.get("integrity_alert") else None,
        integrity_check=check_of(row),
        created_by=person_of(row["created_by"]) if row["created_by"] else None,
        created_at=when(row["created_at"]),
        version=row["version"],
        may_write=row["may_write"],
        may_hand_on=row["may_hand_on"],
    )
