"""Checking the audit log. Blocking; needs nothing but the folder.

What `verify` finds: any byte changed in either file of a segment, any entry dropped, doubled, reordered or put in, a segment or a
whole log taken away or cut, as far as something later vouches for it: the closing line, the next segment, a log started later, or
a head that a witness kept. What a crash leaves (a line begun, entries whose leaf was never written) is counted, not reported.
What nothing can find without a witness: the end of the newest log cut off in both files at once.
"""

import sys
from collections import defaultdict
from collections.abc import Collection, Iterable, Iterator
from dataclasses import dataclass, field
from enum import StrEnum
from itertools import islice
from pathlib import Path

from backend.core.audit_entry import Entry
from backend.core.audit_read import follow, header_of, lines_of, stored_in
from backend.core.audit_segment import REMOVED, START, Head, SegmentName, chain_line, close_line, head_of, leaf_of, segments

REMOVAL = "audit.remove"
_REMOVAL_FIELD = f'"name":"{REMOVAL}"'.encode()
FINDINGS_MAX = 100


class Kind(StrEnum):
    """What is wrong."""

    ALTERED = "altered"
    MISSING = "missing"
    CUT = "cut"
    ADDED = "added"


@dataclass(frozen=True, slots=True)
class Finding:
    """One place where the log is not as it was written. `line` counts from 1; 0 is the whole file."""

    kind: Kind
    file: str
    line: int
    text: str


@dataclass(slots=True)
class Verdict:
    """What `verify` saw."""

    findings: list[Finding] = field(default_factory=list[Finding])
    entries: int = 0
    """Acknowledged entries, removed ones included."""
    removed: int = 0
    """Entries removed by an operation that the log itself records."""
    unacknowledged: int = 0
    """Lines, whole or begun, that a crash or a failed write left and nobody was told were written."""

    @property
    def ok(self) -> bool:
        """Whether nothing was found."""
        return not self.findings


def verify(folder: Path, witnessed: Iterable[Head] = ()) -> Verdict:
    """Check every segment in the folder, and that every head in `witnessed` is still in it."""
    verdict = Verdict()
    names = segments(folder)
    promises = _promises(folder, names, witnessed)
    newest = {name.log: name for name in names}
    removed: dict[bytes, Finding] = {}
    explained: set[bytes] = set()
    for name in sorted({*names, *promises}):
        check = _Check(folder, name, promises[name], newest=newest.get(name.log) == name)
        verdict.findings += islice(check.findings(), FINDINGS_MAX)
        verdict.entries += max(0, len(check.acknowledged) - 1)
        verdict.unacknowledged += check.unacknowledged
        removed |= check.removed
        explained |= check.explained
    verdict.removed = len(removed.keys() & explained)
    verdict.findings += [finding for leaf, finding in removed.items() if leaf not in explained]
    return verdict


def named_events(folder: Path, since: float = 0.0) -> set[str]:
    """Return the ids of the graph's events that acknowledged entries name, in the segments written to at or after `since` (Unix time)."""
    names = segments(folder)
    promises, newest = _promises(folder, names, ()), {name.log: name for name in names}
    found: set[str] = set()
    for name in names:
        if name.chain(folder).exists() and name.chain(folder).stat().st_mtime >= since:
            limit = _limit(promises[name], newest=newest[name.log] == name)
            found.update(*(one.entry.events for one in stored_in(folder, name) if one.entry and one.n <= limit))
    return found


@dataclass(frozen=True, slots=True)
class _Promise:
    """What something later says of a segment: its hash at `n`; whether it ended there, in order or given up."""

    head: Head
    ends: bool


