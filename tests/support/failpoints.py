"""Named points at which whatever serves a change may end: before and after its commit, its entry in the audit log, and its answer.

They lie at seams of the real code and are put there by a test, in this process (`Failpoint.install(monkeypatch.setattr)`, ending with an
exception) or in a server that a test starts (`tests/support/doomed.py`, ending with SIGKILL). The program itself knows nothing of them.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from backend import middleware
from backend.core.audit import AuditLog
from graph import outbox
from graph.driver import Graph

if TYPE_CHECKING:
    from collections.abc import Callable

POINTS = ("before commit", "after commit", "before audit", "after audit", "before reply")


class Ended(BaseException):
    """The process ended here, as far as the test is concerned: nothing catches this."""


def end() -> None:
    """End as a process in a test can."""
    raise Ended


@dataclass
class Failpoint:
    """Ends at `point` of the `nth` change of a space, once. Changes are told apart by being made one after another."""

    point: str
    act: Callable[[], None] = end
    nth: int = 1
    changes: int = 0
    logged: bool = False

    def install(self, put: Callable[[object, str, object], None]) -> None:
        """Put the points where they lie."""
        put(outbox, "append", self._appending(outbox.append))
        put(Graph, "write", self._writing(Graph.write))
        put(AuditLog, "append", self._logging(AuditLog.append))
        put(middleware._Answer, "send", self._sending(middleware._Answer.send))  # noqa: SLF001 - where an answer leaves

    def _reach(self, point: str) -> None:
        if point == self.point and self.changes == self.nth:
            self.point = ""
            self.act()

    def _appending(self, real: Any) -> Any:
        async def append(tx: Any, space: str, *rest: Any) -> Any:
            ids = await real(tx, space, *rest)
            self.changes += space != outbox.CONTROL
            self._reach("before commit")
            return ids

        return append

    def _writing(self, real: Any) -> Any:
        async def write(graph: Graph, work: Any) -> Any:
            made = await real(graph, work)
            self._reach("after commit")
            return made

        return write

    def _logging(self, real: Any) -> Any:
        async def append(log: AuditLog, *entries: Any) -> None:
            self._reach("before audit")
            await real(log, *entries)
            self._reach("after audit")
            self.logged = self.changes == self.nth

        return append

    def _sending(self, real: Any) -> Any:
        async def send(answer: Any, message: Any) -> None:
            if self.logged:
                self._reach("before reply")
            await real(answer, message)

        return send
