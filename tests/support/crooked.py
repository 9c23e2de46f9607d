"""Somebody between us and a real S3 server, who forwards what is asked, and now and then does something else."""

from __future__ import annotations

import hashlib
import http.client
import threading
import time
from contextlib import contextmanager
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import TYPE_CHECKING, Any, cast
from urllib.parse import parse_qs, urlsplit

if TYPE_CHECKING:
    import ssl
    from collections.abc import Callable, Generator

HOP = {"connection", "keep-alive", "transfer-encoding"}


@dataclass(frozen=True)
class Answer:
    """What comes back."""

    status: int
    headers: list[tuple[str, str]]
    body: bytes

    def with_header(self, name: str, value: str) -> Answer:
        return Answer(self.status, [*((n, v) for n, v in self.headers if n.lower() != name.lower()), (name, value)], self.body)


@dataclass
class Exchange:
    """One request and what may be done with it."""

    handler: Any
    upstream: str

    def __post_init__(self) -> None:
        url = urlsplit(str(self.handler.path))
        self.method: str = self.handler.command
        self.path, self.query = url.path, parse_qs(url.query, keep_blank_values=True)
        self.headers: dict[str, str] = {name.lower(): value for name, value in self.handler.headers.items()}

    @property
    def on_object(self) -> bool:
        return self.path.strip("/").count("/") > 0

    def body(self, most: int | None = None) -> bytes:
        length = int(self.headers.get("content-length", "0"))
        return self.handler.rfile.read(length if most is None else min(most, length))

    def forward(self) -> Answer:
        there = http.client.HTTPConnection(urlsplit(self.upstream).netloc, timeout=60)
        try:
            there.request(self.method, self.handler.path, self.body() or None, self.headers)
            said = there.getresponse()
            return Answer(said.status, [(n, v) for n, v in said.getheaders() if n.lower() not in HOP], said.read())
        finally:
            there.close()

    def begin(self, answer: Answer) -> None:
        self.handler.send_response(answer.status)
        for name, value in answer.headers:
            self.handler.send_header(name, value)
        if not any(name.lower() == "content-length" for name, _ in answer.headers):
            self.handler.send_header("Content-Length", str(len(answer.body)))
        self.handler.send_header("Connection", "close")
        self.handler.end_headers()

    def reply(self, answer: Answer) -> None:
        self.begin(answer)
        self.say(answer.body)

    def say(self, data: bytes) -> None:
        if self.method != "HEAD":
            self.handler.wfile.write(data)
        self.cut()

    def cut(self) -> None:
        self.handler.close_connection = True


@dataclass
class Crooked:
    """The one between. `asked` are all requests so far."""

    url: str = ""
    asked: list[Exchange] = field(default_factory=list[Exchange])
    _faults: list[tuple[Callable[[Exchange], bool], Callable[[Exchange], None], int]] = field(default_factory=list[Any])
    met: threading.Event = field(default_factory=threading.Event)
    """Set when the first request met a condition."""
    _lock: threading.Lock = field(default_factory=threading.Lock)

    def when(self, met: Callable[[Exchange], bool], do: Callable[[Exchange], None], times: int = 1_000_000) -> None:
        """From now on do something else with what meets a condition, so many times."""
        self._faults.append((met, do, times))

    def honest(self) -> None:
        """Forward everything from now on."""
        self._faults.clear()

    def take(self, exchange: Exchange) -> Callable[[Exchange], None]:
        with self._lock:
            self.asked.append(exchange)
            for at, (met, do, times) in enumerate(self._faults):
                if times and met(exchange):
                    self.met.set()
                    self._faults[at] = (met, do, times - 1)
                    return do
        return honestly


class _Handler(BaseHTTPRequestHandler):
    protocol_version = "HTTP/1.1"

    def _answer(self) -> None:
        server = cast("_Server", self.server)
        exchange = Exchange(self, server.upstream)
        try:
            server.crooked.take(exchange)(exchange)
        except OSError:
            exchange.cut()

    do_GET = do_PUT = do_POST = do_DELETE = do_HEAD = do_PATCH = _answer  # noqa: N815 - the names that http.server calls

    def log_message(self, format: str, *args: object) -> None:  # noqa: A002 - http.server's name
        """Say nothing."""


class _Server(ThreadingHTTPServer):
    daemon_threads = True
    block_on_close = False
    crooked: Crooked
    upstream: str

    def handle_error(self, request: Any, client_address: Any) -> None:
        """Those who hang up in the middle are expected."""


