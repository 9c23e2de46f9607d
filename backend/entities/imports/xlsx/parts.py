"""The parts of a workbook's archive: found by the names that the archive itself gives, read as XML within bounds.

Nothing is unpacked to disk, no name leads out of the archive, and an archive that is larger than it may be is refused before it is read:
Python's zip reader hands out no more bytes of a part than the archive says it has.
"""

from __future__ import annotations

import posixpath
import zipfile
import zlib
from typing import IO, TYPE_CHECKING, BinaryIO, cast
from xml.parsers import expat

from backend.entities.imports.rules import BadSource

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

MOST_PARTS, MOST_RATIO, RATIO_FROM = 5_000, 300, 64 * 1024**2
LARGEST_PART, LARGEST_DIRECTORY = 2 * 1024**3, 8 * 1024**2
PIECE, LONGEST_TOKEN, DEEPEST = 64 * 1024, 8 * 1024**2, 64
_LOCKED = 0x1

Attributes = dict[str, str]


class _Careful:
    """The file as the zip reader sees it, which would read a directory of any size at once."""

    def __init__(self, file: BinaryIO) -> None:
        self._file = file
        self.seek, self.tell, self.seekable = file.seek, file.tell, file.seekable

    def read(self, size: int = -1) -> bytes:
        """Read, but no more than a directory of a workbook may have; all that is left is asked for only at the end of a file."""
        if size > LARGEST_DIRECTORY:
            raise BadSource("This workbook has a directory too large to be one.")
        return self._file.read(LARGEST_DIRECTORY if size < 0 else size)


class Archive:
    """The archive of a workbook; raises BadSource for what is none, is locked, or unpacks to more than it may."""

    def __init__(self, file: BinaryIO) -> None:
        """Read the archive's directory, never a part."""
        try:
            self._zip = zipfile.ZipFile(cast("IO[bytes]", _Careful(file)))
        except (zipfile.BadZipFile, zipfile.LargeZipFile, ValueError, OverflowError, NotImplementedError):
            raise BadSource("This is no XLSX workbook, or it was cut short.") from None
        if len(self._zip.infolist()) > MOST_PARTS:
            raise BadSource(f"This workbook has more than {MOST_PARTS:,} parts.")
        self._parts = {info.filename.lstrip("/"): info for info in self._zip.infolist()}

    def has(self, name: str) -> bool:
        """Say whether there is a part of that name."""
        return name in self._parts

    def size(self, name: str) -> int:
        """Return the bytes of a part when unpacked."""
        return self._parts[name].file_size

    def read(
        self, name: str, begin: Callable[[str, Attributes], None], end: Callable[[str], None], text: Callable[[str], None]
    ) -> Iterator[int]:
        """Read a part as XML, telling what begins, ends and is written; yield the bytes read so far, piece by piece.

        Names come without their namespaces. Raises BadSource for XML that is broken, declares a document type, or is written to exhaust.
        """
        parser, depth = expat.ParserCreate(namespace_separator="}"), [0]

        def began(tag: str, attributes: Attributes) -> None:
            depth[0] += 1
            if depth[0] > DEEPEST:
                raise BadSource(f"{name} is nested more than {DEEPEST} deep.")
            begin(_local(tag), {_local(key): value for key, value in attributes.items()})

        def ended(tag: str) -> None:
            depth[0] -= 1
            end(_local(tag))

        def declared(*_: object) -> None:
            raise BadSource(f"{name} declares a document type, which no workbook needs. Save the file anew in a spreadsheet program.")

        parser.buffer_text = True
        parser.StartElementHandler, parser.EndElementHandler, parser.CharacterDataHandler = began, ended, text
        parser.StartDoctypeDeclHandler = declared
        yield from self._fed(name, parser)

    def _fed(self, name: str, parser: expat.XMLParserType) -> Iterator[int]:
        done = since = 0
        try:
            with self._zip.open(self._checked(name)) as part:
                while piece := part.read(PIECE):
                    last = piece.rfind(b">")
                    since = since + len(piece) if last < 0 else len(piece) - last
                    if since > LONGEST_TOKEN:
                        raise BadSource(f"{name} holds one piece of more than {LONGEST_TOKEN // 1024**2} MiB.")
                    parser.Parse(piece, False)  # noqa: FBT003 - expat's own
                    done += len(piece)
                    yield done
            parser.Parse(b"", True)  # noqa: FBT003 - same
        except (zipfile.BadZipFile, zlib.error, EOFError, NotImplementedError, RuntimeError):
            raise BadSource(f"{name} in this workbook is damaged.") from None
        except expat.ExpatError as error:
            raise BadSource(f"{name} in this workbook is no XML (line {error.lineno:,}).") from None
        yield done

    def _checked(self, name: str) -> zipfile.ZipInfo:
        info = self._parts.get(name)
        if info is None:
            raise BadSource(f"This workbook has no part {name[:60]}.")
        if info.flag_bits & _LOCKED:
            raise BadSource("This workbook is locked with a password. Save it without one.")
        bomb = info.file_size > RATIO_FROM and info.file_size > MOST_RATIO * max(1, info.compress_size)
        if bomb or info.file_size > LARGEST_PART:
            raise BadSource(f"{name} would unpack to {info.file_size // 1024**2:,} MiB. A file like that is not opened.")
        return info


def resolved(base: str, target: str) -> str:
    """Return the name of the part that a part named `base` means by `target`; it cannot lead out of the archive."""
    whole = target if target.startswith("/") else posixpath.join("/", posixpath.dirname(base), target)
    return posixpath.normpath("/" + whole.lstrip("/")).lstrip("/")


def _local(name: str) -> str:
    return name.rpartition("}")[2]
