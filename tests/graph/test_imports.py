"""Imports on a real graph: what is refused, what a second run changes, what a cut-off run loses."""

from __future__ import annotations

import csv
import io
from typing import TYPE_CHECKING

import orjson

from backend.core.ids import new_id
from backend.entities import service as entities
from backend.entities.imports import run, service
from backend.entities.imports.service import NewImport
from backend.network import service as network
from tests.support.world import World, team

if TYPE_CHECKING:
    from collections.abc import AsyncIterator

    from backend.core.context import Context

MAPPING = """
payments:
  queries:
    - entities:
        payer: {schema: BankAccount, keys: [from], properties: {accountNumber: {column: from}, name: {column: from}}}
        payee: {schema: BankAccount, keys: [to], properties: {accountNumber: {column: to}, name: {column: to}}}
        payment:
          schema: Payment
          keys: [id]
          properties:
            payerAccount: {entity: payer}
            beneficiaryAccount: {entity: payee}
            amount: {column: amount}
            date: {column: date}
"""


async def pieces(data: bytes) -> AsyncIterator[bytes]:
    for at in range(0, len(data), 4096):
        yield data[at : at + 4096]


async def imported(ctx: Context, world: World, data: bytes, *, mapping: str | None = None, name: str = "set") -> str:
    """Bring a file in, to its end, and return the job's id."""
    space = world.ids["Saltmarsh"]
    wanted = NewImport(world.ids["NA-1"], name, "csv" if mapping else "ftm_json", "payments.csv", frozenset(), "B2", "H0")
    job = await service.create(ctx, space, wanted, new_id())
    await service.upload(ctx, space, job, pieces(data))
    await service.begin(ctx, space, job, mapping, new_id())
    await run.run(ctx, space, job)
    return job


def table(rows: int) -> bytes:
    lines = ["id,from,to,amount,date", *(f"p{n},IT{n % 7},NL{n % 5},{n}.00,2026-01-{n % 28 + 1:02d}" for n in range(rows))]
    return "\n".join([*lines, "bad,IT1,NL1,1.00,yesterday"]).encode()


async def test_a_table_becomes_a_network_and_its_bad_row_a_report(world: World) -> None:
    await team(world)
    ctx = world.ctx("Maarten")
    job = await imported(ctx, world, table(60), mapping=MAPPING)
    row = (await service.jobs(ctx, world.ids["Saltmarsh"], job))[0]
    assert (row["state"], row["read"], row["accepted"], row["rejected"]) == ("done", 61, 60, 1)
    chart = await network.chart(ctx, world.ids["Saltmarsh"], None, 100)
    assert (len(chart.items), len(chart.links)) == (12, 60)
    report = list(csv.reader(io.StringIO(await service.report(ctx, world.ids["Saltmarsh"], job))))
    assert report[1][:2] == ["62", "date"]


async def test_importing_again_changes_nothing_and_keeps_later_corrections(world: World) -> None:
    await team(world)
    ctx = world.ctx("Maarten")
    await imported(ctx, world, table(20), mapping=MAPPING)
    page = await entities.listing(ctx, world.ids["Saltmarsh"], None, None, None, None, 50)
    before = {row.id: (row.degree, row.sources) for row in page.items}
    await imported(ctx, world, table(20), mapping=MAPPING)
    page = await entities.listing(ctx, world.ids["Saltmarsh"], None, None, None, None, 50)
    assert {row.id: (row.degree, row.sources) for row in page.items} == before


async def test_a_link_may_come_before_its_ends_and_a_link_without_ends_is_refused(world: World) -> None:
    await team(world)
    lines = [
        {"id": "o", "schema": "Ownership", "properties": {"owner": ["p"], "asset": ["c"]}},
        {"id": "p", "schema": "Person", "properties": {"name": ["Ilian"]}},
        {"id": "c", "schema": "Company", "properties": {"name": ["Perla"]}},
        {"id": "x", "schema": "Ownership", "properties": {"owner": ["p"], "asset": ["nowhere"]}},
    ]
    ctx = world.ctx("Maarten")
    job = await imported(ctx, world, b"\n".join(orjson.dumps(line) for line in lines))
    row = (await service.jobs(ctx, world.ids["Saltmarsh"], job))[0]
    assert (row["state"], row["accepted"], row["rejected"]) == ("done", 3, 1)
    assert len((await network.chart(ctx, world.ids["Saltmarsh"], None, 10)).links) == 1
