"""Traces for operators, sent by OTLP over HTTP where OTEL_EXPORTER_OTLP_ENDPOINT is set; otherwise nothing is made.

Spans carry what the log carries: words of ours, codes and durations, never a value. The collector belongs to the deployment: spans tell
which operations run when.
"""

from __future__ import annotations

import time
from contextlib import contextmanager
from typing import TYPE_CHECKING

from opentelemetry import trace

if TYPE_CHECKING:
    from collections.abc import Callable, Generator, Mapping

ENDPOINT = "OTEL_EXPORTER_OTLP_ENDPOINT"
_tracer = trace.get_tracer("joinder")


def configure(environment: Mapping[str, str]) -> Callable[[], None]:
    """Begin to send spans where the environment says whereto; return what sends the last ones and stops."""
    if not environment.get(ENDPOINT):
        return _nothing
    from opentelemetry.exporter.otlp.proto.http.trace_exporter import OTLPSpanExporter  # noqa: PLC0415 - loaded by those who trace
    from opentelemetry.sdk.resources import Resource  # noqa: PLC0415 - same
    from opentelemetry.sdk.trace import TracerProvider  # noqa: PLC0415 - same
    from opentelemetry.sdk.trace.export import BatchSpanProcessor  # noqa: PLC0415 - same

    provider = TracerProvider(resource=Resource.create({"service.name": "joinder"}))
    provider.add_span_processor(BatchSpanProcessor(OTLPSpanExporter()))
    trace.set_tracer_provider(provider)
    return provider.shutdown


def _nothing() -> None:
    """Stop nothing."""


@contextmanager
def span(name: str, **words: str | float) -> Generator[None]:
    """Trace what runs within; an exception is told by its class alone."""
    with _tracer.start_as_current_span(name, attributes=words, record_exception=False, set_status_on_exception=False) as current:
        try:
            yield
        except BaseException as error:
            current.set_attribute("error", type(error).__name__)
            raise


def done(name: str, seconds: float) -> None:
    """Trace what has just ended after `seconds`, below the span that is open here."""
    now = time.time_ns()
    _tracer.start_span(name, start_time=now - int(seconds * 1e9)).end(now)
