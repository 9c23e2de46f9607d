"""Small worlds made by chance: what is in them as plain data, and how one is built through the services that people use."""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from datetime import timedelta
from itertools import combinations
from typing import TYPE_CHECKING

from backend.core.ids import new_id
from backend.entities import changes
from backend.teams.policy import Role
from tests.support.world import YEAR

if TYPE_CHECKING:
    from random import Random

    from backend.entities.changes import Statement
    from tests.support.world import World

FIRST, LAST = ("Kora", "Milan", "Velma", "Tadeus"), ("Brand", "Dravec", "Singh", "Orsini")
PHONES, BIRTHDAYS = ("+393335550142", "+31655501187"), ("1979-04-12", "1981-04-12")
ROLES = (Role.INVESTIGATOR, Role.PROSECUTOR, Role.OBSERVER, Role.THIRD_COUNTRY_MEMBER)
LINKS = {("Person", "Person"): ("Associate", "UnknownLink"), ("Person", "Company"): ("Ownership", "UnknownLink")}


@dataclass(frozen=True)
class Record:
    """What one source says; `name` stands as the title of the source. `markings` are its own, without those of its case."""

    name: str
    about: str
    case: str
    markings: frozenset[str]
    values: dict[str, str]


@dataclass(frozen=True)
class Deed:
    """What somebody did to a record afterwards: mark, release or retract."""

    verb: str
    record: str
    markings: frozenset[str] = frozenset()


@dataclass(frozen=True)
class Person:
    """A member, or what is left of one."""

    role: Role
    holds: frozenset[str]
    lapsed: bool = False


@dataclass
class Space:
    """Everything in a space, in the order in which it is said. The chief holds every marking and says it all."""

    name: str
    markings: tuple[str, ...]
    people: dict[str, Person] = field(default_factory=dict[str, Person])
    cases: dict[str, frozenset[str]] = field(default_factory=dict[str, frozenset[str]])
    kinds: dict[str, str] = field(default_factory=dict[str, str])
    links: dict[str, tuple[str, str, str]] = field(default_factory=dict[str, tuple[str, str, str]])
    merges: dict[str, tuple[str, str]] = field(default_factory=dict[str, tuple[str, str]])
    records: list[Record] = field(default_factory=list[Record])
    deeds: list[Deed] = field(default_factory=list[Deed])

    @property
    def chief(self) -> str:
        return f"{self.name} chief"


# ── by chance ─────────────────────────────────────────────────────────────────────────────────────────────────────────────────────


def spaces(chance: Random) -> tuple[Space, Space]:
    """Two spaces; who reads in the first may be a member of the second. Their things have the same names, dates and telephones."""
    first, second = _space(chance, "A", things=5, links=6), _space(chance, "B", things=2, links=1)
    for place in range(3):
        for space in (first, second):
            if space is first or chance.random() < 0.5:
                space.people[f"Reader {place}"] = _reader(chance, space, outsider=place == 2)
    return first, second


def _reader(chance: Random, space: Space, *, outsider: bool) -> Person:
    """A reader; an outsider was one, or only watches over the others, and holds nothing."""
    if outsider and chance.random() < 0.7:
        return chance.choice((Person(Role.OVERSIGHT, frozenset()), Person(Role.INVESTIGATOR, frozenset(), lapsed=True)))
    return Person(chance.choice(ROLES), _some(chance, space.markings))


def _some(chance: Random, of: tuple[str, ...], share: float = 0.5) -> frozenset[str]:
    return frozenset(one for one in of if chance.random() < share)


def _space(chance: Random, name: str, *, things: int, links: int) -> Space:
    space = Space(name, tuple(f"{name} marking {place}" for place in range(2)))
    space.cases = {f"{name} case {place}": _some(chance, space.markings, 0.25 * place) for place in range(3)}
    space.kinds = {f"{name} thing {place}": chance.choice(("Person", "Person", "Company")) for place in range(things)}
    for one in space.kinds:
        _say(chance, space, one)
    for place in range(links):
        source, target = chance.sample(sorted(space.kinds), 2)
        kind = chance.choice(LINKS.get((space.kinds[source], space.kinds[target]), ("UnknownLink",)))
        space.links[f"{name} link {place}"] = (kind, source, target)
        _say(chance, space, f"{name} link {place}")
    _merge(chance, space)
    for one in chance.sample([*space.kinds, *space.links, *space.merges], things):
        _say(chance, space, one)
    _do(chance, space)
    return space


