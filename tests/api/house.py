"""A house: one world with something of every kind in it, the whole application over it, and everybody at a browser of their own.

Every operation's example (`backend/examples.yaml`) is about things that stand here.
"""

from __future__ import annotations

import re
from contextlib import asynccontextmanager
from dataclasses import dataclass, field, replace
from datetime import UTC, datetime, timedelta
from typing import TYPE_CHECKING, Any

from graphql import GraphQLList, GraphQLNonNull, GraphQLObjectType

from backend.auth import service as auth
from backend.auth.factors import rules as factor_rules
from backend.auth.factors import service as factors
from backend.auth.passwords import hashed
from backend.auth.tokens import service as tokens
from backend.cases import service as cases
from backend.core.audit import AuditLog, Entry
from backend.core.audit_read import stored
from backend.core.audit_refusals import Refusals
from backend.core.ids import new_id
from backend.core.jobs import Jobs
from backend.entities.imports import kept
from backend.entities.imports import service as imports
from backend.evidence import changes as custody
from backend.evidence import service as evidence
from backend.evidence.rules import Entry as CustodyEntry
from backend.evidence.rules import Verb
from backend.tasks import service as tasks
from backend.teams.agreements import service as agreements
from graph.queries import factors as factor_queries
from tests.graph.test_imports import begun, lines, pieces
from tests.support.world import World, team

if TYPE_CHECKING:
    from collections.abc import AsyncGenerator
    from pathlib import Path

    import httpx

    from backend.core.context import Parts
    from backend.entities.imports.service import NewImport

SPACE, PASSWORD, DEEPEST = "Saltmarsh", "correct horse battery", 3
PEOPLE = ("Chiara", "Maarten", "Eglė", "Osk", "Guest", "Root", "Vida")
"""Who sits at a browser: a lead, an investigator with *Covert*, oversight, somebody invited, an administrator, one without a space."""


@dataclass
class House:
    """The whole application over one world, each person's browser, and a log of its own."""

    world: World
    browser: httpx.AsyncClient
    cookies: dict[str, str] = field(default_factory=dict[str, str])

    async def sit(self, person: str) -> None:
        ctx = self.world.ctx(person)
        await auth.open_session(ctx, self.world.ids[person], auth.BOTH)
        await ctx.trail.flush()
        self.cookies[person] = f"{ctx.cookies[0].name}={ctx.cookies[0].value}"

    async def version(self, name: str) -> str:
        ctx, one = self.world.ctx("Chiara"), self.world.ids[name]
        if name.startswith("NA-"):
            return (await cases.cases(ctx, self.world.ids[SPACE], one))[0]["version"]
        if name == "Other":
            found = await agreements.agreement(ctx, one)
            return agreements.version(found["agreement"]) if found else ""
        if name in {"Ledger", "Bag"}:
            return evidence.version(ctx, await evidence.exhibit(ctx, self.world.ids[SPACE], one))
        if name == "To do":
            return (await tasks.task(ctx, self.world.ids[SPACE], one))["version"]
        return (await self.world.view(SPACE, name, "Chiara")).version

    async def meant(self, name: str) -> str:
        """What a `$name` in arguments stands for."""
        if name == "key":
            return new_id()
        if name.startswith("version of "):
            return await self.version(name.removeprefix("version of "))
        if name.startswith("code of "):
            return await self._code(self.world.ids[name.removeprefix("code of ")])
        if name.startswith("record of "):
            return (await self.world.view(SPACE, name.removeprefix("record of "), "Chiara")).records[-1].id
        return self.world.ids[name]

    async def _code(self, person: str) -> str:
        """A code of the person's app that was not used yet: the present one to confirm it, then the next one."""
        found = await self.world.parts.graph.read(lambda tx: factor_queries.factor(tx, person))
        assert found
        secret = await factors.unseal(self.world.parts, person, found["next"] or found["sealed"])
        return factor_rules.code_at(secret, factor_rules.step_of(self.world.parts.clock.now()) + (0 if found["next"] else 1))

    async def filled(self, text: str) -> str:
        for name in dict.fromkeys(re.findall(r'"\$([^"]+)"', text)):
            while f'"${name}"' in text:
                text = text.replace(f'"${name}"', f'"{await self.meant(name)}"', 1)
        return text

    async def send(self, method: str, path: str, by: str | None, **more: Any) -> httpx.Response:
        headers = more.pop("headers", {}) | ({"cookie": self.cookies[by]} if by else {})
        answer = await self.browser.request(method, path, headers=headers, **more)
        given = answer.headers.get("set-cookie", "").partition(";")[0]
        if by and given.partition("=")[2]:
            self.cookies[by] = given
        return answer

    async def ask(self, sort: str, text: str, by: str | None) -> dict[str, Any]:
        answer = await self.send("POST", "/graphql", by, json={"query": f"{sort} {{ {await self.filled(text)} }}"})
        return answer.json()

    def logged(self) -> list[Entry]:
        return entries(self.world)


@asynccontextmanager
async def furnished(parts: Parts, folder: Path) -> AsyncGenerator[World]:
    """A world with everything that the examples name, an audit log in `folder` and jobs of its own."""
    audit = await AuditLog.open(folder)
    audit.refusals = Refusals(audit.clock, burst=1_000_000)  # each is asked for; no flood
    world = World(replace(parts, audit=audit, jobs=Jobs()))
    await world.person("Maarten", "NL", password=hashed(PASSWORD))
    await team(world)
    await _people(world)
    await _things(world)
    await _imports(world)
    yield world
    for name in ("ready", "running", "unchecked", "done"):
        await world.parts.jobs.wait(world.ids[name])
    await world.parts.jobs.stop()
    await audit.close()


