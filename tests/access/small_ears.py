"""What people hold who only listen: they opened the space before there was anything in it, and were told the rest."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from websockets.exceptions import ConnectionClosed

from backend.core.ids import new_id
from graph import outbox
from graph.outbox import EVERYONE, Change
from tests.access.small_questions import Asker

if TYPE_CHECKING:
    from graph.driver import Tx
    from tests.access.small_world import SmallWorld
    from tests.realtime.live import Client, Live, Message

CONTENT = {"entity", "link", "case", "import"}


@dataclass
class Ears:
    """One person's socket. `held` is None where there is no subscription, and `stale` where everything has to be asked for again."""

    small: SmallWorld
    who: str
    client: Client
    held: dict[str, set[str] | None] = field(default_factory=dict[str, "set[str] | None"])
    stale: set[str] = field(default_factory=set[str])
    closed: bool = False

    async def open(self, space: str) -> None:
        """Subscribe where there is no subscription yet, and hold what can be opened at this moment."""
        if self.held.get(space) is None and not self.closed:
            await self.client.send(type="subscribe", space=self.small.world.ids[space], cursor=None)
            while (said := await self.client.next())["type"] not in {"subscribed", "ended"} or said["space"] != self.small.world.ids[space]:
                self.take(said)
            self.held[space] = await self._asked(space) if said["type"] == "subscribed" else None

    async def _asked(self, space: str) -> set[str]:
        return await Asker(self.small, self.who, space).look_up()

    async def hear(self, space: str, fence: str) -> bool:
        """Take in what comes, up to the fence or the end of the subscription; False where a resync swallowed the fence perhaps."""
        while self.held.get(space) is not None:
            try:
                said = await self.client.next()
            except ConnectionClosed:
                self.held, self.closed = {}, True
                return True
            self.take(said)
            if said.get("id") == fence:
                return True
            if said["type"] == "resync":
                return False
        return True

    def take(self, said: Message) -> None:
        """Do what a client does with a message."""
        space: str = next((name for name in self.small.spaces if self.small.world.ids[name] == said.get("space")), "")
        held = self.held.get(space)
        if said["type"] == "ended":
            self.held[space] = None
        elif said["type"] == "resync":
            self.stale.add(space)
        elif said["type"] == "notice" and said["kind"] in CONTENT and held is not None:
            known = {self.small.world.ids[it.name]: it.name for it in self.small.things}
            name: str = known.get(said["id"], str(said["id"]))
            held.add(name) if said["change"] == "changed" else held.discard(name)

    async def settle(self, space: str) -> set[str] | None:
        """Ask again for what a resync made stale, and return what is held."""
        if space in self.stale and self.held.get(space) is not None:
            self.held[space] = await self._asked(space)
        self.stale.discard(space)
        return self.held.get(space)


async def listeners(live: Live, small: SmallWorld) -> list[Ears]:
    """A socket for everybody, subscribed to every space that lets them in."""
    ears = [Ears(small, who, await live.client(who)) for who in small.people]
    for each in ears:
        for space in small.spaces:
            await each.open(space)
    return ears


async def held(small: SmallWorld, ears: list[Ears], space: str) -> dict[str, set[str] | None]:
    """What everybody holds of a space once all has arrived."""
    waiting = ears
    while waiting:
        fence = await _fence(small, space)
        waiting = [each for each in waiting if not await each.hear(space, fence)]
    return {each.who: await each.settle(space) for each in ears}


async def _fence(small: SmallWorld, space: str) -> str:
    """An event that every member hears."""
    world, fence = small.world, new_id()

    async def work(tx: Tx) -> None:
        await outbox.append(tx, world.ids[space], "test", world.now, [Change("member", "joined", fence, after=EVERYONE)])

    await world.parts.graph.write(work)
    world.parts.wake(world.ids[space])
    return fence
