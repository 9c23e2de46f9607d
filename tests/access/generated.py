"""Small worlds made by chance: `spaces(Random(number))` makes one again."""

from __future__ import annotations

from itertools import combinations
from typing import TYPE_CHECKING

from backend.teams.policy import RIGHTS, Right, Role
from tests.access.described import Clearance, Comment, Deed, Import, Person, Record, Space, Task

if TYPE_CHECKING:
    from collections.abc import Iterable
    from random import Random

FIRST, LAST = ("Kora", "Milan", "Velma", "Tadeus"), ("Brand", "Dravec", "Singh", "Orsini")
PHONES, BIRTHDAYS = ("+393335550142", "+31655501187"), ("1979-04-12", "1981-04-12")
ROLES = (Role.INVESTIGATOR, Role.PROSECUTOR, Role.OBSERVER, Role.THIRD_COUNTRY_MEMBER)
WRITERS = frozenset({Role.INVESTIGATOR, Role.PROSECUTOR, Role.THIRD_COUNTRY_MEMBER})
LINKS = {("Person", "Person"): ("Associate", "UnknownLink"), ("Person", "Company"): ("Ownership", "UnknownLink")}
OTHERWISE = (Clearance.AGAIN, Clearance.WITHDRAWN, Clearance.ENDED, Clearance.LATER)


def spaces(chance: Random) -> tuple[Space, Space]:
    """Two spaces; who reads in the first may be a member of the second. Their things have the same names, dates and telephones."""
    first, second = _founded(chance, "A"), _founded(chance, "B")
    for place in range(3):
        for space in (first, second):
            if space is first or chance.random() < 0.5:
                space.people[f"Reader {place}"] = _reader(chance, space, outsider=place == 2)
    _fill(chance, first, things=4, links=5, tasks=4)
    _fill(chance, second, things=1, links=1, tasks=1)
    return first, second


def _founded(chance: Random, name: str) -> Space:
    space = Space(name, tuple(f"{name} marking {place}" for place in range(2)))
    space.cases = {f"{name} case {place}": _some(chance, space.markings, 0.25 * place) for place in range(3)}
    return space


def _reader(chance: Random, space: Space, *, outsider: bool) -> Person:
    """A reader; an outsider was one, or only watches over the others, and holds nothing."""
    if outsider and chance.random() < 0.7:
        return chance.choice((Person(Role.OVERSIGHT, {}), Person(Role.INVESTIGATOR, {}, lapsed=True)))
    return Person(chance.choice(ROLES), {one: how for one in space.markings if (how := _clearance(chance))})


def _clearance(chance: Random) -> Clearance | None:
    """Plainly held, never given, or one of the other ways."""
    return chance.choice((Clearance.HELD, Clearance.HELD, None, chance.choice(OTHERWISE), chance.choice(OTHERWISE)))


def _some(chance: Random, of: Iterable[str], share: float = 0.5) -> frozenset[str]:
    return frozenset(one for one in of if chance.random() < share)


# ── what is said ──────────────────────────────────────────────────────────────────────────────────────────────────────────────────


def _fill(chance: Random, space: Space, *, things: int, links: int, tasks: int) -> None:
    for place in range(2 if things > 1 else 1):
        _bring(chance, space, f"{space.name} import {place}", chance.choice((1, 2)))
    for place in range(things):
        one = f"{space.name} thing {place}"
        space.kinds[one] = chance.choice(("Person", "Person", "Company"))
        _say(chance, space, one)
    for place in range(links):
        _say(chance, space, _link(chance, space, f"{space.name} link {place}", sorted(space.kinds)))
    _merge(chance, space)
    for one in chance.sample([*space.kinds, *space.links, *space.merges], things + 1):
        _say(chance, space, one)
    _do(chance, space)
    for place in range(tasks):
        _task(chance, space, f"{space.name} task {place}")
    space.late = [_record(chance, space, one, f"late record {place}") for place, one in enumerate(_subjects(chance, space, things))]


