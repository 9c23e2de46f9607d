"""`joinder import`: a file sent to a running server from a terminal, followed to its end, what it refused beside it."""

from __future__ import annotations

import asyncio
import io
import json
from contextlib import asynccontextmanager
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

import pytest

from backend import cli, serving
from backend.auth.passwords import hashed
from backend.core.ids import new_id
from backend.entities.imports import service
from tests.graph.test_imports import asked, begun
from tests.support.rows import MAPPING, ftm_lines, payments
from tests.support.served import PASSWORD
from tests.support.workbooks import workbook
from tests.support.world import World, team

if TYPE_CHECKING:
    from collections.abc import AsyncGenerator
    from pathlib import Path


@dataclass
class Terminal:
    """Runs the command as Maarten would, and keeps what it prints."""

    url: str
    login: str
    folder: Path
    monkeypatch: pytest.MonkeyPatch
    said: str = ""

    async def run(self, *arguments: str) -> int:
        screen = io.StringIO()
        for name in ("stdout", "stderr"):
            self.monkeypatch.setattr("sys." + name, screen)
        self.monkeypatch.setattr("sys.stdin", io.StringIO(PASSWORD + "\n"))
        try:
            return await asyncio.to_thread(cli.main, ["import", *arguments, "--login", self.login, "--url", self.url])
        finally:
            self.said = screen.getvalue()

    def file(self, name: str, data: bytes) -> str:
        (self.folder / name).write_bytes(data)
        return str(self.folder / name)


@asynccontextmanager
async def terminal(world: World, folder: Path, monkeypatch: pytest.MonkeyPatch) -> AsyncGenerator[Terminal]:
    await world.person("Maarten", "NL", password=hashed(PASSWORD))
    await team(world)
    parts = replace(world.parts, settings=replace(world.parts.settings, port=serving.free_port()))
    async with serving.listening(parts):
        yield Terminal(parts.settings.address, world.ids["Maarten"], folder, monkeypatch)


async def test_a_file_comes_in_and_its_refused_rows_lie_beside_it(world: World, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    async with terminal(world, tmp_path, monkeypatch) as here:
        file = here.file("people.json", ftm_lines(20, every_bad=20))
        assert await here.run(file, "--space", "Saltmarsh", "--case", "1/26", "--grade", "B2") == 0
        assert "done: 20 rows read, 19 in, 1 refused" in here.said
        assert (tmp_path / "people.json.refused.csv").read_text().splitlines()[1:] == ["20,schema,unknown schema Perzon"]
        assert await here.run(file, "--space", "Saltmarsh", "--case", "1/26") == 1
        assert "exists already" in here.said


async def test_a_table_comes_in_under_its_mapping(world: World, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    async with terminal(world, tmp_path, monkeypatch) as here:
        file, mapping = here.file("payments.csv", payments(20)), here.file("payments.yml", MAPPING.encode())
        case = ("--space", world.ids["Saltmarsh"], "--case", world.ids["NA-1"])
        assert await here.run(file, *case) == 1
        assert "--mapping" in here.said
        assert await here.run(file, *case, "--mapping", mapping, "--name", "bank") == 0
        [row] = await service.jobs(world.ctx("Maarten"), world.ids["Saltmarsh"])
        assert (row["name"], row["state"], row["read"], row["rejected"]) == ("bank", "done", 20, 0)


@pytest.mark.parametrize("name", ["payments.xlsx", "payments.jsonl", "payments.json"])
async def test_a_workbook_and_json_lines_come_in_as_the_tables_that_they_are(
    world: World, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, name: str
) -> None:
    table = [line.split(",") for line in payments(20, every_bad=10).decode().splitlines()]
    lines = "".join(json.dumps(dict(zip(table[0], row, strict=True))) + "\n" for row in table[1:])
    async with terminal(world, tmp_path, monkeypatch) as here:
        file = here.file(name, workbook(*table) if name.endswith("xlsx") else lines.encode())
        mapping = here.file("payments.yml", MAPPING.encode())
        assert await here.run(file, "--space", "Saltmarsh", "--case", "1/26", "--mapping", mapping) == 0
        assert "done: 20 rows read, 18 in, 2 refused" in here.said
        refused = (tmp_path / f"{name}.refused.csv").read_text().splitlines()[1:]
    first = 1 if name.startswith("payments.json") else 2  # a sheet's first row names the columns
    assert [line.split(",")[:2] for line in refused] == [[str(9 + first), "date"], [str(19 + first), "date"]]


async def test_a_table_whose_format_its_name_does_not_say_is_not_guessed(
    world: World, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    async with terminal(world, tmp_path, monkeypatch) as here:
        file, mapping = here.file("payments.dat", payments(2)), here.file("payments.yml", MAPPING.encode())
        assert await here.run(file, "--space", "Saltmarsh", "--case", "1/26", "--mapping", mapping) == 1
        assert "payments.dat does not, so its format is not known" in here.said
        assert not await service.jobs(world.ctx("Maarten"), world.ids["Saltmarsh"])


async def test_an_import_that_stopped_is_continued(world: World, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    async with terminal(world, tmp_path, monkeypatch) as here:
        job = await begun(world.ctx("Maarten"), world, ftm_lines(10), wanted=asked(world))
        await service.cancel(world.ctx("Maarten"), world.ids["Saltmarsh"], job, new_id())
        assert await here.run("--continue", job, "--space", "Saltmarsh", "--refused", str(tmp_path / "refused.csv")) == 0
        assert "done: 10 rows read, 10 in, 0 refused" in here.said


@pytest.mark.parametrize(
    ("arguments", "text"),
    [
        (("--space", "Saltmarsh"), "Name a file"),
        (("there.json", "--space", "Marsh", "--case", "1/26"), "There is no space 'Marsh'. Yours: Saltmarsh."),
        (("there.json", "--space", "Saltmarsh", "--case", "2/26"), "There is no case '2/26'. Yours: NA-1."),
        (("there.json", "--space", "Saltmarsh", "--case", "1/26", "--marking", "Covert"), "There is no marking 'Covert'. Yours: none."),
        (("gone.json", "--space", "Saltmarsh", "--case", "1/26"), "gone.json: No such file"),
    ],
)
async def test_what_is_wrong_is_said_in_a_sentence(
    world: World, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, arguments: tuple[str, ...], text: str
) -> None:
    monkeypatch.chdir(tmp_path)
    async with terminal(world, tmp_path, monkeypatch) as here:
        here.file("there.json", ftm_lines(1))
        assert await here.run(*arguments) == 1
        assert text in here.said
        assert not await service.jobs(world.ctx("Maarten"), world.ids["Saltmarsh"])
