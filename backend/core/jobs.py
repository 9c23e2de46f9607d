"""Long work of this process: started, watched, cancelled. What a job has done is in the graph; this only holds its task."""

from __future__ import annotations

import asyncio
import contextlib
from typing import TYPE_CHECKING

from backend.core import log

if TYPE_CHECKING:
    from collections.abc import Coroutine


class Jobs:
    """Tasks by job id."""

    def __init__(self) -> None:
        self._tasks: dict[str, asyncio.Task[None]] = {}

    def start(self, job: str, work: Coroutine[None, None, None]) -> None:
        """Run `work` in the background; a job that runs already goes on alone."""
        if self.running(job):
            work.close()
            return
        task = asyncio.create_task(work)
        self._tasks[job] = task
        task.add_done_callback(lambda done: self._ended(job, done))

    def running(self, job: str) -> bool:
        """Say whether the job runs in this process."""
        return job in self._tasks

    async def wait(self, job: str) -> None:
        """Wait until the job has ended, however it ends."""
        task = self._tasks.get(job)
        if task:
            await asyncio.wait({task})

    async def stop(self) -> None:
        """Cancel every job and wait for it."""
        for task in list(self._tasks.values()):
            task.cancel()
            with contextlib.suppress(asyncio.CancelledError):
                await task

    def _ended(self, job: str, task: asyncio.Task[None]) -> None:
        self._tasks.pop(job, None)
        if not task.cancelled() and (error := task.exception()):
            log.failure("job", error)
