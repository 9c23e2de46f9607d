"""Builds small worlds on a real graph through the services that people use, so that no test relies on a shape that only tests make."""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from datetime import timedelta
from typing import TYPE_CHECKING, Any

import orjson

from backend.cases import service as cases
from backend.core.actor import Actor
from backend.core.context import Context, trail_of
from backend.core.errors import NotFound
from backend.core.ids import new_id
from backend.entities import changes
from backend.entities import service as entities
from backend.entities.changes import Statement
from backend.entities.imports import run as import_run
from backend.entities.imports import service as imports
from backend.entities.imports.service import NewImport
from backend.evidence import challenges, consents, integrity, marking, uploads
from backend.evidence import changes as evidence
from backend.evidence import service as exhibits
from backend.evidence.challenges import New as Challenged
from backend.evidence.changes import New as NewExhibit
from backend.evidence.consents import New as Consented
from backend.evidence.rules import Derivation, Entry, ExhibitKind, Said, Verb
from backend.evidence.uploads import NewUpload
from backend.tasks import changes as tasks
from backend.tasks.comments import service as comments
from backend.tasks.rules import Assignee, AssigneeSort, Changes, New
from backend.teams import service as teams
from backend.teams.agreements import service as agreements
from backend.teams.agreements.rules import AgreementState
from backend.teams.policy import Role
from graph import access
from graph.queries import agencies as agency_queries
from graph.queries import evidence_checks
from graph.queries import teams as team_queries
from graph.records import stamp

if TYPE_CHECKING:
    from collections.abc import AsyncIterator, Iterable

    from backend.core.context import Parts
    from backend.entities.views import EntityView, LinkView

YEAR = timedelta(days=365)


