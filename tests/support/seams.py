"""Every seam that an upload passes, counted from its beginning, so that a test can end a server at each of them in turn.

They lie before and after each write to the graph, before, half-way through and after each object stored, around each entry in the
audit log, and around each piece of an answer. The parts of a file are small here, so that a small file has several.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from backend import middleware
from backend.core.audit import AuditLog
from backend.evidence import parts, uploads
from backend.storage import folder
from backend.storage.folder import FolderStore
from graph.driver import Graph

if TYPE_CHECKING:
    from collections.abc import Callable

PART_BYTES = 100_000
HALF_WAY = PART_BYTES // 2


@dataclass
class Seams:
    """Acts at the `nth` seam behind the beginning of the next upload, once."""

    nth: int
    act: Callable[[], None]
    begun: bool = False

    def install(self, put: Callable[[object, str, object], None]) -> None:
        """Put the seams where they lie."""
        put(parts, "PART_BYTES", PART_BYTES)
        put(folder, "PIECE_BYTES", HALF_WAY)
        put(uploads, "begin", self._begins(uploads.begin))
        put(folder._Part, "write", self._halved(folder._Part.write))  # noqa: SLF001 - half of a part is there
        put(FolderStore, "put", self._around(FolderStore.put))
        put(Graph, "write", self._around(Graph.write))
        put(AuditLog, "append", self._around(AuditLog.append))
        put(middleware._Answer, "send", self._around(middleware._Answer.send))  # noqa: SLF001 - where an answer leaves

    def _pass(self) -> None:
        if self.begun:
            self.nth -= 1
            if self.nth == 0:
                self.act()

    def _begins(self, real: Any) -> Any:
        async def begin(*given: Any) -> Any:
            self.begun = True
            return await real(*given)

        return begin

    def _around(self, real: Any) -> Any:
        async def around(*given: Any) -> Any:
            self._pass()
            made = await real(*given)
            self._pass()
            return made

        return around

    def _halved(self, real: Any) -> Any:
        def halved(*given: Any) -> None:
            real(*given)
            self._pass()

        return halved
