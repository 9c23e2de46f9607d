"""One segment of the audit log on disk: two files that grow together.

    LOG.NUMBER.entries   one line an entry: {"salt":"<32 hex>", …fields of the entry…}
                         or, once lawfully removed: {"removed":true}
    LOG.NUMBER.chain     line 1           the header, a JSON object
                         line 2           {"n":0,"leaf":"…","head":"…"}, the leaf of the header
                         line n + 2       {"n":n,"leaf":"…","head":"…"}, the leaf of entry n
                         last line        {"closed":n,"head":"…"} when the segment was ended in order

    leaf(line)  SHA-256(0x00 ‖ the line without its newline): the salt in it makes it a commitment that tells nothing, so an
                entry can be removed and its leaf stays
    head(0)     SHA-256(0x01 ‖ 32 zero bytes ‖ leaf of the header)
    head(n)     SHA-256(0x01 ‖ head(n - 1) ‖ leaf(n))

The header names format, log, segment, time and `previous`: number, count, head and whether closed of the segment before in this
log; and `others`: the same of the last segments of other logs in the folder, so that a later log vouches for an earlier one.
Entries are synced before their leaves are written: a leaf without its entry is never the work of a crash.
"""

import fcntl
import hashlib
import os
import re
import secrets
from collections.abc import Callable, Sequence
from contextlib import suppress
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Protocol, Self

START = bytes(32)
REMOVED = b'{"removed":true}'
FORMAT = 1
TAIL_BYTES = 1024
_LINE = re.compile(rb'\{"(n|closed)":([0-9]+),(?:"leaf":"[0-9a-f]{64}",)?"head":"([0-9a-f]{64})"\}')
_LEAF = re.compile(rb'\{"n":[0-9]+,"leaf":"([0-9a-f]{64})"')
_NAME = re.compile(r"([0-9TZ]+-[0-9]+-[0-9a-f]{8})\.([0-9]{6,})")


def leaf_of(line: bytes) -> bytes:
    """Return the 32-byte commitment to a line without its newline."""
    return hashlib.sha256(b"\0" + line).digest()


def head_of(head: bytes, leaf: bytes) -> bytes:
    """Return the 32-byte hash of everything up to and with `leaf`."""
    return hashlib.sha256(b"\1" + head + leaf).digest()


def chain_line(n: int, leaf: bytes, head: bytes) -> bytes:
    """Return the only form that the line of leaf `n` has, without newline."""
    return f'{{"n":{n},"leaf":"{leaf.hex()}","head":"{head.hex()}"}}'.encode()


def close_line(n: int, head: bytes) -> bytes:
    """Return the only form that the line ending a segment of `n` entries has, without newline."""
    return f'{{"closed":{n},"head":"{head.hex()}"}}'.encode()


def leaf_in(line: bytes) -> bytes | None:
    """Return the leaf that a line of the chain states; None for a line of another form."""
    found = _LEAF.match(line)
    return bytes.fromhex(found[1].decode()) if found else None


@dataclass(frozen=True, slots=True, order=True)
class SegmentName:
    """Which segment of which process's log."""

    log: str
    number: int

    def __str__(self) -> str:
        """Return the file name without what follows."""
        return f"{self.log}.{self.number:06}"

    def chain(self, folder: Path) -> Path:
        """Return the path of the hashes."""
        return folder / f"{self}.chain"

    def entries(self, folder: Path) -> Path:
        """Return the path of the entries."""
        return folder / f"{self}.entries"

    @classmethod
    def parse(cls, stem: str) -> Self | None:
        """Read a file name without what follows; None for a file that is not ours."""
        found = _NAME.fullmatch(stem)
        return cls(found[1], int(found[2])) if found else None


@dataclass(frozen=True, slots=True)
class Head:
    """The hash of a segment up to entry `n`: given to a witness, it finds any later change up to there."""

    segment: SegmentName
    n: int
    hash: bytes
    closed: bool = False
    """Whether the segment ended here, in order."""


class AppendFile(Protocol):
    """A file that only grows. Every method blocks and raises OSError."""

    def write(self, data: bytes) -> None:
        """Append all of `data`."""
        ...

    def sync(self) -> None:
        """Return when everything written is on the medium."""
        ...

    def close(self) -> None:
        """Let go of the file."""
        ...


OpenFile = Callable[[Path], AppendFile]


