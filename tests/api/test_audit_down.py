"""The audit log cannot be written: nothing is shown and nothing is changed; what was changed just before is logged when it can be."""

from __future__ import annotations

import errno
import threading
from collections import Counter
from dataclasses import dataclass, field, replace
from typing import TYPE_CHECKING, Any

import httpx
import pytest
import pytest_asyncio

from backend.app import build
from backend.auth import service as auth
from backend.core.audit import AuditLog
from backend.core.audit_read import stored
from backend.core.audit_segment import DurableFile
from backend.core.errors import AuditUnavailable
from backend.core.ids import new_id
from backend.entities.imports import service as imports
from backend.oversight.service import reconcile
from backend.realtime.hub import Hub
from tests.graph.test_imports import asked, lines, pieces
from tests.support.world import World, team

if TYPE_CHECKING:
    from collections.abc import AsyncIterator, Callable
    from pathlib import Path

ORIGIN = "http://127.0.0.1:8400"
SPACE = "Saltmarsh"
ASK = "query($s: ID!) { cases(space: $s) { id title } }"
ADD = 'mutation($s: ID!, $r: RecordInput!, $k: String!) { addEntity(space: $s, kind: "Person", record: $r, key: $k) { id } }'
ALL = "MATCH (e:Entity {space: $space}) RETURN collect(e.id)"
EVENTS = "MATCH (n:Event {space: $space}) RETURN collect(n.id)"
REFUSED = {"message": AuditUnavailable.default, "extensions": {"code": "INTERNAL"}}


@dataclass
class Medium:
    """What the log is written to: full, blocked or well."""

    fault: Callable[[], object] = lambda: None
    free: threading.Event = field(default_factory=threading.Event)

    def open(self, path: Path) -> DurableFile:
        medium = self

        class File(DurableFile):
            def sync(self) -> None:
                medium.fault()
                super().sync()

        return File(path)

    def full(self) -> object:
        raise OSError(errno.ENOSPC, "No space left on device")

    def blocked(self) -> object:
        return self.free.wait()

    def well(self) -> None:
        self.fault = lambda: None
        self.free.set()


@dataclass
class House:
    """A server whose log lies on a medium that the test breaks, and Chiara's browser."""

    world: World
    medium: Medium
    browser: httpx.AsyncClient

    async def ask(self, query: str, **variables: object) -> dict[str, Any]:
        answer = await self.browser.post("/graphql", json={"query": query, "variables": {"s": self.world.ids[SPACE], **variables}})
        return answer.json()

    async def add(self, key: str = "") -> dict[str, Any]:
        record = {"case": self.world.ids["NA-1"], "values": [{"property": "name", "values": ["Ilian"]}], "sourceTitle": "E-1"}
        return await self.ask(ADD, r=record, k=key or new_id())

    async def found(self, query: Any) -> list[str]:
        return await self.world.parts.graph.read(lambda tx: tx.rows(query, space=self.world.ids[SPACE]))

    def logged(self) -> Counter[str]:
        """How many entries name each event."""
        return Counter(event for one in stored(self.world.parts.audit.folder) if one.entry for event in one.entry.events)


@pytest_asyncio.fixture
async def house(world: World) -> AsyncIterator[House]:
    """A log of its own in the folder of the run, which gives up after a fifth of a second."""
    medium = Medium()
    audit = await AuditLog.open(world.parts.audit.folder, open_file=medium.open, wait_s=0.2)
    world.parts = replace(world.parts, audit=audit)
    await team(world)
    ctx = world.ctx("Chiara")
    await auth.open_session(ctx, world.ids["Chiara"])
    headers = {"origin": ORIGIN, "cookie": f"{ctx.cookies[0].name}={ctx.cookies[0].value}"}
    transport = httpx.ASGITransport(build(world.parts, Hub(world.parts)))
    async with httpx.AsyncClient(transport=transport, base_url=ORIGIN, headers=headers) as browser:
        yield House(world, medium, browser)
    medium.well()
    await audit.close()


@pytest.mark.parametrize("fault", ["full", "blocked"])
async def test_nothing_is_shown_while_the_log_cannot_be_written(house: House, fault: str) -> None:
    house.medium.fault = getattr(house.medium, fault)
    for _ in range(2):
        assert await house.ask(ASK) == {"data": None, "errors": [REFUSED]}
    house.medium.well()
    assert [case["title"] for case in await recovered(house)] == ["NA-1"]


async def recovered(house: House) -> list[dict[str, Any]]:
    """What is answered once the medium is well; the write that hung may take its time to return."""
    while (said := await house.ask(ASK))["data"] is None:
        pass
    return said["data"]["cases"]


@pytest.mark.parametrize("fault", ["full", "blocked"])
async def test_nothing_is_changed_while_the_log_cannot_be_written(house: House, fault: str) -> None:
    house.medium.fault = getattr(house.medium, fault)
    await house.ask(ASK)
    for _ in range(2):
        assert await house.add() == {"data": None, "errors": [REFUSED]}
    assert await house.found(ALL) == []


async def test_what_was_changed_when_the_disk_became_full_is_logged_when_it_is_not(house: House) -> None:
    await reconcile(house.world.parts)
    key = new_id()
    house.medium.fault = house.medium.full
    assert (await house.add(key))["data"] is None
    assert len(await house.found(ALL)) == 1
    house.medium.well()
    assert await reconcile(house.world.parts) == 1
    assert {house.logged()[one] for one in await house.found(EVENTS)} == {1}
    assert (await house.add(key))["data"]["addEntity"]["id"] in await house.found(ALL)
    assert len(await house.found(ALL)) == 1


async def test_no_file_comes_in_or_out_while_the_log_cannot_be_written(house: House) -> None:
    ctx, space = house.world.ctx("Chiara"), house.world.ids[SPACE]
    jobs = [await imports.create(ctx, space, asked(house.world), new_id()) for _ in range(2)]
    await imports.upload(ctx, space, jobs[0], pieces(lines(("a", "Person", {"name": ["Ilian"]}))))
    house.medium.fault = house.medium.full
    await house.ask(ASK)
    put = await house.browser.put(f"/imports/{jobs[1]}/file", params={"space": space}, content=b"{}")
    got = await house.browser.get(f"/imports/{jobs[0]}/report", params={"space": space})
    assert [(one.status_code, one.json()) for one in (put, got)] == [(503, {"code": "INTERNAL", "message": AuditUnavailable.default})] * 2
    assert [row["state"] for row in await imports.jobs(ctx, space) if row["id"] == jobs[1]] == ["waiting_for_file"]
