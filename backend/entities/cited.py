"""What a record takes from the exhibit that it cites: its markings, how it stands before the courts, and whether its source is named.

While an exhibit has an integrity alert, what rests on it is frozen: no new record cites it, neither by hand nor by an import. What cites it
already stays as it is and says so beside its source, to whoever sees the exhibit; it may be retracted, marked and released, and the exhibit
challenged, since each of these takes away or decides, and adds nothing (decision 0014).
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from backend.core.errors import Forbidden, NotFound
from graph.queries import evidence as queries
from graph.queries import evidence_challenges as standing_queries

if TYPE_CHECKING:
    from collections.abc import Container, Sequence

    from graph.access import Scope
    from graph.driver import Tx
    from graph.records import Record

NOTHING_NEW = "The hash of this exhibit is not the one that was recorded, so nothing new may rest on it."


@dataclass(frozen=True, slots=True)
class Cited:
    """What follows for a record; nothing where it cites no exhibit."""

    markings: frozenset[str] = frozenset()
    excluded_in: tuple[str, ...] = ()
    challenged_in: tuple[str, ...] = ()
    courts: tuple[str, ...] | None = None


async def cited(tx: Tx, scope: Scope, exhibit: str | None) -> Cited:
    """Return what follows from citing an exhibit, which is locked: what a court says of it meanwhile waits.

    Raises `NotFound`, and `Forbidden` where the hash of the exhibit is not the one that was recorded.
    """
    if exhibit is None:
        return Cited()
    row = await queries.lock(tx, scope, exhibit)
    if row is None:
        raise NotFound
    stands = await standing_queries.standing(tx, exhibit)
    if stands.altered:
        raise Forbidden(NOTHING_NEW)
    courts = None if stands.courts is None else tuple(stands.courts)
    return Cited(frozenset(row["markings"]), tuple(stands.excluded), tuple(stands.challenged), courts)


def shown(record: Record, exhibits: Container[str]) -> Record:
    """Return a record without title and locator where it cites none of the exhibits that the reader sees: both may name a hidden one."""
    hidden = record.exhibit is not None and record.exhibit not in exhibits
    return replace(record, title="", locator="") if hidden else record


async def all_shown(tx: Tx, scope: Scope, records: Sequence[Record]) -> list[Record]:
    """Return visible records as the reader is shown where they come from."""
    exhibits = await queries.names(tx, scope, sorted({each.exhibit for each in records if each.exhibit}))
    return [shown(each, exhibits) for each in records]
