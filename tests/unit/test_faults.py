"""What a client is told about an error of the graph, and that an unexpected one tells nothing."""

from __future__ import annotations

import pytest

from backend.core.errors import Conflict, Crowded, Restarting, TookTooLong
from backend.core.faults import UNKNOWN, fault
from graph.access import TooManyClasses
from graph.driver import DuplicateKey, GraphUnavailable, TimedOut


@pytest.mark.parametrize(
    ("error", "told", "status"),
    [
        (GraphUnavailable(), Restarting, 503),
        (DuplicateKey(), Conflict, 409),
        (TimedOut(), TookTooLong, 400),
        (TooManyClasses(), Crowded, 409),
    ],
)
def test_an_error_of_the_graph_is_told_in_words(error: Exception, told: type[Exception], status: int) -> None:
    said = fault(error, "TEST-00")
    assert (said.message, said.code, said.status, said.known) == (vars(told)["default"], vars(told).get("code", said.code), status, True)


@pytest.mark.parametrize("error", [ValueError("Ilian Dravec"), TimeoutError("Ilian Dravec")])
def test_an_unexpected_error_tells_its_correlation_code_alone(error: Exception) -> None:
    said = fault(error, "TEST-00")
    assert (said.message, said.status, said.known) == (UNKNOWN + "TEST-00.", 500, False)
