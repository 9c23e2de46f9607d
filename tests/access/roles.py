"""What `matrix.yaml` says, the people it names, and the world in which all of them stand."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING, Any, cast

import yaml

from backend.core.ids import new_id
from backend.entities import changes
from backend.entities import service as entities
from backend.entities.imports import service as imports
from backend.entities.imports.service import NewImport
from backend.teams.policy import Role

if TYPE_CHECKING:
    from backend.core.context import Context
    from tests.support.world import World

MATRIX = cast("dict[str, dict[str, str]]", yaml.safe_load((Path(__file__).parent / "matrix.yaml").read_text()))
MEMBERS_AND_OTHERS = [*(role.value for role in Role), "ended", "outsider", "nobody"]
ADMINISTRATORS = ["administrator", "agency_administrator"]
WEAK = {"weak": "lead", "weak_administrator": "administrator"}
"""A session without a second factor, and whose it is."""
WHO = [*MEMBERS_AND_OTHERS, *ADMINISTRATORS, *WEAK]
CODES = {"STEP_UP": "step_up", "NOT_FOUND": "hide", "FORBIDDEN": "forbid", "UNAUTHENTICATED": "sign_in"}

WITHOUT_FILE = NewImport("", "n", "csv", "f.csv", frozenset(), None, "H0")
"""An import that waits for its file, of a case that is to be named."""


def cell(name: str, who: str) -> str:
    """What the table says; an administrator who is no member is an outsider like any other, unless the row says what is theirs."""
    return MATRIX[name].get(who, MATRIX[name]["outsider"])


def is_door(name: str) -> bool:
    """Whether a row is about a route or a live message and not about an operation of the API."""
    return " " in name


def ctx_of(world: World, who: str) -> Context:
    """What a request of one of them is handed."""
    if who == "nobody":
        return replace(world.ctx("lead"), actor=None)
    ctx = world.ctx(WEAK.get(who, who))
    return replace(ctx, actor=replace(ctx.who, strong_at="")) if who in WEAK else ctx


async def roles(world: World) -> dict[str, str]:
    """Make one space with a member in each role; everything asked for is unmarked and belongs to the authority that all of them serve."""
    await world.space("S")
    for role in Role:
        await world.member("S", role.value, role)
    await world.member("S", "second lead", Role.LEAD)
    await world.member("S", "ended", Role.INVESTIGATOR, state="ended")
    ids: dict[str, Any] = {"outsider": await world.person("outsider"), "guest": await world.person("guest")}
    await world.person("administrator", administrator=True)
    await world.person("agency_administrator", agency_administrator=True)
    await world.marking("S", "M", "lead", ["prosecutor", "analyst"])
    await world.case("S", "C", "lead")
    for name in ("A", "B", "D", "E"):
        await world.entity("S", name, "lead", "C", name=f"Ilian {name}")
    await world.link("S", "L", ("A", "B"), "lead", "C")
    same = await changes.merge(world.ctx("lead"), world.ids["S"], world.ids["D"], world.ids["E"], world.said("C"), new_id())
    view = await entities.look_up(world.ctx("lead"), world.ids["S"], world.ids["A"])
    wanted = replace(WITHOUT_FILE, case=world.ids["C"])
    job = await imports.create(world.ctx("lead"), world.ids["S"], wanted, new_id())
    exhibit = await world.exhibit("S", "Telephone", "lead", "C", handling="H1")
    paper = await world.file("S", "Paper", "lead", "C", b"Notes")
    task = await world.task("S", "To do", "lead")
    comment = await world.comment("S", "said", "lead", "To do")
    membership = world.memberships["S", "translator"]
    return {
        "$space": world.ids["S"], "$agency": world.agencies["IT"],
        "$case": world.ids["C"], "$entity": world.ids["A"], "$other": world.ids["B"],
        "$link": world.ids["L"], "$record": view.records[0].id, "$import": job, "$task": task, "$exhibit": exhibit, "$paper": paper,
        "$challenge": await world.challenge("S", "Telephone", "lead"), "$comment": comment,
        "$consent": await world.consent("S", "Telephone", "lead", "LT"),
        "$person": ids["guest"], "$stranger": await world.person("stranger"), "$membership": membership,
        "$holder": world.memberships["S", "analyst"], "$marking": world.ids["M"], "$sameAs": same,
    }  # fmt: skip
