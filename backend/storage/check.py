"""Whether every wrapped key opens: the keys of spaces, of files, and the secrets of second factors. Opens no file, changes nothing."""

from __future__ import annotations

import asyncio
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from backend.storage.keys import SpaceKeyLostError
from backend.storage.wrapping import WrapError, bytes_of, factor_purpose
from graph.queries import keys as queries

if TYPE_CHECKING:
    from collections.abc import AsyncIterator, Callable

    from backend.storage.keys import SpaceKeys
    from graph.driver import Graph
    from graph.queries.keys import Place, Wrapped


@dataclass(slots=True)
class Findings:
    """How many keys were tried, and a line for each that does not open."""

    spaces: int = 0
    files: int = 0  # wrapped keys of them: an import and its exhibit each hold one
    secrets: int = 0
    closed: list[str] = field(default_factory=list[str])


async def check(graph: Graph, keys: SpaceKeys) -> Findings:
    """Try every wrapped key. Raises MasterKeyError where a token does not answer."""
    found = Findings()
    for space in sorted({*await graph.read(queries.spaces), *await asyncio.to_thread(keys.spaces)}):
        found.spaces += 1
        try:
            key = await keys.of(space)
        except SpaceKeyLostError as error:
            found.closed.append(str(error))
            continue
        for place in queries.FILES:
            found.files += await _tried(graph, place, space, lambda one, key=key: key.file_key(one.key, one.about), found.closed)
    for place in queries.SECRETS:
        found.secrets += await _tried(
            graph, place, None, lambda one: keys.masters.unwrap(bytes_of(one.key), factor_purpose(one.about)), found.closed
        )
    return found


async def _tried(graph: Graph, place: Place, space: str | None, opened: Callable[[Wrapped], bytes], closed: list[str]) -> int:
    count = 0
    async for page in _pages(graph, place, space):
        count += len(page)
        closed += [_line(place, one) for one in await asyncio.to_thread(_closed, page, opened)]
    return count


async def _pages(graph: Graph, place: Place, space: str | None) -> AsyncIterator[list[Wrapped]]:
    after = ""
    while page := await graph.read(lambda tx, after=after: queries.page(tx, place, space, None, after)):
        yield page
        after = page[-1].id


def _closed(page: list[Wrapped], opened: Callable[[Wrapped], bytes]) -> list[Wrapped]:
    return [one for one in page if not _opens(one, opened)]


def _opens(one: Wrapped, opened: Callable[[Wrapped], bytes]) -> bool:
    try:
        opened(one)
    except WrapError:
        return False
    return True


def _line(place: Place, one: Wrapped) -> str:
    return f"The key of {place.name} {one.id} does not open."
