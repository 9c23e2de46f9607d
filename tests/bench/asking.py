"""Asks as a request does, without a socket, and takes times: whole, and by where they were spent."""

from __future__ import annotations

import statistics
import time
from contextlib import contextmanager
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any, cast

import orjson
from starlette.requests import Request

from backend.graphql_http import endpoint
from graph.driver import Tx
from tests.bench.planted import READER

if TYPE_CHECKING:
    from collections.abc import Awaitable, Callable, Generator

    from starlette.types import Message

    from backend.core.context import Parts
    from tests.bench.planted import Planted
    from tests.support.world import World


@dataclass(frozen=True, slots=True)
class Took:
    """Milliseconds of some runs, the first ones left out."""

    times: list[float]

    @property
    def p50(self) -> float:
        """The median."""
        return statistics.median(self.times)

    @property
    def p99(self) -> float:
        """What 99 of a hundred stayed below; of few runs the worst."""
        return sorted(self.times)[min(len(self.times) - 1, int(len(self.times) * 0.99))]


async def took(work: Callable[[], Awaitable[object]], runs: int) -> Took:
    """Return how long each of `runs` runs took, after three that warm up."""
    times = list[float]()
    for _ in range(runs + 3):
        begun = time.perf_counter()
        await work()
        times.append((time.perf_counter() - begun) * 1000)
    return Took(times[3:])


@dataclass
class Watched:
    """Every query that ran while it was watched, with its parameters, and the milliseconds that all of them took."""

    asked: list[tuple[str, dict[str, object]]] = field(default_factory=list[tuple[str, dict[str, object]]])
    ms: float = 0.0


@contextmanager
def watching() -> Generator[Watched]:
    """Note the queries of every transaction until the block is left."""
    watched, plain = Watched(), Tx.value

    async def value(tx: Tx, query: Any, /, **parameters: object) -> Any:
        begun = time.perf_counter()
        answer = await plain(tx, query, **parameters)
        watched.asked.append((query, parameters))
        watched.ms += (time.perf_counter() - begun) * 1000
        return answer

    Tx.value = value
    try:
        yield watched
    finally:
        Tx.value = plain


@dataclass
class Asking:
    """One reader at the door of the API."""

    parts: Parts
    world: World
    planted: Planted

    def __post_init__(self) -> None:
        self._endpoint = endpoint(self.parts)
        self._actor = self.world.ctx(READER).actor

    async def graphql(self, query: str, **variables: object) -> dict[str, Any]:
        """Send one operation the whole way and return its data."""
        return (await self._sent(body(query, **variables)))["data"]

    async def _sent(self, sent: bytes) -> dict[str, Any]:
        raw = await self.bytes_of(sent)
        said = cast("dict[str, Any]", orjson.loads(raw))
        assert "errors" not in said, said
        return said

    async def bytes_of(self, sent: bytes) -> bytes:
        """Return the bytes that answer a body."""

        async def receive() -> Message:
            return {"type": "http.request", "body": sent, "more_body": False}

        scope: dict[str, Any] = {"type": "http", "method": "POST", "path": "/graphql", "headers": [], "joinder.actor": self._actor}
        return bytes((await self._endpoint(Request(scope, receive))).body)


def body(query: str, **variables: object) -> bytes:
    """Return what a client sends."""
    return orjson.dumps({"query": query, "variables": variables})
