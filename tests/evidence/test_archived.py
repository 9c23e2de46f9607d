"""Archives: kept as they came, looked at behind their arrival, and marked where something is wrong with them."""

from __future__ import annotations

import io
import zipfile
from typing import TYPE_CHECKING

from backend.evidence import parts as upload_parts
from backend.evidence import service
from backend.evidence.types import exhibit_of
from tests.support.world import World, team

if TYPE_CHECKING:
    import pytest

    from backend.evidence.types import ExhibitFile


def zipped(**files: bytes) -> bytes:
    held = io.BytesIO()
    with zipfile.ZipFile(held, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, data in files.items():
            archive.writestr(name, data)
    return held.getvalue()


async def sent(world: World, data: bytes, name: str = "seized.zip") -> ExhibitFile:
    await team(world)
    await world.file("Saltmarsh", name, "Chiara", "NA-1", data)
    file = exhibit_of(await service.exhibit(world.ctx("Chiara"), world.ids["Saltmarsh"], world.ids[name])).file
    assert file
    return file


async def test_a_sound_archive_has_nothing_wrong_with_it(world: World, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(upload_parts, "PART_BYTES", 1_000)
    file = await sent(world, zipped(a=bytes(range(256)) * 40, b=b"x"))
    assert (file.family, file.archive_problem) == ("archive", "")


async def test_a_bomb_is_kept_and_marked(world: World) -> None:
    file = await sent(world, zipped(bomb=bytes(100 << 20)))
    assert file.archive_problem.startswith("This archive unpacks to more than 200 times its size")
    assert file.archive_problem.endswith("so nothing of it is unpacked. The file is kept as it came.")


async def test_an_archive_that_is_cut_short_says_so(world: World) -> None:
    file = await sent(world, zipped(a=b"notes" * 1_000)[:-30])
    assert file.archive_problem == "This archive is damaged or cut short, so nothing of it is unpacked. The file is kept as it came."
