"""The fictional case as it is loaded."""

from __future__ import annotations

from typing import TYPE_CHECKING

from backend.core.ids import new_id
from backend.demo.service import Loading
from backend.demo.story import story
from graph.outbox import Change

if TYPE_CHECKING:
    from backend.core.context import Parts


async def test_two_of_the_latest_records_may_be_about_one_subject(parts: Parts) -> None:
    loading, space = Loading(parts, story(small=True)), new_id()
    record = min(loading.story.records, key=lambda r: r.days_ago)
    changes = [Change("entity", "recorded", loading.ids[record.about], after=("*",))]
    await parts.graph.write(lambda tx: loading._tell(tx, space, [record, record], changes))  # noqa: SLF001 - what the whole case does once
    told = await parts.graph.read(lambda tx: tx.value("MATCH (n:Event {space: $space}) RETURN count(n)", space=space))
    assert told == 2
