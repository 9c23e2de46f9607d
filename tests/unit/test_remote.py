"""A server that restarts is asked again by the commands: each way of asking says that it is out of reach, not that it refused."""

from __future__ import annotations

import io
import threading
from http.server import BaseHTTPRequestHandler, HTTPServer
from typing import TYPE_CHECKING

import pytest

from backend.core.errors import Forbidden, JoinderError, Restarting
from backend.core.faults import fault
from backend.core.remote import OutOfReach, Remote, RemoteError

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

WAYS: dict[str, Callable[[Remote], object]] = {
    "ask": lambda remote: remote.ask("{ session { demo } }"),
    "put": lambda remote: remote.put("/imports/1/file", io.BytesIO(b"a"), 1),
    "fetch": lambda remote: remote.fetch("/imports/1/report", io.BytesIO()),
}


class Door(BaseHTTPRequestHandler):
    """Answers everything with one error."""

    error: JoinderError

    def do_POST(self) -> None:
        self.rfile.read(int(self.headers["content-length"]))
        self.do_GET()

    do_PUT = do_POST  # noqa: N815 - same

    def do_GET(self) -> None:
        told = fault(self.error, "TEST-00")
        self.send_response(told.status)
        self.end_headers()
        self.wfile.write(f'{{"code": "{told.code}", "message": "{told.message}"}}'.encode())

    def log_message(self, format: str, *args: object) -> None:  # noqa: A002 - the name of the one it replaces
        """Say nothing."""


@pytest.fixture
def remote() -> Iterator[Remote]:
    with HTTPServer(("127.0.0.1", 0), Door) as server:
        thread = threading.Thread(target=server.serve_forever)
        thread.start()
        yield Remote.with_token(f"http://127.0.0.1:{server.server_port}", "token")
        server.shutdown()
        thread.join()


@pytest.mark.parametrize("way", WAYS)
@pytest.mark.parametrize(("error", "told"), [(Restarting(), OutOfReach), (Forbidden(), RemoteError)])
def test_each_way_of_asking_tells_a_restart_from_a_refusal(remote: Remote, way: str, error: JoinderError, told: type[RemoteError]) -> None:
    Door.error = error
    with pytest.raises(RemoteError) as refused:
        WAYS[way](remote)
    assert type(refused.value) is told
