"""A server asked over HTTP as a browser asks it, for the commands that attach to a running one. Blocks: call it in a thread."""

from __future__ import annotations

import contextlib
import http.client
import io
import json
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, BinaryIO, Self, cast
from urllib.parse import urlsplit

from backend.core.errors import Restarting

if TYPE_CHECKING:
    from collections.abc import Generator

TIMEOUT_S = 30.0
PIECE = 1 << 16
SIGN_IN = "mutation($login: String!, $password: String!) { signIn(login: $login, password: $password) { id } }"
SIGN_OUT = "mutation { signOut }"


class RemoteError(Exception):
    """The server refused; the text is its own and says why."""


class OutOfReach(RemoteError):
    """Nothing answers there now, or not yet. What was asked may or may not have been done."""


@dataclass
class Remote:
    """One session, or one API token. `origin` is the scheme, host and port of the server, `cookie` the `Cookie` header of the session."""

    origin: str
    cookie: str = ""
    token: str = ""

    @classmethod
    def signed_in(cls, url: str, login: str, password: str) -> Self:
        """Sign in at the server that `url` names."""
        found = cls(_origin(url))
        found.ask(SIGN_IN, login=login, password=password)
        return found

    @classmethod
    def with_token(cls, url: str, token: str) -> Self:
        """Ask the server that `url` names with an API token."""
        return cls(_origin(url), token=token)

    @property
    def proof(self) -> dict[str, str]:
        """The header that says who asks."""
        return {"Authorization": f"Bearer {self.token}"} if self.token else {"Cookie": self.cookie}

    def sign_out(self) -> None:
        """End the session, if the server is there to hear it; a token stays as it is."""
        if self.token:
            return
        with contextlib.suppress(RemoteError):
            self.ask(SIGN_OUT)

    def ask(self, query: str, **variables: object) -> dict[str, Any]:
        """Send one GraphQL operation and return its data; keep the cookie that the answer sets."""
        body = json.dumps({"query": query, "variables": variables}).encode()
        with self._sent("POST", "/graphql", io.BytesIO(body), len(body), "application/json") as answer:
            said = _said(answer)
            self.cookie = (answer.getheader("Set-Cookie") or self.cookie).partition(";")[0]
        if said.get("errors"):
            first = said["errors"][0]
            raise _refusal(first["message"], first["extensions"]["code"])
        return cast("dict[str, Any]", _accepted(said)["data"])

    def put(self, path: str, file: BinaryIO, size: int) -> dict[str, Any]:
        """Stream a file of `size` bytes to a route."""
        with self._sent("PUT", path, file, size, "application/octet-stream") as answer:
            return _accepted(_said(answer))

    def fetch(self, path: str, into: BinaryIO) -> None:
        """Write what a route answers into a file, piece by piece."""
        with self._sent("GET", path) as answer:
            if answer.status != http.client.OK:
                _accepted(_said(answer))
            while piece := answer.read(PIECE):
                into.write(piece)

    @contextlib.contextmanager
    def _sent(
        self, method: str, path: str, body: BinaryIO | None = None, size: int = 0, sort: str = ""
    ) -> Generator[http.client.HTTPResponse]:
        parts = urlsplit(self.origin)
        kind = http.client.HTTPSConnection if parts.scheme == "https" else http.client.HTTPConnection
        connection = kind(parts.netloc, timeout=TIMEOUT_S)
        headers = {"Origin": self.origin, **self.proof}
        try:
            connection.putrequest(method, path)
            for name, value in (headers | {"Content-Type": sort, "Content-Length": str(size)} if body else headers).items():
                connection.putheader(name, value)
            connection.endheaders()
            if body:
                _send(connection, body)
            yield connection.getresponse()
        except (OSError, http.client.HTTPException) as error:
            raise OutOfReach(f"The server at {self.origin} cannot be reached. Start it, or name another with --url.") from error
        finally:
            connection.close()


def _send(connection: http.client.HTTPConnection, body: BinaryIO) -> None:
    """Send all of a body, or as much as the server takes: one that refuses it answers before the end and hangs up."""
    with contextlib.suppress(BrokenPipeError, ConnectionResetError):
        while piece := body.read(PIECE):
            connection.send(piece)


def _said(answer: http.client.HTTPResponse) -> dict[str, Any]:
    try:
        return cast("dict[str, Any]", json.loads(answer.read()))
    except ValueError:
        raise RemoteError("What answered there is not this program's server. Name its address with --url.") from None


def _accepted(said: dict[str, Any]) -> dict[str, Any]:
    """Return what was said, unless it is a refusal."""
    if "code" in said:
        raise _refusal(said["message"], said["code"])
    return said


def _refusal(message: str, code: str) -> RemoteError:
    return OutOfReach(message) if code == Restarting.code else RemoteError(message)


def _origin(url: str) -> str:
    parts = urlsplit(url)
    if parts.scheme not in {"http", "https"} or not parts.hostname:
        raise RemoteError(f"{url!r} is not the address of a server. It looks like http://127.0.0.1:8400.")
    return f"{parts.scheme}://{parts.netloc}"
