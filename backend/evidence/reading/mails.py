"""Messages: who wrote what to whom and when, the text, and the names and sizes of what hangs on it. Runs in the reading process only."""

from __future__ import annotations

import io
from email.generator import BytesGenerator
from email.header import decode_header
from email.message import Message
from email.parser import BytesParser
from typing import TYPE_CHECKING, Any, cast

from backend.evidence.reading import texts
from backend.evidence.reading.hypertext import words
from backend.evidence.reading.refusals import Refused

if TYPE_CHECKING:
    from collections.abc import Iterator

    from backend.evidence.reading.pages import Page

HEADERS = ("From", "Sender", "Reply-To", "To", "Cc", "Bcc", "Date", "Subject", "Message-ID", "In-Reply-To")
_SAMPLE = b"""Subject: =?utf-8?q?a?=
Content-Type: multipart/mixed; boundary=b

--b
Content-Type: text/html; charset=utf-8

<p>a
--b
Content-Type: message/rfc822
Content-Disposition: attachment; filename*=utf-8''a

Subject: a

--b
Content-Disposition: attachment; filename="a"
Content-Transfer-Encoding: base64

AAAA
--b--
"""
_MOST_PARTS, _LONGEST_HEADER = 2_000, 10_000


def prepare(watermark: str) -> str:
    """Load what is loaded on use, by reading a message."""
    list(pages(_SAMPLE, ""))
    return texts.prepare(watermark)


def pages(data: bytes, _media_type: str) -> Iterator[Page]:
    """Yield the pages of a message: its headers, its text (of HTML the words), a line for each attachment."""
    message = BytesParser().parsebytes(data)
    body, attached = _parts(message)
    lines = [f"{name}: {_decoded(value)}" for name in HEADERS for value in message.get_all(name, [])]
    said = [f"Attachment: {_named(part)} ({part.get_content_type()}, {_size(part):,} bytes)" for part in attached]
    return texts.paged([*lines, "", *body, *(["", *said] if said else [])])


def _parts(message: Message) -> tuple[list[str], list[Message]]:
    """Return the lines of the text, and what is attached; a message that is attached is not opened."""
    plain, marked, attached = list[str](), list[str](), list[Message]()
    waiting, count = [message], 0
    while waiting:
        part, count = waiting.pop(), count + 1
        if count > _MOST_PARTS:
            raise Refused("depth")
        if part.get_content_maintype() == "multipart" and part.is_multipart():
            waiting += reversed(cast("list[Message]", part.get_payload()))
        elif part.get_content_disposition() == "attachment" or part.get_filename() or part.get_content_maintype() != "text":
            attached.append(part)
        elif part.get_content_subtype() == "html":
            marked += words(_text(part)).split("\n")
        else:
            plain += _text(part).splitlines()
    return plain or marked, attached


def _text(part: Message) -> str:
    data: Any = part.get_payload(decode=True)
    return _as_text(data if isinstance(data, bytes) else b"", part.get_content_charset() or "utf-8")


def _as_text(data: bytes, charset: str) -> str:
    try:
        return data.decode(charset, "replace")
    except (LookupError, ValueError):  # no such encoding, or one that is none of text
        return data.decode("utf-8", "replace")


def _size(part: Message) -> int:
    data: Any = part.get_payload(decode=True)
    if isinstance(data, bytes):
        return len(data)
    held = io.BytesIO()
    BytesGenerator(held).flatten(part)
    return held.tell()


def _named(part: Message) -> str:
    name = part.get_filename()
    if name is None and part.get_content_type() == "message/rfc822" and part.is_multipart():
        name = cast("list[Message]", part.get_payload())[0].get("Subject")
    return _decoded(name or "-")


def _decoded(value: object) -> str:
    """Return a header as text, encoded words decoded, on one line."""
    text = str(value)[:_LONGEST_HEADER]
    try:
        pieces = cast("list[tuple[bytes | str, str | None]]", decode_header(text))
    except ValueError:  # broken encoded words
        pieces = [(text, None)]
    return " ".join("".join(one if isinstance(one, str) else _as_text(one, charset or "utf-8") for one, charset in pieces).split())
