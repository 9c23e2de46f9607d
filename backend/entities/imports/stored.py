"""The source file of a job as it lies in the store, opened for whoever parses it."""

from __future__ import annotations

import asyncio
from contextlib import asynccontextmanager
from typing import TYPE_CHECKING, Any

from backend.storage.seal import SealedReader
from backend.storage.source import SourceFile, buffered

if TYPE_CHECKING:
    import io
    from collections.abc import AsyncGenerator

    from backend.core.context import Parts


async def file_key(parts: Parts, row: dict[str, Any]) -> bytes:
    """Return the key of a job's source file, which also seals what was refused of it."""
    return (await parts.keys.of(row["space"])).file_key(row["file_key"], row["file_id"])


@asynccontextmanager
async def opened(parts: Parts, row: dict[str, Any]) -> AsyncGenerator[io.BufferedReader]:
    """Open the sealed source file of a job for a parser's thread, and close it, whatever comes: a thread left behind reads no more."""
    reader = await SealedReader.open(parts.store, row["object"], await file_key(parts, row), row["file_id"])
    file = SourceFile(reader, asyncio.get_running_loop())
    try:
        yield buffered(file)
    finally:
        file.close()  # not the buffer: its lock may be held by a thread that waits for this loop
