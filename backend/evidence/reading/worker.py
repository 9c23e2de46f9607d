"""The reading process: shuts itself in, reads one file from its standard input, answers in frames, ends.

Standard input is one line of JSON (what to do; it comes from the server) and then the file to its end. Nothing of it touches a disk.
"""

from __future__ import annotations

import importlib
import os
import sys
from dataclasses import replace
from typing import TYPE_CHECKING, Protocol, cast

import orjson

from backend.evidence.reading import confine, frames
from backend.evidence.reading.orders import Order
from backend.evidence.reading.pages import MOST_TEXT, MOST_WORDS, Page, packed
from backend.evidence.reading.refusals import Refused

if TYPE_CHECKING:
    from collections.abc import Iterator

PIECE = 1 << 20
DONE, NOT_CONFINED = 0, 77
PARTS = {
    "application/pdf": "pdfs", "message/rfc822": "mails", "text/csv": "sheets", "text/tab-separated-values": "sheets",
    "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet": "sheets",
    "application/vnd.openxmlformats-officedocument.wordprocessingml.document": "papers",
    "application/vnd.openxmlformats-officedocument.presentationml.presentation": "papers",
}  # fmt: skip
"""Which module reads a media type; else the family says it."""
OF_FAMILY = {"image": "images", "text": "texts"}


class Reader(Protocol):
    """What a module that reads a kind of file has, of tasks those that the kind allows."""

    def prepare(self, watermark: str) -> str:
        """Load whatever needs a file to be opened (fonts, codecs, plug-ins); return the watermark in letters that can be drawn."""
        ...

    def pages(self, data: bytes, media_type: str) -> Iterator[Page]:
        """Yield the pages."""
        ...

    def picture(self, data: bytes, page: int, width: int, watermark: str | None) -> bytes:
        """Draw a page, `width` pixels wide at most."""
        ...

    def marked(self, data: bytes, watermark: str) -> bytes:
        """Return the whole file with the watermark on each page."""
        ...


def main() -> None:
    """Do one order and leave."""
    order = Order(**orjson.loads(sys.stdin.buffer.readline()))
    confine.limit(order.seconds)
    network = confine.leave_network()
    try:
        reader, order = _prepared(order)
        confine.shut()
    except confine.NotConfined:
        _send(frames.REFUSED, b"unconfined")
        os._exit(NOT_CONFINED)
    _send(frames.CONFINED, b"1" if network else b"0")
    _send(*_answered(reader, order))
    os._exit(DONE)  # nothing to tidy up, and the program that reads may no longer be sound


def _prepared(order: Order) -> tuple[Reader | None, Order]:
    if order.task == "probe":
        return None, order
    name = PARTS.get(order.media_type) or OF_FAMILY[order.family]
    if (name, order.task) == ("pdfs", "marked"):
        name = "stamps"
    reader = cast("Reader", importlib.import_module(f"backend.evidence.reading.{name}"))
    return reader, replace(order, watermark=reader.prepare(order.watermark or ""))


def _answered(reader: Reader | None, order: Order) -> tuple[bytes, bytes]:
    """Do the order; return the last frame, which says how it ended."""
    try:
        if reader:
            _do(reader, order, sys.stdin.buffer.read())
    except Refused as refused:
        return frames.REFUSED, refused.code.encode()
    except MemoryError:
        return frames.REFUSED, b"memory"
    except RecursionError:
        return frames.REFUSED, b"depth"
    except Exception:  # noqa: BLE001 - the boundary of this process; whatever a parser stumbles over is told as a code
        return frames.REFUSED, b"damaged"
    return frames.END, b""


def _do(reader: Reader, order: Order, data: bytes) -> None:
    if order.task == "pages":
        _tell(reader.pages(data, order.media_type))
        return
    if order.task == "picture":
        answer = reader.picture(data, order.page, order.width, order.watermark)
    else:
        answer = reader.marked(data, order.watermark or "")
    for start in range(0, len(answer), frames.PIECE):
        _send(frames.BYTES, answer[start : start + frames.PIECE])


def _tell(pages: Iterator[Page]) -> None:
    text = words = 0
    for page in pages:
        text, words = text + len(page.text), words + len(page.words)
        if text > MOST_TEXT or words > MOST_WORDS:
            raise Refused("text")
        payload = packed(page)
        if len(payload) > frames.MOST_BYTES:
            raise Refused("text")
        _send(frames.PAGE, payload)


def _send(sort: bytes, payload: bytes) -> None:
    rest = memoryview(frames.framed(sort, payload))
    while rest:
        rest = rest[os.write(sys.stdout.fileno(), rest) :]


if __name__ == "__main__":
    main()
