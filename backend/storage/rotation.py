"""Other keys in the place of those that wrap now, while people work. Each step may be the last before a SIGKILL: run it again, it goes on.

The order is what makes it safe: name the new key → wait for whoever still wraps by the old one (lease.py) → wrap anew what it wrapped,
each as it was when it was read, or not at all → look until nothing is left → destroy the old one. Files are not sealed anew.
"""

from __future__ import annotations

import asyncio
from contextlib import contextmanager
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from backend.storage import key_file
from backend.storage.lease import alone, forget, wait_until_unused
from backend.storage.masters import State
from backend.storage.space_key import SealingKey, Stored
from backend.storage.wrapping import MemoryKey, WrapError, bytes_of, factor_purpose, head_of, text_of
from graph.queries import keys as queries

if TYPE_CHECKING:
    from collections.abc import Callable, Generator, Iterable

    from backend.storage.keys import SpaceKeys
    from backend.storage.masters import KeyProvider
    from graph.driver import Graph
    from graph.queries.keys import Place, Wrapped

SETTLE_S = 2.0
"""How long an old key outlives its last use: who read what it wrapped a moment before opens it within this time."""
WAITING = "waiting for uploads that began before; they may go on"
GOES_ON = "going on with the rotation that was broken off"
BUSY = "Another `joinder keys` command is at work on these keys. Wait for its end, then run this again."
LEFT = "{} wrapped keys do not open, so the old key is kept and nothing is lost. `joinder keys check` names them."


class RotationError(Exception):
    """A rotation did not come to its end. The text says what is safe and what to do."""


