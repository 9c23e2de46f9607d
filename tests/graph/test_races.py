"""Two writers at the same time: the class of what both touch comes out as its records say (ARCHITECTURE §4.5).

Each race is set up by hand (`tests/support/staging.py`): both have read the records before either has committed, unless the lock keeps the
second out, which is what is tested. Without `access.lock` every race of the first part is lost on Neo4j, and four of the six on the
embedded engine, which refuses the second of two who happen to write one page.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from backend.core.errors import Conflict
from backend.core.ids import new_id
from backend.entities import changes
from backend.entities import service as entities
from backend.teams import service as teams
from backend.teams.policy import Role
from graph import access
from graph.queries import entity_writes as writes
from graph.records import NewEntity, NewLink, NewRecord
from tests.support.staging import Abandoned, failing, race
from tests.support.world import World, team

if TYPE_CHECKING:
    from backend.entities.views import EntityView, LinkView
    from graph.driver import Tx
    from tests.support.staging import Step

SPACE = "Saltmarsh"
FILLER = dict.fromkeys(("summary", "notes", "description", "keywords", "education", "religion", "political", "title"), "x" * 9000)
"""More than a page of the embedded engine: two records far apart do not conflict by lying side by side."""


async def two_records(world: World, about: str) -> list[str]:
    """An entity or link of two unmarked records that lie on different pages; return their ids."""
    await team(world)
    await world.member(SPACE, "Odile@FR", Role.PROSECUTOR)
    await teams.clear(world.ctx("Chiara"), world.ids[SPACE], world.memberships[SPACE, "Odile"], world.ids["Covert"], None, new_id())
    for name in ("Ilian", "Tamsin"):
        await world.entity(SPACE, name, "Chiara", "NA-1")
    await world.link(SPACE, "met", ("Ilian", "Tamsin"), "Chiara", "NA-1")
    await world.entity(SPACE, "Filler", "Chiara", "NA-1", **FILLER)
    seen = await look_up(world, about)
    said = world.said("NA-1", summary="said again")
    second = await changes.add_record(world.ctx("Chiara"), world.ids[SPACE], world.ids[about], said, seen.version, new_id())
    await world.entity(SPACE, "Filler", "Chiara", "NA-1", **FILLER)
    return [seen.records[0].id, second]


async def look_up(world: World, about: str, who: str = "Chiara") -> EntityView | LinkView:
    ask = entities.look_up_link if about == "met" else entities.look_up
    return await ask(world.ctx(who), world.ids[SPACE], world.ids[about])


async def classes(world: World, about: str) -> tuple[str, str]:
    """The class that is stored on an entity or link, and the one that its records make."""
    space, one = world.ids[SPACE], world.ids[about]

    async def work(tx: Tx) -> tuple[str, str]:
        stored = await tx.value("MATCH (e:Entity {id: $id}) RETURN e.vis", id=one)
        stored = stored or await tx.value(
            "MATCH (:Entity {space: $space})-[l]->(:Entity) WHERE l.id = $id RETURN l.vis", id=one, space=space
        )
        sets = await tx.rows("MATCH (r:Record {about: $id}) RETURN collect(r.markings)", id=one)
        return stored, access.class_id(space, access.absorb(frozenset(markings) for markings in sets))

    return await world.parts.graph.read(work)


async def version(world: World, about: str, who: str) -> str:
    """What this person passes back as the state that they know; nobody else's would do."""
    return (await look_up(world, about, who)).version


async def marks(world: World, about: str, who: str, record: str) -> Step:
    """This person puts *Covert* on a record."""
    known = await version(world, about, who)
    held = frozenset({world.ids["Covert"]})
    return world.ctx(who), lambda ctx: changes.mark(ctx, world.ids[SPACE], record, held, known, new_id())


async def adds(world: World, about: str, who: str, *markings: str) -> Step:
    """This person adds a record."""
    known, said = await version(world, about, who), world.said("NA-1", markings, summary="said by a source")
    return world.ctx(who), lambda ctx: changes.add_record(ctx, world.ids[SPACE], world.ids[about], said, known, new_id())


def creates(world: World, name: str, *markings: str) -> Step:
    """Chiara creates an entity."""
    said = world.said("NA-1", markings, name=name)
    return world.ctx("Chiara"), lambda ctx: changes.add_entity(ctx, world.ids[SPACE], "Person", said, new_id())


def brings(world: World, about: str, *markings: str, link: NewLink | None = None) -> Step:
    """An import brings a record about an entity or link; it knows no version of it. Returns how many records are new."""
    one, held = world.ids[about], frozenset(world.ids[name] for name in markings)
    chiara, kind = world.ids["Chiara"], link.kind if link else "Person"
    new = NewRecord(
        new_id(), one, kind, world.ids["NA-1"], {"summary": ["said"]}, "set.csv", "row 1", None, None, "H0", world.of_person["Chiara"],
        world.now, chiara, held, link=link,
    )  # fmt: skip

    async def work(tx: Tx) -> int:
        fresh, _ = await writes.put(tx, world.ids[SPACE], [] if link else [NewEntity(one, "Person")], [new])
        return len(fresh)

    return world.ctx("Chiara"), lambda ctx: ctx.graph.write(work)