class DurableFile:
    """An AppendFile of mode 0600, new, its name durable, locked while it is open."""

    def __init__(self, path: Path) -> None:
        """Make the file. Raises FileExistsError when there is one."""
        self._handle = os.open(path, os.O_WRONLY | os.O_APPEND | os.O_CREAT | os.O_EXCL | os.O_CLOEXEC, 0o600)
        try:
            fcntl.flock(self._handle, fcntl.LOCK_EX)
            sync_folder(path.parent)
        except OSError:
            self.close()
            raise

    def write(self, data: bytes) -> None:
        """See AppendFile."""
        with memoryview(data) as view:
            done = 0
            while done < len(view):
                done += os.write(self._handle, view[done:])

    def sync(self) -> None:
        """See AppendFile."""
        getattr(os, "fdatasync", os.fsync)(self._handle)

    def close(self) -> None:
        """See AppendFile."""
        os.close(self._handle)


class SegmentWriter:
    """Appends batches to one new segment. After any OSError it is not used again. Every method blocks."""

    def __init__(self, folder: Path, name: SegmentName, header: bytes, open_file: OpenFile) -> None:
        """Make both files and write the header durably. Raises OSError, having removed what it made."""
        self.head = Head(name, 0, head_of(START, leaf_of(header)))
        """The durable end of the segment."""
        self.size = 0
        self._files: list[AppendFile] = []
        try:
            self._entries = self._open(open_file, name.entries(folder))
            self._chain = self._open(open_file, name.chain(folder))
            self._put(self._chain, header + b"\n" + chain_line(0, leaf_of(header), self.head.hash) + b"\n")
        except OSError:
            self.release()
            name.entries(folder).unlink(missing_ok=True)
            name.chain(folder).unlink(missing_ok=True)
            raise

    def append(self, entries: Sequence[bytes]) -> None:
        """Write encoded entries; return when both files are on the medium. Raises OSError: then none counts as written."""
        count, head = self.head.n, self.head.hash
        lines, links = bytearray(), bytearray()
        for entry in entries:
            line = b'{"salt":"' + secrets.token_hex(16).encode() + b'",' + entry[1:]
            count, leaf = count + 1, leaf_of(line)
            head = head_of(head, leaf)
            lines += line + b"\n"
            links += chain_line(count, leaf, head) + b"\n"
        self._put(self._entries, bytes(lines))
        self._put(self._chain, bytes(links))
        self.head = Head(self.head.segment, count, head)

    def end(self) -> None:
        """Write the closing line and let go of the files. Raises OSError."""
        try:
            self._put(self._chain, close_line(self.head.n, self.head.hash) + b"\n")
            self.head = replace(self.head, closed=True)
        finally:
            self.release()

    def release(self) -> None:
        """Let go of the files as they are; what was promised is synced already."""
        while self._files:
            with suppress(OSError):
                self._files.pop().close()

    def _open(self, open_file: OpenFile, path: Path) -> AppendFile:
        file = open_file(path)
        self._files.append(file)
        return file

    def _put(self, file: AppendFile, data: bytes) -> None:
        file.write(data)
        file.sync()
        self.size += len(data)


def last_head(folder: Path, name: SegmentName) -> Head | None:
    """Return the head at the last whole line of a segment, synced first; None when it has none. Raises OSError."""
    with name.chain(folder).open("rb") as file:
        getattr(os, "fdatasync", os.fsync)(file.fileno())
        file.seek(max(0, os.fstat(file.fileno()).st_size - TAIL_BYTES))
        lines = file.read().split(b"\n")[:-1]
    found = _LINE.fullmatch(lines[-1]) if lines else None
    return Head(name, int(found[2]), bytes.fromhex(found[3].decode()), closed=found[1] == b"closed") if found else None


def segments(folder: Path) -> list[SegmentName]:
    """Return every segment in the folder of which either file is there, by log and number."""
    stems = {path.name.rsplit(".", 1)[0] for path in folder.glob("*.*.*") if path.suffix in {".chain", ".entries"}}
    return sorted(name for name in map(SegmentName.parse, stems) if name)


def sync_folder(folder: Path) -> None:
    """Make the names in `folder` durable. Raises OSError."""
    handle = os.open(folder, os.O_RDONLY | os.O_DIRECTORY)
    try:
        os.fsync(handle)
    finally:
        os.close(handle)
