"""Lines of text as the pages of a PDF (A4), each page with a foot and its number of all."""

from __future__ import annotations

import functools
import io
from dataclasses import dataclass
from typing import TYPE_CHECKING

from anyascii import anyascii
from reportlab.lib.pagesizes import A4
from reportlab.pdfbase import pdfmetrics
from reportlab.pdfbase.ttfonts import TTFont
from reportlab.pdfgen.canvas import Canvas

from backend.evidence.reading import fonts
from backend.evidence.script import seen

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

MARGIN, FOOT, LEADING = 50.0, 40.0, 1.35
"""Points; the height of a line in sizes of its letters."""
SMALL = 7.0


@dataclass(frozen=True, slots=True)
class Line:
    """A line, which is broken where it is too long. `size`, `indent` and the room `above` it are in points."""

    text: str
    size: float = 9.0
    indent: float = 0.0
    above: float = 0.0
    begins: bool = False
    """Whether something begins here that is not torn from the line behind it."""


def speaks_arabic() -> bool:
    """Say whether the font at hand has Arabic letters."""
    return fonts.wide() is not None


def printed(title: str, lines: Sequence[Line], foot: str, number: Callable[[int, int], str], *, from_right: bool) -> bytes:
    """Return a PDF of these lines; `number` says page and pages. Letters that the font does not have are written in Latin ones."""
    held, width = io.BytesIO(), A4[0] - 2 * MARGIN
    pages = _paged([broken for line in lines for broken in _broken(line, width)])
    sheet = Canvas(held, pagesize=A4)
    sheet.setTitle(title)
    for at, page in enumerate(pages, 1):
        height = A4[1] - MARGIN
        for line in page:
            height -= line.above + line.size * LEADING
            _draw(sheet, line, height, from_right=from_right)
        feet = [*_broken(Line(foot, SMALL), width - 90)]
        for row, line in enumerate(feet):
            _draw(sheet, line, FOOT - row * SMALL * LEADING, from_right=from_right)
        _draw(sheet, Line(number(at, len(pages)), SMALL), FOOT, from_right=not from_right)
        sheet.showPage()
    sheet.save()
    return held.getvalue()


@functools.cache
def _font() -> TTFont:
    font = TTFont("printed", str(fonts.wide() or fonts.LATIN))
    pdfmetrics.registerFont(font)
    return font


def _draw(sheet: Canvas, line: Line, height: float, *, from_right: bool) -> None:
    sheet.setFont(_font().fontName, line.size)
    text = _written(seen(line.text, from_right=from_right))
    if from_right:
        sheet.drawRightString(A4[0] - MARGIN - line.indent, height, text)
    else:
        sheet.drawString(MARGIN + line.indent, height, text)


def _written(text: str) -> str:
    known = _font().face.charToGlyph
    return "".join(one if ord(one) in known else anyascii(one) for one in text)


def _width(text: str, size: float) -> float:
    return pdfmetrics.stringWidth(_written(seen(text, from_right=False)), _font().fontName, size)


def _broken(line: Line, width: float) -> list[Line]:
    """Break a line between words, and a word that is too long for any line where it has to be."""
    room, rows = width - line.indent, [""]
    for word in " ".join(line.text.split()).split(" "):
        longer = f"{rows[-1]} {word}" if rows[-1] else word
        if _width(longer, line.size) <= room:
            rows[-1] = longer
            continue
        if rows[-1]:
            rows.append("")
        for letter in word:
            if rows[-1] and _width(rows[-1] + letter, line.size) > room:
                rows.append("")
            rows[-1] += letter
    return [Line(row, line.size, line.indent, 0.0 if at else line.above, line.begins or at < len(rows) - 1) for at, row in enumerate(rows)]


def _paged(lines: Sequence[Line]) -> list[list[Line]]:
    """Put lines on pages; what begins at the foot of one goes to the next with what follows."""
    pages, left = [list[Line]()], A4[1] - 2 * MARGIN
    for at, line in enumerate(lines):
        wanted = line.above + line.size * LEADING
        behind = lines[at + 1] if line.begins and at + 1 < len(lines) else None
        if pages[-1] and wanted + (behind.above + behind.size * LEADING if behind else 0) > left:
            pages.append([])
            left = A4[1] - 2 * MARGIN
        pages[-1].append(line)
        left -= wanted
    return pages
