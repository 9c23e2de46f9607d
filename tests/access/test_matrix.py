"""Every operation × every role: allow, forbid or hide, as `matrix.yaml` says. The table and the schema name the same operations."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING, Any, cast

import pytest
import yaml

from backend.core.faults import fault
from backend.core.ids import new_id
from backend.entities import changes
from backend.entities import service as entities
from backend.entities.imports import kept
from backend.entities.imports import service as imports
from backend.entities.imports.service import NewImport
from backend.schema import schema
from backend.teams.policy import Role
from tests.access.operations import MAPPING, OPERATIONS

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


def test_the_table_and_the_schema_name_the_same_operations() -> None:
    native = vars(schema)["_schema"]
    assert set(MATRIX) == set(OPERATIONS) == set(native.query_type.fields) | set(native.mutation_type.fields)


def test_the_table_has_a_cell_for_everyone() -> None:
    cells = {name: sorted(set(row) - {*ADMINISTRATORS, "weak_administrator"}) for name, row in MATRIX.items()}
    assert cells == {name: sorted([*MEMBERS_AND_OTHERS, "weak"]) for name in MATRIX}


def test_what_an_administrator_may_do_has_a_cell_for_their_weak_session() -> None:
    assert [name for name, row in MATRIX.items() if "administrator" in row and "weak_administrator" not in row] == []


def _cell(name: str, who: str) -> str:
    """An administrator who is no member is an outsider like any other, unless the row says what is theirs."""
    return MATRIX[name].get(who, MATRIX[name]["outsider"])


@pytest.mark.timeout(900)
async def test_every_cell_is_what_happens(world: World) -> None:
    arguments = await _world(world)
    found: dict[str, dict[str, str]] = {name: {} for name in OPERATIONS}
    for who in WHO:
        arguments["$leaver"] = await world.member("S", f"leaver of {who}")
        arguments["$mapping"] = await kept.save(
            world.ctx("lead"), arguments["$space"], arguments["$import"], f"before {who}", MAPPING, new_id()
        )
        for name, (sort, text) in OPERATIONS.items():
            found[name][who] = await _outcome(_ctx(world, who), sort, text, arguments)
    wrong = [(name, who, _cell(name, who), found[name][who]) for name in MATRIX for who in WHO if _cell(name, who) != found[name][who]]
    assert not wrong


def _ctx(world: World, who: str) -> Context:
    if who == "nobody":
        return replace(world.ctx("lead"), actor=None)
    ctx = world.ctx(WEAK.get(who, who))
    return replace(ctx, actor=replace(ctx.who, strong_at="")) if who in WEAK else ctx


async def _outcome(ctx: Context, sort: str, text: str, arguments: dict[str, str]) -> str:
    for name, value in {**arguments, "$key": new_id()}.items():
        text = text.replace(name + '"', value + '"')
    result = await schema.execute(f"{sort} {{ {text} }}", context_value=ctx)
    if not result.errors:
        return "allow"
    original = result.errors[0].original_error
    assert original is not None, result.errors[0].message
    told = fault(original, "TEST-00")
    assert told.known, repr(original)
    return CODES.get(told.code, "allow")


async def _world(world: World) -> dict[str, str]:
    """One space with a member in each role; everything asked for is unmarked and belongs to the authority that all of them serve."""
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
    wanted = NewImport(world.ids["C"], "n", "csv", "f.csv", frozenset(), None, "H0")
    job = await imports.create(world.ctx("lead"), world.ids["S"], wanted, new_id())
    task = await world.task("S", "To do", "lead")
    comment = await world.comment("S", "said", "lead", "To do")
    membership = world.memberships["S", "translator"]
    return {
        "$space": world.ids["S"], "$agency": world.agencies["IT"],
        "$case": world.ids["C"], "$entity": world.ids["A"], "$other": world.ids["B"],
        "$link": world.ids["L"], "$record": view.records[0].id, "$import": job, "$task": task, "$comment": comment,
        "$person": ids["guest"], "$stranger": await world.person("stranger"), "$membership": membership,
        "$holder": world.memberships["S", "analyst"], "$marking": world.ids["M"], "$sameAs": same,
    }  # fmt: skip