@dataclass
class World:
    """People, spaces, markings and entities by the names that a test gives them."""

    parts: Parts
    ids: dict[str, str] = field(default_factory=dict[str, str])
    memberships: dict[tuple[str, str], str] = field(default_factory=dict[tuple[str, str], str])
    agencies: dict[str, str] = field(default_factory=dict[str, str])
    of_person: dict[str, str] = field(default_factory=dict[str, str])

    @property
    def now(self) -> str:
        return stamp(self.parts.clock.now())

    async def agency(self, country: str) -> str:
        """One police authority for each country."""
        if country not in self.agencies:
            self.agencies[country] = new_id()
            row = {"id": self.agencies[country], "name": f"Police of {country}", "country": country, "type": "police", "languages": ["en"]}
            await self.parts.graph.write(lambda tx: agency_queries.create_agency(tx, row))
        return self.agencies[country]

    async def person(
        self, name: str, country: str = "IT", *, administrator: bool = False, agency_administrator: bool = False, password: str = ""
    ) -> str:
        agency, person = await self.agency(country), new_id()
        row: dict[str, Any] = {
            "id": person, "login": person, "name": name, "function": "investigator", "languages": ["en"], "password": password,
            "disabled": False, "administrator": administrator, "failures": 0, "locked_until": "",
            "agency_administrator": agency_administrator,
        }  # fmt: skip
        await self.parts.graph.write(lambda tx: agency_queries.create_person(tx, agency, row))
        self.ids[name], self.of_person[name] = person, agency
        return person

    async def space(self, name: str, *, state: str = "in_force", since: timedelta = -YEAR, until: timedelta = YEAR) -> str:
        space, now = new_id(), self.parts.clock.now()
        agreement = {
            "id": new_id(), "purpose": "A test", "parties": ["IT", "NL"], "state": state,
            "valid_from": stamp(now + since), "valid_to": stamp(now + until), "revision": 1,
        }  # fmt: skip
        await self.parts.graph.write(lambda tx: team_queries.create_space(tx, space, name, "joint_investigation_team", 0, agreement))
        await self.parts.keys.create(space)
        self.ids[name] = space
        return space

    async def agree(self, space: str, state: str, by: str) -> None:
        """Move the agreement of a space to another state."""
        found = await agreements.agreement(self.ctx(by), self.ids[space])
        expected = agreements.version(found["agreement"]) if found else ""
        await agreements.set_state(self.ctx(by), self.ids[space], AgreementState(state), "as decided", expected, new_id())

    async def member(
        self,
        space: str,
        person: str,
        role: str = "investigator",
        *,
        since: timedelta = -YEAR,
        until: timedelta | None = None,
        state: str = "active",
    ) -> str:
        """Make `person` (created on first mention as NAME or NAME@COUNTRY) a member."""
        name, _, country = person.partition("@")
        if name not in self.ids:
            await self.person(name, country or "IT")
        membership = new_id()
        row = {
            "id": membership, "user": self.ids[name], "role": role, "state": state, "valid_from": stamp(self.parts.clock.now() + since),
            "valid_to": stamp(self.parts.clock.now() + until) if until else access.FOREVER, "now": self.now, "by": "test",
        }  # fmt: skip

        async def work(tx: Any) -> None:
            await team_queries.create_membership(tx, self.ids[space], row)
            await access.changed(tx, self.ids[space])

        await self.parts.graph.write(work)
        self.memberships[space, name] = membership
        return membership

    def ctx(self, person: str) -> Context:
        """What a request of this person is handed, who signed in strongly."""
        actor = Actor(self.ids[person], person, self.of_person[person], f"session-{self.ids[person]}", strong_at=access.FOREVER)
        return Context(self.parts, actor, trail_of(self.parts, actor), "TEST-00")

    async def marking(
        self, space: str, name: str, by: str, holders: Iterable[str] = (), *, strong: bool = False, watermark: bool = False
    ) -> str:
        """Create a marking by someone who may, and clear the holders for it; a strong one needs a strong sign-in."""
        made = await teams.create_marking(
            self.ctx(by), self.ids[space], name, "covert_source", new_id(), strong=strong, watermark=watermark
        )
        self.ids[name] = made
        for holder in holders:
            await teams.clear(self.ctx(by), self.ids[space], self.memberships[space, holder], made, None, new_id())
        return made

    async def exhibit(
        self,
        space: str,
        name: str,
        by: str,
        case: str,
        markings: Iterable[str] = (),
        *,
        parent: str | None = None,
        handling: str = "H0",
        translated: str = "",
    ) -> str:
        """Register a physical exhibit; `translated` into a language, it is a translation of its parent."""
        said = Said(title=name, kind=ExhibitKind.DEVICE, handling=handling, details={"seal_number": "0048812"})
        if translated:
            said = replace(said, derivation=Derivation.TRANSLATION, details=said.details | {"language": translated})
        held = frozenset(self.ids[m] for m in markings)
        new = NewExhibit(self.ids[case], said, self.ids[parent] if parent else None, held)
        self.ids[name] = await evidence.register(self.ctx(by), self.ids[space], new, Entry(Verb.COLLECTED), new_id())
        return self.ids[name]

    async def mark_exhibit(self, space: str, name: str, by: str, *markings: str) -> None:
        """Put markings on an exhibit and on what was derived from it."""
        one, held = self.ids[name], frozenset(self.ids[m] for m in markings)
        version = (await exhibits.exhibit(self.ctx(by), self.ids[space], one))["version"]
        await marking.mark(self.ctx(by), self.ids[space], one, held, version, new_id())

    async def release_exhibit(self, space: str, name: str, by: str, *markings: str, reason: str = "no risk any more") -> None:
        """Take markings off an exhibit again."""
        one, held = self.ids[name], frozenset(self.ids[m] for m in markings)
        version = (await exhibits.exhibit(self.ctx(by), self.ids[space], one))["version"]
        await marking.release(self.ctx(by), self.ids[space], one, held, reason, version, new_id())

    async def challenge(self, space: str, exhibit: str, by: str, country: str = "IT") -> str:
        """Challenge an exhibit; return the challenge's id."""
        ctx, one = self.ctx(by), self.ids[exhibit]
        new = Challenged("The defence", "Order signed after collection", "Court of Naples", country)
        await challenges.challenge(ctx, self.ids[space], one, new, new_id())
        return (await challenges.challenges(ctx, self.ids[space], one))[-1]["id"]

    async def consent(self, space: str, exhibit: str, by: str, country: str | None = "NL", recipient: str | None = None) -> str:
        """Give the provider's consent to a use of an exhibit; return the consent's id."""
        ctx, one = self.ctx(by), self.ids[exhibit]
        await consents.give(ctx, self.ids[space], one, Consented(country, recipient), new_id())
        await self.parts.jobs.wait(f"standing {one}")
        return (await consents.consents(ctx, self.ids[space], one)).given[-1]["id"]

    async def file(self, space: str, name: str, by: str, case: str, content: bytes, markings: Iterable[str] = ()) -> str:
        """Send a file, which becomes an exhibit of the same name."""
        held = frozenset(self.ids[m] for m in markings)
        wanted = NewUpload(NewExhibit(self.ids[case], Said(), None, held), name, len(content))
        begun = await uploads.begin(self.ctx(by), self.ids[space], wanted)
        await uploads.receive(self.ctx(by), self.ids[space], begun["id"], 0, _one_piece(content))
        self.ids[name] = begun["id"]
        await self.parts.jobs.wait(begun["id"])  # its pages are being read
        return begun["id"]

    async def found_altered(self, space: str, name: str, by: str) -> None:
        """Let a check find that the file of an exhibit is not the one that was recorded."""
        one = self.ids[name]
        await self.parts.graph.write(lambda tx: evidence_checks.set_checked(tx, [{"id": one, "sha256": "0" * 64}]))
        await integrity.check(self.ctx(by), self.ids[space], one, new_id())
        await self.parts.jobs.wait(f"check {one}")

    async def case(self, space: str, name: str, by: str, markings: Iterable[str] = ()) -> str:
        said = {"title": name, "summary": "", "countries": ["IT"], "numbers": ["1/26"], "offences": []}
        held = frozenset(self.ids[m] for m in markings)
        self.ids[name] = await cases.create(self.ctx(by), self.ids[space], said, held, new_id())
        return self.ids[name]

    def said(self, case: str, markings: Iterable[str] = (), **values: str) -> Statement:
        """A statement in a case; values by property name."""
        held = frozenset(self.ids[m] for m in markings)
        return Statement(self.ids[case], {name: [value] for name, value in values.items()}, "E-100", "p.1", "B2", markings=held)

    async def entity(
        self, space: str, name: str, by: str, case: str, /, *, kind: str = "Person", markings: Iterable[str] = (), **values: str
    ) -> str:
        said = self.said(case, markings, **(values or {"name": name}))
        self.ids[name] = await changes.add_entity(self.ctx(by), self.ids[space], kind, said, new_id())
        return self.ids[name]

    async def link(
        self,
        space: str,
        name: str,
        ends: tuple[str, str],
        by: str,
        case: str,
        /,
        *,
        kind: str = "Associate",
        markings: Iterable[str] = (),
        **values: str,
    ) -> str:
        source, target = (self.ids[end] for end in ends)
        said = self.said(case, markings, **values)
        self.ids[name] = await changes.add_link(self.ctx(by), self.ids[space], kind, source, target, said, new_id())
        return self.ids[name]

    async def bring_in(self, space: str, name: str, by: str, case: str, people: Iterable[str], /, *, markings: Iterable[str] = ()) -> str:
        """Import a file that names these people, to its end; a last line that is none is refused. They are known by their names."""
        ctx, held = self.ctx(by), frozenset(self.ids[one] for one in markings)
        wanted = NewImport(self.ids[case], name, "ftm_json", f"{name}.json", held, "B2", "H0")
        self.ids[name] = job = await imports.create(ctx, self.ids[space], wanted, new_id())
        await imports.upload(ctx, self.ids[space], job, _lines(people))
        await imports.begin(ctx, self.ids[space], job, None, new_id())
        await import_run.run(ctx, self.ids[space], job)
        page = await entities.listing(ctx, self.ids[space], None, None, None, None, 100)
        self.ids |= {row.caption: row.id for row in page.items if row.caption in people}
        return job

    async def task(
        self,
        space: str,
        name: str,
        by: str,
        *,
        to: str = "",
        case: str | None = None,
        about: Iterable[str] = (),
        markings: Iterable[str] = (),
        said: Changes | None = None,
    ) -> str:
        """Make a task; `to` is a person by name, or nobody."""
        given = Assignee(AssigneeSort.PERSON, self.ids[to]) if to else Assignee()
        wanted = replace(said or Changes(), title=name, assignee=given)
        held, items = frozenset(self.ids[m] for m in markings), [self.ids[each] for each in about]
        new = New(wanted, self.ids[case] if case else None, items, held)
        self.ids[name] = await tasks.create(self.ctx(by), self.ids[space], new, new_id())
        return self.ids[name]

    async def comment(self, space: str, name: str, by: str, task: str, *, mentions: Iterable[str] = ()) -> str:
        """Say something about a task; the name of the comment is what is said."""
        mentioned = [self.ids[who] for who in mentions]
        self.ids[name] = await comments.say(self.ctx(by), self.ids[space], self.ids[task], name, mentioned, new_id())
        return self.ids[name]

    async def view(self, space: str, name: str, by: str) -> EntityView | LinkView:
        """Look an entity or link up as a person sees it."""
        try:
            return await entities.look_up(self.ctx(by), self.ids[space], self.ids[name])
        except NotFound:
            return await entities.look_up_link(self.ctx(by), self.ids[space], self.ids[name])

    async def record(
        self,
        space: str,
        about: str,
        by: str,
        case: str,
        /,
        *,
        markings: Iterable[str] = (),
        exhibit: str | None = None,
        locator: str = "p.1",
        handling: str = "H0",
        **values: str,
    ) -> str:
        """Say something more about an entity or link, citing an exhibit where one is named."""
        seen, cited = await self.view(space, about, by), self.ids[exhibit] if exhibit else None
        said = replace(self.said(case, markings, **values), exhibit=cited, locator=locator, handling=handling)
        return await changes.add_record(self.ctx(by), self.ids[space], self.ids[about], said, seen.version, new_id())

    async def mark(self, space: str, about: str, by: str, *markings: str, place: int = -1) -> None:
        """Put markings on a record of an entity or link; the newest one unless said otherwise."""
        seen, held = await self.view(space, about, by), frozenset(self.ids[one] for one in markings)
        await changes.mark(self.ctx(by), self.ids[space], self._record_of(seen, about, place), held, seen.version, new_id())

    async def release(self, space: str, about: str, by: str, *markings: str, place: int = -1) -> None:
        """Take markings off a record again."""
        seen, held = await self.view(space, about, by), frozenset(self.ids[one] for one in markings)
        record = self._record_of(seen, about, place)
        await changes.release(self.ctx(by), self.ids[space], record, held, "no risk any more", seen.version, new_id())

    async def retract(self, space: str, about: str, by: str, *, place: int = -1) -> None:
        """Retract a record of an entity or link."""
        seen = await self.view(space, about, by)
        await changes.retract(self.ctx(by), self.ids[space], self._record_of(seen, about, place), "wrong", seen.version, new_id())

    def _record_of(self, seen: EntityView | LinkView, about: str, place: int) -> str:
        """A record of the thing itself, in the order said; of a merged one others are seen as well."""
        return [r.id for r in seen.records if r.about == self.ids[about]][place]

    async def merge(self, space: str, name: str, pair: tuple[str, str], by: str, case: str, /, *, markings: Iterable[str] = ()) -> str:
        """Say that two entities are the same."""
        one, other = (self.ids[each] for each in pair)
        self.ids[name] = await changes.merge(self.ctx(by), self.ids[space], one, other, self.said(case, markings), new_id())
        return self.ids[name]

    def at(self, clock: Any) -> World:
        """The same world at another time."""
        return replace(self, parts=replace(self.parts, clock=clock))


async def _lines(people: Iterable[str]) -> AsyncIterator[bytes]:
    for one in people:
        yield orjson.dumps({"id": one, "schema": "Person", "properties": {"name": [one]}}) + b"\n"
    yield b"not a line of this format\n"


async def team(world: World) -> World:
    """Two countries, one case, one marking: the world that most tests start from.

    Chiara (IT) leads and holds *Covert*; Maarten (NL) investigates without it; Eglė (LT) investigates with it; Osk is oversight.
    """
    await world.space("Saltmarsh")
    await world.member("Saltmarsh", "Chiara@IT", Role.LEAD)
    await world.member("Saltmarsh", "Maarten@NL")
    await world.member("Saltmarsh", "Eglė@LT")
    await world.member("Saltmarsh", "Osk@NL", Role.OVERSIGHT)
    await world.marking("Saltmarsh", "Covert", "Chiara", ["Eglė"])
    await world.case("Saltmarsh", "NA-1", "Chiara")
    return world


async def _one_piece(content: bytes) -> AsyncIterator[bytes]:
    yield content
