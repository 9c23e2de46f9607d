"""Writes the demo story into a new graph, through the same functions that every other write uses."""

from __future__ import annotations

from collections import defaultdict
from datetime import timedelta
from typing import TYPE_CHECKING, Any

from backend.core.ids import new_id
from backend.demo import evidence
from backend.demo.people import JIT
from backend.demo.story import story
from backend.demo.work import give_out
from backend.entities.changes import search_text, stated
from backend.oversight.service import reconcile
from graph import access, ontology, outbox
from graph.queries import agencies as agency_queries
from graph.queries import cases as case_queries
from graph.queries import deployment
from graph.queries import entity_writes as writes
from graph.queries import evidence as evidence_queries
from graph.queries import teams as team_queries
from graph.records import NewEntity, NewLink, NewRecord, stamp

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from backend.core.context import Parts
    from backend.demo import shapes as told
    from backend.demo.shapes import Story
    from graph.driver import Tx
    from graph.outbox import Change

BATCH = 400
TOLD_RECENTLY = 30
YEAR = timedelta(days=365)


class LoadError(Exception):
    """The demo could not be loaded; the text says what to do."""


async def load_once(parts: Parts, *, small: bool, say: Callable[[str], None]) -> None:
    """Load the story unless the graph has people already; a load that was cut off is told, not repaired."""
    there = await parts.graph.read(agency_queries.agencies)
    if there:
        if not await parts.graph.read(deployment.demo_loaded):
            raise LoadError(f"Loading the demo was cut off. Remove {parts.settings.data} and start again.")
        return
    loading = Loading(parts, story(small=small))
    say(f"loading the demo case: {len(loading.story.entities):,} entities, {len(loading.story.links):,} links")
    await loading.run(say)
    await give_out(parts, loading.ids, loading.agency_of, loading.space_of, loading.now)
    await parts.graph.write(lambda tx: deployment.mark_demo_loaded(tx, stamp(parts.clock.now())))
    await reconcile(parts)


