"""Where in an exhibit a locator points, as the pages read it (`locator.ts`)."""

from __future__ import annotations

import math
import re

PER_PAGE = 100
"""Rows of a table, or lines of a text, that one page holds."""
PLACE = re.compile(r"(?:p\.\s?(\d{1,6})|(?:row|line)\s+(\d{1,9})(?:\s?[-–]\s?(\d{1,9}))?|(?:\d{1,3}:)?\d{1,3}:[0-5]\d)(?:\s+|$)", re.ASCII)


def page_of(locator: str) -> int | None:
    """Return the page, from 1, on which a locator stands ("p.12 row 3", "row 1204-1206", "01:12"); None of one that names no place.

    Rows and lines without a page are counted through the whole file; a recording has one page.
    """
    found = PLACE.match(locator.strip())
    if found is None:
        return None
    page, first, last = found.groups()
    if page:
        return int(page) or None
    return math.ceil(min(int(first), int(last or first)) / PER_PAGE) or None if first else 1
