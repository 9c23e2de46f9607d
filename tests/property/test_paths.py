"""Path search against an oracle: a plain breadth-first search over what the reader may see."""

from __future__ import annotations

import itertools
import random
from collections import defaultdict
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

import pytest
from hypothesis import given
from hypothesis import strategies as st

from backend.core.errors import Invalid, NotFound
from backend.core.ids import new_id
from backend.network import rules, service
from graph.queries import entity_writes
from graph.records import NewEntity, NewLink, NewRecord
from tests.support.world import World, team

if TYPE_CHECKING:
    from collections.abc import Iterable

    from graph.driver import Tx

Step = tuple[str, str, str]
KINDS, GRADES = ("Associate", "Family"), ("A1", "C3", None)


# ── the oracle ────────────────────────────────────────────────────────────────────────────────────────────────────────────────────


def shortest(steps: Iterable[Step], start: str, end: str) -> list[list[str]]:
    """Return the links of every shortest way from start to end, walking steps both ways; none where there is no way."""
    beside: defaultdict[str, list[tuple[str, str]]] = defaultdict(list)
    for near, link, far in steps:
        beside[near].append((link, far))
        beside[far].append((link, near))
    ways, reached = {start: [list[str]()]}, {start}
    while ways and end not in ways:
        level: defaultdict[str, list[list[str]]] = defaultdict(list)
        for near, link, far in ((one, *each) for one in ways for each in sorted(beside[one])):
            if far not in reached:
                level[far] += [[*way, link] for way in ways[near]]
        reached |= set(level)
        ways = dict(level)
    return ways.get(end, [])


# ── the search itself, without an engine ──────────────────────────────────────────────────────────────────────────────────────────

nodes = st.integers(0, 9).map(str)


@given(st.lists(st.tuples(nodes, nodes), max_size=25), st.integers(1, 8), st.integers(1, 12))
async def test_the_search_finds_every_shortest_way_or_says_that_it_stopped(pairs: list[tuple[str, str]], hops: int, budget: int) -> None:
    steps = [(near, f"l{place}", far) for place, (near, far) in enumerate(pairs) if near != far]

    async def ask(frontier: list[str]) -> list[Step]:
        both = [*steps, *((far, link, near) for near, link, far in steps)]
        return [step for step in both if step[0] in frontier]

    found = await rules.search("0", "9", ask, hops, budget, most_ways=1000)
    ways = [way for way in shortest(steps, "0", "9") if len(way) <= hops]
    if found.outcome == "truncated":
        assert found.seen > budget
    else:
        assert (found.outcome == "found") == bool(ways)
        assert sorted([link for _, link, _ in way] for way in found.ways) == sorted(ways)


# ── on the engine: hidden entities, hidden links, merges ──────────────────────────────────────────────────────────────────────────


@dataclass
class Drawn:
    """A random piece of a space: for each item the markings of each of its records, and what the links are like."""

    entities: dict[str, list[frozenset[str]]]
    links: dict[str, NewLink] = field(default_factory=dict[str, NewLink])
    marked: dict[str, list[frozenset[str]]] = field(default_factory=dict[str, list[frozenset[str]]])
    grades: dict[str, str | None] = field(default_factory=dict[str, "str | None"])

    def records(self, case: str) -> list[NewRecord]:
        """Return the records to write, entities first."""
        entities = [self._record(case, one, "Person", said, None) for one, each in self.entities.items() for said in each]
        return [*entities, *(self._record(case, one, it.kind, said, it) for one, it in self.links.items() for said in self.marked[one])]

    def _record(self, case: str, about: str, kind: str, markings: frozenset[str], link: NewLink | None) -> NewRecord:
        return NewRecord(
            id=new_id(), about=about, kind=kind, case=case, values={}, title="E-100", locator="p.1", grade=self.grades.get(about),
            grade_original=None, handling="H0", authority="a", asserted_at="2026-01-01T00:00:00.000000Z", asserted_by="u",
            markings=markings, caption=about, link=link,
        )  # fmt: skip

    def seen(self, held: frozenset[str]) -> tuple[set[str], list[NewLink]]:
        """Return the entities and links that someone who holds `held` sees."""
        there = {one for one, each in self.entities.items() if any(said <= held for said in each)}
        return there, [
            it for one, it in self.links.items() if {it.source, it.target} <= there and any(said <= held for said in self.marked[one])
        ]