@contextmanager
def between(upstream: str, tls: ssl.SSLContext | None = None) -> Generator[Crooked]:
    """Stand before a server, with a certificate where one is given."""
    with _Server(("127.0.0.1", 0), _Handler) as server:
        if tls is not None:
            server.socket = tls.wrap_socket(server.socket, server_side=True)
        scheme = "http" if tls is None else "https"
        server.crooked, server.upstream = Crooked(f"{scheme}://127.0.0.1:{server.server_address[1]}"), upstream
        serving = threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.05})
        serving.start()
        try:
            yield server.crooked
        finally:
            server.shutdown()
            serving.join()


# ── what meets a condition ────────────────────────────────────────────────────────────────────────────────────────────────────────


def writing(one: Exchange) -> bool:
    """What makes an object, whole or of its parts."""
    return one.on_object and ((one.method == "PUT" and not one.query) or (one.method == "POST" and "uploadId" in one.query))


def sending_a_part(one: Exchange) -> bool:
    return "partNumber" in one.query


def reading(one: Exchange) -> bool:
    return one.on_object and one.method == "GET" and not one.query


def looking(one: Exchange) -> bool:
    return one.on_object and one.method == "HEAD"


def removing(one: Exchange) -> bool:
    return one.on_object and one.method == "DELETE" and "uploadId" not in one.query


def listing(one: Exchange) -> bool:
    return "list-type" in one.query


def anything(_: Exchange) -> bool:
    return True


# ── what is done ──────────────────────────────────────────────────────────────────────────────────────────────────────────────────


def honestly(one: Exchange) -> None:
    one.reply(one.forward())


def refuse(status: int, code: str) -> Callable[[Exchange], None]:
    """Answer with an error that quotes what nobody may read in a log."""
    text = f"<Error><Code>{code}</Code><Message>secret {{path}}</Message><Resource>{{path}}</Resource></Error>"

    def do(one: Exchange) -> None:
        one.body()
        one.reply(Answer(status, [("Content-Type", "application/xml")], text.format(path=one.path).encode()))

    return do


def bad_gateway(one: Exchange) -> None:
    """Answer as a proxy does whose server is gone."""
    one.body()
    one.reply(Answer(502, [("Content-Type", "text/html")], b"<p>bad gateway"))


def hang_up(one: Exchange) -> None:
    """Break the connection in the middle of what is sent."""
    one.body(1000)
    one.cut()


def lose_the_answer(one: Exchange) -> None:
    """Do it, and break the connection before saying so."""
    one.forward()
    one.cut()


def pretend(one: Exchange) -> None:
    """Say that it was stored, and store nothing."""
    one.reply(Answer(200, [("ETag", f'"{hashlib.md5(one.body(), usedforsecurity=False).hexdigest()}"')], b""))


def pretend_removal(one: Exchange) -> None:
    one.reply(Answer(204, [], b""))


def another_length(one: Exchange) -> None:
    said = one.forward()
    length = next(int(value) for name, value in said.headers if name.lower() == "content-length")
    one.reply(said.with_header("Content-Length", str(length + 1)))


def another_tag(one: Exchange) -> None:
    one.reply(one.forward().with_header("ETag", f'"{"0" * 32}"'))


def flip(one: Exchange) -> None:
    """Change one bit in the middle of what is read."""
    said = one.forward()
    middle = len(said.body) // 2
    one.reply(Answer(said.status, said.headers, said.body[:middle] + bytes([said.body[middle] ^ 1]) + said.body[middle + 1 :]))


def stop_after(count: int) -> Callable[[Exchange], None]:
    """Promise the whole and send its first bytes."""

    def do(one: Exchange) -> None:
        said = one.forward()
        one.begin(said)
        one.say(said.body[:count])

    return do


def ignore_the_range(data: bytes) -> Callable[[Exchange], None]:
    def do(one: Exchange) -> None:
        one.reply(Answer(200, [], data))

    return do


def instead(data: bytes) -> Callable[[Exchange], None]:
    """Answer with the bytes of another object, in the range that was asked for."""

    def do(one: Exchange) -> None:
        start, _, end = one.headers.get("range", "bytes=0-").removeprefix("bytes=").partition("-")
        asked = data[int(start) : int(end) + 1 if end else None]
        last = int(start) + len(asked) - 1
        one.reply(Answer(206 if "range" in one.headers else 200, [("Content-Range", f"bytes {start}-{last}/{len(data)}")], asked))

    return do


def trickle(pause_s: float) -> Callable[[Exchange], None]:
    """Send a few bytes at a time, each before a reader would give up waiting for one."""

    def do(one: Exchange) -> None:
        said = one.forward()
        one.begin(said)
        for at in range(0, len(said.body), 100):
            one.handler.wfile.write(said.body[at : at + 100])
            time.sleep(pause_s)

    return do


def stall(seconds: float) -> Callable[[Exchange], None]:
    """Take everything and say nothing for a while."""

    def do(one: Exchange) -> None:
        one.body()
        time.sleep(seconds)
        one.cut()

    return do
