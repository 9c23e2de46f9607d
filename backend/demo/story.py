"""The demo case, told from a fixed seed: the heart of it by hand, the rest drawn."""

from __future__ import annotations

import random
from typing import TYPE_CHECKING

from backend.demo import core, people
from backend.demo.people import FININT, HOME_CASE, JIT, NATIONAL, NOT_MA, TASK_FORCE
from backend.demo.shapes import Entity, Link, Record, Story
from backend.demo.wide import AGENCY, Wide, wide

if TYPE_CHECKING:
    from collections.abc import Iterator

SEED = 2231
REPORTERS = {
    "it-pros": "chiara", "it-fiu": "furio", "it-aro": "livia", "nl-police": "maarten", "nl-pros": "saskia", "lt-police": "egle",
    "lt-pros": "darius", "ma-police": "yassine",
}  # fmt: skip
OLDEST_DAYS, NEWEST_DAYS = 240.0, 0.5


def story(*, small: bool = False) -> Story:
    """Return the whole case, or (`small`) its heart only."""
    dice = random.Random(SEED)  # noqa: S311 - a story, not a secret
    entities = [Entity(key, JIT, kind) for key, (kind, *_) in core.ENTITIES.items()]
    links = [Link(f"link-{place}", JIT, it[0], it[1], it[2]) for place, it in enumerate(core.LINKS)]
    records = list(_core_records(dice))
    if not small:
        drawn = wide(SEED)
        entities += [Entity(it.key, JIT, it.kind) for it in drawn.things]
        ties = list(drawn.ties.values())
        links += [Link(f"tie-{place}", JIT, it.kind, it.source, it.target) for place, it in enumerate(ties)]
        records += _wide_records(drawn)
        for space, case in ((NATIONAL, "it2"), (TASK_FORCE, "tf")):
            more_entities, more_links, more_records = _aside(space, case)
            entities, links, records = entities + more_entities, links + more_links, records + more_records
    return Story(
        people.AGENCIES,
        people.PEOPLE,
        people.SPACES,
        people.MEMBERSHIPS,
        people.MARKINGS,
        people.CASES,
        tuple(entities),
        tuple(links),
        tuple(records),
    )


def _days(dice: random.Random) -> float:
    return round(dice.uniform(NEWEST_DAYS, OLDEST_DAYS), 3)


def _core_records(dice: random.Random) -> Iterator[Record]:
    for key, (_, values, title, locator, grade, agency, markings) in core.ENTITIES.items():
        yield _record(f"r-{key}", key, values, (title, locator), (grade, agency), markings, _days(dice))
    for place, (_, _, _, values, title, locator, grade, agency, markings) in enumerate(core.LINKS):
        yield _record(f"r-link-{place}", f"link-{place}", values, (title, locator), (grade, agency), markings, _days(dice))
    for place, (key, values, title, locator, grade, agency, retracted, markings) in enumerate(core.MORE):
        days = round(dice.uniform(NEWEST_DAYS, 60), 3)
        yield _record(f"r-more-{place}", key, values, (title, locator), (grade, agency), markings, days, retracted)


def _record(
    key: str,
    about: str,
    values: dict[str, str],
    source: tuple[str, str],
    said: tuple[str | None, str],
    markings: tuple[str, ...],
    days: float,
    retracted: str = "",
) -> Record:
    grade, agency = said
    return Record(
        key=key, about=about, case=HOME_CASE[agency], values={name: (value,) for name, value in values.items()}, title=source[0],
        locator=source[1], grade=grade, grade_original=f"Admiralty {grade}" if grade else None, handling=_handling(agency, grade),
        authority=agency, by=REPORTERS[agency], days_ago=days, markings=markings, status="retracted" if retracted else "asserted",
        status_reason=retracted or None,
    )  # fmt: skip


def _handling(agency: str, grade: str | None) -> str:
    if agency == "nl-police" and grade and grade[1] == "1":
        return "H2"
    return "H1" if grade in {"B3", "C3"} else "H0"


def _wide_records(drawn: Wide) -> list[Record]:
    records: list[Record] = []
    dice = drawn.random
    for it in drawn.things:
        markings = (FININT,) if it.kind == "BankAccount" and dice.random() < 0.1 else ()  # noqa: PLR2004 - a share
        source = (_exhibit(dice), f"row {dice.randrange(2, 4000)}")
        records.append(_record(f"r-{it.key}", it.key, it.values, source, (drawn.grade(), AGENCY[it.country]), markings, _days(dice)))
    for place, it in enumerate(drawn.ties.values()):
        markings = (NOT_MA,) if dice.random() < 0.03 else ()  # noqa: PLR2004 - a share
        source = (_exhibit(dice), f"row {dice.randrange(2, 9000)}")
        records.append(
            _record(f"r-tie-{place}", f"tie-{place}", it.values, source, (drawn.grade(), AGENCY[it.country]), markings, _days(dice))
        )
    return records


def _exhibit(dice: random.Random) -> str:
    return f"E-{dice.choice((107, 119, 128, 143, 166, 172, 189, 204, 231, 258, 277, 296))}"


def _aside(space: str, case: str) -> tuple[list[Entity], list[Link], list[Record]]:
    """A few items in a space beside, so that each space is its own."""
    key = f"{space}-man"
    agency, by = ("it-pros", "chiara") if space == NATIONAL else ("nl-police", "maarten")
    entities = [Entity(key, space, "Person"), Entity(f"{space}-firm", space, "Company")]
    links = [Link(f"{space}-link", space, "Directorship", key, f"{space}-firm")]

    def said(about: str, values: dict[str, tuple[str, ...]]) -> Record:
        return Record(f"r-{about}", about, case, values, "E-311", "p.1", "B2", None, "H0", agency, by, 12.0)

    name = "Rocco Santavelli" if space == NATIONAL else "Andrius Sovka"
    records = [
        said(key, {"name": (name,)}),
        said(f"{space}-firm", {"name": ("Molo Nove Srl" if space == NATIONAL else "Zwin Ferries BV",)}),
        said(f"{space}-link", {"role": ("director",)}),
    ]
    return entities, links, records
