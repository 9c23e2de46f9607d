"""Spans reach a collector that the environment names; errors are told by their class."""

from __future__ import annotations

import subprocess
import sys
import threading
from http.server import BaseHTTPRequestHandler, HTTPServer

from backend.core import tracing

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
    received: list[bytes] = []

    class Collector(BaseHTTPRequestHandler):
        def do_POST(self) -> None:
            received.append(self.rfile.read(int(self.headers["Content-Length"])))
            self.send_response(200)
            self.end_headers()

        def log_message(self, format: str, *args: object) -> None:  # noqa: A002 - the base class's name
            """Say nothing."""

    with HTTPServer(("127.0.0.1", 0), Collector) as server:
        threading.Thread(target=server.serve_forever, daemon=True).start()
        environment = {tracing.ENDPOINT: f"http://127.0.0.1:{server.server_port}", "OTEL_EXPORTER_OTLP_COMPRESSION": "none"}
        subprocess.run([sys.executable, "-c", PROGRAM], env=environment, check=True, timeout=60)
        server.shutdown()
    said = b"".join(received)
    assert b"outer" in said
    assert b"graph read" in said
    assert b"ValueError" in said
    assert b"must not leave" not in said
