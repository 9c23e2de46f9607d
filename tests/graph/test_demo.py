"""The demo's story goes into a graph whole, whatever of it happened lately."""

from __future__ import annotations

from collections import Counter
from dataclasses import replace
from typing import TYPE_CHECKING, LiteralString

from backend.core.actor import Actor
from backend.core.context import Context, trail_of
from backend.demo.people import JIT
from backend.demo.service import Loading
from backend.demo.story import story
from backend.demo.work import WORK, give_out
from backend.tasks import service as tasks
from backend.tasks.comments import service as comments
from backend.tasks.service import Wanted

if TYPE_CHECKING:
    from backend.core.context import Parts

TOLD: LiteralString = "MATCH (n:Event {space: $space}) RETURN collect(n.record)"


async def test_two_records_of_one_subject_are_told_each(parts: Parts) -> None:
    whole = story(small=True)
    several = Counter(r.about for r in whole.records).most_common(1)[0][0]
    late = replace(whole, records=tuple(replace(r, days_ago=0 if r.about == several else 100) for r in whole.records))
    loading = Loading(parts, late)
    await loading.run(lambda _: None)
    space = loading.ids["space:" + loading.space_of[several]]
    told = await parts.graph.read(lambda tx: tx.rows(TOLD, space=space))
    wanted = {loading.ids["record:" + r.key] for r in whole.records if r.about == several}
    assert len(wanted) > 1
    assert len(set(told) & wanted) == min(3, len(wanted))


async def test_work_is_given_out_and_a_reader_without_a_marking_sees_no_trace_of_what_is_marked(parts: Parts) -> None:
    loading = Loading(parts, story(small=True))
    await loading.run(lambda _: None)
    await give_out(parts, loading.ids, loading.agency_of, loading.space_of, loading.now)
    space = loading.ids["space:" + JIT]

    def ctx(person: str) -> Context:
        actor = Actor(loading.ids["person:" + person], person, loading.ids["agency:" + loading.agency_of[person]], "test")
        return Context(parts, actor, trail_of(parts, actor), "TEST-00")

    seen = {who: (await tasks.tasks(ctx(who), space, Wanted(), 50, None)).items for who in ("furio", "yassine", "chiara")}
    about = {who: next(len(row["entities"]) for row in rows if row["title"].startswith("Check what")) for who, rows in seen.items()}
    assert (about["furio"], about["yassine"]) == (2, 1)
    assert len(seen["chiara"]) == len([it for it in WORK if it.space == JIT])
    assert "Hear the second witness again" not in {row["title"] for who in ("furio", "yassine") for row in seen[who]}
    assert (await comments.mentions(ctx("chiara"), space, 20, None)).total == 2
    assert {row["state"] for row in seen["chiara"]} == {"open", "doing", "waiting", "done"}
