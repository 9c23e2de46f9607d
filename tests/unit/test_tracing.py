"""Spans reach a collector that the environment names; errors are told by their class."""

from __future__ import annotations

import subprocess
import sys

from backend.core import tracing
from tests.support.collector import collector

PROGRAM = """
import os
from backend.core import tracing
stop = tracing.configure(os.environ)
try:
    with tracing.span("outer", correlation="TEST-00"):
        tracing.done("graph read", 0.01)
        raise ValueError("a value that must not leave")
except ValueError:
    pass
stop()
"""


def test_nothing_is_sent_where_nothing_is_configured() -> None:
    tracing.configure({})()
    with tracing.span("alone"):
        tracing.done("graph read", 0.01)


def test_spans_reach_the_collector_without_values() -> None:
    with collector() as (address, received):
        environment = {tracing.ENDPOINT: address, "OTEL_EXPORTER_OTLP_COMPRESSION": "none"}
        subprocess.run([sys.executable, "-c", PROGRAM], env=environment, check=True, timeout=60)
    said = b"".join(received)
    assert b"outer" in said
    assert b"graph read" in said
    assert b"ValueError" in said
    assert b"must not leave" not in said