def _say(chance: Random, space: Space, about: str) -> None:
    values: dict[str, str] = {}
    if about in space.kinds:
        values["name"] = f"{chance.choice(FIRST)} {chance.choice(LAST)}"
        if chance.random() < 0.7:
            values["phone"] = chance.choice(PHONES)
        if space.kinds[about] == "Person" and chance.random() < 0.5:
            values["birthDate"] = chance.choice(BIRTHDAYS)
    case, markings = chance.choice(list(space.cases)), _some(chance, space.markings, 0.4)
    space.records.append(Record(f"{space.name} record {len(space.records)}", about, case, markings, values))


def _merge(chance: Random, space: Space) -> None:
    """At most two merges, never of two that are one already."""
    pairs = list(combinations(sorted(space.kinds), 2))
    for a, b in chance.sample(pairs, min(len(pairs), chance.choice((0, 1, 2, 2)))):
        name = f"{space.name} merge {len(space.merges)}"
        space.merges[name] = (a, b)
        _say(chance, space, name)


def _do(chance: Random, space: Space) -> None:
    for record in chance.sample(space.records, 3):
        verb = chance.choice(("mark", "release", "retract"))
        carried = tuple(sorted(record.markings | space.cases[record.case]))
        markings = _some(chance, space.markings if verb == "mark" else carried, 0.6)
        if verb == "retract" or markings:
            space.deeds.append(Deed(verb, record.name, frozenset() if verb == "retract" else markings))


# ── built ─────────────────────────────────────────────────────────────────────────────────────────────────────────────────────────


async def build(world: World, space: Space) -> None:
    """Make people, markings and cases; then say and do everything as the chief."""
    await world.space(space.name)
    await world.member(space.name, space.chief, Role.LEAD)
    for name, person in space.people.items():
        await world.member(space.name, name, person.role, until=-timedelta(days=1) if person.lapsed else YEAR)
    for one in space.markings:
        holders = [name for name, person in space.people.items() if one in person.holds]
        await world.marking(space.name, one, space.chief, holders)
    for name, markings in space.cases.items():
        await world.case(space.name, name, space.chief, markings)
    for record in space.records:
        await _enter(world, space, record)
    for deed in space.deeds:
        await _done(world, space, deed)


async def _enter(world: World, space: Space, record: Record) -> None:
    ctx, there, ids = world.ctx(space.chief), world.ids[space.name], world.ids
    said: Statement = replace(world.said(record.case, record.markings, **record.values), title=record.name)
    if record.about in ids:
        seen = await world.view(space.name, record.about, space.chief)
        await changes.add_record(ctx, there, ids[record.about], said, seen.version, new_id())
    elif record.about in space.kinds:
        ids[record.about] = await changes.add_entity(ctx, there, space.kinds[record.about], said, new_id())
    elif record.about in space.links:
        kind, source, target = space.links[record.about]
        ids[record.about] = await changes.add_link(ctx, there, kind, ids[source], ids[target], said, new_id())
    else:
        a, b = space.merges[record.about]
        ids[record.about] = await changes.merge(ctx, there, ids[a], ids[b], said, new_id())


async def _done(world: World, space: Space, deed: Deed) -> None:
    about = next(record.about for record in space.records if record.name == deed.record)
    seen = await world.view(space.name, about, space.chief)
    place = [r.title for r in seen.records if r.about == world.ids[about]].index(deed.record)
    if deed.verb == "retract":
        await world.retract(space.name, about, space.chief, place=place)
    else:
        do = world.mark if deed.verb == "mark" else world.release
        await do(space.name, about, space.chief, *deed.markings, place=place)
