"""What one person is told of a generated space: every question asked through the API, the answers in the oracle's words."""

from __future__ import annotations

from dataclasses import dataclass, field
from itertools import combinations
from typing import TYPE_CHECKING, Any

from tests.access.questions import ask

if TYPE_CHECKING:
    from collections.abc import Iterable

    from tests.access.described import Space
    from tests.support.world import World

Answers = dict[str, Any]
ACTIVITY = "query($s: ID!) { activity(space: $s, first: 100) { items { subject kind caption } } }"
CHART = "{ items { id merged degree caption } links { id source target } truncated }"
SPACE = "query($s: ID!) { space(id: $s) { members { person { name } clearances { name } } markings { marking { name } holders } } }"
CASES = "query($s: ID!) { cases(space: $s) { id entityCount } }"
LISTS = (
    "query($s: ID!, $c: ID) { entities(space: $s, case: $c, first: 100) { total items { id degree caption } }"
    f" kindCounts(space: $s, case: $c) {{ kind count }} chart(space: $s, case: $c) {CHART} }}"
)
SEARCH = (
    "query($s: ID!, $t: String!) { search(space: $s, text: $t, first: 100) { entity { id caption } matched }"
    " searchFacets(space: $s, text: $t) { total cases { value count } } }"
)
SOURCE = "source { title locator importId }"
ENTITY = (
    "query($s: ID!, $i: ID!) { entity(space: $s, id: $i) { id caption"
    f" records {{ about {SOURCE} status markings {{ name }} case {{ title }} }} version"
    f" facts {{ property values {{ value records {{ {SOURCE} }} }} }} merged {{ id caption }} degree"
    " sharedIdentifiers { value entity { id caption } } linkCounts { linkKind direction count }"
    " links(first: 100) { items { id } } cases { title } } }"
)
EXPAND = f"query($s: ID!, $i: ID!) {{ expand(space: $s, entity: $i) {CHART} }}"
LINK = f"query($s: ID!, $i: ID!) {{ link(space: $s, id: $i) {{ version source {{ id }} target {{ id }} records {{ {SOURCE} }} }} }}"
PATH = "query($s: ID!, $a: ID!, $b: ID!) { path(space: $s, from: $a, to: $b) { outcome hops paths { items { id } links { id } } } }"


