"""Watermarks on whole PDFs: above each page as it was, or, where a PDF is too odd for that, on pictures of its pages."""

from __future__ import annotations

import io
import math
import zlib
from typing import TYPE_CHECKING, Any, cast

from pypdf import PdfReader, PdfWriter, filters
from pypdf.generic import ArrayObject, DictionaryObject, FloatObject, NameObject, NumberObject, StreamObject

from backend.evidence.reading import pdfs, pictures
from backend.evidence.reading.refusals import Refused

if TYPE_CHECKING:
    from PIL import Image
    from pypdf import PageObject
    from pypdf.generic import PdfObject
    from pypdfium2 import PdfPage

_SIZE, _FINE, _WIDTH = 12, 3, 595
"""Letters in points on a page as wide as A4; points of the picture to one of the page."""
_MOST_TIMES, _MOST_DRAWN = 400, 500
"""How often it stands on a page; pages of a PDF that has to be drawn."""
_EDGE = 0.7
_RUNS = frozenset({"/JavaScript", "/Launch", "/SubmitForm", "/ImportData", "/Rendition", "/RichMediaExecute", "/GoToE"})
_HOLDS = frozenset({"/FileAttachment", "/RichMedia", "/Screen", "/Movie", "/Sound", "/3D"})


def prepare(watermark: str) -> str:
    """Load what is loaded on use, by stamping an empty page."""
    written = pdfs.prepare(watermark)
    filters.FlateDecode()
    writer, held = PdfWriter(), io.BytesIO()
    writer.add_blank_page(72, 72)
    writer.write(held)
    stamped(held.getvalue(), written or "-")
    return written


def marked(data: bytes, watermark: str) -> bytes:
    """Return the PDF with the watermark above each page; one that is too odd for that as pictures of its pages."""
    document = pdfs.opened(data)
    try:
        return stamped(data, watermark)
    except Exception as error:  # whatever the library stumbles over
        if len(document) > _MOST_DRAWN:
            raise Refused("pages") from error
    return pictures.bound(pictures.watermarked(_drawn(page), watermark) for page in document)


def _drawn(page: PdfPage) -> Image.Image:
    return pdfs.draw(page, max(1, round(pdfs.size_of(page)[0] * pictures.RESOLUTION / 72)))


def stamped(data: bytes, watermark: str) -> bytes:
    """Return the pages of a PDF with the watermark above each, and as its subject; what runs, or is attached, does not come along.

    Raises whatever a broken PDF makes of it; a PDF that is encrypted raises ValueError.
    """
    reader, writer = PdfReader(io.BytesIO(data), strict=False), PdfWriter()
    if reader.is_encrypted:
        raise ValueError("encrypted")
    tile = pictures.marking(watermark, _SIZE * _FINE)
    marks = {"/MarkDark": _ink(writer, tile, b"\x00"), "/MarkLight": _ink(writer, tile, b"\xff")}
    for page in reader.pages:
        added = writer.add_page(page)
        _harmless(added)
        _stamp(writer, added, marks, tile)
    writer.add_metadata({"/Subject": watermark})
    held = io.BytesIO()
    writer.write(held)
    return held.getvalue()


def _stamp(writer: PdfWriter, page: PageObject, marks: dict[str, PdfObject], tile: Image.Image) -> None:
    """Put what the page draws into a form, so that nothing it does to the pen reaches what is drawn above it."""
    content = page.get_contents()
    form = _stream(b"" if content is None else content.get_data(), Type="/XObject", Subtype="/Form")
    form[NameObject("/BBox")] = ArrayObject(FloatObject(side) for side in page.mediabox)
    form[NameObject("/Resources")] = page.get("/Resources") or DictionaryObject()
    above = DictionaryObject({NameObject(name): mark for name, mark in {**marks, "/Page": _added(writer, form)}.items()})
    drawn = _stream(b"q /Page Do Q\n" + _placed(page, tile))
    page[NameObject("/Contents")] = _added(writer, drawn)
    page[NameObject("/Resources")] = DictionaryObject({NameObject("/XObject"): above})


def _placed(page: PageObject, tile: Image.Image) -> bytes:
    """Return what draws the watermark all over a page, upright as the page is looked at."""
    box, turn = page.mediabox, math.radians(page.rotation)
    left, bottom, width, height = (float(side) for side in (box.left, box.bottom, box.width, box.height))
    scale = max(min(width, height) / _WIDTH, math.sqrt(width * height * _FINE * _FINE * 2 / (tile.width * tile.height * _MOST_TIMES)), 0.2)
    across, up = tile.width / _FINE * scale, tile.height / _FINE * scale
    (step, rise) = (across, up / 2) if page.rotation % 180 == 0 else (up / 2, across)
    cosine, sine = math.cos(turn), math.sin(turn)
    drawn = list[str]()
    for row in range(math.ceil(height / rise) + 1):
        for column in range(math.ceil(width / step) + 1):
            x, y = left + (column + 0.5) * step, bottom + (row + 0.5) * rise
            for name, off in (("/MarkLight", _EDGE * scale), ("/MarkDark", 0.0)):
                matrix = (across * cosine, across * sine, -up * sine, up * cosine)
                start = (x + off - (matrix[0] + matrix[2]) / 2, y - off - (matrix[1] + matrix[3]) / 2)
                drawn.append(f"q {' '.join(f'{each:.3f}' for each in (*matrix, *start))} cm {name} Do Q")
    return "\n".join(drawn).encode()


def _ink(writer: PdfWriter, tile: Image.Image, level: bytes) -> PdfObject:
    """Add a picture of one colour through which the page is seen but where the watermark is."""
    mask = _stream(tile.tobytes(), Type="/XObject", Subtype="/Image", ColorSpace="/DeviceGray")
    _sized(mask, *tile.size)
    ink = _stream(level, Type="/XObject", Subtype="/Image", ColorSpace="/DeviceGray")
    _sized(ink, 1, 1)
    ink[NameObject("/SMask")] = _added(writer, mask)
    return _added(writer, ink)


def _sized(image: DictionaryObject, width: int, height: int) -> None:
    for name, value in (("/Width", width), ("/Height", height), ("/BitsPerComponent", 8)):
        image[NameObject(name)] = NumberObject(value)


def _stream(data: bytes, **names: str) -> StreamObject:
    stream = StreamObject()
    stream.set_data(zlib.compress(data))
    stream[NameObject("/Filter")] = NameObject("/FlateDecode")
    for name, value in names.items():
        stream[NameObject(f"/{name}")] = NameObject(value)
    return stream


def _added(writer: PdfWriter, what: DictionaryObject) -> PdfObject:
    return cast("Any", writer)._add_object(what)  # noqa: SLF001 - the library has no other name for it


def _harmless(page: PageObject) -> None:
    """Take off a page what runs by itself or on a click, and what is attached to it."""
    page.pop("/AA", None)
    kept = ArrayObject()
    for one in cast("Any", page.get("/Annots") or []):
        note = one.get_object()
        if isinstance(note, DictionaryObject) and note.get("/Subtype") not in _HOLDS:
            note.pop("/AA", None)
            action = cast("Any", note.get("/A"))
            if action is not None and action.get_object().get("/S") in _RUNS:
                note.pop("/A")
            kept.append(one)
    page[NameObject("/Annots")] = kept
