"""Tasks: who may give, take, move and see them, what two people at once are told, and what stays hidden of what they are about."""

from __future__ import annotations

import asyncio
from datetime import timedelta
from typing import TYPE_CHECKING, Any

import pytest

from backend.activity import service as activity
from backend.cases import service as cases
from backend.core.errors import Conflict, Forbidden, Invalid, NotFound
from backend.core.ids import new_id
from backend.entities.markings import service as markings
from backend.tasks import changes, service
from backend.tasks.rules import Assignee, AssigneeSort, Changes, Due, New, Priority, Step, TaskState
from backend.tasks.service import Wanted, Whose
from backend.teams.policy import Role
from graph.queries import cases as case_queries
from tests.support.staging import Stage, race
from tests.support.world import World, team

if TYPE_CHECKING:
    from collections.abc import Awaitable, Callable

    from backend.core.context import Context

SPACE = "Saltmarsh"
DOING, DONE, CANCELLED = TaskState.DOING, TaskState.DONE, TaskState.CANCELLED
NOBODY = Assignee()


@pytest.fixture
async def told(world: World) -> World:
    """Two countries; Tove only translates, Pim gives out work beside Chiara."""
    await team(world)
    await world.member(SPACE, "Tove@NL", Role.TRANSLATOR)
    await world.member(SPACE, "Pim@NL", Role.PROSECUTOR)
    await world.entity(SPACE, "Ilian", "Chiara", "NA-1", name="Ilian Dravec")
    await world.entity(SPACE, "Oda", "Chiara", "NA-1", name="Oda Brinkhuis")
    return world


async def seen(world: World, name: str, who: str = "Chiara") -> dict[str, Any]:
    return await service.task(world.ctx(who), world.ids[SPACE], world.ids[name])


async def listed(world: World, who: str, *, first: int = 50, **wanted: Any) -> list[str]:
    """Ask for the titles page after page."""
    found, after = list[str](), None
    while True:
        page = await service.tasks(world.ctx(who), world.ids[SPACE], Wanted(**wanted), first, after)
        found, after = [*found, *(row["title"] for row in page.items)], page.end
        assert len(found) <= page.total
        if after is None:
            return found


async def alter(world: World, name: str, who: str, version: str | None = None, ctx: Context | None = None, **said: Any) -> str:
    known = version or (await seen(world, name, who))["version"]
    return await changes.alter(ctx or world.ctx(who), world.ids[SPACE], world.ids[name], Changes(**said), known, new_id())


def person(world: World, name: str) -> Assignee:
    return Assignee(AssigneeSort.PERSON, world.ids[name])


# ── giving and taking ─────────────────────────────────────────────────────────────────────────────────────────────────────────────


async def test_a_task_that_a_lead_gives_is_among_the_tasks_of_that_person_and_of_their_authority(told: World) -> None:
    await told.task(SPACE, "Confirm receipt", "Chiara", to="Maarten")
    assert await listed(told, "Maarten", whose=Whose.MINE) == ["Confirm receipt"]
    assert await listed(told, "Tove", whose=Whose.MY_AGENCY) == ["Confirm receipt"]
    assert await listed(told, "Eglė", whose=Whose.MINE) == await listed(told, "Eglė", whose=Whose.MY_AGENCY) == []
    assert (await seen(told, "Confirm receipt", "Maarten"))["assignee"]["person"]["name"] == "Maarten"


async def test_a_task_is_given_to_a_role_or_an_authority(told: World) -> None:
    await told.task(SPACE, "Translate", "Chiara")
    await told.task(SPACE, "Search the house", "Chiara")
    await alter(told, "Translate", "Chiara", assignee=Assignee(AssigneeSort.ROLE, "translator"))
    await alter(told, "Search the house", "Chiara", assignee=Assignee(AssigneeSort.AGENCY, told.agencies["NL"]))
    assert await listed(told, "Tove", whose=Whose.MINE) == ["Translate"]
    assert await listed(told, "Maarten", whose=Whose.MY_AGENCY) == ["Search the house"]
    assert (await seen(told, "Search the house"))["assignee"]["agency"]["country"] == "NL"


