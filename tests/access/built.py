"""Builds a generated world through the services that people use."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta
from typing import TYPE_CHECKING, Any

import orjson

from backend.core.clock import FixedClock
from backend.core.ids import new_id
from backend.entities import changes
from backend.entities.imports import run as import_run
from backend.entities.imports import service as imports
from backend.entities.imports import undo
from backend.entities.imports.planned import DataSet
from backend.entities.imports.service import NewImport
from backend.tasks import changes as tasks
from backend.tasks import service as task_service
from backend.tasks.comments import service as comments
from backend.tasks.rules import Assignee, AssigneeSort, Changes, New, TaskState
from backend.teams import service as teams
from backend.teams.policy import Role
from graph import ontology
from tests.access.described import Clearance
from tests.support.world import YEAR

if TYPE_CHECKING:
    from collections.abc import AsyncIterator
    from datetime import datetime

    from backend.entities.changes import Statement
    from tests.access.described import Deed, Record, Space
    from tests.support.world import World


async def build(world: World, space: Space) -> None:
    """Make people, markings and cases; then say and do everything as the chief; then take away what was held until then."""
    await world.space(space.name)
    await world.member(space.name, space.chief, Role.LEAD)
    for name, person in space.people.items():
        await world.member(space.name, name, person.role, until=-timedelta(days=1) if person.lapsed else YEAR)
    for one in space.markings:
        await _marking(world, space, one)
    for name, markings in space.cases.items():
        await world.case(space.name, name, space.chief, markings)
    await _furnish(world, space)
    for who, person in space.people.items():
        for one in (one for one, how in person.cleared.items() if how is Clearance.WITHDRAWN):
            await _withdraw(world, space, who, one)


async def _furnish(world: World, space: Space) -> None:
    for name in space.imports:
        await _bring(world, space, name)
    for record in space.records:
        if not record.brought:
            await _enter(world, space, record)
    for deed in space.deeds:
        await _done(world, space, deed)
    for name in space.tasks:
        await _task(world, space, name)
    for name, said in space.comments.items():
        await world.comment(space.name, name, said.by, said.task, mentions=said.mentions)
        if said.withdrawn:
            await comments.withdraw(world.ctx(said.by), world.ids[space.name], world.ids[name], "not so", new_id())
    for name, task in space.tasks.items():
        if task.closed:
            await _change_task(world, space, name, Changes(state=TaskState.DONE))


async def overtake(world: World, space: Space) -> None:
    """Say what the chief says while others write, and rename every task."""
    for record in space.late:
        await _enter(world, space, record)
    for name in space.tasks:
        await _change_task(world, space, name, Changes(title=f"{name}, said better"))


# ── markings and who is cleared for them ──────────────────────────────────────────────────────────────────────────────────────────


async def _marking(world: World, space: Space, one: str) -> None:
    """Create a marking two days ago; what ran out was given then."""
    now = world.parts.clock.now()
    earlier, later = (world.at(FixedClock(now + timedelta(days=days))) for days in (-2, 1))
    await earlier.marking(space.name, one, space.chief)
    for who, person in space.people.items():
        match person.cleared.get(one):
            case Clearance.ENDED:
                await _clear(earlier, space, who, one, now - timedelta(hours=1))
            case Clearance.LATER:
                await _clear(later, space, who, one)
            case Clearance.AGAIN:
                await _clear(world, space, who, one)
                await _withdraw(world, space, who, one)
                await _clear(world, space, who, one)
            case Clearance.HELD | Clearance.WITHDRAWN:
                await _clear(world, space, who, one)
            case None:
                pass


async def _clear(world: World, space: Space, who: str, one: str, to: datetime | None = None) -> None:
    membership = world.memberships[space.name, who]
    await teams.clear(world.ctx(space.chief), world.ids[space.name], membership, world.ids[one], to, new_id())


async def _withdraw(world: World, space: Space, who: str, one: str) -> None:
    await teams.withdraw(world.ctx(space.chief), world.ids[space.name], world.memberships[space.name, who], world.ids[one], new_id())


# ── what is said ──────────────────────────────────────────────────────────────────────────────────────────────────────────────────


async def _bring(world: World, space: Space, name: str) -> None:
    """Import a file to its end, and undo that again where it is so."""
    ctx, there, wanted = world.ctx(space.chief), world.ids[space.name], space.imports[name]
    held = frozenset(world.ids[one] for one in wanted.markings)
    new = NewImport(world.ids[wanted.case], name, "ftm_json", f"{name}.json", held, "B2", "H0")
    world.ids[name] = job = await imports.create(ctx, there, new, new_id())
    await imports.upload(ctx, there, job, _file(space, name))
    await imports.begin(ctx, there, job, None, new_id())
    await import_run.run(ctx, there, job)
    await _know(world, space, name)
    if wanted.undone:
        await undo.undo(ctx, there, job, "the wrong file", new_id())
        await world.parts.jobs.wait(job)


async def _file(space: Space, name: str) -> AsyncIterator[bytes]:
    for record in _lines(space, name):
        said: dict[str, list[str]] = {each: [value] for each, value in record.values.items()}
        schema = space.kinds.get(record.about)
        if schema is None:
            schema, source, target = space.links[record.about]
            kind = ontology.link_kind(schema)
            said |= {kind.source_properties[0]: [source], kind.target_properties[0]: [target]}
        yield orjson.dumps({"id": record.about, "schema": schema, "properties": said}) + b"\n"
    yield b"not a line of this format\n"


def _lines(space: Space, name: str) -> list[Record]:
    return [record for record in space.records if record.brought == name]


async def _know(world: World, space: Space, name: str) -> None:
    """Learn the ids of what an import brought: they follow from the data set and the keys in the file."""
    there = world.ids[space.name]
    row = (await imports.jobs(world.ctx(space.chief), there, world.ids[name]))[0]
    data_set = DataSet(row, (await world.parts.keys.of(there)).ids)
    for record in _lines(space, name):
        if record.about in space.kinds:
            world.ids[record.about] = data_set.id("entity", record.about)
        else:
            kind, source, target = space.links[record.about]
            world.ids[record.about] = data_set.id("link", kind, record.about, source, target)


async def _enter(world: World, space: Space, record: Record) -> None:
    ctx, there, ids = world.ctx(space.chief), world.ids[space.name], world.ids
    said: Statement = replace(world.said(record.case, record.markings, **record.values), title=record.name)
    if record.about in ids:
        seen = await world.view(space.name, record.about, space.chief)
        await changes.add_record(ctx, there, ids[record.about], said, seen.version, new_id())
    elif record.about in space.kinds:
        ids[record.about] = await changes.add_entity(ctx, there, space.kinds[record.about], said, new_id())
    elif record.about in space.links:
        kind, source, target = space.links[record.about]
        ids[record.about] = await changes.add_link(ctx, there, kind, ids[source], ids[target], said, new_id())
    else:
        a, b = space.merges[record.about]
        ids[record.about] = await changes.merge(ctx, there, ids[a], ids[b], said, new_id())


async def _done(world: World, space: Space, deed: Deed) -> None:
    record = next(record for record in space.records if record.name == deed.record)
    seen = await world.view(space.name, record.about, space.chief)
    own = [r for r in seen.records if r.about == world.ids[record.about]]
    place = [f"{r.title} {r.locator}" if record.brought else r.title for r in own].index(record.name)
    if deed.verb == "retract":
        await world.retract(space.name, record.about, space.chief, place=place)
    else:
        do = world.mark if deed.verb == "mark" else world.release
        await do(space.name, record.about, space.chief, *deed.markings, place=place)


# ── what is to be done ────────────────────────────────────────────────────────────────────────────────────────────────────────────


async def _task(world: World, space: Space, name: str) -> None:
    task, ids = space.tasks[name], world.ids
    wanted = Changes(title=name, assignee=_assignee(world, space, task.to))
    held = frozenset(ids[one] for one in task.markings)
    new = New(wanted, ids[task.case] if task.case else None, [ids[one] for one in task.about], held)
    ids[name] = await tasks.create(world.ctx(space.chief), ids[space.name], new, new_id())


def _assignee(world: World, space: Space, to: str) -> Assignee:
    if not to:
        return Assignee()
    return Assignee(AssigneeSort.PERSON, world.ids[to]) if to in space.people else Assignee(AssigneeSort.ROLE, to)


async def _change_task(world: World, space: Space, name: str, said: Changes) -> None:
    ctx, there = world.ctx(space.chief), world.ids[space.name]
    seen: dict[str, Any] = await task_service.task(ctx, there, world.ids[name])
    await tasks.alter(ctx, there, world.ids[name], said, seen["version"], new_id())
