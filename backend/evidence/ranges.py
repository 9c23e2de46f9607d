"""The range of a file that a request asks for (RFC 9110, section 14): one of bytes; anything else is not understood, so not heeded."""

import re

RANGE = re.compile(r"bytes=(\d*)-(\d*)")


def span(text: str, size: int) -> tuple[int, int] | None:
    """Return start and length of the range asked for; all of it where none, or none that is understood, is; None outside the file."""
    asked = RANGE.fullmatch(text)
    if not asked or asked.groups() == ("", ""):
        return 0, size
    first, last = asked.groups()
    if not first:
        length = min(int(last), size)
        return (size - length, length) if length else None
    start, end = int(first), min(int(last) if last else size - 1, size - 1)
    return (start, end - start + 1) if start <= end else None
