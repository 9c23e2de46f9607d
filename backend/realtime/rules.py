"""Pure rules of the live socket: what a reader may hear of an event, and the cursor that says where they left off.

A cursor is two sealed parts of fixed length. The *anchor* says whose it is and what they held when it was made; the *place* says which
event of which space. Both are AES-GCM with a fresh nonce under a key of that space, so they tell nothing and cannot be made up.
"""

from __future__ import annotations

import base64
import binascii
import hashlib
import os
import struct
from dataclasses import dataclass
from functools import lru_cache
from typing import TYPE_CHECKING, Literal

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers.aead import AESGCM
from cryptography.hazmat.primitives.hashes import SHA256
from cryptography.hazmat.primitives.kdf.hkdf import HKDF

from backend.teams import policy
from backend.teams.policy import Right
from graph.outbox import EVERYONE
from graph.queries.realtime import STORED

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence

    from graph.access import Scope
    from graph.queries.realtime import Event

Verdict = Literal["changed", "gone"]
Classes = tuple[str, ...]

STORED_KINDS = frozenset({"entity", "merge", "link", *STORED})
"""Kinds whose subject carries classes in the graph, read again before each delivery."""
MEMBER_KINDS = frozenset({"member", "agreement"})
"""Kinds that every member hears of, also one who reads no content."""
KINDS = STORED_KINDS | MEMBER_KINDS | {"marking"}

# ── who may hear of what ──────────────────────────────────────────────────────────────────────────────────────────────────────────


@dataclass(frozen=True, slots=True)
class Reader:
    """All that delivery needs to know of a member. Equal readers hear the same, so what they hear is framed once."""

    content: bool
    vis: frozenset[str]
    held: frozenset[str]

    def sees(self, classes: Classes) -> bool:
        """Say whether all these classes are visible; no class at all is visible to nobody."""
        return classes == EVERYONE or (bool(classes) and self.vis.issuperset(classes))


def reader_of(scope: Scope) -> Reader | None:
    """Return what a person may hear of in a space; None where they have no standing there."""
    if scope.role is None:
        return None
    if Right.READ_CONTENT not in policy.rights(scope):
        return Reader(content=False, vis=frozenset(), held=frozenset())
    return Reader(content=True, vis=frozenset(scope.vis), held=scope.held)


def verdict(event: Event, reader: Reader, now: Mapping[str, Classes]) -> Verdict | None:
    """Return what to tell a reader of an event, if anything. `now` holds the classes that stored subjects carry at this moment.

    *changed* to those who see the subject now, *gone* to those who saw it before the change and do not see it now.
    """
    if event.kind not in KINDS or (event.kind == "marking" and event.subject not in reader.held):
        return None
    if not reader.content and not (event.kind in MEMBER_KINDS and EVERYONE in (event.before, event.after)):
        return None
    saw_before, saw_after = reader.sees(event.before), reader.sees(event.after)
    if not saw_before and not saw_after:
        return None
    visible = reader.sees(now.get(event.subject, ())) if event.kind in STORED_KINDS else saw_after
    if visible:
        return "changed"
    return "gone" if saw_before else None


@dataclass(frozen=True, slots=True)
class Subjects:
    """What to look up before a delivery, by where it is found. `links` are {id, source, target}."""

    entities: list[str]
    links: list[dict[str, str]]
    stored: dict[str, list[str]]
    """Ids of each kind that carries one class of its own."""


def subjects_of(events: Iterable[Event]) -> Subjects:
    """Return the stored subjects of events, each once."""
    found = {kind: dict[str, None]() for kind in STORED_KINDS - {"link"}}
    links: dict[str, dict[str, str]] = {}
    for event in events:
        if event.kind == "link" and event.source and event.target:
            links[event.subject] = {"id": event.subject, "source": event.source, "target": event.target}
        elif event.kind in found:
            found[event.kind][event.subject] = None
    entities = found["entity"] | found["merge"]
    return Subjects(list(entities), list(links.values()), {kind: list(found[kind]) for kind in STORED})


# ── the cursor ────────────────────────────────────────────────────────────────────────────────────────────────────────────────────

NONCE, BASIS = 12, 16
_PLACE = struct.Struct(">QQ")
OLDEST_S = 3600
"""A cursor older than this is answered with resync, so that the answer never depends on how much happened unseen."""
LONGEST_CURSOR = 256


def basis(scope: Scope) -> bytes:
    """Return 16 bytes that change with anything that widens or narrows what a person sees: membership, role, clearances."""
    said = [scope.membership or "", scope.role or "", *sorted(scope.held)]
    return hashlib.sha256("\n".join(said).encode()).digest()[:BASIS]


@dataclass(frozen=True, slots=True)
class Place:
    """Where a reader left off: the number of the event, and the basis of what they saw then."""

    seq: int
    basis: bytes


@lru_cache(maxsize=1024)
def _key(secret: bytes, space: str) -> AESGCM:
    return AESGCM(HKDF(SHA256(), 32, None, b"joinder live cursor\n" + space.encode()).derive(secret))


def _seal(key: AESGCM, content: bytes, bound_to: bytes) -> str:
    nonce = os.urandom(NONCE)
    return base64.urlsafe_b64encode(nonce + key.encrypt(nonce, content, bound_to)).rstrip(b"=").decode()


def _unseal(key: AESGCM, text: str, bound_to: bytes) -> bytes:
    raw = base64.b64decode(text + "=" * (-len(text) % 4), altchars=b"-_", validate=True)
    return key.decrypt(raw[:NONCE], raw[NONCE:], bound_to)


def anchor(secret: bytes, space: str, user: str, seen: bytes) -> str:
    """Seal whose a cursor is and the basis of what they see: made once for a subscription."""
    return _seal(_key(secret, space), seen, b"anchor\n" + user.encode())


def place(secret: bytes, space: str, seq: int, now_s: int) -> str:
    """Seal the number of an event and the time: made once for an event and a class of readers."""
    return _seal(_key(secret, space), _PLACE.pack(seq, now_s), b"place")


def open_cursor(secret: bytes, space: str, user: str, cursor: str, now_s: int) -> Place | None:
    """Read a cursor; None for one of another person or space, a damaged or an old one."""
    first, _, second = cursor.partition(".")
    key = _key(secret, space)
    try:
        seen = _unseal(key, first, b"anchor\n" + user.encode())
        seq, made_s = _PLACE.unpack(_unseal(key, second, b"place"))
    except (InvalidTag, ValueError, binascii.Error, struct.error):
        return None
    return Place(seq, seen) if now_s - made_s <= OLDEST_S else None


# ── pages ─────────────────────────────────────────────────────────────────────────────────────────────────────────────────────────

PAGE = 200


def page_end(after: int) -> int:
    """Return the last number of the page that follows `after`. Pages end at multiples, so that readers behind soon share theirs."""
    return (after // PAGE + 1) * PAGE


def covered(recent: Sequence[Event], after: int) -> list[Event]:
    """Return what of the page after `after` is among the recent events; empty where the page does not begin there."""
    if not recent or not recent[0].seq - 1 <= after < recent[-1].seq:
        return []
    begin = after + 1 - recent[0].seq
    return list(recent[begin : begin + page_end(after) - after])
