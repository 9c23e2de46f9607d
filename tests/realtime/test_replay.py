"""Old state + notices = a fresh answer, for random sequences of changes; and the sample of it that the front-end's tests read.

`replay.json` holds one such sequence with the notices that the hub delivered and what the server says after each step, ids replaced by
names. Write it anew with JOINDER_WRITE_SAMPLE=1.
"""

from __future__ import annotations

import os
import random
from dataclasses import dataclass, field
from itertools import product
from pathlib import Path
from typing import TYPE_CHECKING, Any

import orjson
import pytest

from backend.core.errors import JoinderError
from backend.core.ids import new_id
from backend.entities import changes
from graph.outbox import EVERYONE, Change
from tests.realtime.live import SPACE, emit
from tests.realtime.screen import Screen

if TYPE_CHECKING:
    from collections.abc import AsyncIterator, Awaitable, Callable

    from tests.realtime.live import Client, Live, Message

SAMPLE = Path(__file__).parent / "replay.json"
WRITER, READER = "Chiara", "Maarten"


@dataclass
class Changes:
    """Random changes by somebody who sees everything."""

    live: Live
    rng: random.Random
    entities: list[str] = field(default_factory=list[str])
    links: list[str] = field(default_factory=list[str])
    merges: list[str] = field(default_factory=list[str])
    told: list[str] = field(default_factory=list[str])

    def markings(self) -> list[str]:
        return ["Covert"] if self.rng.random() < 0.3 else []

    async def add_entity(self) -> None:
        name = f"person {len(self.entities) + 1}"
        await self.live.world.entity(SPACE, name, WRITER, "NA-1", markings=self.markings())
        self.entities.append(name)

    async def add_link(self) -> None:
        a, b = self.rng.sample(self.entities, 2)
        name = f"link {len(self.links) + 1}"
        await self.live.world.link(SPACE, name, (a, b), WRITER, "NA-1", markings=self.markings())
        self.links.append(name)

    async def add_record(self) -> None:
        one = self.rng.choice(self.entities)
        said = {"alias": f"alias {self.rng.randrange(100)}", "email": f"desk{self.rng.randrange(2)}@example.com"}
        await self.live.world.record(SPACE, one, WRITER, "NA-1", markings=self.markings(), **said)

    def anything(self) -> tuple[str, int]:
        """Something, and one of its first records."""
        return self.rng.choice(self.entities * 2 + self.links + self.merges), self.rng.choice([0, 0, -1])

    async def mark(self) -> None:
        one, place = self.anything()
        await self.live.world.mark(SPACE, one, WRITER, "Covert", place=place)

    async def release(self) -> None:
        one, place = self.anything()
        await self.live.world.release(SPACE, one, WRITER, "Covert", place=place)

    async def retract(self) -> None:
        one, place = self.anything()
        await self.live.world.retract(SPACE, one, WRITER, place=place)

    async def merge(self) -> None:
        a, b = self.rng.sample(self.entities, 2)
        name = f"merge {len(self.merges) + 1}"
        await self.live.world.merge(SPACE, name, (a, b), WRITER, "NA-1", markings=self.markings())
        self.merges.append(name)

    async def unmerge(self) -> None:
        if self.merges:
            world = self.live.world
            await changes.unmerge(world.ctx(WRITER), world.ids[SPACE], world.ids[self.rng.choice(self.merges)], "two after all", new_id())

    async def some(self, number: int) -> None:
        """Make some changes; what the service refuses changes nothing."""
        for _ in range(number):
            change = self.rng.choice(CHANGES)
            self.told.append(change.__name__)
            try:
                await change(self)
            except JoinderError as refused:
                self.told[-1] += f" ({refused.code})"


CHANGES: list[Callable[[Changes], Awaitable[None]]] = [
    Changes.add_entity, Changes.add_link, Changes.add_link, Changes.add_record, Changes.mark, Changes.mark, Changes.release,
    Changes.release, Changes.retract, Changes.merge, Changes.unmerge,
]  # fmt: skip


async def heard(live: Live, client: Client) -> list[Message]:
    """Every notice up to now."""
    fence = new_id()
    await emit(live.world, Change("member", "joined", fence, after=EVERYONE))
    found: list[Message] = []
    while (said := await client.until("notice"))["id"] != fence:
        found.append(said)
    return found


