"""Writers, revocations and readers at once, held to a model: the stream itself says what each reader may have been told."""

from __future__ import annotations

import asyncio
import random
from dataclasses import dataclass
from typing import TYPE_CHECKING

import pytest

from backend.core.ids import new_id
from backend.teams import service as teams
from graph import access
from graph.outbox import EVERYONE, Change
from graph.queries import imports
from tests.realtime.live import SPACE, emit

if TYPE_CHECKING:
    from tests.realtime.live import Client, Live

WRITERS, EVENTS = 3, 25
LEAVING, UNCLEARED = [f"Leaver {n}" for n in range(4)], [f"Uncleared {n}" for n in range(2)]
UNCLEARED_ORDER: list[str] = []
FENCE = "the-last-one"


async def write(live: Live, classes: list[str], rng: random.Random) -> None:
    """Make imports of either class and announce each."""
    for _ in range(EVENTS):
        one, vis = new_id(), rng.choice(classes)
        row = {"id": one, "space": live.world.ids[SPACE], "vis": vis, "created_at": live.world.now}
        await live.world.parts.graph.write(lambda tx, row=row: imports.create(tx, row))
        await emit(live.world, Change("import", "done", one, after=(vis,)), wake=rng.random() < 0.7)


async def revoke(live: Live, rng: random.Random) -> None:
    """End memberships and withdraw clearances in between."""
    ctx, space = live.world.ctx("Chiara"), live.world.ids[SPACE]
    for who in rng.sample(LEAVING + UNCLEARED, len(LEAVING + UNCLEARED)):
        for _ in range(rng.randrange(4)):
            await live.world.parts.graph.ready()
        membership = live.world.memberships[SPACE, who]
        if who in LEAVING:
            await teams.end(ctx, space, membership, new_id())
        else:
            await teams.withdraw(ctx, space, membership, live.world.ids["Covert"], new_id())
            UNCLEARED_ORDER.append(who)


async def heard(client: Client) -> list[str]:
    """The ids of the imports that somebody was told of, up to the end of their subscription or the fence."""
    found: list[str] = []
    while True:
        said = await client.next()
        if said["type"] == "ended" or said.get("id") == FENCE:
            return found
        if said["type"] == "notice" and said["kind"] == "import":
            found.append(said["id"])


@dataclass(frozen=True)
class Stream:
    """The events of the space in order, as (kind, verb, subject, classes after)."""

    events: list[tuple[str, str, str, tuple[str, ...]]]

    def imports(self, upto: int | None = None, since: int = 0, after: str | None = None) -> list[str]:
        found = [(subject, classes) for kind, _, subject, classes in self.events[since:upto] if kind == "import"]
        return [subject for subject, classes in found if after is None or classes == (after,)]

    def places(self, kind: str, verb: str) -> list[int]:
        return [place for place, event in enumerate(self.events) if event[:2] == (kind, verb)]

    def end_of(self, membership: str) -> int:
        return next(place for place in self.places("member", "ended") if self.events[place][2] == membership)


STREAM = "MATCH (n:Event {space: $space}) WITH n ORDER BY n.seq RETURN collect([n.kind, n.verb, n.subject, n.after])"


async def run(live: Live, seed: int) -> tuple[dict[str, list[str]], Stream]:
    """Let everybody loose; return what each was told, and the stream."""
    world, rng = live.world, random.Random(seed)
    for who in LEAVING + UNCLEARED:
        await world.member(SPACE, who)
        await teams.clear(world.ctx("Chiara"), world.ids[SPACE], world.memberships[SPACE, who], world.ids["Covert"], None, new_id())
    clients = {who: await live.client(who, SPACE) for who in ("Chiara", "Maarten", *LEAVING, *UNCLEARED)}
    listening = {who: asyncio.create_task(heard(client)) for who, client in clients.items()}
    seeds = [rng.random() for _ in range(WRITERS)]
    UNCLEARED_ORDER.clear()
    await asyncio.gather(*(write(live, [marked(live), unmarked(live)], random.Random(one)) for one in seeds), revoke(live, rng))
    await emit(world, Change("member", "joined", FENCE, after=EVERYONE))
    await listening["Chiara"]
    # Once more: for whoever was told to ask again in the same delivery, the first is among what they ask for.
    await emit(world, Change("member", "joined", FENCE, after=EVERYONE))
    told = {who: await task for who, task in listening.items()}
    rows = await world.parts.graph.read(lambda tx: tx.rows(STREAM, space=world.ids[SPACE]))
    return told, Stream([(kind, verb, subject, tuple(after or ())) for kind, verb, subject, after in rows])


def marked(live: Live) -> str:
    return access.class_id(live.world.ids[SPACE], frozenset({frozenset({live.world.ids["Covert"]})}))


def unmarked(live: Live) -> str:
    return access.class_id(live.world.ids[SPACE], access.OPEN)


@pytest.mark.parametrize("seed", range(4))
async def test_nothing_ordered_after_a_revocation_is_delivered_and_nothing_else_is_lost(live: Live, seed: int) -> None:
    told, stream = await run(live, seed)
    assert told["Chiara"] == stream.imports()
    assert told["Maarten"] == stream.imports(after=unmarked(live))
    for who in LEAVING:
        before = stream.imports(upto=stream.end_of(live.world.memberships[SPACE, who]))
        assert told[who] == before[: len(told[who])]
    for who, place in zip(UNCLEARED_ORDER, stream.places("marking", "withdrawn"), strict=True):
        assert not set(told[who]) & set(stream.imports(since=place, after=marked(live)))
