"""The life of memberships, clearances, agreements, sessions and people: after each random step, everybody is asked and held to a model.

Who reads, with which rights, what they see, and what their open subscription is told; nothing after its end.
"""

from __future__ import annotations

import random
from dataclasses import dataclass, field, replace
from datetime import UTC, datetime, timedelta
from typing import TYPE_CHECKING, Any

import pytest

from backend.auth import service as auth
from backend.auth.accounts import service as accounts
from backend.core.clock import FixedClock
from backend.core.errors import JoinderError
from backend.core.ids import new_id
from backend.teams import service as teams
from backend.teams.policy import Right, Role
from graph import access
from graph.outbox import EVERYONE, Change
from tests.access.questions import ask
from tests.property.membership_model import ALWAYS, THINGS, Model, Place
from tests.realtime.live import SPACE, Client, emit, serving

if TYPE_CHECKING:
    from collections.abc import Awaitable

    from backend.core.context import Parts
    from tests.realtime.live import Live

LEAD, PEOPLE = "Chiara", ["Maarten", "Eglė", "Osk"]
ROLES = [Role.INVESTIGATOR, Role.OBSERVER, Role.THIRD_COUNTRY_MEMBER, Role.OVERSIGHT]
MARKINGS = ["Covert", "Privileged"]
HOUR, DAY = timedelta(hours=1), timedelta(days=1)
RIGHTS = "query($s: ID!) { space(id: $s) { myRole myRights } }"
LIST = "query($s: ID!) { entities(space: $s) { total items { id } } }"


@dataclass
class Ear:
    """One person's socket."""

    session: str
    client: Client
    subscribed: bool