async def test_whoever_does_not_give_out_work_takes_a_task_and_gives_it_back_but_to_nobody_else(told: World) -> None:
    await told.task(SPACE, "Free", "Chiara")
    with pytest.raises(Forbidden):
        await alter(told, "Free", "Maarten", assignee=person(told, "Eglė"))
    await alter(told, "Free", "Maarten", assignee=person(told, "Maarten"))
    await alter(told, "Free", "Maarten", assignee=NOBODY)
    with pytest.raises(Forbidden):
        await told.task(SPACE, "For another", "Maarten", to="Eglė")
    with pytest.raises(Forbidden):
        await told.task(SPACE, "A translator's", "Tove")


async def test_only_people_of_the_space_who_would_see_it_are_given_a_task(told: World) -> None:
    await told.person("Stranger", "NL")
    for to in ("Stranger", "Osk"):
        with pytest.raises(NotFound):
            await told.task(SPACE, "For nobody here", "Chiara", to=to)
    with pytest.raises(Invalid) as refused:
        await told.task(SPACE, "Meet the source", "Chiara", to="Maarten", markings=["Covert"])
    assert refused.value.field == "assignee"
    await told.task(SPACE, "Meet the source", "Chiara", to="Eglė", markings=["Covert"])


async def test_whoever_has_a_task_works_on_it_and_whoever_made_it_says_what_it_is(told: World) -> None:
    await told.task(SPACE, "Translate E-060", "Chiara", to="Tove")
    await alter(told, "Translate E-060", "Tove", state=DOING, steps=[Step("Page 1", done=True), Step("Page 2")])
    assert [(it["done"], it["by"] and it["by"]["name"]) for it in (await seen(told, "Translate E-060"))["steps"]] == [
        (True, "Tove"),
        (False, None),
    ]
    seen_by = {who: (await seen(told, "Translate E-060", who))["version"] for who in ("Maarten", "Tove")}
    for who, said in (("Maarten", Changes(state=DONE)), ("Tove", Changes(title="Less")), ("Tove", Changes(state=CANCELLED))):
        with pytest.raises(Forbidden):
            await changes.alter(told.ctx(who), told.ids[SPACE], told.ids["Translate E-060"], said, seen_by[who], new_id())
    await alter(told, "Translate E-060", "Pim", state=CANCELLED)
    with pytest.raises(Forbidden):
        await alter(told, "Translate E-060", "Tove", state=DOING)
    now = await seen(told, "Translate E-060", "Tove")
    assert (now["state"], now["state_by"]["name"], now["may_work"], now["may_direct"]) == ("cancelled", "Pim", True, False)


async def test_a_tick_keeps_who_set_it(told: World) -> None:
    await told.task(SPACE, "List", "Chiara", to="Maarten", said=Changes(steps=[Step("One"), Step("Two")]))
    await alter(told, "List", "Maarten", steps=[Step("One", done=True), Step("Two")])
    await alter(told, "List", "Chiara", steps=[Step("One", done=True), Step("Two", done=True)])
    assert [it["by"]["name"] for it in (await seen(told, "List"))["steps"]] == ["Maarten", "Chiara"]


@pytest.mark.parametrize(
    ("said", "field"),
    [
        ({"title": " "}, "title"),
        ({"title": "x" * 201}, "title"),
        ({"text": "x" * 10_001}, "text"),
        ({"steps": [Step("x")] * 51}, "steps"),
        ({"steps": [Step("")]}, "steps"),
        ({"due": Due(None, "Not/AZone")}, "due"),
        ({"due": Due(None, "../etc/passwd")}, "due"),
    ],
)
async def test_what_a_task_cannot_hold_is_refused_with_the_field(told: World, said: dict[str, Any], field: str) -> None:
    await told.task(SPACE, "Task", "Chiara")
    with pytest.raises(Invalid) as refused:
        await alter(told, "Task", "Chiara", **said)
    assert refused.value.field == field


