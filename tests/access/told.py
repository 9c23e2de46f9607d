"""What one person is told of a generated space: every question asked through the API, the answers in the oracle's words."""

from __future__ import annotations

from dataclasses import dataclass, field
from itertools import combinations
from typing import TYPE_CHECKING, Any

from tests.access.questions import ask

if TYPE_CHECKING:
    from collections.abc import Iterable

    from tests.access.generated import Space
    from tests.support.world import World

Answers = dict[str, Any]
ACTIVITY = "query($s: ID!) { activity(space: $s, first: 100) { items { subject kind caption } } }"
CHART = "{ items { id merged degree caption } links { id source target } truncated }"
SPACE = "query($s: ID!) { space(id: $s) { members { person { name } clearances { name } } markings { marking { name } } } }"
CASES = "query($s: ID!) { cases(space: $s) { id entityCount } }"
LISTS = (
    "query($s: ID!, $c: ID) { entities(space: $s, case: $c, first: 100) { total items { id degree caption } }"
    f" kindCounts(space: $s, case: $c) {{ kind count }} chart(space: $s, case: $c) {CHART} }}"
)
SEARCH = "query($s: ID!, $t: String!) { search(space: $s, text: $t, first: 100) { entity { id caption } matched } }"
ENTITY = (
    "query($s: ID!, $i: ID!) { entity(space: $s, id: $i) { id caption"
    " records { about source { title } status markings { name } case { title } }"
    " facts { property values { value records { source { title } } } } merged { id caption } degree"
    " sharedIdentifiers { value entity { id caption } } linkCounts { linkKind direction count }"
    " links(first: 100) { items { id } } cases { title } } }"
)
EXPAND = f"query($s: ID!, $i: ID!) {{ expand(space: $s, entity: $i) {CHART} }}"
LINK = "query($s: ID!, $i: ID!) { link(space: $s, id: $i) { source { id } target { id } records { source { title } } } }"
PATH = "query($s: ID!, $a: ID!, $b: ID!) { path(space: $s, from: $a, to: $b) { outcome hops paths { items { id } links { id } } } }"


@dataclass
class Told:
    """One person in one space. `quoted` are the texts that they were shown of something, whatever they asked."""

    world: World
    space: Space
    who: str
    quoted: set[tuple[str, str]] = field(default_factory=set[tuple[str, str]])

    def __post_init__(self) -> None:
        self._names = {one: name for name, one in self.world.ids.items()}

    def name(self, one: str) -> str:
        """The name of an id; one that has none stands for itself and so shows in the comparison."""
        return self._names.get(one, one)

    def _shown(self, stub: dict[str, str]) -> str:
        """The name of an entity that was shown with its caption."""
        self.quoted.add((self.name(stub["id"]), stub["caption"]))
        return self.name(stub["id"])

    async def activity(self) -> set[str]:
        """Of what anything was told."""
        said = await self.ask(ACTIVITY)
        rows: list[dict[str, str]] = said["activity"]["items"] if said else []
        return {self.name(row["subject"]) for row in rows if row["kind"] in {"entity", "link", "merge", "case"}}

    async def ask(self, query: str, **said: object) -> Any:  # noqa: ANN401 - whatever the API answers
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
        answers |= {f"entity {one}": await self._entity(one) for one in space.kinds}
        answers |= {f"expand {one}": await self._expand(one) for one in space.kinds}
        answers |= {f"link {one}": await self._link(one) for one in (*space.links, *space.merges)}
        answers |= {f"path {a} to {b}": await self._path(a, b) for a, b in combinations(space.kinds, 2)}
        return answers | {f"another space's {one}": await self._entity(one) or await self._expand(one) for one in others}

    async def _space(self) -> Answers:
        said, cases = await self.ask(SPACE), await self.ask(CASES)
        counts = cases and {self.name(row["id"]): row["entityCount"] for row in cases["cases"]}
        if said is None:
            return {"opens": False, "markings": None, "cases": counts}
        clearances = {row["person"]["name"]: _named(row["clearances"]) for row in said["space"]["members"]}
        return {
            "opens": True,
            "markings": (frozenset(it["marking"]["name"] for it in said["space"]["markings"]), clearances),
            "cases": counts,
        }

    async def _lists(self, of: str, case: str | None) -> Answers:
        said = await self.ask(LISTS, c=case)
        if said is None:
            return {f"list{of}": None, f"kinds{of}": None, f"chart{of}": None}
        listed = said["entities"]
        return {
            f"list{of}": (listed["total"], {self._shown(row): row["degree"] for row in listed["items"]}),
            f"kinds{of}": {row["kind"]: row["count"] for row in said["kindCounts"]},
            f"chart{of}": self._chart(said["chart"]),
        }

    def _chart(self, said: dict[str, Any]) -> object:
        assert not said["truncated"]
        items = {self._shown(it): (it["merged"], it["degree"]) for it in said["items"]}
        return items, {self.name(it["id"]): (self.name(it["source"]), self.name(it["target"])) for it in said["links"]}

    async def _search(self, word: str) -> object:
        said = await self.ask(SEARCH, t=word)
        if said is None:
            return None
        self.quoted |= {(self.name(hit["entity"]["id"]), hit["matched"]) for hit in said["search"]}
        return {self._shown(hit["entity"]) for hit in said["search"]}

    async def _entity(self, one: str) -> object:
        said = await self.ask(ENTITY, i=self.world.ids[one])
        if said is None:
            return None
        seen = said["entity"]
        assert seen["degree"] == sum(row["count"] for row in seen["linkCounts"])
        return {
            "id": self._shown(seen),
            "records": {r["source"]["title"]: self._record(r) for r in seen["records"]},
            "facts": {
                (fact["property"], it["value"]): {r["source"]["title"] for r in it["records"]}
                for fact in seen["facts"]
                for it in fact["values"]
            },
            "merged": {self._shown(it) for it in seen["merged"]},
            "shared": {(it["value"], self._shown(it["entity"])) for it in seen["sharedIdentifiers"]},
            "counts": {(row["linkKind"], row["direction"]): row["count"] for row in seen["linkCounts"]},
            "links": {self.name(it["id"]) for it in seen["links"]["items"]},
            "cases": {it["title"] for it in seen["cases"]},
        }

    def _record(self, said: dict[str, Any]) -> object:
        markings = frozenset(it["name"] for it in said["markings"])
        return self.name(said["about"]), markings, said["case"] and said["case"]["title"], said["status"] == "RETRACTED"

    async def _expand(self, one: str) -> object:
        said = await self.ask(EXPAND, i=self.world.ids[one])
        return said and self._chart(said["expand"])

    async def _link(self, one: str) -> object:
        said = await self.ask(LINK, i=self.world.ids[one])
        return said and (
            {self.name(said["link"][end]["id"]) for end in ("source", "target")},
            {r["source"]["title"] for r in said["link"]["records"]},
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
