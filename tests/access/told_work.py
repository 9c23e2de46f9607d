"""What one person is told of imports and tasks, whom they are told to be at what, and what answers them when they write too late."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from backend.core.ids import new_id
from backend.realtime import service as live
from backend.realtime.messages import Announce
from backend.realtime.presence import Presence, looked_at, seen_by
from backend.realtime.rules import reader_of
from backend.realtime.service import Ask, Known
from tests.access.questions import Report
from tests.access.questions import ask as asked
from tests.access.told import CHART, Answers, Told

if TYPE_CHECKING:
    from tests.access.described import Space
    from tests.support.world import World

JOB = "id name state accepted rejected markings { name } chosen case { title }"
IMPORTS = f"query($s: ID!) {{ imports(space: $s) {{ {JOB} }} }}"
IMPORT = f"query($s: ID!, $i: ID!) {{ importJob(space: $s, id: $i) {{ {JOB} }} chart(space: $s, import: $i) {CHART} }}"
TASK = (
    "id title version state case { title } assignee { person { name } role } markings { name } entities { id caption }"
    " links { id source { id caption } target { id caption } }"
)
TASKS = f"query($s: ID!) {{ tasks(space: $s, first: 100) {{ total items {{ {TASK} }} }} }}"
MINE = "query($s: ID!) { tasks(space: $s, first: 100, filter: {whose: MINE}) { total items { id } } }"
OF_CASE = "query($s: ID!, $i: ID!) { tasks(space: $s, first: 100, filter: {case: $i}) { total items { id } } }"
ABOUT = "query($s: ID!, $i: ID!) { tasks(space: $s, first: 100, filter: {about: $i}) { total items { id } } }"
COMMENT = "id task taskTitle text by { name } mentions { name } withdrawnAt"
PAGE = (
    f"query($s: ID!, $i: ID!) {{ task(space: $s, id: $i) {{ {TASK} }} mentionable(space: $s, task: $i) {{ name }}"
    f" taskComments(space: $s, task: $i, first: 100) {{ total items {{ {COMMENT} }} }} }}"
)
MENTIONS = f"query($s: ID!) {{ mentions(space: $s, first: 100) {{ total items {{ {COMMENT} }} }} }}"
WRITE = (
    "mutation($s: ID!, $i: ID!, $c: ID!, $v: String!, $k: String!) { addRecord(space: $s, about: $i, expectedVersion: $v, key: $k,"
    ' record: {case: $c, sourceTitle: "Mine", values: [{property: "no such property", values: ["x"]}]}) { __typename } }'
)
RENAME = (
    "mutation($s: ID!, $i: ID!, $v: String!, $k: String!)"
    ' { changeTask(space: $s, id: $i, task: {title: "Mine"}, expectedVersion: $v, key: $k) { id } }'
)


@dataclass
class ToldWork:
    """One person in one space, by all else that they ask there."""

    told: Told

    @property
    def space(self) -> Space:
        return self.told.space

    @property
    def world(self) -> World:
        return self.told.world

    async def _ask(self, query: str, one: str = "") -> Any:
        return await self.told.ask(query, **({"i": self.world.ids[one]} if one else {}))

    async def everything(self) -> Answers:
        """Every question with its answer; None where there is nothing that this person can open."""
        about = (*self.space.kinds, *self.space.links, *self.space.merges)
        said, listed = await self._ask(IMPORTS), await self._ask(TASKS)
        answers: Answers = {"imports": said and {self.told.name(row["id"]): self._import(row) for row in said["imports"]}}
        answers |= {f"import {one}": await self._brought(one) for one in self.space.imports}
        answers |= {"tasks": listed and {self.told.name(row["id"]): self._task(row) for row in _whole(listed["tasks"])}}
        answers |= {"my tasks": await self._list(MINE)}
        answers |= {f"tasks of {case}": await self._list(OF_CASE, case) for case in self.space.cases}
        answers |= {f"tasks about {one}": await self._list(ABOUT, one) for one in about}
        answers |= {f"task {one}": await self._page(one) for one in self.space.tasks}
        waiting = await self._ask(MENTIONS)
        answers |= {"mentions": waiting and {row["text"]: self._comment(row) for row in _whole(waiting["mentions"])}}
        return answers | {"presence": await self._present()}

    # ── imports ───────────────────────────────────────────────────────────────────────────────────────────────────────────────────

    def _import(self, row: dict[str, Any]) -> object:
        chosen = frozenset(self.told.name(one) for one in row["chosen"])
        return row["state"], row["accepted"], row["rejected"], _named(row["markings"]), chosen, row["case"]["title"]

    async def _brought(self, one: str) -> object:
        said, report = await self._ask(IMPORT, one), Report("", self.world.ids[self.space.name], self.world.ids[one])
        rows = (await report.answer(self.world.ctx(self.told.who))).splitlines()
        if said is None:
            assert b'"NOT_FOUND"' in rows[0]
            return None
        return self._import(said["importJob"]), len(rows) - 1, self.told.chart(said["chart"])

    # ── tasks ─────────────────────────────────────────────────────────────────────────────────────────────────────────────────────

    async def _list(self, query: str, one: str = "") -> object:
        said = await self._ask(query, one)
        return said and {self.told.name(row["id"]) for row in _whole(said["tasks"])}

    def _task(self, row: dict[str, Any]) -> object:
        self.told.versions[self.told.name(row["id"])] = row["version"]
        links = {self.told.name(it["id"]): frozenset(self.told.shown(it[end]) for end in ("source", "target")) for it in row["links"]}
        entities = {self.told.shown(it) for it in row["entities"]}
        return row["case"] and row["case"]["title"], _named(row["markings"]), _to(row["assignee"]), row["state"] == "DONE", entities, links

    async def _page(self, one: str) -> object:
        said = await self._ask(PAGE, one)
        if said is None:
            return None
        comments = {row["text"]: self._comment(row) for row in _whole(said["taskComments"])}
        return self._task(said["task"]), comments, {it["name"] for it in said["mentionable"]}

    def _comment(self, row: dict[str, Any]) -> object:
        assert row["taskTitle"] == self.told.name(row["task"])
        return self.told.name(row["task"]), row["by"]["name"], _named(row["mentions"]), row["withdrawnAt"] is not None

    # ── who is here ───────────────────────────────────────────────────────────────────────────────────────────────────────────────

    async def _present(self) -> object:
        """What the hub tells of people who each look at one thing: its own look at the graph, and what it makes of that."""
        there, who, people = self.world.ids[self.space.name], (self.world.ids[self.told.who], True), Presence()
        for one in self.space.things:
            people.say(one, one, Announce(there, "a screen", (self.world.ids[one],)))
        looking = looked_at(people.people())
        seen = await live.look(self.world.parts, Ask(there, frozenset({who}), frozenset(), [], looking, Known()))
        reader = reader_of(seen.known.scopes[who])
        if reader is None:
            return None
        here = seen_by(reader, there, people.people(), seen.now).people
        assert all((it.view is not None) == bool(it.looking) for it in here)
        return {it.id: it.looking == (self.world.ids[it.id],) for it in here}


async def overtaken(told: Told) -> Answers:
    """What this person is told who writes on what they saw before, and what stands there then."""
    answers: Answers = {f"write on {one}": await _written(told, one) for one in (*told.space.kinds, *told.space.links)}
    answers |= {f"then of {one}": await told.entity(one) for one in told.space.kinds}
    return answers | {f"write on {one}": await _code(told, RENAME, one) for one in told.space.tasks}


async def _written(told: Told, one: str) -> str:
    return await _code(told, WRITE, one, c=told.world.ids[next(iter(told.space.cases))])


async def _code(told: Told, mutation: str, one: str, **more: str) -> str:
    ids, version = told.world.ids, told.versions.get(one, "")
    answer = await asked(told.world.ctx(told.who), mutation, s=ids[told.space.name], i=ids[one], v=version, k=new_id(), **more)
    return answer["error"]["code"]


def _to(given: dict[str, Any] | None) -> str:
    """The person or role that a task is given to, as the description names them."""
    if given is None:
        return ""
    return given["person"]["name"] if given["person"] else given["role"].lower()


def _whole(page: dict[str, Any]) -> list[dict[str, Any]]:
    """The rows of a list that is told in one page, with nothing counted that is not in it."""
    assert page["total"] == len(page["items"])
    return page["items"]


def _named(said: list[dict[str, str]]) -> frozenset[str]:
    return frozenset(it["name"] for it in said)