class _Check:
    """The check of one segment, both files in memory. `findings` fills `removed` and `explained` on its way."""

    def __init__(self, folder: Path, name: SegmentName, promises: Collection[_Promise], *, newest: bool) -> None:
        self._chain_file, self._entries_file = name.chain(folder), name.entries(folder)
        self._chain, self._chain_tail = lines_of(self._chain_file)
        self._entries, self._entries_tail = lines_of(self._entries_file)
        self._promises = promises
        self._links, self._closed = follow(self._chain, name)
        read = 1 + len(self._links) + self._closed if self._links else 0
        self._left = self._chain[read:]
        self._limit = _limit(promises, newest=newest)
        self.acknowledged = self._links[: self._limit + 1]
        self.removed: dict[bytes, Finding] = {}
        self.explained: set[bytes] = set()

    @property
    def unacknowledged(self) -> int:
        """Lines and beginnings of lines behind what counts."""
        entries = max(0, len(self._entries) + 1 - max(1, len(self._links)))
        links = len(self._links) - len(self.acknowledged)
        return links + entries + len(self._left) + bool(self._chain_tail) + bool(self._entries_tail)

    def findings(self) -> Iterator[Finding]:
        """Yield what is wrong, in the order of the files."""
        broken = self._broken()
        if broken:
            yield broken
        else:
            yield from self._unkept()
        for n, link in enumerate(self.acknowledged[1:], 1):
            yield from self._entry(n, link.leaf)
        if self._closed and (len(self._entries) >= len(self._links) or self._entries_tail):
            yield self._at(self._entries_file, Kind.ADDED, len(self._links), "There are entries that the closed chain does not know.")

    def _broken(self) -> Finding | None:
        """Return the first line of the chain that does not follow, unless a crash explains it."""
        line = len(self._chain) - len(self._left) + 1
        if self._closed and (self._left or self._chain_tail):
            return self._at(self._chain_file, Kind.ADDED, line, "There is something after the closing line.")
        if not self._chain and self._entries and self._limit >= 0:
            return self._at(self._chain_file, Kind.CUT, 1, "There are entries and no chain.")
        if len(self._links) > self._limit or not (self._left or self._chain_tail):
            return None
        if not self._left and self._begun():
            return None
        return self._at(self._chain_file, Kind.ALTERED, line, "The line was changed or does not follow from the one before.")

    def _begun(self) -> bool:
        """Tell whether the end without a newline is the beginning of the line that had to come: the work of a crash."""
        if not self._chain:
            return not self._entries
        tail = self._chain_tail.rstrip(b"\0")
        if not self._links:
            leaf = leaf_of(self._chain[0])
            return chain_line(0, leaf, head_of(START, leaf)).startswith(tail)
        n, head = len(self._links), self._links[-1].head
        entry = self._entries[n - 1 : n]
        coming = [chain_line(n, leaf_of(one), head_of(head, leaf_of(one))) for one in entry]
        return any(one.startswith(tail) for one in (*coming, close_line(n - 1, head)))

    def _unkept(self) -> Iterator[Finding]:
        """Yield what later segments, later logs and witnesses vouch for and is not there."""
        if any(not self._keeps(one.head) for one in self._promises):
            text = "The segment was cut or replaced: something written later vouches for more."
            yield self._at(self._chain_file, Kind.CUT, len(self._chain), text)
        elif any(one.head.closed for one in self._promises) and not self._closed:
            yield self._at(self._chain_file, Kind.CUT, len(self._chain), "The closing line is gone.")

    def _keeps(self, head: Head) -> bool:
        return 0 <= head.n < len(self._links) and self._links[head.n].head == head.hash

    def _entry(self, n: int, leaf: bytes) -> Iterator[Finding]:
        """Check entry `n` against its leaf."""
        line = self._entries[n - 1] if n <= len(self._entries) else None
        if line is None:
            yield self._at(self._entries_file, Kind.MISSING, n, "The entry is gone; its hash is still in the chain.")
        elif line == REMOVED:
            self.removed[leaf] = self._at(self._entries_file, Kind.MISSING, n, "The entry was removed and no entry says so.")
        elif leaf_of(line) != leaf:
            yield self._at(self._entries_file, Kind.ALTERED, n, "The entry is not the one that was written here.")
        elif _REMOVAL_FIELD in line:
            self.explained.update(map(bytes.fromhex, Entry.decode(line).ids))

    def _at(self, path: Path, kind: Kind, line: int, text: str) -> Finding:
        return Finding(kind, path.name, line, text)


def _limit(promises: Iterable[_Promise], *, newest: bool) -> int:
    """Return the number of the last entry that counts: where the log went on, or as far as anybody vouches for."""
    ends = [one.head.n for one in promises if one.ends]
    if ends:
        return max(ends)
    return sys.maxsize - 1 if newest else max((one.head.n for one in promises), default=-1)


def _promises(folder: Path, names: Iterable[SegmentName], witnessed: Iterable[Head]) -> defaultdict[SegmentName, set[_Promise]]:
    """Collect what headers and witnesses say of segments; a changed header says nothing and is found in its own segment."""
    found: defaultdict[SegmentName, set[_Promise]] = defaultdict(set)
    for header in filter(None, (header_of(folder, name) for name in names)):
        if header.previous:
            found[header.previous.segment].add(_Promise(header.previous, ends=True))
        for head in header.others:
            found[head.segment].add(_Promise(head, ends=head.closed))
    for head in witnessed:
        found[head.segment].add(_Promise(head, ends=head.closed))
    return found