@dataclass(slots=True)
class Rotation:
    """What a command on keys works with. `say` is told each step, `settle_s` is SETTLE_S but for tests."""

    graph: Graph
    keys: SpaceKeys
    say: Callable[[str], object]
    settle_s: float = SETTLE_S
    rewrapped: int = field(default=0, init=False)

    async def space(self, space: str) -> int:
        """Give a space a new sealing key; return how many file keys were wrapped anew. Raises RotationError, SpaceKeyLostError."""
        with self._alone():
            stored = await asyncio.to_thread(self.keys.stored, space)
            if len(stored.seal) == 1:
                stored = await asyncio.to_thread(self._named_new, stored)
            else:
                self.say(GOES_ON)
            key = await self.keys.of(space)
            old = [one.head for one in key.seal[1 : len(stored.seal)]]
            await self._unused(old)
            for place in queries.FILES:
                await self._files(place, SealingKey(space, key.seal, key.ids))
            await asyncio.sleep(self.settle_s)
            await asyncio.to_thread(self._write, Stored(space, stored.seal[:1], stored.ids))
            await self._forget(old)
        return self.rewrapped

    async def master(self, to: str | None = None) -> int:
        """Give the deployment a new master key, in the provider named or where the present one lies; return how many keys it wrapped anew.

        Raises RotationError, MasterKeyError.
        """
        with self._alone():
            masters = self.keys.masters
            state = await asyncio.to_thread(masters.state)
            provider = masters.named(to) if to else masters.provider(state.current)
            if to and provider.form == state.current[:1] and not state.retiring:
                message = f"The master key is in the provider {to} already. `joinder keys rotate-master` makes a new one there."
                raise RotationError(message)
            if not state.retiring or provider.form != state.current[:1]:
                state = await asyncio.to_thread(self._named_master, provider, state)
            else:
                self.say(GOES_ON)
            await self._unused(state.retiring)
            for space in await asyncio.to_thread(self.keys.spaces):
                await asyncio.to_thread(self._wrap_anew, space, state)
            await self._secrets(state)
            await asyncio.sleep(self.settle_s)
            await asyncio.to_thread(self._destroy, state)
            await self._forget(state.retiring)
        return self.rewrapped

    @contextmanager
    def _alone(self) -> Generator[None]:
        with alone(self.keys.folder) as only:
            if not only:
                raise RotationError(BUSY)
            yield

    async def _unused(self, old: Iterable[bytes]) -> None:
        for head in old:
            await asyncio.to_thread(wait_until_unused, self.keys.folder, head, lambda: self.say(WAITING))

    async def _forget(self, old: Iterable[bytes]) -> None:
        for head in old:
            await asyncio.to_thread(forget, self.keys.folder, head)

    # ── a space's key ─────────────────────────────────────────────────────────────────────────────────────────────────────────────────

    def _named_new(self, before: Stored) -> Stored:
        with self.keys.masters.leased() as master:
            new = master.wrap(MemoryKey.new().bare, before.purpose("seal"))
            after = Stored(before.space, (new, *before.seal), before.ids)
            self._write(after)
        self.say("new files are sealed under the new key")
        return after

    def _write(self, stored: Stored) -> None:
        key_file.replace(self.keys.path(stored.space), stored.text())

    async def _files(self, place: Place, key: SealingKey) -> None:
        """Wrap anew every file key in one place of the graph that the newest key of its space did not wrap."""

        def anew(one: Wrapped) -> str:
            return key.wrapped(key.file_key(one.key, one.about), one.about)

        head = text_of(key.seal[0].head)
        await self._pages(place, key.space, head, anew)

    async def _pages(self, place: Place, space: str | None, head: str, anew: Callable[[Wrapped], str]) -> None:
        """Go through a place until a whole pass finds nothing left. Raises RotationError for what does not open."""
        while True:
            after, seen, failed = "", 0, 0
            while page := await self.graph.read(lambda tx, after=after: queries.page(tx, place, space, head, after)):
                after, seen = page[-1].id, seen + len(page)
                changes, bad = await asyncio.to_thread(_changes, page, anew)
                failed += bad
                self.rewrapped += await self.graph.write(lambda tx, rows=changes: queries.rewrap(tx, place, rows))
            if failed:
                raise RotationError(LEFT.format(failed))
            if not seen:
                return

    # ── the master key ────────────────────────────────────────────────────────────────────────────────────────────────────────────────

    def _named_master(self, provider: KeyProvider, before: State) -> State:
        masters = self.keys.masters
        provider.tidy({before.current, *before.retiring})
        new = provider.make().head
        after = State(new, (before.current, *before.retiring))
        masters.write(after)
        self.say(f"new keys are wrapped by the new master key ({provider.name})")
        return after

    def _wrap_anew(self, space: str, state: State) -> None:
        masters, stored = self.keys.masters, self.keys.stored(space)
        if all(head_of(one) == state.current for one in (*stored.seal, stored.ids)):
            return
        new = masters.key(state.current)

        def anew(one: bytes, part: str) -> bytes:
            return new.wrap(masters.unwrap(one, stored.purpose(part)), stored.purpose(part))

        try:
            seal = tuple(anew(one, "seal") for one in stored.seal)
            self._write(Stored(space, seal, anew(stored.ids, "ids")))
        except WrapError as error:
            raise RotationError(LEFT.format(f"The key of space {space} and other")) from error
        self.rewrapped += 1

    async def _secrets(self, state: State) -> None:
        masters = self.keys.masters
        new = await asyncio.to_thread(masters.key, state.current)

        def anew(one: Wrapped) -> str:
            purpose = factor_purpose(one.about)
            return text_of(new.wrap(masters.unwrap(bytes_of(one.key), purpose), purpose))

        for place in queries.SECRETS:
            await self._pages(place, None, text_of(state.current), anew)

    def _destroy(self, state: State) -> None:
        masters = self.keys.masters
        for head in state.retiring:
            masters.provider(head).destroy(head)
        masters.write(State(state.current))


def _changes(page: list[Wrapped], anew: Callable[[Wrapped], str]) -> tuple[list[dict[str, str]], int]:
    """Return what is to be written of a page, and how many of it do not open."""
    changes, failed = list[dict[str, str]](), 0
    for one in page:
        try:
            changes.append({"id": one.id, "old": one.key, "new": anew(one)})
        except WrapError:
            failed += 1
    return changes, failed
