"""An exhibit is marked or released by itself: at once, with what was derived from it, and so that its custody says it."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING, Any

import pytest
import pytest_asyncio

from backend.auth import service as auth
from backend.cases import service as cases
from backend.core.errors import Conflict, Forbidden, Invalid, NotFound, StepUp
from backend.core.ids import new_id
from backend.entities import changes as entities
from backend.entities.markings import service as sources
from backend.evidence import changes, content, marking, page_search, service
from backend.evidence.changes import New
from backend.evidence.rules import Entry, ExhibitKind, Said, Verb
from backend.teams import service as teams
from graph.queries import evidence as queries
from tests.access.questions import ask
from tests.evidence.conftest import Counter, counter
from tests.support.staging import race

if TYPE_CHECKING:
    from collections.abc import AsyncIterator

    from backend.core.context import Context
    from tests.support.world import World

__all__ = ["counter"]
SPACE = "Saltmarsh"
NOTES = b"Notes of a meeting\nKestrel, 1,650,000\n"


@pytest_asyncio.fixture(loop_scope="session")
async def there(counter: Counter) -> World:
    """Notes, an extract of them, and an extract of that in another case; a name that rests on the notes."""
    world = counter.world
    await world.case(SPACE, "NL-2", "Chiara")
    await world.file(SPACE, "Notes", "Chiara", "NA-1", NOTES)
    await world.exhibit(SPACE, "Extract", "Chiara", "NA-1", parent="Notes")
    await world.exhibit(SPACE, "Copy of it", "Maarten", "NL-2", parent="Extract")
    await world.entity(SPACE, "Ilian", "Chiara", "NA-1", name="Ilian Dravec")
    return world


async def there_for(world: World, who: str) -> set[str]:
    """The exhibits that somebody is told of, by title."""
    page = await service.exhibits(world.ctx(who), world.ids[SPACE], service.Wanted(), 50, None)
    assert page.total == len(page.items)
    return {row["title"] for row in page.items}


async def version(world: World, name: str = "Notes", who: str = "Chiara") -> str:
    return (await service.exhibit(world.ctx(who), world.ids[SPACE], world.ids[name]))["version"]


async def custody(world: World, name: str, who: str = "Chiara") -> list[dict[str, Any]]:
    events, whole = await service.chain(world.ctx(who), world.ids[SPACE], world.ids[name])
    assert whole
    return events


# ── what follows ──────────────────────────────────────────────────────────────────────────────────────────────────────────────────


async def test_a_marked_exhibit_is_hidden_at_once_with_what_was_derived_from_it(there: World) -> None:
    everything = {"Notes", "Extract", "Copy of it"}
    assert [await there_for(there, who) for who in ("Maarten", "Eglė")] == [everything] * 2
    await there.mark_exhibit(SPACE, "Notes", "Chiara", "Covert")
    assert [await there_for(there, who) for who in ("Maarten", "Eglė")] == [set(), everything]


async def test_an_extract_is_marked_without_what_it_was_derived_from(there: World) -> None:
    await there.mark_exhibit(SPACE, "Extract", "Chiara", "Covert")
    assert await there_for(there, "Maarten") == {"Notes"}
    assert (await service.exhibit(there.ctx("Maarten"), there.ids[SPACE], there.ids["Notes"]))["derived"] == []


async def test_its_text_is_found_no_more(there: World) -> None:
    async def found(who: str) -> int:
        return len(await page_search.search(there.ctx(who), there.ids[SPACE], "kestrel", 20))

    assert [await found(who) for who in ("Maarten", "Eglė")] == [1, 1]
    await there.mark_exhibit(SPACE, "Notes", "Chiara", "Covert")
    assert [await found(who) for who in ("Maarten", "Eglė")] == [0, 1]


async def test_what_is_derived_while_it_is_marked_inherits(there: World) -> None:
    """The writer has locked the notes, and whoever marks them waits, or the other way round."""
    seen = await version(there)

    async def derive(ctx: Context) -> None:
        new = New(there.ids["NL-2"], Said(title="Late", kind=ExhibitKind.DEVICE), there.ids["Notes"])
        await changes.register(ctx, there.ids[SPACE], new, Entry(Verb.COLLECTED), new_id())

    async def mark(ctx: Context) -> None:
        await marking.mark(ctx, there.ids[SPACE], there.ids["Notes"], frozenset({there.ids["Covert"]}), seen, new_id())

    await race(queries.LOCK, (there.ctx("Eglė"), derive), (there.ctx("Chiara"), mark))
    assert "Late" in await there_for(there, "Eglė")
    assert await there_for(there, "Maarten") == set()


async def test_a_marking_that_what_was_derived_carries_stays_beside_the_new_one(there: World) -> None:
    """Chiara raises the notes; Darius had marked the copy with a marking of his own, of which she has never heard."""
    await there.member(SPACE, "Darius@LT", "prosecutor")
    await there.marking(SPACE, "Own", "Darius")
    await there.mark_exhibit(SPACE, "Copy of it", "Darius", "Own")
    await there.mark_exhibit(SPACE, "Notes", "Chiara", "Covert")
    assert "Copy of it" not in await there_for(there, "Chiara")
    await teams.clear(there.ctx("Chiara"), there.ids[SPACE], there.memberships[SPACE, "Darius"], there.ids["Covert"], None, new_id())
    row = await service.exhibit(there.ctx("Darius"), there.ids[SPACE], there.ids["Copy of it"])
    assert {each["name"] for each in row["markings"]} == {"Own", "Covert"}


async def test_records_that_cite_it_keep_their_class_and_name_their_source_no_more(there: World) -> None:
    """By hand they take its number for their title, which would tell of it."""
    number = (await service.exhibit(there.ctx("Chiara"), there.ids[SPACE], there.ids["Notes"]))["number"]
    said = replace(there.said("NA-1", alias="Kestrel"), title=number, locator="L2", exhibit=there.ids["Notes"])
    seen = await there.view(SPACE, "Ilian", "Chiara")
    await entities.add_record(there.ctx("Chiara"), there.ids[SPACE], there.ids["Ilian"], said, seen.version, new_id())
    assert number in await told_of_ilian(there, "Maarten")
    await there.mark_exhibit(SPACE, "Notes", "Chiara", "Covert")
    told = {who: await told_of_ilian(there, who) for who in ("Maarten", "Eglė")}
    assert [("Kestrel" in told[who], number in told[who]) for who in told] == [(True, False), (True, True)]


TOLD = (
    "query($s: ID!, $e: ID!) { entity(space: $s, id: $e) { records { values { values } source { title locator } } }"
    ' search(space: $s, text: "kestrel") { record { title locator } } }'
)


async def told_of_ilian(world: World, who: str) -> str:
    return str(await ask(world.ctx(who), TOLD, s=world.ids[SPACE], e=world.ids["Ilian"]))


# ── custody ───────────────────────────────────────────────────────────────────────────────────────────────────────────────────────


async def test_custody_says_that_the_markings_changed_and_neither_which_nor_why(there: World) -> None:
    await there.mark_exhibit(SPACE, "Notes", "Chiara", "Covert")
    for name in ("Notes", "Extract", "Copy of it"):
        assert (await custody(there, name))[-1]["verb"] == Verb.MARKED
    await there.release_exhibit(SPACE, "Notes", "Chiara", "Covert", reason="Kestrel is safe")
    to_maarten = await custody(there, "Notes", "Maarten")
    assert [each["verb"] for each in to_maarten][-2:] == [Verb.MARKED, Verb.MARKED]
    assert not [one for one in ("Covert", there.ids["Covert"], "Kestrel") if one in str(to_maarten)]


async def test_whoever_raises_its_case_is_in_its_custody_too(there: World) -> None:
    seen = (await cases.cases(there.ctx("Chiara"), there.ids[SPACE], there.ids["NA-1"]))[0]["version"]
    covert = frozenset({there.ids["Covert"]})
    await there.mark_exhibit(SPACE, "Extract", "Chiara", "Covert")
    await sources.mark_case(there.ctx("Chiara"), there.ids[SPACE], there.ids["NA-1"], covert, seen, new_id())
    of = {name: [each["verb"] for each in await custody(there, name)].count(Verb.MARKED) for name in ("Notes", "Extract", "Copy of it")}
    assert of == dict.fromkeys(of, 1)


# ── running downloads ─────────────────────────────────────────────────────────────────────────────────────────────────────────────


async def pieces() -> AsyncIterator[bytes]:
    yield b"first"
    yield b"second"


async def test_a_running_download_stops(there: World) -> None:
    """Between two of its pieces the exhibit is marked: whoever does not hold the marking gets nothing more, whoever does, all."""
    running = {who: await copying(there, who) for who in ("Maarten", "Eglė")}
    assert [await anext(each) for each in running.values()] == [b"first"] * 2
    await there.mark_exhibit(SPACE, "Notes", "Chiara", "Covert")
    assert await anext(running["Eglė"]) == b"second"
    with pytest.raises(NotFound):
        await anext(running["Maarten"])


async def test_a_running_copy_without_a_watermark_stops_where_the_marking_asks_for_one(there: World) -> None:
    await there.marking(SPACE, "Stamped", "Chiara", ["Eglė"], watermark=True)
    copied, played = [await copying(there, "Eglė", copies=copies) for copies in (True, False)]
    assert [await anext(each) for each in (copied, played)] == [b"first"] * 2
    await there.mark_exhibit(SPACE, "Notes", "Chiara", "Stamped")
    assert await anext(played) == b"second"
    with pytest.raises(NotFound):
        await anext(copied)


async def copying(world: World, who: str, *, copies: bool = True) -> AsyncIterator[bytes]:
    """What leaves while somebody, in a session of their own, takes a copy of the notes."""
    ctx = replace(world.ctx(who), actor=None)
    await auth.open_session(ctx, world.ids[who], auth.BOTH)
    ctx = replace(ctx, actor=replace(world.ctx(who).who, session=auth.session_id(ctx.cookies[0].value or "")))
    return content.guarded(ctx, await content.opened(ctx, world.ids[SPACE], world.ids["Notes"], copies=copies), pieces(), copies=copies)


# ── releasing, refusing ───────────────────────────────────────────────────────────────────────────────────────────────────────────


async def test_a_released_exhibit_shows_again_and_what_was_derived_keeps_its_own(there: World) -> None:
    await there.mark_exhibit(SPACE, "Notes", "Chiara", "Covert")
    await there.release_exhibit(SPACE, "Notes", "Chiara", "Covert")
    assert await there_for(there, "Maarten") == {"Notes"}
    decided = await there.parts.graph.read(
        lambda tx: tx.value("MATCH (d:Release {exhibit: $id}) RETURN [d.reason, d.markings, d.authority]", id=there.ids["Notes"])
    )
    assert decided == ["no risk any more", [there.ids["Covert"]], there.of_person["Chiara"]]


@pytest.mark.parametrize(
    ("above", "why"), [("parent", marking.PARENT_FIRST), ("case", marking.CASE_FIRST), ("import", marking.IMPORT_FIRST)]
)
async def test_what_is_above_an_exhibit_is_released_first(there: World, above: str, why: str) -> None:
    if above == "import":
        job = await there.bring_in(SPACE, "Rows", "Chiara", "NA-1", ["Nevio"], markings=["Covert"])
        told = await there.parts.graph.read(lambda tx: tx.value("MATCH (x:EvidenceItem {import: $id}) RETURN x.id", id=job))
        there.ids["Inherits"] = told
    elif above == "case":
        await there.case(SPACE, "Sealed", "Chiara", ["Covert"])
        await there.exhibit(SPACE, "Inherits", "Chiara", "Sealed")
    else:
        await there.mark_exhibit(SPACE, "Notes", "Chiara", "Covert")
        there.ids["Inherits"] = there.ids["Extract"]
    with pytest.raises(Invalid) as refused:
        await there.release_exhibit(SPACE, "Inherits", "Chiara", "Covert")
    assert refused.value.message == why


async def test_the_file_of_an_import_is_marked_with_the_import(there: World) -> None:
    job = await there.bring_in(SPACE, "Rows", "Chiara", "NA-1", ["Nevio"])
    there.ids["File"] = await there.parts.graph.read(lambda tx: tx.value("MATCH (x:EvidenceItem {import: $id}) RETURN x.id", id=job))
    with pytest.raises(Invalid) as refused:
        await there.mark_exhibit(SPACE, "File", "Chiara", "Covert")
    assert refused.value.message == marking.OF_IMPORT
    await sources.mark_import(there.ctx("Chiara"), there.ids[SPACE], job, frozenset({there.ids["Covert"]}), new_id())
    assert "Rows" not in await there_for(there, "Maarten")
    assert (await custody(there, "File"))[-1]["verb"] == Verb.MARKED


async def test_only_the_owning_authority_releases_says_why_and_has_signed_in_strongly(there: World) -> None:
    await there.member(SPACE, "Saskia@NL", "prosecutor")
    await teams.clear(there.ctx("Chiara"), there.ids[SPACE], there.memberships[SPACE, "Saskia"], there.ids["Covert"], None, new_id())
    await there.mark_exhibit(SPACE, "Notes", "Chiara", "Covert")
    with pytest.raises(Forbidden):
        await there.release_exhibit(SPACE, "Notes", "Saskia", "Covert")
    with pytest.raises(Invalid) as refused:
        await there.release_exhibit(SPACE, "Notes", "Chiara", "Covert", reason=" ")
    assert refused.value.field == "reason"
    with pytest.raises(Invalid) as refused:
        await there.release_exhibit(SPACE, "Notes", "Chiara")
    assert refused.value.field == "markings"
    ctx, covert = there.ctx("Chiara"), frozenset({there.ids["Covert"]})
    long_ago = replace(ctx, actor=replace(ctx.who, strong_at=""))
    with pytest.raises(StepUp):
        await marking.release(long_ago, there.ids[SPACE], there.ids["Notes"], covert, "r", await version(there), new_id())
    assert await there_for(there, "Maarten") == set()


async def test_nobody_marks_with_what_they_do_not_hold_or_twice_or_without_having_seen_it(there: World) -> None:
    await there.member(SPACE, "Petra@NL", "prosecutor")
    stale = await version(there)
    with pytest.raises(NotFound):
        await there.mark_exhibit(SPACE, "Notes", "Petra", "Covert")
    with pytest.raises(Forbidden):
        await there.mark_exhibit(SPACE, "Notes", "Eglė", "Covert")
    await there.mark_exhibit(SPACE, "Notes", "Chiara", "Covert")
    with pytest.raises(Invalid):
        await there.mark_exhibit(SPACE, "Notes", "Chiara", "Covert")
    with pytest.raises(Conflict):
        await marking.mark(there.ctx("Chiara"), there.ids[SPACE], there.ids["Notes"], frozenset({there.ids["Covert"]}), stale, new_id())
