"""What an archive would unpack to, told without unpacking it: ZIP by its directory, tar and compressed tar by reading through.

Nothing is written anywhere, and no more is read than the limits allow.
"""

from __future__ import annotations

import gzip
import io
import re
import zipfile
import zlib
from dataclasses import dataclass
from itertools import pairwise
from typing import IO, TYPE_CHECKING, BinaryIO, cast

from backend.evidence.reading.refusals import Refused

if TYPE_CHECKING:
    from collections.abc import Iterable

MOST_ENTRIES, MOST_UNPACKED = 100_000, 10 * 1024**3
MOST_RATIO, RATIO_FROM = 200, 64 * 1024**2
"""Bytes unpacked for each byte packed, once more than 64 MiB come of it: text packs a hundredfold, a bomb a thousandfold."""
LARGEST_DIRECTORY, LONGEST_NAME = 16 * 1024**2, 1024**2
TOO_MUCH = "unpacks to more than 10 GiB"
BOMB = "unpacks to more than 200 times its size, as archives do that are made to exhaust whoever opens them"
TOO_MANY = "has more than 100,000 entries"
OUTSIDE = "has an entry whose name leads out of the folder that it is unpacked in"
LINK = "has a link that leads out of the folder that it is unpacked in"
DEVICE = "has an entry that is no file, folder or link"
OVERLAP = "has entries that share their bytes, as archives do that are made to exhaust whoever opens them"
LOCKED = "is locked with a password"
DAMAGED = "is damaged or cut short"
CLOSED = "is of a kind that is not looked into"
_OUT = re.compile(r"^[/\\~]|^[A-Za-z]:|(?:^|[/\\])\.\.(?:$|[/\\])|[\x00-\x1f]")
_BLOCK, _PIECE, _ZIP_HEADER = 512, 1024**2, 30
_FILES, _LINKS, _LONG, _EXTENDED = b"0\x007", b"12", b"LK", b"xg"
_FOLDER = b"5"


@dataclass(frozen=True, slots=True)
class ArchiveReport:
    """Entries, the bytes that come of them, those bytes for each byte packed, and what is wrong ("This archive …"), None if nothing is.

    Where something is wrong the figures count what was seen up to there.
    """

    entries: int
    unpacked_bytes: int
    ratio: float
    problem: str | None


class _Wrong(Exception):
    """Looking ends here; the text is the report's problem."""


def look(file: BinaryIO) -> ArchiveReport:
    """Look into an archive from its beginning; the file can be read from any place. Takes time: call it in a thread."""
    size = file.seek(0, io.SEEK_END)
    file.seek(0)
    head = file.read(_BLOCK)
    file.seek(0)
    seen = _Seen(size)
    try:
        if head.startswith((b"PK\x03\x04", b"PK\x05\x06")):
            _zip(file, seen)
        elif head.startswith(b"\x1f\x8b"):
            with gzip.GzipFile(fileobj=file) as unpacked:
                _stream(cast("BinaryIO", unpacked), seen)
        elif head[257:262] == b"ustar":
            _stream(file, seen)
        else:
            raise _Wrong(CLOSED)
    except _Wrong as wrong:
        return seen.report(str(wrong))
    except (
        zipfile.BadZipFile,
        zipfile.LargeZipFile,
        gzip.BadGzipFile,
        zlib.error,
        EOFError,
        ValueError,
        OverflowError,
        NotImplementedError,
    ):
        return seen.report(DAMAGED)
    return seen.report(seen.problem)


def checked(file: BinaryIO) -> None:
    """Raise Refused for an Office file that would unpack to more than it may."""
    problem = look(file).problem
    if problem:
        raise Refused("locked" if problem == LOCKED else "damaged" if problem in {DAMAGED, CLOSED} else "ratio")


class _Seen:
    """What was seen so far; the first thing that is wrong with a name is kept, what exhausts ends the looking."""

    def __init__(self, size: int) -> None:
        self.size, self.entries, self.unpacked = max(1, size), 0, 0
        self.problem: str | None = None

    def add(self, unpacked: int) -> None:
        """Count bytes."""
        self.unpacked += unpacked
        if self.unpacked > MOST_UNPACKED:
            raise _Wrong(TOO_MUCH)
        if self.unpacked > RATIO_FROM and self.unpacked > MOST_RATIO * self.size:
            raise _Wrong(BOMB)

    def entry(self, name: str) -> None:
        """Count an entry and judge its name."""
        self.entries += 1
        if self.entries > MOST_ENTRIES:
            raise _Wrong(TOO_MANY)
        if _OUT.search(name):
            self.problem = self.problem or OUTSIDE

    def report(self, problem: str | None) -> ArchiveReport:
        """Return what was seen."""
        return ArchiveReport(self.entries, self.unpacked, round(self.unpacked / self.size, 1), problem)


