"""Reading the audit log as it lies in its folder. Blocking; believes nothing that the chain does not say."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any, cast

import orjson

from backend.core.audit_entry import Entry
from backend.core.audit_segment import (
    FORMAT,
    REMOVED,
    START,
    Head,
    SegmentName,
    chain_line,
    close_line,
    head_of,
    leaf_in,
    leaf_of,
    segments,
)


@dataclass(frozen=True, slots=True)
class Header:
    """What a segment vouches for: how the one before it in its log ended, how far other logs were."""

    previous: Head | None
    others: tuple[Head, ...]


@dataclass(frozen=True, slots=True)
class Link:
    """One line of a chain that follows from the one before."""

    leaf: bytes
    head: bytes


@dataclass(frozen=True, slots=True)
class Stored:
    """One entry where it lies. `leaf` in hexadecimal names it for `remove`; `entry` is None once it was removed."""

    segment: SegmentName
    n: int
    leaf: str
    entry: Entry | None


def stored(folder: Path) -> Iterator[Stored]:
    """Yield every whole entry in the folder, log by log in order, unchecked: ask `verify` whether to believe it.

    Raises ValueError for an entry that does not read.
    """
    for name in segments(folder):
        yield from stored_in(folder, name)


def stored_in(folder: Path, name: SegmentName) -> Iterator[Stored]:
    """Yield the whole entries of one segment, unchecked. Raises ValueError for one that does not read."""
    links, _ = follow(lines_of(name.chain(folder))[0], name)
    lines, _ = lines_of(name.entries(folder))
    for n, (link, line) in enumerate(zip(links[1:], lines, strict=False), 1):
        yield Stored(name, n, link.leaf.hex(), None if line == REMOVED else Entry.decode(line))


def follow(chain: Sequence[bytes], name: SegmentName) -> tuple[list[Link], bool]:
    """Return the links that follow one from another from the header on, and whether the closing line comes next."""
    links: list[Link] = []
    if not chain or read_header(chain[0], name) is None:
        return links, False
    head = START
    for n, line in enumerate(chain[1:]):
        leaf = leaf_of(chain[0]) if n == 0 else leaf_in(line)
        if leaf is None:
            return links, n > 0 and line == close_line(n - 1, head)
        head = head_of(head, leaf)
        if line != chain_line(n, leaf, head):
            return links, False
        links.append(Link(leaf, head))
    return links, False


def read_header(line: bytes, name: SegmentName) -> Header | None:
    """Return what the header of this very segment says; None for a line that is no such header."""
    try:
        found = cast("dict[str, Any]", orjson.loads(line))
        if (found["format"], found["log"], found["segment"]) != (FORMAT, name.log, name.number):
            return None
        return Header(_head(found["previous"]) if found["previous"] else None, tuple(map(_head, found["others"])))
    except (ValueError, KeyError, TypeError):
        return None


def _head(told: dict[str, Any]) -> Head:
    """Raise ValueError, KeyError or TypeError for anything that is not what the log writes of a head."""
    name = SegmentName.parse(f"{told['log']}.{told['segment']:06}")
    if name is None or not isinstance(told["n"], int) or not isinstance(told["closed"], bool):
        raise TypeError
    return Head(name, told["n"], bytes.fromhex(told["head"]), told["closed"])


def lines_of(path: Path) -> tuple[list[bytes], bytes]:
    """Return the whole lines of a file without their newlines and what follows the last; nothing when there is no file."""
    try:
        *whole, tail = path.read_bytes().split(b"\n")
    except FileNotFoundError:
        return [], b""
    return whole, tail


def header_of(folder: Path, name: SegmentName) -> Header | None:
    """Return the header of a segment when it is the one that the chain begins with."""
    try:
        with name.chain(folder).open("rb") as file:
            header, first = file.readline()[:-1], file.readline()[:-1]
    except FileNotFoundError:
        return None
    leaf = leaf_of(header)
    return read_header(header, name) if first == chain_line(0, leaf, head_of(START, leaf)) else None