async def done(step: Step) -> object:
    """Let somebody do this alone."""
    return await step[1](step[0])


async def names(world: World, who: str) -> set[str]:
    """What this person finds in the space."""
    return {row.caption for row in (await entities.listing(world.ctx(who), world.ids[SPACE], None, None, None, None, 50)).items}


# ── writers of one subject ────────────────────────────────────────────────────────────────────────────────────────────────────────


@pytest.mark.parametrize("about", ["Ilian", "met"])
async def test_two_who_mark_the_last_open_records_do_not_each_leave_it_open(world: World, about: str) -> None:
    records = await two_records(world, about)
    steps = [await marks(world, about, who, record) for who, record in zip(("Chiara", "Odile"), records, strict=True)]
    outcome = await race(access.CLASSES_OF_RECORDS, steps[0], steps[1])
    stored, right = await classes(world, about)
    assert stored == right
    assert [type(each) for each in outcome] == [str, Conflict]


@pytest.mark.parametrize("about", ["Ilian", "met"])
async def test_who_marks_and_who_adds_do_not_leave_it_open_between_them(world: World, about: str) -> None:
    records = await two_records(world, about)
    await done(await marks(world, about, "Chiara", records[0]))
    steps = await marks(world, about, "Chiara", records[1]), await adds(world, about, "Eglė", "Covert")
    outcome = await race(access.CLASSES_OF_RECORDS, steps[0], steps[1])
    assert (await classes(world, about))[0] == (await classes(world, about))[1]
    assert [type(each) for each in outcome] == [str, Conflict]


async def test_two_imports_that_add_to_one_entity_leave_the_class_of_all_its_records(world: World) -> None:
    await team(world)
    await world.marking(SPACE, "Privileged", "Chiara")
    await world.entity(SPACE, "Ilian", "Chiara", "NA-1", markings=["Covert"])
    outcome = await race(access.CLASSES_OF_RECORDS, brings(world, "Ilian"), brings(world, "Ilian", "Privileged"))
    assert (await classes(world, "Ilian"))[0] == (await classes(world, "Ilian"))[1]
    assert outcome == [1, 1]


async def test_two_who_draw_one_new_link_draw_it_once_with_the_records_of_both(world: World) -> None:
    await team(world)
    for name in ("Ilian", "Tamsin"):
        await world.entity(SPACE, name, "Chiara", "NA-1")
    link = NewLink(new_id(), "Associate", world.ids["Ilian"], world.ids["Tamsin"])
    world.ids["met"] = link.id
    outcome = await race(writes.KNOWN_LINKS, brings(world, "met", "Covert", link=link), brings(world, "met", link=link))
    drawn = "MATCH (:Entity {id: $id})-[l]->(:Entity) RETURN count(l)"
    assert await world.parts.graph.read(lambda tx: tx.value(drawn, id=link.source)) == 1
    assert (await classes(world, "met"))[0] == (await classes(world, "met"))[1]
    assert outcome == [1, 1]


# ── interning ─────────────────────────────────────────────────────────────────────────────────────────────────────────────────────


async def test_two_who_intern_one_new_class_make_one_and_a_reader_between_sees_it_afterwards(world: World) -> None:
    await team(world)
    await world.marking(SPACE, "Privileged", "Chiara", ["Eglė"])
    for name in ("Ilian", "Tamsin"):
        await world.entity(SPACE, name, "Chiara", "NA-1", markings=["Covert"])
    both = ("Covert", "Privileged")

    async def nothing_yet() -> None:
        assert await names(world, "Eglė") == {"Ilian", "Tamsin"}

    steps = creates(world, "Perla", *both), creates(world, "Oda", *both)
    outcome = await race(access.INTERN, steps[0], steps[1], between=nothing_yet)
    assert [type(each) for each in outcome] == [str, str]
    one = access.class_id(world.ids[SPACE], frozenset({frozenset(world.ids[name] for name in both)}))
    assert await world.parts.graph.read(lambda tx: tx.value("MATCH (c:VisibilityClass {id: $id}) RETURN count(c)", id=one)) == 1
    assert await names(world, "Eglė") == {"Ilian", "Tamsin", "Perla", "Oda"}
    assert await names(world, "Maarten") == set()


async def test_a_write_that_is_rolled_back_leaves_nothing_in_the_cache_of_classes(world: World) -> None:
    await team(world)
    for name in ("Privileged", "Victim"):
        await world.marking(SPACE, name, "Chiara", ["Eglė"])
    await world.entity(SPACE, "Ilian", "Chiara", "NA-1", markings=["Covert"])
    ctx, work = await adds(world, "Ilian", "Chiara", "Covert", "Victim")
    with pytest.raises(Abandoned):
        await work(failing(ctx, access.SET_ENTITIES))
    await done(creates(world, "Perla", "Covert", "Privileged"))
    assert await names(world, "Eglė") == {"Ilian", "Perla"}
