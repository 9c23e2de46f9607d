"""What the reading process answers: frames of a sort (1 byte), a size (4 bytes, big-endian) and as many bytes."""

from __future__ import annotations

import struct

HEADER = struct.Struct(">cI")
MOST_BYTES = 8 * 1024**2 * 4
"""The largest frame: a page of text with the place of each word."""
PIECE = 1024**2
CONFINED, PAGE, BYTES, REFUSED, END = b"C", b"P", b"B", b"R", b"."
"""Shut in (payload: 1 with a name space of its own, else 0); a page; a piece of a file; a code of `refusals`; that was all."""


def framed(sort: bytes, payload: bytes = b"") -> bytes:
    """Return a frame."""
    return HEADER.pack(sort, len(payload)) + payload
