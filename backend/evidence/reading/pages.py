"""What was read of a file: its pages, with their text and the place of each word."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any, cast

import orjson

MOST_PAGES, MOST_PAPER_PAGES = 20_000, 5_000
"""Pages of text and tables; of papers and pictures."""
MOST_TEXT, MOST_WORDS = 64 * 1024**2, 2_000_000
"""Characters of a whole file; words whose places are told."""


@dataclass(frozen=True, slots=True)
class Word:
    """A word and its box, in fractions of the page (0 to 1) from its top left corner."""

    text: str
    x: float
    y: float
    w: float
    h: float


@dataclass(frozen=True, slots=True)
class Page:
    """A page, counted from 1; width and height in points (1/72 inch), of pictures in their own points; 0 where there is no paper."""

    number: int
    text: str
    width: float
    height: float
    words: tuple[Word, ...]


def packed(page: Page) -> bytes:
    """Return a page as it goes from the reading process to the server."""
    words = [[word.text, word.x, word.y, word.w, word.h] for word in page.words]
    return orjson.dumps([page.number, page.text, page.width, page.height, words])


def unpacked(said: bytes) -> Page:
    """Return the page that was sent; raises ValueError for anything else, as the sender is not trusted."""
    found: Any = orjson.loads(said)
    try:
        number, text, width, height, words = found
        page = Page(number, text, width, height, tuple(Word(*word) for word in cast("list[list[Any]]", words)))
    except TypeError:
        raise ValueError("no page") from None
    sizes = [page.width, page.height, *(side for word in page.words for side in (word.x, word.y, word.w, word.h))]
    texts = [page.text, *(word.text for word in page.words)]
    if type(page.number) is not int or not all(type(size) in {int, float} for size in sizes) or not all(type(one) is str for one in texts):
        raise ValueError("no page")
    return page