# ── lists ─────────────────────────────────────────────────────────────────────────────────────────────────────────────────────────


@pytest.mark.parametrize("first", [1, 2, 50])
async def test_open_tasks_come_first_in_the_order_in_which_they_are_due(told: World, first: int) -> None:
    now = told.parts.clock.now()
    for name, hours in (("Late", -5), ("Soon", 9), ("Later", 200)):
        await told.task(SPACE, name, "Chiara", to="Maarten", said=Changes(due=Due(now + timedelta(hours=hours), "Europe/Rome")))
    await told.task(SPACE, "Some day", "Chiara")
    await told.task(SPACE, "Was late", "Chiara", said=Changes(due=Due(now - timedelta(days=9)), state=DONE))
    assert await listed(told, "Maarten", first=first) == ["Late", "Soon", "Later", "Some day", "Was late"]
    assert await listed(told, "Maarten", first=first, overdue=True) == ["Late"]
    assert await listed(told, "Maarten", first=first, states=["done"]) == ["Was late"]
    assert ((await seen(told, "Late"))["overdue"], (await seen(told, "Was late"))["overdue"]) == (True, False)


async def test_tasks_of_a_case_an_entity_and_those_merged_with_it(told: World) -> None:
    await told.case(SPACE, "NL-2", "Chiara")
    await told.link(SPACE, "knows", ("Ilian", "Oda"), "Chiara", "NA-1")
    await told.task(SPACE, "Of the case", "Chiara", case="NL-2")
    await told.task(SPACE, "About Ilian", "Chiara", about=["Ilian"])
    await told.task(SPACE, "About their tie", "Chiara", about=["knows"])
    await told.merge(SPACE, "same", ("Ilian", "Oda"), "Chiara", "NA-1")
    assert await listed(told, "Maarten", case=told.ids["NL-2"]) == ["Of the case"]
    assert await listed(told, "Maarten", about=told.ids["Oda"]) == ["About Ilian"]
    assert await listed(told, "Maarten", about=told.ids["knows"]) == ["About their tie"]
    found = await seen(told, "About their tie")
    assert [(it["kind"], it["source"].caption, it["target"].caption) for it in found["links"]] == [
        ("Associate", "Ilian Dravec", "Oda Brinkhuis")
    ]


async def test_a_task_is_linked_to_several_cases_and_listed_with_each(told: World) -> None:
    for name in ("NL-2", "LT-3"):
        await told.case(SPACE, name, "Chiara")
    await told.task(SPACE, "Compare them", "Chiara", case="NA-1", about=["NL-2", "NA-1"])
    await told.task(SPACE, "Of no case yet", "Chiara")
    ctx, space = told.ctx("Maarten"), told.ids[SPACE]
    await changes.alter_items(ctx, space, told.ids["Of no case yet"], [told.ids["NL-2"], told.ids["LT-3"]], [], new_id())
    assert await listed(told, "Eglė", case=told.ids["NA-1"]) == ["Compare them"]
    assert sorted(await listed(told, "Eglė", case=told.ids["NL-2"])) == ["Compare them", "Of no case yet"]
    compared = await seen(told, "Compare them")
    assert (compared["case"][1], [title for _, title in compared["linked_cases"]]) == ("NA-1", ["NL-2"])
    await changes.alter_items(ctx, space, told.ids["Of no case yet"], [], [told.ids["NL-2"]], new_id())
    assert [title for _, title in (await seen(told, "Of no case yet"))["linked_cases"]] == ["LT-3"]


# ── two at once ───────────────────────────────────────────────────────────────────────────────────────────────────────────────────


async def test_the_second_to_change_the_same_field_is_told_and_another_field_passes(told: World) -> None:
    await told.task(SPACE, "Task", "Chiara")
    both = {who: (await seen(told, "Task", who))["version"] for who in ("Chiara", "Pim")}
    await alter(told, "Task", "Chiara", both["Chiara"], text="Chiara's words")
    await alter(told, "Task", "Pim", both["Pim"], priority=Priority.HIGH)
    with pytest.raises(Conflict):
        await alter(told, "Task", "Pim", both["Pim"], text="Pim's words", title="Pim's title")
    now = await seen(told, "Task")
    assert (now["title"], now["text"], now["priority"]) == ("Task", "Chiara's words", "high")