@dataclass
class Walk:
    """The real space, the model of it, and everybody's sockets. `told` is what was done, for whoever reads a failure."""

    live: Live
    clock: FixedClock
    model: Model
    rng: random.Random
    ears: dict[str, Ear] = field(default_factory=dict[str, Ear])
    told: list[str] = field(default_factory=list[str])
    told_of: int = 0
    """How many notices of things were told."""

    @property
    def space(self) -> str:
        return self.live.world.ids[SPACE]

    # ── steps: each does one thing to both and says which error it expects ────────────────────────────────────────────────────────

    async def invite(self, who: str) -> None:
        role, since = self.rng.choice(ROLES), self.rng.choice([None, None, self.model.now + DAY])
        until = self.rng.choice([None, (since or self.model.now) + 2 * DAY])
        wrong = self.by_lead() or ("NOT_FOUND" if who in self.model.disabled else None)
        wrong, last = wrong or ("CONFLICT" if self.model.live(who) else None), self.model.last(who)
        made = await self.expect(wrong, teams.invite(self.ctx(LEAD), self.space, self.live.world.ids[who], role, (since, until), new_id()))
        if made:
            if last:
                last.state = "ended"
            period = (since or self.model.now, until or ALWAYS[1])
            self.model.places.setdefault(who, []).append(Place(made, role, "invited", period))

    async def accept(self, who: str) -> None:
        last = self.model.last(who)
        wrong = "NOT_FOUND" if not last or last.state != "invited" else None if self.model.live(who) else "CONFLICT"
        if await self.expect(wrong, teams.accept(self.ctx(who), last.id if last else "none", new_id())) and last:
            last.state = "active"

    async def decline(self, who: str) -> None:
        last = self.model.last(who)
        wrong = None if last and last.state == "invited" else "NOT_FOUND"
        if await self.expect(wrong, teams.decline(self.ctx(who), last.id if last else "none", new_id())) and last:
            last.state = "ended"

    async def end(self, who: str) -> None:
        last = self.model.last(who)
        wrong = self.by_lead() or (None if last and last.state != "ended" else "NOT_FOUND")
        if await self.expect(wrong, teams.end(self.ctx(LEAD), self.space, last.id if last else "none", new_id())) and last:
            last.state = "ended"

    async def leave(self, who: str) -> None:
        place = self.model.standing(who)
        last = place or self.model.last(who)
        made = teams.end(self.ctx(who), self.space, last.id if last else "none", new_id())
        if await self.expect(None if place else "NOT_FOUND", made) and place:
            place.state = "ended"

    async def clear(self, who: str) -> None:
        last, marking = self.model.last(who), self.rng.choice(MARKINGS)
        until = self.rng.choice([None, self.model.now + DAY])
        wrong = self.by_lead() or (None if last and last.state == "active" else "NOT_FOUND")
        wrong = wrong or ("FORBIDDEN" if last and last.role is Role.OVERSIGHT else None)
        membership, one = last.id if last else "none", self.live.world.ids[marking]
        if await self.expect(wrong, teams.clear(self.ctx(LEAD), self.space, membership, one, until, new_id())) and last:
            last.cleared[marking] = (self.model.now, until or ALWAYS[1])

    async def withdraw(self, who: str) -> None:
        last, marking = self.model.last(who), self.rng.choice(MARKINGS)
        wrong = self.by_lead() or (None if last and marking in last.cleared else "NOT_FOUND")
        membership, one = last.id if last else "none", self.live.world.ids[marking]
        if await self.expect(wrong, teams.withdraw(self.ctx(LEAD), self.space, membership, one, new_id())) and last:
            last.cleared[marking] = (last.cleared[marking][0], self.model.now)

    async def agree(self, _: str) -> None:
        """Suspend the agreement or bring it into force again."""
        self.model.agreement = "suspended" if self.model.agreement == "in_force" else "in_force"
        await self.live.world.agree(SPACE, self.model.agreement, "Administrator")

    async def wait(self, _: str) -> None:
        """Let time pass: whatever runs out does so with nobody writing anything."""
        self.clock.advance(self.rng.choice([HOUR, 13 * HOUR, DAY, 2 * DAY]))
        self.model.now = self.clock.now()

    async def disable(self, who: str) -> None:
        """Disable a person, or enable one again: their sessions stay ended."""
        disabled = who not in self.model.disabled
        await accounts.set_disabled(self.ctx("Administrator"), self.live.world.ids[who], new_id(), disabled=disabled)
        (self.model.disabled.add if disabled else self.model.disabled.discard)(who)
        if disabled:
            await self.closed(who)

    async def end_session(self, who: str) -> None:
        if who in self.ears:
            await auth.end_session(self.live.world.parts, self.ears[who].session, self.live.world.ids[who])
            await self.closed(who)

    async def listen(self, who: str) -> None:
        """Open a socket where there is none, and subscribe."""
        if who in self.model.disabled:
            return
        if who not in self.ears:
            session = await self.live.session(who)
            self.ears[who] = Ear(session, await self.live.client(who, session=session), subscribed=False)
        ear = self.ears[who]
        await ear.client.send(type="subscribe", space=self.space, cursor=None)
        ear.subscribed = self.model.standing(who) is not None
        await ear.client.until("subscribed" if ear.subscribed else "ended")

    async def back(self, who: str) -> None:
        """Mend the first thing that keeps somebody from listening, so that a walk does not end where nobody sees anything."""
        last = self.model.last(who)
        if self.model.agreement != "in_force":
            await self.agree(who)
        elif who in self.model.disabled:
            await self.disable(who)
        elif not last or not self.model.live(who):
            await self.invite(who)
        else:
            await (self.accept if last.state == "invited" else self.listen)(who)

    # ── pieces ────────────────────────────────────────────────────────────────────────────────────────────────────────────────────

    def ctx(self, who: str) -> Any:
        return self.live.world.ctx(who)

    def by_lead(self) -> str | None:
        """Say what stops the lead from doing anything."""
        return None if self.model.standing(LEAD) else "NOT_FOUND"

    async def expect(self, wrong: str | None, deed: Awaitable[str]) -> str | None:
        """Do it; return what it made, or None where it was refused for the reason expected."""
        made = got = None
        try:
            made = await deed
        except JoinderError as error:
            got = error.code
        assert got == wrong, self.told
        return made

    async def closed(self, who: str) -> None:
        ear = self.ears.pop(who, None)
        if ear:
            assert await ear.client.closed() == (4401, "session ended"), self.told

    # ── what is seen afterwards ───────────────────────────────────────────────────────────────────────────────────────────────────

    async def compare(self) -> None:
        for who in (LEAD, *PEOPLE):
            assert await self.rights(who) == self.model.rights(who), (who, self.told)
            assert await self.seen(who) == self.model.sees(who), (who, self.told)
        for who in list(self.ears):
            await self.compare_ear(who, self.ears[who])

    async def rights(self, who: str) -> set[Right] | None:
        said = await ask(self.ctx(who), RIGHTS, s=self.space)
        return None if "error" in said else {Right(one.lower()) for one in said["space"]["myRights"]}

    async def seen(self, who: str) -> set[str] | None:
        said = await ask(self.ctx(who), LIST, s=self.space)
        if "error" in said:
            return None
        found = {name for name in THINGS if self.live.world.ids[name] in {row["id"] for row in said["entities"]["items"]}}
        assert said["entities"]["total"] == len(found)
        return found

    async def compare_ear(self, who: str, ear: Ear) -> None:
        if ear.subscribed and self.model.standing(who):
            assert await self.heard(ear) == (self.model.sees(who) or set()), (who, self.told)
        elif ear.subscribed:
            assert (await ear.client.until("ended"))["space"] == self.space
            ear.subscribed = False
        await self.announce(new_id(), new_id())
        if not ear.subscribed:
            absent = new_id()
            await ear.client.send(type="subscribe", space=absent, cursor=None)
            assert (await ear.client.next()) == {"type": "ended", "space": absent}, (who, self.told)

    async def heard(self, ear: Ear) -> set[str]:
        """What somebody is told of a change of each thing; once more where they are told to ask again for everything."""
        begin, end, found = new_id(), new_id(), set[str]()
        names = {self.live.world.ids[name]: name for name in THINGS}
        await self.announce(begin, end)
        while (said := await ear.client.next()).get("id") != end:
            if said["type"] == "resync":
                return await self.heard(ear)
            if said.get("id") == begin:
                found.clear()
            elif said["type"] == "notice" and said["change"] == "changed" and said["id"] in names:
                found.add(names[said["id"]])
        self.told_of += len(found)
        return found

    async def announce(self, begin: str, end: str) -> None:
        """Tell of each thing, between two things that every member hears of."""
        ids = self.live.world.ids
        classes = {
            name: access.class_id(self.space, frozenset({frozenset(ids[one] for one in markings)})) for name, markings in THINGS.items()
        }
        changes = [Change("entity", "changed", ids[name], (vis,), (vis,)) for name, vis in classes.items()]
        first, last = (Change("member", "joined", fence, after=EVERYONE) for fence in (begin, end))
        await emit(self.live.world, first, *changes, last)


