"""Asks one person everything about a small world, and says what the file makes of each answer: names, never ids."""

from __future__ import annotations

from collections import Counter, defaultdict
from dataclasses import dataclass
from itertools import combinations
from typing import TYPE_CHECKING, Any

from backend.core.errors import NotFound
from backend.entities.imports import service as imports
from tests.access.questions import ask

if TYPE_CHECKING:
    from collections.abc import Iterable

    from tests.access.small_world import Said, SmallWorld, Thing

LOOK_UPS = {
    "entity": "query($s: ID!, $i: ID!) { entity(space: $s, id: $i) { id degree merged { id } sharedIdentifiers { entity { id } } } }",
    "link": "query($s: ID!, $i: ID!) { link(space: $s, id: $i) { id source { id } target { id } } }",
    "case": "query($s: ID!, $i: ID!) { case(space: $s, id: $i) { id } }",
    "import": "query($s: ID!, $i: ID!) { importJob(space: $s, id: $i) { id } }",
}
LISTS = {
    "list": "query($s: ID!) { entities(space: $s, first: 100) { items { id } } }",
    "chart": "query($s: ID!) { chart(space: $s) { items { id } links { id } } }",
    "cases": "query($s: ID!) { cases(space: $s) { id } }",
    "imports": "query($s: ID!) { imports(space: $s) { id } }",
    "activity": "query($s: ID!) { activity(space: $s, first: 100) { items { id: subject kind } } }",
}
COUNTS = "query($s: ID!) { entities(space: $s) { total } kindCounts(space: $s) { kind count } cases(space: $s) { id entityCount } }"
SEARCH = "query($s: ID!, $t: String!) { search(space: $s, text: $t) { entity { id } } }"
EXPAND = (
    "query($s: ID!, $i: ID!) { expand(space: $s, entity: $i) { items { id } } linkCounts(space: $s, entity: $i) { count }"
    " entity(space: $s, id: $i) { links { items { id } } } }"
)
PATH = "query($s: ID!, $a: ID!, $b: ID!) { path(space: $s, from: $a, to: $b) { outcome hops } }"
OPENS = "query($s: ID!) { space(id: $s) { id } }"
Answers = dict[str, Any]


@dataclass(frozen=True)
class Asker:
    """One person in one space."""

    small: SmallWorld
    who: str
    space: str

    async def ask(self, query: str, **named: str) -> dict[str, Any] | None:
        """Ask; None where there is nothing that this person can open."""
        answer = await ask(self.small.world.ctx(self.who), query, s=self.small.world.ids[self.space], **named)
        if "error" not in answer:
            return answer
        assert answer["error"] == {"code": "NOT_FOUND"}, answer
        return None

    def names(self, ids: Iterable[str]) -> set[str]:
        """The names of ids; an id that has none stands for itself and so shows in the comparison."""
        known = {self.small.world.ids[it.name]: it.name for it in self.small.things}
        return {known.get(one, one) for one in ids}

    async def everything(self) -> Answers:
        """Every question and its answer."""
        answers = {name: self._listed(await self.ask(query)) for name, query in LISTS.items()}
        answers |= {"opens": (await self.ask(OPENS)) is not None, "look-up": await self.look_up(), "counts": await self._counts()}
        answers |= {"download": await self._downloads(), "search": await self._search()}
        for it in self.small.of(self.space, "entity"):
            answers |= await self._entity(it)
        for a, b in combinations(self.small.of(self.space, "entity"), 2):
            said = await self.ask(PATH, a=self.small.world.ids[a.name], b=self.small.world.ids[b.name])
            answers[f"path {a.name} – {b.name}"] = said and _way(said["path"])
        return answers

    async def look_up(self) -> set[str]:
        """Which of all things can be opened by id."""
        things = self.small.of(self.space, *LOOK_UPS)
        return {it.name for it in things if await self.ask(LOOK_UPS[it.sort], i=self.small.world.ids[it.name])}

    def _listed(self, said: dict[str, Any] | None) -> set[str] | None:
        if said is None:
            return None
        found: Any = next(iter(said.values()))
        rows: list[dict[str, str]] = found if "items" not in found else found["items"] + found.get("links", [])
        return self.names(row["id"] for row in rows if row.get("kind") not in {"member", "marking", "merge", "agreement"})

    async def _counts(self) -> object:
        said = await self.ask(COUNTS)
        if said is None:
            return None
        kinds = {row["kind"]: row["count"] for row in said["kindCounts"]}
        return said["entities"]["total"], kinds, {self.names([row["id"]]).pop(): row["entityCount"] for row in said["cases"]}

    async def _downloads(self) -> set[str]:
        found: set[str] = set()
        for it in self.small.of(self.space, "import"):
            try:
                await imports.report(self.small.world.ctx(self.who), self.small.world.ids[self.space], self.small.world.ids[it.name])
            except NotFound:
                continue
            found.add(it.name)
        return found

    async def _search(self) -> set[str] | None:
        found: set[str] = set()
        for it in self.small.of(self.space, "entity"):
            said = await self.ask(SEARCH, t=it.name)
            if said is None:
                return None
            found |= self.names(hit["entity"]["id"] for hit in said["search"])
        return found

    async def _entity(self, it: Thing) -> Answers:
        one = self.small.world.ids[it.name]
        near, seen = await self.ask(EXPAND, i=one), await self.ask(LOOK_UPS["entity"], i=one)
        if near is None or seen is None:
            return {f"near {it.name}": None, f"same as {it.name}": None, f"shares with {it.name}": None}
        links = self.names(row["id"] for row in near["entity"]["links"]["items"])
        number = sum(row["count"] for row in near["linkCounts"])
        shared = self.names(row["entity"]["id"] for row in seen["entity"]["sharedIdentifiers"])
        same = self.names([seen["entity"]["id"], *(row["id"] for row in seen["entity"]["merged"])])
        return {
            f"near {it.name}": (self.names(row["id"] for row in near["expand"]["items"]), links, number, seen["entity"]["degree"]),
            f"same as {it.name}": same,
            f"shares with {it.name}": shared,
        }