def draw(chance: random.Random, marking: str) -> Drawn:
    """Draw 14 entities, 22 links and 3 merges; about a third of the records are marked."""

    def markings() -> list[frozenset[str]]:
        return [frozenset({marking} if chance.random() < 0.4 else ()) for _ in range(chance.choice((1, 1, 2)))]

    drawn = Drawn({new_id(): markings() for _ in range(14)})
    for kind in [chance.choice(KINDS) for _ in range(22)] + ["SameAs"] * 3:
        source, target = chance.sample(sorted(drawn.entities), 2)
        link = NewLink(new_id(), kind, source, target)
        drawn.links[link.id], drawn.marked[link.id], drawn.grades[link.id] = link, markings(), chance.choice(GRADES)
    return drawn


def clusters(there: set[str], links: list[NewLink]) -> dict[str, str]:
    """Return entity to a name of its cluster over the merges seen."""
    of = {one: one for one in there}
    for it in (it for it in links if it.kind == "SameAs"):
        joined = {one for one in there if of[one] in {of[it.source], of[it.target]}}
        of |= dict.fromkeys(joined, min(joined))
    return of


@pytest.mark.parametrize("seed", range(6))
async def test_a_path_is_what_a_plain_search_over_the_visible_finds(world: World, seed: int, monkeypatch: pytest.MonkeyPatch) -> None:
    await team(world)
    chance = random.Random(seed)
    drawn = draw(chance, world.ids["Covert"])

    async def write(tx: Tx) -> None:
        entities = [NewEntity(one, "Person") for one in drawn.entities]
        await entity_writes.add(tx, world.ids["Saltmarsh"], entities, drawn.records(world.ids["NA-1"]))

    await world.parts.graph.write(write)
    asked = 0
    for who, held in (("Maarten", frozenset[str]()), ("Eglė", frozenset({world.ids["Covert"]}))):
        pairs = chance.sample(list(itertools.combinations(drawn.entities, 2)), 8)
        for start, end in pairs:
            question = Question(start, end, chance.choice((2, 6, 12)), chance.choice((None, [KINDS[0]])), chance.choice((None, "B2")))
            monkeypatch.setattr(service, "PATH_BUDGET", chance.choice((5, 1000)))
            asked += await compare(world, who, drawn, held, question, chance)
    assert asked


@dataclass(frozen=True)
class Question:
    """One question to the path finder."""

    start: str
    end: str
    hops: int
    kinds: list[str] | None
    grade: str | None


async def compare(world: World, who: str, drawn: Drawn, held: frozenset[str], asked: Question, chance: random.Random) -> bool:
    """Ask, and hold the answer to the oracle; False where the reader sees no such ends."""
    there, links = drawn.seen(held)
    of = clusters(there, links)
    avoid = chance.sample(sorted(drawn.entities), chance.choice((0, 2)))
    ask = service.path(world.ctx(who), world.ids["Saltmarsh"], (asked.start, asked.end), asked.hops, asked.kinds, asked.grade, avoid)
    if not {asked.start, asked.end} <= there:
        with pytest.raises(NotFound):
            await ask
        return False
    answer = await ask
    start, end = of[asked.start], of[asked.end]
    shunned = {of.get(one, one) for one in avoid} - {start, end}
    usable = [it for it in links if it.kind in (asked.kinds or KINDS) and (asked.grade is None or drawn.grades[it.id] == "A1")]
    steps = [(of[it.source], it.id, of[it.target]) for it in usable if of[it.source] != of[it.target]]
    steps = [step for step in steps if not {step[0], step[2]} & shunned]
    ways = [way for way in shortest(steps, start, end) if len(way) <= asked.hops]
    if answer.outcome == "truncated":
        assert answer.seen > service.PATH_BUDGET
        return True
    assert answer.outcome == ("found" if ways else "none")
    assert answer.seen <= len(set(of.values()))
    got = sorted(sorted(link.id for link in path.chart.links) for path in answer.paths)
    assert len(got) == min(len(ways), 5)
    assert all(way in [sorted(each) for each in ways] for way in got)
    return True


@pytest.mark.parametrize(
    ("hops", "grade", "field"), [(0, None, "maxHops"), (13, None, "maxHops"), (3, "", "minGrade"), (3, "Z9", "minGrade")]
)
async def test_what_no_way_can_be_asked_by_is_refused_with_its_field(world: World, hops: int, grade: str | None, field: str) -> None:
    await team(world)
    await world.entity("Saltmarsh", "A", "Chiara", "NA-1")
    with pytest.raises(Invalid) as refused:
        await service.path(world.ctx("Chiara"), world.ids["Saltmarsh"], (world.ids["A"], world.ids["A"]), hops, None, grade, [])
    assert refused.value.field == field
