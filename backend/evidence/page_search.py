"""Finding pages of exhibits by the words that stand on them, whatever their marks and script."""

from __future__ import annotations

import asyncio
import unicodedata
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from backend.core.errors import Invalid
from backend.entities.search.query import SHORTEST_BEGINNING
from backend.entities.search.service import LONGEST_QUERY
from backend.entities.service import page_size
from backend.entities.tokens import WORD, escape_fulltext, forms, text_tokens
from backend.teams.service import enter
from graph.queries import evidence as evidence_queries
from graph.queries import evidence_pages as queries

if TYPE_CHECKING:
    from backend.core.context import Context
    from graph.driver import Tx

LONGEST_EXCERPT, BEFORE = 160, 40
SHORTEST = 2


@dataclass(frozen=True, slots=True)
class Word:
    """A word that was typed, in the forms in which it may stand on a page; `begins`: a word that begins so will do."""

    forms: tuple[str, ...]
    begins: bool

    def query(self) -> str:
        """Return it in the engines' query language."""
        whole = [escape_fulltext(it) for it in self.forms]
        return "(" + " OR ".join([*whole, *(f"{it}*" for it in whole if self.begins and len(it) >= SHORTEST_BEGINNING)]) + ")"

    def among(self, said: list[str]) -> bool:
        """Say whether one of these tokens answers it."""
        if any(it in said for it in self.forms):
            return True
        return self.begins and any(each.startswith(it) for it in self.forms if len(it) >= SHORTEST_BEGINNING for each in said)


@dataclass(frozen=True, slots=True)
class Passage:
    """Where words stand: id, number, title, family of the exhibit; page and line, from 1; the place as cited; what is near on the line.

    `altered_at`: since when its file is known to be altered (ISO 8601 UTC); None while it is not.
    """

    exhibit: str
    number: str
    title: str
    family: str
    page: int
    line: int
    locator: str
    excerpt: str
    altered_at: str | None


async def search(ctx: Context, space: str, text: str, first: int) -> list[Passage]:
    """Return pages of visible exhibits on which every word of `text` stands, at most `first`, by exhibit number and page."""
    first, words = page_size(first), asked(text)

    async def work(tx: Tx) -> list[dict[str, Any]]:
        scope = await enter(tx, ctx, space)
        found = await queries.search(tx, scope, " AND ".join(word.query() for word in words), first)
        named = await evidence_queries.names(tx, scope, sorted({row["id"] for row in found}))
        return [{**row, "altered_at": named[row["id"]].altered_at} for row in found]

    rows = await ctx.graph.read(work)
    found = await asyncio.to_thread(lambda: [passage(row, words) for row in rows])
    ctx.trail.saw(space, list(dict.fromkeys(each.exhibit for each in found)))
    return found


def asked(text: str) -> list[Word]:
    """Return the words of what was typed, the last perhaps only begun. Raises `Invalid` for what is too short or too long."""
    if len(text) > LONGEST_QUERY:
        raise Invalid(f"Search for at most {LONGEST_QUERY} characters.", "text")
    said = [found for match in WORD.finditer(unicodedata.normalize("NFKC", text)) if (found := forms(match.group()))]
    if sum(len(found[0]) for found in said) < SHORTEST:
        raise Invalid(f"Search for at least {SHORTEST} letters or digits.", "text")
    return [Word(found, begins=at == len(said)) for at, found in enumerate(said, 1)]


def passage(row: dict[str, Any], words: list[Word]) -> Passage:
    """Return where on a page the words stand: the first of the lines that hold most of them."""
    best, line, excerpt = 0, 1, ""
    for number, each in enumerate(row["text"].split("\n"), 1):
        places = _places(each, words)
        if len(places) > best:
            best, line, excerpt = len(places), number, _excerpt(each, min(places.values()))
        if best == len(words):
            break
    locator = f"p.{row['page']} {'row' if row['family'] == 'table' else 'line'} {line}"
    return Passage(row["id"], row["number"], row["title"], row["family"], row["page"], line, locator, excerpt, row["altered_at"])


def _places(line: str, words: list[Word]) -> dict[int, int]:
    """Return which of the words stand on a line, each with the place of its first letter."""
    found = dict[int, int]()
    for match in WORD.finditer(line):
        said = text_tokens(match.group())
        for at, word in enumerate(words):
            if at not in found and word.among(said):
                found[at] = match.start()
    return found


def _excerpt(line: str, at: int) -> str:
    start = max(0, min(at - BEFORE, len(line) - LONGEST_EXCERPT))
    return " ".join(line[start : start + LONGEST_EXCERPT].split())
