"""The audit log: what is read is durable here before its first byte leaves; if this cannot be written, nothing leaves.

One log per process, in segments (`audit_segment.py` has the format, `audit_verify.py` checks it). Callers that append while a
batch is being synced share the next one, so a busy server pays for few syncs. Whoever can write the folder can rewrite the end of
the newest log: give `head` to somebody else now and then to rule that out.
"""

import asyncio
import os
import secrets
import time
from collections.abc import Sequence
from concurrent.futures import ThreadPoolExecutor
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Self

import orjson

from backend.core.audit_entry import Entry, Operation
from backend.core.audit_refusals import Refusals
from backend.core.audit_segment import FORMAT, DurableFile, Head, OpenFile, SegmentName, SegmentWriter, last_head, segments
from backend.core.audit_trail import Trail, doing
from backend.core.clock import Clock, SystemClock
from backend.core.errors import AuditUnavailable

__all__ = ["AuditLog", "Entry", "Operation", "Trail", "doing"]

SEGMENT_BYTES = 16 << 20
WAIT_S = 5.0
WAITING_MAX = 10_000
OTHERS_MAX = 8


@dataclass(frozen=True, slots=True)
class _Waiting:
    entries: Sequence[bytes]
    done: asyncio.Future[None]


class AuditLog:
    """The log of this process. Made by `open`; used from one event loop."""

    def __init__(self, folder: Path, clock: Clock, open_file: OpenFile, segment_bytes: int, wait_s: float) -> None:
        """Take what `open` was given."""
        self.folder = folder
        self.clock = clock
        self.refusals = Refusals(clock)
        self._open_file = open_file
        self._segment_bytes = segment_bytes
        self._wait_s = wait_s
        self._log = f"{clock.now():%Y%m%dT%H%M%SZ}-{os.getpid()}-{secrets.token_hex(4)}"
        self._number = 0
        self._segment: SegmentWriter | None = None
        self._previous: Head | None = None
        self._waiting: list[_Waiting] = []
        self._thread = ThreadPoolExecutor(1, "audit")
        self._flushing: asyncio.Task[None] | None = None
        self._since: float | None = None
        self._failed = False
        self._closed = False

    @classmethod
    async def open(
        cls,
        folder: Path,
        *,
        clock: Clock | None = None,
        open_file: OpenFile = DurableFile,
        segment_bytes: int = SEGMENT_BYTES,
        wait_s: float = WAIT_S,
    ) -> Self:
        """Start a log in `folder` (made when needed). Raises AuditUnavailable, naming the folder, when it cannot be written.

        A segment ends after `segment_bytes`; an append waits at most `wait_s` seconds. `open_file` is for fault injection.
        """
        log = cls(folder, clock or SystemClock(), open_file, segment_bytes, wait_s)
        try:
            await asyncio.get_running_loop().run_in_executor(log._thread, log._start)
        except OSError as error:
            message = f"The audit log in {folder} cannot be written: {error.strerror}."
            raise AuditUnavailable(message) from error
        return log

    @property
    def healthy(self) -> bool:
        """Whether the last batch was written and none is stuck. While not, every append tries again or is refused at once."""
        return not (self._failed or self._closed or self._stuck)

    @property
    def head(self) -> Head | None:
        """The durable end of the log, to be given to a witness; None while there is no segment."""
        segment = self._segment
        return segment.head if segment else None

    async def append(self, *entries: Entry) -> None:
        """Return once all `entries` are on the medium. Raises AuditUnavailable: then they may or may not be there."""
        if self._closed or self._stuck or len(self._waiting) >= WAITING_MAX:
            raise AuditUnavailable
        mine = _Waiting([entry.encode() for entry in entries], asyncio.get_running_loop().create_future())
        self._waiting.append(mine)
        if self._flushing is None or self._flushing.done():
            self._flushing = asyncio.create_task(self._flush())
        try:
            async with asyncio.timeout(self._wait_s):
                await mine.done
        except TimeoutError:
            raise AuditUnavailable from None

    async def ready(self) -> None:
        """Pass while the log can be written, else raise AuditUnavailable: so that nothing is begun which could not be logged."""
        if not self.healthy:
            await self.append()

    async def close(self) -> None:
        """Write what waits, end the segment in order and let go. Raises AuditUnavailable when the end cannot be written."""
        self._closed = True
        try:
            async with asyncio.timeout(self._wait_s):
                if self._flushing:
                    await asyncio.shield(self._flushing)
                if self._segment:
                    await asyncio.get_running_loop().run_in_executor(self._thread, self._segment.end)
        except OSError as error:
            raise AuditUnavailable from error
        finally:
            self._thread.shutdown(wait=False)

    @property
    def _stuck(self) -> bool:
        return self._since is not None and time.monotonic() - self._since > self._wait_s

    async def _flush(self) -> None:
        """Write batch after batch until nobody waits; those who gave up before their batch began are left out."""
        try:
            while batch := [one for one in self._waiting if not one.done.done()]:
                self._waiting.clear()
                self._since = time.monotonic()
                lines = [line for one in batch for line in one.entries]
                await self._write(lines)
                for one in batch:
                    self._answer(one.done)
        finally:
            self._waiting.clear()
            self._since = None

    async def _write(self, lines: Sequence[bytes]) -> None:
        try:
            await asyncio.get_running_loop().run_in_executor(self._thread, self._commit, lines)
        except OSError:
            self._failed = True
        else:
            self._failed = False

    def _answer(self, done: asyncio.Future[None]) -> None:
        if done.done():
            return
        if self._failed:
            done.set_exception(AuditUnavailable())
        else:
            done.set_result(None)

    # ── in the log's own thread ───────────────────────────────────────────────────────────────────────────────────────────

    def _start(self) -> None:
        self.folder.mkdir(mode=0o700, parents=True, exist_ok=True)
        self._segment = self._begin(self._others())

    def _commit(self, lines: Sequence[bytes]) -> None:
        """Write one batch. After an error the segment is given up: what a failed sync left in a file is not known."""
        if self._segment and self._segment.size >= self._segment_bytes:
            ending, self._segment = self._segment, None
            self._previous = ending.head
            ending.end()
            self._previous = ending.head
        self._segment = self._segment or self._begin([])
        try:
            self._segment.append(lines)
        except OSError:
            failed, self._segment = self._segment, None
            self._previous = failed.head
            failed.release()
            raise

    def _begin(self, others: list[Head]) -> SegmentWriter:
        """Open the next segment; a number whose files could not be made is not used again."""
        self._number += 1
        header: dict[str, Any] = {
            "format": FORMAT,
            "log": self._log,
            "segment": self._number,
            "at": self.clock.now(),
            "previous": _told(self._previous) if self._previous else None,
            "others": [_told(head) for head in others],
        }
        line = orjson.dumps(header, option=orjson.OPT_UTC_Z)
        return SegmentWriter(self.folder, SegmentName(self._log, self._number), line, self._open_file)

    def _others(self) -> list[Head]:
        """Return the last heads of the newest other logs in the folder, for the header to vouch for."""
        last = {name.log: name for name in segments(self.folder)}
        found: list[Head] = []
        for name in sorted(last.values())[-OTHERS_MAX:]:
            with suppress(FileNotFoundError):
                head = last_head(self.folder, name)
                found += [head] if head else []
        return found


def _told(head: Head) -> dict[str, str | int]:
    return {"log": head.segment.log, "segment": head.segment.number, "n": head.n, "head": head.hash.hex(), "closed": head.closed}
