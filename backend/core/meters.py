"""What operators watch: counts and durations of this process, never a space, a person or a value.

Served in Prometheus' text format at `/metrics` to whoever sends the token of JOINDER_METRICS_TOKEN; without that setting there is no
such page. Labels are words of ours: kinds of routes, names of operations and error codes.
"""

from __future__ import annotations

import time
from contextlib import contextmanager
from typing import TYPE_CHECKING

from prometheus_client import CollectorRegistry, Gauge, Histogram, generate_latest
from prometheus_client.gc_collector import GCCollector
from prometheus_client.platform_collector import PlatformCollector
from prometheus_client.process_collector import ProcessCollector

from backend.core import tracing
from backend.core.errors import JoinderError

if TYPE_CHECKING:
    from collections.abc import Callable, Generator

CONTENT_TYPE = "text/plain; version=0.0.4; charset=utf-8"
REGISTRY = CollectorRegistry()
ProcessCollector(registry=REGISTRY)
PlatformCollector(registry=REGISTRY)
GCCollector(registry=REGISTRY)

REQUESTS = Histogram("joinder_requests_seconds", "Answers by route, method and status.", ("route", "method", "status"), registry=REGISTRY)
OPERATIONS = Histogram("joinder_operations_seconds", "GraphQL root fields by name and outcome.", ("name", "outcome"), registry=REGISTRY)
TRIES = Histogram("joinder_graph_seconds", "Tries of units of work on the graph, by access.", ("access",), registry=REGISTRY)
AUDIT = Histogram("joinder_audit_seconds", "Waits until an entry of the audit log was durable.", registry=REGISTRY)
SOCKETS = Gauge("joinder_sockets", "Open live sockets.", registry=REGISTRY)


def tried(access: str, seconds: float) -> None:
    """Count and trace one try of a unit of work on the graph."""
    TRIES.labels(access.lower()).observe(seconds)
    tracing.done(f"graph {access.lower()}", seconds)


@contextmanager
def operation(name: str) -> Generator[None]:
    """Count and trace one root field of the API, with the code of the error that ends it."""
    started, outcome = time.monotonic(), "OK"
    try:
        with tracing.span(name):
            yield
    except JoinderError as error:
        outcome = error.code
        raise
    except BaseException:
        outcome = JoinderError.code
        raise
    finally:
        OPERATIONS.labels(name, outcome).observe(time.monotonic() - started)


def watch_sockets(count: Callable[[], int]) -> None:
    """Ask `count` for the number of open sockets whenever somebody looks."""
    SOCKETS.set_function(count)


def page() -> bytes:
    """Return everything as text."""
    return generate_latest(REGISTRY)
