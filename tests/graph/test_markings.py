"""A case or an import is raised: its records follow, what is entered meanwhile inherits, and nothing of it stays in sight."""

from __future__ import annotations

import asyncio
from typing import TYPE_CHECKING

import pytest

from backend.activity import service as activity
from backend.cases import service as cases
from backend.core.errors import Conflict, Crowded, Forbidden, Invalid, NotFound
from backend.core.faults import fault
from backend.core.ids import new_id
from backend.entities import changes
from backend.entities import service as entities
from backend.entities.imports import run
from backend.entities.imports import service as imports
from backend.entities.imports.service import NewImport
from backend.entities.markings import service
from backend.teams import service as teams
from graph import access
from graph.queries import cases as case_queries
from graph.queries import markings as queries
from tests.access.hiding import seen, visible_world
from tests.support.staging import Abandoned, failing, race
from tests.support.world import World, team

if TYPE_CHECKING:
    from collections.abc import AsyncIterator

    from backend.core.context import Context
    from graph.driver import Tx

SPACE = "Saltmarsh"
RAISED_BY = "MATCH (n:Event {subject: $id, verb: 'raised'}) RETURN collect(n.record)"
ROW = b'{"id": "%s", "schema": "Person", "properties": {"name": ["Row %s"]}}\n'
FTM = ROW % (b"a", b"One") + ROW % (b"b", b"Two")


async def version(world: World, case: str, who: str = "Chiara") -> str:
    return (await cases.cases(world.ctx(who), world.ids[SPACE], world.ids[case]))[0]["version"]


async def mark(world: World, case: str, *markings: str, ctx: Context | None = None) -> None:
    """Raise a case as Chiara, and wait until its records have followed."""
    held = frozenset(world.ids[each] for each in markings)
    seen_before = await version(world, case)
    await service.mark_case(ctx or world.ctx("Chiara"), world.ids[SPACE], world.ids[case], held, seen_before, new_id())
    await settled(world)


async def settled(world: World) -> None:
    for order in await world.parts.graph.read(queries.running):
        await world.parts.jobs.wait(order["id"])


async def visible(world: World, who: str, *names: str) -> list[bool]:
    """Whether each of these entities is there for a person."""
    found: list[bool] = []
    for name in names:
        try:
            await entities.look_up(world.ctx(who), world.ids[SPACE], world.ids[name])
            found.append(True)
        except NotFound:
            found.append(False)
    return found


async def markings_of(world: World, name: str, who: str = "Chiara") -> list[set[str]]:
    view = await entities.look_up(world.ctx(who), world.ids[SPACE], world.ids[name])
    return [set(r.markings) for r in view.records]


@pytest.fixture
async def told(world: World) -> World:
    """Two cases; Ilian is said of in the first alone, Perla in both; a link and a merge in the first."""
    await team(world)
    await world.case(SPACE, "NL-2", "Chiara")
    await world.entity(SPACE, "Ilian", "Chiara", "NA-1", name="Ilian Dravec")
    await world.entity(SPACE, "Perla", "Chiara", "NL-2", name="Perla Marittima")
    await world.entity(SPACE, "Oda", "Chiara", "NL-2", name="Oda Brinkhuis")
    view = await entities.look_up(world.ctx("Chiara"), world.ids[SPACE], world.ids["Perla"])
    said = world.said("NA-1", name="Perla M.")
    await changes.add_record(world.ctx("Chiara"), world.ids[SPACE], world.ids["Perla"], said, view.version, new_id())
    await world.link(SPACE, "knows", ("Perla", "Oda"), "Chiara", "NA-1")
    return world


# ── what follows ──────────────────────────────────────────────────────────────────────────────────────────────────────────────────


