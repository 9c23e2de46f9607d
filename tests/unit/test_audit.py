"""The audit log: durable before it answers, failing closed, and telling of every change made to it."""

import asyncio
import errno
import os
import signal
import subprocess
import sys
import threading
import time
from collections.abc import Callable
from datetime import UTC, datetime
from pathlib import Path

import pytest

from backend.core import audit_segment
from backend.core.audit import AuditLog, Entry, Operation, Trail, doing
from backend.core.audit_read import Stored, stored
from backend.core.audit_removal import remove
from backend.core.audit_segment import AppendFile, DurableFile
from backend.core.audit_verify import Kind, Verdict, named_events, verify
from backend.core.clock import FixedClock
from backend.core.errors import AuditUnavailable, Conflict, Invalid

AT = datetime(2026, 11, 23, 14, 32, tzinfo=UTC)
WRITER = """
import asyncio, sys
from datetime import UTC, datetime
from pathlib import Path
from backend.core.audit import AuditLog, Entry, Operation
async def main():
    log = await AuditLog.open(Path(sys.argv[1]), segment_bytes=20_000)
    async def write():
        while True:
            entry = Entry(Operation.CONSULTATION, "entity", datetime.now(UTC))
            await log.append(entry)
            print(entry.id, flush=True)
    await asyncio.gather(*(write() for _ in range(8)))
asyncio.run(main())
"""


def entry(name: str = "entity", ids: tuple[str, ...] = ()) -> Entry:
    return Entry(Operation.CONSULTATION, name, AT, person="p", space="s", ids=ids)


async def written(folder: Path, count: int, segment_bytes: int = 1000) -> list[Entry]:
    """Write entries one by one in a log of small segments, and close it."""
    log = await AuditLog.open(folder, clock=FixedClock(AT), segment_bytes=segment_bytes)
    entries = [entry(f"entity{number}") for number in range(count)]
    for one in entries:
        await log.append(one)
    await log.close()
    return entries


def kept(folder: Path) -> list[Entry]:
    return [one.entry for one in stored(folder) if one.entry]


def kinds(verdict: Verdict) -> set[Kind]:
    return {finding.kind for finding in verdict.findings}


class BadFile(DurableFile):
    """A file on a medium with a fault that the test switches on."""

    fault: Callable[[], object] = staticmethod(lambda: None)

    def sync(self) -> None:
        self.fault()
        super().sync()


def full() -> object:
    raise OSError(errno.ENOSPC, "No space left on device")


def bad_medium(fault: Callable[[], object]) -> type[BadFile]:
    return type("Bad", (BadFile,), {"fault": staticmethod(fault)})


# ── writing ──────────────────────────────────────────────────────────────────────────────────────────────────────────────


async def test_what_is_appended_is_read_back_and_verifies(tmp_path: Path) -> None:
    entries = await written(tmp_path, 9)
    verdict = verify(tmp_path)
    assert (kept(tmp_path), verdict) == (entries, Verdict(entries=9))
    assert len(list(tmp_path.glob("*.chain"))) > 2


async def test_an_entry_keeps_every_field() -> None:
    full_entry = Entry(Operation.DISCLOSURE, "export", AT, "Europe/Rome", "p", "a", "h", "s", ("1", "2"), "basis-7", "agency-3", ("e1",))
    assert Entry.decode(full_entry.encode()) == full_entry


@pytest.mark.parametrize("ids", [("Anna Rossi",), ("anna@example.org",), ("+39 055 1",), ("a\n",), ("",), ("x" * 201,)])
async def test_what_looks_like_a_value_is_refused(ids: tuple[str, ...]) -> None:
    with pytest.raises(ValueError, match="not an id"):
        entry(ids=ids)


async def test_a_time_without_zone_is_refused() -> None:
    with pytest.raises(ValueError, match="UTC"):
        Entry(Operation.CONSULTATION, "entity", AT.replace(tzinfo=None))


