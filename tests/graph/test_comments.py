"""Comments on tasks: who says, who is mentioned, what waits for an answer, and that a comment is hidden with its task."""

from __future__ import annotations

import asyncio
from typing import TYPE_CHECKING, Any

import pytest

from backend.core.errors import Conflict, Forbidden, Invalid, NotFound
from backend.core.ids import new_id
from backend.tasks import changes
from backend.tasks import service as tasks
from backend.tasks.comments import service
from backend.tasks.rules import Changes, TaskState
from backend.teams import service as teams
from backend.teams.policy import Role
from graph.queries import comments as queries
from tests.graph.test_tasks import raise_case
from tests.support.staging import Stage
from tests.support.world import World, team

if TYPE_CHECKING:
    from backend.core.context import Context

SPACE, TASK = "Saltmarsh", "Ask for the lease"


@pytest.fixture
async def told(world: World) -> World:
    """Two countries; Tove only translates, Oda only observes; one task in the case, given to Tove."""
    await team(world)
    await world.member(SPACE, "Tove@NL", Role.TRANSLATOR)
    await world.member(SPACE, "Oda@LT", Role.OBSERVER)
    await world.task(SPACE, TASK, "Chiara", case="NA-1", to="Tove")
    return world


async def said(world: World, who: str, task: str = TASK, first: int = 50) -> list[str]:
    """Ask page after page what was said about a task."""
    found, after = list[str](), None
    while True:
        page = await service.comments(world.ctx(who), world.ids[SPACE], world.ids[task], first, after)
        found, after = [*found, *(row["text"] for row in page.items)], page.end
        assert len(found) <= page.total
        if after is None:
            return found


async def waiting(world: World, who: str) -> list[str]:
    page = await service.mentions(world.ctx(who), world.ids[SPACE], 50, None)
    assert page.total == len(page.items)
    return [row["text"] for row in page.items]


async def offered(world: World, who: str, task: str = TASK) -> list[str]:
    return [it["name"] for it in await service.mentionable(world.ctx(who), world.ids[SPACE], world.ids[task])]


async def withdraw(world: World, who: str, comment: str, ctx: Context | None = None) -> str:
    return await service.withdraw(ctx or world.ctx(who), world.ids[SPACE], world.ids[comment], "wrong file", new_id())


@pytest.mark.parametrize("first", [1, 2, 50])
async def test_what_is_said_about_a_task_is_read_by_all_newest_first(told: World, first: int) -> None:
    for who, text in (("Chiara", "One"), ("Maarten", "Two"), ("Tove", "Three")):
        await told.comment(SPACE, text, who, TASK)
    assert await said(told, "Oda", first=first) == ["Three", "Two", "One"]


async def test_whoever_only_reads_comments_on_their_own_tasks_alone(told: World) -> None:
    await told.task(SPACE, "Another", "Chiara")
    for who, task in (("Tove", "Another"), ("Oda", TASK)):
        with pytest.raises(Forbidden):
            await told.comment(SPACE, "x", who, task)
    seen = {who: (await tasks.task(told.ctx(who), told.ids[SPACE], told.ids[TASK]))["may_comment"] for who in ("Maarten", "Tove", "Oda")}
    assert seen == {"Maarten": True, "Tove": True, "Oda": False}


@pytest.mark.parametrize("text", [" ", "x" * 5001])
async def test_a_comment_has_a_text_within_bounds(told: World, text: str) -> None:
    with pytest.raises(Invalid) as refused:
        await told.comment(SPACE, text, "Chiara", TASK)
    assert refused.value.field == "text"


# ── mentions ──────────────────────────────────────────────────────────────────────────────────────────────────────────────────────


async def test_a_mention_waits_until_the_person_answers(told: World) -> None:
    await told.comment(SPACE, "Who has it?", "Chiara", TASK, mentions=["Maarten", "Eglė"])
    assert await waiting(told, "Maarten") == await waiting(told, "Eglė") == ["Who has it?"]
    assert await waiting(told, "Chiara") == []
    answer = await told.comment(SPACE, "I do.", "Maarten", TASK)
    assert (await waiting(told, "Maarten"), await waiting(told, "Eglė")) == ([], ["Who has it?"])
    await service.withdraw(told.ctx("Maarten"), told.ids[SPACE], answer, "I do not", new_id())
    assert await waiting(told, "Maarten") == ["Who has it?"]


async def test_a_mention_waits_no_more_once_it_is_withdrawn_or_the_task_closed(told: World) -> None:
    await told.task(SPACE, "Another", "Chiara")
    await told.comment(SPACE, "Closed soon", "Chiara", TASK, mentions=["Maarten"])
    await told.comment(SPACE, "Taken back", "Chiara", "Another", mentions=["Maarten"])
    await withdraw(told, "Chiara", "Taken back")
    assert await waiting(told, "Maarten") == ["Closed soon"]
    version = (await tasks.task(told.ctx("Chiara"), told.ids[SPACE], told.ids[TASK]))["version"]
    done = Changes(state=TaskState.DONE)
    await changes.alter(told.ctx("Chiara"), told.ids[SPACE], told.ids[TASK], done, version, new_id())
    assert await waiting(told, "Maarten") == []


