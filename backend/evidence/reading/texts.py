"""Text of any encoding as pages of a hundred lines. Runs in the reading process only."""

from __future__ import annotations

import encodings
import importlib
import io
import pkgutil
from contextlib import suppress
from typing import TYPE_CHECKING

from backend.entities.imports.layouts import HEAD, detect
from backend.evidence.reading.cleaned import cleaned
from backend.evidence.reading.pages import MOST_PAGES, Page
from backend.evidence.reading.refusals import Refused

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

LINES = 100
"""Lines, or rows, of a page."""
LONGEST_LINE = 10_000


def prepare(watermark: str) -> str:
    """Load every codec, since which one is needed is known when no file can be opened any more."""
    for module in pkgutil.iter_modules(encodings.__path__):
        with suppress(ImportError):  # those of another system
            importlib.import_module(f"encodings.{module.name}")
    detect("Привет, как дела? Съешь ещё этих мягких булок.".encode("cp1251"))
    return watermark


def pages(data: bytes, _media_type: str) -> Iterator[Page]:
    """Yield the pages of a text."""
    text = io.TextIOWrapper(io.BytesIO(data), encoding=detect(data[:HEAD]).encoding, errors="replace")
    return paged(iter(lambda: text.readline(LONGEST_LINE), ""))


def paged(lines: Iterable[str], first: int = 1) -> Iterator[Page]:
    """Yield pages of a hundred lines, numbered from `first`; what is longer than 10,000 characters has been or is broken."""
    held, number = list[str](), first
    for line in lines:
        for start in range(0, max(1, len(line)), LONGEST_LINE):
            held.append(cleaned(line[start : start + LONGEST_LINE].rstrip("\r\n")).replace("\n", " "))
            if len(held) == LINES:
                yield _page(number, held)
                held, number = [], number + 1
    if held or number == first:
        yield _page(number, held)


def _page(number: int, lines: list[str]) -> Page:
    if number > MOST_PAGES:
        raise Refused("pages")
    return Page(number, "\n".join(lines), 0, 0, ())
