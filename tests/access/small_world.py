"""Builds the world that a file of `worlds/` declares, with a live socket for everybody in it, and does what its moments say."""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from datetime import timedelta
from typing import TYPE_CHECKING, Any

from backend.auth.accounts import service as accounts
from backend.core.ids import new_id
from backend.entities import changes
from backend.teams import service as teams
from graph import access
from graph.queries import entity_writes
from graph.queries import teams as team_queries
from graph.records import stamp
from tests.support.world import YEAR

if TYPE_CHECKING:
    from collections.abc import Awaitable, Callable, Iterator

    from backend.core.clock import FixedClock
    from graph.driver import Tx
    from tests.support.world import World

Said = dict[str, Any]
ALWAYS = timedelta(days=36500)


@dataclass(frozen=True)
class Thing:
    """Something that has a name in the file and may or may not be there for somebody."""

    name: str
    space: str
    sort: str
    kind: str = ""
    ends: tuple[str, str] = ("", "")
    cases: frozenset[str] = frozenset()
    imported: bool = False


@dataclass
class SmallWorld:
    """The world of one file. `things` are in the order in which they were made."""

    said: Said
    world: World
    clock: FixedClock
    things: list[Thing] = field(default_factory=list[Thing])
    retracted: set[str] = field(default_factory=set[str])
    """What no path leads over: the links of which nothing stands any more."""
    released: bool = False
    """Whether something was released: what happened to it before stays untold, so activity names less than is there."""

    @property
    def spaces(self) -> list[str]:
        return list(self.said["spaces"])

    @property
    def people(self) -> list[str]:
        """Everybody, members first."""
        return list(self.world.of_person)

    def of(self, space: str, *sorts: str) -> list[Thing]:
        return [it for it in self.things if it.space == space and (not sorts or it.sort in sorts)]

    # ── the people ────────────────────────────────────────────────────────────────────────────────────────────────────────────────

    async def assemble(self) -> None:
        """Make spaces, people, markings and clearances."""
        for name, space in self.said["spaces"].items():
            since, until = period(space.get("agreement", {}))
            await self.world.space(name, since=since, until=until)
            for person, it in space["people"].items():
                begins, ends = period(it)
                who, state = f"{person}@{it.get('country', 'IT')}", it.get("state", "active")
                await self.world.member(name, who, it["role"], since=begins, until=ends, state=state)
            for marking in space.get("markings", []):
                await self.world.marking(name, marking, self.chief(name))
            for person, it in space["people"].items():
                for marking, when in held(it.get("holds", [])):
                    await self.clear(name, person, marking, *period(when))
        for stranger in self.said.get("strangers", []):
            await self.world.person(stranger)
        for one in self.said.get("administrators", []):
            await self.world.person(one, administrator=True)

    def chief(self, space: str) -> str:
        """The first lead: who does what the file names nobody for."""
        return next(name for name, it in self.said["spaces"][space]["people"].items() if it["role"] == "lead")

    async def clear(self, space: str, person: str, marking: str, since: timedelta, until: timedelta) -> None:
        """Clear a member for a period, also for one that the service would not clear."""
        world, now = self.world, self.clock.now()
        row = {"membership": world.memberships[space, person], "marking": world.ids[marking], "by": world.ids[self.chief(space)]}

        async def work(tx: Tx) -> None:
            await team_queries.clear(tx, world.ids[space], {**row, "now": stamp(now + since), "to": stamp(now + until)})
            await access.changed(tx, world.ids[space])

        await world.parts.graph.write(work)
        world.parts.wake(world.ids[space])

    # ── the things ────────────────────────────────────────────────────────────────────────────────────────────────────────────────

    async def furnish(self) -> None:
        """Make cases, entities, links, merges and imports."""
        for space, said in self.said["spaces"].items():
            for name, it in said.get("cases", {}).items():
                await self.world.case(space, name, it.get("by", self.chief(space)), it.get("markings", []))
                self.things.append(Thing(name, space, "case"))
            for name, it in said.get("entities", {}).items():
                await self.entity(space, name, it)
            for name, it in said.get("links", {}).items():
                await self.link(space, name, it)
            for name, it in said.get("merges", {}).items():
                a, b = it["of"]
                await self.world.merge(space, name, (a, b), *self.place(space, it), markings=it.get("markings", []))
            for name, it in said.get("imports", {}).items():
                await self.bring_in(space, name, it)

    def place(self, space: str, it: Said) -> tuple[str, str]:
        """Who says it, in which case: the first lead in the first case unless the file says otherwise."""
        first: str = next(iter(self.said["spaces"][space]["cases"]))
        return it.get("by", self.chief(space)), it.get("case", first)

    async def entity(self, space: str, name: str, it: Said) -> None:
        records = [{**{k: v for k, v in it.items() if k != "records"}, **each} for each in it.get("records", [{}])]
        kind, cases = it.get("kind", "Person"), frozenset(self.place(space, each)[1] for each in records)
        first, *more = records
        self.tick()
        values = {"name": name, **first.get("values", {})}
        await self.world.entity(space, name, *self.place(space, first), kind=kind, markings=first.get("markings", []), **values)
        for each in more:
            self.tick()
            values = {"name": name, **each.get("values", {})}
            await self.world.record(space, name, *self.place(space, each), markings=each.get("markings", []), **values)
        await self.stand(space, name, [each.get("status", "asserted") for each in records])
        self.things.append(Thing(name, space, "entity", kind, cases=cases))

    def tick(self) -> None:
        """Let a moment pass, so that the records of one subject have an order."""
        self.clock.advance(timedelta(milliseconds=1))

    async def link(self, space: str, name: str, it: Said) -> None:
        ends, kind = (it["from"], it["to"]), it.get("kind", "Associate")
        await self.world.link(space, name, ends, *self.place(space, it), kind=kind, markings=it.get("markings", []))
        await self.stand(space, name, [it.get("status", "asserted")])
        self.retracted |= {name} if it.get("status") == "retracted" else set()
        self.things.append(Thing(name, space, "link", kind, ends))

    async def stand(self, space: str, name: str, statuses: list[str]) -> None:
        """Give the records of a subject their standing, as a court or a colleague did."""
        if set(statuses) == {"asserted"}:
            return
        seen = await self.world.view(space, name, self.chief(space))

        async def work(tx: Tx) -> None:
            for record, status in zip(seen.records, statuses, strict=True):
                await entity_writes.set_status(tx, record.id, status, "as the file says")

        await self.world.parts.graph.write(work)

    async def bring_in(self, space: str, name: str, it: Said) -> None:
        by, case = self.place(space, it)
        await self.world.bring_in(space, name, by, case, it["people"], markings=it.get("markings", []))
        self.things.append(Thing(name, space, "import"))
        self.things += [Thing(one, space, "entity", "Person", cases=frozenset({case}), imported=True) for one in it["people"]]

    # ── what happens ──────────────────────────────────────────────────────────────────────────────────────────────────────────────

    async def go_on(self, moment: Said) -> None:
        """Let the time pass and do what a moment says, in its order."""
        self.clock.advance(span(moment.get("after", "0 days")))
        for deed in moment.get("do", []):
            for name, said in deed.items():
                await DEEDS[name](self, said if "of" in said else {"of": said})

    async def set_agreement(self, said: Said) -> None:
        await self.world.agree(said.get("in", self.spaces[0]), said["of"], self.administrator)

    @property
    def administrator(self) -> str:
        return self.said["administrators"][0]

    async def accept(self, said: Said) -> None:
        space = said.get("in", self.spaces[0])
        await teams.accept(self.world.ctx(said["of"]), self.world.memberships[space, said["of"]], new_id())

    async def end(self, said: Said) -> None:
        space = said.get("in", self.spaces[0])
        membership = self.world.memberships[space, said["of"]]
        await teams.end(self.world.ctx(self.chief(space)), self.world.ids[space], membership, new_id())

    async def clear_by_service(self, said: Said) -> None:
        space, marking = self.spaces[0], self.world.ids[said["for"]]
        ctx, membership = self.world.ctx(self.chief(space)), self.world.memberships[space, said["of"]]
        until = self.clock.now() + span(said["lasting"]) if "lasting" in said else None
        await teams.clear(ctx, self.world.ids[space], membership, marking, until, new_id())

    async def withdraw(self, said: Said) -> None:
        space, marking = self.spaces[0], self.world.ids[said["for"]]
        ctx, membership = self.world.ctx(self.chief(space)), self.world.memberships[space, said["of"]]
        await teams.withdraw(ctx, self.world.ids[space], membership, marking, new_id())

    async def mark(self, said: Said) -> None:
        space = self.spaces[0]
        await self.world.mark(space, said["of"], self.chief(space), *said["with"], place=said.get("record", 1) - 1)

    async def release(self, said: Said) -> None:
        space, self.released = self.spaces[0], True
        await self.world.release(space, said["of"], self.chief(space), *said["from"], place=said.get("record", 1) - 1)

    async def retract(self, said: Said) -> None:
        self.retracted |= {it.name for it in self.of(self.spaces[0], "link") if it.name == said["of"]}
        await self.world.retract(self.spaces[0], said["of"], self.chief(self.spaces[0]), place=said.get("record", 1) - 1)

    async def unmerge(self, said: Said) -> None:
        ids, space = self.world.ids, self.spaces[0]
        await changes.unmerge(self.world.ctx(self.chief(space)), ids[space], ids[said["of"]], "two people after all", new_id())

    async def disable(self, said: Said) -> None:
        await accounts.set_disabled(self.world.ctx(self.administrator), self.world.ids[said["of"]], new_id(), disabled=True)


