"""`joinder watch SPACE`: follows one space over the live socket and prints its notices, one a line."""

from __future__ import annotations

import asyncio
import json
from datetime import UTC, datetime
from typing import TYPE_CHECKING, Any, cast

from websockets.asyncio.client import ClientConnection, connect
from websockets.exceptions import ConnectionClosed, InvalidHandshake
from websockets.typing import Origin, Subprotocol

from backend.core.remote import Remote, RemoteError
from backend.realtime.connection import BAD_MESSAGE, ORIGIN_REFUSED, SESSION_ENDED
from backend.realtime.messages import PROTOCOL

if TYPE_CHECKING:
    from collections.abc import Callable

PAUSE_S, LONGEST_PAUSE_S = 0.5, 15.0
FATAL = {
    BAD_MESSAGE: "The server did not understand this program. Install the same version as the server's.",
    SESSION_ENDED: "Your session has ended. Sign in to go on.",
    ORIGIN_REFUSED: "The server refused this address. Use the address that your administrator gave you.",
}


async def watch(remote: Remote, space: str, say: Callable[[str], None]) -> None:
    """Print the notices of `space` until cancelled or ended, and sign out. Raises `RemoteError`."""
    try:
        await follow(remote.origin, remote.proof, space, say)
    finally:
        await asyncio.to_thread(remote.sign_out)


async def follow(origin: str, proof: dict[str, str], space: str, say: Callable[[str], None]) -> None:
    """Print notices over as many connections as it takes, each resuming where the one before broke off. Raises `RemoteError`.

    `proof` is the header of a session or of an API token, `origin` the scheme, host and port of the server.
    """
    watcher, pause = _Watcher(space, say), PAUSE_S
    while True:
        before = watcher.cursor
        try:
            await _once(origin, proof, watcher)
        except (OSError, InvalidHandshake, TimeoutError):
            say(f"{_now()} offline: trying again in {pause:.0f} s")
        except ConnectionClosed as error:
            code = error.rcvd.code if error.rcvd else 0
            if code in FATAL:
                raise RemoteError(FATAL[code]) from error
            say(f"{_now()} disconnected: trying again")
        pause = PAUSE_S if watcher.cursor != before else min(LONGEST_PAUSE_S, pause * 2)
        await asyncio.sleep(pause)


async def _once(origin: str, proof: dict[str, str], watcher: _Watcher) -> None:
    """Follow over one connection until it breaks or a number is missing."""
    address = "ws" + origin.removeprefix("http") + "/live"
    protocols = [Subprotocol(PROTOCOL)]
    async with connect(address, origin=Origin(origin), subprotocols=protocols, additional_headers=proof, compression=None) as socket:
        await watcher.read(socket)


class _Watcher:
    """Keeps the cursor over connections and prints what comes."""

    def __init__(self, space: str, say: Callable[[str], None]) -> None:
        self.space, self.cursor = space, cast("str | None", None)
        self._say = say

    async def read(self, socket: ClientConnection) -> None:
        """Subscribe and print; return when a number is missing, so that a new connection asks for the rest."""
        await socket.send(json.dumps({"type": "subscribe", "space": self.space, "cursor": self.cursor}))
        expected = 0
        while True:
            said = cast("dict[str, Any]", json.loads(await socket.recv()))
            if said["n"] != expected:
                return
            expected += 1
            self._take(said)

    def _take(self, said: dict[str, Any]) -> None:
        self.cursor = said.get("cursor", self.cursor)
        match said["type"]:
            case "notice":
                self._say(f"{_now()} {said['change']} {said['kind']} {said['id']}")
            case "subscribed":
                self._say(f"{_now()} watching {self.space}")
            case "resync":
                self._say(f"{_now()} resync: something may have been missed, ask again")
            case "ended":
                raise RemoteError("There is no space of that id in which you are a member now.")
            case _:
                pass


def _now() -> str:
    return datetime.now(UTC).strftime("%Y-%m-%dT%H:%M:%SZ")
