"""The only door to the graph database: one session per unit of work, bounded retries, a transaction timeout.

Works on both engines with the same driver. A unit of work may run twice (a conflict is retried), so nothing in it but Cypher;
what must happen once carries an idempotency key (`graph.outbox`).
"""

from __future__ import annotations

import asyncio
import random
import time
import warnings
from contextlib import contextmanager, nullcontext
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, LiteralString, Self, TypeVar, cast

from neo4j import AsyncGraphDatabase, NotificationMinimumSeverity, NotificationSeverity, Query
from neo4j.exceptions import (
    AuthError,
    ClientError,
    ConnectionPoolError,
    ConstraintError,
    DriverError,
    Neo4jError,
    ServiceUnavailable,
    SessionExpired,
    TransientError,
)

if TYPE_CHECKING:
    from collections.abc import Awaitable, Callable, Generator, Sequence

    from neo4j import AsyncDriver, AsyncSession, AsyncTransaction, GqlStatusObject

    from graph.dialect import Dialect
    from graph.gate import Gate

T = TypeVar("T")
TIMEOUT_S = 30.0
GRACE_S = 3.0
"""How much later than the server we break a transaction off ourselves: Neo4j looks for late ones every two seconds."""
FIRST_DELAY_S, LONGEST_DELAY_S, PATIENCE_S, RESTART_PATIENCE_S = 0.01, 1.0, 15.0, 2.0


class GraphUnavailable(Exception):
    """The engine does not answer: it restarts, its host is down, or no connection is free. Nothing was promised to the caller."""


class TimedOut(TimeoutError):
    """A transaction took longer than one may and was broken off, by the engine or by us; it is not tried again."""


class Stale(Exception):
    """What a unit of work relied on was changed by another one before it could commit: it is run again from its beginning."""


class DuplicateKey(Exception):
    """A unique constraint refused a write and retrying did not help."""


@dataclass(frozen=True, slots=True)
class Address:
    """Where an engine listens. `database` is the database's name on that server."""

    url: str
    user: str
    password: str
    database: str
    dialect: Dialect


class Tx:
    """One open transaction. `value` is the only way to ask: every query returns one row with one value, lists collected."""

    __slots__ = ("_tx", "_warn", "dialect", "graph_name")

    def __init__(self, tx: AsyncTransaction, address: Address, *, warn: bool) -> None:
        self._tx, self._warn = tx, warn
        self.dialect = address.dialect
        self.graph_name = address.url

    async def value(self, query: LiteralString, /, **parameters: object) -> Any:  # noqa: ANN401 - shapes are given by each query's caller
        """Return the first column of the first row, or None where there is no row."""
        result = await self._tx.run(query, cast("dict[str, Any]", parameters))
        record = await result.single(strict=False) if result else None
        if self._warn:
            _warn((await result.consume()).gql_status_objects)
        return None if record is None else record[0]

    async def rows(self, query: LiteralString, /, **parameters: object) -> list[Any]:
        """Return the list that the query collected; empty where it matched nothing."""
        return cast("list[Any]", await self.value(query, **parameters) or [])


def _warn(statuses: Sequence[GqlStatusObject]) -> None:
    """Turn what the engine has against a query into a warning; the driver's own way looks up the source of every caller each time."""
    for said in statuses:
        if said.severity is NotificationSeverity.WARNING:
            warnings.warn(f"{said.gql_status}: {said.status_description}", stacklevel=3)