def _bring(chance: Random, space: Space, name: str, things: int) -> None:
    """A file that states one thing, or two and a link between them."""
    space.imports[name] = Import(chance.choice(list(space.cases)), _some(chance, space.markings, 0.35), undone=chance.random() < 0.2)
    brought = [f"{name} thing {place}" for place in range(things)]
    for one in brought:
        space.kinds[one] = chance.choice(("Person", "Company"))
        _line(chance, space, name, one)
    if things > 1:
        _line(chance, space, name, _link(chance, space, f"{name} link", brought))


def _line(chance: Random, space: Space, name: str, about: str) -> None:
    number = 1 + sum(record.brought == name for record in space.records)
    of = space.imports[name]
    space.records.append(Record(f"{name}.json line {number}", about, of.case, of.markings, _values(chance, space, about), name))


def _link(chance: Random, space: Space, name: str, among: list[str]) -> str:
    source, target = chance.sample(among, 2)
    kind = chance.choice(LINKS.get((space.kinds[source], space.kinds[target]), ("UnknownLink",)))
    space.links[name] = (kind, source, target)
    return name


def _values(chance: Random, space: Space, about: str) -> dict[str, str]:
    if about not in space.kinds:
        return {}
    values = {"name": f"{chance.choice(FIRST)} {chance.choice(LAST)}"}
    if chance.random() < 0.7:
        values["phone"] = chance.choice(PHONES)
    if space.kinds[about] == "Person" and chance.random() < 0.5:
        values["birthDate"] = chance.choice(BIRTHDAYS)
    return values


def _say(chance: Random, space: Space, about: str) -> None:
    space.records.append(_record(chance, space, about, f"record {len(space.records)}"))


def _record(chance: Random, space: Space, about: str, name: str) -> Record:
    case, markings = chance.choice(list(space.cases)), _some(chance, space.markings, 0.4)
    return Record(f"{space.name} {name}", about, case, markings, _values(chance, space, about))


def _merge(chance: Random, space: Space) -> None:
    """At most two merges, never of two that are one already."""
    pairs = list(combinations(sorted(space.kinds), 2))
    for a, b in chance.sample(pairs, min(len(pairs), chance.choice((0, 1, 2, 2)))):
        name = f"{space.name} merge {len(space.merges)}"
        space.merges[name] = (a, b)
        _say(chance, space, name)


def _do(chance: Random, space: Space) -> None:
    """Four deeds at most, two of them to what imports brought."""
    brought = [record for record in space.records if record.brought]
    said = [record for record in space.records if not record.brought]
    for record in (*chance.sample(brought, min(len(brought), 2)), *chance.sample(said, 2)):
        verb = chance.choice(("mark", "release", "retract"))
        carried = tuple(sorted(record.markings | space.cases[record.case]))
        markings = _some(chance, space.markings if verb == "mark" else carried, 0.6)
        if verb == "retract" or markings:
            space.deeds.append(Deed(verb, record.name, frozenset() if verb == "retract" else markings))


def _subjects(chance: Random, space: Space, number: int) -> list[str]:
    """What the chief says more about while others write."""
    return chance.sample([*space.kinds, *space.links], min(number, 3))


# ── what is to be done ────────────────────────────────────────────────────────────────────────────────────────────────────────────


def _task(chance: Random, space: Space, name: str) -> None:
    """A task about two or three things, given to somebody who sees it; and what is said about it."""
    case, markings = chance.choice((None, *space.cases)), _some(chance, space.markings, 0.35)
    seeing = [who for who, it in space.people.items() if it.reads and markings | space.of_case(case) <= it.held]
    about = chance.sample([*space.kinds, *space.links, *space.merges], chance.choice((2, 3)))
    to = chance.choice(("", Role.INVESTIGATOR.value, *seeing))
    space.tasks[name] = Task(case, markings, tuple(about), to, closed=chance.random() < 0.2)
    said = set[str]()
    for place in range(chance.choice((1, 2, 3))):
        by = chance.choice([space.chief, *(who for who in seeing if space.people[who].role in WRITERS)])
        clears = not markings | space.of_case(case) or by == space.chief or Right.CLEAR in RIGHTS[space.people[by].role]
        known = [who for who in seeing if who != by and (clears or who in {space.chief, to, *said})]
        mentioned = chance.sample(known, chance.randint(0, len(known)))
        said.add(by)
        space.comments[f"{name} comment {place}"] = Comment(name, by, tuple(mentioned), withdrawn=chance.random() < 0.2)
