"""`joinder erase` as somebody runs it: refused beside a server, told first, then done; people stay signed in, the log has its lines."""

from __future__ import annotations

import asyncio
import os
import sys
from functools import partial
from typing import TYPE_CHECKING

import pytest

from backend.auth.passwords import hashed
from backend.core.audit import Operation
from backend.core.audit_read import stored
from backend.keeping import erasures
from tests.support.deployed import deployment
from tests.support.served import PASSWORD, Served
from tests.support.world import World, team

if TYPE_CHECKING:
    from pathlib import Path

pytestmark = [pytest.mark.embedded, pytest.mark.timeout(600)]
NAME = "Wronglette Misputnam"
ENTITIES = "query($s: ID!) { entities(space: $s) { items { id caption } } }"


async def joinder(data: Path, *said: str) -> tuple[int | None, str]:
    """Run a command to its end; return its exit code and what it said."""
    environment = {name: value for name, value in os.environ.items() if not name.startswith("JOINDER_")}
    process = await asyncio.create_subprocess_exec(
        sys.executable, "-m", "backend.cli", *said, env={**environment, "JOINDER_DATA": str(data)},
        stdout=asyncio.subprocess.PIPE, stderr=asyncio.subprocess.STDOUT,
    )  # fmt: skip
    out, _ = await process.communicate()
    return process.returncode, out.decode()


async def prepared(data: Path) -> World:
    """A team with somebody who should not be there, and an administrator."""
    async with deployment(data) as parts:
        world = World(parts)
        await world.person("Root", "IT", administrator=True)
        await world.person("Maarten", "NL", password=hashed(PASSWORD))
        await team(world)
        for name in (NAME, "Ilian Dravec"):
            await world.entity("Saltmarsh", name, "Maarten", "NA-1")
        return world


async def test_an_erasure_is_told_first_then_done_and_people_go_on(tmp_path: Path) -> None:
    data, world = tmp_path / "data", await prepared(tmp_path / "data")
    ids, server = world.ids, Served(data, world.ids)
    order = ["erase", "--space", ids["Saltmarsh"], "--entity", ids[NAME], "--reason", "entered_wrongly", "--order", "117/2026"]
    by = ["--by", ids["Root"]]
    await server.start()
    remote = await server.sign_in()
    code, told = await joinder(data, *order, *by, "--yes")
    assert (code, "A server uses this data folder. Stop it" in told) == (1, True), told
    await server.stop()

    for wrong, said in (
        (["--by", ids["Maarten"]], "is no administrator of this deployment"),
        ([*by, "--order", f"about {NAME}"], "no name and no words"),
        ([], "Say --space, --entity"),
        (["--continue"], "nothing to go on with"),
    ):
        code, told = await joinder(data, *order, *wrong)
        assert (code, said in told, "Traceback" in told) == (1, True, False), told
    code, told = await joinder(data, *order, *by)
    assert (code, "Nothing was changed." in told, "1 records, 0 links" in told, NAME in told) == (0, True, True, False), told
    assert erasures.read(data) == []

    code, told = await joinder(data, *order, *by, "--yes")
    [made] = erasures.read(data)
    assert (code, made["hash"] in told, NAME in told) == (0, True, False), told
    lines = [one.entry for one in stored(data / "audit") if one.entry and one.entry.operation is Operation.ERASURE]
    assert {(line.name, line.person, line.space, line.justification) for line in lines} == {
        ("erase", ids["Root"], ids["Saltmarsh"], "117/2026")
    }
    assert {ids[NAME], made["hash"]} <= {one for line in lines for one in line.ids}
    assert any(line.events for line in lines)
    code, told = await joinder(data, "verify")
    assert (code, "1 erasures." in told) == (0, True), told
    await server.start()
    try:
        seen = await asyncio.to_thread(partial(remote.ask, ENTITIES, s=ids["Saltmarsh"]))
        assert [one["caption"] for one in seen["entities"]["items"]] == ["Ilian Dravec"]
    finally:
        await server.stop()
