"""What a batch of rows will create. Pure: worked out in the parser's thread, written by `run`.

Ids come from the data set (space, agency, chosen name, case, chosen markings), the source's key and the values, so that a re-import changes
nothing, also once the case or the import was raised: what they hand on is left out.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

import orjson

from backend.core.ids import content_id
from backend.entities.changes import search_text, stated
from graph import ontology
from graph.records import NewEntity, NewLink, NewRecord

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from backend.entities.imports.rules import Row, Step

BATCH_STEPS, BATCH_ROWS, BATCH_REFUSED, BATCH_BYTES = 5_000, 1_000, 1_000, 4 * 1024**2
ENTITIES, LINKS, DONE = 1, 2, 3
MISSING_END = "names an entity that this data set does not have, so there is no link"
SAME_ENDS = "would join an entity with itself"
UNFIT_ENDS = "would join a {source} with a {target}, which this kind of link cannot"
OTHER_KIND = "says {kind} of what another row with the same key says {other} of"

Refusal = tuple[int, str, str]
"""Row, column or property, reason."""


@dataclass(frozen=True, slots=True)
class DataSet:
    """Whose ids are made here: the job as stored, and the key of the space's ids."""

    job: Mapping[str, Any]
    secret: bytes

    def id(self, sort: str, *parts: str | bytes) -> str:
        """Return the id that these parts always have in this data set."""
        job = self.job
        named = (job["space"], job["authority"], job["name"], job["case"], "+".join(job["chosen"]))
        return content_id(self.secret, sort, *named, *parts)


class Planned:
    """One batch: consecutive rows of the source, and what one reading of them will write."""

    def __init__(self, of: DataSet, part: int, now: str) -> None:
        """Take the data set, which reading this is (entities or links) and the time."""
        self._set, self.part, self._now = of, part, now
        self.first = self.last = self.offset = self.steps = 0
        self.entities: list[NewEntity] = []
        self.links: dict[str, NewLink] = {}
        self.records: list[NewRecord] = []
        self.refused: list[Refusal] = []
        self.row_of: dict[str, int] = {}
        """The row that a record came from."""

    def take(self, step: Step) -> None:
        """Plan one row of the source; what the parser refused is counted in the first reading only."""
        self.first = self.first or step.number
        self.last, self.offset, self.steps = step.number, step.offset, self.steps + 1
        if self.part == ENTITIES:
            self.refused += [(it.number, it.column, it.reason) for it in step.refused]
        for row in step.rows:
            if row.is_link == (self.part == LINKS):
                self._plan(row)

    @property
    def full(self) -> bool:
        """Whether this is enough for one transaction."""
        return self.steps >= BATCH_STEPS or len(self.records) >= BATCH_ROWS or len(self.refused) >= BATCH_REFUSED

    def without(self, refused: Mapping[str, Refusal]) -> list[NewRecord]:
        """Return the records but those that the graph refused, by record id."""
        return [r for r in self.records if r.id not in refused]

    def _plan(self, row: Row) -> None:
        link = self._link(row)
        about = link.id if link else self._set.id("entity", row.key)
        values = {name: list(said) for name, said in row.values.items() if said}
        said = orjson.dumps(values, option=orjson.OPT_SORT_KEYS)
        again = [f"after {self._set.job['undone']} undone"] if self._set.job.get("undone") else []
        record = self._set.id("record", row.kind, row.key, row.source_key or "", row.target_key or "", said, *again)
        if record in self.row_of:
            return
        self.row_of[record] = row.number
        if link:
            self.links[about] = link
        else:
            self.entities.append(NewEntity(about, row.kind))
        self.records.append(self._record(record, about, row, values, link))

    def _link(self, row: Row) -> NewLink | None:
        if row.source_key is None or row.target_key is None:
            return None
        ends = (self._set.id("entity", row.source_key), self._set.id("entity", row.target_key))
        return NewLink(self._set.id("link", row.kind, row.key, row.source_key, row.target_key), row.kind, *ends)

    def _record(self, record: str, about: str, row: Row, values: dict[str, list[str]], link: NewLink | None) -> NewRecord:
        job = self._set.job
        return NewRecord(
            id=record, about=about, kind=row.kind, case=job["case"], values=values, title=job["file_name"], locator=row.locator,
            grade=job.get("grade"), grade_original=job.get("grade_original"), handling=job["handling"], authority=job["authority"],
            asserted_at=self._now, asserted_by=job["by"], markings=frozenset(job["markings"]),
            caption="" if link else ontology.caption(row.kind, values), search="" if link else search_text(values),
            stated=() if link else stated(row.kind, values), link=link, import_id=job["id"],
            exhibit=job.get("exhibit"),
        )  # fmt: skip


def plan(of: DataSet, part: int, now: str, steps: Iterator[Step]) -> Planned | None:
    """Plan the next batch of a reading; None at the end of the source."""
    planned, begun = Planned(of, part, now), 0
    for step in steps:
        begun = begun or step.offset
        planned.take(step)
        if planned.full or step.offset - begun >= BATCH_BYTES:
            break
    return planned if planned.steps else None


def bad_links(planned: Planned, kinds: Mapping[str, str]) -> dict[str, Refusal]:
    """Return the records of links that cannot be drawn, by record id, with the property that names the end concerned.

    `kinds` are the kinds of the ends that are there, by id.
    """
    found = dict[str, Refusal]()
    for r in planned.records:
        if r.link and (wrong := _wrong(r.link, kinds)):
            found[r.id] = (planned.row_of[r.id], *wrong)
    return found


def _wrong(link: NewLink, kinds: Mapping[str, str]) -> tuple[str, str] | None:
    kind, source, target = ontology.link_kind(link.kind), kinds.get(link.source), kinds.get(link.target)
    start, end = kind.source_properties[0], kind.target_properties[0]
    if kind.property:
        start = end = kind.property.partition(".")[2]
    if link.source == link.target:
        return end, SAME_ENDS
    if source is None or target is None:
        return (start if source is None else end), MISSING_END
    if not ontology.could_join(kind, source, target):
        return end, UNFIT_ENDS.format(source=source, target=target)
    return None


def other_kinds(planned: Planned, known: Mapping[str, str]) -> dict[str, Refusal]:
    """Return the records of entities that are of another kind already, by record id; `known` are kinds by entity id.

    A row may be more or less exact than another (a legal entity that is a company), never something else.
    """
    kinds, found = dict(known), dict[str, Refusal]()
    for entity, r in zip(planned.entities, planned.records, strict=True):
        kind = kinds.setdefault(entity.id, entity.kind)
        if not ontology.related(kind, r.kind):
            found[r.id] = (planned.row_of[r.id], "", OTHER_KIND.format(kind=r.kind, other=kind))
    return found
