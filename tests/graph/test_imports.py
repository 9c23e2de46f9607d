"""Imports on a real graph: what is refused, what a second run changes, what a cut-off run loses."""

from __future__ import annotations

import csv
import io
from typing import TYPE_CHECKING

import orjson

from backend.core.ids import new_id
from backend.entities import changes
from backend.entities import service as entities
from backend.entities.imports import run, service
from backend.entities.imports.service import NewImport
from backend.entities.markings import service as raising
from backend.network import service as network
from graph.queries import markings as marking_queries
from tests.support.world import World, team

if TYPE_CHECKING:
    from collections.abc import AsyncIterator, Iterable, Mapping

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


def asked(world: World, form: str = "ftm_json", markings: Iterable[str] = ()) -> NewImport:
    held = frozenset(world.ids[one] for one in markings)
    return NewImport(world.ids["NA-1"], "set", form, "source.file", held, "B2", "H0")


async def begun(ctx: Context, world: World, data: bytes, *, mapping: str | None = None, wanted: NewImport | None = None) -> str:
    """Start an import, without its run, and return the job's id."""
    space = world.ids["Saltmarsh"]
    job = await service.create(ctx, space, wanted or asked(world, "csv" if mapping else "ftm_json"), new_id())
    await service.upload(ctx, space, job, pieces(data))
    return await service.begin(ctx, space, job, mapping, new_id())


async def imported(ctx: Context, world: World, data: bytes, *, mapping: str | None = None, wanted: NewImport | None = None) -> str:
    """Bring a file in, to its end, and return the job's id."""
    job = await begun(ctx, world, data, mapping=mapping, wanted=wanted)
    await run.run(ctx, world.ids["Saltmarsh"], job)
    return job


async def refused(ctx: Context, world: World, job: str) -> list[list[str]]:
    """The rows of the report: row, column, reason."""
    pieces = [piece async for piece in await service.report(ctx, world.ids["Saltmarsh"], job)]
    header, *rows = csv.reader(io.StringIO(b"".join(pieces).decode()))
    assert header == ["row", "column", "reason"]
    return rows


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
    assert [row[:2] for row in await refused(ctx, world, job)] == [["62", "date"]]


async def test_importing_again_changes_nothing_and_keeps_later_corrections(world: World) -> None:
    await team(world)
    ctx = world.ctx("Maarten")
    await imported(ctx, world, table(20), mapping=MAPPING)
    page = await entities.listing(ctx, world.ids["Saltmarsh"], None, None, None, None, 50)
    before = {row.id: (row.degree, row.sources) for row in page.items}
    await imported(ctx, world, table(20), mapping=MAPPING)
    page = await entities.listing(ctx, world.ids["Saltmarsh"], None, None, None, None, 50)
    assert {row.id: (row.degree, row.sources) for row in page.items} == before


async def test_importing_again_what_was_hidden_since_tells_nothing_of_it(world: World) -> None:
    await team(world)
    ctx, space = world.ctx("Maarten"), world.ids["Saltmarsh"]
    jobs = [await imported(ctx, world, table(20), mapping=MAPPING)]
    await raising.mark_import(world.ctx("Chiara"), space, jobs[0], frozenset({world.ids["Covert"]}), new_id())
    for order in await world.parts.graph.read(marking_queries.running):
        await world.parts.jobs.wait(order["id"])
    jobs.append(await imported(ctx, world, table(20), mapping=MAPPING))
    found = (await service.jobs(ctx, space, jobs[1]))[0]
    assert (found["read"], found["accepted"], found["rejected"]) == (21, 20, 1)
    assert [row[:2] for row in await refused(ctx, world, jobs[1])] == [["22", "date"]]
    assert (await entities.listing(ctx, space, None, None, None, None, 50)).total == 0


async def test_a_name_that_comes_after_a_number_is_what_a_thing_is_called(world: World) -> None:
    await team(world)
    ctx, space = world.ctx("Maarten"), world.ids["Saltmarsh"]
    said: list[dict[str, object]] = [{"registrationNumber": ["1051"]}, {}, {"name": ["Perla Marittima"]}]
    for values in said:
        await imported(ctx, world, lines(("kek-1051", "Company", values)))
    [row] = (await entities.listing(ctx, space, None, None, None, None, 50)).items
    [item] = (await network.chart(ctx, space, None, 10)).items
    page = await entities.look_up(ctx, space, row.id)
    assert (row.caption, item.caption, page.caption) == ("Perla Marittima",) * 3
    record = next(one for one in page.records if "name" in one.values)
    await changes.retract(ctx, space, record.id, "wrong", page.version, new_id())
    assert (await entities.look_up(ctx, space, row.id)).caption == "1051"


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


def lines(*said: tuple[str, str, Mapping[str, object]]) -> bytes:
    return b"\n".join(orjson.dumps({"id": key, "schema": schema, "properties": properties}) for key, schema, properties in said)


async def test_a_key_is_one_thing_and_a_link_joins_two_that_fit(world: World) -> None:
    await team(world)
    ctx = world.ctx("Maarten")
    job = await imported(
        ctx,
        world,
        lines(
            ("a", "Person", {"name": ["Ilian"]}),
            ("a", "Company", {"name": ["Perla"]}),
            ("b", "LegalEntity", {"name": ["Meridia"]}),
            ("b", "Company", {"name": ["Meridia Holding"]}),
            ("c", "Address", {"full": ["Via Roma 1"]}),
            ("o1", "Ownership", {"owner": ["a"], "asset": ["b"]}),
            ("o2", "Ownership", {"owner": ["b"], "asset": ["b"]}),
            ("o3", "Ownership", {"owner": ["c"], "asset": ["b"]}),
            ("o4", "Ownership", {"owner": ["x"], "asset": ["b"]}),
        ),
    )
    row = (await service.jobs(ctx, world.ids["Saltmarsh"], job))[0]
    assert (row["state"], row["read"], row["accepted"], row["rejected"]) == ("done", 9, 5, 4)
    assert [row[:2] for row in await refused(ctx, world, job)] == [["2", ""], ["7", "asset"], ["8", "asset"], ["9", "owner"]]


async def test_one_key_for_two_pairs_of_ends_is_two_links(world: World) -> None:
    await team(world)
    ctx, people = world.ctx("Maarten"), [(key, "Person", dict[str, object](name=[key])) for key in "abc"]
    same = [("k", "Associate", dict[str, object](person=["a"], associate=[end])) for end in "bc"]
    await imported(ctx, world, lines(*people, *same))
    chart = await network.chart(ctx, world.ids["Saltmarsh"], None, 10)
    assert len({(link.source, link.target) for link in chart.links}) == 2


async def test_the_same_file_under_other_markings_is_another_data_set(world: World) -> None:
    await team(world)
    ctx, data = world.ctx("Eglė"), lines(("a", "Person", {"name": ["Ilian"]}))
    for markings in ([], ["Covert"]):
        await imported(ctx, world, data, wanted=asked(world, markings=markings))
    for person, count in (("Eglė", 2), ("Maarten", 1)):
        page = await entities.listing(world.ctx(person), world.ids["Saltmarsh"], None, None, None, None, 50)
        assert len(page.items) == count
