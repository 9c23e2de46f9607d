"""The demo's story goes into a graph whole, whatever of it happened lately."""

from __future__ import annotations

from collections import Counter
from dataclasses import replace
from typing import TYPE_CHECKING, LiteralString

from backend.demo.service import Loading
from backend.demo.story import story

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
