"""A client in Python that does what the front-end does with notices (`features/network/liveChart.ts`): held content, notices, questions."""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING, Any

from tests.access.questions import ENTITY, ask

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from tests.realtime.live import Message
    from tests.support.world import World

Row = dict[str, Any]
ASKED = (Path(__file__).parents[2] / "frontend/src/features/network/queries.ts").read_text()
FIELDS = {kind: fields.split() for kind, fields in re.findall(r"fragment \w+ on (Chart\w+) \{([^}]*)\}", ASKED)}
"""What the front-end asks of an item and of a link of the chart."""
CHART = f"items {{ {' '.join(FIELDS['ChartItem'])} }} links {{ {' '.join(FIELDS['ChartLink'])} }}"
WHOLE = f"query($s: ID!) {{ chart(space: $s, limit: 10000) {{ {CHART} }} }}"
SOME = f"query($s: ID!, $i: [ID!]!, $m: [ID!]!) {{ chartItems(space: $s, ids: $i, among: $m) {{ {CHART} }} }}"
ENDS = "query($s: ID!, $l: ID!) { link(space: $s, id: $l) { source { id } target { id } } }"


@dataclass
class Screen:
    """What one person holds of one space: the chart, and the pages of some entities."""

    world: World
    who: str
    space: str
    items: dict[str, Row] = field(default_factory=dict[str, Row])
    links: dict[str, Row] = field(default_factory=dict[str, Row])
    pages: dict[str, Row] = field(default_factory=dict[str, Row])

    async def ask(self, query: str, **named: object) -> Row:
        return await ask(self.world.ctx(self.who), query, s=self.world.ids[self.space], **named)

    async def open(self, *watched: str) -> Screen:
        """Ask for everything, and for the pages of the entities named."""
        chart = (await self.ask(WHOLE))["chart"]
        self.items, self.links = _by_id(chart["items"]), _by_id(chart["links"])
        self.pages = {one: await self.page(one) for one in watched}
        return self

    async def page(self, entity: str) -> Row:
        """One entity's page."""
        return await self.ask(ENTITY, e=entity)

    async def fresh(self) -> Screen:
        """The same screen, asked anew."""
        return await Screen(self.world, self.who, self.space).open(*self.pages)

    # ── notices ───────────────────────────────────────────────────────────────────────────────────────────────────────────────────

    async def take_in(self, notices: list[Message]) -> None:
        """Drop what is gone, ask again for what changed and for what gained or lost a link by it."""
        last = {each["id"]: each for each in notices if each["kind"] in {"entity", "link", "merge"}}
        gone = [one for one, each in last.items() if each["change"] == "gone"]
        wanted = set(self._drop(gone)) | {one for one, each in last.items() if one not in gone and each["kind"] != "link"}
        for one in (one for one, each in last.items() if one not in gone and each["kind"] == "link"):
            wanted |= await self._ends(one)
        if any(each["kind"] == "merge" for each in notices):
            wanted |= set(self.items)
        while wanted:
            wanted = await self._ask_again(wanted)
        await self._turn_pages(notices)

    def _drop(self, gone: list[str]) -> Iterator[str]:
        """Take off what is gone; yields what stays and lost a link by it."""
        for link in [link for link in self.links.values() if {link["id"], link["source"], link["target"]} & set(gone)]:
            del self.links[link["id"]]
            yield from {link["source"], link["target"]} - set(gone)
        for one in gone:
            self.items.pop(one, None)

    async def _ends(self, link: str) -> set[str]:
        held = self.links.get(link)
        said = {"source": {"id": held["source"]}, "target": {"id": held["target"]}} if held else (await self.ask(ENDS, l=link)).get("link")
        return {said["source"]["id"], said["target"]["id"]} if said else set()

    async def _ask_again(self, wanted: set[str]) -> set[str]:
        """Ask for these, take the answer in, and return what else gained or lost a link by it."""
        chart = (await self.ask(SOME, i=sorted(wanted), m=sorted(self.items)))["chartItems"]
        items, links = _by_id(chart["items"]), _by_id(chart["links"])
        for one in wanted - set(items):
            self.items.pop(one, None)
        self.items |= items  # under whichever id now stands for what was asked
        before = {one: link for one, link in self.links.items() if {link["source"], link["target"]} & wanted}
        after = {one: link for one, link in links.items() if {link["source"], link["target"]} <= set(self.items)}
        self.links = {one: link for one, link in self.links.items() if one not in before} | after
        moved = [it for it in (*before.values(), *after.values()) if (it["id"] in before) != (it["id"] in after)]
        return {end for it in moved for end in (it["source"], it["target"]) if end in self.items} - wanted

    async def _turn_pages(self, notices: list[Message]) -> None:
        """Ask for the pages again: which identifiers one shares hangs on the records of everything else."""
        if any(each["kind"] != "agreement" for each in notices):
            self.pages = {one: await self.page(one) for one in self.pages}


def _by_id(rows: Iterable[Row]) -> dict[str, Row]:
    return {row["id"]: row for row in rows}