DEEDS: dict[str, Callable[[SmallWorld, Said], Awaitable[None]]] = {
    "agreement": SmallWorld.set_agreement,
    "accept": SmallWorld.accept,
    "end": SmallWorld.end,
    "clear": SmallWorld.clear_by_service,
    "withdraw": SmallWorld.withdraw,
    "mark": SmallWorld.mark,
    "release": SmallWorld.release,
    "retract": SmallWorld.retract,
    "unmerge": SmallWorld.unmerge,
    "disable": SmallWorld.disable,
}


# ── how times are written ─────────────────────────────────────────────────────────────────────────────────────────────────────────


def span(said: str) -> timedelta:
    """Read `3 days` or `2 hours`."""
    number, unit = re.fullmatch(r"(\d+) (day|hour)s?", said).groups()  # pyright: ignore[reportOptionalMemberAccess] - a typing error shows
    return timedelta(**{unit + "s": int(number)})


def point(said: str) -> timedelta:
    """Read `in 3 days`, `3 days ago` or `now`, as seen from the beginning."""
    if said == "now":
        return timedelta()
    return span(said.removeprefix("in ")) if said.startswith("in ") else -span(said.removesuffix(" ago"))


def period(it: Said) -> tuple[timedelta, timedelta]:
    """Read `from` and `until`; without them, since last year and without an end."""
    return point(it["from"]) if "from" in it else -YEAR, point(it["until"]) if "until" in it else ALWAYS


def held(said: list[str] | Said) -> Iterator[tuple[str, Said]]:
    """Read who is cleared for what: a list of markings, or markings with their periods."""
    for marking in said:
        yield marking, said[marking] if isinstance(said, dict) else {}