async def test_a_marked_case_takes_its_records_with_it(told: World) -> None:
    await mark(told, "NA-1", "Covert")
    covert = {told.ids["Covert"]}
    assert await visible(told, "Maarten", "Ilian", "Perla", "Oda") == [False, True, True]
    assert await markings_of(told, "Ilian") == [covert]
    assert sorted(await markings_of(told, "Perla"), key=len) == [set(), covert]
    assert await markings_of(told, "Perla", "Maarten") == [set()]
    with pytest.raises(NotFound):
        await entities.look_up_link(told.ctx("Maarten"), told.ids[SPACE], told.ids["knows"])
    assert await entities.look_up_link(told.ctx("Eglė"), told.ids[SPACE], told.ids["knows"])
    assert [row["title"] for row in await cases.cases(told.ctx("Maarten"), told.ids[SPACE])] == ["NL-2"]


async def test_what_is_entered_afterwards_inherits(told: World) -> None:
    await mark(told, "NA-1", "Covert")
    await told.entity(SPACE, "Late", "Eglė", "NA-1", name="Late")
    assert await visible(told, "Maarten", "Late") == [False]


async def test_a_marking_that_a_record_carries_stays_beside_the_new_one(told: World) -> None:
    """Chiara raises a case that holds a record under a marking of Eglė's that Chiara does not hold: it follows unseen."""
    await told.member(SPACE, "Darius@LT", "prosecutor")
    await told.marking(SPACE, "Own", "Darius")
    await told.entity(SPACE, "Hidden", "Darius", "NA-1", name="Hidden", markings=["Own"])
    await mark(told, "NA-1", "Covert")
    assert await visible(told, "Darius", "Hidden") == [False]
    await changes_clear(told, "Darius")
    assert await markings_of(told, "Hidden", "Darius") == [{told.ids["Own"], told.ids["Covert"]}]


async def changes_clear(world: World, who: str) -> None:
    membership = world.memberships[SPACE, who]
    await teams.clear(world.ctx("Chiara"), world.ids[SPACE], membership, world.ids["Covert"], None, new_id())


async def test_marking_a_case_hides_it_as_if_it_had_never_been(world: World) -> None:
    await visible_world(world)
    before = await seen(world)
    await world.case(SPACE, "Secret case", "Chiara")
    await world.entity(SPACE, "Secret", "Chiara", "Secret case", name="Secret Source", phone="+39 333 555 0142")
    await world.link(SPACE, "secretly", ("Ilian", "Tamsin"), "Chiara", "Secret case")
    await world.link(SPACE, "detour 0", ("Secret", "Ilian"), "Chiara", "Secret case")
    await imported(world, world.ctx("Chiara"), "Secret case")
    shown = await seen(world)
    assert [question for question, answer in before.items() if shown[question] != answer]
    await mark(world, "Secret case", "Covert")
    after = await seen(world)
    changed = [question for question, answer in before.items() if after[question] != answer]
    assert not changed, [(question, before[question], after[question]) for question in changed[:1]]


