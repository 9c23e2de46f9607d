"""A live server over the shared engine; every test builds its own space with fresh ids."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest_asyncio

from tests.realtime.live import Live, serving
from tests.support.world import team

if TYPE_CHECKING:
    from collections.abc import AsyncIterator

    from backend.core.context import Parts


@pytest_asyncio.fixture(loop_scope="session")
async def live(parts: Parts) -> AsyncIterator[Live]:
    """The world of `team` behind a live socket."""
    async with serving(parts) as found:
        await team(found.world)
        yield found
