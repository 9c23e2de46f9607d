"""Every operation, called over HTTP with whatever may come: nothing breaks, and nothing is told or changed without a line in the log.

No answer is a server error or an unexpected one. An answer that holds something has its line: who asked, which operation, every id that
it shows; a refusal of somebody signed in has its line with its code; every event that was written is named in the log when all is done. The
ordinary run tries a few calls of each operation, `infra/test --all` many.
"""

from __future__ import annotations

import json
import os
from contextlib import AsyncExitStack
from dataclasses import dataclass, field, replace
from datetime import datetime
from typing import TYPE_CHECKING, Any, cast

import httpx
import pytest
import pytest_asyncio

from backend.auth.tokens import service as tokens
from backend.core.audit import Operation
from backend.serving import free_port, listening
from tests.api.calls import NOBODY, SCRIPT, Call, drawn, operations
from tests.api.house import SPACE, House, entries, furnished, seated
from tests.api.test_audit_coverage import CHANGING, FOLLOWED_BY_A_JOB, READING, UNLOGGED, WITHIN, shown

if TYPE_CHECKING:
    from collections.abc import AsyncIterator
    from pathlib import Path

    from backend.core.audit import Entry
    from backend.core.context import Parts

TRIES, NUMBERS = 4, range(20) if os.environ.get("JOINDER_TEST_ALL") == "1" else range(1)
PATIENCE_S = 60.0
MOST_CALLS = 500
"""Then another house is furnished: the whole log of one is read again after every call."""
DISABLED = "UNWIND $people AS id MATCH (u:User {id: id, disabled: true}) RETURN collect(u.id)"
EVENTS = "MATCH (n:Event) WHERE n.actor IN $people RETURN collect(n.id)"
UNSEATING = {"signInAs", "signOut", *(name for name, usual in (READING | CHANGING).items() if usual.by is None)}
"""Whoever does one of these with success has no session, or somebody else's."""
STANDING = (
    ("Chiara", 'entity(space: "$Saltmarsh", id: "$A") { id }'),
    ("Eglė", 'task(space: "$Saltmarsh", id: "$To do") { id }'),
    ("Osk", 'space(id: "$Saltmarsh") { id }'),
    ("Root", "accounts { login }"),
)


@dataclass
class Ground:
    """The house that is called; one that a call has closed (a person disabled, a membership ended) is left for a new one."""

    parts: Parts
    folder: Path
    stack: AsyncExitStack = field(default_factory=AsyncExitStack)
    served: AsyncExitStack = field(default_factory=AsyncExitStack)
    houses: list[House] = field(default_factory=list[House])
    furnished: dict[str, set[str]] = field(default_factory=dict[str, set[str]])
    """By space, the events by which each house was made: nobody called for those."""
    secret: str = ""
    changed: bool = True
    calls: int = 0
    disabled: set[str] = field(default_factory=set[str])

    async def house(self) -> House:
        """A house in which everybody still answers."""
        self.calls += 1
        if self.calls % MOST_CALLS == 1 or (self.changed and not await self._stands(self.houses[-1])):
            await self._build()
        self.changed = False
        return self.houses[-1]

    async def _disabled(self, house: House) -> set[str]:
        """The people of the house whose account opens nothing."""
        people = [house.world.ids[name] for name in house.world.of_person]
        return set(await house.world.parts.graph.read(lambda tx: tx.value(DISABLED, people=people)))

    async def _stands(self, house: House) -> bool:
        if await self._disabled(house) != self.disabled:
            return False
        for who, text in STANDING:
            if "errors" in await house.ask("query", text, who):
                await house.sit(who)
                if "errors" in await house.ask("query", text, who):
                    return False
        return True

    async def _build(self) -> None:
        await self.served.aclose()  # whoever still looks around in a house that is left slows down the next
        parts = replace(self.parts, settings=replace(self.parts.settings, port=free_port()))
        world = await self.stack.enter_async_context(furnished(parts, self.folder / f"audit {len(self.houses)}"))
        await self.served.enter_async_context(listening(world.parts))
        origin = world.parts.settings.address
        browser = httpx.AsyncClient(base_url=origin, headers={"origin": origin}, timeout=PATIENCE_S)
        self.houses.append(await seated(world, await self.served.enter_async_context(browser)))
        self.secret = await tokens.create(world.ctx("Chiara"), "S", writes=True, ends_at=datetime.fromisoformat(world.ids["soon"]))
        self.disabled = await self._disabled(self.houses[-1])
        self.furnished[world.ids[SPACE]] = set(await self.events(self.houses[-1]))

    async def events(self, house: House) -> list[str]:
        """Every event that somebody of the house caused."""
        people = [house.world.ids[name] for name in house.world.of_person]
        return await house.world.parts.graph.read(lambda tx: tx.value(EVENTS, people=people))

    async def lost(self) -> set[str]:
        """Every event that somebody caused since and the log does not name, once all jobs are done."""
        found: set[str] = set()
        for house in self.houses:
            world = house.world
            for job in set(world.parts.jobs._tasks.values()):  # noqa: SLF001 - what no caller can see
                await world.parts.jobs.wait(job)
            named = {event for one in entries(world) for event in one.events}
            found |= set(await self.events(house)) - named - self.furnished[world.ids[SPACE]]
        return found

    async def call(self, house: House, call: Call) -> tuple[dict[str, Any], httpx.Response]:
        """Send a call; return its arguments with every name replaced, and the answer. Whose session has ended signs in again."""
        variables, by = await meant(house, call.variables), None if call.who in (NOBODY, SCRIPT) else call.who
        body = {"query": call.document, "variables": variables}
        answer = await self._sent(house, by, body, script=call.who == SCRIPT)
        if by and "UNAUTHENTICATED" in answer.text:
            await house.sit(by)
            answer = await self._sent(house, by, body)
        self.changed = call.sort == "mutation" and '"data":null' not in answer.text
        if by and self.changed and call.name in UNSEATING:
            await house.sit(by)  # who signs out, or in as somebody else, sits in their own place again
        return variables, answer

    async def _sent(self, house: House, by: str | None, body: object, *, script: bool = False) -> httpx.Response:
        """Halves of characters go as they are: whoever attacks does not encode as we would."""
        headers = {"content-type": "application/json"} | ({"authorization": f"Bearer {self.secret}"} if script else {})
        return await house.send("POST", "/graphql", by, content=json.dumps(body), headers=headers)