async def test_the_batches_of_a_large_case_end_with_every_record_marked(told: World, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(service, "BATCH", 3)
    for number in range(20):
        await told.entity(SPACE, f"E{number}", "Chiara", "NA-1", name=f"E {number}")
    await mark(told, "NA-1", "Covert")
    assert not any(await visible(told, "Maarten", *(f"E{number}" for number in range(20))))
    assert all(await visible(told, "Eglė", *(f"E{number}" for number in range(20))))


# ── while it runs ─────────────────────────────────────────────────────────────────────────────────────────────────────────────────


async def test_a_record_entered_while_the_case_is_raised_does_not_stay_unmarked(told: World) -> None:
    """The writer has looked at the case; before it commits, the case is raised and all that was there has followed."""
    seen_before = await version(told, "NA-1")

    async def enter(ctx: Context) -> None:
        told.ids["Between"] = await changes.add_entity(ctx, told.ids[SPACE], "Person", told.said("NA-1", name="Between"), new_id())

    async def raise_it(ctx: Context) -> None:
        held = frozenset({told.ids["Covert"]})
        await service.mark_case(ctx, told.ids[SPACE], told.ids["NA-1"], held, seen_before, new_id())
        await settled(told)

    await race(case_queries.MARKINGS_OF, (told.ctx("Eglė"), enter), (told.ctx("Chiara"), raise_it))
    await settled(told)
    with pytest.raises(NotFound):
        await entities.look_up(told.ctx("Maarten"), told.ids[SPACE], told.ids["Between"])
    assert await markings_of(told, "Between") == [{told.ids["Covert"]}]


async def test_an_order_that_was_cut_off_is_carried_out_at_the_next_start(told: World, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(service, "AGAIN_S", 3600)
    broken = failing(told.ctx("Chiara"), queries.MARK)
    held = frozenset({told.ids["Covert"]})
    await service.mark_case(broken, told.ids[SPACE], told.ids["NA-1"], held, await version(told, "NA-1"), new_id())
    order = next(o for o in await told.parts.graph.read(queries.running) if o["source"] == told.ids["NA-1"])
    await asyncio.sleep(0)
    await told.parts.jobs.stop()
    assert await visible(told, "Maarten", "Ilian") == [True]
    assert (await cases.cases(told.ctx("Chiara"), told.ids[SPACE], told.ids["NA-1"]))[0]["raising"] == 0.0
    await service.start(told.parts)
    await told.parts.jobs.wait(order["id"])
    assert await visible(told, "Maarten", "Ilian") == [False]
    assert (await cases.cases(told.ctx("Chiara"), told.ids[SPACE], told.ids["NA-1"]))[0]["raising"] is None


async def test_an_order_that_was_broken_off_before_its_commit_leaves_nothing(told: World) -> None:
    broken = failing(told.ctx("Chiara"), queries.CREATE)
    held = frozenset({told.ids["Covert"]})
    with pytest.raises(Abandoned):
        await service.mark_case(broken, told.ids[SPACE], told.ids["NA-1"], held, await version(told, "NA-1"), new_id())
    assert [row["markings"] for row in await cases.cases(told.ctx("Maarten"), told.ids[SPACE])] == [[], []]


# ── imports ───────────────────────────────────────────────────────────────────────────────────────────────────────────────────────


async def imported(world: World, ctx: Context, case: str, *, whole: bool = True, data: bytes = FTM) -> str:
    space = world.ids[SPACE]
    wanted = NewImport(world.ids[case], "rows", "ftm_json", "rows.json", frozenset(), None, "H0")
    job = await imports.create(ctx, space, wanted, new_id())
    await imports.upload(ctx, space, job, pieces(data))
    await imports.begin(ctx, space, job, None, new_id())
    if whole:
        await run.run(ctx, space, job)
    return job


async def pieces(data: bytes) -> AsyncIterator[bytes]:
    yield data


async def names(world: World, who: str) -> set[str]:
    page = await entities.listing(world.ctx(who), world.ids[SPACE], None, None, "row", None, 50)
    return {row.caption for row in page.items}


async def active(world: World, who: str) -> set[str]:
    """What the activity tells a person about, by subject."""
    return {it["subject"] for it in (await activity.activity(world.ctx(who), world.ids[SPACE], 50, None)).items}


async def captions(world: World, who: str) -> set[str]:
    """What somebody reads that things are called in the activity of the space: names, no ids."""
    return {row["caption"] for row in (await activity.activity(world.ctx(who), world.ids[SPACE], 100, None)).items}


async def test_a_marked_import_takes_its_records_with_it_and_a_second_import_changes_nothing(told: World) -> None:
    job = await imported(told, told.ctx("Chiara"), "NA-1")
    assert await names(told, "Maarten") == {"Row One", "Row Two"}
    assert job in await active(told, "Maarten")
    assert job not in await captions(told, "Maarten")
    await service.mark_import(told.ctx("Chiara"), told.ids[SPACE], job, frozenset({told.ids["Covert"]}), new_id())
    await settled(told)
    assert await names(told, "Maarten") == set()
    assert [row["id"] for row in await imports.jobs(told.ctx("Maarten"), told.ids[SPACE])] == []
    assert job not in await active(told, "Maarten")
    assert job in await active(told, "Eglė")
    await imported(told, told.ctx("Chiara"), "NA-1")
    assert (await names(told, "Maarten"), await names(told, "Eglė")) == (set(), {"Row One", "Row Two"})


async def test_the_imports_of_a_marked_case_and_their_refused_rows_are_marked(told: World) -> None:
    job = await imported(told, told.ctx("Chiara"), "NA-1", data=FTM + b"not json\n")
    await mark(told, "NA-1", "Covert")
    assert (await imports.jobs(told.ctx("Eglė"), told.ids[SPACE], job))[0]["markings"] == [told.ids["Covert"]]
    with pytest.raises(NotFound):
        await imports.jobs(told.ctx("Maarten"), told.ids[SPACE], job)
    classes = await told.parts.graph.read(lambda tx: tx.value("MATCH (b:RefusedRows {import: $id}) RETURN collect(b.vis)", id=job))
    assert classes == [access.class_id(told.ids[SPACE], frozenset({frozenset({told.ids["Covert"]})}))]


async def test_an_import_that_runs_while_its_case_is_raised_goes_on_under_the_new_markings(told: World) -> None:
    """It had planned its rows before; they are planned again, with the ids that they have always had."""
    job = await imported(told, told.ctx("Chiara"), "NA-1", whole=False)
    stale = await told.parts.graph.read(lambda tx: run._job(tx, told.ctx("Chiara"), told.ids[SPACE], job))  # noqa: SLF001 - the row of a run
    await mark(told, "NA-1", "Covert")
    real, rows = run._job, [stale]  # noqa: SLF001 - same

    async def first_stale(tx: Tx, ctx: Context, space: str, job: str) -> dict[str, object]:
        return rows.pop() if rows else await real(tx, ctx, space, job)

    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(run, "_job", first_stale)
        await run.run(told.ctx("Chiara"), told.ids[SPACE], job)
    assert (await imports.jobs(told.ctx("Chiara"), told.ids[SPACE], job))[0]["state"] == "done"
    assert (await names(told, "Maarten"), await names(told, "Eglė")) == (set(), {"Row One", "Row Two"})


async def test_an_import_whose_runner_may_not_see_it_any_more_says_so(told: World) -> None:
    job = await imported(told, told.ctx("Maarten"), "NA-1", whole=False)
    await mark(told, "NA-1", "Covert")
    await run.run(told.ctx("Maarten"), told.ids[SPACE], job)
    row = (await imports.jobs(told.ctx("Chiara"), told.ids[SPACE], job))[0]
    assert (row["state"], row["problem"]) == ("failed", run.MAY_NOT)


# ── releasing, refusing ───────────────────────────────────────────────────────────────────────────────────────────────────────────


async def release(world: World, who: str, reason: str = "the source is safe") -> None:
    held, space = frozenset({world.ids["Covert"]}), world.ids[SPACE]
    await service.release_case(world.ctx(who), space, world.ids["NA-1"], held, reason, await version(world, "NA-1", who), new_id())


async def test_a_released_case_shows_again_and_its_records_keep_their_markings(told: World) -> None:
    await mark(told, "NA-1", "Covert")
    await release(told, "Chiara")
    assert {row["title"] for row in await cases.cases(told.ctx("Maarten"), told.ids[SPACE])} == {"NA-1", "NL-2"}
    assert await visible(told, "Maarten", "Ilian") == [False]
    await told.entity(SPACE, "Late", "Chiara", "NA-1", name="Late")
    assert await visible(told, "Maarten", "Late") == [True]
    decided = await told.parts.graph.read(
        lambda tx: tx.value("MATCH (d:Release {case: $id}) RETURN [d.reason, d.markings]", id=told.ids["NA-1"])
    )
    assert decided == ["the source is safe", [told.ids["Covert"]]]


async def test_only_the_owning_authority_releases_a_case_and_says_why(told: World) -> None:
    await told.member(SPACE, "Saskia@NL", "prosecutor")
    await changes_clear(told, "Saskia")
    await mark(told, "NA-1", "Covert")
    with pytest.raises(Forbidden):
        await release(told, "Saskia")
    with pytest.raises(Invalid) as refused:
        await release(told, "Chiara", " ")
    assert refused.value.field == "reason"


async def test_a_released_import_shows_again_and_its_records_keep_their_markings(told: World) -> None:
    space, covert = told.ids[SPACE], frozenset({told.ids["Covert"]})
    job = await imported(told, told.ctx("Chiara"), "NA-1")
    await service.mark_import(told.ctx("Chiara"), space, job, covert, new_id())
    await settled(told)
    await service.release_import(told.ctx("Chiara"), space, job, covert, "the source is safe", new_id())
    assert job in {row["id"] for row in await imports.jobs(told.ctx("Maarten"), space)}
    assert await names(told, "Maarten") == set()
    decided = await told.parts.graph.read(lambda tx: tx.value("MATCH (d:Release {import: $id}) RETURN [d.reason, d.markings]", id=job))
    assert decided == ["the source is safe", [told.ids["Covert"]]]


async def test_only_the_authority_that_brought_an_import_in_releases_it_and_not_from_what_its_case_carries(told: World) -> None:
    space, covert = told.ids[SPACE], frozenset({told.ids["Covert"]})
    await told.member(SPACE, "Saskia@NL", "prosecutor")
    await changes_clear(told, "Saskia")
    job = await imported(told, told.ctx("Chiara"), "NA-1")
    await mark(told, "NA-1", "Covert")
    with pytest.raises(Forbidden):
        await service.release_import(told.ctx("Saskia"), space, job, covert, "r", new_id())
    with pytest.raises(Invalid, match="Release the case first"):
        await service.release_import(told.ctx("Chiara"), space, job, covert, "r", new_id())
    with pytest.raises(Invalid) as refused:
        await service.release_import(told.ctx("Chiara"), space, job, covert, " ", new_id())
    assert refused.value.field == "reason"


async def test_nobody_marks_with_what_they_do_not_hold_or_twice_or_without_having_seen_the_case(told: World) -> None:
    await told.member(SPACE, "Saskia@NL", "prosecutor")
    await told.marking(SPACE, "Own", "Saskia")
    space, case = told.ids[SPACE], told.ids["NA-1"]
    with pytest.raises(NotFound):
        await mark(told, "NA-1", "Own")
    await mark(told, "NA-1", "Covert")
    with pytest.raises(Invalid):
        await mark(told, "NA-1", "Covert")
    with pytest.raises(Conflict):
        await service.mark_case(told.ctx("Chiara"), space, case, frozenset({told.ids["Covert"]}), "x", new_id())
    with pytest.raises(NotFound):
        await service.mark_case(told.ctx("Saskia"), space, case, frozenset({told.ids["Own"]}), "x", new_id())


async def test_a_space_without_room_for_the_classes_refuses_before_it_marks_anything(told: World, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(access, "MOST_CLASSES", 4)
    with pytest.raises(Crowded):
        await mark(told, "NA-1", "Covert")
    assert await visible(told, "Maarten", "Ilian") == [True]


async def test_a_record_in_a_space_without_room_is_refused_in_plain_words(told: World, monkeypatch: pytest.MonkeyPatch) -> None:
    await told.marking(SPACE, "Second", "Chiara")
    monkeypatch.setattr(access, "MOST_CLASSES", 1)
    with pytest.raises(access.TooManyClasses) as refused:
        await told.record(SPACE, "Ilian", "Chiara", "NA-1", markings=["Covert", "Second"], name="I. Dravec")
    assert (fault(refused.value, "TEST-00").code, fault(refused.value, "TEST-00").message) == ("CONFLICT", Crowded.default)


async def test_each_record_of_a_batch_has_an_event_of_its_own(told: World) -> None:
    await told.record(SPACE, "Ilian", "Chiara", "NA-1", name="I. Dravec")
    await mark(told, "NA-1", "Covert")
    view = await entities.look_up(told.ctx("Chiara"), told.ids[SPACE], told.ids["Ilian"])
    by = await told.parts.graph.read(lambda tx: tx.rows(RAISED_BY, id=told.ids["Ilian"]))
    assert sorted(by) == sorted(r.id for r in view.records)
