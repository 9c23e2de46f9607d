"""Text of a file as it may stand on a page of ours: one form for each letter, nothing that turns or hides what stands around it."""

from __future__ import annotations

import re
import unicodedata

_LINES = re.compile("\r\n?|[\x0b\x0c\x85\u2028\u2029]")
_GONE = re.compile("[\x00-\x08\x0e-\x1f\x7f-\x9f\u202a-\u202e\u2066-\u2069\ufeff\ufffe\uffff\U000e0000-\U000e007f]")
"""Control characters, what turns the direction of the text behind it, marks of byte order, tags that nobody sees."""
_HALF = re.compile("[\ud800-\udfff]")


def cleaned(text: str) -> str:
    """Return a text in NFC, lines ending in a line feed, without control characters; half a surrogate pair becomes U+FFFD."""
    return unicodedata.normalize("NFC", _HALF.sub("\ufffd", _GONE.sub("", _LINES.sub("\n", text))))
