"""Letters and slides of Office programs: their text alone. Runs in the reading process only."""

from __future__ import annotations

import io
from typing import TYPE_CHECKING

from backend.entities.imports.rules import BadSource
from backend.entities.imports.xlsx.parts import Archive
from backend.evidence.reading import texts
from backend.evidence.reading.archives import checked
from backend.evidence.reading.cleaned import cleaned
from backend.evidence.reading.pages import MOST_PAPER_PAGES, Page
from backend.evidence.reading.refusals import Refused

if TYPE_CHECKING:
    from collections.abc import Iterator

    from backend.entities.imports.xlsx.parts import Attributes

prepare = texts.prepare
_PAGE = 3_000
"""Letters of a page of a letter, which has none of its own."""
_LETTER = "word/document.xml"
_BESIDE = ("word/footnotes.xml", "word/endnotes.xml", "word/comments.xml")


def pages(data: bytes, media_type: str) -> Iterator[Page]:
    """Yield the pages: each slide, or about 3,000 letters of whole paragraphs, notes and comments last."""
    checked(io.BytesIO(data))
    try:
        archive = Archive(io.BytesIO(data))
        yield from _slides(archive) if media_type.endswith("presentation") else _letter(archive)
    except BadSource:
        raise Refused("damaged") from None


def _slides(archive: Archive) -> Iterator[Page]:
    found = 0
    for number in range(1, MOST_PAPER_PAGES):
        if archive.has(name := f"ppt/slides/slide{number}.xml"):
            found += 1
            yield _page(found, list(_paragraphs(archive, name)))
    if not found:
        raise Refused("damaged")


def _letter(archive: Archive) -> Iterator[Page]:
    if not archive.has(_LETTER):
        raise Refused("damaged")
    held, size, number = list[str](), 0, 1
    for name in (_LETTER, *filter(archive.has, _BESIDE)):
        for paragraph in _paragraphs(archive, name):
            if held and size + len(paragraph) > _PAGE:
                yield _page(number, held)
                held, size, number = [], 0, number + 1
            held.append(paragraph)
            size += len(paragraph)
    yield _page(number, held)


def _page(number: int, paragraphs: list[str]) -> Page:
    if number > MOST_PAPER_PAGES:
        raise Refused("pages")
    return Page(number, cleaned("\n".join(paragraphs)).strip("\n"), 0, 0, ())


class _Said:
    """Takes what an XML parser tells and holds the paragraphs that are complete; what was struck out, or is told twice, is left out."""

    def __init__(self) -> None:
        self.done, self._held = list[str](), list[str]()
        self._open, self._run, self._twice = False, 0, 0

    def begin(self, tag: str, _said: Attributes) -> None:
        """Note what begins."""
        self._twice += tag == "Fallback"
        self._run += tag == "r"
        self._open = tag == "t"
        if self._run and not self._twice and tag in {"tab", "br", "cr"}:
            self._held.append("\t" if tag == "tab" else "\n")

    def end(self, tag: str) -> None:
        """Note what ends."""
        self._open = False
        self._twice -= tag == "Fallback"
        self._run -= tag == "r"
        if tag == "p" and not self._twice:
            self.done.append("".join(self._held))
            self._held = []

    def add(self, text: str) -> None:
        """Take what is written."""
        if self._open and not self._twice:
            self._held.append(text)


def _paragraphs(archive: Archive, name: str) -> Iterator[str]:
    said = _Said()
    for _ in archive.read(name, said.begin, said.end, said.add):
        done, said.done = said.done, []
        yield from done
    yield from said.done
