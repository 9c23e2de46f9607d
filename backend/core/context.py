"""What a unit of work gets handed: the graph, the clock, who asks and the trail of what they saw. One per request or message."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from backend.core.errors import Unauthenticated
from graph.records import stamp

if TYPE_CHECKING:
    from backend.config import Settings
    from backend.core.actor import Actor
    from backend.core.audit import Trail
    from backend.core.clock import Clock
    from backend.core.wake import Wake
    from backend.storage.keys import SpaceKeys
    from backend.storage.store import ObjectStore
    from graph.driver import Graph


@dataclass(frozen=True, slots=True)
class Parts:
    """What the whole server shares."""

    graph: Graph
    settings: Settings
    clock: Clock
    wake: Wake
    store: ObjectStore
    keys: SpaceKeys
    secret: bytes


@dataclass(frozen=True, slots=True)
class Context:
    """One request: `actor` is None before sign-in. `correlation` is what an error message shows."""

    parts: Parts
    actor: Actor | None
    trail: Trail
    correlation: str

    @property
    def graph(self) -> Graph:
        """The graph of this server."""
        return self.parts.graph

    @property
    def who(self) -> Actor:
        """The signed-in person; raises `Unauthenticated` where nobody is."""
        if self.actor is None:
            raise Unauthenticated
        return self.actor

    @property
    def now(self) -> str:
        """This moment as the graph stores it."""
        return stamp(self.parts.clock.now())
