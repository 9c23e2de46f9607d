"""The doorkeeper before every route, plain ASGI: correlation code, headers, hosts, origins, body limits, session → Actor, errors.

Sits inside Starlette's own server-error handler (`Starlette(middleware=[Middleware(Doorkeeper, …)])`), so that every error ends here.
Leaves in the scope: `joinder.actor` (`Actor | None`) and `joinder.correlation` (text). No forwarded header is read anywhere.
"""

from __future__ import annotations

import time
from typing import TYPE_CHECKING
from urllib.parse import urlsplit

import orjson
from starlette.requests import ClientDisconnect

from backend.auth import rules
from backend.auth.oidc.routes import BACK_CHANNEL
from backend.auth.service import actor_of
from backend.core import cookies, log, meters, refused, tracing
from backend.core.audit import Operation
from backend.core.context import Context, trail_of
from backend.core.errors import Forbidden, Invalid, JoinderError, Unauthenticated
from backend.core.faults import Fault, fault, new_correlation
from backend.core.headers import security_headers

if TYPE_CHECKING:
    from collections.abc import Callable

    from starlette.types import ASGIApp, Message, Receive, Scope, Send

    from backend.config import Settings
    from backend.core.actor import Actor
    from backend.core.context import Parts

GRAPHQL_BODY, OTHER_BODY = 1 << 20, 1 << 16
READING = frozenset({"GET", "HEAD", "OPTIONS"})
FILES = ("/imports/", "/files/")
ASKS_WHO = ("/graphql", "/live", *FILES, "/auth/")
ROUTES = (*ASKS_WHO, "/assets/", "/health", "/ready", "/metrics")
UNATTENDED, AUTHORIZATION = b"joinder-unattended", b"authorization"
DEFAULT_PORTS = {"http": 80, "https": 443}


class TooLarge(JoinderError):
    """The body is longer than this route takes."""

    code = "INVALID"
    status = 413
    default = "This is more than can be sent at once. Send it in smaller parts."


class WrongHost(Invalid):
    """The request names another host: a rebound name, or a proxy that this deployment does not know."""

    default = "This server does not answer under this address. Use the address that your administrator gave you."


class WrongOrigin(Forbidden):
    """A request that changes something, or a live connection, did not come from our own pages."""

    default = "This request did not come from a page of this deployment, so nothing was done."


class Doorkeeper:
    """`parts` gives what the server shares, None while it starts; then nobody is signed in yet."""

    def __init__(self, app: ASGIApp, *, settings: Settings, parts: Callable[[], Parts | None]) -> None:
        """Take the application behind the door."""
        self._app, self._parts, self._settings = app, parts, settings
        self._origin = settings.address.lower().encode("ascii")
        self._hosts = _hosts(settings.address)

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Let one request or connection in, or answer it here."""
        if scope["type"] == "lifespan":
            await self._app(scope, receive, send)
            return
        scope["joinder.correlation"] = correlation = new_correlation()
        scope["joinder.actor"] = None
        answer = _Answer(scope, send, self._settings)
        with tracing.span(f"{answer.method} {answer.route}", correlation=correlation):
            try:
                self._check(scope)
                receive = await _complete(scope, _limited(scope, receive, self._settings))
                scope["joinder.actor"] = await self._actor(scope)
                await self._app(scope, self._still_signed_in(scope, receive), answer.send)
            except ClientDisconnect:
                pass  # they left while they were sending: nobody waits for an answer
            except Exception as error:  # noqa: BLE001 - the process boundary: what nobody handled becomes a code here
                await answer.refuse(fault(error, correlation), error)
        answer.log()

    def _check(self, scope: Scope) -> None:
        """Refuse foreign hosts, foreign origins and bodies announced as too long."""
        if not self._known_host(scope):
            raise WrongHost
        changes = scope["type"] == "websocket" or scope["method"] not in READING
        by_browser = not scope["path"].startswith(BACK_CHANNEL) and not _all(scope, AUTHORIZATION)
        if changes and by_browser and [value.lower() for value in _all(scope, b"origin")] != [self._origin]:
            raise WrongOrigin
        announced = _all(scope, b"content-length")
        if announced and (not announced[-1].isdigit() or int(announced[-1]) > _most(scope, self._settings)):
            raise TooLarge

    def _known_host(self, scope: Scope) -> bool:
        hosts = _all(scope, b"host")
        return len(hosts) == 1 and hosts[0].lower() in self._hosts

    async def _actor(self, scope: Scope) -> Actor | None:
        """Return who asks. A socket, and what a page asks by itself (`Joinder-Unattended: 1`), does not keep a session alive."""
        parts = self._parts()
        if parts is None or not scope["path"].startswith(ASKS_WHO):
            return None
        attended = scope["type"] == "http" and not _all(scope, UNATTENDED)
        if _all(scope, AUTHORIZATION):
            return await self._script(parts, scope, touch=attended)
        token = cookies.read(scope["headers"], rules.cookie_name(self._settings))
        return await actor_of(parts, token, touch=attended)

    def _still_signed_in(self, scope: Scope, receive: Receive) -> Receive:
        """Ask once more who sends a file when all of it is here: a session may have ended while it came. Raises `Unauthenticated`."""
        if scope["joinder.actor"] is None or not scope["path"].startswith(FILES):
            return receive

        async def asked_again() -> Message:
            message = await receive()
            if message["type"] == "http.request" and not message.get("more_body") and await self._actor(scope) is None:
                raise Unauthenticated
            return message

        return asked_again

    async def _script(self, parts: Parts, scope: Scope, *, touch: bool) -> Actor:
        """Return who holds the API token; no cookie counts beside it, and a session's secret is none."""
        actor = await actor_of(parts, _bearer(scope), touch=touch)
        if actor is None or actor.writes is None:
            raise Unauthenticated
        changes = scope["type"] == "http" and scope["method"] not in READING and not scope["path"].startswith("/graphql")
        ctx = Context(parts, actor, trail_of(parts, actor), scope["joinder.correlation"])
        try:
            with refused.noted(ctx, "request", Operation.ALTERATION, tuple):
                rules.require_reach(actor, changes=changes)
        finally:
            await ctx.trail.flush()
        return actor


