"""Whatever is done to the audit log's files is found; whatever is removed lawfully is not."""

import asyncio
import shutil
import tempfile
from collections.abc import Generator
from contextlib import contextmanager
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
import pytest_asyncio
from hypothesis import given, settings
from hypothesis import strategies as st

from backend.core.audit import AuditLog, Entry, Operation
from backend.core.audit_read import stored
from backend.core.audit_removal import remove
from backend.core.audit_verify import verify
from backend.core.clock import FixedClock

AT = datetime(2026, 11, 23, 14, 32, tzinfo=UTC)
ENTRIES = 14
unhurried = settings(deadline=None)  # files and threads on a busy machine: never a timed test


def entry(number: int) -> Entry:
    return Entry(Operation.CONSULTATION, f"entity{number}", AT, ids=(str(number),))


@pytest_asyncio.fixture(scope="module", loop_scope="session")
async def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Two logs, one after the other, of several closed segments each."""
    made = tmp_path_factory.mktemp("audit")
    for first in (0, ENTRIES // 2):
        log = await AuditLog.open(made, segment_bytes=1200, clock=FixedClock(AT + timedelta(hours=first)))
        for number in range(first, first + ENTRIES // 2):
            await log.append(entry(number))
        await log.close()
    return made


@contextmanager
def copy(folder: Path) -> Generator[Path]:
    with tempfile.TemporaryDirectory() as name:
        yield Path(shutil.copytree(folder, Path(name) / "audit"))


def files(folder: Path) -> list[Path]:
    return sorted(folder.iterdir())


def test_the_untouched_log_verifies(folder: Path) -> None:
    verdict = verify(folder)
    assert (verdict.ok, verdict.entries, len(files(folder)) >= 8) == (True, ENTRIES, True)


@unhurried
@given(data=st.data())
def test_any_byte_changed_is_found(folder: Path, data: st.DataObject) -> None:
    with copy(folder) as mine:
        path = data.draw(st.sampled_from([path for path in files(mine) if path.stat().st_size]))
        content = bytearray(path.read_bytes())
        content[data.draw(st.integers(0, len(content) - 1))] ^= data.draw(st.integers(1, 255))
        path.write_bytes(content)
        assert not verify(mine).ok


@unhurried
@given(data=st.data())
def test_any_rearrangement_of_lines_is_found(folder: Path, data: st.DataObject) -> None:
    with copy(folder) as mine:
        path = data.draw(st.sampled_from([path for path in files(mine) if len(path.read_bytes().splitlines()) > 1]))
        lines = path.read_bytes().splitlines(keepends=True)
        forged = data.draw(st.lists(st.sampled_from(lines), max_size=len(lines) + 1).filter(lambda found: found != lines))
        path.write_bytes(b"".join(forged))
        # At the end of the newest log nobody vouches for the last lines yet: their loss reads as a crash.
        lost_end = path == files(mine)[-2] and forged == lines[: max(2, len(forged))]
        assert verify(mine).ok == lost_end


@unhurried
@given(data=st.data())
def test_any_cut_of_what_something_later_vouches_for_is_found(folder: Path, data: st.DataObject) -> None:
    with copy(folder) as mine:
        path = data.draw(st.sampled_from([path for path in files(mine)[:-2] if path.stat().st_size]))
        content = path.read_bytes()
        path.write_bytes(content[: data.draw(st.integers(0, len(content) - 1))])
        assert not verify(mine).ok


@unhurried
@given(first=st.integers(0, 3), second=st.integers(0, 3), kind=st.sampled_from(["chain", "entries"]))
def test_segments_changing_places_are_found(folder: Path, first: int, second: int, kind: str) -> None:
    with copy(folder) as mine:
        paths = sorted(mine.glob(f"*.{kind}"))
        one, two = paths[first].read_bytes(), paths[second].read_bytes()
        paths[first].write_bytes(two)
        paths[second].write_bytes(one)
        assert verify(mine).ok == (one == two)


@unhurried
@given(chosen=st.sets(st.integers(0, ENTRIES - 1), min_size=1))
def test_any_lawful_removal_leaves_a_log_that_verifies(folder: Path, chosen: set[int]) -> None:
    async def thin(mine: Path) -> None:
        leaves = [one.leaf for one in stored(mine) if one.entry and one.entry.ids and int(one.entry.ids[0]) in chosen]
        log = await AuditLog.open(mine)
        await remove(log, leaves, entry(99))
        await log.close()

    with copy(folder) as mine:
        asyncio.run(thin(mine))
        verdict = verify(mine)
        assert (verdict.ok, verdict.removed, verdict.entries) == (True, len(chosen), ENTRIES + 1)
        assert sum(one.entry is None for one in stored(mine)) == len(chosen)