async def replay(live: Live, seed: int, steps: int) -> AsyncIterator[Step]:
    """Let a client hold, hear and ask, and compare it with a fresh one after each step; yields what each step did, told and left."""
    made = Changes(live, random.Random(seed))
    for _ in range(6):
        await made.add_entity()
    for _ in range(5):
        await made.add_link()
    client = await live.client(READER, SPACE)
    screen = await Screen(live.world, READER, SPACE).open(*(live.world.ids[one] for one in made.entities[:3]))
    yield Step([], [], screen, made.entities)
    for _ in range(steps):
        made.told.clear()
        await made.some(made.rng.randint(1, 3))
        notices = await heard(live, client)
        await screen.take_in(notices)
        fresh = await screen.fresh()
        assert (screen.items, screen.links) == (fresh.items, fresh.links), (seed, made.told)
        assert screen.pages == fresh.pages, (seed, made.told)
        yield Step(made.told, notices, fresh, made.entities)


@dataclass(frozen=True)
class Step:
    """What was done, what the reader was told of it, and what they hold afterwards."""

    done: list[str]
    notices: list[Message]
    screen: Screen
    entities: list[str]

    async def kept(self) -> dict[str, Any]:
        """The step as the sample keeps it: names instead of ids, and which item stands for each entity that the reader sees."""
        ids, stands_for = self.screen.world.ids, dict[str, str]()
        for one in self.entities:
            said = await self.screen.ask("query($s: ID!, $e: ID!) { entity(space: $s, id: $e) { id } }", e=ids[one])
            stands_for |= {ids[one]: said["entity"]["id"]} if "entity" in said else {}
        notices = [{**each, "cursor": "c"} for each in self.notices]
        step = {"done": self.done, "notices": notices, "items": list(self.screen.items.values())}
        text = orjson.dumps({**step, "links": list(self.screen.links.values()), "standsFor": stands_for}).decode()
        for name, one in ids.items():
            text = text.replace(one, name)
        return orjson.loads(text)


@pytest.mark.parametrize("seed", range(3))
async def test_what_a_client_holds_after_its_notices_is_what_a_fresh_one_is_told(live: Live, seed: int) -> None:
    async for _ in replay(live, seed, 10):
        pass


@pytest.mark.long
@pytest.mark.timeout(3600)
async def test_what_a_client_holds_is_what_a_fresh_one_is_told_for_long(live: Live) -> None:
    for seed in range(100, 120):
        async for _ in replay(live, seed, 40):
            pass


async def test_two_that_stay_one_come_back_by_whichever_stands_for_them(live: Live) -> None:
    """Three are one, and the first leaves: the link that is undone does not name the one that stands for the other two."""
    world, client = live.world, await live.client(READER, SPACE)
    names = ["Ilian", "Dravec", "Marlow"]
    for name in names:
        await world.entity(SPACE, name, WRITER, "NA-1")
    first, second, third = sorted(names, key=world.ids.__getitem__)
    for name, pair in (("undone", (first, third)), ("kept", (third, second))):
        await world.merge(SPACE, name, pair, WRITER, "NA-1")
    await heard(live, client)
    screen = await Screen(world, READER, SPACE).open()
    await changes.unmerge(world.ctx(WRITER), world.ids[SPACE], world.ids["undone"], "two after all", new_id())
    await screen.take_in(await heard(live, client))
    assert set(screen.items) == {world.ids[first], world.ids[second]} == set((await screen.fresh()).items)


# ── the sample ────────────────────────────────────────────────────────────────────────────────────────────────────────────────────


async def test_the_sample_is_current_in_shape(live: Live) -> None:
    steps = [await step.kept() async for step in replay(live, 7, 24)]
    if "JOINDER_WRITE_SAMPLE" in os.environ:
        SAMPLE.write_bytes(orjson.dumps(steps, option=orjson.OPT_INDENT_2) + b"\n")
    kept = orjson.loads(SAMPLE.read_bytes())
    assert shape(kept) == shape(steps)
    told = {(each["change"], each["kind"]) for step in kept for each in step["notices"]}
    assert told >= set(product(("changed", "gone"), ("entity", "link"))) | {("changed", "merge")}


def shape(steps: list[dict[str, Any]]) -> dict[str, set[frozenset[str]]]:
    """The fields of everything in a sample."""
    fields = {name: {frozenset(each) for step in steps for each in step[name]} for name in ("items", "links", "notices")}
    return {**fields, "steps": {frozenset(step) for step in steps}}
