"""What one person may see of a generated space, worked out in plain Python from its description alone: slowly, and sharing nothing
with the program. Everything is named, never an id, except where an order of ids decides who stands for a cluster.
"""  # noqa: D205 - one sentence that needs two lines

from __future__ import annotations

from collections import Counter, defaultdict
from dataclasses import dataclass
from functools import cached_property
from itertools import combinations
from typing import TYPE_CHECKING, Any

from backend.teams.policy import Role
from tests.access.generated import PHONES

if TYPE_CHECKING:
    from collections.abc import Iterable

    from tests.access.described import Person, Record, Space

Answers = dict[str, Any]


@dataclass
class Sees:
    """One person in one space; `ids` only to say which of several comes first."""

    space: Space
    who: str
    ids: dict[str, str]
    words: tuple[str, ...]

    # ── what is there ─────────────────────────────────────────────────────────────────────────────────────────────────────────────

    @cached_property
    def me(self) -> Person | None:
        """The membership that lets them in, if there is one."""
        person = self.space.people.get(self.who)
        return person if person and not person.lapsed else None

    @cached_property
    def reads(self) -> bool:
        return self.me is not None and self.me.reads

    def held(self, markings: frozenset[str]) -> bool:
        return self.reads and self.me is not None and markings <= self.me.holds

    @cached_property
    def cases(self) -> set[str]:
        return {name for name, markings in self.space.cases.items() if self.held(markings)}

    def markings(self, record: Record) -> frozenset[str]:
        """What a record carries today: its own, its case's, and what was done to it since."""
        carried = record.markings | self.space.cases[record.case]
        for deed in self.space.deeds:
            if deed.record == record.name:
                carried = carried | deed.markings if deed.verb == "mark" else carried - deed.markings
        return carried

    def retracted(self, record: Record) -> bool:
        undone = record.brought and self.space.imports[record.brought].undone
        return bool(undone) or any(deed.record == record.name and deed.verb == "retract" for deed in self.space.deeds)

    def records(self, about: Iterable[str]) -> list[Record]:
        wanted = set(about)
        return [record for record in self.space.records if record.about in wanted and self.held(self.markings(record))]

    @cached_property
    def entities(self) -> set[str]:
        return {one for one in self.space.kinds if self.records([one])}

    @cached_property
    def links(self) -> dict[str, tuple[str, str, str]]:
        """The links that are there, merges not among them."""
        return {name: it for name, it in self.space.links.items() if self.records([name]) and {it[1], it[2]} <= self.entities}

    @cached_property
    def merges(self) -> dict[str, tuple[str, str]]:
        return {name: pair for name, pair in self.space.merges.items() if self.records([name]) and set(pair) <= self.entities}

    @cached_property
    def clusters(self) -> dict[str, frozenset[str]]:
        """Each entity's cluster: whatever is merged with it by a merge that somebody still stands by."""
        found = {one: frozenset({one}) for one in self.entities}
        for name, (a, b) in self.merges.items():
            if not all(self.retracted(record) for record in self.records([name])):
                together = found[a] | found[b]
                found |= dict.fromkeys(together, together)
        return found

    def first(self, one: str) -> str:
        """Who stands for a cluster: the first by id."""
        return min(self.clusters[one], key=self.ids.__getitem__)

    def of_case(self, case: str) -> set[str]:
        return {one for one in self.entities if any(record.case == case for record in self.records([one]))}

    @cached_property
    def imports(self) -> set[str]:
        return {name for name, it in self.space.imports.items() if self.held(it.markings | self.space.of_case(it.case))}

    def source(self, record: Record) -> str:
        """The file and line that a record came from, or what it is called: nothing where that is a file that is hidden."""
        return "" if record.brought and record.brought not in self.imports else record.name

    @cached_property
    def tasks(self) -> set[str]:
        return {name for name in self.space.tasks if self.held(self.space.of_task(name))}

    @cached_property
    def there(self) -> set[str]:
        """Everything that may be told of."""
        return self.entities | self.links.keys() | self.merges.keys() | self.cases | self.imports | self.tasks

    def said_of(self, one: str) -> set[str]:
        """Every text by which something may be called or found."""
        group = self.clusters.get(one, frozenset[str]())
        return {value for record in self.records(group) for value in record.values.values()}

    # ── what is answered ──────────────────────────────────────────────────────────────────────────────────────────────────────────

    def everything(self, others: Iterable[str]) -> Answers:
        """Every question with its answer; `others` are ids of another space, asked for in this one."""
        answers: Answers = {"opens": self.me is not None, "markings": self._markings()}
        answers |= {"cases": {one: len(self.of_case(one)) for one in self.cases} if self.reads else None}
        answers |= self._lists("", self.entities if self.reads else None, self.entities)
        for case in self.space.cases:
            there = self.of_case(case) if case in self.cases else None
            answers |= self._lists(f" of {case}", there, self.spoken_of(record for record in self.space.records if record.case == case))
        answers |= {f"search {word}": self._search(word) for word in self.words}
        answers |= {f"entity {one}": self.entity(one) for one in self.space.kinds}
        answers |= {f"expand {one}": self._expand(one) for one in self.space.kinds}
        answers |= {f"link {name}": self._link(name) for name in (*self.space.links, *self.space.merges)}
        answers |= {f"path {a} to {b}": self._path(a, b) for a, b in combinations(self.space.kinds, 2)}
        return answers | {f"another space's {one}": None for one in others}

    def _markings(self) -> object:
        """The reader's own markings with how many hold each, and who holds which of them: the numbers for those who clear others."""
        if not self.me:
            return None
        mine, clears = self.me.holds, self.me.role is Role.PROSECUTOR
        held = {**{name: person.holds for name, person in self.space.people.items()}, self.space.chief: mine}
        holders = {one: sum(one in holds for holds in held.values()) if clears else None for one in mine}
        return holders, {name: holds & mine if clears else None for name, holds in held.items()}

    def _lists(self, of: str, there: set[str] | None, drawn: set[str]) -> Answers:
        """A list, its counts by kind, and its chart."""
        if there is None:
            return {f"list{of}": None, f"kinds{of}": None, f"chart{of}": None}
        rows = {one for one in there if self.first(one) == one or self.first(one) not in there}
        return {
            f"list{of}": (len(there), {one: self._degree([one]) for one in rows}),
            f"kinds{of}": dict(Counter(self.space.kinds[one] for one in there)),
            f"chart{of}": self.chart(drawn),
        }

    def spoken_of(self, records: Iterable[Record]) -> set[str]:
        """What the visible ones of some records speak of: entities, and the ends of links and merges."""
        said = {record.about for record in records if self.held(self.markings(record))}
        ends = {end for name, (_, *pair) in self.space.links.items() if name in said and set(pair) <= self.entities for end in pair}
        ends |= {end for name, pair in self.space.merges.items() if name in said and set(pair) <= self.entities for end in pair}
        return (said & self.entities) | ends

    def chart(self, ends: Iterable[str]) -> object:
        """Whole clusters, and the links between different ones."""
        everyone = {member for one in ends for member in self.clusters[one]}
        items = {self.first(one): (len(self.clusters[one]), self._degree(self.clusters[one])) for one in everyone}
        return items, {name: self._between(name) for name, (_, a, b) in self.links.items() if {a, b} <= everyone and self._apart(name)}

    def _degree(self, group: Iterable[str]) -> int:
        """How many ends of links lie here: one within a cluster counts for both its members."""
        ends = Counter(end for _, *pair in self.links.values() for end in pair)
        return sum(ends[one] for one in group)

    def _apart(self, name: str) -> bool:
        _, a, b = self.links[name]
        return self.clusters[a] != self.clusters[b]

    def _between(self, name: str) -> tuple[str, str]:
        _, a, b = self.links[name]
        return self.first(a), self.first(b)

    def _search(self, word: str) -> object:
        if not self.reads:
            return None
        said = [record for record in self.records(self.entities) if word in " ".join(record.values.values())]
        found = {self.first(record.about) for record in said}
        by_case = {case: len({self.first(record.about) for record in said if record.case == case}) for case in self.cases}
        return found, len(found), {case: number for case, number in by_case.items() if number}

    def entity(self, one: str) -> object:
        if one not in self.entities:
            return None
        group = self.clusters[one]
        records = self.records(group)
        facts: defaultdict[tuple[str, str], set[str]] = defaultdict(set)
        for record in records:
            for name, value in record.values.items():
                facts[name, value].add(self.source(record))
        leaving = {name: it for name, it in self.links.items() if (it[1] in group) != (it[2] in group)}
        return {
            "id": self.first(one),
            "records": {(self.source(record), self._record(record)) for record in records},
            "facts": dict(facts),
            "merged": set(group) - {self.first(one)},
            "shared": self._shared(group),
            "counts": dict(Counter((kind, "OUT" if a in group else "IN") for kind, a, _ in leaving.values())),
            "links": set(leaving),
            "cases": {record.case for record in records} & self.cases,
        }

    def _record(self, record: Record) -> object:
        case = record.case if record.case in self.cases else None
        brought = record.brought if record.brought in self.imports else None
        return record.about, self.markings(record), case, brought, self.retracted(record)

    def _shared(self, group: frozenset[str]) -> set[tuple[str, str]]:
        stated = {phone: {r.about for r in self.records(self.entities) if r.values.get("phone") == phone} for phone in PHONES}
        return {(phone, other) for phone, who in stated.items() if who & group for other in who - group}

    def _expand(self, one: str) -> object:
        if one not in self.entities:
            return None
        group = self.clusters[one]
        near = {end for _, *pair in self.links.values() if group & set(pair) for end in pair}
        return self.chart(near | group)

    def _link(self, name: str) -> object:
        there = self.links.get(name)
        pair = there[1:] if there else self.merges.get(name)
        return (set(pair), {self.source(record) for record in self.records([name])}) if pair else None

    def _path(self, a: str, b: str) -> object:
        if not {a, b} <= self.entities:
            return None
        reached, hops = {self.first(a)}, 0
        steps = [self._between(name) for name in self.links if not all(self.retracted(record) for record in self.records([name]))]
        while self.first(b) not in reached:
            further = reached | {far for pair in steps for near, far in (pair, pair[::-1]) if near in reached}
            if further == reached:
                return "NONE"
            reached, hops = further, hops + 1
        return "FOUND", hops