class _Answer:
    """Sends what the application answers with our headers on it, or a refusal where nothing was sent yet."""

    def __init__(self, scope: Scope, send: Send, settings: Settings) -> None:
        self._scope, self._send, self._settings = scope, send, settings
        self._started_at, self._status, self._closed = time.monotonic(), 0, False
        self.route = next((one for one in ROUTES if scope["path"].startswith(one)), "page")
        method = scope.get("method", "WEBSOCKET")
        self.method = method if method in KNOWN_METHODS else "OTHER"

    async def send(self, message: Message) -> None:
        """Pass on; the start of an answer gets the security headers, in place of any of the same name."""
        if message["type"] == "http.response.start":
            self._status = message["status"]
            message = {**message, "headers": self._headers(message)}
        elif message["type"] == "websocket.accept":
            self._status = 101
        self._closed = message["type"] == "websocket.close"
        await self._send(message)

    async def refuse(self, said: Fault, error: BaseException) -> None:
        """Answer with an error; where the answer has begun, break it off so that nobody takes a part for the whole."""
        if not said.known:
            log.failure("unexpected", error, correlation=self._scope["joinder.correlation"])
        if self._scope["type"] == "websocket":
            if not self._closed:
                await self._send({"type": "websocket.close", "code": said.close_code, "reason": said.code})
        elif self._status:
            raise BrokenOffError from None
        else:
            body = orjson.dumps(said.json())
            headers = [(b"content-type", b"application/json"), (b"content-length", str(len(body)).encode())]
            await self.send({"type": "http.response.start", "status": said.status, "headers": headers})
            await self._send({"type": "http.response.body", "body": body})

    def log(self) -> None:
        """Log and count: the kind of route, never the path that was typed."""
        seconds = time.monotonic() - self._started_at
        meters.REQUESTS.labels(self.route, self.method, str(self._status)).observe(seconds)
        log.say(
            "answered", route=self.route, method=self.method, status=self._status, ms=round(seconds * 1000),
            correlation=self._scope["joinder.correlation"],
        )  # fmt: skip

    def _headers(self, message: Message) -> list[tuple[bytes, bytes]]:
        ours = security_headers(self._settings, self._scope["path"], message["status"])
        names = {name for name, _ in ours}
        return [*((name, value) for name, value in message.get("headers", ()) if name.lower() not in names), *ours]


KNOWN_METHODS = READING | {"POST", "PUT", "DELETE", "PATCH", "WEBSOCKET"}


class BrokenOffError(Exception):
    """An answer that had begun cannot be finished; the connection is cut."""


def _all(scope: Scope, name: bytes) -> list[bytes]:
    return [value for header, value in scope["headers"] if header == name]


def _bearer(scope: Scope) -> str | None:
    """Return the token of `Authorization: Bearer …`, or None where there is not exactly one."""
    given = _all(scope, AUTHORIZATION)
    sort, _, token = given[0].decode("latin-1").partition(" ")
    return token.strip() if len(given) == 1 and sort.lower() == "bearer" else None


def _hosts(address: str) -> frozenset[bytes]:
    """Return the `Host` headers under which the server answers: that of its address, without a default port too."""
    parts = urlsplit(address.lower())
    hosts = {parts.netloc}
    if parts.port is None or parts.port == DEFAULT_PORTS.get(parts.scheme):
        name = parts.netloc.removesuffix(f":{parts.port}")
        hosts |= {name, f"{name}:{DEFAULT_PORTS.get(parts.scheme, 80)}"}
    return frozenset(host.encode("ascii") for host in hosts)


def _most(scope: Scope, settings: Settings) -> int:
    """Return how many bytes a body may have on this route."""
    path = scope["path"]
    if path.startswith("/graphql"):
        return GRAPHQL_BODY
    return settings.most_upload if path.startswith(FILES) else OTHER_BODY


async def _complete(scope: Scope, receive: Receive) -> Receive:
    """Wait for the whole of a GraphQL request before anybody is taken to ask it: one kept waiting must not outlive its session."""
    if scope["type"] != "http" or not scope["path"].startswith("/graphql"):
        return receive
    messages = [await receive()]
    while messages[-1].get("more_body"):
        messages.append(await receive())
    waiting = iter(messages)

    async def again() -> Message:
        return next(waiting, None) or await receive()

    return again


def _limited(scope: Scope, receive: Receive, settings: Settings) -> Receive:
    """Count the body as it comes, whatever was announced; raise `TooLarge` at the first byte over the limit."""
    if scope["type"] != "http":
        return receive
    left = _most(scope, settings)

    async def counted() -> Message:
        nonlocal left
        message = await receive()
        left -= len(message.get("body", b""))
        if left < 0:
            raise TooLarge
        return message

    return counted
