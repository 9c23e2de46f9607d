"""Long work of this process: started, watched, cancelled. What a job has done is in the graph; this only holds its task."""

from __future__ import annotations

import asyncio
from typing import TYPE_CHECKING

from backend.core import log

if TYPE_CHECKING:
    from collections.abc import Coroutine


class Jobs:
    """Running tasks, each with the id of its job."""

    def __init__(self) -> None:
        self._tasks: dict[asyncio.Task[None], str] = {}

    def start(self, job: str, work: Coroutine[None, None, None]) -> None:
        """Run `work` in the background, behind earlier runs of the same job: one of them may be ending just now."""
        task = asyncio.create_task(_behind(self._of(job), work))
        self._tasks[task] = job
        task.add_done_callback(self._ended)
        task.add_done_callback(lambda _: work.close())  # where it was cancelled before it began

    def running(self, job: str) -> bool:
        """Say whether the job runs in this process."""
        return bool(self._of(job))

    async def wait(self, job: str) -> None:
        """Wait until every run of the job has ended, however it ends."""
        if tasks := self._of(job):
            await asyncio.wait(tasks)

    async def stop(self) -> None:
        """Cancel every job and wait for it."""
        tasks = list(self._tasks)
        for task in tasks:
            task.cancel()
        if tasks:
            await asyncio.wait(tasks)

    def _of(self, job: str) -> list[asyncio.Task[None]]:
        return [task for task, one in self._tasks.items() if one == job]

    def _ended(self, task: asyncio.Task[None]) -> None:
        del self._tasks[task]
        if not task.cancelled() and (error := task.exception()):
            log.failure("job", error)


async def _behind(earlier: list[asyncio.Task[None]], work: Coroutine[None, None, None]) -> None:
    if earlier:
        await asyncio.wait(earlier)
    await work