async def test_a_version_of_somebody_else_or_of_another_task_is_none(told: World) -> None:
    for name in ("One", "Two"):
        await told.task(SPACE, name, "Chiara")
    of_pim, of_two = (await seen(told, "One", "Pim"))["version"], (await seen(told, "Two"))["version"]
    for version in (of_pim, of_two, "made up", ""):
        with pytest.raises(Conflict):
            await alter(told, "One", "Chiara", version or "x", text="x")


async def test_two_who_move_a_task_at_the_same_moment(told: World) -> None:
    await told.task(SPACE, "Task", "Chiara")
    versions = {who: (await seen(told, "Task", who))["version"] for who in ("Chiara", "Pim")}

    def moving(who: str, state: TaskState) -> tuple[Context, Callable[[Context], Awaitable[str]]]:
        return told.ctx(who), lambda ctx: alter(told, "Task", who, versions[who], ctx, state=state)

    found = await race(changes.queries.LOCK, moving("Chiara", DOING), moving("Pim", DONE))
    assert found[0] == told.ids["Task"]
    assert isinstance(found[1], Conflict)
    assert (await seen(told, "Task"))["state"] == "doing"


async def test_the_same_change_asked_for_twice_is_done_once(told: World) -> None:
    key, new = new_id(), New(Changes(title="Once"))
    made = [await changes.create(told.ctx("Chiara"), told.ids[SPACE], new, key) for _ in range(2)]
    assert made[0] == made[1]
    assert await listed(told, "Chiara") == ["Once"]


# ── what stays hidden ─────────────────────────────────────────────────────────────────────────────────────────────────────────────


async def test_a_task_carries_the_markings_of_its_case(told: World) -> None:
    await told.case(SPACE, "Sealed", "Chiara", ["Covert"])
    await told.task(SPACE, "Of the sealed case", "Chiara", case="Sealed")
    assert await listed(told, "Maarten") == []
    with pytest.raises(NotFound):
        await seen(told, "Of the sealed case", "Maarten")
    assert [row["name"] for row in (await seen(told, "Of the sealed case", "Eglė"))["markings"]] == ["Covert"]


async def raise_case(world: World, ctx: Context | None = None) -> None:
    """Put *Covert* on the case and wait until all has followed."""
    version = (await cases.cases(world.ctx("Chiara"), world.ids[SPACE], world.ids["NA-1"]))[0]["version"]
    held = frozenset({world.ids["Covert"]})
    await markings.mark_case(ctx or world.ctx("Chiara"), world.ids[SPACE], world.ids["NA-1"], held, version, new_id())


async def test_a_case_that_is_marked_takes_its_tasks_with_it_at_once(told: World) -> None:
    await told.marking(SPACE, "Own", "Chiara", ["Maarten"])
    await told.task(SPACE, "Plain", "Chiara", case="NA-1", to="Maarten")
    await told.task(SPACE, "Under Own", "Chiara", case="NA-1", markings=["Own"])
    await told.task(SPACE, "Of no case", "Chiara")
    await raise_case(told)
    assert await listed(told, "Maarten") == ["Of no case"]
    assert sorted(await listed(told, "Eglė")) == ["Of no case", "Plain"]
    assert len((await seen(told, "Under Own"))["markings"]) == 2


async def test_a_task_made_while_its_case_is_marked_is_marked_or_waits(told: World) -> None:
    """The maker read the case's markings and stops before it looks again; the case is marked meanwhile."""
    stage = Stage(case_queries.MARKINGS_OF)
    ctx = stage.ctx(told.ctx("Chiara"))
    making = changes.create(ctx, told.ids[SPACE], New(Changes(title="In between"), told.ids["NA-1"]), new_id())

    async def meanwhile() -> None:
        await stage.here.wait()
        await raise_case(told)
        stage.go.set()

    made, _ = await asyncio.gather(making, meanwhile())
    told.ids["In between"] = made
    assert await listed(told, "Maarten") == []
    assert [row["name"] for row in (await seen(told, "In between"))["markings"]] == ["Covert"]