class _Careful:
    """The file as the zip reader sees it, which would read a directory of any size at once."""

    def __init__(self, file: BinaryIO) -> None:
        self._file = file
        self.seek, self.tell, self.seekable = file.seek, file.tell, file.seekable

    def read(self, size: int = -1) -> bytes:
        """Read at most what a directory may have."""
        if size > LARGEST_DIRECTORY:
            raise _Wrong(TOO_MANY)
        return self._file.read(LARGEST_DIRECTORY if size < 0 else size)


def _zip(file: BinaryIO, seen: _Seen) -> None:
    with zipfile.ZipFile(cast("IO[bytes]", _Careful(file))) as archive:
        for info in archive.infolist():
            seen.entry(info.orig_filename)
            seen.add(info.file_size)
            if info.flag_bits & 1:
                seen.problem = seen.problem or LOCKED
        places = sorted((info.header_offset, info.header_offset + _ZIP_HEADER + info.compress_size) for info in archive.infolist())
        if any(end > start for (_, end), (start, _) in pairwise([*places, (seen.size, 0)])):
            raise _Wrong(OVERLAP)


def _stream(file: BinaryIO, seen: _Seen) -> None:
    """Read through a tar archive, or through one file that is merely compressed."""
    head = file.read(_BLOCK)
    if head[257:262] != b"ustar":
        seen.entries = 1
        seen.add(len(head))
        _through(file, seen, None)
        return
    name: str | None = None
    while head.strip(b"\0"):
        if len(head) < _BLOCK:
            raise _Wrong(DAMAGED)
        seen.add(_BLOCK)
        size, sort = _number(head[124:136]), head[156:157]
        if sort in _LONG or sort in _EXTENDED:
            said = _short(file, size, seen)
            name = (_long(said) if sort in _LONG else _extended(said)) or name
        else:
            _judge(seen, name or _named(head), sort, head[157:257])
            name = None
            _through(file, seen, _whole(size))
        head = file.read(_BLOCK)
    _through(file, seen, None)


def _judge(seen: _Seen, name: str, sort: bytes, target: bytes) -> None:
    seen.entry(name)
    if sort in _LINKS and _OUT.search(target.rstrip(b"\0").decode("utf-8", "replace")):
        seen.problem = seen.problem or LINK
    elif sort not in _FILES + _LINKS + _FOLDER:
        seen.problem = seen.problem or DEVICE


def _through(file: BinaryIO, seen: _Seen, size: int | None) -> None:
    """Read on for so many bytes, or to the end."""
    while size is None or size > 0:
        piece = file.read(_PIECE if size is None else min(size, _PIECE))
        if not piece:
            if size:
                raise _Wrong(DAMAGED)
            return
        seen.add(len(piece))
        size = None if size is None else size - len(piece)


def _short(file: BinaryIO, size: int, seen: _Seen) -> bytes:
    if size > LONGEST_NAME:
        raise _Wrong(DAMAGED)
    said = file.read(_whole(size))
    seen.add(len(said))
    return said[:size]


def _whole(size: int) -> int:
    return -(-size // _BLOCK) * _BLOCK


def _number(field: bytes) -> int:
    """Return a number of a tar header: octal digits, or binary behind a first bit; raises ValueError for neither."""
    number = int.from_bytes(field[1:], "big") if field[0] == 0x80 else int(field.strip(b" \0") or b"0", 8)  # noqa: PLR2004 - the first bit
    if number < 0:
        raise ValueError("a size below nothing")
    return number


def _named(head: bytes) -> str:
    name, before = (part.split(b"\0")[0].decode("utf-8", "replace") for part in (head[:100], head[345:500]))
    return f"{before}/{name}" if before else name


def _long(said: bytes) -> str:
    return said.rstrip(b"\0").decode("utf-8", "replace")


def _extended(said: bytes) -> str | None:
    """Return the path that an extended header gives, None where it gives none."""
    found: Iterable[bytes] = re.findall(rb"\d+ (?:path|linkpath)=([^\n]*)\n", said)
    return next((path.decode("utf-8", "replace") for path in found), None)