async def test_only_people_who_see_the_task_are_offered_and_any_other_is_as_unknown_as_who_never_was(told: World) -> None:
    await told.member(SPACE, "Left@NL", state="ended")
    await told.task(SPACE, "Meet the source", "Chiara", markings=["Covert"])
    assert await offered(told, "Chiara") == ["Eglė", "Maarten", "Oda", "Tove"]
    assert await offered(told, "Chiara", "Meet the source") == ["Eglė"]
    with pytest.raises(NotFound):
        await offered(told, "Maarten", "Meet the source")
    told.ids["Nobody"] = new_id()
    told_so = list[Any]()
    for who in ("Maarten", "Osk", "Left", "Nobody"):
        with pytest.raises(NotFound) as refused:
            await told.comment(SPACE, "x", "Eglė", "Meet the source", mentions=["Chiara", who])
        told_so.append((refused.value.message, vars(refused.value)))
    assert told_so == [told_so[0]] * 4
    assert await said(told, "Eglė", "Meet the source") == await waiting(told, "Chiara") == []


async def test_who_stands_on_the_page_of_a_marked_task_is_offered_and_who_does_not_see_it_hears_nothing(told: World) -> None:
    await told.task(SPACE, "Meet the source", "Chiara", markings=["Covert"])
    await clear(told, "Maarten")
    await told.comment(SPACE, "I go", "Maarten", "Meet the source")
    assert await offered(told, "Eglė", "Meet the source") == ["Chiara", "Maarten"]
    place = told.memberships[SPACE, "Maarten"]
    await teams.withdraw(told.ctx("Chiara"), told.ids[SPACE], place, told.ids["Covert"], new_id())
    assert await offered(told, "Eglė", "Meet the source") == ["Chiara", "Maarten"]
    await told.comment(SPACE, "Do you?", "Eglė", "Meet the source", mentions=["Chiara", "Maarten"])
    assert (await waiting(told, "Chiara"), await waiting(told, "Maarten")) == (["Do you?"], [])


async def clear(world: World, who: str) -> None:
    await teams.clear(world.ctx("Chiara"), world.ids[SPACE], world.memberships[SPACE, who], world.ids["Covert"], None, new_id())


# ── withdrawing ───────────────────────────────────────────────────────────────────────────────────────────────────────────────────


async def test_a_withdrawn_comment_stays_with_its_reason(told: World) -> None:
    await told.comment(SPACE, "Wrong", "Maarten", TASK)
    await withdraw(told, "Maarten", "Wrong")
    row = (await service.comments(told.ctx("Chiara"), told.ids[SPACE], told.ids[TASK], 50, None)).items[0]
    assert (row["text"], row["state"], row["reason"], row["by"]["name"]) == ("Wrong", "withdrawn", "wrong file", "Maarten")


async def test_only_whoever_said_it_withdraws_it_once_and_says_why(told: World) -> None:
    await told.comment(SPACE, "Right", "Maarten", TASK)
    with pytest.raises(Forbidden):
        await withdraw(told, "Chiara", "Right")
    with pytest.raises(Invalid):
        await service.withdraw(told.ctx("Maarten"), told.ids[SPACE], told.ids["Right"], " ", new_id())
    await withdraw(told, "Maarten", "Right")
    with pytest.raises(Conflict):
        await withdraw(told, "Maarten", "Right")


# ── what stays hidden ─────────────────────────────────────────────────────────────────────────────────────────────────────────────


async def test_raising_the_case_of_a_task_hides_what_was_said_at_once(told: World) -> None:
    await told.comment(SPACE, "Look here", "Chiara", TASK, mentions=["Maarten", "Eglė"])
    await raise_case(told)
    assert (await waiting(told, "Maarten"), await waiting(told, "Eglė")) == ([], ["Look here"])
    with pytest.raises(NotFound):
        await said(told, "Maarten")
    with pytest.raises(NotFound):
        await withdraw(told, "Maarten", "Look here")
    assert await offered(told, "Chiara") == ["Eglė"]


async def test_whoever_is_mentioned_while_the_case_is_marked_does_not_hear_of_it(told: World) -> None:
    """The one who comments has taken the task's lock and looked who sees it; the case is marked meanwhile, and waits or is found."""
    stage = Stage(queries.CREATE)
    commenting = service.say(stage.ctx(told.ctx("Chiara")), told.ids[SPACE], told.ids[TASK], "Look", [told.ids["Maarten"]], new_id())

    async def meanwhile() -> None:
        await stage.here.wait()
        raising = asyncio.create_task(raise_case(told))
        stage.go.set()
        await raising

    await asyncio.gather(commenting, meanwhile(), return_exceptions=True)
    assert await waiting(told, "Maarten") == []


async def test_the_same_comment_sent_twice_is_said_once(told: World) -> None:
    key, ctx = new_id(), told.ctx("Maarten")
    made = {await service.say(ctx, told.ids[SPACE], told.ids[TASK], "Once", [told.ids["Eglė"]], key) for _ in range(2)}
    assert (len(made), await said(told, "Chiara"), await waiting(told, "Eglė")) == (1, ["Once"], ["Once"])
