"""A backed up deployment on the embedded engine, and what a graph holds in a form that both engines share."""

from __future__ import annotations

import shutil
from contextlib import asynccontextmanager
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, LiteralString

import orjson

from backend.auth.passwords import hashed
from backend.keeping import dump, recovery, take
from backend.keeping.dump import Dumped
from tests.support.deployed import deployment
from tests.support.world import World, team

if TYPE_CHECKING:
    from collections.abc import AsyncGenerator
    from pathlib import Path

    from backend.config import Settings
    from backend.core.context import Parts

SAID = b"It was on the seventh of March.\n"
TYPES: LiteralString = (
    "CREATE (t:Task {id: 'types', whole: 1, real: 1.0, large: 9007199254740993, yes: true, bytes: $bytes, some: ['a', ''],"
    " numbers: [1, 2], reals: [1.0, 2.5], none: []}) RETURN 1"
)


@dataclass
class Source:
    """A team with files, an import, links and a task; its backups, and the recovery key's file."""

    world: World
    backups: Path
    key: Path

    @property
    def parts(self) -> Parts:
        return self.world.parts

    def copy(self, to: Path) -> Path:
        """Return a copy of the backups that a test may spoil."""
        return shutil.copytree(self.backups, to)


@asynccontextmanager
async def backed_up(place: Path, settings: Settings | None = None) -> AsyncGenerator[Source]:
    """Open a deployment in a folder, and take a backup of it there."""
    async with deployment(settings or place / "data") as parts:
        world = World(parts)
        await world.person("Chiara", "IT", password=hashed("correct horse battery staple"))
        await team(world)
        await world.file("Saltmarsh", "page.txt", "Maarten", "NA-1", SAID)
        await world.file("Saltmarsh", "covert.txt", "Chiara", "NA-1", b"Said by nobody.\n", ["Covert"])
        await world.bring_in("Saltmarsh", "register", "Maarten", "NA-1", ["Ilian Dravec", "Søren Ødegaard"])
        await world.link("Saltmarsh", "knows", ("Ilian Dravec", "Søren Ødegaard"), "Maarten", "NA-1")
        for kind in ("Event", "Mention"):  # kinds of the ontology that are called as other labels are
            await world.entity("Saltmarsh", kind, "Maarten", "NA-1", kind=kind)
        await world.task("Saltmarsh", "ask again", "Maarten")
        await parts.graph.write(lambda tx: tx.value(TYPES, bytes=b"\0\xff"))
        recovery.make(parts.settings.data, place / "recovery")
        await take.run(parts, place / "backups", lambda _: None)
        yield Source(world, place / "backups", place / "recovery")


async def dumped(parts: Parts) -> tuple[list[bytes], Dumped]:
    """Return every line of a graph, in an order that no engine makes, and what was counted."""
    found = Dumped()
    lines = b"".join([piece async for piece in dump.lines(parts.graph, found)]).splitlines()
    return sorted(orjson.dumps(_in_order(orjson.loads(line)), option=orjson.OPT_SORT_KEYS) for line in lines), found


def _in_order(line: dict[str, list[Any]]) -> dict[str, list[Any]]:
    """Sort the labels of a node, which engines tell in orders of their own."""
    if "n" in line:
        line["n"][0].sort()
    return line
