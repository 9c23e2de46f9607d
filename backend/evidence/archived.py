"""An archive in the store, looked at without unpacking it: what it would unpack to, and what is wrong with it."""

from __future__ import annotations

import asyncio
from typing import TYPE_CHECKING

from backend.evidence.reading import archives
from backend.storage.source import SourceFile, buffered

if TYPE_CHECKING:
    from backend.evidence.content import Stored


async def problem(stored: Stored) -> str:
    """Return in a sentence what is wrong with an archive, "" where nothing is. Raises what the store raises."""
    file = SourceFile(stored, asyncio.get_running_loop())
    try:
        said = (await asyncio.to_thread(archives.look, buffered(file))).problem
    finally:
        file.close()
    return f"This archive {said}, so nothing of it is unpacked. The file is kept as it came." if said else ""