class Loading:
    """One run: keys of the story become random ids."""

    def __init__(self, parts: Parts, story: Story) -> None:
        self.parts, self.story = parts, story
        self.now = parts.clock.now()
        self.ids: defaultdict[str, str] = defaultdict(new_id)
        self.agency_of = {person.key: person.agency for person in story.people}
        self.space_of = {it.key: it.space for it in (*story.entities, *story.links)}

    def ago(self, days: float) -> str:
        """Return a stored moment that lies `days` back."""
        return stamp(self.now - timedelta(days=days))

    async def number(self, space: str, exhibit: str, number: str) -> None:
        """Give an exhibit the number by which the story cites it."""
        await self.parts.graph.write(lambda tx: evidence_queries.renumber(tx, space, exhibit, number))

    async def run(self, say: Callable[[str], None]) -> None:
        """Load everything, saying how far it is."""
        await self.parts.graph.write(self._people)
        for space in self.story.spaces:
            await self.parts.keys.create(self.ids["space:" + space.key])
            await self.parts.graph.write(lambda tx, space=space: self._space(tx, space))
        await evidence.bring_in(self)
        done, total = 0, len(self.story.records)
        for space, batch in self._batches():
            await self.parts.graph.write(lambda tx, space=space, batch=batch: self._records(tx, space, batch))
            done += len(batch)
            if done // (BATCH * 5) > (done - len(batch)) // (BATCH * 5) or done == total:
                say(f"  {done:,} of {total:,} records")
        await evidence.rule(self)

    async def _people(self, tx: Tx) -> None:
        for agency in self.story.agencies:
            row = {"id": self.ids["agency:" + agency.key], "name": agency.name, "country": agency.country, "type": agency.type}
            await agency_queries.create_agency(tx, {**row, "languages": list(agency.languages)})
        for person in self.story.people:
            one = self.ids["person:" + person.key]
            row: dict[str, Any] = {
                "id": one, "login": one, "name": person.name, "function": person.function, "languages": list(person.languages),
                "password": "", "disabled": False, "administrator": False, "failures": 0, "locked_until": "", "demo_order": person.order,
            }  # fmt: skip
            await agency_queries.create_person(tx, self.ids["agency:" + person.agency], row)

    async def _space(self, tx: Tx, space: told.Space) -> None:
        one = self.ids["space:" + space.key]
        agreement = {
            "id": new_id(), "purpose": space.purpose, "parties": list(space.parties), "state": "in_force",
            "valid_from": self.ago(258), "valid_to": stamp(self.now + timedelta(days=138)),
        }  # fmt: skip
        await team_queries.create_space(tx, one, space.name, space.kind, space.colour, agreement)
        for place, it in enumerate(each for each in self.story.memberships if each.space == space.key):
            until = stamp(self.now + timedelta(days=it.ends_in_days)) if it.ends_in_days is not None else access.FOREVER
            row = {
                "id": self.ids[f"member:{space.key}:{it.person}"], "user": self.ids["person:" + it.person], "role": it.role,
                "state": "active", "valid_from": self.ago(258), "valid_to": until, "now": self.ago(258 - place / 24), "by": "demo",
                "seconded_to": self.ids["agency:" + it.host] if it.host else None,
            }  # fmt: skip
            await team_queries.create_membership(tx, one, row)
        for marking in (each for each in self.story.markings if each.space == space.key):
            await self._marking(tx, space.key, marking)
        for case in (each for each in self.story.cases if each.space == space.key):
            await self._case(tx, one, case)
        await access.changed(tx, one)

    async def _marking(self, tx: Tx, space: str, marking: told.Marking) -> None:
        one, mark, by = self.ids["space:" + space], self.ids["marking:" + marking.key], self.ids["person:" + marking.creator]
        holder = self.ids[f"member:{space}:{marking.creator}"]
        row = {"id": mark, "name": marking.name, "kind": marking.kind, "membership": holder, "by": by, "now": self.ago(250)}
        row |= {"authority": self.ids["agency:" + self.agency_of[marking.creator]], "to": access.FOREVER}
        row |= {"strong": False, "watermark": False}
        await team_queries.create_marking(tx, one, row)
        await access.intern(tx, one, frozenset({frozenset({mark})}))
        for person in marking.holders:
            member = self.ids[f"member:{space}:{person}"]
            await team_queries.clear(tx, one, {"membership": member, "marking": mark, "by": by, "now": self.ago(249), "to": access.FOREVER})

    async def _case(self, tx: Tx, space: str, case: told.Case) -> None:
        markings = frozenset(self.ids["marking:" + one] for one in case.markings)
        row = {
            "id": self.ids["case:" + case.key], "space": space, "vis": await access.intern(tx, space, frozenset({markings})),
            "markings": sorted(markings), "authority": self.ids["agency:" + case.authority], "lead": self.ids["person:" + case.lead],
            "title": case.title, "summary": case.summary, "countries": [c for c, _ in case.references],
            "numbers": [n for _, n in case.references], "offences": list(case.offences), "state": "open", "revision": 1,
            "created_at": self.ago(257),
        }  # fmt: skip
        await case_queries.create(tx, row)

    def _batches(self) -> Iterator[tuple[str, list[told.Record]]]:
        """Yield batches of records of one space: entities first, since a link needs its ends."""
        links = {it.key for it in self.story.links}
        by_space: defaultdict[tuple[str, bool], list[told.Record]] = defaultdict(list)
        for record in self.story.records:
            by_space[self.space_of[record.about], record.about in links].append(record)
        for (space, _), records in sorted(by_space.items(), key=lambda each: each[0]):
            for at in range(0, len(records), BATCH):
                yield space, records[at : at + BATCH]

    async def _records(self, tx: Tx, space: str, batch: list[told.Record]) -> None:
        entities = {it.key: it for it in self.story.entities}
        links = {it.key: it for it in self.story.links}
        new_links = {r.about: self._link(links[r.about]) for r in batch if r.about in links}
        new_entities = [NewEntity(self.ids[r.about], entities[r.about].kind) for r in batch if r.about in entities]
        records = [self._record(r, entities.get(r.about), new_links.get(r.about)) for r in batch]
        one = self.ids["space:" + space]
        changes = await writes.add(tx, one, list(dict.fromkeys(new_entities)), records)
        await self._tell(tx, one, batch, changes)

    def _link(self, link: told.Link) -> NewLink:
        return NewLink(self.ids[link.key], link.kind, self.ids[link.source], self.ids[link.target])

    def _record(self, r: told.Record, entity: told.Entity | None, link: NewLink | None) -> NewRecord:
        kind = link.kind if link else entity.kind if entity else ""
        values = {name: list(said) for name, said in r.values.items()}
        return NewRecord(
            id=self.ids["record:" + r.key], about=self.ids[r.about], kind=kind, case=self.ids["case:" + r.case], values=values,
            title=r.title, locator=r.locator, grade=r.grade, grade_original=r.grade_original, handling=r.handling,
            authority=self.ids["agency:" + r.authority], asserted_at=self.ago(r.days_ago), asserted_by=self.ids["person:" + r.by],
            markings=frozenset(self.ids["marking:" + one] for one in r.markings), valid_from=r.valid_from, valid_to=r.valid_to,
            caption="" if link else ontology.caption(kind, values), search="" if link else search_text(values),
            stated=() if link else stated(kind, values), link=link, status=r.status, status_reason=r.status_reason,
            exhibit=self._exhibit(self.space_of[r.about], r),
        )  # fmt: skip

    def _exhibit(self, space: str, r: told.Record) -> str | None:
        """Return the exhibit that a record of the heart cites."""
        return self.ids.get("exhibit:" + r.title) if space == JIT else None

    async def _tell(self, tx: Tx, space: str, batch: list[told.Record], changes: list[Change]) -> None:
        """Tell of the latest few, so that a space that opens for the first time has a past."""
        by_record = {it.record: it for it in changes}
        latest = sorted(sorted(batch, key=lambda r: r.days_ago)[:3], key=lambda r: -r.days_ago)
        for r in latest:
            change = by_record.get(self.ids["record:" + r.key])
            if change and r.days_ago < TOLD_RECENTLY:
                await outbox.append(tx, space, self.ids["person:" + r.by], self.ago(r.days_ago), [change])
