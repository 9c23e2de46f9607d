"""Reading the audit log as it lies in its folder. Blocking; believes nothing that the chain does not say."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any, cast

import orjson

from backend.core.audit_entry import Entry
from backend.core.audit_segment import FORMAT, REMOVED, START, SegmentName, chain_line, close_line, head_of, leaf_in, leaf_of, segments


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
    if not chain or not is_header_of(chain[0], name):
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


def is_header_of(line: bytes, name: SegmentName) -> bool:
    """Tell whether the line reads as a header that names this very segment."""
    try:
        header = cast("dict[str, Any]", orjson.loads(line))
        return (header["format"], header["log"], header["segment"]) == (FORMAT, name.log, name.number)
    except (ValueError, KeyError, TypeError):
        return False


def lines_of(path: Path) -> tuple[list[bytes], bytes]:
    """Return the whole lines of a file without their newlines and what follows the last; nothing when there is no file."""
    try:
        *whole, tail = path.read_bytes().split(b"\n")
    except FileNotFoundError:
        return [], b""
    return whole, tail


def header_of(chain: Path) -> bytes:
    """Return the first line of a chain file without its newline; nothing when there is no file."""
    try:
        with chain.open("rb") as file:
            return file.readline().rstrip(b"\n")
    except FileNotFoundError:
        return b""
