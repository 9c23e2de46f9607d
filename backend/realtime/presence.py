"""Who is in a space and what they look at: kept in memory only, forgotten with the socket."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from backend.realtime.messages import Here, Person

if TYPE_CHECKING:
    from collections.abc import Hashable, Iterable, Mapping

    from backend.realtime.messages import Announce
    from backend.realtime.rules import Classes, Reader

MOST_PEOPLE = 100


class Said(NamedTuple):
    """What a person said last, over all their sockets."""

    user: str
    view: str
    looking: tuple[str, ...]


class Presence:
    """The people of one room. `turn` moves with every change that somebody might see."""

    __slots__ = ("_said", "turn")

    def __init__(self) -> None:
        self._said: dict[Hashable, Said] = {}
        self.turn = 0

    def say(self, socket: Hashable, user: str, message: Announce) -> None:
        """Note what a socket shows; the latest socket speaks for the person."""
        said = Said(user, message.view, message.looking)
        if self._said.pop(socket, None) != said:
            self.turn += 1
        self._said[socket] = said

    def leave(self, socket: Hashable) -> None:
        """Forget a socket."""
        if self._said.pop(socket, None):
            self.turn += 1

    def people(self) -> list[Said]:
        """Return everyone who is here, once each, by id (the order tells nothing), at most a hundred."""
        latest = {said.user: said for said in self._said.values()}
        return [latest[user] for user in sorted(latest)][:MOST_PEOPLE]


def looked_at(people: Iterable[Said]) -> list[str]:
    """Return what anybody looks at, each id once."""
    return list(dict.fromkeys(one for said in people for one in said.looking))


def seen_by(reader: Reader, space: str, people: Iterable[Said], now: Mapping[str, Classes]) -> Here:
    """Return what a reader may know of the people here: only of items that they see at this moment."""
    return Here(space, tuple(_person(reader, said, now) for said in people))


def _person(reader: Reader, said: Said, now: Mapping[str, Classes]) -> Person:
    looking = tuple(one for one in said.looking if reader.sees(now.get(one, ())))
    hidden = bool(said.looking) and not looking
    return Person(said.user, None if hidden else said.view, looking)
