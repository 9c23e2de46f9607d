"""What a unit of work gets handed: the graph, the clock, who asks and the trail of what they saw. One per request or message."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import timedelta
from typing import TYPE_CHECKING, Self, cast

from backend.core.audit import Trail
from backend.core.cookies import Cookie
from backend.core.errors import Forbidden, StepUp, Unauthenticated
from backend.core.faults import new_correlation
from graph.records import stamp

if TYPE_CHECKING:
    from collections.abc import MutableMapping
    from typing import Any

    from backend.config import Settings
    from backend.core.actor import Actor
    from backend.core.audit import AuditLog
    from backend.core.clock import Clock
    from backend.core.jobs import Jobs
    from backend.core.wake import Wake
    from backend.storage.keys import SpaceKeys
    from backend.storage.store import ObjectStore
    from graph.driver import Graph

STRONG_FOR = timedelta(minutes=15)
"""How long after a strong sign-in what demands one may be done."""


@dataclass(frozen=True, slots=True)
class Parts:
    """What the whole server shares."""

    graph: Graph
    settings: Settings
    clock: Clock
    wake: Wake
    store: ObjectStore
    keys: SpaceKeys
    audit: AuditLog
    jobs: Jobs
    secret: bytes
    """Keys versions, cursors and content-derived ids; 32 random bytes in the data folder."""
    demo_token: str | None = None
    """What one-click sign-in needs, new at each start; None outside the demo."""


@dataclass(frozen=True, slots=True)
class Context:
    """One request: `actor` is None before sign-in. `correlation` is what an error message shows."""

    parts: Parts
    actor: Actor | None
    trail: Trail
    correlation: str
    cookies: list[Cookie] = field(default_factory=list[Cookie])
    """Cookies that the answer will set."""
    court: str | None = None
    """Country in whose courts it is asked what stands; None for all records."""

    @classmethod
    def of(cls, parts: Parts, scope: MutableMapping[str, Any]) -> Self:
        """Return the context of one request from what the middleware put into its ASGI scope."""
        actor = cast("Actor | None", scope.get("joinder.actor"))
        return cls(parts, actor, trail_of(parts, actor), str(scope.get("joinder.correlation") or new_correlation()))

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

    def require_strong(self) -> None:
        """Pass where the person proved a second factor within the last quarter of an hour; raise `StepUp`, or `Forbidden` for a script."""
        if self.who.writes is not None:
            raise Forbidden("An API token cannot do this. Sign in.")
        if self.who.strong_at < stamp(self.parts.clock.now() - STRONG_FOR):
            raise StepUp

    @property
    def now(self) -> str:
        """This moment as the graph stores it."""
        return stamp(self.parts.clock.now())


def trail_of(parts: Parts, actor: Actor | None) -> Trail:
    """Return a trail that tells who asked."""
    if actor is None:
        return Trail(parts.audit)
    return Trail(parts.audit, person=actor.user, agency=actor.agency, session=actor.session)
