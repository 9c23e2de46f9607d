"""Every operation × every role: allow, forbid or hide, as `matrix.yaml` says. The table and the schema name the same operations."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from backend.core.faults import fault
from backend.core.ids import new_id
from backend.entities.imports import kept
from backend.schema import schema
from tests.access.operations import MAPPING, OPERATIONS
from tests.access.roles import ADMINISTRATORS, CODES, MATRIX, MEMBERS_AND_OTHERS, WHO, cell, ctx_of, is_door, roles

if TYPE_CHECKING:
    from backend.core.context import Context
    from tests.support.world import World


def test_the_table_and_the_schema_name_the_same_operations() -> None:
    native = vars(schema)["_schema"]
    assert (
        {name for name in MATRIX if not is_door(name)}
        == set(OPERATIONS)
        == set(native.query_type.fields) | set(native.mutation_type.fields)
    )


def test_the_table_has_a_cell_for_everyone() -> None:
    cells = {name: sorted(set(row) - {*ADMINISTRATORS, "weak_administrator"}) for name, row in MATRIX.items()}
    assert cells == {name: sorted([*MEMBERS_AND_OTHERS, "weak"]) for name in MATRIX}


def test_what_an_administrator_may_do_has_a_cell_for_their_weak_session() -> None:
    assert [name for name, row in MATRIX.items() if "administrator" in row and "weak_administrator" not in row] == []


@pytest.mark.timeout(900)
async def test_every_cell_is_what_happens(world: World) -> None:
    arguments = await roles(world)
    found: dict[str, dict[str, str]] = {name: {} for name in OPERATIONS}
    for who in WHO:
        arguments["$leaver"] = await world.member("S", f"leaver of {who}")
        arguments["$mapping"] = await kept.save(
            world.ctx("lead"), arguments["$space"], arguments["$import"], f"before {who}", MAPPING, new_id()
        )
        for name, (sort, text) in OPERATIONS.items():
            found[name][who] = await _outcome(ctx_of(world, who), sort, text, arguments)
    wrong = [(name, who, cell(name, who), found[name][who]) for name in OPERATIONS for who in WHO if cell(name, who) != found[name][who]]
    assert not wrong


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
