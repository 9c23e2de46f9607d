"""PDFs: the text of each page with the place of each word, and pages as pictures. Runs in the reading process only."""

from __future__ import annotations

import codecs
import ctypes
import math
from typing import TYPE_CHECKING, Any, cast

import pypdfium2
from pypdfium2 import raw

from backend.evidence.reading import pictures
from backend.evidence.reading.cleaned import cleaned
from backend.evidence.reading.pages import MOST_PAPER_PAGES, Page, Word
from backend.evidence.reading.refusals import Refused

if TYPE_CHECKING:
    from collections.abc import Iterator

    from PIL import Image

_FINE = 1_000_000
_MOST_LETTERS, _MOST_DRAWN = 500_000, 500
"""Of a page; pages of a PDF that has to be drawn."""
_NOT_A_WORD = 200
"""Letters without a space between them; what is longer is broken."""


def prepare(watermark: str) -> str:
    """Load what draws, and the codecs of texts."""
    for name in ("utf-16", "utf-16-le"):
        codecs.lookup(name)
    return pictures.prepare(watermark)


def pages(data: bytes, _media_type: str) -> Iterator[Page]:
    """Yield the pages; size in points as they are looked at, turned and cut."""
    document = opened(data)
    for number in range(len(document)):
        page = document[number]
        width, height = size_of(page)
        text = page.get_textpage()
        if text.count_chars() > _MOST_LETTERS:
            raise Refused("text")
        yield Page(number + 1, cleaned(text.get_text_bounded()), width, height, tuple(_words(page, text)))
        text.close()
        page.close()


def picture(data: bytes, page: int, width: int, watermark: str | None) -> bytes:
    """Draw a page as PNG."""
    document = opened(data)
    if not 1 <= page <= len(document):
        raise Refused("no page")
    drawn = draw(document[page - 1], width)
    return pictures.as_png(pictures.watermarked(drawn, watermark) if watermark else drawn)


def opened(data: bytes) -> pypdfium2.PdfDocument:
    """Open a PDF; one that only restricts what may be done with it opens like any other."""
    try:
        document = pypdfium2.PdfDocument(data)
    except pypdfium2.PdfiumError as error:
        raise Refused("locked" if error.err_code == raw.FPDF_ERR_PASSWORD else "damaged") from None
    if len(document) > MOST_PAPER_PAGES:
        raise Refused("pages")
    return document


def draw(page: pypdfium2.PdfPage, width: int) -> Image.Image:
    """Draw a page of that width in pixels, narrower where it would be too high."""
    across, down = size_of(page)
    if min(across, down) <= 0:
        raise Refused("damaged")
    scale = min(width / across, math.sqrt(pictures.MOST_DRAWN / (across * down)), pictures.HIGHEST / down)
    drawn: Image.Image = cast("Any", page).render(scale=scale, may_draw_forms=False).to_pil()
    return drawn.convert("RGB")


def size_of(page: pypdfium2.PdfPage) -> tuple[float, float]:
    """Return width and height in points as the page is looked at; 0 for what is no size."""
    width, height = page.get_size()
    return (width if math.isfinite(width) else 0.0, height if math.isfinite(height) else 0.0)


def _words(page: pypdfium2.PdfPage, text: pypdfium2.PdfTextPage) -> Iterator[Word]:
    """Yield the words in the order of the text, each with the box around its letters."""
    letters, box = list[str](), (math.inf, math.inf, -math.inf, -math.inf)
    sides = [ctypes.c_double() for _ in range(4)]
    left, right, bottom, top = sides
    for place in range(text.count_chars()):
        letter = chr(min(raw.FPDFText_GetUnicode(text, place), 0x10FFFF))
        if letter.isspace() or letter in "\x00\ufffe\uffff":
            yield from _word(page, letters, box)
            letters, box = [], (math.inf, math.inf, -math.inf, -math.inf)
            continue
        if raw.FPDFText_GetCharBox(text, place, *sides):
            box = (min(box[0], left.value), min(box[1], bottom.value), max(box[2], right.value), max(box[3], top.value))
        letters.append(letter)
        if len(letters) >= _NOT_A_WORD:
            yield from _word(page, letters, box)
            letters, box = [], (math.inf, math.inf, -math.inf, -math.inf)
    yield from _word(page, letters, box)


def _word(page: pypdfium2.PdfPage, letters: list[str], box: tuple[float, float, float, float]) -> Iterator[Word]:
    said = cleaned("".join(letters).encode("utf-16", "surrogatepass").decode("utf-16", "replace"))
    if not said or not all(math.isfinite(side) for side in box):
        return
    (one, other), (across, down) = zip(_seen(page, box[0], box[3]), _seen(page, box[2], box[1]), strict=True)
    left, right, top, bottom = min(one, other), max(one, other), min(across, down), max(across, down)
    yield Word(said, left, top, right - left, bottom - top)


def _seen(page: pypdfium2.PdfPage, across: float, up: float) -> tuple[float, float]:
    """Return where a point of the paper is on the page as it is looked at, in fractions from its top left corner."""
    x, y = ctypes.c_int(), ctypes.c_int()
    raw.FPDF_PageToDevice(page, 0, 0, _FINE, _FINE, 0, across, up, x, y)
    return _within(x.value), _within(y.value)


def _within(place: int) -> float:
    return min(1.0, max(0.0, place / _FINE))