async def test_what_a_task_is_about_is_left_out_for_whoever_does_not_see_it(told: World) -> None:
    await told.entity(SPACE, "Secret", "Chiara", "NA-1", name="Secret Source", markings=["Covert"])
    await told.link(SPACE, "secretly", ("Ilian", "Oda"), "Chiara", "NA-1", markings=["Covert"])
    await told.task(SPACE, "Look", "Chiara", about=["Ilian", "Secret", "secretly"])
    shown = {who: await seen(told, "Look", who) for who in ("Maarten", "Eglė")}
    assert [it.caption for it in shown["Maarten"]["entities"]] == ["Ilian Dravec"]
    assert shown["Maarten"]["links"] == []
    assert [it.caption for it in shown["Eglė"]["entities"]] == ["Ilian Dravec", "Secret Source"]
    assert len(shown["Eglė"]["links"]) == 1


async def test_a_linked_case_hands_on_no_marking_and_is_unnamed_for_whoever_does_not_see_it(told: World) -> None:
    await told.case(SPACE, "Sealed", "Chiara", ["Covert"])
    await told.task(SPACE, "Look", "Chiara", case="NA-1", about=["Sealed"], to="Maarten")
    assert (await seen(told, "Look", "Maarten"))["linked_cases"] == []
    assert (await seen(told, "Look", "Eglė"))["linked_cases"] == [(told.ids["Sealed"], "Sealed")]
    with pytest.raises(NotFound):
        await listed(told, "Maarten", case=told.ids["Sealed"])
    for add, remove in (([told.ids["Sealed"]], []), ([], [told.ids["Sealed"]])):
        with pytest.raises(NotFound):
            await changes.alter_items(told.ctx("Maarten"), told.ids[SPACE], told.ids["Look"], add, remove, new_id())
    await changes.alter_items(told.ctx("Maarten"), told.ids[SPACE], told.ids["Look"], [told.ids["Ilian"]], [], new_id())
    assert (await seen(told, "Look", "Eglė"))["linked_cases"] == [(told.ids["Sealed"], "Sealed")]


async def test_hidden_things_do_not_count_against_how_many_a_task_may_be_about(told: World) -> None:
    await told.task(SPACE, "Look", "Eglė")
    for place in range(50):
        await told.entity(SPACE, f"Secret {place}", "Eglė", "NA-1", markings=["Covert"])
    hidden = [told.ids[f"Secret {place}"] for place in range(50)]
    await changes.alter_items(told.ctx("Eglė"), told.ids[SPACE], told.ids["Look"], hidden, [], new_id())
    await changes.alter_items(told.ctx("Maarten"), told.ids[SPACE], told.ids["Look"], [told.ids["Ilian"]], [], new_id())
    with pytest.raises(Invalid):
        await changes.alter_items(told.ctx("Eglė"), told.ids[SPACE], told.ids["Look"], [told.ids["Oda"]], [], new_id())


async def test_what_happened_to_a_task_is_told_by_its_title_and_not_what_was_put_on_it(told: World) -> None:
    await told.task(SPACE, "Confirm receipt", "Chiara", to="Maarten")
    await alter(told, "Confirm receipt", "Maarten", state=DOING)
    await changes.alter_items(told.ctx("Maarten"), told.ids[SPACE], told.ids["Confirm receipt"], [told.ids["Ilian"]], [], new_id())
    await alter(told, "Confirm receipt", "Maarten", state=DONE)
    rows = [row for row in (await activity.activity(told.ctx("Eglė"), told.ids[SPACE], 20, None)).items if row["kind"] == "task"]
    assert [(row["person"]["name"], row["verb"], row["caption"]) for row in rows] == [
        ("Maarten", "finished", "Confirm receipt"),
        ("Maarten", "started", "Confirm receipt"),
        ("Chiara", "created", "Confirm receipt"),
    ]
