"""What P1 to P5 are measured on: a case of n people in a chain and a hub of 20 neighbours, a case of ten, one person with n records."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from backend.core.ids import new_id
from backend.entities.changes import search_text, stated
from graph.queries import entity_writes as writes
from graph.records import NewEntity, NewLink, NewRecord

if TYPE_CHECKING:
    from tests.support.world import World

NEIGHBOURS, FEW, BATCH = 20, 10, 1_000
SPACE, READER = "Saltmarsh", "Maarten"


@dataclass(frozen=True, slots=True)
class Sizes:
    """How large it is; `n` people in the large case."""

    n: int


@dataclass(frozen=True, slots=True)
class Planted:
    """Ids of the space, the case of n, the case of ten, the hub and the person of whom much is said."""

    sizes: Sizes
    space: str
    large: str
    small: str
    hub: str
    documented: str


async def plant(world: World, sizes: Sizes) -> Planted:
    """Write it through the path by which imports write."""
    large = await world.case(SPACE, "Large", "Chiara")
    small = await world.case(SPACE, "Small", "Chiara")
    people, few = [new_id() for _ in range(sizes.n)], [new_id() for _ in range(FEW)]
    hub, documented = people[0], new_id()
    await _write(world, people, [_record(world, one, large, place) for place, one in enumerate(people)])
    await _write(world, few, [_record(world, one, small, place) for place, one in enumerate(few)])
    ties = [(hub, other) for other in people[1 : NEIGHBOURS + 1]] + list(
        zip(people[NEIGHBOURS + 1 :], people[NEIGHBOURS + 2 :], strict=False)
    )
    await _write(world, [], [_tie(world, source, target, large) for source, target in ties])
    apart = world.ids["NA-1"]
    await _write(world, [documented], [_record(world, documented, apart, place) for place in range(sizes.n)])
    return Planted(sizes, world.ids[SPACE], large, small, hub, documented)


async def _write(world: World, entities: list[str], records: list[NewRecord]) -> None:
    space, new = world.ids[SPACE], [NewEntity(one, "Person") for one in entities]
    for start in range(0, len(records), BATCH):
        part = records[start : start + BATCH]
        about = {record.about for record in part}
        here = [one for one in new if one.id in about]
        await world.parts.graph.write(lambda tx, e=here, r=part: writes.put(tx, space, e, r))


def _record(world: World, about: str, case: str, place: int) -> NewRecord:
    name = f"Person {place:05}"
    values = {"name": [name], "birthDate": [f"{1950 + place % 50}-04-{1 + place % 28:02}"], "phone": [f"+3933{30_000_000 + place}"]}
    return NewRecord(
        new_id(), about, "Person", case, values, f"Exhibit {place % 7}", "p.1", "B2", None, "H0", world.of_person[READER], world.now,
        world.ids[READER], caption=name, search=search_text(values), stated=stated("Person", values),
    )  # fmt: skip


def _tie(world: World, source: str, target: str, case: str) -> NewRecord:
    link = NewLink(new_id(), "Associate", source, target)
    return NewRecord(
        new_id(), link.id, "Associate", case, {}, "Exhibit 1", "p.1", "B2", None, "H0", world.of_person[READER], world.now,
        world.ids[READER], link=link,
    )  # fmt: skip