STEPS = [
    Walk.invite, Walk.accept, Walk.accept, Walk.decline, Walk.end, Walk.leave, Walk.clear, Walk.clear, Walk.withdraw, Walk.agree, Walk.wait,
    Walk.disable, Walk.end_session, Walk.listen, Walk.listen, *[Walk.back] * 10,
]  # fmt: skip


async def walk(live: Live, clock: FixedClock, seed: int, steps: int) -> int:
    """Return how many notices of things somebody had a right to were told."""
    world = live.world
    await world.space(SPACE)
    await world.member(SPACE, LEAD, Role.LEAD)
    await world.person("Administrator", administrator=True)
    for person in PEOPLE:
        await world.person(person, "NL")
    for marking in MARKINGS:
        await world.marking(SPACE, marking, LEAD)
    await world.case(SPACE, "NA-1", LEAD)
    for name, markings in THINGS.items():
        await world.entity(SPACE, name, LEAD, "NA-1", markings=markings)
    lead = Place(world.memberships[SPACE, LEAD], Role.LEAD, "active", ALWAYS, dict.fromkeys(MARKINGS, ALWAYS))
    begin = Walk(live, clock, Model(clock.now(), places={LEAD: [lead]}), random.Random(seed))
    for _ in range(steps):
        step, who = begin.rng.choice(STEPS), begin.rng.choice(PEOPLE)
        begin.told.append(f"{step.__name__} {who}")
        await step(begin, who)
        await begin.compare()
    return begin.told_of


async def walks(parts: Parts, seeds: range, steps: int) -> None:
    told_of = 0
    for seed in seeds:
        clock = FixedClock(datetime.now(UTC))
        async with serving(replace(parts, clock=clock), session_idle_s=10**8) as live:
            told_of += await walk(live, clock, seed, steps)
    assert told_of, "nobody who may read listened"


@pytest.mark.timeout(600)
async def test_everybody_reads_and_hears_what_the_model_says(parts: Parts) -> None:
    await walks(parts, range(2, 3), 40)


@pytest.mark.long
@pytest.mark.timeout(3600)
async def test_everybody_reads_and_hears_what_the_model_says_for_long(parts: Parts) -> None:
    await walks(parts, range(1, 21), 80)
