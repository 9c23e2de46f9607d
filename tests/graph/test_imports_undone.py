"""Checks of a whole file that write nothing, imports that are undone, and mappings that an agency keeps."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING, Any

import pytest

from backend.core.errors import Conflict, Forbidden, Invalid, NotFound
from backend.core.ids import new_id
from backend.entities import service as entities
from backend.entities.imports import kept, run, service, undo
from backend.entities.imports.layouts import Layout
from backend.entities.markings import service as raising
from backend.network import service as network
from backend.teams import service as teams
from graph.queries import markings as marking_queries
from tests.graph.test_imports import MAPPING, asked, begun, imported, lines, pieces, refused, table
from tests.support.world import World, team
from tests.unit.test_imports_templates import CALLS, GERMAN

if TYPE_CHECKING:
    from backend.core.context import Context

SPACE = "Saltmarsh"
OF_NAMES = "queries: [{entities: {A: {schema: Person, keys: [name], properties: {name: {column: name}}}}}]"


async def row(world: World, job: str, who: str = "Chiara") -> dict[str, Any]:
    return (await service.jobs(world.ctx(who), world.ids[SPACE], job))[0]


async def checked(ctx: Context, world: World, job: str, mapping: str | None) -> None:
    await service.begin(ctx, world.ids[SPACE], job, mapping, new_id(), state="checking")
    await run.run(ctx, world.ids[SPACE], job)


async def sent(ctx: Context, world: World, data: bytes, form: str = "csv") -> str:
    job = await service.create(ctx, world.ids[SPACE], asked(world, form), new_id())
    await service.upload(ctx, world.ids[SPACE], job, pieces(data))
    return job


async def undone(world: World, job: str, who: str = "Maarten") -> None:
    await undo.undo(world.ctx(who), world.ids[SPACE], job, "wrong file", new_id())
    await world.parts.jobs.wait(job)


async def total(world: World, who: str = "Maarten") -> int:
    return (await entities.listing(world.ctx(who), world.ids[SPACE], None, None, None, None, 50)).total


async def statuses(world: World, who: str = "Maarten") -> set[str]:
    page = await entities.listing(world.ctx(who), world.ids[SPACE], None, None, None, None, 50)
    found = [await entities.look_up(world.ctx(who), world.ids[SPACE], one.id) for one in page.items]
    return {record.status for each in found for record in each.records}


async def test_a_check_of_the_whole_file_says_what_the_import_says_and_writes_nothing(world: World) -> None:
    await team(world)
    ctx = world.ctx("Maarten")
    job = await sent(ctx, world, table(60))
    await checked(ctx, world, job, MAPPING)
    found = await row(world, job)
    assert (found["state"], found["read"], found["accepted"], found["rejected"]) == ("checked", 61, 60, 1)
    report = await refused(ctx, world, job)
    assert ([it[:2] for it in report], await total(world)) == ([["62", "date"]], 0)
    await service.begin(ctx, world.ids[SPACE], job, MAPPING, new_id())
    await run.run(ctx, world.ids[SPACE], job)
    found = await row(world, job)
    assert (found["state"], found["read"], found["accepted"], found["rejected"]) == ("done", 61, 60, 1)
    assert (await refused(ctx, world, job), await total(world)) == (report, 12)


async def test_a_check_finds_links_to_nothing_and_things_of_two_kinds(world: World) -> None:
    await team(world)
    ctx = world.ctx("Maarten")
    data = b"\n".join([
        lines(("a", "Person", {})), lines(("a", "Company", {})), lines(("c", "Company", {})),
        lines(("o", "Ownership", {"owner": "a", "asset": "c"})), lines(("x", "Ownership", {"owner": "a", "asset": "nowhere"})),
    ])  # fmt: skip
    job = await sent(ctx, world, data, "ftm_json")
    await checked(ctx, world, job, None)
    report = await refused(ctx, world, job)
    assert [it[:2] for it in report] == [["2", ""], ["5", "asset"]]
    await service.begin(ctx, world.ids[SPACE], job, None, new_id())
    await run.run(ctx, world.ids[SPACE], job)
    assert await refused(ctx, world, job) == report


async def test_a_check_may_be_broken_off_and_begun_again(world: World) -> None:
    await team(world)
    ctx, space = world.ctx("Maarten"), world.ids[SPACE]
    job = await sent(ctx, world, table(20))
    for end in ("cancelled", "killed"):
        await service.begin(ctx, space, job, MAPPING, new_id(), state="checking")
        await (service.cancel(ctx, space, job, new_id()) if end == "cancelled" else service.mark_stopped(world.parts))
        assert (await row(world, job))["state"] == "uploaded"
        await run.run(ctx, space, job)
    await checked(ctx, world, job, MAPPING)
    assert ((await row(world, job))["state"], (await row(world, job))["rejected"]) == ("checked", 1)


async def test_an_undone_import_is_retracted_and_nothing_of_it_erased(world: World) -> None:
    await team(world)
    job = await imported(world.ctx("Maarten"), world, table(20), mapping=MAPPING)
    before = await total(world)
    await undone(world, job)
    found = await row(world, job)
    assert (found["state"], found["undo_progress"], await total(world), await statuses(world)) == ("undone", 1.0, before, {"retracted"})
    chart = await network.chart(world.ctx("Maarten"), world.ids[SPACE], None, 100)
    assert {item.standing for item in chart.items} == {"retracted"}


async def test_the_same_file_comes_in_again_after_it_was_undone(world: World) -> None:
    await team(world)
    ctx = world.ctx("Maarten")
    await undone(world, await imported(ctx, world, table(20), mapping=MAPPING))
    before = await total(world)
    await imported(ctx, world, table(20), mapping=MAPPING)
    assert (await total(world), await statuses(world)) == (before, {"retracted", "asserted"})


@pytest.mark.parametrize("stopped", [False, True])
async def test_an_import_that_runs_or_is_continued_after_another_of_its_data_set_was_undone_says_so_and_stops(
    world: World, *, stopped: bool
) -> None:
    """What both said alike went with the one that brought it: a report of rows that are in would not be true."""
    await team(world)
    ctx, space = world.ctx("Maarten"), world.ids[SPACE]
    first = await imported(ctx, world, table(20), mapping=MAPPING)
    second = await begun(ctx, world, table(20), mapping=MAPPING)
    if stopped:
        await service.cancel(ctx, space, second, new_id())
    await undone(world, first)
    if stopped:
        await service.begin(ctx, space, second, None, new_id(), again=True)
    await run.run(ctx, space, second)
    found = await row(world, second)
    assert (found["state"], found["problem"], await statuses(world)) == ("failed", run.GONE_WITH, {"retracted"})
    await undone(world, second)
    assert (await row(world, await imported(ctx, world, table(20), mapping=MAPPING)))["state"] == "done"
    assert await statuses(world) == {"retracted", "asserted"}


async def test_an_import_of_another_data_set_goes_on_while_one_is_undone(world: World) -> None:
    await team(world)
    ctx, space = world.ctx("Maarten"), world.ids[SPACE]
    first = await imported(ctx, world, table(20), mapping=MAPPING)
    other = await begun(ctx, world, table(20), mapping=MAPPING, wanted=replace(asked(world, "csv"), name="another bank"))
    await undone(world, first)
    await run.run(ctx, space, other)
    assert ((await row(world, other))["state"], await statuses(world)) == ("done", {"retracted", "asserted"})


async def test_an_undone_import_that_is_hidden_stops_nobody(world: World) -> None:
    """Whoever runs another import of the data set would else learn that there was one."""
    await team(world)
    ctx, space = world.ctx("Maarten"), world.ids[SPACE]
    first = await imported(ctx, world, table(20), mapping=MAPPING)
    second = await begun(ctx, world, table(20), mapping=MAPPING)
    held = await world.member(SPACE, "Joris@NL", "investigator")
    await teams.clear(world.ctx("Chiara"), space, held, world.ids["Covert"], None, new_id())
    await raising.mark_import(world.ctx("Chiara"), space, first, frozenset({world.ids["Covert"]}), new_id())
    for order in await world.parts.graph.read(marking_queries.running):
        await world.parts.jobs.wait(order["id"])
    await undone(world, first, "Joris")
    await run.run(ctx, space, second)
    assert (await row(world, second))["state"] == "done"


async def test_undoing_goes_on_where_a_server_was_killed(world: World, monkeypatch: pytest.MonkeyPatch) -> None:
    await team(world)
    job = await imported(world.ctx("Maarten"), world, table(20), mapping=MAPPING)
    monkeypatch.setattr(undo, "start", _nothing)
    await undo.undo(world.ctx("Maarten"), world.ids[SPACE], job, "wrong file", new_id())
    assert ((await row(world, job))["state"], await statuses(world)) == ("undoing", {"asserted"})
    monkeypatch.undo()
    await undo.start(world.parts)
    await world.parts.jobs.wait(job)
    assert ((await row(world, job))["state"], await statuses(world)) == ("undone", {"retracted"})


async def _nothing(_: object) -> None:
    return


async def test_what_the_undoer_does_not_see_is_retracted_too_and_tells_them_nothing(world: World) -> None:
    await team(world)
    ctx, space = world.ctx("Maarten"), world.ids[SPACE]
    job = await imported(ctx, world, lines(("a", "Person", {"name": ["Seen"]})) + b"\n" + lines(("b", "Person", {"name": ["Hidden"]})))
    page = await entities.listing(ctx, space, None, None, None, None, 50)
    world.ids["Hidden"] = next(one.id for one in page.items if one.caption == "Hidden")
    await world.mark(SPACE, "Hidden", "Chiara", "Covert")
    await undone(world, job)
    assert (await total(world), await statuses(world)) == (1, {"retracted"})
    assert (await total(world, "Chiara"), await statuses(world, "Chiara")) == (2, {"retracted"})


@pytest.mark.parametrize(
    ("who", "reason", "error"),
    [("Chiara", "r", Forbidden), ("Maarten", " ", Invalid), ("Maarten", "x" * 501, Invalid), ("Osk", "r", NotFound)],
)
async def test_only_the_authority_that_brought_it_undoes_it_and_with_a_reason(
    world: World, who: str, reason: str, error: type[Exception]
) -> None:
    await team(world)
    await world.person("Osk")
    job = await imported(world.ctx("Maarten"), world, table(5), mapping=MAPPING)
    with pytest.raises(error):
        await undo.undo(world.ctx(who), world.ids[SPACE], job, reason, new_id())
    assert (await row(world, job))["state"] == "done"


async def test_only_what_has_ended_is_undone_and_only_once(world: World) -> None:
    await team(world)
    ctx, space = world.ctx("Maarten"), world.ids[SPACE]
    job = await begun(ctx, world, table(5), mapping=MAPPING)
    with pytest.raises(Conflict):
        await undo.undo(ctx, space, job, "r", new_id())
    await run.run(ctx, space, job)
    await undone(world, job)
    for again in (undo.undo(ctx, space, job, "r", new_id()), service.begin(ctx, space, job, None, new_id(), again=True)):
        with pytest.raises(Conflict):
            await again


async def test_payments_and_calls_of_one_data_set_become_one_network(world: World) -> None:
    await team(world)
    ctx, space = world.ctx("Maarten"), world.ids[SPACE]
    for text in (GERMAN, CALLS):
        job = await sent(ctx, world, text.encode())
        found = await service.preview(ctx, space, job, Layout())
        await service.begin(ctx, space, job, found.mapping, new_id())
        await run.run(ctx, space, job)
        assert ((await row(world, job))["state"], (await row(world, job))["rejected"]) == ("done", 0)
    chart = await network.chart(ctx, space, None, 100)
    kinds = sorted(item.kind for item in chart.items)
    assert kinds == ["BankAccount"] * 3 + ["LegalEntity"] * 3 + ["Phone"] * 2
    reached, left = {chart.items[0].id}, True
    while left:
        near = {end for link in chart.links for end in (link.source, link.target) if {link.source, link.target} & reached}
        left, reached = not near <= reached, reached | near
    assert len(reached) == 8


async def test_a_mapping_is_kept_for_the_agency_and_replaced_or_deleted_by_its_people(world: World) -> None:
    await team(world)
    await world.member(SPACE, "Joris@NL", "investigator")
    ctx, space, job = world.ctx("Maarten"), world.ids[SPACE], await sent(world.ctx("Maarten"), world, b"name\nAnna\n")
    first = await kept.save(ctx, space, job, "Names", OF_NAMES, new_id())
    assert [(one["name"], one["columns"], one["by"]) for one in await kept.listed(world.ctx("Joris"), space)] == [
        ("Names", ["name"], world.ids["Maarten"])
    ]
    assert await kept.listed(world.ctx("Chiara"), space) == []
    with pytest.raises(NotFound):
        await kept.delete(world.ctx("Chiara"), space, first, new_id())
    assert await kept.save(world.ctx("Joris"), space, job, "Names", OF_NAMES, new_id()) == first
    await kept.delete(ctx, space, first, new_id())
    assert await kept.listed(ctx, space) == []


async def test_a_mapping_follows_the_markings_of_its_import(world: World) -> None:
    await team(world)
    ctx, space, job = world.ctx("Maarten"), world.ids[SPACE], await sent(world.ctx("Maarten"), world, b"name\nAnna\n")
    await kept.save(ctx, space, job, "Names", OF_NAMES, new_id())
    await raising.mark_import(world.ctx("Chiara"), space, job, frozenset({world.ids["Covert"]}), new_id())
    for order in await world.parts.graph.read(marking_queries.running):
        await world.parts.jobs.wait(order["id"])
    assert await kept.listed(ctx, space) == []


@pytest.mark.parametrize(
    ("name", "mapping", "field"), [("", OF_NAMES, "name"), ("a\nb", OF_NAMES, "name"), ("n", "queries: []", "mapping")]
)
async def test_what_cannot_be_kept_is_refused_with_its_field(world: World, name: str, mapping: str, field: str) -> None:
    with pytest.raises(Invalid) as raised:
        await kept.save(world.ctx(await _somebody(world)), "space", "job", name, mapping, new_id())
    assert raised.value.field == field


async def _somebody(world: World) -> str:
    await world.person("Maarten")
    return "Maarten"