def _way(path: dict[str, Any]) -> tuple[str, int]:
    return path["outcome"], path["hops"] if path["outcome"] == "FOUND" else -1


@dataclass(frozen=True)
class Expected:
    """What a file says that a person sees: names, which of them are one to them, and which share an identifier."""

    small: SmallWorld
    space: str
    sees: frozenset[str] | None
    opens: bool
    one: tuple[frozenset[str], ...] = ()
    sharing: tuple[frozenset[str], ...] = ()

    def there(self, *sorts: str) -> list[Thing]:
        return [it for it in self.small.of(self.space, *sorts) if it.name in (self.sees or ())]

    def group(self, name: str) -> frozenset[str]:
        return next((group for group in self.one if name in group), frozenset({name}))

    def stands_for(self, name: str) -> str:
        """The member of a cluster by which it is shown: the first by id."""
        return min(self.group(name), key=lambda each: self.small.world.ids[each])

    def everything(self) -> Answers:
        """Every question and the answer that follows from what this person sees."""
        looked_up = {it.name for it in self.there()}
        if self.sees is None:
            return self._nothing()
        shown, links = {self.stands_for(it.name) for it in self.there("entity")}, self._links()
        answers: Answers = {"list": shown, "chart": shown | {it.name for it in links}, "opens": True, "look-up": looked_up}
        answers |= {"search": shown, "download": {it.name for it in self.there("import")}, "counts": self._counts()}
        answers |= {sort + "s": {it.name for it in self.there(sort)} for sort in ("case", "import")}
        answers["activity"] = {it.name for it in self.there() if not it.imported}
        for it in self.small.of(self.space, "entity"):
            answers |= self._entity(it.name, links)
        pairs = combinations(self.small.of(self.space, "entity"), 2)
        return answers | {f"path {a.name} – {b.name}": self._path(a.name, b.name, links) for a, b in pairs}

    def _nothing(self) -> Answers:
        names = [it.name for it in self.small.of(self.space, "entity")]
        answers: Answers = {**dict.fromkeys([*LISTS, "counts"])}
        answers |= {"search": None if names else set[str](), "opens": self.opens, "look-up": set[str](), "download": set[str]()}
        answers |= {f"{question} {name}": None for name in names for question in ("near", "same as", "shares with")}
        return answers | {f"path {a} – {b}": None for a, b in combinations(names, 2)}

    def _links(self) -> list[Thing]:
        """The links that are drawn: what became a loop by a merge is not."""
        return [it for it in self.there("link") if self.stands_for(it.ends[0]) != self.stands_for(it.ends[1])]

    def _counts(self) -> object:
        entities = self.there("entity")
        cases = {it.name: sum(it.name in each.cases for each in entities) for it in self.there("case")}
        return len(entities), dict(Counter(it.kind for it in entities)), cases

    def _entity(self, name: str, links: list[Thing]) -> Answers:
        if name not in (self.sees or ()):
            return {f"near {name}": None, f"same as {name}": None, f"shares with {name}": None}
        group = self.group(name)
        mine = [it for it in links if group & set(it.ends)]
        near = {self.stands_for(end) for it in mine for end in it.ends} | {self.stands_for(name)}
        shared = {other for pair in self.sharing if pair & group for other in pair - group}
        return {
            f"near {name}": (near, {it.name for it in mine}, len(mine), len(mine)),
            f"same as {name}": set(group),
            f"shares with {name}": shared,
        }

    def _path(self, a: str, b: str, links: list[Thing]) -> tuple[str, int] | None:
        if not {a, b} <= (self.sees or set()):
            return None
        reached, hops = {self.stands_for(a)}, 0
        ways: defaultdict[str, set[str]] = defaultdict(set)
        for it in (link for link in links if link.name not in self.small.retracted):
            one, other = (self.stands_for(end) for end in it.ends)
            ways[one].add(other)
            ways[other].add(one)
        while self.stands_for(b) not in reached:
            further = reached | {far for near in reached for far in ways[near]}
            if further == reached:
                return "NONE", -1
            reached, hops = further, hops + 1
        return "FOUND", hops


def expected(small: SmallWorld, space: str, said: str | list[str] | Said) -> Expected:
    """Read what a file says that somebody sees: everything, space only, nothing, a list of names, or those with what is one or shared."""
    if said == "nothing":
        return Expected(small, space, None, opens=False)
    if said == "space only":
        return Expected(small, space, None, opens=True)
    row = said if isinstance(said, dict) else {"names": said}
    everything = frozenset(it.name for it in small.of(space))
    sees = everything if row["names"] == "everything" else frozenset(row["names"])
    assert sees <= everything, f"{sees - everything} is not in {space}"
    groups = [tuple(frozenset(group) for group in row.get(key, [])) for key in ("as one", "sharing")]
    return Expected(small, space, sees, opens=True, one=groups[0], sharing=groups[1])
