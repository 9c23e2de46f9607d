"""One batch against what the graph holds: written by an import, only judged in a check of a file, which keeps in mind what it read."""

from __future__ import annotations

import sys
from dataclasses import replace
from typing import TYPE_CHECKING

from backend.entities.cited import NOTHING_NEW
from backend.entities.imports.planned import LINKS, MISSING_END, bad_links, other_kinds
from backend.entities.imports.rules import BadSource
from graph.queries import entity_writes as writes
from graph.queries import evidence_challenges as standing_queries
from graph.queries import imports as queries

if TYPE_CHECKING:
    from backend.entities.imports.planned import DataSet, Planned, Refusal
    from graph.driver import Tx
    from graph.records import NewRecord

MOST_SEEN = 1_000_000


class Seen:
    """The kinds of entities that a check has read and nothing wrote, by 64 bits of their ids, so that memory stays within bounds.

    Of a file that names more than a million, links to what it names later are not checked.
    """

    def __init__(self) -> None:
        """Have seen nothing."""
        self._kinds = dict[int, str]()

    @property
    def full(self) -> bool:
        """Whether nothing more is kept in mind."""
        return len(self._kinds) >= MOST_SEEN

    def add(self, entity: str, kind: str) -> None:
        """Keep an entity in mind; the first kind stays."""
        if not self.full:
            self._kinds.setdefault(hash(entity), sys.intern(kind))

    def of(self, ids: list[str]) -> dict[str, str]:
        """Return the kinds of those of these entities that were seen."""
        return {one: self._kinds[hash(one)] for one in ids if hash(one) in self._kinds}


async def put(tx: Tx, of: DataSet, planned: Planned, seen: Seen | None) -> list[Refusal]:
    """Write a batch, or only judge it; return every row that was refused, by the parser or by what the graph holds."""
    space, links = of.job["space"], planned.part == LINKS
    ids = sorted({end for it in planned.links.values() for end in (it.source, it.target)} if links else {e.id for e in planned.entities})
    there = await queries.kinds(tx, space, ids) if ids else {}
    known = {**(seen.of(ids) if seen else {}), **there}
    bad = bad_links(planned, known) if links else other_kinds(planned, known)
    if seen is None:
        if records := planned.without(bad):
            await writes.put(tx, space, planned.entities, await _standing(tx, of, records))
    elif links:
        bad = {one: it for one, it in bad.items() if not (seen.full and it[2] == MISSING_END)}
    else:
        _remember(seen, planned, bad)
    return sorted([*planned.refused, *bad.values()])


async def _standing(tx: Tx, of: DataSet, records: list[NewRecord]) -> list[NewRecord]:
    """Let records stand as the file that they cite does: a court may have excluded it, or its provider consented, since it came.

    Raises `BadSource` where the file is known to be altered.
    """
    if "exhibit" not in of.job:
        return records
    stands = await standing_queries.standing(tx, of.job["exhibit"])
    if stands.altered:
        raise BadSource(NOTHING_NEW)
    excluded, challenged = tuple(stands.excluded), tuple(stands.challenged)
    said = {"status": "excluded", "status_reason": ", ".join(excluded)} if excluded else {}
    courts = None if stands.courts is None else tuple(stands.courts)
    return [replace(each, excluded_in=excluded, challenged_in=challenged, courts=courts, **said) for each in records]


def _remember(seen: Seen, planned: Planned, bad: dict[str, Refusal]) -> None:
    for entity, record in zip(planned.entities, planned.records, strict=True):
        if record.id not in bad:
            seen.add(entity.id, entity.kind)
