"""Everything open on a data folder of a test's own, with an engine of its own."""

from __future__ import annotations

from contextlib import asynccontextmanager
from typing import TYPE_CHECKING

from backend.app import open_parts
from backend.config import Settings
from backend.serving import engine, migrate

if TYPE_CHECKING:
    from collections.abc import AsyncGenerator
    from pathlib import Path

    from backend.core.context import Parts


@asynccontextmanager
async def deployment(data: Path | Settings) -> AsyncGenerator[Parts]:
    """Everything open on one data folder, on its own engine where no settings say otherwise."""
    settings = data if isinstance(data, Settings) else Settings(data=data)
    async with engine(settings) as (address, _):
        await migrate(address)
        async with open_parts(settings, address) as parts:
            yield parts
