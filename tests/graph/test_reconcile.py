"""Events that the audit log does not name: derived into it, each once, by looking at what happened since and not at everything."""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING

from backend.core.audit import Operation
from backend.core.audit_read import stored
from backend.core.ids import new_id
from backend.oversight import service
from backend.oversight.service import reconcile
from graph import outbox
from graph.outbox import CONTROL, Change
from graph.queries import oversight as queries
from graph.records import stamp

if TYPE_CHECKING:
    import pytest

    from backend.core.audit import Entry
    from tests.support.world import World


async def happened(world: World, *changes: Change, space: str = "", minutes_ago: float = 0) -> list[str]:
    """Commit events as a server does that is killed before it logs them; return their ids."""
    at = stamp(world.parts.clock.now() - timedelta(minutes=minutes_ago))
    await world.parts.graph.write(lambda tx: outbox.append(tx, space or world.ids["Saltmarsh"], "somebody", at, list(changes)))
    return [it.id for it in changes]


def entries(world: World, events: list[str]) -> list[Entry]:
    """The entries that name these events."""
    return [one.entry for one in stored(world.parts.audit.folder) if one.entry and set(one.entry.events) & set(events)]


async def test_an_event_that_no_entry_names_becomes_an_entry(world: World) -> None:
    await world.space("Saltmarsh")
    subject = new_id()
    events = await happened(world, Change("entity", "given a name", subject))
    await reconcile(world.parts)
    told = [(it.operation, it.name, it.person, it.space, it.ids, list(it.events)) for it in entries(world, events)]
    assert told == [(Operation.ALTERATION, "reconciled.entity.given-a-name", "somebody", world.ids["Saltmarsh"], (subject,), events)]


async def test_an_event_of_the_control_stream_belongs_to_no_space(world: World) -> None:
    events = await happened(world, Change("person", "created", new_id()), space=CONTROL)
    await reconcile(world.parts)
    assert [it.space for it in entries(world, events)] == [None]


async def test_what_an_entry_names_is_not_logged_again(world: World) -> None:
    await world.space("Saltmarsh")
    await world.member("Saltmarsh", "Chiara", "lead")
    ctx = world.ctx("Chiara")
    events = await happened(world, Change("entity", "added", new_id()), Change("entity", "added", new_id()))
    ctx.trail.changed(world.ids["Saltmarsh"], "x", events)
    await ctx.trail.flush()
    await reconcile(world.parts)
    assert [it.name for it in entries(world, events)] == ["request"]


async def test_it_looks_at_no_event_twice(world: World, monkeypatch: pytest.MonkeyPatch) -> None:
    await world.space("Saltmarsh")
    monkeypatch.setattr(service, "PAGE", 2)
    events = await happened(world, *(Change("entity", "added", new_id()) for _ in range(5)))
    await reconcile(world.parts)
    later = await happened(world, Change("entity", "added", new_id()))
    behind = {space: (logged, seq) for space, logged, seq in await world.parts.graph.read(queries.behind)}
    assert behind[world.ids["Saltmarsh"]] == (5, 6)
    await reconcile(world.parts)
    assert world.ids["Saltmarsh"] not in {space for space, _, _ in await world.parts.graph.read(queries.behind)}
    assert len(entries(world, events + later)) == 6


async def test_a_running_server_leaves_what_a_request_may_be_about_to_log(world: World) -> None:
    await world.space("Saltmarsh")
    old = await happened(world, Change("entity", "added", new_id()), minutes_ago=30)
    young = await happened(world, Change("entity", "added", new_id()))
    await reconcile(world.parts, before=world.parts.clock.now() - service.IN_HAND)
    assert [len(entries(world, each)) for each in (old, young)] == [1, 0]
    await reconcile(world.parts)
    assert [len(entries(world, each)) for each in (old, young)] == [1, 1]
