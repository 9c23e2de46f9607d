"""How an S3 server is asked: blocking calls in threads of our own, each ended in time, again where this may help."""

from __future__ import annotations

import asyncio
from concurrent.futures import ThreadPoolExecutor
from typing import TYPE_CHECKING, ParamSpec, TypeVar

from backend.storage.s3_calls import Reading, S3Failed

if TYPE_CHECKING:
    from collections.abc import Callable

P = ParamSpec("P")
T = TypeVar("T")

TRIES = 3
PAUSE_S = 0.2
AT_ONCE = 16
"""Requests under way at once; each holds at most one part in memory."""


class Asked:
    """The threads that ask one server."""

    def __init__(self, patience_s: float) -> None:
        """Leave a call behind after three times `patience_s`."""
        self._patience_s = patience_s
        self._threads = ThreadPoolExecutor(AT_ONCE, thread_name_prefix="s3")

    def close(self) -> None:
        """End the threads that have nothing to do, and the others when they have done it."""
        self._threads.shutdown(wait=False, cancel_futures=True)

    async def ask(self, call: Callable[P, T], *args: P.args, **kwargs: P.kwargs) -> T:
        """Run a blocking call, again where this may help."""
        for tried in range(1, TRIES):
            try:
                return await self.run(call, *args, **kwargs)
            except S3Failed as error:
                if not error.again:
                    raise
            await asyncio.sleep(PAUSE_S * tried)
        return await self.run(call, *args, **kwargs)

    async def run(self, call: Callable[P, T], *args: P.args, **kwargs: P.kwargs) -> T:
        """Run a blocking call in a thread, to its end even when cancelled, but no longer than three times the patience."""
        running = asyncio.get_running_loop().run_in_executor(self._threads, lambda: call(*args, **kwargs))
        try:
            async with asyncio.timeout(3 * self._patience_s):
                return await asyncio.shield(running)
        except TimeoutError as error:
            running.add_done_callback(_let_go)
            raise S3Failed("it took too long; look whether it runs, then try again") from error
        except asyncio.CancelledError:
            await asyncio.wait([running], timeout=3 * self._patience_s)
            running.add_done_callback(_let_go)
            raise


def _let_go(ended: asyncio.Future[T]) -> None:
    """Close what nobody waits for any more."""
    if not ended.cancelled() and ended.exception() is None and isinstance(came := ended.result(), Reading):
        came.close()