@dataclass
class Told:
    """One person in one space. `quoted` are the texts that they were shown of something, whatever they asked; `versions` what they
    would say that they saw last.
    """  # noqa: D205 - one sentence that needs two lines

    world: World
    space: Space
    who: str
    quoted: set[tuple[str, str]] = field(default_factory=set[tuple[str, str]])
    versions: dict[str, str] = field(default_factory=dict[str, str])

    def __post_init__(self) -> None:
        self._names = {one: name for name, one in self.world.ids.items()}

    def name(self, one: str) -> str:
        """The name of an id; one that has none stands for itself and so shows in the comparison."""
        return self._names.get(one, one)

    def shown(self, stub: dict[str, str]) -> str:
        """The name of an entity that was shown with its caption."""
        self.quoted.add((self.name(stub["id"]), stub["caption"]))
        return self.name(stub["id"])

    async def activity(self) -> set[str]:
        """Of what anything was told."""
        said = await self.ask(ACTIVITY)
        rows: list[dict[str, str]] = said["activity"]["items"] if said else []
        return {self.name(row["subject"]) for row in rows if row["kind"] in {"entity", "link", "merge", "case", "import", "task"}}

    async def ask(self, query: str, **said: object) -> Any:
        """Ask; None where there is nothing that this person can open."""
        answer = await ask(self.world.ctx(self.who), query, s=self.world.ids[self.space.name], **said)
        if "error" not in answer:
            return answer
        assert answer["error"] == {"code": "NOT_FOUND"}, answer
        return None

    async def everything(self, words: Iterable[str], others: Iterable[str]) -> Answers:
        """Every question with its answer; `others` belong to another space and are asked for in this one."""
        ids, space = self.world.ids, self.space
        answers = {**await self._space(), **await self._lists("", None)}
        for case in space.cases:
            answers |= await self._lists(f" of {case}", ids[case])
        answers |= {f"search {word}": await self._search(word) for word in words}
        answers |= {f"entity {one}": await self.entity(one) for one in space.kinds}
        answers |= {f"expand {one}": await self._expand(one) for one in space.kinds}
        answers |= {f"link {one}": await self._link(one) for one in (*space.links, *space.merges)}
        answers |= {f"path {a} to {b}": await self._path(a, b) for a, b in combinations(space.kinds, 2)}
        return answers | {f"another space's {one}": await self.entity(one) or await self._expand(one) for one in others}

    async def _space(self) -> Answers:
        said, cases = await self.ask(SPACE), await self.ask(CASES)
        counts = cases and {self.name(row["id"]): row["entityCount"] for row in cases["cases"]}
        if said is None:
            return {"opens": False, "markings": None, "cases": counts}
        clearances = {row["person"]["name"]: _named(row["clearances"]) for row in said["space"]["members"]}
        return {
            "opens": True,
            "markings": ({it["marking"]["name"]: it["holders"] for it in said["space"]["markings"]}, clearances),
            "cases": counts,
        }

    async def _lists(self, of: str, case: str | None) -> Answers:
        said = await self.ask(LISTS, c=case)
        if said is None:
            return {f"list{of}": None, f"kinds{of}": None, f"chart{of}": None}
        listed = said["entities"]
        return {
            f"list{of}": (listed["total"], {self.shown(row): row["degree"] for row in listed["items"]}),
            f"kinds{of}": {row["kind"]: row["count"] for row in said["kindCounts"]},
            f"chart{of}": self.chart(said["chart"]),
        }

    def chart(self, said: dict[str, Any]) -> object:
        assert not said["truncated"]
        items = {self.shown(it): (it["merged"], it["degree"]) for it in said["items"]}
        return items, {self.name(it["id"]): (self.name(it["source"]), self.name(it["target"])) for it in said["links"]}

    async def _search(self, word: str) -> object:
        said = await self.ask(SEARCH, t=word)
        if said is None:
            return None
        self.quoted |= {(self.name(hit["entity"]["id"]), hit["matched"]) for hit in said["search"]}
        counted = said["searchFacets"]
        by_case = {self.name(it["value"]): it["count"] for it in counted["cases"]}
        return {self.shown(hit["entity"]) for hit in said["search"]}, counted["total"], by_case

    async def entity(self, one: str) -> object:
        said = await self.ask(ENTITY, i=self.world.ids[one])
        if said is None:
            return None
        seen = said["entity"]
        self.versions[one] = seen["version"]
        assert seen["degree"] == sum(row["count"] for row in seen["linkCounts"])
        return {
            "id": self.shown(seen),
            "records": {(_source(r), self._record(r)) for r in seen["records"]},
            "facts": {
                (fact["property"], it["value"]): {_source(r) for r in it["records"]} for fact in seen["facts"] for it in fact["values"]
            },
            "merged": {self.shown(it) for it in seen["merged"]},
            "shared": {(it["value"], self.shown(it["entity"])) for it in seen["sharedIdentifiers"]},
            "counts": {(row["linkKind"], row["direction"]): row["count"] for row in seen["linkCounts"]},
            "links": {self.name(it["id"]) for it in seen["links"]["items"]},
            "cases": {it["title"] for it in seen["cases"]},
        }

    def _record(self, said: dict[str, Any]) -> object:
        markings = frozenset(it["name"] for it in said["markings"])
        case, brought = said["case"] and said["case"]["title"], said["source"]["importId"]
        return self.name(said["about"]), markings, case, brought and self.name(brought), said["status"] == "RETRACTED"

    async def _expand(self, one: str) -> object:
        said = await self.ask(EXPAND, i=self.world.ids[one])
        return said and self.chart(said["expand"])

    async def _link(self, one: str) -> object:
        said = await self.ask(LINK, i=self.world.ids[one])
        if said is None:
            return None
        self.versions[one] = said["link"]["version"]
        return (
            {self.name(said["link"][end]["id"]) for end in ("source", "target")},
            {_source(r) for r in said["link"]["records"]},
        )

    async def _path(self, a: str, b: str) -> object:
        said = await self.ask(PATH, a=self.world.ids[a], b=self.world.ids[b])
        if said is None:
            return None
        found = said["path"]
        assert all(len(way["links"]) >= found["hops"] == len(way["items"]) - 1 for way in found["paths"])
        return (found["outcome"], found["hops"]) if found["outcome"] == "FOUND" else found["outcome"]


def _named(said: list[dict[str, str]] | None) -> frozenset[str] | None:
    return None if said is None else frozenset(it["name"] for it in said)


def _source(record: dict[str, Any]) -> str:
    """What the description calls a record: its source, and the line where that is a file."""
    said = record["source"]
    return f"{said['title']} {said['locator']}" if said["title"].endswith(".json") else said["title"]