async def meant(house: House, said: Any) -> Any:
    """The same with what each `$name` stands for; a name that means nothing (any more) stays."""
    if isinstance(said, dict):
        return {name: await meant(house, one) for name, one in cast("dict[str, Any]", said).items()}
    if isinstance(said, list):
        return [await meant(house, one) for one in cast("list[Any]", said)]
    if isinstance(said, str) and said.startswith("$"):
        try:
            return await house.meant(said[1:])
        except (KeyError, AssertionError, IndexError):
            return said
    return said


@pytest_asyncio.fixture(scope="module", loop_scope="session")
async def ground(shared_parts: Parts, tmp_path_factory: pytest.TempPathFactory) -> AsyncIterator[Ground]:
    found = Ground(shared_parts, tmp_path_factory.mktemp("fuzz"))
    async with found.stack, found.served:
        yield found


def wrong(answer: httpx.Response) -> str | None:
    """What is wrong with an answer by itself."""
    if answer.status_code >= 500:
        return f"status {answer.status_code}"
    told = answer.json()
    codes = [error["extensions"]["code"] for error in told.get("errors", ())]
    return f"unexpected: {told['errors']}" if "INTERNAL" in codes else None


def unlogged(house: House, call: Call, said: dict[str, Any], answer: object, new: list[Entry]) -> str | None:
    """What the log does not say of an answer that holds something. Nobody leaves no line who is shown nobody, or signs out."""
    if call.who == NOBODY and not [*shown(answer)] and call.name in {*READING, "signOut"}:
        return None
    mine = [one for one in new if one.name in (call.name, *WITHIN) and (one.session or call.who == NOBODY)]
    if not any(one.name == call.name for one in mine):
        return "no line"
    usually = (READING | CHANGING)[call.name]
    nobody = usually.by is None or call.who == NOBODY
    asker = None if nobody else house.world.ids["Chiara" if call.who == SCRIPT else call.who]
    if asker and {one.person for one in mine} != {asker}:
        return "a line of somebody else"
    usual = Operation.CONSULTATION if call.name in READING else Operation.ALTERATION
    kinds = {one.operation for one in mine if one.name == call.name}
    if usual not in kinds or (len(kinds) > 1 and call.name not in FOLLOWED_BY_A_JOB):
        return "another kind of operation"
    if "space" in said and {one.space for one in mine if one.name == call.name} != {said["space"] if usually.space else None}:
        return "another space"
    lost = {*shown(answer)} - {one for each in mine for one in each.ids}
    return f"{len(lost)} ids of the answer are not in it" if lost else None


def unlogged_refusals(house: House, who: str, answer: httpx.Response, new: list[Entry]) -> str | None:
    """What the log does not say of an answer that refuses something."""
    if who == NOBODY:
        return None
    codes = {error["extensions"]["code"] for error in answer.json().get("errors", ())} - UNTOLD
    asker = house.world.ids["Chiara" if who == SCRIPT else who]
    told = {one.outcome for one in new if one.name.endswith(".refused") and one.person == asker}
    return f"no line of {codes - told}" if codes - told else None


UNTOLD = {"UNAUTHENTICATED"}
"""Whoever is told this was nobody when they asked."""


@pytest.mark.parametrize("number", NUMBERS)
@pytest.mark.parametrize(("sort", "name"), operations())
async def test_any_call_is_answered_and_logged(ground: Ground, sort: str, name: str, number: int) -> None:
    usual = (READING | CHANGING)[name].by if name not in UNLOGGED else "Chiara"
    faults: list[object] = []
    for call in drawn(sort, name, usual or NOBODY, TRIES, number):
        house = await ground.house()
        before = len(entries(house.world))
        said, answer = await ground.call(house, call)
        data: dict[str, object] = (answer.json().get("data") if answer.status_code < 500 else None) or {}
        found = wrong(answer)
        if data.get(name) is not None and name not in UNLOGGED:
            found = found or unlogged(house, call, said, data[name], entries(house.world)[before:])
        if answer.status_code < 500:
            found = found or unlogged_refusals(house, call.who, answer, entries(house.world)[before:])
        faults += [(found, call)] if found else []
    assert not faults


async def test_every_change_that_the_calls_made_is_named_in_the_log(ground: Ground) -> None:
    """Runs behind the calls above, whatever they changed; alone it asks about an empty house."""
    await ground.house()
    assert not await ground.lost()