async def seated(world: World, browser: httpx.AsyncClient) -> House:
    """Everybody signed in, strongly."""
    house = House(world, browser)
    for person in PEOPLE:
        await house.sit(person)
    world.ids["another session"] = await _session(world, "Chiara")
    world.ids["soon"] = (datetime.now(UTC) + timedelta(days=1)).isoformat()
    secret = await tokens.create(world.ctx("Chiara"), "N", writes=False, ends_at=datetime.fromisoformat(world.ids["soon"]))
    world.ids["token"] = auth.session_id(secret)
    return house


async def _people(world: World) -> None:
    await world.person("Root", administrator=True)
    await world.person("Vida", password=hashed(PASSWORD))
    for name in ("Guest", "Stranger"):
        await world.person(name)
    world.ids |= {"police": world.agencies["IT"], "invitation": await world.member(SPACE, "Guest", "observer", state="invited")}
    world.ids["member"] = await world.member(SPACE, "Joris@NL")
    await world.space("Other")
    await world.member("Other", "Chiara", "lead")
    await world.space("Led on")
    await world.member("Led on", "Chiara", "lead")
    world.ids["taker"] = await world.member("Led on", "Joris")
    await world.space("Leaderless")
    world.ids["unwanted"] = await world.member("Other", "Osk", "observer", state="invited")


async def _things(world: World) -> None:
    for name in ("A", "B", "C", "D", "E"):
        await world.entity(SPACE, name, "Chiara", "NA-1", name=f"Ilian {name}", passportNumber="YA1234567")
    await world.link(SPACE, "L", ("A", "B"), "Chiara", "NA-1")
    await world.merge(SPACE, "same", ("D", "E"), "Chiara", "NA-1")
    await world.case(SPACE, "NA-2", "Chiara", ["Covert"])
    await world.task(SPACE, "To do", "Chiara", about=["A", "L"])
    await world.file(SPACE, "Ledger", "Chiara", "NA-1", b"date,payee\n2026-03-04,Kestrel\n")
    await world.exhibit(SPACE, "On its way", "Chiara", "NA-1")
    await world.exhibit(SPACE, "Bag", "Chiara", "NA-1", ["Covert"])
    world.ids["challenge"] = await world.challenge(SPACE, "On its way", "Chiara")
    await world.exhibit(SPACE, "Interview", "Chiara", "NA-1", handling="H1")
    world.ids["consent"] = await world.consent(SPACE, "Interview", "Chiara", "LT")
    world.ids["police of Maarten"] = world.agencies["NL"]
    entry, key = CustodyEntry(Verb.TRANSFERRED_OUT), new_id()
    await custody.hand_over(world.ctx("Chiara"), world.ids[SPACE], world.ids["On its way"], world.agencies["NL"], entry, key)
    await world.comment(SPACE, "Asked already", "Chiara", "To do", mentions=["Eglė"])


async def _imports(world: World) -> None:
    ctx, space = world.ctx("Chiara"), world.ids[SPACE]
    await world.bring_in(SPACE, "done", "Chiara", "NA-1", ["Ilian F"])
    data = lines(("g", "Person", {"name": ["Ilian G"]}))
    world.ids["running"] = await begun(ctx, world, data)
    for name, form, said in (
        ("ready", "ftm_json", data),
        ("unchecked", "ftm_json", data),
        ("table", "csv", b"name\nIlian\n"),
        ("waiting", "csv", b""),
    ):
        world.ids[name] = await imports.create(ctx, space, replace(_wanted(world), format=form), new_id())
        if said:
            await imports.upload(ctx, space, world.ids[name], pieces(said))
    mapping = "queries: [{entities: {A: {schema: Person, keys: [name]}}}]"
    world.ids["mapping"] = await kept.save(ctx, space, world.ids["table"], "a table", mapping, new_id())


def _wanted(world: World) -> NewImport:
    return imports.NewImport(world.ids["NA-1"], "set", "csv", "source.file", frozenset(), "B2", "H0")


async def _session(world: World, person: str) -> str:
    ctx = world.ctx(person)
    await auth.open_session(ctx, world.ids[person])
    value = ctx.cookies[0].value
    assert value
    return auth.session_id(value)


def entries(world: World) -> list[Entry]:
    """Everything that the log of the house holds."""
    return [one.entry for one in stored(world.parts.audit.folder) if one.entry]


# ── what an answer holds ──────────────────────────────────────────────────────────────────────────────────────────────────────────


def plain(kind: Any) -> Any:
    return plain(kind.of_type) if isinstance(kind, GraphQLNonNull | GraphQLList) else kind


def selection(kind: Any, above: tuple[str, ...] = ()) -> str:
    """Everything below a type down to its items' items, with small pages; no type below itself, so that an answer stays within bounds."""
    of = plain(kind)
    if not isinstance(of, GraphQLObjectType):
        return ""
    leaf = len(above) >= DEEPEST
    below = [
        name + ("(first: 5)" if each.args else "") + selection(each.type, (*above, of.name))
        for name, each in of.fields.items()
        if plain(each.type).name not in above and not (leaf and isinstance(plain(each.type), GraphQLObjectType))
    ]
    return " { __typename " + " ".join(below) + " }"
