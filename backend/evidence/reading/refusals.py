"""Why a file could not be read, as codes that the reading process answers with and sentences of ours for each.

The process that reads is trusted with nothing, so it sends a code, never a text.
"""

from __future__ import annotations


class ReadingError(Exception):
    """A file could not be read. The text says why and that the file itself is safe; it holds no value of the file."""


class TooLargeToRead(ReadingError):
    """A file needs more than reading it may take: bytes, pages, points of a picture, memory or time."""


SENTENCES = {
    "damaged": "This file could not be read: it is damaged, or not what it seems. The file itself is safe and can be downloaded.",
    "locked": "This file is locked with a password, so it cannot be shown here. The file itself is safe and can be downloaded.",
    "kind": "Files of this kind cannot be shown here. The file itself is safe and can be downloaded.",
    "no page": "This file has no such page. The file itself is safe.",
    "broken off": "Reading this file broke off, so it cannot be shown here. The file itself is safe and can be downloaded.",
    "unconfined": "This server cannot shut off the program that reads files, so no file is shown. The files are safe and can be "
    "downloaded. Ask whoever runs the server to run it on Linux with seccomp.",
}
TOO_LARGE = {
    "bytes": "This file is too large to be shown here. The file itself is safe and can be downloaded.",
    "pages": "This file has more pages than can be shown here. The file itself is safe and can be downloaded.",
    "text": "This file holds more text than can be shown here. The file itself is safe and can be downloaded.",
    "pixels": "This picture is larger than can be shown here. The file itself is safe and can be downloaded.",
    "ratio": "This file unpacks to far more than it holds, so it is not opened here. The file itself is safe and can be downloaded.",
    "depth": "This file is nested too deeply to be shown here. The file itself is safe and can be downloaded.",
    "memory": "Showing this file takes more memory than it may. The file itself is safe and can be downloaded.",
    "time": "Showing this file takes longer than it may. The file itself is safe and can be downloaded.",
}


class Refused(Exception):
    """Raised where a file is read; `code` is one of the two tables."""

    def __init__(self, code: str) -> None:
        """Take the code."""
        super().__init__(code)
        self.code = code


def refusal(code: str) -> ReadingError:
    """Return the error that people see for a code; an unknown one is told as a reading that broke off."""
    if code in TOO_LARGE:
        return TooLargeToRead(TOO_LARGE[code])
    return ReadingError(SENTENCES.get(code, SENTENCES["broken off"]))
