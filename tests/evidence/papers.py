"""Files of evidence made in code, and how they are handed to whoever reads them."""

from __future__ import annotations

import io
from typing import TYPE_CHECKING

from PIL import Image
from pypdf import PdfReader, PdfWriter
from reportlab.pdfbase import pdfmetrics
from reportlab.pdfbase.ttfonts import TTFont
from reportlab.pdfgen import canvas

from backend.evidence.reading.kinds import HEAD_BYTES, FileKind, kind_of
from tests.support import workbooks

if TYPE_CHECKING:
    from collections.abc import AsyncIterator

    from reportlab.lib.pdfencrypt import StandardEncryption

FONTS = ("DejaVuSans.ttf", "Vera.ttf")
WIDE = "/usr/share/fonts/truetype/dejavu/DejaVuSans.ttf"
A4 = (595.2755737304688, 841.8897705078125)


async def streamed(data: bytes, piece: int = 65_536) -> AsyncIterator[bytes]:
    """Bytes piece by piece."""
    for start in range(0, len(data), piece):
        yield data[start : start + piece]


def told(data: bytes, name: str) -> tuple[FileKind, AsyncIterator[bytes], int]:
    """What the functions of the sandbox begin with."""
    return kind_of(data[:HEAD_BYTES], name), streamed(data), len(data)


def paper(
    *texts: str, size: tuple[float, float] = A4, rotation: int = 0, font: str = "Helvetica", encrypt: StandardEncryption | None = None
) -> bytes:
    """A PDF with a text on each page, 100 points from the left and the top."""
    file = io.BytesIO()
    sheet = canvas.Canvas(file, pagesize=size, encrypt=encrypt)
    if font == WIDE:
        pdfmetrics.registerFont(TTFont("wide", font))
    for text in texts:
        sheet.setFont("wide" if font == WIDE else font, 20)
        sheet.drawString(100, size[1] - 100, text)
        sheet.showPage()
    sheet.save()
    return turned(file.getvalue(), rotation) if rotation else file.getvalue()


def turned(data: bytes, rotation: int) -> bytes:
    """A PDF whose pages are looked at turned by that many degrees, clockwise."""
    writer, file = PdfWriter(PdfReader(io.BytesIO(data))), io.BytesIO()
    for page in writer.pages:
        page.rotate(rotation)
    writer.write(file)
    return file.getvalue()


def picture(form: str, size: tuple[int, int] = (400, 300), mode: str = "RGB", colour: object = "white", **options: object) -> bytes:
    """A picture of one colour."""
    file = io.BytesIO()
    Image.new(mode, size, colour).save(file, form, **options)  # pyright: ignore[reportArgumentType] - any colour of the mode
    return file.getvalue()


def seen(data: bytes) -> Image.Image:
    """A picture opened again."""
    image = Image.open(io.BytesIO(data))
    image.load()
    return image


def message(body: bytes, kind: str = "text/plain; charset=utf-8", *more: str) -> bytes:
    """A message with further parts, each as it stands between boundaries."""
    parts = [f"Content-Type: {kind}\n\n".encode() + body, *(part.encode() for part in more)]
    head = b"From: =?utf-8?b?xYHDs2TFug==?= <a@jit.example>\nTo: b@jit.example\nSubject: =?koi8-r?q?=F0=D2=C9=D7=C5=D4?=\n"
    return head + b"Content-Type: multipart/mixed; boundary=B\n\n" + b"".join(b"--B\n" + part + b"\n" for part in parts) + b"--B--\n"


def office(folder: str, **parts: str) -> bytes:
    """An Office file with parts of a folder by name, each the inside of a body."""
    held = {"[Content_Types].xml": "<Types/>"}
    held |= {f"{folder}/{name.replace('__', '/')}.xml": f'<x xmlns:w="w">{said}</x>' for name, said in parts.items()}
    return workbooks.packed(held)


def paragraph(text: str) -> str:
    """A paragraph of an Office file."""
    return f"<w:p><w:r><w:t>{text}</w:t></w:r></w:p>"
