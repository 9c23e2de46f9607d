"""What stands on the live socket, both ways. A message that is not exactly one of these closes the socket."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import Literal, NamedTuple, cast

import orjson

from backend.realtime.rules import LONGEST_CURSOR

PROTOCOL = "joinder.live.v1"
LONGEST_MESSAGE = 4096
MOST_LOOKING = 5
VIEWS = frozenset({"home", "network", "entity", "entities", "case", "import", "tasks", "task", "evidence", "exhibit"})
_ID = re.compile(r"[A-Za-z0-9][A-Za-z0-9_-]{0,63}")


class BadMessage(Exception):
    """What came is not a message of this protocol; the text says why and repeats nothing of it."""


# ── from the client ───────────────────────────────────────────────────────────────────────────────────────────────────────────────


@dataclass(frozen=True, slots=True)
class Subscribe:
    """Ask for the notices of a space, from `cursor` on or from now."""

    space: str
    cursor: str | None


@dataclass(frozen=True, slots=True)
class Unsubscribe:
    """Ask for no more notices of a space."""

    space: str


@dataclass(frozen=True, slots=True)
class Announce:
    """Say what this person looks at: the screen and at most five ids."""

    space: str
    view: str
    looking: tuple[str, ...]


ClientMessage = Subscribe | Unsubscribe | Announce
FIELDS = {
    "subscribe": {"type", "space", "cursor"},
    "unsubscribe": {"type", "space"},
    "presence": {"type", "space", "view", "looking"},
}


def parse(text: str) -> ClientMessage:
    """Read one message strictly: known type, exactly its fields, each of its type. Raises `BadMessage`."""
    if len(text) > LONGEST_MESSAGE:
        raise BadMessage("The message is too long.")
    try:
        said = orjson.loads(text)
    except orjson.JSONDecodeError as error:
        raise BadMessage("The message is not JSON.") from error
    if not isinstance(said, dict):
        raise BadMessage("The message is not an object.")
    return _message(cast("dict[str, object]", said))


def _message(said: dict[str, object]) -> ClientMessage:
    kind = said.get("type")
    if not isinstance(kind, str) or said.keys() != FIELDS.get(kind):
        raise BadMessage("The message has no known type or not its fields.")
    space = _id(said["space"])
    if kind == "subscribe":
        return Subscribe(space, _cursor(said["cursor"]))
    if kind == "unsubscribe":
        return Unsubscribe(space)
    return Announce(space, _view(said["view"]), _looking(said["looking"]))


def _id(value: object) -> str:
    if not isinstance(value, str) or not _ID.fullmatch(value):
        raise BadMessage("An id is expected.")
    return value


def _cursor(value: object) -> str | None:
    if value is None:
        return None
    if not isinstance(value, str) or not value.isascii() or not 0 < len(value) <= LONGEST_CURSOR:
        raise BadMessage("The cursor is not one of ours.")
    return value


def _view(value: object) -> str:
    if not isinstance(value, str) or value not in VIEWS:
        raise BadMessage("There is no such view.")
    return value


def _looking(value: object) -> tuple[str, ...]:
    if not isinstance(value, list) or len(cast("list[object]", value)) > MOST_LOOKING:
        raise BadMessage("At most five ids are looked at.")
    return tuple(dict.fromkeys(_id(each) for each in cast("list[object]", value)))


# ── to the client: everything but the number, which each connection counts for itself ─────────────────────────────────────────────


@dataclass(frozen=True, slots=True)
class Welcome:
    """First message: how many seconds lie between two heartbeats."""

    heartbeat: float
    type: Literal["welcome"] = "welcome"


@dataclass(frozen=True, slots=True)
class Subscribed:
    """Notices of this space follow, from this cursor on."""

    space: str
    cursor: str
    type: Literal["subscribed"] = "subscribed"


@dataclass(frozen=True, slots=True)
class Notice:
    """Something changed or is gone; ask again. The cursor is added for each receiver."""

    space: str
    change: Literal["changed", "gone"]
    kind: str
    id: str
    type: Literal["notice"] = "notice"


@dataclass(frozen=True, slots=True)
class Person:
    """Someone who is here. `view` is None where all that they look at is hidden to the receiver."""

    id: str
    view: str | None
    looking: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Here:
    """Everyone who is here, within what the receiver may see."""

    space: str
    people: tuple[Person, ...]
    type: Literal["presence"] = "presence"


@dataclass(frozen=True, slots=True)
class Heartbeat:
    """Sent at fixed intervals, whatever happens."""

    type: Literal["heartbeat"] = "heartbeat"


@dataclass(frozen=True, slots=True)
class Resync:
    """Drop what you hold of this space and ask again. Never says why."""

    space: str
    type: Literal["resync"] = "resync"


@dataclass(frozen=True, slots=True)
class Ended:
    """There is nothing here for you: no such space, or no membership in force."""

    space: str
    type: Literal["ended"] = "ended"


ServerMessage = Welcome | Subscribed | Here | Heartbeat | Resync | Ended


class Frame(NamedTuple):
    """A message as text in two halves; a notice's cursor begins with the receiver's anchor, which goes between them.

    The number and the closing brace are added when it is sent, so that equal receivers share the text.
    """

    head: str
    tail: str = ""


def frame(message: ServerMessage) -> Frame:
    """Write a message, open at its end for the number."""
    return Frame(orjson.dumps(message).decode()[:-1] + ',"n":')


def notice_frame(notice: Notice, place: str) -> Frame:
    """Write a notice, open for the anchor in the middle and for the number at its end."""
    return Frame(orjson.dumps(notice).decode()[:-1] + ',"cursor":"', "." + place + '","n":')