async def test_append_returns_after_both_files_are_synced(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    synced: list[str] = []
    real = os.fdatasync

    def noted(handle: int) -> None:
        synced.append(Path(f"/proc/self/fd/{handle}").readlink().suffix)
        real(handle)

    monkeypatch.setattr(audit_segment.os, "fdatasync", noted)
    log = await AuditLog.open(tmp_path)
    synced.clear()
    await log.append(entry())
    assert synced == [".entries", ".chain"]
    await log.close()


async def test_those_who_wait_share_a_batch(tmp_path: Path) -> None:
    syncs: list[None] = []
    log = await AuditLog.open(tmp_path, open_file=bad_medium(lambda: syncs.append(None)))
    syncs.clear()
    await asyncio.gather(*(log.append(entry()) for _ in range(500)))
    await log.close()
    assert len(syncs) < 10
    assert verify(tmp_path).entries == 500


async def test_files_are_for_their_owner_only(tmp_path: Path) -> None:
    await written(tmp_path / "audit", 1)
    assert {path.stat().st_mode & 0o777 for path in (tmp_path / "audit").iterdir()} == {0o600}
    assert (tmp_path / "audit").stat().st_mode & 0o777 == 0o700


# ── failing closed ───────────────────────────────────────────────────────────────────────────────────────────────────────


async def test_a_full_disk_refuses_until_there_is_room(tmp_path: Path) -> None:
    faults: list[Callable[[], object]] = []
    log = await AuditLog.open(tmp_path, open_file=bad_medium(lambda: [fault() for fault in faults]))
    await log.append(entry("before"))
    faults.append(full)
    for _ in range(3):
        with pytest.raises(AuditUnavailable):
            await log.append(entry("lost"))
    assert log.healthy is False
    faults.clear()
    await log.append(entry("after"))
    await log.close()
    verdict = verify(tmp_path)
    assert (verdict.ok, verdict.entries, verdict.unacknowledged) == (True, 2, 1)


async def test_a_blocked_medium_refuses_in_time_and_at_once_after(tmp_path: Path) -> None:
    go, waits = threading.Event(), threading.Event()
    log = await AuditLog.open(tmp_path, open_file=bad_medium(lambda: waits.is_set() and go.wait(30)), wait_s=0.05)
    waits.set()
    with pytest.raises(AuditUnavailable):
        await log.append(entry())
    started = asyncio.get_running_loop().time()
    with pytest.raises(AuditUnavailable):
        await log.append(entry())
    assert (asyncio.get_running_loop().time() - started < 0.04, log.healthy) == (True, False)
    go.set()
    await log.close()
    assert verify(tmp_path).ok


async def test_a_log_that_cannot_be_made_is_refused_by_name(tmp_path: Path) -> None:
    (tmp_path / "file").write_text("")
    with pytest.raises(AuditUnavailable, match="file/audit"):
        await AuditLog.open(tmp_path / "file" / "audit")


async def test_a_closed_log_takes_nothing(tmp_path: Path) -> None:
    log = await AuditLog.open(tmp_path)
    await log.close()
    with pytest.raises(AuditUnavailable):
        await log.append(entry())


async def test_a_short_write_is_never_counted(tmp_path: Path) -> None:
    class Short(DurableFile):
        failing = False

        def write(self, data: bytes) -> None:
            super().write(data[: len(data) // 2] if self.failing else data)
            if self.failing:
                full()

    made: list[Short] = []

    def open_file(path: Path) -> AppendFile:
        made.append(Short(path))
        return made[-1]

    log = await AuditLog.open(tmp_path, open_file=open_file)
    await log.append(entry("before"))
    made[1].failing = True
    with pytest.raises(AuditUnavailable):
        await log.append(entry("lost"))
    await log.append(entry("after"))
    await log.close()
    verdict = verify(tmp_path)
    assert (verdict.findings, verdict.entries) == ([], 2)


async def test_entries_acknowledged_before_sigkill_remain(tmp_path: Path) -> None:
    writer = subprocess.Popen([sys.executable, "-c", WRITER, str(tmp_path)], stdout=subprocess.PIPE, text=True)
    assert writer.stdout
    acknowledged = [writer.stdout.readline().strip() for _ in range(300)]
    writer.send_signal(signal.SIGKILL)
    acknowledged += [line.strip() for line in writer.stdout if line.endswith("\n")]
    writer.wait()
    writer.stdout.close()
    verdict = verify(tmp_path)
    assert verdict.findings == []
    assert set(acknowledged) <= {one.id for one in kept(tmp_path)[: verdict.entries]}


async def test_a_torn_end_is_told_apart_from_a_change(tmp_path: Path) -> None:
    log = await AuditLog.open(tmp_path)
    await log.append(entry())
    chain, entries = (next(tmp_path.glob(f"*.{kind}")) for kind in ("chain", "entries"))
    kept_size = chain.stat().st_size
    await log.append(entry())
    os.truncate(chain, kept_size + 30)
    assert (verify(tmp_path).ok, verify(tmp_path).entries, verify(tmp_path).unacknowledged) == (True, 1, 2)
    with chain.open("r+b") as file:
        file.seek(kept_size + 10)
        file.write(b"\xff")
    assert kinds(verify(tmp_path)) == {Kind.ALTERED}
    assert entries.exists()


# ── tampering ────────────────────────────────────────────────────────────────────────────────────────────────────────────


def lines(path: Path) -> list[bytes]:
    return path.read_bytes().splitlines(keepends=True)


FORGERIES: dict[str, Callable[[list[bytes]], list[bytes]]] = {
    "dropped": lambda found: found[:2] + found[3:],
    "doubled": lambda found: [*found[:3], *found[2:]],
    "reordered": lambda found: [*found[:1], found[2], found[1], *found[3:]],
    "cut by a line": lambda found: found[:-1],
    "cut inside a line": lambda found: [*found[:-1], found[-1][:9]],
    "emptied": lambda _: [],
    "appended": lambda found: [*found, found[-1]],
}


@pytest.mark.parametrize("kind", ["chain", "entries"])
@pytest.mark.parametrize("forge", FORGERIES.values(), ids=FORGERIES.keys())
@pytest.mark.parametrize("which", [0, 1, -1], ids=["first", "middle", "last"])
async def test_a_forged_file_is_found(tmp_path: Path, kind: str, forge: Callable[[list[bytes]], list[bytes]], which: int) -> None:
    await written(tmp_path, 12, 1500)
    path = sorted(tmp_path.glob(f"*.{kind}"))[which]
    await written(tmp_path, 1)
    path.write_bytes(b"".join(forge(lines(path))))
    assert verify(tmp_path).findings


@pytest.mark.parametrize("kind", ["chain", "entries", "*"])
@pytest.mark.parametrize("number", [1, 2])
async def test_a_segment_taken_away_is_found(tmp_path: Path, kind: str, number: int) -> None:
    await written(tmp_path, 9)
    for path in tmp_path.glob(f"*.{number:06}.{kind}"):
        path.unlink()
    assert verify(tmp_path).findings


async def test_a_whole_log_taken_away_is_found(tmp_path: Path) -> None:
    await written(tmp_path, 3)
    first = list(tmp_path.iterdir())
    await written(tmp_path, 3)
    for path in first:
        path.unlink()
    assert kinds(verify(tmp_path)) == {Kind.CUT}


async def test_two_logs_may_grow_at_once(tmp_path: Path) -> None:
    first = await AuditLog.open(tmp_path)
    await first.append(entry())
    second = await AuditLog.open(tmp_path)
    for log in (first, second, first):
        await log.append(entry())
    await first.close()
    await second.close()
    assert verify(tmp_path) == Verdict(entries=4)


async def test_two_segments_swapped_are_found(tmp_path: Path) -> None:
    await written(tmp_path, 9)
    first, second = sorted(tmp_path.glob("*.chain"))[:2]
    first.rename(tmp_path / "aside")
    second.rename(first)
    (tmp_path / "aside").rename(second)
    assert Kind.ALTERED in kinds(verify(tmp_path))


async def test_a_witness_finds_the_end_cut_off_in_both_files(tmp_path: Path) -> None:
    log = await AuditLog.open(tmp_path)
    await log.append(entry("first"))
    before = {path: path.read_bytes() for path in tmp_path.iterdir()}
    await log.append(entry("second"))
    head = log.head
    for path, content in before.items():
        path.write_bytes(content)
    assert head
    assert (verify(tmp_path).ok, kinds(verify(tmp_path, [head]))) == (True, {Kind.CUT})


# ── lawful removal ───────────────────────────────────────────────────────────────────────────────────────────────────────


def leaf(folder: Path, one: Entry) -> str:
    return next(found.leaf for found in stored(folder) if found.entry == one)


async def test_a_removed_entry_is_gone_and_the_chain_verifies(tmp_path: Path) -> None:
    entries = await written(tmp_path, 5)
    log = await AuditLog.open(tmp_path)
    await remove(log, [leaf(tmp_path, entries[2])], entry())
    await log.close()
    verdict = verify(tmp_path)
    assert (verdict.ok, verdict.removed, verdict.entries) == (True, 1, 6)
    assert not any(b"entity2" in path.read_bytes() for path in tmp_path.iterdir())


async def test_a_removal_that_the_log_does_not_record_is_found(tmp_path: Path) -> None:
    await written(tmp_path, 5, 1 << 20)
    path = next(tmp_path.glob("*.entries"))
    path.write_bytes(b"".join([b'{"removed":true}\n', *lines(path)[1:]]))
    assert kinds(verify(tmp_path)) == {Kind.MISSING}


async def test_an_entry_still_being_written_is_not_removed(tmp_path: Path) -> None:
    log = await AuditLog.open(tmp_path)
    await log.append(one := entry("mine"))
    with pytest.raises(Conflict):
        await remove(log, [leaf(tmp_path, one)], entry())
    assert kept(tmp_path) == [one]
    await log.close()


async def test_an_entry_that_is_not_there_is_not_removed(tmp_path: Path) -> None:
    await written(tmp_path, 2)
    log = await AuditLog.open(tmp_path)
    with pytest.raises(Invalid):
        await remove(log, ["0" * 64], entry())
    await log.close()


async def test_equal_entries_have_different_leaves(tmp_path: Path) -> None:
    log = await AuditLog.open(tmp_path)
    await log.append(one := entry(), one)
    await log.close()
    found: list[Stored] = list(stored(tmp_path))
    assert (found[0].entry, found[0].leaf != found[1].leaf) == (found[1].entry, True)


# ── the trail of a request ───────────────────────────────────────────────────────────────────────────────────────────────


async def trail_of(folder: Path) -> tuple[AuditLog, Trail]:
    log = await AuditLog.open(folder, clock=FixedClock(AT))
    return log, Trail(log, person="p", agency="a", session="h", zone="Europe/Vilnius")


async def test_a_trail_writes_one_entry_for_each_operation_and_space(tmp_path: Path) -> None:
    log, trail = await trail_of(tmp_path)
    with doing("entity"):
        trail.saw("s1", ["1", "2"])
        trail.saw("s1", ["2", "3"])
        trail.saw("s2", ["4"])
    with doing("addRecord"):
        trail.changed("s1", "5", ["e1"])
    await trail.flush()
    told = {(one.operation.value, one.name, one.space, one.ids, one.events) for one in kept(tmp_path)}
    assert told == {
        ("consultation", "entity", "s1", ("1", "2", "3"), ()),
        ("consultation", "entity", "s2", ("4",), ()),
        ("alteration", "addRecord", "s1", ("5",), ("e1",)),
    }
    await log.close()


async def test_a_trail_says_who_and_under_which_purpose(tmp_path: Path) -> None:
    log, trail = await trail_of(tmp_path)
    with doing("export", Operation.DISCLOSURE, justification="basis-7", recipient="agency-3"):
        trail.saw("s", ["1"])
    await trail.flush()
    (one,) = kept(tmp_path)
    assert (one.person, one.agency, one.session, one.zone, one.at) == ("p", "a", "h", "Europe/Vilnius", AT)
    assert (one.operation, one.justification, one.recipient) == (Operation.DISCLOSURE, "basis-7", "agency-3")
    await log.close()


async def test_names_do_not_mix_between_fields_resolved_at_once(tmp_path: Path) -> None:
    log, trail = await trail_of(tmp_path)

    async def field(name: str) -> None:
        with doing(name):
            await asyncio.sleep(0)
            trail.saw("s", [name])

    await asyncio.gather(*(field(name) for name in ("cases", "entities", "spaces")))
    await trail.flush()
    assert {(one.name, one.ids) for one in kept(tmp_path)} == {(name, (name,)) for name in ("cases", "entities", "spaces")}
    await log.close()


async def test_a_flush_that_fails_keeps_what_was_noted(tmp_path: Path) -> None:
    log, trail = await trail_of(tmp_path)
    trail.saw("s", ["1"])
    await log.close()
    with pytest.raises(AuditUnavailable):
        await trail.flush()
    assert trail.pending


async def test_an_empty_answer_is_logged(tmp_path: Path) -> None:
    log, trail = await trail_of(tmp_path)
    with doing("search"):
        trail.saw("s", [])
    await trail.flush()
    await trail.flush()
    assert [(one.name, one.ids) for one in kept(tmp_path)] == [("search", ())]
    await log.close()


async def test_an_event_counts_as_named_only_by_an_entry_that_was_acknowledged(tmp_path: Path) -> None:
    """The sync of the hashes fails: entry and leaf stand in the file, and nobody was told so."""
    faults: list[OSError | None] = []

    def fault() -> None:
        if faults and (error := faults.pop(0)):
            raise error

    log = await AuditLog.open(tmp_path, open_file=bad_medium(fault))
    named = [Entry(Operation.ALTERATION, "addEntity", AT, events=(one,)) for one in ("before", "lost", "after")]
    await log.append(named[0])
    faults[:] = [None, OSError(errno.ENOSPC, "No space left on device")]
    with pytest.raises(AuditUnavailable):
        await log.append(named[1])
    await log.append(named[2])
    await log.close()
    assert {event for one in kept(tmp_path) for event in one.events} == {"before", "lost", "after"}
    assert named_events(tmp_path) == {"before", "after"}


async def test_no_event_is_sought_in_segments_that_are_older(tmp_path: Path) -> None:
    log = await AuditLog.open(tmp_path)
    await log.append(Entry(Operation.ALTERATION, "addEntity", AT, events=("one",)))
    await log.close()
    assert [named_events(tmp_path, since) for since in (0, time.time() + 10)] == [{"one"}, set()]


async def test_a_log_that_failed_is_ready_once_it_can_be_written(tmp_path: Path) -> None:
    faults: list[Callable[[], object]] = []
    log = await AuditLog.open(tmp_path, open_file=bad_medium(lambda: [each() for each in faults]))
    await log.ready()
    faults.append(full)
    with pytest.raises(AuditUnavailable):
        await log.append(entry())
    with pytest.raises(AuditUnavailable):
        await log.ready()
    faults.clear()
    await log.ready()
    assert log.healthy
    await log.close()
    assert verify(tmp_path).ok