class Graph:
    """A pool of connections to one database. `warn` turns the engine's notifications into warnings: for tests.

    `on_try` is told of each try of a unit of work when it ends: access ("READ" or "WRITE") and seconds. `patience_s` is how long a unit of
    work is tried again, `timeout_s` how long each try may take; `gate` is what a backup closes to writers.
    """

    def __init__(
        self,
        address: Address,
        *,
        patience_s: float = PATIENCE_S,
        timeout_s: float = TIMEOUT_S,
        warn: bool = False,
        on_try: Callable[[str, float], None] | None = None,
        gate: Gate | None = None,
    ) -> None:
        self.dialect, self._gate = address.dialect, gate
        self._address = address
        self._patience_s, self._timeout_s = patience_s, timeout_s
        self._warn = warn
        self._on_try = on_try
        self._driver: AsyncDriver = AsyncGraphDatabase.driver(
            address.url,
            auth=(address.user, address.password),
            max_connection_pool_size=64,
            connection_acquisition_timeout=10,
            connection_timeout=5,
            max_transaction_retry_time=0,
            keep_alive=True,
            warn_notification_severity=NotificationMinimumSeverity.OFF,
            notifications_disabled_classifications=["UNRECOGNIZED"],
            telemetry_disabled=True,
        )

    async def __aenter__(self) -> Self:
        return self

    async def __aexit__(self, *_: object) -> None:
        await self.close()

    async def close(self) -> None:
        """Close every connection."""
        await self._driver.close()

    async def read(self, work: Callable[[Tx], Awaitable[T]]) -> T:
        """Run `work` in one read transaction; conflicts and lost connections are retried within the patience."""
        return await self._run(work, access="READ")

    async def write(self, work: Callable[[Tx], Awaitable[T]]) -> T:
        """Run `work` in one write transaction. After a connection lost in commit it runs again: it must look its key up first."""
        async with self._gate.passing() if self._gate else nullcontext():
            return await self._run(work, access="WRITE")

    async def statement(self, query: LiteralString) -> None:
        """Run one statement outside a transaction of ours (schema changes)."""
        async with self._driver.session(database=self._address.database) as session:
            await (await session.run(Query(query))).consume()

    async def ready(self) -> bool:
        """Say whether the engine answers now, without waiting for it."""
        try:
            return await self.answers()
        except AuthError:
            return False

    async def answers(self) -> bool:
        """Like `ready`, but an engine that does not take our password raises `AuthError`: it will not do so later either."""
        try:
            async with asyncio.timeout(2):
                await self._once(_ping, "READ")
        except AuthError:
            raise
        except (GraphUnavailable, Neo4jError, DriverError, TimeoutError, OSError):
            return False
        return True

    async def _run(self, work: Callable[[Tx], Awaitable[T]], access: str) -> T:
        started, delay = time.monotonic(), FIRST_DELAY_S
        deadline = started + self._patience_s
        while True:
            try:
                return await self._once(work, access)
            except _RETRIED as error:
                if isinstance(error, _LOST):
                    deadline = min(deadline, started + RESTART_PATIENCE_S)
                if time.monotonic() + delay > deadline:
                    raise _final(error) from error
            await asyncio.sleep(delay * (0.5 + random.random()))  # noqa: S311 - jitter, not a secret
            delay = min(delay * 2, LONGEST_DELAY_S)

    async def _once(self, work: Callable[[Tx], Awaitable[T]], access: str) -> T:
        session = self._driver.session(database=self._address.database, default_access_mode=access)
        started = time.monotonic()
        try:
            with _named():
                async with session, asyncio.timeout(self._timeout_s + GRACE_S), await _begun(session, self._timeout_s) as tx:
                    answer = await work(Tx(tx, self._address, warn=self._warn))
                    await tx.commit()
                    return answer
        finally:
            if self._on_try:
                self._on_try(access, time.monotonic() - started)


async def _begun(session: AsyncSession, timeout_s: float) -> AsyncTransaction:
    """Open a transaction. Who is cancelled meanwhile waits for it: the driver drops the socket of a half-made connection unclosed."""
    begun = asyncio.ensure_future(session.begin_transaction(timeout=timeout_s))
    try:
        return await asyncio.shield(begun)
    except asyncio.CancelledError:
        await asyncio.wait({begun})
        raise


@contextmanager
def _named() -> Generator[None]:
    """Give one name to what the driver and both engines say where time or connections run out."""
    try:
        yield
    except TimeoutError as error:
        raise TimedOut from error
    except ConnectionPoolError as error:
        raise GraphUnavailable from error
    except ClientError as error:
        if not (error.code or "").startswith(_LATE):
            raise
        raise TimedOut from error


# Neo4j says the second to who waited for a lock meanwhile.
_LATE = ("Neo.ClientError.Transaction.TransactionTimedOut", "Neo.ClientError.Transaction.LockClientStopped")
_LOST = (ServiceUnavailable, SessionExpired)
_RETRIED = (TransientError, ConstraintError, Stale, *_LOST)


def _final(error: Exception) -> Exception:
    if isinstance(error, ConstraintError):
        return DuplicateKey()
    return GraphUnavailable()


async def _ping(tx: Tx) -> int:
    return cast("int", await tx.value("RETURN 1"))


async def wait_until_ready(graph: Graph, timeout_s: float) -> None:
    """Wait until the engine answers; raise `GraphUnavailable` when it does not within `timeout_s`, `AuthError` on a wrong password."""
    deadline = time.monotonic() + timeout_s
    while time.monotonic() < deadline:
        if await graph.answers():
            return
        await asyncio.sleep(0.1)
    raise GraphUnavailable


__all__ = ["Address", "AuthError", "DuplicateKey", "Graph", "GraphUnavailable", "Stale", "TimedOut", "Tx", "wait_until_ready"]
